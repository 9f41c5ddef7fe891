"""Members or candidates from a file: preview, faults, nothing kept unless accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, listed, ngettext, short_date
from jury_tui.rosters.roster import Fault, Roster
from jury_tui.rosters.roster import Row as Listed
from jury_tui.rules.labels import label
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.acts import AnyAct
from jury_tui.session.commands import perform
from jury_tui.session.commands.base import Command
from jury_tui.session.session import Session
from jury_tui.ui import light
from jury_tui.ui.light import TONES
from jury_tui.ui.nearby import LISTS, ask_file
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

NAMED = 5
"""How many faulty lines are named once the others are kept."""
LIKELY = {
    "members": ("membre", "jury", "member"),
    "candidates": ("candidat",),
}
"""Words that the name of such a list holds, in either tongue."""


class ImportScreen(JuryScreen):
    """The lines of a file, as they would be kept."""

    name_ = N_("From a file")
    help = N_(
        "What the file holds: ✓ will be kept, ✗ cannot be, and why, = is in the "
        "session already and stays as it is there. Nothing is written before Enter "
        "accepts; put the file right and r reads it again: lines that were kept "
        "before are not kept twice."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "preview": N_(
            "The lines of the file: ✓ will be kept, ✗ cannot be, = known already. "
            "The one under the cursor stands whole below, with what is wrong."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Accept"), show=True),
        Binding("r", "reload", N_("Read again"), show=True),
        Binding("f", "choose", N_("Another file"), show=True),
    ]

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.path: Path | None = None
        self.members: Roster[Member] | None = None
        self.candidates: Roster[Candidate] | None = None
        self.held: Sequence[Listed[Member] | Listed[Candidate]] = ()
        self.outcome = Content("")
        self.refusal = ""

    def body(self) -> Iterable[Widget]:
        """The lines, then the composition they would make."""
        yield Bar(id="step")
        yield Lines(
            Column(_("Line"), 6, right=True),
            Column("", 2),
            Column(_("Name"), 18, grow=True, most=44),
            Column(_("What it says"), 26, grow=True),
            id="preview",
        )
        yield Reading(id="detail")

    def on_mount(self) -> None:
        """Ask for the file at once."""
        super().on_mount()
        self.action_choose()

    def crumbs(self) -> tuple[Cell, ...]:
        """Members or candidates."""
        word = _("Members") if self.kind == "members" else _("Candidates")
        return (Cell(f" {word} › ", SOFT), Cell(_("From a file"), "strong"))

    @work(group="asking", exclusive=True)
    async def action_choose(self) -> None:
        """Choose a file: one of those near, or a path."""
        self.jury.hush()
        question = _("Which file? (.csv or .xlsx)")
        path = await ask_file(self, question, LISTS, LIKELY[self.kind])
        if path is None:
            self._give_up()
            return
        self.path = path
        self.action_reload()

    def _give_up(self) -> None:
        if self.path is None:
            self.app.pop_screen()

    def action_reload(self) -> None:
        """Read the file; nothing is kept."""
        from jury_tui import rosters

        session = self.jury.session
        if session is None or self.path is None:
            return
        rules = judgement.rules(session)
        wanted = rosters.wanted_attributes(rules)
        self.members = self.candidates = None
        self.held = ()
        # a list of members has all that one of candidates must have, and seats
        if self.kind == "candidates" and (other := self._other_kind(session)):
            self.jury.refused(other)
            self._show(session, None)
            return
        try:
            if self.kind == "members":
                read = rosters.read_members(self.path, rules.seats, wanted)
                self.members, self.held = rosters.newcomers(read, session.members)
            else:
                listed = rosters.read_candidates(
                    self.path, judgement.components(session), wanted
                )
                known = {ref: file.candidate for ref, file in session.files.items()}
                self.candidates, self.held = rosters.newcomers(listed, known)
        except JuryError as error:
            self.jury.refused(self._other_kind(session) or error)
            self._show(session, None)
            return
        self._show(session, self.members or self.candidates)
        self.refresh_bindings()

    def _other_kind(self, session: Session) -> str:
        """What to do when it is the other list that was taken; empty when it is not."""
        from jury_tui import rosters

        if self.path is None:
            return ""
        rules = judgement.rules(session)
        wanted = rosters.wanted_attributes(rules)
        try:
            if self.kind == "members":
                known = judgement.components(session)
                rosters.read_candidates(self.path, known, wanted)
            else:
                rosters.read_members(self.path, rules.seats, wanted)
        except JuryError:
            return ""
        if self.kind == "members":
            return _("This is a list of candidates: Esc, l, then f reads it there.")
        return _("This is a list of members: Esc, j, then f reads it there.")

    def _show(
        self, session: Session, roster: Roster[Member] | Roster[Candidate] | None
    ) -> None:
        rows: list[Row] = []
        if roster is not None:
            rows = [
                *(_fault_row(n, fault) for n, fault in enumerate(roster.faults)),
                *(_note_row(n, note) for n, note in enumerate(roster.notes)),
                *(_good_row(session, row.line, row.person) for row in roster.rows),
                *(_held_row(row.line, row.person) for row in self.held),
            ]
        self.query_one("#preview", Lines).show_rows(rows)
        self.outcome = self._foreseen(session)
        self._sum(roster)
        self._explain()

    def _sum(self, roster: Roster[Member] | Roster[Candidate] | None) -> None:
        if roster is None:
            self.query_one("#step", Bar).say(())
            return
        good, wrong = len(roster.rows), len(roster.faults)
        parts = [
            Cell(f" {plain(roster.file)} · ", SOFT),
            Cell(
                ngettext(
                    "{number} line can be kept", "{number} lines can be kept", good
                ).format(number=good),
                OK,
            ),
        ]
        if wrong:
            words = ngettext("{number} fault", "{number} faults", wrong)
            parts.append(Cell(f" · {words.format(number=wrong)}", BAD))
        if self.held:
            words = ngettext(
                "{number} already there", "{number} already there", len(self.held)
            )
            parts.append(Cell(f" · {words.format(number=len(self.held))}", SOFT))
        if self.refusal:
            parts = [parts[0], Cell(_("cannot be kept: see below"), BAD)]
        parts.append(Cell(" · " + _("nothing is written yet"), SOFT))
        self.query_one("#step", Bar).say(tuple(parts))

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The whole fault, below."""
        self._explain()

    def _explain(self) -> None:
        session = self.jury.session
        roster = self.members or self.candidates
        facts = self.query_one("#detail", Reading)
        if session is None or roster is None:
            facts.show(Content(""))
            return
        key = self.query_one("#preview", Lines).key
        for start, faults, tone in (
            ("no", roster.faults, BAD),
            ("note", roster.notes, WARN),
        ):
            if (number := key.removeprefix(start)).isdigit() and number != key:
                fault = plain(str(faults[int(number)]))
                facts.show(Content.assemble((f" {fault}", TONES[tone])))
                return
        lines: list[Listed[Member] | Listed[Candidate]] = [*roster.rows, *self.held]
        person = next((r.person for r in lines if f"ok{r.line}" == key), None)
        told = () if person is None else known_of(session, person)
        said = "\n".join(f" {t}" for t in told)
        facts.show(Content.assemble((f"{said}\n", ""), self.outcome))

    def _foreseen(self, session: Session) -> Content:
        """What the list would make of the jury; or why it cannot be kept."""
        self.refusal = ""
        if self.members is None and self.candidates is None:
            return Content("")
        try:
            after = perform(session, self._commands(), self.jury.clock())[0]
        except JuryError as error:
            self.refusal = str(error)
            return Content.assemble((f" {error}", TONES[BAD]))
        return Content("") if self.members is None else light.panel(after)

    def _commands(self) -> tuple[Command, ...]:
        from jury_tui import rosters

        return rosters.commands(self.members, self.candidates)

    def possible(self, action: str) -> bool:
        """Accepting needs something to accept."""
        roster = self.members or self.candidates
        if action == "accept":
            return roster is not None and bool(roster.rows)
        if action == "reload":
            return self.path is not None
        return True

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """Enter accepts."""
        self.action_accept()

    def action_accept(self) -> None:
        """Keep all the good lines at one stroke."""
        roster = self.members or self.candidates
        if roster is None or not roster.rows:
            return
        said = ngettext(
            "{number} line recorded", "{number} lines recorded", len(roster.rows)
        ).format(number=len(roster.rows))
        wrong = sorted({fault.line for fault in roster.faults})
        if wrong:
            named = listed([*map(str, wrong[:NAMED]), *(["…"] * (len(wrong) > NAMED))])
            left = ngettext(
                "line {lines} to put right (f)",
                "lines {lines} to put right (f)",
                len(wrong),
            )
            said += ", " + left.format(lines=named)
        acts: tuple[AnyAct, ...] | None = self.jury.commit(*self._commands(), said=said)
        if acts is not None:
            self.app.pop_screen()


def _fault_row(number: int, fault: Fault) -> Row:
    """A line that cannot be kept, and why."""
    problem = plain(str(fault.error))
    if fault.column:
        words = _("{column}: {problem}")
        problem = words.format(column=plain(fault.column), problem=problem)
    cells = (
        Cell(str(fault.line) if fault.line else "", SOFT),
        Cell("✗", BAD),
        Cell(_("not kept"), BAD),
        Cell(problem, BAD),
    )
    return Row(f"no{number}", cells)


def _note_row(number: int, note: Fault) -> Row:
    """What is worth knowing, and stops nothing."""
    cells = (
        Cell(str(note.line) if note.line else "", SOFT),
        Cell("!", WARN),
        Cell(plain(note.column) if note.column else _("the whole file"), WARN),
        Cell(plain(str(note.error)), WARN),
    )
    return Row(f"note{number}", cells)


def _good_row(session: Session, line: int, person: Member | Candidate) -> Row:
    """A line that will be kept: the name, and what tells it from others."""
    facts = (
        (_seats(session, person), person.act)
        if isinstance(person, Member)
        else (person.file_number, _day(person.birth_date), _day(person.parcours_start))
    )
    told = " · ".join(plain(fact) for fact in facts if fact)
    cells = (
        Cell(str(line), SOFT),
        Cell("✓", OK),
        Cell(person.name),
        Cell(told, SOFT),
    )
    return Row(f"ok{line}", cells, person.name)


def _held_row(line: int, person: Member | Candidate) -> Row:
    """A line whose person the session has: left as it is there."""
    cells = (
        Cell(str(line), SOFT),
        Cell("=", SOFT),
        Cell(person.name, SOFT),
        Cell(_("already in the session: left as it is"), SOFT),
    )
    return Row(f"ok{line}", cells, person.name)


def _seats(session: Session, member: Member) -> str:
    seats = judgement.seats(session)
    return ", ".join(label(seats[s].label) if s in seats else s for s in member.seats)


def _day(day: dt.date | None) -> str:
    return "" if day is None else short_date(day)


def known_of(session: Session, person: Member | Candidate) -> Iterator[str]:
    """All that a line says of a person, each fact named."""
    facts: tuple[tuple[str, str], ...]
    if isinstance(person, Member):
        facts = (
            (_("Seat"), _seats(session, person)),
            (_("Gender"), person.gender),
            (_("Function"), person.function),
            (_("Employer"), person.employer),
            (_("Appointing act"), person.act),
            (_("Date of the act"), _day(person.act_date)),
            (_("Signed by"), person.act_authority),
            (_("Represents"), person.represents),
        )
    else:
        before = (f"{a.component} {_day(a.date)}".strip() for a in person.acquired)
        facts = (
            (_("File number"), person.file_number),
            (_("Gender"), person.gender),
            (_("Date of birth"), _day(person.birth_date)),
            (_("Place of birth"), person.birth_place),
            (_("Start of parcours"), _day(person.parcours_start)),
            (_("Admissible on"), _day(person.admissible_on)),
            (_("Employer"), person.employer),
            (_("Accompanied by"), ", ".join(person.accompanists)),
            (_("Asks for"), ", ".join(person.components)),
            (_("Acquired before"), ", ".join(before)),
            (_("Time"), person.time),
        )
    told = [
        _("{fact}: {value}").format(fact=fact, value=plain(value))
        for fact, value in facts
        if value
    ]
    yield plain(person.name)
    yield " · ".join(told)
