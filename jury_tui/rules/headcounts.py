"""Predicates on numbers of people: counts, fractions of a base, equal colleges."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache

from jury_tui.i18n import N_
from jury_tui.rules.clauses import Count, Equal, Share
from jury_tui.rules.findings import Verdict
from jury_tui.rules.scene import Counted, Scene
from jury_tui.rules.verdicts import Groups, Judgement
from jury_tui.rules.wording import (
    BOUNDS,
    Listing,
    Number,
    Phrase,
    Value,
    number,
    part_words,
    plain,
    say,
)

OK, BREACH, DOUBT = Verdict.SATISFIED, Verdict.BREACHED, Verdict.UNDECIDABLE


def lacking(number: int) -> Number:
    """``3 missing``."""
    return Number(N_("{n} missing"), N_("{n} missing"), number)


def _observed(counted: Counted) -> Phrase:
    if counted.maybe:
        return say(N_("{least} to {most}"), least=counted.least, most=counted.most)
    return number(len(counted.sure))


def _placed(scene: Scene, people: str) -> Scene:
    return scene.appointed if people == "appointed" else scene


def judge_count(scene: Scene, count: Count, groups: Groups) -> Judgement:
    """So many people."""
    scene = _placed(scene, count.people)
    counted = scene.group(count.of, groups)
    return counting(
        scene.group_label(count.of, groups),
        counted,
        at_least=count.equals if count.equals is not None else count.min,
        at_most=count.equals if count.equals is not None else count.max,
        totals=count.totals,
    )


def counting(
    label: Value,
    counted: Counted,
    *,
    at_least: int | None,
    at_most: int | None,
    totals: tuple[int, ...] = (),
) -> Judgement:
    """Judge a number of people against bounds or a set of totals."""
    least, most = len(counted.sure), len(counted.sure) + len(counted.maybe)

    def fits(number: int) -> bool:
        return (
            (at_least is None or number >= at_least)
            and (at_most is None or number <= at_most)
            and (not totals or number in totals)
        )

    if least == most:
        verdict = OK if fits(least) else BREACH
    else:
        possible = [fits(n) for n in range(least, most + 1)]
        verdict = OK if all(possible) else DOUBT if any(possible) else BREACH
    why: Phrase | None = None
    floor = min(totals) if totals else at_least
    ceiling = max(totals) if totals else at_most
    if verdict is BREACH:
        if floor is not None and most < floor:
            why = plain(lacking(floor - most))
        elif ceiling is not None and least > ceiling:
            extra = least - ceiling
            why = plain(Number(N_("{n} too many"), N_("{n} too many"), extra))
    wanted = _wanted(at_least, at_most, totals)
    return Judgement(
        verdict=verdict,
        required=plain(label)
        if wanted is None
        else say("{group} ({wanted})", group=label, wanted=wanted),
        observed=_observed(counted),
        why=why,
        counted=counted.sure,
        missing=counted.missing if verdict is DOUBT else (),
    )


@lru_cache(maxsize=256)
def _wanted(
    at_least: int | None, at_most: int | None, totals: tuple[int, ...]
) -> Phrase | None:
    """The bounds in words; None when any number will do."""
    if totals:
        return say(BOUNDS["="], n=Listing(tuple(totals), "or"))
    if at_least is not None and at_least == at_most:
        return say(BOUNDS["="], n=at_least)
    if at_least is not None and at_most is not None:
        return say(N_("from {low} to {high}"), low=at_least, high=at_most)
    if at_most is not None:
        return say(BOUNDS["≤"], n=at_most)
    return say(BOUNDS["≥"], n=at_least) if at_least else None


Asked = tuple[tuple[str, str], ...]
"""Signs and fractions, as the rulebook writes them."""


def judge_share(scene: Scene, share: Share, groups: Groups) -> Judgement:
    """A fraction of an explicit base."""
    scene = _placed(scene, share.people)
    counted = scene.group(share.of, groups)
    base = scene.group(share.base, groups)
    asked = tuple(
        (sign, part)
        for sign, part in (
            ("≥", share.min), (">", share.over), ("≤", share.max), ("<", share.under),
        )
        if part
    )  # fmt: skip
    least, most = counted.least, counted.most
    # The numerator and the base move apart only within what is unknown.
    cases = {
        holds(asked, number, whole)
        for whole in range(base.least, base.most + 1)
        for number in range(least, most + 1)
    }
    verdict = DOUBT if len(cases) == 2 else OK if True in cases else BREACH
    whole = base.least
    why = None
    if verdict is BREACH:
        floor, ceiling = bounds(asked, whole)
        if floor is not None and ceiling is not None and floor > ceiling:
            why = say(
                N_("impossible with a total of {total}: no number fits"), total=whole
            )
        elif floor is not None and most < floor:
            why = say(
                N_("it would take {needed} ({n} short)"), needed=floor, n=floor - most
            )
        elif ceiling is not None and least > ceiling:
            why = say(N_("at most {n} would do"), n=ceiling)
        elif not whole:
            why = say(N_("there is nobody to count"))
    return Judgement(
        verdict=verdict,
        required=say(
            N_("{group} ({signs} of {base})"),
            group=scene.group_label(share.of, groups),
            signs=_signs(asked),
            base=scene.group_label(share.base, groups),
        ),
        observed=say(N_("{n} of {total}"), n=_observed(counted), total=_observed(base)),
        why=why,
        counted=counted.sure,
        missing=(*counted.missing, *base.missing) if verdict is DOUBT else (),
    )


def holds(asked: Asked, number: int, whole: int) -> bool:
    """Whether a number of people is the share asked of a whole; of nobody, none is."""
    floor, ceiling = bounds(asked, whole)
    return (floor is None or (number >= floor and whole > 0)) and (
        ceiling is None or number <= ceiling
    )


@lru_cache(maxsize=4096)
def bounds(asked: Asked, whole: int) -> tuple[int | None, int | None]:
    """The smallest and the greatest number of people that fit, exactly.

    Fractions meet whole people here and nowhere else: a number is at least 3/4 of 9
    when it is at least 7.
    """
    floors, ceilings = [], []
    for sign, part in asked:
        limit = Fraction(part) * whole
        match sign:
            case "≥":
                floors.append(math.ceil(limit))
            case ">":
                floors.append(math.floor(limit) + 1)
            case "≤":
                ceilings.append(math.floor(limit))
            case _:
                ceilings.append(math.ceil(limit) - 1)
    return max(floors, default=None), min(ceilings, default=None)


@lru_cache(maxsize=256)
def _signs(asked: Asked) -> Listing:
    return Listing(tuple(say(BOUNDS[sign], n=part_words(part)) for sign, part in asked))


def judge_equal(scene: Scene, equal: Equal, groups: Groups) -> Judgement:
    """Equal numbers in several groups."""
    scene = _placed(scene, equal.people)
    counts = [scene.group(name, groups) for name in equal.groups]
    low = max(each.least for each in counts)
    high = min(each.most for each in counts)
    if all(not each.maybe for each in counts):
        verdict = OK if low == high else BREACH
    else:  # equal numbers stay possible when the intervals meet
        verdict = DOUBT if low <= high else BREACH
    why = None
    total = sum(each.least for each in counts)
    if verdict is BREACH:
        if total % len(counts):
            why = say(
                N_("impossible with {total}, which does not divide by {parts}"),
                total=total,
                parts=len(counts),
            )
        else:
            why = plain(lacking(sum(low - c.most for c in counts)))
    labels = [scene.group_label(name, groups) for name in equal.groups]
    return Judgement(
        verdict=verdict,
        required=say(N_("equal numbers: {groups}"), groups=Listing(tuple(labels))),
        observed=plain(
            Listing(
                tuple(
                    say("{group} {n}", group=label, n=_observed(each))
                    for label, each in zip(labels, counts, strict=True)
                )
            )
        ),
        why=why,
        counted=tuple(name for each in counts for name in each.sure),
        missing=tuple(m for each in counts for m in each.missing)
        if verdict is DOUBT
        else (),
    )
