"""Ways a careless or dishonest hand tried to get in, each shut: one test a hole.

Nobody may vote who may not; nothing a command lets in may be more than a register
can hold, or be taken for somebody or something else.
"""

from __future__ import annotations

from typing import Any

import pytest

from jury_tui import canonical
from jury_tui.errors import RefusedError
from jury_tui.session import judgement
from jury_tui.session.acts import to_record
from tests.support.sittings import Sitting, opened

STRANGE_IDS = (
    "jury",  # stands for the whole jury in marks and grids
    "m1\x00",  # is m1 once its control character is dropped
    " m1 ",
    "m1\u200b",
    "\x00",  # is nothing at all
    "é1",  # no key that every program sorts alike
    "m 1",
    "../m1",
    "x" * 41,
)


class TestIds:
    """« id: A short ASCII identifier, unique in the session » (``rules.people``)."""

    @pytest.mark.parametrize("ref", STRANGE_IDS)
    def test_of_a_member_that_could_be_taken_for_another(self, ref: str) -> None:
        sitting = Sitting().appoint()
        before = sitting.session
        with pytest.raises(RefusedError, match="identifiant"):
            sitting.do("appoint", member={"id": ref, "family_name": "Intrus"})

        assert before is sitting.session

    @pytest.mark.parametrize("ref", ["c1\x00", "é", "c 1", "jury"])
    def test_of_a_candidate_that_could_be_taken_for_another(self, ref: str) -> None:
        """« c1\\0 » once replaced the file of c1, votes and all."""
        sitting = Sitting().appoint().register()
        with pytest.raises(RefusedError, match="identifiant"):
            sitting.do("register_candidate", candidate={"id": ref, "birth_name": "Z"})

    def test_a_member_may_be_amended_by_name(self) -> None:
        """A name where the id was awaited once ended the program (KeyError)."""
        sitting = Sitting().appoint()
        card = {"id": "Durand", "family_name": "Durant", "seats": ["president"]}
        sitting.do("amend_member", member=card)

        assert "DURANT" == sitting.session.members["m1"].name
        assert 13 == len(sitting.session.members)

    def test_a_candidate_may_be_amended_by_name(self) -> None:
        sitting = Sitting().appoint().register()
        sitting.do("amend_candidate", candidate={"id": "Leroy", "birth_name": "Leroi"})

        assert "LEROI" == sitting.session.files["c1"].candidate.name

    def test_no_id_amends_nobody(self) -> None:
        """Not even who is on the table: a new card without id is not a correction."""
        sitting = opened()
        sitting.do("call", candidate="c1")
        card = {"id": "", "birth_name": "Nouvelle"}
        with pytest.raises(RefusedError, match="de quel candidat"):
            sitting.do("amend_candidate", candidate=card, reason="ajout")


class TestCards:
    """What is accepted can be written: a command refuses, the register never."""

    @pytest.mark.parametrize(
        "attributes",
        [{"é": 1}, {"a": 2**53}, {"a b": "x"}, {f"k{n}": n for n in range(51)}],
    )
    def test_attributes_that_no_register_can_hold(
        self, attributes: dict[str, Any]
    ) -> None:
        card = {"id": "", "family_name": "Vidal", "attributes": attributes}
        with pytest.raises(RefusedError):
            Sitting().do("appoint", member=card)

    def test_lists_without_end(self) -> None:
        card = {"id": "", "birth_name": "Roche", "trainers": ["Nom"] * 51}
        with pytest.raises(RefusedError, match="trop pour une fiche"):
            Sitting().do("register_candidate", candidate=card)

    def test_attributes_are_put_in_one_spelling(self) -> None:
        sitting = Sitting()
        card = {"id": "", "family_name": "V", "attributes": {"ville": "Ange\u0301r\0s"}}
        sitting.do("appoint", member=card)

        assert "Angérs" == sitting.session.members["m1"].attributes["ville"]
        assert canonical.encode(to_record(sitting.acts[-1]))


class TestWhoWasNotThere:
    """« l’ensemble des membres du jury » hears a candidate: who left does not vote."""

    def test_a_departure_noticed_late_still_missed_the_hearing(self) -> None:
        sitting = opened()
        sitting.do("call", candidate="c1")
        sitting.do("hear")
        sitting.do("record_incident", text="On ne voit plus M. Faure.")
        during = sitting.now.isoformat()
        sitting.do("end_hearing")
        sitting.do("depart", member="m4", time=during)
        sitting.do("arrive", member="m4")
        sitting.do("deliberate")
        file = sitting.session.files["c1"]

        assert "m4" not in judgement.sitting_voters(sitting.session, file)
        with pytest.raises(RefusedError, match="toute l’audition"):
            sitting.do(
                "count_votes", component="a", all="for", **{"except": {"m4": "for"}}
            )

    def test_nobody_has_left_before_a_vote_that_counts_them(self) -> None:
        sitting = opened().deliberate()
        before = sitting.now.isoformat()
        sitting.do("count_votes", component="a", all="for")
        with pytest.raises(RefusedError, match="rouvrez d’abord ce vote"):
            sitting.do("depart", member="m4", time=before)
        sitting.do("reopen_vote", component="a", reason="M. Faure était parti.")
        sitting.do("depart", member="m4", time=before)
        sitting.do("count_votes", component="a", all="for")
        ballot = sitting.session.files["c1"].ballot("a")

        assert ballot is not None
        assert "m4" not in ballot.ballots

    def test_who_leaves_after_the_vote_has_voted(self) -> None:
        sitting = opened().deliberate()
        sitting.do("count_votes", component="a", all="for")
        sitting.do("depart", member="m4")
        ballot = sitting.session.files["c1"].ballot("a")

        assert ballot is not None
        assert "m4" in ballot.ballots

    @pytest.mark.parametrize("undo", [False, True])
    def test_a_tie_cannot_be_undone_into_a_vote(self, undo: bool) -> None:
        """One key undoes the recusal that a call entailed; the rules still see it."""
        sitting = opened()
        if undo:
            sitting.do("declare_tie", member="m3", candidate="c1", kind="accompanied")
        sitting.do("call", candidate="c1")
        if undo:
            sitting.do("undo")
        else:
            sitting.do("declare_tie", member="m3", candidate="c1", kind="accompanied")

        assert frozenset() == sitting.session.files["c1"].recused
        for command in ("hear", "deliberate"):
            with pytest.raises(RefusedError, match="GARNIER Inès doit se retirer"):
                sitting.do(command)

    def test_a_tie_declared_in_deliberation_stops_the_vote(self) -> None:
        sitting = opened().deliberate()
        sitting.do("declare_tie", member="m3", candidate="c1", kind="accompanied")
        with pytest.raises(RefusedError, match="GARNIER Inès doit se retirer"):
            sitting.do("count_votes", component="a", all="for")


def _closed() -> Sitting:
    sitting = opened(1).deliberate().settle()
    sitting.do("close")
    sitting.do("number_minutes", number="PV-2008-1")
    return sitting


class TestNamesOfFiles:
    """No name in a register leads out of the folder of exports."""

    @pytest.mark.parametrize(
        "file", ["../PV.xlsx", "/etc/PV.xlsx", "a\\b.xlsx", "c:x.xlsx", "..", ".x"]
    )
    @pytest.mark.parametrize("command", ["record_export", "attach_scan"])
    def test_are_names(self, command: str, file: str) -> None:
        sitting = _closed()
        fields = {"what": "feuille"} if command == "attach_scan" else {}
        with pytest.raises(RefusedError, match="nom de fichier"):
            sitting.do(command, file=file, sha256="0" * 64, **fields)

    @pytest.mark.parametrize("language", ["", "FR", "e\u0301", "fr\x1b[2J"])
    def test_languages_are_two_letters(self, language: str) -> None:
        sitting = _closed()
        with pytest.raises(RefusedError, match="deux lettres"):
            sitting.do(
                "record_export", file="PV.xlsx", sha256="0" * 64, language=language
            )
