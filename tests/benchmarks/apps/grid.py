"""What the two grids draw: 200 candidates, 13 votes each, and a count of keys."""

from __future__ import annotations

ROWS, VOTES = 200, 13
NAMES = tuple(f"Candidat-{number:03}" for number in range(1, ROWS + 1))
VISIBLE = 30
"""The rows that keys go through, so that neither grid scrolls."""


def place(keys: int) -> tuple[int, int]:
    """Row and column that the n-th key changes, from 0: one vote after the other."""
    return keys // VOTES % VISIBLE, keys % VOTES


def count(keys: int) -> str:
    """The count as the last column shows it."""
    return f"n{keys:05}"
