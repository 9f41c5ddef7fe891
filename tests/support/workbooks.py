"""Sample workbooks, as the spreadsheet library writes them and as the room signs."""

from __future__ import annotations

import datetime as dt
import functools
import io

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from jury_tui.signing.package import normalise

MOMENT = dt.datetime(2026, 11, 23, 17, 30, tzinfo=dt.UTC)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook, normalised."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return normalise(buffer.getvalue(), MOMENT)


def _sheet(workbook: openpyxl.Workbook, title: str) -> Worksheet:
    sheet: Worksheet = workbook.create_sheet(title)
    sheet["A1"], sheet["B1"] = "Candidat", "Décision"
    sheet["A2"], sheet["B2"] = "LEROY Samira", "validation totale"
    return sheet


@functools.cache
def plain(*, sheets: int = 2) -> bytes:
    """A workbook with text only."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for number in range(sheets):
        _sheet(workbook, f"Feuille {number + 1}")
    return saved(workbook)


@functools.cache
def rich(*, target: str = "https://example.org/vae") -> bytes:
    """A workbook with hyperlinks, comments, a defined name and a table of votes."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    first = _sheet(workbook, "Décisions")
    first["A3"] = "Textes"
    first["A3"].hyperlink = target
    first["A4"] = "Note"
    first["A4"].comment = Comment("Voix prépondérante", "Secrétariat")
    _sheet(workbook, "Votes")
    workbook.defined_names["Decisions"] = DefinedName(
        "Decisions", attr_text="'Décisions'!$B$2:$B$9"
    )
    return saved(workbook)


@functools.cache
def large(*, sheets: int = 20, rows: int = 100, columns: int = 10) -> bytes:
    """Many cells: the size that the benchmarks sign."""
    workbook = openpyxl.Workbook(write_only=True)
    for number in range(sheets):
        sheet = workbook.create_sheet(f"Candidat {number + 1}")
        for row in range(rows):
            sheet.append([f"{number}-{row}-{column}" for column in range(columns)])
    return saved(workbook)
