"""Clauses and people: findings as appointed, as present, for one candidate.

What depends on the people alone is judged once for a given composition; only the
clauses that read the candidate's facts are judged again for each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from jury_tui.i18n import N_
from jury_tui.rules.cases import Case
from jury_tui.rules.clauses import Fallback, KeyDate
from jury_tui.rules.findings import Finding, Layer, Severity, Verdict
from jury_tui.rules.headcounts import counting
from jury_tui.rules.memo import Memo
from jury_tui.rules.model import Seat
from jury_tui.rules.people import Member
from jury_tui.rules.predicates import judge_require
from jury_tui.rules.quorum import judge_quorum
from jury_tui.rules.scene import Counted, Regime, Scene
from jury_tui.rules.seating import Assignment
from jury_tui.rules.stack import RouteRules, Rules, StackedClause
from jury_tui.rules.verdicts import Judgement, put_into_words
from jury_tui.rules.wording import Listing, Phrase, plain, say

_routes: Memo[RouteRules] = Memo(64)
_scenes: Memo[Scene] = Memo(64)
_clauses: Memo[tuple[StackedClause, ...]] = Memo(256)


def route_rules(rules: Rules, route: str) -> RouteRules:
    """``rules.for_route(route)``, remembered.

    Raises:
        RulebookError: the certification has no such route.
    """
    return _routes.get((rules,), route, lambda: rules.for_route(route))


def scene_of(rules: Rules, case: Case) -> Scene:
    """The people of a case, seated; remembered for the same people."""
    route = route_rules(rules, case.route)
    key = (
        case.layer,
        case.on,
        len(case.members),
        case.candidates,
        case.remote,
        tuple(sorted(case.proxies.items())),
        case.convocation,
        case.acting_chair,
        case.history,
    )
    objects = (route, *case.members, *case.appointed)
    return _scenes.get(objects, key, lambda: Scene(route, case))


def judge(rules: Rules, case: Case) -> tuple[Finding, ...]:
    """One finding per applicable clause: the jury's seats, the text, the law, quorum.

    The order is that of the texts, the same for any order of the members.

    Raises:
        RulebookError: the certification has no such route.
    """
    scene = scene_of(rules, case)
    regime = _regime(case)
    entries = scene.judged.get(regime)
    if entries is None:
        entries = scene.judged[regime] = list(_entries(scene, case, regime))
    if case.candidate is None and all(isinstance(e, Finding) for e in entries):
        return tuple(e for e in entries if isinstance(e, Finding))
    own = scene.for_case(case)
    name = None if case.candidate is None else case.candidate.id
    return tuple(
        msgspec.structs.replace(entry, candidate=name)
        if isinstance(entry, Finding)
        else _judge_clause(own, entry, regime, name)
        for entry in entries
    )


def _regime(case: Case) -> Regime:
    """The starts of parcours that choose the versions of texts."""
    if case.layer is Layer.CANDIDATE and case.candidate is not None:
        return (case.candidate.parcours_start,)
    return tuple(dict.fromkeys(case.parcours)) or (case.on,)


def _entries(
    scene: Scene, case: Case, regime: Regime
) -> Iterator[Finding | StackedClause]:
    """Findings that the people decide; clauses that need the candidate."""
    yield from _judge_seats(scene, case.layer)
    for item in _applicable(scene.rules, case, regime):
        if case.candidate is not None and item.reads_candidate:
            yield item
        else:
            yield _judge_clause(scene, item, regime, None)
    yield from judge_quorum(scene, _day(regime, case))


def _applicable(
    rules: RouteRules, case: Case, regime: Regime
) -> tuple[StackedClause, ...]:
    """The clauses to judge, remembered for the same circumstances."""
    key = (
        case.layer,
        case.on,
        regime,
        case.candidates,
        bool(case.remote),
        case.convocation,
    )
    return _clauses.get(
        (rules,),
        key,
        lambda: tuple(
            item
            for item in rules.clauses
            if case.layer in item.clause.layers
            and item.clause.when.applies(
                case.candidates,
                remote=bool(case.remote),
                convocation=case.convocation,
            )
            and _force(item, case, regime) is not False
        ),
    )


def _day(regime: Regime, case: Case) -> dt.date:
    return next((day for day in regime if day is not None), case.on)


def _force(item: StackedClause, case: Case, regime: Regime) -> bool | None:
    """Whether a clause is in force: yes, no, or (None) for some candidates only.

    With the key date unknown, every version that a parcours begun by the session's
    day may have met is possible.
    """
    clause = item.clause
    days: Regime = (case.on,) if clause.key_date is KeyDate.SESSION else regime

    def covers(day: dt.date | None) -> bool | None:
        if day is None:
            return None if clause.from_ is None or clause.from_ <= case.on else False
        return (clause.from_ is None or clause.from_ <= day) and (
            clause.until is None or day <= clause.until
        )

    answers = {covers(day) for day in days}
    if answers == {None} and clause.from_ is None and clause.until is None:
        return True
    return answers.pop() if len(answers) == 1 else None


def _judge_clause(
    scene: Scene, item: StackedClause, regime: Regime, candidate: str | None
) -> Finding:
    clause, case = item.clause, scene.case
    judged = judge_require(scene, clause.require, item.groups)
    source = clause.source
    if judged.verdict is not Verdict.SATISFIED and clause.fallback is not None:
        judged, source = _fall_back(scene, item, clause.fallback, judged)
    severity = clause.severity
    remarks: tuple[Phrase, ...] = ()
    if judged.verdict is Verdict.BREACHED:
        if case.layer in clause.silent_at:
            judged, severity = silenced(judged), Severity.NOTE
        elif _force(item, case, regime) is None:
            if case.layer is Layer.CANDIDATE or None in regime:
                judged = msgspec.structs.replace(
                    judged, verdict=Verdict.UNDECIDABLE, missing=("parcours_start",)
                )
            else:
                severity = Severity.NOTE
                remarks = (
                    say(N_("this text governs some of the session’s candidates only")),
                )
    if clause.remedy and judged.verdict is Verdict.BREACHED:
        remarks = (*remarks, plain(clause.remedy))
    return put_into_words(
        judged,
        key=item.key,
        layer=case.layer,
        severity=severity,
        source=source,
        label=clause.label,
        names=scene.rules.attributes,
        remarks=remarks,
        people=scene.people,
        candidate=candidate,
    )


def silenced(judged: Judgement) -> Judgement:
    """A breach where the text does not say that it binds: undecidable."""
    return msgspec.structs.replace(
        judged, verdict=Verdict.UNDECIDABLE, missing=("text",)
    )


def _fall_back(
    scene: Scene, item: StackedClause, fallback: Fallback, judged: Judgement
) -> tuple[Judgement, str]:
    """Judge the rule that may save a breach."""
    if scene.case.layer not in fallback.layers:
        return judged, item.clause.source
    saved = judge_require(scene, fallback.require, item.groups)
    if saved.verdict is Verdict.SATISFIED:
        why = say(N_("not met, but the text lets the jury deliberate all the same"))
        verdict = Verdict.SATISFIED
    elif saved.verdict is Verdict.UNDECIDABLE:
        why = say(N_("whether the jury may deliberate all the same is not known"))
        verdict = Verdict.UNDECIDABLE
    else:
        return judged, item.clause.source
    changed = msgspec.structs.replace(
        judged, verdict=verdict, why=why, missing=saved.missing
    )
    return changed, fallback.source


def _judge_seats(scene: Scene, layer: Layer) -> Iterator[Finding]:
    """One finding a seat, as the jury's table of the text says it."""
    jury, seating = scene.rules.jury, scene.assignment
    code = scene.rules.certification.code
    if layer not in jury.layers:
        return
    vacant = sum(each.missing for each in seating.empty)
    tolerated = 0 < vacant <= jury.vacant
    for seat in scene.active:
        held = tuple(scene.holders.get(seat.id, ()))
        if not seat.required and not held:
            continue
        if seating.doubled == seat.id and scene.designated_chair is not None:
            held = (*held, scene.designated_chair)
        counted = Counted(held, seating.unplaced, ("seat",) if seating.unplaced else ())
        judged = counting(
            seat.label,
            counted,
            at_least=seat.at_least if seat.required else None,
            at_most=seat.at_most,
        )
        severity = jury.severity
        silent_at = jury.silent_at if seat.silent_at is None else seat.silent_at
        if judged.verdict is Verdict.BREACHED:
            judged, severity = _excused(
                scene,
                judged,
                seat,
                tolerated=tolerated,
                silent=layer in silent_at,
            )
        yield put_into_words(
            judged,
            key=f"{code}/{seat.id}",
            layer=layer,
            severity=severity,
            source=jury.source,
            label=seat.label,
            names={},
            remarks=(),
            people=scene.people,
            candidate=None,
        )
    yield from _judge_representatives(scene, layer)


def _excused(
    scene: Scene,
    judged: Judgement,
    seat: Seat,
    *,
    tolerated: bool,
    silent: bool,
) -> tuple[Judgement, Severity]:
    """A seat short of holders: tolerated, not said by the text, or a breach."""
    jury = scene.rules.jury
    empty = next((e for e in scene.assignment.empty if e.seat == seat.id), None)
    if tolerated and empty is not None:
        why = say(N_("the text lets {n} of its seats stay empty"), n=jury.vacant)
        changed = msgspec.structs.replace(judged, verdict=Verdict.SATISFIED, why=why)
        return changed, jury.severity
    if silent:
        return silenced(judged), Severity.NOTE
    if empty is not None and empty.could:
        names = Listing(tuple(scene.people[n].name for n in empty.could), "or")
        why = say(
            N_("{said}; could sit there: {names}"),
            said=plain(judged.why or ""),
            names=names,
        )
        return msgspec.structs.replace(judged, why=why), jury.severity
    return judged, jury.severity


def _judge_representatives(scene: Scene, layer: Layer) -> Iterator[Finding]:
    """Somebody sits for a seat's holder where the text does not speak of it."""
    sitting = tuple(
        name
        for name, seat in scene.assignment.seats.items()
        if scene.people[name].represents and scene.seats[seat].representative is None
    )
    if sitting:
        judged = Judgement(
            verdict=Verdict.UNDECIDABLE,
            required=None,
            observed=plain(Listing(tuple(scene.people[n].name for n in sitting))),
            counted=sitting,
            missing=("text",),
        )
        yield put_into_words(
            judged,
            key=f"{scene.rules.certification.code}/representatives",
            layer=layer,
            severity=Severity.NOTE,
            source=scene.rules.jury.source,
            label=say(N_("representatives sitting for a seat’s holder")),
            names={},
            remarks=(),
            people=scene.people,
            candidate=None,
        )


def _plain_case(route: str, members: tuple[Member, ...], candidates: int) -> Case:
    return Case(
        layer=Layer.PRESENCE,
        on=dt.date.min,
        route=route,
        members=members,
        candidates=candidates,
    )


def assignment(
    rules: Rules, route: str, members: tuple[Member, ...], candidates: int = 0
) -> Assignment:
    """Who sits where, by maximum matching.

    Raises:
        RulebookError: the certification has no such route.
    """
    return scene_of(rules, _plain_case(route, members, candidates)).assignment


def voters(rules: Rules, route: str, members: tuple[Member, ...]) -> tuple[Member, ...]:
    """The voting members among these, in the order given; no standby substitutes."""
    voting = set(scene_of(rules, _plain_case(route, members, 0)).voters)
    return tuple(member for member in members if member.id in voting)


def voices(rules: Rules, route: str, members: tuple[Member, ...]) -> dict[str, int]:
    """How many voices each voting member among these has, by id."""
    scene = scene_of(rules, _plain_case(route, members, 0))
    seats = scene.assignment.seats
    return {name: scene.seats[seats[name]].voices for name in scene.voters}


def is_voting(rules: Rules, route: str, member: Member) -> bool:
    """Whether the first seat of the jury that this member may hold is a voting one."""
    seats = route_rules(rules, route).seats
    held = next((seats[name] for name in member.seats if name in seats), None)
    return held is not None and held.voting


def chair(
    rules: Rules, route: str, members: tuple[Member, ...], acting: str | None = None
) -> Member | None:
    """Who chairs: the acting chair, the chair's seat, or the designated voter."""
    case = msgspec.structs.replace(_plain_case(route, members, 0), acting_chair=acting)
    scene = scene_of(rules, case)
    return None if scene.chair is None else scene.people[scene.chair]
