"""The fold: what each act makes of the session before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
from jury_tui.session.runs import Run, whole
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


class Scratch(Session, frozen=False, kw_only=True):  # type: ignore[misc]
    """A session being added up in place: of one replay, and held by nobody else.

    Made of a session by ``begun``, and a session again by ``done``. What was read of
    it must not outlive the next act, but for what is frozen: files, members, texts.
    """


def begun(session: Session) -> Scratch:
    """A scratch that goes on from a session."""
    fields = msgspec.structs.asdict(session)
    return Scratch(**fields | {"files": dict(session.files)})


def done(scratch: Scratch) -> Session:
    """The session that a scratch has come to; the scratch may go on."""
    fields = msgspec.structs.asdict(scratch)
    return Session(**fields | {"files": dict(scratch.files)})


def fold(session: Session, act: a.AnyAct) -> Session:
    """The session after ``act``, counted, dated, with what can be undone.

    Raises:
        UnreadableRegisterError: the act speaks of someone who is not there.
    """
    kind = type(act)
    changes = FOLDS[kind](session, act)
    file = changes.pop("file", None)
    if file is not None:
        changes["files"] = {**session.files, file.candidate.id: file}
    changes["count"] = session.count + 1
    changes["at"] = act.at
    if kind in _CAN_BE_UNDONE:
        bare = replace(session, past=()) if session.past else session
        past = (*session.past[-UNDO_DEPTH + 1 :], (session.count + 1, bare))
        changes["past"] = past
    elif kind not in _KEEPS_THE_PAST:
        changes["past"] = ()
    return replace(session, **changes)


def add(scratch: Scratch, act: a.AnyAct) -> None:
    """``fold`` in place, and without a past: for acts that nobody will undo.

    Raises:
        UnreadableRegisterError: as ``fold``; then the scratch is what it was.
    """
    changes = FOLDS[type(act)](scratch, act)
    file = changes.pop("file", None)
    if file is not None:
        scratch.files[file.candidate.id] = file
    changes["count"] = scratch.count + 1
    changes["at"] = act.at
    if scratch.past and type(act) not in _OF_THE_RECORD:
        changes["past"] = ()
    for name, value in changes.items():
        setattr(scratch, name, value)


def recalled(acts: Sequence[a.AnyAct]) -> set[int]:
    """Where, in these acts, the session before is asked for later.

    By an undoing, or after the last act: no other act looks at the past, and most
    end it. These are the acts to ``fold``; the others can be added in place.
    """
    kinds = [type(act) for act in acts]
    first = kinds.index(a.ActUndone) if a.ActUndone in kinds else len(kinds)
    places, wanted = set(), UNDO_DEPTH
    for place in range(len(kinds) - 1, -1, -1):
        kind = kinds[place]
        if kind is a.ActUndone:
            places.add(place)
            wanted = UNDO_DEPTH
        elif kind in _CAN_BE_UNDONE:
            if wanted:
                places.add(place)
                wanted -= 1
        elif kind not in _KEEPS_THE_PAST:
            wanted = 0
        if not wanted and place < first:
            break
    return places


def add_run(scratch: Scratch, run: Run) -> None:
    """``add`` each act of a whole run, in one step."""
    changes = {
        "count": scratch.count + run.length,
        "at": run.decision.at,
        "table": "",
        "past": (),
    }
    scratch.files[run.after.candidate.id] = run.after
    for name, value in changes.items():
        setattr(scratch, name, value)


def replay(acts: Iterable[a.AnyAct], session: Session | None = None) -> Session:
    """The session that all these acts add up to, after those of ``session``."""
    acts = tuple(acts)
    scratch = begun(session or Session())
    apart = recalled(acts)
    place = 0
    while place < len(acts):
        run = whole(scratch, acts, place)
        if run is not None:  # it ends what can be undone
            add_run(scratch, run)
            place += run.length
            continue
        if place in apart:
            scratch = begun(fold(done(scratch), acts[place]))
        else:
            add(scratch, acts[place])
        place += 1
    return done(scratch)
