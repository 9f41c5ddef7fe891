"""The smallest Textual program that repaints one line per key, on the line API."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tests.benchmarks.apps import grid


class Lines(ScrollView, can_focus=True):
    """Rows of text; one line is painted again when its row changes."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = [[name, *["·"] * grid.VOTES, ""] for name in grid.NAMES]

    def on_mount(self) -> None:
        self.virtual_size = Size(80, grid.ROWS)

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        if index >= grid.ROWS:
            return Strip.blank(self.size.width)
        name, *votes = self.rows[index]
        text = name.ljust(16) + "".join(vote.ljust(4) for vote in votes)
        return Strip([Segment(text)]).adjust_cell_length(self.size.width)

    def change(self, row: int, column: int, said: str) -> None:
        self.rows[row][column + 1] = "P"
        self.rows[row][-1] = said
        self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))


class Line(App[None]):
    """One key, one line."""

    BINDINGS = [Binding("u", "vote")]
    keys = 0

    def compose(self) -> ComposeResult:
        yield Lines()

    def action_vote(self) -> None:
        row, column = grid.place(self.keys)
        self.keys += 1
        self.query_one(Lines).change(row, column, grid.count(self.keys))


if __name__ == "__main__":
    Line().run()
