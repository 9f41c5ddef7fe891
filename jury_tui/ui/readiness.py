"""What is left to do before the session: one line each, what is worst first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, listed, ngettext
from jury_tui.rules.findings import Finding, Verdict
from jury_tui.rules.people import Candidate, Member, Tie
from jury_tui.rules.verdicts import DATA, SILENCES
from jury_tui.session import judgement
from jury_tui.session.session import Phase, Session
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain, verdict_sign

DETAILS, JURY, AGENDA = "details", "jury", "agenda"
FIELDS = {
    "parcours_start": "start",
    "admissible_on": "admissible",
    "birth_date": "born",
    "employer": "employer",
    "time": "time",
    "act_date": "act_date",
}
"""The field of a form that says a datum."""
_URGENCY = {BAD: 0, WARN: 1, SOFT: 2, OK: 3}


class Point(NamedTuple):
    """One point of the check-list.

    Attributes:
        sign: ``✓``, ``✗``, ``!``, ``?``, or ``·`` for what is but to be thought of.
        tone: Its tone.
        text: What to do, and why; or what is there.
        place: Where it is mended: :data:`DETAILS`, :data:`JURY`, :data:`AGENDA`, or
            the id of a member or candidate.
        candidate: For whom the jury cannot sit, when that is the point: what-if says
            whom to call.
        tie: A tie that names or employers suggest, when it is that.
        then: What is to be done there, a msgid, where that is not plain.
        field: Where on the form the cursor goes; empty: to the first field.
        people: Ids of those it is about, when they are several: one form after the
            other.
    """

    sign: str
    tone: str
    text: str
    place: str
    candidate: str = ""
    tie: Tie | None = None
    then: str = ""
    field: str = ""
    people: tuple[str, ...] = ()


def points(session: Session) -> tuple[Point, ...]:
    """The check-list of a session that is being prepared, what is worst first."""
    found = [
        *_details(session),
        *_jury(session),
        *_members(session),
        *_candidates(session),
        *_ties(session),
    ]
    if session.phase is Phase.DRAFTED:
        said, then = _("Convene the jury."), N_("There, [c] convenes it.")
        found.append(Point("!", WARN, said, JURY, then=then))
    return tuple(sorted(found, key=lambda point: _URGENCY[point.tone]))


def _details(session: Session) -> Iterator[Point]:
    lacking = [
        word
        for value, word in (
            (session.date, _("the date")),
            (session.time, _("the time")),
            (session.place, _("the place")),
            (session.secretary, _("who keeps the minutes")),
        )
        if not value
    ]
    if lacking:
        said = _("Fill in {what}.").format(what=listed(lacking))
        yield Point("✗", BAD, said, DETAILS)
    else:
        yield Point("✓", OK, _("Date, time, place and secretary are known."), DETAILS)


def _jury(session: Session) -> Iterator[Point]:
    if not session.members:
        yield Point(
            "✗", BAD, _("Name the members of the jury: there are none yet."), JURY
        )
        return
    try:
        findings = judgement.as_appointed(session)
        clauses = judgement.rules(session).clauses
    except JuryError as error:
        yield Point("✗", BAD, str(error), JURY)
        return
    # what depends on the day alone is mended where the day is
    dated = {c.key for c in clauses if c.clause.require.registration is not None}
    wrong = [
        f
        for f in findings
        if f.blocks or f.to_justify or f.verdict is Verdict.UNDECIDABLE
    ]
    for finding in wrong:
        sign, tone = verdict_sign(finding)
        place = DETAILS if finding.clause in dated else JURY
        said = _to_do(finding, dated).format(why=plain(finding.explanation))
        yield Point(sign, tone, said, place)
    if not wrong:
        said = _("The jury is complete as it is named.")
        yield Point("✓", OK, said, JURY)


def _to_do(finding: Finding, dated: Collection[str]) -> str:
    """What to do about a rule that the jury does not satisfy, before why."""
    if finding.blocks:
        return _("Put the jury right: {why}")
    if not finding.to_justify:
        return "{why}"  # nobody knows: the sentence says what is missing, if it can
    if finding.clause in dated:
        return _("Justify the date ([j] [u], before the export), or change it: {why}")
    return _("Justify the jury ([j] [u], before the export), or change it: {why}")


def _members(session: Session) -> Iterator[Point]:
    bare = [m for m in session.formation if _lacking_act(m)]
    for member in bare:
        lacking = _lacking_act(member)
        said = _("Complete the appointing act ({name}): {what}.").format(
            name=plain(member.name), what=listed(lacking.values())
        )
        yield Point("!", WARN, said, member.id, field=next(iter(lacking)))
    for member in session.formation:
        for field, odd in judgement.oddities(session, member).items():
            yield _odd([member], field, odd)
    if session.members and not bare:
        yield Point("✓", OK, _("Every member has an appointing act."), JURY)


def _lacking_act(member: Member) -> dict[str, str]:
    """What is not known of an appointing act, by the field of the form."""
    facts = (
        (member.act, "act", _("its reference")),
        (member.act_date, "act_date", _("its date")),
        (member.act_authority, "authority", _("who signed it")),
    )
    return {field: word for value, field, word in facts if not value}


def _odd(those: Sequence[Member | Candidate], field: str, why: str) -> Point:
    """What can hardly be true, of one person or of several."""
    number, name = len(those), plain(those[0].name)
    words = ngettext(
        "Check ({name}): {why}", "Check ({name} and {more}): {why}", number
    )
    others = ngettext("{number} other", "{number} others", number - 1)
    said = words.format(name=name, why=why, more=others.format(number=number - 1))
    people = tuple(one.id for one in those)
    return Point("!", WARN, said, people[0], field=FIELDS[field], people=people)


def _odd_candidates(session: Session) -> Iterator[Point]:
    """What can hardly be true of candidates; of all of them, it is the session’s."""
    found: dict[str, list[tuple[Candidate, str]]] = {}
    for file in session.agenda:
        for field, odd in judgement.oddities(session, file.candidate).items():
            found.setdefault(field, []).append((file.candidate, odd))
    for field, each in found.items():
        those = [candidate for candidate, _odd_ in each]
        timed = sum(bool(file.candidate.time) for file in session.agenda)
        if field == "time" and len(those) > 1 and len(those) * 2 > timed:
            words = _(
                "Check when the session begins ({hour}): {number} are expected before."
            )
            said = words.format(hour=session.time, number=len(those))
            yield Point("!", WARN, said, DETAILS, field="time")
        else:
            yield _odd(those, field, each[0][1])


def _candidates(session: Session) -> Iterator[Point]:
    if not session.files:
        yield Point(
            "✗", BAD, _("Put the candidates on the agenda: it is empty."), AGENDA
        )
        return
    bare = [f.candidate for f in session.agenda if _lacking(session, f.candidate)]
    for candidate in bare:
        lacking = _lacking(session, candidate)
        said = _("Complete the form ({name}): {what}.").format(
            name=plain(candidate.name), what=listed(lacking.values())
        )
        yield Point("!", WARN, said, candidate.id, field=next(iter(lacking)))
    yield from _odd_candidates(session)
    asked = _asked(session)
    for what, those in asked.items():
        words = ngettext(
            "Find out, for {number} candidate: {what}. A clause asks for it.",
            "Find out, for {number} candidates: {what}. A clause asks for it.",
            len(those),
        )
        said = words.format(number=len(those), what=what)
        data = {
            _(DATA[datum]): field for datum, field in FIELDS.items() if datum in DATA
        }
        field = data.get(what, "")
        yield Point("?", WARN, said, those[0], field=field, people=tuple(those))
    if not bare and not asked:
        number = len(session.files)
        words = ngettext(
            "The file of {number} candidate is complete.",
            "The files of {number} candidates are complete.",
            number,
        )
        yield Point("✓", OK, words.format(number=number), AGENDA)


def _asked(session: Session) -> dict[str, list[str]]:
    """What clauses need to know of candidates, and nobody said: of whom."""
    found: dict[str, list[str]] = {}
    try:
        whole = judgement.as_present(judgement.expected(session))
        open_ = {f.clause for f in whole if f.verdict is Verdict.UNDECIDABLE}
        for one in judgement.outlooks(session):
            for finding in one.findings:
                if (
                    finding.verdict is Verdict.UNDECIDABLE
                    and finding.missing
                    and finding.missing not in SILENCES  # nobody can say it
                    and finding.clause not in open_
                ):
                    found.setdefault(finding.missing, []).append(one.candidate)
    except JuryError:
        return {}  # said of the jury as a whole
    return {what: list(dict.fromkeys(those)) for what, those in found.items()}


def _lacking(session: Session, candidate: Candidate) -> dict[str, str]:
    """What is not known of a candidate, by the field of the form."""
    facts: list[tuple[object, str, str]] = [
        (candidate.given_names, "given", _("the given names")),
        (candidate.birth_date, "born", _("the date of birth")),
        (candidate.birth_place, "place", _("the place of birth")),
        (candidate.file_number, "file", _("the file number")),
    ]
    try:
        vae = judgement.rules(session).route.vae
    except JuryError:
        vae = True
    if vae:
        facts.append(
            (candidate.parcours_start, "start", _("the start of the parcours"))
        )
    return {field: word for value, field, word in facts if not value}


def _stopped(session: Session, tie: Tie) -> str:
    """What would follow of a tie, were it one: that the jury cannot judge."""
    try:
        whole = {
            f.clause
            for f in judgement.foreseen(session, tie.candidate, frozenset())
            if f.blocks
        }
        without = judgement.foreseen(session, tie.candidate, frozenset((tie.member,)))
    except JuryError:
        return ""  # said of the jury as a whole
    stopped = [f for f in without if f.blocks and f.clause not in whole]
    if not stopped:
        return ""
    return _(
        "If so, the jury could not judge {name}: {why} Plan for a substitute."
    ).format(
        name=plain(session.files[tie.candidate].candidate.name),
        why=plain(stopped[0].explanation),
    )


def _ties(session: Session) -> Iterator[Point]:
    if not session.files or not session.members:
        return
    number = len(session.ties)
    if number:
        words = ngettext(
            "{number} tie is declared.", "{number} ties are declared.", number
        )
        yield Point("✓", OK, words.format(number=number), AGENDA)
    else:
        said = _("Ask every member for ties with a candidate: none is declared.")
        then = N_("There, [t] takes down a tie of the candidate under the cursor.")
        yield Point("·", SOFT, said, AGENDA, then=then)
    for suggestion in judgement.suggestions(session):
        said = _("Is this a tie? {why}").format(why=plain(suggestion.reason))
        if stops := _stopped(session, suggestion.tie):
            said += f". {stops}"
        yield Point("?", WARN, said, AGENDA, tie=suggestion.tie)
    try:
        appointed = {f.clause for f in judgement.as_appointed(session) if f.blocks}
        for file in session.agenda:
            if not judgement.compelling_ties(session, file):
                continue
            candidate = file.candidate
            for finding in judgement.foreseen(session, candidate.id):
                if finding.blocks and finding.clause not in appointed:
                    said = _(
                        "Find who sits for {name} once those tied have left: {why}"
                    ).format(name=plain(candidate.name), why=plain(finding.explanation))
                    yield Point("✗", BAD, said, JURY, candidate.id)
    except JuryError as error:
        yield Point("✗", BAD, str(error), JURY)
