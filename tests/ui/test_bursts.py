"""Keys in bursts, faster than screens come and go: none of them ends the program.

``JURY_TUI_BURSTS=2000`` (or ``JURY_TUI_LONG=1``) is the long way.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from jury_tui.i18n import LANGUAGES, set_language
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.replay import ReplayScreen
from jury_tui.ui.widgets.lines import Lines
from tests.support import screens
from tests.support.cases import VISITS, Case, at, calm
from tests.support.lengths import count
from tests.support.screens import press

WALKS = count("JURY_TUI_BURSTS", 16, 1000)
CASES = [Case(screen, *visit) for screen, some in VISITS.items() for visit in some]
NAMED = {
    " ": "space",
    "*": "asterisk",
    "+": "plus",
    "/": "slash",
    "?": "question_mark",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "=": "equals_sign",
    "_": "underscore",
}
KEYS = (
    *"abcdefghijklmnopqrstuvwxyzABCMLE0123",
    *NAMED,
    *("enter", "escape", "tab") * 3,
    *("shift+tab", "up", "down", "left", "right", "pageup", "pagedown", "home", "end"),
    *("backspace", "delete", "f1"),
    *("ctrl+p", "ctrl+l", "ctrl+t", "ctrl+y", "ctrl+f", "ctrl+g", "ctrl+c"),
)
SIZES = ((60, 20), (80, 24), (120, 40))


@pytest.fixture(autouse=True)
def french() -> None:
    """In French, whatever was spoken before."""
    set_language("fr")


def hit(app: JuryApp, *keys: str) -> None:
    """Keys as the terminal hands them over: nobody waits between two."""
    for key in keys:
        character = key if len(key) == 1 else None
        app.post_message(events.Key(NAMED.get(key, key), character))


async def burst(pilot: Pilot[None], choose: random.Random) -> None:
    """A few keys, sometimes another size, and not always a rest."""
    app = pilot.app
    assert isinstance(app, JuryApp)
    hit(app, *choose.choices(KEYS, k=choose.choice((1, 1, 2, 3, 4, 6))))
    if choose.random() < 0.15:
        await pilot.resize_terminal(*choose.choice(SIZES))
    if choose.random() < 0.6:
        await pilot.pause()
    else:
        await asyncio.sleep(0.002)


@pytest.mark.parametrize("seed", range(WALKS))
async def test_nothing_typed_in_a_hurry_ends_the_program(
    seed: int, tmp_path: Path
) -> None:
    choose = random.Random(seed)
    case, language = choose.choice(CASES), choose.choice(LANGUAGES)
    async with at(case, tmp_path, language) as pilot:
        for _time in range(choose.randint(5, 20)):
            await burst(pilot, choose)
            assert pilot.app._exception is None
            if not pilot.app.screen_stack:
                return  # it was asked to end
        await calm(pilot)  # what is being made is made, before all is taken down


async def test_a_key_typed_for_a_screen_that_comes_waits_for_it(
    tmp_path: Path,
) -> None:
    """« No nodes match '#acts' »: the arrow came before the replay had its list."""
    async with at(Case("SessionsScreen", "folder", ""), tmp_path, "fr") as pilot:
        app = pilot.app
        assert isinstance(app, JuryApp)
        hit(app, "g", "left", "left")
        await asyncio.sleep(0.2)
        await calm(pilot)
        assert isinstance(app.screen, ReplayScreen)
        await press(pilot, "end", "left")
        acts = app.screen.query_one("#acts", Lines)
        assert len(acts.rows) - 2 == acts.cursor


async def test_enter_among_no_texts_goes_back_to_the_field(tmp_path: Path) -> None:
    """« tuple index out of range »: nothing was written yet, and Tab went there."""
    app = screens.shown(tmp_path, screens.deliberating)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "e")
        field = app.focused
        await press(pilot, "tab", "enter")
        assert field is app.focused


async def test_keys_after_the_last_one_are_dropped(tmp_path: Path) -> None:
    app = screens.app(tmp_path / "sessions")
    async with app.run_test(size=(80, 24)):
        hit(app, "ctrl+q", "a", "b", "c")
    assert app._exception is None
    assert app.return_code == 0
