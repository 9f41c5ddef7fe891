"""Who sits where: a maximum matching between people and places.

Places are filled in the text's order, the required ones first, each by an
augmenting path. The set of places filled is then the largest possible, depends on
nobody's rank in the list, and never shrinks when somebody qualified joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from jury_tui.rules.model import Jury, Seat
from jury_tui.rules.people import Member

_Key = TypeVar("_Key")
_Answer = TypeVar("_Answer")
_MOST = 4096


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


class Places:
    """The seats that exist on one day, asked about everybody.

    What a seat is for depends on the seat alone: people who may hold the same seats
    are told apart by their facts only, so these answers are kept.

    Attributes:
        jury: Whose seats they are.
        seats: In the text's order; ``by_id`` by their ids.
    """

    def __init__(
        self, jury: Jury, candidates: int, *, remote: bool, convocation: int
    ) -> None:
        self.jury = jury
        self.seats = tuple(
            seat
            for seat in jury.seats
            # an invitee may be due from ten files on
            if seat.when.applies(candidates, remote=remote, convocation=convocation)
        )
        self.by_id = {seat.id: seat for seat in self.seats}
        self._choices: dict[tuple[tuple[str, ...], bool], tuple[str, ...]] = {}
        self._qualities: dict[tuple[tuple[str, ...], str], bool | None] = {}

    def choices(self, member: Member) -> tuple[str, ...]:
        """The seats this person may hold, first choice first."""
        key = (member.seats, bool(member.represents))
        found = self._choices.get(key)
        if found is None:
            found = tuple(
                name
                for name in dict.fromkeys(member.seats)
                if name in self.by_id
                and not (key[1] and self.by_id[name].representative is False)
            )
            _keep(self._choices, key, found)
        return found

    def proves(self, seats: tuple[str, ...], quality: str) -> bool | None:
        """Whether holding one of these seats proves a quality.

        None: a seat that leaves it open is among them, or none is of this jury.
        """
        key = (seats, quality)
        if key not in self._qualities:
            known = [self.by_id[s].qualities for s in seats if s in self.by_id]
            _keep(self._qualities, key, _proven(known, quality))
        return self._qualities[key]


def _proven(known: list[tuple[str, ...] | None], quality: str) -> bool | None:
    if any(quality in qualities for qualities in known if qualities is not None):
        return True
    # where every seat says what it proves, and none proves this, it is not so
    return False if known and None not in known else None


def _keep(answers: dict[_Key, _Answer], key: _Key, answer: _Answer) -> None:
    if len(answers) >= _MOST:  # a hostile list may ask for any seats
        answers.clear()
    answers[key] = answer


def standing_by(members: Iterable[Member]) -> tuple[str, ...]:
    """Ids of the substitutes whose titular is among these members."""
    members = tuple(members)
    substitutes = [member for member in members if member.substitutes]
    if not substitutes:
        return ()
    there = {member.id for member in members}
    return tuple(sorted(m.id for m in substitutes if m.substitutes in there))


def seat_people(places: Places, members: Iterable[Member]) -> Assignment:
    """Seat these members; the same for any order of them.

    Args:
        places: The seats that exist this day.
        members: Those to seat; substitutes stand by while their titular is there.
    """
    people = {member.id: member for member in members}
    standby = standing_by(people.values())
    seats = places.seats
    wishes = {
        name: places.choices(people[name])
        for name in sorted(people)
        if name not in standby
    }
    placed = _matched(wishes, seats)
    filled: dict[str, int] = dict.fromkeys(places.by_id, 0)
    for seat_id in placed.values():
        filled[seat_id] += 1
    surplus = tuple(n for n, wish in wishes.items() if wish and n not in placed)
    doubled = _doubled(places.jury, seats, wishes, placed, filled)
    empty = []
    for seat in seats:
        missing = seat.at_least - filled[seat.id] - (doubled == seat.id)
        if missing > 0 and seat.required:
            could = tuple(
                sorted(
                    member.id
                    for member in people.values()
                    if seat.id in places.choices(member)
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
    # First those whose first choice it is, and so on; each by name.
    for rank in range(max(map(len, wishes.values()), default=0)):
        for name, wish in wishes.items():
            if rank < len(wish):
                eligible[wish[rank]].append(name)
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
