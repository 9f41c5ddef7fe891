"""Composition of a jury: the whole of it, from one door.

``cases`` says what is judged, ``judging`` judges it, ``seating`` says who sits
where, ``ties`` who must leave, ``what_if`` what would make it regular.
"""

from __future__ import annotations

from jury_tui.rules.cases import Case, Chaired
from jury_tui.rules.judging import (
    assignment,
    chair,
    is_voting,
    judge,
    voices,
    voters,
)
from jury_tui.rules.seating import Assignment, Empty
from jury_tui.rules.ties import Suggestion, forbidden, suggest_ties
from jury_tui.rules.what_if import (
    Change,
    Outlook,
    leaving,
    smallest_changes,
)

__all__ = [
    "Assignment",
    "Case",
    "Chaired",
    "Change",
    "Empty",
    "Outlook",
    "Suggestion",
    "assignment",
    "chair",
    "forbidden",
    "is_voting",
    "judge",
    "leaving",
    "smallest_changes",
    "suggest_ties",
    "voices",
    "voters",
]
