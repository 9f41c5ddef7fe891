"""The register: every act in words, and the room replayed as it stood at each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from jury_tui.i18n import N_, _
from jury_tui.session.acts import AnyAct
from jury_tui.session.folding import fold
from jury_tui.session.session import Session
from jury_tui.ui.acting import act_words
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.screens.sliding import OF_ACTS, SLIDING, Sliding
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.widgets.slider import Slider
from jury_tui.ui.words import SOFT


class RegisterScreen(Sliding, SessionScreen):
    """The acts, and a slider through them."""

    tab = "register"
    name_ = N_("Register")
    help = N_(
        "Every act of this session, in the order it was written; an act that was "
        "undone stays, and says so. Moving along the list replays the session: beside "
        "it, the room and the counts as they stood after the act under the cursor; → "
        "stands before what this act changed. [Page Down] goes to the next candidate; "
        "the slider can be drawn with the mouse. The code at the end is the one the "
        "minutes print."
    )
    helps = {"acts": OF_ACTS}
    BINDINGS: ClassVar[list[BindingType]] = [
        *SLIDING,
        Binding("v", "verify", N_("Audit"), show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shown = 0

    def content(self) -> Iterable[Widget]:
        """The acts on the left, the room on the right."""
        yield Slider(id="slider")
        with Horizontal(id="split"):
            self.lines = Lines(
                Column(_("Act"), 5, right=True),
                Column(_("Time"), 8),
                Column(_("What happened"), 20, grow=True),
                id="acts",
            )
            yield self.lines
            yield Reading(id="replay")

    def show_session(self, session: Session) -> None:
        """Show what was written since."""
        record = self.jury.record
        if record is None:
            return
        acts = record.acts
        undone = set(session.undone)
        at_end = not self.lines.rows or self.lines.cursor == len(self.lines.rows) - 1
        rows = [
            self._row(session, n + 1, act, n + 1 in undone)
            for n, act in enumerate(acts)
        ]
        self.lines.show_rows(rows, keep=str(len(acts)) if at_end else None)
        self.shown = 0
        self._replay()

    def _row(self, session: Session, number: int, act: AnyAct, undone: bool) -> Row:
        words = act_words(act, session)
        if undone:
            words = _("(undone) {words}").format(words=words)
        return Row(
            str(number),
            (
                Cell(str(number), SOFT),
                Cell(f"{act.at:%H:%M:%S}", SOFT),
                Cell(words, SOFT if undone else ""),
            ),
        )

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The room as it stood."""
        self._replay()

    def _replay(self) -> None:
        record = self.jury.record
        count = self.lines.cursor + 1
        if record is None or not record.acts or count == self.shown:
            return
        self.shown = count
        before, act = record.at(count - 1), record.acts[count - 1]
        code = Content(f"\n{_('code')}\n{record.code}")
        self.show_room(act, before, fold(before, act), under=code)
        self.query_one("#slider", Slider).at(count, len(record.acts))

    def slid_acts(self) -> Sequence[AnyAct]:
        """The acts of the register."""
        record = self.jury.record
        return () if record is None else record.acts

    def action_verify(self) -> None:
        """Audit this session."""
        from jury_tui.ui.screens.auditing import AuditScreen

        record = self.jury.record
        if record is not None:
            self.app.push_screen(AuditScreen(record.path))
