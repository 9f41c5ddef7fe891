# ruff: noqa: SLF001 - the fast ways of openpyxl (4 > version >= 3.1.5) are private
"""Minutes as an .xlsx workbook, the same bytes for the same register.

Rows are streamed (openpyxl's write-only mode) and styles are shared arrays, made
once a look: ten times faster than a style object a cell, and a constant memory.
Import it late: openpyxl is slow to load.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell as LibraryCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from jury_tui.minutes import completeness
from jury_tui.minutes.comparison import Difference, compare
from jury_tui.minutes.content import Cell, Minutes
from jury_tui.minutes.layout import sheets
from jury_tui.minutes.paper import Line, Look, Sheet, clean
from jury_tui.signing.package import normalise

__all__ = ["Difference", "compare", "workbook"]

FONT = "Arial"  # its metrics are those of Liberation Sans: the same breaks everywhere
_INK, _RULE, _FILL, _GREY = "FF1B2A41", "FFB8C0CC", "FFE9EDF3", "FF5F6B7A"
FORMATS = {
    "fr": {"date": "dd/mm/yyyy", "time": "hh:mm"},
    "en": {"date": "yyyy-mm-dd", "time": "hh:mm"},
}
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULAS = ("=", "+", "-", "@")
_MM = 1 / 25.4


def workbook(minutes: Minutes) -> bytes:
    """The workbook's bytes.

    Args:
        minutes: A document without fatal blockers.

    Raises:
        ExportError: a mandatory mention is still empty.
    """
    completeness.refuse(minutes.blockers)
    return rendered(minutes)


def rendered(minutes: Minutes) -> bytes:
    """The workbook's bytes, whatever is missing: for tests and benchmarks."""
    book = Workbook(write_only=True)
    _properties(book, minutes)
    styles: _Styles | None = None
    inside: Any = book  # what follows is private to openpyxl, and pinned below 4
    for sheet in sheets(minutes):
        target: Any = _Sheet(book, sheet.name)
        inside._add_sheet(target)
        styles = styles or _Styles(target, FORMATS[minutes.language])
        _write(target, sheet, minutes, styles)
    buffer = io.BytesIO()
    # Stored, since normalising rewrites the container anyway.
    ExcelWriter(book, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED)).save()
    return normalise(buffer.getvalue(), minutes.created)


def _properties(book: Workbook, minutes: Minutes) -> None:
    book.properties.creator = clean(minutes.subject)
    book.properties.title = clean(" ".join((minutes.title, minutes.number_line)))
    book.properties.identifier = clean(minutes.number)
    book.properties.language = minutes.language
    inside: Any = book
    normal = inside._named_styles["Normal"]
    normal.font = Font(name=FONT, size=10)
    inside._fonts[0] = normal.font  # the font that column widths are counted in


class _Sheet(WriteOnlyWorksheet):
    """A streamed sheet fed with ready cells.

    The library tries each value as a plain one first, and learns from an exception
    that it is a styled cell; its merged ranges are a set, whose order changes from
    run to run.
    """

    def _values_to_row(self, values: Sequence[Any], row_idx: int) -> Iterator[Any]:
        for cell in values:
            cell.row = row_idx
            yield cell


class _Cell(LibraryCell):
    """A cell of the pool: knows its column's letters and the number of its style."""

    __slots__ = ("letters", "number")
    letters: str
    number: int
    has_style = True

    @property
    def coordinate(self) -> str:
        return f"{self.letters}{self.row}"

    @property
    def style_id(self) -> int:
        return self.number


class _Styles:
    """One style for each look and kind of value, by its number in the workbook."""

    def __init__(self, sheet: Any, formats: dict[str, str]) -> None:
        self._sheet = sheet
        self._formats = formats
        self._made: dict[tuple[Look, object], int] = {}

    def of(self, look: Look, kind: object) -> int:
        """The number of the style of a look, for a kind of value."""
        made = self._made.get((look, kind))
        if made is None:
            made = self._made[look, kind] = self._make(look, kind)
        return made

    def _make(self, look: Look, kind: object) -> int:
        cell: Any = WriteOnlyCell(self._sheet)
        font, alignment, border, fill = _LOOKS[look]
        cell.font, cell.alignment, cell.border = font, alignment, border
        if fill is not None:
            cell.fill = fill
        if kind is dt.date:
            cell.number_format = self._formats["date"]
        elif kind is dt.time:
            cell.number_format = self._formats["time"]
        elif kind is int:
            cell.number_format = "0"
        elif kind == "quoted":  # stays text even when somebody edits the cell
            cell.quotePrefix = True
        number: int = cell.style_id
        return number


def _font(size: float, **more: Any) -> Font:
    return Font(name=FONT, size=size, **({"color": _INK} | more))


_THIN, _STRONG = Side("thin", color=_RULE), Side("medium", color=_INK)
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NONE = Border()
_TEXT = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center")
_CENTRE = Alignment(horizontal="center", vertical="center")
_SHADE = PatternFill("solid", fgColor=_FILL)
_LOOKS: dict[Look, tuple[Font, Alignment, Border, PatternFill | None]] = {
    Look.TITLE: (_font(15, bold=True), _MIDDLE, _NONE, None),
    Look.SUBTITLE: (_font(10, color=_GREY), _TEXT, Border(bottom=_STRONG), None),
    Look.HEADING: (
        _font(11.5, bold=True),
        Alignment(wrap_text=True, vertical="bottom"),
        Border(bottom=_THIN),
        None,
    ),
    Look.BODY: (_font(10), _TEXT, _NONE, None),
    Look.STRONG: (_font(10, bold=True), _TEXT, _NONE, None),
    Look.NOTE: (_font(9, italic=True, color=_GREY), _TEXT, _NONE, None),
    Look.LABEL: (_font(9.5, bold=True, color=_GREY), _TEXT, _NONE, None),
    Look.VALUE: (_font(10), Alignment("left", "top", wrap_text=True), _NONE, None),
    Look.HEADER: (_font(8.5, bold=True), _MIDDLE, _GRID, _SHADE),
    Look.TEXT: (_font(9), _MIDDLE, _GRID, None),
    Look.NUMBER: (_font(9), _CENTRE, _GRID, None),
    Look.BOX: (_font(9), _TEXT, _GRID, None),
    Look.BOX_NAME: (_font(9, bold=True), _TEXT, _GRID, _SHADE),
    Look.TEXT_STRONG: (_font(9, bold=True), _MIDDLE, _GRID, _SHADE),
    Look.TEXT_TOLD: (_font(9), _MIDDLE, _GRID, _SHADE),
    Look.NUMBER_STRONG: (_font(9, bold=True), _CENTRE, _GRID, _SHADE),
    Look.TEXT_MUTED: (_font(9, color=_GREY), _MIDDLE, _GRID, None),
    Look.NUMBER_MUTED: (_font(9, color=_GREY), _CENTRE, _GRID, None),
}


def _write(target: Any, sheet: Sheet, minutes: Minutes, styles: _Styles) -> None:
    count = len(sheet.widths)
    letters = [get_column_letter(n) for n in range(1, count + 1)]
    for letter, width in zip(letters, sheet.widths, strict=True):
        target.column_dimensions[letter].width = width
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.sheet_view.showGridLines = False
    if sheet.header:
        target.freeze_panes = f"A{sheet.header + 1}"
    merged: list[str] = []
    heights: dict[int, dict[str, str]] = {}
    target.merged_cells, target.row_dimensions = merged, heights
    pool = [_Cell(target, 1, rank) for rank in range(1, count + 1)]
    for cell, letter in zip(pool, letters, strict=True):
        cell.letters = letter
    last = 0
    for last, line in enumerate(sheet.lines(), start=1):
        heights.clear()
        heights[last] = {"ht": f"{line.height:.2f}", "customHeight": "1"}
        if line.breaks:
            target.row_breaks.append(Break(id=last - 1))
        target.append(_cells(line, pool, styles, merged, letters, last))
    _print_setup(target, sheet, minutes, f"A1:{letters[-1]}{max(last, 1)}")


def _cells(
    line: Line,
    pool: list[Any],
    styles: _Styles,
    merged: list[str],
    letters: list[str],
    row: int,
) -> list[Any]:
    """The row's cells, taken from the pool."""
    used = []
    for placed in line.cells:
        value, look, at = placed.value, placed.look, placed.column - 1
        cell = pool[at]
        _fill(cell, value, look, styles)
        used.append(cell)
        if placed.span > 1:
            end = at + placed.span - 1
            merged.append(f"{letters[at]}{row}:{letters[end]}{row}")
            for other in pool[at + 1 : end + 1]:
                _fill(other, "", look, styles)
                used.append(other)
    return used


def _fill(cell: Any, value: Cell, look: Look, styles: _Styles) -> None:
    """Set a value with its type: text is never a formula, whatever it begins with."""
    kind = type(value)
    if isinstance(value, str):
        hostile = value[:1] in _FORMULAS
        cell.number = styles.of(look, "quoted" if hostile else None)
        cell._value = escaped(value) or None
        cell.data_type = "s" if value else "n"
    else:
        cell.number = styles.of(look, kind)
        cell._value = value
        cell.data_type = "n" if kind is int else "d"


def escaped(text: str) -> str:
    """``_x0041_`` written so that no spreadsheet reads a letter from it."""
    return _ESCAPED.sub("_x005F_", text) if "_x" in text else text


def _print_setup(target: Any, sheet: Sheet, minutes: Minutes, area: str) -> None:
    target.print_area = area
    if sheet.header:
        target.print_title_rows = f"{sheet.header}:{sheet.header}"
    setup = target.page_setup
    setup.paperSize = 9  # A4
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    target.print_options.horizontalCentered = True
    margins = target.page_margins
    margins.left = margins.right = 15 * _MM
    margins.top, margins.bottom = 20 * _MM, 18 * _MM
    margins.header = margins.footer = 9 * _MM
    head, foot = target.oddHeader, target.oddFooter
    page = minutes.page_line.format(page="&P", pages="&N")
    head.left.text, head.right.text = (
        _marked(minutes.subject),
        _marked(minutes.number_line),
    )
    foot.left.text, foot.right.text = _marked(minutes.code_line), page
    for part in (head.left, head.right, foot.left, foot.right):
        part.size = 8
        part.font = f"{FONT},Regular"


def _marked(text: str) -> str:
    """A text of a header: ``&`` begins a code there, and 255 characters are all."""
    return clean(text)[:90].replace("&", "&&")
