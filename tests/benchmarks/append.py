"""A durable append over the bare write and sync of as many bytes.

``python -m tests.benchmarks.append [--full]``; temporary files should be on a real
disk (``TMPDIR``). The rivals are TinyDB's own JSON storage, which rewrites the file at
each act, and SQLite with its journal synced at each commit.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from jury_tui import canonical
from jury_tui.register.disk import DISK
from jury_tui.register.record import Record
from jury_tui.register.register import Register
from jury_tui.register.systems import SystemFile
from jury_tui.session.commands import parse
from tests.benchmarks.lib import (
    AT_LEAST,
    amount,
    exponent,
    figure,
    interleaved,
    noisy,
    percentile,
    run,
    scratch,
)
from tests.support import large

FIRST = {"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}
ACT = {
    "type": "VoteCounted",
    "at": "2026-11-23T09:02:11+01:00",
    "candidate": "2026-0417",
    "component": "RNCP5411-a",
    "mode": "named",
    "reason": "à l’unanimité",
}


def filled(folder: Path, count: int) -> Register:
    """A register of so many acts, without waiting for the disk."""
    register = Register.create(folder, FIRST)
    batch = 400
    while register.count < count:
        register.append([ACT] * min(batch, count - register.count))
    return register


def stock(path: Path, count: int) -> TinyDB:
    """TinyDB with its own storage, holding so many acts."""
    table = {"_default": {str(n): ACT for n in range(1, count + 1)}}
    path.write_text(json.dumps(table))
    return TinyDB(path)


def sqlite(path: Path, count: int) -> sqlite3.Connection:
    """SQLite, each commit durable, holding so many acts."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("pragma journal_mode=wal")
    base.execute("pragma synchronous=full")
    base.execute("create table act(seq integer primary key, body blob not null)")
    base.execute("begin")
    base.executemany(
        "insert into act(body) values (?)", [(canonical.encode(ACT),)] * count
    )
    base.execute("commit")
    return base


def growth(full: bool) -> None:
    """The more acts there are already."""
    with scratch() as folder:
        _growth(folder, full)


def rivals(full: bool) -> None:
    """Against TinyDB's own storage, and against SQLite."""
    with scratch() as folder:
        _rivals(folder, full)


def strokes(_full: bool) -> None:
    """Many acts at once."""
    with scratch() as folder:
        _strokes(folder)


def whole_act(full: bool) -> None:
    """With guards, rules and fold."""
    with scratch() as folder:
        _whole_act(folder, full)


def _growth(folder: Path, full: bool) -> None:
    floor_file = DISK.open(folder / "floor", "new")
    line = b"x" * (66 + len(canonical.encode(ACT)))

    def floor() -> None:
        floor_file.append(line)
        floor_file.sync()

    sizes = (100, 1_000, 10_000, *((50_000,) if full else ()))
    registers = [filled(folder / str(size), size) for size in sizes]
    steps = [floor, *(lambda r=r: r.append([ACT]) for r in registers)]
    base, *taken = interleaved(steps, 1500 if full else 300)
    by_size = dict(zip(sizes, taken, strict=True))
    grows = exponent({s: by_size[s] for s in sizes[:3]})
    for size, measured in by_size.items():
        figure("append / write+sync", size, measured, base, 1.25, exponent=grows)
    if full:  # a 99th percentile of a few hundred is one bad moment
        amount(
            "append, p99 / write+sync, p99",
            10_000,
            percentile(by_size[10_000], 99) / percentile(base, 99),
            "×",
            1.5,
            steady=not noisy(base),
        )
    figure(
        "append at 10,000 acts / at 100 acts",
        10_000,
        by_size[10_000],
        by_size[100],
        1.2,
    )
    own: dict[int, float] = {}
    for size, register in zip(sizes, registers, strict=True):
        with no_disk(register):
            own[size] = own_cpu(register)
    grows = exponent({size: [taken] for size, taken in own.items()})
    amount(
        "own processor time of an append",
        10_000,
        own[10_000],
        "µs",
        25,
        exponent=grows,
    )
    for register in registers:
        register.close()


def _rivals(folder: Path, full: bool) -> None:
    ours = filled(folder / "ours", 10_000)
    base = sqlite(folder / "acts.sqlite", 10_000)
    body = canonical.encode(ACT)
    tiny = stock(folder / "tiny.json", 10_000)
    steps = [
        lambda: ours.append([ACT]),
        lambda: base.execute("insert into act(body) values (?)", (body,)),
        lambda: tiny.insert(ACT),
    ]
    append, lite, json_storage = interleaved(steps, 200 if full else 40)
    figure("append / SQLite, WAL, synchronous=full", 10_000, append, lite)
    figure(
        "TinyDB's JSONStorage / append",
        10_000,
        json_storage,
        append,
        50,
        AT_LEAST,
        note="TinyDB’s own storage syncs as well: where the disk is slow, both wait",
        judged=False,
    )
    for one in (ours, base, tiny):
        one.close()
    by_size = {
        size: _undelayed(folder, size, 100 if full else 30)
        for size in (100, 1_000, 10_000)
    }
    grows = exponent({size: slow for size, (_fast, slow) in by_size.items()})
    for size, (fast, slow) in by_size.items():
        figure(
            "TinyDB's JSONStorage / append, without waiting for the disk",
            size,
            slow,
            fast,
            50 if size == 10_000 else None,
            AT_LEAST,
            exponent=grows,
            note="exponent of TinyDB’s own",
        )


def _undelayed(folder: Path, count: int, rounds: int) -> list[list[float]]:
    """An append and TinyDB's own insert, neither waiting for the disk."""
    ours = filled(folder / f"ours-{count}", count)
    tiny = stock(folder / f"tiny-{count}.json", count)
    with no_disk(ours), _unsynced():
        taken = interleaved(
            [lambda: ours.append([ACT]), lambda: tiny.insert(ACT)], rounds
        )
    ours.close()
    tiny.close()
    return taken


@contextlib.contextmanager
def _unsynced() -> Iterator[None]:
    """``os.fsync`` does nothing."""
    real = os.fsync
    setattr(os, "fsync", lambda _descriptor: None)  # noqa: B010 - for a moment
    try:
        yield
    finally:
        os.fsync = real


def _strokes(folder: Path) -> None:
    register, rows = filled(folder / "strokes", 100), 13

    def each() -> None:
        for _ in range(rows):
            register.append([ACT])

    together, apart = interleaved([lambda: register.append([ACT] * rows), each], 60)
    figure("13 acts at one stroke / one by one", rows, together, apart)
    register.close()


def _whole_act(folder: Path, full: bool) -> None:
    """A vote, from the command to the folded session, the disk left out."""
    by_size = {}
    for candidates in (20, 200, *((2_000,) if full else ())):
        path = large.on_the_table(
            folder / f"of-{candidates}", candidates=candidates, votes=100
        )
        taken = by_size[candidates] = list[float]()
        with Record.open(path) as record, no_disk(record.register):
            for candidate in range(10, 19):
                taken += [_voted(record, number) for number in range(10)]
                large.pronounced(record, candidate + 1)
    grows = exponent(by_size)
    for candidates, taken in by_size.items():
        amount(
            "processor time of a vote: guards, rules, append, fold",
            candidates,
            1e6 * statistics.median(taken),
            "µs",
            25,
            exponent=grows,
            note="13 members, 10 components",
        )


def _voted(record: Record, number: int) -> float:
    command = parse(large.vote(number))
    start = time.process_time()
    record.do(command, now=large.LATER)
    return time.process_time() - start


class _Nowhere(SystemFile):
    """A file that keeps nothing and waits for nobody."""

    end = 0

    def append(self, data: bytes) -> None:
        self.end += len(data)

    def size(self) -> int:
        return self.end

    def sync(self) -> None:
        pass


@contextlib.contextmanager
def no_disk(register: Register) -> Iterator[None]:
    """Leave the disk out of what a register does."""
    journal: Any = register._journal
    there: SystemFile = journal._file
    journal._file = nowhere = _Nowhere(there.descriptor)
    nowhere.end = there.size()
    try:
        yield
    finally:
        journal._file = there


def own_cpu(register: Register) -> float:
    """Microseconds of processor per act."""
    rounds = 5000
    start = time.process_time()
    for _ in range(rounds):
        register.append([ACT])
    return 1e6 * (time.process_time() - start) / rounds


if __name__ == "__main__":
    run(growth, rivals, strokes, whole_act)
