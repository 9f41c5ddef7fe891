"""Commands on one candidate: calling, hearing, recusals, absence, decision."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed
from jury_tui.rules.people import TieKind
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.commands.base import (
    Command,
    file_of,
    member_id,
    moment,
    refuse_blocked,
    require_phase,
    text,
)
from jury_tui.session.session import File, Phase, Session, Status

_NOT_OVER = (Phase.DRAFTED, Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)


def _unsettled(session: Session, ref: str) -> File:
    file = file_of(session, ref)
    if file.settled:
        raise RefusedError(
            N_("{name} already has an outcome: {outcome}."),
            name=file.candidate.name,
            outcome=judgement.status_word(file),
        )
    return file


class Call(Command, frozen=True, kw_only=True, tag_field="do", tag="call"):
    """Put a candidate on the table."""

    summary: ClassVar[str] = N_("put a candidate on the table")
    example: ClassVar[str] = '{"do":"call","candidate":"c1"}'

    candidate: str

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One call, and the recusals that declared ties entail."""
        require_phase(session, Phase.OPEN)
        file = _unsettled(session, self.candidate)
        candidate = file.candidate.id
        current = session.on_table
        if session.table == candidate:
            raise RefusedError(
                N_("{name} is already on the table."), name=file.candidate.name
            )
        if current is not None and current.status is Status.HEARING:
            raise RefusedError(
                N_("{name} is being heard: end the hearing first."),
                name=current.candidate.name,
            )
        at = moment(self, session, now)
        recusals = tuple(
            a.MemberRecused(
                at=at,
                member=tie.member,
                candidate=candidate,
                kind=tie.kind,
                reason=tie.reason,
            )
            for tie in judgement.compelling_ties(session, file)
            if tie.member not in file.recused
        )
        return (a.CandidateCalled(at=at, candidate=candidate), *recusals)


class Recuse(Command, frozen=True, kw_only=True, tag_field="do", tag="recuse"):
    """Recuse a member for one candidate."""

    summary: ClassVar[str] = N_("recuse a member for one candidate")
    example: ClassVar[str] = (
        '{"do":"recuse","member":"m6","candidate":"c4","kind":"accompanied",'
        '"reason":"accompagnement VAE en 2007"}'
    )

    member: str
    kind: TieKind
    candidate: str = ""
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One recusal; votes that counted this member must be taken again first."""
        require_phase(session, *_NOT_OVER)
        file = _unsettled(session, self.candidate)
        member = member_id(session, self.member)
        name = session.members[member].name
        if member in file.recused:
            raise RefusedError(
                N_("{name} is already recused for {candidate}."),
                name=name,
                candidate=file.candidate.name,
            )
        standing = [c for c in file.ballots if file.ballot(c) is not None]
        if standing and judgement.is_voting(session, member):
            raise RefusedError(
                N_(
                    "{name} took part in votes on {candidate}: "
                    "re-open them first ({components})."
                ),
                name=name,
                candidate=file.candidate.name,
                components=listed(standing),
            )
        return (
            a.MemberRecused(
                at=moment(self, session, now),
                member=member,
                candidate=file.candidate.id,
                kind=self.kind,
                reason=text(self.reason, _("The reason")),
            ),
        )


class LiftRecusal(
    Command, frozen=True, kw_only=True, tag_field="do", tag="lift_recusal"
):
    """Lift a recusal made in error."""

    summary: ClassVar[str] = N_("lift a recusal made in error")
    example: ClassVar[str] = (
        '{"do":"lift_recusal","member":"m6","candidate":"c4","reason":"namesakes"}'
    )

    member: str
    reason: str
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One lifting; who missed the hearing still may not vote."""
        require_phase(session, *_NOT_OVER)
        file = _unsettled(session, self.candidate)
        member = member_id(session, self.member)
        if member not in file.recused:
            raise RefusedError(
                N_("{name} is not recused for {candidate}."),
                name=session.members[member].name,
                candidate=file.candidate.name,
            )
        return (
            a.RecusalLifted(
                at=moment(self, session, now),
                member=member,
                candidate=file.candidate.id,
                reason=text(self.reason, _("The reason"), required=True),
            ),
        )


class NameActingChair(
    Command, frozen=True, kw_only=True, tag_field="do", tag="name_acting_chair"
):
    """Say who chairs for one candidate, the chair being recused or away."""

    summary: ClassVar[str] = N_("who chairs for one candidate, the chair being away")
    example: ClassVar[str] = '{"do":"name_acting_chair","member":"m8","candidate":"c4"}'

    member: str
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One acting chair, a voting member who sits for this candidate."""
        require_phase(session, Phase.OPEN)
        file = _unsettled(session, self.candidate)
        member = member_id(session, self.member)
        if member not in judgement.sitting_voters(session, file):
            raise RefusedError(
                N_("{name} does not vote on {candidate}, and so cannot chair."),
                name=session.members[member].name,
                candidate=file.candidate.name,
            )
        return (
            a.ActingChairNamed(
                at=moment(self, session, now),
                member=member,
                candidate=file.candidate.id,
            ),
        )


class Hear(Command, frozen=True, kw_only=True, tag_field="do", tag="hear"):
    """Begin the hearing."""

    summary: ClassVar[str] = N_("begin the hearing")
    example: ClassVar[str] = '{"do":"hear"}'

    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One hearing, if the jury stands for this candidate."""
        file = _at_table(session, self.candidate, Status.CALLED, Status.HEARD)
        refuse_blocked(session, file, N_("The hearing cannot begin: {why}"))
        at = moment(self, session, now)
        return (a.HearingStarted(at=at, candidate=file.candidate.id),)


class EndHearing(Command, frozen=True, kw_only=True, tag_field="do", tag="end_hearing"):
    """End the hearing."""

    summary: ClassVar[str] = N_("end the hearing")
    example: ClassVar[str] = '{"do":"end_hearing"}'

    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One end."""
        file = _at_table(session, self.candidate, Status.HEARING)
        at = moment(self, session, now)
        return (a.HearingEnded(at=at, candidate=file.candidate.id),)


class Deliberate(Command, frozen=True, kw_only=True, tag_field="do", tag="deliberate"):
    """Begin the deliberation."""

    summary: ClassVar[str] = N_("begin the deliberation, saying which invitees stay")
    example: ClassVar[str] = '{"do":"deliberate","invitees":["m9"]}'

    candidate: str = ""
    invitees: tuple[str, ...] = ()

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One deliberation, if the jury stands; without a hearing, on the file.

        While the jury deliberates, it puts right which invitees stay.
        """
        before = (Status.CALLED, Status.HEARING, Status.HEARD)
        file = _at_table(session, self.candidate, *before, Status.DELIBERATION)
        stayed = file.deliberated_by_invitees
        if file.status in before:
            refuse_blocked(session, file, N_("The deliberation cannot begin: {why}"))
        elif set(self.invitees) == set(stayed):
            _at_table(session, self.candidate, *before)  # nothing to put right
        invitees = tuple(member_id(session, m) for m in self.invitees)
        for member in invitees:
            name = session.members[member].name
            if judgement.is_voting(session, member):
                raise RefusedError(
                    N_("{name} is a voting member, not an invitee."), name=name
                )
            there = session.is_present(member) or member in stayed
            if not there or member in file.recused:
                raise RefusedError(
                    N_("{name} is not there and cannot stay."), name=name
                )
        return (
            a.DeliberationStarted(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                invitees=invitees,
            ),
        )


def _at_table(session: Session, ref: str, *statuses: Status) -> File:
    require_phase(session, Phase.OPEN)
    file = _unsettled(session, ref)
    if file.candidate.id != session.table:
        raise RefusedError(
            N_("{name} is not on the table: call this candidate first."),
            name=file.candidate.name,
        )
    if file.status not in statuses:
        raise RefusedError(
            N_("This cannot be done now for {name}: {status}."),
            name=file.candidate.name,
            status=judgement.status_word(file),
        )
    return file


class MarkAbsent(Command, frozen=True, kw_only=True, tag_field="do", tag="mark_absent"):
    """Take down that a candidate did not come."""

    summary: ClassVar[str] = N_("a candidate did not come")
    example: ClassVar[str] = '{"do":"mark_absent","candidate":"c6"}'

    candidate: str = ""
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One absence: registered, not presented; neither admitted nor refused."""
        require_phase(session, Phase.OPEN)
        file = _unjudged(session, self.candidate)
        return (
            a.CandidateAbsent(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                reason=text(self.reason, _("The reason")),
            ),
        )


class Postpone(Command, frozen=True, kw_only=True, tag_field="do", tag="postpone"):
    """Put a candidate off to a later session."""

    summary: ClassVar[str] = N_("put a candidate off to a later session")
    example: ClassVar[str] = (
        '{"do":"postpone","candidate":"c7","reason":"jury irrégulièrement composé"}'
    )

    reason: str
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One postponement, with its reason."""
        require_phase(session, Phase.OPEN)
        file = _unjudged(session, self.candidate)
        return (
            a.CandidatePostponed(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                reason=text(self.reason, _("The reason"), required=True),
            ),
        )


def _unjudged(session: Session, ref: str) -> File:
    file = _unsettled(session, ref)
    if any(file.ballot(c) is not None for c in file.ballots):
        raise RefusedError(
            N_("Votes were counted for {name}: re-open them first."),
            name=file.candidate.name,
        )
    return file


class Restore(Command, frozen=True, kw_only=True, tag_field="do", tag="restore"):
    """Bring an absent or postponed candidate back to the agenda."""

    summary: ClassVar[str] = N_("an absent or postponed candidate comes back")
    example: ClassVar[str] = '{"do":"restore","candidate":"c6","reason":"late train"}'

    candidate: str
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One return."""
        require_phase(session, Phase.OPEN)
        file = file_of(session, self.candidate)
        if file.status not in (Status.ABSENT, Status.POSTPONED):
            raise RefusedError(
                N_("{name} is neither absent nor postponed."), name=file.candidate.name
            )
        return (
            a.CandidateRestored(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                reason=text(self.reason, _("The reason")),
            ),
        )


class Pronounce(Command, frozen=True, kw_only=True, tag_field="do", tag="pronounce"):
    """Pronounce the decision that the components add up to."""

    summary: ClassVar[str] = N_("pronounce the decision the components add up to")
    example: ClassVar[str] = '{"do":"pronounce"}'

    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One decision, derived; refused while a component is unsettled."""
        file = _at_table(session, self.candidate, Status.DELIBERATION)
        refuse_blocked(session, file, N_("The decision cannot be pronounced: {why}"))
        decision = judgement.decision(session, file)
        return (
            a.DecisionPronounced(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                outcome=decision.outcome,
                acquired=decision.acquired,
                remaining=decision.remaining,
            ),
        )


class ReopenDecision(
    Command, frozen=True, kw_only=True, tag_field="do", tag="reopen_decision"
):
    """Take a pronounced decision again."""

    summary: ClassVar[str] = N_("take a pronounced decision again, before closing")
    example: ClassVar[str] = (
        '{"do":"reopen_decision","candidate":"c2","reason":"erreur matérielle"}'
    )

    candidate: str
    reason: str

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One re-opening; both decisions stay."""
        require_phase(session, Phase.OPEN)
        file = file_of(session, self.candidate)
        if file.decision is None:
            raise RefusedError(
                N_("No decision was pronounced for {name}."), name=file.candidate.name
            )
        current = session.on_table
        if current is not None and current.status is Status.HEARING:
            raise RefusedError(
                N_("{name} is being heard: end the hearing first."),
                name=current.candidate.name,
            )
        return (
            a.DecisionReopened(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                reason=text(self.reason, _("The reason"), required=True),
            ),
        )


COMMANDS = (
    Call,
    Recuse,
    LiftRecusal,
    NameActingChair,
    Hear,
    EndHearing,
    Deliberate,
    MarkAbsent,
    Postpone,
    Restore,
    Pronounce,
    ReopenDecision,
)
