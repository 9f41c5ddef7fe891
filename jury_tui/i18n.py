"""Language of sentences: French by default, English on demand.

Msgids are English; ``locale/fr/*.po`` hold the French, one file a room, compiled
into one catalogue (``python -m jury_tui.locale``). The language is a setting of
the process, chosen once by the command line; nothing reads the system's locale.
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import _TranslationsReader as Reader

LANGUAGES = ("fr", "en")
_LOCALE = Path(__file__).parent / "locale"
_catalogues: dict[tuple[str, str], _gettext.NullTranslations] = {}
_language = "fr"


class _Catalogue(_gettext.NullTranslations):
    """A compiled catalogue whose sentences are decoded when they are asked for.

    ``GNUTranslations`` decodes them all: two thousand, where a command says ten.
    """

    _data = b""
    _said: dict[bytes, int]

    def _parse(self, fp: Reader) -> None:  # what gettext lets a catalogue override
        self._data = data = fp.read()
        order = "<" if data.startswith(b"\xde\x12\x04\x95") else ">"
        _magic, _version, count, ids, said = struct.unpack_from(f"{order}5I", data)
        places = struct.unpack_from(f"{order}{2 * count}I", data, ids)
        lengths, starts = places[::2], places[1::2]
        self._said = {
            data[start : start + length]: number
            for number, (length, start) in enumerate(zip(lengths, starts, strict=True))
        }
        self._places = struct.unpack_from(f"{order}{2 * count}I", data, said)

    def _forms(self, message: str) -> list[str] | None:
        """What is said for a msgid: one sentence, or the singular and the plural."""
        number = self._said.get(message.encode())
        if number is None:
            return None
        length, start = self._places[2 * number : 2 * number + 2]
        return self._data[start : start + length].decode().split("\0")

    def gettext(self, message: str) -> str:
        """The French of a sentence; the sentence itself where there is none."""
        forms = self._forms(message)
        return message if forms is None else forms[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The French that goes with a number: none and one are singular."""
        forms = self._forms(f"{msgid1}\0{msgid2}") or (msgid1, msgid2)
        return forms[n > 1]


def catalogue(language: str, domain: str = "jury_tui") -> _gettext.NullTranslations:
    """The catalogue of a language; English is the msgids themselves.

    ``gettext.translation`` would look for the file as the system's locales are named:
    what it imports for that took a thirtieth of a short command.
    """
    known = _catalogues.get((language, domain))
    if known is None:
        if language == "en":
            known = _gettext.NullTranslations()
        else:
            path = _LOCALE / language / "LC_MESSAGES" / f"{domain}.mo"
            with path.open("rb") as file:
                known = _Catalogue(file)
        _catalogues[language, domain] = known
    return known


def set_language(language: str) -> None:
    """Choose the language of every sentence from now on.

    Args:
        language: One of ``LANGUAGES``.

    Raises:
        ValueError: for any other language.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    global _language
    _language = language


def language() -> str:
    """The language in force, ``fr`` or ``en``."""
    return _language


@contextmanager
def spoken(chosen: str) -> Iterator[None]:
    """Speak a language for a moment: that of a document, say."""
    before = language()
    set_language(chosen)
    try:
        yield
    finally:
        set_language(before)


def _(message: str) -> str:
    """Translate a msgid into the language in force."""
    return _translated(_language, message) if message else ""


@lru_cache(maxsize=4096)
def _translated(language: str, message: str) -> str:
    # a screen says the same few hundred sentences again and again
    return _sentence(catalogue(language).gettext(message))


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a msgid that depends on a number."""
    return _sentence(catalogue(_language).ngettext(singular, plural, number))


_BEFORE_A_PLACE = re.compile(r"\b([Dd]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Jj]usqu)e \{(\w+)\}")
_ELIDES = re.compile(
    "[aeiou][a-z]|y[b-df-hj-np-tv-z]"
    "|h(el[eo]|enri|erv[ei]|ila|ipp|onor|orte|ubert|uguet|ugo|umbert|yac)"
)
"""Folded words before which French elides: a vowel, a y that is one, a mute h.

Of the names in h only those said with none are here: others keep their ``de``.
"""


class _Elided(str):
    """A French sentence in which ``de`` or ``que`` comes before a place."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """As ``str.format``: ``d’ORMOND``, ``de MARTIN``."""

        def before(found: re.Match[str]) -> str:
            value = values.get(found[2])
            if not isinstance(value, str) or not _ELIDES.match(folded(value)):
                return found[0]
            return f"{found[1]}’{{{found[2]}}}"

        return str.format(_BEFORE_A_PLACE.sub(before, self), *args, **values)


def _sentence(text: str) -> str:
    """The same, which elides where a name may ask for it."""
    return _Elided(text) if _BEFORE_A_PLACE.search(text) else text


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a msgid that is translated later."""
    return message


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does: ``a, b et c``."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return _("{first} and {last}").format(first=", ".join(items[:-1]), last=items[-1])


_MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
        *("août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
}


def long_date(day: dt.date) -> str:
    """``1er novembre 2026``, ``1 November 2026``."""
    first = "er" if _language == "fr" and day.day == 1 else ""
    return f"{day.day}{first} {_MONTHS[_language][day.month - 1]} {day.year}"


def short_date(day: dt.date) -> str:
    """``01/11/2026`` in French, ``2026-11-01`` in English."""
    return f"{day:%d/%m/%Y}" if _language == "fr" else day.isoformat()


def clock(time: dt.datetime) -> str:
    """``9 h 02`` in French, ``09:02`` in English; the time as written, own offset."""
    if _language == "fr":
        return f"{time.hour} h {time.minute:02d}"
    return f"{time:%H:%M}"


def short_moment(at: dt.datetime, *, exact: bool = False) -> str:
    """``01/11/2026 à 9 h 02``, ``2026-11-01 at 09:02``; to the second where exact."""
    time = at.time().isoformat() if exact else clock(at).replace(" ", "\u00a0")
    return _("{date} at {time}").format(date=short_date(at.date()), time=time)


def thousands(number: int) -> str:
    """``7 976`` in French, with a space that does not break; ``7,976`` in English."""
    said = f"{number:,}"
    return said.replace(",", "\N{NARROW NO-BREAK SPACE}") if _language == "fr" else said


def folded(text: str) -> str:
    """A key for sorting and searching: no accents, no case, single spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(kept.replace("œ", "oe").replace("æ", "ae").split())


def agreed(forms: tuple[str, str, str], gender: str) -> str:
    """The form of a word that agrees with a person.

    Args:
        forms: Masculine, feminine, and for a gender that is not recorded.
        gender: ``F``, ``M`` or empty.
    """
    form = forms[{"M": 0, "F": 1}.get(gender, 2)]
    return _(form).partition("|")[0]
