"""A session opened at once: what nobody sees is not made yet, and all comes then."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from textual.screen import Screen

from jury_tui.i18n import set_language
from jury_tui.ui.app import JuryApp
from jury_tui.ui.widgets.lines import Lines
from tests.support import screens


def names(app: JuryApp) -> list[str]:
    """What is shown, and what lies beneath."""
    return [type(screen).__name__ for screen in app.screen_stack]


class TestTheList:
    async def test_it_is_made_when_one_comes_to_it(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions", 1)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert names(app) == ["JuryRoomScreen"]
            await screens.press(pilot, "escape")
            assert names(app) == ["SessionsScreen"]
            assert app.session is None
            listed = app.screen.query_one("#sessions", Lines)
            assert listed.key == str(record.path)
            assert app.focused is listed
            assert "1 séance" in screens.text(pilot)
            await screens.press(pilot, "enter")
            assert names(app) == ["SessionsScreen", "JuryRoomScreen"]

    async def test_rooms_take_the_place_of_one_another_with_it_or_without(
        self, tmp_path: Path
    ) -> None:
        record = screens.opened(tmp_path / "sessions", 2)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            for beneath in ([], ["SessionsScreen"]):
                await screens.press(pilot, "j")
                assert names(app) == [*beneath, "JuryRoomScreen"]
                await screens.press(pilot, "l", "enter")
                assert names(app) == [*beneath, "AgendaScreen", "CandidateScreen"]
                await screens.press(pilot, "g")
                assert names(app) == [*beneath, "RegisterScreen"]
                await screens.press(pilot, "l", "enter", "ctrl+l", "ctrl+l")
                assert names(app) == [*beneath, "AgendaScreen"]
                await screens.press(pilot, "enter", "escape", "escape", "enter")
            assert names(app) == ["SessionsScreen", "AgendaScreen"]

    async def test_it_is_made_in_the_language_chosen_before(
        self, tmp_path: Path
    ) -> None:
        set_language("fr")
        record = screens.drafted(tmp_path / "sessions", 1)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await screens.press(pilot, "ctrl+l", "escape")
            assert "1 session" in screens.text(pilot)
            await screens.press(pilot, "ctrl+l")
            assert "1 séance" in screens.text(pilot)
            assert len(app.screen.query(Lines)) == 1
        set_language("fr")

    async def test_it_is_there_when_the_session_cannot_be_opened(
        self, tmp_path: Path
    ) -> None:
        screens.drafted(tmp_path / "sessions", 1).close()
        app = screens.app(tmp_path / "sessions", tmp_path / "absente")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await screens.settle(pilot)
            assert "1 séance" in screens.text(pilot)
            assert app.notice.kind == "refused"
            assert "absente" in screens.text(pilot).replace("\n", "")

    async def test_a_key_typed_on_the_way_is_not_lost(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions", 1)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await pilot.press("escape", "n")
            await screens.settle(pilot)
            assert type(app.screen).__name__ == "NewScreen"


class TestTheFirstPaint:
    """Who opens a session that sits reads all of it at once: nothing comes later."""

    @pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
    async def test_it_is_whole(self, tmp_path: Path, size: tuple[int, int]) -> None:
        app = screens.shown(tmp_path, screens.deliberating)
        painted: list[str] = []
        display = app._display

        def first(screen: Screen[Any], renderable: Any) -> None:
            display(screen, renderable)
            if renderable is not None and not app._batch_count and not painted:
                strips = screen._compositor.render_strips()
                painted.extend(strip.text.rstrip() for strip in strips)

        with patch.object(app, "_display", first):
            async with app.run_test(size=size) as pilot:
                await screens.settle(pilot)
                # what scrolls a list takes the cells on its right a moment later
                whole = [line.rstrip(" ▁▂▃▄▅▆▇█") for line in screens.lines(pilot)]
        assert [line.rstrip(" ▁▂▃▄▅▆▇█") for line in painted] == whole


class TestTheStyles:
    async def test_those_of_what_opens_above_come_after_the_first_paint(
        self, tmp_path: Path
    ) -> None:
        app = screens.shown(tmp_path, screens.opened)
        styles = app.stylesheet
        told: list[bool] = []

        def painted() -> None:
            told.append(styles.has_source(str(app.FURTHER_CSS)))

        app.painted = painted
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert told == [True]
            app.stylesheet.source.clear()
            app.style_further()
            assert styles.has_source(str(app.FURTHER_CSS))


class TestARoom:
    async def test_each_handler_acts_once(self, tmp_path: Path) -> None:
        record = screens.opened(tmp_path / "sessions", 1)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            room = app.screen
            with patch.object(room, "retitle") as told:
                await screens.press(pilot, "f1", "escape")
            assert app.screen is room
            assert told.call_count == 2  # the frame's own, and the session's state
