"""What the two screens of acts share: the slider, the keys along it, the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType
from textual.content import Content

from jury_tui.i18n import N_, _
from jury_tui.session.acts import AnyAct
from jury_tui.session.session import Session
from jury_tui.ui.acting import act_words
from jury_tui.ui.replaying import first_changed, next_call, room
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.slider import Slider

if TYPE_CHECKING:
    from textual.screen import Screen

    from jury_tui.ui.app import JuryApp

    _Base = Screen[None]
else:
    _Base = object

SLIDING: list[BindingType] = [
    Binding("left", "slide(-1)", N_("Earlier"), show=True, priority=True),
    Binding("right", "slide(1)", N_("Later"), show=True, priority=True),
    Binding(
        "pagedown",
        "candidate(1)",
        N_("By candidate"),
        show=True,
        priority=True,
    ),
    Binding(
        "pageup", "candidate(-1)", N_("Candidate before"), show=False, priority=True
    ),
    Binding("home", "edge(0)", N_("Beginning"), show=False, priority=True),
    Binding("end", "edge(-1)", N_("End"), show=False, priority=True),
]
"""Keys along the acts; they come before those of the list, which has fewer."""


OF_ACTS = N_(
    "An act a line, in the order it was written; beside it, the room after that act. "
    "[← →] or [↑ ↓] go one act on, [Page Up] and [Page Down] from candidate to "
    "candidate, [Home] and [End] to both ends."
)
"""What F1 says of a list of acts."""


class Sliding(_Base):
    """A screen with a list of acts, a slider, and the room at the act pointed at."""

    SLIDING: ClassVar[list[BindingType]] = SLIDING

    def slid_acts(self) -> Sequence[AnyAct]:
        """The acts that can be followed."""
        raise NotImplementedError

    def show_room(
        self,
        act: AnyAct | None,
        before: Session,
        after: Session,
        *,
        under: Content | None = None,
    ) -> None:
        """The act in words, then the room, with a sign at what the act changed.

        Args:
            act: The act; None where there is none to follow.
            before: The session before it.
            after: The session after it.
            under: What is said last.
        """
        head = "" if act is None else f"{act_words(act, after)}"
        shown = room(after, before, head=head)
        reading = self.query_one("#replay", Reading)
        reading.show(shown if under is None else shown + under)
        changed = first_changed(shown.plain) if act is not None else None
        beyond = changed is not None and changed >= reading.size.height > 0
        reading.scroll_to(y=changed if beyond and changed else 0, animate=False)

    def on_slider_slid(self, event: Slider.Slid) -> None:
        """The mouse points at an act."""
        self.query_one("#acts", Lines).go(event.index)

    def on_lines_chosen(self) -> None:
        """Enter, or a double click: there is no more to see than beside the list."""
        said = _("This act is shown beside the list, with the room as it stood.")
        cast("JuryApp", self.app).tell(said)

    def action_slide(self, step: int) -> None:
        """One act earlier or later."""
        self.query_one("#acts", Lines).action_move(step)

    def action_edge(self, index: int) -> None:
        """To the beginning, or to the end."""
        self.query_one("#acts", Lines).action_edge(index)

    def action_candidate(self, step: int) -> None:
        """To the act at which the next candidate is called, or the one before."""
        acts = self.query_one("#acts", Lines)
        was = acts.cursor
        acts.go(next_call(self.slid_acts(), was + 1, step) - 1)
        if acts.cursor == was:
            said = _("This is the end of the acts: no candidate is called further on.")
            if step < 0:
                said = _("This is the beginning of the acts.")
            cast("JuryApp", self.app).tell(said)
