"""Checks of time: acts in the order in which they happened, at times that can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import accumulate, pairwise

from jury_tui.audit.audited import Audited
from jury_tui.audit.checks.finding import breach, warning
from jury_tui.audit.report import AuditFinding
from jury_tui.audit.walk import EARLIEST, LATEST
from jury_tui.audit.words import act_words
from jury_tui.i18n import N_, short_date, short_moment
from jury_tui.session import acts as a
from jury_tui.session.session import Phase

_LONG_PAUSE = dt.timedelta(hours=12)
_MOVES = (a.MemberArrived, a.MemberDeparted)
_AHEAD = dt.timedelta(minutes=5)
"""Clocks of two machines may differ by so much."""


def order(audited: Audited) -> Iterator[AuditFinding]:
    """Acts are in the order in which they happened, at times that can be."""
    for number in audited.trail.untimely:
        yield breach(
            "times",
            N_(
                "Act {act} ({what}) has a time without its offset, or outside the "
                "years {first} to {last}: it counts for nothing."
            ),
            act=number,
            what=act_words(audited.acts[number - 1]),
            first=EARLIEST,
            last=LATEST,
        )
    timed = _timed(audited)
    times = [act.at for _number, act in timed]
    if times != sorted(times):
        latest = accumulate(times, max)
        for (number, act), last in zip(timed[1:], latest, strict=False):
            if act.at < last:
                yield breach(
                    "times",
                    N_(
                        "Act {act} ({what}) is dated {at}, before the act that "
                        "precedes it ({last}): the program never writes this."
                    ),
                    act=number,
                    what=act_words(act),
                    at=short_moment(act.at, exact=True),
                    last=short_moment(last.astimezone(act.at.tzinfo), exact=True),
                )
    if times and max(times) > audited.now + _AHEAD:
        yield warning(
            "times",
            N_("The last act is dated {at}, in the future: check the clocks."),
            act=len(audited.acts),
            at=short_moment(max(times), exact=True),
        )


def plausible(audited: Audited) -> Iterator[AuditFinding]:
    """Opened on the day, people there that day, no leap while it sat."""
    session = audited.session
    opened = session.opened_at
    day = None if opened is None else opened.date()
    if day is not None and session.date is not None and day != session.date:
        yield warning(
            "times",
            N_(
                "The session was called for {day} and opened on {opened}: was it "
                "taken down afterwards?"
            ),
            act=next(
                (m.number for m in audited.trail.openings if m.act.at == opened), None
            ),
            day=short_date(session.date),
            opened=short_date(day),
        )
    timed = _timed(audited)
    for number, act in timed:
        if not isinstance(act, _MOVES):
            continue
        if day is not None and abs((act.time.date() - day).days) > 1:
            yield warning(
                "times",
                N_("Act {act} ({what}) is timed {at}, another day than the jury."),
                act=number,
                what=act_words(act),
                at=short_moment(act.time, exact=True),
            )
    yield from _leaps(timed)


def _leaps(timed: list[tuple[int, a.AnyAct]]) -> Iterator[AuditFinding]:
    times = [act.at for _number, act in timed]
    if not times or max(times) - min(times) <= _LONG_PAUSE:
        return
    phase = Phase.DRAFTED
    for (_number, before), (number, act) in pairwise(timed):
        phase = _PHASES.get(type(before), phase)
        if phase is Phase.OPEN and act.at - before.at > _LONG_PAUSE:
            yield warning(
                "times",
                N_(
                    "{hours} hours lie between act {act} and the one before, while "
                    "the session sat: a clock that leapt, or a pause not recorded."
                ),
                act=number,
                hours=int((act.at - before.at).total_seconds() // 3600),
            )


def _timed(audited: Audited) -> list[tuple[int, a.AnyAct]]:
    """The acts whose times are times, with their numbers."""
    numbered = enumerate(audited.acts, 1)
    unusable = set(audited.trail.untimely)
    if not unusable:
        return list(numbered)
    return [one for one in numbered if one[0] not in unusable]


_PHASES: dict[type[a.Act], Phase] = {
    a.SessionOpened: Phase.OPEN,
    a.SessionResumed: Phase.OPEN,
    a.SessionSuspended: Phase.SUSPENDED,
    a.SessionClosed: Phase.CLOSED,
}
