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
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby, pairwise
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
"""What a line of the terminal shows, or a part of it: segments by first column."""
Parts = dict[int, Strip]
"""Parts of a line, each of one widget, by their first column."""
_FAR = 1 << 16
"""Beyond any column."""
SIMPLE = "\u0300"
"""Below this character each one takes a cell and stands by itself."""


class Glass:
    """What the terminal shows, as far as this screen knows.

    Attributes:
        lines: By line, then by the column at which a part of it begins.
    """

    def __init__(self) -> None:
        self.lines: dict[int, dict[int, Line]] = {}
        self._whole: dict[int, tuple[Strip, ...]] = {}

    def forget(self) -> None:
        """Somebody else paints now: the next line is sent whole."""
        self.lines.clear()
        self._whole.clear()

    def took(self, lines: Iterable[Iterable[Strip]]) -> None:
        """All lines were sent whole."""
        self.lines.clear()
        self._whole = {y: tuple(strips) for y, strips in enumerate(lines)}

    def cut(self, y: int, places: list[int]) -> bool:
        """Have a line in the parts that begin at these columns.

        Returns:
            Whether it was so already; otherwise each part is to be looked at again.
        """
        line = self.lines.get(y)
        if line is not None and list(line) == places:
            return True
        known = _placed(0, self._whole.get(y, ())) if line is None else _all_of(line)
        self.lines[y] = line = {place: {} for place in places}
        ends = dict(pairwise(places))
        for x, segment in known:
            place = places[bisect_right(places, x) - 1] if places else 0
            if x + cell_len(segment.text) <= ends.get(place, _FAR):
                line[place][x] = segment  # what lies across an edge is sent anew
        return False

    def changes(self, y: int, parts: Parts) -> Iterator[tuple[int, list[Segment]]]:
        """What to send of some parts of a line, and from which column.

        They are then taken as sent.
        """
        line = self.lines.setdefault(y, {})
        start, end = 0, -1
        run: list[Segment] = []
        for place, strip in parts.items():
            before = line.get(place, {})
            after = line[place] = dict(_placed(place, (strip,)))
            for x, segment in after.items():
                old = before.get(x)
                if old == segment:
                    continue
                at, part = _trimmed(x, old, segment)
                if not part.text:
                    continue  # the old one went on: what follows says what comes there
                if at != end:
                    if run:
                        yield start, run
                    start, run = at, []
                if run and run[-1].style is part.style:  # one style is said once
                    run[-1] = Segment(run[-1].text + part.text, part.style)
                else:
                    run.append(part)
                end = at + cell_len(part.text)
        if run:
            yield start, run


def _placed(x: int, strips: Iterable[Strip]) -> Iterator[tuple[int, Segment]]:
    for strip in strips:
        for segment in strip:
            if segment.text:
                yield x, segment
                x += cell_len(segment.text)


def _all_of(line: dict[int, Line]) -> Iterator[tuple[int, Segment]]:
    return chain.from_iterable(part.items() for part in line.values())


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

    def __init__(self, lines: Mapping[int, Parts], glass: Glass) -> None:
        self.lines = lines
        self.glass = glass

    def __rich_console__(self, *_arguments: Any) -> Iterator[Segment]:
        """Textual prints updates through ``render_segments``."""
        yield from ()

    def render_segments(self, console: Console) -> str:
        """The bytes; from now on the terminal shows these lines."""
        return "".join(
            f"\x1b[{y + 1};{x + 1}H{Strip(run).render(console)}"
            for y, parts in self.lines.items()
            for x, run in self.glass.changes(y, parts)
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
        """The parts of lines on which something changed."""
        height = self.size.height
        spans: dict[int, list[tuple[int, int]]] = {}
        for region in self._dirty_regions:
            span = region.column_span
            for y in region.line_range:
                if 0 <= y < height:
                    spans.setdefault(y, []).append(span)
        self._dirty_regions.clear()
        if not spans:
            return None
        made = {y: self._wanted(y, spans[y]) for y in sorted(spans)}
        return Changes(self._composed(made), self.glass)

    def _wanted(self, y: int, spans: list[tuple[int, int]]) -> dict[int, Strip | None]:
        """The parts of a line to render; all of them once it is cut in another way."""
        cuts = self.cuts[y]
        if not self.glass.cut(y, cuts[:-1]):
            return dict.fromkeys(cuts[:-1])
        return {
            at: None
            for at, end in pairwise(cuts)
            if any(at < right and left < end for left, right in spans)
        }

    def _composed(self, made: dict[int, dict[int, Strip | None]]) -> dict[int, Parts]:
        """These parts of these lines, from the front to the back."""
        left = sum(map(len, made.values()))
        for widget, (region, clip) in self.visible_widgets.items():
            if not left:
                break  # what is beneath: boxes, and the screen itself
            seen = region.intersection(clip)
            first, last = seen.column_span
            wanted = [
                y
                for y, row in made.items()
                if seen.y <= y < seen.bottom
                and any(strip is None and first <= x < last for x, strip in row.items())
            ]
            for top, count in _runs(wanted):
                lines = Region(seen.x - region.x, top - region.y, seen.width, count)
                strips = widget.render_lines(lines)
                for y, strip in enumerate(strips, top):
                    left -= self._place(made[y], y, first, last, strip)
        return {
            y: {x: strip for x, strip in row.items() if strip is not None}
            for y, row in made.items()
        }

    def _place(
        self,
        row: dict[int, Strip | None],
        y: int,
        first: int,
        last: int,
        strip: Strip,
    ) -> int:
        """A widget's line, in the parts of it that nothing before it covers.

        Returns:
            How many parts these are.
        """
        places = [x for x in self.cuts[y] if first <= x <= last]
        parts = (
            [strip]
            if len(places) == 2  # nothing lies over it: most lines
            else strip.divide([x - first for x in places[1:]])
        )
        placed = 0
        for x, part in zip(places, parts, strict=False):
            if x in row and row[x] is None:
                row[x] = part
                placed += 1
        return placed


def _runs(lines: list[int]) -> Iterator[tuple[int, int]]:
    """Lines that follow one another: the first of them, and how many there are."""
    for _key, group in groupby(enumerate(lines), lambda at: at[1] - at[0]):
        (_at, first), *rest = group
        yield first, len(rest) + 1


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

    def _pop_result_callback(self) -> None:
        """Textual takes away who waits for an answer: nobody does of the first screen.

        Without this, the screen that an application begins with cannot be switched.
        """
        if self._result_callbacks:
            super()._pop_result_callback()

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
