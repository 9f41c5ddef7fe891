"""What may be wrong in a rulebook that reads well: contradictions, impossible totals.

Faults of writing never get here (the reader refuses them). These are told to the
person who proof-reads: some may be faults of the text itself.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from fractions import Fraction

from jury_tui.i18n import N_, _, listed
from jury_tui.rules.clauses import Clause, Condition, Require
from jury_tui.rules.figures import figures, parts
from jury_tui.rules.model import Jury, Kind, Rulebook
from jury_tui.rules.problems import MOST, Problem, Weight, problem


def check(book: Rulebook) -> tuple[Problem, ...]:
    """All the remarks on a rulebook, errors first, then in the file's order."""
    found = [
        *_dates(book),
        *_numbers(book),
        *figures(book),
        *_criteria(book),
        *_vocabulary(book),
        *_unused(book),
        *_silences(book),
    ]
    order = list(Weight)
    return tuple(sorted(found, key=lambda each: order.index(each.weight)))


def _dates(book: Rulebook) -> Iterator[Problem]:
    """Dates the wrong way round, versions of one clause that overlap."""
    known: dict[str, list[Clause]] = {}
    for clause in book.clauses:
        if clause.from_ and clause.until and clause.from_ > clause.until:
            yield problem(
                f"clauses “{clause.id}”",
                Weight.ERROR,
                N_("{clause}: its first day comes after its last."),
                clause=clause.id,
            )
        for other in known.setdefault(clause.id, []):
            if _overlap(clause, other):
                yield problem(
                    f"clauses “{clause.id}”",
                    Weight.ERROR,
                    N_("{clause}: two versions are in force on one day."),
                    clause=clause.id,
                )
        known[clause.id].append(clause)


def _overlap(one: Clause, other: Clause) -> bool:
    first, last = dt.date.min, dt.date.max
    return (one.from_ or first) <= (other.until or last) and (other.from_ or first) <= (
        one.until or last
    )


def _bounds(jury: Jury, seats: set[str]) -> tuple[int, int]:
    """The fewest and the most people that these seats can hold."""
    chosen = [seat for seat in jury.seats if seat.id in seats]
    low = sum(seat.at_least for seat in chosen if seat.required)
    high = sum(MOST if seat.at_most is None else seat.at_most for seat in chosen)
    return max(0, low - jury.vacant), min(high, MOST)


def _seats_of(book: Rulebook, jury: Jury, name: str) -> set[str] | None:
    """The seats that decide a group's number; None when facts on people do."""
    if name in ("voters", "present", "appointed"):
        return {seat.id for seat in jury.seats if seat.voting}
    if name == "members":
        return {seat.id for seat in jury.seats}
    if name == "invitees":
        return {seat.id for seat in jury.seats if not seat.voting}
    group = book.groups.get(name)
    if group is None or group.where or group.quality or group.within:
        return None
    return {
        seat.id
        for seat in jury.seats
        if (not group.seats or seat.id in group.seats)
        and (not group.college or seat.college == group.college)
        and (group.among != "voters" or seat.voting)
        and (group.among != "invitees" or not seat.voting)
    }


def _numbers(book: Rulebook) -> Iterator[Problem]:
    """Counts and fractions that the jury's own seats make impossible."""
    for clause in book.clauses:
        for jury in book.juries:
            if not clause.juries or jury.id in clause.juries:
                yield from _possible(book, jury, clause, clause.require)


def _possible(
    book: Rulebook, jury: Jury, clause: Clause, require: Require
) -> Iterator[Problem]:
    key = f"clauses “{clause.id}”"
    for part in require.all:
        yield from _possible(book, jury, clause, part)
    if require.count is not None:
        count, seats = require.count, _seats_of(book, jury, require.count.of)
        floors, ceilings = (count.min, count.equals), (count.max, count.equals)
        low = max((n for n in floors if n is not None), default=None)
        high = min((n for n in ceilings if n is not None), default=None)
        if low is not None and high is not None and low > high:
            yield problem(
                key,
                Weight.ERROR,
                N_(
                    "{clause}: at least {low} and at most {high} contradict each other."
                ),
                clause=clause.id,
                low=low,
                high=high,
            )
        elif seats is not None:
            least, most = _bounds(jury, seats)
            wanted = [
                n
                for n in range(least, most + 1)
                if (low is None or n >= low)
                and (high is None or n <= high)
                and (not count.totals or n in count.totals)
            ]
            if not wanted:
                yield problem(
                    key,
                    Weight.ERROR,
                    N_(
                        "{clause}: the seats of {jury} hold from {least} to {most}, "
                        "which never fits."
                    ),
                    clause=clause.id,
                    jury=jury.id,
                    least=least,
                    most=most,
                )
    if require.equal is not None:
        parts = len(require.equal.groups)
        yield problem(
            key,
            Weight.NOTE,
            N_("{clause}: impossible with a total that does not divide by {parts}."),
            clause=clause.id,
            parts=parts,
        )
    if require.share is not None:
        yield from _totals(clause, require, key)


def _totals(clause: Clause, require: Require, key: str) -> Iterator[Problem]:
    share = require.share
    if share is None:
        return

    def fits(number: int, whole: int) -> bool:
        return (
            (not share.min or number >= Fraction(share.min) * whole)
            and (not share.over or number > Fraction(share.over) * whole)
            and (not share.max or number <= Fraction(share.max) * whole)
            and (not share.under or number < Fraction(share.under) * whole)
        )

    impossible = [
        whole
        for whole in range(1, MOST + 1)
        if not any(fits(number, whole) for number in range(whole + 1))
    ]
    if len(impossible) == MOST:
        yield problem(
            key, Weight.ERROR, N_("{clause}: no number ever fits."), clause=clause.id
        )
    elif impossible:
        yield problem(
            key,
            Weight.NOTE,
            N_("{clause}: impossible with a total of {totals}."),
            clause=clause.id,
            totals=listed(str(whole) for whole in impossible),
        )


def _conditions(require: Require) -> Iterator[Condition]:
    for part in (*require.all, *require.any):
        yield from _conditions(part)
    for holder in (require.each, require.chair, require.vice_chair):
        if holder is not None:
            yield from holder.where


def _asked(conditions: tuple[Condition, ...]) -> Iterator[str]:
    for condition in conditions:
        yield from _asked(condition.any)
        if condition.attribute:
            yield condition.attribute


_CARD = {"gender", "employer", "function", "act", "act_date", "act_authority"}
_CARD |= {"represents"}


_KEPT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,63}\Z", re.ASCII)
"""Names a register can hold as keys."""


def _criteria(book: Rulebook) -> Iterator[Problem]:
    """Grids that cannot be kept, averaged, or fail anybody."""
    for component in book.components:
        ids = [criterion.id for criterion in component.criteria]
        for criterion in component.criteria:
            key = f"components.{component.id}.criteria.{criterion.id}"
            if not _KEPT.match(criterion.id) or ids.count(criterion.id) > 1:
                yield problem(
                    key,
                    Weight.ERROR,
                    N_(
                        "Criterion {criterion}: its id is there twice, or is not made "
                        "of letters without accents and digits; no grid could hold it."
                    ),
                    criterion=criterion.id,
                )
            marked = component.assessed_by == "marks" or (
                not component.assessed_by and component.scale.threshold
            )
            if marked and criterion.eliminatory and not criterion.threshold:
                yield problem(
                    key,
                    Weight.WARNING,
                    N_(
                        "Criterion {criterion} is eliminatory and has no threshold: "
                        "no mark could fail it."
                    ),
                    criterion=criterion.id,
                )
        if ids and not any(criterion.weight for criterion in component.criteria):
            yield problem(
                f"components.{component.id}.criteria",
                Weight.ERROR,
                N_("Component {component}: every weight is 0, so it has no mean."),
                component=component.id,
            )
        if component.assessed_by == "levels" and not ids:
            yield problem(
                f"components.{component.id}.assessed_by",
                Weight.WARNING,
                N_("Component {component} has no criteria to be assessed by levels."),
                component=component.id,
            )


def _vocabulary(book: Rulebook) -> Iterator[Problem]:
    """Attributes asked for and not described; qualities that nothing gives."""
    asked = [name for group in book.groups.values() for name in _asked(group.where)]
    for clause in book.clauses:
        asked += _asked(tuple(_conditions(clause.require)))
        asked += [
            fact
            for part in parts(clause.require)
            if part.substitution is not None
            for fact in part.substitution.same
            if fact not in ("seat", "college")
        ]
    for name in dict.fromkeys(asked):
        if name not in book.attributes and name not in _CARD:
            yield problem(
                f"attributes.{name}",
                Weight.WARNING,
                N_(
                    "The attribute {name} is asked for and not described in "
                    "[attributes]."
                ),
                name=name,
            )
    if book.kind is not Kind.CERTIFICATION:
        return
    given = {q for jury in book.juries for s in jury.seats for q in s.qualities or ()}
    closed = all(s.qualities is not None for j in book.juries for s in j.seats)
    for name, group in book.groups.items():
        if group.quality and closed and group.quality not in given:
            yield problem(
                f"groups.{name}",
                Weight.ERROR,
                N_("{group}: no seat gives the quality {quality}, so nobody has it."),
                group=name,
                quality=group.quality,
            )


def _unused(book: Rulebook) -> Iterator[Problem]:
    named = {route.jury for route in book.routes}
    for jury in book.juries:
        if jury.id not in named:
            yield problem(
                f"juries.{jury.id}",
                Weight.WARNING,
                N_("No route leads to the jury {jury}."),
                jury=jury.id,
            )
    for route in book.routes:
        if not route.jury:
            yield problem(
                f"routes.{route.id}",
                Weight.WARNING,
                N_("The route {route} names no jury: no session can be held for it."),
                route=route.id,
            )


def _silences(book: Rulebook) -> Iterator[Problem]:
    """What a certification neither says nor lists as not said."""
    if book.kind is not Kind.CERTIFICATION:
        return
    topics = {silence.topic for silence in book.silent}
    said: dict[str, bool] = {
        "quorum": bool(book.quorum),
        "majority": any(rule.type for rule in book.majority),
        "tie": any(rule.tie for rule in book.majority),
    }
    for topic, is_said in said.items():
        if not is_said and topic not in topics:
            yield problem(
                "silent",
                Weight.WARNING,
                N_(
                    "Nothing is said of {topic}: write the rule, or list it in "
                    "[[silent]]."
                ),
                topic=_(TOPICS[topic]),
            )


TOPICS: dict[str, str] = {
    "quorum": N_("the quorum"),
    "majority": N_("the majority"),
    "tie": N_("a tie"),
}
