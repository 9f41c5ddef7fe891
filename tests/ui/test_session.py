"""A whole session held by keys alone, from preparation to sealed minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.register.record import Record
from jury_tui.session import acts as a
from jury_tui.session.acts import Choice
from jury_tui.session.session import Phase
from jury_tui.ui.app import JuryApp
from jury_tui.ui.widgets.lines import Lines
from tests.support import screens
from tests.support.screens import press, text


def phase(app: JuryApp) -> Phase | None:
    """The phase of the session on the desk."""
    return None if app.session is None else app.session.phase


class TestSession:
    """The secretary reads the screen and presses what it names."""

    async def test_held_by_keys_alone(self, tmp_path: Path) -> None:
        record = screens.convened(tmp_path / "sessions", 2)
        path = record.path
        members = len(record.session.members)
        record.close()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "enter")
            await press(pilot, *["space"] * members, "D", *["e"] * members)
            await press(pilot, "o", "enter")  # open, confirmed
            assert app.session is not None
            assert phase(app) is Phase.OPEN
            await press(pilot, "a", "h", "h", "d", "enter")  # called, heard, deliberate
            await press(pilot, "u")  # a: unanimity
            await press(pilot, "D", "c", "M", "a", "u")  # b: two exceptions
            for _n in range(8):  # c: all against, one by one
                await press(pilot, "c")
            await press(pilot, "enter", "up", "down")
            await press(pilot, "end", "e", ">Le projet manque", "enter", "enter")
            await press(pilot, "d", "enter")  # pronounced
            assert "partielle" in text(pilot)
            await press(pilot, "escape", "x", "enter")  # the second one did not come
            await press(pilot, "c", "enter")  # closed
            assert phase(app) is Phase.CLOSED
            for _n in range(3):
                if not app.screen.check_action("justify", ()):
                    break
                await press(pilot, "u", ">Recevable en 2008", "enter")
            await press(pilot, "x")
            await press(pilot, "k", "enter")  # sealed
            assert phase(app) is Phase.SEALED
            held = app.session
        with Record.open(path, write=False) as again:
            assert again.session == held
        ballots = held.files["c1"].ballots
        assert [b[-1].outcome for b in ballots.values()] == [
            "carried",
            "carried",
            "not_carried",
        ]
        assert ballots["b"][-1].ballots["m1"] is Choice.AGAINST
        assert ballots["b"][-1].ballots["m2"] is Choice.ABSTENTION
        assert ballots["b"][-1].tally.for_ == 6
        assert (tmp_path / "exports" / held.exports[-1].file).is_file()

    async def test_prepared_by_keys_alone(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "n", "enter")
            await press(pilot, "end", "enter", "enter", ">Paris", "enter")
            await press(pilot, "enter")
            session = app.session
            assert session is not None
            assert session.phase is Phase.DRAFTED
            await press(pilot, "a", ">Durand", "enter", ">Claire", "ctrl+g", "enter")
            await press(pilot, "ctrl+s")
            await press(pilot, "l", "a", ">Leroy", "ctrl+s")
            assert app.session is not None
            assert [m.family_name for m in app.session.members.values()] == ["Durand"]
            assert [f.candidate.birth_name for f in app.session.agenda] == ["Leroy"]


class TestSpeed:
    """« one key for "all in favour" then only the exceptions […] a component voted
    by 8 members unanimously costs 1 key, with two exceptions at most 5 »."""

    async def test_unanimity_costs_one_key(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            before = app.session.count if app.session else 0
            await press(pilot, "u")
            assert app.session is not None
            assert app.session.count == before + 1
            assert app.session.files["c1"].ballots["a"][0].tally.for_ == 8
            assert "enregistré à 09:0" in text(pilot)

    async def test_two_exceptions_cost_five(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            keys = ["N", "c", "G", "b", "u"]
            await press(pilot, *keys)
            assert app.session is not None
            ballot = app.session.files["c1"].ballots["a"][0]
            assert len(keys) == 5
            assert ballot.ballots["m7"] is Choice.AGAINST
            assert ballot.ballots["m6"] is Choice.BLANK
            assert ballot.tally.for_ == 6

    async def test_arrival_costs_two_keys(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "N", "space")
            assert app.session is not None
            assert app.session.is_present("m7")


class TestCorrections:
    """« Undo is a correcting act, one key, with the reason asked only when a vote
    had been closed »."""

    async def test_undo_one_key(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "space", "z")
            assert app.session is not None
            assert not app.session.is_present("m1")
            assert app.record is not None
            assert isinstance(app.record.acts[-1], a.ActUndone)

    async def test_counted_vote_asks_why(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "z")
            assert "Pourquoi le reprendre" in text(pilot)
            await press(pilot, "down", "enter", ">erreur", "enter")
            assert app.session is not None
            taken = app.session.files["c1"].ballots["a"]
            assert [b.reopened for b in taken] == ["erreur"]

    async def test_totals_leave_no_name(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "t", "s", "enter")  # secret
            await press(pilot, "c", "c", "b", "backspace", "u")
            assert app.session is not None
            ballot = app.session.files["c1"].ballots["a"][0]
            assert ballot.mode == "secret"
            assert ballot.ballots == {}
            assert (ballot.tally.for_, ballot.tally.against) == (6, 2)


class TestTwoWindows:
    """« a second window on the same session is read-only and follows live »."""

    @pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
    async def test_who_holds_it_hides_no_candidate(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        """Three lines of message left two candidates of four in the list."""
        record = screens.deliberating(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=size) as pilot:
            await screens.settle(pilot)
            await pilot.pause()
            assert "enregistre cette séance" in text(pilot)
            assert "8\u00a0h\u00a000" in text(pilot)  # never on two lines
            agenda = app.screen.query_one("#agenda", Lines)
            assert len(agenda.rows) == 4
            assert agenda.max_scroll_y == 0
            assert all(name in text(pilot) for name in ("LEROY", "KAYA", "ΩMEGA"))
            assert "parcours débuté" in text(pilot)
        record.close()

    async def test_second_window_follows(self, tmp_path: Path) -> None:
        record = screens.convened(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            said = text(pilot)
            assert "lecture seule" in said
            # in words, and nothing that only the other window can do is proposed
            assert "depuis le 10/06/2008 à" in " ".join(said.split())
            assert "2008-06-10T" not in said
            assert "ouvrez-la" not in said
            assert "elle se lit et se suit" in " ".join(said.split())
            assert "À faire" not in said
            assert "Cette fenêtre ne fait que lire" in said
            await press(pilot, "space")
            assert app.record is not None
            assert len(app.record.acts) == len(record.acts)
            from jury_tui.session.commands.presence import Arrive

            record.do(Arrive(member="m1"), now=screens.START)
            app._follow()
            await screens.settle(pilot)
            assert app.session == record.session
        record.close()
