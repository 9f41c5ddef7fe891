"""A candidate's run: called, heard, deliberated on, voted on, pronounced.

Most acts of a session come in such runs, on a file that nobody touched before and
with nothing else between. Such a run is folded in one step: what its acts say goes
straight to where they would put it one after the other. It knows no rule, and any
other sequence is no run; a test holds it to ``folding.fold``, act by act.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from jury_tui.session.acts import (
    AnyAct,
    CandidateCalled,
    DecisionPronounced,
    DeliberationStarted,
    HearingEnded,
    HearingStarted,
    ReasonGiven,
    VoteCounted,
)
from jury_tui.session.folds.common import attending, represented
from jury_tui.session.folds.voting import counted, decided
from jury_tui.session.session import Ballot, File, Session, Status


class Run(NamedTuple):
    """A whole run.

    Attributes:
        length: How many acts it takes.
        before, after: The candidate's file.
        deliberation, votes, reasons, decision: Its acts.
    """

    length: int
    before: File
    after: File
    deliberation: DeliberationStarted
    votes: list[VoteCounted]
    reasons: list[ReasonGiven]
    decision: DecisionPronounced


def whole(s: Session, acts: Sequence[AnyAct], place: int) -> Run | None:
    """The run that begins with the call at this place, if it is a whole one."""
    called = acts[place]
    if type(called) is not CandidateCalled:
        return None
    ref = called.candidate
    file = s.files.get(ref)
    if file is None or file != File(candidate=file.candidate):
        return None
    first = s.count + 1 - place
    started = ended = None
    there = attending(s, file)
    by_proxy = represented(s, file, there) if s.proxies else ()
    votes: list[VoteCounted] = []
    given: list[ReasonGiven] = []
    ballots: dict[str, tuple[Ballot, ...]] = {}
    deliberation: DeliberationStarted | None = None
    for at in range(place + 1, len(acts)):
        act = acts[at]
        if type(act) is VoteCounted:
            if act.candidate != ref or deliberation is None or act.component in ballots:
                return None
            votes.append(act)
            ballots[act.component] = (counted(first + at, act, there, by_proxy),)
        elif type(act) is ReasonGiven:
            if act.candidate != ref or deliberation is None:
                return None
            given.append(act)
        elif type(act) is HearingStarted:
            if act.candidate != ref or started is not None or deliberation is not None:
                return None
            started = act.at
        elif type(act) is HearingEnded:
            if act.candidate != ref or started is None or ended or deliberation:
                return None
            ended = act.at
        elif type(act) is DeliberationStarted:
            if act.candidate != ref or deliberation is not None:
                return None
            deliberation = act
            ended = ended or (started and act.at)
        elif type(act) is DecisionPronounced:
            if act.candidate != ref or deliberation is None:
                return None
            after = replace(
                file,
                status=Status.DECIDED,
                called_at=called.at,
                hearing_started=started,
                hearing_ended=ended,
                heard_by=() if started is None else there,
                deliberation_started=deliberation.at,
                deliberated_by=there,
                deliberated_by_invitees=deliberation.invitees,
                ballots=ballots,
                reasons={one.component: one.reason for one in given},
                recommendations={one.component: one.recommendation for one in given},
                decisions=(decided(first + at, act),),
            )
            length = at + 1 - place
            return Run(length, file, after, deliberation, votes, given, act)
        else:
            return None
    return None
