"""Members or candidates from a file: preview, faults, nothing kept unless accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, listed, ngettext
from jury_tui.rosters.roster import Fault, Roster
from jury_tui.rosters.roster import Row as Listed
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.acts import AnyAct
from jury_tui.session.commands import perform
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.preparing import DeclareTie
from jury_tui.session.session import Session
from jury_tui.ui import light
from jury_tui.ui.light import TONES
from jury_tui.ui.nearby import LISTS, ask_file
from jury_tui.ui.people_text import (
    fault_row,
    good_row,
    held_row,
    known_of,
    note_row,
)
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

WIDE = 100
"""Columns from which the detail stands beside the list: a fact a line."""
NAMED = 5
"""How many faulty lines are named once the others are kept."""
LIKELY = {
    "members": ("membre", "jury", "member"),
    "candidates": ("candidat",),
}
"""Words that the name of such a list holds, in either tongue."""


class ImportScreen(JuryScreen):
    """The lines of a file, as they would be kept."""

    name_ = N_("From a file")
    help = N_(
        "What the file holds: ✓ will be kept, ✗ cannot be, and why, = is in the "
        "session already and stays as it is there. Nothing is written before [Enter] "
        "accepts; put the file right and [r] reads it again: lines that were kept "
        "before are not kept twice."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "preview": N_(
            "The lines of the file: ✓ will be kept, ✗ cannot be, = known already. "
            "The one under the cursor stands whole below, with what is wrong."
        ),
        "detail": N_(
            "The line above in full, with what is wrong and what to put right. Arrows "
            "scroll it."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "accept", N_("Accept"), show=True),
        Binding("r", "again", N_("Read again"), show=True),
        Binding("f", "choose", N_("Another file"), show=True),
    ]

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.path: Path | None = None
        self.members: Roster[Member] | None = None
        self.candidates: Roster[Candidate] | None = None
        self.held: Sequence[Listed[Member] | Listed[Candidate]] = ()
        self.ties: tuple[DeclareTie, ...] = ()
        self.unknown_ties: tuple[Fault, ...] = ()
        self.outcome = Content("")
        self.refusal = ""

    def body(self) -> Iterable[Widget]:
        """The lines, then the composition they would make."""
        from jury_tui.rosters import KINDS

        headers = listed(c.header for c in KINDS[self.kind] if c.field != "id")
        needed = listed(
            _("“{word}”").format(word=c.header) for c in KINDS[self.kind] if c.required
        )
        expected = _(
            "The first line names the columns; then one person per line. {needed} are "
            "required; in any order: {headers}."
        )
        yield Bar(id="step")
        with Container(id="beside"):
            yield Lines(
                Column(_("Line"), 6, right=True),
                Column("", 2),
                Column(_("Name"), 18, grow=True, most=36),
                Column(_("What it says"), 36, grow=True),
                empty=expected.format(needed=needed, headers=headers),
                id="preview",
            )
            yield Reading(id="detail", focus=True)

    def on_mount(self) -> None:
        """Ask for the file at once."""
        self.action_choose()

    def way(self) -> tuple[str, ...]:
        """The room, and the file once it is known."""
        room = _("Jury") if self.kind == "members" else _("Candidates")
        file = () if self.path is None else (plain(self.path.name),)
        return (room, _(self.name_), *file)

    @work(group="asking", exclusive=True)
    async def action_choose(self) -> None:
        """Choose a file: one of those near, or a path."""
        self.jury.hush()
        question = _("Which file? (.csv or .xlsx)")
        path = await ask_file(self, question, LISTS, LIKELY[self.kind])
        if path is None:
            self._give_up()
            return
        self.path = path
        self.retitle()
        self.action_reload()

    def _give_up(self) -> None:
        if self.path is None and self.is_current:  # else it was left meanwhile
            self.app.pop_screen()

    def action_again(self) -> None:
        """Read the file again, and say so where nothing changed."""
        self.action_reload()
        if self.jury.notice.kind != "refused":
            advice = self._advice()
            left = f"{_('Read again.')} {advice}"
            self.jury.tell(left if advice else _("The file is read again."))

    def action_reload(self) -> None:
        """Read the file; nothing is kept."""
        from jury_tui import rosters

        session = self.jury.session
        if session is None or self.path is None:
            return
        rules = judgement.rules(session)
        wanted = rosters.wanted_attributes(rules)
        self.members = self.candidates = None
        self.held = self.ties = self.unknown_ties = ()
        # a list of members has all that one of candidates must have, and seats
        if self.kind == "candidates" and (other := self._other_kind(session)):
            self.jury.refused(other)
            self._show(session, None)
            return
        try:
            if self.kind == "members":
                read = rosters.read_members(self.path, rules.seats, wanted)
                self.members, held = rosters.newcomers(read, session.members)
                self.held, rows = held, (*self.members.rows, *held)
                told = rosters.ties_with(session, read.file, rows)
                self.ties, self.unknown_ties = told
            else:
                listed = rosters.read_candidates(
                    self.path, judgement.components(session), wanted
                )
                known = {ref: file.candidate for ref, file in session.files.items()}
                self.candidates, self.held = rosters.newcomers(listed, known)
        except JuryError as error:
            self.jury.refused(self._other_kind(session) or error)
            self._show(session, None)
            return
        self._show(session, self.members or self.candidates)
        self.jury.tell(self._advice())
        self.refresh_bindings()

    def _other_kind(self, session: Session) -> str:
        """What to do when it is the other list that was taken; empty when it is not."""
        from jury_tui import rosters

        if self.path is None:
            return ""
        rules = judgement.rules(session)
        wanted = rosters.wanted_attributes(rules)
        try:
            if self.kind == "members":
                known = judgement.components(session)
                rosters.read_candidates(self.path, known, wanted)
            else:
                rosters.read_members(self.path, rules.seats, wanted)
        except JuryError:
            return ""
        if self.kind == "members":
            return _("This is a list of candidates: to read it, [Esc], [l], then [f].")
        return _("This is a list of members: to read it, [Esc], [j], then [f].")

    def _show(
        self, session: Session, roster: Roster[Member] | Roster[Candidate] | None
    ) -> None:
        rows: list[Row] = []
        if roster is not None:
            rows = [
                *(fault_row(n, fault) for n, fault in enumerate(roster.faults)),
                *(note_row(n, note) for n, note in enumerate(self._notes(roster))),
                *(good_row(session, row.line, row.person) for row in roster.rows),
                *(held_row(row.line, row.person) for row in self.held),
            ]
        preview = self.query_one("#preview", Lines)
        preview.show_rows(rows)
        if roster is not None and roster.faults:
            preview.go(0)  # they come first: none is left above, out of sight
        self.outcome = self._foreseen(session)
        self._sum(roster)
        self._explain()

    def _notes(self, roster: Roster[Member] | Roster[Candidate]) -> tuple[Fault, ...]:
        """What is worth knowing, of the file and of the ties in it."""
        return (*roster.notes, *self.unknown_ties)

    def _advice(self) -> str:
        """What to do about the faults; empty where there is none."""
        roster = self.members or self.candidates
        if roster is None or not roster.faults:
            return ""
        if self.possible("accept") and not self.refusal:
            return _(
                "Put the ✗ lines right in the file, then [r]; [Enter] keeps the rest."
            )
        return _("Put the file right, then [r] reads it again.")

    def _sum(self, roster: Roster[Member] | Roster[Candidate] | None) -> None:
        if roster is None:
            self.query_one("#step", Bar).say(())
            return
        good, wrong = len(roster.rows), len(roster.faults)
        words = ngettext(
            "{number} line can be kept", "{number} lines can be kept", good
        ).format(number=good)
        parts = [Cell(f" {words}", OK if good else SOFT)]
        if self.ties:
            words = ngettext("{number} tie", "{number} ties", len(self.ties))
            parts.append(Cell(f" · {words.format(number=len(self.ties))}", OK))
        if wrong:
            words = ngettext("{number} fault", "{number} faults", wrong)
            parts.append(Cell(f" · {words.format(number=wrong)}", BAD))
        if self.held:
            words = ngettext(
                "{number} already there", "{number} already there", len(self.held)
            )
            parts.append(Cell(f" · {words.format(number=len(self.held))}", SOFT))
        if notes := len(self._notes(roster)):
            words = ngettext("{number} remark", "{number} remarks", notes)
            parts.append(Cell(f" · {words.format(number=notes)}", WARN))
        if self.refusal:  # of the list as a whole, whatever its lines are
            parts[0] = Cell(" " + _("cannot be kept: see below"), BAD)
        yet = _("nothing is written yet")
        room = self.size.width - sum(cell_len(part.text) for part in parts)
        aside = (Cell(f"{yet} ", SOFT),) if room > cell_len(yet) + 2 else ()
        self.query_one("#step", Bar).say(tuple(parts), aside)

    def on_resize(self) -> None:
        """What the line of counts has room for."""
        self._sum(self.members or self.candidates)

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The whole fault, below."""
        self._explain()

    def _explain(self) -> None:
        session = self.jury.session
        roster = self.members or self.candidates
        facts = self.query_one("#detail", Reading)
        if session is None or roster is None:
            facts.show(Content(""))
            return
        key = self.query_one("#preview", Lines).key
        for start, faults, tone in (
            ("no", roster.faults, BAD),
            ("note", self._notes(roster), WARN),
        ):
            if (number := key.removeprefix(start)).isdigit() and number != key:
                fault = plain(str(faults[int(number)]))
                facts.show(Content.assemble((fault, TONES[tone])))
                return
        lines: list[Listed[Member] | Listed[Candidate]] = [*roster.rows, *self.held]
        row = next((r for r in lines if f"ok{r.line}" == key), None)
        parts: list[tuple[str, str] | Content] = []
        if row is not None:
            name, *told = known_of(session, row.person, self._names(session))
            apart = "\n" if self.size.width >= WIDE else " · "
            parts = [(f"{name}\n", "bold"), (f"{apart.join(told)}\n", "")]
            parts += [(f"{t}\n", "") for t in self._ties_of(session, row)]
        facts.show(Content.assemble(*parts, "\n", self.outcome))

    def _names(self, session: Session) -> dict[str, str]:
        """The members of the session and of the list, by id."""
        listed_here = () if self.members is None else self.members.people
        return {m.id: m.name for m in (*session.members.values(), *listed_here)}

    def _ties_of(
        self, session: Session, row: Listed[Member] | Listed[Candidate]
    ) -> Iterator[str]:
        """The ties that would be declared of a member, in words."""
        for tie in self.ties:
            if tie.member == row.person.id and isinstance(row.person, Member):
                yield _("Tie with {name}: {kind}").format(
                    name=plain(session.files[tie.candidate].candidate.name),
                    kind=judgement.tie_word(tie.kind),
                )

    def _foreseen(self, session: Session) -> Content:
        """What the list would make of the jury; or why it cannot be kept."""
        self.refusal = ""
        if self.members is None and self.candidates is None:
            return Content("")
        try:
            after = perform(session, self._commands(), self.jury.clock())[0]
        except JuryError as error:
            self.refusal = str(error)
            return Content.assemble((str(error), TONES[BAD]))
        return Content("") if self.members is None else light.panel(after)

    def _commands(self) -> tuple[Command, ...]:
        from jury_tui import rosters

        return (*rosters.commands(self.members, self.candidates), *self.ties)

    def possible(self, action: str) -> bool:
        """Accepting needs something to accept."""
        roster = self.members or self.candidates
        if action == "accept":
            return roster is not None and bool(roster.rows or self.ties)
        if action == "again":
            return self.path is not None
        return True

    def why_impossible(self, action: str) -> str:
        """No file, or nothing in it to be kept."""
        if self.possible(action):
            return ""
        if self.path is None:
            return _("No file is chosen yet: [f] chooses one.")
        return _("No line of this file can be recorded: put it right, then [r].")

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """Enter accepts."""
        self.action_accept()

    def action_accept(self) -> None:
        """Keep all the good lines at one stroke."""
        roster = self.members or self.candidates
        if roster is None or not self.possible("accept"):
            return
        said = self._kept(roster)
        acts: tuple[AnyAct, ...] | None = self.jury.commit(*self._commands(), said=said)
        if acts is not None:
            self.app.pop_screen()

    def _kept(self, roster: Roster[Member] | Roster[Candidate]) -> str:
        """What is said to be recorded: how many, and which lines are left."""
        good, ties = len(roster.rows), len(self.ties)
        told = []
        if good:
            words = ngettext("{number} line", "{number} lines", good)
            told.append(words.format(number=good))
        if ties:
            words = ngettext("{number} tie", "{number} ties", ties)
            told.append(words.format(number=ties))
        wrong = sorted({fault.line for fault in roster.faults})
        if wrong and self.size.width < 80:
            words = ngettext(
                "{number} to put right [f]", "{number} to put right [f]", len(wrong)
            )
            told.append(words.format(number=len(wrong)))
        elif wrong:
            named = listed([*map(str, wrong[:NAMED]), *(["…"] * (len(wrong) > NAMED))])
            left = ngettext(
                "line {lines} to put right [f]",
                "lines {lines} to put right [f]",
                len(wrong),
            )
            told.append(left.format(lines=named))
        return " · ".join(told)
