"""What all screens share: sizes, languages, themes, the palette, the projector."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.register.record import Record
from jury_tui.ui.widgets.bars import KeyBar
from tests.support import screens
from tests.support.screens import lines, press, text


def made(stage: str, folder: Path) -> Path:
    """A closed register of that stage."""
    record: Record = getattr(screens, stage)(folder)
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
    """« works at 60×20 », with what was typed; names as they are."""

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


class TestLanguages:
    """« no English word on French screens, and the reverse »."""

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
