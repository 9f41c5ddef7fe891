"""The register: every act in words, and the room replayed as it stood at each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from jury_tui.i18n import N_, _
from jury_tui.session.acts import AnyAct
from jury_tui.session.session import Session
from jury_tui.ui.acting import act_words
from jury_tui.ui.replaying import room, track
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Cell, Column, Lines, Row
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import SOFT


class RegisterScreen(SessionScreen):
    """The acts, and a slider through them."""

    tab = "register"
    name_ = N_("Register")
    help = N_(
        "Every act of this session, in the order it was written; an act that was "
        "undone stays, and says so. Moving along the list replays the session: on the "
        "right, the room and the counts as they stood after the act under the cursor. "
        "The code at the top is the one the minutes print."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "slide(-1)", N_("Earlier"), show=True),
        Binding("right", "slide(1)", N_("Later"), show=True),
        Binding("home", "edge(0)", N_("Beginning"), show=True),
        Binding("end", "edge(-1)", N_("Now"), show=True),
        Binding("v", "verify", N_("Audit"), show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def content(self) -> Iterable[Widget]:
        """The acts on the left, the room on the right."""
        yield Bar(id="slider")
        with Horizontal(id="split"):
            self.lines = Lines(
                Column("", 5, right=True),
                Column(_("Time"), 8),
                Column(_("What happened"), 20, grow=True),
                id="acts",
            )
            yield self.lines
            yield Reading(id="replay")

    def show_session(self, session: Session) -> None:
        """Show what was written since."""
        record = self.jury.record
        if record is None:
            return
        acts = record.acts
        undone = set(session.undone)
        at_end = not self.lines.rows or self.lines.cursor == len(self.lines.rows) - 1
        rows = [
            self._row(session, n + 1, act, n + 1 in undone)
            for n, act in enumerate(acts)
        ]
        self.lines.show_rows(rows, keep=str(len(acts)) if at_end else None)
        self.shown = 0
        self._replay()

    def _row(self, session: Session, number: int, act: AnyAct, undone: bool) -> Row:
        words = act_words(act, session)
        if undone:
            words = _("(undone) {words}").format(words=words)
        return Row(
            str(number),
            (
                Cell(str(number), SOFT),
                Cell(f"{act.at:%H:%M:%S}", SOFT),
                Cell(words, SOFT if undone else ""),
            ),
        )

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The room as it stood."""
        self._replay()

    def _replay(self) -> None:
        record = self.jury.record
        count = self.lines.cursor + 1
        if record is None or not record.acts or count == self.shown:
            return
        self.shown = count
        then = record.at(count)
        self.query_one("#replay", Reading).show(room(then, record.code))
        total = len(record.acts)
        width = max(10, self.size.width - 24)
        where = _("act {number} of {all}").format(number=count, all=total)
        self.query_one("#slider", Bar).say(
            (Cell(f" {track(count, total, width)} ", "key"), Cell(where)),
        )

    async def on_click(self, event: object) -> None:
        """A click on the slider goes there."""
        from textual.events import Click

        record = self.jury.record
        if not isinstance(event, Click) or record is None:
            return
        if event.widget is self.query_one("#slider", Bar):
            width = max(10, self.size.width - 24)
            share = max(0.0, min(1.0, (event.x - 1) / width))
            self.lines.go(round(share * (len(record.acts) - 1)))

    def action_slide(self, step: int) -> None:
        """One act earlier or later."""
        self.lines.action_move(step)

    def action_edge(self, index: int) -> None:
        """To the beginning, or to now."""
        self.lines.action_edge(index)

    def action_verify(self) -> None:
        """Audit this session."""
        from jury_tui.ui.screens.auditing import AuditScreen

        record = self.jury.record
        if record is not None:
            self.app.push_screen(AuditScreen(record.path))
