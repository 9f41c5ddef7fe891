"""What surely is as its command writes it, said cheaply.

For the commonest acts, and for whole runs of them, this says that the guards would
leave them as they are. It never says that one is not lawful: whatever is not sure is
asked of the command itself, so that the guards stay the only rules, and their
sentences the only ones. A test bends sessions and holds the two to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any

import msgspec

from jury_tui.audit.benches import Bench, Benches, Room
from jury_tui.i18n import folded
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode, Presence, Tally
from jury_tui.session.commands.base import (
    LONGEST_FIELD,
    LONGEST_LIST,
    LONGEST_TEXT,
    is_id,
)
from jury_tui.session.commands.preparing import MOST_CANDIDATES, MOST_MEMBERS
from jury_tui.session.runs import Run
from jury_tui.session.session import File, Phase, Session, Status

_MOST_DECISIONS = 4096
_NOT_OVER = (Phase.DRAFTED, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
_SITTING = (Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
_CHOICES = tuple(Choice)
"""In the order in which totals hold them."""
_number = lru_cache(maxsize=4096)(folded)


class Surely:
    """What is known of one session, as its acts go by."""

    def __init__(self) -> None:
        self.benches = Benches()
        self._numbers: set[str] | None = None
        self._seats: Collection[str] | None = None
        self._lawful: dict[type[a.Act], Callable[[Session, Any], bool]] = {
            a.MemberAppointed: self._appointed,
            a.MemberArrived: self._arrived,
            a.MemberSignedIn: self._signed_in,
            a.CandidateRegistered: self._registered,
            a.CandidateCalled: self._called,
            a.HearingStarted: self._hearing,
            a.HearingEnded: self._heard,
            a.DeliberationStarted: self._deliberation,
            a.VoteCounted: self._counted,
            a.ReasonGiven: self._reason,
            a.DecisionPronounced: self._pronounced,
        }

    @property
    def known(self) -> Collection[type[a.Act]]:
        """The acts of which this may be sure."""
        return self._lawful.keys()

    def moved(self, act: a.AnyAct) -> None:
        """An act was added to the session."""
        self.benches.moved(act)
        if isinstance(act, a.CandidateRegistered):
            if self._numbers is not None:
                self._numbers.add(_number(act.candidate.file_number))
        elif isinstance(act, (a.CandidateAmended, a.CandidateWithdrawn, a.ActUndone)):
            self._numbers = None

    def lawful(self, session: Session, act: a.AnyAct) -> bool:
        """Whether an act surely is what its command writes; False: ask it."""
        sure = self._lawful.get(type(act))
        return sure is not None and sure(session, act)

    # --- a whole run ----------------------------------------------------------

    def run(self, session: Session, run: Run) -> Bench | None:
        """Who sat for a whole run, if each act of it surely is what it should be.

        Asked at the session before the run. Nobody moves during it.
        """
        card = run.before.candidate
        current = session.on_table
        if (
            session.phase is not Phase.OPEN
            or session.table == card.id
            or (current is not None and current.status is Status.HEARING)
            or card.components
            or card.acquired
        ):
            return None
        room = self.benches.room(session)
        bench = self.benches.bench(session, run.before)
        invitees = run.deliberation.invitees
        if (
            card.id in room.tied
            or bench.breached
            or bench.blocked
            or (invitees and not room.invited.issuperset(invitees))
        ):
            return None
        for vote in run.votes:
            if not self._sound(session, run.before, bench, vote):
                return None
        for given in run.reasons:
            if not _worded(room, given):
                return None
        return bench if self._follows(session, run.after, run.decision) else None

    # --- acts -----------------------------------------------------------------

    def _on_table(
        self, session: Session, candidate: str, *statuses: Status
    ) -> File | None:
        if session.phase is not Phase.OPEN or session.table != candidate:
            return None
        file = session.files.get(candidate)
        return file if file is not None and file.status in statuses else None

    def _appointed(self, session: Session, act: a.MemberAppointed) -> bool:
        member = act.member
        if self._seats is None:
            self._seats = judgement.seats(session).keys()
        return (
            session.phase in _NOT_OVER
            and is_id(member.id)
            and member.id not in session.members
            and len(session.members) < MOST_MEMBERS
            and bool(member.family_name)
            and member.gender in ("", "F", "M")
            and not member.substitutes
            and not member.attributes
            and all(seat in self._seats for seat in member.seats)
            and _plain_card(member)
        )

    def _arrived(self, session: Session, act: a.MemberArrived) -> bool:
        member = session.members.get(act.member)
        was = session.attendance.get(act.member)
        return (
            session.phase in _SITTING
            and member is not None
            and not member.substitutes
            and not session.replacements
            and (was is None or not was.spells)
            and act.presence is Presence.ROOM
            and act.time == act.at
            and not act.time.microsecond
            and _plain(act.means, LONGEST_TEXT)
        )

    def _signed_in(self, session: Session, act: a.MemberSignedIn) -> bool:
        was = session.attendance.get(act.member)
        return (
            (session.phase in _SITTING or session.phase is Phase.CLOSED)
            and act.member in session.members
            and was is not None
            and bool(was.spells)
            and was.signed_at is None
            and _plain(act.means, LONGEST_TEXT)
        )

    def _registered(self, session: Session, act: a.CandidateRegistered) -> bool:
        card = act.candidate
        if (
            session.phase not in _NOT_OVER
            or not is_id(card.id)
            or card.id in session.files
            or len(session.files) >= MOST_CANDIDATES
            or card.components
            or card.acquired
            or card.attributes
            or not card.birth_name
            or not _plain_card(card)
        ):
            return False
        if self._numbers is None:
            files = session.files.values()
            self._numbers = {_number(f.candidate.file_number) for f in files}
        number = _number(card.file_number)
        return not number or number not in self._numbers

    def _called(self, session: Session, act: a.CandidateCalled) -> bool:
        if session.phase is not Phase.OPEN or session.table == act.candidate:
            return False
        file, current = session.files.get(act.candidate), session.on_table
        return (
            file is not None
            and not file.settled
            and (current is None or current.status is not Status.HEARING)
            and act.candidate not in self.benches.room(session).tied
        )

    def _hearing(self, session: Session, act: a.HearingStarted) -> bool:
        file = self._on_table(session, act.candidate, Status.CALLED, Status.HEARD)
        return file is not None and not self.benches.bench(session, file).blocked

    def _heard(self, session: Session, act: a.HearingEnded) -> bool:
        return self._on_table(session, act.candidate, Status.HEARING) is not None

    def _deliberation(self, session: Session, act: a.DeliberationStarted) -> bool:
        file = self._on_table(
            session, act.candidate, Status.CALLED, Status.HEARING, Status.HEARD
        )
        return (
            file is not None
            and not self.benches.bench(session, file).blocked
            and (not act.invitees or self._stay(session, file, act.invitees))
        )

    def _stay(self, session: Session, file: File, invitees: tuple[str, ...]) -> bool:
        """Whether these are invitees who are there and not recused."""
        return (self.benches.room(session).invited - file.recused).issuperset(invitees)

    def _asked(self, session: Session, file: File, component: str) -> bool:
        """Whether the jury must decide on a component, named by its very id."""
        card = file.candidate
        return (
            component in self.benches.room(session).named
            and (not card.components or component in card.components)
            and not any(done.component == component for done in card.acquired)
        )

    def _counted(self, session: Session, act: a.VoteCounted) -> bool:
        file = self._on_table(session, act.candidate, Status.DELIBERATION)
        if (
            file is None
            or file.marks
            or file.grids
            or not self._asked(session, file, act.component)
            or file.ballot(act.component) is not None
        ):
            return False
        bench = self.benches.bench(session, file)
        return not bench.blocked and self._sound(session, file, bench, act)

    def _sound(
        self, session: Session, file: File, bench: Bench, vote: a.VoteCounted
    ) -> bool:
        """Whether the votes are those of the bench, and the outcome is theirs."""
        tally, voters = vote.tally, bench.voters
        room = self.benches.room(session)
        if (
            vote.reason
            or not voters
            or room.weighed
            or vote.component not in room.named
        ):
            return False
        if vote.mode is Mode.NAMED:
            if vote.ballots.keys() != voters or not _adds_up(vote.ballots, tally):
                return False
        elif vote.ballots or _below_zero(tally) or tally.total != len(voters):
            return False
        outcome = bench.outcomes.get(tally)
        if outcome is None:
            outcome = judgement.result(session, file, tally, len(voters)).outcome.value
            bench.outcomes[tally] = outcome
        return vote.outcome == outcome

    def _reason(self, session: Session, act: a.ReasonGiven) -> bool:
        file = session.files.get(act.candidate)
        return (
            file is not None
            and session.phase in (Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED)
            and self._asked(session, file, act.component)
            and _worded(self.benches.room(session), act)
        )

    def _pronounced(self, session: Session, act: a.DecisionPronounced) -> bool:
        file = self._on_table(session, act.candidate, Status.DELIBERATION)
        if file is None or self.benches.bench(session, file).blocked:
            return False
        card = file.candidate
        return not (card.components or card.acquired) and self._follows(
            session, file, act
        )

    def _follows(self, session: Session, file: File, act: a.DecisionPronounced) -> bool:
        """Whether the decision is the one of these votes, on all components."""
        room = self.benches.room(session)
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
            if len(room.decisions) < _MOST_DECISIONS:
                room.decisions[key] = derived
        return derived == (act.outcome, act.acquired, act.remaining)


def _adds_up(ballots: dict[str, Choice], tally: Tally) -> bool:
    """Whether totals are those of these votes, none of them left out."""
    told = list(ballots.values())
    left = len(told)
    for choice, number in zip(_CHOICES, msgspec.structs.astuple(tally), strict=True):
        if number:
            if told.count(choice) != number:
                return False
            left -= number
    return left == 0


def _worded(room: Room, act: a.ReasonGiven) -> bool:
    """Whether reasons are given on a component of ours, in plain text."""
    return (
        act.component in room.named
        and _plain(act.reason, LONGEST_TEXT)
        and _plain(act.recommendation, LONGEST_TEXT)
    )


def _below_zero(tally: Tally) -> bool:
    return any(count < 0 for count in msgspec.structs.astuple(tally))


def _plain(text: str, longest: int) -> bool:
    """Whether a guard would leave a text as it is (its form NFC is the register's)."""
    return (
        not text or (text.isprintable() and len(text) <= longest)
    ) and text == text.strip()


def _plain_card(card: Member | Candidate) -> bool:
    """Whether a guard would leave all texts of a card as they are."""
    for value in msgspec.structs.astuple(card):
        if type(value) is str:
            if value and not _plain(value, LONGEST_FIELD):
                return False
        elif type(value) is tuple and (
            len(value) > LONGEST_LIST
            or not all(_plain(text, LONGEST_FIELD) for text in value)
        ):
            return False
    return True
