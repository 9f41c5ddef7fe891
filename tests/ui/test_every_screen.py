"""Every screen in every state, in both tongues, at any size, with hostile words."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.i18n import _, spoken
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.help import HelpScreen
from jury_tui.ui.widgets.bars import KeyBar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Column, shared_out
from jury_tui.ui.words import abbreviated
from tests.support.cases import CASES, Case, at, calm
from tests.support.screens import lines, text
from tests.support.tongues import strange

SIZES = ((60, 20), (120, 40))
HOSTILE = ("[/]", "=1+1", "[red]", "[BOLD", "[b]", "[bold]", "حداد", "山田", "[ / ]")
"""One of these is on every screen that shows what people typed."""
NOBODY = {"NewScreen", "FiguresScreen", "HelpScreen", "AuditScreen"}
"""Screens that show nothing that people typed."""
HELPED = {case.screen: case for case in reversed(CASES)}
"""The first case of each screen: what its keys are for is read there."""


def beyond(pilot: Pilot[Any]) -> list[str]:
    """What is cut, or goes over an edge."""
    width, height = pilot.app.size
    shown = lines(pilot)
    wrong = [line for line in shown if cell_len(line) != width]
    if len(shown) != height:
        wrong.append(f"{len(shown)} lines")
    for bar in pilot.app.screen.query(KeyBar):
        inside = all(end <= bar.size.width for _start, end, _hot in bar.shown)
        if not bar.shown or not inside or len(bar.shown) > KeyBar.MOST:
            wrong.append(f"keys: {bar.shown}")
        if bar.region.right > width:
            wrong.append(f"keys to {bar.region.right}")
    for found in pilot.app.screen.query(Lines):
        wrong += _columns_cut(found, width)
    return wrong


def left_out(pilot: Pilot[Any], tongue: str) -> list[str]:
    """The keys for which the bar has no room, were another language spoken.

    At 80 columns, o, n, t or Ctrl+G were lost in French that English had room for.
    """
    with spoken(tongue):
        bars = pilot.app.screen.query(KeyBar)
        return [hot.action for bar in bars for hot in bar.left_out()]


def one_way(pilot: Pilot[Any]) -> bool:
    """Whether the title says where one is in the one form there is for it."""
    screen = pilot.app.screen
    if not isinstance(screen, JuryScreen) or not screen.query("#title"):
        return True
    *before, here = screen.crumbs()
    first = (before or [here])[0].text
    return (
        first.removesuffix(" › ") == f" {_('Sessions')}"
        and all(c.text.endswith(" › ") and c.tone == "soft" for c in before)
        and here.tone == "strong"
        and "›" not in here.text
    )


def _columns_cut(found: Lines, screen: int) -> list[str]:
    """The heads of columns that are cut, or that touch what stands beside them."""
    if not found.display or not found.head or not found.size.width:
        return []
    widths = shared_out(found.columns, found.scrollable_content_region.width, screen)
    cut = [
        column.label
        for column, width in zip(found.columns, widths, strict=True)
        if width and cell_len(_head(column, width)) > width
    ]
    if sum(widths) + sum(w > 0 for w in widths) > found.size.width + 1:
        cut.append(f"{found.id}: {widths}")
    return cut


def _head(column: Column, width: int) -> str:
    said = column.label.strip()
    return abbreviated(said, width) if column.words else said


def unprintable(shown: str) -> set[str]:
    """Signs that drive a terminal, or turn its text around."""
    kinds = ("Cc", "Cf", "Cs", "Co")
    return {c for c in shown if c != "\n" and unicodedata.category(c) in kinds}


@pytest.mark.parametrize("tongue", ["fr", "en"])
@pytest.mark.parametrize("case", CASES, ids=str)
async def test_as_it_is_seen(tmp_path: Path, case: Case, tongue: str) -> None:
    """« hostile names on each; no English word on French screens and the reverse;
    footer and columns inside the width »; « resized to 60×20 and back »."""
    async with at(case, tmp_path, tongue) as pilot:
        app = pilot.app
        before, focused, said = text(pilot), app.focused, ""
        assert one_way(pilot)
        assert left_out(pilot, "fr") == left_out(pilot, "en")
        tops = {found: found.scroll_offset.y for found in app.screen.query(Lines)}
        assert beyond(pilot) == []
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await calm(pilot)
            assert beyond(pilot) == []
            said = text(pilot)
            assert unprintable(said) == set()
        assert strange(said, tongue, tmp_path) == set()
        nothing = case.stage == "alone" or ">personne" in case.keys
        known = case.screen in NOBODY or nothing
        assert known or any(name in said for name in HOSTILE)
        if tongue == "fr":  # as wide in both
            await pilot.resize_terminal(80, 24)
            await calm(pilot)
            for found, top in tops.items():  # the cursor was kept in view meanwhile
                found.scroll_to(y=top, animate=False)
            await pilot.pause()
            assert text(pilot) == before
            assert app.focused is focused
        if HELPED[case.screen] is case and isinstance(app.screen, JuryScreen):
            await app.run_action("help")
            await calm(pilot)
            assert isinstance(app.screen, HelpScreen) or case.screen == "HelpScreen"
            helped = app.screen.query_one(Reading).shown.plain
            assert strange(helped, tongue, tmp_path) == set()
