"""What a figure is worth: met, missed, noisy, or far beyond its goal."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

Figure = dict[str, Any]
"""One JSON line of a script, as ``lib`` prints it."""

TOLERANCE = 1.5
_STEADY_UNITS = ("×", "B", "MB", "packages")
"""Units that travel from one machine to another, so that a run may fail on them."""


def identity(figure: Figure) -> str:
    """What makes it the same figure in another run."""
    return f"{figure['name']}, n = {figure.get('n', 0)}"


def noisy(figure: Figure) -> bool:
    """Whether its floor was unsteady."""
    return bool(figure.get("noisy"))


def value(figure: Figure) -> float | None:
    """What was measured, in the unit of its goal."""
    found = figure.get("ratio", figure.get("value"))
    return None if found is None else float(found)


def shortfall(figure: Figure) -> float:
    """How many times worse than its goal; at most 1 when it is met, 0 without one."""
    goal, found = figure.get("goal"), value(figure)
    if goal is None or found is None:
        return 0.0
    if figure.get("sense") == "≥":
        return float(goal) / found if found > 0 else float("inf")
    if not goal:
        return float("inf") if found > 0 else 0.0
    return max(found, 0.0) / float(goal)


def met(figure: Figure) -> bool:
    """Whether the goal is met; without one, it is."""
    return shortfall(figure) <= 1


class Known(NamedTuple):
    """A shortfall that is known, and why it is there.

    Attributes:
        figure: The name of the figure.
        measured: What it was when this was written, on a calm machine.
        why: The reason, by a profile.
    """

    figure: str
    measured: float
    why: str


@cache
def known() -> dict[str, Known]:
    """The shortfalls recorded in ``shortfalls.toml``, by the name of their figure."""
    path = Path(__file__).with_name("shortfalls.toml")
    rows = tomllib.loads(path.read_text("utf-8"))["shortfall"]
    return {row["figure"]: Known(**row) for row in rows}


def limit(figure: Figure) -> float:
    """How many times worse than its goal it may be before a run fails.

    1.5; where the goal is known to be missed, 1.5 times the shortfall recorded, so
    that it still fails when it gets worse.
    """
    row = known().get(str(figure["name"]))
    recorded = 1.0
    if row is not None:
        recorded = shortfall({**figure, "ratio": row.measured, "value": row.measured})
    return TOLERANCE * max(1.0, recorded)


def beyond(figure: Figure) -> bool:
    """Whether it may fail a run: a ratio, steady, and far beyond its limit."""
    return (
        figure.get("unit", "×") in _STEADY_UNITS
        and bool(figure.get("judged", True))
        and not noisy(figure)
        and shortfall(figure) > limit(figure)
    )


def outgrown(figures: Iterable[Figure]) -> list[str]:
    """Shortfalls recorded whose goals are met now: they have no place there."""
    steady: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.get("goal") is not None and "skipped" not in figure:
            steady.setdefault(str(figure["name"]), []).append(figure)
    return [
        name
        for name in known()
        if name in steady and all(met(f) and not noisy(f) for f in steady[name])
    ]


def best(one: Figure, other: Figure) -> Figure:
    """The better of two attempts: a steady one first, then the nearest to its goal."""
    return min(one, other, key=lambda f: (noisy(f), shortfall(f)))
