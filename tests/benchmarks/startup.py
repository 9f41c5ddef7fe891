"""From the start of the process to what is useful, beside the least that it could be.

``python -m tests.benchmarks.startup [--full]``

The first paint of the list of sessions (its latest one in full) and of a session, over
that of a Textual program that shows one word, in a pseudo-terminal; an audit of one
small session, over the start of Python with TinyDB.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from jury_tui import canonical
from jury_tui.demo import make
from jury_tui.i18n import short_date
from jury_tui.register import chain
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.reading import read
from jury_tui.register.records import FILE
from jury_tui.rules.people import Candidate
from jury_tui.session import acts as a
from tests.benchmarks.lib import (
    amount,
    environment,
    exponent,
    figure,
    interleaved,
    run,
    scratch,
    skipped,
)
from tests.benchmarks.terminal import ROOT, Seen, Terminal, missing
from tests.support import large

FIRST_DAY = dt.date(1970, 1, 1)
CERTIFICATION = "RNCP5411"
HEAVY = ("textual", "openpyxl")
"""What an audit of a session without a workbook has no use for."""
OPENED = """
import sys
from argparse import Namespace
from pathlib import Path
from jury_tui.cli import screens
folder, session = map(Path, sys.argv[1:])
screens.show(Namespace(sessions=folder, exports=folder), open_path=session)
"""
IMPORTED = """
import json, sys
from jury_tui.cli import main
main(["audit", sys.argv[1]])
print(json.dumps([name for name in sys.argv[2:] if name in sys.modules]))
"""


TINYDB = ("-c", "import tinydb")
PROGRAM = ("-c", "from jury_tui.__main__ import run; run()")
"""What the installed ``jury-tui`` does."""


def shelf(folder: Path, count: int) -> Seen:
    """So many small sessions, one a day, and what shows the latest of them."""
    noon = dt.time(12, tzinfo=large.PARIS)
    people = [
        Candidate(id=f"c{n}", birth_name=f"Nom{n}", file_number=f"{n:04}")
        for n in range(1, 4)
    ]
    day = FIRST_DAY
    for number in range(count):
        day = FIRST_DAY + dt.timedelta(days=number)
        at = dt.datetime.combine(day, noon)
        name = f"{day}-rncp5411-vae"
        acts: list[a.AnyAct] = [
            a.SessionDrafted(
                at=at,
                session=name,
                certification=CERTIFICATION,
                route="vae",
                date=day,
                place="Lyon",
            ),
            *(a.CandidateRegistered(at=at, candidate=person) for person in people),
            a.SessionConvened(at=at),
        ]
        place = folder / name
        place.mkdir(parents=True)
        (place / FILE).write_bytes(register(name, acts))
    Catalogue.open(folder).refresh()  # as an earlier start of the program left it
    wanted = short_date(day)
    return lambda lines: any(wanted in w and CERTIFICATION in w for w in lines)


def register(session: str, acts: list[a.AnyAct]) -> bytes:
    """The bytes of a register."""
    head, lines = chain.start(session), []
    for act in acts:
        head, line = chain.line(head, [canonical.encode(a.to_record(act))])
        lines.append(line)
    return b"".join(lines)


def first_paints(full: bool) -> None:
    """What a person waits for."""
    if missing():
        skipped("first paint", missing())
        return
    with scratch() as folder:
        _first_paints(folder, full)


def audit(full: bool) -> None:
    """What a script waits for: one session audited, and the sizes of sessions."""
    with scratch() as folder:
        session = make(folder / "demo", large.LATER)
        _audit(folder, session, 40 if full else 12)
        _by_size(folder, 15 if full else 5)


def commands(full: bool) -> None:
    """Other short commands, over the same."""
    with scratch() as folder:
        session = make(folder / "demo", large.LATER)
        lines = {
            "show": ("show", str(session)),
            "check": ("check", str(session)),
            "--help": ("--help",),
        }
        steps = [partial(_python, folder, *TINYDB)]
        steps += [partial(_python, folder, *PROGRAM, *line) for line in lines.values()]
        base, *taken = interleaved(steps, 20 if full else 5)
        for name, measured in zip(lines, taken, strict=True):
            figure(f'jury-tui {name} / python -c "import tinydb"', 1, measured, base)


def _first_paints(folder: Path, full: bool) -> None:
    rounds = 15 if full else 4
    home = environment(folder)
    exports = str(folder / "exports")

    def painted(seen: Seen, *arguments: str) -> Callable[[], float]:
        def once() -> float:
            with Terminal(*arguments, environment=home) as terminal:
                return terminal.first_paint(seen).there

        return once

    def word(lines: object) -> bool:
        return "mark" in str(lines)

    empty = painted(word, "-m", "tests.benchmarks.apps.empty")
    lists = {}
    for count in (200, 2_000, 20_000) if full else (20, 200, 2_000):
        sessions = folder / f"shelf-{count}"
        lists[count] = painted(
            shelf(sessions, count),
            *("-m", "jury_tui", "--sessions", str(sessions), "--exports", exports),
        )
    opened = {}
    for candidates in (2, 20, 200):
        sessions = folder / f"sessions-{candidates}"
        path = large.on_the_table(sessions, candidates=candidates)
        opened[candidates] = painted(
            lambda lines: any("BONNARD-001" in line for line in lines),
            *("-c", OPENED, str(sessions), str(path)),
        )
    base, *taken = _turns([empty, *lists.values(), *opened.values()], rounds)
    for name, goal, by_size in (
        ("list of sessions", 1.4, dict(zip(lists, taken[:3], strict=True))),
        (
            "a session, by its candidates",
            1.5,
            dict(zip(opened, taken[3:], strict=True)),
        ),
    ):
        grows = exponent(by_size)
        for size, seconds in by_size.items():
            figure(
                f"first paint, {name} / an empty Textual program",
                size,
                seconds,
                base,
                goal if size == max(by_size) else None,
                exponent=grows,
            )


def _turns(steps: list[Callable[[], float]], rounds: int) -> list[list[float]]:
    """What each step says it took, in random order; the first round warms up."""
    choose = random.Random(1)
    taken: list[list[float]] = [[] for _ in steps]
    for number in range(rounds + 1):
        for index in choose.sample(range(len(steps)), len(steps)):
            seconds = steps[index]()
            if number:
                taken[index].append(seconds)
    return taken


def _audit(folder: Path, session: Path, rounds: int) -> None:
    line = (*PROGRAM, "audit", str(session))
    _python(folder, *line)
    base, bare, measured = interleaved(
        [
            partial(_python, folder, *TINYDB),
            partial(_python, folder, "-c", "pass"),
            partial(_python, folder, *line),
        ],
        rounds,
    )
    name = "jury-tui audit of a small session"
    acts = read(session / FILE).count
    figure(f'{name} / python -c "import tinydb"', acts, measured, base, 2.5)
    figure(f'{name} / python -c "pass"', acts, measured, bare)
    said = _python(folder, "-c", IMPORTED, str(session), *HEAVY).stdout.splitlines()
    found = json.loads(said[-1])
    amount(
        f"{name}: Textual or openpyxl imported",
        acts,
        len(found),
        "packages",
        0,
        note=", ".join(found) or "neither",
    )


def _by_size(folder: Path, rounds: int) -> None:
    """The same command on sessions of 2, 20 and 200 candidates."""
    paths = [
        large.on_the_table(folder / f"audited-{candidates}", candidates=candidates)
        for candidates in (2, 20, 200)
    ]
    base, *taken = interleaved(
        [
            partial(_python, folder, *TINYDB),
            *(partial(_python, folder, *PROGRAM, "audit", str(p)) for p in paths),
        ],
        rounds,
    )
    acts = [read(path / FILE).count for path in paths]
    by_size = dict(zip(acts, taken, strict=True))
    grows = exponent(by_size)
    for size, measured in by_size.items():
        figure(
            'jury-tui audit, by its acts / python -c "import tinydb"',
            size,
            measured,
            base,
            exponent=grows,
        )


def _python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )


if __name__ == "__main__":
    run(first_paints, audit, commands)
