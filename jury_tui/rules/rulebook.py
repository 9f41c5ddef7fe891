"""Rulebooks: read, ship, load, and stack the three sources of rules.

The law in force, the certification's text and the establishment's own rules stack;
each clause keeps its own citation. Which version of each applies is chosen by its
key date, so that one session may judge two candidates under two regimes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from jury_tui.errors import RulebookError
from jury_tui.i18n import N_
from jury_tui.rules import shipped
from jury_tui.rules.model import MAX_BYTES, Kind, Rulebook
from jury_tui.rules.stack import RouteRules, Rules, stack

__all__ = [
    "RouteRules",
    "Rules",
    "codes",
    "laws",
    "library",
    "load",
    "read",
    "ships",
    "source",
    "stack",
]


@cache
def _shipped(name: str) -> Rulebook:
    json = shipped.compiled(name)
    if json is not None:
        return msgspec.json.decode(json, type=Rulebook)
    from jury_tui.rules import reader

    return reader.read(shipped.text(name), name)


def _book(code: str) -> Rulebook:
    return _shipped(shipped.index()[code].name)


def read(text: str, name: str) -> Rulebook:
    """Read one rulebook; one that comes with the program is read once.

    Args:
        text: The TOML.
        name: The file's name, for messages.

    Raises:
        RulebookError: says the file, the key, what was expected.
    """
    if ships(text, name):
        return _shipped(name)
    from jury_tui.rules import reader  # TOML, and words for every fault

    return reader.read(text, name)


def ships(text: str, name: str) -> bool:
    """Whether this is, to the letter, a rulebook that comes with the program."""
    return name in shipped.files() and text == shipped.text(name)


def library() -> dict[str, Rulebook]:
    """The rulebooks that ship with the program, by code, sorted.

    Raises:
        RulebookError: a shipped file is damaged.
    """
    return {code: _book(code) for code in shipped.index()}


def codes() -> tuple[str, ...]:
    """The codes of the rulebooks that ship with the program, sorted."""
    return tuple(shipped.index())


def laws() -> tuple[Rulebook, ...]:
    """The general law that ships: it stacks under every certification."""
    return tuple(
        _book(code) for code, known in shipped.index().items() if known.kind == Kind.LAW
    )


def load(code_or_path: str) -> Rulebook:
    """A shipped rulebook by its code, or a file.

    Raises:
        RulebookError: no such code or file, or it cannot be read.
    """
    name, text = source(code_or_path)
    return read(text, name)


def source(code_or_path: str) -> tuple[str, str]:
    """A rulebook's file name and its whole text, for a register to keep.

    Args:
        code_or_path: A shipped rulebook's code in any case, or a ``.toml`` file.

    Raises:
        RulebookError: no such code or file, or it is not text.
    """
    known = shipped.index()
    by_case = {code.casefold(): code for code in known}
    wanted = code_or_path.strip().casefold()
    if wanted in by_case:
        book = known[by_case[wanted]]
        return book.name, book.text
    if not code_or_path.endswith(".toml"):
        from jury_tui.rules.references import near

        raise RulebookError(
            N_("No rulebook has the code {code}{hint}. Give a code or a .toml file."),
            code=code_or_path,
            hint=near(code_or_path, known),
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
