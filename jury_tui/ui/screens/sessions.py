"""The list of sessions: the first screen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.i18n import N_, _, folded, ngettext, short_date
from jury_tui.ui import shelf
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Cell, Column, Lines, Row
from jury_tui.ui.words import BAD, SOFT, phase_sign

BATCH = 40


class SessionsScreen(JuryScreen):
    """All the sessions of the folder, the latest first."""

    name_ = N_("Sessions")
    help = N_(
        "All the sessions of the folder. Enter opens the one under the cursor; "
        "n begins a new one. Ctrl+F searches a candidate, a certification, a date, a "
        "state. A session that another window holds is opened to be read, and "
        "followed live."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), show=True),
        Binding("n", "new", N_("New session"), show=True),
        Binding("ctrl+f", "search", N_("Search"), show=True),
        Binding("r", "reload", N_("Read again"), show=False),
        Binding("v", "verify", N_("Audit all"), show=True),
        Binding("escape", "back", N_("Show all"), show=True),
        Binding("ctrl+q", "app.quit", N_("Quit"), show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[Path, shelf.Summary] = {}
        self.paths: tuple[Path, ...] = ()
        self.wanted = ""

    def body(self) -> Iterable[Widget]:
        """The list, and its sum."""
        yield Lines(
            Column(_("Session state"), 17),
            Column(_("Date"), 10),
            Column(_("Certification"), 16, grow=True),
            Column(_("Candidates"), 10, right=True),
            Column(_("Minutes"), 14, least=80),
            Column(_("Place"), 20, least=100),
            empty=_("No session yet: n begins the first one."),
            id="sessions",
        )
        yield Bar(id="step")

    def on_mount(self) -> None:
        """List the folder at once, sum the sessions up as they are read."""
        super().on_mount()
        self.action_reload()

    def on_screen_resume(self) -> None:
        """What was on the desk may have changed."""
        super().on_screen_resume()
        if self.known or self.paths:
            self.action_reload()

    def action_reload(self) -> None:
        """Read the folder again."""
        self.paths = shelf.folders(self.jury.sessions)
        self.known = {p: s for p, s in self.known.items() if p in set(self.paths)}
        self._redraw()
        self._sum_up()

    @work(thread=True, exclusive=True, group="shelf")
    def _sum_up(self) -> None:
        worker = get_current_worker()
        batch: list[shelf.Summary] = []
        for number, path in enumerate(self.paths):
            if worker.is_cancelled:
                return
            batch.append(shelf.summary(path))
            if len(batch) >= BATCH or number == len(self.paths) - 1:
                self.app.call_from_thread(self._summed, tuple(batch))
                batch.clear()

    def _summed(self, batch: tuple[shelf.Summary, ...]) -> None:
        self.known.update({s.path: s for s in batch})
        if self.is_mounted:
            self._redraw()

    def _redraw(self) -> None:
        if not self.query("#sessions"):
            return  # being drawn anew in another language
        rows = [self._row(p) for p in self.paths if self._is_wanted(p)]
        self.query_one("#sessions", Lines).show_rows(rows)
        self.query_one("#step", Bar).say((Cell(f" {self._sum()}", SOFT),))

    def _is_wanted(self, path: Path) -> bool:
        if not self.wanted:
            return True
        known = self.known.get(path)
        words = folded(path.name) if known is None else known.words
        if known is not None and known.phase is not None:
            words += " " + folded(phase_sign(known.phase)[1])
        return all(word in words for word in self.wanted.split())

    def _row(self, path: Path) -> Row:
        known = self.known.get(path)
        if known is None:
            return Row(str(path), (Cell("…", SOFT), Cell(""), Cell(path.name)))
        if known.phase is None:
            sign, word, tone = "✗", _("unreadable"), BAD
        else:
            sign, word, tone = phase_sign(known.phase)
        if known.fault == "altered":
            sign, word, tone = "✗", _("altered"), BAD
        done = _("{done} of {all}").format(done=known.done, all=known.candidates)
        return Row(
            str(path),
            (
                Cell(f" {sign} {word}", tone),
                Cell("" if known.date is None else short_date(known.date)),
                Cell(f"{known.certification or path.name} {known.route}"),
                Cell(done if known.candidates else "", ""),
                Cell(known.number),
                Cell(known.place, SOFT),
            ),
            known.certification,
        )

    def _sum(self) -> str:
        found = len(self.query_one("#sessions", Lines).rows)
        count = len(self.paths)
        words = ngettext("{number} session", "{number} sessions", count).format(
            number=count
        )
        altered = sum(bool(s.fault) for s in self.known.values())
        parts = [words]
        if altered:
            parts.append(
                ngettext(
                    "{number} altered register",
                    "{number} altered registers",
                    altered,
                ).format(number=altered)
            )
        if self.wanted:
            parts.append(
                _("“{words}”: {number} found").format(words=self.wanted, number=found)
            )
        if len(self.known) < count:
            parts.append(_("read: {number}").format(number=len(self.known)))
        parts.append(str(self.jury.sessions))
        return " · ".join(parts)

    # --- keys ----------------------------------------------------------------

    def possible(self, action: str) -> bool:
        """Opening needs a session, showing all needs a search."""
        lines = self.query("#sessions")
        if action in ("open", "search", "verify"):
            return bool(lines) and bool(self.paths)
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape only means something while a search is on."""
        if action == "back":
            return bool(self.wanted)
        return super().check_action(action, parameters)

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter or a double click."""
        self.jury.open_session(Path(event.key))

    def action_open(self) -> None:
        """Open the session under the cursor."""
        self.query_one("#sessions", Lines).action_choose()

    def action_new(self) -> None:
        """Begin a session."""
        from jury_tui.ui.screens.new import NewScreen

        self.app.push_screen(NewScreen())

    @work(group="asking", exclusive=True)
    async def action_search(self) -> None:
        """Search a candidate, a certification, a date, a state."""
        words = await self.ask(
            _("Search a candidate, a certification, a date, a state:"), self.wanted
        )
        if words is not None:
            self.wanted = folded(words)
            self._redraw()
            self.refresh_bindings()

    def action_back(self) -> None:
        """Show all again."""
        self.wanted = ""
        self._redraw()
        self.refresh_bindings()

    def action_verify(self) -> None:
        """Audit the folder."""
        from jury_tui.ui.screens.auditing import AuditScreen

        self.app.push_screen(AuditScreen(self.jury.sessions))
