"""RNCP 5411: the VAE jury of the pôle, and the jury of the other routes."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from jury_tui.rules.composition import judge
from jury_tui.rules.findings import Layer, Verdict
from jury_tui.rules.people import Member
from jury_tui.rules.rulebook import laws, load, stack
from tests.support.juries import (
    bare,
    candidate,
    case,
    edited,
    fatal,
    of,
    people,
    rules,
    to_justify,
    verdicts,
)

DAY = dt.date(2008, 6, 1)
VOTERS = {
    "president": 1,
    "formateur_enseignant": 4,
    "representant_professionnel": 2,
    "responsable_du_titre": 1,
}
INVITEES = {
    "responsable_vae_pole": 1,
    "representant_national_vae": 1,
    "conseiller_vae": 3,
}
FORM = {
    "president": 1,
    "administrateur_pole": 1,
    "representant_dnf": 1,
    "formateur_responsable_filiere": 2,
    "representant_secteur_pro": 2,
    "representant_centres": 1,
}
CNAM = rules("RNCP5411")


class TestVae:
    """« Jury VAE du pôle de spécialité du titre comprenant 13 membres :

    - 8 membres délibératifs (1 président, 4 formateurs/enseignants, 2 représentants
    professionnels et le responsable du titre) - 5 membres invités de droit (le
    responsable VAE du pôle de spécialité, 1 représentant national de la VAE et 3
    conseillers VAE Cnam) »
    """

    @pytest.mark.parametrize("layer", [Layer.APPOINTMENT, Layer.PRESENCE])
    def test_eight_and_five_is_regular(self, layer: Layer) -> None:
        judged = case(people(VOTERS | INVITEES), DAY, layer)

        assert fatal(CNAM, judged) == set()
        assert {
            clause
            for clause, verdict in verdicts(judge(CNAM, judged)).items()
            if verdict is not Verdict.SATISFIED
        } == ({"RNCP5411/quorum"} if layer is Layer.PRESENCE else set())

    @pytest.mark.parametrize("layer", [Layer.APPOINTMENT, Layer.PRESENCE])
    def test_eight_and_none_warns_and_does_not_fail(self, layer: Layer) -> None:
        judged = case(people(VOTERS), DAY, layer)

        assert fatal(CNAM, judged) == set()
        assert of(CNAM, judged, "RNCP5411/members").verdict is Verdict.UNDECIDABLE
        assert of(CNAM, judged, "RNCP5411/conseiller_vae").missing == "text"

    def test_an_ex_officio_person_replaced_by_a_voter_fails(self) -> None:
        swapped = people(
            VOTERS | {"formateur_enseignant": 5} | INVITEES | {"conseiller_vae": 2}
        )

        assert fatal(CNAM, case(swapped, DAY)) == {
            "RNCP5411/voting-members",
            "RNCP5411/formateur_enseignant",
            "LAW-VAE/r335-8-quarter",
        }

    @pytest.mark.parametrize("seat", VOTERS)
    def test_each_seat_is_needed_as_appointed(self, seat: str) -> None:
        lacking = people({**VOTERS, **INVITEES, seat: VOTERS[seat] - 1})

        assert f"RNCP5411/{seat}" in fatal(CNAM, case(lacking, DAY))

    @pytest.mark.parametrize("layer", [Layer.PRESENCE, Layer.CANDIDATE])
    def test_an_absent_trainer_is_not_decidable_the_text_is_silent(
        self, layer: Layer
    ) -> None:
        present = people({**VOTERS, **INVITEES, "formateur_enseignant": 3})
        judged = case(present, DAY, layer, candidate=candidate(DAY))

        found = of(CNAM, judged, "RNCP5411/formateur_enseignant")
        assert (found.verdict, found.blocks) == (Verdict.UNDECIDABLE, False)
        assert fatal(CNAM, judged) == set()

    def test_no_quorum_is_said_and_does_not_block(self) -> None:
        found = of(CNAM, case(people(VOTERS), DAY, Layer.PRESENCE), "RNCP5411/quorum")

        assert found.verdict is Verdict.UNDECIDABLE
        assert not found.blocks
        assert bare(found.explanation) == (
            "quorum : 8 membres délibératifs présents sur 8 ; le texte n’en fixe pas."
        )


class TestQuarterOverlay:
    """« au moins deux représentants qualifiés des professions, représentant au moins

    un quart des membres du jury » (R335-8) : 2 sur 8 délibératifs, 2 sur 13 membres.
    """

    WHOLE = people(VOTERS | INVITEES)

    def test_a_quarter_of_the_voters_passes(self) -> None:
        found = of(CNAM, case(self.WHOLE, DAY), "LAW-VAE/r335-8-quarter")

        assert (found.verdict, found.observed) == (Verdict.SATISFIED, "2 sur 8")

    def test_a_quarter_of_all_the_members_fails(self) -> None:
        law = laws()[0]
        clauses = tuple(
            msgspec.structs.replace(
                clause,
                require=msgspec.structs.replace(
                    clause.require,
                    share=msgspec.structs.replace(clause.require.share, base="members"),
                ),
            )
            if clause.id == "r335-8-quarter" and clause.require.share is not None
            else clause
            for clause in law.clauses
        )
        other = stack(load("RNCP5411"), [msgspec.structs.replace(law, clauses=clauses)])

        found = of(other, case(self.WHOLE, DAY), "LAW-VAE/r335-8-quarter")
        assert (found.blocks, bare(found.explanation)) == (
            True,
            "représentants professionnels (au moins 1/4 des membres du jury) : 2 sur "
            "13, il en faudrait 4 (manque 2).",
        )

    def test_one_recused_breaks_it_for_that_candidate_only(self) -> None:
        left = tuple(m for m in self.WHOLE if m.id != "m06")
        judged = case(
            left,
            DAY,
            Layer.CANDIDATE,
            appointed=self.WHOLE,
            candidate=candidate(dt.date(2007, 9, 1)),
        )

        assert fatal(CNAM, judged) == {
            "LAW-VAE/r335-8-professionals",
            "LAW-VAE/r335-8-quarter",
        }
        assert of(CNAM, judged, "LAW-VAE/r335-8-quarter").observed == "1 sur 7"
        whole = msgspec.structs.replace(judged, members=self.WHOLE)
        assert fatal(CNAM, whole) == set()


class TestTraining:
    """« Jury constitué de 7/8 membres : - Le président - L'administrateur du pôle de

    spécialité ou son représentant - 1 représentant de la Direction nationale des
    formations - 2 formateurs responsables de la filière - 2 représentants du secteur
    professionnel - 1 représentant des centres Cnam »
    """

    def test_eight_is_regular(self) -> None:
        assert fatal(CNAM, case(people(FORM), DAY, route="initial")) == set()

    @pytest.mark.parametrize("seat", FORM)
    def test_seven_is_regular_whichever_seat_is_empty(self, seat: str) -> None:
        seven = people({**FORM, seat: FORM[seat] - 1})

        assert fatal(CNAM, case(seven, DAY, route="continuing")) == set()

    def test_six_and_nine_are_not(self) -> None:
        six = people({**FORM, "formateur_responsable_filiere": 0})
        nine = people({**FORM, "representant_centres": 2})

        assert "RNCP5411/total" in fatal(CNAM, case(six, DAY, route="individual"))
        assert "RNCP5411/total" in fatal(CNAM, case(nine, DAY, route="individual"))

    def test_the_other_reading_lets_the_chair_be_one_of_the_others(self) -> None:
        other = edited("RNCP5411", "vacant = 1", "vacant = 0\nchair_doubles = true")
        seven = people({**FORM, "formateur_responsable_filiere": 1})
        both = (
            msgspec.structs.replace(
                seven[0], seats=("president", "formateur_responsable_filiere")
            ),
            *seven[1:],
        )

        assert fatal(other, case(both, DAY, route="initial")) == set()
        assert fatal(other, case(seven, DAY, route="initial")) == {
            "RNCP5411/formateur_responsable_filiere"
        }

    def test_the_administrator_or_a_representative_never_both(self) -> None:
        whole = people(FORM)
        deputy = msgspec.structs.replace(whole[1], id="d1", represents="Nom02")
        by_deputy = (whole[0], deputy, *whole[2:])

        assert fatal(CNAM, case(by_deputy, DAY, route="initial")) == set()
        assert "RNCP5411/administrateur_pole" in fatal(
            CNAM, case((*whole[:-1], deputy), DAY, route="initial")
        )

    def test_the_law_on_vae_juries_does_not_govern_it(self) -> None:
        found = verdicts(judge(CNAM, case(people(FORM), DAY, route="initial")))

        assert not [clause for clause in found if "r335" in clause]


class TestRegistration:
    """« Enregistrement pour deux ans, avec effet au 16 mai 2007,

    jusqu'au 16 mai 2009 »
    """

    LATER = dt.date(2019, 6, 1)

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (dt.date(2007, 5, 16), set()),
            (dt.date(2009, 5, 16), set()),
            (dt.date(2009, 5, 17), {"LAW-VAE/registration"}),
            (LATER, {"LAW-VAE/registration"}),
        ],
    )
    def test_a_session_after_the_end_warns(
        self, day: dt.date, expected: set[str]
    ) -> None:
        assert to_justify(CNAM, case(people(VOTERS | INVITEES), day)) == expected

    def test_it_says_when_it_may_still_be_right(self) -> None:
        judged = case(people(VOTERS | INVITEES), self.LATER)
        found = of(CNAM, judged, "LAW-VAE/registration")

        assert found.source == "Code du travail, art. L6113-9"
        assert "recevable pendant l’enregistrement" in found.explanation

    @pytest.mark.parametrize(
        ("admissible", "expected"),
        [
            (dt.date(2009, 5, 1), Verdict.SATISFIED),
            (dt.date(2010, 5, 1), Verdict.BREACHED),
            (None, Verdict.UNDECIDABLE),
        ],
    )
    def test_a_candidate_admissible_in_time_keeps_the_right(
        self, admissible: dt.date | None, expected: Verdict
    ) -> None:
        judged = case(
            people(VOTERS | INVITEES),
            self.LATER,
            Layer.CANDIDATE,
            candidate=candidate(dt.date(2009, 1, 1), admissible_on=admissible),
        )

        assert of(CNAM, judged, "LAW-VAE/registration").verdict is expected


def test_who_nobody_knows_where_to_seat_makes_the_totals_undecidable() -> None:
    stranger = Member(id="x", family_name="Sans", seats=("unknown",))
    judged = case((*people(VOTERS | INVITEES), stranger), DAY)

    assert of(CNAM, judged, "RNCP5411/voting-members").verdict is Verdict.UNDECIDABLE
