"""What pictures of wide screens showed to be cut, said twice, or void."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from jury_tui.audit.report import Severity
from jury_tui.audit.words import severity_words
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from tests.support import screens
from tests.support.cases import Case, at, calm
from tests.support.screens import press, text


async def shown_at(case: Case, under: Path, tongue: str, size: tuple[int, int]) -> str:
    """The text of a screen at a size."""
    async with at(case, under, tongue) as pilot:
        await pilot.resize_terminal(*size)
        await calm(pilot)
        return text(pilot)


class TestColumns:
    """“Use width at 200: columns side by side instead of a void.”"""

    async def test_who_signs_and_what_the_file_is_worth_side_by_side(
        self, tmp_path: Path
    ) -> None:
        """At 200 columns all stood at the left, below one another."""
        case = Case("VerifyScreen", "exported", "v")
        said = await shown_at(case, tmp_path / "wide", "fr", (200, 50))
        heads = [line for line in said.splitlines() if "Qui signe" in line]
        assert len(heads) == 1
        assert "Ce que vaut le fichier" in heads[0]
        said = await shown_at(case, tmp_path / "narrow", "fr", (120, 40))
        assert not any(
            "Qui signe" in line and "Ce que vaut" in line for line in said.splitlines()
        )

    async def test_a_signatory_s_place_stands_in_a_column(self, tmp_path: Path) -> None:
        """It began where each name ended."""
        case = Case("VerifyScreen", "exported", "v")
        said = await shown_at(case, tmp_path, "en", (120, 40))
        places = {
            cell_len(line[: line.index(place)])
            for line in said.splitlines()
            for place in ("Chair of the jury", "trainers or teachers")
            if place in line
        }
        assert len(places) == 1

    async def test_the_keys_of_help_in_two_columns(self, tmp_path: Path) -> None:
        """The keys took half a wide screen for one narrow column."""
        case = Case("HelpScreen", "deliberating", "enter f1")
        for tongue in ("fr", "en"):
            said = await shown_at(case, tmp_path / tongue, tongue, (200, 50))
            first = "Touches de cet écran" if tongue == "fr" else "Keys of this screen"
            then = "Touches là où" if tongue == "fr" else "Keys where the cursor"
            line = next(line for line in said.splitlines() if first in line)
            assert then in line

    @pytest.mark.parametrize("tongue", ["fr", "en"])
    async def test_no_route_is_cut_for_a_column_that_has_room(
        self, tmp_path: Path, tongue: str
    ) -> None:
        """A third each: certifications were cut beside two columns half empty."""
        case = Case("NewScreen", "empty", "n")
        said = await shown_at(case, tmp_path, tongue, (200, 50))
        cut = [line for line in said.splitlines() if "…" in line]
        assert len(cut) <= 1, cut


class TestOnce:
    """“No needless repetition.”"""

    async def test_what_is_missing_is_not_said_again_in_the_text(
        self, tmp_path: Path
    ) -> None:
        """It stood above the minutes, and again as their first lines."""
        case = Case("MinutesScreen", "irregular", "")
        for size in ((80, 24), (200, 50)):
            said = await shown_at(case, tmp_path / str(size[0]), "fr", size)
            assert "APERÇU" not in said
            assert " ".join(said.split()).count("Écrivez la justification") == 1

    async def test_what_has_no_room_above_is_said_in_the_text(
        self, tmp_path: Path
    ) -> None:
        """Three missing mentions stand above; the text has them all."""
        case = Case("MinutesScreen", "opened", "p")
        assert "APERÇU" in await shown_at(case, tmp_path, "fr", (120, 40))

    async def test_one_legend_for_both_plots_of_outcomes(self, tmp_path: Path) -> None:
        """By year, then by certification, five lines below."""
        case = Case("FiguresScreen", "folder", "t")
        said = await shown_at(case, tmp_path, "fr", (120, 40))
        assert said.count("sans décision") == 1

    async def test_no_verdict_no_column(self, tmp_path: Path) -> None:
        """An empty column cut the certification before anything was audited."""
        case = Case("SessionsScreen", "folder", "")
        async with at(case, tmp_path, "fr") as pilot:
            await pilot.resize_terminal(120, 40)
            await calm(pilot)
            assert "Vérification" not in text(pilot)
            await press(pilot, "v")
            await screens.settle(pilot)
            await press(pilot, "escape")
            await screens.settle(pilot)
            assert "Vérification" in text(pilot)

    async def test_no_label_above_what_no_column_holds(self, tmp_path: Path) -> None:
        """“Line, Name, What it says” stood above a sentence."""
        case = Case("ImportScreen", "drafted", "f")
        async with at(case, tmp_path, "en") as pilot:
            assert "What it says" not in text(pilot)
            await press(pilot, "enter")
            await screens.settle(pilot)
            assert "What it says" in text(pilot)


class TestWhole:
    """“Nothing is cut that has room.”"""

    async def test_how_grave_is_whole_in_each_language(self, tmp_path: Path) -> None:
        """“to be looked …”, at every width."""
        case = Case("AuditScreen", "altered", "v")
        for tongue in ("fr", "en"):
            async with at(case, tmp_path / tongue, tongue) as pilot:
                column = pilot.app.screen.query_one("#findings", Lines).columns[0]
                for severity in Severity:
                    said = f" ! {severity_words(severity)}"
                    assert cell_len(said) <= column.width, said

    async def test_a_session_fills_the_width_of_the_audit(self, tmp_path: Path) -> None:
        """It was cut, and twenty cells were left empty at the right."""
        case = Case("AuditScreen", "altered", "v")
        async with at(case, tmp_path, "fr") as pilot:
            await pilot.resize_terminal(120, 40)
            await calm(pilot)
            lines = pilot.app.screen.query_one("#reports", Lines)
            shown = [lines.line_text(n) for n in range(1, lines.line_count())]
            assert shown
            assert not any("…" in line for line in shown)

    async def test_a_sign_stays_with_its_word(self, tmp_path: Path) -> None:
        """“■” ended a line of the help, “acquired before” began the next."""
        case = Case("HelpScreen", "folder", "f1")
        for tongue in ("fr", "en"):
            async with at(case, tmp_path / tongue, tongue) as pilot:
                await pilot.resize_terminal(120, 40)
                await calm(pilot)
                page = pilot.app.screen.query_one("#page", Reading)
                signs = page.shown.plain.splitlines()[-4:]
                assert signs[1].startswith("? ")
                assert "■ " in signs[1]
                assert not any(line.endswith(("■", "·")) for line in signs)

    async def test_a_page_key_only_where_there_is_a_page(self, tmp_path: Path) -> None:
        """The bar offered to go further down where all was on the screen."""
        case = Case("FiguresScreen", "folder", "t")
        async with at(case, tmp_path, "fr") as pilot:
            assert "Plus bas" in text(pilot)
            await pilot.resize_terminal(120, 40)
            await calm(pilot)
            assert "Plus bas" not in text(pilot)
            await press(pilot, "pagedown")
            assert "Il n’y a rien de plus à voir" in text(pilot)
