"""Who sits where: a maximum matching between people and places.

Places are filled in the text's order, the required ones first, each by an
augmenting path. The set of places filled is then the largest possible, depends on
nobody's rank in the list, and never shrinks when somebody qualified joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from jury_tui.rules.model import Jury, Seat
from jury_tui.rules.people import Member


class Empty(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that stays empty: how many places, and who could fill it.

    Attributes:
        could: Ids of substitutes, surplus or doubled people who qualify.
    """

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
        doubled: Seat that the chair holds besides, when the text lets them.
    """

    seats: dict[str, str]
    surplus: tuple[str, ...] = ()
    empty: tuple[Empty, ...] = ()
    unplaced: tuple[str, ...] = ()
    standby: tuple[str, ...] = ()
    doubled: str = ""


def active_seats(
    jury: Jury, candidates: int = 0, *, remote: bool = False, convocation: int = 1
) -> tuple[Seat, ...]:
    """The seats that exist this day (an invitee may be due from ten files on)."""
    return tuple(
        seat
        for seat in jury.seats
        if (seat.when.candidates_min is None or candidates >= seat.when.candidates_min)
        and (seat.when.remote is None or seat.when.remote == remote)
        and (seat.when.convocation is None or seat.when.convocation == convocation)
    )


def choices(member: Member, seats: dict[str, Seat]) -> tuple[str, ...]:
    """The seats this person may hold, first choice first."""
    return tuple(
        name
        for name in dict.fromkeys(member.seats)
        if name in seats
        and not (member.represents and seats[name].representative is False)
    )


def standing_by(members: Iterable[Member]) -> tuple[str, ...]:
    """Ids of the substitutes whose titular is among these members."""
    members = tuple(members)
    there = {member.id for member in members}
    return tuple(
        sorted(m.id for m in members if m.substitutes and m.substitutes in there)
    )


def seat_people(
    jury: Jury, seats: Sequence[Seat], members: Iterable[Member]
) -> Assignment:
    """Seat these members; the same for any order of them.

    Args:
        jury: Says whether the chair may double.
        seats: The seats that exist this day.
        members: Those to seat; substitutes stand by while their titular is there.
    """
    people = {member.id: member for member in members}
    standby = standing_by(people.values())
    by_id = {seat.id: seat for seat in seats}
    wishes = {
        name: choices(people[name], by_id)
        for name in sorted(people)
        if name not in standby
    }
    placed = _matched(wishes, seats)
    filled: dict[str, int] = dict.fromkeys(by_id, 0)
    for seat_id in placed.values():
        filled[seat_id] += 1
    surplus = tuple(n for n, wish in wishes.items() if wish and n not in placed)
    doubled = _doubled(jury, seats, wishes, placed, filled)
    empty = []
    for seat in seats:
        missing = seat.at_least - filled[seat.id] - (doubled == seat.id)
        if missing > 0 and seat.required:
            could = tuple(
                sorted(
                    member.id
                    for member in people.values()
                    if seat.id in choices(member, by_id)
                    and placed.get(member.id) != seat.id
                )
            )
            empty.append(Empty(seat=seat.id, missing=missing, could=could))
    return Assignment(
        seats={n: placed.get(n) or wish[0] for n, wish in wishes.items() if wish},
        surplus=surplus,
        empty=tuple(empty),
        unplaced=tuple(n for n, wish in wishes.items() if not wish),
        standby=standby,
        doubled=doubled,
    )


def _matched(
    wishes: dict[str, tuple[str, ...]], seats: Sequence[Seat]
) -> dict[str, str]:
    """Member to seat, as many as can be, required places first."""
    eligible: dict[str, list[str]] = {seat.id: [] for seat in seats}
    for name, wish in wishes.items():
        for seat_id in wish:
            eligible[seat_id].append(name)
    for seat_id, names in eligible.items():
        ranked = sorted((wishes[name].index(seat_id), name) for name in names)
        names[:] = [name for _rank, name in ranked]
    placed: dict[str, str] = {}

    def place(seat_id: str, tried: set[str]) -> bool:
        for name in eligible[seat_id]:
            if name not in placed:
                placed[name] = seat_id
                return True
        for name in eligible[seat_id]:
            held = placed[name]
            if held != seat_id and name not in tried:
                tried.add(name)
                # Only the person moves: the place they held must find another.
                if place(held, tried):
                    placed[name] = seat_id
                    return True
        return False

    for seat in seats:
        for _number in range(seat.at_least):
            if not place(seat.id, set()):
                break
    for seat in seats:
        most = seat.at_most if seat.at_most is not None else len(wishes)
        for _number in range(seat.at_least, most):
            if len(placed) == len(wishes) or not place(seat.id, set()):
                break
    return placed


def _doubled(
    jury: Jury,
    seats: Sequence[Seat],
    wishes: dict[str, tuple[str, ...]],
    placed: dict[str, str],
    filled: dict[str, int],
) -> str:
    """The empty seat that the chair holds besides the chair's own."""
    if not jury.chair_doubles:
        return ""
    chairs = {seat.id for seat in seats if seat.chair}
    held = [name for name, seat_id in placed.items() if seat_id in chairs]
    for seat in seats:
        if seat.id not in chairs and filled[seat.id] < seat.at_least:
            for name in sorted(held):
                if seat.id in wishes[name]:
                    return seat.id
    return ""
