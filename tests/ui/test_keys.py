"""Every key of every screen: it does something, or says why it does not."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from jury_tui.session import judgement
from jury_tui.ui import screens as rooms
from jury_tui.ui.app import JuryApp
from tests.support.cases import VISITS, Case, at
from tests.support.pressing import Known, common, jury, press_all
from tests.support.screens import press, text

NAMED = {("enter", "run"): ("enter", "submit")}
"""What the key bar names otherwise than the field that takes the key."""


MOMENTARY = {("s", "stop"), ("r", "resume")}
"""Keys of an audit that is under way: ``test_past.py`` holds one up to press them."""


def _below(cls: type[Screen[object]]) -> Iterator[type[Screen[object]]]:
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


def every_screen() -> dict[str, type[Screen[object]]]:
    """The screens that are shown: those that no other one is made from."""
    for module in pkgutil.iter_modules(rooms.__path__):
        importlib.import_module(f"{rooms.__name__}.{module.name}")
    return {
        cls.__name__: cls
        for cls in _below(Screen)
        if cls.__module__.startswith(rooms.__name__) and not cls.__subclasses__()
    }


def test_no_screen_is_forgotten() -> None:
    assert every_screen().keys() == VISITS.keys()


@pytest.mark.parametrize("screen", VISITS)
async def test_every_key(tmp_path: Path, screen: str) -> None:
    """« Pilot tests cover every key of every screen », those named in help as well.

    A binding that acts in no case of its screen fails as one that is silent does: a
    new key needs a state in which it does something.
    """
    known: Known = set()
    acted: set[tuple[str, str]] = set()
    wrong: list[str] = []
    tongues = cycle(("fr", "en"))
    for number, (stage, keys) in enumerate(VISITS[screen]):
        case, under = Case(screen, stage, keys), tmp_path / str(number)
        wrong += await press_all(case, under, next(tongues), known, acted)
    assert wrong == []
    merged = every_screen()[screen]._merge_bindings()
    own = {(key, b.action) for key, b in merged if not common(b)}
    own = {NAMED.get(binding, binding) for binding in own}
    assert own - acted <= (MOMENTARY if screen == "AuditScreen" else set())


async def after(pilot: Pilot[None], *keys: str) -> JuryApp:
    """The application, once these keys are pressed."""
    await press(pilot, *keys)
    return jury(pilot)


class TestFound:
    """What pressing every key found, each named."""

    async def test_a_question_left_for_the_other_language(self, tmp_path: Path) -> None:
        """Ctrl+L while a file was asked for ended the program in a trace."""
        async with at(Case("ImportScreen", "drafted", "f"), tmp_path, "fr") as pilot:
            app = await after(pilot, "ctrl+l")
            assert "Jury and presence" in text(pilot)
            assert app.session is not None

    async def test_an_empty_grid_is_not_said_to_be_saved(self, tmp_path: Path) -> None:
        """The last mark erased, Enter said “saved at”, and nothing was written."""
        case = Case("GridScreen", "filled", "enter end m")
        async with at(case, tmp_path, "fr") as pilot:
            app = jury(pilot)
            assert app.record is not None
            count = len(app.record.acts)
            await after(pilot, "delete", "enter")
            assert len(app.record.acts) == count
            assert app.notice.kind == "refused"
            assert "grille vide ne s’enregistre pas" in app.notice.text
            await after(pilot, "1", "1", "enter")
            assert app.notice.kind == "saved"
            assert len(app.record.acts) == count + 1

    async def test_one_level_is_erased(self, tmp_path: Path) -> None:
        """Only undo could empty a cell, it was thought: Delete does, as Backspace."""
        case = Case("GridScreen", "filled", "enter m")
        async with at(case, tmp_path, "fr") as pilot:
            app = await after(pilot, "delete", "enter")
            assert app.session is not None
            levels = judgement.entries(app.session.files["c1"], "a")["jury"].levels
            assert sorted(levels) == ["a2", "a3", "a4", "a5", "a6"]

    async def test_a_window_that_only_reads_sees_grids(self, tmp_path: Path) -> None:
        case = Case("GridScreen", "read filled", "enter m")
        async with at(case, tmp_path, "fr") as pilot:
            await after(pilot, "a")
            assert "cette fenêtre ne fait que lire" in text(pilot).casefold()

    async def test_f1_twice(self, tmp_path: Path) -> None:
        case = Case("AgendaScreen", "opened", "")
        async with at(case, tmp_path, "fr") as pilot:
            before = text(pilot)
            await after(pilot, "f1", "f1")
            assert text(pilot) == before

    async def test_why_while_a_question_is_asked(self, tmp_path: Path) -> None:
        """Ctrl+O did nothing and said nothing as long as a reason was asked for."""
        case = Case("AgendaScreen", "opened", "r")
        async with at(case, tmp_path, "fr") as pilot:
            app = await after(pilot, "ctrl+o")
            assert "[Échap] y renonce" in app.notice.text
