"""« every key that the footer names does something, or says why not », everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.strip import Strip

from jury_tui.i18n import set_language
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Hot, KeyBar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.rows import shared_out
from tests.support import screens
from tests.support.gradedscreens import graded
from tests.support.screens import lines, press, text

VISITS = [
    ("folder", ""),
    ("folder", "n"),
    ("folder", "n enter"),
    ("folder", "v"),
    ("folder", "t"),
    ("folder", "p"),
    ("folder", "ctrl+p"),
    ("drafted", "j"),
    ("drafted", "j v"),
    ("drafted", "j w"),
    ("drafted", "j a"),
    ("drafted", "l"),
    ("drafted", "l f"),
    ("convened", "j"),
    ("convened", "j w space"),
    ("opened", "j"),
    ("opened", "l"),
    ("opened", "g"),
    ("deliberating", "enter"),
    ("graded", "enter m"),
    ("graded", "enter m t a"),
    ("graded", "enter m u d n u"),
    ("closed", "p"),
    ("closed", "p x"),
    ("closed", "p x v"),
    ("closed", "l enter"),
]
LEAVES = ("app.quit", "quit")


def app_at(stage: str, folder: Path) -> JuryApp:
    """The application on a session of that stage, or on a folder of two."""
    if stage == "folder":
        for make in (screens.closed, screens.opened):
            make(folder).close()
        return screens.app(folder)
    record = graded(folder) if stage == "graded" else getattr(screens, stage)(folder)
    record.close()
    return screens.app(folder, record.path)


def offered(pilot: Pilot[None]) -> list[Hot]:
    """The keys that the footer names, those that leave left out."""
    bar = pilot.app.screen.query(KeyBar).last()
    return [
        hot
        for hot in bar.hots
        if hot.action not in LEAVES and "back" not in hot.action and hot.key != "F1"
    ]


def painted(pilot: Pilot[None]) -> list[Strip]:
    """The screen, with its colours: a key that goes to another list does something."""
    return pilot.app.screen._compositor.render_strips()


@pytest.mark.parametrize(("stage", "keys"), VISITS)
async def test_each_key(tmp_path: Path, stage: str, keys: str) -> None:
    silent = []
    folder = tmp_path / "sessions"
    app = app_at(stage, folder)
    async with app.run_test(size=(120, 40)) as pilot:
        await screens.settle(pilot)
        await press(pilot, *keys.split())
        for hot in offered(pilot):
            if hot not in offered(pilot):
                continue  # the keys before it changed what can be done
            screen = app.screen
            app.hush()
            await pilot.pause()
            before = painted(pilot)
            await app.run_action(hot.action, hot.namespace)  # type: ignore[arg-type]
            await screens.settle(pilot)
            await pilot.pause()
            if painted(pilot) == before:
                silent.append(f"{hot.key} {hot.label}")
            for _once in range(4):
                asking = isinstance(screen, JuryScreen) and screen.asking is not None
                if app.screen is screen and not asking:
                    break
                await press(pilot, "escape")
            if app.screen is not screen:
                break
    assert silent == []


def columns_cut(pilot: Pilot[None]) -> list[str]:
    """The heads of columns that are cut, or that touch what stands beside them."""
    cut = []
    for found in pilot.app.screen.query(Lines):
        if not found.display or not found.head or not found.size.width:
            continue
        widths = shared_out(
            found.columns,
            found.scrollable_content_region.width,
            pilot.app.size.width,
        )
        cut += [
            column.label
            for column, width in zip(found.columns, widths, strict=True)
            if width and cell_len(column.label.strip()) > width
        ]
        if sum(widths) + sum(w > 0 for w in widths) > found.size.width + 1:
            cut.append(f"{found.id}: {widths}")
    return cut


@pytest.mark.parametrize("tongue", ["fr", "en"])
@pytest.mark.parametrize(("stage", "keys"), VISITS)
async def test_small_and_back(
    tmp_path: Path, stage: str, keys: str, tongue: str
) -> None:
    """« the terminal may be resized to 60×20 and back without loss »: the same text,
    the same focus, no head of a column cut, nothing beyond the edge."""
    set_language(tongue)
    app = app_at(stage, tmp_path / "sessions")
    async with app.run_test(size=(80, 24)) as pilot:
        await screens.settle(pilot)
        await press(pilot, *keys.split())
        before, focused = text(pilot), app.focused
        for width, height in ((60, 20), (200, 50), (80, 24)):
            await pilot.resize_terminal(width, height)
            await screens.settle(pilot)
            await pilot.pause()
            shown = lines(pilot)
            assert {cell_len(line) for line in shown} == {width}
            assert columns_cut(pilot) == []
            for bar in app.screen.query(KeyBar):
                assert bar.shown
                assert all(end <= bar.size.width for _start, end, _hot in bar.shown)
        assert text(pilot) == before
        assert app.focused is focused
