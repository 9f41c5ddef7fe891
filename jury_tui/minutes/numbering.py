"""The minutes number: without gaps per certifier and year (``CNAM-2008-1``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from jury_tui.errors import ExportError
from jury_tui.i18n import N_
from jury_tui.session import judgement
from jury_tui.session.session import Session

FICTITIOUS = "FICTIF"
"""Prefix of the series of fictitious sessions."""

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

    One more than the highest rank in use: a number once given is never given again,
    even when its session is missing from the folder (the audit names the gap).

    Args:
        prefix: The certifier's (``CNAM``).
        year: The session's year.
        used: Every number in use, of any certifier and year.
    """
    last = 0
    for number in used:
        parts = split(number)
        if parts is not None and parts[:2] == (prefix, year):
            last = max(last, parts[2])
    return f"{prefix}-{year}-{last + 1}"


def split(number: str) -> tuple[str, int, int] | None:
    """Prefix, year and rank of a number of a series; None for any other number."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return None
    return match["prefix"], int(match["year"]), int(match["rank"])


def series(session: Session) -> tuple[str, int]:
    """The series a session is numbered in: prefix and year.

    The rulebooks' ``number_prefix``, else the certifier's acronym. Fictitious sessions
    have a series of their own: an example takes no number of a real one.

    Raises:
        ExportError: the certifier gives no prefix.
    """
    year = judgement.on(session).year
    if session.fictitious:
        return FICTITIOUS, year
    rules = judgement.rules(session)
    made = rules.minutes.number_prefix or prefix(rules.certification.certifier)
    return made, year


def file_name(number: str) -> str:
    """The workbook of these minutes: a name that any system takes, and no path.

    A number may hold a slash (``2008/37``), and a register that somebody else made
    may hold any text at all.
    """
    kept = re.sub(r"[^\w.,()°º-]+", "-", unicodedata.normalize("NFC", number))
    return f"{kept.strip(' .-')[:100] or 'minutes'}.xlsx"
