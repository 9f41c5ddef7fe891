"""A bank of reasons already written, and a gentle word when one strays.

A jury's reasons speak of skills against the référentiel (TA Orléans, 2023): what
they say of the person, the motivation or the access conditions does not stand.
"""

from __future__ import annotations

from pathlib import Path

from jury_tui.i18n import _, folded, listed
from jury_tui.session.session import Session
from jury_tui.ui.words import plain

BANK_FILE = "motifs.txt"
BANK_FILES = {"reasons": BANK_FILE, "recommendations": "recommandations.txt"}
"""Texts kept by the secretary beside the sessions, one a line."""
MAX_BYTES = 200_000
STRAYING = {
    "fr": (
        *("motivation", "motive", "age", "sante", "handicap", "famille", "enfant"),
        *("religion", "origine", "grossesse", "apparence", "accent", "utilite"),
        *("recevabilite", "recevable", "projet de vie", "sympathique", "nerveux"),
        *("nerveuse", "timide", "diplome anterieur", "experience insuffisante"),
    ),
    "en": (
        *("health", "disability", "family", "child", "children", "religion"),
        *("pregnancy", "appearance", "usefulness", "admissibility", "life plan"),
        *("likeable", "nervous", "shy", "previous diploma", "too little experience"),
    ),
}


def bank(session: Session, sessions: Path, component: str, kind: str) -> list[str]:
    """Texts that can be used again: those of this session, then the file's.

    Args:
        session: The session.
        sessions: The folder where a secretary may keep ``motifs.txt`` and
            ``recommandations.txt``.
        component: The component; its own texts come first.
        kind: ``reasons`` or ``recommendations``.
    """
    found: dict[str, None] = {}
    for own in (True, False):
        for file in session.agenda:
            texts = file.reasons if kind == "reasons" else file.recommendations
            for key, text in texts.items():
                if text and (key == component) is own:
                    found[text] = None
    try:
        with (sessions / BANK_FILES[kind]).open("rb") as source:
            lines = source.read(MAX_BYTES).decode("utf-8-sig").splitlines()
    except (OSError, ValueError):
        lines = []
    found.update({line.strip(): None for line in lines if line.strip()})
    return list(found)


def doubts(text: str) -> str:
    """A gentle remark when a text speaks of something else than skills.

    A single letter is most often a key, meant for the screen above the question.
    """
    if len(text.strip()) == 1:
        return _(
            "“{letter}” alone would be printed. It is no key here: write the text, "
            "or [Enter] again keeps it."
        ).format(letter=plain(text.strip()))
    letters = "".join(c if c.isalnum() else " " for c in folded(text))
    words = f" {' '.join(letters.split())} "
    every = (*STRAYING["fr"], *STRAYING["en"])
    found = [w for w in every if f" {w} " in words or f" {w}s " in words]
    if not found:
        return ""
    return _(
        "Reasons speak of skills against the référentiel; these words may stray: "
        "{words}. Put it otherwise, or [Enter] again keeps it."
    ).format(words=listed(found))
