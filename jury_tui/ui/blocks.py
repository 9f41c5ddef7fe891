"""Letters drawn in blocks, for those who read a wall from the back of a room.

Five dots by five, with the accents above; a dot is one cell wide and half a line high,
or as many times that as there is room for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

TALL, WIDE = 5, 5
"""Dots of a letter."""
_LETTERS = {
    "A": ".###. #...# ##### #...# #...#",
    "B": "####. #...# ####. #...# ####.",
    "C": ".#### #.... #.... #.... .####",
    "D": "####. #...# #...# #...# ####.",
    "E": "##### #.... ####. #.... #####",
    "F": "##### #.... ####. #.... #....",
    "G": ".#### #.... #..## #...# .####",
    "H": "#...# #...# ##### #...# #...#",
    "I": ".###. ..#.. ..#.. ..#.. .###.",
    "J": "..### ...#. ...#. #..#. .##..",
    "K": "#..## #.##. ##... #.##. #..##",
    "L": "#.... #.... #.... #.... #####",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#...# ##..# #.#.# #..## #...#",
    "O": ".###. #...# #...# #...# .###.",
    "P": "####. #...# ####. #.... #....",
    "Q": ".###. #...# #.#.# #..#. .##.#",
    "R": "####. #...# ####. #..#. #...#",
    "S": ".#### #.... .###. ....# ####.",
    "T": "##### ..#.. ..#.. ..#.. ..#..",
    "U": "#...# #...# #...# #...# .###.",
    "V": "#...# #...# #...# .#.#. ..#..",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#...# .#.#. ..#.. .#.#. #...#",
    "Y": "#...# .#.#. ..#.. ..#.. ..#..",
    "Z": "##### ...#. ..#.. .#... #####",
    "0": ".###. #..## #.#.# ##..# .###.",
    "1": "..#.. .##.. ..#.. ..#.. .###.",
    "2": "####. ....# .###. #.... #####",
    "3": "####. ....# .###. ....# ####.",
    "4": "#..#. #..#. ##### ...#. ...#.",
    "5": "##### #.... ####. ....# ####.",
    "6": ".###. #.... ####. #...# .###.",
    "7": "##### ....# ...#. ..#.. ..#..",
    "8": ".###. #...# .###. #...# .###.",
    "9": ".###. #...# .#### ....# .###.",
    "Æ": ".#### #.#.. ##### #.#.. #.###",
    "Œ": ".#### #.#.. #.### #.#.. .####",
    ":": ". # . # .",
    "✓": "....# ....# #..#. .#.#. ..#..",
    "✗": "#...# .#.#. ..#.. .#.#. #...#",
    "■": "##### ##### ##### ##### #####",
    "/": "....# ...#. ..#.. .#... #....",
    "-": "..... ..... .###. ..... .....",
    "'": "# # . . .",
    ".": ". . . . #",
    " ": "..... ..... ..... ..... .....",
}
_ABOVE = {
    "\N{COMBINING ACUTE ACCENT}": "...#. ..#..",
    "\N{COMBINING GRAVE ACCENT}": ".#... ..#..",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "..#.. .#.#.",
    "\N{COMBINING CARON}": ".#.#. ..#..",
    "\N{COMBINING DIAERESIS}": ".#.#. .....",
    "\N{COMBINING TILDE}": ".#.#. #.#..",
}
_BELOW = {"\N{COMBINING CEDILLA}": "..#.. .##.."}
_SAME = {"’": "'", "‑": "-", "–": "-", "\u00a0": " ", "\u202f": " "}
HALVES = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}


@lru_cache(512)
def _dots(text: str) -> tuple[str, ...] | None:
    """The dots of a text, line by line; None where a letter has none."""
    glyphs: list[list[str]] = []
    for letter in unicodedata.normalize("NFD", "".join(_SAME.get(c, c) for c in text)):
        if glyphs and letter in _ABOVE:
            rows, wide = glyphs[-1], len(glyphs[-1][0])
            start = (WIDE - wide) // 2
            rows[:2] = [row[start : start + wide] for row in _ABOVE[letter].split()]
        elif glyphs and letter in _BELOW:
            glyphs[-1][-2:] = _BELOW[letter].split()
        elif letter in _LETTERS:
            rows = _LETTERS[letter].split()
            blank = "." * len(rows[0])
            glyphs.append([blank, blank, *rows, blank, blank])
        else:
            return None
    lines = [".".join(parts) for parts in zip(*glyphs, strict=True)]
    above = 0 if any("#" in line for line in lines[:2]) else 2
    below = len(lines) if any("#" in line for line in lines[-2:]) else -2
    return tuple(lines[above:below])


def width(text: str, scale: int) -> int:
    """How many cells wide a text is drawn; 0 where it cannot be."""
    dots = _dots(text)
    return 0 if not dots else len(dots[0]) * scale


def drawn(text: str, scale: int) -> list[str]:
    """The lines of a text in blocks, each as long as the others.

    Args:
        text: What :func:`width` is not 0 of.
        scale: How many cells wide a dot is, and half lines high.
    """
    dots = [line for line in _dots(text) or () for _n in range(scale)]
    if len(dots) % 2:
        dots.append("." * len(dots[0]))
    return [
        "".join(HALVES[a + b] * scale for a, b in zip(upper, lower, strict=True))
        for upper, lower in zip(dots[::2], dots[1::2], strict=True)
    ]


def in_lines(text: str, scale: int, room: int, most: int) -> list[str]:
    """The words of a text in lines that are drawn in so many cells.

    Returns:
        None of them where they do not fit, or where a letter has no dots.
    """
    found: list[str] = []
    for word in text.split() if most > 1 else [text]:
        if not 0 < width(word, scale) <= room:
            return []
        longer = f"{found[-1]} {word}" if found else word
        if found and width(longer, scale) <= room:
            found[-1] = longer
        else:
            found.append(word)
    return found if len(found) <= most else []


LARGEST = 8
FEW = 99
"""How large is what is written."""


class Told(NamedTuple):
    """A text of the wall.

    Attributes:
        most: In how many lines of blocks it may be drawn; 0: it is written.
        share: How large, beside the largest: 2 is half.
    """

    text: str
    style: str = ""
    most: int = 0
    share: int = 1


def laid_out(told: Sequence[Told], room: int, height: int) -> list[tuple[str, str]]:
    """Texts one below the other, as large as the room allows.

    Where that is not enough, what is smaller than the largest is written, then names:
    figures are drawn as long as they can be.

    Returns:
        Lines and their styles.
    """
    large = [one if one.share == 1 else one._replace(share=FEW) for one in told]
    figures = [one if one.most < 2 else one._replace(share=FEW) for one in large]
    names = [
        scale
        for scale in range(1, LARGEST + 1)
        if any(
            in_lines(o.text.upper(), scale, room, o.most) for o in told if o.most > 1
        )
    ]
    # no figure dwarfs a name that has no room to be larger
    most = min(LARGEST, 2 * max(names, default=LARGEST))
    ways = [*((told, n) for n in range(most, 0, -1)), (large, 1), (figures, 1)]
    for ones, largest in ways:
        lines = [line for one in ones for line in _lines(one, room, largest)]
        if len(lines) <= height:
            return lines
    return [_written(one, room) for one in told]


def _lines(one: Told, room: int, largest: int) -> Iterator[tuple[str, str]]:
    most = one.most if one.share < FEW else 0
    for scale in range(max(1, largest // one.share), 0, -1):
        words = in_lines(one.text.upper(), scale, room, most) if most else []
        for number, line in enumerate(words):
            if number:
                yield "", ""
            for row in drawn(line, scale):
                yield row.replace(" ", "\u00a0"), one.style
        if words:
            return
    yield _written(one, room)


def _written(one: Told, room: int) -> tuple[str, str]:
    """A text that is not drawn; a name is set apart: as large as a terminal writes."""
    apart = " ".join(one.text)
    set_apart = one.most > 1 and len(apart) <= room
    return apart if set_apart else one.text, one.style
