"""Rulebooks: read, ship, load, and stack the three sources of rules.

The law in force, the certification's text and the establishment's own rules stack;
each clause keeps its own citation. Which version of each applies is chosen by its
key date, so that one session may judge two candidates under two regimes.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from jury_tui.errors import RulebookError
from jury_tui.i18n import N_
from jury_tui.rules import reader
from jury_tui.rules.labels import Label, label
from jury_tui.rules.model import Kind, Rulebook
from jury_tui.rules.reader import MAX_BYTES
from jury_tui.rules.references import near
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
    "title",
]

_FOLDER = Path(__file__).parents[1] / "rulebooks"


class _Shipped(NamedTuple):
    """A rulebook that comes with the program: its file, and what it says it is."""

    name: str
    text: str
    kind: str
    title: Label


@cache
def _index() -> dict[str, _Shipped]:
    """The shipped rulebooks by code, sorted; none of them is read but for its head.

    A session is judged by three of them: reading all fifteen would cost more than
    everything else a short command does.
    """
    found = {}
    for name in _files():
        text = _text(name)
        # What stands before the first table says what the file is.
        try:
            head = tomllib.loads(text.partition("\n[")[0])
            code, kind = head["code"], head["kind"]
            title = msgspec.convert(head["title"], Label)
        except (ValueError, KeyError):  # damaged, then: it is said with the key
            book = reader.read(text, name)
            code, kind, title = book.code, book.kind.value, book.title
        found[code] = _Shipped(name, text, kind, title)
    return dict(sorted(found.items()))


@cache
def _files() -> frozenset[str]:
    return frozenset(path.name for path in _FOLDER.glob("*.toml"))


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")


@cache
def _shipped(name: str) -> Rulebook:
    return reader.read(_text(name), name, shipped=True)


def _book(code: str) -> Rulebook:
    return _shipped(_index()[code].name)


def read(text: str, name: str) -> Rulebook:
    """Read one rulebook; one that comes with the program is read once.

    Args:
        text: The TOML.
        name: The file's name, for messages.

    Raises:
        RulebookError: says the file, the key, what was expected.
    """
    return _shipped(name) if ships(text, name) else reader.read(text, name)


def ships(text: str, name: str) -> bool:
    """Whether this is, to the letter, a rulebook that comes with the program."""
    return name in _files() and text == _text(name)


def library() -> dict[str, Rulebook]:
    """The rulebooks that ship with the program, by code, sorted.

    Raises:
        RulebookError: a shipped file is damaged.
    """
    return {code: _book(code) for code in _index()}


def codes() -> tuple[str, ...]:
    """The codes of the rulebooks that ship with the program, sorted."""
    return tuple(_index())


def title(code: str) -> str:
    """The title of a rulebook that ships, in the language in force; else empty."""
    known = _index().get(code)
    return "" if known is None else label(known.title)


def laws() -> tuple[Rulebook, ...]:
    """The general law that ships: it stacks under every certification."""
    return tuple(
        _book(code) for code, shipped in _index().items() if shipped.kind == Kind.LAW
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
    shipped = _index()
    by_case = {code.casefold(): code for code in shipped}
    wanted = code_or_path.strip().casefold()
    if wanted in by_case:
        known = shipped[by_case[wanted]]
        return known.name, known.text
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
