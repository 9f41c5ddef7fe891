"""The fold: what each act makes of the session before it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from jury_tui.session import acts as a
from jury_tui.session.folds import (
    candidates,
    preparing,
    presence,
    publishing,
    sitting,
    voting,
)
from jury_tui.session.folds.common import Changes, Folds, stray
from jury_tui.session.session import Session

UNDO_DEPTH = 16

# Only these can be undone by one key: what they say is corrected, not annulled.
# A counted vote is re-opened with a reason instead; irreversible acts stay.
UNDOABLE = (
    a.MemberArrived,
    a.MemberDeparted,
    a.MemberSignedIn,
    a.MemberExcused,
    a.MemberReplaced,
    a.ProxyGiven,
    a.MemberRecused,
    a.ActingChairNamed,
    a.CandidateCalled,
    a.HearingStarted,
    a.HearingEnded,
    a.DeliberationStarted,
    a.CandidateAbsent,
    a.CandidatePostponed,
    a.CandidateRestored,
    a.MarksGiven,
    a.GridFilled,
    a.ReadingsSettled,
    a.ReasonGiven,
    a.IncidentRecorded,
    a.DissentRecorded,
    a.JustificationGiven,
    a.AgendaOrdered,
    a.TieDeclared,
    a.TieDismissed,
    a.SessionSuspended,
    a.SessionResumed,
    a.MemberAmended,
    a.CandidateAmended,
    a.MemberAppointed,
    a.MemberWithdrawn,
    a.CandidateRegistered,
    a.CandidateWithdrawn,
    a.SessionRescheduled,
)

# Acts of the record itself: they neither change the sitting nor stand in the way
# of undoing what was done before them.
_OF_THE_RECORD = (a.RegisterRecovered,)

# Every act is of exactly one of these types: looking one up costs less than asking
# whether it is an instance of each.
_CAN_BE_UNDONE: frozenset[type[a.Act]] = frozenset(UNDOABLE)
_KEEPS_THE_PAST: frozenset[type[a.Act]] = frozenset((a.ActUndone, *_OF_THE_RECORD))


def _undone(s: Session, act: a.ActUndone) -> Changes:
    if not s.past or s.past[-1][0] != act.act:
        raise stray(s, str(act.act))
    return {
        **msgspec.structs.asdict(s.past[-1][1]),
        "past": s.past[:-1],
        "undone": (*s.undone, act.act),
        "recoveries": s.recoveries,
    }


FOLDS: Folds = {
    **preparing.FOLDS,
    **presence.FOLDS,
    **sitting.FOLDS,
    **candidates.FOLDS,
    **voting.FOLDS,
    **publishing.FOLDS,
    a.ActUndone: _undone,
}


def fold(session: Session, act: a.AnyAct) -> Session:
    """The session after ``act``, counted, dated, with what can be undone.

    Raises:
        UnreadableRegisterError: the act speaks of someone who is not there.
    """
    kind = type(act)
    changes = FOLDS[kind](session, act)
    changes["count"] = session.count + 1
    changes["at"] = act.at
    if kind in _CAN_BE_UNDONE:
        bare = replace(session, past=()) if session.past else session
        past = (*session.past[-UNDO_DEPTH + 1 :], (session.count + 1, bare))
        changes["past"] = past
    elif kind not in _KEEPS_THE_PAST:
        changes["past"] = ()
    return replace(session, **changes)


def replay(acts: Iterable[a.AnyAct]) -> Session:
    """The session that all these acts add up to."""
    session = Session()
    for act in acts:
        session = fold(session, act)
    return session
