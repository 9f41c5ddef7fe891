"""The latest sessions of a folder, at once: the first lines of its catalogue.

The file of the catalogue holds the sessions as they are listed, the latest first: a
screenful of them is decoded from its first kilobytes, where twenty thousand take a
tenth of a second.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from jury_tui.register.disk import DISK
from jury_tui.register.entries import Entry

FOLDER = ".catalogue"
ENTRIES = "entries.json"
VERSION = 2
_LISTED = (1, VERSION)
"""Those whose entries are these; their index of names is perhaps another."""
_BYTES = 1 << 16
_BETWEEN = b'},{"'
"""Between two entries; within a string each quotation mark follows a backslash."""


class Saved(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the file of the catalogue holds.

    Attributes:
        version: Of the format.
        names: The size of the index of names it goes with.
        count: How many entries there are, if they are in order; else 0.
        altered: How many of their registers were altered.
        entries: The sessions.
    """

    version: int
    names: int
    count: int = 0
    altered: int = 0
    entries: list[Entry] = []


_decoder = msgspec.json.Decoder(Saved)


def saved(data: bytes) -> Saved:
    """The whole file.

    Raises:
        msgspec.MsgspecError, ValueError, RecursionError: it is damaged.
    """
    return _decoder.decode(data)


def latest(folder: Path) -> Saved | None:
    """The latest sessions, and how many there are; None where that takes longer."""
    try:
        file = DISK.open(folder / FOLDER / ENTRIES, "read")
        try:
            data = file.read(0, _BYTES)
        finally:
            file.close()
        if len(data) == _BYTES:
            data = data[: data.rindex(_BETWEEN)] + b"}]}"
        first = saved(data)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return first if first.version in _LISTED and first.count else None
