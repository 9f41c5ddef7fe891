"""Twelve pictures, eight of them of the live screens, as SVG that a browser shows.

A picture that was meant to change is drawn anew, and looked at, with
``JURY_TUI_DRAW=1 pytest tests/ui/test_snapshots.py``.

Textual draws them itself: the current ``pytest-textual-snapshot`` asks for a
``syrupy`` that refuses our pytest, and the one before names its SVG files ``.raw``.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from jury_tui.i18n import set_language
from jury_tui.register.record import Record
from jury_tui.ui.app import JuryApp
from tests.support import screens
from tests.support.gradedscreens import graded
from tests.support.screens import press

HERE = Path(__file__).with_name("snapshots")
DRAW = bool(os.environ.get("JURY_TUI_DRAW"))
NOON = dt.datetime(2008, 6, 10, 12, 0, tzinfo=screens.PARIS)


class Picture(NamedTuple):
    """What is looked at: a session, keys, and how it is shown."""

    stage: Callable[[Path], Record]
    keys: str
    theme: str = "jury-dark"
    language: str = "fr"
    size: tuple[int, int] = (80, 24)


PICTURES = {
    "roll-call": Picture(screens.convened, "space space space G"),
    "agenda": Picture(screens.opened, "down x up", "jury-light"),
    "ballot": Picture(screens.deliberating, "enter u N c G b"),
    "ballot-wide": Picture(
        screens.deliberating, "enter u N c G b", "jury-contrast", "en", (120, 40)
    ),
    "invitees": Picture(screens.opened, "a h h d space down down space", "jury-mono"),
    "pronounce": Picture(screens.deliberating, "enter u c c c c c u u d"),
    "palette": Picture(screens.opened, "a ctrl+p", "jury-light", "en"),
    "projector": Picture(screens.opened, "a h ctrl+o", "jury-dark", "fr", (120, 40)),
    "what-if": Picture(screens.convened, "j w space", "jury-light"),
    "grid": Picture(graded, "enter m t D 3 n M 1 p N 2 n u", "jury-mono"),
    "member": Picture(screens.drafted, "j end m", "jury-dark", "fr", (60, 20)),
    "minutes": Picture(screens.closed, "", "jury-contrast", "en", (120, 40)),
}


@pytest.mark.parametrize("name", PICTURES)
async def test_as_it_was_looked_at(tmp_path: Path, name: str) -> None:
    """The same text in the same colours, cell by cell."""
    picture = PICTURES[name]
    set_language(picture.language)
    record = picture.stage(tmp_path / "sessions")
    record.close()
    app = JuryApp(
        tmp_path / "sessions",
        tmp_path / "exports",
        open_path=record.path,
        clock=lambda: NOON,
    )
    app.theme = picture.theme
    async with app.run_test(size=picture.size) as pilot:
        await screens.settle(pilot)
        await press(pilot, *picture.keys.split())
        await pilot.pause()
        drawn = app.export_screenshot(title=name)
    kept = HERE / f"{name}.svg"
    if DRAW:
        kept.write_text(drawn, encoding="utf-8", newline="\n")
    assert drawn == kept.read_text(encoding="utf-8"), f"{kept} differs"
