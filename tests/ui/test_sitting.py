"""What pictures of a sitting showed: lost, cut or unclear, each named."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content

from jury_tui.i18n import set_language
from jury_tui.register.record import Record
from jury_tui.session.acts import Choice
from jury_tui.session.commands.candidates import Call, Deliberate
from jury_tui.session.commands.voting import CountVotes
from jury_tui.ui.light import TONES
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.wrapping import broken
from tests.support import screens
from tests.support.screens import lines, press, shown, text


def late(folder: Path) -> Record:
    """A sitting after the registration of its certification has ended."""
    now = screens.START.replace(year=2010)
    record = screens.sitting(screens.drafted(folder, now=now), now=now)
    record.do(Call(candidate="c1"), Deliberate(), now=now)
    return record


class TestVotes:
    async def test_rare_votes_are_seen_at_80(self, tmp_path: Path) -> None:
        """Blank votes and members who did not vote vanished below 110 columns."""
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            assert "Bl." not in lines(pilot)[3]  # none: the names have the room
            await press(pilot, "f", "b", "n")
            assert lines(pilot)[3].split("│")[0].split()[-2:] == ["Bl.", "Sans"]
            row = lines(pilot)[4].split("│")[0]
            assert row.split()[-5:] == ["1", "0", "0", "1", "1"]

    async def test_counted_ones_too(self, tmp_path: Path) -> None:
        blank = CountVotes(component="b", all=Choice.FOR, except_={"m2": Choice.BLANK})
        app = shown(tmp_path, screens.deliberating, blank)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            assert lines(pilot)[5].split("│")[0].split()[-5:] == list("70010")


class TestLight:
    @pytest.mark.parametrize("tongue", ["fr", "en"])
    async def test_a_registration_that_ended_takes_no_second_line(
        self, tmp_path: Path, tongue: str
    ) -> None:
        """Its sentence took two lines all day; it stands whole in the jury's panel."""
        set_language(tongue)
        app = shown(tmp_path, late)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            ended = {"fr": "enregistrement terminé", "en": "registration over"}[tongue]
            assert ended in lines(pilot)[2]
            assert lines(pilot)[3].startswith((" Composante", " Component"))

    async def test_no_quorum(self, tmp_path: Path) -> None:
        """“Quorum ? aucun texte”: a riddle."""
        app = shown(tmp_path, screens.opened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j")
            assert "aucun texte ne fixe de quorum" in lines(pilot)[2]
            assert "8/8 votants" in lines(pilot)[2]
            await pilot.resize_terminal(60, 20)
            await press(pilot)
            assert "quorum non fixé" in lines(pilot)[2]


class TestJury:
    async def test_names_have_the_room_of_empty_columns(self, tmp_path: Path) -> None:
        """Names were cut beside columns in which nothing stood."""
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j")
            assert "Depuis" not in lines(pilot)[3]
            assert "O’NEILL $TEXT-ERROR Úna" in text(pilot)
            assert "représentant prof." in text(pilot)

    async def test_the_panel_says_of_what_it_speaks(self, tmp_path: Path) -> None:
        """“Composition nommé” does not agree; with two heads there was no title."""
        app = shown(tmp_path, screens.opened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j")
            panel = app.screen.query_one("#panel", Reading)
            assert panel.line.replace("\N{NO-BREAK SPACE}", " ").startswith(
                "Jury nommé · présent\n"
            )
            assert panel.scroll_offset.y == 0

    async def test_what_two_texts_ask_is_said_once(self, tmp_path: Path) -> None:
        """“nul ne siège qui soit lié au candidat” stood on two lines."""
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j")
            told = app.screen.query_one("#panel", Reading).line.splitlines()
            assert len([x for x in told if "lié au candidat" in x]) == 1

    async def test_a_text_that_has_the_focus_has_another_edge(
        self, tmp_path: Path
    ) -> None:
        """Tab went from list to list, then nowhere that one could see."""
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "w")
            assert "━" not in text(pilot)
            await press(pilot, "tab", "tab")
            assert "━" * 60 in text(pilot)

    def test_a_number_stays_with_its_sign(self) -> None:
        """“= / 8”: a line ended between the sign and the number."""
        told = Content.styled("membres délibératifs ≥ 8, femmes = 1", TONES["ok"])
        for width in range(12, 30):
            said = [line.plain.strip() for line in broken(told, width)]
            assert not any(line.endswith(("≥", "=")) for line in said)
        told = Content(
            "formateurs (exactement 4) : 3, il en manque 1\u00a0; 6 voix, femmes 0"
        )
        for width in range(14, 40):
            said = [line.plain.strip() for line in broken(told, width)]
            assert not any(line.endswith(("manque", "femmes", " 6")) for line in said)
            assert not any(line.startswith("\u00a0") for line in said)


class TestReady:
    async def test_a_key_is_named_where_it_acts(self, tmp_path: Path) -> None:
        """“t on a candidate” was cut, and t does nothing on that screen."""
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "v")
            row = next(x for x in lines(pilot) if "ses liens" in x)
            assert row.rstrip().endswith("aucun n’est déclaré.")
            assert "à régler." in text(pilot)
            points = app.screen.query_one("#points", Lines)
            while "ses liens" not in points.line:
                await press(pilot, "down")
            said = " ".join(text(pilot).split())
            assert "les candidats. Là, [t] note un lien" in said
