"""Opening a register, every act verified, over hashing and parsing its bytes.

``python -m tests.benchmarks.open [ACTS]``
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from jury_tui import canonical
from jury_tui.register import chain, read
from tests.benchmarks.append import ACT, FIRST
from tests.benchmarks.lib import figure, interleaved


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


def main(folder: Path, count: int) -> None:
    """Print the figures."""
    single = written(folder / "single.jsonl", count, 1)
    strokes = written(folder / "strokes.jsonl", count, 10)
    data, array = single.read_bytes(), read(single).json

    def floor() -> None:
        hashlib.sha256(data).digest()
        json.loads(array)

    base, one, ten = interleaved(
        [floor, lambda: read(single), lambda: read(strokes)], 60
    )
    figure("open+verify / sha256+parse, one act a line", count, one, base, 4)
    figure("open+verify / sha256+parse, ten acts a line", count, ten, base, 4)


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp())
    try:
        main(place, int(sys.argv[1]) if sys.argv[1:] else 10_000)
    finally:
        shutil.rmtree(place)
