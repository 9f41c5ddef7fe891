"""Every screen at the smallest sizes, with names that try to break it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.i18n import set_language
from jury_tui.locale.__main__ import merged
from jury_tui.register.record import Record
from jury_tui.ui.widgets.bars import KeyBar
from tests.support import screens
from tests.support.lengths import LONG
from tests.support.screens import lines, press, text

SIZES = [(80, 24), (60, 20), (120, 40)]
STAGES = {
    "drafted": (screens.drafted, ["", "a", "w", "l", "a", "ctrl+p", "p", "g", "f1"]),
    "convened": (screens.convened, ["", "enter", "w", "t", "d", "x", "h", "l", "t"]),
    "opened": (screens.opened, ["", "enter", "j", "a d", "j w", "i", "s", "r", "c"]),
    "deliberating": (
        screens.deliberating,
        ["enter", "enter r", "enter e", "enter t", "enter m", "enter y", "enter f1"],
    ),
    "closed": (screens.closed, ["", "x", "x w", "g", "g v", "j", "l enter"]),
}
ROOMS = {
    "drafted": ("j", "l"),
    "convened": ("j",),
    "opened": ("l", "enter"),
    "deliberating": ("enter",),
    "closed": ("p",),
}
CASES = [
    pytest.param(stage, keys, id=f"{stage}-{keys or 'first'}")
    for stage, (_make, visits) in STAGES.items()
    for keys in visits
]


def made(stage: str, folder: Path) -> Path:
    """A closed register of that stage."""
    record: Record = STAGES[stage][0](folder)
    record.close()
    return record.path


def fits(pilot: Pilot[None]) -> None:
    """Nothing is wider than the screen, and help stands in the footer."""
    width, height = pilot.app.size
    shown = lines(pilot)
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}
    for bar in pilot.app.screen.query(KeyBar):
        assert bar.region.right <= width
        assert all(end <= bar.size.width for _s, end, _hot in bar.shown)
        assert len(bar.shown) <= KeyBar.MOST
        assert bar.shown


class TestFit:
    """« works at 60×20 »; « footer ≤ 8 keys, never over 80 columns »; hostile names."""

    @pytest.mark.parametrize(("stage", "keys"), CASES)
    async def test_every_screen(self, tmp_path: Path, stage: str, keys: str) -> None:
        path = made(stage, tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, *keys.split())
            fits(pilot)
            await pilot.resize_terminal(60, 20)
            await screens.settle(pilot)
            await pilot.pause()
            fits(pilot)

    async def test_resized_and_back(self, tmp_path: Path) -> None:
        path = made("deliberating", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "D", "c")
            before = text(pilot)
            await pilot.resize_terminal(60, 20)
            await screens.settle(pilot)
            fits(pilot)
            await pilot.resize_terminal(80, 24)
            await screens.settle(pilot)
            assert before == text(pilot)

    async def test_names_as_they_are(self, tmp_path: Path) -> None:
        path = made("convened", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(120, 40)) as pilot:
            await screens.settle(pilot)
            shown = text(pilot)
            for name in ("MARTIN [/] Paul", "=1+1 Zoé", "GARCIA [BOLD Inès"):
                assert name in shown
            assert "\u202e" not in shown

    async def test_sessions_and_new(self, tmp_path: Path) -> None:
        made("opened", tmp_path / "sessions")
        for size in SIZES:
            app = screens.app(tmp_path / "sessions")
            async with app.run_test(size=size) as pilot:
                await screens.settle(pilot)
                fits(pilot)
                await press(pilot, "n")
                fits(pilot)
                await press(pilot, "enter")
                fits(pilot)


class TestKeys:
    """Every key the footer and help name does something, or says why not."""

    @pytest.mark.parametrize("stage", STAGES)
    async def test_no_key_breaks(self, tmp_path: Path, stage: str) -> None:
        path = made(stage, tmp_path / "sessions")
        rooms = ("j", "l", "p", "g", "enter") if LONG else ROOMS[stage]
        for room in rooms:
            app = screens.app(tmp_path / "sessions", path)
            async with app.run_test(size=(80, 24)) as pilot:
                await press(pilot, room)
                keys = sorted(
                    key
                    for key, active in app.screen.active_bindings.items()
                    if active.enabled and key not in ("ctrl+q", "ctrl+c", "ctrl+l")
                )
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause()
                    await pilot.press("escape")
                    await pilot.pause()
                    if app.session is None:
                        break
            assert app.return_code in (0, None)


def sentences() -> dict[str, str]:
    """Sentences of the screens with their French, where the two differ."""
    return {
        english: said
        for english, said in ((m.id, m.string) for m in merged())
        if isinstance(english, str)
        and isinstance(said, str)
        and len(english) > 9
        and english != said
        and "{" not in english
    }


class TestLanguages:
    """« no English word on French screens, and the reverse »."""

    @pytest.mark.parametrize(("stage", "keys"), CASES if LONG else CASES[::4])
    async def test_french_then_english(
        self, tmp_path: Path, stage: str, keys: str
    ) -> None:
        path = made(stage, tmp_path / "sessions")
        known = sentences()
        shown = {}
        for tongue in ("fr", "en"):
            set_language(tongue)
            app = screens.app(tmp_path / "sessions", path)
            async with app.run_test(size=(120, 40)) as pilot:
                await screens.settle(pilot)
                await press(pilot, *keys.split())
                shown[tongue] = text(pilot)
        strange = [e for e, f in known.items() if e in shown["fr"] and e not in f]
        assert strange == []
        mixed = [
            f
            for e, f in known.items()
            if len(f) > 12 and f in shown["en"] and f not in e and f not in MIXED
        ]
        assert mixed == []

    async def test_switched_live(self, tmp_path: Path) -> None:
        path = made("opened", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert "Candidats" in text(pilot)
            await press(pilot, "ctrl+l")
            assert "Candidates" in text(pilot)
            assert "Candidats" not in text(pilot)
            assert app.session is not None


# What people typed, and what is the same thing in both languages.
MIXED: set[str] = set()


class TestTheRest:
    """Palette, help, themes, projector."""

    async def test_palette_says_why_not(self, tmp_path: Path) -> None:
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "ctrl+p", ">ouvrir la", "enter")
            await screens.settle(pilot)
            assert "ne peut pas" in text(pilot) or "préparation" in text(pilot)
            assert app.session is not None
            assert app.session.opened_at is None

    async def test_projector_shows_no_vote(self, tmp_path: Path) -> None:
        path = made("deliberating", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "ctrl+o")
            shown = text(pilot)
            assert "acquise" not in shown
            assert "DURAND" not in shown
            assert "S a m i r a" in shown

    async def test_themes_are_remembered(self, tmp_path: Path) -> None:
        file = tmp_path / "settings.json"
        app = screens.app(tmp_path / "sessions", preferences=file)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "ctrl+t")
            chosen = app.theme
        again = screens.app(tmp_path / "sessions", preferences=file)
        assert again.theme == chosen

    async def test_nothing_heavy_is_imported(self, tmp_path: Path) -> None:
        import subprocess
        import sys

        made("opened", tmp_path / "sessions")
        code = (
            "import asyncio, sys\n"
            "from pathlib import Path\n"
            "from jury_tui.ui.app import JuryApp\n"
            f"app = JuryApp(Path({str(tmp_path / 'sessions')!r}), Path('x'))\n"
            "async def main():\n"
            "    async with app.run_test() as pilot:\n"
            "        await pilot.pause()\n"
            "asyncio.run(main())\n"
            "heavy = {'openpyxl', 'cryptography', 'lxml', 'jury_tui.audit'}\n"
            "print(sorted(heavy & set(sys.modules)))\n"
        )
        out = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert out.stdout.strip() == "[]"
