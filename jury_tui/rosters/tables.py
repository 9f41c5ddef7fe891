"""A table of cells from the bytes of a .csv or .xlsx file, bounded and typed.

Every byte was written by somebody else: sizes are bounded before anything is
unpacked, formulas are not evaluated, and any fault is a ``RosterError``.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from jury_tui.errors import RosterError
from jury_tui.i18n import N_, folded

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

MAX_BYTES = 8 << 20
MAX_UNPACKED = 64 << 20
MAX_PARTS = 500
MAX_LINES = 5000
MAX_COLUMNS = 100

Cell = str | dt.date | dt.time
"""What a cell holds: text, or a real date or time of a workbook."""

_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPE = tuple(
    "<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")
)


class Formula(msgspec.Struct, frozen=True):
    """A cell that computes its value, or shows an error: it is never evaluated."""

    shown: str


class Line(msgspec.Struct, frozen=True):
    """One line of the file: its number, from 1, and its cells."""

    number: int
    cells: tuple[Cell | Formula, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is written on it."""
        return all(cell == "" for cell in self.cells)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The lines of a file, and what is worth saying of how it was read."""

    file: str
    lines: tuple[Line, ...]
    cp1252: bool = False
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def read(path: Path, sheets: Sequence[str] = ()) -> Table:
    """The table of a file, by its content rather than its name.

    Args:
        path: A .csv or .xlsx file.
        sheets: Names of the sheet wanted, folded; the first sheet otherwise.

    Raises:
        RosterError: it cannot be read; the sentence says what to do.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise RosterError(why_closed(error), file=str(path)[:300]) from error
    if len(data) > MAX_BYTES:
        raise RosterError(
            N_("{file} is too large for a list of people ({limit} MB at most)."),
            file=name,
            limit=MAX_BYTES >> 20,
        )
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, name, sheets)
    if data.startswith(_OLE):
        raise RosterError(
            N_(
                "{file} is an old .xls workbook, or one with a password: "
                "save it as .xlsx without password."
            ),
            file=name,
        )
    return _text(data, name)


def why_closed(error: OSError | ValueError) -> str:
    """The msgid, with ``{file}``, of why a file cannot be opened to be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return N_("There is no file {file}: check its name and its folder.")
    if isinstance(error, IsADirectoryError):
        return N_("{file} is a folder: give the file itself.")
    if isinstance(error, PermissionError):
        return N_("You may not read {file}: ask for the permission, or for a copy.")
    return N_("{file} cannot be opened: check its name, and the disk it is on.")


# --- text --------------------------------------------------------------------


def _text(data: bytes, name: str) -> Table:
    text, cp1252 = _decoded(data, name)
    if "\0" in text:
        raise RosterError(
            N_("{file} is not a text file: save the list as .csv or .xlsx."), file=name
        )
    return Table(file=name, lines=tuple(_records(text, name)), cp1252=cp1252)


def _decoded(data: bytes, name: str) -> tuple[str, bool]:
    """The text, and whether it had to be taken for Windows-1252."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's "Unicode text"
            return data.decode("utf-16"), False
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252"), True
        except UnicodeDecodeError as error:
            raise RosterError(
                N_(
                    "{file} is neither UTF-8 nor Windows text: "
                    "save the list as “CSV UTF-8” or .xlsx."
                ),
                file=name,
            ) from error


def _records(text: str, name: str) -> Iterator[Line]:
    start = 1
    first, _end, rest = text.partition("\n")
    if folded(first).startswith("sep="):  # a line that Excel writes for itself
        text, start = rest, 2
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    before = 0
    try:
        for number, record in enumerate(reader):
            if number >= MAX_LINES:
                raise _too_many(name)
            if len(record) > MAX_COLUMNS:
                raise _too_wide(name)
            cells = tuple(cell.strip() for cell in record)
            yield Line(start + before, cells)
            before = reader.line_num
    except csv.Error as error:
        raise RosterError(
            N_(
                "{file}, line {line}: this is not a line of a .csv file ({detail}). "
                "Check its quotation marks."
            ),
            file=name,
            line=start + before,
            detail=str(error),
        ) from error


def _delimiter(text: str) -> str:
    """What separates the columns: the most frequent mark of the first lines."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:10]
    return max(";,\t", key=lambda mark: sum(line.count(mark) for line in head))


# --- workbook ----------------------------------------------------------------


def _workbook(data: bytes, name: str, sheets: Sequence[str]) -> Table:
    _check_package(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that a list has no use for
            return _sheet(data, name, sheets)
    except RosterError:
        raise
    # openpyxl lets through whatever a damaged part makes it do: KeyError, TypeError,
    # ParseError… One sentence is the answer to all of them.
    except Exception as error:
        raise _damaged(name) from error


def _check_package(data: bytes, name: str) -> None:
    """Refuse what would unpack without end, and XML that defines its own entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            # what is declared binds: zipfile never unpacks more than that
            if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_UNPACKED:
                raise RosterError(
                    N_(
                        "{file} is too large once unpacked: "
                        "copy the list alone into a new workbook."
                    ),
                    file=name,
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    content = package.read(part)
                    if any(mark in content for mark in _DOCTYPE):
                        raise _damaged(name)
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError,
        ValueError, RuntimeError, NotImplementedError,
    ) as error:  # fmt: skip
        raise _damaged(name) from error


def _sheet(data: bytes, name: str, sheets: Sequence[str]) -> Table:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        titled = {folded(sheet.title): sheet for sheet in book.worksheets}
        if not titled:
            raise _damaged(name)
        chosen = next((titled[s] for s in sheets if s in titled), book.worksheets[0])
        chosen.reset_dimensions()  # what a file says of its own size may be false
        lines: list[Line] = []
        for number, row in enumerate(
            chosen.iter_rows(max_row=MAX_LINES + 1, max_col=MAX_COLUMNS + 1), 1
        ):
            cells = tuple(_cell(cell) for cell in row)
            while cells and cells[-1] == "":
                cells = cells[:-1]
            if cells and number > MAX_LINES:
                raise _too_many(name)
            if len(cells) > MAX_COLUMNS:
                raise _too_wide(name)
            lines.append(Line(number, cells))
        return Table(
            file=name,
            lines=tuple(lines),
            sheet=str(chosen.title),
            other_sheets=tuple(
                str(s.title) for s in book.worksheets if s.title != chosen.title
            ),
        )
    finally:
        book.close()


def _cell(cell: SheetCell | ReadOnlyCell | EmptyCell | Any) -> Cell | Formula:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return Formula(str(value)[:60])
    if isinstance(value, dt.datetime):
        return value.time() if value.date() == dt.date(1899, 12, 30) else value.date()
    if isinstance(value, dt.date | dt.time):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def _damaged(name: str) -> RosterError:
    return RosterError(
        N_(
            "{file} cannot be read as an .xlsx workbook: "
            "open it in a spreadsheet program and save it again."
        ),
        file=name,
    )


def _too_many(name: str) -> RosterError:
    return RosterError(
        N_("{file} has more than {limit} lines: that is not a list of a jury."),
        file=name,
        limit=MAX_LINES,
    )


def _too_wide(name: str) -> RosterError:
    return RosterError(
        N_("{file} has more than {limit} columns: keep those of the list."),
        file=name,
        limit=MAX_COLUMNS,
    )
