"""A sheet of paper in cells: places, heights, the looks of a cell. No library yet."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from jury_tui.minutes import metrics
from jury_tui.minutes.characters import turns
from jury_tui.minutes.content import (
    Cell,
    Kind,
    Page,
    Paragraph,
    Row,
    Style,
    Table,
    Tone,
)

PORTRAIT, LANDSCAPE = 91.0, 134.0
"""Width between the margins, in units of column width."""
USABLE = {False: 716.0, True: 462.0}  # points of height, landscape or not
_MOST_LINES = {False: 40, True: 24}
LINE = 12.75
SMALL = 11.5
_ROW_BOX = 28.0  # a centimetre to sign in: thirteen members stay on one page
_LONG = 60  # characters from which a text is read, not glanced at: never in bold
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
    TEXT_TOLD = "text_told"
    NUMBER_STRONG = "number_strong"
    TEXT_MUTED = "text_muted"
    NUMBER_MUTED = "number_muted"


SIZES = {
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
    Look.TEXT_TOLD: (9, False),
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
                yield from row_lines(
                    self.table, row, spans, self.widths, self.landscape
                )


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
        if not turns(c)
    )
    return kept[:LONGEST]


def full_width(text: str, look: Look, count: int, room: float) -> list[Line]:
    """A text over the whole width, on as many rows as it needs."""
    size, bold = SIZES[look]
    broken = metrics.lines(clean(text), room, size, bold=bold)
    pitch = line_height(size)
    made = []
    for start in range(0, len(broken), _MOST_LINES[False]):
        part = broken[start : start + _MOST_LINES[False]]
        height = len(part) * pitch + _AIR.get(look, 3.0)
        said = " ".join(part) if "\n" not in text else "\n".join(part)
        made.append(Line(height, (Placed(1, count, said, look),)))
    return made


_AIR = {Look.TITLE: 10.0, Look.SUBTITLE: 10.0, Look.HEADING: 9.0, Look.BODY: 4.0}


def line_height(size: float) -> float:
    """Points from one line to the next."""
    return size * 1.28


def look_of(paragraph: Paragraph) -> Look:
    """How a paragraph looks."""
    return {
        Style.BODY: Look.BODY,
        Style.STRONG: Look.STRONG,
        Style.NOTE: Look.NOTE,
    }[paragraph.style]


def room_of(span: tuple[int, int], widths: Sequence[float]) -> float:
    """The width of merged columns."""
    at, count = span
    return sum(widths[at - 1 : at - 1 + count])


def header_line(
    table: Table, spans: Sequence[tuple[int, int]], widths: Sequence[float]
) -> Line:
    """The header of a table, as high as its longest title."""
    most = 1
    cells = []
    for column, span in zip(table.columns, spans, strict=True):
        title = clean(column.title)
        broken = metrics.lines(title, room_of(span, widths), 8.5, bold=True)
        most = max(most, len(broken))
        cells.append(Placed(*span, title, Look.HEADER))
    return Line(most * SMALL + 6, tuple(cells))


def row_lines(
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
            told = bold and len(said) > _LONG
            look = Look.TEXT_TOLD if told else text
            room = widths[span[0] - 1] if span[1] == 1 else room_of(span, widths)
            if len(said) * 9.2 > room * metrics.UNIT or "\n" in said:
                broken = metrics.lines(said, room, 9, bold=bold and not told)
                most = max(most, len(broken))
            value = said
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
    height = most * SMALL + 4
    yield Line(max(height, _ROW_BOX) if tall else height, tuple(cells))


def _split(
    cells: Sequence[Placed], widths: Sequence[float], limit: int, *, bold: bool
) -> Iterator[Line]:
    broken = {
        c.column: metrics.lines(
            c.value, room_of((c.column, c.span), widths), 9, bold=bold
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
        yield Line(longest * SMALL + 4, tuple(part))


def serial(value: dt.date | dt.time) -> float | int:
    """A date or a time as a spreadsheet counts it: days since 1899-12-30."""
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return value.toordinal() - _EPOCH


_EPOCH = dt.date(1899, 12, 30).toordinal()
