"""A list drawn line by line: one key repaints two lines, not the screen.

Textual's DataTable renders every visible cell again for each change (65 ms and
32 kB a vote, measured); this widget keeps one strip a line and repaints the lines
that changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from jury_tui.i18n import N_
from jury_tui.ui.drawn import Scrolled
from jury_tui.ui.keyed import keyed
from jury_tui.ui.selecting import SelectingScreen
from jury_tui.ui.widgets.rows import (
    Cell,
    Column,
    Row,
    finds_of,
    fitted,
    keys_of,
    shared_out,
)
from jury_tui.ui.widgets.wrapping import broken
from jury_tui.ui.words import abbreviated, plain, sort_key

TYPING_PAUSE = 1.2
"""Seconds after which typed letters start a new name."""
WITHIN = ("-", "'", "’")
"""What joins two parts of a name, and begins none."""
CURSOR, AWAY = "▸", "›"
"""What stands before the row under the cursor, where a row leaves room for it: in the
list that has the focus, and in one that keeps its place meanwhile."""
MARKS = {"cursor": CURSOR, "cursor-away": AWAY}


class Lines(Scrolled, can_focus=True, inherit_bindings=False):
    """A list of rows with a cursor.

    Capital letters go to a name; lower-case ones are left to the screen.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--head",
        "lines--cursor",
        "lines--cursor-away",
        "lines--ok",
        "lines--warn",
        "lines--bad",
        "lines--soft",
        "lines--strong",
        "lines--key",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
        Binding("home", "edge(0)", N_("First"), show=False),
        Binding("end", "edge(-1)", N_("Last"), show=False),
    ]

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, lines: Lines, key: str) -> None:
            super().__init__()
            self.lines = lines
            self.key = key

        @property
        def control(self) -> Lines:
            """The list."""
            return self.lines

    class Chosen(Moved):
        """A row was chosen, by Enter or a double click."""

    class Pressed(Moved):
        """A row was clicked in a column that acts."""

    def __init__(
        self,
        *columns: Column,
        head: bool = True,
        small_letters: bool = False,
        empty: str = "",
        alone: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        """Lay out a list.

        Args:
            columns: Its columns, the telling one first.
            head: Whether their labels stand on a first line.
            small_letters: Whether small letters too go to a name, where no letter
                acts (a list to pick from).
            empty: What is said when there is no row.
            alone: Whether that stands alone, without the labels.
            id: Textual's.
            classes: Textual's.
        """
        super().__init__(id=id, classes=classes)
        self.columns = columns
        self.head = 1 if head else 0
        self.small_letters = small_letters
        self.empty = empty
        self.alone = alone
        self.rows: Sequence[Row] = ()
        self._cursor = 0
        self.moving = False
        self._strips: dict[tuple[Row, bool, bool], Strip] = {}
        self._styles_of: dict[str, Style] = {}
        self._widths: list[int] = []
        self._shared = 0
        self._typed = ""
        self._typed_at = 0.0

    # --- rows ----------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], *, keep: str | None = None) -> None:
        """Show other rows; only the lines that differ are repainted.

        Args:
            rows: The new rows.
            keep: The key the cursor goes to; where it was, when left out.
        """
        before, was = self.rows, self.key
        self.rows = rows
        if len(before) != len(rows):
            self._resized()
            self.refresh()
        else:
            top, size = self.top, self.size
            for index in range(top, min(len(rows), top + size.height + 1)):
                old, new = before[index], rows[index]
                if old is not new and old != new:
                    self._refresh_line(index - top + self.head, size)
        wanted = keep if keep is not None else was
        self.moving = True
        self.go(self.index_of(wanted) if wanted else self.cursor)
        self.moving = False
        if self.size.height and not self._in_view():
            # only once the list is as long as its rows can it be scrolled so far
            self.call_after_refresh(self._bring_into_view)

    def _in_view(self) -> bool:
        room = max(1, self.size.height - self.head)
        return self.top <= self.cursor < self.top + room

    def _bring_into_view(self) -> None:
        """The row that a key acts on, wherever it is by now."""
        self.go(self.cursor)

    def lay_out(self, *columns: Column) -> None:
        """Other columns; nothing happens if they are the same."""
        if columns != self.columns:
            self.columns = columns
            self._resized()
            self.refresh()

    def index_of(self, key: str) -> int:
        """Where a key stands; the cursor's place when it is gone."""
        for index, other in enumerate(keys_of(self.rows)):
            if other == key:
                return index
        return min(self.cursor, max(0, len(self.rows) - 1))

    @property
    def key(self) -> str:
        """The key under the cursor, or empty."""
        return self.rows[self.cursor].key if self.cursor < len(self.rows) else ""

    @property
    def line(self) -> str:
        """The text under the cursor, to be copied."""
        if self.cursor >= len(self.rows):
            return ""
        return "\t".join(plain(c.text).strip() for c in self.rows[self.cursor].cells)

    def go(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        index = max(0, min(index, len(self.rows) - 1))
        self.cursor = index
        top = self.top
        room = max(1, self.size.height - self.head)
        if index < top:
            self.scroll_to(y=index, animate=False)
        elif index >= top + room and self.size.height:
            self.scroll_to(y=index - room + 1, animate=False)

    @property
    def cursor(self) -> int:
        """The row that a key acts on; the line left and the one reached are painted."""
        return self._cursor

    @cursor.setter
    def cursor(self, new: int) -> None:
        old, self._cursor = self._cursor, new
        if new == old or not self.is_running:
            return
        self._refresh_row(old)
        self._refresh_row(new)
        if not self.moving and self.key:
            self.post_message(self.Moved(self, self.key))

    def _refresh_row(self, index: int) -> None:
        self._refresh_line(index - self.top + self.head, self.size)

    def _refresh_line(self, y: int, size: Size) -> None:
        if 0 <= y < size.height:
            self.refresh(Region(0, y, size.width, 1))

    # --- layout --------------------------------------------------------------

    def on_resize(self) -> None:
        """Share out the columns again."""
        self._resized()
        self.go(self.cursor)

    def watch_show_vertical_scrollbar(self) -> None:
        """A scroll bar takes a cell from the columns, or gives it back."""
        if self._shared:
            self._resized()
            self.refresh()

    def _resized(self) -> None:
        width = self.scrollable_content_region.width or self.size.width
        self._share_out(width)
        self.virtual_size = Size(width, len(self.rows) + self.head)

    def _share_out(self, width: int) -> None:
        """How wide each column is, of so many cells."""
        self._strips.clear()
        self._shared = width
        self._widths = shared_out(self.columns, width, self.app.size.width)

    def notify_style_update(self) -> None:
        """A theme changed: every strip is drawn anew."""
        super().notify_style_update()
        self._strips.clear()
        self._styles_of.clear()

    def on_focus(self) -> None:
        """The cursor is painted as the one that acts."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """The cursor is painted as one that waits."""
        self._refresh_row(self.cursor)

    # --- drawing -------------------------------------------------------------

    def _style(self, tone: str) -> Style:
        if tone not in self._styles_of:
            self._styles_of[tone] = (
                self.get_component_rich_style(f"lines--{tone}", partial=True)
                if tone
                else Style.null()
            )
        return self._styles_of[tone]

    def render_line(self, y: int) -> Strip:
        """One line of the screen, from the strips kept."""
        width = self.size.width
        if not self._shared:  # painted before it was told its size
            self._share_out(width)
        if self.head and y == 0:
            if self.alone and not self.rows:
                return Strip.blank(width, self.base)
            cells = tuple(Cell(c.label) for c in self.columns)
            return self._strip(Row("", cells, "", "head"), width, "head")
        index = y - self.head + self.top
        if index >= len(self.rows):
            said = broken(Content(self.empty), width - 2) if self.empty else []
            if not self.rows and index < len(said):
                line = keyed(fitted(f" {said[index].plain}", width))
                tones = [self.base + self._style(c.tone or "soft") for c in line]
                texts = (cell.text for cell in line)
                return Strip(map(Segment, texts, tones), width)
            return Strip.blank(width, self.base)
        row = self.rows[index]
        here = index == self.cursor
        # a list beneath a field that leads it acts, and never has the focus
        acts = self.has_focus or not self.can_focus
        key = (row, here, here and acts)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > 2000:
                self._strips.clear()
            tone = ("cursor" if acts else "cursor-away") if here else ""
            strip = self._strips[key] = self._strip(row, width, tone)
        return strip

    def line_at(self, y: int) -> int:
        """Labels are the first line, wherever the rows are."""
        return y if y < self.head else y + self.scroll_offset.y

    def line_count(self) -> int:
        """Labels and rows."""
        return self.head + max(1, len(self.rows))

    def line_text(self, line: int) -> str:
        """A row as its columns show it; the labels; what is said of no row."""
        if line < self.head or not self.rows:
            return self.render_line(line).text
        if line - self.head >= len(self.rows):
            return ""
        return self._strip(self.rows[line - self.head], self.size.width, "").text

    def _strip(self, row: Row, width: int, over: str) -> Strip:
        base = self.base
        under = self._style(row.tone) if row.tone not in ("", "head") else Style.null()
        top = self._style(over)
        segments = []
        used = 0
        for cell, column, size in zip(
            row.cells, self.columns, self._widths, strict=False
        ):
            if not size or used + size > width:
                continue
            text = cell.text
            if (cell.short or column.words) and cell_len(plain(text)) > size:
                text = cell.short or abbreviated(text, size)
            text = fitted(text, size, column.right)
            if not used and over in MARKS and text.startswith(" "):
                text = MARKS[over] + text[1:]  # a sign as well as a colour
            style = base + (self._style(cell.tone) if cell.tone else under) + top
            segments.append(Segment(text + " " * (used + size < width), style))
            used += size + (used + size < width)
        if used < width:
            segments.append(Segment(" " * (width - used), base + top))
        return Strip(segments, width)

    # --- moving --------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """One line up or down."""
        self.go(self.cursor + step)

    def action_page(self, step: int) -> None:
        """One page up or down."""
        self.go(self.cursor + step * max(1, self.size.height - self.head - 1))

    def action_edge(self, index: int) -> None:
        """To the first or the last row."""
        self.go(index if index >= 0 else len(self.rows) - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.cursor < len(self.rows):  # a key may be empty: “another one”
            self.post_message(self.Chosen(self, self.key))

    def on_click(self, event: events.Click) -> None:
        """A click goes to a row, a second one on it chooses it."""
        event.prevent_default()  # twice is no selection of all
        screen = self.screen
        if isinstance(screen, SelectingScreen) and screen.dragged:
            return  # text was selected, and nothing is to be done
        screen.clear_selection()
        index = event.y - self.head + self.top
        if event.y < self.head or index >= len(self.rows):
            return
        self.go(index)
        column = self._column_at(event.x)
        if column is not None and column.pressed:
            self.post_message(self.Pressed(self, self.key))
        elif event.chain == 2:
            self.action_choose()

    def _column_at(self, x: int) -> Column | None:
        """The column under the mouse; none in the gap after the last."""
        end = 0
        for column, size in zip(self.columns, self._widths, strict=False):
            end += size + 1 if size else 0
            if x < end:
                return column
        return None

    def on_key(self, event: events.Key) -> None:
        """A capital letter goes to the name that begins so."""
        character = event.character
        if (
            character is not None
            and character in WITHIN
            and self._typed
            and self.reach(character, event.time)
        ):
            event.stop()
            event.prevent_default()
            return
        if (
            character is None
            or not character.isalpha()
            or not (character.isupper() or self.small_letters)
        ):
            self.forget()  # “D Space E” is two people, however fast it is typed
            return
        if not any(finds_of(self.rows)):
            return  # nobody to reach here: another list may know the name
        event.stop()
        event.prevent_default()
        self.reach(character, event.time)

    def forget(self) -> None:
        """The next letter starts a new name."""
        self._typed = ""

    def reach(self, letters: str, at: float) -> bool:
        """Go to the next row whose name begins with what was typed so far.

        A letter typed again goes to the next name, however long after: nothing else
        was typed since.

        Args:
            letters: What was typed.
            at: When, in seconds; after a pause, a new name begins.
        """
        typed = sort_key(letters)
        again = self._typed == typed
        if at - self._typed_at > TYPING_PAUSE:
            self.forget()
        self._typed_at = at
        longer = self._typed + typed
        finds = finds_of(self.rows)
        ways = [(longer, self.cursor + again * (not self._typed))]
        if typed not in WITHIN:
            ways.append((typed, self.cursor + 1))
        for wanted, start in ways:
            count = len(self.rows)
            for step in range(count):
                index = (start + step) % count
                if sort_key(finds[index]).startswith(wanted):
                    self._typed = wanted
                    self.go(index)
                    return True
        return False
