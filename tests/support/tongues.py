"""Which tongue a screen speaks: no English word on a French one, and the reverse.

A word is foreign when the sentences of the other tongue use it and those of this one
never do. What people typed, and texts that are published in French only, are neither.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jury_tui.locale.__main__ import merged
from tests.support import screens, stages

RULEBOOKS = Path(__file__).parents[2] / "jury_tui" / "rulebooks"
OTHER = {"fr": "en", "en": "fr"}
_WORD = re.compile(r"[^\W\d_]{3,}(?![^\W\d_]|…)")
"""Three letters at least, none of them cut off."""
TYPED = (
    *(" ".join(parts) for parts in (*screens.MEMBERS, *screens.CANDIDATES)),
    *(stages.FOLDER, stages.PLACE, stages.WORDS, stages.CSV),
    "Paris Lyon Louise Girardon L’administratrice générale Suppléant Kaya Déniz",
    "Recevable avant la fin de l’enregistrement. acts jsonl csv candidats membres",
    "Nom de naissance Prénom Date de naissance Lieu de naissance Numéro Parcours",
    "Tient à jour les out. de suivi",
)
"""What the people of the stages typed, and words that are abbreviated on a screen."""


def words(text: str) -> set[str]:
    """The words of a text, folded."""
    return set(_WORD.findall(text.casefold().replace("\u200b", "")))


@cache
def vocabularies() -> dict[str, frozenset[str]]:
    """The words of all that the program says, by tongue."""
    said: dict[str, set[str]] = {"en": set(), "fr": set()}
    for message in merged():
        for tongue, texts in (("en", message.id), ("fr", message.string)):
            for text in (texts,) if isinstance(texts, str) else texts or ():
                said[tongue] |= words(re.sub(r"\{[^{}]*\}", " ", text))
    return {tongue: frozenset(found) for tongue, found in said.items()}


def _strings(value: object, other: str) -> Iterator[str]:
    """The strings of a rulebook, without what is said in the other tongue."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        both = {"fr", "en"} <= value.keys()
        for key, inside in value.items():
            if not (both and key == other):
                yield from _strings(inside, other)
    elif isinstance(value, list):
        for inside in value:
            yield from _strings(inside, other)


@cache
def cited(tongue: str) -> frozenset[str]:
    """Words of the texts, where no translation of them is shown instead."""
    found: set[str] = set()
    for path in RULEBOOKS.glob("*.toml"):
        book = tomllib.loads(path.read_text("utf-8"))
        found |= words(" ".join(_strings(book, OTHER[tongue])))
    return frozenset(found)


@cache
def foreign(tongue: str) -> frozenset[str]:
    """Words that must not be on a screen of that tongue."""
    said = vocabularies()
    alone = said[OTHER[tongue]] - said[tongue] - cited(tongue)
    return alone - words(" ".join(TYPED))


def strange(shown: str, tongue: str, path: Path) -> set[str]:
    """The foreign words of a text.

    Args:
        shown: What is on the screen.
        tongue: The one in force.
        path: One that may be shown, as the one where the test runs may be.
    """
    return (words(shown) & foreign(tongue)) - words(f"{path} {Path.cwd()}")
