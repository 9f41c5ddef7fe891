"""The minutes number: without gaps per certifier and year (``CNAM-2008-1``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from jury_tui.errors import ExportError
from jury_tui.i18n import N_

_NUMBER = re.compile(r"(?P<prefix>.+)-(?P<year>\d{4})-(?P<rank>[1-9]\d{0,8})", re.ASCII)


def prefix(text: str) -> str:
    """A certifier's prefix from any text: capitals, digits, no accent, no space.

    Initials when the text is a long name (``Conservatoire national des arts et
    métiers`` gives ``CNAM``); what stands in final parentheses wins.

    Raises:
        ExportError: nothing of the text can stand in a number.
    """
    short = re.search(r"\(([^()]{2,12})\)\s*$", text)
    words = re.findall(r"[A-Za-z0-9]+", _bare(short[1] if short else text))
    if len(words) > 2:
        words = [w[0] for w in words if w.casefold() not in _SMALL]
    made = "".join(words).upper()[:12]
    if not made:
        raise ExportError(
            N_("The certifier “{text}” gives no prefix for a number: type one."),
            text=text[:60],
        )
    return made


_SMALL = frozenset(("de", "des", "du", "la", "le", "les", "et", "d", "l", "of", "and"))


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def next_number(prefix: str, year: int, used: Iterable[str]) -> str:
    """The next number of a certifier and year.

    The first rank that nobody took: a series is without gaps, and a gap that an
    abandoned draft left is filled.

    Args:
        prefix: The certifier's (``CNAM``).
        year: The session's year.
        used: Every number in use, of any certifier and year.
    """
    taken = set()
    for number in used:
        match = _NUMBER.fullmatch(number)
        if match and match["prefix"] == prefix and int(match["year"]) == year:
            taken.add(int(match["rank"]))
    rank = 1
    while rank in taken:
        rank += 1
    return f"{prefix}-{year}-{rank}"


def file_name(number: str) -> str:
    """The workbook of these minutes: a name that any system takes, and no path.

    A number may hold a slash (``2008/37``), and a register that somebody else made
    may hold any text at all.
    """
    kept = re.sub(r"[^\w.,()°º-]+", "-", unicodedata.normalize("NFC", number))
    return f"{kept.strip(' .-')[:100] or 'minutes'}.xlsx"
