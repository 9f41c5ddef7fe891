"""Lists of people as files: written as spreadsheets write them, for the tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import openpyxl

Row = dict[str, str]
"""One person of a list: what stands under each header."""

NAMES = (
    *("Aubry", "Besson", "Chauvet", "Delmas", "Escoffier", "Fontaine", "Guérin"),
    *("Hébrard", "Imbert", "Joubert", "Lacaze", "Maréchal", "Nogaret", "Orliac"),
    *("Pélissier", "Quéré"),
)
"""Invented, with accents; the list's people have them in this order."""


class Form(StrEnum):
    """A form in which a spreadsheet program saves a list."""

    COMMA = "csv, commas"
    SEMICOLON = "csv, semicolons"
    MARKED = "csv, semicolons, byte order mark"
    WINDOWS = "csv, semicolons, Windows-1252"
    TABS = "text, tabs, UTF-16"
    WORKBOOK = "xlsx"


_TEXT = {
    Form.COMMA: (",", "utf-8"),
    Form.SEMICOLON: (";", "utf-8"),
    Form.MARKED: (";", "utf-8-sig"),
    Form.WINDOWS: (";", "cp1252"),
    Form.TABS: ("\t", "utf-16"),
}


def held(seat: str, number: int = 1, /, **facts: str) -> tuple[Row, ...]:
    """So many people of one seat, with the same facts.

    Args:
        seat: The seat's id or label; several by ``|``.
        number: How many people.
        facts: Header to cell; ``_`` in a header stands for a space.
    """
    row = {"Siège": seat} | {k.replace("_", " "): v for k, v in facts.items()}
    return tuple(dict(row) for _each in range(number))


def jury(*groups: Sequence[Row]) -> tuple[Row, ...]:
    """Everybody of these groups, named in order, women and men in turn."""
    everybody = [row for group in groups for row in group]
    return tuple(
        {
            "Nom": name,
            "Sexe": ("Mme", "M.")[number % 2],
            "Date de l'acte": "04/01/2001",
            "Autorité de nomination": "le président",
        }
        | row
        for number, (name, row) in enumerate(
            zip(NAMES[: len(everybody)], everybody, strict=True)
        )
    )


def change(rows: Sequence[Row], number: int, /, **facts: str) -> tuple[Row, ...]:
    """The same people, but for some facts of the one on this line (from 1)."""
    new = {k.replace("_", " "): v for k, v in facts.items()}
    return tuple(r | new if n == number else r for n, r in enumerate(rows, 1))


def write(folder: Path, stem: str, rows: Sequence[Row], form: Form) -> Path:
    """The list as a file.

    Args:
        folder: Where.
        stem: The file's name; its ending says the form.
        rows: The people; a fact that a row lacks is an empty cell.
        form: How it is saved.
    """
    headers = list(dict.fromkeys(header for row in rows for header in row))
    lines = [headers, *([row.get(header, "") for header in headers] for row in rows)]
    if form is Form.WORKBOOK:
        path = folder / f"{stem}.xlsx"
        book = openpyxl.Workbook()
        for line in lines:
            book.worksheets[0].append(line)
        book.save(path)
        return path
    delimiter, encoding = _TEXT[form]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    path = folder / f"{stem}.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path
