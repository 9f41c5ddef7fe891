"""A text to read, that scrolls; it changes without the screen being laid out again."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from jury_tui.i18n import N_


class Reading(ScrollView, can_focus=False, inherit_bindings=False):
    """Lines of text from people or from us, never read as markup.

    A layout repaints the whole screen (48 kB at 120 columns, measured); here a new
    text repaints this widget alone.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", N_("Up"), show=False),
        Binding("down", "scroll_down", N_("Down"), show=False),
        Binding("pageup", "page_up", N_("Page up"), show=False),
        Binding("pagedown", "page_down", N_("Page down"), show=False),
        Binding("home", "scroll_home", N_("First"), show=False),
        Binding("end", "scroll_end", N_("Last"), show=False),
    ]

    def __init__(
        self,
        content: Content | None = None,
        *,
        focus: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        """Show a text.

        Args:
            content: The text, if known already.
            focus: Whether it can be focused, to be scrolled by keys.
            id: Textual's.
            classes: Textual's.
        """
        super().__init__(id=id, classes=classes)
        self.can_focus = focus
        self.shown = content or Content("")
        self._strips: list[Strip] = []

    def show(self, content: Content) -> None:
        """Show another text; nothing happens if it is the same."""
        if content == self.shown and content.spans == self.shown.spans:
            return
        self.shown = content
        self._draw()

    @property
    def width(self) -> int:
        """How many cells a line of it has."""
        return self.scrollable_content_region.width

    @property
    def line(self) -> str:
        """The whole text, to be copied."""
        return self.shown.plain

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    def notify_style_update(self) -> None:
        """A theme changed: every line is drawn anew."""
        super().notify_style_update()
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        width = self.width
        if width <= 0:
            return
        self._strips = Visual.to_strips(
            self, self.shown, width, None, self.visual_style
        )
        needed = Size(width, max(self.size.height, len(self._strips)))
        if self.virtual_size != needed:
            self.virtual_size = needed
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        index = y + self.scroll_offset.y
        width = self.size.width
        if index >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return self._strips[index].adjust_cell_length(width, self.rich_style)
