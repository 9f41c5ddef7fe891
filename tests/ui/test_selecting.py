"""« copy of any text »: what the mouse selects of our own lines, shown and copied."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widget import Widget

from jury_tui.i18n import set_language
from jury_tui.session.acts import MemberArrived
from jury_tui.ui.themes import THEMES
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from tests.support import screens
from tests.support.contrast import ratio
from tests.support.screens import lines, press, text

SIZE = (80, 24)


@pytest.fixture(autouse=True)
def french() -> None:
    """In French, whatever was spoken before."""
    set_language("fr")


async def drag(
    pilot: Pilot[None], widget: Widget, begin: tuple[int, int], end: tuple[int, int]
) -> None:
    """From a cell of a widget to another, the button held."""
    await pilot.mouse_down(widget, offset=begin)
    await pilot.hover(widget, offset=end)
    await pilot.mouse_up(widget, offset=end)
    await screens.settle(pilot)


def row_of(pilot: Pilot[None], words: str) -> tuple[int, int]:
    """The cell at which some words begin on the screen."""
    for y, line in enumerate(lines(pilot)):
        if words in line:
            return line.index(words), y
    raise AssertionError(words)


class TestSelecting:
    """Help said that the mouse selects; in lists, texts and bars nothing was."""

    async def test_part_of_a_line_of_a_list(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions")
        record.close()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=SIZE) as pilot:
            await screens.settle(pilot)
            found = app.screen.query_one("#sessions", Lines)
            x, y = row_of(pilot, "10/06/2008")
            y -= found.region.y
            await drag(pilot, found, (x, y), (x + 9, y))
            assert app.screen.get_selected_text() == "10/06/2008"
            await press(pilot, "ctrl+c")
            assert app.clipboard == "10/06/2008"
            assert "Copié." in text(pilot)
            assert found.cursor == 0
            assert len(app.screen_stack) == 1

    async def test_lines_of_a_list_that_was_scrolled(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions", 60)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=SIZE) as pilot:
            await press(pilot, "l", "end")
            found = app.screen.query_one(Lines)
            assert found.scroll_offset.y > 0
            shown = lines(pilot)[found.region.y : found.region.bottom]
            await drag(pilot, found, (0, 3), (40, 5))
            selected = (app.screen.get_selected_text() or "").split("\n")
            assert [s.strip() for s in selected[:2]] == [
                line[: found.size.width].strip() for line in shown[3:5]
            ]
            assert selected[2] == shown[5][:41].rstrip()
            assert found.key == "c60"  # nothing else was done

    async def test_a_drag_over_a_column_that_acts_does_nothing(
        self, tmp_path: Path
    ) -> None:
        app = screens.shown(tmp_path, screens.convened)
        async with app.run_test(size=SIZE) as pilot:
            await screens.settle(pilot)
            found = app.screen.query_one("#members", Lines)
            before = len(app.record.acts if app.record else ())
            await drag(pilot, found, (0, 2), (12, 2))
            assert app.screen.get_selected_text()
            assert len(app.record.acts if app.record else ()) == before
            await pilot.click(found, offset=(1, 2))
            await screens.settle(pilot)
            assert app.record is not None
            assert not app.screen.get_selected_text()
            await press(pilot, "space")
            assert isinstance(app.record.acts[-1], MemberArrived)

    async def test_a_text_is_copied_in_its_own_paragraphs(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(60, 20)) as pilot:
            await press(pilot, "f1")
            shown = app.screen.query_one(Reading)
            whole = "✗ " + "une phrase plus longue qu’une ligne " * 4 + "\n\nune autre"
            shown.show(Content(whole))
            await pilot.pause()
            await drag(pilot, shown, (1, 0), (30, 6))
            assert app.screen.get_selected_text() == whole
            begin, second = "✗ une phrase plus", 1
            await drag(pilot, shown, (3, 0), (6, second))
            selected = app.screen.get_selected_text() or ""
            assert selected.startswith("une phrase plus")
            assert "\n" not in selected
            assert selected in whole
            assert begin.endswith("plus")

    async def test_title_and_message(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=SIZE) as pilot:
            await screens.settle(pilot)
            title = app.screen.query_one("#title", Bar)
            await drag(pilot, title, (1, 0), (7, 0))
            assert app.screen.get_selected_text() == "Séances"
            await press(pilot, "ctrl+t")
            message = app.screen.query_one("#message")
            await drag(pilot, message, (1, 0), (8, 0))
            assert app.screen.get_selected_text() == "Couleurs"

    async def test_wide_letters(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=SIZE) as pilot:
            await press(pilot, "f1")
            shown = app.screen.query_one(Reading)
            shown.show(Content("Yamada 山田 🎓 fin"))
            await pilot.pause()
            await drag(pilot, shown, (8, 0), (11, 0))
            assert app.screen.get_selected_text() == "山田"
            assert "山田" in text(pilot)

    async def test_what_is_selected_is_seen_in_each_theme(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=SIZE) as pilot:
            await press(pilot, "f1")
            shown = app.screen.query_one(Reading)
            shown.show(Content("un deux trois"))
            for theme in THEMES:
                app.theme = theme
                await pilot.pause()
                await drag(pilot, shown, (4, 0), (7, 0))
                strip = shown.render_lines(shown.size.region)[0]
                style = next(s.style for s in strip if s.text == "deux")
                assert style is not None
                assert style.color is not None
                assert style.bgcolor is not None
                text_, under = style.color.triplet, style.bgcolor.triplet
                assert text_ is not None
                assert under is not None
                assert ratio(text_, under) >= 4.5
                await pilot.click(shown, offset=(20, 1))
                assert not app.screen.get_selected_text()


class TestNothingSelected:
    """Ctrl+C is what everyone presses: it says what copies, and quits nothing."""

    async def test_said(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=SIZE) as pilot:
            await screens.settle(pilot)
            await press(pilot, "ctrl+c")
            assert "Rien n’est sélectionné" in text(pilot)
            assert "[Ctrl+Y] copie la ligne" in text(pilot)
            assert not app.clipboard
            assert app.is_running

    async def test_in_a_field(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions")
        record.close()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=SIZE) as pilot:
            await screens.settle(pilot)
            await press(pilot, "ctrl+f", ">samira", "ctrl+c")
            assert "Rien n’est sélectionné" in text(pilot)
            await press(pilot, "shift+home", "ctrl+c")
            assert app.clipboard == "samira"
