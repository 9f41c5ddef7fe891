"""What if somebody is away: each candidate in a line, and in full, with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jury_tui.i18n import _, listed, ngettext
from jury_tui.rules.composition import Change
from jury_tui.rules.findings import Finding, Verdict
from jury_tui.session import judgement
from jury_tui.session.session import Attendance, Phase, Session
from jury_tui.ui.light import TONES, worst
from jury_tui.ui.movement import stepped_out
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain, verdict_sign

BEFORE_CLOSING = (Phase.DRAFTED, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
JURY = "\n"
"""The key of the line about the jury whoever the candidate: no candidate's id."""
MOST_CHANGES = 5

Parts = list[tuple[str, str]]


class Prospect(NamedTuple):
    """The jury as a whole, or a candidate, under a hypothesis.

    Attributes:
        key: The candidate's id, or :data:`JURY`.
        name: As it is shown.
        leaving: Ids of those who would sit and must leave.
        findings: What the rules make of those who are left.
        doubts: What the text leaves open, and does not when everybody comes.
    """

    key: str
    name: str
    leaving: tuple[str, ...]
    findings: tuple[Finding, ...]
    doubts: tuple[Finding, ...]

    @property
    def stands(self) -> bool:
        """Whether the jury can sit."""
        return not any(f.blocks for f in self.findings)

    @property
    def urgency(self) -> int:
        """What is worst first."""
        if not self.stands:
            return 0
        if any(f.to_justify for f in self.findings):
            return 1
        return 2 if self.doubts else 3


def awaited_no_more(session: Session) -> frozenset[str]:
    """Who is away already: excused before the opening, not there after it.

    Who stepped out for a candidate comes back for the others.
    """
    out = stepped_out(session)

    def away(member: str) -> bool:
        if session.is_present(member) or member in out:
            return False
        known = session.attendance.get(member, Attendance())
        return session.opened_at is not None or known.excused is not None

    return frozenset(m.id for m in session.formation if away(m.id))


def prospects(session: Session, without: frozenset[str]) -> tuple[Prospect, ...]:
    """The jury, then each candidate with no outcome, what is worst first.

    Raises:
        JuryError: a rulebook of the session cannot be read.
    """
    everybody = judgement.as_present(judgement.expected(session))
    open_ = {f.clause for f in everybody if f.verdict is Verdict.UNDECIDABLE}

    def doubts(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(
            f
            for f in findings
            if f.verdict is Verdict.UNDECIDABLE and f.clause not in open_
        )

    whole = (
        *judgement.as_appointed(session),
        *judgement.as_present(judgement.expected(session, without)),
    )
    jury = Prospect(JURY, _("The jury as a whole"), (), whole, doubts(whole))
    each = [
        Prospect(
            one.candidate,
            plain(session.files[one.candidate].candidate.name),
            one.leaving,
            one.findings,
            doubts(one.findings),
        )
        for one in judgement.outlooks(session, without)
    ]
    return (jury, *sorted(each, key=lambda one: one.urgency))


def sign_of(one: Prospect) -> tuple[str, str]:
    """Its sign and tone: what is wrong, else what the text leaves open."""
    return ("?", WARN) if one.urgency == 2 else worst(one.findings)


def in_a_line(session: Session, one: Prospect) -> tuple[str, str, str, str]:
    """Sign, tone, what is to be known first, and the same in short."""
    sign, tone = sign_of(one)
    wrong = (
        *(f for f in one.findings if f.blocks),
        *(f for f in one.findings if f.to_justify),
        *one.doubts,
    )
    if wrong:
        first = wrong[0]
        return sign, tone, plain(first.explanation), plain(first.brief)
    if one.leaving:
        names = listed(plain(session.members[m].name) for m in one.leaving)
        return sign, tone, _("sits without {names}").format(names=names), ""
    return sign, tone, _("can sit"), ""


def in_a_word(one: Prospect) -> str:
    """The verdict alone, where a reason would be cut."""
    if not one.stands:
        return _("cannot sit")
    if one.urgency == 1:
        return _("to be justified")
    return _("in doubt") if one.doubts else _("can sit")


def summed(found: Sequence[Prospect]) -> tuple[str, str]:
    """How many candidates can be judged, and the tone of it."""
    files = [one for one in found if one.key != JURY]
    stopped = sum(not one.stands for one in files)
    if not files:
        return "", OK
    if not stopped:
        doubtful = sum(bool(one.doubts) for one in files)
        if doubtful:
            words = ngettext(
                "{number} candidate of {all} in doubt, none is barred",
                "{number} candidates of {all} in doubt, none is barred",
                doubtful,
            )
            return words.format(number=doubtful, all=len(files)), WARN
        return _("every candidate can be judged"), OK
    words = ngettext(
        "{number} candidate of {all} cannot be judged",
        "{number} candidates of {all} cannot be judged",
        stopped,
    )
    return words.format(number=stopped, all=len(files)), BAD


def in_full(
    session: Session, one: Prospect, changes: tuple[Change, ...] | None
) -> Parts:
    """Who leaves, what is wrong, and the smallest changes that make it regular.

    Args:
        session: The session.
        one: The jury, or the candidate.
        changes: None while they are looked for.
    """
    sign, tone = sign_of(one)
    said = _("the jury can sit") if one.stands else _("the jury cannot sit")
    if one.stands and one.doubts:
        said = _("in doubt, the text does not say whether the jury can sit")
    parts: Parts = [
        (f" {sign} ", TONES[tone]),
        (_("{name}: {verdict}").format(name=one.name, verdict=said) + "\n", "bold"),
    ]
    for member in one.leaving:
        who = plain(session.members[member].name)
        why = _reason(session, one.key, member)
        words = _("{name} must leave: {why}").format(name=who, why=why)
        parts.append((f"   ⊘ {words}\n", TONES[WARN]))
    if not one.stands:
        parts += _changes(session, changes)
    wrong = (f for f in one.findings if f.verdict is not Verdict.SATISFIED)
    for finding in sorted(wrong, key=_weight):
        mark, shade = verdict_sign(finding)
        parts.append((f"   {mark} {plain(finding.explanation)}", TONES[shade]))
        parts.append((f" {plain(finding.source)}\n", TONES[SOFT]))
    return parts


def _weight(finding: Finding) -> int:
    return 0 if finding.blocks else 1 if finding.to_justify else 2


def _reason(session: Session, candidate: str, member: str) -> str:
    told = [
        judgement.tie_word(tie.kind)
        for tie in session.ties
        if (tie.member, tie.candidate) == (member, candidate)
    ]
    return listed(told) or _("recused")


def _changes(
    session: Session, changes: tuple[Change, ...] | None
) -> Iterator[tuple[str, str]]:
    if changes is None:
        yield "   " + _("Looking for whom to call…") + "\n", TONES[SOFT]
        return
    if not changes:
        words = _("No small change makes it regular: see each reason below.")
        yield f"   {words}\n", TONES[WARN]
        return
    yield "   " + _("For the jury to sit, either:") + "\n", TONES["key"]
    for change in changes[:MOST_CHANGES]:
        yield f"   – {plain(judgement.remedy_words(session, change))}\n", ""
    more = len(changes) - MOST_CHANGES
    if more > 0:
        words = ngettext(
            "or {number} other way of as few people",
            "or {number} other ways of as few people",
            more,
        )
        yield f"   – {words.format(number=more)}\n", TONES[SOFT]
    if not changes[0].smallest:
        said = _("One way, found step by step: there may be a smaller one.")
        yield f"   {said}\n", TONES[SOFT]
