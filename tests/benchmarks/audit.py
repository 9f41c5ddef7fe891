"""Auditing sessions: over hashing and parsing their bytes, and by two processes.

``python -m tests.benchmarks.audit [--full]``
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import statistics
import time
from functools import partial
from pathlib import Path

from jury_tui.audit.audited import Anchored, bytes_of, typed
from jury_tui.audit.auditing import judge
from jury_tui.audit.checkpoint import Level, make_checkpoint, since
from jury_tui.audit.folder import audit_folder
from jury_tui.register.catalogue import registers
from jury_tui.register.chain import scan
from jury_tui.register.reading import judged
from jury_tui.session.folding import replay
from tests.benchmarks.lib import (
    AT_LEAST,
    amount,
    company,
    exponent,
    figure,
    interleaved,
    noisy,
    run,
    scratch,
)
from tests.support import corpus

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
PATH = Path("acts.jsonl")


def one_session(full: bool) -> None:
    """A session of 85 candidates, and how its audit grows with its size."""
    sizes = (8, 85, 850) if full else (8, 40, 85)
    grown: dict[int, list[float]] = {}
    for size in sizes:
        held = corpus.Template(corpus.held(size))
        data = held.register("s-1", random.Random(1))
        reading = judged(PATH, scan(data), data)
        array = reading.json
        acts = reading.count

        def floor(data: bytes = data, array: bytes = array) -> None:
            hashlib.sha256(data).digest()
            json.loads(array)

        def audit(data: bytes = data) -> None:
            judge(data, PATH, now=NOW, anchored=Anchored())

        def folded(data: bytes = data) -> None:
            replay(typed(judged(PATH, scan(data), data))[0])

        rounds = 40 if full else 12
        base, whole, fold = interleaved([floor, audit, folded], rounds)
        grown[acts] = whole
        if size == 85:
            figure("full audit / sha256+parse", acts, whole, base, 3)
            figure("open+verify+fold of the same / sha256+parse", acts, fold, base, 4)
            amount(
                "full audit, one act",
                acts,
                statistics.median(whole) / acts * 1e6,
                "µs",
                steady=not noisy(base),
            )
    power = exponent(grown)
    amount(
        "growth of a full audit with the acts",
        max(grown),
        power,
        "exponent",
        1.15,
        exponent=power,
    )


def processes(full: bool) -> None:
    """Two processes over one, the more sessions there are."""
    taken: dict[int, tuple[list[float], list[float]]] = {}
    steady = True
    for number in (6, 60, 600) if full else (24, 240):
        with scratch() as place, company() as calm:
            folder = _sessions(place, number)
            one, two = taken.setdefault(number, ([], []))
            for _ in range(3):
                for jobs, seconds in ((1, one), (2, two)):
                    start = time.perf_counter()
                    audit_folder(folder, now=NOW, jobs=jobs)
                    seconds.append(time.perf_counter() - start)
            steady = calm()
    grows = exponent({number: one for number, (one, _two) in taken.items()})
    for number, (one, two) in taken.items():
        amount(
            "full audit, 1 process / 2 processes",
            number,
            statistics.median(one) / statistics.median(two),
            "×",
            1.8 if number == max(taken) else None,
            AT_LEAST,
            steady=steady,
            exponent=grows,
            note="the processes' start included; exponent of one alone",
        )


def levels(full: bool) -> None:
    """The levels of a checkpoint over their floors."""
    taken = {
        number: _levels(number, 9) for number in ((6, 60, 600) if full else (24, 240))
    }
    for name, goal, floor, place in (
        ("audit level 1 / bulk sha256", 1.3, 0, 1),
        ("audit level 0 / stat of each file", 3, 2, 3),
    ):
        grows = exponent({number: four[place] for number, four in taken.items()})
        for number, four in taken.items():
            aimed = goal if number == max(taken) else None
            figure(name, number, four[place], four[floor], aimed, exponent=grows)


def _levels(number: int, rounds: int) -> list[list[float]]:
    """Hashing everything, level 1, looking at each file, level 0."""
    with scratch() as place:
        folder = _sessions(place, number)
        paths = [folder / name / "acts.jsonl" for name in registers(folder)]
        checkpoint = make_checkpoint(folder, now=NOW)

        def bulk() -> None:
            for path in paths:
                hashlib.sha256(bytes_of(path)).digest()

        def listed() -> None:
            for path in paths:
                path.stat()

        def level(which: Level) -> None:
            since(checkpoint, folder, which, now=NOW)

        return interleaved(
            [bulk, partial(level, Level.BYTES), listed, partial(level, Level.DATES)],
            rounds,
        )


def _sessions(place: Path, number: int) -> Path:
    """A folder of so many sessions of 30 candidates."""
    folder = place / "sessions"
    for _session in corpus.make(folder, number, candidates=30):
        pass
    return folder


if __name__ == "__main__":
    run(one_session, processes, levels)
