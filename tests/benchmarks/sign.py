"""Signing and verifying a workbook, over unzipping and digesting the same bytes.

``python -m tests.benchmarks.sign``

The floor is what nobody can do without: expand every entry, digest it with SHA-256.
"""

from __future__ import annotations

import hashlib
import io
import statistics
import zipfile

from jury_tui.minutes.signature import sign
from jury_tui.minutes.verification import verify
from tests.benchmarks.lib import figure, interleaved
from tests.support import workbooks
from tests.support.signers import authority, signer
from tests.support.tampering import zipped_again

CELLS = 20_000
GOALS = {"sign": 25.0, "verify": 10.0}
"""Milliseconds that may be spent over the floor (20 sheets, 20 000 cells)."""


def main() -> None:
    """Print the figures, for the workbook stored (as exported) and deflated."""
    exported = workbooks.large()
    roots, who = [authority().certificate], signer()

    def signed(data: bytes) -> bytes:
        return sign(data, who, role="membre", place="Évry", time=workbooks.MOMENT)

    for kind, unsigned in (("stored", exported), ("deflated", zipped_again(exported))):
        done = signed(unsigned)

        def floor(data: bytes = done) -> None:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                for name in file.namelist():
                    hashlib.sha256(file.read(name)).digest()

        def judge(data: bytes = done) -> object:
            return verify(data, roots=roots, now=workbooks.MOMENT)

        def make(data: bytes = unsigned) -> object:
            return signed(data)

        base, signing, verifying = interleaved([floor, make, judge], 60)
        for name, taken in (("sign", signing), ("verify", verifying)):
            over = 1000 * (statistics.median(taken) - statistics.median(base))
            figure(
                f"{name} / unzip+sha256, {kind}",
                CELLS,
                taken,
                base,
                over_ms=round(over, 2),
                goal_over_ms=GOALS[name],
                size=len(done),
            )


if __name__ == "__main__":
    main()
