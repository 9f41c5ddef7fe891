"""Acts on one component, and the decision."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from msgspec.structs import replace

from jury_tui.session import acts as a
from jury_tui.session.folds.common import (
    Changes,
    Folds,
    attending,
    file_of,
    known,
    leaves_table,
    represented,
    stray,
)
from jury_tui.session.session import (
    Ballot,
    File,
    Grid,
    Pronounced,
    Session,
    Settled,
    Status,
)


def _marks(s: Session, act: a.MarksGiven) -> Changes:
    file = file_of(s, act.candidate)
    key = (act.component, act.reader)
    marks = {**file.marks, key: {**file.marks.get(key, {}), **act.marks}}
    readings = _unsettle(file, act.component, marks=act.marks)
    return {"file": replace(file, marks=marks, readings=readings)}


def _grid(s: Session, act: a.GridFilled) -> Changes:
    file = file_of(s, act.candidate)
    key = (act.component, act.reader, act.member)
    grids = {**file.grids, key: Grid(levels=act.levels, marks=act.marks)}
    readings = _unsettle(file, act.component, grids=(act.member,))
    return {"file": replace(file, grids=grids, readings=readings)}


def _unsettle(
    file: File,
    component: str,
    marks: Collection[str] = (),
    grids: Collection[str] = (),
) -> dict[str, Settled]:
    """Without what was settled of readings that are typed again."""
    was = file.readings.get(component)
    if was is None:
        return file.readings
    left = Settled(
        marks={m: v for m, v in was.marks.items() if m not in marks},
        grids={m: g for m, g in was.grids.items() if m not in grids},
    )
    return {**file.readings, component: left}


def _settled(s: Session, act: a.ReadingsSettled) -> Changes:
    file = file_of(s, act.candidate)
    was = file.readings.get(act.component, Settled())
    grids = dict(was.grids)
    for member, entry in act.grids.items():
        known = grids.get(member, Grid())
        grids[member] = Grid(
            levels={**known.levels, **entry.levels},
            marks={**known.marks, **entry.marks},
        )
    now = Settled(marks={**was.marks, **act.marks}, grids=grids)
    readings = {**file.readings, act.component: now}
    return {"file": replace(file, readings=readings)}


def _set_last(file: File, component: str, **changes: Any) -> File:
    taken = file.ballots[component]
    last = replace(taken[-1], **changes)
    return replace(file, ballots={**file.ballots, component: (*taken[:-1], last)})


def counted(
    number: int,
    act: a.VoteCounted,
    sat: tuple[str, ...],
    by_proxy: tuple[str, ...] = (),
) -> Ballot:
    """The vote that an act counts, with who sat and who was represented."""
    return Ballot(
        number=number,
        at=act.at,
        mode=act.mode,
        tally=act.tally,
        outcome=act.outcome,
        ballots=act.ballots,
        reason=act.reason,
        sat=sat,
        represented=by_proxy,
    )


def _counted(s: Session, act: a.VoteCounted) -> Changes:
    file = file_of(s, act.candidate)
    if file.ballot(act.component) is not None:
        raise stray(s, act.component)
    there = attending(s, file)
    if file.hearing_started is not None and there != file.heard_by:
        there = tuple(m for m in there if m in file.heard_by)
    by_proxy = represented(s, file, there) if s.proxies else ()
    ballot = counted(s.count + 1, act, there, by_proxy)
    taken = (*file.ballots.get(act.component, ()), ballot)
    ballots = {**file.ballots, act.component: taken}
    return {"file": replace(file, ballots=ballots)}


def _casting(s: Session, act: a.CastingVoteCast) -> Changes:
    file = file_of(s, act.candidate)
    if file.ballot(act.component) is None:
        raise stray(s, act.component)
    cast = _set_last(
        file,
        act.component,
        casting=act.choice,
        casting_member=known(s, act.member),
        outcome=act.outcome,
    )
    return {"file": cast}


def _reopened(s: Session, act: a.VoteReopened) -> Changes:
    file = file_of(s, act.candidate)
    if file.ballot(act.component) is None:
        raise stray(s, act.component)
    again = _set_last(
        file,
        act.component,
        reopened=act.reason,
        mistyped=act.at if act.mistyped else None,
    )
    return {"file": again}


def _reason(s: Session, act: a.ReasonGiven) -> Changes:
    file = file_of(s, act.candidate)
    return {
        "file": replace(
            file,
            reasons={**file.reasons, act.component: act.reason},
            recommendations={
                **file.recommendations,
                act.component: act.recommendation,
            },
        )
    }


def decided(number: int, act: a.DecisionPronounced) -> Pronounced:
    """The decision that an act pronounces."""
    return Pronounced(
        number=number,
        at=act.at,
        outcome=act.outcome,
        acquired=act.acquired,
        remaining=act.remaining,
    )


def _pronounced(s: Session, act: a.DecisionPronounced) -> Changes:
    file = file_of(s, act.candidate)
    decisions = (*file.decisions, decided(s.count + 1, act))
    return {
        "file": replace(file, status=Status.DECIDED, decisions=decisions),
        "table": leaves_table(s, act.candidate),
    }


def _decision_reopened(s: Session, act: a.DecisionReopened) -> Changes:
    file = file_of(s, act.candidate)
    if file.decision is None:
        raise stray(s, act.candidate)
    last = replace(file.decisions[-1], reopened=act.reason)
    again = replace(
        file, status=Status.DELIBERATION, decisions=(*file.decisions[:-1], last)
    )
    return {"file": again, "table": act.candidate}


FOLDS: Folds = {
    a.MarksGiven: _marks,
    a.GridFilled: _grid,
    a.ReadingsSettled: _settled,
    a.VoteCounted: _counted,
    a.CastingVoteCast: _casting,
    a.VoteReopened: _reopened,
    a.ReasonGiven: _reason,
    a.DecisionPronounced: _pronounced,
    a.DecisionReopened: _decision_reopened,
}
