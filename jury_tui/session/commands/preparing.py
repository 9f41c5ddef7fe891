"""Commands before the day: members, candidates, order of business, ties, convening."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from msgspec.structs import replace

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, folded, listed
from jury_tui.rules.people import Candidate, Member, Tie, TieKind
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.commands.base import (
    Command,
    checked_id,
    cleaned,
    file_of,
    member_id,
    moment,
    require_phase,
    text,
)
from jury_tui.session.session import Phase, Session

_BEFORE = (Phase.DRAFTED, Phase.CONVENED)
_NOT_OVER = (Phase.DRAFTED, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
MOST_MEMBERS = 200
MOST_CANDIDATES = 2000


def next_id(prefix: str, taken: dict[str, object]) -> str:
    """The next free id: ``m1``, ``m2`` and so on."""
    number = len(taken) + 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _checked_member(session: Session, member: Member) -> Member:
    member = cleaned(member)
    name = text(member.family_name, _("The family name"), required=True)
    known = judgement.seats(session)
    strange = [s for s in member.seats if s not in known]
    if strange:
        raise RefusedError(
            N_("{name}: there is no seat “{seat}” in this jury. Seats: {seats}."),
            name=name,
            seat=strange[0],
            seats=listed(known),
        )
    if member.substitutes and member.substitutes not in session.members:
        raise RefusedError(
            N_("{name} is to substitute “{ref}”, who is not in this jury."),
            name=name,
            ref=member.substitutes,
        )
    if member.gender not in ("", "F", "M"):
        raise RefusedError(
            N_("{name}: the gender is F, M or left empty, not “{gender}”."),
            name=name,
            gender=member.gender,
        )
    return replace(member, family_name=name)


class Appoint(Command, frozen=True, kw_only=True, tag_field="do", tag="appoint"):
    """Name a person to the jury."""

    summary: ClassVar[str] = N_("name a person to the jury")
    example: ClassVar[str] = (
        '{"do":"appoint","member":{"id":"","family_name":"Durand",'
        '"given_names":"Claire","gender":"F","seats":["president"],'
        '"act":"2008-12","act_date":"2008-03-03"}}'
    )

    member: Member

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One appointment; once the session is convened it still is allowed."""
        require_phase(session, *_NOT_OVER)
        member = self.member
        if not member.id:
            member = replace(member, id=next_id("m", {**session.members}))
        if checked_id(member.id) in session.members:
            raise RefusedError(
                N_("The id “{ref}” is taken: amend that member, or leave the id out."),
                ref=member.id,
            )
        if len(session.members) >= MOST_MEMBERS:
            raise RefusedError(
                N_("A jury of more than {limit} people is not supported."),
                limit=MOST_MEMBERS,
            )
        member = _checked_member(session, member)
        return (a.MemberAppointed(at=moment(self, session, now), member=member),)


class AmendMember(
    Command, frozen=True, kw_only=True, tag_field="do", tag="amend_member"
):
    """Correct the facts about a member."""

    summary: ClassVar[str] = N_("correct the facts about a member")
    example: ClassVar[str] = (
        '{"do":"amend_member","member":{"id":"m1","family_name":"Durand",'
        '"given_names":"Claire","seats":["president"]},"reason":"given name"}'
    )

    member: Member
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One amendment; a reason is asked once the session is open."""
        require_phase(session, *_NOT_OVER)
        ref = member_id(session, self.member.id)
        reason = text(
            self.reason, _("The reason"), required=session.phase not in _BEFORE
        )
        member = _checked_member(session, replace(self.member, id=ref))
        if member.seats != session.members[member.id].seats and any(
            f.ballots for f in session.files.values()
        ):
            raise RefusedError(
                N_("Votes were counted: the seat of {name} can no longer change."),
                name=member.name,
            )
        at = moment(self, session, now)
        return (a.MemberAmended(at=at, member=member, reason=reason),)


class WithdrawMember(
    Command, frozen=True, kw_only=True, tag_field="do", tag="withdraw_member"
):
    """Strike a member off the list before the opening."""

    summary: ClassVar[str] = N_("strike a member off the list before the opening")
    example: ClassVar[str] = '{"do":"withdraw_member","member":"m3"}'

    member: str
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One withdrawal."""
        require_phase(session, *_BEFORE)
        member = member_id(session, self.member)
        if session.attendance.get(member) is not None:
            raise RefusedError(
                N_("{name} has already arrived: record the departure instead."),
                name=session.members[member].name,
            )
        return (
            a.MemberWithdrawn(
                at=moment(self, session, now),
                member=member,
                reason=text(self.reason, _("The reason")),
            ),
        )


def _checked_candidate(session: Session, candidate: Candidate) -> Candidate:
    candidate = cleaned(candidate)
    name = text(candidate.birth_name, _("The birth name"), required=True)
    known = judgement.components(session)
    wanted = (*candidate.components, *(x.component for x in candidate.acquired))
    strange = [c for c in wanted if c not in known]
    if strange:
        raise RefusedError(
            N_("{name}: there is no component “{component}”. Components: {known}."),
            name=name,
            component=strange[0],
            known=listed(known),
        )
    number = folded(candidate.file_number)
    for file in session.files.values():
        other = file.candidate
        if number and other.id != candidate.id and folded(other.file_number) == number:
            raise RefusedError(
                N_("The file number {number} is already that of {name}."),
                number=candidate.file_number,
                name=other.name,
            )
    return replace(candidate, birth_name=name)


class RegisterCandidate(
    Command, frozen=True, kw_only=True, tag_field="do", tag="register_candidate"
):
    """Put a candidate on the agenda."""

    summary: ClassVar[str] = N_("put a candidate on the agenda")
    example: ClassVar[str] = (
        '{"do":"register_candidate","candidate":{"id":"","birth_name":"Leroy",'
        '"given_names":"Samira","file_number":"2008-0417",'
        '"parcours_start":"2007-10-01"}}'
    )

    candidate: Candidate

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One registration."""
        require_phase(session, *_NOT_OVER)
        candidate = self.candidate
        if not candidate.id:
            candidate = replace(candidate, id=next_id("c", {**session.files}))
        if checked_id(candidate.id) in session.files:
            raise RefusedError(
                N_("The id “{ref}” is taken: amend that candidate, or leave it out."),
                ref=candidate.id,
            )
        if len(session.files) >= MOST_CANDIDATES:
            raise RefusedError(
                N_("More than {limit} candidates in one session are not supported."),
                limit=MOST_CANDIDATES,
            )
        candidate = _checked_candidate(session, candidate)
        at = moment(self, session, now)
        return (a.CandidateRegistered(at=at, candidate=candidate),)


class AmendCandidate(
    Command, frozen=True, kw_only=True, tag_field="do", tag="amend_candidate"
):
    """Correct the facts about a candidate."""

    summary: ClassVar[str] = N_("correct the facts about a candidate")
    example: ClassVar[str] = (
        '{"do":"amend_candidate","candidate":{"id":"c1","birth_name":"Leroy",'
        '"given_names":"Samira"},"reason":"birth name misspelt"}'
    )

    candidate: Candidate
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One amendment; nothing that was judged may change under the decision."""
        require_phase(session, *_NOT_OVER)
        if not self.candidate.id:
            raise RefusedError(
                N_("Say which candidate is meant, by the id or the name.")
            )
        before = file_of(session, self.candidate.id).candidate
        file = session.files[before.id]
        candidate = _checked_candidate(session, replace(self.candidate, id=before.id))
        if file.ballots and (
            (before.components, before.acquired, before.parcours_start)
            != (candidate.components, candidate.acquired, candidate.parcours_start)
        ):
            raise RefusedError(
                N_(
                    "Votes were counted for {name}: "
                    "what is judged can no longer change."
                ),
                name=before.name,
            )
        reason = text(
            self.reason, _("The reason"), required=session.phase not in _BEFORE
        )
        at = moment(self, session, now)
        return (a.CandidateAmended(at=at, candidate=candidate, reason=reason),)


class WithdrawCandidate(
    Command, frozen=True, kw_only=True, tag_field="do", tag="withdraw_candidate"
):
    """Take a candidate off the agenda before being called."""

    summary: ClassVar[str] = N_("take a candidate off the agenda before being called")
    example: ClassVar[str] = '{"do":"withdraw_candidate","candidate":"c2"}'

    candidate: str
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One withdrawal."""
        require_phase(session, *_BEFORE)
        file = file_of(session, self.candidate)
        return (
            a.CandidateWithdrawn(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                reason=text(self.reason, _("The reason")),
            ),
        )


class OrderAgenda(
    Command, frozen=True, kw_only=True, tag_field="do", tag="order_agenda"
):
    """Set the order in which candidates are called."""

    summary: ClassVar[str] = N_("set the order in which candidates are called")
    example: ClassVar[str] = '{"do":"order_agenda","order":["c2","c1","c3"]}'

    order: tuple[str, ...]

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One order: every candidate once."""
        require_phase(session, *_NOT_OVER)
        order = tuple(file_of(session, c).candidate.id for c in self.order)
        if sorted(order) != sorted(session.files):
            raise RefusedError(
                N_("The order must name every candidate once: {number} are expected."),
                number=len(session.files),
            )
        return (a.AgendaOrdered(at=moment(self, session, now), order=order),)


class DeclareTie(Command, frozen=True, kw_only=True, tag_field="do", tag="declare_tie"):
    """Take down a tie between a member and a candidate."""

    summary: ClassVar[str] = N_("take down a tie between a member and a candidate")
    example: ClassVar[str] = (
        '{"do":"declare_tie","member":"m6","candidate":"c4","kind":"employer",'
        '"reason":"same association"}'
    )

    member: str
    candidate: str
    kind: TieKind
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One tie; recusal follows when the candidate is called."""
        require_phase(session, *_NOT_OVER)
        tie = Tie(
            member=member_id(session, self.member),
            candidate=file_of(session, self.candidate).candidate.id,
            kind=self.kind,
            reason=text(self.reason, _("The reason")),
        )
        return (a.TieDeclared(at=moment(self, session, now), tie=tie),)


class DismissTie(Command, frozen=True, kw_only=True, tag_field="do", tag="dismiss_tie"):
    """Say that a suggested tie is none."""

    summary: ClassVar[str] = N_("say that a suggested tie is none")
    example: ClassVar[str] = (
        '{"do":"dismiss_tie","member":"m2","candidate":"c1","reason":"namesakes"}'
    )

    member: str
    candidate: str
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One dismissal."""
        require_phase(session, *_NOT_OVER)
        return (
            a.TieDismissed(
                at=moment(self, session, now),
                member=member_id(session, self.member),
                candidate=file_of(session, self.candidate).candidate.id,
                reason=text(self.reason, _("The reason")),
            ),
        )


class Reschedule(Command, frozen=True, kw_only=True, tag_field="do", tag="reschedule"):
    """Change the date, time, place or secretary before the opening."""

    summary: ClassVar[str] = N_("change date, time, place or secretary before opening")
    example: ClassVar[str] = (
        '{"do":"reschedule","date":"2008-06-24","place":"Lyon","time":"09:00"}'
    )

    date: dt.date | None = None
    place: str | None = None
    time: str | None = None
    secretary: str | None = None

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One change; what is left out stays as it is."""
        require_phase(session, *_BEFORE)

        def kept(given: str | None, was: str, what: str) -> str:
            return was if given is None else text(given, what)

        if self.date is None and session.date is None:
            raise RefusedError(N_("The date of the session is missing: give one."))
        return (
            a.SessionRescheduled(
                at=moment(self, session, now),
                date=self.date or session.date or dt.date.min,
                place=kept(self.place, session.place, _("The place")),
                time=kept(self.time, session.time, _("The time")),
                secretary=kept(self.secretary, session.secretary, _("The secretary")),
            ),
        )


class Convene(Command, frozen=True, kw_only=True, tag_field="do", tag="convene"):
    """Call members and candidates to the session."""

    summary: ClassVar[str] = N_("call members and candidates to the session")
    example: ClassVar[str] = '{"do":"convene"}'

    convocation: int = 1

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One convening. What is irregular is said, and blocks the opening only."""
        require_phase(session, *_BEFORE)
        if self.convocation < 1:
            raise RefusedError(
                N_("Convocations are numbered from 1: {number} is not possible."),
                number=self.convocation,
            )
        if session.phase is Phase.CONVENED and self.convocation <= session.convocation:
            raise RefusedError(
                N_(
                    "The jury is already convened: "
                    "a new convocation has a higher number."
                )
            )
        missing = [
            what
            for there, what in (
                (session.members, _("members")),
                (session.files, _("candidates")),
                (session.place, _("the place")),
            )
            if not there
        ]
        if missing:
            raise RefusedError(
                N_("The jury cannot be convened yet, it lacks: {missing}."),
                missing=listed(missing),
            )
        return (
            a.SessionConvened(
                at=moment(self, session, now), convocation=self.convocation
            ),
        )


COMMANDS = (
    Appoint,
    AmendMember,
    WithdrawMember,
    RegisterCandidate,
    AmendCandidate,
    WithdrawCandidate,
    OrderAgenda,
    DeclareTie,
    DismissTie,
    Reschedule,
    Convene,
)
