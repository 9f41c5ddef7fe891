"""The candidates in the order of business: call, put off, find the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _
from jury_tui.session import judgement
from jury_tui.session.commands.candidates import (
    Call,
)
from jury_tui.session.session import File, Phase, Session, Status
from jury_tui.ui import dossier, movement
from jury_tui.ui.screens.agenda_asks import AgendaAsks
from jury_tui.ui.steps import next_file, sentence, to_call
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row, RowsOnDemand
from jury_tui.ui.words import SOFT, plain, result_sign, status_sign

BEFORE = (Phase.DRAFTED, Phase.CONVENED)
OVER = (Phase.CLOSED, Phase.SEALED)
FRAME = 5
"""Lines that are neither list, light nor next step; the head is one."""
BESIDE = 150
"""From how many cells on the candidate under the cursor is told beside the list."""
NEVER = 1 << 30
"""From how many cells on a column that says nothing of anybody is shown."""


class AgendaScreen(AgendaAsks):
    """The candidates, in the order in which they are called."""

    tab = "agenda"
    reads = frozenset(("next",))
    name_ = N_("Candidates")
    help = N_(
        "The candidates in the order of business. [a] calls the one under the cursor "
        "to the table, [n] goes to the next one without an outcome, [Enter] shows the "
        "file. [d] gives another place in the order, [h] and [b] one place sooner or "
        "later. A capital letter goes to a name; [/], then [Enter] again, to one "
        "name after the other, or to an outcome. Results: ✓ acquired, ✗ not acquired, "
        "= tied, ■ acquired before, … to be voted."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "agenda": N_(
            "One candidate per line, in the order of business: the state, the result "
            "of each component, the outcome. Keys act on the one under the cursor; "
            "the first letter of a name, as a capital, goes to it."
        ),
    }
    help_before = N_(
        "The candidates in the order in which they will be called. [a] adds one, [f] "
        "reads a file, [m] changes what is known of one, [Enter] shows the file; [t] "
        "declares a tie with a member. [d] gives another place in the order, [h] and "
        "[b] one place sooner or later: each is written. A capital letter goes to a "
        "name, [/] searches one. Once the session is open, [a] calls a candidate, [x] "
        "says that one is absent, [r] puts one off to another session."
    )
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
        Binding("m", "amend", N_("Change"), show=True),
        Binding("slash", "search", N_("Search"), show=True, key_display="/"),
        Binding("t", "tie", N_("Tie"), show=True),
        Binding("d", "place", N_("Order"), show=True),
        Binding("v", "ready", N_("Ready?"), show=True),
        Binding("w", "what_if", N_("What if"), show=True),
        Binding("h", "shift(-1)", N_("One place sooner"), show=False),
        Binding("b", "shift(1)", N_("One place later"), show=False),
        Binding("e", "letters", N_("Letters"), show=True),
        Binding("delete", "withdraw", N_("Take off"), show=False),
        Binding("ctrl+f", "search", N_("Search"), show=False),
    ]

    def content(self) -> Iterable[Widget]:
        """The list, and what is known of the candidate under the cursor."""
        self.lines = Lines(
            *self._columns(),
            empty=_("No candidate yet: [a] adds one, [f] reads a file."),
            id="agenda",
        )
        with Container(id="business") as self.business:
            yield self.lines
            self.glance = Reading(id="glance")
            yield self.glance

    def __init__(self) -> None:
        super().__init__()
        self.returning = False
        self.judged: object = None

    def _columns(self) -> tuple[Column, ...]:
        """The hour first while the day is prepared, results once it is here.

        A column that is empty for everybody is left out.
        """
        session = self.jury.session
        before = session is not None and session.phase in BEFORE
        known = [] if session is None else [f.candidate for f in session.agenda]
        hours = any(one.time for one in known)
        employers = any(one.employer for one in known)
        return (
            Column("", 4, right=True),
            Column(_("Candidate"), 20, grow=True, most=36),
            Column(_("Where it stands"), 22, narrow=18, words=True),
            Column(_("Components"), 14, least=100 if before else 0),
            Column(_("File"), 12, least=80),
            Column(_("Time"), 6, least=(60 if before else 100) if hours else NEVER),
            Column(
                *(_("Employer"), 20),
                least=120 if employers else NEVER,
                grow=True,
                words=True,
            ),
        )

    def helped(self) -> str:
        """A key may mean something else before the opening."""
        session = self.jury.session
        before = session is not None and session.phase in BEFORE
        return _(self.help_before if before else self.help)

    def on_screen_resume(self) -> None:
        """Back from a candidate who was judged: to what is to be done."""
        self.returning = True

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
        files = session.agenda
        rows = RowsOnDemand(
            [file.candidate.id for file in files],
            [file.candidate.name for file in files],
            lambda index: self._row(session, index + 1, files[index]),
        )
        keep = None
        if fresh:
            upcoming = session.on_table or next_file(session)
            keep = upcoming.candidate.id if upcoming is not None else None
        self.lines.lay_out(*self._columns())
        self.lines.show_rows(rows, keep=keep)
        self.make_room()
        self._show_glance()

    def make_room(self) -> None:
        """The candidate at hand beside the list where there is room; else beneath."""
        width, height = self.cells
        beside = width >= BESIDE
        self.business.set_class(beside, "-beside")
        self.glance.styles.width = width * 2 // 5 if beside else width
        left = height - FRAME - self.light_bar.lines - self.step_bar.lines
        left -= len(self.lines.rows)
        least = 12 if height >= 32 else 6 if height >= 24 else 0
        shown = bool(self.lines.rows) and (beside or max(least, left) >= 4)
        # Where all candidates have room a long message is at the expense of the text.
        whole = shown and not beside and left >= least
        self.lines.styles.height = len(self.lines.rows) + 1 if whole else "1fr"
        self.glance.styles.height = "1fr" if beside or whole else least
        self.glance.set_class(not shown, "-none")

    def _show_glance(self) -> None:
        session, file = self.jury.session, self._file()
        if session is None or file is None or self.glance.has_class("-none"):
            return
        # as it will be laid out, which it may not be yet: a border, the edge, a bar
        room = self.cells.width
        room = room * 2 // 5 - 3 if self.business.has_class("-beside") else room - 2
        self.glance.show(dossier.glance(session, file, room))
        self.glance.scroll_home(animate=False)

    def _row(self, session: Session, number: int, file: File) -> Row:
        stands, word, tone = status_sign(file)
        candidate = file.candidate
        away = file.status in (Status.ABSENT, Status.POSTPONED)
        try:
            parts = [
                result_sign(state)[0] + component
                for component, state in judgement.component_results(
                    session, file
                ).items()
                if not (away and state == "pending")  # nobody votes on it
            ]
        except JuryError:
            parts = []
        signs = Counter(part[0] for part in parts)
        brief = " ".join(f"{sign}{number}" for sign, number in signs.items())
        return Row(
            candidate.id,
            (
                Cell(str(number), SOFT),
                Cell(candidate.name),
                Cell(f"{stands} {word}", tone),
                Cell(" ".join(parts), "", brief),
                Cell(candidate.file_number, SOFT),
                Cell(candidate.time, SOFT),
                Cell(candidate.employer, SOFT),
            ),
            candidate.name,
        )

    # --- what is possible ----------------------------------------------------

    def unlisted(self) -> Collection[str]:
        """While the day is prepared, other keys need the room more than Enter."""
        session = self.jury.session
        before = session is not None and session.phase in BEFORE
        return ("look",) if before else ()

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
            "place": session.phase not in OVER and len(session.files) > 1,
            "add": session.phase in BEFORE,
            "amend": session.phase not in OVER and there,
            "read_file": session.phase is Phase.DRAFTED,
            "tie": session.phase not in OVER and there,
            "withdraw": session.phase in BEFORE and there,
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
            self._show_glance()

    def step(self, session: Session) -> str:
        """What comes next, for the candidate under the cursor."""
        return sentence(session, "candidates", self.lines.key)

    # --- keys ----------------------------------------------------------------

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter: the file."""
        self._show_file(event.key)

    def action_look(self) -> None:
        """See the file under the cursor."""
        if self.lines.key:
            self._show_file(self.lines.key)

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
        if upcoming is None:
            return
        if upcoming.candidate.id == self.lines.key:
            name = plain(upcoming.candidate.name)
            self.jury.tell(_("{name} is the only one left.").format(name=name))
        self.lines.go(self.lines.index_of(upcoming.candidate.id))

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
