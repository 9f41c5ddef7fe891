"""Vectors of diplomas and titles of the State, from lists of people to JSON.

What they are, and which are not here: `test_vectors.py`.
"""

from __future__ import annotations

from jury_tui.cli import Exit
from tests.cli.conftest import Prove
from tests.support.lists import Form, Row, change, held, jury
from tests.support.vectors import TITLES, Vector, each, finding


def teachers(number: int, public: int) -> tuple[Row, ...]:
    """Teachers, so many of them of public education; the first chairs."""
    fact = "enseignement_public"
    first = held(
        "enseignants",
        **{fact: "oui", "enseignant-chercheur": "oui", "préside": "oui"},
    )
    rest = {"enseignant-chercheur": "non", "IA-IPR_de_la_spécialité": "non"}
    return (
        *first,
        *held("enseignants", public - 1, **{fact: "oui"}, **rest),
        *held("enseignants", number - public, **{fact: "non"}, **rest),
    )


SIDE = "employeur_ou_salarié_(employer,_employee)"
FOUR = (
    *held("membres de la profession", 2, **{SIDE: "employer"}),
    *held("professionnel", 2, **{SIDE: "employee"}),
)


class TestBts:
    """« à parts égales […] dont un enseignant-chercheur […] les professeurs de
    l'enseignement public devant représenter la majorité des personnels enseignants […]
    Si la parité n'est pas atteinte en raison de la défection d'un ou plusieurs membres
    avant le début de ses travaux, le jury peut néanmoins délibérer valablement. »
    (D643-31)
    """

    @each(
        Vector("✔ 4+4 named", jury(teachers(4, 3), FOUR)),
        Vector(
            "✔ 4+2 present (defection)",
            jury(teachers(4, 3), FOUR),
            layer="presence",
            without=("Guérin", "Hébrard"),
        ),
        Vector(
            "✔ 4+2 present (defection), for each candidate",
            jury(teachers(4, 3), FOUR),
            layer="candidate",
            without=("Guérin", "Hébrard"),
        ),
        Vector(
            "✘ 8+0 named (TA Limoges)",
            jury(teachers(8, 7)),
            {"BTS/parity", "BTS/employers-employees", *TITLES},
            on="2020-06-15",
        ),
        Vector(
            "✘ 8+0 named (TA Limoges): no defection excuses it",
            jury(teachers(8, 7)),
            {"BTS/parity", *TITLES},
            "presence",
            on="2020-06-15",
        ),
        Vector(
            "✘ 4 teachers of whom 2 public (not a majority)",
            jury(teachers(4, 2), FOUR),
            {"BTS/public-teachers"},
        ),
        Vector(
            "✘ employers >= 1 and employees >= 1 (both named)",
            jury(teachers(4, 3), FOUR[:2], FOUR[:2]),
            {"BTS/employers-employees"},
        ),
        Vector(
            "✘ P in {enseignant_chercheur, IA-IPR of the speciality}",
            change(
                change(jury(teachers(4, 3), FOUR), 1, préside="non"), 2, préside="oui"
            ),
            {"BTS/chair"},
        ),
        Vector(
            "✔ optional: +1..2 foreign qualified persons (then parity base?)",
            jury(teachers(4, 3), FOUR, held("personnes qualifiées étrangères", 2)),
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("BTS", vector, form)

    def test_the_defection_is_the_text_that_saves_it(self, prove: Prove) -> None:
        four = jury(teachers(4, 3), FOUR)
        away = Vector("✔ 4+2", four, layer="presence", without=("Guérin", "Hébrard"))
        parity = finding(prove("BTS", away, Form.COMMA), "BTS/parity", "presence")

        assert parity["source"] == "Code de l’éducation, art. D643-31 (défection)"


class TestDeaes:
    """« le jury plénier […], qui comprend au plus treize membres dont le président et
    douze membres répartis en trois collèges égaux » (CASF D451-91)
    """

    @each(
        *(
            Vector(
                sentence,
                jury(
                    held("préfet de région, président"),
                    held("formateurs", trainers),
                    held("etat", public),
                    held("représentants du secteur professionnel", sector),
                ),
                breached,
            )
            for sentence, trainers, public, sector, breached in (
                ("✔ 1+4+4+4", 4, 4, 4, set[str]()),
                ("✔ 1+3+3+3 (au plus)", 3, 3, 3, set[str]()),
                ("✘ 1+4+4+3", 4, 4, 3, {"DEAES/equal-colleges"}),
                ("✘ 1+5+5+5 (16 > 13)", 5, 5, 5, {"DEAES/total"}),
            )
        )
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("DEAES", vector, form)


MANAGER = held("cadres et directeurs", préside="oui")


class TestDeasSub:
    """« sous-groupes d'examinateurs d'au moins deux membres, dont au moins un
    représentant qualifié de la profession », en exercice ou depuis moins de trois ans
    hors d'exercice à la date du jury (arrêtés du 10 juin 2021, texte de 2023)
    """

    @each(
        Vector(
            "✔ sub-group of 1 manager + 1 care assistant",
            jury(MANAGER, held("professionnel", en_exercice="oui")),
        ),
        Vector(
            "✘ 2 trainers",
            jury(held("formateurs", préside="oui"), held("formateurs")),
            {"DEAS-SUB/professional", "LAW-VAE/d6412-6-qualified"},
        ),
        Vector(
            "✘ sub-group of examiners >= 2",
            jury(held("professionnel", en_exercice="oui", préside="oui")),
            {"DEAS-SUB/examiners", "LAW-VAE/d6412-6-members"},
            justify={"LAW-VAE/d6412-6-gender"},
        ),
        *(
            Vector(
                sentence,
                jury(
                    MANAGER,
                    held(
                        "professionnel",
                        en_exercice="non",
                        **{"date_de_cessation_d'exercice": left},
                    ),
                ),
                breached,
            )
            for sentence, left, breached in (
                (
                    "✘ nurse retired 3 years and a day",
                    "22/11/2023",
                    {"DEAS-SUB/professional", "DEAS-SUB/practice"},
                ),
                ("✔ left < 3 years before the jury date", "24/11/2023", set[str]()),
            )
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("DEAS-SUB", vector, form)


def juror(**facts: str) -> tuple[Row, ...]:
    """A habilitated professional; anything may be said otherwise."""
    usual = {
        "années_d'expérience_du_métier": "4",
        "en_exercice": "oui",
        "début_de_l'habilitation": "01/01/2024",
        "fin_de_l'habilitation": "31/12/2027",
        "titre_de_l'habilitation": "TP-00123",
    }
    return held("professionnels habilités", **(usual | facts))


def two(**facts: str) -> tuple[Row, ...]:
    """Two jurors, the second with these facts; the first chairs."""
    return jury(juror(préside="oui"), juror(**facts))


class TestTp:
    """« Le jury du titre professionnel est composé de membres habilités » (R338-6)"""

    AIMED = {"titre visé par le candidat": "TP-00123"}

    @each(
        Vector("✔ voters >= 2 habilitated professionals", two()),
        Vector(
            "✘ habilitation expired yesterday",
            two(**{"fin_de_l'habilitation": "22/11/2026"}),
            {"TP/jurors", "TP/habilitation"},
        ),
        Vector(
            "✔ habilitation valid at date: its last day",
            two(**{"fin_de_l'habilitation": "23/11/2026"}),
        ),
        Vector(
            "✘ habilitation not yet valid at date",
            two(**{"début_de_l'habilitation": "24/11/2026"}),
            {"TP/jurors", "TP/habilitation"},
        ),
        Vector(
            "✘ experience >= 3 years",
            two(**{"années_d'expérience_du_métier": "2"}),
            {"TP/experience"},
        ),
        Vector(
            "✘ Variant 2002: experience >= 5",
            two(**{"années_d'expérience_du_métier": "5"}),
            {"TP/experience-2002"},
            route="vae-2002",
        ),
        Vector(
            "✔ Variant 2002: experience >= 5, both",
            jury(
                juror(**{"années_d'expérience_du_métier": "5", "préside": "oui"}),
                juror(**{"années_d'expérience_du_métier": "6"}),
            ),
            route="vae-2002",
        ),
        Vector(
            "✔? experience not recorded",
            two(**{"années_d'expérience_du_métier": ""}),
            undecidable={"TP/experience"},
        ),
        *(
            Vector(
                sentence,
                two(en_exercice="non", date_de_sortie_du_métier=left),
                breached,
            )
            for sentence, left, breached in (
                (
                    "✘ left trade <= 5 years before habilitation",
                    "31/12/2018",
                    {"TP/practice"},
                ),
                (
                    "✔ left trade <= 5 years before habilitation: to the day",
                    "01/01/2019",
                    set[str](),
                ),
            )
        ),
        Vector(
            "✘ habilitation valid for this title",
            two(**{"titre_de_l'habilitation": "TP-00999"}),
            {"TP/title"},
            "candidate",
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("TP", vector._replace(facts=self.AIMED), form)

    def test_no_teacher_nor_trainer_college(self, check: Prove) -> None:
        """« no teacher/trainer college »: there is no such seat to hold."""
        trainer = Vector("✘", jury(juror(), held("formateur")))
        result = check("TP", trainer, Form.COMMA)

        assert (result.code, result.data) == (Exit.UNREADABLE, "")
        assert "formateur" in result.talk


def test_whatever_the_form_of_the_lists(check: Prove) -> None:
    vector = Vector("✔ 4+4", jury(teachers(4, 3), FOUR))
    told = [check("BTS", vector, form) for form in Form]

    assert [told[0].json] * len(told) == [result.json for result in told]
