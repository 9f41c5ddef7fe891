"""The lines that frame every screen: where one is, how the jury stands, the keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import ClassVar, NamedTuple, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.strip import Strip

from jury_tui.i18n import LANGUAGES, _, spoken
from jury_tui.ui.drawn import Drawn
from jury_tui.ui.keys import shown_bindings
from jury_tui.ui.selecting import SelectingScreen
from jury_tui.ui.widgets.rows import APART, SPARED, Cell, fitted
from jury_tui.ui.widgets.wrapping import broken
from jury_tui.ui.words import key_word, plain

Result = TypeVar("Result")


class Bar(Drawn):
    """One line of text: cells on the left, cells on the right, cut to the width.

    When both do not fit, the left side is cut first.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--ok",
        "bar--warn",
        "bar--bad",
        "bar--soft",
        "bar--strong",
        "bar--key",
    }

    def __init__(
        self,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.left: tuple[Cell, ...] = ()
        self.right: tuple[Cell, ...] = ()
        self.actions: dict[int, str] = {}
        self._places: list[tuple[int, int, int]] = []
        self._styles_of: dict[str, Style] = {}

    def say(self, left: tuple[Cell, ...], right: tuple[Cell, ...] = ()) -> None:
        """Show other texts; repaints only if they differ."""
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self.refresh()

    def _style(self, tone: str) -> Style:
        if not tone:
            return self.base
        style = self._styles_of.get(tone)
        if style is None:
            style = self._styles_of[tone] = self.base + self.get_component_rich_style(
                f"bar--{tone}", partial=True
            )
        return style

    def notify_style_update(self) -> None:
        """A theme changed: tones are looked up anew."""
        super().notify_style_update()
        self._styles_of.clear()

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.base)
        right = [Segment(plain(c.text), self._style(c.tone)) for c in self.right]
        taken = sum(cell_len(s.text) for s in right)
        if taken >= width:
            right, taken = [], 0
        segments: list[Segment] = []
        if right and right[0].text[:1] != " ":
            taken += 1  # what is cut on the left does not touch it
            right.insert(0, Segment(" ", self.base))
        left = width - taken
        self._places = []
        first = 0  # of the way that leads here, the end is what matters
        while (
            first + 1 < len(self.left)
            and self.left[first].text.endswith("› ")
            and _length(self.left[first:]) > left
        ):
            first += 1
        if first and left:
            segments.append(Segment(" ", self.base))
            left -= 1
        for index, cell in enumerate(self.left[first:], first):
            if left <= 0:
                break
            text = plain(cell.text)
            size = min(cell_len(text), left)
            segments.append(Segment(fitted(text, size), self._style(cell.tone)))
            start = width - taken - left
            left -= size
            self._places.append((start, start + size, index))
        segments.append(Segment(" " * left, self.base))
        return Strip([*segments, *right], width)

    async def on_click(self, event: events.Click) -> None:
        """A click on a cell that acts does what its key does."""
        event.prevent_default()  # twice selects nothing
        for start, end, index in self._places:
            if start <= event.x < end and index in self.actions:
                await self.app.run_action(self.actions[index], self.screen)
                return


class Sentence(Bar):
    """A bar across the terminal that goes on on further lines rather than be cut.

    Attributes:
        lines: How many lines it takes.
    """

    MOST = 3

    def __init__(
        self,
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.lines = 1
        self._given: tuple[tuple[Cell, ...], int] = ((), 0)
        self._broken: list[Content] = []

    def tell(self, *cells: Cell) -> None:
        """Show another text: whole, or in short where that spares a line."""
        width = self.size.width or self.app.size.width  # none before it is laid out
        if (cells, width) == self._given:
            return
        self._given = cells, width
        self._broken = []
        if _length(cells) > width:
            cells = tuple(
                c._replace(text=c.short) if c.short and c != APART else c
                for c in cells
                if c.short != SPARED
            )
            if _length(cells) > width:
                parts = (
                    (c.short if c == APART else plain(c.text), c.tone) for c in cells
                )
                self._broken = broken(Content.assemble(*parts), width)[: self.MOST]
        lines = max(1, len(self._broken))
        if lines != self.lines:
            self.lines = lines
            self.styles.height = lines
        if cells == self.left:
            self.refresh()
        else:
            self.say(cells)

    def render_line(self, y: int) -> Strip:
        """One of the lines."""
        if not self._broken:
            return super().render_line(y)
        width = self.size.width
        if y >= len(self._broken):
            return Strip.blank(width, self.base)
        line = self._broken[y]
        text, at = line.plain, 0
        segments = []
        for span in sorted(line.spans):
            segments += [
                Segment(text[at : span.start], self.base),
                Segment(text[span.start : span.end], self._style(str(span.style))),
            ]
            at = span.end
        segments.append(Segment(text[at:], self.base))
        return Strip(segments).adjust_cell_length(width, self.base)


def _length(cells: tuple[Cell, ...]) -> int:
    return sum(cell_len(plain(c.text)) for c in cells)


class Hot(NamedTuple):
    """A key on the bar: what is shown, what it does, its width in each language."""

    key: str
    label: str
    action: str
    namespace: object
    widths: tuple[int, ...]


@lru_cache(512)
def _widths(key: str, shown: str, label: str) -> tuple[int, ...]:
    """How many cells a key takes on its bar, in each language."""
    found = []
    for each in LANGUAGES:
        with spoken(each):
            found.append(cell_len(f" {shown or key_word(key)} {_(label)} "))
    return tuple(found)


class ShowsKeys(SelectingScreen[Result]):
    """A screen with a bar of keys.

    Attributes:
        help: What F1 says of this screen, a msgid.
        name_: How it is named, a msgid.
        helps: What F1 says of what has the focus, msgids by the id of a widget.
    """

    help: ClassVar[str] = ""
    name_: ClassVar[str] = ""
    helps: ClassVar[Mapping[str, str]] = {}
    key_bar: KeyBar | None = None

    def helped(self) -> str:
        """What F1 says of this screen, as things stand."""
        return _(self.help)

    def keys_from(self) -> object:
        """What the keys that act now depend on; None when each has to be asked for."""
        return None

    def unlisted(self) -> Collection[str]:
        """Actions that the bar leaves out now: who uses lists knows their keys."""
        return ()

    def refresh_bindings(self) -> None:
        """Other keys may act now."""
        super().refresh_bindings()
        if self.key_bar is not None and self.key_bar.stale:
            self.key_bar.refresh()


class KeyBar(Drawn):
    """The keys that act here and now, on one line that never overflows.

    When room is short, the last keys are left out, and the same ones in every language:
    who speaks another looks for a key where it was. F1 stays, and it lists them all.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--label"}
    MOST = 8

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.shown: list[tuple[int, int, Hot]] = []
        self.hots: list[Hot] = []
        self._known: object = None
        self._drawn: tuple[list[Hot], int, Style] | None = None
        self._strip = Strip.blank(0)

    def on_mount(self) -> None:
        """Be the bar that the screen has painted again when its keys change."""
        if isinstance(self.screen, ShowsKeys):
            self.screen.key_bar = self

    @property
    def stale(self) -> bool:
        """Whether other keys may act than those that are shown."""
        if not self.is_attached:
            return False
        screen = self.screen
        known = screen.keys_from() if isinstance(screen, ShowsKeys) else None
        return known is None or known != self._known

    def _work_out(self) -> None:
        if not self.is_attached:
            return  # painted once more while its screen is taken down
        screen = self.screen
        known = screen.keys_from() if isinstance(screen, ShowsKeys) else None
        if known is not None and known == self._known:
            return
        self._known = known
        hots: list[Hot] = []
        last: list[Hot] = []
        spare = screen.unlisted() if isinstance(screen, ShowsKeys) else ()
        for node, binding in shown_bindings(screen):
            if binding.action in spare:
                continue
            hot = Hot(
                self.app.get_key_display(binding),
                _(binding.description),
                binding.action,
                node,
                _widths(binding.key, binding.key_display or "", binding.description),
            )
            if hot in hots or hot in last:
                continue
            tail = binding.key in ("f1", "escape")
            (last if tail else hots).append(hot)
        self.hots = [*hots[: self.MOST - len(last)], *last]

    def _fit(self, width: int) -> list[Hot]:
        fixed = list(self.hots)

        def size() -> int:
            return max(map(sum, zip(*(hot.widths for hot in fixed), strict=True)))

        while len(fixed) > 1 and size() > width:
            # drop the last key that is neither help nor back
            spare = [i for i, hot in enumerate(fixed) if "help" not in hot.action]
            back = [i for i in spare if "back" not in fixed[i].action]
            del fixed[(back or spare)[-1]]
        return fixed

    def left_out(self) -> list[Hot]:
        """The keys for which there is no room."""
        self._work_out()
        shown = self._fit(self.size.width)
        return [hot for hot in self.hots if hot not in shown]

    def render_line(self, y: int) -> Strip:
        """The line of keys."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.base)
        self._work_out()  # once a painting, however often the keys may have changed
        if self._drawn == (self.hots, width, self.base):
            return self._strip
        self._drawn = (self.hots, width, self.base)
        key_style = self.base + self.get_component_rich_style(
            "keybar--key", partial=True
        )
        segments = []
        self.shown = []
        x = 0
        for hot in self._fit(width):
            start = x
            for text, style in (
                (f" {hot.key}", key_style),
                (f" {hot.label} ", self.base),
            ):
                segments.append(Segment(text, style))
                x += cell_len(text)
            self.shown.append((start, x, hot))
        self._strip = Strip([*segments, Segment(" " * max(0, width - x), self.base)])
        return self._strip

    async def on_click(self, event: events.Click) -> None:
        """A click on a key is that key."""
        event.prevent_default()  # twice selects nothing
        for start, end, hot in self.shown:
            if start <= event.x < end:
                await self.app.run_action(hot.action, hot.namespace)  # type: ignore[arg-type]
                return
