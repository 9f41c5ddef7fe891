"""Three sources stacked, each clause with its own citation and dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from jury_tui.errors import RulebookError
from jury_tui.i18n import N_
from jury_tui.rules.ballot import MajorityRule
from jury_tui.rules.clauses import (
    Clause,
    Condition,
    Decision,
    Family,
    Group,
    KeyDate,
    Majority,
    Quorum,
    Require,
)
from jury_tui.rules.labels import Label
from jury_tui.rules.model import (
    GridOptions,
    Jury,
    Kind,
    MinutesOptions,
    Route,
    Rulebook,
    Seat,
    Signatory,
)

_TOLD = (Kind.CERTIFICATION, Kind.LAW, Kind.HOUSE)
"""The order in which clauses are told: the text people know first."""
_Dated = TypeVar("_Dated", Clause, Quorum, Majority)
_Options = TypeVar("_Options", MinutesOptions, GridOptions)
USUAL_GRIDS = GridOptions(
    combine="agreement", double_entry=False, divergence="1/5", levels_apart=2
)
"""Where no text says how grids are read."""


def _merged(kind: type[_Options], given: Iterable[_Options]) -> _Options:
    """Each key from the first table that gives it."""
    merged: dict[str, object] = {}
    for options in given:
        for name in kind.__struct_fields__:
            value = getattr(options, name)
            if value not in (None, "") and name not in merged:
                merged[name] = value
    return kind(**merged)  # type: ignore[arg-type]


class StackedClause(msgspec.Struct, frozen=True, kw_only=True):
    """A clause with the rulebook it comes from.

    Attributes:
        key: ``rulebook/clause``.
        groups: The groups its words name.
        reads_candidate: Whether the verdict depends on the candidate's facts, not
            on the people alone.
    """

    key: str
    kind: Kind
    clause: Clause
    groups: dict[str, Group]
    reads_candidate: bool


class StackedQuorum(msgspec.Struct, frozen=True, kw_only=True):
    """A quorum with the rulebook it comes from."""

    key: str
    quorum: Quorum
    groups: dict[str, Group]


class RouteRules(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that governs one route: its jury and the clauses of all sources.

    Clauses of every date are here, in the order they are told; :meth:`clauses_on`
    keeps those in force.
    """

    books: tuple[Rulebook, ...]
    certification: Rulebook
    route: Route
    jury: Jury
    clauses: tuple[StackedClause, ...]
    quorums: tuple[StackedQuorum, ...]
    majorities: tuple[Majority, ...]
    attributes: dict[str, Label]

    @property
    def seats(self) -> dict[str, Seat]:
        """The jury's seats by id, in the text's order."""
        return {seat.id: seat for seat in self.jury.seats}

    def majority(self, on: dt.date, parcours: dt.date | None = None) -> MajorityRule:
        """The majority rule on a day, merged key by key: law, text, house.

        Args:
            on: The session's day.
            parcours: Start of the candidate's parcours; ``on`` when unknown.
        """
        return MajorityRule.merged(
            rule for rule in self.majorities if in_force(rule, on, parcours or on)
        )

    def clauses_on(
        self, on: dt.date, parcours: dt.date | None = None
    ) -> tuple[StackedClause, ...]:
        """The clauses in force; with no parcours date, on the session's day."""
        return tuple(
            item for item in self.clauses if in_force(item.clause, on, parcours or on)
        )

    @property
    def decision(self) -> Decision:
        """The rule of decision: the certification's, else the house's, else ours."""
        for book in sorted(self.books, key=lambda book: book.kind is Kind.LAW):
            if book.decision is not None:
                return book.decision
        return Decision()

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """Who signs the minutes: the certification's text, else the house's."""
        for book in self.books:
            if book.signatories:
                return book.signatories
        return ()

    @property
    def minutes(self) -> MinutesOptions:
        """Options of the minutes, merged key by key: law, text, house."""
        return _merged(MinutesOptions, [book.minutes for book in self.books])

    @property
    def grids(self) -> GridOptions:
        """How grids are read, merged key by key; what no text says, by us."""
        return _merged(GridOptions, [*(book.grids for book in self.books), USUAL_GRIDS])


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """The three sources of a session's rules."""

    certification: Rulebook
    laws: tuple[Rulebook, ...] = ()
    house: Rulebook | None = None

    @property
    def books(self) -> tuple[Rulebook, ...]:
        """All the rulebooks, the strongest first: law, text, house."""
        house = () if self.house is None else (self.house,)
        return (*self.laws, self.certification, *house)

    def for_route(self, route: str) -> RouteRules:
        """What governs a route.

        Raises:
            RulebookError: the certification has no such route.
        """
        return _for_route(self, route)


def stack(
    certification: Rulebook,
    laws: Iterable[Rulebook] = (),
    house: Rulebook | None = None,
) -> Rules:
    """Stack the three sources.

    Raises:
        RulebookError: a rulebook is not of the kind its place asks for.
    """
    for book, kind in (
        *((law, Kind.LAW) for law in laws),
        *(() if house is None else ((house, Kind.HOUSE),)),
    ):
        if book.kind is not kind:
            raise RulebookError(
                N_("{code} is a rulebook of kind {kind}, not {expected}."),
                code=book.code,
                kind=book.kind.value,
                expected=kind.value,
            )
    return Rules(certification=certification, laws=tuple(laws), house=house)


def in_force(item: _Dated, on: dt.date, parcours: dt.date) -> bool:
    """Whether a clause is in force, by its own key date."""
    day = parcours if item.key_date is KeyDate.PARCOURS else on
    return (item.from_ is None or item.from_ <= day) and (
        item.until is None or day <= item.until
    )


def concerns(item: _Dated, family: Family, route: Route, jury: str) -> bool:
    """Whether a clause applies to this family, route and jury at all."""
    return (
        (not item.families or family in item.families)
        and (route.vae or not item.vae_only)
        and (not item.juries or jury in item.juries)
        and (route.id in getattr(item, "routes", ()) or not getattr(item, "routes", ()))
    )


def reads_candidate(require: Require, groups: Mapping[str, Group]) -> bool:
    """Whether a requirement, or a group that it names, reads the candidate.

    Args:
        require: The requirement.
        groups: All that its words may name: its rulebook's, and the certification's.
    """

    def of(part: Require) -> bool:
        officers = (part.each, part.chair, part.vice_chair)
        return (
            part.ties is not None
            or part.registration is not None
            or any(_compares(o.where) for o in officers if o is not None)
            or any(of(inner) for inner in (*part.all, *part.any))
        )

    return of(require) or _named_compare(msgspec.to_builtins(require), groups)


def _named_compare(words: object, groups: Mapping[str, Group]) -> bool:
    """Whether any of these words names a group that reads the candidate."""
    if isinstance(words, str):
        group = groups.get(words)
        others = {name: g for name, g in groups.items() if name != words}
        return group is not None and (
            _compares(group.where) or _named_compare(group.within, others)
        )
    inner = words.values() if isinstance(words, dict) else words
    return isinstance(inner, Iterable) and any(
        _named_compare(each, groups) for each in inner
    )


def _compares(conditions: Iterable[Condition]) -> bool:
    return any(c.same_as_candidate or _compares(c.any) for c in conditions)


def _for_route(rules: Rules, name: str) -> RouteRules:
    book = rules.certification
    route = next((r for r in book.routes if r.id == name), None)
    if route is None:
        raise RulebookError(
            N_("{code} has no route {route}. Its routes: {routes}."),
            code=book.code,
            route=name,
            routes=", ".join(r.id for r in book.routes),
        )
    jury = next((j for j in book.juries if j.id == route.jury), None)
    if jury is None:
        raise RulebookError(
            N_("{code} names no jury for the route {route}."),
            code=book.code,
            route=name,
        )

    family, found, jury_id = book.family, route, jury.id

    def keep(item: _Dated) -> bool:
        return concerns(item, family, found, jury_id)

    return RouteRules(
        books=rules.books,
        certification=book,
        route=route,
        jury=jury,
        clauses=tuple(
            StackedClause(
                key=f"{b.code}/{c.id}",
                kind=b.kind,
                clause=c,
                groups=b.groups,
                reads_candidate=reads_candidate(c.require, {**book.groups, **b.groups}),
            )
            for b in sorted(rules.books, key=lambda book: _TOLD.index(book.kind))
            for c in b.clauses
            if keep(c)
        ),
        quorums=tuple(
            StackedQuorum(key=f"{b.code}/quorum", quorum=q, groups=b.groups)
            for b in rules.books
            for q in b.quorum
            if keep(q)
        ),
        majorities=tuple(m for b in rules.books for m in b.majority if keep(m)),
        attributes={
            key: words for b in rules.books for key, words in b.attributes.items()
        },
    )
