"""Documents about one candidate: the extract of the minutes, and the letter.

An extract shows nothing of the other candidates: an appraisal of a named person may be
given to that person only (CRPA L311-6).
"""

from __future__ import annotations

from jury_tui.errors import ExportError
from jury_tui.i18n import N_, _, agreed, listed, long_date, short_date
from jury_tui.minutes import closing, conduct, decisions, moments, results, technical
from jury_tui.minutes.content import (
    Block,
    Box,
    Boxes,
    Cell,
    Fields,
    Minutes,
    Page,
    Paragraph,
    Row,
    Section,
    Style,
    Table,
)
from jury_tui.minutes.document import assembled, identity_pairs, numbered
from jury_tui.minutes.phrases import BORN, BORN_AT, CHAIR, DEAR, series
from jury_tui.rules.labels import label
from jury_tui.rules.people import Candidate
from jury_tui.session import judgement
from jury_tui.session.session import File, Session, Status

HEARD = (
    N_("On {date} you came before the jury for the certification “{title}” ({code})."),
    N_(
        "On {date} you came before the jury for the certification “{title}” ({code}).|f"
    ),
    N_(
        "On {date} you came before the jury for the certification “{title}” ({code}).|n"
    ),
)
AWAY = (
    N_(
        "You were absent when the jury of {date} for the certification “{title}” "
        "({code}) called you."
    ),
    N_(
        "You were absent when the jury of {date} for the certification “{title}” "
        "({code}) called you.|f"
    ),
    N_(
        "You were absent when the jury of {date} for the certification “{title}” "
        "({code}) called you.|n"
    ),
)


def extract(
    session: Session, candidate: str, *, code: str, head: str, count: int
) -> Minutes:
    """The minutes limited to one candidate.

    Args:
        session: The session.
        candidate: The candidate's id.
        code: The short code of ``head``.
        head: The register's head after ``count`` acts.
        count: How many acts.

    Raises:
        ExportError: no such candidate, or no outcome yet, or no minutes number.
    """
    file = _settled(session, candidate)
    said = _("Extract of the minutes: {name}").format(name=file.candidate.name)
    sections = [
        _who(session, file),
        _jury(session, file),
        Section(_("Decision of the jury"), _decision(session, file)),
        *(() if file.decision is None else (_votes(session, file),)),
        Section(
            _("Certified extract"),
            (
                Paragraph(
                    _(
                        "Extract of the minutes No. {number} of {date}, limited to "
                        "what concerns this candidate."
                    ).format(number=session.number, date=_day(session))
                ),
                Boxes((_for_the_certifier(session),)),
            ),
        ),
    ]
    page = Page(
        key="extract",
        name=_("Extract"),
        title=said,
        sections=(
            Section("", (*conduct.notice(session), _identity(session))),
            *numbered(sections),
            technical.fingerprint(session, code=code, head=head, count=count),
        ),
    )
    return assembled(
        session,
        kind="extract",
        title=said,
        number=session.number,
        pages=(page,),
        code=code,
        head=head,
        count=count,
    )


def notification(
    session: Session, candidate: str, *, code: str, head: str, count: int
) -> Minutes:
    """The letter that tells a candidate the result, component by component.

    Raises:
        ExportError: no such candidate, or no outcome yet, or no minutes number.
    """
    file = _settled(session, candidate)
    person = file.candidate
    book = judgement.rules(session).certification
    opening = AWAY if file.status is Status.ABSENT else HEARD
    said = _("Result of the jury of {date}").format(date=_day(session))
    blocks: list[Block] = [
        *conduct.notice(session),
        Fields(
            tuple(
                (name, value)
                for name, value in (
                    (_("To"), person.name),
                    (_("File"), person.file_number),
                    (_("From"), book.certifier),
                    (_("Minutes number"), session.number),
                )
                if value
            )
        ),
        Paragraph(agreed(DEAR, person.gender)),
    ]
    if file.status is not Status.POSTPONED:
        blocks.append(
            Paragraph(
                agreed(opening, person.gender).format(
                    date=_day(session), title=label(book.title), code=book.code
                )
            )
        )
    blocks += _decision(session, file, person_told=True)
    details = _details(session, file)
    if details:
        blocks += details
    blocks.append(
        Paragraph(
            _("This result is taken from the minutes No. {number}.").format(
                number=session.number
            )
        )
    )
    notify = next(d for d in closing.deadlines(session, file) if d.key == "notify")
    if notify.due is not None:
        blocks.append(Paragraph(notify.sentence, Style.NOTE))
    blocks += [
        Paragraph(_("Yours faithfully,")),
        Boxes((_for_the_certifier(session),)),
    ]
    page = Page(
        key="letter",
        name=_("Letter"),
        title=said,
        sections=(Section("", tuple(blocks)),),
    )
    return assembled(
        session,
        kind="letter",
        title=said,
        number=session.number,
        pages=(page,),
        code=code,
        head=head,
        count=count,
    )


def _settled(session: Session, candidate: str) -> File:
    file = session.files.get(candidate)
    if file is None:
        raise ExportError(
            N_("No candidate of this session has the id “{id}”."), id=candidate[:60]
        )
    if not file.settled:
        raise ExportError(
            N_("{name} has no outcome yet: decide first."), name=file.candidate.name
        )
    if not session.number:
        raise ExportError(
            N_("The minutes have no number yet: give them one, then write to people.")
        )
    return file


def _day(session: Session) -> str:
    return long_date(judgement.on(session))


def _identity(session: Session) -> Fields:
    return Fields(((_("Minutes number"), session.number), *identity_pairs(session)))


def _who(session: Session, file: File) -> Section:
    person = file.candidate
    asked = person.components or tuple(judgement.components(session))
    pairs: list[tuple[str, Cell]] = [
        (_("Name"), person.name),
        (_("Birth name"), person.birth_name.upper()),
        (_("Civil status"), _born(person)),
        (_("File"), person.file_number),
        (
            _("Start of the parcours"),
            short_date(person.parcours_start) if person.parcours_start else "",
        ),
        (
            _("Admissible on"),
            short_date(person.admissible_on) if person.admissible_on else "",
        ),
        (_("Components asked"), ", ".join(asked)),
    ]
    return Section(
        _("Candidate"), (Fields(tuple((n, v) for n, v in pairs if v != "")),)
    )


def _born(person: Candidate) -> str:
    if person.birth_date is None:
        return ""
    forms = BORN_AT if person.birth_place else BORN
    return agreed(forms, person.gender).format(
        date=long_date(person.birth_date), place=person.birth_place
    )


def _jury(session: Session, file: File) -> Section:
    if file.decision is None:
        return Section(_("Jury"), (Paragraph(_("The jury did not deliberate.")),))
    sat = moments.sat(session, file)
    chair = session.members.get(moments.chair_of(session, file) or "")
    said = _("Sat for this candidate: {names}.").format(
        names=listed(m.name for m in sat)
    )
    blocks = [Paragraph(said)]
    if chair is not None:
        word = agreed(CHAIR, chair.gender)
        blocks.append(
            Paragraph(
                _("{chair}: {name}.").format(
                    chair=word[:1].upper() + word[1:], name=chair.name
                )
            )
        )
    return Section(_("Jury"), tuple(blocks))


def _decision(
    session: Session, file: File, *, person_told: bool = False
) -> tuple[Block, ...]:
    """The decision in sentences; to the person themselves in a letter."""
    if file.status is Status.POSTPONED:
        return (
            Paragraph(
                _("The examination is put off to a later session: {reason}.").format(
                    reason=file.postponed_reason
                )
            ),
        )
    decided = file.decision
    if decided is None:
        return (
            Paragraph(
                _(
                    "The jury took no decision: the absent are neither admitted "
                    "nor refused."
                )
            ),
        )
    rule = judgement.rules(session).decision
    outcome = judgement.outcome_word(decided.outcome)
    said = (
        _("The jury proposes: {outcome}.")
        if rule.nature == "proposal"
        else _("The jury decided: {outcome}.")
    )
    blocks: list[Block] = [Paragraph(said.format(outcome=outcome), Style.STRONG)]
    for components, words in (
        (decided.acquired, _("Components acquired: {names}.")),
        (decided.remaining, _("Components that remain to be validated: {names}.")),
    ):
        if components:
            names = series(results.component_name(session, c) for c in components)
            blocks.append(Paragraph(words.format(names=names)))
    if person_told:
        blocks += _validity(session, decided.acquired)
    return tuple(blocks)


def _validity(session: Session, acquired: tuple[str, ...]) -> list[Block]:
    """How long what is acquired is kept, as the certification's text says."""
    known = judgement.components(session)
    said = {
        label(known[c].validity) for c in acquired if c in known and known[c].validity
    }
    return [
        Paragraph(
            _("Validity of the components acquired: {validity}.").format(validity=v)
        )
        for v in sorted(said)
    ]


def _details(session: Session, file: File) -> list[Block]:
    """Reasons and recommendations, component by component."""
    if file.decision is None:
        return []
    blocks: list[Block] = []
    for component in judgement.components(session):
        reason = file.reasons.get(component, "")
        advice = file.recommendations.get(component, "")
        if not (reason or advice):
            continue
        name = results.component_name(session, component)
        said = " ".join(
            words
            for words in (
                _("Reasons: {reason}").format(reason=reason) if reason else "",
                _("Recommendation: {advice}").format(advice=advice) if advice else "",
            )
            if words
        )
        blocks.append(
            Paragraph(_("{component}. {said}").format(component=name, said=said))
        )
    return blocks


def _votes(session: Session, file: File) -> Section:
    """Components with their results, without the names in front."""
    columns = decisions.decision_columns()[2:]
    kept = (0, 1, 11, 12)
    rows = [
        Row(tuple(row.cells[2:][at] for at in kept), row.tone)
        for row in decisions.component_rows(session, file)
    ]
    table = Table(tuple(columns[at] for at in kept), tuple(rows))
    return Section(_("Components"), (table,))


def _for_the_certifier(session: Session) -> Box:
    book = judgement.rules(session).certification
    return Box(
        name=_("For the certifying body"), capacity=book.signatory or book.certifier
    )
