"""Who sits for a candidate, judged once for the same people.

Most acts of a session are about candidates before an unchanged bench. What the rules
say of a bench, and make of its votes, is worked out once while nobody moves, and for
candidates alike in all that rules read.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import msgspec

from jury_tui.rules.ballot import MajorityRule
from jury_tui.rules.findings import Finding, Verdict
from jury_tui.rules.memo import Memo
from jury_tui.rules.people import Acquired, Candidate
from jury_tui.rules.stack import RouteRules
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Tally
from jury_tui.session.session import File, Session

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


Derived = tuple[str, tuple[str, ...], tuple[str, ...]]
_decisions: Memo[dict[object, Derived]] = Memo(16)


@lru_cache(maxsize=64)
def _outcomes(_majority: MajorityRule, _voters: int, _members: int) -> dict[Tally, str]:
    """What a majority rule makes of tallies, in whatever session."""
    return {}


class Bench(msgspec.Struct, frozen=True):
    """Those who sit for a candidate.

    Attributes:
        voters: Ids of those who vote.
        findings: What the rules say of them.
        blocked: Whether one of the findings forbids to go on.
        breached: Whether one of them is a breach at all.
        outcomes: What they make of a tally, as far as it was worked out.
    """

    voters: frozenset[str]
    findings: tuple[Finding, ...]
    blocked: bool
    breached: bool
    outcomes: dict[Tally, str]


class Room(msgspec.Struct, frozen=True):
    """What stays the same while only candidates' files change.

    Attributes:
        present: Ids of the formation who are there, in order.
        voting: Those of them whose seat votes.
        invited: Those whose seat does not.
        components: The certification's.
        named: Those of them that a command would name by the very same id.
        tied: Candidates with a declared tie.
        weighed: Whether some have more than one voice, or vote by proxy.
        own: Whether rules read what makes each candidate a person apart.
        benches, decisions: What was already worked out.
    """

    present: tuple[str, ...]
    voting: frozenset[str]
    invited: frozenset[str]
    components: tuple[str, ...]
    named: frozenset[str]
    tied: frozenset[str]
    weighed: bool
    own: bool
    benches: dict[object, Bench]
    decisions: dict[object, Derived]


class Benches:
    """What is known of the benches of one session, as its acts go by."""

    def __init__(self) -> None:
        self._room: Room | None = None

    def moved(self, act: a.AnyAct) -> None:
        """An act was added to the session."""
        if type(act) not in STILL:
            self._room = None

    def findings(self, session: Session, file: File) -> tuple[Finding, ...]:
        """What the rules say of those who sit for a candidate."""
        bench = self.bench(session, file)
        if not bench.breached:
            return bench.findings
        # Breaches name the candidate, and may be justified for one alone.
        return judgement.for_candidate(session, file.candidate.id)

    def room(self, session: Session) -> Room:
        """The room as it is now."""
        if self._room is None:
            present = tuple(m.id for m in session.present)
            voting = frozenset(m for m in present if judgement.is_voting(session, m))
            rules = judgement.rules(session)
            components = tuple(c.id for c in rules.certification.components)
            self._room = Room(
                present=present,
                voting=voting,
                invited=frozenset(present) - voting,
                components=components,
                named=frozenset(c for c in components if c == c.strip().lower()),
                tied=frozenset(tie.candidate for tie in session.ties),
                weighed=bool(session.proxies or judgement.voices(session)),
                own=_reads_the_person(rules),
                benches={},
                decisions=_decisions.get((rules,), None, dict),
            )
        return self._room

    def bench(self, session: Session, file: File) -> Bench:
        """Those who sit for a candidate now."""
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
            voters = room.voting.intersection(sitting)
            majority = judgement.majority(session, file)
            members = len(judgement.voting_members(session))
            bench = room.benches[key] = Bench(
                voters,
                found,
                any(f.blocks for f in found),
                any(f.verdict is Verdict.BREACHED for f in found),
                _outcomes(majority, len(voters), members),
            )
        return bench


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
    tuple[tuple[str, type, object], ...],
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
        # 1 equals true, and is another fact.
        tuple((key, type(value), value) for key, value in card.attributes.items()),
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
