"""Sessions of the example certificate whose components are assessed by grids."""

from __future__ import annotations

import datetime as dt

from jury_tui.session.session import File
from tests.support.sittings import MEMBERS, START, Sitting

SEATS = ("president", *("professionnel",) * 4, *("formateur",) * 3)
DAY = START.replace(year=2026)
CRITERIA = ("a1", "a2", "a3", "a4", "a5", "a6")
LEVELS = {"a": "acquired", "p": "partly_acquired", "n": "not_acquired"}


class Graded(Sitting):
    """Eight members before a certificate with criteria, weights and levels."""

    certification = "CQP-GRILLE"
    members = tuple(
        (ref, family, given, gender, seat)
        for (ref, family, given, gender, _), seat in zip(MEMBERS, SEATS, strict=False)
    )

    def __init__(self, *, house: bool = True, on: dt.datetime = DAY) -> None:
        super().__init__(house=house, on=on)

    def levels(self, letters: str, member: str = "jury", reader: int = 1) -> None:
        """Fill the grid of component a: a letter a criterion, a dot for none."""
        levels = {
            criterion: LEVELS[letter]
            for criterion, letter in zip(CRITERIA, letters, strict=True)
            if letter != "."
        }
        self.do("fill_grid", component="a", member=member, levels=levels, reader=reader)

    @property
    def file(self) -> File:
        """The file of the candidate on the table."""
        file = self.session.on_table
        assert file is not None
        return file


def graded(candidates: int = 2) -> Graded:
    """The jury deliberates on the first candidate."""
    sitting = Graded()
    sitting.appoint().register(candidates, parcours_start="2026-01-10").open()
    sitting.deliberate()
    return sitting
