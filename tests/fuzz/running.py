"""Running targets: turns of equal time, in one process, its memory watched."""

from __future__ import annotations

import contextlib
import random
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TextIO

import msgspec

from jury_tui.i18n import set_language
from tests.fuzz import beside, packages, registers, rulebooks
from tests.fuzz.mutations import Step

TARGETS: dict[str, Callable[[Path], Step]] = {
    "read": registers.reader,
    "record": registers.record,
    "audit": registers.auditing,
    "archive": registers.archives,
    "catalogue": beside.catalogue,
    "anchors": beside.ledger_of_anchors,
    "audited": beside.audited,
    "checkpoint": beside.checkpoint,
    "notes": beside.notes,
    "rulebook": rulebooks.reader,
    "package": packages.verifier,
}
GROUPS = {
    "register": [name for name in TARGETS if name not in ("rulebook", "package")],
    "rulebooks": ["rulebook"],
    "packages": ["package"],
}
MOST_GROWN = 256
"""MiB that a run may come to hold beyond what it held when warm."""
PATIENCE = 20.0
"""Seconds after which an execution is taken for endless."""
_WARM = 20  # executions of each target before memory is compared


class Run(msgspec.Struct):
    """What a run of targets came to.

    Attributes:
        executions, sound: By target: how many, and how many found nothing amiss.
        spent, slowest: By target, in seconds.
        grown: MiB held at the end beyond those held when warm; peak the most ever.
        raised: What came out that should not have, how to see it again, by its place.
    """

    executions: dict[str, int]
    sound: dict[str, int]
    spent: dict[str, float]
    slowest: dict[str, float]
    grown: int = 0
    peak: int = 0
    raised: dict[str, str] = {}
    times_raised: int = 0


def chosen(words: Sequence[str]) -> list[str]:
    """The targets that names of targets and groups stand for."""
    names = [name for word in words for name in GROUPS.get(word, [word])]
    unknown = set(names) - set(TARGETS)
    if unknown:
        raise SystemExit(f"no such target: {' '.join(sorted(unknown))}")
    return list(dict.fromkeys(names)) or list(TARGETS)


def run(
    names: Sequence[str],
    seconds: float,
    seed: str,
    *,
    only: int | None = None,
    told: TextIO | None = None,
) -> Run:
    """Run targets for so many seconds, in turns of equal time."""
    set_language("fr")
    zeros = dict.fromkeys(names, 0)
    outcome = Run(
        {**zeros}, {**zeros}, dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    )
    with tempfile.TemporaryDirectory() as place:
        steps = {}
        for name in names:
            folder = Path(place, name)
            folder.mkdir()
            steps[name] = TARGETS[name](folder)
        if only is not None:
            for name in names:
                steps[name](random.Random(f"{seed}/{name}/{only}"))
            return outcome
        began, warm = time.monotonic(), 0
        while (
            time.monotonic() - began < seconds or min(outcome.executions.values()) < 1
        ):
            name = min(names, key=outcome.spent.__getitem__)
            _once(name, steps[name], seed, outcome, told)
            if not warm and min(outcome.executions.values()) >= _WARM:
                warm = held()
        outcome.grown = held() - warm if warm else 0
        outcome.peak = peak()
    if told is not None:
        told.write(summary(outcome))
    return outcome


def _once(name: str, step: Step, seed: str, outcome: Run, told: TextIO | None) -> None:
    number = outcome.executions[name]
    begun = time.monotonic()
    try:
        with _no_longer_than(PATIENCE):
            outcome.sound[name] += bool(step(random.Random(f"{seed}/{name}/{number}")))
    except Exception as error:  # what this is looking for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{name}: {type(error).__name__} at {frame.filename}:{frame.lineno}"
        outcome.times_raised += 1
        if where not in outcome.raised:
            outcome.raised[where] = f"{name} --seed {seed} --only {number}"
            if told is not None:
                told.write(f"{where}: {str(error)[:300]}\n  {outcome.raised[where]}\n")
                told.flush()
    took = time.monotonic() - begun
    outcome.executions[name] = number + 1
    outcome.spent[name] += took
    outcome.slowest[name] = max(outcome.slowest[name], took)


@contextlib.contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    """Interrupt what does not end, where the system has an alarm."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def rung(_number: int, _frame: object) -> NoReturn:
        raise TimeoutError(f"no end after {seconds} s")

    before = signal.signal(signal.SIGALRM, rung)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def summary(outcome: Run) -> str:
    """A run in a few lines."""
    lines = [
        f"{name}: {count} executions in {outcome.spent[name]:.0f} s, "
        f"{outcome.sound[name]} found sound, the slowest {outcome.slowest[name]:.3f} s"
        for name, count in outcome.executions.items()
    ]
    total = sum(outcome.executions.values())
    lines.append(
        f"{total} executions, {outcome.times_raised} raised something raw, "
        f"memory grown by {outcome.grown} MiB, {outcome.peak} MiB at most"
    )
    return "\n".join(lines) + "\n"


def held() -> int:
    """MiB of memory held now; 0 where it is not told."""
    try:
        text = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return 0
    return int(text.partition("VmRSS:")[2].split()[0]) // 1024


def peak() -> int:
    """The most MiB this process has held; 0 where it is not told."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
