"""`check`: the verdicts of the texts, from lists of people to JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jury_tui.cli import Exit
from tests.cli.conftest import Result, Run

KEYS = {"clause", "layer", "candidate", "verdict", "fatal", "required", "observed",
        "source", "explanation"}  # fmt: skip
VAE = {
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
TRAINING = {
    "president": 1,
    "administrateur_pole": 1,
    "representant_dnf": 1,
    "formateur_responsable_filiere": 2,
    "representant_secteur_pro": 2,
    "representant_centres": 1,
}


def jury(folder: Path, seats: dict[str, int], genders: str = "FM") -> Path:
    """A list of members holding these seats, named in due time."""
    lines = ["Nom,Prénom,Sexe,Siège,Date de l'acte"]
    held = [seat for seat, number in seats.items() for _ in range(number)]
    lines += [
        f"Membre{n},Jean,{genders[n % len(genders)]},{seat},2007-01-15"
        for n, seat in enumerate(held)
    ]
    path = folder / "members.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def panel(
    folder: Path, qualified: int, others: int, genders: str = "FM", seat: str = "member"
) -> Path:
    """A list of so many qualified professionals, and others."""
    lines = ["Nom,Sexe,Siège,qualified_professional,qualified,Date de l'acte"]
    words = ["oui"] * qualified + ["non"] * others
    lines += [
        f"Membre{'ABCDEFGHIJ'[n]},{genders[n % len(genders)]},"
        f"{seat if word == 'oui' else 'member'},{word},{word},2007-01-15"
        for n, word in enumerate(words)
    ]
    path = folder / "members.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def candidates(folder: Path, *starts: str) -> Path:
    """A list of candidates who began their parcours on these days."""
    lines = ["Nom,Dossier,Début du parcours,Recevable le"]
    lines += [
        f"Candidat{'ABCDEF'[n]},{n},{start},2007-12-01"
        for n, start in enumerate(starts, 1)
    ]
    path = folder / "candidates.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def fatal(result: Result, layer: str = "") -> set[str]:
    """Clauses breached for good, at a layer."""
    return {
        found["clause"].partition("/")[2]
        for found in result.json["findings"]
        if found["fatal"]
        and found["verdict"] == "breached"
        and layer in ("", found["layer"])
    }


def warned(result: Result) -> set[str]:
    """Clauses breached that are to be justified, or noted."""
    return {
        found["clause"].partition("/")[2]
        for found in result.json["findings"]
        if not found["fatal"] and found["verdict"] == "breached"
    }


class TestJson:
    """Findings in JSON: `{"verdict": …, "findings": [{"clause", "layer", "candidate",
    "verdict", "fatal", "required", "observed", "source", "explanation"}]}`."""

    def test_has_these_keys_and_no_other(self, run: Run, finished: Path) -> None:
        told: dict[str, Any] = run("check", finished, "--json").json

        assert {"verdict", "findings"} == set(told)
        assert all(set(found) == KEYS for found in told["findings"])
        assert {"appointment", "presence", "candidate"} == {
            found["layer"] for found in told["findings"]
        }
        assert {"c1", "c8", None} < {found["candidate"] for found in told["findings"]}


class TestCnamVae:
    """CNAM-VAE: ✔ 8+5 present. ✔? 8+0 (silent → warn, not fail). R335-8 (2007): pros
    ≥ 2; ≥ 1/4 of voters 2/8 ✔. One pro recused for candidate X: 1/7 ✘ for X only."""

    def check(self, run: Run, members: Path, *more: str | Path) -> Result:
        asked = ("check", "--rulebook", "RNCP5411", "--route", "vae", "--json")
        return run(*asked, "--members", members, "--on", "2008-06-10", *more)

    def test_eight_and_five_breach_nothing(self, run: Run, tmp_path: Path) -> None:
        result = self.check(run, jury(tmp_path, VAE | INVITEES))

        assert result.code == Exit.FINE
        assert fatal(result) | warned(result) == set()

    def test_eight_and_none_warn(self, run: Run, tmp_path: Path) -> None:
        result = self.check(run, jury(tmp_path, VAE))

        assert (result.code, result.json["verdict"]) == (Exit.FINE, "undecidable")

    def test_a_professional_less_is_fatal(self, run: Run, tmp_path: Path) -> None:
        members = jury(tmp_path, VAE | INVITEES | {"representant_professionnel": 1})
        result = self.check(run, members)

        assert (result.code, result.json["verdict"]) == (Exit.REFUSED, "breached")
        assert {"representant_professionnel", "voting-members",
                "r335-8-professionals", "r335-8-quarter"} == fatal(
            result, "appointment"
        )  # fmt: skip

    def test_a_professional_recused_is_fatal_for_that_candidate_only(
        self, run: Run, tmp_path: Path
    ) -> None:
        members = jury(tmp_path, VAE | INVITEES)
        lines = members.read_text("utf-8").splitlines()
        lines = [f"{lines[0]},Liens", *(f"{line}," for line in lines[1:])]
        lines[6] += "1:employeur:même association"
        members.write_text("\n".join(lines), "utf-8")

        result = self.check(
            run, members, "--candidates", candidates(tmp_path, *["2007-10-01"] * 2)
        )

        assert fatal(result, "appointment") | fatal(result, "presence") == set()
        assert {"c1"} == {
            found["candidate"]
            for found in result.json["findings"]
            if found["verdict"] == "breached"
        }

    def test_without_somebody_judges_who_is_left(
        self, run: Run, tmp_path: Path
    ) -> None:
        members = jury(tmp_path, VAE | INVITEES)

        result = self.check(run, members, "--without", "Membre5", "Membre6")

        assert fatal(result, "appointment") == set()
        assert {"r335-8-professionals", "r335-8-quarter"} == fatal(result, "presence")

    def test_without_a_stranger_is_refused(self, run: Run, tmp_path: Path) -> None:
        result = self.check(run, jury(tmp_path, VAE), "--without", "Personne")

        assert (result.code, result.data) == (Exit.REFUSED, "")


class TestCnamTraining:
    """CNAM-FORM: « Jury constitué de 7/8 membres » ✔ 8 with all. ✔ 7."""

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({}, Exit.FINE),
            ({"representant_centres": 0}, Exit.FINE),
            ({"representant_centres": 0, "representant_dnf": 0}, Exit.REFUSED),
            ({"representant_secteur_pro": 3}, Exit.REFUSED),
        ],
    )
    @pytest.mark.parametrize("route", ["continuing", "apprenticeship", "individual"])
    def test_seven_or_eight(
        self, run: Run, tmp_path: Path, changed: dict[str, int], code: Exit, route: str
    ) -> None:
        members = jury(tmp_path, TRAINING | changed)

        result = run(
            "check", "--rulebook", "rncp5411", "--route", route, "--members", members,
            "--on", "2008-06-10",
        )  # fmt: skip

        assert code == result.code


class TestNationalFloor:
    """DT-2024 (D6412-6): ✔ 2 voters, 1 qualified. ✘ 1 voter. ✘ 2 voters, 0 qualified.
    ⚠ 2 women."""

    @pytest.mark.parametrize(
        ("qualified", "others", "genders", "fatally", "warning"),
        [
            (1, 1, "FM", set(), set()),
            (1, 0, "FM", {"d6412-6-members"}, {"d6412-6-gender"}),
            (0, 2, "FM", {"d6412-6-qualified"}, set()),
            (1, 1, "F", set(), {"d6412-6-gender"}),
        ],
    )
    def test_two_one_of_them_qualified(
        self,
        run: Run,
        tmp_path: Path,
        qualified: int,
        others: int,
        genders: str,
        fatally: set[str],
        warning: set[str],
    ) -> None:
        members = panel(tmp_path, qualified, others, genders)
        result = run(
            "check", "--rulebook", "DT-2024", "--route", "vae", "--members", members,
            "--candidates", candidates(tmp_path, "2024-05-02"), "--on", "2026-11-23",
            "--json",
        )  # fmt: skip

        assert fatally == fatal(result, "appointment")
        assert warning == warned(result) & {"d6412-6-gender"}

    def test_starts_with_the_parcours(self, run: Run, tmp_path: Path) -> None:
        members = panel(tmp_path, 0, 1)
        result = run(
            "check", "--rulebook", "DT-2024", "--route", "vae", "--members", members,
            "--candidates", candidates(tmp_path, "2024-04-12", "2024-04-13"),
            "--on", "2026-11-23", "--json",
        )  # fmt: skip

        assert {"c2"} == {
            found["candidate"]
            for found in result.json["findings"]
            if found["clause"].endswith("d6412-6-members")
            and found["layer"] == "candidate"
            and found["verdict"] == "breached"
        }


class TestTitlesFloor:
    """R335-8: ✔ 8 members/2 pros. ✘ 9 members/2 pros (2/9). ✘ 4 members/1 pro.
    ✔ 5 members/2 pros. Boundary: exactly 1/4 passes ("au moins")."""

    @pytest.mark.parametrize(
        ("members", "professionals", "clauses"),
        [
            (8, 2, set()),
            (9, 2, {"r335-8-quarter"}),
            (4, 1, {"r335-8-professionals"}),
            (5, 2, set()),
        ],
    )
    def test_two_and_a_quarter(
        self,
        run: Run,
        tmp_path: Path,
        members: int,
        professionals: int,
        clauses: set[str],
    ) -> None:
        others = members - professionals
        listed = panel(tmp_path, professionals, others, seat="professional")
        result = run(
            "check", "--rulebook", "R335-8", "--route", "vae", "--members", listed,
            "--on", "2015-06-10", "--json",
        )  # fmt: skip

        assert clauses == fatal(result, "appointment")


class TestASession:
    """Composition as appointed, as present, for the candidate on the table."""

    def test_that_is_over_is_judged_as_it_sat(self, run: Run, finished: Path) -> None:
        result = run("check", finished, "--json")

        assert {("r335-8-professionals", "c7"), ("r335-8-quarter", "c7")} == {
            (found["clause"].partition("/")[2], found["candidate"])
            for found in result.json["findings"]
            if found["verdict"] == "breached"
        }

    def test_that_waits_is_judged_as_foreseen(self, run: Run, ready: Path) -> None:
        plain = run("check", ready)
        less = run("check", ready, "--without", "Petitgrand")

        assert "Pour GAUTHERON Mélanie" in plain.data
        assert (plain.code, less.code) == (Exit.REFUSED, Exit.REFUSED)
        assert plain.data.count("✗ non") < less.data.count("✗ non")
