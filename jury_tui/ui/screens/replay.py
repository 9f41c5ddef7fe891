"""A past session replayed from its register, altered ones up to where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _
from jury_tui.register.reading import read
from jury_tui.register.register import FILE
from jury_tui.session.acts import AnyAct, from_body
from jury_tui.ui.acting import act_words
from jury_tui.ui.light import TONES
from jury_tui.ui.replaying import Past, room, track
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Cell, Column, Lines, Row
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import BAD, SOFT, WARN


class ReplayScreen(JuryScreen):
    """The acts of a past session, to be read; nothing is opened to be written."""

    name_ = N_("Replay")
    help = N_(
        "This session as its register tells it, act by act; on the right, the room "
        "and the counts after the act under the cursor. An altered register is shown "
        "up to the act in doubt. o opens the session itself; Esc goes back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "slide(-1)", N_("Earlier"), show=True),
        Binding("right", "slide(1)", N_("Later"), show=True),
        Binding("home", "edge(0)", N_("Beginning"), show=True),
        Binding("end", "edge(-1)", N_("End"), show=True),
        Binding("o", "open", N_("Open the session"), show=True),
    ]

    def __init__(self, path: Path, *, act: int | None = None, why: str = "") -> None:
        """Replay a session.

        Args:
            path: Its folder.
            act: The act to begin at, from 1; the last one, when left out.
            why: What was found at that act.
        """
        super().__init__()
        self.path = path
        self.act = act
        self.why = why
        self.past = Past(())

    def body(self) -> Iterable[Widget]:
        """The slider, the acts, the room, and what was found."""
        yield Bar(id="slider")
        with Horizontal(id="split"):
            yield Lines(
                Column("", 5, right=True),
                Column(_("Time"), 8),
                Column(_("What happened"), 20, grow=True),
                empty=_("Being read…"),
                id="acts",
            )
            yield Reading(id="replay")
        yield Bar(id="step")

    def crumbs(self) -> tuple[Cell, ...]:
        """The audit, then this session."""
        return (
            Cell(" " + _("Replay") + " › ", SOFT),
            Cell(self.path.name, "strong"),
        )

    def aside(self) -> tuple[Cell, ...]:
        """That nothing can be changed here."""
        return (Cell(_("read only") + " ", WARN),)

    def on_mount(self) -> None:
        """Read the register beside the screen."""
        super().on_mount()
        if self.why:
            self.query_one("#step", Bar).say((Cell(f" {self.why}", WARN),))
        self._read()

    @work(thread=True, exclusive=True, group="shelf")
    def _read(self) -> None:
        past = past_of(self.path)
        rows = rows_of(past, self.act)
        self.app.call_from_thread(self._show, past, rows)

    def _show(self, past: Past, rows: list[Row]) -> None:
        if not self.is_mounted:
            return
        self.past = past
        acts = self.query_one("#acts", Lines)
        acts.empty = past.fault
        acts.show_rows(rows, keep=str(self.act or len(rows)))
        acts.refresh()
        self._replay()
        # Only once the list is as long as its rows can it be scrolled so far.
        self.call_after_refresh(acts.go, acts.cursor)

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The room as it stood."""
        self._replay()

    def on_resize(self) -> None:
        """The slider is as long as there is room."""
        self._replay()

    def _replay(self) -> None:
        rows = self.query_one("#acts", Lines).rows
        shown = self.query_one("#replay", Reading)
        if not rows:
            shown.show(Content(self.past.fault))
            return
        total = len(rows)
        count = self.query_one("#acts", Lines).cursor + 1
        content = room(self.past.at(count))
        if count > len(self.past.acts):
            doubt = Content.assemble((f"✗ {self.past.fault}\n\n", TONES[BAD]))
            content = doubt + content
        shown.show(content)
        where = _("act {number} of {all}").format(number=count, all=total)
        width = max(10, self.size.width - 24)
        self.query_one("#slider", Bar).say(
            (Cell(f" {track(count, total, width)} ", "key"), Cell(where))
        )

    def action_slide(self, step: int) -> None:
        """One act earlier or later."""
        self.query_one("#acts", Lines).action_move(step)

    def action_edge(self, index: int) -> None:
        """To the beginning, or to the end."""
        self.query_one("#acts", Lines).action_edge(index)

    def action_open(self) -> None:
        """Open the session itself; an altered one is refused, and says why."""
        app = self.jury
        while len(app.screen_stack) > 1:
            app.pop_screen()
        app.open_session(self.path)


def past_of(path: Path) -> Past:
    """What a register tells, up to the first act in doubt; raises nothing."""
    acts: list[AnyAct] = []
    try:
        reading = read(path / FILE)
        fault = "" if reading.fault is None else str(reading.fault)
        for number, body in enumerate(reading.bodies, 1):
            acts.append(from_body(body, number))
    except JuryError as error:
        fault = str(error)
    return Past(acts, fault)


def rows_of(past: Past, blamed: int | None = None) -> list[Row]:
    """A line an act; the one blamed bears a sign, the one in doubt ends the list."""
    undone = set(past.session.undone)
    rows = []
    for number, act in enumerate(past.acts, 1):
        words = act_words(act, past.session)
        if number in undone:
            words = _("(undone) {words}").format(words=words)
        tone = SOFT if number in undone else ""
        if number == blamed:
            words, tone = f"! {words}", WARN
        rows.append(
            Row(
                str(number),
                (
                    Cell(str(number), SOFT),
                    Cell(f"{act.at:%H:%M:%S}", SOFT),
                    Cell(words, tone),
                ),
            )
        )
    if past.fault:
        number = len(past.acts) + 1
        words = "✗ " + _("in doubt from here on")
        rows.append(
            Row(str(number), (Cell(str(number), BAD), Cell(""), Cell(words, BAD)))
        )
    return rows
