"""The lines that frame every screen: where one is, how the jury stands, the keys."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from jury_tui.i18n import _
from jury_tui.ui.widgets.lines import Cell, fitted
from jury_tui.ui.words import plain


class Bar(Widget):
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

    def __init__(self, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.left: tuple[Cell, ...] = ()
        self.right: tuple[Cell, ...] = ()
        self.actions: dict[int, str] = {}
        self._places: list[tuple[int, int, int]] = []

    def say(self, left: tuple[Cell, ...], right: tuple[Cell, ...] = ()) -> None:
        """Show other texts; repaints only if they differ."""
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self.refresh()

    def _style(self, tone: str) -> Style:
        if not tone:
            return self.rich_style
        return self.rich_style + self.get_component_rich_style(
            f"bar--{tone}", partial=True
        )

    def render_line(self, y: int) -> Strip:
        """The line."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        right = [Segment(plain(text), self._style(t)) for text, t in self.right]
        taken = sum(cell_len(s.text) for s in right)
        if taken >= width:
            right, taken = [], 0
        segments: list[Segment] = []
        left = width - taken
        self._places = []
        for index, (text, tone) in enumerate(self.left):
            if left <= 0:
                break
            text = plain(text)
            size = min(cell_len(text), left)
            segments.append(Segment(fitted(text, size), self._style(tone)))
            start = width - taken - left
            left -= size
            self._places.append((start, start + size, index))
        segments.append(Segment(" " * left, self.rich_style))
        return Strip([*segments, *right], width)

    async def on_click(self, event: events.Click) -> None:
        """A click on a cell that acts does what its key does."""
        for start, end, index in self._places:
            if start <= event.x < end and index in self.actions:
                await self.app.run_action(self.actions[index], self.screen)
                return


class Hot(NamedTuple):
    """A key on the bar: what is shown, what it does."""

    key: str
    label: str
    action: str
    namespace: object


class KeyBar(Widget):
    """The keys that act here and now, on one line that never overflows.

    When room is short, labels of the last keys are left out, then keys; F1 always
    stays, and it lists them all.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keybar--key", "keybar--label"}
    MOST = 8

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.shown: list[tuple[int, int, Hot]] = []
        self.hots: list[Hot] = []

    def on_mount(self) -> None:
        """Follow the keys as they become possible or not."""
        self.screen.bindings_updated_signal.subscribe(self, self._updated)
        self.call_after_refresh(self._updated, None)

    def _updated(self, _screen: object) -> None:
        screen = self.screen
        if not screen.is_attached or screen is not self.app.screen:
            return
        hots: list[Hot] = []
        last: list[Hot] = []
        for active in screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not active.enabled:
                continue
            hot = Hot(
                self.app.get_key_display(binding),
                _(binding.description),
                binding.action,
                active.node,
            )
            if hot in hots or hot in last:
                continue
            tail = binding.key in ("f1", "escape")
            (last if tail else hots).append(hot)
        kept = [*hots[: self.MOST - len(last)], *last]
        if kept != self.hots:
            self.hots = kept
            self.refresh()

    def _fit(self, width: int) -> list[tuple[str, str, Hot]]:
        fixed = [(h.key, h.label, h) for h in self.hots]

        def size(items: list[tuple[str, str, Hot]]) -> int:
            return sum(cell_len(f" {k} {w} ") for k, w, _hot in items)

        while size(fixed) > width and len(fixed) > 1:
            # drop the last key that is neither help nor back
            spare = [i for i, (_k, _w, h) in enumerate(fixed) if "help" not in h.action]
            back = [i for i in spare if "back" not in fixed[i][2].action]
            del fixed[(back or spare)[-1]]
        return fixed

    def render_line(self, y: int) -> Strip:
        """The line of keys."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        key_style = self.rich_style + self.get_component_rich_style(
            "keybar--key", partial=True
        )
        segments = []
        self.shown = []
        x = 0
        for key, label, hot in self._fit(width):
            start = x
            for text, style in (
                (f" {key}", key_style),
                (f" {label} ", self.rich_style),
            ):
                segments.append(Segment(text, style))
                x += cell_len(text)
            self.shown.append((start, x, hot))
        return Strip([*segments, Segment(" " * max(0, width - x), self.rich_style)])

    async def on_click(self, event: events.Click) -> None:
        """A click on a key is that key."""
        for start, end, hot in self.shown:
            if start <= event.x < end:
                await self.app.run_action(hot.action, hot.namespace)  # type: ignore[arg-type]
                return
