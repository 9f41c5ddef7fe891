"""Predicates on numbers of people: counts, fractions of a base, equal colleges."""

from __future__ import annotations

import math
from fractions import Fraction

from jury_tui.i18n import N_
from jury_tui.rules.clauses import Count, Equal, Share
from jury_tui.rules.findings import Verdict
from jury_tui.rules.scene import Counted, Scene
from jury_tui.rules.verdicts import Groups, Judgement
from jury_tui.rules.wording import Listing, Number, Phrase, Value, plain, say

OK, BREACH, DOUBT = Verdict.SATISFIED, Verdict.BREACHED, Verdict.UNDECIDABLE


def lacking(number: int) -> Number:
    """``3 missing``."""
    return Number(N_("{n} missing"), N_("{n} missing"), number)


def _observed(counted: Counted) -> Phrase | int:
    if counted.maybe:
        return say(N_("{least} to {most}"), least=counted.least, most=counted.most)
    return counted.least


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

    def fits(number: int) -> bool:
        return (
            (at_least is None or number >= at_least)
            and (at_most is None or number <= at_most)
            and (not totals or number in totals)
        )

    possible = [fits(n) for n in range(counted.least, counted.most + 1)]
    verdict = OK if all(possible) else DOUBT if any(possible) else BREACH
    wanted: Value
    if totals:
        wanted = say("= {n}", n=Listing(tuple(totals), "or"))
    elif at_least is not None and at_least == at_most:
        wanted = say("= {n}", n=at_least)
    elif at_least is not None and at_most is not None:
        wanted = say(N_("from {low} to {high}"), low=at_least, high=at_most)
    elif at_least is not None:
        wanted = say("≥ {n}", n=at_least)
    else:
        wanted = say("≤ {n}", n=at_most or 0)
    why: Phrase | None = None
    floor = min(totals) if totals else at_least
    ceiling = max(totals) if totals else at_most
    if verdict is BREACH:
        if floor is not None and counted.most < floor:
            why = plain(lacking(floor - counted.most))
        elif ceiling is not None and counted.least > ceiling:
            extra = counted.least - ceiling
            why = plain(Number(N_("{n} too many"), N_("{n} too many"), extra))
    return Judgement(
        verdict=verdict,
        required=say("{group} {wanted}", group=label, wanted=wanted),
        observed=plain(_observed(counted)),
        why=why,
        counted=counted.sure,
        missing=counted.missing if verdict is DOUBT else (),
    )


def judge_share(scene: Scene, share: Share, groups: Groups) -> Judgement:
    """A fraction of an explicit base."""
    scene = _placed(scene, share.people)
    counted = scene.group(share.of, groups)
    base = scene.group(share.base, groups)
    asked = [
        (sign, Fraction(text))
        for sign, text in (
            ("≥", share.min), (">", share.over), ("≤", share.max), ("<", share.under),
        )
        if text
    ]  # fmt: skip

    def holds(number: int, whole: int) -> bool:
        return all(_compare(sign, number, part * whole) for sign, part in asked) and (
            whole > 0 or not any(sign in "≥>" for sign, _part in asked)
        )

    # The numerator and the base move apart only within what is unknown.
    cases = {
        holds(number, whole)
        for number in range(counted.least, counted.most + 1)
        for whole in range(base.least, base.most + 1)
    }
    verdict = DOUBT if len(cases) == 2 else OK if True in cases else BREACH
    whole = base.least
    floors = [_least(sign, part * whole) for sign, part in asked if sign in ("≥", ">")]
    ceilings = [
        _greatest(sign, part * whole) for sign, part in asked if sign in ("≤", "<")
    ]
    why = None
    if verdict is BREACH:
        if floors and counted.most < max(floors):
            why = say(
                N_("it would take {needed} ({n} short)"),
                needed=max(floors),
                n=max(floors) - counted.most,
            )
        elif ceilings and counted.least > min(ceilings):
            why = say(N_("at most {n} would do"), n=min(ceilings))
        elif not whole:
            why = say(N_("there is nobody to count"))
        if floors and ceilings and max(floors) > min(ceilings):
            why = say(
                N_("impossible with a total of {total}: no number fits"), total=whole
            )
    signs = Listing(
        tuple(say("{sign} {part}", sign=sign, part=str(part)) for sign, part in asked)
    )
    return Judgement(
        verdict=verdict,
        required=say(
            N_("{group} {signs} of {base}"),
            group=scene.group_label(share.of, groups),
            signs=signs,
            base=scene.group_label(share.base, groups),
        ),
        observed=say(N_("{n} of {total}"), n=_observed(counted), total=_observed(base)),
        why=why,
        counted=counted.sure,
        missing=(*counted.missing, *base.missing) if verdict is DOUBT else (),
    )


def _compare(sign: str, number: int, limit: Fraction) -> bool:
    match sign:
        case "≥":
            return number >= limit
        case ">":
            return number > limit
        case "≤":
            return number <= limit
    return number < limit


def _least(sign: str, limit: Fraction) -> int:
    """The smallest whole number that fits."""
    return math.ceil(limit) if sign == "≥" else math.floor(limit) + 1


def _greatest(sign: str, limit: Fraction) -> int:
    """The greatest whole number that fits."""
    return math.floor(limit) if sign == "≤" else math.ceil(limit) - 1


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
