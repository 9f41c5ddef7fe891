"""What reaches the terminal: only the cells that differ from what it shows.

A widget says which of its lines changed (``Drawn.refresh`` with a region, or nothing
for all of them); the screen renders those lines once, whatever lies on them, compares
them with what it sent last, and sends the difference. Nobody lays the screen out for a
change of text, and the widgets around are not asked anything.

Textual draws every widget that the changes surround, and sends whole lines: for one
vote that was three quarters of the time and of the bytes. Its compositor has no public
seam: what is used of it here is used nowhere else, and ``tests/ui/test_painting.py``
fails if an update of Textual moves it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from textual._compositor import Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Result = TypeVar("Result")
Line = dict[int, Segment]
"""What a line of the terminal shows: its segments, by their first column."""
SIMPLE = "\u0300"
"""Below this character each one takes a cell and stands by itself."""


class Glass:
    """What the terminal shows, as far as this screen knows."""

    def __init__(self) -> None:
        self.lines: dict[int, Line] = {}
        self.whole: dict[int, tuple[Strip, ...]] = {}

    def forget(self) -> None:
        """Somebody else paints now: the next line is sent whole."""
        self.lines.clear()
        self.whole.clear()

    def took(self, lines: Iterable[Iterable[Strip]]) -> None:
        """All lines were sent whole."""
        self.lines.clear()
        self.whole = {y: tuple(strips) for y, strips in enumerate(lines)}

    def changes(self, y: int, strips: Iterable[Strip]) -> Iterator[tuple[int, Strip]]:
        """What to send of a line, and from which column; it is then taken as sent."""
        before = self.lines.get(y)
        if before is None:
            before = dict(_placed(self.whole.get(y, ())))
        after = self.lines[y] = dict(_placed(strips))
        start, end = 0, -1
        run: list[Segment] = []
        for x, segment in after.items():
            old = before.get(x)
            if old == segment:
                continue
            at, part = _trimmed(x, old, segment)
            if not part.text:
                continue  # the old one went on: what follows says what comes there
            if at != end:
                if run:
                    yield start, Strip(run)
                start, run = at, []
            run.append(part)
            end = at + cell_len(part.text)
        if run:
            yield start, Strip(run)


def _placed(strips: Iterable[Strip]) -> Iterator[tuple[int, Segment]]:
    x = 0
    for strip in strips:
        for segment in strip:
            if segment.text:
                yield x, segment
                x += cell_len(segment.text)


def _trimmed(x: int, old: Segment | None, new: Segment) -> tuple[int, Segment]:
    """A segment without what it shares with the one that began at the same place."""
    text, style, _control = new
    if (
        old is None
        or old.style != style
        or max(text) >= SIMPLE
        or max(old.text) >= SIMPLE
    ):
        return x, new
    start = 0
    for mine, other in zip(text, old.text, strict=False):
        if mine != other:
            break
        start += 1
    end = len(text)
    if len(old.text) == end:
        while end > start and text[end - 1] == old.text[end - 1]:
            end -= 1
    return x + start, Segment(text[start:end], style)


class Whole(LayoutUpdate):
    """Every line of the screen."""

    def __init__(
        self, strips: list[Iterable[Strip]], region: Region, glass: Glass
    ) -> None:
        super().__init__(strips, region)
        self.glass = glass

    def render_segments(self, console: Console) -> str:
        """The bytes; from now on the terminal shows these lines."""
        self.glass.took(self.strips)
        return super().render_segments(console)


class Changes(CompositorUpdate):
    """Some lines of the screen, of which only what changed is sent."""

    def __init__(
        self, lines: Sequence[tuple[int, Sequence[Strip]]], glass: Glass
    ) -> None:
        self.lines = lines
        self.glass = glass

    def __rich_console__(self, *_arguments: Any) -> Iterator[Segment]:
        """Textual prints updates through ``render_segments``."""
        yield from ()

    def render_segments(self, console: Console) -> str:
        """The bytes; from now on the terminal shows these lines."""
        return "".join(
            f"\x1b[{y + 1};{x + 1}H{strip.render(console)}"
            for y, strips in self.lines
            for x, strip in self.glass.changes(y, strips)
        )


class Frugal(Compositor):
    """A compositor that renders the lines that changed, and no widget beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.glass = Glass()

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """Every line: after a layout, a resize, another screen."""
        update = super().render_full_update(simplify=simplify)
        return Whole(update.strips, update.region, self.glass)

    def render_partial_update(self) -> CompositorUpdate | None:  # type: ignore[override]
        """The lines on which something changed."""
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        height = self.size.height
        lines = sorted(
            {y for region in regions for y in region.line_range if 0 <= y < height}
        )
        return Changes(self._composed(lines), self.glass) if lines else None

    def _composed(self, lines: list[int]) -> list[tuple[int, list[Strip]]]:
        """Whole lines of the screen, from the front to the back."""
        cuts = self.cuts
        made: dict[int, dict[int, Strip | None]] = {
            y: dict.fromkeys(cuts[y][:-1]) for y in lines
        }
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            first, last = seen.column_span
            wanted = []
            for y in lines:
                if seen.y <= y < seen.bottom:
                    places = [x for x in cuts[y] if first <= x <= last]
                    if any(made[y][x] is None for x in places[:-1]):
                        wanted.append((y, places))
            for run in _runs(wanted):
                strips = widget.render_lines(
                    Region(
                        seen.x - region.x, run[0][0] - region.y, seen.width, len(run)
                    )
                )
                for (y, places), strip in zip(run, strips, strict=False):
                    parts = strip.divide([x - first for x in places[1:]])
                    row = made[y]
                    for x, part in zip(places, parts, strict=False):
                        if row[x] is None:
                            row[x] = part
        return [
            (y, [part for part in row.values() if part is not None])
            for y, row in made.items()
        ]


def _runs(
    wanted: list[tuple[int, list[int]]],
) -> Iterator[list[tuple[int, list[int]]]]:
    """Lines that follow one another, together."""
    numbered = ((y - i, (y, places)) for i, (y, places) in enumerate(wanted))
    for _key, group in groupby(numbered, itemgetter(0)):
        yield [line for _number, line in group]


class PaintedScreen(Screen[Result]):
    """A screen that sends only what changed."""

    def __init__(self) -> None:
        super().__init__()
        self.frugal = Frugal()
        self._compositor = self.frugal
        self._roused = False

    def on_screen_suspend(self) -> None:
        """Another screen paints over this one."""
        self.frugal.glass.forget()

    def changed(self, widget: Widget) -> None:
        """Paint what a widget said of its lines, once there is nothing more to do."""
        self._dirty_widgets.add(widget)
        if not self._roused:
            # No sooner than a layout that is asked for now: painting comes after it.
            self._roused = True
            asyncio.get_running_loop().call_soon(self._rouse)

    def _rouse(self) -> None:
        self._roused = False
        self.check_idle()

    def paint(self) -> None:
        """Show what changed at once, not at the next tick, if nothing else is due."""
        due = self._layout_required or self._scroll_required or self._repaint_required
        if self._dirty_widgets and self.is_current and not due:
            self._compositor.update_widgets(self._dirty_widgets)
            self._compositor_refresh()
            # The thread that writes to the terminal comes before what is left to do
            # here, which would otherwise keep the interpreter until it is done.
            time.sleep(5e-5)
