"""Files that lie where one may have put them, and asking for one of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jury_tui.i18n import _
from jury_tui.ui.widgets.lines import Cell, Row

if TYPE_CHECKING:
    from jury_tui.ui.screens.base import JuryScreen

LISTS = (".csv", ".xlsx")
KEYS = (".p12", ".pfx")
CERTIFICATES = (".pem", ".crt", ".cer")
SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
TYPED = "\0"
"""The key of the line to type a path; no path, and not empty: that chooses nothing."""
MOST_FILES = 200
_MOST_LOOKED_AT = 5000


def nearby(folders: Iterable[Path], suffixes: tuple[str, ...]) -> list[Path]:
    """Files of these kinds in some folders, each once; a folder may not be there."""
    found: dict[Path, None] = {}
    for folder in folders:
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        for path in inside[:_MOST_LOOKED_AT]:
            if len(found) >= MOST_FILES:
                return list(found)
            if path.suffix.lower() in suffixes and path.is_file():
                found[path.resolve()] = None
    return list(found)


def around(screen: JuryScreen) -> tuple[Path, ...]:
    """Where one looks first: here, beside the sessions, the exports, the keys."""
    app = screen.jury
    above = app.sessions.parent
    return (Path.cwd(), app.sessions, above, app.exports, above / "keys", Path("keys"))


async def ask_file(
    screen: JuryScreen, question: str, suffixes: tuple[str, ...]
) -> Path | None:
    """Ask for a file: one of those near, or a path that is typed.

    Returns:
        The path, which need not exist; None when given up.
    """
    files = nearby(around(screen), suffixes)
    if files:
        rows = [
            *(Row(str(p), (Cell(f"{p.name}   {p.parent}"),), p.name) for p in files),
            Row(TYPED, (Cell(_("(type a path)"), "key"),), ""),
        ]
        chosen = await screen.pick(question, rows)
        if chosen is None:
            return None
        if chosen != TYPED:
            return Path(chosen)
    typed = await screen.ask(question, hint=_("path of the file"))
    if not typed:
        return None
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # "~nobody" names no home
        return Path(typed)
