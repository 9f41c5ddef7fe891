"""Nothing is shown that the disk does not hold, however fast it is shown."""

from __future__ import annotations

import asyncio
import errno
import threading
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key

from jury_tui.register.reading import read
from jury_tui.register.records import FILE
from jury_tui.register.waiting import Behind
from jury_tui.ui.keys import prompt
from tests.support import screens
from tests.support.screens import press, text


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each time something is sent to the terminal: whether the disk was awaited."""
    seen: list[bool] = []
    display = App._display

    def spy(app: Any, *arguments: Any) -> None:
        seen.append(app.record is not None and app.record.begun)
        display(app, *arguments)

    monkeypatch.setattr(App, "_display", spy)
    return seen


async def test_a_vote_is_on_the_disk_before_it_is_painted(
    tmp_path: Path, painted: list[bool]
) -> None:
    app = screens.shown(tmp_path, screens.deliberating)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "enter")
        before = len(painted)
        await press(pilot, "u")
        record = app.record
        assert record is not None
        assert not record.begun
        assert record.session.files["c1"].ballot("a") is not None
        assert record.register.count == read(record.path / FILE).count
        assert "✓" in text(pilot)
        assert len(painted) > before
        assert not any(painted)


async def test_a_vote_that_the_disk_refused_was_never_shown(
    tmp_path: Path, painted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = screens.shown(tmp_path, screens.deliberating)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "enter", "M", "c")
        screen, typed = app.screen, dict(app.typed["c1"])
        assert typed
        assert app.record is not None
        data = (app.record.path / FILE).read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(Behind, "wait", _fails)
            await press(pilot, "u")
        record = app.record
        assert record is not None
        assert app.screen is screen
        assert typed == app.typed["c1"]
        assert app.session is record.session
        assert record.session.files["c1"].ballot("a") is None
        assert data == (record.path / FILE).read_bytes()
        assert "n’a pas été enregistré" in app.notice.text
        assert "enregistré à" not in text(pilot)
        assert not any(painted)
        await press(pilot, "u")
        assert "n’a pas été enregistré" in app.notice.text
        assert record.session.files["c1"].ballot("a") is None


def _fails(_self: Behind) -> None:
    raise OSError(errno.EIO, "panne")


async def test_what_is_typed_comes_in_as_it_was_typed(tmp_path: Path) -> None:
    """From the thread that reads the keyboard, in order, each of them once."""
    app = screens.app(tmp_path / "sessions")
    async with app.run_test(size=(80, 24)):
        got: list[str] = []

        class Heard:
            def post_message(self, message: Key) -> None:
                got.append(f"{message.key} {threading.get_ident()}")

        driver: Driver = prompt(HeadlessDriver)(app)
        driver._app = Heard()  # type: ignore[assignment]  # all that it is asked
        keys = [Key(letter, letter) for letter in "bcbc"]

        def type_() -> None:
            for key in keys:
                driver.send_message(key)

        thread = threading.Thread(target=type_)
        thread.start()
        await asyncio.to_thread(thread.join)
        await asyncio.sleep(0)

        assert [f"{k.key} {threading.get_ident()}" for k in keys] == got
