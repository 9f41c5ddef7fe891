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
from jury_tui.i18n import N_, _, language, listed
from jury_tui.rules.model import Component, Scale


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
            explanation=_(
                "Mean {mean} of {number} marks; the text sets no threshold, so nothing "
                "is proposed."
            ).format(mean=mean, number=figures.number),
        )
    threshold = Fraction(scale.threshold)
    partial = Fraction(scale.partial) if scale.partial else None
    if figures.mean >= threshold:
        found, said = Mastery.ACQUIRED, N_("Mean {mean} ≥ {limit}: acquired proposed.")
    elif partial is not None and figures.mean >= partial:
        found = Mastery.PARTLY
        said = N_("Mean {mean} < {limit}: partly acquired proposed.")
    else:
        found = Mastery.NOT_ACQUIRED
        said = N_("Mean {mean} < {limit}: not acquired proposed.")
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


def propose_from_marks(component: Component, marks: Mapping[str, Fraction]) -> Proposal:
    """What a grid of marks proposes: the eliminatory criteria, then the mean."""
    mean = grid_mean(component, marks)
    for criterion in component.criteria:
        mark = marks.get(criterion.id)
        if criterion.eliminatory and criterion.threshold and mark is not None:
            limit = Fraction(criterion.threshold)
            if mark < limit:
                return Proposal(
                    result=Mastery.NOT_ACQUIRED,
                    explanation=_(
                        "{criterion} is eliminatory and has {mark}, below {limit}: "
                        "not acquired proposed."
                    ).format(
                        criterion=str(criterion.label),
                        mark=write_mark(mark),
                        limit=write_mark(limit),
                    ),
                    source=component.scale.source,
                )
    if mean is None:
        missing = [str(c.label) for c in component.criteria if c.id not in marks]
        return Proposal(
            result=None,
            explanation=_("Nothing is proposed: {criteria} not marked.").format(
                criteria=listed(missing) or "—"
            ),
        )
    return propose(component, [mean])


def propose_from_levels(
    component: Component, levels: Mapping[str, Mastery]
) -> Proposal:
    """What a grid of levels proposes.

    All acquired: acquired; an eliminatory criterion not acquired, or nothing
    acquired: not acquired; anything between: partly acquired.
    """
    named = {criterion.id: str(criterion.label) for criterion in component.criteria}
    missing = [label for name, label in named.items() if name not in levels]
    failed = [
        str(criterion.label)
        for criterion in component.criteria
        if criterion.eliminatory and levels.get(criterion.id) is Mastery.NOT_ACQUIRED
    ]
    if failed:
        said = _("Eliminatory and not acquired: {criteria}; not acquired proposed.")
        return Proposal(
            result=Mastery.NOT_ACQUIRED,
            explanation=said.format(criteria=listed(failed)),
        )
    if missing or not named:
        said = _("Nothing is proposed: {criteria} not assessed.")
        return Proposal(
            result=None, explanation=said.format(criteria=listed(missing) or "—")
        )
    acquired = sum(levels[name] is Mastery.ACQUIRED for name in named)
    lost = sum(levels[name] is Mastery.NOT_ACQUIRED for name in named)
    if acquired == len(named):
        found, said = (
            Mastery.ACQUIRED,
            N_("{n} criteria of {total}: acquired proposed."),
        )
    elif lost == len(named):
        found = Mastery.NOT_ACQUIRED
        said = N_("{n} criteria of {total}: not acquired proposed.")
    else:
        found = Mastery.PARTLY
        said = N_("{n} criteria of {total}: partly acquired proposed.")
    return Proposal(
        result=found, explanation=_(said).format(n=acquired, total=len(named))
    )


def agreed(first: Mastery, second: Mastery) -> Mastery | None:
    """What two evaluators agree on; None when they diverge: the jury decides."""
    return first if first is second else None
