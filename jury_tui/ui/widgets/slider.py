"""Where one is among many, to be drawn along with the mouse."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual import events
from textual.message import Message

from jury_tui.i18n import _
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.rows import Cell


def track(count: int, total: int, width: int, marks: Iterable[int] = ()) -> str:
    """Where one is among the acts: ``━━━●───``; ``!`` where one is blamed."""
    done = round(width * count / total) if total else 0
    cells = list("━" * max(0, done - 1) + "●" + "─" * (width - max(1, done)))
    for mark in marks:
        place = max(1, round(width * mark / total)) - 1 if mark and total else -1
        if 0 <= place < len(cells) and cells[place] != "●":
            cells[place] = "!"
    return "".join(cells)


class Slider(Bar):
    """The track, and the number of the act in words; a click or a drag goes there."""

    class Slid(Message):
        """The mouse points at an act.

        Attributes:
            index: Which, from 0.
        """

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    ALLOW_SELECT = False  # the mouse draws it along
    count = 0
    total = 0
    held = 0
    marks: tuple[int, ...] = ()
    _held = False

    def at(
        self, count: int, total: int, marks: Iterable[int] = (), held: int = 0
    ) -> None:
        """Show where one is.

        Args:
            count: The act, from 1.
            total: How many there are.
            marks: Acts that are blamed.
            held: How many there are, where those beyond the last but one can only be
                counted; 0 where each can be shown.
        """
        self.count, self.total, self.marks = count, total, tuple(marks)
        self.held = held
        said = track(count, total, self._room(), self.marks)
        self.say((Cell(f" {said} ", "key"), Cell(self._where(count))))

    def _where(self, count: int) -> str:
        if not self.held:
            return _("act {number} of {all}").format(number=count, all=self.total)
        said = _("act {number} of {all}, to be read up to {last}")
        return said.format(number=count, all=self.held, last=self.total - 1)

    def _room(self) -> int:
        """Cells of the track: as many whichever act one is at."""
        return max(10, self.app.size.width - cell_len(self._where(self.total)) - 4)

    def on_resize(self) -> None:
        """The track is as long as there is room."""
        if self.total:
            self.at(self.count, self.total, self.marks, self.held)

    def _go(self, x: int) -> None:
        if self.total:
            share = max(0.0, min(1.0, (x - 1) / max(1, self._room() - 1)))
            self.post_message(self.Slid(round(share * (self.total - 1))))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of it."""
        self._held = True
        self.capture_mouse()
        self._go(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw it along."""
        if self._held:
            self._go(event.x)

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Let go of it."""
        self._held = False
        self.release_mouse()
