"""What somebody who held a session, and read only the screen, stumbled on."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from jury_tui.register.record import Record
from jury_tui.rules.people import TieKind
from jury_tui.session.acts import Presence
from jury_tui.session.commands.candidates import Call, Recuse
from jury_tui.session.session import File, Session
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.candidate import CandidateScreen
from tests.support import screens
from tests.support.screens import lines, press, shown, text


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


class TestInvitees:
    """« The invitees’ tick list changes its defaults, so the same * Enter sends
    everyone out; no way back. »"""

    async def test_the_same_keys_do_the_same(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.opened)
        async with app.run_test(size=(80, 24)) as pilot:
            for _candidate in range(2):
                await press(pilot, "a", "enter", "d", "asterisk", "enter")
                await press(pilot, *"uuu", "d", "enter", "l")
            stayed = [f.deliberated_by_invitees for f in session_of(pilot).agenda]
            assert stayed[0] == stayed[1] == ("m9", "m10", "m11", "m12", "m13")

    async def test_who_stays_is_put_right(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u")
            began = first(pilot).deliberation_started
            await press(pilot, "x", "space", "enter")
            assert first(pilot).deliberated_by_invitees == ("m9",)
            assert first(pilot).deliberation_started == began
            assert first(pilot).ballot("a") is not None
            await press(pilot, "x", "down", "space", "enter", "z")
            assert first(pilot).deliberated_by_invitees == ("m9",)
            count = session_of(pilot).count
            await press(pilot, "x", "enter")  # nothing changes: nothing is written
            assert session_of(pilot).count == count


class TestRollCall:
    """« All there but one: * includes the late one and cannot be unticked. After the
    last Space the cursor goes back to the one awaited. »"""

    async def test_all_but_one(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "asterisk", "down", "space", "enter")
            session = session_of(pilot)
            away = [m for m in session.members if not session.is_present(m)]
            assert away == ["m2"]
            await press(pilot, "M", "x", ">train", "enter")
            await press(pilot, "asterisk", "space", "enter")
            session = session_of(pilot)
            unsigned = [m for m, a in session.attendance.items() if not a.signed_at]
            assert unsigned == ["m1", "m2"]

    async def test_the_cursor_stays_at_the_end(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "down", *["space"] * 14)
            assert not session_of(pilot).is_present("m1")
            assert session_of(pilot).is_present("m13")

    async def test_one_key_takes_back_what_one_key_wrote(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "space", "asterisk", "enter", "z")
            assert [m.id for m in session_of(pilot).present] == ["m1"]
            assert "12 actes, le dernier" in app.notice.text
            await press(pilot, "z")
            assert session_of(pilot).present == ()

    async def test_remote_was_never_in_the_room(self, tmp_path: Path) -> None:
        """« Space then d: the minutes say that she was in the room: false. »"""
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "space", "space", "space", "home", "d", "enter")
            session = session_of(pilot)
            stays = [session.attendance[m].spells for m in ("m1", "m2", "m3")]
            assert [len(spells) for spells in stays] == [1, 1, 1]
            assert stays[0][0].presence is Presence.REMOTE
            assert stays[1][0].presence is Presence.ROOM
            assert stays[1][0].arrived < stays[2][0].arrived <= stays[0][0].arrived


class TestRecused:
    """« A recused member leaving costs five keys, and coming back too. »"""

    async def test_out_and_back(self, tmp_path: Path) -> None:
        tie = Recuse(member="m9", candidate="c1", kind=TieKind.TRAINER)
        app = shown(tmp_path, screens.opened, tie, Call(candidate="c1"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            assert "Doit sortir : OKAFOR" in text(pilot).replace("\xa0", " ")
            assert "[x] le note" in text(pilot)
            await press(pilot, "x")
            assert not session_of(pilot).is_present("m9")
            assert "OKAFOR" in app.notice.text
            assert "ortie d’OKAFOR" in app.notice.text
            assert any("◁" in x and "OKAFOR" in x for x in lines(pilot))
            assert "Doit sortir" not in text(pilot)
            await press(pilot, "z", "x", "d", "enter", *"uuu", "d", "enter", "a")
            assert room(pilot).candidate == "c2"
            assert "Doit revenir : OKAFOR" in text(pilot).replace("\xa0", " ")
            await press(pilot, "x")
            assert session_of(pilot).is_present("m9")
            await press(pilot, "x")
            assert "Personne ne doit sortir" in app.notice.text

    async def test_who_left_for_another_reason_is_not_called_back(
        self, tmp_path: Path
    ) -> None:
        app = shown(tmp_path, screens.opened, Call(candidate="c1"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "O", "space", "l", "enter", "x")
            assert not session_of(pilot).is_present("m9")

    async def test_the_last_one_out_comes_back(self, tmp_path: Path) -> None:
        tie = Recuse(member="m9", candidate="c1", kind=TieKind.TRAINER)
        app = shown(tmp_path, screens.opened, tie, Call(candidate="c1"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "x", "d", "enter", *"uuu", "d", "enter", "x")
            assert session_of(pilot).is_present("m9")


class TestAbsent:
    """« x absent asks no reason: “excusé par courriel” had to go into an incident. »"""

    async def test_the_reason_if_known(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.opened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(
                pilot, "x", ">courriel du 3 mars", "enter", "down", "x", "enter"
            )
            files = session_of(pilot).files
            assert files["c1"].absent_reason == "courriel du 3 mars"
            assert files["c2"].status == "absent"


class TestTakenAgain:
    """« After reopening a vote the cursor stayed on c, not on b: u would have voted
    the wrong component. » « u Unanimité though an opponent is entered. »"""

    async def test_the_cursor_goes_to_the_vote(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "u", "z", "n", "enter", ">erreur", "enter")
            assert room(pilot).component == "b"
            await press(pilot, "down", "c")  # and is free to go elsewhere
            assert room(pilot).component == "c"
            assert "Les autres pour" in lines(pilot)[-1]
            assert "Unanimité" not in lines(pilot)[-1]
            await press(pilot, "u")
            assert room(pilot).component == "b"
            assert "Unanimité" in lines(pilot)[-1]
            assert "Voté à 9 h 00 (8 pour, 0 contre), puis repris" in text(pilot)


class TestWords:
    """« “(7 pour, 0 contre, 0 autre)” for abstentions »; « candidats jugés 6/6 counts
    a postponed and an absent candidate »; « Escape on the list says “Tout montrer : pas
    maintenant” »."""

    async def test_abstentions_are_said(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "a", "u", "u", "u", "d")
            assert "(7 pour, 0 contre, 1 abstention)" in text(pilot)

    async def test_an_absent_one_was_not_judged(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.opened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "x", "enter")
            assert "candidats traités 1/4" in text(pilot)

    async def test_how_to_quit(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "escape", "escape")
            assert "[Ctrl+Q] quitte le programme" in app.notice.text


class TestJustified:
    """« No question shown; the citation is cut, then an empty field. After “justifié”
    the ! stays; the top line repeats it all day. »"""

    async def test_asked_first_and_then_at_rest(self, tmp_path: Path) -> None:
        def late(folder: Path) -> Record:
            """The registration of the certification has ended."""
            now = screens.START.replace(year=2010)
            return screens.sitting(screens.drafted(folder, now=now), now=now)

        app = shown(tmp_path, late)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j")
            assert "!" in lines(pilot)[2]
            await press(pilot, "u")
            asked = text(pilot)
            assert "Justification, pour le procès-verbal" in asked
            await press(pilot, ">Recevable avant la fin.", "enter")
            assert not app.screen.check_action("justify", ())
            assert "!" not in lines(pilot)[2]
            assert "Justifié." in text(pilot)
            await press(pilot, "z")
            assert "!" in lines(pilot)[2]
