"""What a secretary met who prepared and held a session alone, and meets no more."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from jury_tui.minutes import document
from jury_tui.minutes import text as plain_text
from jury_tui.session import acts as a
from jury_tui.session.acts import Mode
from jury_tui.session.session import Session
from jury_tui.ui.screens.candidate import CandidateScreen
from tests.support import screens
from tests.support.screens import press, shown, text


def room(pilot: Pilot[None]) -> CandidateScreen:
    """The candidate screen that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, CandidateScreen)
    return screen


def minutes(session: Session) -> str:
    """The minutes as they are read on the screen."""
    made = document.minutes(session, code="", head="", count=session.count)
    return plain_text.text(made)


class TestMistakes:
    """« An entry mistake is printed as a real vote: “Vote repris : 8 pour, 0 contre /
    Résultat : acquise”. No such vote took place. »"""

    async def test_a_mistake_in_typing_is_no_vote(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "z")
            assert "Erreur de saisie" in text(pilot)
            await press(pilot, "enter", *"cccccccc", "enter")
            assert app.session is not None
            assert app.record is not None
            again = app.record.acts[-2]
            assert isinstance(again, a.VoteReopened)
            assert (again.mistyped, again.reason) == (True, "")
            taken = app.session.files["c1"].ballots["a"]
            assert [b.mistyped is None for b in taken] == [False, True]
            written = minutes(app.session)
            assert "Votes repris\N{NO-BREAK SPACE}: néant." in written
            assert "Saisi par erreur\N{NO-BREAK SPACE}: 8 pour, 0 contre, à" in written
            assert "vote repris" not in written

    async def test_another_vote_is_one(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "up", "o", "n", "enter", ">Doute", "enter")
            assert app.session is not None
            (first,) = app.session.files["c1"].ballots["a"]
            assert (first.reopened, first.mistyped) == ("Doute", None)
            written = minutes(app.session)
            assert "8 pour, 0 contre" in written
            assert "Votes repris\N{NO-BREAK SPACE}: néant." not in written
            assert "Saisi par erreur" not in written

    async def test_it_is_taken_again_as_it_was_taken(self, tmp_path: Path) -> None:
        """« The mode (by name) of the vote being put right … became “à main levée”
        silently. »"""
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "t", "down", "enter", "u")
            await press(pilot, "home", "o", "enter")
            assert room(pilot).vote("a").mode is Mode.NAMED
            await press(pilot, "t", "down", "enter")
            assert room(pilot).vote("a").mode is Mode.SHOW
            await press(pilot, "c", "backspace")
            assert room(pilot).vote("a").mode is Mode.SHOW
