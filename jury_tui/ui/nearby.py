"""Files that lie where one may have put them, and asking for one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jury_tui.i18n import _, clock, folded, short_date
from jury_tui.ui.widgets.path import is_file
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import SOFT, at_home

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
    """Files of these kinds in some folders, each once, those of today first.

    A folder may not be there; of two written at one time, that of the first folder.
    """
    found: dict[Path, float] = {}
    for folder in folders:
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        for path in inside[:_MOST_LOOKED_AT]:
            if len(found) >= MOST_FILES:
                break
            if path.suffix.lower() in suffixes and path.is_file():
                found.setdefault(path.resolve(), _written(path))
    return sorted(found, key=lambda path: -found[path])


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # gone meanwhile: last
        return 0.0


def around(screen: JuryScreen) -> tuple[Path, ...]:
    """Where one looks: where one took a file last, here, and where files arrive."""
    app = screen.jury
    above = app.sessions.parent
    last = (Path(app.kept.files),) if app.kept.files else ()
    here = (Path.cwd(), app.sessions, above, app.exports, above / "keys", Path("keys"))
    return (*last, *here, *_arrivals())


def _arrivals() -> tuple[Path, ...]:
    """The folders where a mail program or a spreadsheet puts files, in both tongues."""
    home = at_home()
    names = ("Downloads", "Téléchargements", "Documents", "Desktop", "Bureau")
    return () if home is None else tuple(home / name for name in names)


def _place(path: Path) -> str:
    """A file's folder, as short as it can be said."""
    folder, here, home = path.parent, Path.cwd(), at_home()
    if folder == here:
        return _("this folder")
    for base, said in ((here, "."), (home, "~")):
        if base is not None and folder.is_relative_to(base):
            return str(Path(said) / folder.relative_to(base))
    return str(folder)


def _when(path: Path) -> str:
    """The day and the hour a file was written, as a person reads them."""
    at = dt.datetime.fromtimestamp(_written(path)).astimezone()
    return f"{short_date(at.date())} {clock(at)}"


async def ask_file(
    screen: JuryScreen,
    question: str,
    suffixes: tuple[str, ...],
    likely: tuple[str, ...] = (),
) -> Path | None:
    """Ask for a file: one of those near, or a path that is completed as one types.

    Args:
        screen: Where it is asked.
        question: What is asked.
        suffixes: Kinds of files, with their dot.
        likely: Words in the names of those that come first.

    Returns:
        The path, which need not exist; None when given up.
    """
    files = nearby(around(screen), suffixes)
    files.sort(key=lambda path: not any(word in folded(path.name) for word in likely))
    typed: str | None = TYPED
    if files:
        rows = [
            *(
                Row(
                    str(p),
                    (Cell(p.name), Cell(_when(p), SOFT), Cell(_place(p), SOFT)),
                    p.name,
                )
                for p in files
            ),
            Row(TYPED, (Cell(_("(another file)"), "key"),), ""),
        ]
        columns = (
            Column("", 24, grow=True, most=60),
            Column("", 18, least=80),
            Column("", 20, grow=True),
        )
        typed = await screen.pick(question, rows, *columns)
    if typed == TYPED:
        base = Path(screen.jury.kept.files or Path.cwd())
        typed = await screen.ask_path(question, suffixes, base)
    if not typed:
        return None
    path = Path(typed)
    if is_file(path):
        screen.jury.remember_folder(path.parent)
    return path
