"""The live screens at the speed of speech: roll-call, refusals, who stays, names."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from jury_tui.register.record import Record
from jury_tui.rules.people import Member, TieKind
from jury_tui.session import judgement
from jury_tui.session.acts import Choice
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.candidates import Call, Deliberate, Pronounce
from jury_tui.session.commands.preparing import DeclareTie
from jury_tui.session.commands.sitting import Close
from jury_tui.session.commands.voting import CountVotes
from jury_tui.session.session import Phase, Session
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.candidate import CandidateScreen
from jury_tui.ui.screens.jury import JuryRoomScreen
from jury_tui.ui.screens.member import MemberScreen
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import short_names
from tests.support import screens
from tests.support.screens import lines, press, text


def at(tmp_path: Path, record: Record, *more: Command) -> JuryApp:
    """The application on a session, after some more commands."""
    if more:
        record.do(*more, now=screens.START)
    record.close()
    return screens.app(tmp_path / "sessions", record.path)


def session(pilot: Pilot[None]) -> Session:
    """The session on the desk."""
    app = pilot.app
    assert isinstance(app, JuryApp)
    assert app.session is not None
    return app.session


def there(pilot: Pilot[None]) -> list[str]:
    """Who is there."""
    return [m.id for m in session(pilot).present]


class TestRollCall:
    """« Three Spaces recorded arrival, departure, arrival of one person for ever. »"""

    async def test_space_goes_on(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.convened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "space", "space", "space")
            assert there(pilot) == ["m1", "m2", "m3"]
            assert isinstance(app.screen, JuryRoomScreen)
            assert app.screen.lines.key == "m4"

    async def test_no_departure_by_a_slip(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "space")
            assert "m1" not in there(pilot)
            await press(pilot, "space", "space")
            assert "m1" in there(pilot)
            assert "vient d’être pointé" in app.notice.text
            for _n in range(3):
                app.clock()
            await press(pilot, "space")
            assert "m1" not in there(pilot)

    async def test_all_there_then_all_signed(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.convened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            assert "[*] [Entrée] tous (13)" in text(pilot)
            assert "* Tous" in lines(pilot)[-1]
            assert "e Émargé" in lines(pilot)[-1]
            await press(pilot, "asterisk", "enter")
            assert len(there(pilot)) == 13
            assert "[*] [Entrée] tous (il en reste 13)" in text(pilot)
            await press(pilot, "asterisk", "enter")
            known = session(pilot).attendance.values()
            assert all(k.signed_at is not None for k in known)
            assert "[o] ouvre la séance" in text(pilot)

    async def test_enter_opens_and_never_marks(self, tmp_path: Path) -> None:
        tie = DeclareTie(
            member="m1", candidate="c1", kind=TieKind.TRAINER, reason="en 2007"
        )
        app = at(tmp_path, screens.opened(tmp_path / "sessions"), tie)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "enter")
            assert isinstance(app.screen, MemberScreen)
            assert "2008-12 · 03/03/2008 · L’administratrice générale" in text(pilot)
            assert "LEROY [/] Samira : a formé le candidat (en 2007)" in text(pilot)
            await press(pilot, "escape")
            assert len(there(pilot)) == 13

    async def test_the_mouse_marks_on_the_sign(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.convened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await pilot.click("#members", offset=(1, 4))
            await screens.settle(pilot)
            assert there(pilot) == ["m4"]
            await pilot.click("#members", offset=(5, 6), times=2)
            await screens.settle(pilot)
            assert isinstance(app.screen, MemberScreen)
            assert there(pilot) == ["m4"]


class TestWhyNot:
    """« A key that is not possible now does nothing silently. »"""

    @pytest.mark.parametrize(
        ("keys", "why"),
        [
            ("enter d", "appelez d’abord ce candidat"),
            ("enter u", "appelez d’abord ce candidat"),
            ("enter h", "appelez d’abord ce candidat"),
            ("c", "encore"),
            ("k", "LEROY"),
            ("j asterisk", "plus personne n’est attendu"),
            ("j c", "ouverte"),
            ("j o", "ouverte"),
        ],
    )
    async def test_open(self, tmp_path: Path, keys: str, why: str) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, *keys.split())
            assert app.notice.kind == "refused"
            assert why.casefold() in app.notice.text.casefold()

    async def test_before_the_deliberation(self, tmp_path: Path) -> None:
        record = screens.opened(tmp_path / "sessions")
        app = at(tmp_path, record, Call(candidate="c1"))
        async with app.run_test(size=(80, 24)) as pilot:
            for key in ("u", "f", "v", "o", "e", "t"):
                await press(pilot, "enter" if key == "u" else "escape", "enter", key)
                assert app.notice.kind == "refused", key
                assert app.notice.text, key
            assert session(pilot).files["c1"].ballots == {}

    async def test_a_counted_vote(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.deliberating(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "enter")
            assert "Rien n’est saisi sur a" in app.notice.text
            await press(pilot, "u", "up", "c")
            assert app.notice.kind == "refused"
            assert session(pilot).files["c1"].ballots["a"][0].tally.for_ == 8

    async def test_a_window_that_only_reads(self, tmp_path: Path) -> None:
        record = screens.deliberating(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u")
            assert "ne fait que lire" in app.notice.text
        record.close()


class TestInvitees:
    """« Asks a pick for every candidate, offers only none/all/one. »"""

    async def test_any_of_them_and_the_last_time_is_kept(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "a", "d", "space", "down", "down", "space", "enter")
            file = session(pilot).files["c1"]
            assert file.deliberated_by_invitees == ("m9", "m11")
            await press(pilot, "u", "u", "u", "d", "enter", "a", "d")
            assert text(pilot).count("☑") == 2
            assert "(Cochés" in text(pilot)
            await press(pilot, "enter")
            file = session(pilot).files["c2"]
            assert file.deliberated_by_invitees == ("m9", "m11")

    async def test_all_or_none_in_a_key(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "a", "d", "asterisk")
            assert text(pilot).count("☑") == 5
            await press(pilot, "asterisk")
            assert "☑" not in text(pilot)
            await pilot.click("AskSeveral Lines", offset=(2, 1))
            await press(pilot, "enter")
            file = session(pilot).files["c1"]
            assert file.deliberated_by_invitees == ("m10",)


class TestTheSitting:
    """« Clock of the hearing; suspension »; and a key that waits says for what."""

    async def test_suspended_and_resumed(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "s", ">repas", "enter")
            assert session(pilot).phase is Phase.SUSPENDED
            assert "‖ suspendue" in lines(pilot)[0]
            assert "[s] la reprend" in text(pilot)
            await press(pilot, "a")
            assert app.notice.kind == "refused"
            assert session(pilot).table == ""
            await press(pilot, "s")
            assert session(pilot).phase is Phase.OPEN
            assert session(pilot).pauses[0].reason == "repas"

    async def test_the_clock_of_the_hearing(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "a", "h")
            assert "audition" in lines(pilot)[1]
            before = lines(pilot)[1]
            await pilot.pause(1.3)
            assert lines(pilot)[1] != before


class TestInView:
    """« The state of the vote, what is missing and who must leave, always in view. »"""

    async def test_who_leaves_and_who_comes_back(self, tmp_path: Path) -> None:
        record = screens.opened(tmp_path / "sessions")
        ties = [
            DeclareTie(member=m, candidate=c, kind=TieKind.ACCOMPANIED)
            for m, c in (("m2", "c1"), ("m3", "c2"))
        ]
        app = at(tmp_path, record, *ties, Call(candidate="c1"), Deliberate())
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "u", "u", "d", "enter", "n")
            assert "Doit sortir\N{NO-BREAK SPACE}: =1+1 Zoé." in text(pilot)
            assert "Doit revenir\N{NO-BREAK SPACE}: MARTIN [/] Paul." in text(pilot)
            await press(pilot, "a")
            assert app.notice.text.endswith(
                "Doit sortir\N{NO-BREAK SPACE}: =1+1 Zoé. "
                "Doit revenir\N{NO-BREAK SPACE}: MARTIN [/] Paul."
            )
            assert "Doit revenir\N{NO-BREAK SPACE}: MARTIN [/] Paul." in "\n".join(
                lines(pilot)[:-2]
            )
            assert "[x] le note." in text(pilot)
            await press(pilot, "escape")
            assert "Doit sortir\N{NO-BREAK SPACE}: =1+1 Zoé." in text(pilot)
            assert "x le note" not in text(
                pilot
            )  # there, x says that somebody is absent

    async def test_the_step_is_of_the_next_component(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.deliberating(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u")
            assert isinstance(app.screen, CandidateScreen)
            assert app.screen.component == "b"
            assert "D’abord ↑ ↓" not in text(pilot)

    async def test_reasons_of_every_component(self, tmp_path: Path) -> None:
        record = screens.deliberating(tmp_path / "sessions")
        app = at(tmp_path, record)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "D", "c", "M", "c", "=", "G", "c", "N", "c")
            await press(pilot, "H", "c", "u")
            assert session(pilot).count
            await press(pilot, "up", "e", ">Trop court.", "enter", "enter", "down")
            assert "a, motifs\N{NO-BREAK SPACE}: Trop court." in text(pilot)

    async def test_reasons_follow_the_vote_that_was_lost(self, tmp_path: Path) -> None:
        """« The cursor had gone on: the reasons went to the next component. »"""
        app = at(tmp_path, screens.deliberating(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"ccccc", "u")
            assert "[e] écrit les motifs sur a" in text(pilot)
            await press(pilot, "e")
            assert "Motifs sur a" in text(pilot)
            await press(pilot, ">Trop court.", "enter", "enter")
            assert session(pilot).files["c1"].reasons == {"a": "Trop court."}
            assert isinstance(app.screen, CandidateScreen)
            assert app.screen.component == "b"
            await press(pilot, "e")
            assert "Motifs sur b" in text(pilot)

    async def test_reasons_that_lack_after_closing(self, tmp_path: Path) -> None:
        """« Reasons are missing »: where they are written is said too."""
        record = screens.opened(tmp_path / "sessions", 1)
        votes = [
            CountVotes(component=c, all=Choice.AGAINST)
            for c in judgement.components(record.session)
        ]
        before = [Call(candidate="c1"), Deliberate()]
        app = at(tmp_path, record, *before, *votes, Pronounce(), Close())
        async with app.run_test(size=(80, 24)) as pilot:
            while app.screen.check_action("justify", ()):
                await press(pilot, "u", ">Recevable.", "enter")
            assert "motifs (composante a) pour LEROY [/]" in text(pilot)
            said = " ".join(text(pilot).split())
            assert "[l], le nom, [Entrée], [e]." in said
            await press(pilot, "k")
            assert "exportez" in app.notice.text
            await press(pilot, "l", "L", "enter", "e", ">Trop court.", *["enter"] * 2)
            assert session(pilot).files["c1"].reasons == {"a": "Trop court."}

    async def test_names_are_whole_or_initials(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.deliberating(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            for name in ("DURAND Claire", "GARCIA [BOLD I.", "MARTIN [/] Paul"):
                assert name in text(pilot)

    @pytest.mark.parametrize("width", [60, 80])
    async def test_next_step_and_light_are_never_cut(
        self, tmp_path: Path, width: int
    ) -> None:
        app = at(tmp_path, screens.convened(tmp_path / "sessions"))
        async with app.run_test(size=(width, 24)) as pilot:
            await press(pilot, "l")
            shown = " ".join(text(pilot).split())
            assert "puis [o] ouvre." in shown
            assert (
                "représentants professionnels (au moins 2) : 0, il en manque 2."
                in shown
            )

    async def test_labels_and_seats_are_whole_or_abbreviated(
        self, tmp_path: Path
    ) -> None:
        app = at(tmp_path, screens.deliberating(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            assert "b Mém. d’appl. prof. " in text(pilot)
            assert "c Proj. pers. et prof. " in text(pilot)
            await press(pilot, "j")
            assert "formateur ou ens. " in text(pilot)

    def test_initials_tell_apart(self) -> None:
        people = [
            Member(id="a", family_name="Aubry", given_names="Marie-Charlotte Ève"),
            Member(id="b", family_name="Petit", given_names="Paul"),
            Member(id="c", family_name="Petit", given_names="Pierre"),
        ]
        assert short_names(people) == {"a": "AUBRY M.-C. È."}


class TestRoomIsUsed:
    """What is known of a line stands where the list leaves room: beneath, or beside."""

    async def test_the_agenda_tells_who_is_under_the_cursor(
        self, tmp_path: Path
    ) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "down")
            beneath = text(pilot).split("────")[-1]
            assert "[RED]KAYA Deniz" in beneath
            assert "2008-0001" in beneath
            await pilot.resize_terminal(200, 50)
            await screens.settle(pilot)
            await pilot.pause()
            head = next(line for line in lines(pilot) if "Candidat " in line)
            assert "[RED]KAYA Deniz" in head.split("│")[-1]

    @pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
    async def test_a_question_leaves_the_list_in_view(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        async with app.run_test(size=size) as pilot:
            await press(pilot, "t")
            assert "1 LEROY [/] Samira" in text(pilot)
            assert "4 ΩMEGA" in text(pilot)

    async def test_the_agenda_says_who_cannot_be_judged(self, tmp_path: Path) -> None:
        record = screens.opened(tmp_path / "sessions")
        session = record.session
        voters = [m.id for m in judgement.voting_members(session)]
        record.do(
            *(
                DeclareTie(candidate="c2", member=m, kind=TieKind.ACCOMPANIED)
                for m in voters[1:]
            ),
            now=screens.START,
        )
        app = at(tmp_path, record)
        async with app.run_test(size=(120, 40)) as pilot:
            assert "✗ représentants" not in text(pilot)
            await press(pilot, "down")
            assert "✗ représentants professionnels (au moins 2)" in text(pilot)
            assert "Doit sortir" in text(pilot)

    async def test_the_file_stands_beside_the_votes(self, tmp_path: Path) -> None:
        app = at(tmp_path, screens.deliberating(tmp_path / "sessions"))
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "enter")
            beside = [line.split("│")[-1] for line in lines(pilot) if "│" in line]
            assert any("2008-0000" in line for line in beside)
            assert any("délibération" in line for line in beside)
            await pilot.resize_terminal(80, 24)
            await screens.settle(pilot)
            await pilot.pause()
            assert text(pilot).count("2008-0000") == 1

    async def test_a_line_that_is_cut_stands_whole_beneath(
        self, tmp_path: Path
    ) -> None:
        app = at(tmp_path, screens.opened(tmp_path / "sessions"))
        long = "Un choix " + "très " * 16 + "long jusqu’au bout."
        async with app.run_test(size=(80, 24)) as pilot:
            rows = [Row("a", (Cell("court"),), ""), Row("b", (Cell(long),), "")]
            assert isinstance(app.screen, JuryScreen)
            app.run_worker(app.screen.pick("Lequel ?", rows))
            await screens.settle(pilot)
            await pilot.pause()
            assert "jusqu’au bout." not in text(pilot)
            await press(pilot, "down")
            assert "jusqu’au bout." in text(pilot)
