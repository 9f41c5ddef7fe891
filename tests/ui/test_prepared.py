"""What somebody who prepared a session by hand, and read only the screen, met."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from jury_tui.errors import RosterError
from jury_tui.i18n import set_language
from jury_tui.register.record import Record
from jury_tui.rules.people import Candidate, Member
from jury_tui.rules.ties import suggest_ties
from jury_tui.session import judgement
from jury_tui.session.commands.preparing import AmendCandidate, AmendMember
from jury_tui.ui.people_typed import acquired_in
from jury_tui.ui.screens.readiness import ReadinessScreen
from jury_tui.ui.widgets.ask import Field
from tests.support import screens
from tests.support.screens import press, shown, text
from tests.ui.test_held import first, session_of


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


class TestForms:
    """« “Déjà acquis” refuses the place. Computer words in a message: say the labels,
    accept their beginnings. Act, date, authority are not proposed. The form’s error
    stays on the bottom line after correction. »"""

    async def test_a_seat_by_the_beginning_of_its_label(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "a", ">BRUN", "down", "down", ">r")
            assert "représentants professionnels" in text(pilot)
            assert "representant_professionnel" not in text(pilot)
            await press(pilot, "ctrl+s")
            assert app.notice.kind == "refused"
            await press(pilot, "backspace")
            assert app.notice.text == ""
            await press(pilot, ">form", "ctrl+s")
            added = session_of(pilot).members["m14"]
            assert added.seats == ("formateur_enseignant",)

    async def test_the_act_of_the_last_one_is_proposed(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "a", ">BRUN", *["down"] * 6, *"2009", "ctrl+s")
            added = session_of(pilot).members["m14"]
            assert (added.act, str(added.act_date)) == ("2009", "2008-03-03")
            assert added.act_authority == "L’administratrice générale"

    @pytest.mark.parametrize("typed", ["a 12/06/2024 Lyon", "a 12/06/2024, Lyon"])
    async def test_acquired_with_its_place(self, tmp_path: Path, typed: str) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "m")
            app.screen.query_one("#field-acquired", Field).value = typed
            await press(pilot, "ctrl+s")
            (known,) = first(pilot).candidate.acquired
            assert (known.component, known.place) == ("a", "Lyon")
            assert known.date == dt.date(2024, 6, 12)
            await press(pilot, "m")
            field = app.screen.query_one("#field-acquired", Field)
            assert field.value == "a 12/06/2024 Lyon"


class TestTypedByHand:
    KNOWN = ("a", "b", "c")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("a", [("a", "", "")]),
            ("a, b 01/02/2007", [("a", "", ""), ("b", "2007-02-01", "")]),
            ("a Lyon, Cnam; b", [("a", "", "Lyon, Cnam"), ("b", "", "")]),
            ("a 01/02/2007, Lyon, b", [("a", "2007-02-01", "Lyon"), ("b", "", "")]),
            ("a, z 01/02/2007", [("a", "", ""), ("z", "2007-02-01", "")]),
        ],
    )
    def test_acquired(self, text: str, told: list[tuple[str, str, str]]) -> None:
        found = acquired_in(text, self.KNOWN)
        assert [(a.component, str(a.date or ""), a.place) for a in found] == told

    def test_a_date_that_is_none(self) -> None:
        with pytest.raises(RosterError, match="12/13/2007 n’existe pas"):
            acquired_in("a 12/13/2007", self.KNOWN)


class TestEmployers:
    """« False shared employer: “Maison des services de Pont-Gibert” and “Association
    Le Pont” are said, as a fact, to be the same. »"""

    @pytest.mark.parametrize(
        ("one", "other", "told"),
        [
            ("Maison des services de Pont-Gibert", "Association Le Pont", None),
            ("CPAM de Lyon", "C.P.A.M.", "peut-être le même employeur"),
            ("Supermarché Carrefour", "Carrefour", "peut-être le même employeur"),
            ("Mission locale", "MISSION LOCALE", "ont le même employeur"),
        ],
    )
    def test_what_is_asked(self, one: str, other: str, told: str | None) -> None:
        member = Member(id="m1", family_name="Lestrade", employer=one)
        candidate = Candidate(id="c1", birth_name="Brahimi", employer=other)
        found = suggest_ties([member], [candidate])
        assert [told in s.reason for s in found if told] == [True] * (told is not None)
        assert bool(found) is (told is not None)


class TestTitles:
    """« “Au titre de : président” for a woman, “Présidente du jury” elsewhere. »"""

    def test_a_seat_agrees_where_the_rulebook_says_how(self, tmp_path: Path) -> None:
        session = screens.convened(tmp_path / "sessions").session
        woman = session.members["m1"]
        assert woman.gender == "F"
        assert judgement.seat_label(session, "m1") == "présidente"
        for gender in ("M", ""):
            other = msgspec.structs.replace(woman, gender=gender)
            changed = msgspec.structs.replace(
                session, members={**session.members, "m1": other}
            )
            assert judgement.seat_label(changed, "m1") == "président"
        set_language("en")
        assert judgement.seat_label(session, "m1") == "chair"
        set_language("fr")


class TestCheckList:
    """« After a correction the cursor falls on another line. “Aucun lien” accepts an
    empty reason. »"""

    async def test_the_cursor_stays_with_the_person(self, tmp_path: Path) -> None:
        def bare(folder: Path) -> Record:
            record = screens.drafted(folder)
            for key in ("m1", "m3", "m5"):
                card = msgspec.structs.replace(
                    record.session.members[key], act="", act_date=None
                )
                record.do(AmendMember(member=card), now=screens.START)
            return record

        app = shown(tmp_path, bare)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "v")
            screen = app.screen
            assert isinstance(screen, ReadinessScreen)
            at = [n for n, p in enumerate(screen.points) if p.place == "m3"]
            screen.lines.go(at[0])
            await press(pilot, "enter")
            app.screen.query_one("#field-act", Field).value = "2008-12"
            await press(pilot, "ctrl+s")
            again = app.screen
            assert isinstance(again, ReadinessScreen)
            assert again.points[again.lines.cursor].place == "m3"

    async def test_no_tie_needs_a_reason(self, tmp_path: Path) -> None:
        def alike(folder: Path) -> Record:
            record = screens.drafted(folder)
            for command in (
                AmendMember(
                    member=msgspec.structs.replace(
                        record.session.members["m1"], employer="Mission locale"
                    )
                ),
                AmendCandidate(
                    candidate=msgspec.structs.replace(
                        record.session.files["c1"].candidate, employer="Mission locale"
                    )
                ),
            ):
                record.do(command, now=screens.START)
            return record

        app = shown(tmp_path, alike)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "v")
            screen = app.screen
            assert isinstance(screen, ReadinessScreen)
            ask = [n for n, p in enumerate(screen.points) if p.tie is not None]
            screen.lines.go(ask[0])
            await press(pilot, "enter", "down", "enter", "enter")
            assert session_of(pilot).dismissed == ()
            assert "Sans motif" in app.notice.text
            await press(pilot, "enter", "down", "enter", ">autre agence", "enter")
            assert len(session_of(pilot).dismissed) == 1
