"""What the screens of one session share: where one is, the light, the next step."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget

from jury_tui.i18n import N_, _, language
from jury_tui.session.acts import CastingVoteCast, DecisionPronounced, VoteCounted
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.candidates import ReopenDecision
from jury_tui.session.commands.sitting import (
    RecordDissent,
    RecordIncident,
    Resume,
    Suspend,
    Undo,
)
from jury_tui.session.session import Phase, Session
from jury_tui.ui import light, steps
from jury_tui.ui.keyed import keyed
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.retaking import retake
from jury_tui.ui.widgets.bars import Bar, Sentence
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import SOFT, WARN, phase_sign, plain

if TYPE_CHECKING:
    from jury_tui.register.record import Record


def _reading(record: Record) -> tuple[Cell, ...]:
    """That nothing is written here, and what goes on instead."""
    if record.writable:
        return ()
    along = _("read only, followed live") if record.busy else _("read only")
    return (Cell(f"{along} ", WARN),)


class SessionScreen(JuryScreen):
    """A screen of the session on the desk: it redraws itself from the session."""

    tab: ClassVar[str] = ""
    reads: ClassVar[frozenset[str]] = frozenset()
    """Actions that have a rule and write nothing: a window that only reads has them."""
    _ruled: tuple[Session, object, dict[str, bool]] | None = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "go('jury')", N_("Jury"), show=False),
        Binding("l", "go('agenda')", N_("Candidates"), show=False),
        Binding("p", "go('minutes')", N_("Minutes"), show=False),
        Binding("g", "go('register')", N_("Register"), show=False),
        Binding("z", "undo", N_("Undo"), show=False),
        Binding("ctrl+z", "undo", N_("Undo"), show=False),
        Binding("i", "incident", N_("Incident"), show=False),
        Binding("s", "pause", N_("Suspend / resume"), show=False),
        Binding("ctrl+o", "project", N_("Projector view"), show=False),
    ]

    def body(self) -> Iterable[Widget]:
        """The rooms of a session, the light, the content, the next step."""
        self.tabs_bar = Bar(id="tabs")
        self.light_bar = Sentence(id="light")
        self.step_bar = Sentence(id="step")
        yield self.tabs_bar
        yield self.light_bar
        yield from self.content()
        yield self.step_bar

    def content(self) -> Iterable[Widget]:
        """What this screen is about."""
        return ()

    def on_mount(self) -> None:
        """Follow the session."""
        self.watch(self.app, "session", self._session_changed)

    def on_screen_resume(self) -> None:
        """Come back to the front, with the session as it is now."""
        self._session_changed()

    def on_resize(self) -> None:
        """What depends on the room there is."""
        self.call_after_refresh(self._session_changed)

    def _session_changed(self) -> None:
        session = self.jury.session
        if session is None or not self.is_mounted or self.app.screen is not self:
            return
        self.retitle()
        self._frame(session)
        self.show_session(session)
        self.show_step(session)  # of the line that the cursor went to
        self.refresh_bindings()

    def _frame(self, session: Session) -> None:
        tabs = []
        rooms = (
            ("j", "jury", _("Jury")),
            ("l", "agenda", _("Candidates")),
            ("p", "minutes", _("Minutes")),
            ("g", "register", _("Register")),
        )
        for key, room, word in rooms:
            here = room == self.tab
            tabs += [
                Cell(f" {key}", "key"),
                Cell(f" {word} ", "strong" if here else SOFT),
            ]
        bar = self.tabs_bar
        bar.actions = {
            index * 2 + part: f"go('{room}')"
            for index, (_key, room, _word) in enumerate(rooms)
            for part in (0, 1)
        }
        bar.say(tuple(tabs), self.beside_tabs(session))
        self.light_bar.tell(*light.line(session))

    def beside_tabs(self, session: Session) -> tuple[Cell, ...]:
        """What stands at the right of the rooms: how far the jury is."""
        done = sum(f.settled for f in session.files.values())
        word = _("candidates with an outcome") if self.cells.width >= 80 else ""
        count = Cell(f" {done}/{len(session.files)} ", "strong")
        return (Cell(word, SOFT), count)

    def show_step(self, session: Session) -> None:
        """What comes next, with the keys of this screen."""
        before, record = self.step_bar.lines, self.jury.record
        reads = None if record is None else record.why_read
        if reads is not None:  # none of the keys of the step acts here
            self.step_bar.tell(Cell(f" {reads}", SOFT))
        else:
            self.step_bar.tell(Cell(" "), *keyed(self.step(session)))
        if self.step_bar.lines != before:
            self.make_room()

    def make_room(self) -> None:
        """Share out the lines again: the bars take more of them, or fewer."""

    def step(self, session: Session) -> str:
        """What comes next, in a sentence."""
        return steps.sentence(session, self.tab)

    def show_session(self, session: Session) -> None:
        """Redraw from the session."""

    # --- the title -----------------------------------------------------------

    def aside(self) -> tuple[Cell, ...]:
        """Whether it is an example, or only read in this window; its state."""
        session = self.jury.session
        record = self.jury.record
        if session is None or record is None:
            return ()
        sign, word, tone = phase_sign(session.phase)
        aside = (*_reading(record), Cell(f"{sign} {word} ", tone))
        # not where it would leave no room for the way: the list says it too
        if session.fictitious and (record.writable or self.size.width >= 100):
            return (Cell(_("example") + " ", SOFT), *aside)
        return aside

    # --- moving between rooms ------------------------------------------------

    def action_back(self) -> None:
        """To the screen before; from a room, to the list of sessions."""
        if self.jury.in_a_room:
            self.jury.close_session()
            self.jury.to_list()
        else:
            self.jury.pop_screen()

    def action_go(self, name: str) -> None:
        """To another room of the session."""
        if name == self.tab:
            self.jury.tell(_("You are there: {room}.").format(room=_(self.name_)))
        else:
            self.jury.enter(room(name))

    def action_project(self) -> None:
        """The view for the room's projector."""
        from jury_tui.ui.screens.projector import ProjectorScreen

        self.app.push_screen(ProjectorScreen())

    def action_ready(self) -> None:
        """What is missing before the day."""
        from jury_tui.ui.screens.readiness import ReadinessScreen

        self.app.push_screen(ReadinessScreen())

    def action_what_if(self, candidate: str = "") -> None:
        """Can the jury sit without somebody?"""
        from jury_tui.ui.screens.what_if import WhatIfScreen

        self.app.push_screen(WhatIfScreen(candidate))

    # --- what can be done everywhere -----------------------------------------

    def rules(self, session: Session) -> dict[str, bool]:
        """Which writing actions mean something now, by their name."""
        del session
        return {}

    def token(self) -> object:
        """What, with the session, the rules depend on: the line under the cursor."""
        return None

    def possible(self, action: str) -> bool:
        """Writing needs a register that can be written, and the right moment."""
        record = self.jury.record
        session = self.jury.session
        if session is None or record is None or not self.is_mounted:
            return False
        rules = self._rules_now(session)
        if action in rules:
            return rules[action] and (record.writable or action in self.reads)
        if action in ("undo", "incident", "pause"):
            return record.writable
        if action == "ready":
            return session.phase in (Phase.DRAFTED, Phase.CONVENED)
        if action == "what_if":
            return session.closed_at is None and bool(session.members)
        return True

    def guards(self, session: Session) -> dict[str, Command]:
        """The commands that say why a writing action is impossible, by its name."""
        del session
        return {}

    def why_impossible(self, action: str) -> str:
        """The reason the guard of the command gives; else, what is to be done."""
        record, session = self.jury.record, self.jury.session
        action = action.partition("(")[0]
        if record is None or session is None or self.possible(action):
            return ""
        if record.why_read is not None and action not in self.reads:
            return str(record.why_read)
        command = self.guards(session).get(action)
        why = "" if command is None else self.jury.why_not(command)
        if why:
            return why
        if action == "ready":
            return _("The check-list is for before the session is open.")
        if action == "what_if":
            return (
                _("Nobody is named to the jury yet.")
                if session.closed_at is None
                else _("The session is closed: whoever is away now, it was held.")
            )
        return ""

    def _rules_now(self, session: Session) -> dict[str, bool]:
        """The rules, asked once for a session and a token, not once a key."""
        token = self.token()
        ruled = self._ruled
        if ruled is None or ruled[0] is not session or ruled[1] != token:
            ruled = self._ruled = (session, token, self.rules(session))
        return ruled[2]

    def keys_from(self) -> object:
        """All that :meth:`possible` looks at, and who is asked for keys."""
        cls, record, session = type(self), self.jury.record, self.jury.session
        if (
            session is None
            or record is None
            or cls.possible is not SessionScreen.possible
            or cls.check_action is not JuryScreen.check_action
        ):
            return None
        return (
            self.focused,
            self.asking,
            language(),
            record.writable,
            session.phase,
            session.closed_at is None and bool(session.members),
            self._rules_now(session),
        )

    @work(group="asking", exclusive=True)
    async def action_undo(self) -> None:
        """Correct the last act; a counted vote asks for the reason."""
        record, session = self.jury.record, self.jury.session
        if record is None or session is None:
            return
        last = record.acts[-1] if record.acts else None
        if session.past:
            from jury_tui.ui.acting import act_words

            undone = record.acts[session.past[-1][0] - 1]
            what = act_words(undone, session)
            number = self._of_one_key(session)
            if number > 1:
                words = _("{number} acts, the last one: {what}")
                what = words.format(number=number, what=what)
            said = _("undone: {what}").format(what=what)
            self.jury.commit(*[Undo()] * number, said=said)
        elif isinstance(last, VoteCounted | CastingVoteCast):
            await retake(self, last.component, last.candidate)
        elif isinstance(last, DecisionPronounced):
            reason = await self.ask(
                _("The decision is pronounced. Why is it taken again?")
            )
            if reason is not None:
                self.jury.commit(
                    ReopenDecision(candidate=last.candidate, reason=reason),
                    said=_("decision taken again"),
                )
        else:
            self.jury.commit(Undo())

    def _of_one_key(self, session: Session) -> int:
        """How many acts one key wrote last: one key takes them back."""
        record, wrote = self.jury.record, self.jury.wrote
        if record is None or tuple(record.acts[-len(wrote) :]) != wrote:
            return 1
        numbers = [number for number, _before in session.past[-len(wrote) :]]
        last = session.count
        return len(wrote) if numbers == [*range(last - len(wrote) + 1, last + 1)] else 1

    @work(group="asking", exclusive=True)
    async def action_incident(self) -> None:
        """Take down an incident, or a member's disagreement."""
        session = self.jury.session
        if session is None:
            return
        rows = [
            Row("", (Cell(_("An incident")),), _("An incident")),
            *(
                Row(
                    m.id,
                    (Cell(_("Disagreement of {name}").format(name=plain(m.name))),),
                    m.name,
                )
                for m in session.formation
            ),
        ]
        who = await self.pick(_("What is to be mentioned in the minutes?"), rows)
        if who is None:
            return
        text = await self.ask(_("As it will be printed:"))
        if not text:
            return
        candidate = session.table
        command = (
            RecordDissent(member=who, text=text, candidate=candidate)
            if who
            else RecordIncident(text=text, candidate=candidate)
        )
        self.jury.commit(command, said=_("taken down"))

    @work(group="asking", exclusive=True)
    async def action_pause(self) -> None:
        """Suspend the sitting, or resume it."""
        session = self.jury.session
        if session is None:
            return
        if session.phase is Phase.SUSPENDED:
            self.jury.commit(Resume(), said=_("sitting resumed"))
            return
        why = self.jury.why_not(Suspend())
        if why:
            self.jury.refused(why)
            return
        reason = await self.ask(
            _("Suspend the sitting: the reason, if there is one"), hint=_("lunch…")
        )
        if reason is not None:
            self.jury.commit(Suspend(reason=reason), said=_("sitting suspended"))


def room(name: str) -> Screen[None]:
    """A room of the session; what it needs is imported when one goes there."""
    match name:
        case "jury":
            from jury_tui.ui.screens.jury import JuryRoomScreen

            return JuryRoomScreen()
        case "agenda":
            from jury_tui.ui.screens.agenda import AgendaScreen

            return AgendaScreen()
        case "minutes":
            from jury_tui.ui.screens.minutes import MinutesScreen

            return MinutesScreen()
    from jury_tui.ui.screens.register import RegisterScreen

    return RegisterScreen()


def load_ahead() -> None:
    """What a session's screens need is loaded while nobody waits for it."""
    import_module("jury_tui.register.record")
    for name in ("agenda", "candidate", "jury", "minutes", "confirm"):
        import_module(f"jury_tui.ui.screens.{name}")


def first_screen(session: Session) -> Screen[None]:
    """Where the secretary of this session has something to do."""
    name = {
        Phase.DRAFTED: "jury",
        Phase.CONVENED: "jury",
        Phase.OPEN: "agenda",
        Phase.SUSPENDED: "agenda",
        Phase.CLOSED: "minutes",
        Phase.SEALED: "minutes",
    }[session.phase]
    return room(name)
