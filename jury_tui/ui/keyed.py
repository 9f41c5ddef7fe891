"""Keys in sentences: between brackets, and bold where the screen can show it.

A sentence writes a key as ``[u]``, in every language: so it is told from the letter of
a component without any colour, on paper and by a screen reader too. Text from people
may hold brackets: :func:`unkeyed` says that those are no key's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jury_tui.ui.light import TONES
from jury_tui.ui.widgets.rows import SPARED, Cell
from jury_tui.ui.words import plain

_KEY = re.compile(r"(\[[^\[\]]+\])")
_NONE = "\ue000"
"""In the place of a bracket from people; ``plain`` leaves none of theirs."""


def unkeyed(text: str) -> str:
    """Text from people, for a sentence that names keys."""
    return plain(text).replace("[", _NONE)


@lru_cache(512)
def keyed(sentence: str) -> tuple[Cell, ...]:
    """A sentence in cells, its keys apart.

    What follows a line break is left out where all does not fit.
    """
    kept, broken, more = sentence.partition("\n")
    cells = [_cell(part) for part in _KEY.split(kept) if part]
    if broken:
        cells += [_cell(part, SPARED) for part in _KEY.split(more) if part]
    return tuple(cells)


def _cell(part: str, short: str = "") -> Cell:
    tone = "key" if _KEY.fullmatch(part) else ""
    return Cell(part.replace(_NONE, "["), tone, short)


def keyed_text(text: str, style: str = "") -> list[tuple[str, str]]:
    """The same in parts of a ``Content``, for texts of the program's own."""
    return [
        (part, f"bold {TONES['key']}" if _KEY.fullmatch(part) else style)
        for part in _KEY.split(text)
        if part
    ]
