"""The technical sheet: what ties paper, workbook and register together."""

from __future__ import annotations

from jury_tui.i18n import _, short_date
from jury_tui.minutes.content import (
    Block,
    Cell,
    Column,
    Fields,
    Page,
    Paragraph,
    Row,
    Section,
    Style,
    Table,
)
from jury_tui.minutes.phrases import day_and_time
from jury_tui.session.session import Session


def page(session: Session, *, code: str, head: str, count: int) -> Page:
    """The register's fingerprint, the rulebooks, what was recovered or scanned."""
    return Page(
        key="technical",
        name=_("Technical sheet"),
        title=_("Technical sheet"),
        sections=(
            fingerprint(session, code=code, head=head, count=count),
            _rulebooks(session),
            _papers(session),
        ),
    )


def fingerprint(session: Session, *, code: str, head: str, count: int) -> Section:
    """The register's head, count and short code."""
    pairs: list[tuple[str, Cell]] = [
        (_("Register’s code"), code),
        (_("Register’s head (SHA-256)"), head),
        (_("Acts in the register"), count),
        (_("Session"), session.id),
    ]
    if session.at is not None:
        pairs.append((_("Last act on"), day_and_time(session.at)))
    if session.undone:
        acts = ", ".join(str(number) for number in session.undone)
        pairs.append((_("Acts corrected (they stay in the register)"), acts))
    return Section(
        _("Register"),
        (
            Fields(tuple(pairs)),
            Paragraph(
                _(
                    "These minutes say what the register held after that many acts. "
                    "The code, read aloud or typed, lets anybody check that a register "
                    "is the one these minutes were made from."
                ),
                Style.NOTE,
            ),
        ),
    )


def _rulebooks(session: Session) -> Section:
    words = {
        "law": _("general law"),
        "certification": _("certification’s text"),
        "house": _("house rules"),
    }
    table = Table(
        (
            Column(_("Rulebook"), 26),
            Column(_("Source"), 18),
            Column(_("SHA-256"), 56),
        ),
        tuple(
            Row((book.name, words.get(book.kind, book.kind), book.sha256))
            for book in session.rulebooks
        ),
    )
    return Section(_("Rulebooks adopted by this session"), (table,))


def _papers(session: Session) -> Section:
    blocks: list[Block] = []
    if session.scans:
        blocks.append(
            Table(
                (
                    Column(_("Paper"), 24),
                    Column(_("File"), 20),
                    Column(_("SHA-256"), 56),
                ),
                tuple(Row((s.what, s.file, s.sha256)) for s in session.scans),
            )
        )
    else:
        blocks.append(Paragraph(_("Scanned papers: none.")))
    blocks += [
        Paragraph(
            _(
                "On {date} the register was recovered after a cut: {size} bytes of an "
                "unfinished line were set aside."
            ).format(date=short_date(note.at.date()), size=note.number)
        )
        for note in session.recoveries
    ]
    return Section(_("Papers and recoveries"), tuple(blocks))
