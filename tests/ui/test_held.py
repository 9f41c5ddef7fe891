"""What somebody who held a session, and read only the screen, stumbled on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from jury_tui.register.record import Record
from jury_tui.session.session import File, Session
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.candidate import CandidateScreen
from jury_tui.ui.widgets.ask import Field
from tests.support import screens
from tests.support.screens import lines, press, text

CONSIDERED = "Le projet est décrit."


def shown(tmp_path: Path, stage: Callable[..., Record], *more: object) -> JuryApp:
    """The application on a session of that stage."""
    record = stage(tmp_path / "sessions")
    if more:
        record.do(*more, now=screens.START)  # type: ignore[arg-type]
    record.close()
    return screens.app(tmp_path / "sessions", record.path)


def session_of(pilot: Pilot[None]) -> Session:
    """The session on the desk."""
    assert isinstance(pilot.app, JuryApp)
    assert pilot.app.session is not None
    return pilot.app.session


def first(pilot: Pilot[None]) -> File:
    """The first candidate's file."""
    return session_of(pilot).files["c1"]


def room(pilot: Pilot[None]) -> CandidateScreen:
    """The candidate screen that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, CandidateScreen)
    return screen


class TestReasons:
    """« A wrong motif was saved while typing the right one: letters vanished, Enter
    took the other candidate’s motif. »"""

    async def test_what_is_typed_is_what_is_written(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", *"cccccccc", "enter")
            await press(pilot, "up", "up", "e", ">Ailleurs.", "enter", "enter")
            await press(pilot, "down", "e")
            assert "Ailleurs." in text(pilot)
            await press(pilot, *"Vu", "space", *"ici", "enter")
            assert "Préconisation sur b" in text(pilot)
            await press(pilot, "enter")
            assert first(pilot).reasons == {"a": "Ailleurs.", "b": "Vu ici"}
            assert not first(pilot).recommendations.get("b")

    async def test_letters_typed_among_the_texts(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        (tmp_path / "sessions" / "motifs.txt").write_text("Un.\nDeux.\n", "utf-8")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", "up", "e")
            assert "▸" not in "".join(x for x in lines(pilot) if "Deux." in x)
            await press(pilot, "down", "down", *"Trois", "enter", "enter")
            assert first(pilot).reasons == {"a": "Trois"}

    async def test_a_text_gone_to_may_be_changed(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        (tmp_path / "sessions" / "motifs.txt").write_text("Un.\nDeux.\n", "utf-8")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", "up", "e")
            await press(pilot, "down", "down", "up", "up", "down", "down", "enter")
            await press(pilot, ">bis", "enter", "enter")
            assert first(pilot).reasons == {"a": "Deux.bis"}


class TestFields:
    """« Going back into a field with Up: the whole text is selected without showing
    it: Backspace erased everything. »"""

    async def test_backspace_takes_one_letter(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "a", ">MARTIN", "down", "up", "backspace")
            assert isinstance(app.focused, Field)
            assert app.focused.value == "MARTI"

    async def test_a_value_proposed_gives_way(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "d", *"tel", "enter")
            assert session_of(pilot).attendance["m1"].spells[0].means == "tel"


class TestTies:
    """« The screen says that no text gives a casting vote, then v answers that there
    is no tie, although there is one. »"""

    async def test_the_refusal_says_what_is_true(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "enter", *"ccccffff", "enter", "up", "v")
            assert "aucun texte ne donne de voix prépondérante" in app.notice.text
            assert "Il n’y a pas de partage" not in app.notice.text
            await press(pilot, "down", "u", "up", "v")
            assert "Il n’y a pas de partage sur la composante b" in app.notice.text
