"""Text of our own lines under the mouse: what a drag selects, shows and copies.

Textual finds the character under the mouse by marks in the styles of a widget's text.
Lines that are drawn by themselves bear none: a style for each line would be compared
and sent again at each vote. They are asked for the place instead.
"""

from __future__ import annotations

from typing import TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.screen import Screen
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

Result = TypeVar("Result")


class Selectable(Widget):
    """Lines of text that the mouse selects. A place is a character of a line."""

    selected: Selection | None = None

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected now."""
        self.selected = selection
        self.refresh()

    def line_at(self, y: int) -> int:
        """Which line of the text a line of the screen shows."""
        return y + self.scroll_offset.y

    def line_count(self) -> int:
        """How many lines the text has."""
        return self.size.height

    def line_text(self, line: int) -> str:
        """One line of the text."""
        return self.render_line(line).text

    def place_at(self, x: int, y: int) -> Offset:
        """The place that a cell of the widget shows."""
        y = max(0, min(y, self.size.height - 1))
        text, cells = self.render_line(y).text.rstrip(), 0
        for index, character in enumerate(text):
            cells += cell_len(character)
            if cells > x:
                return Offset(index, self.line_at(y))
        return Offset(len(text), self.line_at(y))

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, line by line, and what ends it."""
        start, end = selection
        last = self.line_count() - 1 if end is None else end.y
        parts = []
        for line in range(0 if start is None else start.y, last + 1):
            first, after = selection.get_span(line) or (0, 0)
            text = self.line_text(line)
            parts.append(text[first : len(text) if after < 0 else after].rstrip())
        return "\n".join(parts), "\n"

    def marked(self, strip: Strip, y: int) -> Strip:
        """A line of the screen, with what is selected of it."""
        span = (
            None if self.selected is None else self.selected.get_span(self.line_at(y))
        )
        if span is None:
            return strip
        text = strip.text.rstrip()
        end = len(text) if span[1] < 0 else min(span[1], len(text))
        start, end = cell_len(text[: span[0]]), cell_len(text[:end])
        if start >= end:
            return strip
        over = self.screen.get_component_rich_style("screen--selection")
        before, inside, after = strip.divide([start, end, strip.cell_length])
        shown = [Segment(s.text, (s.style or Style.null()) + over) for s in inside]
        return Strip([*before, *shown, *after], strip.cell_length)


class SelectingScreen(Screen[Result]):
    """A screen that asks its lines which place is under the mouse."""

    def get_widget_and_offset_at(
        self, x: int, y: int
    ) -> tuple[Widget | None, Offset | None]:
        """The widget at a cell, and the place in its text."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        if isinstance(widget, Selectable):
            corner = widget.content_region.offset
            return widget, widget.place_at(x - corner.x, y - corner.y)
        return widget, offset

    @property
    def dragged(self) -> bool:
        """Whether the mouse selected more than a hand that trembles does."""
        return len(self.get_selected_text() or "") > 2
