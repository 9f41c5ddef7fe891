"""Minutes on sheets of A4: which cell holds what, how wide, how high. No library yet.

A page that is one table keeps the table's own columns and repeats its header on each
printed page. Any other page is a flow on a fine grid: blocks take spans of it, and
breaks are put where nothing is torn apart. The workbook is written from this, and
compared with it.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from jury_tui.minutes import metrics
from jury_tui.minutes.content import (
    Block,
    Box,
    Boxes,
    Cell,
    Column,
    Fields,
    Kind,
    Minutes,
    Page,
    Paragraph,
    Row,
    Section,
    Style,
    Table,
    Tone,
)

PORTRAIT, LANDSCAPE = 91.0, 134.0
"""Width between the margins, in units of column width."""
_GRID = 24
_USABLE = {False: 716.0, True: 462.0}  # points of height, landscape or not
_MOST_LINES = {False: 40, True: 24}
_LINE = 12.75
_SMALL = 11.5
_BOX = 46.0
_ROW_BOX = 31.0
_HEAD = 34.0  # a heading with its air
LONGEST = 32_000
"""Characters that one cell holds at most (spreadsheets stop at 32,767)."""


class Look(StrEnum):
    """How a cell looks; tables add the tone of their row."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    NOTE = "note"
    LABEL = "label"
    VALUE = "value"
    HEADER = "header"
    TEXT = "text"
    NUMBER = "number"
    BOX = "box"
    BOX_NAME = "box_name"
    TEXT_STRONG = "text_strong"
    NUMBER_STRONG = "number_strong"
    TEXT_MUTED = "text_muted"
    NUMBER_MUTED = "number_muted"


_SIZES = {
    Look.TITLE: (15, True),
    Look.SUBTITLE: (10, False),
    Look.HEADING: (11.5, True),
    Look.BODY: (10, False),
    Look.STRONG: (10, True),
    Look.NOTE: (9, False),
    Look.LABEL: (9.5, True),
    Look.VALUE: (10, False),
    Look.HEADER: (8.5, True),
    Look.TEXT_STRONG: (9, True),
}
_TABLE = (9, False)
_TONES = {
    Tone.PLAIN: (Look.TEXT, Look.NUMBER),
    Tone.STRONG: (Look.TEXT_STRONG, Look.NUMBER_STRONG),
    Tone.MUTED: (Look.TEXT_MUTED, Look.NUMBER_MUTED),
}


class Placed(msgspec.Struct, frozen=True):
    """A value in its place; ``column`` counts from 1, ``span`` columns are merged."""

    column: int
    span: int
    value: Cell
    look: Look


class Line(msgspec.Struct, frozen=True):
    """A row of the sheet, its height in points; ``breaks`` starts a new page."""

    height: float
    cells: tuple[Placed, ...]
    breaks: bool = False


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet to write.

    Attributes:
        widths: Of the columns, in units.
        header: Number of the row to repeat on each page; 0 for none.
        top: Rows up to the header.
        body: The others, made one at a time: there may be thousands.
    """

    name: str
    widths: tuple[float, ...]
    landscape: bool
    header: int
    top: tuple[Line, ...]
    page: Page
    table: Table | None

    def lines(self) -> Iterator[Line]:
        """Every row, in order."""
        yield from self.top
        if self.table is not None:
            spans = [(at, 1) for at in range(1, len(self.widths) + 1)]
            for row in self.table.rows:
                yield from _row(self.table, row, spans, self.widths, self.landscape)


def sheets(minutes: Minutes) -> tuple[Sheet, ...]:
    """The document's sheets, their names made unique and safe."""
    names: list[str] = []
    made = []
    for page in minutes.pages:
        name = _name(page.name, names)
        names.append(name)
        only = _only_table(page)
        made.append(
            _table_sheet(minutes, page, name, only)
            if only is not None
            else _flow_sheet(minutes, page, name)
        )
    return tuple(made)


def _name(name: str, taken: Sequence[str]) -> str:
    """A sheet's name: 31 characters, none that formulas could not quote."""
    kept = "".join(" " if c in "[]:*?/\\'" else c for c in clean(name)).strip()[:31]
    kept = kept or "-"
    rank, found = 2, kept
    while found.casefold() in (t.casefold() for t in taken):
        found = f"{kept[:27]} {rank}"
        rank += 1
    return found


def clean(text: str) -> str:
    """A text that XML and every spreadsheet can hold: no control characters."""
    if text.isprintable() and len(text) <= LONGEST:
        return text
    kept = "".join(
        c
        if c == "\n"
        or not (unicodedata.category(c) in ("Cc", "Cs") or c in "\ufffe\uffff")
        else " "
        for c in text
    )
    return kept[:LONGEST]


def _only_table(page: Page) -> Table | None:
    blocks = [b for section in page.sections for b in section.blocks]
    tables = [b for b in blocks if isinstance(b, Table)]
    others = [b for b in blocks if not isinstance(b, (Table, Paragraph))]
    last = blocks[-1] if blocks else None
    return last if len(tables) == 1 and not others and last is tables[0] else None


# --- a page that is one table ------------------------------------------------


def _table_sheet(minutes: Minutes, page: Page, name: str, table: Table) -> Sheet:
    room = LANDSCAPE if page.landscape else PORTRAIT
    whole = sum(c.width for c in table.columns)
    widths = tuple(round(c.width * room / whole, 2) for c in table.columns)
    count = len(widths)
    top = [*_heading_lines(minutes, page, count, room), Line(5.0, ())]
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                top += _full(block.text, _look(block), count, room)
    top.append(_header(table, [(at, 1) for at in range(1, count + 1)], widths))
    return Sheet(
        name=name,
        widths=widths,
        landscape=page.landscape,
        header=len(top),
        top=tuple(top),
        page=page,
        table=table,
    )


def _heading_lines(minutes: Minutes, page: Page, count: int, room: float) -> list[Line]:
    under = " – ".join(w for w in (minutes.subject, minutes.number_line) if w)
    return [
        *_full(page.title, Look.TITLE, count, room),
        *_full(under, Look.SUBTITLE, count, room),
    ]


def _full(text: str, look: Look, count: int, room: float) -> list[Line]:
    """A text over the whole width, on as many rows as it needs."""
    size, bold = _SIZES[look]
    broken = metrics.lines(clean(text), room, size, bold=bold)
    pitch = _pitch(size)
    made = []
    for start in range(0, len(broken), _MOST_LINES[False]):
        part = broken[start : start + _MOST_LINES[False]]
        height = len(part) * pitch + _AIR.get(look, 3.0)
        said = " ".join(part) if "\n" not in text else "\n".join(part)
        made.append(Line(height, (Placed(1, count, said, look),)))
    return made


_AIR = {Look.TITLE: 10.0, Look.SUBTITLE: 10.0, Look.HEADING: 9.0, Look.BODY: 4.0}


def _pitch(size: float) -> float:
    return size * 1.28


def _look(paragraph: Paragraph) -> Look:
    return {
        Style.BODY: Look.BODY,
        Style.STRONG: Look.STRONG,
        Style.NOTE: Look.NOTE,
    }[paragraph.style]


def _room(span: tuple[int, int], widths: Sequence[float]) -> float:
    at, count = span
    return sum(widths[at - 1 : at - 1 + count])


def _header(
    table: Table, spans: Sequence[tuple[int, int]], widths: Sequence[float]
) -> Line:
    most = 1
    cells = []
    for column, span in zip(table.columns, spans, strict=True):
        title = clean(column.title)
        broken = metrics.lines(title, _room(span, widths), 8.5, bold=True)
        most = max(most, len(broken))
        cells.append(Placed(*span, title, Look.HEADER))
    return Line(most * _SMALL + 6, tuple(cells))


def _row(
    table: Table,
    row: Row,
    spans: Sequence[tuple[int, int]],
    widths: Sequence[float],
    landscape: bool,
) -> Iterator[Line]:
    """A row of a table; one higher than a page goes on in a second row."""
    text, number = _TONES[row.tone]
    bold = row.tone is Tone.STRONG
    most, tall = 1, False
    cells = []
    for column, span, value in zip(table.columns, spans, row.cells, strict=True):
        if type(value) is str:
            said = clean(value)
            room = widths[span[0] - 1] if span[1] == 1 else _room(span, widths)
            if len(said) * 9.2 > room * metrics.UNIT or "\n" in said:
                most = max(most, len(metrics.lines(said, room, 9, bold=bold)))
            value = said
            look = text
        else:
            look = number
        if column.kind is Kind.BOX:
            tall, look = True, Look.BOX
        elif column.kind is Kind.INTEGER:
            look = number
        cells.append(Placed(span[0], span[1], value, look))
    limit = _MOST_LINES[landscape]
    if most > limit:
        yield from _split(cells, widths, limit, bold=bold)
        return
    height = most * _SMALL + 4
    yield Line(max(height, _ROW_BOX) if tall else height, tuple(cells))


def _split(
    cells: Sequence[Placed], widths: Sequence[float], limit: int, *, bold: bool
) -> Iterator[Line]:
    broken = {
        c.column: metrics.lines(
            c.value, _room((c.column, c.span), widths), 9, bold=bold
        )
        for c in cells
        if isinstance(c.value, str)
    }
    most = max(map(len, broken.values()))
    for start in range(0, most, limit):
        part = []
        longest = 1
        for cell in cells:
            value: Cell = cell.value if start == 0 else ""
            if cell.column in broken:
                kept = broken[cell.column][start : start + limit]
                longest = max(longest, len(kept))
                value = "\n".join(kept)
            part.append(Placed(cell.column, cell.span, value, cell.look))
        yield Line(longest * _SMALL + 4, tuple(part))


# --- a page that flows -------------------------------------------------------


class _Flow:
    """Rows put one under the other, with page breaks where nothing is torn."""

    def __init__(self, *, landscape: bool) -> None:
        self.landscape = landscape
        room = LANDSCAPE if landscape else PORTRAIT
        self.widths = (round(room / _GRID, 2),) * _GRID
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
        full = self._used + height > _USABLE[self.landscape]
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
        alone = _Flow(landscape=self.landscape)
        for block in section.blocks:
            alone.block(block)
        height = sum(line.height for line in alone.lines) + _HEAD
        page = _USABLE[self.landscape]
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
        for line in _full(paragraph.text, _look(paragraph), _GRID, self.room):
            self.put([line])

    def fields(self, fields: Fields) -> None:
        """Labels on the left, values on the right."""
        left = 9
        for label, value in fields.pairs:
            said = clean(value) if isinstance(value, str) else value
            room = _room((left + 1, _GRID - left), self.widths)
            lines = metrics.lines(said, room, 10) if isinstance(said, str) else ("",)
            labelled = metrics.lines(
                clean(label), _room((1, left), self.widths), 9.5, bold=True
            )
            height = max(len(lines) * _LINE, len(labelled) * _LINE) + 2
            self.put(
                [
                    Line(
                        height,
                        (
                            Placed(1, left, clean(label), Look.LABEL),
                            Placed(left + 1, _GRID - left, said, Look.VALUE),
                        ),
                    )
                ]
            )

    def table(self, table: Table) -> None:
        """A table whose columns take spans of the grid."""
        spans = _spans(table.columns)
        header = _header(table, spans, self.widths)
        self.hold([header])
        for row in table.rows:
            for line in _row(table, row, spans, self.widths, self.landscape):
                self.put([line], header)

    def boxes(self, boxes: Sequence[Box]) -> None:
        """Signature boxes, two in a row."""
        half = _GRID // 2
        for start in range(0, len(boxes), 2):
            pair = boxes[start : start + 2]
            names, empty = [], []
            most = 1
            for rank, box in enumerate(pair):
                at = 1 + rank * half
                said = clean("\n".join(w for w in (box.name, box.capacity) if w))
                room = _room((at, half), self.widths)
                most = max(most, len(metrics.lines(said, room, 9)))
                names.append(Placed(at, half, said, Look.BOX_NAME))
                empty.append(Placed(at, half, "", Look.BOX))
            self.put([Line(most * _SMALL + 5, tuple(names)), Line(_BOX, tuple(empty))])

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
        end = min(max(round(done * _GRID / whole), at), _GRID - left)
        spans.append((at, end - at + 1))
        at = end + 1
    return spans


def _flow_sheet(minutes: Minutes, page: Page, name: str) -> Sheet:
    flow = _Flow(landscape=page.landscape)
    flow.put([*_heading_lines(minutes, page, _GRID, flow.room), Line(6.0, ())])
    for section in page.sections:
        flow.make_room(section)
        if section.title:
            flow.gap(8.0)
            heading = _full(section.title, Look.HEADING, _GRID, flow.room)
            flow.hold([*heading, Line(4.0, ())])
        for rank, block in enumerate(section.blocks):
            if rank and not isinstance(block, Paragraph):
                flow.gap(4.0)
            flow.block(block)
            if not isinstance(block, Paragraph) and rank < len(section.blocks) - 1:
                flow.gap(4.0)
    return Sheet(
        name=name,
        widths=flow.widths,
        landscape=page.landscape,
        header=0,
        top=tuple(flow.lines),
        page=page,
        table=None,
    )


def serial(value: dt.date | dt.time) -> float | int:
    """A date or a time as a spreadsheet counts it: days since 1899-12-30."""
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return value.toordinal() - _EPOCH


_EPOCH = dt.date(1899, 12, 30).toordinal()
