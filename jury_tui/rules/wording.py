"""Sentences kept as data until somebody reads them, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

import msgspec

from jury_tui.i18n import N_, _, listed, ngettext, short_date
from jury_tui.rules.clauses import Substitution
from jury_tui.rules.labels import Bilingual, Label

Value: TypeAlias = (
    "str | int | dt.date | Fraction | Bilingual | Phrase | Number | Listing"
)


_PLAIN = "{it}"


class Phrase(msgspec.Struct, frozen=True):
    """A msgid and what fills its places."""

    message: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        if self.message == _PLAIN:
            return _told(self.values[0][1])
        return _(self.message).format(
            **{name: _told(value) for name, value in self.values}
        )


def _told(value: Value) -> str:
    return short_date(value) if isinstance(value, dt.date) else str(value)


BOUNDS = {
    "=": N_("exactly {n}"),
    "≥": N_("at least {n}"),
    ">": N_("more than {n}"),
    "≤": N_("at most {n}"),
    "<": N_("less than {n}"),
}
"""What a bound asks for, as one says it."""


def bounds_words(**bounds: object) -> str:
    """``at least 2 and at most 4``; bounds that are not set are left out."""
    signs = {"equals": "=", "min": "≥", "over": ">", "max": "≤", "under": "<"}
    return listed(
        _(BOUNDS[signs[name]]).format(n=asked)
        for name, asked in bounds.items()
        if asked is not None
    )


def part_words(part: str) -> Phrase:
    """A part of a base, in lowest terms: ``1/4``, or the whole of it."""
    whole = Fraction(part) == 1
    return say(N_("the whole")) if whole else plain(str(Fraction(part)))


class Number(msgspec.Struct, frozen=True):
    """A msgid that depends on a number, ``{n}``."""

    one: str
    many: str
    number: int

    def __str__(self) -> str:
        return ngettext(self.one, self.many, self.number).format(n=self.number)


class Listing(msgspec.Struct, frozen=True):
    """Words joined as a sentence joins them: ``a, b and c``."""

    words: tuple[Value, ...]
    conjunction: str = "and"

    def __str__(self) -> str:
        words = [str(word) for word in self.words]
        if self.conjunction == "and" or len(words) < 2:
            return listed(words)
        return _("{first} or {last}").format(
            first=", ".join(words[:-1]), last=words[-1]
        )


def say(message: str, **values: Value) -> Phrase:
    """A phrase; a msgid to translate is marked with ``N_`` where it is written."""
    return Phrase(message, tuple(values.items()))


def plain(value: Value) -> Phrase:
    """A phrase that is a value and nothing else."""
    return Phrase(_PLAIN, (("it", value),))


@lru_cache(maxsize=1024)
def number(n: int) -> Phrase:
    """A number of people as a phrase: the same few are told of every jury."""
    return plain(n)


_SHARED = {
    "seat": N_("holds the same seat"),
    "college": N_("belongs to the same college"),
    "gender": N_("is of the same sex"),
    "employer": N_("has the same employer"),
    "function": N_("has the same function"),
}


def substitution_words(
    substitution: Substitution, labels: Mapping[str, Label] | None = None
) -> Phrase:
    """What is asked of substitutes.

    Args:
        substitution: The requirement.
        labels: How the attributes it may name are called; by their key otherwise.
    """
    if not substitution.allowed:
        return say(N_("nobody is replaced"))
    if not substitution.same:
        return say(N_("a substitute may replace a member"))
    named = labels or {}
    facts = tuple(
        say(_SHARED[fact])
        if fact in _SHARED
        else say(N_("has the same “{fact}”"), fact=named.get(fact, fact))
        for fact in substitution.same
    )
    return say(
        N_("a substitute {facts} as the person they replace"), facts=Listing(facts)
    )


BUILT_IN_LABELS = {
    "voters": N_("voting members"),
    "members": N_("members of the jury"),
    "invitees": N_("invitees"),
    "voters_but_chair": N_("voting members but the chair"),
    "members_but_chair": N_("members of the jury but the chair"),
    "present": N_("voting members present"),
    "present_or_represented": N_("voting members present or represented"),
    "appointed": N_("voting members appointed"),
}
"""How the program names its own groups."""
