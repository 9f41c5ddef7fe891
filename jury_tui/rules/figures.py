"""Numbers of a rulebook that nobody can meet, or that never count."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from jury_tui.i18n import N_
from jury_tui.rules.clauses import Require
from jury_tui.rules.model import Jury, Rulebook
from jury_tui.rules.problems import MOST, Problem, Weight, problem

_CONVOCATIONS = (None, 1, 2)
"""The first, and the second with all that follow."""


def figures(book: Rulebook) -> Iterator[Problem]:
    """Other numbers that nobody can meet, or that never count."""
    most = max(map(_voters, book.juries), default=MOST)
    never = N_("{what} = {number}: that can never be met, or never counts.")
    odd: list[tuple[str, int | str]] = []
    for number, quorum in enumerate(book.quorum, 1):
        key = f"quorum[{number}]"
        if (quorum.min or 0) > most:
            odd.append((f"{key}.min", quorum.min or 0))
        if quorum.share and Fraction(quorum.share) > 1:
            odd.append((f"{key}.share", quorum.share))
        if quorum.over and Fraction(quorum.over) >= 1:
            odd.append((f"{key}.over", quorum.over))
        if quorum.convocation not in _CONVOCATIONS:
            odd.append((f"{key}.convocation", quorum.convocation or 0))
    for jury in book.juries:
        for seat in jury.seats:
            if seat.voices < 1:
                odd.append((f"seats “{seat.id}”.voices", seat.voices))
            if seat.when.convocation not in _CONVOCATIONS:
                odd.append((f"seats “{seat.id}”.when", seat.when.convocation or 0))
        if jury.vacant and jury.vacant >= sum(seat.at_least for seat in jury.seats):
            odd.append((f"juries “{jury.id}”.vacant", jury.vacant))
    for clause in book.clauses:
        key = f"clauses “{clause.id}”"
        if clause.when.convocation not in _CONVOCATIONS:
            odd.append((f"{key}.when", clause.when.convocation or 0))
        for part in parts(clause.require):
            if part.proxies is not None and part.proxies.max < 0:
                odd.append((f"{key}.proxies.max", part.proxies.max))
            if part.alternation is not None and part.alternation.years < 1:
                odd.append((f"{key}.alternation.years", part.alternation.years))
    least = 0 if book.decision is None else book.decision.components_min or 0
    if least > len(book.components):
        odd.append(("decision.components_min", least))
    for key, value in odd:
        yield problem(key, Weight.ERROR, never, what=key, number=value)


def _voters(jury: Jury) -> int:
    """The most who can vote."""
    return sum(
        MOST if seat.at_most is None else seat.at_most
        for seat in jury.seats
        if seat.voting
    )


def parts(require: Require) -> Iterator[Require]:
    """A requirement and all those inside it."""
    yield require
    for part in (*require.all, *require.any):
        yield from parts(part)
