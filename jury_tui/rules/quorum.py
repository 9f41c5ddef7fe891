"""Quorum: how many must be there; where no text sets one, it is said, not invented."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from fractions import Fraction

from jury_tui.i18n import N_
from jury_tui.rules.findings import Finding, Layer, Severity, Verdict
from jury_tui.rules.headcounts import lacking
from jury_tui.rules.scene import Scene
from jury_tui.rules.stack import StackedQuorum, in_force
from jury_tui.rules.verdicts import Judgement, put_into_words
from jury_tui.rules.wording import plain, say


def judge_quorum(scene: Scene, parcours: dt.date) -> Iterator[Finding]:
    """The findings of the quorums in force, or the text's silence."""
    case = scene.case
    governing = [
        item
        for item in scene.rules.quorums
        if item.quorum.convocation in (None, case.convocation)
        and in_force(item.quorum, case.on, parcours)
    ]
    for item in governing:
        if case.layer in item.quorum.layers:
            yield _finding(scene, _judge(scene, item), item.key, item.quorum.source)
    if not governing and case.layer is Layer.PRESENCE:
        silent = Judgement(
            verdict=Verdict.UNDECIDABLE,
            required=None,
            observed=say(
                N_("{n} voting members present of {total}"),
                n=len(scene.voters),
                total=len(scene.appointed.voters),
            ),
            counted=scene.voters,
            missing=("quorum",),
        )
        code = scene.rules.certification.code
        yield _finding(scene, silent, f"{code}/quorum", scene.rules.jury.source)


def _finding(scene: Scene, judged: Judgement, key: str, source: str) -> Finding:
    silent = "quorum" in judged.missing
    return put_into_words(
        judged,
        key=key,
        layer=scene.case.layer,
        severity=Severity.NOTE if silent else Severity.FATAL,
        source=source,
        label=say(N_("quorum")),
        names={},
        remarks=(),
        people=scene.people,
        candidate=None,
    )


def _judge(scene: Scene, item: StackedQuorum) -> Judgement:
    quorum = item.quorum
    remote = [n for n in scene.voters if n in scene.case.remote]
    room = len(scene.voters) - len(remote)
    # Least and most present, by what the text counts; silence leaves both open.
    low, high = room, room
    for number, counts in (
        (len(remote), quorum.remote_counts),
        (len(scene.represented), quorum.proxies_count),
    ):
        low += number if counts is True else 0
        high += number if counts is not False else 0
    base = scene.group(quorum.base, item.groups)
    needed = max(quorum.min or 0, _needed(quorum.share, quorum.over, base.most))
    needed_at_best = max(
        quorum.min or 0, _needed(quorum.share, quorum.over, base.least)
    )
    if low >= needed:
        verdict = Verdict.SATISFIED
    else:
        verdict = Verdict.UNDECIDABLE if high >= needed_at_best else Verdict.BREACHED
    missing: tuple[str, ...] = ()
    if verdict is Verdict.UNDECIDABLE:
        missing = base.missing or ("remote_counts",)
    return Judgement(
        verdict=verdict,
        required=say(N_("voting members present (at least {n})"), n=needed),
        observed=say(N_("{n} of {total}"), n=high, total=base.least),
        why=plain(lacking(needed - high)) if verdict is Verdict.BREACHED else None,
        counted=scene.voters,
        missing=missing,
    )


def _needed(share: str, over: str, base: int) -> int:
    at_least = math.ceil(Fraction(share) * base) if share else 0
    above = math.floor(Fraction(over) * base) + 1 if over else 0
    return max(at_least, above)
