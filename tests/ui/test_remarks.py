"""What newcomers said who prepared a session of forty, and audited a thousand."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from jury_tui.audit.statistics import statistics
from jury_tui.i18n import _, set_language
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.drafting import draft
from jury_tui.register.entries import Entry
from jury_tui.rosters import read_candidates
from jury_tui.session import judgement
from jury_tui.session.commands.preparing import Reschedule
from jury_tui.ui.app import JuryApp
from jury_tui.ui.figures_text import drawn
from jury_tui.ui.screens.agenda import AgendaScreen
from jury_tui.ui.screens.form import FormScreen
from jury_tui.ui.screens.help import OURS
from jury_tui.ui.screens.replay import ReplayScreen
from jury_tui.ui.widgets.lines import Lines
from tests.support import screens
from tests.support.screens import press, text
from tests.ui.test_parts import ListApp, rows


def altered(tmp_path: Path) -> JuryApp:
    """A folder whose one session was changed after the fact."""
    record = screens.closed(tmp_path / "sessions")
    record.close()
    file = record.path / "acts.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"Paris"', b'"Lyon"'))
    return screens.app(tmp_path / "sessions")


class TestTheCursor:
    """« The cursor jumps back to line 1 after F1, Enter, w, or saving m. »"""

    @pytest.mark.parametrize(
        "keys",
        [("f1", "escape"), ("enter", "escape"), ("w", "escape"), ("m", "ctrl+s")],
    )
    async def test_stays_on_who_was_looked_at(
        self, tmp_path: Path, keys: tuple[str, ...]
    ) -> None:
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "down", "down", *keys)
            assert isinstance(app.screen, AgendaScreen)
            assert app.screen.lines.key == "c3"

    async def test_goes_on_once_somebody_is_judged(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "u", "u", "d", "enter", "escape")
            assert isinstance(app.screen, AgendaScreen)
            assert app.session is not None
            assert app.session.files["c1"].settled
            assert app.screen.lines.key == "c2"


class TestNames:
    """« SAVARY-T goes to THIBAULT; after a pause, S does not go to the next S. »"""

    async def test_of_two_parts(self) -> None:
        app = ListApp()
        async with app.run_test(size=(40, 10)) as pilot:
            lines = app.query_one(Lines)
            lines.show_rows(rows("ALI", "SAVARY-LUC", "SAVARY-THIBAULT", "THIBAULT"))
            lines.focus()
            await pilot.press(*"SAVARY", "minus", "T")
            assert lines.key == "SAVARY-THIBAULT"

    async def test_the_next_one_after_a_pause(self) -> None:
        app = ListApp()
        async with app.run_test(size=(40, 10)) as pilot:
            lines = app.query_one(Lines)
            lines.show_rows(rows("ALI", "SABAS", "SAVARY", "TIGRE"))
            lines.focus()
            await pilot.pause()
            reached = []
            for at in (10.0, 20.0, 30.0):
                lines.reach("S", at)
                reached.append(lines.key)
            assert reached == ["SABAS", "SAVARY", "SABAS"]
            lines.forget()  # another key was typed: the same person is meant
            lines.reach("S", 40.0)
            assert lines.key == "SABAS"


class TestForms:
    """« Heure accepts anything by hand; Esc loses what was typed; a pale hint looks
    like a value; nothing shows the column Sexe. »"""

    @pytest.mark.parametrize("wrong", ["25h99", "demain matin"])
    async def test_an_hour_is_one(self, tmp_path: Path, wrong: str) -> None:
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 30)) as pilot:
            await press(pilot, "l", "m")
            field = app.screen.query_one("#field-time", Input)
            assert field.placeholder == "(ex. 09:30)"
            field.value = wrong
            await press(pilot, "ctrl+s")
            assert isinstance(app.screen, FormScreen)
            assert "n’est pas une heure" in text(pilot)
            field.value = "10h30"
            app.screen.query_one("#field-gender", Input).value = "Mme"
            await press(pilot, "ctrl+s")
            assert app.session is not None
            kept = app.session.files["c1"].candidate
            assert (kept.time, kept.gender) == ("10:30", "F")

    async def test_what_was_typed_is_not_given_up_by_one_key(
        self, tmp_path: Path
    ) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "n", "enter")
            app.screen.query_one("#field-place", Input).value = "Lyon"
            await press(pilot, "escape")
            assert isinstance(app.screen, FormScreen)
            assert "[Échap] de nouveau y renonce" in text(pilot)
            await press(pilot, "escape")
            assert not isinstance(app.screen, FormScreen)
            await press(pilot, "enter", "escape")
            assert not isinstance(app.screen, FormScreen)

    async def test_their_keys_are_in_french(self, tmp_path: Path) -> None:
        """« Move cursor left », « Ctrl+SHIFT+LEFT » stood in the French help."""
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(120, 50)) as pilot:
            await press(pilot, "n", "enter")
            descriptions = {
                active.binding.description
                for active in app.screen.active_bindings.values()
                if active.binding.description and not active.binding.system
            } - {"Français / English"}
            assert "Move cursor left" in descriptions
            for said in descriptions:
                assert _(OURS.get(said, said)) != said, said
            await press(pilot, "f1")
            page = text(pilot)
            assert "Ctrl+Maj+←" in page
            assert "SHIFT" not in page
            assert "Champ suivant" in page


class TestSearch:
    """« partielle, totale, validation partielle, partial, full find nothing. »"""

    async def test_one_is_one(self, tmp_path: Path) -> None:
        record = screens.closed(tmp_path / "sessions")
        record.close()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "ctrl+f", ">full", "enter")
            assert "1 trouvée" in text(pilot)
            assert "1 trouvées" not in text(pilot)
            await press(pilot, "ctrl+f", ">zzz", "enter")
            assert "0 trouvée" in text(pilot)


class TestPast:
    """« o in the replay of an altered session throws you to the list. »"""

    async def test_an_altered_one_is_still_replayed(self, tmp_path: Path) -> None:
        app = altered(tmp_path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "g", "o")
            assert isinstance(app.screen, ReplayScreen)
            assert app.notice.kind == "refused"

    def test_an_altered_one_is_never_counted_as_regular(self) -> None:
        """« ✓ 0 sur 1000 vérifiées » was said with three that cannot be read."""
        audited = screens.START
        entries = [
            Entry(folder="a", phase="closed", verdict="intact", audited=audited),
            Entry(folder="b", phase="closed", verdict="altered", audited=audited),
        ]
        figures = statistics(entries)
        assert figures.breaches == {0: (0, 1)}
        assert figures.altered == 1
        assert "✗ 1 registre altéré" in drawn(figures, 80).plain

    async def test_the_key_says_what_it_does(self, tmp_path: Path) -> None:
        """« e Compter aussi les exemples » stood there once they were counted."""
        record = screens.closed(tmp_path / "sessions")
        record.close()
        draft(
            tmp_path / "sessions",
            certification="RNCP5411",
            route="vae",
            date=screens.START.date(),
            now=screens.START,
        ).close()
        Catalogue.open(tmp_path / "sessions").refresh()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "t")
            assert "e Compter aussi" in text(pilot)
            await press(pilot, "e")
            assert "e Écarter les exemples" in text(pilot)
            await press(pilot, "e")
            assert "e Compter aussi" in text(pilot)

    async def test_one_way_of_writing_a_day(self, tmp_path: Path) -> None:
        """« English: the breadcrumb says 10/06/2008, the list 2008-06-10. »"""
        record = screens.drafted(tmp_path / "sessions")
        record.close()
        set_language("en")
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert "RNCP5411 2008-06-10" in text(pilot)
            assert "10/06/2008" not in text(pilot)

    async def test_which_session_is_which(self, tmp_path: Path) -> None:
        """« 1,000 identical lines: the session's name is never shown, even at 120. »"""
        for _number in range(2):
            screens.drafted(tmp_path / "sessions").close()
        (tmp_path / "sessions" / "2008-06-10-rncp5411-vae").rename(
            tmp_path / "sessions" / "2008-00007"
        )
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert "2008-00007 · exemple ·" in text(pilot)
            assert "exemple · RNCP5411 n° 2 · VAE" in text(pilot)

    async def test_enter_replays_what_cannot_be_opened(self, tmp_path: Path) -> None:
        """« Enter on an altered session only complains. »"""
        app = altered(tmp_path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert "Ctrl+Q Quitter" in text(pilot)
            await press(pilot, "enter")
            assert isinstance(app.screen, ReplayScreen)
            assert "L’acte 1 a été changé" in text(pilot)

    async def test_the_register_says_what_was_written(self, tmp_path: Path) -> None:
        """« The first hour typed is recorded as “report de la séance”. »"""
        record = screens.drafted(tmp_path / "sessions")
        record.do(Reschedule(time="10:15"), now=screens.START)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(120, 24)) as pilot:
            await press(pilot, "g", "end")
            shown = text(pilot)
            assert "report de la séance" not in shown
            assert "10:15 · Paris" in shown

    async def test_a_faulty_line_names_who(self, tmp_path: Path) -> None:
        """« Faulty lines say “non gardée”, not who. »"""
        record = screens.drafted(tmp_path / "sessions")
        record.close()
        file = tmp_path / "sessions" / "candidats.csv"
        file.write_text(
            "Nom de naissance;Prénom;Date de naissance\nKaya;Deniz;hier\n", "utf-8"
        )
        read = read_candidates(file, judgement.components(record.session), {})
        assert [fault.who for fault in read.faults] == ["KAYA Deniz"]


class TestPalette:
    """« Postponing before the day: the palette answers nothing to reporter, remettre,
    ordre, place »; « Blamed act: not now. explains nothing. »"""

    async def test_what_is_impossible_is_found_with_its_reason(
        self, tmp_path: Path
    ) -> None:
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            for words, label in (
                ("reporter", "Reporter"),
                ("remettre", "Reporter"),
                ("ordre", "Ordre"),
                ("place", "Ordre"),
            ):
                await press(pilot, "l", "ctrl+p", f">{words}")
                assert label in text(pilot), words
                if label == "Reporter":
                    assert "la séance est en préparation." in text(pilot)
                await press(pilot, "escape")

    async def test_every_reason_says_something(self, tmp_path: Path) -> None:
        record = screens.closed(tmp_path / "sessions")
        record.close()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "g", "b")
            assert "Aucun acte n’est mis en cause" in text(pilot)
            await press(pilot, "escape", "t", "e", "pagedown")
            assert "pas maintenant" not in text(pilot)

    async def test_why_is_said_until_the_next_key(self, tmp_path: Path) -> None:
        """« Absent / là : pas maintenant. stayed for several screens. »"""
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "w", "tab", "space")
            assert "se cochent dans la liste des membres" in text(pilot)
            await press(pilot, "down")
            assert "se cochent dans la liste des membres" not in text(pilot)
