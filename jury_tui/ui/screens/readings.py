"""Two readings of one grid: each difference, and what it is settled to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _
from jury_tui.rules import scoring
from jury_tui.rules.labels import label
from jury_tui.rules.scoring import Mastery
from jury_tui.session import judgement
from jury_tui.session.acts import JURY, Entry
from jury_tui.session.commands.marking import SettleReadings
from jury_tui.session.session import File, Session
from jury_tui.ui.grid_text import brief, title
from jury_tui.ui.grids import Value
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import WARN, plain

FRAME = 5
"""Lines that are neither list, light nor next step; the head is one."""


class ReadingsScreen(SessionScreen):
    """The differences between two readings, settled one by one."""

    name_ = N_("Two entries")
    help = N_(
        "Each line is a cell that two people typed differently. [←] keeps the first, "
        "[→] the second, [x] writes a third; [Enter] then records all that is chosen. "
        "Both entries stay in the register. No vote is counted before the last is "
        "settled."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "readings": N_(
            "A line for each cell that two people typed differently; the one under the "
            "cursor stands whole below. [←] and [→] choose one of the two."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "keep('first')", N_("The first"), show=True),
        Binding("right", "keep('second')", N_("The second"), show=True),
        Binding("x", "other", N_("Another"), show=True),
        Binding("enter", "record", N_("Record"), show=True),
    ]

    def __init__(self, candidate: str, component: str) -> None:
        super().__init__()
        self.candidate = candidate
        self.part = component
        self.chosen: dict[tuple[str, str], Value] = {}

    def content(self) -> Iterable[Widget]:
        """The differences, and the one under the cursor in full."""
        yield Lines(
            Column(" " + _("Who"), 12, grow=True, most=44),
            Column(_("Criterion"), 10, narrow=9),
            Column(_("1st entry"), 14, narrow=11),
            Column(_("2nd entry"), 14, narrow=11),
            Column(_("Settled"), 16, narrow=12),
            empty=_("The two entries are the same."),
            id="readings",
        )
        yield Reading(id="detail")

    @property
    def lines(self) -> Lines:
        """The differences."""
        return self.query_one("#readings", Lines)

    def _file(self) -> File | None:
        session = self.jury.session
        return None if session is None else session.files.get(self.candidate)

    def differences(self) -> tuple[judgement.Difference, ...]:
        """What differs, settled or not, in the order of the grid."""
        session, file = self.jury.session, self._file()
        if session is None or file is None:
            return ()
        members = (JURY, *session.members)
        criteria = [c.id for c in judgement.components(session)[self.part].criteria]

        def place(one: judgement.Difference) -> tuple[int, int]:
            at = criteria.index(one.criterion) if one.criterion in criteria else 0
            return members.index(one.member), at

        return tuple(sorted(judgement.differences(file, self.part), key=place))

    @property
    def here(self) -> judgement.Difference | None:
        """The difference under the cursor."""
        found = self.differences()
        return found[self.lines.cursor] if self.lines.cursor < len(found) else None

    def way(self) -> tuple[str, ...]:
        """The candidate, then the component."""
        session, file = self.jury.session, self._file()
        if session is None or file is None:
            return super().way()
        name, part = plain(file.candidate.name), plain(title(session, self.part))
        return name, part, _(self.name_)

    def show_session(self, session: Session) -> None:
        """Redraw from the session."""
        rows = []
        awaited = _("to settle")
        for number, one in enumerate(self.differences()):
            final = self.chosen.get((one.member, one.criterion), one.settled)
            open_ = final is None
            who = plain(judgement.person(session, one.member))
            rows.append(
                Row(
                    str(number),
                    (
                        Cell(f" {who}"),
                        Cell(one.criterion or _("component")),
                        Cell(brief(one.first)),
                        Cell(brief(one.second)),
                        Cell(
                            f"… {awaited}" if open_ else f"✓ {brief(final)}",
                            WARN if open_ else "strong",
                        ),
                    ),
                    who,
                )
            )
        self.lines.show_rows(rows)
        room = self.size.height - FRAME - self.light_bar.lines - self.step_bar.lines
        beneath = self.query_one("#detail", Reading)
        beneath.styles.height = max(6, room - len(rows))
        self._show_detail(session)

    def _show_detail(self, session: Session) -> None:
        one = self.here
        if one is None:
            self.query_one("#detail", Reading).show(Content(""))
            return
        part = judgement.components(session)[self.part]
        names = {c.id: f"{c.id} {plain(label(c.label))}" for c in part.criteria}
        about = names.get(one.criterion, plain(label(part.label)))
        who = plain(judgement.person(session, one.member))
        text = _("First entry: {first}. Second entry: {second}.").format(
            first=judgement.entry_word(one.first),
            second=judgement.entry_word(one.second),
        )
        content = Content.assemble((f" {about} · {who}\n", "bold"), (f" {text}", ""))
        self.query_one("#detail", Reading).show(content)

    def step(self, session: Session) -> str:
        """What is left to settle."""
        del session
        left = sum(
            d.settled is None and (d.member, d.criterion) not in self.chosen
            for d in self.differences()
        )
        if left:
            return _("Left to settle: {number}. [←] the first, [→] the second.").format(
                number=left
            )
        if self.chosen:
            return _("All is chosen: [Enter] records.")
        return _("All is settled. [Esc]: back to the grid.")

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """Another difference."""
        session = self.jury.session
        if session is not None:
            self._show_detail(session)
        self.refresh_bindings()

    # --- settling ------------------------------------------------------------

    def token(self) -> object:
        """What is chosen, and where the cursor is."""
        return tuple(self.chosen.items()), self.lines.cursor

    def rules(self, session: Session) -> dict[str, bool]:
        """Settling, while the component is not voted on."""
        file = session.files.get(self.candidate)
        open_ = file is not None and file.ballot(self.part) is None
        here = self.here if open_ else None
        return {
            "keep": here is not None,
            "other": here is not None,
            "record": open_ and bool(self.chosen),
        }

    def why_impossible(self, action: str) -> str:
        """Settled already, or nothing is chosen."""
        why = super().why_impossible(action)
        if why or self.possible(action.partition("(")[0]):
            return why
        session, file = self.jury.session, self._file()
        if session is not None and file is not None and file.ballot(self.part):
            return _("The vote is counted: the entries are what they were.")
        return _("Nothing is chosen: [←] the first, [→] the second, [x] another.")

    def _choose(self, value: Value | None) -> None:
        one, session = self.here, self.jury.session
        if one is None or session is None:
            return
        if value is None:
            self.jury.refused(_("That entry left it empty: keep the other one."))
            return
        self.chosen[one.member, one.criterion] = value
        self.jury.hush()
        self.lines.go(self.lines.cursor + 1)
        self.show_session(session)
        self.show_step(session)
        self.refresh_bindings()

    def action_keep(self, which: str) -> None:
        """Keep the first entry, or the second."""
        one = self.here
        if one is not None:
            self._choose(one.first if which == "first" else one.second)

    @work(group="asking", exclusive=True)
    async def action_other(self) -> None:
        """A third value, level or mark."""
        one, session = self.here, self.jury.session
        if one is None or session is None:
            return
        if isinstance(one.first if one.first is not None else one.second, str):
            rows = [
                Row(level.value, (Cell(word),), word)
                for level in Mastery
                for word in (scoring.mastery_word(level),)
            ]
            level = await self.pick(_("Settled to which level?"), rows)
            if level:
                self._choose(level)
            return
        typed = await self.ask(_("Settled to which mark?"))
        if not typed:
            return
        scale = judgement.components(session)[self.part].scale
        try:
            value = scoring.hundredths(scoring.parse_mark(typed, scale))
        except JuryError as error:
            self.jury.refused(error)
            return
        self._choose(value)

    def action_record(self) -> None:
        """Record all that is chosen, in one act."""
        marks: dict[str, int] = {}
        entries: dict[str, Entry] = {}
        for (member, criterion), value in self.chosen.items():
            known = entries.get(member, Entry())
            if not criterion and isinstance(value, int):
                marks[member] = value
            elif isinstance(value, int):
                entries[member] = Entry(
                    levels=known.levels, marks={**known.marks, criterion: value}
                )
            else:
                entries[member] = Entry(
                    levels={**known.levels, criterion: value}, marks=known.marks
                )
        command = SettleReadings(
            candidate=self.candidate, component=self.part, marks=marks, grids=entries
        )
        chosen, self.chosen = self.chosen, {}
        if self.jury.commit(command, said=_("entries settled")) is None:
            self.chosen = chosen
        elif not any(d.settled is None for d in self.differences()):
            self.app.pop_screen()

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """Enter records, once something is chosen."""
        if self.check_action("record", ()):
            self.action_record()
