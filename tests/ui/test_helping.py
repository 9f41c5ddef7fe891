"""« F1 for the screen and the focused thing »: whatever takes the focus has its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import jury_tui.ui.screens as room
from jury_tui.i18n import set_language
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.help import HelpScreen, about_focus
from jury_tui.ui.screens.importing import ImportScreen
from jury_tui.ui.widgets.ask import Field, Panel
from jury_tui.ui.widgets.bars import ShowsKeys
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from tests.support import screens
from tests.support.gradedscreens import app_at
from tests.support.screens import lines, press, text

PLACES = {
    "SessionsScreen": ("folder", ""),
    "NewScreen": ("folder", "n"),
    "NewForm": ("folder", "n enter"),
    "AuditScreen": ("folder", "v"),
    "FiguresScreen": ("folder", "t"),
    "ReplayScreen": ("folder", "g"),
    "HelpScreen": ("folder", "f1"),
    "PaletteScreen": ("folder", "ctrl+p"),
    "JuryRoomScreen": ("drafted", "j"),
    "WhatIfScreen": ("drafted", "j w"),
    "ReadinessScreen": ("drafted", "j v"),
    "MemberForm": ("drafted", "j end m"),
    "AgendaScreen": ("drafted", "l"),
    "CandidateForm": ("drafted", "l end m"),
    "DetailsForm": ("drafted", "e"),
    "ImportScreen": ("drafted", "IMPORT"),
    "MemberScreen": ("convened", "j enter"),
    "CandidateScreen": ("deliberating", "enter"),
    "RegisterScreen": ("deliberating", "g"),
    "GridScreen": ("graded", "enter m"),
    "ReadingsScreen": ("graded", "enter m u d n u"),
    "MinutesScreen": ("closed", "p"),
    "VerifyScreen": ("closed", "p x v"),
}
"""How to get to each screen on which something takes the focus."""
NOTHING = {"ProjectorScreen"}
QUESTIONS = {
    "AskText": ("folder", "ctrl+f", "tapez la réponse"),
    "AskAgain": ("deliberating", "enter e", "textes déjà écrits"),
    "AskChoice": ("convened", "i", "premières lettres"),
    "AskSeveral": ("opened", "a h h d", "coche une ligne"),
    "AskPath": ("drafted", "l f", "[Tab] le complète"),
}


async def reach(pilot: Pilot[None], keys: str) -> Screen[Any]:
    """The screen that keys go to."""
    await screens.settle(pilot)
    for key in keys.split():
        if key == "IMPORT":  # whatever is asked before a file is read
            pilot.app.push_screen(ImportScreen("members"))
            await screens.settle(pilot)
        else:
            await press(pilot, key)
    return pilot.app.screen


def said(screen: Screen[Any]) -> dict[str, str]:
    """What F1 says of what has the focus, in each language."""
    words = {}
    for tongue in ("en", "fr"):
        set_language(tongue)
        words[tongue] = about_focus(screen)
    return words


def asked_in(widget: Widget) -> bool:
    """Whether a widget is part of a question."""
    return any(isinstance(above, Panel) for above in widget.ancestors)


def all_screens() -> set[str]:
    """Every screen of the program: those that no other one is made of."""
    for path in Path(str(room.__file__)).parent.glob("*.py"):
        __import__(f"{room.__name__}.{path.stem}")
    found: set[str] = set()
    left: list[type[object]] = [JuryScreen]
    while left:
        kind = left.pop()
        below = kind.__subclasses__()
        left += below
        if not below and kind.__module__.startswith(room.__name__):
            found.add(kind.__name__)
    return found


def test_no_screen_is_forgotten() -> None:
    assert all_screens() == set(PLACES) - {"PaletteScreen"} | NOTHING


@pytest.mark.parametrize("name", PLACES)
async def test_each_focusable_has_its_entry(tmp_path: Path, name: str) -> None:
    """The candidate's two lists and the grid had none of their own."""
    set_language("fr")
    stage, keys = PLACES[name]
    app = app_at(stage, tmp_path / "sessions")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await reach(pilot, keys)
        assert type(screen).__name__ == name
        assert isinstance(screen, ShowsKeys)
        ids = [w.id or "" for w in screen.focus_chain if not asked_in(w)]
        assert ids
        if name != "PaletteScreen":  # its one field is what its help speaks of
            assert set(ids) - set(screen.helps) == set()
        for widget in screen.focus_chain:
            screen.set_focus(widget)
            await pilot.pause()
            words = said(screen)
            assert words["en"]
            assert words["fr"] not in ("", words["en"])


@pytest.mark.parametrize("name", QUESTIONS)
async def test_each_question_has_its_entry(tmp_path: Path, name: str) -> None:
    set_language("fr")
    stage, keys, words = QUESTIONS[name]
    app = app_at(stage, tmp_path / "sessions")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await reach(pilot, keys)
        assert isinstance(screen, JuryScreen)
        assert type(screen.asking).__name__ == name
        assert words in said(screen)["fr"]
        assert said(screen)["en"] != said(screen)["fr"]


class TestPage:
    async def test_back_to_the_question(self, tmp_path: Path) -> None:
        set_language("fr")
        app = app_at("folder", tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await reach(pilot, "ctrl+f f1")
            assert isinstance(app.screen, HelpScreen)
            assert "tapez la réponse" in app.screen.query_one(Reading).line
            await press(pilot, "escape")
            assert isinstance(app.focused, Field)

    async def test_of_the_commands(self, tmp_path: Path) -> None:
        """F1 did nothing there."""
        set_language("fr")
        app = app_at("folder", tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            assert isinstance(await reach(pilot, "ctrl+p f1"), HelpScreen)
            assert "ses initiales" in " ".join(text(pilot).split())

    async def test_no_line_touches_what_scrolls_it(self, tmp_path: Path) -> None:
        """Lines as long as the room ended right at the scroll bar."""
        for size in ((80, 24), (60, 20)):
            app = screens.app(tmp_path / "sessions")
            async with app.run_test(size=size) as pilot:
                await press(pilot, "f1")
                page = app.screen.query_one("#page", Reading)
                assert page.max_scroll_y > 0
                bar = page.region.right - page.scrollbar_size_vertical
                longest = max(cell_len(x[:bar].rstrip()) for x in lines(pilot)[1:-2])
                assert bar - 8 < longest < bar

    async def test_whole_where_there_is_room(self, tmp_path: Path) -> None:
        """A line without a word made a page of fifty lines scroll."""
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(200, 50)) as pilot:
            await press(pilot, "f1")
            assert "Signes" in text(pilot)
            assert app.screen.query_one("#page", Reading).max_scroll_y == 0

    async def test_says_what_copies(self, tmp_path: Path) -> None:
        set_language("en")
        app = app_at("folder", tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert isinstance(app.focused, Lines)
            await press(pilot, "f1")
            assert "[Ctrl+C] copies what is selected" in " ".join(text(pilot).split())
