"""What one table of a rulebook says of another: names exist, numbers are exact.

These are faults of writing, refused on reading. What may be a fault of the text
itself (a contradiction, an impossible total) is told by ``rules.checks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from jury_tui.errors import RulebookError
from jury_tui.i18n import N_, _
from jury_tui.rules.clauses import Condition, Group, Require
from jury_tui.rules.model import Kind, Rulebook, Scale

BUILT_IN = (
    "voters",
    "members",
    "invitees",
    "voters_but_chair",
    "members_but_chair",
    "present",
    "present_or_represented",
    "appointed",
)
_FRACTION = re.compile(r"\d{1,6}(/[1-9]\d{0,5}|\.\d{1,6})?\Z")
_PREDICATES = tuple(Require.__struct_fields__)


def fraction(text: str) -> Fraction | None:
    """An exact number from ``"1/4"``, ``"0.25"`` or ``"3"``; None if it is not one."""
    return Fraction(text) if _FRACTION.match(text) else None


class Fault(RulebookError):  # noqa: N818 - internal: leaves the room with its file
    """A fault found in a rulebook whose file's name is not known yet."""

    def located(self, file: str) -> RulebookError:
        """The same with its file."""
        return RulebookError(self.message, file=file, **self.values)


def near(word: str, words: Iterable[str]) -> str:
    """`` (did you mean x?)``, or nothing."""
    import difflib

    found = difflib.get_close_matches(word[:80], list(words), 1, 0.6)
    return " " + _("(did you mean “{word}”?)").format(word=found[0]) if found else ""


def verify(book: Rulebook, under: Rulebook | None = None) -> None:
    """Check every name and number of a rulebook.

    Args:
        book: The rulebook.
        under: For a house rule, the certification whose words it uses.

    Raises:
        Fault: the first one, by its key.
    """
    if book.kind is Kind.HOUSE and under is None:
        names: _Names | None = None  # its words are those of a certification: later
    else:
        names = _Names(book if under is None else under)
        names.groups |= set(book.groups)
    _unique("components", (item.id for item in book.components))
    _unique("routes", (item.id for item in book.routes))
    _unique("juries", (item.id for item in book.juries))
    for jury in book.juries:
        _unique(f"juries.{jury.id}.seats", (seat.id for seat in jury.seats))
        for seat in jury.seats:
            key = f"juries.{jury.id}.seats.{seat.id}"
            if seat.count is not None and (seat.min, seat.max) != (None, None):
                raise Fault(
                    N_("{file}: {key} gives both count and min or max; keep one."),
                    key=key,
                )
            for number in (seat.count, seat.min, seat.max):
                if number is not None and not 0 <= number <= MOST_HOLDERS:
                    raise Fault(
                        N_("{file}: {key} should hold from 0 to {limit} people."),
                        key=key,
                        limit=MOST_HOLDERS,
                    )
    for route in book.routes:
        if route.jury:
            _known(f"routes.{route.id}.jury", route.jury, {j.id for j in book.juries})
    for name, group in book.groups.items():
        _verify_group(name, group, book, names)
    for number, clause in enumerate(book.clauses, 1):
        key = f"clauses[{number}] “{clause.id}”"
        _verify_require(f"{key}.require", clause.require, names)
        if clause.fallback is not None:
            _verify_require(f"{key}.fallback", clause.fallback.require, names)
        if names is not None and book.juries:
            for jury_id in clause.juries:
                _known(f"{key}.juries", jury_id, {j.id for j in book.juries})
            for route_id in clause.routes:
                _known(f"{key}.routes", route_id, {r.id for r in book.routes})
    for number, quorum in enumerate(book.quorum, 1):
        key = f"quorum[{number}]"
        _verify_fractions(key, share=quorum.share, over=quorum.over)
        _verify_name(f"{key}.base", quorum.base, names)
    for number, majority in enumerate(book.majority, 1):
        key = f"majority[{number}]"
        _verify_fractions(key, fraction=majority.fraction)
        if (majority.type == "fraction") != bool(majority.fraction):
            raise Fault(
                N_("{file}: {key}: a type “fraction” and a fraction go together."),
                key=key,
            )
    for component in book.components:
        scale = component.scale
        key = f"components.{component.id}.scale"
        _verify_numbers(
            key, minimum=scale.minimum, maximum=scale.maximum, step=scale.step
        )
        _verify_fractions(key, threshold=scale.threshold, partial=scale.partial)
        if Fraction(scale.step) == 0 or Fraction(scale.maximum) <= Fraction(
            scale.minimum
        ):
            raise Fault(
                N_(
                    "{file}: {key} needs a step above 0 and a maximum above "
                    "its minimum."
                ),
                key=key,
            )
        if scale.points is not None:
            _verify_points(f"{key}.points", scale)
        for criterion in component.criteria:
            key = f"components.{component.id}.criteria.{criterion.id}"
            _verify_fractions(key, threshold=criterion.threshold)
            if criterion.weight < 0:
                raise Fault(N_("{file}: {key}: a weight is not below 0."), key=key)
    _verify_fractions("grids", divergence=book.grids.divergence)
    if book.decision is not None:
        for component_id in book.decision.compulsory:
            _known("decision.compulsory", component_id, {c.id for c in book.components})


def _verify_points(key: str, scale: Scale) -> None:
    points = scale.points
    if points is None:
        return
    given = {name: getattr(points, name) for name in points.__struct_fields__}
    _verify_numbers(key, **given)
    worth = (points.not_acquired, points.partly_acquired, points.acquired)
    bounds = (Fraction(scale.minimum), *map(Fraction, worth))
    if list(bounds) != sorted(bounds) or bounds[-1] > Fraction(scale.maximum):
        raise Fault(
            N_("{file}: {key}: levels rise on the scale, the acquired one highest."),
            key=key,
        )


MOST_HOLDERS = 200


class _Names:
    """The words that clauses of a rulebook may use."""

    def __init__(self, book: Rulebook) -> None:
        seats = [seat for jury in book.juries for seat in jury.seats]
        self.groups = set(book.groups)
        self.seats = {seat.id for seat in seats}
        self.colleges = {seat.college for seat in seats if seat.college}
        self.law = book.kind is Kind.LAW


def _unique(key: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise Fault(
                N_("{file}: {key}: “{word}” is there twice."), key=key, word=each
            )
        seen.add(each)


def _known(key: str, word: str, words: Iterable[str]) -> None:
    words = list(words)
    if word not in words:
        raise Fault(
            N_("{file}: {key}: “{word}” is not defined{hint}. Defined: {words}."),
            key=key,
            word=word,
            hint=near(word, words),
            words=", ".join(sorted(words)) or "—",
        )


def _verify_name(key: str, word: str, names: _Names | None) -> None:
    if names is not None:
        _known(key, word, (*BUILT_IN, *sorted(names.groups)))


def _verify_fractions(key: str, **fractions: str) -> None:
    """Each is exact, or empty where the text says nothing."""
    _verify_numbers(key, **{name: text for name, text in fractions.items() if text})


def _verify_numbers(key: str, **numbers: str) -> None:
    """Each is there, and exact."""
    for name, text in numbers.items():
        if fraction(text) is None:
            raise Fault(
                N_(
                    "{file}: {key}.{name} should be a number such as “1/4” or "
                    "“0.25”, not “{value}”."
                ),
                key=key,
                name=name,
                value=text[:60],
            )


def _verify_group(
    name: str, group: Group, book: Rulebook, names: _Names | None
) -> None:
    key = f"groups.{name}"
    if name in BUILT_IN:
        raise Fault(N_("{file}: {key}: that name is the program’s own."), key=key)
    if names is not None and not names.law:
        for seat in group.seats:
            _known(f"{key}.seats", seat, names.seats)
        if group.college:
            _known(f"{key}.college", group.college, names.colleges)
    seen = {name}
    while group.within:
        if names is not None:
            _known(f"{key}.within", group.within, sorted(names.groups))
        if group.within in seen:
            raise Fault(N_("{file}: {key}.within goes round in a circle."), key=key)
        seen.add(group.within)
        if group.within not in book.groups:
            break
        group = book.groups[group.within]
    for group_condition in book.groups[name].where:
        _verify_condition(f"{key}.where", group_condition)


_TESTS = (
    "is_", "in_", "given", "not_before", "not_after",
    "less_than_years", "within_years", "same_as_candidate",
)  # fmt: skip


def _verify_condition(key: str, condition: Condition) -> None:
    tests = [n for n in _TESTS if getattr(condition, n) not in (None, (), "")]
    if not condition.given:
        tests = [n for n in tests if n != "given"]
    if condition.min is not None or condition.max is not None:
        tests.append("min")
    if condition.any:
        if condition.attribute or tests:
            raise Fault(
                N_("{file}: {key}: “any” stands alone, with conditions inside it."),
                key=key,
            )
        for each in condition.any:
            _verify_condition(f"{key}.any", each)
    elif not condition.attribute or len(tests) != 1:
        raise Fault(
            N_(
                "{file}: {key} needs an attribute and one test (is, in, min, max, "
                "given, not_before, not_after, less_than_years, within_years, "
                "same_as_candidate)."
            ),
            key=key,
        )


def _verify_require(key: str, require: Require, names: _Names | None) -> None:
    given = [n for n in _PREDICATES if getattr(require, n) not in (None, ())]
    if len(given) != 1:
        raise Fault(
            N_("{file}: {key} needs exactly one of {keys}; it has {number}."),
            key=key,
            keys=", ".join(_PREDICATES),
            number=len(given),
        )
    for each in (*require.all, *require.any):
        _verify_require(f"{key}.{given[0]}", each, names)
    for name, path in _named(require):
        _verify_name(f"{key}.{path}", name, names)
    if require.count is not None:
        count = require.count
        if not count.totals and (count.equals, count.min, count.max) == (None,) * 3:
            raise Fault(
                N_("{file}: {key}.count needs equals, min, max or totals."), key=key
            )
    if require.share is not None:
        share = require.share
        _verify_fractions(
            f"{key}.share",
            min=share.min, over=share.over, max=share.max, under=share.under,
        )  # fmt: skip
        if not (share.min or share.over or share.max or share.under):
            raise Fault(
                N_("{file}: {key}.share needs min, over, max or under."), key=key
            )
    if require.equal is not None and len(require.equal.groups) < 2:
        raise Fault(N_("{file}: {key}.equal needs two groups or more."), key=key)
    if require.gender is not None:
        _verify_fractions(f"{key}.gender", share=require.gender.share)
    for officer in (require.chair, require.vice_chair):
        for condition in () if officer is None else officer.where:
            _verify_condition(f"{key}.where", condition)
    for condition in () if require.each is None else require.each.where:
        _verify_condition(f"{key}.each.where", condition)


def _named(require: Require) -> Iterator[tuple[str, str]]:
    """The groups that a requirement names, with their keys."""
    if require.count is not None:
        yield require.count.of, "count.of"
    if require.share is not None:
        yield require.share.of, "share.of"
        yield require.share.base, "share.base"
    if require.equal is not None:
        for name in require.equal.groups:
            yield name, "equal.groups"
    if require.each is not None:
        yield require.each.of, "each.of"
    for officer in (require.chair, require.vice_chair):
        if officer is not None and officer.among:
            yield officer.among, "among"
