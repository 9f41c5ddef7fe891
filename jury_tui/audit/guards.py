"""Each act as the command that writes it, so that the guards judge it again.

A register that somebody forged may hold a sound chain of acts that no secretary
could have recorded. Whether an act was allowed is asked of the very command that
writes it, at the session as it stood before: there is no second list of rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jury_tui.session import acts as a
from jury_tui.session.acts import Mode
from jury_tui.session.commands import (
    candidates as c,
)
from jury_tui.session.commands import (
    marking as k,
)
from jury_tui.session.commands import (
    preparing as p,
)
from jury_tui.session.commands import (
    presence as r,
)
from jury_tui.session.commands import (
    publishing as m,
)
from jury_tui.session.commands import (
    sitting as s,
)
from jury_tui.session.commands import (
    voting as v,
)
from jury_tui.session.commands.base import Command
from jury_tui.session.session import Session

OF_THE_RECORD = (a.SessionDrafted, a.RulebookAdopted, a.RegisterRecovered)
"""Acts that no command writes: they come with the register itself."""


def _votes(act: a.VoteCounted) -> Command:
    named = act.mode is Mode.NAMED
    return v.CountVotes(
        candidate=act.candidate,
        component=act.component,
        mode=act.mode,
        except_=act.ballots if named else {},
        tally=None if named else act.tally,
        reason=act.reason,
    )


COMMANDS: dict[type[a.Act], Callable[[Any], Command]] = {
    a.SessionRescheduled: lambda x: p.Reschedule(
        date=x.date, place=x.place, time=x.time, secretary=x.secretary
    ),
    a.MemberAppointed: lambda x: p.Appoint(member=x.member),
    a.MemberAmended: lambda x: p.AmendMember(member=x.member, reason=x.reason),
    a.MemberWithdrawn: lambda x: p.WithdrawMember(member=x.member, reason=x.reason),
    a.CandidateRegistered: lambda x: p.RegisterCandidate(candidate=x.candidate),
    a.CandidateAmended: lambda x: p.AmendCandidate(
        candidate=x.candidate, reason=x.reason
    ),
    a.CandidateWithdrawn: lambda x: p.WithdrawCandidate(
        candidate=x.candidate, reason=x.reason
    ),
    a.AgendaOrdered: lambda x: p.OrderAgenda(order=x.order),
    a.TieDeclared: lambda x: p.DeclareTie(
        member=x.tie.member,
        candidate=x.tie.candidate,
        kind=x.tie.kind,
        reason=x.tie.reason,
    ),
    a.TieDismissed: lambda x: p.DismissTie(
        member=x.member, candidate=x.candidate, reason=x.reason
    ),
    a.SessionConvened: lambda x: p.Convene(convocation=x.convocation),
    a.MemberArrived: lambda x: r.Arrive(
        member=x.member, presence=x.presence, means=x.means, time=x.time
    ),
    a.MemberDeparted: lambda x: r.Depart(member=x.member, reason=x.reason, time=x.time),
    a.MemberSignedIn: lambda x: r.SignIn(member=x.member, means=x.means),
    a.MemberExcused: lambda x: r.Excuse(member=x.member, reason=x.reason),
    a.MemberReplaced: lambda x: r.Replace(
        member=x.member, by=x.by, reason=x.reason, act=x.act, act_date=x.act_date
    ),
    a.ProxyGiven: lambda x: r.GiveProxy(member=x.member, holder=x.holder),
    a.SessionOpened: lambda _: s.Open(),
    a.SessionSuspended: lambda x: s.Suspend(reason=x.reason),
    a.SessionResumed: lambda _: s.Resume(),
    a.IncidentRecorded: lambda x: s.RecordIncident(text=x.text, candidate=x.candidate),
    a.DissentRecorded: lambda x: s.RecordDissent(
        member=x.member, text=x.text, candidate=x.candidate
    ),
    a.JustificationGiven: lambda x: s.Justify(
        clause=x.clause, text=x.text, candidate=x.candidate
    ),
    a.SessionClosed: lambda _: s.Close(),
    a.SessionSealed: lambda _: s.Seal(),
    a.CandidateCalled: lambda x: c.Call(candidate=x.candidate),
    a.MemberRecused: lambda x: c.Recuse(
        member=x.member, candidate=x.candidate, kind=x.kind, reason=x.reason
    ),
    a.RecusalLifted: lambda x: c.LiftRecusal(
        member=x.member, candidate=x.candidate, reason=x.reason
    ),
    a.ActingChairNamed: lambda x: c.NameActingChair(
        member=x.member, candidate=x.candidate
    ),
    a.HearingStarted: lambda x: c.Hear(candidate=x.candidate),
    a.HearingEnded: lambda x: c.EndHearing(candidate=x.candidate),
    a.DeliberationStarted: lambda x: c.Deliberate(
        candidate=x.candidate, invitees=x.invitees
    ),
    a.CandidateAbsent: lambda x: c.MarkAbsent(candidate=x.candidate, reason=x.reason),
    a.CandidatePostponed: lambda x: c.Postpone(candidate=x.candidate, reason=x.reason),
    a.CandidateRestored: lambda x: c.Restore(candidate=x.candidate, reason=x.reason),
    a.MarksGiven: lambda x: k.Mark(
        candidate=x.candidate, component=x.component, marks=x.marks, reader=x.reader
    ),
    a.GridFilled: lambda x: k.FillGrid(
        candidate=x.candidate,
        component=x.component,
        member=x.member,
        levels=x.levels,
        marks=x.marks,
        reader=x.reader,
    ),
    a.ReadingsSettled: lambda x: k.SettleReadings(
        candidate=x.candidate,
        component=x.component,
        marks=x.marks,
        grids=x.grids,
        reason=x.reason,
    ),
    a.VoteCounted: _votes,
    a.CastingVoteCast: lambda x: v.Cast(
        candidate=x.candidate, component=x.component, choice=x.choice
    ),
    a.VoteReopened: lambda x: v.ReopenVote(
        candidate=x.candidate,
        component=x.component,
        reason=x.reason,
        mistyped=x.mistyped,
    ),
    a.ReasonGiven: lambda x: v.GiveReason(
        candidate=x.candidate,
        component=x.component,
        reason=x.reason,
        recommendation=x.recommendation,
    ),
    a.DecisionPronounced: lambda x: c.Pronounce(candidate=x.candidate),
    a.DecisionReopened: lambda x: c.ReopenDecision(
        candidate=x.candidate, reason=x.reason
    ),
    a.MinutesNumbered: lambda x: m.NumberMinutes(number=x.number),
    a.MinutesExported: lambda x: m.RecordExport(
        file=x.file,
        sha256=x.sha256,
        language=x.language,
        renderer=x.renderer,
        number=x.number,
    ),
    a.MinutesSigned: lambda x: m.RecordSignature(
        signer=x.signer,
        role=x.role,
        certificate_sha256=x.certificate_sha256,
        file_sha256=x.file_sha256,
        member=x.member,
        file=x.file,
    ),
    a.ScanAttached: lambda x: m.AttachScan(what=x.what, file=x.file, sha256=x.sha256),
    a.MinutesRectified: lambda x: m.Rectify(
        number=x.number, changes=x.changes, candidate=x.candidate
    ),
    a.ActUndone: lambda x: s.Undo(reason=x.reason),
}


def written(session: Session, act: a.AnyAct) -> tuple[a.AnyAct, ...]:
    """The acts that the command behind ``act`` writes at this session.

    Raises:
        RefusedError: the session or its rules forbid the command.
        RulebookError: its rules cannot be read.
    """
    return COMMANDS[type(act)](act).acts(session, act.at)


def differences(recorded: a.AnyAct, derived: a.AnyAct) -> tuple[str, ...]:
    """Names of the fields in which an act is not what its command writes."""
    if type(recorded) is not type(derived):
        return ("type",)
    return tuple(
        name
        for name in recorded.__struct_fields__
        if name != "at" and getattr(recorded, name) != getattr(derived, name)
    )
