"""The wall of the room: large, whatever the name, and never a vote."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from jury_tui.i18n import set_language
from jury_tui.rules.people import Candidate
from jury_tui.session.acts import Choice
from jury_tui.session.commands.candidates import Call, Deliberate, Hear, Pronounce
from jury_tui.session.commands.preparing import AmendCandidate
from jury_tui.session.commands.voting import CountVotes, GiveReason
from jury_tui.ui import blocks
from jury_tui.ui.blocks import Told
from tests.support import screens
from tests.support.screens import lines, press, settle, shown, text

FULL = "█▀▄"


def named(birth_name: str, given_names: str) -> AmendCandidate:
    """The first candidate by another name."""
    return AmendCandidate(
        candidate=Candidate(
            id="c1",
            birth_name=birth_name,
            given_names=given_names,
            file_number="2008-0000",
        ),
        reason="Nom mal saisi.",
    )


class TestLetters:
    def test_a_letter(self) -> None:
        assert [line.rstrip() for line in blocks.drawn("É1", 1)] == [
            "  ▄▀",
            "█▀▀▀▀  ▄█",
            "█▀▀▀    █",
            "▀▀▀▀▀  ▀▀▀",
        ]
        assert blocks.drawn("E", 2) == [
            "██████████",
            "██        ",
            "████████  ",
            "██        ",
            "██████████",
        ]

    def test_each_line_is_as_long(self) -> None:
        for scale in (1, 2, 3, 5):
            drawn = blocks.drawn("FRANÇOIS Œ’9:/", scale)
            assert {cell_len(line) for line in drawn} == {
                blocks.width("FRANÇOIS Œ’9:/", scale)
            }

    @pytest.mark.parametrize("name", ["山田", "حداد", "LEROY [/]", "ΩMEGA", "🎓"])
    def test_what_has_no_dots_is_written(self, name: str) -> None:
        assert blocks.width(name, 1) == 0
        ((said, _style),) = blocks.laid_out([Told(name, "", 2)], 80, 20)
        assert said.replace(" ", "") == name.replace(" ", "")

    def test_no_accent_is_lost(self) -> None:
        plain = blocks.drawn("ELAN", 1)
        accented = blocks.drawn("ÉLAN", 1)
        assert len(accented) == len(plain) + 1
        assert accented[1:] == plain

    def test_names_before_what_is_lesser(self) -> None:
        """What fits is drawn: the lesser lines are written first, then names."""
        told = [Told("MARTIN", "", 2), Told("00:12", "", 1), Told("NEXT", "", 1, 3)]
        for height, drawn in ((60, 3), (7, 2), (5, 1), (3, 0)):
            said = blocks.laid_out(told, 80, height)
            assert len(said) <= height
            written = sum(not set(t) & set(FULL) for t, _s in said)
            assert 3 - written == drawn, said


class TestWall:
    """The projector kept to 58 columns of ordinary text on a wall of 200."""

    @pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
    async def test_the_hearing(self, tmp_path: Path, size: tuple[int, int]) -> None:
        heard = (named("Martin", "Paul"), Call(candidate="c1"), Hear())
        app = shown(tmp_path, screens.opened, *heard)
        async with app.run_test(size=size) as pilot:
            await press(pilot, "ctrl+o")
            told = [x for x in lines(pilot) if set(x) & set(FULL)]
            assert all(cell_len(x) == size[0] for x in lines(pilot))
            widest = max((len(x.strip()) for x in told), default=0)
            assert size[0] < 80 or widest >= size[0] * 2 // 5  # the clock at least
            if size[0] == 200:
                assert len(told) > 15
                assert "Martin" not in text(pilot)  # drawn
            await pilot.resize_terminal(80, 24)
            await settle(pilot)
            assert "MARTIN" not in text(pilot)

    @pytest.mark.parametrize("tongue", ["fr", "en"])
    async def test_what_was_pronounced(self, tmp_path: Path, tongue: str) -> None:
        """How many components are acquired, and which: no vote, and by nobody."""
        set_language(tongue)
        votes = [CountVotes(component=c, all=Choice.FOR) for c in "ac"]
        against = CountVotes(component="b", all=Choice.AGAINST)
        done = (
            *(Call(candidate="c1"), Deliberate(), *votes, against),
            *(GiveReason(component="b", reason="Trop court."), Pronounce()),
        )
        app = shown(tmp_path, screens.opened, *done)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "ctrl+o")
            said = text(pilot)
            words = {"fr": ("composantes acquises", "non acquise")}.get(
                tongue, ("components acquired", "not acquired")
            )
            assert all(word in said for word in words)
            assert any(set(x) & set(FULL) for x in lines(pilot))  # 2/3
            assert "Trop court" not in said
            assert "DURAND" not in said
