"""A page that flows: blocks on a fine grid, breaks where nothing is torn apart."""

from __future__ import annotations

from collections.abc import Sequence

from jury_tui.minutes import metrics
from jury_tui.minutes.content import (
    Block,
    Box,
    Boxes,
    Cell,
    Column,
    Fields,
    Paragraph,
    Section,
    Table,
)
from jury_tui.minutes.paper import (
    LANDSCAPE,
    LINE,
    PORTRAIT,
    SMALL,
    USABLE,
    Line,
    Look,
    Placed,
    clean,
    full_width,
    header_line,
    look_of,
    room_of,
    row_lines,
)

GRID = 24
"""Columns of a flow: blocks take spans of them."""
_LEFT = 9  # columns of a label
_BOX = 46.0
_HEAD = 34.0  # a heading with its air


class Flow:
    """Rows put one under the other, with page breaks where nothing is torn."""

    def __init__(self, *, landscape: bool) -> None:
        self.landscape = landscape
        room = LANDSCAPE if landscape else PORTRAIT
        self.widths = (round(room / GRID, 2),) * GRID
        self.room = sum(self.widths)
        self.lines: list[Line] = []
        self._used = 0.0
        self._held: list[Line] = []  # headings, kept with what follows
        self._broken = False  # whether the next row starts a page

    def hold(self, lines: Sequence[Line]) -> None:
        """Rows that stay with the next one."""
        self._held += lines

    def put(self, lines: Sequence[Line], again: Line | None = None) -> None:
        """Rows that stay together; ``again`` is repeated above them on a new page."""
        together = [*self._held, *lines]
        self._held = []
        height = sum(line.height for line in together)
        full = self._used + height > USABLE[self.landscape]
        if self._used and (full or self._broken):
            self._broken = False
            if again is not None and again not in together:
                together = [again, *together]
                height += again.height
            first = together[0]
            together[0] = Line(first.height, first.cells, breaks=True)
            self._used = 0.0
        self.lines += together
        self._used += height

    def make_room(self, section: Section) -> None:
        """A short section, or one that is signed, is not torn if a page can hold it."""
        if not self._used:
            return
        alone = Flow(landscape=self.landscape)
        for block in section.blocks:
            alone.block(block)
        height = sum(line.height for line in alone.lines) + _HEAD
        page = USABLE[self.landscape]
        signed = any(isinstance(b, Boxes) for b in section.blocks)
        if height > (page if signed else page / 4) or self._used + height <= page:
            return
        self._broken = True

    def gap(self, height: float = 6.0) -> None:
        """Some air."""
        if self._used and not self._broken:
            self.put([Line(height, ())])

    def paragraph(self, paragraph: Paragraph) -> None:
        """A paragraph over the whole width."""
        for line in full_width(paragraph.text, look_of(paragraph), GRID, self.room):
            self.put([line])

    def fields(self, fields: Fields) -> None:
        """Labels on the left, values on the right; a short list stays together."""
        lines = [self._field(label, value) for label, value in fields.pairs]
        if sum(line.height for line in lines) < USABLE[self.landscape] / 4:
            self.put(lines)
            return
        for line in lines:
            self.put([line])

    def _field(self, label: str, value: Cell) -> Line:
        said = clean(value) if isinstance(value, str) else value
        right = room_of((_LEFT + 1, GRID - _LEFT), self.widths)
        lines = metrics.lines(said, right, 10) if isinstance(said, str) else ("",)
        left = room_of((1, _LEFT), self.widths)
        labelled = metrics.lines(clean(label), left, 9.5, bold=True)
        height = max(len(lines), len(labelled)) * LINE + 2
        return Line(
            height,
            (
                Placed(1, _LEFT, clean(label), Look.LABEL),
                Placed(_LEFT + 1, GRID - _LEFT, said, Look.VALUE),
            ),
        )

    def table(self, table: Table) -> None:
        """A table whose columns take spans of the grid."""
        spans = _spans(table.columns)
        header = header_line(table, spans, self.widths)
        self.hold([header])
        for row in table.rows:
            for line in row_lines(table, row, spans, self.widths, self.landscape):
                self.put([line], header)

    def boxes(self, boxes: Sequence[Box]) -> None:
        """Signature boxes, two in a row."""
        half = GRID // 2
        for start in range(0, len(boxes), 2):
            pair = boxes[start : start + 2]
            names, empty = [], []
            most = 1
            for rank, box in enumerate(pair):
                at = 1 + rank * half
                said = clean("\n".join(w for w in (box.name, box.capacity) if w))
                room = room_of((at, half), self.widths)
                most = max(most, len(metrics.lines(said, room, 9)))
                names.append(Placed(at, half, said, Look.BOX_NAME))
                empty.append(Placed(at, half, "", Look.BOX))
            self.put([Line(most * SMALL + 5, tuple(names)), Line(_BOX, tuple(empty))])

    def block(self, block: Block) -> None:
        """Any block."""
        match block:
            case Paragraph():
                self.paragraph(block)
            case Fields():
                self.fields(block)
            case Table():
                self.table(block)
            case Boxes(boxes=boxes):
                self.boxes(boxes)


def _spans(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Columns of a table as spans of the grid, at least one each, all of it used."""
    whole = sum(c.width for c in columns)
    spans, done, at = [], 0, 1
    for rank, column in enumerate(columns):
        done += column.width
        left = len(columns) - rank - 1
        end = min(max(round(done * GRID / whole), at), GRID - left)
        spans.append((at, end - at + 1))
        at = end + 1
    return spans
