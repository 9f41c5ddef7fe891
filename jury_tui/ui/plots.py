"""Small plots in letters: they read in monochrome and in a plain-text copy."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

STEPS = " ▁▂▃▄▅▆▇█"


def spread(
    values: Sequence[Fraction], minimum: str, maximum: str, width: int = 20
) -> str:
    """How marks spread over their scale: ``├──▂▁─█─────┤``.

    Args:
        values: The marks.
        minimum: The scale's first mark.
        maximum: Its last mark.
        width: Cells between the two ends.
    """
    low, high = Fraction(minimum), Fraction(maximum)
    if high <= low or not values:
        return ""
    counts = [0] * width
    for value in values:
        place = int((value - low) / (high - low) * width)
        counts[max(0, min(width - 1, place))] += 1
    most = max(counts)
    bars = "".join("─" if not n else STEPS[max(1, round(n * 8 / most))] for n in counts)
    return f"├{bars}┤"


def bar(value: int, most: int, width: int = 24) -> str:
    """A bar as long as its share of the longest."""
    if most <= 0 or value <= 0:
        return ""
    eighths = max(1, round(value * width * 8 / most))
    full, rest = divmod(eighths, 8)
    return "█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")


def stack(values: Sequence[int], most: int, width: int = 24) -> tuple[int, ...]:
    """How many cells each part of a bar has; the whole is true to half a cell.

    A part that is there is seen: where it is less than a cell, the longest part
    gives it one.

    Args:
        values: The parts.
        most: The sum of the longest bar.
        width: Cells of the longest bar.
    """
    if most <= 0:
        return tuple(0 for _value in values)
    parts, at, end = [], 0, 0
    for value in values:
        at += value
        before, end = end, round(at * width / most)
        parts.append(max(end - before, 1 if value > 0 else 0))
    over = sum(parts) - max(end, sum(value > 0 for value in values))
    longest = parts.index(max(parts)) if parts else 0
    return tuple(n - over if place == longest else n for place, n in enumerate(parts))
