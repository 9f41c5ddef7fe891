"""What a figure is worth: met, missed, noisy, or far beyond its goal."""

from __future__ import annotations

from typing import Any

Figure = dict[str, Any]
"""One JSON line of a script, as ``lib`` prints it."""

TOLERANCE = 1.5
_STEADY_UNITS = ("×", "B", "packages")
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


def beyond(figure: Figure) -> bool:
    """Whether it may fail a run: a ratio, steady, and far beyond its goal."""
    return (
        figure.get("unit", "×") in _STEADY_UNITS
        and bool(figure.get("judged", True))
        and not noisy(figure)
        and shortfall(figure) > TOLERANCE
    )


def best(one: Figure, other: Figure) -> Figure:
    """The better of two attempts: a steady one first, then the nearest to its goal."""
    return min(one, other, key=lambda f: (noisy(f), shortfall(f)))
