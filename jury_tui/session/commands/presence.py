"""Commands about who is there: arrivals, departures, sign-in, substitutes, proxies."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, clock
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Presence
from jury_tui.session.commands.base import (
    Command,
    member_id,
    moment,
    require_phase,
    text,
)
from jury_tui.session.session import Attendance, Phase, Session, Status

_SITTING = (Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
_LONGEST_BACK = dt.timedelta(hours=24)


def _occurred(
    time: dt.datetime | None, at: dt.datetime, session: Session, member: str
) -> dt.datetime:
    """When someone came or left: now, or earlier the same day if said so."""
    if time is None:
        return at
    if time.tzinfo is None:
        time = time.replace(tzinfo=at.tzinfo)
    time = time.replace(microsecond=0)
    if time > at or time < at - _LONGEST_BACK:
        raise RefusedError(
            N_(
                "The time {time} must lie within the last 24 hours, and not in the "
                "future."
            ),
            time=time.isoformat(),
        )
    spells = session.attendance.get(member, Attendance()).spells
    if spells:
        edge = spells[-1].departed or spells[-1].arrived
        if time < edge:
            raise RefusedError(
                N_("{name}: {time} lies before the last arrival or departure, {edge}."),
                name=session.members[member].name,
                time=clock(time),
                edge=clock(edge),
            )
    return time


class Arrive(Command, frozen=True, kw_only=True, tag_field="do", tag="arrive"):
    """Take down that someone is there, in the room or remotely."""

    summary: ClassVar[str] = N_("someone is there, in the room or remotely")
    example: ClassVar[str] = (
        '{"do":"arrive","member":"m9","presence":"remote","means":"visioconférence"}'
    )

    member: str
    presence: Presence = Presence.ROOM
    means: str = ""
    time: dt.datetime | None = None

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One arrival; from the room to remote counts as one too."""
        require_phase(session, *_SITTING)
        member = member_id(session, self.member)
        name = session.members[member].name
        if member in session.replaced:
            raise RefusedError(
                N_("{name} was replaced by {other}, who sits instead."),
                name=name,
                other=session.members[session.replaced[member]].name,
            )
        if member not in {m.id for m in session.formation}:
            raise RefusedError(
                N_("{name} is a substitute: replace a member first, then record it."),
                name=name,
            )
        was = session.attendance.get(member, Attendance())
        means = text(self.means, _("The means of remote attendance"))
        if was.present and was.spells[-1].presence is self.presence:
            raise RefusedError(N_("{name} is already there."), name=name)
        if self.presence is Presence.REMOTE and not means:
            raise RefusedError(
                N_("{name} attends remotely: say by which means (video, telephone)."),
                name=name,
            )
        at = moment(self, session, now)
        time = _occurred(self.time, at, session, member)
        return (
            a.MemberArrived(
                at=at, member=member, time=time, presence=self.presence, means=means
            ),
        )


class Depart(Command, frozen=True, kw_only=True, tag_field="do", tag="depart"):
    """Take down that someone left."""

    summary: ClassVar[str] = N_("someone left")
    example: ClassVar[str] = '{"do":"depart","member":"m9","reason":"train"}'

    member: str
    reason: str = ""
    time: dt.datetime | None = None

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One departure."""
        require_phase(session, *_SITTING)
        member = member_id(session, self.member)
        if not session.is_present(member):
            raise RefusedError(
                N_("{name} is not there: nothing to record."),
                name=session.members[member].name,
            )
        at = moment(self, session, now)
        time = _occurred(self.time, at, session, member)
        _refuse_voted(session, member, time)
        return (
            a.MemberDeparted(
                at=at,
                member=member,
                time=time,
                reason=text(self.reason, _("The reason")),
            ),
        )


def _refuse_voted(session: Session, member: str, left: dt.datetime) -> None:
    """Refuse a departure before a vote that counts this member and stands."""
    if not judgement.is_voting(session, member):
        return
    for file in session.files.values():
        for component in file.ballots:
            ballot = file.ballot(component)
            if ballot is not None and member in ballot.sat and left < ballot.at:
                raise RefusedError(
                    N_(
                        "{name} is counted in the vote on {candidate}, component "
                        "{component}, at {time}: take that vote again first, or give "
                        "a later time."
                    ),
                    name=session.members[member].name,
                    candidate=file.candidate.name,
                    component=component,
                    time=clock(ballot.at),
                )


class SignIn(Command, frozen=True, kw_only=True, tag_field="do", tag="sign_in"):
    """Take down that someone signed the attendance sheet."""

    summary: ClassVar[str] = N_("someone signed the attendance sheet")
    example: ClassVar[str] = '{"do":"sign_in","member":"m1"}'

    member: str
    means: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One mark on the attendance sheet; it may be put until sealing."""
        require_phase(session, *_SITTING, Phase.CLOSED)
        member = member_id(session, self.member)
        was = session.attendance.get(member)
        name = session.members[member].name
        if was is None or not was.spells:
            raise RefusedError(
                N_("{name} has not arrived: record the arrival first."), name=name
            )
        if was.signed_at is not None:
            raise RefusedError(N_("{name} has already signed in."), name=name)
        return (
            a.MemberSignedIn(
                at=moment(self, session, now),
                member=member,
                means=text(self.means, _("The means of signing")),
            ),
        )


class Excuse(Command, frozen=True, kw_only=True, tag_field="do", tag="excuse"):
    """Take down that a member will not come, and why."""

    summary: ClassVar[str] = N_("a member will not come, and why")
    example: ClassVar[str] = '{"do":"excuse","member":"m4","reason":"illness"}'

    member: str
    reason: str

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One excuse."""
        require_phase(session, Phase.DRAFTED, *_SITTING)
        member = member_id(session, self.member)
        if session.is_present(member):
            raise RefusedError(
                N_("{name} is there: record the departure instead."),
                name=session.members[member].name,
            )
        return (
            a.MemberExcused(
                at=moment(self, session, now),
                member=member,
                reason=text(self.reason, _("The reason"), required=True),
            ),
        )


class Replace(Command, frozen=True, kw_only=True, tag_field="do", tag="replace"):
    """Let a substitute or representative take a member's seat."""

    summary: ClassVar[str] = N_("a substitute or representative takes a seat")
    example: ClassVar[str] = (
        '{"do":"replace","member":"m4","by":"m14","reason":"illness",'
        '"act":"2008-12","act_date":"2008-03-03"}'
    )

    member: str
    by: str
    reason: str
    act: str = ""
    act_date: dt.date | None = None

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One replacement, for the rest of the session."""
        require_phase(session, *_SITTING)
        member = member_id(session, self.member)
        by = member_id(session, self.by)
        leaving, coming = session.members[member], session.members[by]
        file = session.on_table
        if file is not None and file.status in (Status.HEARING, Status.DELIBERATION):
            raise RefusedError(
                N_("{name} is being judged: replace a member before or after."),
                name=file.candidate.name,
            )
        if member in session.replaced:
            raise RefusedError(N_("{name} is already replaced."), name=leaving.name)
        if session.is_present(member):
            raise RefusedError(
                N_("{name} is there: record the departure before the replacement."),
                name=leaving.name,
            )
        if by == member or by in {m.id for m in session.formation}:
            raise RefusedError(
                N_("{name} already sits: one person holds one seat."), name=coming.name
            )
        if coming.substitutes and coming.substitutes != member:
            raise RefusedError(
                N_("{name} may substitute {other} only."),
                name=coming.name,
                other=session.members[coming.substitutes].name,
            )
        judgement.check_replacement(session, leaving, coming)
        return (
            a.MemberReplaced(
                at=moment(self, session, now),
                member=member,
                by=by,
                reason=text(self.reason, _("The reason"), required=True),
                act=text(self.act or coming.act, _("The appointing act")),
                act_date=self.act_date or coming.act_date,
            ),
        )


class GiveProxy(Command, frozen=True, kw_only=True, tag_field="do", tag="give_proxy"):
    """Take down a proxy, where the rules admit one."""

    summary: ClassVar[str] = N_("a proxy, where the rules admit one")
    example: ClassVar[str] = '{"do":"give_proxy","member":"m4","holder":"m5"}'

    member: str
    holder: str

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One proxy."""
        require_phase(session, *_SITTING)
        member = member_id(session, self.member)
        holder = member_id(session, self.holder)
        judgement.check_proxy(session, member, holder)
        at = moment(self, session, now)
        return (a.ProxyGiven(at=at, member=member, holder=holder),)


COMMANDS = (Arrive, Depart, SignIn, Excuse, Replace, GiveProxy)
