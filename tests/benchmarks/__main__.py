"""All the benchmarks: ``python -m tests.benchmarks [--full] [--json FILE] [--table]``.

The quick set takes less than two minutes on two processors; ``--full`` takes every
size. ``--json`` keeps the figures, one a line; ``--table`` writes docs/benchmarks.md
from this same run. Names of scripts limit the run to them.

A ratio is judged, a time is only reported. The command fails (1) when a ratio is
beyond 1.5 times its goal three times in a row, each time on a run whose floor was
steady; on an unsteady one it is declared noisy.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.verdicts import Figure, best, beyond, identity, met, noisy

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
LONGEST = {False: 300, True: 3600}
"""Seconds after which a script is given up, quick and full."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, judge, report."""
    asked = _parser().parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    figures: list[Figure] = []
    failures: list[str] = []
    started = time.monotonic()
    for script in asked.scripts or _there(SCRIPTS):
        began = time.monotonic()
        found, wrong = judged(script, full=asked.full, attempts=asked.attempts)
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
    script: str, *, full: bool, attempts: int = ATTEMPTS
) -> tuple[list[Figure], list[str]]:
    """Run a script, and again while a ratio of it is far beyond its goal.

    Returns:
        Its figures, each from its best attempt; what failed.
    """
    kept: dict[str, Figure] = {}
    suspects: set[str] = set()
    for attempt in range(attempts):
        try:
            found = ran(script, full=full)
        except (subprocess.SubprocessError, ValueError) as error:
            return list(kept.values()), [f"{script}: {error}"]
        for figure in found:
            key = identity(figure)
            kept[key] = best(kept[key], figure) if key in kept else figure
            if not attempt:
                _say(table.sentence(figure))
        far = {identity(f) for f in found if beyond(f)}
        suspects = far if not attempt else suspects & far
        if not suspects:
            return list(kept.values()), []
        for key in sorted(suspects):
            _say(f"    beyond 1.5 × its goal, attempt {attempt + 1}: {key}")
    failed = sorted(suspects) if attempts >= ATTEMPTS else []
    return list(kept.values()), [f"{script}: {key}" for key in failed]


def ran(script: str, *, full: bool) -> list[Figure]:
    """One run of a script, in a process of its own.

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
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=LONGEST[full],
        check=True,
    )
    return [dict(json.loads(line)) for line in done.stdout.splitlines() if line]


def _there(scripts: Iterable[str]) -> list[str]:
    return [s for s in scripts if Path(__file__).with_name(f"{s}.py").exists()]


def _conclude(figures: list[Figure], failures: list[str], seconds: float) -> None:
    aimed = [f for f in figures if f.get("goal") is not None]
    missed = [f for f in aimed if not noisy(f) and not met(f)]
    unsteady = [f for f in aimed if noisy(f)]
    _say(
        f"\n{len(figures)} figures in {seconds:.0f} s; {len(aimed)} have a goal: "
        f"{len(aimed) - len(missed) - len(unsteady)} met, {len(missed)} not met, "
        f"{len(unsteady)} noisy."
    )
    for title, some in (("Not met", missed), ("Noisy", unsteady)):
        for figure in some:
            _say(f"{title}: {table.sentence(figure)}")
    for failure in failures:
        _say(f"FAILED, {ATTEMPTS} times in a row: {failure}")


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
        "--attempts",
        type=int,
        default=ATTEMPTS,
        metavar="N",
        help=f"runs of a script far beyond a goal; under {ATTEMPTS}, none fails",
    )
    parser.add_argument(
        "--table", action="store_true", help="write docs/benchmarks.md from this run"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
