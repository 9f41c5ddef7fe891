"""Acts on the sitting as a whole."""

from __future__ import annotations

from msgspec.structs import replace

from jury_tui.session import acts as a
from jury_tui.session.folds.common import Changes, Folds, known, stray
from jury_tui.session.session import Note, Pause, Phase, Session


def _opened(s: Session, act: a.SessionOpened) -> Changes:
    known(s, act.chair)
    return {"phase": Phase.OPEN, "opened_at": act.at, "opened_by": act.chair}


def _suspended(s: Session, act: a.SessionSuspended) -> Changes:
    pause = Pause(suspended=act.at, reason=act.reason)
    return {"phase": Phase.SUSPENDED, "pauses": (*s.pauses, pause)}


def _resumed(s: Session, act: a.SessionResumed) -> Changes:
    if not s.pauses:
        raise stray(s, act.__class__.__name__)
    last = replace(s.pauses[-1], resumed=act.at)
    return {"phase": Phase.OPEN, "pauses": (*s.pauses[:-1], last)}


def _incident(s: Session, act: a.IncidentRecorded) -> Changes:
    note = Note(at=act.at, text=act.text, candidate=act.candidate)
    return {"incidents": (*s.incidents, note)}


def _dissent(s: Session, act: a.DissentRecorded) -> Changes:
    note = Note(
        at=act.at,
        text=act.text,
        candidate=act.candidate,
        member=known(s, act.member),
    )
    return {"dissents": (*s.dissents, note)}


def _justified(s: Session, act: a.JustificationGiven) -> Changes:
    note = Note(at=act.at, text=act.text, candidate=act.candidate, clause=act.clause)
    kept = tuple(
        n
        for n in s.justifications
        if (n.clause, n.candidate) != (act.clause, act.candidate)
    )
    return {"justifications": (*kept, note)}


def _closed(s: Session, act: a.SessionClosed) -> Changes:
    return {"phase": Phase.CLOSED, "closed_at": act.at, "table": ""}


def _sealed(s: Session, act: a.SessionSealed) -> Changes:
    return {
        "phase": Phase.SEALED,
        "sealed_at": act.at,
        "number": act.number,
        "sealed_sha256": act.workbook_sha256,
    }


FOLDS: Folds = {
    a.SessionOpened: _opened,
    a.SessionSuspended: _suspended,
    a.SessionResumed: _resumed,
    a.IncidentRecorded: _incident,
    a.DissentRecorded: _dissent,
    a.JustificationGiven: _justified,
    a.SessionClosed: _closed,
    a.SessionSealed: _sealed,
}
