"""Marks and criteria grids: exact statistics, and what the threshold proposes.

Marks are fractions, never floats: a quarter point stays a quarter point. What comes
out is a proposal with its derivation; the jury votes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, language, listed, ngettext
from jury_tui.rules.model import Component, Criterion, Scale


class Mastery(StrEnum):
    """The three levels of a criterion or component (France compétences)."""

    ACQUIRED = "acquired"
    PARTLY = "partly_acquired"
    NOT_ACQUIRED = "not_acquired"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What marks or levels propose for a component; the jury decides.

    Attributes:
        result: None when nothing can be proposed (no threshold, nothing marked).
        explanation: How it was derived, in one sentence or two.
        source: The text that sets the threshold.
    """

    result: Mastery | None
    explanation: str
    source: str = ""


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """Exact statistics of some marks, in points.

    Attributes:
        spread: Highest minus lowest.
        divergence: The widest gap between a mark and the mean.
    """

    number: int
    mean: Fraction
    median: Fraction
    lowest: Fraction
    highest: Fraction
    spread: Fraction
    divergence: Fraction


_MARK = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,4})?\Z")


def parse_mark(text: str, scale: Scale) -> Fraction:
    """A mark as people write it (``12,5``, ``12.50``), checked on its scale.

    Raises:
        RefusedError: it is no number, is off the scale, or between two steps.
    """
    bare = text.strip()
    if not _MARK.match(bare):
        raise RefusedError(
            N_("“{mark}” is not a mark. Write a number such as {example}."),
            mark=text[:40],
            example=write_mark(Fraction(25, 2)),
        )
    return check_mark(Fraction(bare.replace(",", ".")), scale)


def check_mark(mark: Fraction, scale: Scale) -> Fraction:
    """A mark that is on its scale.

    Raises:
        RefusedError: it is off the scale, or between two steps.
    """
    low, high = Fraction(scale.minimum), Fraction(scale.maximum)
    if not low <= mark <= high:
        raise RefusedError(
            N_("The mark {mark} is off the scale, which goes from {low} to {high}."),
            mark=write_mark(mark),
            low=write_mark(low),
            high=write_mark(high),
        )
    if (mark - low) % Fraction(scale.step):
        raise RefusedError(
            N_("The mark {mark} is between two steps: marks go by {step}."),
            mark=write_mark(mark),
            step=write_mark(Fraction(scale.step)),
        )
    return mark


def hundredths(mark: Fraction) -> int:
    """A mark as whole hundredths of a point, for the register.

    Raises:
        RefusedError: it is finer than a hundredth.
    """
    whole = mark * 100
    if whole.denominator != 1:
        raise RefusedError(
            N_("The mark {mark} is finer than a hundredth."), mark=str(mark)
        )
    return whole.numerator


def from_hundredths(number: int) -> Fraction:
    """The mark that so many hundredths are."""
    return Fraction(number, 100)


def write_mark(mark: Fraction, places: int = 2) -> str:
    """``12,5`` in French, ``12.5`` in English; at most ``places`` decimals.

    What does not fit is rounded half up and marked ``≈``.
    """
    power = 10**places
    scaled = mark * power
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign, rounded = ("-", -rounded) if rounded < 0 else ("", rounded)
    whole, rest = divmod(rounded, power)
    decimals = f"{rest:0{places}d}".rstrip("0") if places else ""
    point = "," if language() == "fr" else "."
    text = f"{sign}{whole}{point}{decimals}" if decimals else f"{sign}{whole}"
    return text if scaled.denominator == 1 else f"≈ {text}"


def statistics(marks: Iterable[Fraction]) -> Statistics | None:
    """Exact statistics; None when there are no marks."""
    ordered = sorted(marks)
    if not ordered:
        return None
    number = len(ordered)
    mean = sum(ordered, Fraction(0)) / number
    middle = ordered[number // 2]
    median = middle if number % 2 else (middle + ordered[number // 2 - 1]) / 2
    return Statistics(
        number=number,
        mean=mean,
        median=median,
        lowest=ordered[0],
        highest=ordered[-1],
        spread=ordered[-1] - ordered[0],
        divergence=max(mean - ordered[0], ordered[-1] - mean),
    )


def propose(component: Component, marks: Sequence[Fraction]) -> Proposal:
    """What the marks' mean proposes against the component's threshold."""
    scale, figures = component.scale, statistics(marks)
    if figures is None:
        return Proposal(result=None, explanation=_("No marks."))
    mean = write_mark(figures.mean)
    if not scale.threshold:
        return Proposal(
            result=None,
            explanation=ngettext(
                "Mark {mean}; the text sets no threshold, so nothing is proposed.",
                "Mean {mean} of {number} marks; the text sets no threshold, so nothing "
                "is proposed.",
                figures.number,
            ).format(mean=mean, number=figures.number),
        )
    threshold = Fraction(scale.threshold)
    partial = Fraction(scale.partial) if scale.partial else None
    if figures.mean >= threshold:
        found, said = (
            Mastery.ACQUIRED,
            N_("Mean {mean}, at least {limit}: acquired proposed."),
        )
    elif partial is not None and figures.mean >= partial:
        found = Mastery.PARTLY
        said = N_("Mean {mean}, less than {limit}: partly acquired proposed.")
    else:
        found = Mastery.NOT_ACQUIRED
        said = N_("Mean {mean}, less than {limit}: not acquired proposed.")
    return Proposal(
        result=found,
        explanation=_(said).format(mean=mean, limit=write_mark(threshold)),
        source=scale.source,
    )


def grid_mean(component: Component, marks: Mapping[str, Fraction]) -> Fraction | None:
    """The weighted mean of a grid's marks by criterion; None with a mark missing."""
    weights = {criterion.id: criterion.weight for criterion in component.criteria}
    total = sum(weights.values())
    if not total or any(name not in marks for name, w in weights.items() if w):
        return None
    summed = sum(
        (marks[name] * weight for name, weight in weights.items() if weight),
        Fraction(0),
    )
    return summed / total


def propose_from_marks(
    component: Component,
    marks: Mapping[str, Fraction],
    levels: Mapping[str, Mastery] | None = None,
) -> Proposal:
    """What a grid of marks proposes: the eliminatory criteria, then the mean.

    Args:
        component: The component, with its criteria.
        marks: Points by criterion.
        levels: The levels these points stand for, where they do.
    """
    scale = component.scale
    parts = []
    for criterion in component.criteria:
        mark = marks.get(criterion.id)
        limit = eliminated_below(component, criterion, levels is not None)
        if not criterion.eliminatory or mark is None or limit is None:
            continue
        failed = mark < limit
        told = (levels or {}).get(criterion.id)
        word = mastery_word(told) if told is not None else ""
        sign = "<" if failed else "≥"
        parts.append(
            _("eliminatory criterion {criterion} {got}").format(
                criterion=criterion.id,
                got=word or f"{write_mark(mark)} {sign} {write_mark(limit)}",
            )
        )
        if failed:
            return _derived(parts[-1:], Mastery.NOT_ACQUIRED, scale.source)
    mean = grid_mean(component, marks)
    if mean is None:
        missing = [c.id for c in component.criteria if c.id not in marks]
        return Proposal(
            result=None,
            explanation=_("Nothing is proposed: {criteria} not marked.").format(
                criteria=listed(missing) or "—"
            ),
        )
    if not scale.threshold:
        return propose(component, [mean])
    weighted = len({c.weight for c in component.criteria}) > 1
    said = N_("{mean}/{top} weighted") if weighted else N_("{mean}/{top}")
    top, limit = write_mark(Fraction(scale.maximum)), Fraction(scale.threshold)
    parts.insert(0, _(said).format(mean=write_mark(mean), top=top))
    parts.insert(1, _("threshold {limit}").format(limit=write_mark(limit)))
    if mean >= limit:
        return _derived(parts, Mastery.ACQUIRED, scale.source)
    if scale.partial and mean >= Fraction(scale.partial):
        partial = write_mark(Fraction(scale.partial))
        parts.insert(2, _("partial {limit}").format(limit=partial))
        return _derived(parts, Mastery.PARTLY, scale.source)
    return _derived(parts, Mastery.NOT_ACQUIRED, scale.source)


def eliminated_below(
    component: Component, criterion: Criterion, levelled: bool
) -> Fraction | None:
    """The points under which a criterion is not acquired; None when not said.

    With levels worth points, under those of the one partly acquired.
    """
    if criterion.threshold:
        return Fraction(criterion.threshold)
    points = component.scale.points
    if levelled and points is not None:
        return Fraction(points.partly_acquired)
    return None


_PROPOSED = {
    Mastery.ACQUIRED: N_("acquired proposed"),
    Mastery.PARTLY: N_("partly acquired proposed"),
    Mastery.NOT_ACQUIRED: N_("not acquired proposed"),
}


def mastery_word(level: Mastery) -> str:
    """A level in words."""
    said = {
        Mastery.ACQUIRED: _("acquired (criterion)"),
        Mastery.PARTLY: _("partly acquired (criterion)"),
        Mastery.NOT_ACQUIRED: _("not acquired (criterion)"),
    }[level]
    return said.partition(" (")[0]


def _derived(parts: Sequence[str], result: Mastery, source: str = "") -> Proposal:
    """A proposal with what it follows from: ``12,5/20, seuil 10 → acquis proposé``."""
    said = f"{', '.join(parts)} → {_(_PROPOSED[result])}"
    return Proposal(result=result, explanation=said, source=source)


def propose_from_levels(
    component: Component, levels: Mapping[str, Mastery]
) -> Proposal:
    """What a grid of levels proposes, where they are worth no points.

    All acquired: acquired; an eliminatory criterion not acquired, or nothing
    acquired: not acquired; anything between: partly acquired.
    """
    named = {criterion.id: str(criterion.label) for criterion in component.criteria}
    missing = [label for name, label in named.items() if name not in levels]
    decisive = [c.id for c in component.criteria if c.eliminatory and c.id in levels]
    parts = [
        _("eliminatory criterion {criterion} {got}").format(
            criterion=name, got=mastery_word(levels[name])
        )
        for name in decisive
    ]
    for name, part in zip(decisive, parts, strict=True):
        if levels[name] is Mastery.NOT_ACQUIRED:
            return _derived([part], Mastery.NOT_ACQUIRED)
    if missing or not named:
        said = _("Nothing is proposed: {criteria} not assessed.")
        return Proposal(
            result=None, explanation=said.format(criteria=listed(missing) or "—")
        )
    acquired = sum(levels[name] is Mastery.ACQUIRED for name in named)
    lost = sum(levels[name] is Mastery.NOT_ACQUIRED for name in named)
    result = Mastery.PARTLY
    if acquired == len(named):
        result = Mastery.ACQUIRED
    elif lost == len(named):
        result = Mastery.NOT_ACQUIRED
    count = _("{n} criteria of {total} acquired").format(n=acquired, total=len(named))
    return _derived([count, *parts], result)


def agreed(first: Mastery, second: Mastery) -> Mastery | None:
    """What two evaluators agree on; None when they diverge: the jury decides."""
    return first if first is second else None
