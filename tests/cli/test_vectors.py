"""Every vector of the collection of rules, from a list of people to JSON.

Here the two juries of RNCP 5411 and the general texts; `test_vectors_diplomas.py` has
BTS, DEAES, DEAS and professional titles, `test_vectors_branches.py` the rest.

Each row of a table is one ✔, ✘ or ⚠ of the collection, quoted; each class quotes the
text. The list is a file, in one of the forms that spreadsheets write, and goes through
`jury-tui check --rulebook … --members … --json`. ✔? is a silence: undecidable.

Not here, for `check` judges a composition before the day; where they are proved:

- votes: the chair's casting vote at 1–1 (DT-2024) and 6–6 (DEAES), three of five with
  a proxy (CQP-A): `tests/rules/test_vectors.py`, `tests/rules/test_ballot.py`;
- who chaired last year (CQP-A, alternation): `tests/rules/test_vectors.py`; here it
  is undecidable, as it is for lack of that datum;
- proxies given on the day (LIC-PRO): `tests/rules/test_vectors.py`;
- two evaluators a skill, proposal and decision (CQP-E, DEAS-SUB):
  `tests/rules/test_scoring.py`, `tests/rules/test_decision.py`.
"""

from __future__ import annotations

from pathlib import Path

from jury_tui.rules.rulebook import source
from tests.cli.conftest import Prove, Run
from tests.support.lists import Form, change, held, jury, write
from tests.support.vectors import (
    FLOOR,
    QUALIFIED,
    THEN,
    Vector,
    each,
    finding,
)

VOTERS = (
    *held("président"),
    *held("formateurs ou enseignants", 4),
    *held("représentants professionnels", 2),
    *held("responsable du titre"),
)
INVITEES = (
    *held("responsable VAE du pôle"),
    *held("représentant national de la VAE"),
    *held("conseillers VAE", 3),
)
IN_2008 = "2008-06-10"


class TestCnamVae:
    """« Jury VAE du pôle de spécialité du titre comprenant 13 membres : - 8 membres
    délibératifs (1 président, 4 formateurs/enseignants, 2 représentants professionnels
    et le responsable du titre) - 5 membres invités de droit (le responsable VAE du pôle
    de spécialité, 1 représentant national de la VAE et 3 conseillers VAE Cnam) »
    """

    @each(
        Vector("✔ 8+5 present", jury(VOTERS, INVITEES), on=IN_2008),
        Vector(
            "✔ 8+5 present (that they attend)",
            jury(VOTERS, INVITEES),
            layer="presence",
            on=IN_2008,
        ),
        Vector(
            "✔? 8+0 (are invitees required? silent → warn, not fail)",
            jury(VOTERS),
            undecidable={
                "RNCP5411/members",
                "RNCP5411/responsable_vae_pole",
                "RNCP5411/representant_national_vae",
                "RNCP5411/conseiller_vae",
            },
            on=IN_2008,
        ),
        Vector(
            "✘ Ex-officio person replaced by someone voting",
            jury(VOTERS, held("formateur_enseignant"), INVITEES[:-1]),
            {
                "RNCP5411/voting-members",
                "RNCP5411/formateur_enseignant",
                "LAW-VAE/r335-8-quarter",
            },
            undecidable={"RNCP5411/conseiller_vae"},
            on=IN_2008,
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("RNCP5411", vector, form)

    def test_a_quarter_of_the_voters(self, prove: Prove) -> None:
        """« ≥ 1/4 of voters 2/8 ✔ »"""
        regular = Vector("✔ 2/8", jury(VOTERS, INVITEES), on=IN_2008)
        result = prove("RNCP5411", regular, Form.COMMA)

        assert finding(result, "LAW-VAE/r335-8-professionals")["observed"] == "2"
        assert finding(result, "LAW-VAE/r335-8-quarter")["observed"] == "2 sur 8"

    def test_a_quarter_of_all_members(self, prove: Prove, tmp_path: Path) -> None:
        """« of all members 2/13 ✘ »: the base is a parameter, here of a house rule."""
        house = tmp_path / "reglement.toml"
        house.write_text(HOUSE, "utf-8")
        over = Vector(
            "✘ of all members 2/13",
            jury(VOTERS, INVITEES),
            {"RI/quarter-of-all"},
            on=IN_2008,
        )
        result = prove("RNCP5411", over, Form.WORKBOOK, "--house", house)

        assert finding(result, "RI/quarter-of-all")["observed"] == "2 sur 13"

    def test_one_pro_recused(self, run: Run, tmp_path: Path) -> None:
        """« One pro recused for candidate X: 1/7 ✘ for X only, ✔ for the others. »"""
        rows = change(
            jury(VOTERS, INVITEES), 6, Liens="2008-01:employeur:même association"
        )
        two = [
            {
                "Nom de naissance": name,
                "Dossier": number,
                "Début du parcours": "1/10/2007",
                "Recevable le": "1/12/2007",
            }
            for name, number in (("Leroy", "2008-01"), ("Vasseur", "2008-02"))
        ]
        result = run(
            "check", "--rulebook", "RNCP5411", "--route", "vae", "--on", IN_2008,
            "--members", write(tmp_path, "m", rows, Form.MARKED),
            "--candidates", write(tmp_path, "c", two, Form.MARKED), "--json",
        )  # fmt: skip
        breached = [f for f in result.json["findings"] if f["verdict"] == "breached"]

        assert {("c1", "LAW-VAE/r335-8-professionals", "1"),
                ("c1", "LAW-VAE/r335-8-quarter", "1 sur 7")} == {
            (f["candidate"], f["clause"], f["observed"]) for f in breached
        }  # fmt: skip


HOUSE = """
code = "RI"
title = "Autre lecture"
kind = "house"

[[clauses]]
id = "quarter-of-all"
label = "un quart de tous les membres"
require.share = { of = "professionals", base = "members", min = "1/4" }
source = "Règlement intérieur"

[groups.professionals]
label = "représentants professionnels"
quality = "qualified_professional"
"""
TRAINING = (
    *held("président"),
    *held("administrateur_pole"),
    *held("representant_dnf"),
    *held("formateurs responsables de la filière", 2),
    *held("representant_secteur_pro", 2),
    *held("représentant des centres Cnam"),
)


class TestCnamForm:
    """« Jury constitué de 7/8 membres : - Le président - L'administrateur du pôle de
    spécialité ou son représentant - 1 représentant de la Direction nationale des
    formations - 2 formateurs responsables de la filière - 2 représentants du secteur
    professionnel - 1 représentant des centres Cnam »
    """

    @each(
        Vector("✔ 8 with all", jury(TRAINING), on=IN_2008, route="initial"),
        Vector(
            "✔ 7 (a) one unspecified seat optional",
            jury(TRAINING[:-1]),
            on=IN_2008,
            route="continuing",
        ),
        Vector(
            "✘ 6, neither 7 nor 8",
            jury(TRAINING[:3], TRAINING[5:]),
            {"RNCP5411/total", "RNCP5411/formateur_responsable_filiere"},
            on=IN_2008,
            route="individual",
        ),
        Vector(
            "✔ X or his representative",
            change(jury(TRAINING), 2, Représente="Besson"),
            on=IN_2008,
            route="apprenticeship",
        ),
        Vector(
            "✘ X and his representative: never both",
            jury(TRAINING[:-1], held("administrateur_pole", Représentant_de="Besson")),
            {"RNCP5411/administrateur_pole"},
            on=IN_2008,
            route="professionalisation",
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("RNCP5411", vector, form)

    SEVEN = jury(
        held("président|formateur_responsable_filiere"), TRAINING[1:4], TRAINING[5:]
    )

    def test_seven_when_the_chair_is_one_of_them(
        self, prove: Prove, tmp_path: Path
    ) -> None:
        """« (b) the chair is one of the seven others, so 7 people fill 8 roles »"""
        _name, text = source("RNCP5411")
        other = tmp_path / "autre-lecture.toml"
        other.write_text(
            text.replace("vacant = 1", "vacant = 0\nchair_doubles = true"), "utf-8"
        )
        seven = Vector("✔ 7 (b)", self.SEVEN, on=IN_2008, route="initial")
        prove(other, seven, Form.SEMICOLON)
        alone = change(self.SEVEN, 1, Siège="président")
        less = {"RNCP5411/formateur_responsable_filiere"}
        prove(other, seven._replace(sentence="✘", rows=alone, breached=less), Form.TABS)

    def test_somebody_who_holds_two_seats_counts_once(self, prove: Prove) -> None:
        """« The same person holding two seats counts once. »"""
        seven = Vector("✔ 7", self.SEVEN, on=IN_2008, route="initial")
        result = prove("RNCP5411", seven, Form.COMMA)

        assert finding(result, "RNCP5411/total")["observed"] == "7"


CHAIRED = held("membres", **{QUALIFIED: "oui", "préside": "oui"})
OTHER = held("membres", **{QUALIFIED: "non"})


class TestDt2024:
    """« réunit au moins deux personnes, dont au moins une personne qualifiée au titre
    de la certification visée […] Un président ou un responsable de jury est désigné
    parmi ses membres. […] concourt à une représentation équilibrée des femmes et des
    hommes […] ne doivent entretenir ou avoir entretenu aucune relation professionnelle
    ou personnelle avec le candidat, ni avoir accompagné le candidat » (D6412-6)
    """

    @each(
        Vector("✔ 2 voters, 1 qualified", jury(CHAIRED, OTHER)),
        Vector(
            "✘ 1 voter",
            jury(CHAIRED),
            {"LAW-VAE/d6412-6-members"},
            justify={"LAW-VAE/d6412-6-gender"},
        ),
        Vector(
            "✘ 2 voters, 0 qualified",
            jury(held("member", **{QUALIFIED: "non", "préside": "x"}), OTHER),
            {"LAW-VAE/d6412-6-qualified"},
        ),
        Vector(
            "⚠ 2 women",
            change(jury(CHAIRED, OTHER), 2, Sexe="Mme"),
            justify={"LAW-VAE/d6412-6-gender"},
        ),
        Vector(
            "✘ P in voters: nobody designated is not decidable; nor is 1 voter",
            jury(OTHER),
            FLOOR,
            justify={"LAW-VAE/d6412-6-gender"},
            undecidable={"LAW-VAE/d6412-6-chair"},
        ),
        *(
            Vector(
                f"✘ Recusal leaving 1 voter ✘ for that candidate: {kind}",
                change(jury(CHAIRED, OTHER), 2, Liens=f"1:{kind}:déclaré"),
                {"LAW-VAE/d6412-6-members"},
                "candidate",
                {"LAW-VAE/d6412-6-gender"},
            )
            for kind in ("professionnel", "amitié", "accompagnateur", "famille")
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("DT-2024", vector, form)

    @each(
        Vector("✔ key date: parcours start 2024-04-12", jury(OTHER)),
        Vector(
            "✘ key date: parcours start >= 2024-04-13",
            jury(OTHER),
            FLOOR,
            "candidate",
            {"LAW-VAE/d6412-6-gender"},
            {"LAW-VAE/d6412-6-chair"},
        ),
    )
    def test_key_date(self, prove: Prove, vector: Vector, form: Form) -> None:
        first = "13/04/2024" if vector.breached else "12/04/2024"
        vector = vector._replace(facts={"Début du parcours": first})
        prove("DT-2024", vector, form)


class TestR335:
    """« au moins deux représentants qualifiés des professions, représentant au moins un
    quart des membres du jury » (R335-8, 2006–2023)
    """

    @each(
        *(
            Vector(
                sentence,
                jury(held("membres", others), held("professional", professionals)),
                breached,
                on=THEN,
            )
            for sentence, others, professionals, breached in (
                ("✔ 8 members/2 pros: exactly 1/4 passes", 6, 2, set[str]()),
                ("✘ 9 members/2 pros (2/9)", 7, 2, {"LAW-VAE/r335-8-quarter"}),
                ("✘ 4 members/1 pro", 3, 1, {"LAW-VAE/r335-8-professionals"}),
                ("✔ 5 members/2 pros", 3, 2, set[str]()),
            )
        ),
        *(
            Vector(
                f"✘ recusal(candidate): {word} → not in the deliberation",
                change(
                    jury(held("member", 3), held("professional", 2)),
                    5,
                    Liens=f"1:{word}",
                ),
                {"LAW-VAE/r335-8-professionals"},
                "candidate",
                on=THEN,
            )
            for word in ("entreprise", "accompagnement")
        ),
        Vector(
            "✔ recusal(candidate): a trainer of the candidate is not named",
            change(
                jury(held("member", 3), held("professional", 2)), 5, Liens="1:formateur"
            ),
            layer="candidate",
            on=THEN,
        ),
        Vector(
            "⚠ gender: objective",
            change(jury(held("professional", 2)), 2, Sexe="F"),
            justify={"LAW-VAE/r335-8-gender"},
            on=THEN,
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("R335-8", vector, form)


ACADEMIC, TEACHER = "enseignants-chercheurs", "chargés d'enseignement"
MAJORITY = {"LAW-VAE/l613-4-majority"}


class TestUni2016:
    """« outre les enseignants-chercheurs qui en constituent la majorité, des personnes
    compétentes pour apprécier la nature des acquis, notamment professionnels » (L613-4)
    """

    @each(
        Vector(
            "✘ 4 members with 2 EC (not a majority)",
            jury(held(ACADEMIC, 2), held("professionnel", 2)),
            MAJORITY,
            on=THEN,
        ),
        Vector(
            "✔ 5 with 3",
            jury(held(ACADEMIC, 3), held("professionnel", 2)),
            on=THEN,
        ),
        Vector(
            "✘ 5 with 2 EC + 2 chargés d'enseignement + 1 pro (TA Toulouse)",
            jury(held(ACADEMIC, 2), held(TEACHER, 2), held("professionnel")),
            MAJORITY,
            on=THEN,
        ),
        Vector(
            "✘ outside_main_activity >= 1",
            jury(held(ACADEMIC, 3), held(TEACHER, 2)),
            {"LAW-VAE/r613-36-outsiders"},
            on=THEN,
        ),
        Vector(
            "✔? appointed by president/head of establishment: by whom is not recorded",
            change(
                jury(held(ACADEMIC, 3), held("professionnel", 2)),
                1,
                Autorité_de_nomination="",
            ),
            undecidable={"UNI-2016/authority"},
            on=THEN,
        ),
    )
    def test_vectors(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("UNI-2016", vector, form)

    @each(
        Vector(
            "✘ Valid_to 2022-12-22",
            jury(held(ACADEMIC, 2), held("professionnel", 2)),
            MAJORITY,
            "candidate",
            on="2023-06-01",
            facts={"Début du parcours": "22/12/2022"},
        ),
        Vector(
            "⚠ Valid_to 2022-12-22: the day after, R613-36 alone",
            jury(held(ACADEMIC, 2), held("professionnel", 2)),
            layer="candidate",
            justify={"LAW-VAE/r613-36-composition"},
            on="2023-06-01",
            facts={"Début du parcours": "2022-12-23"},
        ),
    )
    def test_until(self, prove: Prove, vector: Vector, form: Form) -> None:
        prove("UNI-2016", vector, form)
