"""A text that changes in place: the screen is laid out again only when it must be."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.widgets import Static

from jury_tui.ui.drawn import Drawn
from jury_tui.ui.widgets.wrapping import broken


class Page(Static, Drawn):
    """Static text from people or from us, never read as markup.

    A layout repaints the whole screen (48 kB at 120 columns, measured); a change
    that keeps the height repaints these lines only.
    """

    shown: Content = Content("")
    _plain: Style | None = None

    def __init__(
        self,
        content: Content | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(content or Content(""), id=id, classes=classes, markup=False)
        self.shown = content or Content("")

    def show(self, content: Content) -> None:
        """Show another text; nothing happens if it is the same."""
        if content == self.shown and content.spans == self.shown.spans:
            return
        before, self.shown = self.shown, content
        width = self.size.width
        if not (width and _is_a_line(before, width) and _is_a_line(content, width)):
            self.clear_cached_dimensions()
            self.update(content, layout=self._lines(before) != self._lines(content))
        else:
            self.refresh()  # as high as it was

    def render_line(self, y: int) -> Strip:
        """One line; a sentence that fits is not broken into lines to see that it does.

        As ``Visual.to_strips`` does, for a fifth of what it takes to paint a vote.
        """
        content, width = self.shown, self.size.width
        text = content.plain
        if (
            y
            or not text
            or content.spans
            or not text.isprintable()
            or cell_len(text) > width
            or self.styles.text_align not in ("left", "start")
            or self.text_selection is not None
        ):
            return super().render_line(y)
        if self._plain is None:
            self._plain = self.visual_style.rich_style_with_offset(0, 0)
        return Strip([Segment(text, self._plain)])

    def notify_style_update(self) -> None:
        """A theme or a class changed."""
        super().notify_style_update()
        self._plain = None

    def _lines(self, content: Content) -> int:
        width = self.content_size.width
        if not width:
            return -1
        least = self.styles.min_height
        floor = int(least.value) if least is not None else 0
        return max(floor, self._height(content, width))

    def _height(self, content: Content, width: int) -> int:
        return 1 if _is_a_line(content, width) else len(broken(content, width))

    def get_content_height(self, _container: Size, _viewport: Size, width: int) -> int:
        """As many lines as :func:`broken` makes."""
        return self._height(self.shown, width) if width else 0

    def render(self) -> Content:
        """The text in lines."""
        return Content("\n").join(broken(self.shown, self.content_size.width))


def _is_a_line(content: Content, width: int) -> bool:
    text = content.plain
    return "\n" not in text and cell_len(text) <= width
