"""Clauses and people: findings as appointed, as present, for one candidate."""

from __future__ import annotations

import datetime as dt

import msgspec

from jury_tui.rules.findings import Finding, Layer
from jury_tui.rules.people import Candidate, Member, Tie
from jury_tui.rules.stack import Rules


class Chaired(msgspec.Struct, frozen=True):
    """An earlier year's chair: the college they came from (for alternation)."""

    year: int
    college: str


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One composition to judge.

    Attributes:
        layer: As appointed, as present, or for one candidate.
        on: The session's day.
        route: The route's id in the certification.
        members: Those who count at this layer: appointed, present, or sitting for
            the candidate; voters and invitees, the seat says which.
        appointed: All those appointed (titulars and substitutes).
        candidate: The candidate on the table, for the candidate layer.
        candidates: Files in the session.
        parcours: Starts of the parcours of the session's candidates, for the
            clauses they choose at the layers that have no candidate.
        ties: Declared ties; only confirmed ones.
        remote: Ids of those who sit remotely.
        proxies: Giver's id to holder's id.
        convocation: 1, or 2 for a second convocation.
        acting_chair: Who chairs in place of the chair, by id.
        history: Earlier chairs, for alternation.
    """

    layer: Layer
    on: dt.date
    route: str
    members: tuple[Member, ...]
    appointed: tuple[Member, ...] = ()
    candidate: Candidate | None = None
    candidates: int = 0
    parcours: tuple[dt.date | None, ...] = ()
    ties: tuple[Tie, ...] = ()
    remote: frozenset[str] = frozenset()
    proxies: dict[str, str] = {}
    convocation: int = 1
    acting_chair: str | None = None
    history: tuple[Chaired, ...] = ()


class Empty(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that stays empty: how many places, and who could fill it."""

    seat: str
    missing: int
    could: tuple[str, ...] = ()


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """Who sits where: a person counts once.

    Attributes:
        seats: Member id to seat id; the standby substitutes are not in it.
        surplus: Ids of members beyond the places of their seat (they are in
            ``seats`` too, at their first choice).
        empty: Required seats that stay empty.
        unplaced: Ids of members with no seat of this jury.
        standby: Ids of substitutes whose titular is there.
    """

    seats: dict[str, str]
    surplus: tuple[str, ...] = ()
    empty: tuple[Empty, ...] = ()
    unplaced: tuple[str, ...] = ()
    standby: tuple[str, ...] = ()


def judge(rules: Rules, case: Case) -> tuple[Finding, ...]:
    """One finding per applicable clause, in the order of the texts, then quorum."""
    raise NotImplementedError


def assignment(
    rules: Rules, route: str, members: tuple[Member, ...], candidates: int = 0
) -> Assignment:
    """Who sits where, by maximum matching."""
    raise NotImplementedError


def voters(rules: Rules, route: str, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The voting members among these, in the order given."""
    raise NotImplementedError


def is_voting(rules: Rules, route: str, member: Member) -> bool:
    """Whether this member's first seat is a voting one."""
    raise NotImplementedError


def chair(
    rules: Rules, route: str, members: tuple[Member, ...], acting: str | None = None
) -> Member | None:
    """Who chairs: the acting chair, the chair's seat, or the designated voter."""
    raise NotImplementedError


def forbidden(
    rules: Rules, route: str, candidate: Candidate, tie: Tie, on: dt.date
) -> Finding | None:
    """The clause that obliges this member to leave for this candidate, if any."""
    raise NotImplementedError
