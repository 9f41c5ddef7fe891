"""All the benchmarks: ``python -m tests.benchmarks [--full] [--json FILE] [--table]``.

The quick set takes less than two minutes on two processors; ``--full`` takes every
size. ``--json`` keeps the figures, one a line; ``--table`` writes docs/benchmarks.md
from this same run. Names of scripts limit the run to them.

A ratio is judged, a time is only reported. The command fails (1) when a ratio is
beyond 1.5 times its goal three times in a row, each time on a run whose floor was
steady; on an unsteady one it is declared noisy. Only what is in doubt is measured
again. A goal known to be missed is in shortfalls.toml with its reason: the run then
fails beyond 1.5 times the shortfall recorded there.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.verdicts import (
    Figure,
    best,
    beyond,
    identity,
    known,
    met,
    noisy,
    outgrown,
)

ROOT = Path(__file__).parents[2]
SCRIPTS = (
    "latency",
    "startup",
    "append",
    "open",
    "audit",
    "search",
    "rules",
    "workbook",
    "sign",
)
ATTEMPTS = 3
LONGEST = {False: 300, True: 1800}
"""Seconds after which a script is given up, quick and full."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, judge, report."""
    asked = _parser().parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    figures: list[Figure] = []
    failures: list[str] = []
    started = time.monotonic()
    until = started + asked.within
    for script in asked.scripts or SCRIPTS:
        began = time.monotonic()
        if began > until:
            _say(f"    {script}: not begun, {asked.within} s are over")
            continue
        found, wrong = judged(script, full=asked.full, until=until)
        figures += found
        failures += wrong
        _say(f"    {script}: {time.monotonic() - began:.0f} s")
    if asked.json:
        lines = (json.dumps(f, ensure_ascii=False) + "\n" for f in figures)
        asked.json.write_text("".join(lines), "utf-8")
    if asked.table:
        table.write(ROOT / "docs" / "benchmarks.md", figures, full=asked.full)
    _conclude(figures, failures, time.monotonic() - started)
    return 1 if failures else 0


def judged(
    script: str, *, full: bool, until: float = math.inf
) -> tuple[list[Figure], list[str]]:
    """Run a script, then again those parts of it whose figures are in doubt.

    Args:
        script: Its name.
        full: At every size.
        until: The moment (``time.monotonic``) after which nothing is run again, and
            so nothing can fail.

    Returns:
        Its figures, each from its best attempt; what failed.
    """
    kept: dict[str, Figure] = {}
    suspects: set[str] = set()
    for attempt in range(1, ATTEMPTS + 1):
        if attempt > 1 and time.monotonic() > until:
            _say("    no time to measure again")
            return list(kept.values()), []
        parts = sorted({str(kept[key]["part"]) for key in suspects})
        try:
            found = ran(script, parts, full=full)
        except (subprocess.SubprocessError, ValueError) as error:
            return list(kept.values()), [f"{script}: {error}"]
        for figure in found:
            key = identity(figure)
            figure["script"] = script
            kept[key] = best(kept[key], figure) if key in kept else figure
            if attempt == 1:
                _say(table.sentence(figure))
        far = {identity(f) for f in found if beyond(f)}
        suspects = far if attempt == 1 else suspects & far
        if not suspects:
            break
        for key in sorted(suspects):
            _say(f"    beyond what may be, attempt {attempt}: {key}")
    return list(kept.values()), [
        f"{script}: {key}, {ATTEMPTS} times in a row" for key in sorted(suspects)
    ]


def ran(script: str, parts: Sequence[str], *, full: bool) -> list[Figure]:
    """One run of a script, or of some of its parts, in a process of its own.

    Raises:
        subprocess.SubprocessError: it failed, or took far too long.
        ValueError: it printed something that is no figure.
    """
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            f"tests.benchmarks.{script}",
            *(["--full"] if full else []),
            *parts,
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=LONGEST[full],
        check=True,
    )
    return [dict(json.loads(line)) for line in done.stdout.splitlines() if line]


def _conclude(figures: list[Figure], failures: list[str], seconds: float) -> None:
    aimed = [f for f in figures if f.get("goal") is not None]
    missed = [f for f in aimed if not noisy(f) and not met(f)]
    unsteady = [f for f in aimed if noisy(f)]
    _say(
        f"\n{len(figures)} figures in {seconds:.0f} s; {len(aimed)} have a goal: "
        f"{len(aimed) - len(missed) - len(unsteady)} met, {len(missed)} not met, "
        f"{len(unsteady)} noisy."
    )
    for figure in missed:
        reason = "known" if figure["name"] in known() else "not in shortfalls.toml"
        _say(f"Not met ({reason}): {table.sentence(figure)}")
    for figure in unsteady:
        _say(f"Noisy: {table.sentence(figure)}")
    for name in outgrown(figures):
        _say(f"Met, take it out of shortfalls.toml: {name}")
    for failure in failures:
        _say(f"FAILED: {failure}")


def _say(text: str) -> None:
    print(text, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description=__doc__
    )
    parser.add_argument("scripts", nargs="*", metavar="SCRIPT", help=", ".join(SCRIPTS))
    parser.add_argument("--full", action="store_true", help="every size")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    parser.add_argument(
        "--within",
        type=float,
        default=math.inf,
        metavar="SECONDS",
        help="after these nothing more is begun, nor measured again",
    )
    parser.add_argument(
        "--table", action="store_true", help="write docs/benchmarks.md from this run"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
