"""Votes to results, results to the decision."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed, short_date
from jury_tui.rules import ballot as ballots
from jury_tui.rules import decision as decisions
from jury_tui.rules.people import Acquired
from jury_tui.session.acts import Choice, Tally
from jury_tui.session.judgement.memory import (
    remembered_of_file,
    remembered_of_this_file,
)
from jury_tui.session.judgement.people import voting_members, weight
from jury_tui.session.judgement.texts import components, on, rules
from jury_tui.session.session import Ballot, File, Session

_STATES = {"carried": "acquired", "not_carried": "not_acquired"}
"""What the outcome of a vote makes of a component; any other is a tie."""


def asked(session: Session, file: File) -> tuple[str, ...]:
    """Components the jury must decide on: asked for, and not acquired earlier."""
    return _asked(session, file.candidate.id)


@remembered_of_file
def _asked(session: Session, candidate: str) -> tuple[str, ...]:
    card = session.files[candidate].candidate
    earlier = {a.component for a in card.acquired}
    wanted = card.components or tuple(components(session))
    return tuple(c for c in components(session) if c in wanted and c not in earlier)


def acquired_where(acquired: Acquired) -> str:
    """When and where a component was acquired, in words."""
    when = short_date(acquired.date) if acquired.date else ""
    return ", ".join(w for w in (when, acquired.place) if w) or _("date not given")


def majority(session: Session, file: File) -> ballots.MajorityRule:
    """The majority rule for one candidate, by the law of their key date."""
    return _majority(session, file.candidate.id)


@remembered_of_file
def _majority(session: Session, candidate: str) -> ballots.MajorityRule:
    start = session.files[candidate].candidate.parcours_start
    return rules(session).majority(on(session), start)


def result(
    session: Session,
    file: File,
    tally: Tally,
    voters: int,
    casting: Choice | None = None,
    represented: int = 0,
) -> ballots.BallotResult:
    """What the rules make of a tally.

    Args:
        session: The session.
        file: The candidate.
        tally: The totals.
        voters: How many voices those have who could vote.
        casting: The chair's casting vote, once used.
        represented: How many of these voices are by proxy.
    """
    return _result(session, file.candidate.id, tally, voters, casting, represented)


@remembered_of_file
def _result(
    session: Session,
    candidate: str,
    tally: Tally,
    voters: int,
    casting: Choice | None,
    represented: int,
) -> ballots.BallotResult:
    return ballots.result(
        _majority(session, candidate),
        ballots.Counts(
            for_=tally.for_,
            against=tally.against,
            abstention=tally.abstention,
            blank=tally.blank,
            did_not_vote=tally.did_not_vote,
        ),
        present=voters - represented,
        represented=represented,
        members=weight(session, [m.id for m in voting_members(session)]),
        chair_vote=None if casting is None else casting.value,
    )


def ballot_result(session: Session, file: File, ballot: Ballot) -> ballots.BallotResult:
    """What the rules make of a vote that was counted, casting vote included."""
    return cast_result(session, file, ballot, ballot.casting)


def cast_result(
    session: Session, file: File, ballot: Ballot, casting: Choice | None
) -> ballots.BallotResult:
    """The same, were the casting vote this one."""
    number = ballot.tally.total
    by_proxy = weight(session, ballot.represented)
    return result(session, file, ballot.tally, number, casting, by_proxy)


def component_results(session: Session, file: File) -> Mapping[str, str]:
    """Where each component stands, in the order of the certification.

    One of ``earlier``, ``acquired``, ``not_acquired``, ``tie``, ``pending`` and
    ``not_asked``.
    """
    ref = file.candidate.id
    # What a whole run would make of a file is asked before the session holds it.
    held = session.files.get(ref) is file
    return _standing(session, ref) if held else _component_results(session, file)


@remembered_of_this_file
def _standing(session: Session, candidate: str) -> Mapping[str, str]:
    return _component_results(session, session.files[candidate])


def _component_results(session: Session, file: File) -> Mapping[str, str]:
    earlier = {a.component for a in file.candidate.acquired}
    wanted = asked(session, file)
    states = {}
    for component in components(session):
        ballot = file.ballot(component)
        if component in earlier:
            state = "earlier"
        elif component not in wanted:
            state = "not_asked"
        elif ballot is None:
            state = "pending"
        else:
            state = _STATES.get(ballot.outcome, "tie")
        states[component] = state
    return states


def component_result(session: Session, file: File, component: str) -> str:
    """Where one component stands; ``not_asked`` for one that there is not."""
    return component_results(session, file).get(component, "not_asked")


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """A decision derived from the components, with its sentence."""

    outcome: str
    acquired: tuple[str, ...]
    remaining: tuple[str, ...]
    explanation: str
    source: str = ""


def decision(session: Session, file: File) -> Derived:
    """The decision that the components add up to.

    Raises:
        RefusedError: a component is not settled yet.
    """
    states = component_results(session, file)
    ties = [c for c, s in states.items() if s == "tie"]
    if ties:
        raise RefusedError(
            N_(
                "The vote on {components} is tied: the chair’s casting vote is awaited."
            ),
            components=listed(ties),
        )
    pending = [c for c, s in states.items() if s == "pending"]
    if pending:
        raise RefusedError(
            N_("The jury has not voted yet on: {components}."),
            components=listed(pending),
        )
    return _derived(session, file, states)


def _derived(session: Session, file: File, states: Mapping[str, str]) -> Derived:
    governing = rules(session)
    decided = decisions.decide(
        governing.certification.components,
        governing.decision,
        file.candidate,
        {c: s == "acquired" for c, s in states.items() if s.endswith("acquired")},
    )
    held = {*decided.before, *decided.acquired}
    return Derived(
        outcome="" if decided.extent is None else decided.extent.value,
        acquired=tuple(c for c in states if c in held),
        remaining=decided.missing,
        explanation=decided.explanation,
        source=decided.source,
    )
