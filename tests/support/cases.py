"""Every screen, in every state that changes what its keys do.

A case is a stage (:mod:`tests.support.stages`) and the keys that lead to the screen
from where the session opens. A screen without a case fails ``tests/ui/test_keys.py``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from textual.pilot import Pilot
from textual.screen import Screen

from jury_tui.i18n import set_language
from jury_tui.ui.app import JuryApp
from tests.support.screens import press, settle
from tests.support.stages import Stage, made

VISITS: dict[str, tuple[tuple[str, str], ...]] = {
    "SessionsScreen": (
        ("folder", ""),
        ("empty", ""),
        ("folder", "ctrl+f"),
        ("folder", "ctrl+f >2008 enter"),
        ("folder", "ctrl+f >personne enter"),
    ),
    "NewScreen": (("empty", "n"),),
    "NewForm": (("empty", "n enter down down >[b]=1+1"),),
    "JuryRoomScreen": (
        ("drafted", ""),
        ("alone", ""),
        ("convened", ""),
        ("gathering", ""),
        ("gathering", "d"),
        ("gathering", "down t"),
        ("gathered", ""),
        ("opened", "j"),
        ("opened", "j i"),
        ("suspended", "j"),
        ("called", "j"),
        ("closed", "j"),
        ("sealed", "j"),
        ("read convened", ""),
    ),
    "MemberForm": (
        ("drafted", "a >[b]=1+1"),
        ("drafted", "down m"),
        ("drafted", "a >[b]=1+1 ctrl+g"),
    ),
    "MemberScreen": (
        ("gathering", "down enter"),
        ("called", "j down enter"),
        ("sealed", "j down enter"),
    ),
    "DetailsForm": (("drafted", "e"),),
    "ReadinessScreen": (
        ("drafted", "v"),
        ("alone", "v"),
        ("convened", "v"),
        ("read convened", "v"),
    ),
    "WhatIfScreen": (
        ("drafted", "w"),
        ("drafted", "w space"),
        ("drafted", "w tab"),
        ("called", "j w tab tab"),
    ),
    "ImportScreen": (
        ("drafted", "f enter"),
        ("drafted", "l f enter"),
        ("drafted", "f"),
        ("drafted", "f end enter >[b]"),
    ),
    "AgendaScreen": (
        ("opened", ""),
        ("alone", "l"),
        ("drafted", "l"),
        ("convened", "l"),
        ("opened", "t"),
        ("opened", "r"),
        ("suspended", ""),
        ("called", ""),
        ("settled", ""),
        ("settled", "home"),
        ("settled", "home down"),
        ("finished", "home"),
        ("closed", "l"),
        ("exported", "l"),
        ("read opened", ""),
    ),
    "CandidateForm": (("drafted", "l a >[b]=1+1"), ("drafted", "l m")),
    "CandidateScreen": (
        ("deliberating", "enter"),
        ("deliberating", "enter right"),
        ("deliberating", "enter f"),
        ("deliberating", "enter t down enter f f f f f f f"),
        ("deliberating", "enter r"),
        ("drafted", "l enter"),
        ("opened", "enter"),
        ("suspended", "enter"),
        ("called", "enter"),
        ("heard", "enter"),
        ("lost", "enter"),
        ("lost", "enter e"),
        ("settled", "home enter"),
        ("settled", "home down enter"),
        ("tied", "enter end"),
        ("graded", "enter"),
        ("filled", "enter end"),
        ("closed", "l enter"),
        ("read deliberating", "enter"),
    ),
    "GridScreen": (
        ("graded", "enter m"),
        ("graded", "enter m t a up"),
        ("filled", "enter m"),
        ("filled", "enter m d"),
        ("filled", "enter down m"),
        ("filled", "enter down m down 1"),
        ("filled", "enter end m"),
        ("read_twice", "enter m"),
        ("tied", "enter end m"),
        ("read filled", "enter m"),
    ),
    "ReadingsScreen": (
        ("read_twice", "enter m e"),
        ("read_twice", "enter m e left"),
        ("read_twice", "enter m e x"),
        ("read_twice", "enter end m e"),
        ("read_twice", "enter end m e x"),
        ("read read_twice", "enter m e"),
    ),
    "MinutesScreen": (
        ("justified", ""),
        ("drafted", "p"),
        ("opened", "p"),
        ("closed", ""),
        ("irregular", ""),
        ("exported", ""),
        ("exported", "e"),
        ("sealed", ""),
        ("rectified", ""),
        ("read exported", ""),
    ),
    "VerifyScreen": (("exported", "v"), ("sealed", "v a")),
    "RegisterScreen": (
        ("deliberating", "g"),
        ("drafted", "g home"),
        ("read deliberating", "g"),
    ),
    "ReplayScreen": (("folder", "g"), ("altered", "v enter")),
    "AuditScreen": (
        ("altered", "v"),
        ("altered", "v tab"),
        ("altered", "v tab tab"),
        ("deliberating", "g v"),
    ),
    "FiguresScreen": (("folder", "t"), ("real", "t"), ("real", "t e")),
    "ProjectorScreen": (
        ("opened", "ctrl+o"),
        ("heard", "ctrl+o"),
        ("settled", "ctrl+o"),
        ("suspended", "ctrl+o"),
    ),
    "HelpScreen": (("deliberating", "enter f1"), ("folder", "f1")),
    "PaletteScreen": (("deliberating", "enter ctrl+p"), ("folder", "ctrl+p")),
    "ConfirmScreen": (("finished", "c"),),
}


class Case(NamedTuple):
    """A screen in a state.

    Attributes:
        screen: The name of its class.
        stage: What is on the disk.
        keys: What leads there.
    """

    screen: str
    stage: str
    keys: str

    def __str__(self) -> str:
        """For the name of a test."""
        return f"{self.screen}-{self.stage}-{self.keys or 'first'}".replace(" ", "_")


CASES = tuple(
    Case(screen, stage, keys)
    for screen, visits in VISITS.items()
    for stage, keys in visits
)


def _app(stage: Stage) -> JuryApp:
    def now() -> dt.datetime:
        return stage.now  # it stands still: a clock that moves changes the picture

    exports = stage.sessions.parent / "exports"
    return JuryApp(stage.sessions, exports, open_path=stage.path, clock=now)


@asynccontextmanager
async def at(case: Case, under: Path, tongue: str) -> AsyncIterator[Pilot[Any]]:
    """The application at a case, made anew.

    Args:
        case: Where.
        under: An empty folder.
        tongue: In which one is said what is said.
    """
    set_language(tongue)
    stage = made(case.stage, under)
    app = _app(stage)
    try:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, *case.keys.split())
            await calm(pilot)
            assert name(app.screen) == case.screen, case
            yield pilot
    finally:
        if stage.held is not None:
            stage.held.close()


async def calm(pilot: Pilot[Any]) -> None:
    """Wait until nothing changes by itself: what-if looks for changes in a moment."""
    await settle(pilot)
    if name(pilot.app.screen) == "WhatIfScreen":
        await pilot.pause(0.15)
        await settle(pilot)


def name(screen: Screen[Any]) -> str:
    """How the catalogue names it."""
    return type(screen).__name__
