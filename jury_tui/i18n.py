"""Language of sentences: French by default, English on demand.

Msgids are English; ``locale/fr/*.po`` hold the French, one file a room, compiled
into one catalogue (``python -m jury_tui.locale``). The language is a setting of
the process, chosen once by the command line; nothing reads the system's locale.
"""

from __future__ import annotations

import datetime as dt
import gettext as _gettext
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("fr", "en")
_LOCALE = Path(__file__).parent / "locale"
_catalogues: dict[str, _gettext.NullTranslations] = {}
_language = "fr"


def catalogue(language: str) -> _gettext.NullTranslations:
    """The catalogue of a language; English is the msgids themselves."""
    if language not in _catalogues:
        _catalogues[language] = (
            _gettext.NullTranslations()
            if language == "en"
            else _gettext.translation("jury_tui", _LOCALE, [language])
        )
    return _catalogues[language]


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


def _(message: str) -> str:
    """Translate a msgid into the language in force."""
    return _translated(_language, message) if message else ""


@lru_cache(maxsize=4096)
def _translated(language: str, message: str) -> str:
    # a screen says the same few hundred sentences again and again
    return catalogue(language).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a msgid that depends on a number."""
    return catalogue(_language).ngettext(singular, plural, number)


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


def folded(text: str) -> str:
    """A key for sorting and searching: no accents, no case, single spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(kept.replace("œ", "oe").replace("æ", "ae").split())
