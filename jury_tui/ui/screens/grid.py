"""A grid filled by keys: a letter a level, exceptions first, then all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, listed
from jury_tui.rules import scoring
from jury_tui.rules.scoring import Mastery
from jury_tui.session import judgement
from jury_tui.session.session import Session
from jury_tui.ui import grid_text as told
from jury_tui.ui import grids
from jury_tui.ui.grid_text import Place
from jury_tui.ui.grids import Sheet
from jury_tui.ui.screens.readings import ReadingsScreen
from jury_tui.ui.screens.sheet import SheetScreen
from jury_tui.ui.widgets.lines import TYPING_PAUSE, Lines
from jury_tui.ui.words import plain, sort_key

LONGEST_MARK = 7


class GridScreen(SheetScreen):
    """One component's grid, by member or once for the jury, read once or twice."""

    name_ = N_("Grid")
    reads = frozenset(("columns", "settle"))
    help = N_(
        "[↑ ↓] choose the criterion, [← →] or a capital letter the member. [a] "
        "acquired, [p] partly, [n] not acquired; or type the mark. [u] gives all that "
        "is still empty the best level (or the mark under the cursor) and records: so "
        "the exceptions first, then [u]. [r] copies what is under the cursor along its "
        "line, [c] down its column, where nothing stands yet. [Backspace] empties the "
        "cell. [Enter] records what is typed. [t] goes from one grid for the jury to "
        "one a member. [d] begins a second entry: another person types the same grid "
        "without seeing the first, and [e] settles what differs, before the vote."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "grid": N_(
            "A criterion a line; arrows go from one cell to the next, and what is "
            "typed is written there. Below, the criterion in full, and what the cells "
            "add up to."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "level('acquired')",
            N_("Level"),
            key_display="a p n",
            tooltip=N_("Acquired"),
        ),
        Binding("p", "level('partly_acquired')", N_("Partly acquired"), show=False),
        Binding("n", "level('not_acquired')", N_("Not acquired"), show=False),
        Binding("u", "rest", N_("All the rest"), show=True),
        Binding("enter", "record", N_("Record"), show=True),
        Binding("e", "settle", N_("Settle"), show=True),
        Binding("t", "columns", N_("Jury / members"), show=True),
        Binding("d", "reader", N_("2nd entry"), show=True),
        Binding("r", "along", N_("Same on the line"), show=False),
        Binding("c", "down", N_("Same in the column"), show=False),
        Binding("left", "side(-1)", N_("Member before"), show=False),
        Binding("right", "side(1)", N_("Member after"), show=False),
        Binding("backspace", "untype", N_("Erase"), show=False),
        Binding("delete", "untype", N_("Erase"), show=False),
    ]

    def __init__(self, candidate: str, component: str) -> None:
        super().__init__(candidate, component)
        self._reached = ""
        self._reached_at = 0.0

    # --- what is possible ----------------------------------------------------

    def rules(self, session: Session) -> dict[str, bool]:
        """The keys of this grid; rooms are left by Esc, since letters fill it."""
        file = session.files.get(self.candidate)
        if file is None:
            return {"go": False}
        open_ = self.open_to_entry(session)
        sheet = self.sheet(session, file)
        free = not sheet.part.assessed_by and not sheet.recorded and not sheet.typed
        levels = bool(sheet.part.criteria) and (sheet.by_levels or free)
        filled = bool(sheet.recorded)
        differ = bool(judgement.unsettled(file, self.part))
        return {
            "go": False,
            "level": open_ and levels,
            "rest": open_ and bool(sheet.empty),
            "record": open_ and (sheet.changed or bool(self.typing)),
            "along": open_ and not self.shared,
            "down": open_ and bool(sheet.part.criteria),
            "untype": open_,
            "settle": open_ and differ and self.reader == 1,
            "reader": open_ and (self.reader == 2 or (filled and not sheet.changed)),
            "columns": not self.typing and self.reader == 1,
        }

    def why_impossible(self, action: str) -> str:
        """What each key waits for: a grid that is open, something typed."""
        why, now = super().why_impossible(action), self._now()
        name, session = action.partition("(")[0], self.jury.session
        if why or now is None or session is None or self.possible(name):
            return why
        if name == "go":
            return _("Letters fill the grid here: [Esc] goes back first.")
        if name != "columns" and not self.open_to_entry(session):
            return _("The vote is counted, or the candidate away: this grid is read.")
        return {
            "level": _("This grid is filled with marks: type one."),
            "rest": _("Nothing is empty any more."),
            "record": _("Nothing is typed that is not recorded."),
            "along": _("One grid for the jury: [t] goes to one grid a member."),
            "down": _("There is one line only."),
            "settle": _("The two entries do not differ, or [d] goes to the first."),
            "reader": _("Record this entry first [Enter]."),
            "columns": _("Finish what is being typed; [d] goes to the first entry."),
        }.get(name, "")

    # --- typing --------------------------------------------------------------

    def _now(self) -> tuple[Sheet, Place] | None:
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return None
        sheet = self.sheet(session, file)
        return sheet, self.place(sheet)

    def _keep(self, sheet: Sheet) -> None:
        self.jury.sheets[self.candidate, self.part, self.reader] = sheet.typed
        self.jury.hush()

    def action_level(self, level: str) -> None:
        """The level of the cell under the cursor; then the next one."""
        now = self._now()
        if now is not None:
            sheet, place = now
            self._keep(sheet.put([place[:2]], Mastery(level).value))
            self._next(sheet)

    def _next(self, sheet: Sheet) -> None:
        """Down the column, then at the head of the next."""
        lines = self.lines
        lines.moving = True
        if len(sheet.criteria) > 1 and lines.cursor + 1 < len(sheet.criteria):
            lines.go(lines.cursor + 1)
        else:
            at = sheet.members.index(self.member) + 1
            if at < len(sheet.members):
                self.member = sheet.members[at]
                lines.go(0)
        lines.moving = False
        self.redraw()

    def _enter(self) -> bool:
        """Take the mark being typed; False when it is none, and that is said."""
        now = self._now()
        if not self.typing or now is None:
            return True
        sheet, place = now
        try:
            mark = scoring.parse_mark(self.typing, sheet.part.scale)
            value = scoring.hundredths(mark)
        except JuryError as error:
            self.jury.refused(error)
            self.typing = ""
            self.redraw()
            return False
        self.typing = ""
        self._keep(sheet.put([place[:2]], value))
        return True

    def action_untype(self) -> None:
        """The last digit, or what stands in the cell."""
        now = self._now()
        if now is None:
            return
        if self.typing:
            self.typing = self.typing[:-1]
        else:
            sheet, place = now
            if sheet.value(*place[:2]) is None:
                self.jury.refused(_("Nothing stands in this cell."))
                return
            self._keep(sheet.put([place[:2]], None))
        self.redraw()

    def _spread(self, cells: list[tuple[str, str]], value: grids.Value | None) -> None:
        now = self._now()
        if now is None:
            return
        if value is None:
            self.jury.refused(_("Nothing to copy: fill the cell under the cursor."))
            return
        sheet, _place = now
        cells = [cell for cell in cells if sheet.value(*cell) is None]
        if not cells:
            self.jury.refused(_("Nothing is empty there any more."))
            return
        self._keep(sheet.put(cells, value))
        self.redraw()

    def action_along(self) -> None:
        """The same for all: along the line, where nothing stands."""
        if self._enter() and (now := self._now()):
            sheet, (member, criterion, _typing) = now
            cells = [(other, criterion) for other in sheet.members]
            self._spread(cells, sheet.value(member, criterion))

    def action_down(self) -> None:
        """The same down the column, where nothing stands."""
        if self._enter() and (now := self._now()):
            sheet, (member, criterion, _typing) = now
            cells = [(member, other.id) for other in sheet.criteria]
            self._spread(cells, sheet.value(member, criterion))

    def action_rest(self) -> None:
        """All that is empty: acquired, or the mark under the cursor; recorded."""
        if not self._enter() or (now := self._now()) is None:
            return
        sheet, place = now
        value: grids.Value | None = Mastery.ACQUIRED.value
        if not sheet.by_levels:
            value = sheet.value(*place[:2])
        if value is None:
            self.jury.refused(_("Type a mark first: [u] gives it to all the rest."))
            return
        self._record(sheet.put(sheet.empty, value))

    # --- recording -----------------------------------------------------------

    def action_record(self) -> None:
        """Take the mark being typed; with none, record all."""
        typing = bool(self.typing)
        if not self._enter() or (now := self._now()) is None:
            return
        sheet, _place = now
        if typing and len(list(sheet.cells())) > 1:
            self._next(sheet)
        elif sheet.changed:
            self._record(sheet)

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """A double click is Enter."""
        if self.check_action("record", ()):
            self.action_record()

    def _record(self, sheet: Sheet) -> None:
        if sheet.emptied and (session := self.jury.session) is not None:
            names = listed(judgement.person(session, m) for m in sheet.emptied)
            said = _(
                "Nothing would be left in the grid of {names}, and an empty one is not "
                "recorded. Type what stands instead; [z] takes back what was "
                "recorded."
            )
            self.jury.refused(said.format(names=plain(names)))
            return
        before = self.typed
        key = (self.candidate, self.part, self.reader)
        self.jury.sheets.pop(key, None)
        said = _("grid of {component}").format(component=self.part)
        if not sheet.part.criteria:
            said = _("marks of {component}").format(component=self.part)
        if self.jury.commit(*sheet.commands(), said=said) is None:
            self.jury.sheets[key] = before  # kept as it was: nothing was written
            self.redraw()
            return
        self.jury.by_member = not self.shared
        if self.reader == 2:
            self._compare()

    def _compare(self) -> None:
        """The second reading is recorded: what differs, if anything does."""
        session, file = self.jury.session, self.file
        if session is None or file is None:
            return
        if self.sheet(session, file).empty:
            return  # the second reader goes on
        self.reader = 1
        if judgement.unsettled(file, self.part):
            self.action_settle()
        else:
            self.jury.tell(_("The two entries are the same."))
        self.redraw()

    def action_settle(self) -> None:
        """Settle what two readers typed differently."""
        self.app.push_screen(ReadingsScreen(self.candidate, self.part))

    # --- moving --------------------------------------------------------------

    def action_side(self, step: int) -> None:
        """The member before or after."""
        if self._enter() and (now := self._now()):
            members = now[0].members
            if self.member in members:
                at = members.index(self.member) + step
                self.member = members[max(0, min(at, len(members) - 1))]
            if len(members) < 2:
                said = _("One grid for the jury: [t] goes to one grid a member.")
                self.jury.tell(said)
            self.redraw()

    def action_columns(self) -> None:
        """One grid for the jury, or one a member."""
        self.shared = not self.shared
        self.first = 0
        self.redraw()

    def action_reader(self) -> None:
        """The second reading, blind; or back to the first."""
        if self._enter():
            self.reader = 1 if self.reader == 2 else 2
            if self.reader == 2:
                said = _(
                    "A second person types the grid again. [d]: back to the first."
                )
                self.jury.tell(said)
            self.lines.go(0)
            self.redraw()

    async def on_key(self, event: events.Key) -> None:
        """Capital letters go to a member; digits are a mark, or a criterion's place."""
        letter = event.character
        session = self.jury.session
        if letter is None or session is None or self.asking is not None:
            return
        if letter.isupper():
            self._reach(session, letter, event.time)
            return
        self._reached = ""  # “N n G” is two members, however fast it is typed
        if (now := self._now()) is None or not self.open_to_entry(session):
            return
        if now[0].by_levels:
            if letter.isdecimal() and letter.isascii() and letter != "0":
                self.lines.go(int(letter) - 1)
        elif letter in "0123456789,." and self.check_action("untype", ()):
            self.typing = (self.typing + letter)[:LONGEST_MARK]
            self.redraw()

    def _reach(self, session: Session, letter: str, at: float) -> None:
        """The next member whose name begins with the letters typed so far."""
        now = self._now()
        if now is None or not self._enter():
            return
        members = now[0].members
        if at - self._reached_at > TYPING_PAUSE:
            self._reached = ""
        self._reached_at = at
        here = members.index(self.member) if self.member in members else 0
        for wanted, start in (
            (self._reached + sort_key(letter), here),
            (sort_key(letter), here + 1),
        ):
            for step in range(len(members)):
                member = members[(start + step) % len(members)]
                if sort_key(told.surname(session, member)).startswith(wanted):
                    self._reached, self.member = wanted, member
                    self.redraw()
                    return
