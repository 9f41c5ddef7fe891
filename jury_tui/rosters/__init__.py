"""Lists of people: members and candidates from .csv and .xlsx files.

A secretary's list is read whole, judged line by line, and nothing of it is kept
before she accepts: a roster is what could be read, and what could not, with the
file, the line, the column, what is wrong and what to do.
"""

from jury_tui.rosters.again import Held, amendments, by_hours, compared
from jury_tui.rosters.cells import TieTo
from jury_tui.rosters.people import read_candidates, read_members, wanted_attributes
from jury_tui.rosters.roster import (
    Declared,
    Fault,
    Roster,
    Row,
    commands,
    ties_with,
)
from jury_tui.rosters.templates import KINDS, template

__all__ = [
    "KINDS",
    "Declared",
    "Fault",
    "Held",
    "Roster",
    "Row",
    "TieTo",
    "amendments",
    "by_hours",
    "commands",
    "compared",
    "read_candidates",
    "read_members",
    "template",
    "ties_with",
    "wanted_attributes",
]
