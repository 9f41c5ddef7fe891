"""Who sits for a candidate, judged once for the same people.

Most acts of a session are votes on candidates before an unchanged bench. For the
commonest acts this says cheaply that they surely are what their command writes. It
never says that one is not: whatever is not sure is asked of the command itself, so
that the guards stay the only rules, and their sentences the only ones.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import msgspec

from jury_tui.i18n import folded
from jury_tui.rules.findings import Finding, Verdict
from jury_tui.rules.memo import Memo
from jury_tui.rules.people import Acquired, Candidate
from jury_tui.rules.stack import RouteRules
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Mode, Tally
from jury_tui.session.commands.base import LONGEST_FIELD, LONGEST_TEXT
from jury_tui.session.commands.preparing import MOST_CANDIDATES
from jury_tui.session.commands.voting import tally_of
from jury_tui.session.session import File, Phase, Session, Status

STILL = frozenset(
    (
        a.CandidateCalled,
        a.MemberRecused,
        a.RecusalLifted,
        a.ActingChairNamed,
        a.HearingStarted,
        a.HearingEnded,
        a.DeliberationStarted,
        a.CandidateAbsent,
        a.CandidatePostponed,
        a.CandidateRestored,
        a.MarksGiven,
        a.GridFilled,
        a.ReadingsSettled,
        a.VoteCounted,
        a.CastingVoteCast,
        a.VoteReopened,
        a.ReasonGiven,
        a.DecisionPronounced,
        a.DecisionReopened,
        a.IncidentRecorded,
        a.DissentRecorded,
        a.RegisterRecovered,
    )
)
"""Acts that change one candidate's file at most: the room stays as it was."""


class Bench(msgspec.Struct, frozen=True):
    """Those who sit for a candidate.

    Attributes:
        voters: Ids of those who vote.
        findings: What the rules say of them.
        blocked: Whether one of the findings forbids to go on.
        breached: Whether one of them is a breach at all.
    """

    voters: frozenset[str]
    findings: tuple[Finding, ...]
    blocked: bool
    breached: bool


class Room(msgspec.Struct, frozen=True):
    """What stays the same while only candidates' files change.

    Attributes:
        present: Ids of the formation who are there, in order.
        voting: Those of them whose seat votes.
        components: The certification's.
        tied: Candidates with a declared tie.
        own: Whether rules read what makes each candidate a person apart.
        benches, outcomes, decisions: What was already worked out.
    """

    present: tuple[str, ...]
    voting: frozenset[str]
    components: tuple[str, ...]
    tied: frozenset[str]
    own: bool
    benches: dict[object, Bench]
    outcomes: dict[object, str]
    decisions: dict[object, tuple[str, tuple[str, ...], tuple[str, ...]]]


class Benches:
    """What is known of the benches of one session, as its acts go by."""

    def __init__(self) -> None:
        self._room: Room | None = None
        self._numbers: set[str] | None = None
        self._lawful: dict[type[a.Act], Callable[[Session, Any], bool]] = {
            a.CandidateRegistered: self._registered,
            a.CandidateCalled: self._called,
            a.HearingStarted: self._hearing,
            a.HearingEnded: self._heard,
            a.DeliberationStarted: self._deliberation,
            a.VoteCounted: self._counted,
            a.ReasonGiven: self._reason,
            a.DecisionPronounced: self._pronounced,
        }

    def moved(self, act: a.AnyAct) -> None:
        """An act was added to the session."""
        kind = type(act)
        if kind in STILL:
            return
        self._room = None
        if isinstance(act, a.CandidateRegistered):
            if self._numbers is not None:
                self._numbers.add(folded(act.candidate.file_number))
        elif kind in (a.CandidateAmended, a.CandidateWithdrawn, a.ActUndone):
            self._numbers = None

    def lawful(self, session: Session, act: a.AnyAct) -> bool:
        """Whether an act surely is what its command writes; False: ask it."""
        sure = self._lawful.get(type(act))
        return sure is not None and sure(session, act)

    def findings(self, session: Session, file: File) -> tuple[Finding, ...]:
        """What the rules say of those who sit for a candidate."""
        bench = self._bench(session, file)
        if not bench.breached:
            return bench.findings
        # Breaches name the candidate, and may be justified for one alone.
        return judgement.for_candidate(session, file.candidate.id)

    # --- the room -------------------------------------------------------------

    def room(self, session: Session) -> Room:
        """The room as it is now."""
        if self._room is None:
            present = tuple(m.id for m in session.present)
            rules = judgement.rules(session)
            self._room = Room(
                present=present,
                voting=frozenset(m for m in present if judgement.is_voting(session, m)),
                components=tuple(c.id for c in rules.certification.components),
                tied=frozenset(tie.candidate for tie in session.ties),
                own=_reads_the_person(rules),
                benches={},
                outcomes={},
                decisions={},
            )
        return self._room

    def _bench(self, session: Session, file: File) -> Bench:
        room = self.room(session)
        recused = file.recused if file.recusals else frozenset()
        sitting = room.present
        if recused:
            sitting = tuple(m for m in sitting if m not in recused)
        if file.hearing_started is not None and file.heard_by != sitting:
            sitting = tuple(m for m in sitting if m in file.heard_by)
        candidate = file.candidate
        alike: object = candidate.id
        if not room.own and candidate.id not in room.tied:
            alike = _facts(candidate)
        key = (alike, sitting, recused, file.acting_chair)
        bench = room.benches.get(key)
        if bench is None:
            found = judgement.for_candidate(session, candidate.id)
            bench = room.benches[key] = Bench(
                room.voting.intersection(sitting),
                found,
                any(f.blocks for f in found),
                any(f.verdict is Verdict.BREACHED for f in found),
            )
        return bench

    # --- acts -----------------------------------------------------------------

    def _on_table(
        self, session: Session, candidate: str, *statuses: Status
    ) -> File | None:
        if session.phase is not Phase.OPEN or session.table != candidate:
            return None
        file = session.files.get(candidate)
        return file if file is not None and file.status in statuses else None

    def _registered(self, session: Session, act: a.CandidateRegistered) -> bool:
        card = act.candidate
        if (
            session.phase
            not in (Phase.DRAFTED, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
            or not card.id
            or card.id in session.files
            or len(session.files) >= MOST_CANDIDATES
            or card.components
            or card.acquired
            or card.attributes
            or not card.birth_name
            or not all(map(_plain_field, msgspec.structs.astuple(card)))
        ):
            return False
        if self._numbers is None:
            files = session.files.values()
            self._numbers = {folded(f.candidate.file_number) for f in files}
        number = folded(card.file_number)
        return not number or number not in self._numbers

    def _called(self, session: Session, act: a.CandidateCalled) -> bool:
        if session.phase is not Phase.OPEN or session.table == act.candidate:
            return False
        file, current = session.files.get(act.candidate), session.on_table
        return (
            file is not None
            and not file.settled
            and (current is None or current.status is not Status.HEARING)
            and act.candidate not in self.room(session).tied
        )

    def _hearing(self, session: Session, act: a.HearingStarted) -> bool:
        file = self._on_table(session, act.candidate, Status.CALLED, Status.HEARD)
        return file is not None and not self._bench(session, file).blocked

    def _heard(self, session: Session, act: a.HearingEnded) -> bool:
        return self._on_table(session, act.candidate, Status.HEARING) is not None

    def _deliberation(self, session: Session, act: a.DeliberationStarted) -> bool:
        file = self._on_table(
            session, act.candidate, Status.CALLED, Status.HEARING, Status.HEARD
        )
        return (
            file is not None
            and not self._bench(session, file).blocked
            and (not act.invitees or self._stay(session, file, act.invitees))
        )

    def _stay(self, session: Session, file: File, invitees: tuple[str, ...]) -> bool:
        """Whether these are invitees who are there and not recused."""
        room = self.room(session)
        invited = set(room.present) - room.voting - file.recused
        return invited.issuperset(invitees)

    def _asked(self, session: Session, file: File, component: str) -> bool:
        """Whether the jury must decide on a component, named by its very id."""
        card = file.candidate
        return (
            component in self.room(session).components
            and component == component.strip().lower()
            and (not card.components or component in card.components)
            and not any(done.component == component for done in card.acquired)
        )

    def _counted(self, session: Session, act: a.VoteCounted) -> bool:
        file = self._on_table(session, act.candidate, Status.DELIBERATION)
        if (
            file is None
            or act.reason
            or file.marks
            or file.grids
            or not self._asked(session, file, act.component)
            or file.ballot(act.component) is not None
        ):
            return False
        bench = self._bench(session, file)
        if bench.blocked or not bench.voters:
            return False
        tally = act.tally
        if act.mode is Mode.NAMED:
            if act.ballots.keys() != bench.voters or tally_of(act.ballots) != tally:
                return False
        elif act.ballots or _below_zero(tally) or tally.total != len(bench.voters):
            return False
        return act.outcome == self._outcome(session, file, tally, len(bench.voters))

    def _outcome(self, session: Session, file: File, tally: Tally, voters: int) -> str:
        room = self.room(session)
        key = (file.candidate.parcours_start, msgspec.structs.astuple(tally), voters)
        outcome = room.outcomes.get(key)
        if outcome is None:
            outcome = judgement.result(session, file, tally, voters).outcome.value
            room.outcomes[key] = outcome
        return outcome

    def _reason(self, session: Session, act: a.ReasonGiven) -> bool:
        file = session.files.get(act.candidate)
        return (
            file is not None
            and session.phase in (Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED)
            and self._asked(session, file, act.component)
            and _plain(act.reason, LONGEST_TEXT)
            and _plain(act.recommendation, LONGEST_TEXT)
        )

    def _pronounced(self, session: Session, act: a.DecisionPronounced) -> bool:
        file = self._on_table(session, act.candidate, Status.DELIBERATION)
        if file is None or self._bench(session, file).blocked:
            return False
        card = file.candidate
        if card.components or card.acquired:
            return False
        room = self.room(session)
        states = []
        for component in room.components:
            ballot = file.ballot(component)
            if ballot is None or ballot.outcome not in ("carried", "not_carried"):
                return False
            states.append(ballot.outcome)
        key = tuple(states)
        derived = room.decisions.get(key)
        if derived is None:
            made = judgement.decision(session, file)
            derived = (made.outcome, made.acquired, made.remaining)
            room.decisions[key] = derived
        return derived == (act.outcome, act.acquired, act.remaining)


def _below_zero(tally: Tally) -> bool:
    return any(count < 0 for count in msgspec.structs.astuple(tally))


def _plain(text: str, longest: int) -> bool:
    """Whether a guard would leave a text as it is (its form NFC is the register's)."""
    return (
        not text or (text.isprintable() and len(text) <= longest)
    ) and text == text.strip()


def _plain_field(value: object) -> bool:
    if isinstance(value, str):
        return _plain(value, LONGEST_FIELD)
    if isinstance(value, tuple):
        return all(map(_plain_field, value))
    return True


Facts = tuple[
    str,
    dt.date | None,
    dt.date | None,
    str,
    str,
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    tuple[Acquired, ...],
    tuple[tuple[str, object], ...],
]


def _facts(card: Candidate) -> Facts:
    """What rules may read of a candidate, but for what names the person."""
    return (
        card.gender,
        card.parcours_start,
        card.admissible_on,
        card.employer,
        card.discipline,
        card.accompanists,
        card.trainers,
        card.components,
        card.acquired,
        tuple(card.attributes.items()),
    )


_PERSON = frozenset(
    (
        *("id", "birth_name", "given_names", "use_name", "birth_date", "birth_place"),
        *("file_number", "time", "name"),
    )
)


_compared = re.compile(r"same_as_candidate='(\w+)'")
_known: Memo[bool] = Memo(64)


def _reads_the_person(rules: RouteRules) -> bool:
    """Whether a clause compares members with the very person of the candidate."""

    def look() -> bool:
        written = repr((rules.clauses, rules.quorums, rules.jury))
        return not _PERSON.isdisjoint(_compared.findall(written))

    return _known.get(rules.books, rules.route.id, look)
