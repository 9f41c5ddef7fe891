"""A list against the session: what would be kept of it, in rows and in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jury_tui import rosters
from jury_tui.i18n import _, listed, ngettext
from jury_tui.rosters import Fault, Held, Roster
from jury_tui.rosters import Row as Listed
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.preparing import DeclareTie, OrderAgenda
from jury_tui.session.session import Session
from jury_tui.ui.people_text import (
    differences,
    fault_row,
    good_row,
    held_row,
    note_row,
)
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

NAMED = 5
"""How many faulty lines are named once the others are kept."""


class Preview(NamedTuple):
    """A list as it was read, and what of it the session has; nothing is kept yet.

    Attributes:
        members, candidates: Who is not there yet; one of them is None.
        held: Who is.
        ties: What would be declared.
        unknown_ties: Ties with nobody there.
    """

    members: Roster[Member] | None = None
    candidates: Roster[Candidate] | None = None
    held: tuple[Held[Member] | Held[Candidate], ...] = ()
    ties: tuple[DeclareTie, ...] = ()
    unknown_ties: tuple[Fault, ...] = ()

    @property
    def roster(self) -> Roster[Member] | Roster[Candidate] | None:
        """The list, of either kind."""
        return self.members or self.candidates

    @property
    def fresh(self) -> tuple[Listed[Member] | Listed[Candidate], ...]:
        """The lines of those who are not there yet."""
        return () if self.roster is None else self.roster.rows

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What cannot be kept."""
        return () if self.roster is None else self.roster.faults

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What is worth knowing, of the file and of the ties in it."""
        return () if self.roster is None else (*self.roster.notes, *self.unknown_ties)

    @property
    def changed(self) -> int:
        """How many people the list says something else of than the session."""
        return sum(bool(one.changed) for one in self.held)

    @property
    def anything(self) -> bool:
        """Whether there is something to accept."""
        return bool(self.fresh or self.changed or self.ties)

    def commands(self, session: Session) -> tuple[Command, ...]:
        """What accepting does: people, corrections, their order, then their ties."""
        order: tuple[Command, ...] = ()
        if self.candidates is not None:
            known = [h for h in self.held if isinstance(h.after, Candidate)]
            order = rosters.by_hours(session, self.candidates.people, known)
        return (
            *rosters.commands(self.members, self.candidates),
            *rosters.amendments(self.held),
            *order,
            *self.ties,
        )

    def names(self, session: Session) -> dict[str, str]:
        """The members of the session and of the list, by id."""
        here = () if self.members is None else self.members.people
        return {m.id: m.name for m in (*session.members.values(), *here)}

    def rows(self, session: Session) -> Iterator[Row]:
        """The lines of the file, those to be looked at first."""
        yield from (fault_row(n, fault) for n, fault in enumerate(self.faults))
        yield from (note_row(n, note) for n, note in enumerate(self.notes))
        names = self.names(session)
        held = sorted(self.held, key=lambda h: not h.changed)
        yield from (held_row(session, h, names) for h in held if h.changed)
        odd = {r.line: judgement.oddities(session, r.person) for r in self.fresh}
        often = Counter(field for each in odd.values() for field in each)

        def rarity(row: Listed[Member] | Listed[Candidate]) -> int:
            """What is odd of one only comes before what is odd of nearly all."""
            return min((often[field] for field in odd[row.line]), default=len(odd) + 1)

        yield from (good_row(session, row) for row in sorted(self.fresh, key=rarity))
        yield from (held_row(session, h, names) for h in held if not h.changed)

    def remarks(self, session: Session) -> int:
        """How many things are worth knowing, and stop nothing."""
        people = (*(r.person for r in self.fresh), *(h.after for h in self.held))
        odd = sum(bool(judgement.oddities(session, person)) for person in people)
        return len(self.notes) + odd

    def counts(self, session: Session) -> list[Cell]:
        """What the list holds, in a line."""
        good, known = len(self.fresh), len(self.held) - self.changed
        parts = []
        if good or not self.changed:
            words = ngettext(
                "{number} line can be kept", "{number} lines can be kept", good
            )
            parts.append(Cell(words.format(number=good), OK if good else SOFT))
        if number := self.changed:
            words = ngettext("{number} differs", "{number} differ", number)
            parts.append(Cell(words.format(number=number), WARN))
        if number := len(self.ties):
            words = ngettext("{number} tie", "{number} ties", number)
            parts.append(Cell(words.format(number=number), OK))
        if number := len(self.faults):
            words = ngettext("{number} fault", "{number} faults", number)
            said = words.format(number=number)
            if (on := len({fault.line for fault in self.faults})) != number:
                words = ngettext(
                    "{faults} on {number} line", "{faults} on {number} lines", on
                )
                said = words.format(faults=said, number=on)
            parts.append(Cell(said, BAD))
        if known:
            words = ngettext("{number} already there", "{number} already there", known)
            parts.append(Cell(words.format(number=known), SOFT))
        if number := self.remarks(session):
            words = ngettext("{number} remark", "{number} remarks", number)
            parts.append(Cell(words.format(number=number), WARN))
        return [
            part._replace(text=f" · {part.text}" if n else f" {part.text}")
            for n, part in enumerate(parts)
        ]

    def kept(self, session: Session, width: int) -> str:
        """What is said to be recorded: how many, and which lines are left."""
        good, ties = len(self.fresh), len(self.ties)
        told = []
        if good:
            words = ngettext("{number} line", "{number} lines", good)
            told.append(words.format(number=good))
        if number := self.changed:
            words = ngettext("{number} put right", "{number} put right", number)
            told.append(words.format(number=number))
        if ties:
            words = ngettext("{number} tie", "{number} ties", ties)
            told.append(words.format(number=ties))
        wrong = sorted({fault.line for fault in self.faults})
        if wrong and width < 80:
            words = ngettext(
                "{number} to put right [f]", "{number} to put right [f]", len(wrong)
            )
            told.append(words.format(number=len(wrong)))
        elif wrong:
            named = listed([*map(str, wrong[:NAMED]), *(["…"] * (len(wrong) > NAMED))])
            left = ngettext(
                "line {lines} to put right [f]",
                "lines {lines} to put right [f]",
                len(wrong),
            )
            told.append(left.format(lines=named))
        if any(isinstance(c, OrderAgenda) for c in self.commands(session)):
            told.append(_("ordered by hour"))
        return " · ".join(told)

    def told(self, session: Session, key: str) -> Iterator[str]:
        """What differs, what is odd and what ties there are, of one person."""
        for one in self.held:
            if f"ok{one.row.line}" == key:
                names = self.names(session)
                yield from (f"≠ {d}" for d in differences(session, one, names))
        person = self.person(key)
        if person is None:
            return
        yield from (f"! {odd}" for odd in judgement.oddities(session, person).values())
        for tie in self.ties:
            if tie.member == person.id and isinstance(person, Member):
                yield _("Tie with {name}: {kind}").format(
                    name=plain(session.files[tie.candidate].candidate.name),
                    kind=judgement.tie_word(tie.kind),
                )

    def person(self, key: str) -> Member | Candidate | None:
        """Who stands on a row, as they would be kept."""
        people: dict[str, Member | Candidate] = {
            f"ok{row.line}": row.person for row in self.fresh
        }
        people |= {f"ok{one.row.line}": one.after for one in self.held}
        return people.get(key)


def preview(kind: str, path: Path, session: Session) -> Preview:
    """Read a list; nothing is kept.

    Args:
        kind: ``members`` or ``candidates``.
        path: The file.
        session: The session it is to be kept in.

    Raises:
        RosterError: the file as a whole cannot be read, or lacks a column.
    """
    rules = judgement.rules(session)
    wanted = rosters.wanted_attributes(rules)
    if kind == "members":
        read = rosters.read_members(path, rules.seats, wanted)
        members, held = rosters.compared(read, session.members)
        lines = (*members.rows, *(one.row for one in held))
        ties, unknown = rosters.ties_with(session, read.file, lines)
        return Preview(members=members, held=held, ties=ties, unknown_ties=unknown)
    parts = judgement.components(session)
    candidates, known = rosters.compared(
        rosters.read_candidates(path, parts, wanted),
        {ref: file.candidate for ref, file in session.files.items()},
    )
    return Preview(candidates=candidates, held=known)
