"""Members or candidates from a file: preview, faults, nothing kept unless accepted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, ngettext
from jury_tui.rosters.roster import Roster
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
from jury_tui.ui.widgets.lines import Cell, Column, Lines, Row
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import BAD, OK, SOFT, plain


class ImportScreen(JuryScreen):
    """The lines of a file, as they would be kept."""

    name_ = N_("From a file")
    help = N_(
        "What the file holds: ✓ will be kept, ✗ cannot be, and why. Nothing is "
        "written before Enter accepts; put the file right and r reads it again."
    )
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

    def body(self) -> Iterable[Widget]:
        """The lines, then the composition they would make."""
        yield Bar(id="step")
        yield Lines(
            Column(_("Line"), 5, right=True),
            Column("", 2),
            Column(_("Name"), 18, grow=True),
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
        path = await ask_file(self, _("Which file? (.csv or .xlsx)"), LISTS)
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
        try:
            if self.kind == "members":
                self.members = rosters.read_members(self.path, rules.seats, wanted)
            else:
                self.candidates = rosters.read_candidates(
                    self.path, judgement.components(session), wanted
                )
        except JuryError as error:
            self.jury.refused(error)
            self._show(session, None)
            return
        self._show(session, self.members or self.candidates)
        self.refresh_bindings()

    def _show(
        self, session: Session, roster: Roster[Member] | Roster[Candidate] | None
    ) -> None:
        rows: list[tuple[int, Row]] = []
        if roster is not None:
            for row in roster.rows:
                person = row.person
                if isinstance(person, Member):
                    says = ", ".join(person.seats) + f" {person.act}"
                else:
                    says = f"{person.file_number} {person.parcours_start or ''}"
                rows.append(
                    (
                        row.line,
                        Row(
                            f"ok{row.line}",
                            (
                                Cell(str(row.line), SOFT),
                                Cell("✓", OK),
                                Cell(person.name),
                                Cell(says, SOFT),
                            ),
                            person.name,
                        ),
                    )
                )
            for number, fault in enumerate(roster.faults):
                words = str(fault.error)
                if fault.column:
                    words = f"{plain(fault.column)} : {words}"
                rows.append(
                    (
                        fault.line,
                        Row(
                            f"no{number}",
                            (
                                Cell(str(fault.line) if fault.line else "", SOFT),
                                Cell("✗", BAD),
                                Cell(_("not kept"), BAD),
                                Cell(words, BAD),
                            ),
                        ),
                    )
                )
        rows.sort(key=lambda pair: (pair[1].key.startswith("ok"), pair[0]))
        self.query_one("#preview", Lines).show_rows([row for _n, row in rows])
        self._sum(session, roster)
        self._explain()

    def _sum(
        self, session: Session, roster: Roster[Member] | Roster[Candidate] | None
    ) -> None:
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
        if key.startswith("no"):
            facts.show(
                Content.assemble(
                    (f" {plain(str(roster.faults[int(key[2:])]))}", TONES[BAD])
                )
            )
            return
        try:
            after = perform(session, self._commands(), self.jury.clock())[0]
        except JuryError as error:
            facts.show(Content.assemble((f" {error}", TONES[BAD])))
            return
        facts.show(light.panel(after))

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
        acts: tuple[AnyAct, ...] | None = self.jury.commit(
            *self._commands(),
            said=ngettext(
                "{number} line kept", "{number} lines kept", len(roster.rows)
            ).format(number=len(roster.rows)),
        )
        if acts is not None:
            self.app.pop_screen()
