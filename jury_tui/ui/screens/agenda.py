"""The candidates in the order of business: call, put off, find the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, folded
from jury_tui.rules.people import Candidate, TieKind
from jury_tui.session import judgement
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.candidates import (
    Call,
    MarkAbsent,
    Postpone,
    ReopenDecision,
    Restore,
)
from jury_tui.session.commands.preparing import (
    DeclareTie,
    OrderAgenda,
    RegisterCandidate,
    WithdrawCandidate,
)
from jury_tui.session.commands.sitting import Close
from jury_tui.session.session import File, Phase, Session, Status
from jury_tui.ui import movement
from jury_tui.ui.screens.afterwards import Lettering
from jury_tui.ui.screens.confirm import confirmed
from jury_tui.ui.steps import next_file, sentence, to_call
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import SOFT, plain, result_sign, status_sign, tie_word

BEFORE = (Phase.DRAFTED, Phase.CONVENED)
OVER = (Phase.CLOSED, Phase.SEALED)


class AgendaScreen(Lettering):
    """The candidates, in the order in which they are called."""

    tab = "agenda"
    name_ = N_("Candidates")
    help = N_(
        "The candidates in the order of business. a calls the one under the cursor to "
        "the table, n goes to the next one without an outcome, Enter shows the file. "
        "A capital letter goes to a name. Results: ✓ acquired, ✗ not acquired, = tied, "
        "■ acquired before, … to be voted."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "agenda": N_(
            "A candidate a line, in the order of business: the state, the result of "
            "each component, the outcome. What a key does, it does to the one under "
            "the cursor; a CAPITAL goes to a name."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "call", N_("Call"), show=True),
        Binding("c", "close", N_("Close the session"), show=True),
        Binding("enter", "look", N_("See"), show=True),
        Binding("a", "add", N_("Add"), show=True),
        Binding("f", "read_file", N_("A file"), show=True),
        Binding("n", "next", N_("Next one"), show=True),
        Binding("x", "absent", N_("Absent"), show=True),
        Binding("r", "postpone", N_("Put off"), show=True),
        Binding("k", "restore", N_("Comes back"), show=True),
        Binding("o", "reopen", N_("Take again"), show=True),
        Binding("v", "ready", N_("Ready?"), show=True),
        Binding("t", "tie", N_("Tie"), show=True),
        Binding("w", "what_if", N_("What if"), show=True),
        Binding("h", "shift(-1)", N_("Up"), show=True),
        Binding("b", "shift(1)", N_("Down"), show=True),
        Binding("m", "amend", N_("Change"), show=True),
        Binding("e", "letters", N_("Letters"), show=True),
        Binding("delete", "withdraw", N_("Take off"), show=False),
        Binding("ctrl+f", "search", N_("Search"), show=False),
    ]

    def content(self) -> Iterable[Widget]:
        """The list."""
        self.lines = Lines(
            Column("", 4, right=True),
            Column(_("Candidate"), 20, grow=True),
            Column(_("Where it stands"), 22, narrow=18, words=True),
            Column(_("Components"), 14),
            Column(_("File"), 12, least=80),
            Column(_("Time"), 6, least=100),
            Column(_("Employer"), 20, least=120, grow=True, words=True),
            empty=_("No candidate yet: a adds one, f reads a file."),
            id="agenda",
        )
        yield self.lines

    def __init__(self) -> None:
        super().__init__()
        self.returning = False
        self.judged: object = None

    def on_screen_resume(self) -> None:
        """Back from a candidate who was judged: to what is to be done."""
        self.returning = True
        super().on_screen_resume()

    def show_session(self, session: Session) -> None:
        """Redraw the list; the cursor goes where something is to be done.

        Who only looked at something, or changed what is known, stays where they were.
        """
        was, self.judged = (
            self.judged,
            (session.table, {f.candidate.id for f in session.agenda if f.settled}),
        )
        fresh = not self.lines.rows or (self.returning and self.judged != was)
        self.returning = False
        rows = [self._row(session, n + 1, f) for n, f in enumerate(session.agenda)]
        keep = None
        if fresh:
            upcoming = session.on_table or next_file(session)
            keep = upcoming.candidate.id if upcoming is not None else None
        self.lines.show_rows(rows, keep=keep)

    def _row(self, session: Session, number: int, file: File) -> Row:
        sign, word, tone = status_sign(file)
        candidate = file.candidate
        try:
            parts = [
                result_sign(state)[0] + component
                for component, state in judgement.component_results(
                    session, file
                ).items()
            ]
        except JuryError:
            parts = []
        return Row(
            candidate.id,
            (
                Cell(str(number), SOFT),
                Cell(candidate.name),
                Cell(f"{sign} {word}", tone),
                Cell(" ".join(parts)),
                Cell(candidate.file_number, SOFT),
                Cell(candidate.time, SOFT),
                Cell(candidate.employer, SOFT),
            ),
            candidate.name,
        )

    # --- what is possible ----------------------------------------------------

    def _file(self) -> File | None:
        session = self.jury.session
        if session is None or not self.is_mounted:
            return None
        return session.files.get(self.lines.key)

    def token(self) -> object:
        """The candidate under the cursor."""
        return self.lines.key

    def rules(self, session: Session) -> dict[str, bool]:
        """The keys of the phase and of the candidate under the cursor."""
        file = self._file()
        is_open = session.phase is Phase.OPEN
        settled = file is not None and file.settled
        there = file is not None
        away = file is not None and file.status in (Status.ABSENT, Status.POSTPONED)
        upcoming = next_file(session)
        return {
            "call": is_open and there and (not settled or upcoming is not None),
            "close": is_open and upcoming is None and bool(session.files),
            "next": is_open and upcoming is not None,
            "absent": is_open and there and not settled,
            "postpone": is_open and there and not settled,
            "restore": is_open and away,
            "reopen": is_open and settled and not away,
            "shift": session.phase not in OVER and len(session.files) > 1,
            "add": session.phase in BEFORE,
            "amend": session.phase in BEFORE and there,
            "read_file": session.phase is Phase.DRAFTED,
            "tie": session.phase not in OVER and there,
            "withdraw": session.phase in BEFORE and there,
        }

    def guards(self, session: Session) -> dict[str, Command]:
        """Each key's command, as it would be for the candidate under the cursor."""
        about = self.lines.key
        somebody = RegisterCandidate(candidate=Candidate(id="", birth_name="?"))
        return {
            "call": Call(candidate=about),
            "close": Close(),
            "absent": MarkAbsent(candidate=about),
            "postpone": Postpone(candidate=about, reason="?"),
            "restore": Restore(candidate=about),
            "reopen": ReopenDecision(candidate=about, reason="?"),
            "shift": OrderAgenda(order=session.order),
            "add": somebody,
            "amend": somebody,
            "read_file": somebody,
            "withdraw": WithdrawCandidate(candidate=about),
        }

    def possible(self, action: str) -> bool:
        """Looking and searching need somebody; the rest follows the rules."""
        if action in ("look", "search"):
            return self._file() is not None
        if action == "letters":
            file = self._file()
            return file is not None and file.settled and super().possible(action)
        return super().possible(action)

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """What is possible depends on the candidate under the cursor."""
        self.refresh_bindings()
        session = self.jury.session
        if session is not None:
            self.show_step(session)

    def step(self, session: Session) -> str:
        """What comes next, for the candidate under the cursor."""
        return sentence(session, "candidates", self.lines.key)

    # --- keys ----------------------------------------------------------------

    def _do(self, command: Command, said: str) -> None:
        self.jury.commit(command, said=said)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter: the file."""
        self._show_file(event.key)

    def action_look(self) -> None:
        """See the file under the cursor."""
        if self.lines.key:
            self._show_file(self.lines.key)

    def _show_file(self, candidate: str) -> None:
        from jury_tui.ui.screens.candidate import CandidateScreen

        self.app.push_screen(CandidateScreen(candidate))

    def action_call(self) -> None:
        """Put the announced candidate on the table: who must leave is said."""
        session, file = self.jury.session, self._file()
        if session is None or file is None:
            return
        if session.on_table is None:
            file = to_call(session, file.candidate.id) or file
        candidate = file.candidate.id
        if session.table != candidate:
            if self.jury.commit(Call(candidate=candidate)) is None:
                return
            self.jury.tell(movement.called(self.jury.session or session, candidate))
        self._show_file(candidate)

    def action_letters(self) -> None:
        """Letter and extract for the candidate under the cursor."""
        self.write_letters([self.lines.key])

    def action_next(self) -> None:
        """To the next candidate without an outcome."""
        session = self.jury.session
        if session is None:
            return
        upcoming = next_file(session, self.lines.key)
        if upcoming is not None:
            self.lines.go(self.lines.index_of(upcoming.candidate.id))

    @work(group="asking", exclusive=True)
    async def action_absent(self) -> None:
        """The candidate did not come; why, if somebody knows."""
        file = self._file()
        if file is None:
            return
        why = self.jury.why_not(MarkAbsent(candidate=file.candidate.id))
        if why:
            self.jury.refused(why)
            return
        name = plain(file.candidate.name)
        reason = await self.ask(
            _("{name} did not come. The reason, if it is known:").format(name=name)
        )
        if reason is not None:
            self._do(
                MarkAbsent(candidate=file.candidate.id, reason=reason),
                _("{name} is absent").format(name=name),
            )

    @work(group="asking", exclusive=True)
    async def action_postpone(self) -> None:
        """Put off to another session, for a reason."""
        file = self._file()
        if file is None:
            return
        reason = await self.ask(
            _("{name} is put off. For what reason?").format(
                name=plain(file.candidate.name)
            )
        )
        if reason is not None:
            self._do(
                Postpone(candidate=file.candidate.id, reason=reason),
                _("{name} is put off").format(name=plain(file.candidate.name)),
            )

    def action_restore(self) -> None:
        """An absent or postponed candidate comes back."""
        file = self._file()
        if file is not None:
            self._do(
                Restore(candidate=file.candidate.id),
                _("{name} is back on the agenda").format(
                    name=plain(file.candidate.name)
                ),
            )

    @work(group="asking", exclusive=True)
    async def action_reopen(self) -> None:
        """Take a decision again, with the reason."""
        file = self._file()
        if file is None:
            return
        reason = await self.ask(
            _("The decision on {name} is taken again. For what reason?").format(
                name=plain(file.candidate.name)
            )
        )
        if reason is not None and self.jury.commit(
            ReopenDecision(candidate=file.candidate.id, reason=reason),
            said=_("decision taken again"),
        ):
            self._show_file(file.candidate.id)

    def action_shift(self, step: int) -> None:
        """Earlier or later in the order of business."""
        session, key = self.jury.session, self.lines.key
        if session is None or key not in session.order:
            return
        order = list(session.order)
        at = order.index(key)
        to = at + step
        if not 0 <= to < len(order):
            return
        order[at], order[to] = order[to], order[at]
        self._do(OrderAgenda(order=tuple(order)), _("order changed"))

    @work(group="asking", exclusive=True)
    async def action_close(self) -> None:
        """End the sitting: asked once."""
        session = self.jury.session
        if session is None:
            return
        why = self.jury.why_not(Close())
        if why:
            self.jury.refused(why)
            return
        counts: dict[str, int] = {}
        for file in session.agenda:
            word = judgement.status_word(file)
            counts[word] = counts.get(word, 0) + 1
        lines = [f"{number}  {word}" for word, number in counts.items()]
        lines.append(_("After closing, nothing is judged any more."))
        if await confirmed(self, _("Close the session?"), lines) and self.jury.commit(
            Close(), said=_("session closed")
        ):
            self.action_go("minutes")

    def action_add(self) -> None:
        """Add a candidate."""
        from jury_tui.ui.screens.people import CandidateForm

        self.app.push_screen(CandidateForm())

    def action_amend(self) -> None:
        """Change what is known of a candidate."""
        from jury_tui.ui.screens.people import CandidateForm

        file = self._file()
        if file is not None:
            self.app.push_screen(CandidateForm(file.candidate))

    def action_read_file(self) -> None:
        """Candidates from a .csv or .xlsx file."""
        from jury_tui.ui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen("candidates"))

    def action_withdraw(self) -> None:
        """Take off the agenda."""
        file = self._file()
        if file is not None:
            self._do(
                WithdrawCandidate(candidate=file.candidate.id),
                _("{name} taken off").format(name=plain(file.candidate.name)),
            )

    @work(group="asking", exclusive=True)
    async def action_tie(self) -> None:
        """Declare a tie: the recusal follows when the candidate is called."""
        session, file = self.jury.session, self._file()
        if session is None or file is None:
            return
        rows = [
            Row(m.id, (Cell(plain(m.name)),), m.name) for m in session.members.values()
        ]
        member = await self.pick(
            _("Who has a tie with {name}?").format(name=plain(file.candidate.name)),
            rows,
        )
        if not member:
            return
        kinds = [Row(k.value, (Cell(tie_word(k)),), tie_word(k)) for k in TieKind]
        kind = await self.pick(_("Which tie?"), kinds)
        if not kind:
            return
        reason = await self.ask(_("In a few words (may be left empty):"))
        if reason is not None:
            self._do(
                DeclareTie(
                    member=member,
                    candidate=file.candidate.id,
                    kind=TieKind(kind),
                    reason=reason,
                ),
                _("tie taken down"),
            )

    @work(group="asking", exclusive=True)
    async def action_search(self) -> None:
        """Go to a candidate by any part of the name or file number."""
        words = await self.ask(_("Search a candidate:"))
        session = self.jury.session
        if not words or session is None:
            return
        wanted = folded(words)
        for file in session.agenda:
            candidate = file.candidate
            if wanted in folded(
                f"{candidate.name} {candidate.birth_name} {candidate.file_number}"
            ):
                self.lines.go(self.lines.index_of(candidate.id))
                return
        self.jury.tell(_("Nobody answers to “{words}”.").format(words=plain(words)))
