"""Searching a name among those of 20,000 sessions, over reading the index once.

``python -m tests.benchmarks.search [--full]``
"""

from __future__ import annotations

import random
import statistics
from functools import partial
from pathlib import Path

import msgspec

from jury_tui.i18n import folded
from jury_tui.register import names
from jury_tui.register.catalogue import FOLDER, Catalogue
from jury_tui.register.entries import Entry
from tests.benchmarks.lib import amount, figure, interleaved, run, scratch
from tests.support.corpus import FAMILIES, GIVEN


def indexed(folder: Path, sessions: int, candidates: int) -> Catalogue:
    """A catalogue of so many sessions, its files written as it writes them."""
    choose = random.Random(1)
    place = folder / FOLDER
    place.mkdir(parents=True)
    entries, parts, at = [], [names.HEADER], len(names.HEADER)
    for number in range(sessions):
        session = f"2008-{number:05d}"
        people = tuple(
            folded(f"{choose.choice(FAMILIES)} {choose.choice(GIVEN)} 2008-{n:04d}")
            for n in range(candidates)
        )
        block = names.block(session, people)
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
    whole = {"version": 1, "names": at, "entries": entries}
    (place / "entries.json").write_bytes(msgspec.json.encode(whole))
    return Catalogue.open(folder)


def main(full: bool) -> None:
    """Print the figures."""
    sessions, candidates = 20_000, 85
    with scratch() as folder:
        known = indexed(folder, sessions, candidates)
        index = folder / FOLDER / "names.idx"
        people = sessions * candidates

        def once() -> None:
            index.read_bytes().count(b"zzzz")

        rounds = 25 if full else 7
        wanted = {
            "a name that nobody has": "zzzz",
            "a name and part of another": "lefevre sam",
            "a name that many have": "leroy",
        }
        for said, text in wanted.items():
            base, taken = interleaved([once, partial(known.search, text)], rounds)
            figure(f"search, {said} / reading the index once", people, taken, base, 3)
            ms = statistics.median(taken) * 1e3
            amount(f"search, {said}", people, ms, "ms", 100)
        base, listed, opened = interleaved(
            [once, known.entries, lambda: Catalogue.open(folder)], rounds
        )
        amount("list of all sessions", sessions, statistics.median(listed) * 1e3, "ms")
        amount("opening the catalogue", sessions, statistics.median(opened) * 1e3, "ms")


if __name__ == "__main__":
    run(main)
