"""Each predicate of the rulebook language, judged on a scene: pure, three-valued."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from fractions import Fraction

from jury_tui.i18n import N_
from jury_tui.rules.clauses import (
    Balance,
    Each,
    Registered,
    Require,
    Ties,
)
from jury_tui.rules.findings import Verdict
from jury_tui.rules.headcounts import judge_count, judge_equal, judge_share
from jury_tui.rules.model import Registration
from jury_tui.rules.officers import (
    judge_alternation,
    judge_officer,
    judge_proxies,
    judge_substitution,
)
from jury_tui.rules.scene import Scene
from jury_tui.rules.verdicts import Groups, Judgement, unknown
from jury_tui.rules.wording import Listing, Phrase, plain, say

OK, BREACH, DOUBT = Verdict.SATISFIED, Verdict.BREACHED, Verdict.UNDECIDABLE


def judge_require(scene: Scene, require: Require, groups: Groups) -> Judgement:
    """What a requirement says of the scene."""
    name = require.predicate
    return _PREDICATES[name](scene, getattr(require, name), groups)


def interval(low: bool, high: bool) -> Verdict:
    """A verdict from the worst and the best that the missing data may hide."""
    if low == high:
        return OK if low else BREACH
    return DOUBT


def _judge_each(scene: Scene, each: Each, groups: Groups) -> Judgement:
    of = scene.group(each.of, groups)
    failing: list[str] = []
    doubtful: list[str] = []
    missing: list[str] = []
    for name in (*of.sure, *of.maybe):
        answers = [scene.meets(scene.people[name], c) for c in each.where]
        if any(verdict is False for verdict, _datum in answers):
            (failing if name in of.sure else doubtful).append(name)
        elif any(verdict is None for verdict, _datum in answers):
            doubtful.append(name)
            missing += [datum for verdict, datum in answers if verdict is None]
    verdict = BREACH if failing else DOUBT if doubtful else OK
    blamed = failing or doubtful
    return Judgement(
        verdict=verdict,
        required=None,
        observed=say(
            N_("{n} of {total}"), n=len(of.sure) - len(failing), total=len(of.sure)
        ),
        why=say(N_("not so for {names}"), names=_names(scene, failing))
        if failing
        else None,
        counted=tuple(blamed),
        missing=tuple(dict.fromkeys((*missing, *of.missing)))
        if verdict is DOUBT
        else (),
        about=_names(scene, doubtful) if doubtful and not failing else None,
    )


def _names(scene: Scene, ids: Iterable[str]) -> Listing:
    return Listing(tuple(scene.people[name].name for name in ids))


def _judge_gender(scene: Scene, balance: Balance, groups: Groups) -> Judgement:
    least, share = balance.least, balance.share
    women = sum(scene.people[n].gender == "F" for n in scene.voters)
    men = sum(scene.people[n].gender == "M" for n in scene.voters)
    total = len(scene.voters)
    not_said = total - women - men
    floor = max(least, math.ceil(Fraction(share) * total) if share else 0)
    low = women >= floor and men >= floor
    short = max(0, floor - women) + max(0, floor - men)
    verdict = interval(low, short <= not_said)
    return Judgement(
        verdict=verdict,
        required=say(N_("women and men (at least {n} of each)"), n=floor),
        observed=say(N_("women {women}, men {men}"), women=women, men=men),
        why=say(N_("the imbalance is to be justified in the minutes"))
        if verdict is BREACH
        else None,
        counted=scene.voters,
        missing=("gender",) if verdict is DOUBT else (),
    )


def _judge_ties(scene: Scene, ties: Ties, groups: Groups) -> Judgement:
    kinds = set(ties.kinds)
    candidate = scene.case.candidate
    sitting = set(scene.voters if ties.among == "voters" else scene.people)
    blamed = [
        tie
        for tie in scene.case.ties
        if candidate is not None
        and tie.candidate == candidate.id
        and tie.member in sitting
        and tie.kind in kinds
    ]
    names = tuple(dict.fromkeys(tie.member for tie in blamed))
    return Judgement(
        verdict=BREACH if blamed else OK,
        required=say(N_("nobody tied to the candidate sits")),
        observed=plain(len(names)),
        why=say(N_("{names} must leave for this candidate"), names=_names(scene, names))
        if names
        else None,
        counted=names,
    )


def _judge_registration(scene: Scene, asked: Registered, groups: Groups) -> Judgement:
    case, held = scene.case, scene.rules.certification.registration
    admissible = None if case.candidate is None else case.candidate.admissible_on
    required = say(N_("the certification must be registered on the session’s day"))
    if held.until is None and held.from_ is None:
        return unknown(required, "registration.until")
    observed = say(
        N_("registered from {start} to {end}"),
        start=held.from_ or "…",
        end=held.until or "…",
    )
    if _within(case.on, held):
        return Judgement(verdict=OK, required=required, observed=observed)
    keeps = asked.admissible_keeps
    if keeps and case.candidate is not None:
        if admissible is None:
            return unknown(required, "admissible_on", observed)
        if _within(admissible, held):
            return Judgement(
                verdict=OK,
                required=required,
                observed=observed,
                why=say(N_("declared admissible while it was registered")),
            )
    return Judgement(
        verdict=BREACH,
        required=required,
        observed=observed,
        why=say(
            N_("right only for a candidate declared admissible in that time")
            if keeps
            else N_("the session is outside that time")
        ),
    )


def _within(day: dt.date, held: Registration) -> bool:
    return (held.from_ is None or held.from_ <= day) and (
        held.until is None or day <= held.until
    )


def _judge_all(scene: Scene, parts: tuple[Require, ...], groups: Groups) -> Judgement:
    judged = [judge_require(scene, part, groups) for part in parts]
    worst = next(
        (v for v in (BREACH, DOUBT) if any(j.verdict is v for j in judged)), OK
    )
    return _joined(judged, worst)


def _judge_any(scene: Scene, parts: tuple[Require, ...], groups: Groups) -> Judgement:
    judged = [judge_require(scene, part, groups) for part in parts]
    best = next((v for v in (OK, DOUBT) if any(j.verdict is v for j in judged)), BREACH)
    return _joined(judged, best)


def _joined(judged: list[Judgement], verdict: Verdict) -> Judgement:
    blamed = [j for j in judged if j.verdict is verdict]
    return Judgement(
        verdict=verdict,
        required=None,
        observed=plain(Listing(tuple(map(_apart, judged)))),
        why=next((j.why for j in blamed if j.why is not None), None),
        counted=tuple(dict.fromkeys(n for j in judged for n in j.counted)),
        missing=tuple(dict.fromkeys(m for j in blamed for m in j.missing))
        if verdict is DOUBT
        else (),
    )


def _apart(judged: Judgement) -> Phrase:
    """What was seen of one part, with what that part asks."""
    if judged.required is None:
        return judged.observed
    return say(N_("{seen} for {asked}"), seen=judged.observed, asked=judged.required)


_PREDICATES: dict[str, Callable[..., Judgement]] = {
    "count": judge_count,
    "share": judge_share,
    "equal": judge_equal,
    "each": _judge_each,
    "chair": lambda s, o, g: judge_officer(s, o, g, vice=False),
    "vice_chair": lambda s, o, g: judge_officer(s, o, g, vice=True),
    "alternation": judge_alternation,
    "ties": _judge_ties,
    "substitution": judge_substitution,
    "proxies": judge_proxies,
    "gender": _judge_gender,
    "registration": _judge_registration,
    "all": _judge_all,
    "any": _judge_any,
}
