"""Vectors of branches, of a small certifier and of a university, to JSON.

What they are, and which are not here: `test_vectors.py`.
"""

from __future__ import annotations

from tests.cli.conftest import Prove
from tests.support.lists import Form, Row, change, held, jury
from tests.support.vectors import QUALIFIED, Vector, each, finding


def colleges(
    employees: int = 3, employers: int = 3, cpnefp: str = "oui"
) -> tuple[Row, ...]:
    """Two colleges; the first employee chairs, the first employer is vice-chair."""
    member = {"membre_de_la_CPNEFP": "oui"}
    return change(
        change(
            jury(
                held("membres du collège des salariés", employees, **member),
                held("employeurs", employers, membre_de_la_CPNEFP=cpnefp),
            ),
            1,
            préside="oui",
        ),
        employees + 1,
        **{"vice-président": "oui"},
    )


class TestCqpA:
    """« majorité absolue des membres présents ou représentés »

    Deux collèges de trois, tous membres de la CPNEFP, présidence alternée chaque
    année, vice-président de l'autre collège.
    """

    UNTOLD = frozenset({"CQP-A/alternation"})

    @each(
        Vector(
            "✔ voters 6 = 3 employees' college + 3 employers' college",
            colleges(),
            undecidable=UNTOLD,
        ),
        Vector(
            "✘ voters 6 = 3 + 3: not 4 + 2",
            colleges(4, 2),
            {"CQP-A/salaries", "CQP-A/employeurs"},
            undecidable=UNTOLD,
        ),
        Vector(
            "✘ all members of the CPNEFP",
            colleges(cpnefp="non"),
            {"CQP-A/cpnefp"},
            undecidable=UNTOLD,
        ),
        Vector(
            "✘ chair and vice-chair same college",
            change(
                change(colleges(), 4, **{"vice-président": ""}),
                2,
                **{"vice-président": "oui"},
            ),
            {"CQP-A/vice-chair"},
            undecidable=UNTOLD,
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("CQP-A", vector, form)


class TestCqpE:
    """« Le jury est souverain et n'a pas à justifier ses décisions »

    Deux évaluateurs par compétence, de l'entreprise et habilité : ils n'ont pas voix.
    """

    MEMBERS = held("membres du jury", 2, **{QUALIFIED: "oui"})
    EVALUATORS = (
        *held("évaluateur de l'entreprise"),
        *held("évaluateur habilité"),
    )

    @each(
        Vector(
            "✔ evaluator_company + evaluator_approved",
            change(jury(MEMBERS, EVALUATORS), 1, préside="oui"),
        ),
        Vector(
            "✔? evaluator_approved missing",
            change(jury(MEMBERS, EVALUATORS[:1]), 1, préside="oui"),
            undecidable={"CQP-E/evaluateur_habilite"},
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        result = prove("CQP-E", vector, form)

        assert finding(result, "LAW-VAE/d6412-6-members")["observed"] == "2"


def medical(body: int = 2, professionals: int = 2, /, **facts: str) -> tuple[Row, ...]:
    """The training body's and the professionals; the first of them all chairs."""
    usual = {
        "années_d'expérience_dans_le_domaine": "2",
        "désigné_par": "CPNEFP",
    }
    return change(
        jury(
            held("représentants de l'organisme de formation", body),
            held("professionnels", professionals, **(usual | facts)),
        ),
        1,
        préside="oui",
    )


class TestCqpAssmed:
    """« 2 représentants de l'organisme de formation et 2 professionnels … désignés par
    la CPNEFP justifiant d'au moins deux années d'expérience dans le domaine. »
    """

    @each(
        Vector("✔ exactly 4: training_body=2 ; professional=2", medical()),
        Vector(
            "✘ exactly 4: 3+1",
            medical(3, 1),
            {"CQP-ASSMED/organisme", "CQP-ASSMED/professionnel"},
        ),
        Vector("✘ exactly 4: 2+3", medical(2, 3), {"CQP-ASSMED/professionnel"}),
        Vector("✘ exactly 4: 1+2", medical(1, 2), {"CQP-ASSMED/organisme"}),
        Vector(
            "✘ with experience >= 2 years",
            medical(**{"années_d'expérience_dans_le_domaine": "1"}),
            {"CQP-ASSMED/experience"},
        ),
        Vector(
            "✘ and designated by CPNEFP",
            medical(désigné_par="l'organisme"),
            {"CQP-ASSMED/designation"},
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("CQP-ASSMED", vector, form)


def committee(
    external: int, members: int = 3, function: str = "directrice"
) -> tuple[Row, ...]:
    """So many external members, then the others, then the certifier's."""
    fact = "extérieur_à_l'organisme"
    return change(
        jury(
            held("membre", external, **{fact: "oui", QUALIFIED: "oui"}),
            held("membre", members - external, **{fact: "non", QUALIFIED: "oui"}),
            held(
                "représentant de l'organisme de certification",
                **{fact: "oui", "Fonction": function},
            ),
        ),
        1,
        préside="oui",
    )


class TestExt1:
    """« il ne délibère pas — il atteste »

    Trois membres, la majorité extérieure à l'organisme ; « aucun membre n'a formé les
    candidats évalués » ; le représentant du certificateur, nommé avec sa fonction,
    n'entre dans aucun compte.
    """

    @each(
        Vector("✔ 3 members ; external >= 2", committee(2)),
        Vector("✔ 3 members, all external", committee(3)),
        Vector(
            "✘ majority external to the body",
            committee(1),
            {"EXT-1/external", "EXT-1/external-majority"},
        ),
        Vector("✘ 3 members: 2", committee(2, 2), {"EXT-1/membre"}),
        Vector(
            "✘ no member trained the assessed candidates",
            change(committee(3), 3, Liens="1:formatrice:module 2"),
            {"EXT-1/membre"},
            "candidate",
        ),
        Vector(
            "✔? certifier's representative named with function",
            committee(2, function=""),
            undecidable={"EXT-1/certifier-function"},
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("EXT-1", vector, form)

    def test_the_representative_is_outside_all_counts(self, prove: Prove) -> None:
        """« non-voting, outside all counts »"""
        result = prove("EXT-1", Vector("✔ 3 members", committee(2)), Form.COMMA)

        observed = finding(result, "EXT-1/external-majority")["observed"]
        assert observed == "2 sur 3"


def licence(academics: int, professionals: int) -> tuple[Row, ...]:
    """Academics, who chair, and professionals, all appointed by an act."""
    return change(
        tuple(
            row | {"Acte de nomination": "Arrêté 2026-12"}
            for row in jury(
                held("universitaire", academics), held("professionnel", professionals)
            )
        ),
        1,
        préside="oui",
    )


class TestLicPro:
    """« pas de quorum ni de procuration possible »

    Professionnels entre un quart et la moitié, universitaires pour moitié au moins ;
    tous les membres présents, sauf motif légitime, consigné.
    """

    @each(
        Vector("✔ professionals between 1/4 and 1/2: 1 of 4", licence(3, 1)),
        Vector("✔ professionals between 1/4 and 1/2: 2 of 4", licence(2, 2)),
        Vector(
            "✘ professionals between 1/4 and 1/2: 1 of 5",
            licence(4, 1),
            {"LIC-PRO/professionals"},
        ),
        Vector(
            "✘ academics >= 1/2: 2 of 5",
            licence(2, 3),
            {"LIC-PRO/professionals", "LIC-PRO/academics"},
        ),
        Vector(
            "⚠ absence only for a legitimate recorded reason",
            licence(3, 1),
            layer="presence",
            justify={"LIC-PRO/all-present"},
            without=("Besson",),
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("LIC-PRO", vector, form)
