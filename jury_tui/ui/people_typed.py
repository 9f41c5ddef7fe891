"""What is typed of a person, understood as it is written by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, folded, listed
from jury_tui.rules.labels import label
from jury_tui.rules.model import Seat
from jury_tui.rules.people import Acquired, Member
from jury_tui.ui.screens.form import read_date


def parts_of(text: str) -> tuple[str, ...]:
    """Several words in one field, apart by commas or semicolons."""
    return tuple(p.strip() for p in text.replace(";", ",").split(",") if p.strip())


def named_after(known: Mapping[str, Member]) -> Member:
    """A new member: named by the act that named the last one, most often."""
    named = [m for m in known.values() if m.act]
    if not named:
        return Member(id="", family_name="")
    last = named[-1]
    return Member(
        id="",
        family_name="",
        act=last.act,
        act_date=last.act_date,
        act_authority=last.act_authority,
    )


def seat_in(word: str, known: Mapping[str, Seat]) -> str:
    """The seat meant by its label or the beginning of it, or by its id.

    Raises:
        RefusedError: none, or several, begin so.
    """
    typed = folded(word.replace("'", "’"))  # as labels have it
    labels = {key: label(seat.label) for key, seat in known.items()}
    for key, words in labels.items():
        if typed in map(folded, (words, key, *_one(known[key]))):
            return key
    found = [
        key
        for key, words in labels.items()
        if any(folded(name).startswith(typed) for name in (words, *_one(known[key])))
    ]
    if not found:
        raise RefusedError(
            N_("No seat is called “{seat}”: [Ctrl+G] lists them."), seat=word
        )
    if len(found) > 1:
        raise RefusedError(
            N_("“{seat}” begins {seats}: write more, or [Ctrl+G] chooses."),
            seat=word,
            seats=listed(labels[key] for key in found),
        )
    return found[0]


def _one(seat: Seat) -> tuple[str, ...]:
    """What one holder is called."""
    return tuple(w for w in (label(seat.singular), seat.feminine) if w)


def acquired_in(text: str, known: Collection[str]) -> tuple[Acquired, ...]:
    """Components acquired before, with their day and place where these are known.

    ``a 12/06/2024 Lyon``, ``a 12/06/2024, Lyon``, ``a, b 12/06/2024``.

    Args:
        text: What was typed.
        known: The components there are; another word goes on with a place.

    Raises:
        ValueError: a date cannot be read.
    """
    found: list[Acquired] = []
    for part in parts_of(text):
        component, _space, rest = part.partition(" ")
        day, _space, place = rest.strip().partition(" ")
        dated = day[:1].isdigit()
        if found and component not in known and not dated:
            before = found[-1]
            place = f"{before.place}, {part}" if before.place else part
            found[-1] = msgspec.structs.replace(before, place=place)
            continue
        found.append(
            Acquired(
                component=component,
                date=read_date(day) if dated else None,
                place=place.strip() if dated else rest.strip(),
            )
        )
    return tuple(found)
