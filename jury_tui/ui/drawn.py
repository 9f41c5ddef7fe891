"""A widget drawn line by line, which says which of its lines changed.

What is around a line (border, padding, colours) is asked once, until a style changes:
Textual asks for it, up to the application, at each line that it draws. What is used of
its own here is used nowhere else but in ``painting``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Self

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.dom import NoScreen
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from jury_tui.ui.painting import PaintedScreen
from jury_tui.ui.selecting import Selectable


class Look(NamedTuple):
    """What is around the lines of a widget.

    Attributes:
        around: All that ``StylesCache.render`` asks for.
        size: The widget's, with its border.
        content: Its lines that have nothing but text between two edges.
        text, offset: How much room the text has, and where it begins.
        left, right: The edges.
        inner: What fills a text that is too short.
        background, filters: What the terminal makes of the colours.
        shown: What it makes of each style, as far as it was asked.
    """

    around: dict[str, Any]
    size: Size
    content: range
    text: Size
    offset: Offset
    left: list[Segment]
    right: list[Segment]
    inner: Style
    background: Color
    filters: Sequence[LineFilter]
    shown: dict[Style | None, Style | None]


class Drawn(Selectable):
    """A widget drawn line by line (``render_line``), whose size its text never sets.

    Named last among the bases of a class: Textual takes style rules from the first.
    """

    _base: Style | None = None
    _look: Look | None = None
    _told: PaintedScreen[Any] | None = None

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Have lines painted again; the screen is told at once, by no message."""
        if (
            not repaint
            or layout
            or recompose
            or self._layout_required  # painting follows it
            or (screen := self._painter()) is None
        ):
            return super().refresh(
                *regions, repaint=repaint, layout=layout, recompose=recompose
            )
        self._layout_cache.clear()
        self._set_dirty(*regions)
        screen.changed(self)
        return self

    def _painter(self) -> PaintedScreen[Any] | None:
        """The screen that is told what changed, if it can be."""
        if self._told is None and self.is_mounted:
            try:
                screen = self.screen
            except NoScreen:
                return None
            if isinstance(screen, PaintedScreen):
                self._told = screen
        return self._told

    def _set_dirty(self, *regions: Region) -> None:
        """Lines of the text, where its edges are known: Textual asks for them anew."""
        look = self._look
        if not regions or look is None or look.size != self._size:
            super()._set_dirty(*regions)
            return
        moved = [region.translate(look.offset) for region in regions]
        self._dirty_regions.update(moved)
        self._repaint_regions.update(moved)
        self._styles_cache.set_dirty(*moved)

    @property
    def size(self) -> Size:
        """The room the text has; Textual asks the screen for it each time."""
        look = self._look
        if look is not None and look.size == self._size:
            return look.text
        return super().size

    @property
    def base(self) -> Style:
        """The widget's own style, worked out once until a theme or a class changes."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def notify_style_update(self) -> None:
        """A theme or a class changed."""
        super().notify_style_update()
        self._base = self._look = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines with their border; what is around is asked once, not at each change.

        As ``StylesCache.render_widget`` does, which goes up to the application four
        times for each line that changed, and works the border out for each line.
        """
        look = self._look
        if look is None or look.size != self.outer_size:
            look = self._look = self._seen()
        cache = self._styles_cache
        # Its lines and which of them changed: what it keeps for a resize or another
        # theme stays in one place, and is cleared by Textual when it must.
        kept, changed = cache._cache, cache._dirty_lines  # noqa: SLF001
        strips = []
        for y in crop.line_range:
            if y not in look.content:
                line = Region(0, y, look.size.width, 1)
                strips += cache.render(**look.around, crop=line)
                continue
            strip = None if y in changed else kept.get(y)
            if strip is None:
                strip = kept[y] = self._line_between(look, y - look.content.start)
            strips.append(strip)
        changed.difference_update(crop.line_range)
        first, last = crop.column_span
        if (first, last) != (0, look.size.width):
            strips = [strip.crop(first, last) for strip in strips]
        return strips

    def _line_between(self, look: Look, y: int) -> Strip:
        """A line of the text, as wide as it must be, between its edges, filtered."""
        strip, width = self.render_line(y), look.text.width
        if self.selected is not None:
            strip = self.marked(strip.adjust_cell_length(width, look.inner), y)
        length = strip.cell_length
        if length > width:
            strip = strip.crop(0, width)
        segments = [*look.left, *strip]
        if length < width:
            segments.append(Segment(" " * (width - length), look.inner))
        segments += look.right
        shown = look.shown
        for at, (text, style, control) in enumerate(segments):
            if style not in shown:  # filters look at styles only: once for each
                one = [Segment(text, style, control)]
                for each in look.filters:
                    one = each.apply(one, look.background)
                shown[style] = one[0].style
            segments[at] = Segment(text, shown[style], control)
        return Strip(segments, look.size.width)

    def _seen(self) -> Look:
        """What is around each line, as long as no style changes."""
        app, styles, size = self.app, self.styles, self.outer_size
        base, background = self.background_colors
        filters = self.get_line_filters()
        around: dict[str, Any] = {
            "styles": styles,
            "size": size,
            "base_background": base,
            "background": background,
            "render_content_line": self.render_line,
            "filters": filters,
            "border_title": None,
            "border_subtitle": None,
            "content_size": self.content_region.size,
            "padding": styles.padding,
            "opacity": self.opacity,
            "ansi_theme": app.ansi_theme,
            "native_ansi": app.native_ansi_color,
        }
        # The blank line between border and text is of the look that was: as
        # ``render_widget`` does, which is not called here.
        self._styles_cache._simple_strip = None  # noqa: SLF001
        gutter, text = styles.gutter, self.content_region.size
        width, height = text
        plain = self.opacity == styles.text_opacity == 1 and not (
            styles.tint.a
            or styles.has_rule("hatch")
            or any(edge for edge, _color in styles.outline)
        )
        left: list[Segment] = []
        right: list[Segment] = []
        if plain and height and (gutter.left or gutter.right):
            blank: dict[str, Any] = around | {
                "render_content_line": lambda _y: Strip.blank(width),
                "filters": (),
            }
            line = Region(0, gutter.top, size.width, 1)
            edges = StylesCache().render(**blank, crop=line)[0]
            left = list(edges.crop(0, gutter.left))
            right = list(edges.crop(gutter.left + width, size.width))
        return Look(
            around,
            size,
            range(gutter.top, gutter.top + height if plain else gutter.top),
            text,
            self.content_offset,
            left,
            right,
            Style.from_color(bgcolor=(base + background).rich_color),
            background,
            filters,
            {},
        )


class Scrolled(ScrollView, Drawn):
    """The same, where the text may be longer than the room it has.

    Attributes:
        top: The first line that is seen; as ``scroll_offset.y``, which rounds two
            reactive values each time that a line is drawn.
    """

    top: int = 0

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember which line comes first."""
        self.top = round(new_value)
        super().watch_scroll_y(old_value, new_value)
