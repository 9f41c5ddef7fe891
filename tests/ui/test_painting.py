"""What is sent to the terminal, and the parts of Textual that it stands on.

The screens draw through Textual's compositor and its lookup of keys, which have no
public seam: an update of Textual that moves them fails here.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.content import Content
from textual.dom import DOMNode
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from jury_tui.ui.drawn import Drawn
from jury_tui.ui.keys import shown_bindings
from jury_tui.ui.painting import Changes, Frugal, Glass, PaintedScreen, Whole
from jury_tui.ui.screens.candidate import CandidateScreen
from jury_tui.ui.widgets.bars import KeyBar
from jury_tui.ui.widgets.reading import Reading, paragraphs
from jury_tui.ui.widgets.wrapping import broken
from tests.support import screens

WIDTH, HEIGHT = 24, 3
CONSOLE = Console(color_system="truecolor", force_terminal=True)
STYLES = (Style(), Style(bold=True), Style(color="#ff0000", bgcolor="#000044"))

LETTERS = ("a", "b", " ", "é", "…", "▸", "✓", "漢")
cells = st.tuples(
    st.lists(st.sampled_from(LETTERS), min_size=1, max_size=9).map("".join),
    st.sampled_from(STYLES),
)
strip = st.lists(cells, max_size=6).map(
    lambda some: Strip(
        [Segment(text, style) for text, style in some]
    ).adjust_cell_length(WIDTH)
)
cuts = st.sets(st.sampled_from((5, 8, 12, 13, 20)), max_size=3).map(sorted)


def parts(strip: Strip, cuts: list[int]) -> dict[int, Strip]:
    """A line as the widgets on it share it."""
    return dict(zip((0, *cuts), strip.divide([*cuts, WIDTH]), strict=True))


line = st.builds(parts, strip, cuts)
picture = st.lists(line, min_size=HEIGHT, max_size=HEIGHT)


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    screen = pyte.Screen(WIDTH, HEIGHT)
    return screen, pyte.Stream(screen)


def painted(screen: pyte.Screen) -> list[list[pyte.screens.Char]]:
    return [[screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]


class TestWhatIsSent:
    """« At most 4 kB sent to the terminal per vote » (issue 6)."""

    @settings(max_examples=60, deadline=None)
    @given(st.lists(picture, min_size=2, max_size=5), st.booleans())
    def test_changes_show_what_the_whole_would(
        self, pictures: list[list[dict[int, Strip]]], every: bool
    ) -> None:
        """However lines follow one another, the cells are those of the last ones.

        Only the parts that changed are given, unless the line is cut anew.
        """
        region = Region(0, 0, WIDTH, HEIGHT)
        glass = Glass()
        changed, feed = terminal()
        first = [list(parts.values()) for parts in pictures[0]]
        feed.feed(Whole([*first], region, glass).render_segments(CONSOLE))
        for before, after in pairwise(pictures):
            update = {}
            for y, (old, new) in enumerate(zip(before, after, strict=True)):
                alike = glass.cut(y, list(new)) and not every
                update[y] = {
                    x: part for x, part in new.items() if not alike or old[x] != part
                }
            feed.feed(Changes(update, glass).render_segments(CONSOLE))
        whole, feed = terminal()
        last = [list(parts.values()) for parts in pictures[-1]]
        feed.feed(Whole([*last], region, Glass()).render_segments(CONSOLE))
        assert painted(changed) == painted(whole)

    def test_one_word_changed_is_one_word_sent(self) -> None:
        glass = Glass()
        before = Strip([Segment("C01 "), Segment("pending", STYLES[1])])
        after = Strip([Segment("C01 "), Segment("perform", STYLES[1])])
        assert Changes({0: {0: before}}, glass).render_segments(CONSOLE)
        sent = Changes({0: {0: after}}, glass).render_segments(CONSOLE)
        assert "rform" in sent
        assert "C01" not in sent
        assert not Changes({0: {0: after}}, glass).render_segments(CONSOLE)

    def test_a_style_is_said_once(self) -> None:
        """« A vote sends 1,385 bytes »: each column of a row said the row's style."""
        glass, style = Glass(), Style(color="#ff0000", bgcolor="#000044")
        row = Strip([Segment(text, style) for text in (" 13 ", "  0 ", "  0 ")])
        sent = Changes({0: {0: row}}, glass).render_segments(CONSOLE)
        assert sent.count("38;2;255;0;0") == 1
        assert " 13   0   0 " in sent
        changed = Strip([Segment(text, style) for text in (" 12 ", "  1 ", "  0 ")])
        sent = Changes({0: {0: changed}}, glass).render_segments(CONSOLE)
        assert "13" not in sent
        assert sent.count("\x1b[1;") == 2  # the two numbers, and nothing between

    def test_nothing_is_taken_for_shown_once_another_screen_has_painted(self) -> None:
        glass = Glass()
        strip = Strip([Segment("C01")])
        Changes({0: {0: strip}}, glass).render_segments(CONSOLE)
        glass.forget()
        assert "C01" in Changes({0: {0: strip}}, glass).render_segments(CONSOLE)


def opened(folder: Path) -> Any:
    with screens.deliberating(folder) as record:
        return screens.app(folder, record.path)


@pytest.fixture
def app(tmp_path: Path) -> Any:
    return opened(tmp_path / "sessions")


async def at_the_candidate(pilot: Pilot[None]) -> CandidateScreen:
    await screens.settle(pilot)
    await screens.press(pilot, "enter")
    assert isinstance(pilot.app.screen, CandidateScreen)
    return pilot.app.screen


class TestTheCompositor:
    """Lines rendered alone are those of a screen rendered whole."""

    async def test_each_line_is_as_textual_composes_it(self, app: Any) -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            screen = await at_the_candidate(pilot)
            for key in ("u", "down", "D", "c", "right", "escape", "ctrl+t"):
                await screens.press(pilot, key)
                top = pilot.app.screen
                if not isinstance(top, PaintedScreen):
                    continue
                frugal = top._compositor
                assert isinstance(frugal, Frugal)
                frugal._dirty_regions.add(Region(0, 0, 100, 30))
                update = frugal.render_partial_update()
                assert isinstance(update, Changes)
                lines = update.lines.values()
                ours = [Strip.join(parts.values()).simplify() for parts in lines]
                theirs = [s.simplify() for s in frugal.render_strips()]
                assert ours == theirs
            assert screen.frugal.glass.lines == {}  # nothing is sent without a terminal

    @pytest.mark.parametrize("size", [(100, 30), (60, 20)])
    async def test_what_is_sent_adds_up_to_the_whole_screen(
        self, app: Any, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Key after key, over questions and other screens, a terminal shows it all."""
        width, height = size
        emulated = pyte.Screen(width, height)
        feed = pyte.Stream(emulated)
        partial = 0

        def display(self: App[None], screen: Screen[Any], renderable: object) -> None:
            nonlocal partial
            if screen is self.screen and isinstance(renderable, Whole | Changes):
                partial += isinstance(renderable, Changes)
                feed.feed(renderable.render_segments(CONSOLE))

        monkeypatch.setattr(App, "_display", display)
        keys = [
            "u",
            "down",
            "D",
            "c",
            "right",
            "l",
            "enter",
            "t",
            "escape",
            "n",
            "u",
            "e",
            "escape",
            "z",
            "f1",
            "escape",
            "c",
            "c",
        ]
        async with app.run_test(size=size) as pilot:
            await at_the_candidate(pilot)
            for key in keys:
                await screens.press(pilot, key)
                await screens.settle(pilot)
                top = pilot.app.screen
                if isinstance(top, PaintedScreen):
                    shown = [line.rstrip() for line in emulated.display]
                    theirs = [s.text.rstrip() for s in top.frugal.render_strips()]
                    assert shown == theirs, key
        assert partial > len(keys)

    @pytest.mark.parametrize("size", [(100, 30), (60, 20)])
    async def test_each_widget_is_drawn_as_textual_draws_it(
        self, app: Any, size: tuple[int, int]
    ) -> None:
        """With its border, its padding and what fills its lines."""
        async with app.run_test(size=size) as pilot:
            await at_the_candidate(pilot)
            for key in ("u", "ctrl+t", "right", "D", "c", "e", "escape", "z", "f1"):
                await screens.press(pilot, key)
                for widget in pilot.app.screen.query(Drawn):
                    crop = widget.outer_size.region
                    if not widget.region or not crop:
                        continue
                    ours = widget.render_lines(crop)
                    widget._styles_cache.clear()
                    theirs = widget._styles_cache.render_widget(widget, crop)
                    assert [_cells(s) for s in ours] == [_cells(s) for s in theirs]
                    part = Region(2, 0, crop.width - 3, crop.height)
                    assert [s.text for s in widget.render_lines(part)] == [
                        s.crop(2, crop.width - 1).text for s in theirs
                    ]

    async def test_a_sentence_is_drawn_as_textual_draws_it(self, app: Any) -> None:
        async with app.run_test(size=(60, 20)) as pilot:
            screen = await at_the_candidate(pilot)
            page = screen.message
            for text in ("", " Copié.", " a", " ° é 漢字", " a  b", "mot " * 30):
                page.show(Content(text))
                await pilot.pause()
                ours = page.render_line(0).adjust_cell_length(60, page.base)
                theirs = Widget.render_line(page, 0).adjust_cell_length(60, page.base)
                assert _cells(ours) == _cells(theirs)

    async def test_a_vote_renders_the_lines_that_changed(self, app: Any) -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            screen = await at_the_candidate(pilot)
            lines: list[int] = []
            composed = screen.frugal._composed

            def counted(wanted: dict[int, dict[int, Strip | None]]) -> Any:
                lines.extend(wanted)
                return composed(wanted)

            screen.frugal._composed = counted  # type: ignore[assignment, method-assign]
            await screens.press(pilot, "u")
            assert lines
            assert len(set(lines)) < 15

    @pytest.mark.parametrize("width", [9, 20, 61])
    async def test_a_paragraph_alone_breaks_as_in_its_text(
        self, app: Any, width: int
    ) -> None:
        content = Content.assemble(
            (" C01 : ", "bold"),
            ("acquise si les autres votent pour", "$text-success"),
            (" · il manque : 13 voix\n", ""),
            ("\n", ""),
            ("Décision : … Le jury n’a pas encore voté sur C02 et\tC03.\n", "bold"),
        )
        async with app.run_test(size=(100, 30)) as pilot:
            screen = await at_the_candidate(pilot)
            reading = screen.query_one("#detail", Reading)
            ours = [
                strip
                for text, spans in paragraphs(content)
                for strip in reading._broken(text, spans, width)
            ]
            theirs = [
                strip
                for line in broken(content.expand_tabs(1), width)
                for strip in Visual.to_strips(
                    reading, line, width, None, reading.visual_style
                )
            ]
            assert [s.text.rstrip() for s in ours] == [s.text.rstrip() for s in theirs]
            assert [_tones(s) for s in ours] == [_tones(s) for s in theirs]


def _cells(strip: Strip) -> list[tuple[str, Any]]:
    """Each letter and its style; what it says to the mouse is in it."""
    return [
        (letter, (style or Style()) if letter != " " else (style or Style()).bgcolor)
        for text, style, _control in strip
        for letter in text
    ]


def _tones(strip: Strip) -> list[tuple[str, Any, Any]]:
    """Each letter, with its colours and weight."""
    return [
        (letter, style.color, style.bgcolor, style.bold)  # type: ignore[misc]
        for text, style, _control in strip
        if style is not None
        for letter in text
        if letter != " "
    ]


class TestTheKeys:
    """Bindings looked up for one key are those that Textual finds among all."""

    KEYS = ("enter", "j", "p", "g", "l", "escape", "u", "o", "ctrl+p", "escape", "f1")

    async def test_the_bar_shows_what_is_active(self, app: Any) -> None:
        async with app.run_test(size=(100, 30)) as pilot:
            await screens.settle(pilot)
            for key in self.KEYS:
                await screens.press(pilot, key)
                top = pilot.app.screen
                assert shown_bindings(top) == [
                    (active.node, active.binding)
                    for active in top.active_bindings.values()
                    if active.binding.show and active.enabled
                ]
                await pilot.pause()
                for bar in top.query(KeyBar):
                    hots = bar.hots
                    bar._known = None
                    bar._work_out()
                    assert hots == bar.hots, key

    async def test_a_key_does_what_textual_would_do(self, app: Any) -> None:
        tried: list[tuple[Any, Any]] = []

        async def run(action: Any, namespace: DOMNode | None = None) -> bool:
            tried.append((action, namespace))
            return False

        async with app.run_test(size=(100, 30)) as pilot:
            await screens.settle(pilot)
            for before in self.KEYS:
                await screens.press(pilot, before)
                app.run_action = run
                try:
                    for key in (*_known(app.screen), "x", "à", "space"):
                        for priority in (True, False):
                            await app._check_bindings(key, priority)
                            ours = tried.copy()
                            tried.clear()
                            await App._check_bindings(app, key, priority)
                            assert ours == tried, (before, key, priority)
                            tried.clear()
                finally:
                    del app.run_action


def _known(screen: Screen[Any]) -> list[str]:
    return sorted(
        {k for _n, keys in screen._binding_chain for k in keys.key_to_bindings}
    )
