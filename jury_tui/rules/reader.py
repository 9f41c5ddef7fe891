"""Read a rulebook: TOML to typed data, or an error that names the key."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable

import msgspec

from jury_tui.errors import RulebookError
from jury_tui.i18n import N_, _
from jury_tui.rules.model import Rulebook

MAX_BYTES = 1 << 20


def near(word: str, words: Iterable[str]) -> str:
    """`` (did you mean x?)``, or nothing."""
    found = difflib.get_close_matches(word.casefold(), list(words), 1, 0.6)
    return " " + _("(did you mean “{word}”?)").format(word=found[0]) if found else ""


def read(text: str, name: str) -> Rulebook:
    """Read one rulebook.

    Args:
        text: The TOML.
        name: The file's name, for messages.

    Raises:
        RulebookError: says the file, the key, what was expected.
    """
    try:
        return msgspec.convert(tomllib.loads(text), Rulebook)
    except (ValueError, RecursionError, msgspec.ValidationError) as error:
        raise RulebookError(
            N_("{file}: {problem}"), file=name, problem=str(error)
        ) from error
