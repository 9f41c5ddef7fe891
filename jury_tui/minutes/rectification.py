"""Rectifying minutes: sealed minutes are never overwritten.

What is wrong in them is said by other minutes, which cite them; both are kept.
"""

from __future__ import annotations

from functools import partial

from jury_tui.errors import ExportError
from jury_tui.i18n import N_, _, long_date
from jury_tui.minutes import closing, conduct, technical
from jury_tui.minutes.content import (
    Block,
    Cell,
    Fields,
    Minutes,
    Page,
    Paragraph,
    Section,
)
from jury_tui.minutes.document import (
    assembled,
    identity_pairs,
    minutes,
    numbered,
    title,
)
from jury_tui.minutes.phrases import day_and_time
from jury_tui.session import judgement
from jury_tui.session.session import Session


def document_of(
    session: Session, number: str, *, code: str, head: str, count: int
) -> Minutes:
    """The minutes of the session; or its rectifying minutes of this number.

    Raises:
        ExportError: the register holds no rectification of that number.
    """
    make = partial(rectifying, session, number) if number else partial(minutes, session)
    return make(code=code, head=head, count=count)


def rectifying(
    session: Session, number: str, *, code: str, head: str, count: int
) -> Minutes:
    """Rectifying minutes: they cite the first, and say what changes.

    Args:
        session: The session, sealed.
        number: The rectifying minutes' own number.
        code: The short code of ``head``.
        head: The register's head after ``count`` acts.
        count: How many acts.

    Raises:
        ExportError: the register holds no rectification of that number.
    """
    note = next((n for n in session.rectifications if n.number == number), None)
    if note is None:
        raise ExportError(
            N_("The register holds no rectifying minutes of number {number}."),
            number=number,
        )
    said = _("Rectifying minutes")
    cited: list[tuple[str, Cell]] = [
        (_("Minutes rectified"), session.number),
        (_("Jury of"), long_date(judgement.on(session))),
    ]
    if session.sealed_at is not None:
        cited += [
            (_("Sealed on"), day_and_time(session.sealed_at)),
            (_("Workbook sealed (SHA-256)"), session.sealed_sha256),
        ]
    changes: list[Block] = []
    if note.candidate in session.files:
        person = session.files[note.candidate].candidate
        changes.append(
            Paragraph(_("Candidate concerned: {name}.").format(name=person.name))
        )
    changes.append(Paragraph(note.text))
    sections = [
        Section(
            _("Minutes cited"),
            (
                Fields(tuple(cited)),
                Paragraph(
                    _(
                        "These minutes rectify those cited above. They do not replace "
                        "them: both are kept, and are read together."
                    )
                ),
            ),
        ),
        Section(_("What is rectified"), tuple(changes)),
        closing.signatures(session, on=note.at.date()),
    ]
    own: tuple[tuple[str, Cell], ...] = (
        (_("Minutes number"), number),
        *identity_pairs(session),
    )
    page = Page(
        key="rectifying",
        name=_("Rectifying minutes"),
        title=_("{rectifying}: {title}").format(rectifying=said, title=title(session)),
        sections=(
            Section("", (*conduct.notice(session), Fields(own))),
            *numbered(sections),
        ),
    )
    sheet = technical.page(session, code=code, head=head, count=count)
    return assembled(
        session,
        kind="rectifying",
        title=said,
        number=number,
        pages=(page, sheet),
        code=code,
        head=head,
        count=count,
    )
