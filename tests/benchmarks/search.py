"""Searching a name among those of 20,000 sessions, over reading the index once.

``python -m tests.benchmarks.search [--full]``
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from jury_tui.i18n import folded
from jury_tui.register import names
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.entries import Entry
from jury_tui.register.latest import FOLDER, VERSION
from jury_tui.register.sought import OUTCOMES
from tests.benchmarks.lib import amount, exponent, figure, interleaved, run, scratch
from tests.support.corpus import FAMILIES, GIVEN

SIZES = (200, 2_000, 20_000)
"""Sessions."""
CANDIDATES = 85


def indexed(folder: Path, sessions: int, candidates: int) -> Catalogue:
    """A catalogue of so many sessions, its files written as it writes them."""
    choose = random.Random(1)
    place = folder / FOLDER
    place.mkdir(parents=True)
    entries, parts, at = [], [names.HEADER], len(names.HEADER)
    for number in range(sessions):
        session = f"2008-{number:05d}"
        block = names.block(
            session, [_person(choose, number) for number in range(candidates)]
        )
        entries.append(
            Entry(
                folder=session,
                session=session,
                certification=f"RNCP{5000 + number % 40}",
                phase="sealed",
                candidates=candidates,
                head="0" * 64,
                place=at,
            )
        )
        parts.append(block)
        at += len(block)
    (place / "names.idx").write_bytes(b"".join(parts))
    whole = {"version": VERSION, "names": at, "entries": entries}
    (place / "entries.json").write_bytes(msgspec.json.encode(whole))
    return Catalogue.open(folder)


def _person(choose: random.Random, number: int) -> names.Named:
    family, given = choose.choice(FAMILIES), choose.choice(GIVEN)
    return names.Named(
        folded(f"{family} {given} 2008-{number:04d}"),
        f"{family.upper()} {given}",
        choose.choice(OUTCOMES),
    )


def search(full: bool) -> None:
    """Searching, listing and opening, the more sessions there are."""
    rounds = 25 if full else 7
    wanted = {
        "a name that nobody has": "zzzz",
        "a name and part of another": "lefevre sam",
        "a name that many have": "leroy",
        "a name with an outcome": "leroy partielle",
    }
    taken = {size: _taken(size, list(wanted.values()), rounds) for size in SIZES}
    for place, said in enumerate(wanted, 1):
        grows = exponent({size: five[place] for size, five in taken.items()})
        for size, five in taken.items():
            aimed = 3 if size == max(SIZES) else None
            name, people = f"search, {said}", size * CANDIDATES
            figure(
                f"{name} / reading the index once",
                people,
                five[place],
                five[0],
                aimed,
                exponent=grows,
            )
            if aimed:
                ms = statistics.median(five[place]) * 1e3
                amount(name, people, ms, "ms", 100, exponent=grows)
    for place, name in ((-2, "list of all sessions"), (-1, "opening the catalogue")):
        grows = exponent({size: five[place] for size, five in taken.items()})
        for size, five in taken.items():
            amount(
                name, size, statistics.median(five[place]) * 1e3, "ms", exponent=grows
            )


def _taken(sessions: int, wanted: Sequence[str], rounds: int) -> list[list[float]]:
    """The index read once, each search, the list, the opening."""
    with scratch() as folder:
        known = indexed(folder, sessions, CANDIDATES)
        index = folder / FOLDER / "names.idx"

        def once() -> None:
            index.read_bytes().count(b"zzzz")

        return interleaved(
            [
                once,
                *(partial(known.search, text) for text in wanted),
                known.entries,
                lambda: Catalogue.open(folder),
            ],
            rounds,
        )


if __name__ == "__main__":
    run(search)
