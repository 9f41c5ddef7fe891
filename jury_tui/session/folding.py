"""The fold: what each act makes of the session before it."""

from __future__ import annotations

from collections.abc import Iterable

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
from jury_tui.session.folds.common import Folds, stray
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


def _undone(s: Session, act: a.ActUndone) -> Session:
    if not s.past or s.past[-1][0] != act.act:
        raise stray(s, str(act.act))
    before = s.past[-1][1]
    return replace(
        before,
        past=s.past[:-1],
        undone=(*s.undone, act.act),
        recoveries=s.recoveries,
    )


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
    after = FOLDS[type(act)](session, act)
    if type(act) in _CAN_BE_UNDONE:
        bare = replace(session, past=())
        past = (*session.past[-UNDO_DEPTH + 1 :], (session.count + 1, bare))
    elif type(act) in _KEEPS_THE_PAST:
        past = after.past
    else:
        past = ()
    return replace(after, count=session.count + 1, at=act.at, past=past)


def replay(acts: Iterable[a.AnyAct]) -> Session:
    """The session that all these acts add up to."""
    session = Session()
    for act in acts:
        session = fold(session, act)
    return session
