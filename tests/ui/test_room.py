"""Room is used, and what says nothing takes none: seen at 120 and 200 cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cases import Case, at, calm
from tests.support.screens import lines, press, text


def told(shown: str) -> str:
    """With ordinary spaces."""
    return shown.replace("\u00a0", " ").replace("\u202f", " ")


class TestAgenda:
    """« The employer’s column was empty; a fact broken at 200 began at the edge. »"""

    @pytest.mark.parametrize("width", [120, 200])
    async def test_no_column_that_says_nothing(
        self, tmp_path: Path, width: int
    ) -> None:
        async with at(Case("AgendaScreen", "opened", ""), tmp_path, "fr") as pilot:
            await pilot.resize_terminal(width, 40)
            await calm(pilot)
            assert "Dossier" in text(pilot)
            assert "Heure" not in text(pilot)
            assert "Employeur" not in text(pilot)
        async with at(
            Case("AgendaScreen", "drafted", "l"), tmp_path / "other", "fr"
        ) as pilot:
            await pilot.resize_terminal(width, 40)
            await calm(pilot)
            assert "Employeur" in text(pilot)

    async def test_a_fact_goes_on_beneath_itself(self, tmp_path: Path) -> None:
        async with at(Case("AgendaScreen", "settled", "home"), tmp_path, "fr") as pilot:
            await pilot.resize_terminal(200, 50)
            await calm(pilot)
            found = [line.partition("│")[2] for line in lines(pilot)]
            at_ = next(n for n, line in enumerate(found) if "récusé" in line)
            assert found[at_ + 1].index("(") == found[at_].index("MARTIN")

    async def test_reasons_are_told_from_recommendations(self, tmp_path: Path) -> None:
        async with at(Case("AgendaScreen", "settled", "home"), tmp_path, "fr") as pilot:
            await pilot.resize_terminal(120, 40)
            await calm(pilot)
            assert "motifs : [bold]Motif" in told(text(pilot))
            assert "préconisation : [bold]Motif" in told(text(pilot))

    async def test_nothing_is_to_be_voted_for_who_is_away(self, tmp_path: Path) -> None:
        """« absent … a … b … c »: as if the jury were still to vote."""
        async with at(Case("AgendaScreen", "closed", "l"), tmp_path, "fr") as pilot:
            (absent,) = [line for line in lines(pilot) if "KAYA" in line]
            assert "absent" in absent
            assert "…a" not in absent
            assert "✗a" in text(pilot)


class TestRoll:
    """« “inv. : resp. VAE …”, “inv. : repr. nat.…” »: who is there, and as what."""

    @pytest.mark.parametrize("tongue", ["fr", "en"])
    async def test_every_seat_is_whole(self, tmp_path: Path, tongue: str) -> None:
        async with at(
            Case("JuryRoomScreen", "gathering", ""), tmp_path, tongue
        ) as pilot:
            seats = [line[:52].rstrip() for line in lines(pilot) if "inv" in line[:52]]
            assert len(seats) >= 5
            assert not [seat for seat in seats if seat.endswith("…")]


class TestWhatIf:
    """« The reason is cut in the what-if list. »"""

    @pytest.mark.parametrize("tongue", ["fr", "en"])
    async def test_the_reason_is_whole(self, tmp_path: Path, tongue: str) -> None:
        case = Case("WhatIfScreen", "drafted", "w space")
        async with at(case, tmp_path, tongue) as pilot:
            word = "en doute" if tongue == "fr" else "in doubt"
            listed = [line.partition("│")[2] for line in lines(pilot)]
            assert sum(word in line for line in listed) == 5
            for width in (120, 200):
                await pilot.resize_terminal(width, 40)
                await calm(pilot)
                listed = [
                    line for line in lines(pilot) if "│" in line and "(exact" in line
                ]
                assert len(listed) == 5, width
                said = "il en manque 1" if tongue == "fr" else "1 missing"
                assert all(said in told(line) for line in listed)
                assert not any("…" in line.partition("│")[2] for line in listed)


class TestRegister:
    """« ? for LEROY in the light, and beside the acts ✓ for LEROY »."""

    async def test_a_doubt_is_one_there_too(self, tmp_path: Path) -> None:
        case = Case("RegisterScreen", "deliberating", "g")
        async with at(case, tmp_path, "en") as pilot:
            await pilot.resize_terminal(120, 40)
            await calm(pilot)
            assert told(text(pilot)).count("? for LEROY") == 2
            assert "✓ for LEROY" not in told(text(pilot))


class TestGrid:
    """« Two letters of a name at 200 cells; the last name touched the mean. »"""

    async def test_names_where_there_is_room(self, tmp_path: Path) -> None:
        case = Case("GridScreen", "graded", "enter m t a up")
        async with at(case, tmp_path, "fr") as pilot:
            assert "Du  Ma" in text(pilot)
            assert "Ha  Moyenne" in text(pilot)
            await pilot.resize_terminal(200, 50)
            await calm(pilot)
            assert "▾Durand" in text(pilot)
            assert "Garcia" in text(pilot)


class TestAsked:
    """« Nine lines of thirteen, and half of the screen empty above. »"""

    async def test_as_long_as_there_is_room(self, tmp_path: Path) -> None:
        case = Case("AgendaScreen", "opened", "")
        async with at(case, tmp_path, "fr") as pilot:
            await pilot.resize_terminal(120, 40)
            await calm(pilot)
            await press(pilot, "t")
            assert "O’NEILL" in text(pilot)

    async def test_who_is_recused_already_is_marked(self, tmp_path: Path) -> None:
        case = Case("CandidateScreen", "deliberating", "enter r")
        async with at(case, tmp_path, "fr") as pilot:
            asked = text(pilot).partition("Qui ne prend pas part")[2]
            (line,) = [x for x in asked.splitlines() if "MARTIN" in x]
            assert "⊘ récusé" in line

    async def test_a_question_is_broken_as_a_text_is(self, tmp_path: Path) -> None:
        """« “… the session: 7” and, on the next line, “of 8” »."""
        case = Case("MinutesScreen", "irregular", "u")
        async with at(case, tmp_path, "en") as pilot:
            shown = [line.rstrip() for line in lines(pilot)]
            assert not any(line.endswith(": 7") for line in shown)
