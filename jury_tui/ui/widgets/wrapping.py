"""Where a paragraph is broken into lines.

Textual breaks at any space, the ones that French puts before a colon too, and begins
each line at the edge. Here a space that does not break does not, and what follows
stands below what it belongs to: beyond the indentation, and beyond a sign (“✗ …”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from rich.cells import cell_len
from textual.content import Content, Span

TWO = 150
"""From this width on, two texts stand side by side."""
APART = 4
"""Cells between the two."""
WIDE = "\u0300"
"""From this character on, one may take two cells, or none."""
_WORD = re.compile(
    r" *(?:(?:[=≥≤>×]|\(?\d{1,3}) (?!\())?[^ ]+"
    r"(?: \d{1,3}(?=[\u00a0.,;:)]|$)[^ ]*)? *| +"
)
"""A number stays with what it is said of: “≥ 8”, “6 voix”, “il en manque 1”."""
_HANG = re.compile(r" *(?:→ +(?![↑↓←→]))?(?:[^\w\s«(\[\"'“↑↓←→-] +)*")
"""What the first line of a paragraph begins with: spaces, perhaps a sign or two."""


def hang(text: str, width: int) -> int:
    """How many cells the lines after the first stand back."""
    found = _HANG.match(text)
    return min(cell_len(found.group()), width // 3) if found else 0


def breaks(text: str, width: int) -> list[int]:
    """Where each line of a paragraph begins, the first one left out.

    Args:
        text: The paragraph.
        width: The cells of a line; those after the first have less by the hang.
    """
    printable = text.replace("\u00a0", " ").isprintable()
    measured = len if printable and max(text, default="") < WIDE else cell_len
    found: list[int] = []
    room, used = width, 0
    back = hang(text, width)
    less = max(1, width - back)
    for word in _WORD.finditer(text):
        at, end = word.span()
        size = measured(word.group().rstrip(" "))
        if used > (0 if found else back) and used + size > room:
            found.append(at)
            room, used = less, 0
        while size > room - used:  # a word longer than a line
            cut = at + 1
            while cut < end and measured(text[at : cut + 1]) <= room - used:
                cut += 1
            cut = text.rfind("-", at + 1, cut) + 1 or cut
            found.append(cut)
            at, room, used = cut, less, 0
            size = measured(text[at:end].rstrip(" "))
        used += measured(text[at:end])
    return [at for at in found if at < len(text)]


def lines_of(
    text: str, spans: Sequence[Span], width: int
) -> Iterator[tuple[str, Sequence[Span]]]:
    """A paragraph and its styles in lines of at most so many cells."""
    if width <= 0 or cell_len(text) <= width:
        yield text, spans
        return
    back = hang(text, width)
    for start, end in pairwise((0, *breaks(text, width), len(text))):
        line = text[start:end].rstrip()
        end = start + len(line)
        shift = (back if start else 0) - start
        yield (
            " " * back + line if start else line,
            [
                Span(max(s.start, start) + shift, min(s.end, end) + shift, s.style)
                for s in spans
                if s.start < end and s.end > start
            ],
        )


def broken(content: Content, width: int) -> list[Content]:
    """A text in lines of at most so many cells."""
    return [
        Content(text, list(spans))
        for paragraph in content.split("\n", allow_blank=True)
        for text, spans in lines_of(paragraph.plain, paragraph.spans, width)
    ]


def beside(left: Content, right: Content, width: int, other: int = 0) -> Content:
    """Two texts in two columns.

    Args:
        left: What stands on the left.
        right: What stands on the right.
        width: The cells of the left column.
        other: Those of the right one, when it has not as many.
    """
    pairs = zip_longest(
        broken(left, width), broken(right, other or width), fillvalue=Content("")
    )
    gap = width + APART
    lines = [
        (one + " " * (gap - one.cell_length) + other if other.plain else one) + "\n"
        for one, other in pairs
    ]
    return Content.assemble(*lines)
