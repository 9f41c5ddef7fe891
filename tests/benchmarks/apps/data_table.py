"""The same grid as most programs draw it: Textual's DataTable and ``update_cell``."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import DataTable

from tests.benchmarks.apps import grid


class Table(App[None]):
    """One key, one cell and the count of its row."""

    BINDINGS = [Binding("u", "vote")]
    keys = 0

    def compose(self) -> ComposeResult:
        yield DataTable[str]()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_column("Candidat", key="name", width=14)
        for column in range(grid.VOTES):
            table.add_column(f"m{column + 1}", key=str(column), width=3)
        table.add_column("", key="count", width=7)
        for number, name in enumerate(grid.NAMES):
            table.add_row(name, *["·"] * grid.VOTES, "", key=str(number))

    def action_vote(self) -> None:
        table = self.query_one(DataTable)
        row, column = grid.place(self.keys)
        self.keys += 1
        table.update_cell(str(row), str(column), "P")
        table.update_cell(str(row), "count", grid.count(self.keys))


if __name__ == "__main__":
    Table().run()
