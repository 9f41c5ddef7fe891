"""A list put right and read again: every fact it gives is compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from jury_tui import rosters
from jury_tui.rosters import Roster
from jury_tui.rules.people import Candidate, Member
from jury_tui.session.acts import CandidateAmended, MemberAmended
from jury_tui.session.commands import perform
from jury_tui.session.commands.preparing import (
    AmendCandidate,
    AmendMember,
    OrderAgenda,
)
from jury_tui.session.session import Session
from tests.support import screens

Read = Callable[[str | bytes], Roster[Candidate]]
HEAD = "Nom de naissance;Prénom;Date de naissance;Numéro;Parcours;Heure"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A session with a jury and no candidate."""
    with screens.drafted(tmp_path / "sessions", candidates=0) as record:
        return record.session


def kept(session: Session, roster: Roster[Candidate]) -> Session:
    """The session once a list was accepted."""
    known = {ref: file.candidate for ref, file in session.files.items()}
    fresh, held = rosters.compared(roster, known)
    return perform(
        session,
        [
            *rosters.commands(None, fresh),
            *rosters.amendments(held),
            *rosters.by_hours(session, fresh.people, held),
        ],
        screens.START,
    )[0]


class TestCandidates:
    def test_what_differs_is_put_right(
        self, session: Session, candidates: Read
    ) -> None:
        """“déjà dans la séance : inchangé”, though the parcours began in 2028 there
        and in 2008 in the file; a new column “Recevable le” was not looked at."""
        session = kept(session, candidates(f"{HEAD}\nLeroy;Ana;;A1;01/10/2028;9h\n"))
        read = candidates(f"{HEAD};Recevable le\nLeroy;Ana;;A1;01/10/2008;;02/03/2008")

        known = {"c1": session.files["c1"].candidate}
        fresh, (held,) = rosters.compared(read, known)
        assert not fresh.rows
        assert held.changed == ("parcours_start", "admissible_on")
        (command,) = rosters.amendments([held])
        assert isinstance(command, AmendCandidate)
        after, acts = perform(session, [command], screens.START)

        (act,) = acts
        assert isinstance(act, CandidateAmended)
        assert act.reason
        candidate = after.files["c1"].candidate
        assert candidate.parcours_start == dt.date(2008, 10, 1)
        assert candidate.admissible_on == dt.date(2008, 3, 2)
        assert candidate.time == "09:00"  # an empty cell says nothing

    def test_the_same_list_changes_nothing(
        self, session: Session, candidates: Read
    ) -> None:
        text = f"{HEAD}\nLeroy;Ana;14/02/1974;A1;01/10/2007;9h\n"
        session = kept(session, candidates(text))

        fresh, (held,) = rosters.compared(
            candidates(text), {"c1": session.files["c1"].candidate}
        )

        assert not fresh.rows
        assert not held.changed
        assert not rosters.amendments([held])

    @pytest.mark.parametrize(
        ("line", "changed"),
        [
            ("Leroi;Ana;14/02/1974;A1;;", ("birth_name",)),
            ("Leroy;Ana;14/02/1975;A1;;", ("birth_date",)),
            ("Leroy;Ana;14/02/1974;A9;;", ("file_number",)),
            ("Leroy;Ana;14/02/1974;;;10h", ("time",)),
            ("Leroy;Ana;;;;10h", ("time",)),
        ],
    )
    def test_who_is_recognised(
        self, session: Session, candidates: Read, line: str, changed: tuple[str, ...]
    ) -> None:
        """A file number that was put right made a second candidate."""
        was = f"{HEAD}\nLeroy;Ana;14/02/1974;A1;;9h\n"
        session = kept(session, candidates(was))

        fresh, (held,) = rosters.compared(
            candidates(f"{HEAD}\n{line}"), {"c1": session.files["c1"].candidate}
        )

        assert not fresh.rows
        assert held.changed == changed

    @pytest.mark.parametrize(
        "line", ["Leroy;Ana;15/03/1980;;;", "Leroy;Ana;;B2;;", "Leroy;Anaïs;;;;"]
    )
    def test_who_is_another(
        self, session: Session, candidates: Read, line: str
    ) -> None:
        was = f"{HEAD}\nLeroy;Ana;14/02/1974;A1;;9h\n"
        session = kept(session, candidates(was))

        fresh, held = rosters.compared(
            candidates(f"{HEAD}\n{line}"), {"c1": session.files["c1"].candidate}
        )

        assert len(fresh.rows) == 1
        assert not held


class TestHours:
    """Those put right later came last, out of the order of their hours."""

    def test_the_order_of_the_hours_is_kept(
        self, session: Session, candidates: Read
    ) -> None:
        session = kept(
            session, candidates(f"{HEAD}\nA;;;A1;;9h\nC;;;A3;;10h\nD;;;A4;;10h30")
        )
        session = kept(session, candidates(f"{HEAD}\nB;;;A2;;9h30\nC;;;A3;;11h\n"))

        names = [session.files[ref].candidate.birth_name for ref in session.order]
        assert names == ["A", "B", "D", "C"]

    def test_another_order_is_left(self, session: Session, candidates: Read) -> None:
        session = kept(session, candidates(f"{HEAD}\nA;;;A1;;9h\nB;;;A2;;10h"))
        session = perform(session, [OrderAgenda(order=("c2", "c1"))], screens.START)[0]
        session = kept(session, candidates(f"{HEAD}\nC;;;A3;;9h30"))

        names = [session.files[ref].candidate.birth_name for ref in session.order]
        assert names == ["B", "A", "C"]

    def test_who_has_no_hour_keeps_their_place(
        self, session: Session, candidates: Read
    ) -> None:
        session = kept(
            session, candidates(f"{HEAD}\nA;;;A1;;10h\nB;;;A2;;\nC;;;A3;;9h")
        )

        names = [session.files[ref].candidate.birth_name for ref in session.order]
        assert names == ["C", "B", "A"]


class TestMembers:
    HEAD = "Nom;Prénom;Sexe;Siège;Employeur"

    def test_what_differs_is_put_right(
        self, session: Session, members: Callable[[str], Roster[Member]]
    ) -> None:
        was = session.members["m1"]
        read = members(
            f"{self.HEAD}\n{was.family_name};{was.given_names};M;président;Cnam"
        )

        fresh, (held,) = rosters.compared(read, session.members)
        assert not fresh.rows
        assert held.changed == ("gender", "employer")
        (command,) = rosters.amendments([held])
        assert isinstance(command, AmendMember)
        after, (act,) = perform(session, [command], screens.START)

        assert isinstance(act, MemberAmended)
        assert after.members["m1"].gender == "M"
        assert after.members["m1"].act == was.act
