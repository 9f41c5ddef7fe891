"""Outcomes as they are searched: by their words, whole or begun, in either language."""

from __future__ import annotations

from functools import lru_cache

from jury_tui.i18n import LANGUAGES, N_, _, catalogue, folded

_SAID = {
    "total": (N_("full validation"), N_("total")),
    "partial": (N_("partial validation"), N_("partial, in part")),
    "none": (N_("no validation"), N_("none, refused, refusal")),
    "absent": (N_("absent"), N_("absent, absence")),
    "postponed": (N_("postponed"), N_("postponed, put off")),
}
OUTCOMES = tuple(_SAID)
_BEGUN = 4
"""Letters from which the beginning of a word will do."""
_SMALL = frozenset(("in", "of", "a", "en", "de", "la", "le"))


def outcome_words(outcome: str) -> str:
    """An outcome in words: ``full validation``."""
    return _(_SAID[outcome][0])


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """The words of each outcome, folded, in every language."""
    return {
        outcome: frozenset(
            word
            for language in LANGUAGES
            for msgid in said
            for word in folded(catalogue(language).gettext(msgid))
            .replace(",", " ")
            .split()
        )
        - _SMALL
        for outcome, said in _SAID.items()
    }


@lru_cache(maxsize=256)
def stem(word: str) -> str:
    """A folded word without its number and gender: ``alteree(s)``, ``alteres``."""
    bare = word.replace("(e)", "").replace("(s)", "")
    for end in ("s", "e"):
        if len(bare) > _BEGUN + 1:
            bare = bare.removesuffix(end)
    return bare


@lru_cache(maxsize=256)
def meant(word: str) -> frozenset[str]:
    """The outcomes that a folded word means; none where it means something else."""
    return frozenset(
        outcome
        for outcome, words in _words().items()
        if word in words
        or (len(word) >= _BEGUN and any(w.startswith(stem(word)) for w in words))
    )
