"""The rulebooks that come with the program: their files, and what their heads say.

No rule is read here: a list of sessions needs their titles only.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from jury_tui.rules.labels import Label, label

_FOLDER = Path(__file__).parents[1] / "rulebooks"


class Shipped(NamedTuple):
    """A rulebook that comes with the program: its file, and what it says it is."""

    name: str
    text: str
    kind: str
    title: Label


@cache
def index() -> dict[str, Shipped]:
    """The shipped rulebooks by code, sorted; none of them is read but for its head.

    A session is judged by three of them: reading all fifteen would cost more than
    everything else a short command does.

    Raises:
        RulebookError: one is damaged.
    """
    found = {}
    for name in files():
        whole = text(name)
        # What stands before the first table says what the file is.
        try:
            head = tomllib.loads(whole.partition("\n[")[0])
            code, kind = head["code"], head["kind"]
            title = msgspec.convert(head["title"], Label)
        except (ValueError, KeyError):  # damaged, then: it is said with the key
            from jury_tui.rules import reader

            book = reader.read(whole, name)
            code, kind, title = book.code, book.kind.value, book.title
        found[code] = Shipped(name, whole, kind, title)
    return dict(sorted(found.items()))


@cache
def files() -> frozenset[str]:
    """The names of their files."""
    return frozenset(path.name for path in _FOLDER.glob("*.toml"))


@cache
def text(name: str) -> str:
    """The whole text of one of the files."""
    return (_FOLDER / name).read_text("utf-8")


def title(code: str) -> str:
    """The title of a rulebook that ships, in the language in force; else empty."""
    known = index().get(code)
    return "" if known is None else label(known.title)
