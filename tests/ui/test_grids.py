"""Grids by keys alone: exceptions first, then all the rest; two entries settled."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.i18n import set_language
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.session import File
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.grid import GridScreen
from jury_tui.ui.screens.readings import ReadingsScreen
from jury_tui.ui.widgets.bars import KeyBar
from tests.support import screens
from tests.support.gradedscreens import graded
from tests.support.screens import lines, press, text

EXCEPTIONS = ("D", "3", "n", "M", "1", "p", "N", "2", "n", "G", "5", "n", "E", "6", "p")


@pytest.fixture
def app(tmp_path: Path) -> JuryApp:
    """Deliberating on a component assessed by levels, one by marks, one by neither."""
    record = graded(tmp_path / "sessions")
    record.close()
    return screens.app(tmp_path / "sessions", record.path)


def file(app: JuryApp) -> File:
    """The candidate's file."""
    assert app.session is not None
    return app.session.files["c1"]


def level(app: JuryApp, member: str, criterion: str, reader: int = 1) -> str:
    """A level as the register holds it."""
    return judgement.entries(file(app), "a", reader)[member].levels[criterion]


def fits(pilot: Pilot[None]) -> None:
    """Nothing is wider than the screen."""
    width, height = pilot.app.size
    shown = lines(pilot)
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}
    for bar in pilot.app.screen.query(KeyBar):
        assert all(end <= bar.size.width for _s, end, _hot in bar.shown)


class TestSpeed:
    """« a letter per level, first letters to reach a member, […] the same for all in
    one key then only exceptions »"""

    async def test_eight_members_six_criteria_five_exceptions_in_sixteen_keys(
        self, app: JuryApp
    ) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "t")
            before = file(app)
            keys = (*EXCEPTIONS, "u")
            await press(pilot, *keys)

            assert len(keys) == 16
            assert not before.grids
            grids = judgement.entries(file(app), "a")
            assert {m: len(g.levels) for m, g in grids.items()} == {
                f"m{n}": 6 for n in range(1, 9)
            }
            assert level(app, "m1", "a3") == "not_acquired"
            assert level(app, "m2", "a1") == "partly_acquired"
            assert level(app, "m6", "a5") == "not_acquired"
            assert level(app, "m7", "a2") == "not_acquired"
            assert level(app, "m5", "a6") == "partly_acquired"
            every = [v for g in grids.values() for v in g.levels.values()]
            assert every.count("acquired") == 43
            assert "enregistré à" in text(pilot)

    async def test_all_acquired_for_the_jury_is_one_key(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "u")

            (grid,) = judgement.entries(file(app), "a").values()
            assert set(grid.levels.values()) == {"acquired"}
            assert "20/20 pondéré, seuil 10" in text(pilot)

    async def test_a_column_then_the_next(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "t", *"apnaap", "p", "enter")

            assert level(app, "m1", "a3") == "not_acquired"
            assert level(app, "m1", "a6") == "partly_acquired"
            assert level(app, "m2", "a1") == "partly_acquired"


class TestKeys:
    async def test_every_key_acts_or_is_not_offered(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "t")
            await press(pilot, "p", "up", "r")  # along the line
            sheet = app.sheets["c1", "a", 1]
            assert [v for (_m, c), v in sheet.items() if c == "a1"] == [
                "partly_acquired"
            ] * 8
            await press(pilot, "c")  # down the column
            assert [v for (m, _c), v in sheet_of(app).items() if m == "m1"] == [
                "partly_acquired"
            ] * 6
            await press(pilot, "right", "down", "n", "backspace", "up", "backspace")
            assert sheet_of(app)["m2", "a2"] is None
            await press(pilot, "left", "left", "end", "home", "4")
            assert screen(app).lines.key == "a4"
            assert screen(app).member == "m1"
            await press(pilot, "i", "escape", "f1", "escape", "z")
            assert isinstance(app.screen, GridScreen)

    async def test_letters_of_the_rooms_fill_the_grid(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "p", "j", "l", "g")

            assert isinstance(app.screen, GridScreen)
            assert sheet_of(app) == {("jury", "a1"): "partly_acquired"}

    async def test_two_capitals_are_two_members_once_a_level_is_typed(
        self, app: JuryApp
    ) -> None:
        """N then G: once, GARCIA’s level went to NGUYỄN, reached as “ng”."""
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "t", "N", "n", "G", "p")

            assert ("m6", "a2") in sheet_of(app)
            assert ("m7", "a2") not in sheet_of(app)

    async def test_what_is_typed_is_kept_until_recorded(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "n", "escape", "m")

            assert "pas encore enregistré" in text(pilot)
            assert not file(app).grids
            await press(pilot, "enter", "escape", "m")
            assert level(app, "jury", "a1") == "not_acquired"

    async def test_undone(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "u", "z")

            assert not file(app).grids
            assert app.record is not None
            assert isinstance(app.record.acts[-1], a.ActUndone)

    async def test_once_voted_it_is_only_read(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "u", "escape", "u", "up", "m")

            assert "la grille se lit" in text(pilot)
            await press(pilot, "n", "u", "enter", "backspace", "r", "c", "d", "e")
            assert sheet_of(app) == {}

    async def test_mouse(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "n")
            await pilot.click("#grid", offset=(5, 5))
            await screens.settle(pilot)
            assert screen(app).lines.key == "a5"


def screen(app: JuryApp) -> GridScreen:
    """The grid on the screen."""
    assert isinstance(app.screen, GridScreen)
    return app.screen


def head(pilot: Pilot[None]) -> str:
    """The names above the columns."""
    return next(line for line in text(pilot).splitlines() if "▾" in line)


def sheet_of(app: JuryApp) -> dict[tuple[str, str], object]:
    """What is typed and not recorded yet."""
    return dict(app.sheets.get(("c1", "a", screen(app).reader), {}))


class TestMarks:
    """« levels […] or marks »: digits are typed in the cell."""

    async def test_typed_and_the_same_for_all(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "down", "m", "t", *"12,5", "enter", *"9", "u")

            grids = judgement.entries(file(app), "b")
            assert grids["m1"].marks == {"b1": 1250, "b2": 900, "b3": 900}
            assert grids["m8"].marks == {"b1": 900, "b2": 900, "b3": 900}

    async def test_off_the_scale_is_said(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "down", "m", *"21", "enter")
            assert "de 0 à 20" in text(pilot)
            await press(pilot, *"12,3", "right")
            assert "entre deux" in text(pilot)
            await press(pilot, *"1", "backspace", "u")
            assert "Tapez d’abord une note" in text(pilot)
            assert not file(app).grids

    async def test_a_component_without_criteria(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(
                pilot, "enter", "end", "m", "t", *"14", "right", *"8,5", "enter"
            )
            await press(pilot, "enter")

            assert file(app).marks["c", 1] == {"m1": 1400, "m2": 850}
            assert "!\u00a0écart" in text(pilot)
            assert "méd. 11,25" in text(pilot)


class TestTwoReadings:
    """« a second person types the same grid blind, the program names each difference,
    which must be settled before the vote is counted »"""

    async def test_blind_then_settled_then_voted(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "2", "n", "u", "d")
            shown = text(pilot)
            assert "à l’aveugle" in shown
            assert "acquis proposé" not in shown
            assert " N " not in shown
            await press(pilot, "6", "p", "u")
            assert isinstance(app.screen, ReadingsScreen)
            assert "Reste à trancher\u00a0: 2" in text(pilot)
            await press(pilot, "escape", "escape", "u")
            assert "Les deux saisies diffèrent" in text(pilot)
            assert file(app).ballot("a") is None
            await press(pilot, "m", "e", "right", "x", "down", "enter", "enter")
            assert isinstance(app.screen, GridScreen)
            settled = judgement.standing(file(app), "a")["jury"].levels
            assert (settled["a2"], settled["a6"]) == ("acquired", "partly_acquired")
            assert level(app, "jury", "a2") == "not_acquired"
            assert level(app, "jury", "a6", 2) == "partly_acquired"
            await press(pilot, "escape", "u")
            assert file(app).ballot("a") is not None

    async def test_lines_that_differ_bear_a_sign(self, app: JuryApp) -> None:
        """Nothing told the lines that two people filled differently; “(2)” told
        nothing: a sign on the line and in the cell, and how many there are."""
        async with app.run_test(size=(80, 24)) as pilot:
            await press(
                pilot, "enter", "m", "2", "n", "u", "d", "6", "p", "u", "escape"
            )
            assert isinstance(app.screen, GridScreen)
            await press(pilot, "1")
            rows = {x[1:3]: x.rstrip() for x in lines(pilot) if x[1:2] == "a"}
            differ = {name for name, row in rows.items() if row.endswith("≠")}
            assert differ == {"a2", "a6"}
            assert "≠N non acquis" in rows["a2"]
            assert "≠ 2 écarts" in lines(pilot)[1]
            assert "2 écarts entre les deux saisies (≠)" in lines(pilot)[-3]
            await press(pilot, "2")
            assert "≠ seconde saisie\u00a0: acquis" in text(pilot)
            await press(pilot, "e", "right", "right", "enter")
            assert isinstance(app.screen, GridScreen)
            assert "≠" not in text(pilot)
            assert "Deux saisies\u00a0: 2 écarts, tranchés." in text(pilot)

    async def test_in_the_order_of_the_grid(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "t", "M", "4", "n", "u", "d")
            await press(pilot, "G", "5", "n", "2", "n", "D", "3", "p", "u")
            assert isinstance(app.screen, ReadingsScreen)
            assert [(d.member, d.criterion) for d in app.screen.differences()] == [
                ("m1", "a3"),
                ("m2", "a4"),
                ("m6", "a2"),
                ("m6", "a5"),
            ]

    async def test_the_same(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "u", "d", "u")

            assert "Les deux saisies sont identiques" in text(pilot)
            assert not judgement.differences(file(app), "a")

    async def test_left_in_the_middle(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "u", "d", "p", "d")
            assert "à l’aveugle" not in text(pilot)
            await press(pilot, "d")
            assert "reste à remplir\u00a0: 5" in text(pilot)

    async def test_marks_settled_to_another(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "end", "m", *"12", "u", "d", *"14", "u")
            await press(pilot, "x", ">13", "enter")
            assert "✓ 13" in text(pilot)
            await press(pilot, "up", "left", "enter")
            assert file(app).readings["c"].marks == {"jury": 1200}


class TestFit:
    """Both languages, 80×24 and 60×20, hostile names, and no word of the other."""

    VISITS = (
        ("enter", "m"),
        ("enter", "m", "t", *EXCEPTIONS, "u"),
        ("enter", "m", "u", "d", "n", "u"),
        ("enter", "down", "m", "t", *"12,5"),
        ("enter", "m", "f1"),
    )

    @pytest.mark.parametrize("keys", VISITS)
    @pytest.mark.parametrize("tongue", ["fr", "en"])
    async def test_fits(
        self, tmp_path: Path, keys: tuple[str, ...], tongue: str
    ) -> None:
        record = graded(tmp_path / "sessions")
        record.close()
        set_language(tongue)
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, *keys)
            fits(pilot)
            shown = text(pilot)
            for width, height in ((60, 20), (120, 40), (80, 24)):
                await pilot.resize_terminal(width, height)
                await screens.settle(pilot)
                await pilot.pause()
                fits(pilot)
            assert text(pilot) == shown
            foreign = (
                ("Criterion", "Mean", "grid", "acquired", "reading")
                if tongue == "fr"
                else ("Critère", "Moyenne", "grille", "acquis ", "saisie")
            )
            assert not [word for word in foreign if word in shown]

    async def test_thirteen_columns_slide(self, app: JuryApp) -> None:
        async with app.run_test(size=(60, 20)) as pilot:
            await press(pilot, "enter", "down", "m", "t")
            assert "›" in head(pilot)
            await press(pilot, *("right",) * 7)
            assert "‹" in head(pilot)
            assert "▾Had" in text(pilot)
            assert "HADDAD" in text(pilot)

    async def test_monochrome_says_all_in_signs(self, app: JuryApp) -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            app.set_theme("jury-mono")
            await press(pilot, "enter", "m", "t", *EXCEPTIONS, "u")
            shown = text(pilot)
            for sign in ("▸A", "▾", "élim.", "!", "Écart signalé sur", "├", "→ acquis"):
                assert sign in shown
