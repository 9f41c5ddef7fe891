"""What the sessions add up to, in plots of letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.i18n import N_, _, ngettext
from jury_tui.ui.figures_text import drawn
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.shelf import Shelf
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell
from jury_tui.ui.words import SOFT, WARN

if TYPE_CHECKING:
    from jury_tui.audit.statistics import Statistics

NO_MORE = N_("There is no more to see that way.")


class FiguresScreen(JuryScreen):
    """Statistics over the sessions that were shown in the list."""

    name_ = N_("Figures")
    help = N_(
        "What the sessions of the list add up to: outcomes by year and by "
        "certification, the components most often to be taken again, how long juries "
        "take, breaches of composition. A search in the list narrows them. Examples "
        "(fictitious sessions) are left out, unless there is nothing else: [e] counts "
        "them too. [Page Down] goes on."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "figures": N_(
            "The plots, one text: arrows and [Page Down] go on, [Home] and [End] go to "
            "both ends. Beside each bar stands its number; the longest bar of a plot "
            "is its largest number."
        ),
    }
    AUTO_FOCUS = "Reading"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before those of the text, which the bar does not show.
        Binding("pagedown", "page(1)", N_("Further down"), show=True, priority=True),
        Binding("pageup", "page(-1)", N_("Further up"), show=False, priority=True),
        Binding("e", "examples", N_("Count the examples too"), show=True),
        Binding("e", "no_examples", N_("Leave the examples out"), show=True),
    ]

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf
        self.figures: Statistics | None = None
        self.examples = False
        self.fictitious = 0
        self.only = False

    def body(self) -> Iterable[Widget]:
        """One text to scroll through."""
        yield Reading(Content(f" {_('Being read…')}"), focus=True, id="figures")

    def way(self) -> tuple[str, ...]:
        """What the list was searched by, if it was, comes first."""
        words = self.shelf.words
        searched = (_("“{words}”").format(words=words),) if words else ()
        return (*searched, _(self.name_))

    def aside(self) -> tuple[Cell, ...]:
        """Whether examples count."""
        if not self.fictitious:
            return ()
        if self.only:
            said, tone = _("examples only"), WARN
        elif self.examples:
            said, tone = _("examples included"), WARN
        else:
            said, tone = (
                ngettext(
                    "{number} example left out",
                    "{number} examples left out",
                    self.fictitious,
                ),
                SOFT,
            )
        return (Cell(said.format(number=self.fictitious) + " ", tone),)

    def on_mount(self) -> None:
        """Add up beside the screen."""
        self._add_up()

    @work(thread=True, exclusive=True, group="shelf")
    def _add_up(self) -> None:
        from jury_tui.audit.statistics import statistics

        entries = self.shelf.entries()
        fictitious = sum(e.fictitious for e in entries)
        # where there is nothing else, leaving them out would leave nothing
        only = 0 < fictitious == len(entries)
        figures = statistics(entries, examples=self.examples or only)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._added, figures, fictitious, only)

    def _added(self, figures: Statistics, fictitious: int, only: bool) -> None:
        self.fictitious, self.only = fictitious, only
        if self.is_mounted:
            self._show(figures)
            self.retitle()
            self.refresh_bindings()

    def _show(self, figures: Statistics) -> None:
        self.figures = figures
        if self.is_mounted:
            shown = drawn(figures, self.size.width - 2)
            self.query_one("#figures", Reading).show(shown)

    def possible(self, action: str) -> bool:
        """Examples are counted where there are some; pages turned where there are."""
        if action == "page":
            return self.query_one("#figures", Reading).max_scroll_y > 0
        if action == "examples":
            return self.fictitious > 0 and not self.examples and not self.only
        if action == "no_examples":
            return self.fictitious > 0 and self.examples and not self.only
        return True

    def why_impossible(self, action: str) -> str:
        """There is no example to count, or nothing else; or no other page."""
        if action.startswith("page") and not self.possible("page"):
            return _(NO_MORE)
        if action != "examples":
            return ""
        if self.only:
            return _("There are examples only: they are counted.")
        return _("There is no example here.")

    def action_examples(self) -> None:
        """Count fictitious sessions too."""
        self.examples = True
        self._add_up()

    def action_no_examples(self) -> None:
        """Count them no more."""
        self.examples = False
        self._add_up()

    def action_page(self, step: int) -> None:
        """A page further, or back."""
        reading = self.query_one("#figures", Reading)
        was = reading.scroll_offset.y
        reading.scroll_relative(y=step * max(1, reading.size.height - 1), animate=False)
        if reading.scroll_target_y == was:
            self.jury.tell(_(NO_MORE))

    def on_resize(self) -> None:
        """Bars are as long as there is room."""
        if self.figures is not None:
            self._show(self.figures)
            self.call_after_refresh(self.refresh_bindings)
