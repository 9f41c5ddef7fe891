"""What was found by looking at the screens that prepare, ask and help."""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.ui.screens.form import FormScreen
from jury_tui.ui.widgets.ask import Field
from tests.support import screens
from tests.support.cases import Case, at
from tests.support.screens import lines, press, text

PLACE = "Centre communal d’action sociale de Brévannes-le-Vieux, salle des mariages"


class TestConfirming:
    """“Oui, l’écrire” answered no question: Enter repeats its verb."""

    @pytest.mark.parametrize(
        ("stage", "keys", "verb", "french"),
        [
            ("finished", "c", "Yes, close it", "Oui, clore"),
            ("gathered", "asterisk enter o", "Yes, open it", "Oui, ouvrir"),
            ("exported", "k", "Yes, seal them", "Oui, sceller"),
        ],
    )
    async def test_enter_says_what_it_does(
        self, tmp_path: Path, stage: str, keys: str, verb: str, french: str
    ) -> None:
        case = Case("ConfirmScreen", stage, keys)
        for tongue, said in (
            ("fr", (f"Entrée {french}", "Non, revenir")),
            ("en", (f"Enter {verb}", "No, go back")),
        ):
            async with at(case, tmp_path / tongue, tongue) as pilot:
                await pilot.resize_terminal(60, 20)
                assert all(words in text(pilot) for words in said), said


class TestPalette:
    async def test_a_sign_tells_the_chosen_row(self, tmp_path: Path) -> None:
        """Its colour alone told it."""
        case = Case("PaletteScreen", "deliberating", "enter ctrl+p")
        async with at(case, tmp_path, "fr") as pilot:
            for step in range(3):
                marked = [line for line in lines(pilot) if "│▸" in line[:4]]
                marked += [line for line in lines(pilot) if "│ ▸" in line[:5]]
                assert len(marked) == 1, step
                await press(pilot, "down")


class TestFields:
    async def test_a_hint_is_no_value(self, tmp_path: Path) -> None:
        """In high contrast and in monochrome, nothing told one from the other."""
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "a")
            assert "(JJ/MM/AAAA)" in text(pilot)
            assert "(vide\u00a0: toutes)" in text(pilot)
            for field in app.screen.query(Field):
                hint = field.placeholder
                assert not hint or (hint[0], hint[-1]) == ("(", ")")

    async def test_what_is_cut_has_a_sign(self, tmp_path: Path) -> None:
        """A place longer than its field looked whole."""
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "a", *["down"] * 4, f">{PLACE}")
            assert isinstance(app.screen, FormScreen)
            row = next(line for line in lines(pilot) if "Lieu de naissance" in line)
            assert "…" in row  # what comes before
            assert "mariages" in row
            await press(pilot, "down")  # it is read from its beginning again
            row = next(line for line in lines(pilot) if "Lieu de naissance" in line)
            assert "  Centre communal d’action" in row
            assert "…  │" in row
            await press(pilot, "up")  # and one types where one was
            row = next(line for line in lines(pilot) if "Lieu de naissance" in line)
            assert "mariages" in row
