"""What the benchmarks share: interleaving with the floor, and one JSON line a figure.

Milliseconds belong to a machine; ratios taken in one run travel. Each measure is
taken next to its floor, in random order, and the median of both is kept.
"""

from __future__ import annotations

import json
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Sequence

Step = Callable[[], object]


def interleaved(steps: Sequence[Step], rounds: int, seed: int = 1) -> list[list[float]]:
    """Run each step once a round, in random order; the seconds of each, by step."""
    choose = random.Random(seed)  # noqa: S311 - chance, not secrets
    taken: list[list[float]] = [[] for _ in steps]
    order = list(range(len(steps)))
    for _ in range(rounds):
        choose.shuffle(order)
        for index in order:
            start = time.perf_counter()
            steps[index]()
            taken[index].append(time.perf_counter() - start)
    return taken


def percentile(seconds: Sequence[float], part: int) -> float:
    """The value that ``part`` hundredths of the measures do not exceed."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)]


def noisy(floor: Sequence[float]) -> bool:
    """Whether the machine was too busy for ratios to mean anything."""
    return percentile(floor, 95) > 3 * statistics.median(floor)


def machine() -> str:
    """The machine, in a few words."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}"
    )


def figure(
    name: str,
    n: int,
    measured: Sequence[float],
    floor: Sequence[float],
    goal: float | None = None,
    **more: object,
) -> None:
    """Print one figure as a JSON line.

    Args:
        name: What was measured over what.
        n: How large (acts, files, rows).
        measured: Seconds, one a round.
        floor: Seconds of the floor, interleaved with the former.
        goal: The ratio aimed at, if there is one.
        more: Anything else worth keeping.
    """
    p50, floor_p50 = statistics.median(measured), statistics.median(floor)
    line: dict[str, object] = {
        "name": name,
        "n": n,
        "p50": p50,
        "p99": percentile(measured, 99),
        "floor_p50": floor_p50,
        "floor_p99": percentile(floor, 99),
        "ratio": round(p50 / floor_p50, 3),
        "goal": goal,
        "noisy": noisy(floor),
        **more,
        "machine": machine(),
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)
