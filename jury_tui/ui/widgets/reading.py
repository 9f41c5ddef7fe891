"""A text to read, that scrolls; it changes without the screen being laid out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.geometry import Offset, Region, Size
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from jury_tui.i18n import N_
from jury_tui.ui.drawn import Scrolled
from jury_tui.ui.widgets.wrapping import breaks, hang, lines_of

Paragraph = tuple[str, tuple[Span, ...]]
"""A paragraph and its styles: broken into lines once, while it stays as it is."""


def paragraphs(content: Content) -> Iterator[Paragraph]:
    """The paragraphs of a text."""
    spans = content.spans
    start = 0
    for text in content.plain.replace("\t", " ").split("\n"):
        end = start + len(text)
        yield (
            text,
            tuple(
                Span(
                    max(span.start, start) - start,
                    min(span.end, end) - start,
                    span.style,
                )
                for span in spans
                if span.start < end and span.end > start
            ),
        )
        start = end + 1


def _at(places: Sequence[tuple[int, int, int]], place: Offset) -> int:
    """Which character of the text stands at a place of its lines."""
    if place.y >= len(places):
        return places[-1][1]
    start, end, back = places[place.y]
    return min(end, start + max(0, place.x - back))


class Reading(Scrolled, can_focus=False, inherit_bindings=False):
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
        self._styles: dict[str | Style, RichStyle] = {}
        self._kept: dict[Paragraph, list[Strip]] = {}
        self._width = 0

    def show(self, content: Content) -> None:
        """Show another text; nothing happens if it is the same."""
        if content == self.shown and content.spans == self.shown.spans:
            return
        self.shown = content
        self._draw()

    @property
    def width(self) -> int:
        """How many cells a line of it has: none touches what scrolls it."""
        return max(0, self.size.width - self.scrollbar_size_vertical - 1)

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
        self._kept.clear()
        self._styles.clear()
        if self.is_mounted:
            self._width = 0
            self._draw()

    def _draw(self) -> None:
        width = self.width
        if width <= 0:
            return
        if self._width not in (0, width):
            self._kept.clear()
        before = self._strips
        self._break(width)
        size = self.size
        needed = Size(width, max(size.height, len(self._strips)))
        if self.virtual_size != needed or self._width != width:
            self._width = width
            self.virtual_size = needed
            self.refresh()
            return
        top = self.top
        end = top + size.height
        lines = zip_longest(before[top:end], self._strips[top:end])
        changed = [
            Region(0, y, size.width, 1)
            for y, (old, new) in enumerate(lines)
            if old is not new and old != new
        ]
        if changed:
            self.refresh(*changed)

    def _break(self, width: int) -> None:
        kept, self._kept, self._strips = self._kept, {}, []
        for paragraph in paragraphs(self.shown):
            strips = kept.get(paragraph)
            if strips is None:
                text, spans = paragraph
                strips = self._broken(text, spans, width)
            self._kept[paragraph] = strips
            self._strips += strips

    def _broken(self, text: str, spans: tuple[Span, ...], width: int) -> list[Strip]:
        """A paragraph in lines; most fit one and need not be looked at further."""
        if cell_len(text) <= width:
            return [self._line(text, spans)]
        return [self._line(*line) for line in lines_of(text, spans, width)]

    def _line(self, text: str, spans: Sequence[Span]) -> Strip:
        at, segments = 0, []
        for span in sorted(spans):
            if span.start < at:  # styles that overlap
                content = Content(text, list(spans))
                width = cell_len(text)
                return Visual.to_strips(self, content, width, 1, self.visual_style)[0]
            segments += [
                Segment(text[at : span.start], self._style("")),
                Segment(text[span.start : span.end], self._style(span.style)),
            ]
            at = span.end
        segments.append(Segment(text[at:], self._style("")))
        return Strip(s for s in segments if s.text)

    def _style(self, style: str | Style) -> RichStyle:
        known = self._styles.get(style)
        if known is None:
            own = self.visual_style + self._get_style(style) if style else None
            known = self._styles[style] = (own or self.visual_style).rich_style
        return known

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected of the text: its paragraphs are not broken into lines."""
        places = self._places()
        start, end = selection
        first = 0 if start is None else _at(places, start)
        after = len(self.line) if end is None else _at(places, end)
        return self.line[first:after], "\n"

    def _places(self) -> list[tuple[int, int, int]]:
        """Where each line begins and ends in the text, and how far it stands back."""
        found, at = [], 0
        for text, _spans in paragraphs(self.shown):
            starts = [0]
            if cell_len(text) > self._width:
                starts += breaks(text, self._width)
            back = hang(text, self._width)
            for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
                found.append((at + start, at + end, back if start else 0))
            at += len(text) + 1
        return found

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        index = y + self.top
        width = self.size.width
        if not self._width and not self._strips:  # painted before it was told its size
            self._break(self.width)
        if index >= len(self._strips):
            return Strip.blank(width, self.base)
        return self._strips[index].adjust_cell_length(width, self.base)
