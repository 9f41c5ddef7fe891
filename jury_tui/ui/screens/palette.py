"""The commands that are possible now; and of the others, why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from jury_tui.i18n import N_, _, folded
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.candidates import Deliberate, EndHearing, Hear, Pronounce
from jury_tui.session.commands.preparing import Convene
from jury_tui.session.commands.sitting import Close, Open, Resume, Suspend, Undo
from jury_tui.ui.keys import idle_bindings
from jury_tui.ui.widgets.ask import Field
from jury_tui.ui.widgets.bars import KeyBar, ShowsKeys
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import SOFT, one_key

if TYPE_CHECKING:
    from jury_tui.ui.app import JuryApp

# What is impossible now is shown too, with the reason its guard gives.
PRINCIPAL: tuple[tuple[str, Callable[[], Command]], ...] = (
    (N_("Convene the jury"), Convene),
    (N_("Open the session"), Open),
    (N_("Begin the hearing"), Hear),
    (N_("End the hearing"), EndHearing),
    (N_("Begin the deliberation"), Deliberate),
    (N_("Pronounce the decision"), Pronounce),
    (N_("Suspend the sitting"), Suspend),
    (N_("Resume the sitting"), Resume),
    (N_("Close the session"), Close),
    (N_("Undo the last act"), Undo),
)


ELSEWHERE = (
    *("help", "command_palette", "focus_next", "focus_previous", "copy_text"),
    *("back", "leave"),
)


OTHER_WORDS = {
    "Put off": N_("postpone, defer, adjourn, later session"),
    "Order": N_("move, place, rank, sooner, later, before, after"),
    "Tie": N_("recusal, conflict of interest"),
    "Date, place": N_("hour, day, secretary, where, when"),
    "Change": N_("edit, correct, put right"),
    "A file": N_("import, list, spreadsheet, csv, xlsx"),
    "Audit all": N_("verify, check, altered"),
    "Replay": N_("history, acts, one by one"),
    "Absent": N_("did not come, missing"),
    "What if": N_("absence, quorum, can the jury sit"),
    "Ready?": N_("check-list, what is missing"),
}
"""Words that people look for a command by, besides those of its label."""


class Entry(NamedTuple):
    """One line: what, its key or why not, what it does if possible, other words."""

    label: str
    note: str
    run: Callable[[], object] | None
    also: str = ""


def answers(label: str, wanted: str, also: str = "") -> bool:
    """Whether a command is meant: its words hold these, or begin with these letters."""
    said = folded(label)
    initials = "".join(word[0] for word in re.findall(r"\w+", said))
    others = folded(also)
    return all(
        word in said or word in initials or word in others for word in wanted.split()
    )


class PaletteScreen(ModalScreen[None], ShowsKeys[None]):
    """Ctrl+P: type a few letters, Enter does it."""

    name_ = N_("Commands")
    help = N_(
        "Type a few letters of a command, or its initials; arrows choose, [Enter] does "
        "it. What cannot be done now is listed too, with the reason in full beneath."
    )
    AUTO_FOCUS = "Field"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "run", N_("Do it"), show=True),
        Binding("f1", "app.help", N_("Help"), show=True, key_display="F1"),
        Binding("escape", "leave", N_("Back"), show=True),
        Binding("up", "move(-1)", "", show=False),
        Binding("down", "move(1)", "", show=False),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self.about = about
        self.entries: list[Entry] = []

    def compose(self) -> ComposeResult:
        """What is typed, what answers to it."""
        with Vertical(id="palette"):
            yield Field(placeholder=_("Type a few letters of a command…"))
            yield Lines(
                Column("", 24, grow=True, most=34),
                Column("", 28, grow=True),
                head=False,
                empty=_("No command has these letters."),
            )
            yield Page(id="palette-note")
            yield KeyBar(id="keys")

    def on_mount(self) -> None:
        """List everything."""
        self.entries = self._entries()
        self.query_one(Lines).can_focus = False
        self._show("")

    def _entries(self) -> list[Entry]:
        app = cast("JuryApp", self.app)
        found = []
        seen: set[str] = set()
        # what the bar shows first, then the rest; the way back needs no list
        known = self.about.active_bindings.values()
        for active in sorted(known, key=lambda a: not a.binding.show):
            key, label = one_key(active.binding)
            if (
                not label
                or label in seen
                or active.binding.system
                or not active.enabled
            ):
                continue
            if active.node not in (self.about, app):
                continue
            if active.binding.action.split(".")[-1] in ELSEWHERE:
                continue
            seen.add(label)
            action, node = active.binding.action, active.node
            also = _(OTHER_WORDS.get(active.binding.description, ""))
            run = partial(app.run_action, action, node)
            found.append(Entry(label, key, run, also))
        for command in app.get_system_commands(self.about):
            if command.title not in seen:
                found.append(Entry(command.title, command.help, command.callback))
        if app.session is not None:
            for label, make in PRINCIPAL:
                why = app.why_not(make())
                if why and _(label) not in seen:
                    seen.add(_(label))
                    found.append(Entry(_(label), why, None))
        for binding in idle_bindings(self.about):
            label = _(binding.description)
            if label not in seen:
                seen.add(label)
                also = _(OTHER_WORDS.get(binding.description, ""))
                found.append(Entry(label, app.why_idle([binding]), None, also))
        return found

    def _show(self, typed: str) -> None:
        wanted = folded(typed.replace("'", "’"))  # as sentences have it
        rows = [
            Row(
                str(n),
                (
                    Cell(f" {e.label}", "" if e.run else SOFT),
                    Cell(e.note, "key" if e.run else SOFT),
                ),
            )
            for n, e in enumerate(self.entries)
            if answers(e.label, wanted, e.also)
        ]
        lines = self.query_one(Lines)
        lines.show_rows(rows)
        lines.go(0)
        self._explain()

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Why the command under the cursor is impossible, in full."""
        event.stop()
        self._explain()

    def _explain(self) -> None:
        key = self.query_one(Lines).key
        entry = self.entries[int(key)] if key else None
        why = entry.note if entry is not None and entry.run is None else ""
        self.query_one("#palette-note", Page).show(Content(why))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter does it."""
        event.stop()
        self.action_run()

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """A double click does it."""
        self.action_run()

    def action_move(self, step: int) -> None:
        """Up and down, while typing."""
        self.query_one(Lines).action_move(step)

    def action_leave(self) -> None:
        """Nothing."""
        self.dismiss()

    def action_run(self) -> None:
        """Do what is under the cursor; or say why not."""
        key = self.query_one(Lines).key
        if not key:
            return
        entry = self.entries[int(key)]
        app = cast("JuryApp", self.app)
        self.dismiss()
        if entry.run is None:
            app.refused(entry.note)
        else:
            app.call_later(entry.run)
