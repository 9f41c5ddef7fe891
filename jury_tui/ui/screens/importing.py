"""Members or candidates from a file: preview, faults, nothing kept unless accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, listed
from jury_tui.session import judgement
from jury_tui.session.commands import perform
from jury_tui.session.session import Session
from jury_tui.ui import light
from jury_tui.ui.dossier import laid_out
from jury_tui.ui.light import TONES
from jury_tui.ui.nearby import LISTS, ask_file
from jury_tui.ui.people_text import known_of
from jury_tui.ui.preview import Preview, preview
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column
from jury_tui.ui.words import BAD, SOFT, WARN, plain

WIDE = 100
"""Columns from which the detail stands beside the list: a fact a line."""
LIKELY = {
    "members": ("membre", "jury", "member"),
    "candidates": ("candidat",),
}
"""Words that the name of such a list holds, in either tongue."""


class ImportScreen(JuryScreen):
    """The lines of a file, as they would be kept."""

    name_ = N_("From a file")
    help = N_(
        "What the file holds: ✓ will be kept, ! too but look at it, ✗ cannot be, and "
        "why; = is in the session already, ≠ too but the file says otherwise: "
        "accepting puts the session right. Nothing is written before [Enter] accepts; "
        "put the file right and [r] reads it again: nobody is kept twice, and what "
        "the file leaves out changes nothing."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "preview": N_(
            "The lines of the file: ✓ will be kept, ! look at it, ✗ cannot be, = known "
            "already, ≠ known otherwise. "
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
        self.read = Preview()
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
            "required. All the columns there may be, in any order: {headers}."
        )
        yield Bar(id="step")
        with Container(id="beside"):
            yield Lines(
                Column(_("Line"), 6, right=True),
                Column("", 2),
                Column(_("Name"), 18, grow=True, most=36),
                Column(_("What it says"), 36, grow=True),
                empty=expected.format(needed=needed, headers=headers),
                alone=True,
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
        session = self.jury.session
        if session is None or self.path is None:
            return
        self.read = Preview()
        # a list of members has all that one of candidates must have, and seats
        if self.kind == "candidates" and (other := self._other_kind(session)):
            self.jury.refused(other)
            self._show(session)
            return
        try:
            self.read = preview(self.kind, self.path, session)
        except JuryError as error:
            self.jury.refused(self._other_kind(session) or error)
            self._show(session)
            return
        self._show(session)
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

    def _show(self, session: Session) -> None:
        preview = self.query_one("#preview", Lines)
        preview.show_rows([*self.read.rows(session)])
        if self.read.faults:
            preview.go(0)  # they come first: none is left above, out of sight
        self.outcome = self._foreseen(session)
        self._sum()
        self._explain()

    def _advice(self) -> str:
        """What to do about faults, and about what differs; empty where nothing is."""
        if not self.read.faults:
            return _("[Enter] writes what differs too.") if self.read.changed else ""
        if self.possible("accept") and not self.refusal:
            return _(
                "Put the ✗ lines right in the file, then [r]; [Enter] keeps the rest."
            )
        return _("Put the file right, then [r] reads it again.")

    def _sum(self) -> None:
        session = self.jury.session
        if self.read.roster is None or session is None:
            self.query_one("#step", Bar).say(())
            return
        parts = self.read.counts(session)
        if self.refusal:  # of the list as a whole, whatever its lines are
            parts[0] = Cell(" " + _("cannot be kept: see below"), BAD)
        yet = _("nothing is written yet")
        room = self.size.width - sum(cell_len(part.text) for part in parts)
        aside = (Cell(f"{yet} ", SOFT),) if room > cell_len(yet) + 2 else ()
        self.query_one("#step", Bar).say(tuple(parts), aside)

    def on_resize(self) -> None:
        """What the line of counts has room for; a fact a line where they fit."""
        self._sum()
        self.call_after_refresh(self._explain)

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The whole fault, below."""
        self._explain()

    def _explain(self) -> None:
        session, read = self.jury.session, self.read
        facts = self.query_one("#detail", Reading)
        if session is None or read.roster is None:
            facts.show(Content(""))
            return
        key = self.query_one("#preview", Lines).key
        for start, faults, tone in (
            ("no", read.faults, BAD),
            ("note", read.notes, WARN),
        ):
            if (number := key.removeprefix(start)).isdigit() and number != key:
                fault = plain(str(faults[int(number)]))
                facts.show(Content.assemble((fault, TONES[tone])))
                return
        person = read.person(key)
        parts: list[tuple[str, str] | Content] = []
        if person is not None:
            told = [*known_of(session, person, read.names(session))]
            parts = [(f"{plain(person.name)}\n", "bold")]
            for said in read.told(session, key):
                parts.append((f"{said}\n", TONES[WARN] if said[:1] in "≠!" else ""))
            if self.size.width >= WIDE:
                parts += laid_out(told, facts.width, edge=0)
            else:
                words = _("{fact}: {value}")
                said = " · ".join(words.format(fact=f, value=v) for f, v in told)
                parts.append((f"{said}\n", ""))
        facts.show(Content.assemble(*parts, "\n", self.outcome))

    def _foreseen(self, session: Session) -> Content:
        """What the list would make of the jury; or why it cannot be kept."""
        self.refusal = ""
        if self.read.roster is None:
            return Content("")
        try:
            commands = self.read.commands(session)
            after = perform(session, commands, self.jury.clock())[0]
        except JuryError as error:
            self.refusal = str(error)
            return Content.assemble((str(error), TONES[BAD]))
        return Content("") if self.read.members is None else light.panel(after)

    def possible(self, action: str) -> bool:
        """Accepting needs something to accept."""
        if action == "accept":
            return self.read.anything
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
        session = self.jury.session
        if session is None or not self.possible("accept"):
            return
        said = self.read.kept(session, self.size.width)
        if self.jury.commit(*self.read.commands(session), said=said) is not None:
            self.app.pop_screen()
