"""Reading a table line by line: each cell parsed by itself, faults gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from jury_tui.errors import RosterError
from jury_tui.i18n import N_
from jury_tui.rosters import cells, columns
from jury_tui.rosters.cells import TieTo, Wrong
from jury_tui.rosters.roster import Fault, Person, Roster, Row
from jury_tui.rosters.tables import Cell, Formula, Line, Table
from jury_tui.rules.labels import Label
from jury_tui.rules.people import Candidate, Member

T = TypeVar("T")
Parse = Callable[[Cell | Formula], T]


class Reader:
    """One line being read: cells by field, faults gathered as they are met."""

    def __init__(self, file: str, line: Line, headers: columns.Headers) -> None:
        self.number = line.number
        self.faults: list[Fault] = []
        self._file, self._headers = file, headers
        self._cells = line.cells

    def get(self, field: str, parse: Parse[T], missing: T) -> T:
        """The value of a field; ``missing`` when the column or the cell is."""
        place = self._headers.fields.get(field)
        return missing if place is None else self._parsed(place, parse, missing)

    def need(
        self,
        field: str,
        parse: Parse[T],
    ) -> T:
        """The value of a field that may not be empty."""
        place = self._headers.fields[field]
        before = len(self.faults)
        value = self._parsed(place, parse, None)
        if not value and len(self.faults) == before:
            self._fault(place[1], Wrong(N_("This cell is empty: fill it in.")))
        return value

    def attributes(self) -> dict[str, str | int | bool]:
        """The attributes that are filled in."""
        return {
            name: value
            for name, place in self._headers.attributes.items()
            if (value := self._parsed(place, cells.attribute, None)) is not None
        }

    def _parsed(
        self,
        place: tuple[int, str],
        parse: Parse[T],
        missing: T | None,
    ) -> T:
        index, header = place
        if index >= len(self._cells) or self._cells[index] == "":
            return missing  # type: ignore[return-value]  # None only where allowed
        try:
            return parse(self._cells[index])
        except Wrong as wrong:
            self._fault(header, wrong)
            return missing  # type: ignore[return-value]  # a fault drops the line

    def _fault(self, header: str, wrong: RosterError) -> None:
        self.faults.append(
            Fault(file=self._file, line=self.number, column=header, error=wrong)
        )


def _who(person: Member | Candidate) -> str:
    """The name on a line; a cell that is wrong gave nothing."""
    family: str | None = (
        person.family_name
        if isinstance(person, Member)
        else person.use_name or person.birth_name
    )
    return f"{(family or '').upper()} {person.given_names or ''}".strip()


class Reading:
    """One file being read: what could be, and what could not."""

    def __init__(
        self,
        table: Table,
        wanted: tuple[columns.Column, ...],
        attributes: Mapping[str, Label],
    ) -> None:
        self.table = table
        self.headers = columns.find(table, wanted, attributes)
        self.faults: list[Fault] = []

    def rows(
        self,
        person: Callable[[Reader], tuple[Person, tuple[TieTo, ...]]],
        prefix: str,
        limit: int,
    ) -> tuple[Row[Person], ...]:
        """The lines below the headers, ids given to those that have none."""
        rows: list[Row[Person]] = []
        for line in self.table.lines:
            if line.number <= self.headers.line or line.empty:
                continue
            reading = Reader(self.table.file, line, self.headers)
            found, ties = person(reading)
            who = _who(found)
            self.faults += [replace(fault, who=who) for fault in reading.faults]
            if not reading.faults:
                rows.append(Row(line=line.number, person=found, ties=ties))
        if len(rows) > limit:
            raise RosterError(
                N_("{file} names {number} people: {limit} at most can be read."),
                file=self.table.file,
                number=len(rows),
                limit=limit,
            )
        if not rows and not self.faults:
            raise RosterError(
                N_("{file} names nobody: write one person a line below the headers."),
                file=self.table.file,
            )
        return _identified(self.keep(rows, _same_id(rows)), prefix)

    def keep(
        self, rows: Iterable[Row[Person]], wrong: Mapping[int, RosterError]
    ) -> tuple[Row[Person], ...]:
        """The rows without those found wrong, which become faults."""
        names = {row.line: row.person.name for row in rows}
        self.faults += [
            Fault(file=self.table.file, line=line, error=error, who=names[line])
            for line, error in wrong.items()
        ]
        return tuple(row for row in rows if row.line not in wrong)

    def roster(self, rows: tuple[Row[Person], ...]) -> Roster[Person]:
        """The roster, its faults in the order of the lines."""
        return Roster(
            file=self.table.file,
            rows=rows,
            faults=tuple(sorted(self.faults, key=lambda fault: fault.line)),
            notes=tuple(self._notes()),
        )

    def _notes(self) -> Iterable[Fault]:
        file, line = self.table.file, self.headers.line
        if self.table.cp1252:
            problem = N_(
                "This file is not in UTF-8: it was read as Windows text. Check the "
                "accents."
            )
            yield Fault(file=file, line=0, error=RosterError(problem))
        if self.table.other_sheets:
            problem = N_("Only the sheet “{sheet}” was read.")
            yield Fault(
                file=file, line=0, error=RosterError(problem, sheet=self.table.sheet)
            )
        for header, meant in self.headers.unknown:
            problem = (
                N_("This column is not known and was left out. Did you mean “{meant}”?")
                if meant
                else N_("This column is not known and was left out.")
            )
            error = RosterError(problem, meant=meant)
            yield Fault(file=file, line=line, column=header, error=error)


def _identified(rows: Iterable[Row[Person]], prefix: str) -> tuple[Row[Person], ...]:
    rows = tuple(rows)
    taken = {row.person.id for row in rows}
    named = []
    number = 0
    for row in rows:
        if row.person.id:
            named.append(row)
            continue
        number += 1
        while f"{prefix}{number}" in taken:
            number += 1
        person = msgspec.structs.replace(row.person, id=f"{prefix}{number}")
        named.append(msgspec.structs.replace(row, person=person))
    return tuple(named)


def _same_id(rows: Iterable[Row[Person]]) -> dict[int, RosterError]:
    wrong: dict[int, RosterError] = {}
    seen: dict[str, int] = {}
    for row in rows:
        ident = row.person.id
        if not ident:
            continue
        if not (ident.isascii() and ident.replace("-", "_").isidentifier()):
            wrong[row.line] = RosterError(
                N_("The id “{text}” must be plain letters and digits, like m1."),
                text=ident,
            )
        elif ident in seen:
            wrong[row.line] = RosterError(
                N_("The id “{text}” is already on line {line}."),
                text=ident,
                line=seen[ident],
            )
        seen.setdefault(ident, row.line)
    return wrong
