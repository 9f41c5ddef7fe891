"""The list of candidates: found, put in order, changed; and what is still missing."""

from __future__ import annotations

from pathlib import Path

import msgspec

from jury_tui.i18n import set_language
from jury_tui.register.record import Record
from jury_tui.session.acts import AgendaOrdered
from jury_tui.session.commands.preparing import AmendCandidate
from jury_tui.ui.readiness import DETAILS, points
from jury_tui.ui.screens.agenda import AgendaScreen
from jury_tui.ui.screens.form import FormScreen
from jury_tui.ui.screens.jury import JuryRoomScreen
from jury_tui.ui.screens.readiness import ReadinessScreen
from jury_tui.ui.widgets.ask import Field
from tests.support import screens
from tests.support.screens import press, text


class TestFound:
    """« Candidate search shows no count, no next; verdicts find nobody. »"""

    async def test_one_after_the_other(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions", candidates=8)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "ctrl+f", ">samira", "enter")
            assert isinstance(app.screen, AgendaScreen)
            assert app.screen.lines.key == "c1"
            assert "« samira » : 1 sur 2" in text(pilot).replace("\u00a0", " ")
            await press(pilot, "ctrl+f", "enter")
            assert app.screen.lines.key == "c5"
            await press(pilot, "ctrl+f", "enter")
            assert app.screen.lines.key == "c1"

    async def test_by_an_outcome(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "u", "u", "d", "enter", "escape")
            assert isinstance(app.screen, AgendaScreen)
            assert app.screen.lines.key == "c2"
            await press(pilot, "ctrl+f", ">validation totale", "enter")
            assert app.screen.lines.key == "c1"


class TestOrder:
    """« Moving: one step a key, one register act each, absent from the footer. »"""

    async def test_any_place_is_one_act(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions", candidates=8)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(100, 24)) as pilot:
            await press(pilot, "l")
            assert "d Ordre" in text(pilot)
            await press(pilot, "d", ">9", "enter")
            assert "de 1 à 8" in text(pilot)
            await press(pilot, "d", ">6", "enter")
            assert app.session is not None
            assert app.session.order == ("c2", "c3", "c4", "c5", "c6", "c1", "c7", "c8")
            assert app.record is not None
            moved = [x for x in app.record.acts if isinstance(x, AgendaOrdered)]
            assert len(moved) == 1
            assert isinstance(app.screen, AgendaScreen)
            assert app.screen.lines.key == "c1"

    async def test_the_hour_shows_while_the_day_is_prepared(
        self, tmp_path: Path
    ) -> None:
        record = screens.drafted(tmp_path / "sessions")
        who = record.session.files["c2"].candidate
        late = msgspec.structs.replace(who, time="10:45")
        record.do(AmendCandidate(candidate=late), now=screens.START)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l")
            assert "10:45" in text(pilot)

    async def test_the_help_says_what_a_does_now(self, tmp_path: Path) -> None:
        """« a changes meaning: F1 says it calls while the footer says it adds. »"""
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f1")
            assert "[a] en ajoute un" in " ".join(text(pilot).split())


class TestMissing:
    """« Prêt ? says that the files are complete, Et si… gives forty “?”. »"""

    def late(self, folder: Path) -> Record:
        record = screens.drafted(folder)
        from jury_tui.session.commands.preparing import Reschedule

        day = screens.START.replace(year=2010).date()
        record.do(Reschedule(date=day), now=screens.START)
        return record

    def test_what_a_clause_needs_is_asked(self, tmp_path: Path) -> None:
        with self.late(tmp_path / "sessions") as record:
            found = points(record.session)
            said = [p.text for p in found if "déclaré recevable" in p.text]
            assert any("4 candidats" in x for x in said), said
            assert not any("sont complets" in p.text for p in found)
            day = next(p for p in found if "doit être enregistrée" in p.text)
            assert day.place == DETAILS
            set_language("en")
            assert any(
                "Find out, for 4 candidates" in p.text for p in points(record.session)
            )

    async def test_mended_where_it_is_said_and_back(self, tmp_path: Path) -> None:
        """« Corriger opens Jury, Esc returns to the list of sessions. »"""
        record = self.late(tmp_path / "sessions")
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "v")
            screen = app.screen
            assert isinstance(screen, ReadinessScreen)
            places = [p.place for p in screen.points]
            at = next(n for n, p in enumerate(screen.points) if p.place == "c1")
            screen.lines.go(at)
            await press(pilot, "enter")
            assert isinstance(app.screen, FormScreen)
            await press(pilot, "escape")
            assert app.screen_stack[-1] is screen
            assert isinstance(screen, ReadinessScreen)
            screen.lines.go(places.index("jury"))
            await press(pilot, "enter")
            assert isinstance(app.screen, JuryRoomScreen)
            await press(pilot, "escape")
            assert app.screen_stack[-1] is screen
            assert app.session is not None

    async def test_no_tie_is_no_point_that_never_clears(self, tmp_path: Path) -> None:
        with screens.drafted(tmp_path / "sessions") as record:
            tie = next(
                p for p in points(record.session) if "aucun n’est déclaré" in p.text
            )
            assert (tie.sign, tie.tone) == ("·", "soft")

    async def test_changed_once_open_with_a_reason(self, tmp_path: Path) -> None:
        """« Modifier was “not now” once open: no date could be added any more. »"""
        app = screens.shown(tmp_path, screens.opened)
        async with app.run_test(size=(80, 32)) as pilot:
            await press(pilot, "m")
            app.screen.query_one("#field-admissible", Field).value = "01/02/2008"
            await press(pilot, "ctrl+s")
            assert isinstance(app.screen, FormScreen)
            app.screen.query_one("#field-reason", Field).value = "oubliée"
            await press(pilot, "ctrl+s")
            assert not isinstance(app.screen, FormScreen)
            assert app.session is not None
            assert app.session.files["c1"].candidate.admissible_on is not None
