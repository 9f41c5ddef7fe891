"""Members and candidates from a list: what each column becomes, and who is twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from jury_tui.errors import RosterError
from jury_tui.i18n import N_, _, folded
from jury_tui.rosters import cells, columns
from jury_tui.rosters.cells import TieTo
from jury_tui.rosters.reading import Reader, Reading
from jury_tui.rosters.roster import Person, Roster, Row
from jury_tui.rosters.tables import read
from jury_tui.rules.labels import Label, label
from jury_tui.rules.model import Component, Seat
from jury_tui.rules.people import Candidate, Member
from jury_tui.rules.stack import RouteRules
from jury_tui.session.commands.preparing import MOST_CANDIDATES, MOST_MEMBERS

MEMBER_SHEETS = ("membres", "jury", "members", "membres du jury")
CANDIDATE_SHEETS = ("candidats", "candidates")


def wanted_attributes(rules: RouteRules) -> dict[str, Label]:
    """Attributes that the rulebooks of a route ask of people, with their labels."""
    found: dict[str, Label] = {}
    for book in rules.books:
        found |= book.attributes
        for group in book.groups.values():
            if group.quality:
                found.setdefault(group.quality, group.label)
    if not any(seat.chair and seat.required for seat in rules.jury.seats):
        # Somebody has to be designated among the members: no seat says who.
        found.setdefault("chair", _("chairs"))
    return found


def read_members(
    path: Path, seats: Mapping[str, Seat], attributes: Mapping[str, Label]
) -> Roster[Member]:
    """Read a list of members, substitutes and invitees.

    Args:
        path: A .csv or .xlsx file.
        seats: The jury's seats by id: a line names one or several, by id or label.
        attributes: What the rulebook's clauses ask of members, with labels.

    Raises:
        RosterError: the file as a whole cannot be read, or lacks a column.
    """
    table = read(path, MEMBER_SHEETS)
    labels = {ident: seat.label for ident, seat in seats.items()}

    def person(line: Reader) -> tuple[Member, tuple[TieTo, ...]]:
        wrong = N_("There is no seat “{text}”{hint} in this jury. Seats: {known}.")
        member = Member(
            id=line.get("id", cells.text, ""),
            family_name=line.need("family_name", cells.name),
            given_names=line.get("given_names", cells.name, ""),
            seats=line.need(
                "seats",
                lambda cell: tuple(
                    cells.chosen(word, labels, wrong, said=lambda s: label(labels[s]))
                    for word in cells.several(cell)
                ),
            ),
            gender=line.get("gender", cells.gender, ""),
            function=line.get("function", cells.text, ""),
            employer=line.get("employer", cells.text, ""),
            represents=line.get("represents", cells.text, ""),
            substitutes=line.get("substitutes", cells.text, ""),
            act=line.get("act", cells.text, ""),
            act_date=line.get("act_date", cells.date, None),
            act_authority=line.get("act_authority", cells.text, ""),
            attributes=line.attributes(),
        )
        return member, line.get("ties", cells.ties, ())

    reading = Reading(table, columns.MEMBERS, attributes)
    rows = reading.rows(person, "m", MOST_MEMBERS)
    rows = reading.keep(rows, _twice(rows, _named, N_(
        "{name} is already on line {line}: a person holds one seat. Name all the "
        "seats on one line, separated by |."
    )))  # fmt: skip
    rows = reading.keep(rows, _nobody_to_replace(rows))
    return reading.roster(_substituting(rows))


def read_candidates(
    path: Path, components: Mapping[str, Component], attributes: Mapping[str, Label]
) -> Roster[Candidate]:
    """Read a list of candidates.

    Args:
        path: A .csv or .xlsx file.
        components: The certification's components by id.
        attributes: What the rulebook's clauses ask about, with labels.

    Raises:
        RosterError: the file as a whole cannot be read, or lacks a column.
    """
    table = read(path, CANDIDATE_SHEETS)
    labels = {ident: component.label for ident, component in components.items()}

    def person(line: Reader) -> tuple[Candidate, tuple[TieTo, ...]]:
        candidate = Candidate(
            id=line.get("id", cells.text, ""),
            birth_name=line.need("birth_name", cells.name),
            given_names=line.get("given_names", cells.name, ""),
            use_name=line.get("use_name", cells.name, ""),
            gender=line.get("gender", cells.gender, ""),
            birth_date=line.get("birth_date", cells.date, None),
            birth_place=line.get("birth_place", cells.text, ""),
            file_number=line.get("file_number", cells.text, ""),
            parcours_start=line.get("parcours_start", cells.date, None),
            admissible_on=line.get("admissible_on", cells.date, None),
            employer=line.get("employer", cells.text, ""),
            accompanists=line.get("accompanists", cells.several, ()),
            trainers=line.get("trainers", cells.several, ()),
            discipline=line.get("discipline", cells.text, ""),
            components=line.get(
                "components",
                lambda cell: tuple(
                    cells.component(word, labels)
                    for word in cells.several(cell, also=",;")
                ),
                (),
            ),
            acquired=line.get("acquired", lambda c: cells.acquired(c, labels), ()),
            time=line.get("time", cells.clock, ""),
            attributes=line.attributes(),
        )
        return candidate, ()

    reading = Reading(table, columns.CANDIDATES, attributes)
    rows = reading.rows(person, "c", MOST_CANDIDATES)
    rows = reading.keep(rows, _twice(rows, lambda c: folded(c.file_number), N_(
        "The file number {number} is already on line {line}: each candidate has one."
    )))  # fmt: skip
    dated = [row for row in rows if row.person.birth_date is not None]
    rows = reading.keep(rows, _twice(dated, _born, N_(
        "{name}, born the same day, is already on line {line}: keep one of the lines."
    )))  # fmt: skip
    rows = reading.keep(rows, _twice(rows, _born, N_(
        "{name} is already on line {line}. If these are two people, give their "
        "dates of birth."
    )))  # fmt: skip
    return reading.roster(rows)


def _named(member: Member) -> str:
    return folded(f"{member.family_name}|{member.given_names}")


def _born(candidate: Candidate) -> str:
    born = candidate.birth_date.isoformat() if candidate.birth_date else ""
    return folded(f"{candidate.birth_name}|{candidate.given_names}|{born}")


def _twice(
    rows: Iterable[Row[Person]], identity: Callable[[Person], str], message: str
) -> dict[int, RosterError]:
    """Lines whose person is on an earlier line too."""
    seen: dict[str, int] = {}
    wrong: dict[int, RosterError] = {}
    for row in rows:
        who = identity(row.person)
        if who and who in seen:
            wrong[row.line] = RosterError(
                message,
                name=row.person.name,
                line=seen[who],
                number=getattr(row.person, "file_number", ""),
            )
        seen.setdefault(who, row.line)
    return wrong


def _nobody_to_replace(rows: tuple[Row[Member], ...]) -> dict[int, RosterError]:
    """Lines that substitute for somebody who is not in the list, or not once."""
    return {
        row.line: RosterError(
            N_(
                "{name} is to substitute “{ref}”, who is not in this list, or more "
                "than once."
            ),
            name=row.person.name,
            ref=row.person.substitutes,
        )
        for row in rows
        if row.person.substitutes and _titular(rows, row.person) is None
    }


def _substituting(rows: tuple[Row[Member], ...]) -> tuple[Row[Member], ...]:
    """The rows with titulars named by their id."""
    return tuple(
        replace(row, person=replace(row.person, substitutes=titular.id))
        if (titular := _titular(rows, row.person)) is not None
        else row
        for row in rows
    )


def _titular(rows: tuple[Row[Member], ...], substitute: Member) -> Member | None:
    ref = substitute.substitutes
    others = [row.person for row in rows if row.person.id != substitute.id]
    found = [
        m
        for m in others
        if ref == m.id
        or folded(ref)
        in (
            folded(m.name),
            folded(m.family_name),
            folded(f"{m.given_names} {m.family_name}"),
        )
    ]
    return found[0] if ref and len(found) == 1 else None
