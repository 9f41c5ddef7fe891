"""Lists of candidates: their facts, and what cannot be true of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from jury_tui import rosters
from jury_tui.i18n import set_language
from jury_tui.rosters import Roster
from jury_tui.rules.people import Acquired, Candidate

Read = Callable[[str | bytes], Roster[Candidate]]


def one(read: Read, header: str, cell: str) -> Candidate:
    """The candidate of a list whose one other column is this."""
    (candidate,) = read(f"Nom de naissance;{header}\nLeroy;{cell}\n").people
    return candidate


def faulty(read: Read, header: str, cell: str) -> bool:
    """Whether a cell is refused, and named."""
    roster = read(f"Nom de naissance;{header}\nLeroy;{cell}\n")
    return [(2, header)] == [(f.line, f.column) for f in roster.faults]


class TestAName:
    """Birth name, name in use."""

    @pytest.mark.parametrize(
        ("headers", "birth", "use"),
        [
            ("Nom;Prénom", "A", ""),
            ("Nom de naissance;Nom", "A", "B"),
            ("Nom de naissance;Nom d'usage", "A", "B"),
            ("Nom;Nom marital", "A", "B"),
            ("Birth name;Name", "A", "B"),
        ],
    )
    def test_in_use_stands_beside_the_birth_name(
        self, candidates: Read, headers: str, birth: str, use: str
    ) -> None:
        (candidate,) = candidates(f"{headers}\nA;B\n").people

        assert (birth, use) == (candidate.birth_name, candidate.use_name)


class TestADate:
    """Dates DD/MM/YYYY, ISO or real dates."""

    @pytest.mark.parametrize(
        "cell", ["07/03/1970", "7/3/1970", "07.03.1970", "1970-03-07", "7-3-1970"]
    )
    def test_has_the_day_first_or_is_iso(self, candidates: Read, cell: str) -> None:
        candidate = one(candidates, "Date de naissance", cell)

        assert dt.date(1970, 3, 7) == candidate.birth_date

    @pytest.mark.parametrize(
        "cell",
        ["7/3/70", "31/02/1970", "13/13/1970", "1970", "mars 1970", "25643",
         "01/01/0970", "٠٧/٠٣/١٩٧٠x"],
    )  # fmt: skip
    def test_that_is_none_is_refused(self, candidates: Read, cell: str) -> None:
        assert faulty(candidates, "Date de naissance", cell)


class TestAComponent:
    """Acquired components like `a:2006-05-12:Paris`."""

    @pytest.mark.parametrize(
        ("cell", "acquired"),
        [
            ("a", (Acquired(component="a"),)),
            ("a:2006-05-12", (Acquired(component="a", date=dt.date(2006, 5, 12)),)),
            (
                "A:12/05/2006:Paris | b::Lyon",
                (
                    Acquired(component="a", date=dt.date(2006, 5, 12), place="Paris"),
                    Acquired(component="b", place="Lyon"),
                ),
            ),
            ("Contrôle continu", (Acquired(component="a"),)),
        ],
    )
    def test_acquired_says_when_and_where(
        self, candidates: Read, cell: str, acquired: tuple[Acquired, ...]
    ) -> None:
        assert acquired == one(candidates, "Déjà acquis", cell).acquired

    @pytest.mark.parametrize("cell", ["z", "a|a:2006-05-12", "a:hier", "a:31/02/2006"])
    def test_acquired_otherwise_is_refused(self, candidates: Read, cell: str) -> None:
        assert faulty(candidates, "Déjà acquis", cell)

    @pytest.mark.parametrize(
        "cell", ["a|c", "a, c", "A|Projet personnel et professionnel"]
    )
    def test_asked_for_is_listed(self, candidates: Read, cell: str) -> None:
        assert one(candidates, "Composantes", cell).components == ("a", "c")


class TestATime:
    """The hour of each candidate."""

    @pytest.mark.parametrize("cell", ["9h30", "9 h 30", "09:30", "9H30", "09:30:00"])
    def test_is_written_as_people_do(self, candidates: Read, cell: str) -> None:
        assert one(candidates, "Heure", cell).time == "09:30"

    @pytest.mark.parametrize("cell", ["25h", "9h75", "matin"])
    def test_that_is_none_is_refused(self, candidates: Read, cell: str) -> None:
        assert faulty(candidates, "Heure", cell)


class TestTwoLines:
    """Duplicate persons become sentences."""

    @pytest.mark.parametrize(
        ("second", "kept"),
        [
            ("Leroy;Samira;14/02/1974;2", 1),
            ("LEROY;samira;14/02/1974;2", 1),
            ("Leroy;Samira;15/02/1974;2", 2),
            ("Leroy;Samira;15/02/1974;1", 1),
            ("Petit;Jean;;", 2),
        ],
    )
    def test_of_one_person_are_refused(
        self, candidates: Read, second: str, kept: int
    ) -> None:
        roster = candidates(
            "Nom;Prénom;Date de naissance;Numéro de dossier\n"
            f"Leroy;Samira;14/02/1974;1\n{second}\n"
        )

        assert kept == len(roster.people)
        assert 2 - kept == len(roster.faults)


class TestABlankList:
    """The secretary can get a blank file."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_is_read_back(self, candidates: Read, language: str) -> None:
        set_language(language)
        blank = rosters.template("candidates")
        mark = ";" if language == "fr" else ","

        (candidate,) = candidates(f"{blank}Leroy{mark}Samira\r\n").people

        assert candidate.name == "LEROY Samira"

    def test_has_a_column_for_each_fact_asked(self) -> None:
        blank = rosters.template("members", {"habilitation": "habilité jusqu'au"})

        assert blank.endswith(";habilité jusqu'au\r\n")


class TestTwice:
    @pytest.mark.parametrize(
        ("born", "said"),
        [
            ("14/02/1974", "même date de naissance, est déjà à la ligne 2"),
            ("", "donnez leurs dates de naissance"),
        ],
    )
    def test_what_to_do_is_what_can_be_done(
        self, candidates: Read, born: str, said: str
    ) -> None:
        """“donnez leurs dates de naissance”, of two lines that had the same one."""
        line = f"Leroy;Ana;{born}\n"

        (fault,) = candidates(f"Nom;Prénom;Date de naissance\n{line * 2}").faults

        set_language("fr")
        assert said in str(fault.error)
