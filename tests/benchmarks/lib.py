"""What the benchmarks share: interleaving with the floor, and one JSON line a figure.

Milliseconds belong to a machine; ratios taken in one run travel. Each measure is
taken next to its floor, in random order, and the median of both is kept.

A script is a module of parts, each a function of ``full`` that prints some figures by
itself; ``run(part, …)`` under ``__name__`` reads ``--full`` and the names of parts from
the command line. ``python -m tests.benchmarks`` runs them all, one process a script,
and once more only the parts whose figures are in doubt.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

Step = Callable[[], object]
Part = Callable[[bool], None]

AT_MOST, AT_LEAST = "≤", "≥"


def interleaved(steps: Sequence[Step], rounds: int, seed: int = 1) -> list[list[float]]:
    """Run each step once a round, in random order; the seconds of each, by step."""
    choose = random.Random(seed)
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


@contextlib.contextmanager
def company() -> Iterator[Callable[[], bool]]:
    """What tells, after a while, whether others left the processors to us.

    For what is no ratio of two measures taken in turns: they took less than a tenth
    of what there is. Only Linux knows; elsewhere the machine is believed calm.
    """
    began, stat, ours = time.perf_counter(), _busy(), sum(os.times()[:4])

    def calm() -> bool:
        if stat is None:
            return True
        others = (_busy() or stat) - stat - (sum(os.times()[:4]) - ours)
        there = (time.perf_counter() - began) * (os.cpu_count() or 1)
        return others < there / 10

    yield calm


def _busy() -> float | None:
    """Seconds that all the processors of the machine have worked, for anybody."""
    try:
        first = Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()
    except OSError:
        return None
    user, nice, system, _idle, _waiting, *more = map(int, first[1:9])
    return (user + nice + system + sum(more)) / float(os.sysconf("SC_CLK_TCK"))


def exponent(by_size: Mapping[int, Sequence[float]]) -> float:
    """How a measure grows with its size: 0 not at all, 1 in proportion, 2 its square.

    The slope of the line nearest to the medians, both axes in logarithms.
    """
    points = [
        (math.log(size), math.log(statistics.median(taken)))
        for size, taken in by_size.items()
    ]
    return round(statistics.linear_regression(*zip(*points, strict=True)).slope, 2)


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
    sense: str = AT_MOST,
    **more: object,
) -> None:
    """Print one ratio as a JSON line.

    Args:
        name: What was measured, " / ", over what.
        n: How large (acts, files, rows).
        measured: Seconds, one a round.
        floor: Seconds of the floor, interleaved with the former.
        goal: The ratio aimed at, if there is one.
        sense: Whether the goal is the most or the least.
        more: Anything else worth keeping; ``exponent`` and ``note`` reach the table.
    """
    p50, floor_p50 = statistics.median(measured), statistics.median(floor)
    _say(
        name=name,
        n=n,
        p50=p50,
        p95=percentile(measured, 95),
        p99=percentile(measured, 99),
        floor_p50=floor_p50,
        floor_p95=percentile(floor, 95),
        floor_p99=percentile(floor, 99),
        ratio=round(p50 / floor_p50, 3),
        goal=goal,
        sense=sense,
        noisy=noisy(floor),
        **more,
    )


def amount(
    name: str,
    n: int,
    value: float,
    unit: str,
    goal: float | None = None,
    sense: str = AT_MOST,
    *,
    steady: bool = True,
    **more: object,
) -> None:
    """Print something that is no ratio: milliseconds, bytes, a part of two measures.

    Times are reported and never fail a run; what does not depend on how busy the
    machine is (``B``, ``×``) may.

    Args:
        name: What was measured, " / ", over what if it is a part of something.
        n: How large (acts, files, rows).
        value: How much.
        unit: ``ms``, ``µs``, ``B``, ``MB``, ``×``.
        goal: What is aimed at, if anything.
        sense: Whether the goal is the most or the least.
        steady: Whether the machine was calm enough for it to mean something.
        more: Anything else worth keeping; ``exponent`` and ``note`` reach the table.
    """
    _say(
        name=name,
        n=n,
        value=round(value, 3),
        unit=unit,
        goal=goal,
        sense=sense,
        noisy=not steady,
        **more,
    )


def skipped(name: str, why: str) -> None:
    """Say what was not measured, and why."""
    _say(name=name, n=0, skipped=why, goal=None, noisy=False)


def _say(**line: object) -> None:
    told = line | {"part": _running[-1], "machine": machine()}
    print(json.dumps(told, ensure_ascii=False), flush=True)


_running = [""]
"""The part that is running, last."""


def environment(folder: Path) -> dict[str, str]:
    """The environment of a program that is timed from its start.

    Its modules are compiled once, as an installed program's are, whatever this
    process was told; and it remembers nothing outside of the folder.
    """
    kept = dict(os.environ)
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "COLUMNS", "LINES"):
        kept.pop(name, None)
    return kept | {
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the measures, on the disk that holds temporary files."""
    place = Path(tempfile.mkdtemp(prefix="jury-tui-bench-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def run(*parts: Part) -> None:
    """Run a script by itself: ``[--full] [PART …]``, all its parts by default."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    named = {part.__name__: part for part in parts}
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true", help="every size")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(named))
    asked = parser.parse_args()
    unknown = sorted(set(asked.parts) - set(named))
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    for name, part in named.items():
        if not asked.parts or name in asked.parts:
            _running.append(name)
            part(asked.full)
