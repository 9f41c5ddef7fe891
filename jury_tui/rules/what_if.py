"""Before the day: can the jury sit without somebody, and whom to call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

import msgspec

from jury_tui.rules.cases import Case
from jury_tui.rules.findings import Finding, Layer
from jury_tui.rules.judging import judge, scene_of
from jury_tui.rules.people import Candidate, Member, Tie
from jury_tui.rules.stack import Rules
from jury_tui.rules.ties import forbidden

MOST_CHANGES = 2
"""Up to so many people, every change is tried; beyond, one is built step by step."""
MOST_STEPS = 12


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """People to call (``add``), seats to fill by somebody new, people to remove.

    Attributes:
        add: Ids of people appointed who do not sit yet (substitutes first).
        remove: Ids of people who sit and should not.
        recruit: Seat ids to fill by people who are on no list yet.
        smallest: Whether every smaller change was tried.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    recruit: tuple[str, ...] = ()
    smallest: bool = True

    @property
    def size(self) -> int:
        """How many people it concerns."""
        return len(self.add) + len(self.remove) + len(self.recruit)


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate before the day: who must leave, and whether the jury stands.

    Attributes:
        leaving: Ids of members with a tie that obliges to leave.
        findings: Composition without them.
    """

    candidate: str
    leaving: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def stands(self) -> bool:
        """Whether no clause is breached fatally without them."""
        return not any(finding.blocks for finding in self.findings)


def _blocking(rules: Rules, case: Case) -> int:
    return sum(finding.blocks for finding in judge(rules, case))


def smallest_changes(
    rules: Rules, case: Case, reserve: tuple[Member, ...] = ()
) -> tuple[Change, ...]:
    """The smallest changes after which nothing fatal is breached.

    Calling people appointed (or on ``reserve``) comes before removing somebody, and
    that before naming the seats to recruit for. Changes of one size only, in a
    stable order; empty when the case is regular or nothing was found. Beyond two
    people, one change is built step by step and is not proved the smallest.
    """
    if not _blocking(rules, case):
        return ()
    here = {member.id for member in case.members}
    pool: dict[str, Member] = {}
    for member in (*case.appointed, *reserve):
        if member.id not in here:
            pool.setdefault(member.id, member)
    tied = _leaving_ids(rules, case, pool.values())
    moves: list[Move] = [("add", n) for n in sorted(pool) if n not in tied]
    moves += [("remove", name) for name in sorted(here)]
    moves += [("recruit", s.id) for s in scene_of(rules, case).active if s.voting]
    for size in range(1, MOST_CHANGES + 1):
        chosen = combinations(_repeated(moves, size), size)
        changes = dict.fromkeys(_key(_change(each)) for each in chosen)
        found = [
            change
            for change in (Change(add=a, remove=r, recruit=s) for a, r, s in changes)
            if not _blocking(rules, _applied(case, change, pool))
        ]
        if found:
            fewest = min(map(_cost, found))
            return tuple(change for change in found if _cost(change) == fewest)
    return _step_by_step(rules, case, moves, pool)


Move = tuple[str, str]


def _step_by_step(
    rules: Rules, case: Case, moves: list[Move], pool: dict[str, Member]
) -> tuple[Change, ...]:
    """Each step takes the move that leaves the fewest breaches and empty seats."""

    def left(chosen: tuple[Move, ...]) -> tuple[int, int]:
        after = _applied(case, _change(chosen), pool)
        scene = scene_of(rules, after)
        voting = scene.seats
        empty = sum(
            each.missing for each in scene.assignment.empty if voting[each.seat].voting
        )
        return _blocking(rules, after), empty

    chosen: tuple[Move, ...] = ()
    best = left(chosen)
    for _step in range(MOST_STEPS):
        free = [m for m in moves if m[0] == "recruit" or m not in chosen]
        score, move = min(
            ((left((*chosen, move)), move) for move in free), key=lambda each: each[0]
        )
        if score >= best:
            return ()
        best, chosen = score, (*chosen, move)
        if not best[0]:
            return (msgspec.structs.replace(_change(chosen), smallest=False),)
    return ()


def _repeated(moves: list[Move], size: int) -> list[Move]:
    """A seat may need several newcomers; a person moves once."""
    return [
        move for move in moves for _time in range(size if move[0] == "recruit" else 1)
    ]


def _cost(change: Change) -> tuple[int, int]:
    """Fewest newcomers, then fewest removed: calling somebody appointed is best."""
    return len(change.recruit), len(change.remove)


def _key(
    change: Change,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return change.add, change.remove, change.recruit


def _change(chosen: tuple[Move, ...]) -> Change:
    def kind(which: str) -> tuple[str, ...]:
        return tuple(name for move, name in chosen if move == which)

    return Change(add=kind("add"), remove=kind("remove"), recruit=kind("recruit"))


def _applied(case: Case, change: Change, pool: dict[str, Member]) -> Case:
    gone = set(change.remove)
    # A substitute who is called takes the place of the titular.
    gone |= {pool[name].substitutes for name in change.add} - {""}
    new = tuple(
        Member(id=f"+{number}", family_name=seat, seats=(seat,))
        for number, seat in enumerate(change.recruit, 1)
    )
    kept = tuple(m for m in case.members if m.id not in gone)
    called = tuple(pool[name] for name in change.add)
    whole = case.appointed or case.members
    if case.layer is Layer.APPOINTMENT:
        whole = tuple(m for m in whole if m.id not in gone)
    return msgspec.structs.replace(
        case, members=(*kept, *called, *new), appointed=(*whole, *new)
    )


def _leaving_ids(rules: Rules, case: Case, members: Iterable[Member]) -> frozenset[str]:
    if case.candidate is None:
        return frozenset()
    return frozenset(leaving(rules, case, case.candidate, members))


def leaving(
    rules: Rules, case: Case, candidate: Candidate, members: Iterable[Member]
) -> tuple[str, ...]:
    """Ids of the members whose declared tie obliges to leave for this candidate."""
    by_member: dict[str, list[Tie]] = {}
    for tie in case.ties:
        if tie.candidate == candidate.id:
            by_member.setdefault(tie.member, []).append(tie)
    bound: Callable[[Member, Tie], Finding | None] = lambda member, tie: forbidden(  # noqa: E731
        rules, candidate, member, tie, case.on, case.route
    )
    return tuple(
        member.id
        for member in members
        if any(
            (finding := bound(member, tie)) is not None and finding.blocks
            for tie in by_member.get(member.id, ())
        )
    )
