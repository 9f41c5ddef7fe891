"""What was found by looking at the screens that prepare, ask and help."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from jury_tui.ui.screens.form import FormScreen
from jury_tui.ui.widgets.ask import Field
from jury_tui.ui.widgets.reading import Reading
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


class TestImporting:
    async def test_faults_are_seen_first(self, tmp_path: Path) -> None:
        """Once the file was read again, they stood above what the list showed."""
        app = screens.shown(tmp_path, partial(screens.drafted, candidates=0))
        file = app.sessions.parent / "candidats.csv"
        rows = [f"Nom{n};Zoé;14/02/1974" for n in range(40)]
        head = "Nom de naissance;Prénom;Date de naissance"
        file.write_text("\n".join((head, *rows)), "utf-8")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "C", "enter", "end")
            assert "40 lignes à garder" in text(pilot)
            rows[20] = "Nom20;Zoé;31/02/1970"
            rows[35] = ";Zoé;14/02/1974"
            file.write_text("\n".join((head, *rows)), "utf-8")
            await press(pilot, "r")
            shown = " ".join(text(pilot).split())
            assert "38 lignes à garder · 2 erreurs" in shown
            assert [x[1:8].split() for x in lines(pilot)[3:5]] == [
                ["22", "✗"],
                ["37", "✗"],
            ]
            assert "ligne 22, colonne « Date de naissance »" in shown
            assert "Relu. Corrigez les lignes ✗ dans le fichier" in shown
            rows[20], rows[35] = "Nom20;Zoé;14/02/1974", "Nom35;Zoé;14/02/1974"
            file.write_text("\n".join((head, *rows[:36])), "utf-8")
            await press(pilot, "r")
            assert "Le fichier est relu." in text(pilot)
            assert "Entrée garde" not in text(pilot)

    async def test_a_fact_a_line_once_there_is_room(self, tmp_path: Path) -> None:
        """A window made wider kept the facts of a person in one paragraph."""
        case = Case("ImportScreen", "drafted", "f enter")
        async with at(case, tmp_path, "fr") as pilot:
            detail = pilot.app.screen.query_one("#detail", Reading)
            assert "Siège\u00a0: présidente · Sexe" in detail.shown.plain
            await pilot.resize_terminal(120, 40)
            await screens.settle(pilot)
            assert "\nSiège               présidente\nSexe    " in detail.shown.plain


class TestCheckList:
    async def test_what_cannot_be_done_is_not_said(self, tmp_path: Path) -> None:
        """A window that only reads said that Enter declares a tie."""
        for stage, told in (("convened", True), ("read convened", False)):
            case = Case("ReadinessScreen", stage, "v")
            async with at(case, tmp_path / stage, "fr") as pilot:
                detail = pilot.app.screen.query_one("#detail", Reading)
                assert ("[Entrée]" in detail.shown.plain) is told
                assert "Est-ce un lien" in detail.shown.plain


class TestHelp:
    @pytest.mark.parametrize("size", [(80, 24), (200, 50)])
    async def test_each_key_once(self, tmp_path: Path, size: tuple[int, int]) -> None:
        """“f c a b n: Voix”, then c, a, b and n again; z and Ctrl+Z on two lines."""
        case = Case("HelpScreen", "deliberating", "enter f1")
        async with at(case, tmp_path, "fr") as pilot:
            await pilot.resize_terminal(*size)
            await screens.settle(pilot)
            keys = "#page" if size[0] < 100 else "#beside-keys"
            said = pilot.app.screen.query_one(keys, Reading).shown.plain
            for row in (
                "f   Pour",
                "c   Contre",
                "a   Abstention",
                "z Ctrl+Z   Annuler",
            ):
                key, _space, label = row.partition("   ")
                assert re.findall(rf"^ +(.*?) +{label}(?:  |$)", said, re.M) == [key]
            assert "f c a b n" not in said.partition("Touches de cet écran")[2]

    async def test_the_whole_width(self, tmp_path: Path) -> None:
        """Half of 200 columns stayed empty, and the keys were a page further."""
        case = Case("HelpScreen", "deliberating", "enter f1")
        async with at(case, tmp_path, "fr") as pilot:
            page = pilot.app.screen.query_one("#page", Reading)
            beside = pilot.app.screen.query_one("#beside-keys", Reading)
            assert not beside.display
            assert "Unanimité\n" in page.shown.plain
            await pilot.resize_terminal(200, 50)
            await screens.settle(pilot)
            assert beside.display
            assert page.region.width <= 104
            assert beside.region.right == 200
            assert page.max_scroll_y == beside.max_scroll_y == 0


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
            await press(pilot, "escape", "j", "a")
            assert "  [Ctrl+G] pour choisir " in text(pilot)

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
