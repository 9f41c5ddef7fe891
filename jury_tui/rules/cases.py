"""One composition to judge: who, when, by which route, for whom."""

from __future__ import annotations

import datetime as dt

import msgspec

from jury_tui.rules.findings import Layer
from jury_tui.rules.people import Candidate, Member, Tie


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
        appointed: All those appointed (titulars and substitutes); the members
            themselves when empty.
        candidate: The candidate on the table, for the candidate layer.
        candidates: Files in the session.
        parcours: Starts of the parcours of the session's candidates, for the
            clauses they choose at the layers that have no candidate; when empty,
            the session's day chooses.
        ties: Declared ties, confirmed ones only.
        remote: Ids of those who sit remotely.
        proxies: Giver's id to holder's id.
        convocation: 1, or 2 for a second convocation and later ones.
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
