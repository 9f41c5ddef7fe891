"""Acts on one candidate."""

from __future__ import annotations

from msgspec.structs import replace

from jury_tui.session import acts as a
from jury_tui.session.folds.common import (
    Changes,
    Folds,
    attending,
    file_of,
    known,
    leaves_table,
    stray,
)
from jury_tui.session.session import Recusal, Session, Status


def _called(s: Session, act: a.CandidateCalled) -> Changes:
    file = file_of(s, act.candidate)
    status = file.status
    if status in (Status.REGISTERED, Status.ABSENT, Status.POSTPONED):
        status = Status.CALLED
    called = replace(file, status=status, called_at=file.called_at or act.at)
    return {"file": called, "table": act.candidate}


def _recused(s: Session, act: a.MemberRecused) -> Changes:
    file = file_of(s, act.candidate)
    recusal = Recusal(
        member=known(s, act.member), kind=act.kind, reason=act.reason, at=act.at
    )
    heard = tuple(m for m in file.heard_by if m != act.member)
    recusals = {**file.recusals, act.member: recusal}
    return {"file": replace(file, recusals=recusals, heard_by=heard)}


def _recusal_lifted(s: Session, act: a.RecusalLifted) -> Changes:
    file = file_of(s, act.candidate)
    if act.member not in file.recusals:
        raise stray(s, act.member)
    lifted = replace(file.recusals[act.member], lifted=act.reason)
    return {"file": replace(file, recusals={**file.recusals, act.member: lifted})}


def _acting_chair(s: Session, act: a.ActingChairNamed) -> Changes:
    file = file_of(s, act.candidate)
    return {"file": replace(file, acting_chair=known(s, act.member))}


def _hearing(s: Session, act: a.HearingStarted) -> Changes:
    file = file_of(s, act.candidate)
    return {
        "file": replace(
            file,
            status=Status.HEARING,
            hearing_started=act.at,
            hearing_ended=None,
            heard_by=attending(s, file),
        )
    }


def _heard(s: Session, act: a.HearingEnded) -> Changes:
    file = file_of(s, act.candidate)
    return {"file": replace(file, status=Status.HEARD, hearing_ended=act.at)}


def _deliberation(s: Session, act: a.DeliberationStarted) -> Changes:
    file = file_of(s, act.candidate)
    if file.status is Status.DELIBERATION:
        return {"file": replace(file, deliberated_by_invitees=act.invitees)}
    return {
        "file": replace(
            file,
            status=Status.DELIBERATION,
            hearing_ended=file.hearing_ended or (file.hearing_started and act.at),
            deliberation_started=act.at,
            deliberated_by=(*attending(s, file),),
            deliberated_by_invitees=act.invitees,
        )
    }


def _absent(s: Session, act: a.CandidateAbsent) -> Changes:
    file = file_of(s, act.candidate)
    return {
        "file": replace(file, status=Status.ABSENT, absent_reason=act.reason),
        "table": leaves_table(s, act.candidate),
    }


def _postponed(s: Session, act: a.CandidatePostponed) -> Changes:
    file = file_of(s, act.candidate)
    return {
        "file": replace(file, status=Status.POSTPONED, postponed_reason=act.reason),
        "table": leaves_table(s, act.candidate),
    }


def _restored(s: Session, act: a.CandidateRestored) -> Changes:
    file = file_of(s, act.candidate)
    status = Status.CALLED if file.called_at else Status.REGISTERED
    return {"file": replace(file, status=status, absent_reason="", postponed_reason="")}


FOLDS: Folds = {
    a.CandidateCalled: _called,
    a.MemberRecused: _recused,
    a.RecusalLifted: _recusal_lifted,
    a.ActingChairNamed: _acting_chair,
    a.HearingStarted: _hearing,
    a.HearingEnded: _heard,
    a.DeliberationStarted: _deliberation,
    a.CandidateAbsent: _absent,
    a.CandidatePostponed: _postponed,
    a.CandidateRestored: _restored,
}
