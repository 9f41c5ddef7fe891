"""What the candidate screen asks for: recusals, reasons, who chairs, the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from jury_tui.i18n import N_, _
from jury_tui.rules.people import TieKind
from jury_tui.session import judgement
from jury_tui.session.acts import Choice
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.candidates import (
    Call,
    Deliberate,
    EndHearing,
    Hear,
    LiftRecusal,
    NameActingChair,
    Pronounce,
    Recuse,
)
from jury_tui.session.commands.voting import (
    Cast,
    CountVotes,
    GiveReason,
    ReopenVote,
)
from jury_tui.session.session import File, Session, Status
from jury_tui.ui import candidate_text as shown
from jury_tui.ui import movement
from jury_tui.ui.reasons import bank, doubts
from jury_tui.ui.screens.confirm import confirmed
from jury_tui.ui.screens.retaking import retake
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import WARN, plain


def _stayed(session: Session) -> tuple[str, ...]:
    """The invitees who stayed the last time: most often, the same do."""
    began = [
        (f.deliberation_started, f.deliberated_by_invitees)
        for f in session.files.values()
        if f.deliberation_started is not None
    ]
    return max(began, key=lambda known: known[0])[1] if began else ()


class CandidateAsks(SessionScreen):
    """The questions of the candidate screen, one action each."""

    candidate: str
    people: Lines
    advancing: bool

    if TYPE_CHECKING:

        @property
        def file(self) -> File | None:
            """The candidate's file."""

        @property
        def component(self) -> str:
            """The component under the cursor."""

    @work(group="asking", exclusive=True)
    async def action_recuse(self) -> None:
        """Recuse the member under the cursor, or lift the recusal."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        member = self.people.key
        asked = {s.member: s.tie for s in judgement.suggested(session, self.candidate)}
        if member not in session.members or self.focused is not self.people:
            # who was gone to; else, whom names or employers point at
            at = member if self.people.cursor else next(iter(asked), member)
            away = Cell(f"⊘ {_('recused')}", WARN)
            rows = [
                Row(
                    m.id,
                    (Cell(plain(m.name)), away if m.id in file.recused else Cell("")),
                    m.name,
                )
                for m in session.formation
            ]
            picked = await self.pick(
                _("Who takes no part for {name}?").format(
                    name=plain(file.candidate.name)
                ),
                rows,
                Column("", 20, grow=True, most=64),
                Column("", 12),
                at=at,
            )
            if not picked:
                return
            member = picked
        name = plain(session.members[member].name)
        if member in file.recused:
            reason = await self.ask(
                _("The recusal of {name} is lifted. For what reason?").format(name=name)
            )
            if reason is not None:
                self.jury.commit(
                    LiftRecusal(member=member, candidate=self.candidate, reason=reason),
                    said=_("recusal lifted"),
                )
            return
        kinds = [
            Row(k.value, (Cell(judgement.tie_word(k)),), judgement.tie_word(k))
            for k in TieKind
        ]
        tie = asked.get(member)
        kind = await self.pick(
            _("{name} is recused. Which tie?").format(name=name),
            kinds,
            at=tie.kind.value if tie is not None else "",
        )
        if not kind:
            return
        reason = await self.ask(
            _("In a few words (may be left empty):"),
            plain(tie.reason) if tie is not None and tie.kind == kind else "",
        )
        if reason is not None:
            self.jury.commit(
                Recuse(
                    member=member,
                    candidate=self.candidate,
                    kind=TieKind(kind),
                    reason=reason,
                ),
                said=_("{name} is recused and must leave").format(name=name),
            )

    @work(group="asking", exclusive=True)
    async def action_chair(self) -> None:
        """Who chairs for this candidate, the chair being recused or away."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        rows = [
            Row(m, (Cell(plain(session.members[m].name)),), session.members[m].name)
            for m in judgement.sitting_voters(session, file)
        ]
        asked = _("Who chairs for this candidate?")
        member = await self.pick(asked, rows, at=self.people.key)
        if member:
            self.jury.commit(
                NameActingChair(member=member, candidate=self.candidate),
                said=_("{name} chairs").format(
                    name=plain(session.members[member].name)
                ),
            )

    def action_grid(self) -> None:
        """The assessment grid of the component, or its marks."""
        from jury_tui.ui.screens.grid import GridScreen

        self.app.push_screen(GridScreen(self.candidate, self.component))

    def action_mark(self) -> None:
        """The marks of a component without criteria: a grid of one line."""
        self.action_grid()

    # --- why a key does nothing now ------------------------------------------

    def guards(self, session: Session) -> dict[str, Command]:
        """Each key's command, as it would be for this candidate and component."""
        del session
        candidate, component = self.candidate, self.component
        member = self.people.key
        votes = CountVotes(component=component, candidate=candidate, all=Choice.FOR)
        heard = self.file is not None and self.file.status is Status.HEARING
        return {
            "call": Call(candidate=candidate),
            "hearing": (EndHearing if heard else Hear)(candidate=candidate),
            "decide": Deliberate(candidate=candidate),
            "pronounce": Pronounce(candidate=candidate),
            "unanimous": votes,
            "others": votes,
            "vote": votes,
            "count": votes,
            "mode": votes,
            "casting": Cast(
                component=component, candidate=candidate, choice=Choice.FOR
            ),
            "reopen": ReopenVote(component=component, candidate=candidate, reason="?"),
            "reasons": GiveReason(component=component, candidate=candidate, reason="?"),
            "recuse": Recuse(member=member, candidate=candidate, kind=TieKind.PERSONAL),
            "chair": NameActingChair(member=member, candidate=candidate),
        }

    def why_impossible(self, action: str) -> str:
        """What is not written has no guard: grids and what is being typed."""
        why = super().why_impossible(action)
        if why or self.possible(action.partition("(")[0]):
            return why
        if action in ("count", "untype"):
            return _(
                "Nothing is typed on {component}: [f c a b n], or [u] for all in "
                "favour."
            ).format(component=self.component)
        if action == "next":
            return _("This candidate is on the table: [d] decides first.")
        if action == "recuse" and self.file is not None:
            if self.file.settled:
                return _("The decision is pronounced: nobody is recused any more.")
            return _("Members are recused while the session is open.")
        if action == "move":
            return _("Members go out and come back while the session is open.")
        if action == "reasons":
            return _("Reasons are written once a vote is counted.")
        if action == "chair":
            return _("Who chairs is named for the candidate on the table.")
        if action in ("grid", "mark") and self.file is not None:
            return _("Grids and marks are filled once {name} is called.").format(
                name=plain(self.file.candidate.name)
            )
        return why

    # --- reasons -------------------------------------------------------------

    @work(group="asking", exclusive=True)
    async def action_reasons(self) -> None:
        """Reasons, then a recommendation, from the bank or typed."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        component = shown.to_reason(session, file, self.component)
        reason = await self._written(
            _("1/2 Reasons on {component}, against the référentiel:").format(
                component=component
            ),
            file.reasons.get(component, ""),
            bank(session, self.jury.sessions, component, "reasons"),
        )
        if reason is None:
            return
        recommendation = await self._written(
            _("2/2 Recommendation on {component}, or [Enter] if there is none:").format(
                component=component
            ),
            file.recommendations.get(component, ""),
            bank(session, self.jury.sessions, component, "recommendations"),
        )
        if recommendation is None:
            return
        # once all is voted, on to the next reasons to be written
        self.advancing = bool(reason) and not shown.first_pending(session, file)
        self.jury.commit(
            GiveReason(
                component=component,
                reason=reason,
                recommendation=recommendation,
                candidate=self.candidate,
            ),
            said=_("reasons on {component}").format(component=component),
        )
        self.advancing = False

    async def _written(self, question: str, was: str, known: list[str]) -> str | None:
        """A text typed, or one of the bank gone to; never one that was not chosen."""
        warned = None
        while True:
            typed = await self.ask_again(question, was, known)
            warning = doubts(typed) if typed else ""
            if not warning or typed == warned:
                return typed  # who insists is obeyed
            self.jury.refused(warning)
            warned = was = typed or ""

    # --- deliberation and decision ------------------------------------------

    @work(group="asking", exclusive=True)
    async def action_decide(self) -> None:
        """Begin the deliberation: which invitees stay."""
        session = self.jury.session
        if session is None:
            return
        why = self.jury.why_not(Deliberate())
        if why:
            self.jury.refused(why)
            return
        stay = await self._who_stays(session, _stayed(session), before=True)
        if stay is not None:
            self.jury.commit(Deliberate(invitees=stay), said=_("deliberation begun"))

    async def _who_stays(
        self, session: Session, ticked: tuple[str, ...], *, before: bool = False
    ) -> tuple[str, ...] | None:
        """Which invitees stay, asked where there are any; None when given up."""
        there = {m.id for m in judgement.sitting(session, self.candidate)}
        invited = [
            m
            for m in session.formation
            if (m.id in there or (m.id in ticked and not before))
            and not judgement.is_voting(session, m.id)
        ]
        if not invited:
            return ()
        ticked = tuple(m.id for m in invited if m.id in ticked)
        question = _("The jury deliberates. Which invitees stay, without a vote?")
        if before and ticked:
            question += " " + _("(Ticked: as the last time.)")
        return await self.tick(
            question,
            [Row(m.id, (Cell(plain(m.name)),), m.name) for m in invited],
            ticked,
            before=before,
        )

    @work(group="asking", exclusive=True)
    async def action_move(self) -> None:
        """Who must leave has left, who comes back is back; else, who stays."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        moves = movement.taken_down(session, file)
        if moves:
            self.jury.commit(*moves, said=movement.said(session, moves))
        elif file.status is Status.DELIBERATION:
            was = file.deliberated_by_invitees
            stay = await self._who_stays(session, was)
            if stay is not None and set(stay) != set(was):
                self.jury.commit(Deliberate(invitees=stay), said=_("who stays"))
        else:
            self.jury.refused(_("Nobody has to leave or to come back."))

    @work(group="asking", exclusive=True)
    async def action_pronounce(self) -> None:
        """Pronounce: asked once, repeating what will be written."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        why = self.jury.why_not(Pronounce())
        if why:
            self.jury.refused(why)
            return
        lines = shown.decision_lines(session, file)
        question = _("Pronounce for {name}?").format(name=plain(file.candidate.name))
        if await confirmed(self, question, lines, yes=N_("Yes, pronounce")):
            self.jury.commit(
                Pronounce(),
                said=_("decision on {name} pronounced").format(
                    name=plain(file.candidate.name)
                ),
            )

    @work(group="asking", exclusive=True)
    async def action_casting(self) -> None:
        """The chair's voice prevails: one key when it is known."""
        session, file, component = self.jury.session, self.file, self.component
        if session is None or file is None:
            return
        ballot = file.ballot(component)
        chair = judgement.chair(session, file)
        own = None if ballot is None or chair is None else ballot.ballots.get(chair)
        if own not in (Choice.FOR, Choice.AGAINST):
            rows = [
                Row("for", (Cell(_("For: acquired")),), _("For: acquired")),
                Row("against", (Cell(_("Against: not acquired")),), _("Against")),
            ]
            name = plain(session.members[chair].name) if chair else ""
            key = await self.pick(_("Casting vote of {name}:").format(name=name), rows)
            if not key:
                return
            own = Choice(key)
        assert own is not None  # noqa: S101 - narrowed above
        self.jury.commit(
            Cast(component=component, choice=own, candidate=self.candidate),
            said=_("casting vote on {component}").format(component=component),
        )

    @work(group="asking", exclusive=True)
    async def action_reopen(self) -> None:
        """Take a counted vote again, with the reason."""
        await retake(self, self.component, self.candidate)
