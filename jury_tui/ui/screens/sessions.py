"""The list of sessions: the first screen."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, language, ngettext, thousands
from jury_tui.ui import shelf
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, keys_of
from jury_tui.ui.words import SOFT, place_words

NEVER = 1 << 20
"""No screen is as wide."""
PAINTED_WITHIN = 0.5
"""Seconds that reading the folder waits for what is known to be painted, at most."""


class SessionsScreen(JuryScreen):
    """All the sessions of the folder, the latest first."""

    name_ = N_("Sessions")
    help = N_(
        "All the sessions of the folder. [Enter] opens the one under the cursor; [n] "
        "begins a new one. [/] searches a candidate, a certification, a date, a "
        "state, a verdict, or several of these; [t] draws figures of the sessions "
        "shown, [g] replays the one under the cursor act by act, without opening it; "
        "so does [Enter] where the register was altered. [v] audits them all, found or "
        "not: what is missing is looked for too. A session that another window holds "
        "is opened to be read, and followed live."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "sessions": N_(
            "A session a line, the latest first: its state, how many candidates have "
            "an outcome, the number of its minutes. The line under the cursor stands "
            "whole beneath the list; [Enter] or a double click opens it."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), show=True),
        Binding("n", "new", N_("New"), show=True),
        Binding("slash", "search", N_("Search"), show=True, key_display="/"),
        Binding("ctrl+f", "search", N_("Search"), show=False),
        Binding("r", "again", N_("Read again"), show=False),
        Binding("v", "verify", N_("Audit all"), show=True),
        # Before the application's own, which is on no bar.
        Binding("ctrl+q", "app.quit", N_("Quit"), show=True, priority=True),
        Binding("g", "replay", N_("Replay"), show=True),
        Binding("t", "figures", N_("Figures"), show=True),
        Binding("escape", "back", N_("Show all"), show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.spoken = language()
        self.shelf: shelf.Shelf | None = None
        self.shown: shelf.Shown | None = None
        self.wanted = ""
        self.looked = False

    def body(self) -> Iterable[Widget]:
        """The list, the line under the cursor in full, and the sum."""
        yield Lines(*_columns(), empty=_("Being read…"), id="sessions")
        yield Reading(id="whole")
        yield Bar(id="step")

    def way(self) -> tuple[str, ...]:
        """The way begins here."""
        return ()

    def aside(self) -> tuple[Cell, ...]:
        """The folder, of which the end tells more than the beginning."""
        room = max(20, self.app.size.width - 30)
        return (Cell(f"{place_words(self.jury.sessions, room)} ", SOFT),)

    def on_mount(self) -> None:
        """The latest at once, then all the catalogue holds, then what changed."""
        self.shelf = shelf.Shelf(self.jury.sessions)
        first = self.shelf.latest()
        if first is None:
            self.action_reload()
        else:
            self._show(first)
            self.call_after_refresh(self.action_reload)

    @on(events.ScreenResume)
    def _come_back(self) -> None:
        """What was on the desk may have changed."""
        if self.looked:
            self.action_reload()

    async def translate(self) -> None:
        """Be drawn anew in the language in force."""
        if self.spoken == language():
            return
        self.spoken = language()
        await self.recompose()
        self.retitle()
        self.action_reload()

    def action_again(self) -> None:
        """Look at the folder again, and say so where nothing changed."""
        self.jury.tell(_("The folder is read again."))
        self.action_reload()

    def action_reload(self) -> None:
        """Look at the folder again."""
        self.looked = True
        self._keep_up(refresh=True)

    @work(thread=True, exclusive=True, group="shelf")
    def _keep_up(self, *, refresh: bool) -> None:
        worker = get_current_worker()
        kept = self.shelf
        if kept is None:
            return

        first: Callable[..., bool | Awaitable[bool]] = self._draw_first

        def draw(shown: shelf.Shown) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(first, shown)

        try:
            kept.keep_up(
                draw, lambda: worker.is_cancelled, jobs=shelf.jobs, refresh=refresh
            )
        except JuryError as error:
            self.app.call_from_thread(self.jury.refused, error)
            return
        from jury_tui.ui.screens.session import load_ahead

        load_ahead()

    async def _draw_first(self, shown: shelf.Shown) -> bool:
        """Draw, and let the reading go on once that is on the screen."""
        self._draw(shown)
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        with contextlib.suppress(TimeoutError):  # the screen goes, or is covered
            await asyncio.wait_for(painted.wait(), PAINTED_WITHIN)
        return painted.is_set()

    def _draw(self, shown: shelf.Shown) -> None:
        # else being drawn anew in another language
        if self.is_mounted and self.query("#sessions"):
            self._show(shown)

    def _show(self, shown: shelf.Shown) -> None:
        before, self.shown = self.shown, shown
        found = self.query_one("#sessions", Lines)
        found.empty = (
            _(
                "Nothing found: [Esc] shows all the sessions again.\nWhat can be "
                "searched: a name or a file number; a code; a day or a month "
                "(10/06/2008, 06/2008, June 2008); a state (altered, closed); an "
                "outcome (total, partial, refused, absent, postponed)."
            )
            if shown.words
            else _("No session yet: [n] begins the first one. [F1] is the help.")
        )
        was = found.key
        # At first, where one was the last time, perhaps not among the latest; then, as
        # long as nobody went down the list, the latest one stays under the cursor.
        last = self.jury.kept.last
        top = shown.rows[0].key if shown.rows and not found.cursor else None
        keep = top if was != last else None
        first = not was or (before is not None and before.left and not found.cursor)
        if first and last in keys_of(shown.rows):
            keep = last
        found.lay_out(*_columns(audited=shown.audited, who=bool(shown.who)))
        found.show_rows(shown.rows, keep=keep)
        if not was:
            found.refresh()
        self._explain()
        self._say(shown)
        self.refresh_bindings()

    def refresh_bindings(self) -> None:
        """Other keys act now, while a question is asked for instance."""
        super().refresh_bindings()
        self.call_after_refresh(self._say_keys)

    def on_resize(self) -> None:
        """Another number of keys has room on their bar."""
        self.call_after_refresh(self._say_keys)

    def _say(self, shown: shelf.Shown, *further: Cell) -> None:
        self.query_one("#step", Bar).say((Cell(f" {self._sum(shown)}", SOFT), *further))

    def _say_keys(self) -> None:
        """After the sum, the keys for which their own bar has no room; all or none."""
        shown, keys = self.shown, self.key_bar
        if shown is None or keys is None or not self.query("#step"):
            return
        cells: list[Cell] = []
        actions = {}
        for hot in keys.left_out():
            for cell in (Cell(f"  {hot.key} ", "key"), Cell(hot.label, SOFT)):
                cells.append(cell)
                actions[len(cells)] = hot.action
        sum_ = cell_len(self._sum(shown))
        fits = sum_ + sum(cell_len(c.text) for c in cells) + 2 <= self.size.width
        self.query_one("#step", Bar).actions = actions if fits else {}
        self._say(shown, *(cells if fits else ()))

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """Another line in full."""
        self._explain()

    def _explain(self) -> None:
        """What the columns cut or have no room for, and what to do of what is bad."""
        found = self.query_one("#sessions", Lines)
        rows, at = found.rows, found.cursor
        whole = self.query_one("#whole", Reading)
        whole.set_class(not rows, "-empty")
        if at < len(rows):
            whole.show(shelf.in_full(rows[at]))

    def _sum(self, shown: shelf.Shown) -> str:
        parts = [
            ngettext("{number} session", "{number} sessions", shown.count).format(
                number=thousands(shown.count)
            )
        ]
        if shown.altered:
            parts.append(
                "✗ "
                + ngettext(
                    "{number} altered register",
                    "{number} altered registers",
                    shown.altered,
                ).format(number=shown.altered)
                + ("" if shown.words else f" (/ {_('altered')})")
            )
        if shown.words:
            found = len(shown.rows)
            parts.append(
                ngettext(
                    "“{words}”: {number} session found",
                    "“{words}”: {number} sessions found",
                    found,
                ).format(words=shown.words, number=thousands(found))
            )
        if shown.left > 0:
            parts.append(_("still to be read: {number}").format(number=shown.left))
        return " · ".join(parts)

    # --- keys ----------------------------------------------------------------

    def possible(self, action: str) -> bool:
        """Opening needs a session, showing all needs a search."""
        shown = self.shown
        if action in ("open", "figures", "replay"):
            return shown is not None and len(shown.rows) > 0
        if action in ("search", "verify"):
            return shown is not None and shown.count > 0
        return True

    def why_impossible(self, action: str) -> str:
        """An empty folder, or no search to be given up."""
        if action == "back":
            return _("All sessions are shown. [Ctrl+Q] quits the program.")
        if self.possible(action):
            return ""
        if self.shown is None or self.shown.left:
            return _("The folder is still being read.")
        if self.wanted:
            return _("Nothing found: [Esc] shows all the sessions again.")
        return _("No session yet: [n] begins the first one.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape only means something while a search is on."""
        if action == "back":
            return bool(self.wanted)
        return super().check_action(action, parameters)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter or a double click: one that cannot be opened is replayed.

        One that was found by a candidate is opened at that candidate.
        """
        path = Path(event.key)
        who = None if self.shown is None else self.shown.who.get(event.key)
        if not self.jury.open_session(path):
            if path.is_dir():
                self.action_replay()
        elif who is not None and (session := self.jury.session) is not None:
            found = shelf.candidate_of(session, who)
            if found:
                from jury_tui.ui.screens.candidate import CandidateScreen

                self.app.push_screen(CandidateScreen(found))

    def action_open(self) -> None:
        """Open the session under the cursor."""
        self.query_one("#sessions", Lines).action_choose()

    def action_new(self) -> None:
        """Begin a session."""
        from jury_tui.ui.screens.new import NewScreen

        self.app.push_screen(NewScreen())

    @work(group="asking", exclusive=True)
    async def action_search(self) -> None:
        """Search a candidate, a certification, a date, a state, a verdict."""
        words = await self.ask(
            _("Search a candidate, a certification, a date, a state, a verdict:"),
            self.wanted,
        )
        if words is not None:
            self._search(words.strip())

    def action_back(self) -> None:
        """Show all again."""
        self._search("")

    def _search(self, words: str) -> None:
        self.wanted = words
        if self.shelf is not None:
            self.shelf.words = words
        # a reading under way is cut short, and goes on from what it kept
        self._keep_up(refresh=self.shown is None or self.shown.left != 0)
        self.refresh_bindings()

    def action_figures(self) -> None:
        """What the sessions shown add up to, in plots."""
        from jury_tui.ui.screens.figures import FiguresScreen

        if self.shelf is not None:
            self.app.push_screen(FiguresScreen(self.shelf))

    def action_replay(self) -> None:
        """Replay the session under the cursor, to be read only."""
        from jury_tui.ui.screens.replay import ReplayScreen

        key = self.query_one("#sessions", Lines).key
        if key:
            self.app.push_screen(ReplayScreen(Path(key)))

    def action_verify(self) -> None:
        """Audit the folder."""
        from jury_tui.ui.screens.auditing import AuditScreen

        self.app.push_screen(AuditScreen(self.jury.sessions))


def _columns(*, audited: bool = False, who: bool = False) -> tuple[Column, ...]:
    """Those of a session; verdicts have none before something is audited.

    Args:
        audited: Whether anything was.
        who: Whether it is somebody who was searched and found.
    """
    return (
        Column(" " + _("Session state"), 17),
        Column(_("Date"), 10),
        Column(
            _("Candidate found") if who else _("Certification"),
            16,
            grow=True,
            most=104,
        ),
        Column(_("Candidates"), 10, right=True),
        Column(_("Minutes"), 14, least=80),
        Column(_("Audit"), 13, least=100 if audited else NEVER),
        Column(_("Folder"), 26, least=150),
    )
