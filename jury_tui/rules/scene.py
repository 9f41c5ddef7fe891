"""The people of one composition, counted: who is sure to be of a group, who may be.

A missing datum never counts as yes nor as no: a group gives those who surely
belong to it and those who may, and a count is an interval. Adding a datum only
narrows it, so removing one can never turn "undecidable" into "satisfied".
"""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import NamedTuple

from jury_tui.i18n import folded
from jury_tui.rules.cases import Case
from jury_tui.rules.clauses import Condition, Group
from jury_tui.rules.findings import Finding
from jury_tui.rules.labels import Label
from jury_tui.rules.memo import Memo
from jury_tui.rules.model import Seat
from jury_tui.rules.people import Candidate, Member
from jury_tui.rules.seating import Assignment, Places, seat_people
from jury_tui.rules.stack import RouteRules, StackedClause
from jury_tui.rules.wording import BUILT_IN_LABELS, Phrase

Datum = str | int | bool | dt.date | None
_CARD = frozenset(
    ("gender", "employer", "function", "act", "act_date", "act_authority", "represents")
)


Regime = tuple[dt.date | None, ...]
"""The starts of parcours that choose the versions of texts."""

_BUILT_IN = {name: Phrase(label) for name, label in BUILT_IN_LABELS.items()}
_places: Memo[Places] = Memo(64)


def places_of(rules: RouteRules, case: Case) -> Places:
    """The seats that exist in a case's circumstances, remembered."""
    key = (case.candidates, bool(case.remote), case.convocation)
    return _places.get(
        (rules,),
        key,
        lambda: Places(rules.jury, key[0], remote=key[1], convocation=key[2]),
    )


class Counted(NamedTuple):
    """Those who surely belong, and those who may: a datum is missing."""

    sure: tuple[str, ...]
    maybe: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """The smallest number it can be."""
        return len(self.sure)

    @property
    def most(self) -> int:
        """The largest number it can be."""
        return len(self.sure) + len(self.maybe)


class Scene:
    """One composition at one layer; built once, asked by every clause.

    Attributes:
        judged: By regime, what the people decide, and the clauses that need more.
    """

    def __init__(
        self,
        rules: RouteRules,
        case: Case,
        members: tuple[Member, ...] | None = None,
    ) -> None:
        self.rules = rules
        self.case = case
        self.places = places_of(rules, case)
        chosen = case.members if members is None else members
        self.people: dict[str, Member] = {
            member.id: member for member in sorted(chosen, key=_by_id)
        }
        self.groups_known: dict[tuple[int, str], Counted] = {}
        self.judged: dict[Regime, list[Finding | StackedClause]] = {}

    @property
    def active(self) -> tuple[Seat, ...]:
        """The seats of this day."""
        return self.places.seats

    @property
    def seats(self) -> dict[str, Seat]:
        """The seats of this day by id."""
        return self.places.by_id

    @cached_property
    def assignment(self) -> Assignment:
        """Who sits where."""
        return seat_people(self.places, self.people.values())

    @cached_property
    def holders(self) -> dict[str, list[str]]:
        """Ids of those who sit in each seat."""
        held: dict[str, list[str]] = {}
        for name, seat in self.assignment.seats.items():
            held.setdefault(seat, []).append(name)
        return held

    @cached_property
    def voters(self) -> tuple[str, ...]:
        """Ids of those whose seat votes."""
        seats = self.seats
        return tuple(
            name for name, seat in self.assignment.seats.items() if seats[seat].voting
        )

    @cached_property
    def invitees(self) -> tuple[str, ...]:
        """Ids of those whose seat does not vote."""
        voting = set(self.voters)
        return tuple(n for n in self.assignment.seats if n not in voting)

    @cached_property
    def appointed(self) -> Scene:
        """The composition as appointed, whatever this one is."""
        named = self.case.appointed
        if not named or set(map(_by_id, named)) == set(self.people):
            return self
        return Scene(self.rules, self.case, named)

    @cached_property
    def designated_chair(self) -> str | None:
        """The chair's id: the chair's seat, else the voter designated as such."""
        return self._officer("chair")

    @cached_property
    def chair(self) -> str | None:
        """Who chairs now: the acting chair when there is one among the voters."""
        acting = self.case.acting_chair
        return acting if acting in self.voters else self.designated_chair

    @cached_property
    def vice_chair(self) -> str | None:
        """The vice-chair's id."""
        return self._officer("vice_chair")

    def _officer(self, which: str) -> str | None:
        seats = self.seats
        seated = [
            name
            for name, seat in self.assignment.seats.items()
            if getattr(seats[seat], which) and name not in self.assignment.surplus
        ]
        if seated:
            return seated[0]
        return next(
            (n for n in self.voters if self.people[n].attributes.get(which) is True),
            None,
        )

    @cached_property
    def has_chair_seat(self) -> bool:
        """Whether the chair is a seat of this jury, or one designated among voters."""
        return any(seat.chair for seat in self.active)

    def college(self, name: str) -> str:
        """The college of a member's seat."""
        seat = self.assignment.seats.get(name)
        return self.seats[seat].college if seat else ""

    @cached_property
    def represented(self) -> tuple[str, ...]:
        """Ids of voters appointed, absent, whose proxy a present voter holds."""
        named = set(self.appointed.voters)
        return tuple(
            giver
            for giver, holder in sorted(self.case.proxies.items())
            if giver in named and giver not in self.people and holder in self.voters
        )

    def built_in(self, name: str) -> tuple[str, ...]:
        """One of the program's own groups."""
        match name:
            case "voters" | "present":
                return self.voters
            case "members":
                return tuple(self.assignment.seats)
            case "invitees":
                return self.invitees
            case "voters_but_chair":
                return tuple(n for n in self.voters if n != self.designated_chair)
            case "members_but_chair":
                return tuple(
                    n for n in self.assignment.seats if n != self.designated_chair
                )
            case "present_or_represented":
                return (*self.voters, *self.represented)
        return self.appointed.voters

    def for_case(self, case: Case) -> Scene:
        """The same people for another candidate: who sits where is kept."""
        other = Scene.__new__(Scene)
        other.__dict__ = {**self.__dict__, "case": case, "groups_known": {}}
        # Those appointed are asked about the other candidate too.
        named = other.__dict__.pop("appointed", None)
        if named is not None:
            other.__dict__["appointed"] = (
                other if named is self else named.for_case(case)
            )
        return other

    def group(self, name: str, groups: dict[str, Group]) -> Counted:
        """Those of a group: the rulebook's own, the certification's, or built in."""
        key = (id(groups), name)
        found = self.groups_known.get(key)
        if found is None:
            found = self.groups_known[key] = self._counted(name, groups)
        return found

    def _counted(self, name: str, groups: dict[str, Group]) -> Counted:
        group = self._group(name, groups)
        unplaced = self.assignment.unplaced
        if group is None:
            names = self.built_in(name)
            if not unplaced or name == "appointed":
                return Counted(names, ())
            if name.startswith("members"):
                return Counted((*names, *unplaced), ())
            # Somebody whose seat is not known may vote, or not.
            return Counted(names, unplaced, ("seat",))
        sure, maybe_list, missing = [], [], []
        names = (
            self.built_in(group.among)
            if not group.within
            else self.group(group.within, groups).sure
        )
        doubtful = (
            unplaced if not group.within else self.group(group.within, groups).maybe
        )
        for who in (*names, *doubtful):
            verdict, datum = self._belongs(who, group)
            if verdict is False:
                continue
            if verdict is True and who not in doubtful:
                sure.append(who)
            else:
                maybe_list.append(who)
                missing.append(datum or "seat")
        return Counted(tuple(sure), tuple(maybe_list), tuple(dict.fromkeys(missing)))

    def _group(self, name: str, groups: dict[str, Group]) -> Group | None:
        return groups.get(name) or (
            None
            if name in BUILT_IN_LABELS
            else self.rules.certification.groups.get(name)
        )

    def group_label(self, name: str, groups: dict[str, Group]) -> Label | Phrase:
        """How a group is named to people."""
        group = self._group(name, groups)
        return _BUILT_IN[name] if group is None else group.label

    def _belongs(self, who: str, group: Group) -> tuple[bool | None, str]:
        """Whether a member is of a group, and the datum missing if unknown."""
        seat_id = self.assignment.seats.get(who)
        doubt = ""
        # Doubled: the chair also holds this seat, and is counted there.
        doubles = (
            self.assignment.doubled in group.seats and who == self.designated_chair
        )
        if group.seats and seat_id not in group.seats and not doubles:
            return (None, "seat") if seat_id is None else (False, "")
        if group.college and self.college(who) != group.college:
            return (None, "seat") if seat_id is None else (False, "")
        if group.quality:
            verdict = self._has_quality(self.people[who], group.quality)
            if verdict is False:
                return False, ""
            doubt = group.quality if verdict is None else ""
        for condition in group.where:
            verdict, datum = self.meets(self.people[who], condition)
            if verdict is False:
                return False, ""
            doubt = doubt or ("" if verdict else datum)
        return (None, doubt) if doubt else (True, "")

    def _has_quality(self, member: Member, quality: str) -> bool | None:
        """By any seat the person may hold; else by attribute, where seats are open."""
        proven = self.places.proves(member.seats, quality)
        if proven is not None:
            return proven
        value = member.attributes.get(quality)
        return value if isinstance(value, bool) else None

    def meets(self, member: Member, condition: Condition) -> tuple[bool | None, str]:
        """Whether a member meets a condition, and the datum missing if unknown."""
        if condition.any:
            answers = [self.meets(member, each) for each in condition.any]
            if any(verdict for verdict, _datum in answers):
                return True, ""
            return next((a for a in answers if a[0] is None), (False, ""))
        value = datum(member, condition.attribute)
        if value is None:
            return None, condition.attribute
        if condition.given:
            return True, ""
        return self._test(member, condition, value)

    def _test(
        self, member: Member, condition: Condition, value: Datum
    ) -> tuple[bool | None, str]:
        if condition.is_ is not None:
            return value == condition.is_ and type(value) is type(condition.is_), ""
        if condition.in_:
            return str(value) in condition.in_, ""
        if condition.min is not None or condition.max is not None:
            if not isinstance(value, int) or isinstance(value, bool):
                return None, condition.attribute
            low = condition.min is None or value >= condition.min
            return low and (condition.max is None or value <= condition.max), ""
        if condition.same_as_candidate:
            other = _of_candidate(self.case.candidate, condition.same_as_candidate)
            if other is None:
                return None, condition.same_as_candidate
            return _alike(value, other), ""
        return self._test_date(member, condition, value)

    def _test_date(
        self, member: Member, condition: Condition, value: Datum
    ) -> tuple[bool | None, str]:
        day = as_date(value)
        limit = condition.not_before or condition.not_after or condition.of
        other = self._day(member, limit)
        if day is None or other is None:
            return None, condition.attribute if day is None else limit
        if condition.not_before:
            return day >= other, ""
        if condition.not_after:
            return day <= other, ""
        if condition.less_than_years is not None:
            return day > years_before(other, condition.less_than_years), ""
        return day >= years_before(other, condition.within_years or 0), ""

    def _day(self, member: Member, name: str) -> dt.date | None:
        if name == "session":
            return self.case.on
        return as_date(name) or as_date(datum(member, name))


def _by_id(member: Member) -> str:
    return member.id


def datum(member: Member, name: str) -> Datum:
    """A fact about a member; None when it is not recorded."""
    value: Datum = member.attributes.get(name)
    if value is None and name in _CARD:
        value = getattr(member, name)
    return None if value == "" else value


def as_date(value: Datum) -> dt.date | None:
    """A date, or an ISO date written as text; anything else is no date."""
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years before; 29 February becomes the 28th."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _of_candidate(candidate: Candidate | None, name: str) -> Datum:
    if candidate is None:
        return None
    value: Datum = candidate.attributes.get(name)
    if value is None and name in ("discipline", "employer", "gender"):
        value = getattr(candidate, name)
    return None if value == "" else value


def _alike(one: Datum, other: Datum) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return folded(one) == folded(other)
    return type(one) is type(other) and one == other
