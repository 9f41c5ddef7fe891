"""What a secretary met who prepared and held a session alone, and meets no more."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot

from jury_tui.cli import account
from jury_tui.errors import RefusedError
from jury_tui.minutes import document
from jury_tui.minutes import text as plain_text
from jury_tui.register.record import Record
from jury_tui.rules.people import Acquired, TieKind
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Mode
from jury_tui.session.commands.candidates import Call, MarkAbsent, Recuse
from jury_tui.session.commands.preparing import (
    AmendCandidate,
    AmendMember,
    WithdrawMember,
)
from jury_tui.session.commands.presence import Depart
from jury_tui.session.commands.sitting import Justify
from jury_tui.session.session import Session
from jury_tui.ui.acting import act_words
from jury_tui.ui.foresight import awaited_no_more
from jury_tui.ui.people_typed import seat_in
from jury_tui.ui.readiness import points
from jury_tui.ui.screens.candidate import CandidateScreen
from jury_tui.ui.screens.justifying import to_justify
from jury_tui.ui.screens.session import SessionScreen
from tests.support import screens
from tests.support.screens import lines, press, shown, text
from tests.support.sittings import Sitting


def room(pilot: Pilot[None]) -> CandidateScreen:
    """The candidate screen that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, CandidateScreen)
    return screen


def step(pilot: Pilot[None]) -> str:
    """The line that says what comes next."""
    screen = pilot.app.screen
    assert isinstance(screen, SessionScreen)
    bar = screen.step_bar
    assert bar.lines == 1
    return bar.render_line(0).text


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
            assert "erreur de saisie" in act_words(again, app.session)
            told = " ".join(account.lines(app.session, ""))
            assert "saisi par erreur, rectifié à" in told
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


class TestWhose:
    """« “sinon [c] contre, [a] abst…” does not say for whom and is cut: a key pressed
    recorded the president against by mistake. »"""

    async def test_a_key_says_for_whom(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            assert app.session is not None
            voters = room(pilot)._voters()
            names = [app.session.members[m].family_name.upper() for m in voters]
            assert f"{names[0]}\N{NO-BREAK SPACE}: [c] contre" in step(pilot)
            assert "[Maj+lettre]" in step(pilot)
            await press(pilot, "c")
            assert f"{names[1]}\N{NO-BREAK SPACE}: [c] contre" in step(pilot)
            assert "[u] les autres pour" in step(pilot)


class TestPeople:
    """« [r] Récuser ignores the member pointed at: opens its list on the first member;
    it must open on the member under the cursor. »"""

    async def test_the_list_opens_on_who_is_pointed_at(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "R", "r")
            assert any("▸ROUX" in line for line in lines(pilot))
            await press(pilot, "escape", "home")

    async def test_nothing_is_painted_twice(self, tmp_path: Path) -> None:
        """« “a accompagné le candidat” is painted again as an eighth line, gone at the
        next key. »"""
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "R", "r", "enter")
            assert "Quel lien" in text(pilot)
            assert text(pilot).count("a accompagné") == 1


class TestSuggestedTies:
    """« No reminder of known or possible ties when calling a candidate. »"""

    @staticmethod
    def opened(folder: Path) -> Record:
        """A session with a candidate who works where a member does."""
        record = screens.drafted(folder)
        session = record.session
        assert session is not None
        member = msgspec.structs.replace(session.members["m6"], employer="Ville de Pau")
        candidate = msgspec.structs.replace(
            session.files["c1"].candidate, employer="Ville de Pau"
        )
        record.do(
            AmendMember(member=member),
            AmendCandidate(candidate=candidate),
            now=screens.START,
        )
        return screens.sitting(record)

    async def test_the_screen_asks_and_r_answers(self, tmp_path: Path) -> None:
        app = shown(tmp_path, self.opened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "a")
            assert "Ville de Pau" in app.notice.text
            await press(pilot, "enter")
            assert "ont le même employeur" in text(pilot)
            assert "[r] récuse" in text(pilot)
            await press(pilot, "r", "enter")
            assert any("▸même entreprise" in line for line in lines(pilot))
            await press(pilot, "enter", "enter")
            assert app.session is not None
            (recusal,) = app.session.files["c1"].recusals.values()
            assert (recusal.member, recusal.kind) == ("m6", TieKind.EMPLOYER)
            assert "même employeur" in recusal.reason
            assert "[r] récuse" not in text(pilot)

    def test_the_check_list_says_what_would_follow(self, tmp_path: Path) -> None:
        record = self.opened(tmp_path / "sessions")
        assert record.session is not None
        (point,) = (p for p in points(record.session) if p.tie is not None)
        assert "Si oui, le jury ne pourrait pas juger" in point.text
        assert point.text.endswith("Prévoyez un suppléant.")
        record.close()


class TestReasons:
    """« “(touche e) puis [d] prononce” is a trap: after the reason comes a second
    question and the d typed there was recorded as text. »"""

    async def test_a_key_is_not_printed_as_a_text(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", "u", "u")
            assert "[e] l’écrit, en deux questions" in text(pilot)
            await press(pilot, "e")
            assert "1/2 Motifs sur a" in text(pilot)
            await press(pilot, ">Trop bref.", "enter")
            assert "2/2 Préconisation sur a" in text(pilot)
            await press(pilot, ">d", "enter")
            assert "«\N{NO-BREAK SPACE}d\N{NO-BREAK SPACE}» seul serait imprimé" in (
                text(pilot)
            )
            await press(pilot, "backspace", "enter", "d")
            assert app.session is not None
            file = app.session.files["c1"]
            assert (file.reasons["a"], file.recommendations.get("a")) == (
                "Trop bref.",
                "",
            )


class TestBack:
    """« “Revient : ORMOND Gilles.” stays after he was marked back. »"""

    async def test_who_is_back_is_not_asked_back(self, tmp_path: Path) -> None:
        tie = Recuse(member="m9", candidate="c1", kind=TieKind.TRAINER)
        app = shown(tmp_path, screens.opened, tie, Call(candidate="c1"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "x", "d", "enter", *"uuu", "d", "enter", "a")
            assert "Doit revenir" in text(pilot)
            await press(pilot, "x")
            assert "Doit revenir" not in text(pilot)

    async def test_the_next_step_calls_back_who_is_needed(self, tmp_path: Path) -> None:
        """The jury cannot deliberate without who stepped out for another candidate."""
        tie = Recuse(member="m6", candidate="c1", kind=TieKind.EMPLOYER)
        away = MarkAbsent(candidate="c1")
        out = Depart(member="m6")
        calls = (Call(candidate="c1"), tie, out, away, Call(candidate="c2"))
        app = shown(tmp_path, screens.opened, *calls)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            assert "[x]\N{NO-BREAK SPACE}: GARCIA" in step(pilot)
            await press(pilot, "x")
            assert "[h] commence l’audition" in text(pilot)


class TestMajority:
    """« “acquise si tous votent pour · il manque : 8 voix” reads as a unanimity
    rule. »"""

    async def test_how_many_votes_do(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            said = text(pilot).replace("\N{NO-BREAK SPACE}", " ")
            assert "acquise à partir de 5 voix pour · 8 voix à recueillir" in said
            await press(pilot, "c", "c")
            said = text(pilot).replace("\N{NO-BREAK SPACE}", " ")
            assert "acquise avec 5 voix pour de plus · 6 voix à recueillir" in said


def screens_session() -> Session:
    """A session of RNCP 5411 in memory."""
    return Sitting().session


class TestRollCall:
    """« [*] cannot sign while one member is late (it offers only the late one). »"""

    async def test_all_who_are_there_have_signed(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            assert "[d] à distance" in step(pilot)
            await press(pilot, "asterisk", "down", "space", "enter")
            assert "[e] émargé" in step(pilot)
            await press(pilot, "asterisk")
            assert "personnes présentes ont émargé" in text(pilot)
            await press(pilot, "enter", "enter")
            session = app.session
            assert session is not None
            signed = [m for m, a in session.attendance.items() if a.signed_at]
            assert len(signed) == len(session.present) == len(session.formation) - 1

    async def test_the_one_who_is_late_may_be_meant(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "asterisk", "down", "space", "enter")
            await press(pilot, "asterisk", "up", "enter", "enter")
            assert app.session is not None
            assert len(app.session.present) == 13


class TestSeats:
    """« “« repr » ne désigne aucun siège” stays after moving on to another field »;
    « with the seat still blank the ✗ disappears as if filled. »"""

    async def test_a_beginning_of_several_opens_their_list(
        self, tmp_path: Path
    ) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "a")
            assert "Il manque" not in text(pilot)  # nothing was typed yet
            await press(pilot, ">Lestrade", "enter", "enter", ">repr", "enter")
            assert "Quel siège" in text(pilot)
            assert any("▸représentants professionnels" in x for x in lines(pilot))
            await press(pilot, "enter", "enter")
            assert "ne s’appelle" not in text(pilot)
            assert app.screen.query_one("#field-gender").has_focus

    def test_one_holder_has_a_name(self) -> None:
        known = judgement.seats(screens_session())
        assert seat_in("formateur ou enseignant", known) == "formateur_enseignant"
        assert seat_in("conseillère", known) == "conseiller_vae"
        with pytest.raises(RefusedError, match=r"«\xa0repr\xa0» commence"):
            seat_in("repr", known)

    async def test_without_a_seat_none_is_filled(self, tmp_path: Path) -> None:
        def short(folder: Path) -> Record:
            """A jury that lacks a professional."""
            record = screens.drafted(folder)
            record.do(WithdrawMember(member="m7"), now=screens.START)
            return record

        app = shown(tmp_path, short)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "a", ">Lestrade", "enter", ">Fabien")
            assert "il en manque 1" in text(pilot)
            await press(pilot, "enter", ">représentant professionnel")
            assert "il en manque 1" not in text(pilot)


class TestOneRoom:
    """« “Et si…”: “5 candidats sur 5 ne peuvent pas être jugés” when a member had only
    stepped out for one candidate. »"""

    async def test_who_stepped_out_comes_back(self, tmp_path: Path) -> None:
        tie = Recuse(member="m6", candidate="c1", kind=TieKind.EMPLOYER)
        app = shown(tmp_path, screens.opened, tie, Call(candidate="c1"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "x")
            session = app.session
            assert session is not None
            assert not session.is_present("m6")
            assert awaited_no_more(session) == frozenset()


class TestMinutes:
    """« minutes §13 contradicts itself »; « §14 must say “à l’ouverture” »; « the same
    facts in both »; « signatures must be singular »; agreement in gender."""

    def test_what_they_say(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "s", now=screens.START.replace(year=2026))
        card = msgspec.structs.replace(
            record.session.files["c1"].candidate,
            gender="F",
            acquired=(Acquired(component="a"),),
        )
        now = screens.START.replace(year=2026)
        record.do(AmendCandidate(candidate=card), now=now)
        screens.sitting(record, now=now)
        session = record.session
        said = " ".join(minutes(session).split())
        assert "était en vigueur au jour du jury" not in said
        assert "R6412-7) vaut pour les parcours commencés à partir du" in said
        assert "ont commencé au plus tard le 1er octobre 2007" in said
        assert "À l’ouverture, 8 membres à voix délibérative étaient présents" in said
        assert "Composantes demandées : b, c" in said
        assert ", formateur ou enseignant ..." in said
        assert judgement.status_word(session.files["c1"]) == "pas encore appelée"
        record.close()


class TestRegister:
    """« register’s last act shows “! nommé” while the header says “✓ nommé”. »"""

    async def test_what_is_justified_is_so_everywhere(self, tmp_path: Path) -> None:
        def justified(folder: Path) -> Record:
            """A certification that has ended, and a jury that says why it sits."""
            now = screens.START.replace(year=2010)
            record = screens.sitting(screens.drafted(folder, now=now), now=now)
            (found,) = to_justify(record.session)
            record.do(Justify(clause=found.clause, text="Recevables."), now=now)
            return record

        app = shown(tmp_path, justified)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "g")
            assert "✓ nommé" in text(pilot)
            assert "! nommé" not in text(pilot)

    async def test_the_end_is_reached_by_pages(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.opened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "g", "pagedown")
            assert "C’est la fin des actes" in app.notice.text


class TestClosing:
    """« closing never warned that a justification would be missing for the
    minutes. »"""

    async def test_what_is_left_to_justify_is_said(self, tmp_path: Path) -> None:
        def late(folder: Path) -> Record:
            now = screens.START.replace(year=2010)
            record = screens.sitting(screens.drafted(folder, 1, now=now), now=now)
            record.do(MarkAbsent(candidate="c1"), now=now)
            return record

        app = shown(tmp_path, late)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "c")
            assert "1 point reste à justifier" in text(pilot)
