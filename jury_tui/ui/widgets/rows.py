"""Rows, columns and how columns share a width: what a list shows, without a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

from rich.cells import cell_len, set_cell_size

from jury_tui.ui.words import plain


class Cell(NamedTuple):
    """A text and its tone; the text is shown as it is, never as markup.

    Attributes:
        short: What a list says instead, where the text does not fit.
    """

    text: str
    tone: str = ""
    short: str = ""


SPARED = "\0"
"""For short, of a cell that can be done without."""
APART = Cell("  ", "", "\n ")
"""What follows stands on a line of its own, where all does not fit one."""


class Row(NamedTuple):
    """One line: a key of its own, its cells, and the name it is reached by."""

    key: str
    cells: tuple[Cell, ...]
    find: str = ""
    tone: str = ""


class RowsOnDemand(Sequence[Row]):
    """Rows that are made when they are looked at, for lists of thousands.

    Attributes:
        keys: The key of each row.
        finds: The name that each row is reached by.
    """

    def __init__(
        self,
        keys: Sequence[str],
        finds: Sequence[str],
        make: Callable[[int], Row],
    ) -> None:
        self.keys = keys
        self.finds = finds
        self._make = make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self.keys)))]
        index = range(len(self.keys))[index]
        row = self._made.get(index)
        if row is None:
            row = self._made[index] = self._make(index)
        return row


def keys_of(rows: Sequence[Row]) -> Iterable[str]:
    """The key of each row; none is made for it."""
    return rows.keys if isinstance(rows, RowsOnDemand) else (r.key for r in rows)


def finds_of(rows: Sequence[Row]) -> Sequence[str]:
    """The name that each row is reached by; none is made for it."""
    return rows.finds if isinstance(rows, RowsOnDemand) else [r.find for r in rows]


class Column(NamedTuple):
    """A column: a width in cells, or a share of what is left (``grow``).

    Attributes:
        least: The screen's width from which it is shown.
        narrow: Its width on screens of less than 80 columns, when it differs.
        pressed: Whether a click in it acts at once, as a key would.
        most: How far it grows, when that is not as far as there is room.
        words: Whether words are abbreviated in it, rather than a text be cut.
    """

    label: str
    width: int
    grow: bool = False
    right: bool = False
    least: int = 0
    narrow: int = 0
    pressed: bool = False
    most: int = 0
    words: bool = False


def shared_out(columns: Sequence[Column], width: int, screen: int) -> list[int]:
    """How wide each column is; 0 where it is not shown.

    Columns that grow shrink too, each in proportion, before one of them is lost.
    """
    shown = [c for c in columns if screen >= c.least]
    wished = {c: c.narrow or c.width if screen < 80 else c.width for c in shown}
    left = max(0, width - sum(wished[c] for c in shown if not c.grow) - len(shown))
    growing = sorted((c for c in shown if c.grow), key=lambda c: c.most or width)
    total = sum(wished[c] for c in growing)
    for place, column in enumerate(growing):
        if total > left:
            wished[column] = wished[column] * left // total
            continue
        after = growing[place + 1 :]
        share = max(
            wished[column],
            min(left // (len(after) + 1), left - sum(wished[c] for c in after)),
        )
        wished[column] = min(share, column.most or share)
        left -= wished[column]
        total = sum(wished[c] for c in after)
    return [wished.get(c, 0) for c in columns]


@lru_cache(4096)
def fitted(text: str, width: int, right: bool = False) -> str:
    """Text in exactly ``width`` cells, with an ellipsis when cut."""
    text = plain(text)
    size = cell_len(text)
    if size > width:
        return set_cell_size(text, max(0, width - 1)) + "…" if width else ""
    space = " " * (width - size)
    return space + text if right else text + space
