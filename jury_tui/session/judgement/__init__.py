"""What the rules make of a session: seats, findings, results, decisions.

The session adds up acts and knows no rule; the rules know people and no session.
Here they meet. Everything is derived, nothing is stored, and an answer is
remembered while what it depends on stays the same.
"""

from __future__ import annotations

from jury_tui.session.judgement.admission import check_proxy, check_replacement
from jury_tui.session.judgement.findings import (
    as_appointed,
    as_present,
    case_of,
    clauses,
    compelling_ties,
    for_candidate,
    foreseen,
)
from jury_tui.session.judgement.foresight import (
    expected,
    outlooks,
    remedies,
    remedy_words,
    suggestions,
)
from jury_tui.session.judgement.marks import (
    Difference,
    Proposed,
    assessment,
    check_grid,
    check_mark,
    difference_words,
    differences,
    entries,
    entry_word,
    marks,
    person,
    proposal,
    proposed,
    standing,
    standing_marks,
    unread,
    unsettled,
)
from jury_tui.session.judgement.people import (
    away,
    chair,
    invitees,
    is_voting,
    placed,
    seat_label,
    sitting,
    sitting_voters,
    voting_members,
)
from jury_tui.session.judgement.results import (
    Derived,
    acquired_where,
    asked,
    ballot_result,
    component_result,
    decision,
    majority,
    result,
)
from jury_tui.session.judgement.texts import components, on, rules, seats, stacked
from jury_tui.session.judgement.words import choice_word, outcome_word, status_word

__all__ = [
    "Derived",
    "Difference",
    "Proposed",
    "acquired_where",
    "as_appointed",
    "as_present",
    "asked",
    "assessment",
    "away",
    "ballot_result",
    "case_of",
    "chair",
    "check_grid",
    "check_mark",
    "check_proxy",
    "check_replacement",
    "choice_word",
    "clauses",
    "compelling_ties",
    "component_result",
    "components",
    "decision",
    "difference_words",
    "differences",
    "entries",
    "entry_word",
    "expected",
    "for_candidate",
    "foreseen",
    "invitees",
    "is_voting",
    "majority",
    "marks",
    "on",
    "outcome_word",
    "outlooks",
    "person",
    "placed",
    "proposal",
    "proposed",
    "remedies",
    "remedy_words",
    "result",
    "rules",
    "seat_label",
    "seats",
    "sitting",
    "sitting_voters",
    "stacked",
    "standing",
    "standing_marks",
    "status_word",
    "suggestions",
    "unjustified",
    "unread",
    "unsettled",
    "voting_members",
]
