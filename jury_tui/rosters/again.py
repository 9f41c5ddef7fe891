"""A list put right and read again: who is new, who is there, and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Generic

import msgspec

from jury_tui.i18n import _, folded
from jury_tui.rosters.roster import Person, Roster, Row
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.preparing import (
    AmendCandidate,
    AmendMember,
    OrderAgenda,
)
from jury_tui.session.session import Session


class Held(msgspec.Struct, Generic[Person], frozen=True, kw_only=True):
    """A line whose person the session has.

    Attributes:
        row: The line, its person with the id that the session gave.
        before: The person as the session has them.
        after: The same, with every fact that the line gives.
    """

    row: Row[Person]
    before: Person
    after: Person

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields whose facts differ."""
        return tuple(
            field
            for field in self.before.__struct_fields__
            if getattr(self.before, field) != getattr(self.after, field)
        )


def compared(
    roster: Roster[Person], known: Mapping[str, Person]
) -> tuple[Roster[Person], tuple[Held[Person], ...]]:
    """Who of a list is not there yet, and what it says of those who are.

    Args:
        roster: The list.
        known: The people of the session, by id.

    Returns:
        The list of those who are not there yet, with ids that nobody has; then the
        lines of those who are, with what the session knows and what the list says.
    """
    there = _recognised(roster.rows, known)
    fresh: list[Row[Person]] = [r for r in roster.rows if r.person.id not in there]
    taken = {*known, *(row.person.id for row in fresh)}
    names = dict(there)
    for row in fresh:
        ref = row.person.id
        if ref in known:
            names[ref] = _free(ref.rstrip("0123456789"), taken)
            taken.add(names[ref])

    def renamed(row: Row[Person]) -> Row[Person]:
        return msgspec.structs.replace(row, person=_renamed(row.person, names))

    held = []
    for row in roster.rows:
        if row.person.id in there:
            before, named = known[there[row.person.id]], renamed(row)
            after = _with_facts(before, named.person)
            held.append(Held(row=named, before=before, after=after))
    rows = tuple(map(renamed, fresh))
    return msgspec.structs.replace(roster, rows=rows), tuple(held)


def amendments(
    held: Iterable[Held[Member] | Held[Candidate]],
) -> tuple[Command, ...]:
    """The commands that put right what a list says otherwise of people there."""
    reason = _("the list was read again")
    return tuple(
        AmendMember(member=one.after, reason=reason)
        if isinstance(one.after, Member)
        else AmendCandidate(candidate=one.after, reason=reason)
        for one in held
        if one.changed
    )


def by_hours(
    session: Session,
    fresh: Iterable[Candidate],
    held: Iterable[Held[Candidate]] = (),
) -> tuple[OrderAgenda, ...]:
    """The agenda in the order of the hours, if it was in that order before.

    Who has no hour keeps their place; the others change places among themselves.

    Args:
        session: The session; an agenda that somebody ordered otherwise stays as it is.
        fresh: Those who come on the agenda.
        held: Those who are on it, perhaps with another hour now.
    """
    hour = judgement.minutes_of
    before = {ref: hour(session.files[ref].candidate.time) for ref in session.order}
    hours = [time for time in before.values() if time is not None]
    if hours != sorted(hours):
        return ()
    listed = (*fresh, *(one.after for one in held))
    after = before | {c.id: hour(c.time) for c in listed}
    timed = {ref: time for ref, time in after.items() if time is not None}
    turn = iter(sorted(timed, key=timed.__getitem__))
    order = tuple(next(turn) if ref in timed else ref for ref in after)
    return () if order == tuple(after) else (OrderAgenda(order=order),)


def _recognised(
    rows: Iterable[Row[Person]], known: Mapping[str, Person]
) -> dict[str, str]:
    """The id in the session of each line's person, by the id in the list.

    A file number is surest; then the name with the date of birth; then the name by
    itself, where it is that of one person on either side and nothing tells them
    apart.
    """
    found: dict[str, str] = {}
    for identity in (_number, _born, _named):
        left = [r.person for r in rows if r.person.id not in found]
        missing = {k: p for k, p in known.items() if k not in found.values()}
        once = Counter(map(identity, missing.values()))
        there = {identity(p): k for k, p in missing.items() if once[identity(p)] == 1}
        listed = Counter(map(identity, left))
        for person in left:
            word = identity(person)
            if (
                word
                and word in there
                and listed[word] == 1
                and not (identity is _named and _apart(person, known[there[word]]))
            ):
                found[person.id] = there[word]
    return found


def _number(person: Member | Candidate) -> str:
    return "" if isinstance(person, Member) else folded(person.file_number)


def _born(person: Member | Candidate) -> str:
    if isinstance(person, Member) or person.birth_date is None:
        return ""
    return f"{_named(person)}|{person.birth_date.isoformat()}"


def _named(person: Member | Candidate) -> str:
    if isinstance(person, Member):
        return folded(person.name)
    return folded(f"{person.birth_name}|{person.given_names}")


def _apart(one: Member | Candidate, other: Member | Candidate) -> bool:
    """Whether a number or a date of birth says that two of one name are not one."""
    if isinstance(one, Member) or isinstance(other, Member):
        return False
    numbers = {_number(one), _number(other)} - {""}
    return len(numbers) > 1 or len({one.birth_date, other.birth_date} - {None}) > 1


def _with_facts(before: Person, listed: Person) -> Person:
    """A person with every fact that a list gives: what it leaves empty stays."""
    changed: dict[str, object] = {
        field: value
        for field in before.__struct_fields__
        if (value := getattr(listed, field))
    }
    changed["attributes"] = {**before.attributes, **listed.attributes}
    return msgspec.structs.replace(before, **changed)


def _free(prefix: str, taken: set[str]) -> str:
    number = len(taken) + 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _renamed(person: Person, names: Mapping[str, str]) -> Person:
    changed = {"id": names.get(person.id, person.id)}
    if isinstance(person, Member):
        changed["substitutes"] = names.get(person.substitutes, person.substitutes)
    return msgspec.structs.replace(person, **changed)
