"""A grid as it is shown: who fills it, what stands in it, what it adds up to."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from jury_tui.i18n import _, ngettext
from jury_tui.session import judgement
from jury_tui.session.acts import JURY
from jury_tui.session.session import File, Phase, Session
from jury_tui.ui import grid_text as told
from jury_tui.ui import grids
from jury_tui.ui.grid_text import Place, title
from jury_tui.ui.grids import Sheet
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell
from jury_tui.ui.words import SOFT, WARN, plain

FRAME = 5
"""Lines around the criteria: title, way, head, message, keys."""
LEAST = 6
"""The fewest lines beneath the grid."""


class SheetScreen(SessionScreen):
    """One component's grid; its keys are those of the screen that fills it."""

    def __init__(self, candidate: str, component: str) -> None:
        super().__init__()
        self.candidate = candidate
        self.part = component
        self.reader = 1
        self.shared: bool | None = None
        self.member = ""
        self.typing = ""
        self.first = 0

    def content(self) -> Iterable[Widget]:
        """The grid, and beneath it what it adds up to."""
        yield Lines(id="grid")
        yield Reading(id="detail")

    # --- what is shown -------------------------------------------------------

    @property
    def lines(self) -> Lines:
        """The grid."""
        return self.query_one("#grid", Lines)

    @property
    def file(self) -> File | None:
        """The candidate's file, as it is now."""
        session = self.jury.session
        return None if session is None else session.files.get(self.candidate)

    @property
    def typed(self) -> grids.Typed:
        """What was typed by this reader: kept until recorded."""
        return self.jury.sheets.setdefault((self.candidate, self.part, self.reader), {})

    def sheet(self, session: Session, file: File) -> Sheet:
        """The grid as it is typed."""
        if self.shared is None:
            known = grids.by_member(file, self.part)
            self.shared = not (self.jury.by_member if known is None else known)
        return grids.sheet(
            session, file, self.part, self.reader, self.shared, self.typed
        )

    def place(self, sheet: Sheet) -> Place:
        """Where the cursor is: on a member who is there, on a line that is."""
        if self.member not in sheet.members:
            self.member = sheet.members[0] if sheet.members else JURY
        key = self.lines.key
        criterion = key if sheet.part.criteria else grids.WHOLE
        return Place(self.member, criterion or sheet.criteria[0].id, self.typing)

    def way(self) -> tuple[str, ...]:
        """The candidate, then the component."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return super().way()
        return plain(file.candidate.name), plain(title(session, self.part))

    def show_session(self, session: Session) -> None:
        """Redraw from the session."""
        file = session.files.get(self.candidate)
        if file is None or self.part not in judgement.components(session):
            return
        sheet = self.sheet(session, file)
        place = self.place(sheet)
        width = self.size.width
        start, end = told.window(sheet, place.member, width, self.first)
        self.first = start
        shown = sheet.members[start:end]
        found = None if self.reader == 2 else grids.found(session, file, sheet)
        lines = self.lines
        lines.lay_out(*told.columns(session, sheet, place, shown, width))
        lines.show_rows(told.rows(sheet, place, shown, found, width))
        content = told.detail(session, file, sheet, place, found)
        beneath = self.query_one("#detail", Reading)
        beneath.show(content)
        room = self.size.height - FRAME - self.light_bar.lines - self.step_bar.lines
        beneath.styles.height = max(LEAST, room - len(sheet.criteria))
        self._show_way(sheet)

    def _show_way(self, sheet: Sheet) -> None:
        """In the place of the rooms: who fills it, which reading, what is left."""
        way = _("One grid for the jury") if self.shared else _("One grid a member")
        left = len(sheet.empty)
        empty = _("left to fill: {number}").format(number=left) if left else _("full")
        cells = [Cell(f" {way}", "strong")]
        if self.reader == 2:
            cells.append(Cell(" · " + _("second entry"), WARN))
        cells.append(Cell(f" · {empty}", SOFT))
        if sheet.again:
            number = len(sheet.again)
            said = ngettext("{number} difference", "{number} differences", number)
            differ = f"{told.DIFFERS} {said.format(number=number)}"
            cells.append(Cell(f" · {differ}", WARN))
        if sheet.changed:
            cells.append(Cell(" · " + _("not recorded yet"), WARN))
        bar = self.query_one("#tabs", Bar)
        bar.actions = {}
        bar.say(tuple(cells))

    def step(self, session: Session) -> str:
        """What the keys do here."""
        file = self.file
        if file is None or not self.open_to_entry(session):
            return _("The vote is counted, or the candidate away: this grid is read.")
        differ = judgement.unsettled(file, self.part)
        if self.reader == 1 and differ:
            said = ngettext(
                "{number} difference between the two entries (≠): [e] settles it.",
                "{number} differences between the two entries (≠): [e] settles them.",
                len(differ),
            )
            return said.format(number=len(differ))
        sheet = self.sheet(session, file)
        if sheet.empty:
            if sheet.by_levels:
                return _("Exceptions first [a p n], then [u]: all the rest acquired.")
            return _("Type the marks; [u] gives all the rest the one under the cursor.")
        if sheet.changed:
            return _("All is filled: [Enter] records.")
        if self.reader == 1 and judgement.unread(session, file, self.part):
            return _("The rules ask for a second entry: [d] begins it.")
        return _("Recorded. [Esc]: back to the vote.")

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """Another criterion: what was being typed stays where it was typed."""
        self.redraw()

    def redraw(self) -> None:
        """What was typed, or where the cursor is, changed."""
        session = self.jury.session
        if session is not None:
            self.show_session(session)
            self.show_step(session)
        self.refresh_bindings()

    def open_to_entry(self, session: Session) -> bool:
        """Whether the grid can still be filled; else it is read."""
        file = session.files.get(self.candidate)
        return (
            file is not None
            and session.phase is Phase.OPEN
            and session.table == self.candidate
            and not file.settled
            and file.ballot(self.part) is None
        )

    def token(self) -> object:
        """What is typed, by whom."""
        return self.reader, self.shared, self.typing, tuple(self.typed.items())
