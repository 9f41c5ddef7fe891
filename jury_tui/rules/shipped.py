"""The rulebooks that come with the program: their files, and what their heads say.

No rule is read here: a list of sessions needs their titles only. Beside the TOML files
lies what they hold, as JSON (``python -m jury_tui.rules``): Python reads TOML a hundred
times more slowly. It is believed of a file as long as that file is the one it was made
from, to the letter.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from jury_tui.rules.labels import Label, label

FOLDER = Path(__file__).parents[1] / "rulebooks"
COMPILED = FOLDER / "compiled.json"


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """What one of the files holds, and the digest of the file it was made from."""

    sha256: str
    book: msgspec.Raw


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    kind: str
    title: Label


class Shipped(NamedTuple):
    """A rulebook that comes with the program: its file, and what it says it is."""

    name: str
    text: str
    kind: str
    title: Label


@cache
def index() -> dict[str, Shipped]:
    """The shipped rulebooks by code, sorted; none of them is read but for its head.

    A session is judged by three of them: reading all would cost more than everything
    else a short command does.

    Raises:
        RulebookError: one is damaged.
    """
    found = {}
    for name in files():
        json = compiled(name)
        if json is not None:
            head = msgspec.json.decode(json, type=_Head)
            code, kind, title = head.code, head.kind, head.title
        else:
            from jury_tui.rules import reader

            book = reader.read(text(name), name)
            code, kind, title = book.code, book.kind.value, book.title
        found[code] = Shipped(name, text(name), kind, title)
    return dict(sorted(found.items()))


@cache
def files() -> frozenset[str]:
    """The names of their files."""
    return frozenset(path.name for path in FOLDER.glob("*.toml"))


@cache
def text(name: str) -> str:
    """The whole text of one of the files."""
    return (FOLDER / name).read_text("utf-8")


def compiled(name: str) -> msgspec.Raw | None:
    """What a file holds, as JSON; None where the file is not what it was made from."""
    made = _compiled().get(name)
    return made.book if made and made.sha256 == digest(text(name)) else None


@cache
def _compiled() -> dict[str, Compiled]:
    try:
        return msgspec.json.decode(COMPILED.read_bytes(), type=dict[str, Compiled])
    except (OSError, msgspec.DecodeError):  # missing or damaged: the TOML says it all
        return {}


def digest(content: str) -> str:
    """The digest that a file is known by."""
    return hashlib.sha256(content.encode()).hexdigest()


def title(code: str) -> str:
    """The title of a rulebook that ships, in the language in force; else empty."""
    known = index().get(code)
    return "" if known is None else label(known.title)
