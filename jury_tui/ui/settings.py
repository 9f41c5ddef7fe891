"""What the program remembers between two runs: theme, language, last session.

A preference that cannot be read or written never stops the program: the defaults
are used, and the screen says nothing.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from jury_tui.register.disk import DISK
from jury_tui.ui.themes import DEFAULT, THEMES

MAX_BYTES = 10_000


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Preferences.

    Attributes:
        theme: A name of ``themes.THEMES``.
        last: The folder of the last session opened.
        files: The folder from which a file was last taken.
    """

    theme: str = DEFAULT
    last: str = ""
    files: str = ""


def read(path: Path | None) -> Settings:
    """The preferences kept in a file; the defaults if it is absent or damaged."""
    if path is None:
        return Settings()
    try:
        with path.open("rb") as file:
            kept = msgspec.json.decode(file.read(MAX_BYTES), type=Settings)
    except (OSError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return Settings()
    return (
        kept if kept.theme in THEMES else msgspec.structs.replace(kept, theme=DEFAULT)
    )


def write(path: Path | None, settings: Settings) -> bool:
    """Keep the preferences.

    Returns:
        Whether they could be kept.
    """
    if path is None:
        return False
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        DISK.note(part, msgspec.json.format(msgspec.json.encode(settings)))
        part.replace(path)
    except OSError:
        return False
    return True
