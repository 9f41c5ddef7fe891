"""How wide a text is on paper, and where it breaks: spreadsheets do not say.

Neither Excel nor LibreOffice sizes the rows of merged cells, so heights are reckoned
here, from the advance widths of Arial (those of Helvetica and Liberation Sans).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths in thousandths of an em, for the printable ASCII from the space on.
_ASCII = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
_OTHERS = {
    "\u00a0": 278, "\u202f": 200, "’": 222, "‘": 222, "“": 333, "”": 333,
    "«": 556, "»": 556, "–": 556, "—": 1000, "…": 1000, "œ": 944, "Œ": 1000,
    "æ": 889, "Æ": 1000, "°": 400, "·": 278, "•": 350, "≥": 549, "≤": 549, "✓": 800,
}  # fmt: skip
_SAFETY = 1.03  # what rounding and another font may add
_BOLD = 1.08
UNIT = 5.25
"""Points a unit of column width takes: a digit of Arial 10 at 96 dots an inch."""
_PADDING = 5.0


@lru_cache(maxsize=4096)
def _advance(char: str) -> int:
    if " " <= char <= "~":
        return _ASCII[ord(char) - 32]
    if char in _OTHERS:
        return _OTHERS[char]
    base = unicodedata.normalize("NFD", char)[0]
    if " " <= base <= "~":
        return _ASCII[ord(base) - 32]
    if unicodedata.combining(char):
        return 0
    return 1000 if unicodedata.east_asian_width(char) in "WF" else 667


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in points, on the safe side."""
    ems = sum(map(_advance, text)) * size / 1000
    return ems * _SAFETY * (_BOLD if bold else 1)


@lru_cache(maxsize=8192)
def lines(
    text: str, room: float, size: float, *, bold: bool = False
) -> tuple[str, ...]:
    """A text broken as a spreadsheet breaks it.

    Args:
        text: The text; its own line feeds stay.
        room: The width of the cell, in units of column width.
        size: The font's size in points.
        bold: Whether it is set in bold.
    """
    points = max(room * UNIT - _PADDING, size)
    if "\n" not in text and len(text) * size * 1.015 * _SAFETY * _BOLD <= points:
        return (text,)
    broken: list[str] = []
    for part in text.split("\n"):
        broken += _broken(part, points, size, bold=bold)
    return tuple(broken)


def _broken(text: str, points: float, size: float, *, bold: bool) -> list[str]:
    found: list[str] = []
    line, used = "", 0.0
    space = width(" ", size, bold=bold)
    for word in text.split(" "):
        long = width(word, size, bold=bold)
        if line and used + space + long <= points:
            line, used = f"{line} {word}", used + space + long
            continue
        if line:
            found.append(line)
        line, used = word, long
        while used > points:  # a word wider than the cell is cut wherever it must be
            kept = _fitting(line, points, size, bold=bold)
            found.append(line[:kept])
            line = line[kept:]
            used = width(line, size, bold=bold)
    return [*found, line]


def _fitting(text: str, points: float, size: float, *, bold: bool) -> int:
    used, kept = 0.0, 0
    for char in text:
        used += width(char, size, bold=bold)
        if used > points:
            break
        kept += 1
    return max(kept, 1)
