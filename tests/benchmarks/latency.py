"""One vote, from the key to the line painted again, with the act on the disk.

``python -m tests.benchmarks.latency [--full]``

The program runs in a pseudo-terminal of 120 × 40, on a session of 200 candidates, 13
voters and 10 components; ``u`` (all in favour) is pressed on one component after the
other, candidate after candidate. Beside it, in turns: the smallest Textual program
that paints one line again per key, and Textual's DataTable, both with nothing to save.
"""

from __future__ import annotations

import contextlib
import random
import re
import statistics
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.apps import grid
from tests.benchmarks.lib import (
    amount,
    environment,
    exponent,
    figure,
    noisy,
    percentile,
    run,
    scratch,
    skipped,
)
from tests.benchmarks.terminal import Painted, Seen, Terminal, missing
from tests.support import large

CLOCK = re.compile(r"\d\d:\d\d:\d\d")
UNTIL_NEXT = ("d", "\r", "n", "a", "h", "h", "d")
"""Pronounce, yes; the next one, called, hearing begun and ended, deliberation."""
NAME = "vote by one key in a large session"


class Secretary:
    """The program's candidate screen, and where its votes are."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.votes = 0
        terminal.first_paint(_has("FICTIF-10"))
        self._step("\r")
        self._step("\r")

    def vote(self) -> Painted:
        """One vote, counted and shown as saved; then on to what awaits the next."""
        component = large.COMPONENTS[self.votes % len(large.COMPONENTS)]

        def voted(lines: Sequence[str]) -> bool:
            """The component's line has its result, and the message its time."""
            row = next((w for w in lines if w[1:].startswith(f"{component} ")), "")
            return "✓" in row and any(CLOCK.search(line) for line in lines[-4:])

        painted = self.terminal.press("u", voted)
        self.votes += 1
        return painted

    def turn(self) -> None:
        """The next candidate, once every component is voted."""
        if self.votes and self.votes % len(large.COMPONENTS) == 0:
            for key in UNTIL_NEXT:
                self._step(key)

    def _step(self, key: str) -> None:
        before = list(self.terminal.screen.display)
        self.terminal.press(key, lambda lines: list(lines) != before)


def secretary(
    folder: Path, terminals: contextlib.ExitStack, candidates: int = large.CANDIDATES
) -> Secretary:
    """The program on a session of so many candidates, on the candidate screen."""
    sessions = folder / f"sessions-{candidates}"
    large.on_the_table(sessions, candidates=candidates)
    arguments = ("--sessions", str(sessions), "--exports", str(folder / "exports"))
    terminal = Terminal("-m", "jury_tui", *arguments, environment=environment(folder))
    return Secretary(terminals.enter_context(terminal))


def rival(folder: Path, module: str, terminals: contextlib.ExitStack) -> Terminal:
    """One of the small programs, painted."""
    terminal = terminals.enter_context(
        Terminal(
            "-m", f"tests.benchmarks.apps.{module}", environment=environment(folder)
        )
    )
    terminal.first_paint(_has(grid.NAMES[0]))
    return terminal


def _has(text: str) -> Seen:
    return lambda lines: any(text in line for line in lines)


def rivals(full: bool) -> None:
    """Against the smallest program, and against a table, in turns."""
    if missing():
        skipped(NAME, missing())
        return
    with scratch() as folder, contextlib.ExitStack() as terminals:
        _against_rivals(folder, terminals, 200 if full else 50)


def growth(full: bool) -> None:
    """With more candidates, a decade apart."""
    if missing():
        return
    with scratch() as folder, contextlib.ExitStack() as terminals:
        _growth(folder, terminals, 20 if full else 10)


def _against_rivals(folder: Path, terminals: contextlib.ExitStack, votes: int) -> None:
    ours = secretary(folder, terminals)
    line = rival(folder, "line", terminals)
    table = rival(folder, "data_table", terminals)
    painted: dict[str, list[Painted]] = {"ours": [], "line": [], "table": []}
    choose = random.Random(1)
    for number in range(1, votes + 1):
        ours.turn()
        count = _has(grid.count(number))
        for who in choose.sample(sorted(painted), len(painted)):
            if who == "ours":
                painted[who].append(ours.vote())
            else:
                painted[who].append(
                    (line if who == "line" else table).press("u", count)
                )
    seconds = {who: [p.there for p in every] for who, every in painted.items()}
    sizes = {who: [p.size for p in every] for who, every in painted.items()}
    size = large.CANDIDATES
    figure(
        f"{NAME} / smallest line-API program, nothing saved",
        size,
        seconds["ours"],
        seconds["line"],
        2,
        until_quiet=statistics.median(p.quiet for p in painted["ours"]),
        votes=votes,
    )
    figure(
        f"{NAME} / DataTable.update_cell, nothing saved",
        size,
        seconds["ours"],
        seconds["table"],
        0.2,
    )
    steady = not noisy(seconds["line"])
    amount(
        f"{NAME}, p95 / its p50",
        size,
        percentile(seconds["ours"], 95) / statistics.median(seconds["ours"]),
        "×",
        2,
        steady=steady,
    )
    amount(
        f"{NAME}, sent to the terminal",
        size,
        statistics.median(sizes["ours"]),
        "B",
        4000,
        note=f"at most {max(sizes['ours']):,}; line-API program "
        f"{statistics.median(sizes['line']):,.0f}; DataTable "
        f"{statistics.median(sizes['table']):,.0f}",
    )


def _growth(folder: Path, terminals: contextlib.ExitStack, votes: int) -> None:
    sizes = (2, 20, 200)
    tables = {size: secretary(folder, terminals, size) for size in sizes}
    taken: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(votes):
        for size, ours in tables.items():
            ours.turn()
            taken[size].append(ours.vote().there)
    grows = exponent(taken)
    for size in sizes[1:]:
        figure(
            f"{NAME} / the same with {sizes[0]} candidates",
            size,
            taken[size],
            taken[sizes[0]],
            exponent=grows,
        )


if __name__ == "__main__":
    run(rivals, growth)
