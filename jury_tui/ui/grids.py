"""A grid being typed: what it shows, what was typed, and what it would write.

One sheet a component: criteria by members, or one column for the jury; a component
without criteria has one line, its mark. What is typed is kept until it is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from jury_tui.rules import grids, scoring
from jury_tui.rules.model import Component, Criterion
from jury_tui.rules.scoring import Mastery, Proposal
from jury_tui.session import judgement
from jury_tui.session.acts import JURY
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.marking import FillGrid, Mark
from jury_tui.session.session import File, Session

Value = str | int
"""A level by its name, or a mark in hundredths."""
Typed = dict[tuple[str, str], Value | None]
"""By member and criterion; None for an entry taken back."""
WHOLE = ""
"""In the place of a criterion: the component as a whole."""
LETTERS = {Mastery.ACQUIRED: "A", Mastery.PARTLY: "P", Mastery.NOT_ACQUIRED: "N"}


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A component's grid as one reader sees it.

    Attributes:
        members: Whose columns these are; ``jury`` alone when filled once for all.
        criteria: The lines; one, of the whole component, when it has none.
        by_levels: Whether levels are given; marks, otherwise.
        recorded: What the register holds of this reader.
        settled: What counts instead, two entries having differed.
        again: What the second entry holds where it differs and nothing is settled.
        typed: What was typed since.
    """

    candidate: str
    part: Component
    reader: int
    members: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    by_levels: bool
    recorded: dict[tuple[str, str], Value]
    settled: dict[tuple[str, str], Value]
    again: dict[tuple[str, str], Value | None]
    typed: Typed

    def value(self, member: str, criterion: str) -> Value | None:
        """What stands in a cell."""
        cell = (member, criterion)
        return self.typed[cell] if cell in self.typed else self.recorded.get(cell)

    def seen(self, member: str, criterion: str) -> Value | None:
        """What counts in a cell: what was settled, unless it is typed again."""
        cell = (member, criterion)
        if cell in self.settled and not any(m == member for m, _c in self.typed):
            return self.settled[cell]
        return self.value(member, criterion)

    def cells(self) -> Iterator[tuple[str, str]]:
        """Every cell, column after column."""
        for member in self.members:
            for criterion in self.criteria:
                yield member, criterion.id

    @property
    def empty(self) -> list[tuple[str, str]]:
        """The cells in which nothing stands."""
        return [cell for cell in self.cells() if self.value(*cell) is None]

    @property
    def changed(self) -> bool:
        """Whether something typed is not recorded."""
        return any(self.recorded.get(cell) != v for cell, v in self.typed.items())

    @property
    def emptied(self) -> list[str]:
        """Those of whom something is recorded, and of whom nothing would be left."""
        were = {member for member, _c in self.recorded}
        standing = self.whole(were)
        touched = {member for member, _c in self.typed}
        return [m for m in self.members if m in were & touched and m not in standing]

    def put(self, cells: Iterable[tuple[str, str]], value: Value | None) -> Sheet:
        """With this value in these cells."""
        return replace(self, typed={**self.typed, **dict.fromkeys(cells, value)})

    def whole(self, members: Iterable[str]) -> dict[str, dict[str, Value]]:
        """All that stands, by member then criterion."""
        found = {}
        for member in members:
            given = {c.id: self.value(member, c.id) for c in self.criteria}
            kept = {name: value for name, value in given.items() if value is not None}
            if kept:
                found[member] = kept
        return found

    def commands(self) -> list[Command]:
        """What records all that was typed: one grid a member, or marks at one go."""
        members = dict.fromkeys(
            member
            for (member, criterion), value in self.typed.items()
            if self.recorded.get((member, criterion)) != value
        )
        standing = self.whole(members)
        if not self.part.criteria:
            marks = {
                member: given[WHOLE]
                for member, given in standing.items()
                if isinstance(given[WHOLE], int)
            }
            return [
                Mark(
                    candidate=self.candidate,
                    component=self.part.id,
                    marks=marks,  # type: ignore[arg-type]
                    reader=self.reader,
                )
            ] * bool(marks)
        return [
            FillGrid(
                candidate=self.candidate,
                component=self.part.id,
                member=member,
                levels={c: v for c, v in given.items() if isinstance(v, str)},
                marks={c: v for c, v in given.items() if isinstance(v, int)},
                reader=self.reader,
            )
            for member, given in standing.items()
        ]


def sheet(
    session: Session,
    file: File,
    component: str,
    reader: int,
    shared: bool,
    typed: Typed,
) -> Sheet:
    """The sheet of a component.

    Args:
        session: The session.
        file: The candidate.
        component: The component's id.
        reader: 1, or 2 for the second reading.
        shared: Whether it is filled once for the jury.
        typed: What was typed and not recorded yet.
    """
    part = judgement.components(session)[component]
    recorded: dict[tuple[str, str], Value] = {}
    for member, grid in judgement.entries(file, component, reader).items():
        recorded.update({(member, name): v for name, v in grid.levels.items()})
        recorded.update({(member, name): v for name, v in grid.marks.items()})
    if not part.criteria:
        for member, mark in file.marks.get((component, reader), {}).items():
            recorded[member, WHOLE] = mark
    settled: dict[tuple[str, str], Value] = {}
    again: dict[tuple[str, str], Value | None] = {}
    if reader == 1:
        for one in judgement.differences(file, component):
            if one.settled is not None:
                settled[one.member, one.criterion] = one.settled
            else:
                again[one.member, one.criterion] = one.second
    voters = judgement.sitting_voters(session, file)
    kept = {cell: value for cell, value in typed.items() if cell[0] in (JURY, *voters)}
    return Sheet(
        candidate=file.candidate.id,
        part=part,
        reader=reader,
        members=(JURY,) if shared else voters,
        criteria=part.criteria or (Criterion(id=WHOLE, label=part.label),),
        by_levels=_by_levels(part, {**recorded, **kept}),
        recorded=recorded,
        settled=settled,
        again=again,
        typed=kept,
    )


def _by_levels(part: Component, values: Typed) -> bool:
    """Whether levels are given: as the text says, else as was begun."""
    if not part.criteria:
        return False
    if part.assessed_by:
        return part.assessed_by == "levels"
    kinds = {type(value) for value in values.values() if value is not None}
    if kinds:
        return str in kinds
    return part.scale.points is not None or not part.scale.threshold


def by_member(file: File, component: str) -> bool | None:
    """Whether a component was assessed member by member; None before anything."""
    given = {*judgement.entries(file, component), *file.marks.get((component, 1), {})}
    return None if not given else given != {JURY}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a sheet adds up to, typed or recorded, with what was settled.

    Attributes:
        lines: One a criterion; none for a component without.
        marks: The mean of each whole grid, or each mark on the component.
    """

    lines: dict[str, grids.Line]
    marks: tuple[Fraction, ...]
    diverges: bool
    proposal: Proposal | None


def found(session: Session, file: File, shown: Sheet) -> Found:
    """The figures and the proposal of a sheet, as it is typed."""
    part, options = shown.part, judgement.rules(session).grids
    mine = shown.whole(dict.fromkeys(m for m, _c in (*shown.recorded, *shown.typed)))
    mine = {m: given for m, given in mine.items() if m not in file.recused}
    if not part.criteria:
        marks = {m: scoring.from_hundredths(int(g[WHOLE])) for m, g in mine.items()}
        marks.update(_settled_marks(file, shown))
        alone = [marks[JURY]] if JURY in marks else list(marks.values())
        every = tuple(v for m, v in marks.items() if m != JURY) or tuple(alone)
        return Found(
            lines={},
            marks=every,
            diverges=grids.apart(part, options, scoring.statistics(every)),
            proposal=scoring.propose(part, alone) if alone else None,
        )
    filled = {member: _filled(given) for member, given in mine.items()}
    for member, grid in judgement.standing(file, part.id).items():
        if not any(m == member for m, _c in shown.typed):
            filled[member] = grid
    assessed = grids.assess(part, options, filled, jury=JURY)
    return Found(
        lines={line.criterion.id: line for line in assessed.lines},
        marks=assessed.means,
        diverges=assessed.diverges,
        proposal=assessed.proposal if filled else None,
    )


def _settled_marks(file: File, shown: Sheet) -> dict[str, Fraction]:
    typed = {member for member, _c in shown.typed}
    standing = judgement.standing_marks(file, shown.part.id)
    return {m: mark for m, mark in standing.items() if m not in typed}


def _filled(given: dict[str, Value]) -> grids.Filled:
    return grids.Filled(
        levels={c: Mastery(v) for c, v in given.items() if isinstance(v, str)},
        marks={
            c: scoring.from_hundredths(v)
            for c, v in given.items()
            if isinstance(v, int)
        },
    )


def short(value: Value | None) -> str:
    """A cell: a letter, or the mark."""
    if value is None:
        return "·"
    if isinstance(value, str):
        return LETTERS[Mastery(value)]
    return scoring.write_mark(scoring.from_hundredths(value))
