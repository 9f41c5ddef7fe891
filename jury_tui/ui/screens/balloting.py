"""Votes as they are typed on the candidate screen: exceptions, totals, then counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from jury_tui.i18n import _
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode
from jury_tui.session.commands.voting import CountVotes
from jury_tui.session.session import File, Session
from jury_tui.ui import candidate_text as shown
from jury_tui.ui import voting
from jury_tui.ui.screens.candidate_asks import CandidateAsks
from jury_tui.ui.voting import Typed
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import mode_word


class Balloting(CandidateAsks):
    """Typing a vote and counting it; what is typed is kept until it is counted."""

    mode: Mode
    voted_on: tuple[str, str]

    if TYPE_CHECKING:

        def _retyped(self, component: str, typed: Typed) -> None:
            """Keep what was typed, and show it."""

        def _show_votes(self, session: Session, file: File) -> None:
            """The votes on the component under the cursor."""

    @property
    def typed(self) -> dict[str, Typed]:
        """The votes being typed, by component: kept until counted or cleared."""
        return self.jury.typed.setdefault(self.candidate, {})

    def vote(self, component: str) -> Typed:
        """What was typed of the vote on a component, by those who still sit."""
        typed = self.typed.get(component)
        if typed is None:
            return Typed(mode=self._usual(component))
        return typed.among(self._voters())

    def _usual(self, component: str) -> Mode:
        """How a vote is taken if nobody says: one taken again, as it was taken."""
        taken = () if self.file is None else self.file.ballots.get(component, ())
        return taken[-1].mode if taken else self.mode

    def _voters(self) -> tuple[str, ...]:
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return ()
        return judgement.voters(session, file)

    def _left(self, typed: Typed) -> int:
        """How many voices are still to be typed."""
        session = self.jury.session
        return 0 if session is None else typed.left(session, self._voters())

    def _count(self, rest: Choice | None, reason: str = "") -> None:
        component = self.component
        vote = self.vote(component)
        command = voting.command(
            vote,
            component,
            self.candidate,
            self._left(vote),
            rest,
            reason,
        )
        self.advancing = True  # once counted, on to the next component
        typed = self.typed.pop(component, None)
        said = _("vote on {component}").format(component=component)

        def back() -> None:
            if typed is not None:
                self.typed[component] = typed  # kept as it was: nothing was written

        acts = self.jury.commit(command, said=said, otherwise=back)
        self.advancing = False
        if acts is None:
            back()
            return
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        if component in shown.without_reason(session, file):
            saved = self.jury.notice
            more = _("[e] writes the reasons on {component}").format(
                component=component
            )
            self.jury.notice = saved._replace(text=f"{saved.text} · {more}")

    def action_unanimous(self) -> None:
        """All who were not typed are in favour: one key, and it is counted."""
        self._count_or_ask(Choice.FOR)

    def action_others(self) -> None:
        """The same, once exceptions were typed."""
        self._count_or_ask(Choice.FOR)

    def action_count(self) -> None:
        """Count, once everyone is typed."""
        self._count_or_ask(None)

    def _count_or_ask(self, rest: Choice | None) -> None:
        session, file, component = self.jury.session, self.file, self.component
        if session is None or file is None:
            return
        proposed = judgement.proposal(session, file, component)
        if proposed is not None:
            typed = self.vote(component)
            left = self._left(typed)
            bare = voting.command(typed, component, self.candidate, left, rest)
            argued = voting.command(typed, component, self.candidate, left, rest, "?")
            if self.jury.why_not(bare) and not self.jury.why_not(argued):
                self._argue(rest, proposed.explanation)
                return
        self._count(rest)

    @work(group="asking", exclusive=True)
    async def _argue(self, rest: Choice | None, proposal: str) -> None:
        reason = await self.ask(
            _("The marks propose otherwise ({proposal}). The reason:").format(
                proposal=proposal
            )
        )
        if reason:
            self._count(rest, reason)

    def action_vote(self, choice: str) -> None:
        """The choice of the member under the cursor, or one vote more."""
        component = self.component
        typed = self.vote(component)
        voters = self._voters()
        chosen = Choice(choice)
        self.people.forget()
        if typed.mode is not Mode.NAMED:
            if self._left(typed):
                self._retyped(component, typed.more(chosen))
            else:
                said = _(
                    "Every voice is typed: [Enter] counts, [Backspace] takes one back."
                )
                self.jury.refused(said)
            return
        member = self.people.key
        if member not in voters:
            # never to somebody else instead of the one under the cursor
            self.jury.refused(
                self.jury.why_not(
                    CountVotes(
                        component=component,
                        candidate=self.candidate,
                        all=chosen,
                        except_={member: chosen},
                    )
                )
            )
            return
        typed = typed.chosen(member, chosen)
        self._retyped(component, typed)
        at = voters.index(member)
        for other in (*voters[at + 1 :], *voters[:at]):
            if other not in typed.choices:
                self.people.go(self.people.index_of(other))
                break

    def action_untype(self) -> None:
        """Take back what was typed last for the line under the cursor."""
        component = self.component
        typed = self.vote(component)
        key = self.people.key
        if typed.mode is Mode.NAMED:
            if key not in typed.choices:
                key = next(reversed(typed.choices), key)
            self._retyped(component, typed.chosen(key, None))
            self.people.go(self.people.index_of(key))
        else:
            last = [c for c, n in typed.totals.items() if n]
            if last:
                choice = Choice(key) if key in last else last[-1]
                self._retyped(component, typed.more(choice, -1))

    @work(group="asking", exclusive=True)
    async def action_mode(self) -> None:
        """By name, show of hands, or secret: until changed again."""
        rows = [Row(m.value, (Cell(mode_word(m)),), mode_word(m)) for m in Mode]
        key = await self.pick(_("How is the vote taken?"), rows)
        if key:
            self.mode = Mode(key)
            self.voted_on = ("", "")
            self._retyped(self.component, Typed(mode=self.mode))
