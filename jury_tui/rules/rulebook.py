"""Rulebooks: read, ship, load, and stack the three sources of rules.

The law in force, the certification's text and the establishment's own rules stack;
each clause keeps its own citation. Which version of each applies is chosen by its
key date, so that one session may judge two candidates under two regimes.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from jury_tui.errors import RulebookError
from jury_tui.i18n import N_
from jury_tui.rules.model import Kind, Rulebook
from jury_tui.rules.reader import MAX_BYTES, read
from jury_tui.rules.references import near
from jury_tui.rules.stack import RouteRules, Rules, stack

__all__ = ["RouteRules", "Rules", "laws", "library", "load", "read", "source", "stack"]

_shipped: dict[str, Rulebook] = {}
_texts: dict[str, tuple[str, str]] = {}


def library() -> dict[str, Rulebook]:
    """The rulebooks that ship with the program, by code, sorted.

    Raises:
        RulebookError: a shipped file is damaged.
    """
    if not _shipped:
        for entry in resources.files("jury_tui").joinpath("rulebooks").iterdir():
            if entry.name.endswith(".toml"):
                text = entry.read_text("utf-8")
                book = read(text, entry.name)
                _texts[book.code] = (entry.name, text)
                _shipped[book.code] = book
    return dict(sorted(_shipped.items()))


def laws() -> tuple[Rulebook, ...]:
    """The general law that ships: it stacks under every certification."""
    return tuple(book for book in library().values() if book.kind is Kind.LAW)


def load(code_or_path: str) -> Rulebook:
    """A shipped rulebook by its code, or a file.

    Raises:
        RulebookError: no such code or file, or it cannot be read.
    """
    name, text = source(code_or_path)
    shipped = library()
    return next(
        (book for code, book in shipped.items() if _texts[code] == (name, text)),
        None,
    ) or read(text, name)


def source(code_or_path: str) -> tuple[str, str]:
    """A rulebook's file name and its whole text, for a register to keep.

    Args:
        code_or_path: A shipped rulebook's code in any case, or a ``.toml`` file.

    Raises:
        RulebookError: no such code or file, or it is not text.
    """
    shipped = library()
    by_case = {code.casefold(): code for code in shipped}
    wanted = code_or_path.strip().casefold()
    if wanted in by_case:
        return _texts[by_case[wanted]]
    if not code_or_path.endswith(".toml"):
        raise RulebookError(
            N_("No rulebook has the code {code}{hint}. Give a code or a .toml file."),
            code=code_or_path,
            hint=near(code_or_path, shipped),
        )
    path = Path(code_or_path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        text = data.decode("utf-8-sig")
    except (OSError, ValueError) as error:  # not UTF-8, or a NUL in the path
        raise RulebookError(
            N_("{file} cannot be read as a text file in UTF-8. Check its name."),
            file=path.name,
        ) from error
    return path.name, text
