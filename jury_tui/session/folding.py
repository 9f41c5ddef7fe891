"""How each act changes the session: one small function an act, in one table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from jury_tui.errors import UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.session import acts as a
from jury_tui.session.session import (
    Adopted,
    Attendance,
    Ballot,
    Export,
    File,
    Grid,
    Note,
    Pause,
    Phase,
    Pronounced,
    Recusal,
    Replacement,
    Session,
    Signed,
    Spell,
    Status,
)

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


def _stray(session: Session, ref: str) -> UnreadableRegisterError:
    return UnreadableRegisterError(
        N_("Act {number} speaks of “{ref}”, who or which is not in this session."),
        number=session.count + 1,
        ref=ref[:60],
    )


def _file(session: Session, candidate: str) -> File:
    if candidate not in session.files:
        raise _stray(session, candidate)
    return session.files[candidate]


def _known(session: Session, member: str) -> str:
    if member not in session.members:
        raise _stray(session, member)
    return member


def _with_file(session: Session, file: File, **changes: Any) -> Session:
    files = {**session.files, file.candidate.id: file}
    return replace(session, files=files, **changes)


def _drafted(s: Session, act: a.SessionDrafted) -> Session:
    if s.count:
        raise _stray(s, act.session)
    return replace(
        s,
        id=act.session,
        certification=act.certification,
        route=act.route,
        date=act.date,
        place=act.place,
        time=act.time,
        secretary=act.secretary,
        fictitious=act.fictitious,
    )


def _adopted(s: Session, act: a.RulebookAdopted) -> Session:
    book = Adopted(name=act.name, kind=act.kind, sha256=act.sha256, text=act.text)
    kept = tuple(b for b in s.rulebooks if b.name != act.name)
    return replace(s, rulebooks=(*kept, book))


def _rescheduled(s: Session, act: a.SessionRescheduled) -> Session:
    return replace(
        s, date=act.date, place=act.place, time=act.time, secretary=act.secretary
    )


def _member(s: Session, act: a.MemberAppointed | a.MemberAmended) -> Session:
    return replace(s, members={**s.members, act.member.id: act.member})


def _amended(s: Session, act: a.MemberAmended) -> Session:
    _known(s, act.member.id)
    return replace(s, members={**s.members, act.member.id: act.member})


def _member_withdrawn(s: Session, act: a.MemberWithdrawn) -> Session:
    _known(s, act.member)
    return replace(s, members={k: m for k, m in s.members.items() if k != act.member})


def _registered(s: Session, act: a.CandidateRegistered) -> Session:
    candidate = act.candidate
    order = s.order if candidate.id in s.files else (*s.order, candidate.id)
    after = _with_file(s, File(candidate=candidate), order=order)
    return replace(after, parcours=_parcours(after))


def _parcours(s: Session) -> tuple[dt.date | None, ...]:
    return tuple(file.candidate.parcours_start for file in s.files.values())


def _candidate_amended(s: Session, act: a.CandidateAmended) -> Session:
    file = _file(s, act.candidate.id)
    after = _with_file(s, replace(file, candidate=act.candidate))
    return replace(after, parcours=_parcours(after))


def _candidate_withdrawn(s: Session, act: a.CandidateWithdrawn) -> Session:
    _file(s, act.candidate)
    after = replace(
        s,
        files={k: f for k, f in s.files.items() if k != act.candidate},
        order=tuple(c for c in s.order if c != act.candidate),
    )
    return replace(after, parcours=_parcours(after))


def _ordered(s: Session, act: a.AgendaOrdered) -> Session:
    if sorted(act.order) != sorted(s.files):
        raise _stray(s, "agenda")
    return replace(s, order=act.order)


def _tie_declared(s: Session, act: a.TieDeclared) -> Session:
    _known(s, act.tie.member)
    _file(s, act.tie.candidate)
    return replace(s, ties=(*s.ties, act.tie))


def _tie_dismissed(s: Session, act: a.TieDismissed) -> Session:
    _known(s, act.member)
    _file(s, act.candidate)
    return replace(
        s,
        dismissed=(*s.dismissed, (act.member, act.candidate, act.reason)),
        ties=tuple(
            t for t in s.ties if (t.member, t.candidate) != (act.member, act.candidate)
        ),
    )


def _convened(s: Session, act: a.SessionConvened) -> Session:
    return replace(
        s, phase=Phase.CONVENED, convocation=act.convocation, convened_at=act.at
    )


def _attend(s: Session, member: str, attendance: Attendance) -> Session:
    return replace(s, attendance={**s.attendance, _known(s, member): attendance})


def _arrived(s: Session, act: a.MemberArrived) -> Session:
    was = s.attendance.get(act.member, Attendance())
    spells = was.spells
    if was.present:  # came from the room to remote, or back: the stay changes kind
        spells = (*spells[:-1], replace(spells[-1], departed=act.time))
    spell = Spell(arrived=act.time, presence=act.presence, means=act.means)
    return _attend(s, act.member, replace(was, spells=(*spells, spell), excused=None))


def _departed(s: Session, act: a.MemberDeparted) -> Session:
    was = s.attendance.get(act.member)
    if was is None or not was.present:
        raise _stray(s, act.member)
    last = replace(was.spells[-1], departed=act.time, reason=act.reason)
    after = _attend(s, act.member, replace(was, spells=(*was.spells[:-1], last)))
    file = after.on_table
    if file is not None and file.status is Status.HEARING:
        # who leaves during a hearing has not heard the candidate
        heard = tuple(m for m in file.heard_by if m != act.member)
        after = _with_file(after, replace(file, heard_by=heard))
    return after


def _signed_in(s: Session, act: a.MemberSignedIn) -> Session:
    was = s.attendance.get(act.member, Attendance())
    signed = replace(was, signed_at=act.at, signed_means=act.means)
    return _attend(s, act.member, signed)


def _excused(s: Session, act: a.MemberExcused) -> Session:
    was = s.attendance.get(act.member, Attendance())
    return _attend(s, act.member, replace(was, excused=act.reason))


def _replaced(s: Session, act: a.MemberReplaced) -> Session:
    change = Replacement(
        member=_known(s, act.member),
        by=_known(s, act.by),
        at=act.at,
        reason=act.reason,
        act=act.act,
        act_date=act.act_date,
    )
    return replace(s, replacements=(*s.replacements, change))


def _proxy(s: Session, act: a.ProxyGiven) -> Session:
    proxies = {**s.proxies, _known(s, act.member): _known(s, act.holder)}
    return replace(s, proxies=proxies)


def _opened(s: Session, act: a.SessionOpened) -> Session:
    _known(s, act.chair)
    return replace(s, phase=Phase.OPEN, opened_at=act.at, opened_by=act.chair)


def _suspended(s: Session, act: a.SessionSuspended) -> Session:
    pause = Pause(suspended=act.at, reason=act.reason)
    return replace(s, phase=Phase.SUSPENDED, pauses=(*s.pauses, pause))


def _resumed(s: Session, act: a.SessionResumed) -> Session:
    if not s.pauses:
        raise _stray(s, act.__class__.__name__)
    last = replace(s.pauses[-1], resumed=act.at)
    return replace(s, phase=Phase.OPEN, pauses=(*s.pauses[:-1], last))


def _incident(s: Session, act: a.IncidentRecorded) -> Session:
    note = Note(at=act.at, text=act.text, candidate=act.candidate)
    return replace(s, incidents=(*s.incidents, note))


def _dissent(s: Session, act: a.DissentRecorded) -> Session:
    note = Note(
        at=act.at,
        text=act.text,
        candidate=act.candidate,
        member=_known(s, act.member),
    )
    return replace(s, dissents=(*s.dissents, note))


def _justified(s: Session, act: a.JustificationGiven) -> Session:
    note = Note(at=act.at, text=act.text, candidate=act.candidate, clause=act.clause)
    kept = tuple(
        n
        for n in s.justifications
        if (n.clause, n.candidate) != (act.clause, act.candidate)
    )
    return replace(s, justifications=(*kept, note))


def _closed(s: Session, act: a.SessionClosed) -> Session:
    return replace(s, phase=Phase.CLOSED, closed_at=act.at, table="")


def _sealed(s: Session, act: a.SessionSealed) -> Session:
    return replace(
        s,
        phase=Phase.SEALED,
        sealed_at=act.at,
        number=act.number,
        sealed_sha256=act.workbook_sha256,
    )


def _called(s: Session, act: a.CandidateCalled) -> Session:
    file = _file(s, act.candidate)
    status = file.status
    if status in (Status.REGISTERED, Status.ABSENT, Status.POSTPONED):
        status = Status.CALLED
    called = replace(file, status=status, called_at=file.called_at or act.at)
    return _with_file(s, called, table=act.candidate)


def _recused(s: Session, act: a.MemberRecused) -> Session:
    file = _file(s, act.candidate)
    recusal = Recusal(
        member=_known(s, act.member), kind=act.kind, reason=act.reason, at=act.at
    )
    heard = tuple(m for m in file.heard_by if m != act.member)
    recusals = {**file.recusals, act.member: recusal}
    return _with_file(s, replace(file, recusals=recusals, heard_by=heard))


def _recusal_lifted(s: Session, act: a.RecusalLifted) -> Session:
    file = _file(s, act.candidate)
    if act.member not in file.recusals:
        raise _stray(s, act.member)
    lifted = replace(file.recusals[act.member], lifted=act.reason)
    return _with_file(s, replace(file, recusals={**file.recusals, act.member: lifted}))


def _acting_chair(s: Session, act: a.ActingChairNamed) -> Session:
    file = _file(s, act.candidate)
    return _with_file(s, replace(file, acting_chair=_known(s, act.member)))


def _there(s: Session, file: File) -> tuple[str, ...]:
    recused = file.recused
    return tuple(m.id for m in s.present if m.id not in recused)


def _hearing(s: Session, act: a.HearingStarted) -> Session:
    file = _file(s, act.candidate)
    return _with_file(
        s,
        replace(
            file,
            status=Status.HEARING,
            hearing_started=act.at,
            hearing_ended=None,
            heard_by=_there(s, file),
        ),
    )


def _heard(s: Session, act: a.HearingEnded) -> Session:
    file = _file(s, act.candidate)
    return _with_file(s, replace(file, status=Status.HEARD, hearing_ended=act.at))


def _deliberation(s: Session, act: a.DeliberationStarted) -> Session:
    file = _file(s, act.candidate)
    return _with_file(
        s,
        replace(
            file,
            status=Status.DELIBERATION,
            hearing_ended=file.hearing_ended or (file.hearing_started and act.at),
            deliberation_started=act.at,
            deliberated_by=(*_there(s, file),),
            deliberated_by_invitees=act.invitees,
        ),
    )


def _leaves_table(s: Session, candidate: str) -> str:
    return "" if s.table == candidate else s.table


def _absent(s: Session, act: a.CandidateAbsent) -> Session:
    file = _file(s, act.candidate)
    return _with_file(
        s,
        replace(file, status=Status.ABSENT, absent_reason=act.reason),
        table=_leaves_table(s, act.candidate),
    )


def _postponed(s: Session, act: a.CandidatePostponed) -> Session:
    file = _file(s, act.candidate)
    return _with_file(
        s,
        replace(file, status=Status.POSTPONED, postponed_reason=act.reason),
        table=_leaves_table(s, act.candidate),
    )


def _restored(s: Session, act: a.CandidateRestored) -> Session:
    file = _file(s, act.candidate)
    status = Status.CALLED if file.called_at else Status.REGISTERED
    return _with_file(
        s, replace(file, status=status, absent_reason="", postponed_reason="")
    )


def _marks(s: Session, act: a.MarksGiven) -> Session:
    file = _file(s, act.candidate)
    key = (act.component, act.reader)
    marks = {**file.marks, key: {**file.marks.get(key, {}), **act.marks}}
    return _with_file(s, replace(file, marks=marks))


def _grid(s: Session, act: a.GridFilled) -> Session:
    file = _file(s, act.candidate)
    key = (act.component, act.reader, act.member)
    grids = {**file.grids, key: Grid(levels=act.levels, marks=act.marks)}
    return _with_file(s, replace(file, grids=grids))


def _set_last(file: File, component: str, **changes: Any) -> File:
    taken = file.ballots[component]
    last = replace(taken[-1], **changes)
    return replace(file, ballots={**file.ballots, component: (*taken[:-1], last)})


def _counted(s: Session, act: a.VoteCounted) -> Session:
    file = _file(s, act.candidate)
    if file.ballot(act.component) is not None:
        raise _stray(s, act.component)
    there = _there(s, file)
    if file.hearing_started is not None:
        there = tuple(m for m in there if m in file.heard_by)
    ballot = Ballot(
        number=s.count + 1,
        at=act.at,
        mode=act.mode,
        tally=act.tally,
        outcome=act.outcome,
        ballots=act.ballots,
        reason=act.reason,
        sat=there,
    )
    taken = (*file.ballots.get(act.component, ()), ballot)
    ballots = {**file.ballots, act.component: taken}
    return _with_file(s, replace(file, ballots=ballots))


def _casting(s: Session, act: a.CastingVoteCast) -> Session:
    file = _file(s, act.candidate)
    if file.ballot(act.component) is None:
        raise _stray(s, act.component)
    cast = _set_last(
        file,
        act.component,
        casting=act.choice,
        casting_member=_known(s, act.member),
        outcome=act.outcome,
    )
    return _with_file(s, cast)


def _reopened(s: Session, act: a.VoteReopened) -> Session:
    file = _file(s, act.candidate)
    if file.ballot(act.component) is None:
        raise _stray(s, act.component)
    return _with_file(s, _set_last(file, act.component, reopened=act.reason))


def _reason(s: Session, act: a.ReasonGiven) -> Session:
    file = _file(s, act.candidate)
    return _with_file(
        s,
        replace(
            file,
            reasons={**file.reasons, act.component: act.reason},
            recommendations={
                **file.recommendations,
                act.component: act.recommendation,
            },
        ),
    )


def _pronounced(s: Session, act: a.DecisionPronounced) -> Session:
    file = _file(s, act.candidate)
    decision = Pronounced(
        number=s.count + 1,
        at=act.at,
        outcome=act.outcome,
        acquired=act.acquired,
        remaining=act.remaining,
    )
    decided = replace(
        file, status=Status.DECIDED, decisions=(*file.decisions, decision)
    )
    return _with_file(s, decided, table=_leaves_table(s, act.candidate))


def _decision_reopened(s: Session, act: a.DecisionReopened) -> Session:
    file = _file(s, act.candidate)
    if file.decision is None:
        raise _stray(s, act.candidate)
    last = replace(file.decisions[-1], reopened=act.reason)
    again = replace(
        file, status=Status.DELIBERATION, decisions=(*file.decisions[:-1], last)
    )
    return _with_file(s, again, table=act.candidate)


def _numbered(s: Session, act: a.MinutesNumbered) -> Session:
    return replace(s, number=act.number)


def _exported(s: Session, act: a.MinutesExported) -> Session:
    export = Export(at=act.at, file=act.file, sha256=act.sha256, what=act.language)
    return replace(s, exports=(*s.exports, export))


def _signed(s: Session, act: a.MinutesSigned) -> Session:
    signed = Signed(
        at=act.at,
        signer=act.signer,
        role=act.role,
        member=act.member,
        certificate_sha256=act.certificate_sha256,
        file_sha256=act.file_sha256,
    )
    return replace(s, signatures=(*s.signatures, signed))


def _scan(s: Session, act: a.ScanAttached) -> Session:
    scan = Export(at=act.at, file=act.file, sha256=act.sha256, what=act.what)
    return replace(s, scans=(*s.scans, scan))


def _rectified(s: Session, act: a.MinutesRectified) -> Session:
    note = Note(at=act.at, text=act.changes, candidate=act.candidate, number=act.number)
    return replace(s, rectifications=(*s.rectifications, note))


def _recovered(s: Session, act: a.RegisterRecovered) -> Session:
    note = Note(at=act.at, text=act.sha256, number=str(act.bytes))
    return replace(s, recoveries=(*s.recoveries, note))


def _undone(s: Session, act: a.ActUndone) -> Session:
    if not s.past or s.past[-1][0] != act.act:
        raise _stray(s, str(act.act))
    before = s.past[-1][1]
    return replace(
        before,
        past=s.past[:-1],
        undone=(*s.undone, act.act),
        recoveries=s.recoveries,
    )


FOLDS: dict[type[a.Act], Callable[[Session, Any], Session]] = {
    a.SessionDrafted: _drafted,
    a.RulebookAdopted: _adopted,
    a.SessionRescheduled: _rescheduled,
    a.MemberAppointed: _member,
    a.MemberAmended: _amended,
    a.MemberWithdrawn: _member_withdrawn,
    a.CandidateRegistered: _registered,
    a.CandidateAmended: _candidate_amended,
    a.CandidateWithdrawn: _candidate_withdrawn,
    a.AgendaOrdered: _ordered,
    a.TieDeclared: _tie_declared,
    a.TieDismissed: _tie_dismissed,
    a.SessionConvened: _convened,
    a.MemberArrived: _arrived,
    a.MemberDeparted: _departed,
    a.MemberSignedIn: _signed_in,
    a.MemberExcused: _excused,
    a.MemberReplaced: _replaced,
    a.ProxyGiven: _proxy,
    a.SessionOpened: _opened,
    a.SessionSuspended: _suspended,
    a.SessionResumed: _resumed,
    a.IncidentRecorded: _incident,
    a.DissentRecorded: _dissent,
    a.JustificationGiven: _justified,
    a.SessionClosed: _closed,
    a.SessionSealed: _sealed,
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
    a.MarksGiven: _marks,
    a.GridFilled: _grid,
    a.VoteCounted: _counted,
    a.CastingVoteCast: _casting,
    a.VoteReopened: _reopened,
    a.ReasonGiven: _reason,
    a.DecisionPronounced: _pronounced,
    a.DecisionReopened: _decision_reopened,
    a.MinutesNumbered: _numbered,
    a.MinutesExported: _exported,
    a.MinutesSigned: _signed,
    a.ScanAttached: _scan,
    a.MinutesRectified: _rectified,
    a.ActUndone: _undone,
    a.RegisterRecovered: _recovered,
}


def fold(session: Session, act: a.AnyAct) -> Session:
    """The session after ``act``, counted, dated, with what can be undone.

    Raises:
        UnreadableRegisterError: the act speaks of someone who is not there.
    """
    after = FOLDS[type(act)](session, act)
    if isinstance(act, UNDOABLE):
        bare = replace(session, past=())
        past = (*session.past[-UNDO_DEPTH + 1 :], (session.count + 1, bare))
    elif isinstance(act, (a.ActUndone, *_OF_THE_RECORD)):
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
