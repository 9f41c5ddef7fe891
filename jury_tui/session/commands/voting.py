"""Commands on one component: votes, the casting vote, reasons."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import ClassVar

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode, Tally
from jury_tui.session.commands.base import (
    Command,
    file_of,
    moment,
    refuse_blocked,
    require_phase,
    text,
)
from jury_tui.session.commands.marking import refuse_unread
from jury_tui.session.commands.table import (
    component_of,
    judged,
    may_vote,
    open_component,
)
from jury_tui.session.session import File, Phase, Session, Status

_TOTAL = {Choice.FOR: "for_"} | {c: c.value for c in Choice if c is not Choice.FOR}
"""Where a tally holds each choice."""


class CountVotes(Command, frozen=True, kw_only=True, tag_field="do", tag="count_votes"):
    """Count a vote: all alike with exceptions, by name, or totals only."""

    summary: ClassVar[str] = N_("a vote: all alike with exceptions, by name, or totals")
    example: ClassVar[str] = (
        '{"do":"count_votes","component":"b","all":"for",'
        '"except":{"m5":"against","m6":"abstention"}}'
    )

    component: str
    mode: Mode = Mode.NAMED
    all: Choice | None = None
    except_: dict[str, Choice] = msgspec.field(default_factory=dict, name="except")
    tally: Tally | None = None
    candidate: str = ""
    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One vote. Everyone who may vote is accounted for, and nobody else.

        By name: ``all`` for everybody, ``except`` for those who did otherwise; without
        ``all``, ``except`` names every voter. Totals (show of hands, secret): ``tally``
        adds up to the number of voters, or ``all`` with no exception. Where the text
        weighs them, totals are in voices.
        """
        file = judged(session, self.candidate, Status.DELIBERATION)
        component = component_of(session, file, self.component)
        open_component(file, component)
        refuse_blocked(session, file, N_("The jury cannot vote: {why}"))
        refuse_unread(session, file, component)
        voters = judgement.voters(session, file)
        ballots = (
            self._by_name(session, file, voters) if self.mode is Mode.NAMED else {}
        )
        number = judgement.weight(session, voters)
        tally = (
            tally_of(ballots, judgement.voices(session))
            if ballots
            else self._totals(number)
        )
        by_proxy = judgement.weight(session, judgement.represented(session, file))
        outcome = judgement.result(
            session, file, tally, number, represented=by_proxy
        ).outcome
        reason = text(self.reason, _("The reason"))
        proposed = judgement.proposal(session, file, component)
        if (
            proposed is not None
            and proposed.outcome in ("carried", "not_carried")
            and outcome in ("carried", "not_carried")
            and proposed.outcome != outcome
            and not reason
        ):
            raise RefusedError(
                N_(
                    "The vote departs from what the marks propose ({proposal}): "
                    "give the reason."
                ),
                proposal=proposed.explanation,
            )
        return (
            a.VoteCounted(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                component=component,
                mode=self.mode,
                tally=tally,
                ballots=ballots,
                outcome=outcome,
                reason=reason,
            ),
        )

    def _by_name(
        self, session: Session, file: File, voters: tuple[str, ...]
    ) -> dict[str, Choice]:
        if self.tally is not None:
            raise RefusedError(
                N_("A vote by name is not given in totals: give each member’s choice.")
            )
        told = {may_vote(session, file, m): c for m, c in self.except_.items()}
        if len(told) < len(self.except_):
            raise RefusedError(N_("A member is named twice in this vote."))
        if self.all is None:
            missing = [session.members[m].name for m in voters if m not in told]
            if missing:
                raise RefusedError(
                    N_("The vote is not complete, these members are missing: {names}."),
                    names=listed(missing),
                )
        ballots = dict.fromkeys(voters, self.all or Choice.DID_NOT_VOTE)
        return ballots | told if told else ballots

    def _totals(self, voters: int) -> Tally:
        if self.except_:
            raise RefusedError(
                N_("Totals name nobody: give the numbers, or vote by name.")
            )
        tally = self.tally
        if tally is None and self.all is not None:
            tally = tally_of({"": self.all}, {"": voters})
        if tally is None:
            raise RefusedError(N_("The totals are missing: for, against, abstention…"))
        counts = (
            tally.for_,
            tally.against,
            tally.abstention,
            tally.blank,
            tally.did_not_vote,
        )
        if min(counts) < 0 or tally.total != voters:
            raise RefusedError(
                N_(
                    "The totals add up to {total} for {voters} voters: "
                    "everyone must be accounted for, “did not vote” included."
                ),
                total=tally.total,
                voters=voters,
            )
        return tally


_ONE_EACH: Mapping[str, int] = {}


def tally_of(
    ballots: Mapping[str, Choice], voices: Mapping[str, int] = _ONE_EACH
) -> Tally:
    """The totals of ballots by name, in voices.

    Args:
        ballots: Choice by member.
        voices: Of those who have not just one.
    """
    if voices:
        each = Counter[Choice]()
        for member, choice in ballots.items():
            each[choice] += voices.get(member, 1)
        return Tally(**{_TOTAL[choice]: number for choice, number in each.items()})
    choices = list(ballots.values())
    for_ = choices.count(Choice.FOR)
    if for_ == len(choices):  # most votes are
        return Tally(for_=for_)
    return Tally(
        for_=for_,
        against=choices.count(Choice.AGAINST),
        abstention=choices.count(Choice.ABSTENTION),
        blank=choices.count(Choice.BLANK),
        did_not_vote=choices.count(Choice.DID_NOT_VOTE),
    )


class Cast(Command, frozen=True, kw_only=True, tag_field="do", tag="cast"):
    """Use the chair's casting vote on a tie."""

    summary: ClassVar[str] = N_("the chair’s casting vote on a tie")
    example: ClassVar[str] = '{"do":"cast","component":"b","choice":"for"}'

    component: str
    choice: Choice
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One casting vote, where the rules give one and the vote is tied."""
        file = judged(session, self.candidate, Status.DELIBERATION)
        component = component_of(session, file, self.component)
        ballot = file.ballot(component)
        if ballot is None or ballot.tally.for_ != ballot.tally.against:
            raise RefusedError(
                N_("There is no tie on component {component}: no casting vote."),
                component=component,
            )
        if ballot.casting is not None or ballot.outcome != "tie":
            raise RefusedError(
                N_("There is no casting vote on component {component}: {why}"),
                component=component,
                why=judgement.ballot_result(session, file, ballot).explanation,
            )
        if self.choice not in (Choice.FOR, Choice.AGAINST):
            raise RefusedError(N_("A casting vote is for or against."))
        chair = judgement.chair(session, file)
        if chair is None:
            raise RefusedError(
                N_("Nobody chairs for {name}: name an acting chair first."),
                name=file.candidate.name,
            )
        own = ballot.ballots.get(chair)
        if own in (Choice.FOR, Choice.AGAINST) and own is not self.choice:
            raise RefusedError(
                N_("{name} voted {choice}: the chair’s voice prevails as it was cast."),
                name=session.members[chair].name,
                choice=judgement.choice_word(own),
            )
        outcome = judgement.cast_result(session, file, ballot, self.choice).outcome
        return (
            a.CastingVoteCast(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                component=component,
                member=chair,
                choice=self.choice,
                outcome=outcome,
            ),
        )


class ReopenVote(Command, frozen=True, kw_only=True, tag_field="do", tag="reopen_vote"):
    """Take a counted vote again; both stay. ``mistyped``: it never was the jury's."""

    summary: ClassVar[str] = N_("take a counted vote again; both stay")
    example: ClassVar[str] = (
        '{"do":"reopen_vote","component":"b","reason":"erreur de décompte"}'
    )

    component: str
    reason: str = ""
    candidate: str = ""
    mistyped: bool = False

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One re-opening, with its reason: of a mistake in typing, that is enough."""
        file = judged(session, self.candidate, Status.DELIBERATION)
        component = component_of(session, file, self.component)
        if file.ballot(component) is None:
            raise RefusedError(
                N_("No vote was counted on component {component}."), component=component
            )
        return (
            a.VoteReopened(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                component=component,
                reason=text(self.reason, _("The reason"), required=not self.mistyped),
                mistyped=self.mistyped,
            ),
        )


class GiveReason(Command, frozen=True, kw_only=True, tag_field="do", tag="give_reason"):
    """Write the jury's reasons and recommendation on a component."""

    summary: ClassVar[str] = N_("the jury’s reasons and recommendation on a component")
    example: ClassVar[str] = (
        '{"do":"give_reason","component":"c","reason":"Le réseau partenarial n’est pas '
        'décrit.","recommendation":"Compléter le projet."}'
    )

    component: str
    reason: str = ""
    recommendation: str = ""
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One text; it may be put right until closing, even after the decision."""
        require_phase(session, Phase.OPEN, Phase.SUSPENDED, Phase.CLOSED)
        file = file_of(session, self.candidate)
        component = component_of(session, file, self.component)
        return (
            a.ReasonGiven(
                at=moment(self, session, now),
                candidate=file.candidate.id,
                component=component,
                reason=text(self.reason, _("The reason")),
                recommendation=text(self.recommendation, _("The recommendation")),
            ),
        )


COMMANDS = (CountVotes, Cast, ReopenVote, GiveReason)
