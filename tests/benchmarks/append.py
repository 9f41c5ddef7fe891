"""A durable append over the bare write and sync of as many bytes.

``python -m tests.benchmarks.append [FOLDER]``; the folder should be on a real disk.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from jury_tui import canonical
from jury_tui.register import Register
from jury_tui.register.disk import DISK, SystemFile
from tests.benchmarks.lib import figure, interleaved

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


def main(folder: Path) -> None:
    """Print the figures."""
    floor_file = DISK.open(folder / "floor", "new")
    line = b"x" * (66 + len(canonical.encode(ACT)))

    def floor() -> None:
        floor_file.append(line)
        floor_file.sync()

    small, large = filled(folder / "small", 100), filled(folder / "large", 10_000)
    steps = [floor, lambda: small.append([ACT]), lambda: large.append([ACT])]
    base, at_100, at_10_000 = interleaved(steps, 1500)
    cpu = own_cpu(large)
    figure("append / write+sync", 100, at_100, base, 1.25, own_cpu=cpu)
    figure("append / write+sync", 10_000, at_10_000, base, 1.25)
    figure("append at 10,000 / at 100 acts", 10_000, at_10_000, at_100, 1.2)
    rows = 13
    row: list[Any] = [lambda: small.append([ACT] * rows), lambda: _each(small, rows)]
    together, apart = interleaved(row, 100)
    figure("13 acts at one stroke / one by one", rows, together, apart)


def _each(register: Register, rows: int) -> None:
    for _ in range(rows):
        register.append([ACT])


def own_cpu(register: Register) -> float:
    """Seconds of processor per act, the disk left out."""
    journal: Any = register._journal
    there: SystemFile = journal._file

    class Nowhere(SystemFile):
        end = there.size()

        def append(self, data: bytes) -> None:
            self.end += len(data)

        def size(self) -> int:
            return self.end

        def sync(self) -> None:
            pass

    journal._file = Nowhere(there.descriptor)
    rounds = 5000
    start = time.process_time()
    for _ in range(rounds):
        register.append([ACT])
    taken = (time.process_time() - start) / rounds
    journal._file = there
    return taken


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp(dir=sys.argv[1] if sys.argv[1:] else None))
    try:
        main(place)
    finally:
        shutil.rmtree(place)
