"""What one cell says: dates, seats, genders, components, ties.

Each function answers with the value, or raises ``Wrong`` with what is wrong and
what to do; the reader adds the file, the line and the column.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

import msgspec

from jury_tui.errors import RosterError
from jury_tui.i18n import N_, folded, language, listed
from jury_tui.rosters.columns import closest, key
from jury_tui.rosters.tables import Cell, Formula
from jury_tui.rules.labels import Label
from jury_tui.rules.people import Acquired, TieKind

LONGEST = 300
"""Characters a card's field may hold, as the commands that keep it say."""

_FRENCH_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}")
_TIME = re.compile(r"(\d{1,2})\s*(?:h|:|heures?)\s*(\d{2})?(?::00)?", re.IGNORECASE)
_WOMAN = {"f", "femme", "feminin", "mme", "madame", "mlle", "mademoiselle", "female",
          "woman", "mrs", "ms", "miss"}  # fmt: skip
_MAN = {"m", "h", "homme", "masculin", "monsieur", "mr", "male", "man"}
_YES = {"oui", "vrai", "yes", "true", "x", "o", "y"}
_NO = {"non", "faux", "no", "false", "n"}

_KIND_WORDS = {
    TieKind.ACCOMPANIED: "accompanied accompagnement accompagne accompagnateur",
    TieKind.EMPLOYER: "employer employeur entreprise organisme collegue",
    TieKind.PROFESSIONAL: "professional professionnel hierarchie",
    TieKind.TRAINER: "trainer formateur formatrice formation enseignant",
    TieKind.FAMILY: "family famille parente familial parent conjoint",
    TieKind.PERSONAL: "personal personnel amitie amical litige",
    TieKind.CONSCIENCE: "conscience conscience scrupule",
}
"""What a list calls a kind of tie: in English, in French, then synonyms."""
_KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}


class Wrong(RosterError):  # noqa: N818 - internal: the reader makes a Fault of it
    """A cell that cannot be taken; its place is added by the reader."""


class TieTo(msgspec.Struct, frozen=True, kw_only=True):
    """A tie as a list tells it: the candidate by name or file number."""

    candidate: str
    kind: TieKind
    reason: str = ""


def text(cell: Cell | Formula) -> str:
    """A text, plain: NFC, single line, no control characters."""
    if isinstance(cell, Formula):
        raise Wrong(
            N_("“{shown}” is a formula or an error: paste its value instead."),
            shown=cell.shown,
        )
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    kept = "".join(c if c.isprintable() else " " for c in cell)
    kept = " ".join(unicodedata.normalize("NFC", kept).split())
    if len(kept) > LONGEST:
        raise Wrong(
            N_("“{text}…” is too long: {limit} characters at most."),
            text=kept[:40],
            limit=LONGEST,
        )
    return kept


def name(cell: Cell | Formula) -> str:
    """A person's name: some letters in it."""
    kept = text(cell)
    if kept and not any(c.isalpha() for c in kept):
        raise Wrong(N_("“{text}” is not a name."), text=kept)
    return kept


def date(cell: Cell | Formula) -> dt.date | None:
    """A date: a real one, ``12/05/2006`` (day first) or ``2006-05-12``."""
    if isinstance(cell, dt.date):
        return _plausible(cell)
    shown = text(cell)
    if not shown:
        return None
    if _SHORT_YEAR.fullmatch(shown):
        raise Wrong(
            N_("“{text}” has a year of two digits: write all four."), text=shown
        )
    if found := _FRENCH_DATE.fullmatch(shown):
        day, month, year = map(int, found.groups())
    elif found := _ISO_DATE.fullmatch(shown):
        year, month, day = map(int, found.groups())
    else:
        raise Wrong(
            N_("“{text}” is not a date: write it 12/05/2006 or 2006-05-12."), text=shown
        )
    try:
        return _plausible(dt.date(year, month, day))
    except ValueError as error:
        raise Wrong(
            N_("“{text}” is not a day of the calendar (day first, then month)."),
            text=shown,
        ) from error


def _plausible(day: dt.date) -> dt.date:
    if not 1900 <= day.year <= 2200:
        raise Wrong(N_("The year of {date} cannot be: check it."), date=day.isoformat())
    return day


def clock(cell: Cell | Formula) -> str:
    """A time of day as ``09:30``, from ``9h30``, ``9 h``, ``09:30`` or a real one."""
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    shown = text(cell)
    if not shown:
        return ""
    found = _TIME.fullmatch(shown)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Wrong(
            N_("“{text}” is not a time of day: write it 9h30 or 09:30."), text=shown
        )
    return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


def gender(cell: Cell | Formula) -> str:
    """``F``, ``M`` or nothing; ``Mme``, ``Monsieur``, ``homme`` are understood."""
    shown = text(cell)
    word = key(shown)
    if not word:
        return ""
    if word in _WOMAN:
        return "F"
    if word in _MAN:
        return "M"
    raise Wrong(N_("“{text}” is not a gender: write F or M, or nothing."), text=shown)


def several(cell: Cell | Formula, also: str = "") -> tuple[str, ...]:
    """Texts separated by ``|`` (and by the marks of ``also``)."""
    parts = re.split(f"[|{re.escape(also)}]" if also else r"\|", text(cell))
    return tuple(dict.fromkeys(p.strip() for p in parts if p.strip()))


def chosen(
    word: str,
    known: Mapping[str, Label],
    wrong: str,
    *,
    said: Callable[[str], str] = str,
) -> str:
    """The id meant by an id or a label, accents and case apart.

    Args:
        word: What the cell says.
        known: Labels by id.
        wrong: A msgid with ``{text}``, ``{hint}`` and ``{known}``.
        said: How an id is said to who wrote the list.
    """
    meant = {key(ident): ident for ident in known}
    for ident, label in known.items():
        for form in _forms(label):
            meant.setdefault(key(form), ident)
    for form, ident in tuple(meant.items()):
        meant.setdefault(_singular(form), ident)
    found = meant.get(key(word)) or meant.get(_singular(key(word)))
    if found is None:
        near = closest(key(word), meant)
        raise Wrong(
            wrong,
            text=word,
            hint=f" (→ {said(meant[near])})" if near else "",
            known=listed(map(said, known)),
        )
    return found


def _singular(words: str) -> str:
    return " ".join(
        w[:-1] if w[-1:] in "sx" and len(w) > 3 else w for w in words.split()
    )


def _forms(label: Label) -> Iterable[str]:
    return (label,) if isinstance(label, str) else (label.fr, label.en)


def acquired(
    cell: Cell | Formula, components: Mapping[str, Label]
) -> tuple[Acquired, ...]:
    """Components acquired earlier: ``a:2006-05-12:Paris``, several by ``|``."""
    found = []
    for part in several(cell):
        ident, _colon, rest = part.partition(":")
        when, _colon, place = rest.partition(":")
        found.append(
            Acquired(
                component=component(ident, components),
                date=date(when.strip()),
                place=place.strip(),
            )
        )
    if len({a.component for a in found}) < len(found):
        raise Wrong(N_("A component is named twice: keep one."))
    return tuple(found)


def component(word: str, components: Mapping[str, Label]) -> str:
    """One component, by id or label."""
    return chosen(
        word.strip(),
        components,
        N_("There is no component “{text}”{hint}. Components: {known}."),
    )


def ties(cell: Cell | Formula) -> tuple[TieTo, ...]:
    """Ties with candidates: ``2008-0417:employeur:même association``, by ``|``."""
    found = []
    for part in several(cell):
        candidate, _colon, rest = part.partition(":")
        word, _colon, reason = rest.partition(":")
        kind = _KINDS.get(folded(word))
        if not candidate.strip() or kind is None:
            raise Wrong(
                N_(
                    "“{text}” is not a tie: write candidate:kind:reason, the candidate "
                    "by file number or name, the kind one of {kinds}."
                ),
                text=part,
                kinds=", ".join(
                    words.split()[language() == "fr"] for words in _KIND_WORDS.values()
                ),
            )
        found.append(
            TieTo(candidate=candidate.strip(), kind=kind, reason=reason.strip())
        )
    return tuple(found)


def attribute(cell: Cell | Formula) -> str | int | bool | None:
    """What a rulebook asks of a person: yes or no, a whole number, a date, a text.

    Returns:
        None when the cell is empty: the datum is then missing.
    """
    if isinstance(cell, dt.date):
        return _plausible(cell).isoformat()
    shown = text(cell)
    word = folded(shown)
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    if shown.isascii() and shown.isdigit() and str(int(shown[:9])) == shown:
        return int(shown)
    if _FRENCH_DATE.fullmatch(shown) or _ISO_DATE.fullmatch(shown):
        day = date(shown)
        return day.isoformat() if day else None
    return shown
