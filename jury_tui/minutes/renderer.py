"""Which program wrote a workbook: the fingerprint of all that words the minutes.

A sentence put better in a later version must not make old minutes look altered. The
register keeps, with each export, the fingerprint of the program that wrote it: where
today's differs, and the bytes are those that the register recorded, a difference of
wording is a note and not an accusation.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_ROOMS = ("minutes", "rules", "session")


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits over the sources and sentences of the minutes."""
    digest = hashlib.sha256()
    files = [p for room in _ROOMS for p in (_PACKAGE / room).rglob("*.py")]
    files += [*(_PACKAGE / "locale").rglob("*.mo"), _PACKAGE / "i18n.py"]
    for path in sorted(files):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def may_word_otherwise(renderer: str) -> bool:
    """Whether another version wrote it, which may have worded things otherwise."""
    return bool(renderer) and renderer != fingerprint()
