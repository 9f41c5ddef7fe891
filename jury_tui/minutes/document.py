"""A session's minutes as typed data, every mention in its usual place.

The order of ``law.md`` 4.1: an examiner looks for each mention where minutes always
have it. Everything comes from the register: the same acts give the same document.
"""

from __future__ import annotations

import datetime as dt

from jury_tui.i18n import _, language
from jury_tui.minutes import (
    assessments,
    attendance,
    closing,
    conduct,
    decisions,
    moments,
    results,
    technical,
)
from jury_tui.minutes.completeness import blockers, require_complete
from jury_tui.minutes.content import (
    Block,
    Blocker,
    Cell,
    Fields,
    Minutes,
    Page,
    Section,
)
from jury_tui.minutes.numbering import next_number, prefix
from jury_tui.minutes.phrases import number_line
from jury_tui.rules.labels import label
from jury_tui.session import judgement
from jury_tui.session.session import Session

__all__ = [
    "Blocker",
    "Minutes",
    "blockers",
    "minutes",
    "next_number",
    "prefix",
    "require_complete",
]


def minutes(session: Session, *, code: str, head: str, count: int) -> Minutes:
    """The minutes of a session, as they stand; a preview while something is missing.

    Args:
        session: What the first ``count`` acts add up to.
        code: The short code of ``head``, as people read it aloud.
        head: The register's head after ``count`` acts, 64 hexadecimal digits.
        count: How many acts.

    Raises:
        RulebookError, RefusedError: the session's rulebooks cannot be read.
    """
    found = moments.findings(session)
    body = [
        attendance.composition(session),
        attendance.invitees(session),
        attendance.attendance_clause(),
        attendance.validity(session, found),
        results.candidates(session),
        results.results(session),
        results.votes(session),
        conduct.recusals(session),
        conduct.movements(session),
        conduct.rules_observed(session, found),
        conduct.incidents(session),
        conduct.dissents(session),
        closing.follow_up(session),
        closing.attestation(session),
        closing.signatures(session),
    ]
    pages = [
        Page(
            key="minutes",
            name=_("Minutes"),
            title=title(session),
            sections=(_identity(session), *numbered(body)),
        ),
        attendance.attendance_sheet(session),
        decisions.candidates_page(session),
        decisions.decisions_page(session),
        conduct.findings_page(session, found),
    ]
    options = judgement.rules(session).minutes
    if options.votes_by_name:
        pages.append(decisions.named_votes_page(session))
    if options.marks and assessments.assessed(session):
        annex = 5 if options.votes_by_name else 4
        pages.append(assessments.page(session, annex=annex))
    pages.append(technical.page(session, code=code, head=head, count=count))
    return assembled(
        session,
        kind="minutes",
        title=title(session),
        number=session.number,
        pages=tuple(pages),
        code=code,
        head=head,
        count=count,
        missing=blockers(session, found),
    )


def assembled(
    session: Session,
    *,
    kind: str,
    title: str,
    number: str,
    pages: tuple[Page, ...],
    code: str,
    head: str,
    count: int,
    missing: tuple[Blocker, ...] = (),
) -> Minutes:
    """A document about a session, with what headers and footers need."""
    return Minutes(
        language=language(),
        kind=kind,
        title=title,
        subject=subject(session),
        number=number,
        number_line=number_line(number),
        created=session.at or dt.datetime(1980, 1, 1, tzinfo=dt.UTC),
        head=head,
        count=count,
        code=code,
        code_line=_("Register {code}").format(code=code),
        page_line=_("Page {page} of {pages}"),
        pages=pages,
        blockers=missing,
    )


def title(session: Session) -> str:
    """The title of the minutes, by the kind of jury."""
    if judgement.rules(session).route.vae:
        return _("Minutes of the jury for the validation of acquired experience")
    return _("Minutes of the certification jury")


def subject(session: Session) -> str:
    """The certification with its code: a document that omits it is refused."""
    book = judgement.rules(session).certification
    return f"{book.code} – {label(book.title)}"


def numbered(sections: list[Section]) -> tuple[Section, ...]:
    """The sections with their numbers."""
    return tuple(
        Section(f"{rank}. {section.title}", section.blocks)
        for rank, section in enumerate(sections, start=1)
    )


def identity_pairs(session: Session) -> list[tuple[str, Cell]]:
    """What certification, by which certifier, by which route."""
    rules = judgement.rules(session)
    book = rules.certification
    levels = [
        (_("{level} (1969 nomenclature)"), book.levels.nomenclature_1969),
        (_("{level} (European nomenclature)"), book.levels.european),
    ]
    registration = book.registration
    pairs: list[tuple[str, Cell]] = [
        (_("Certification"), label(book.title)),
        (_("Code"), book.code),
        (_("Certifying body"), book.certifier),
        (_("Signatory of the certification"), book.signatory),
        (
            _("Level"),
            ", ".join(said.format(level=value) for said, value in levels if value),
        ),
        (_("Registration"), registration.text),
        (_("Access route"), label(rules.route.label)),
    ]
    return [(name, value) for name, value in pairs if value != ""]


def _identity(session: Session) -> Section:
    pairs = [
        (_("Minutes number"), session.number or _("not given yet")),
        *identity_pairs(session),
    ]
    blocks: tuple[Block, ...] = (*conduct.notice(session), Fields(tuple(pairs)))
    return Section("", blocks)
