"""Opening a register, every act verified, over hashing and parsing its bytes.

``python -m tests.benchmarks.open [--full]``
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from jury_tui import canonical
from jury_tui.register import chain
from jury_tui.register.reading import read
from jury_tui.register.record import Record
from tests.benchmarks.append import ACT, FIRST
from tests.benchmarks.lib import Step, exponent, figure, interleaved, run, scratch
from tests.support import large


def written(path: Path, count: int, stroke: int) -> Path:
    """A register of so many acts, so many at a stroke."""
    head, lines = chain.start("s-1"), []
    bodies = [canonical.encode(FIRST)]
    for _ in range(0, count, stroke):
        head, line = chain.line(head, bodies)
        lines.append(line)
        bodies = [canonical.encode(ACT)] * stroke
    path.write_bytes(b"".join(lines))
    return path


def floor_of(path: Path) -> Callable[[], object]:
    """Hash the file, and parse its acts as one JSON array."""
    data, array = path.read_bytes(), read(path).json

    def floor() -> None:
        hashlib.sha256(data).digest()
        json.loads(array)

    return floor


def verified(full: bool) -> None:
    """A register read, each act verified."""
    with scratch() as folder:
        _verified(folder, full)


def folded(full: bool) -> None:
    """A session opened to be read."""
    with scratch() as folder:
        _folded(folder, full)


def _verified(folder: Path, full: bool) -> None:
    taken = {}
    for size in (100, 1_000, 10_000, *((100_000,) if full else ())):
        single = written(folder / f"single-{size}.jsonl", size, 1)
        strokes = written(folder / f"strokes-{size}.jsonl", size, 10)
        steps: list[Step] = [
            floor_of(single),
            partial(read, single),
            partial(read, strokes),
        ]
        rounds = max(12, min(200, 400_000 // size)) if full else 40
        taken[size] = interleaved(steps, rounds)
    grows = [exponent({s: t[which] for s, t in taken.items()}) for which in (1, 2)]
    for size, (base, one, ten) in taken.items():
        for kind, measured, power in (
            ("one act a line", one, grows[0]),
            ("ten acts a line", ten, grows[1]),
        ):
            # Small files pay for opening one: the goal is for a day's register.
            goal = 4 if size >= 10_000 else None
            figure(
                f"open and verify, {kind} / sha256 and json.loads",
                size,
                measured,
                base,
                goal,
                exponent=power,
            )


def _folded(folder: Path, full: bool) -> None:
    """A whole session opened to be read: verified, typed, folded."""
    taken: dict[int, list[list[float]]] = {}
    acts: dict[int, int] = {}
    for candidates in (2, 20, 200):
        path = large.on_the_table(
            folder / str(candidates),
            candidates=candidates,
            votes=10 * (candidates - 1),
        )
        file = path / "acts.jsonl"

        def opened(path: Path = path) -> None:
            Record.open(path, write=False).close()

        steps = [floor_of(file), opened]
        taken[candidates] = interleaved(steps, 40 if full else 15)
        acts[candidates] = read(file).count
    grows = exponent({acts[some]: measured for some, (_, measured) in taken.items()})
    for candidates, (base, measured) in taken.items():
        figure(
            "open, verify and fold a session / sha256 and json.loads",
            acts[candidates],
            measured,
            base,
            4 if candidates == large.CANDIDATES else None,
            exponent=grows,
            note=f"{candidates} candidates, 10 components",
        )


if __name__ == "__main__":
    run(verified, folded)
