"""One candidate: hearing, votes on each component, reasons, decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from jury_tui.i18n import N_, _
from jury_tui.session import judgement
from jury_tui.session.acts import Mode, VoteReopened
from jury_tui.session.commands.candidates import Call, EndHearing, Hear
from jury_tui.session.session import File, Phase, Session, Status
from jury_tui.ui import candidate_detail, dossier, hints, movement
from jury_tui.ui import candidate_text as shown
from jury_tui.ui.screens.balloting import Balloting
from jury_tui.ui.steps import next_file, sentence, to_call
from jury_tui.ui.voting import Typed
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import SOFT, duration, mode_word, plain

FRAME = 5
"""Lines that are neither lists, facts, light nor next step; the head is one."""
WIDE, TALL = 100, 32
"""From how many cells and lines on there is room for the file beside the votes."""


class CandidateScreen(Balloting):
    """One candidate's file, and all that the jury does about it."""

    tab = "candidate"
    reads = frozenset(("next", "grid", "mark"))
    name_ = N_("Candidate")
    help = N_(
        "[↑ ↓] choose the component. [u]: all in favour, in one key. Otherwise the "
        "exceptions first: a capital letter goes to a member, then [f] for, [c] "
        "against, [a] abstention, [b] blank, [n] did not vote; then [u] for all the "
        "others, or [Enter] once everyone is typed. [t] chooses how the vote is taken; "
        "with totals, [f c a b n] each count one vote more, [Backspace] takes it "
        "back. [v] uses the chair’s casting vote, [o] takes a counted vote again, [e] "
        "writes the reasons, [m] the grid or the marks, [r] recuses, [d] deliberates "
        "then pronounces. [x]: who must leave has left, who comes back is back; while "
        "the jury deliberates, which invitees stay. Reasons already written are "
        "offered again beneath what is typed [↓], with those of motifs.txt and "
        "recommandations.txt beside the sessions."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "components": N_(
            "The components: ✓ acquired, ✗ not acquired, = tied, ■ acquired before, … "
            "to be voted. What is typed counts for the one under the cursor. [Tab] "
            "goes to those who vote."
        ),
        "voters": N_(
            "Those who vote on this component, and how: an arrow, or the first letter "
            "of a name as a capital, goes to a member, then [f] for, [c] "
            "against, [a] abstention, [b] blank, [n] did not vote. [Tab] goes back to "
            "the components."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("h", "hearing", N_("Hearing"), show=True),
        Binding("d", "decide", N_("Deliberate"), show=True),
        Binding("d", "pronounce", N_("Pronounce"), show=True),
        Binding("m", "grid", N_("Grid"), show=True),
        Binding("u", "unanimous", N_("All in favour"), show=True),
        Binding("u", "others", N_("All others in favour"), show=True),
        Binding("v", "casting", N_("Casting vote"), show=True),
        Binding(
            "f",
            "vote('for')",
            N_("A vote"),
            key_display="f c a b n",
            tooltip=N_("For"),
        ),
        Binding("c", "vote('against')", N_("Against"), show=False),
        Binding("a", "vote('abstention')", N_("Abstention"), show=False),
        Binding("a", "call", N_("Call"), show=True),
        Binding("b", "vote('blank')", N_("Blank"), show=False),
        Binding("n", "vote('did_not_vote')", N_("Did not vote"), show=False),
        Binding("n", "next", N_("Next one"), show=True),
        Binding("backspace", "untype", N_("Erase"), show=False),
        Binding("enter", "count", N_("Count"), show=True),
        Binding("e", "reasons", N_("Reasons"), show=True),
        Binding("o", "reopen", N_("Vote again"), show=True),
        Binding("t", "mode", N_("Voting mode"), show=True),
        Binding("m", "mark", N_("Marks"), show=False),
        Binding("r", "recuse", N_("Recuse"), show=True),
        Binding("x", "move", N_("Out, back"), show=False),
        Binding("y", "chair", N_("Who chairs"), show=False),
        Binding("left", "side('components')", N_("Components"), show=False),
        Binding("right", "side('voters')", N_("Members"), show=False),
    ]

    def __init__(self, candidate: str) -> None:
        super().__init__()
        self.candidate = candidate
        self.mode = Mode.NAMED
        self.advancing = False
        self.rare = False
        self.voted_on: tuple[str, str] = ("", "")
        self.reopened = (0, "")
        self._beside: tuple[object, ...] = ()
        self._foot_lines = 0

    def content(self) -> Iterable[Widget]:
        """Components on the left, members on the right, the detail beneath."""
        with Horizontal(id="split"):
            self.parts = Lines(*self._part_columns(), id="components")
            yield self.parts
            self.people = Lines(*self._people_columns(), id="voters")
            yield self.people
        with Horizontal(id="foot") as self.foot:
            self.facts = Reading(id="detail")
            yield self.facts
            self.dossier = Reading(id="dossier")
            yield self.dossier

    def _part_columns(self) -> tuple[Column, ...]:
        width = self.app.size.width
        result, wide = 10 if width < 100 else 14, width >= 110
        rare = 80 if self.rare else 110  # never lost, where there are some
        return (
            Column(" " + _("Component"), 12, grow=True, words=True),
            Column(_("Result"), result),
            Column(_("For ").strip(), 3, right=True, least=80),
            Column(_("Ag."), 3, right=True, least=80),
            Column(_("Ab."), 3, right=True, least=80),
            Column(_("Bl."), 4 if wide else 3, right=True, least=rare),
            Column(_("None"), 5 if wide else 4, right=True, least=rare),
        )

    def _people_columns(self, mode: Mode = Mode.NAMED) -> tuple[Column, ...]:
        width = self.app.size.width
        vote = 9 if width < 80 else 12 if width < 100 else 16
        return (
            Column(_("Member"), 16, grow=True, most=44),
            Column(mode_word(mode), max(vote, cell_len(mode_word(mode)))),
            Column(_("Seat"), 24, grow=True, least=150, most=40, words=True),
        )

    def _lay_out(self, mode: Mode) -> None:
        """The columns for this width."""
        self.parts.lay_out(*self._part_columns())
        self.people.lay_out(*self._people_columns(mode))
        self.make_room()

    def make_room(self) -> None:
        """The room that the lists and the bars leave, to the facts."""
        rows = max(len(self.parts.rows), len(self.people.rows))
        height = self.size.height
        left = height - FRAME - self.light_bar.lines - self.step_bar.lines - rows
        lines = max(7 if height >= 24 else 5, left)
        if lines != self._foot_lines:
            self._foot_lines = self.foot.styles.height = lines

    @property
    def wide(self) -> bool:
        """Whether the file stands beside the votes, and not beneath them."""
        return self.size.width >= WIDE and self.size.height >= TALL

    def _show_dossier(self, session: Session, file: File) -> None:
        """The file beside the votes; a vote changes nothing of it."""
        told = (
            *(file.candidate, file.status, file.recusals, file.decisions),
            *(file.hearing_ended, session.members, self.dossier.width),
        )
        if self.wide and told != self._beside:
            self._beside = told
            width = self.dossier.width or 50
            self.dossier.show(dossier.beside(session, file, width))

    def on_mount(self) -> None:
        """The clock of the hearing."""
        self.set_interval(1.0, self._tick)

    # --- what is shown -------------------------------------------------------

    @property
    def file(self) -> File | None:
        """The candidate's file, as it is now."""
        session = self.jury.session
        return None if session is None else session.files.get(self.candidate)

    @property
    def component(self) -> str:
        """The component under the cursor."""
        return self.parts.key

    def way(self) -> tuple[str, ...]:
        """The candidate's place in the order, and name."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return super().way()
        number = session.order.index(self.candidate) + 1
        where = _("Candidate {number} of {all}").format(
            number=number, all=len(session.order)
        )
        return where, plain(file.candidate.name)

    def show_session(self, session: Session) -> None:
        """Redraw from the session."""
        file = session.files.get(self.candidate)
        if file is None:
            return
        rows = self._component_rows(session, file)
        keep = None
        if not self.parts.rows or (
            self.advancing
            and judgement.component_result(session, file, self.component) != "tie"
        ):
            keep = shown.first_awaited(session, file) or None
        elif self._just_reopened(session):
            keep = self.reopened[1]
        self.parts.show_rows(rows, keep=keep)
        self._show_votes(session, file)
        self._show_dossier(session, file)

    def _just_reopened(self, session: Session) -> bool:
        """Whether a vote is to be taken again since the screen was last drawn."""
        last = self.jury.wrote[-1] if self.jury.wrote else None
        if not isinstance(last, VoteReopened) or last.candidate != self.candidate:
            return False
        before, self.reopened = self.reopened, (session.count, last.component)
        return before != self.reopened

    def _show_votes(self, session: Session, file: File) -> None:
        component = self.component
        typed = self.vote(component)
        keep = None
        if self.voted_on != (self.candidate, component):
            # another ballot begins with the first who has not voted
            self.voted_on = (self.candidate, component)
            keep = next((m for m in self._voters() if m not in typed.choices), None)
            self.people.forget()
        rows = shown.voter_rows(session, file, component, typed)
        self.people.show_rows(rows, keep=keep)
        self._lay_out(typed.mode)
        self.facts.show(
            candidate_detail.detail(
                session,
                file,
                component,
                typed,
                self.facts.width or 80,
                facts=not self.wide,
            )
        )

    def _component_rows(self, session: Session, file: File) -> list[Row]:
        typed = {component: self.vote(component) for component in self.typed}
        rows = shown.component_rows(session, file, typed)
        self.rare = any(c.text.strip("0") for row in rows for c in row.cells[-2:])
        return rows

    def _retyped(self, component: str, typed: Typed) -> None:
        if typed.count or typed.mode is not self._usual(component):
            self.typed[component] = typed
        else:
            self.typed.pop(component, None)
        self.jury.hush()  # what was missing is perhaps typed now
        session, file = self.jury.session, self.file
        if session is not None and file is not None:
            self.parts.show_rows(self._component_rows(session, file))
            self._show_votes(session, file)
            self.show_step(session)
        self.refresh_bindings()

    def beside_tabs(self, session: Session) -> tuple[Cell, ...]:
        """The clock of the hearing."""
        file = session.files.get(self.candidate)
        if file is None or file.hearing_started is None:
            return ()
        until = file.hearing_ended or self.jury.clock()
        return (
            Cell(_("hearing") if self.size.width >= 80 else "", SOFT),
            Cell(f" {duration(until - file.hearing_started)} ", "strong"),
        )

    def _tick(self) -> None:
        session = self.jury.session
        if session is not None and self.is_mounted and self.app.screen is self:
            self.tabs_bar.say(self.tabs_bar.left, self.beside_tabs(session))

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Another component: its votes."""
        session, file = self.jury.session, self.file
        if event.lines is self.parts and session is not None and file is not None:
            self._show_votes(session, file)
        if session is not None and file is not None:
            self.show_step(session)  # it names who is under the cursor
        self.refresh_bindings()

    def step(self, session: Session) -> str:
        """What comes next here: once everyone is typed, Enter."""
        typed = self.vote(self.component)
        if self.check_action("count", ()) and not self._left(typed):
            return _(
                "Component {component}: all votes are typed, [Enter] counts."
            ).format(component=self.component)
        # by the rules: what comes next is the same while something is asked
        if self._rules_now(session).get("vote") and self._called_for(session):
            return hints.voting(
                session,
                self.component,
                typed,
                self.people.key if self.people.key in self._voters() else "",
                self.step_bar.size.width or self.size.width,
            )
        return sentence(session, "candidate", self.candidate, self.component)

    def _called_for(self, session: Session) -> bool:
        """Whether votes come next here: a grid that nobody filled comes before."""
        file = session.files[self.candidate]
        entered = judgement.entries(file, self.component)
        return bool(entered) or not self._has_grid(session)

    # --- what is possible ----------------------------------------------------

    def token(self) -> object:
        """The candidate, the component under the cursor, and whether votes wait."""
        component = self.component
        return self.candidate, component, self.vote(component).count > 0

    def rules(self, session: Session) -> dict[str, bool]:
        """The keys of where the candidate stands."""
        file = session.files.get(self.candidate)
        if file is None:
            return {}
        is_open = session.phase is Phase.OPEN
        on_table = session.table == self.candidate and is_open
        status = file.status
        deliberating = on_table and status is Status.DELIBERATION
        state = ""
        if deliberating and self.component:
            state = judgement.component_result(session, file, self.component)
        pending = state == "pending"
        typed = self.vote(self.component)
        return {
            "call": is_open
            and not on_table
            and to_call(session, self.candidate) is not None,
            "next": is_open and (file.settled or not on_table),
            "hearing": on_table and status in shown.JUDGED,
            "decide": on_table and status in shown.JUDGED,
            "pronounce": deliberating and not shown.first_pending(session, file),
            "unanimous": pending and not typed.count,
            "others": pending and typed.count > 0,
            "vote": pending,
            "untype": pending and typed.count > 0,
            "count": pending and typed.count > 0,
            "casting": state == "tie",
            "reopen": state in ("acquired", "not_acquired", "tie"),
            "mode": pending,
            "mark": self._assessable(session, file) and not self._has_grid(session),
            "grid": self._assessable(session, file) and self._has_grid(session),
            "reasons": state not in ("", "earlier", "not_asked")
            or (file.settled and bool(file.ballots)),
            "recuse": session.phase in (Phase.OPEN, Phase.SUSPENDED)
            and not file.settled,
            "move": is_open and (on_table or session.on_table is None),
            "chair": on_table and not file.settled,
        }

    def _assessable(self, session: Session, file: File) -> bool:
        """Grids are filled from the hearing on, and may be read for ever."""
        asked = self.component in judgement.asked(session, file)
        return asked and (session.table == self.candidate or bool(file.ballots))

    def _has_grid(self, session: Session) -> bool:
        part = judgement.components(session).get(self.component)
        return part is not None and bool(part.criteria)

    # --- the table -----------------------------------------------------------

    def action_call(self) -> None:
        """Put this candidate on the table; once settled, the next one."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        candidate = self.candidate
        if session.on_table is None:
            candidate = (to_call(session, candidate) or file).candidate.id
        if self.jury.commit(Call(candidate=candidate)):
            if candidate != self.candidate:
                self._turn_to(candidate)
            self.jury.tell(movement.called(self.jury.session or session, candidate))

    def action_next(self) -> None:
        """The next candidate without an outcome takes this screen."""
        session = self.jury.session
        upcoming = None if session is None else next_file(session, self.candidate)
        if upcoming is None:
            self.action_back()
        else:
            self._turn_to(upcoming.candidate.id)

    def _turn_to(self, candidate: str) -> None:
        self.candidate = candidate
        self.mode = Mode.NAMED  # a secret ballot is asked for each candidate
        self.parts.show_rows(())
        self._session_changed()

    def action_hearing(self) -> None:
        """Begin the hearing, or end it."""
        file = self.file
        if file is None:
            return
        if file.status is Status.HEARING:
            self.jury.commit(EndHearing(), said=_("hearing ended"))
        else:
            self.jury.commit(Hear(), said=_("hearing begun"))

    # --- moving --------------------------------------------------------------

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """Enter counts once something was typed."""
        if self.check_action("count", ()):
            self.action_count()
        else:
            self.jury.refused(self.why_impossible("count"))

    def action_side(self, side: str) -> None:
        """To the components or to the members."""
        self.query_one(f"#{side}", Lines).focus()

    async def on_key(self, event: object) -> None:
        """A capital letter goes to a member, whichever list has the focus."""
        from textual.events import Key

        if not isinstance(event, Key):
            return
        if event.character and event.character.isupper():
            self.people.reach(event.character, event.time)
        else:
            self.people.forget()
