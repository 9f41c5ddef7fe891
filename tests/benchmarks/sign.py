"""Signing and verifying a workbook, over unzipping and digesting the same bytes.

``python -m tests.benchmarks.sign [--full]``

The floor is what nobody can do without: expand every entry, digest it with SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import statistics
import zipfile

from jury_tui.signing.signature import sign
from jury_tui.signing.verification import verify
from tests.benchmarks.lib import amount, exponent, figure, interleaved, noisy, run
from tests.support import workbooks
from tests.support.signers import authority, signer
from tests.support.tampering import zipped_again

CELLS = 20_000
GOALS = {"sign": 25.0, "verify": 10.0}
"""Milliseconds that may be spent over the floor (20 sheets, 20 000 cells)."""


def main(full: bool) -> None:
    """Print the figures: added to the floor, and as a ratio, stored and deflated."""
    roots, who = [authority().certificate], signer()

    def signed(data: bytes) -> bytes:
        return sign(data, who, role="membre", place="Évry", time=workbooks.MOMENT)

    def against_floor(unsigned: bytes, rounds: int) -> list[list[float]]:
        done = signed(unsigned)

        def floor() -> None:
            with zipfile.ZipFile(io.BytesIO(done)) as file:
                for name in file.namelist():
                    hashlib.sha256(file.read(name)).digest()

        def judge() -> object:
            return verify(done, roots=roots, now=workbooks.MOMENT)

        return interleaved([floor, lambda: signed(unsigned), judge], rounds)

    for kind, again in (("stored, as exported", False), ("deflated", True)):
        taken = {}
        for rows in (10, 100, *((1_000,) if full else ())):
            exported = workbooks.large(rows=rows)
            data = zipped_again(exported) if again else exported
            taken[rows * 200] = against_floor(data, 60 if rows <= 100 else 15)
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


if __name__ == "__main__":
    run(main)
