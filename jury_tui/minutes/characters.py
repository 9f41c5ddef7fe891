"""Characters that have no place in published minutes, whatever a register holds."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u00ad\u200c\u200d"  # soft hyphen and joiners: part of written words


def turns(character: str) -> bool:
    """Whether it only reorders or hides what stands around it on a line.

    A name that holds one (a right-to-left override) reads differently from what it
    is. No command lets it in; a register that was made by hand may hold it.
    """
    return unicodedata.category(character) == "Cf" and character not in _JOINERS
