"""A list as it was read: who can be accepted, what cannot, and how to keep it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from jury_tui.errors import RefusedError, RosterError
from jury_tui.i18n import N_, _
from jury_tui.rosters.cells import TieTo
from jury_tui.rules.people import Candidate, Member
from jury_tui.session.commands.base import Command, file_of
from jury_tui.session.commands.preparing import (
    Appoint,
    DeclareTie,
    RegisterCandidate,
)
from jury_tui.session.session import Session

Person = TypeVar("Person", Member, Candidate)


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong in one place of a file, and what to do.

    Attributes:
        line: From 1, as a spreadsheet counts; 0 for the file as a whole.
        column: The header of the column, as the file writes it; may be empty.
        who: The name on that line, as far as it could be read.
        error: The sentence, without the place.
    """

    file: str
    line: int
    error: RosterError
    column: str = ""
    who: str = ""

    def __str__(self) -> str:
        if not self.line:
            return f"{self.file}: {self.error}"
        where = (
            _("{file}, line {line}, column “{column}”: {problem}")
            if self.column
            else _("{file}, line {line}: {problem}")
        )
        return where.format(
            file=self.file, line=self.line, column=self.column, problem=self.error
        )


class Row(msgspec.Struct, Generic[Person], frozen=True, kw_only=True):
    """A line that could be read: who it names, and the ties it declares."""

    line: int
    person: Person
    ties: tuple[TieTo, ...] = ()


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A tie declared on a member's line."""

    member: str
    tie: TieTo


class Roster(msgspec.Struct, Generic[Person], frozen=True, kw_only=True):
    """A list as it was read; nothing of it is kept yet.

    Attributes:
        rows: The lines that can be accepted.
        faults: The lines that cannot, one fault each cell; empty: all is well.
        notes: What is worth knowing, and stops nothing: ignored columns, accents.
    """

    file: str
    rows: tuple[Row[Person], ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def people(self) -> tuple[Person, ...]:
        """Those who can be accepted, in the file's order."""
        return tuple(row.person for row in self.rows)

    @property
    def ties(self) -> tuple[Declared, ...]:
        """Ties declared in the list."""
        return tuple(
            Declared(member=row.person.id, tie=tie)
            for row in self.rows
            for tie in row.ties
        )


def ties_with(
    session: Session, file: str, rows: Iterable[Row[Member]]
) -> tuple[tuple[DeclareTie, ...], tuple[Fault, ...]]:
    """The ties that lines declare with the candidates of a session.

    Args:
        session: The session; a tie it has already is not declared again.
        file: The name of the file, for what is said of it.
        rows: Lines whose people have the ids of the session, or will.

    Returns:
        The commands; then what is worth knowing of ties with nobody there.
    """
    kept: list[DeclareTie] = []
    notes: list[Fault] = []
    known = {(t.member, t.candidate, t.kind) for t in session.ties}
    for row in rows:
        for tie in row.ties:
            try:
                candidate = file_of(session, tie.candidate).candidate.id
            except RefusedError:
                error = RosterError(
                    N_(
                        "no candidate is “{name}”: the tie is left out. Once the "
                        "candidates are there, read this list again."
                    ),
                    name=tie.candidate,
                )
                notes.append(
                    Fault(file=file, line=row.line, column=_("ties"), error=error)
                )
                continue
            if (row.person.id, candidate, tie.kind) in known:
                continue
            known.add((row.person.id, candidate, tie.kind))
            kept.append(
                DeclareTie(
                    member=row.person.id,
                    candidate=candidate,
                    kind=tie.kind,
                    reason=tie.reason,
                )
            )
    return tuple(kept), tuple(notes)


def commands(
    members: Roster[Member] | None, candidates: Roster[Candidate] | None
) -> tuple[Command, ...]:
    """The commands that keep accepted lists, in an order that none refuses.

    Titulars come before their substitutes, people before their ties. Without a
    list of candidates there is nobody to be tied to.
    """
    kept: list[Command] = []
    if members is not None:
        titulars_first = sorted(members.people, key=lambda m: bool(m.substitutes))
        kept += [Appoint(member=member) for member in titulars_first]
    if candidates is not None:
        kept += [RegisterCandidate(candidate=c) for c in candidates.people]
    if members is not None and candidates is not None:
        kept += [
            DeclareTie(
                member=declared.member,
                candidate=declared.tie.candidate,
                kind=declared.tie.kind,
                reason=declared.tie.reason,
            )
            for declared in members.ties
        ]
    return tuple(kept)
