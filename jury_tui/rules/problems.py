"""A remark on a rulebook that reads well, and how much it matters."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from jury_tui.i18n import _

MOST = 40
"""Juries are tried up to so many members."""


class Weight(StrEnum):
    """How much a remark matters."""

    ERROR = "error"  # the rulebook cannot be satisfied as written
    WARNING = "warning"  # probably a slip
    NOTE = "note"  # worth knowing


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A remark on a rulebook; ``key`` says where."""

    key: str
    weight: Weight
    message: str
    values: dict[str, str | int]

    def __str__(self) -> str:
        return _(self.message).format(**self.values)


def problem(key: str, weight: Weight, message: str, **values: str | int) -> Problem:
    """A remark: its sentence is a msgid, filled with values."""
    return Problem(key=key, weight=weight, message=message, values=values)
