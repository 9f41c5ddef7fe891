"""Signing and verifying a workbook, over unzipping and digesting the same bytes.

``python -m tests.benchmarks.sign [--full]``

The floor is what nobody can do without: expand every entry, digest it with SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import statistics
import zipfile
from collections.abc import Callable

from jury_tui.signing.signature import sign
from jury_tui.signing.verification import verify
from tests.benchmarks.lib import amount, exponent, figure, interleaved, noisy, run
from tests.support import workbooks
from tests.support.signers import authority, signer
from tests.support.tampering import zipped_again

CELLS = 20_000
GOALS = {"sign": 25.0, "verify": 10.0}
"""Milliseconds that may be spent over the floor (20 sheets, 20 000 cells)."""


def stored(full: bool) -> None:
    """A workbook as it is exported."""
    _signed("stored, as exported", full, lambda exported: exported)


def deflated(full: bool) -> None:
    """A workbook that an office program has compressed."""
    _signed("deflated", full, zipped_again)


def _signed(kind: str, full: bool, packed: Callable[[bytes], bytes]) -> None:
    """Print the figures: added to the floor, and as a ratio."""
    taken = {}
    for rows in (10, 100, *((1_000,) if full else ())):
        data = packed(workbooks.large(rows=rows))
        taken[rows * 200] = _against_floor(data, 60 if rows <= 100 else 15)
    for place, name in ((1, "sign"), (2, "verify")):
        grows = exponent({cells: three[place] for cells, three in taken.items()})
        for cells, three in taken.items():
            base, measured = three[0], three[place]
            over = 1000 * (statistics.median(measured) - statistics.median(base))
            amount(
                f"time added to {name}, {kind} / unzip and sha256",
                cells,
                over,
                "ms",
                GOALS[name] if cells == CELLS else None,
                steady=not noisy(base),
                exponent=grows,
            )
            if cells == CELLS:
                figure(f"{name}, {kind} / unzip and sha256", cells, measured, base)


def _against_floor(unsigned: bytes, rounds: int) -> list[list[float]]:
    roots, who = [authority().certificate], signer()

    def signed(data: bytes) -> bytes:
        return sign(data, who, role="membre", place="Évry", time=workbooks.MOMENT)

    done = signed(unsigned)

    def floor() -> None:
        with zipfile.ZipFile(io.BytesIO(done)) as file:
            for name in file.namelist():
                hashlib.sha256(file.read(name)).digest()

    def judge() -> object:
        return verify(done, roots=roots, now=workbooks.MOMENT)

    return interleaved([floor, lambda: signed(unsigned), judge], rounds)


if __name__ == "__main__":
    run(stored, deflated)
