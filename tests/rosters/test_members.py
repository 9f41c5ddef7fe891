"""Lists of members: what is accepted, and what is said of the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from jury_tui import rosters
from jury_tui.errors import RosterError
from jury_tui.rosters import Roster
from jury_tui.rules import rulebook
from jury_tui.rules.people import Member, TieKind

Read = Callable[[str | bytes], Roster[Member]]
HEAD = "Nom;Prénom;Sexe;Siège\n"


def faults(roster: Roster[Member]) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in roster.faults]


class TestAList:
    """`--members` takes .csv (comma or semicolon, with or without BOM)."""

    @pytest.mark.parametrize("mark", [";", ",", "\t"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_reads_whatever_the_spreadsheet_wrote(
        self, members: Read, mark: str, encoding: str, end: str
    ) -> None:
        text = f"{HEAD}Durand;Éloïse;F;president\n".replace(";", mark)

        roster = members(text.replace("\n", end).encode(encoding))

        assert [(m.name, m.gender, m.seats) for m in roster.people] == [
            ("DURAND Éloïse", "F", ("president",))
        ]
        assert roster.faults + roster.notes == ()

    def test_in_windows_text_is_read_with_a_word(self, members: Read) -> None:
        roster = members(f"{HEAD}Noël;Zoé;F;president\n".encode("cp1252"))

        assert [m.name for m in roster.people] == ["NOËL Zoé"]
        assert [
            str(note).replace("\u00a0", " ") for note in roster.notes
        ] == ["liste.csv: Ce fichier n’est pas en UTF-8 : il a été lu comme du texte "
                "Windows. Vérifiez les accents."]  # fmt: skip

    @pytest.mark.parametrize(
        "headers",
        [
            "NOM;PRENOM;sexe;siege",
            "  Nom ;Prénoms; H/F ;Qualité",
            "Family name;First name;Gender;Seat",
            "Last name;Given names;Sex;Seats",
        ],
    )
    def test_has_headers_in_either_language(self, members: Read, headers: str) -> None:
        roster = members(f"{headers}\nDurand;Claire;Mme;president\n")

        assert [(m.name, m.gender) for m in roster.people] == [("DURAND Claire", "F")]

    def test_may_begin_with_a_title(self, members: Read) -> None:
        roster = members(f"Jury du 10 juin;;;\n;;;\n{HEAD}Durand;C;F;president\n")

        assert [row.line for row in roster.rows] == [4]

    def test_skips_empty_lines_and_counts_them(self, members: Read) -> None:
        roster = members(f"{HEAD};;;\n\nDurand;C;F;president\n;;;\n")

        assert [row.line for row in roster.rows] == [4]

    def test_keeps_line_numbers_after_a_cell_of_two_lines(self, members: Read) -> None:
        roster = members(f'{HEAD}"Du\nrand";C;F;president\nPetit;A;X;president\n')

        assert [m.name for m in roster.people] == ["DU RAND C"]
        assert faults(roster) == [(4, "Sexe")]

    def test_forgets_the_line_that_a_spreadsheet_writes_for_itself(
        self, members: Read
    ) -> None:
        roster = members(f"sep=;\r\n{HEAD}Durand;C;F;president\n")

        assert [row.line for row in roster.rows] == [3]


class TestASeat:
    """Seats by id or label, several separated by `|`."""

    @pytest.mark.parametrize(
        ("word", "seat"),
        [
            ("representant_professionnel", "representant_professionnel"),
            ("Représentants professionnels", "representant_professionnel"),
            ("représentant professionnel", "representant_professionnel"),
            ("Professional representatives", "representant_professionnel"),
            ("FORMATEURS OU ENSEIGNANTS", "formateur_enseignant"),
            ("chair", "president"),
        ],
    )
    def test_is_known_by_id_or_label(self, members: Read, word: str, seat: str) -> None:
        roster = members(f"{HEAD}Durand;C;F;{word}\n")

        assert [(seat,)] == [m.seats for m in roster.people]

    def test_may_be_one_of_several(self, members: Read) -> None:
        roster = members(f"{HEAD}Durand;C;F;president | responsable du titre\n")

        assert [m.seats for m in roster.people] == [
            ("president", "responsable_du_titre")
        ]

    def test_unknown_is_said_with_what_was_probably_meant(self, members: Read) -> None:
        roster = members(f"{HEAD}Durand;C;F;présidant\nPetit;A;F;\n")

        assert roster.people == ()
        assert faults(roster) == [(2, "Siège"), (3, "Siège")]
        assert "« présidant » (→ président) dans ce jury" in str(
            roster.faults[0]
        ).replace("\u00a0", " ")


class TestAFact:
    """Dates DD/MM/YYYY or ISO; attribute columns of the rulebook accepted."""

    def test_of_the_appointing_act(self, members: Read) -> None:
        roster = members(
            "Nom,Siège,Acte de nomination,Date de l'acte,Autorité\n"
            "Durand,president,2008-12,03/03/2008,la directrice\n"
        )

        (member,) = roster.people
        assert ("2008-12", dt.date(2008, 3, 3), "la directrice") == (
            member.act,
            member.act_date,
            member.act_authority,
        )

    def test_that_the_rulebook_asks_about(self, members: Read) -> None:
        roster = members(
            "Nom,Siège,qualified_professional\n"
            "Durand,president,oui\nPetit,president,NON\nRoux,president,\n"
        )

        assert [m.attributes for m in roster.people] == [
            {"qualified_professional": True},
            {"qualified_professional": False},
            {},
        ]

    def test_in_an_unknown_column_is_left_out_and_said(self, members: Read) -> None:
        roster = members("Nom;Prénnom;Siège;Téléphone\nDurand;C;president;01\n")

        assert [m.name for m in roster.people] == ["DURAND"]
        assert [note.column for note in roster.notes] == ["Prénnom", "Téléphone"]
        assert "« prenom »" in str(roster.notes[0]).replace("\u00a0", " ")

    def test_may_be_wrong_in_several_cells_of_a_line(self, members: Read) -> None:
        roster = members(
            "Nom;Sexe;Siège;Date de l'acte\n123;Z;roi;31/02/2008\nRoux;F;president;\n"
        )

        assert [m.name for m in roster.people] == ["ROUX"]
        assert faults(roster) == [
            (2, "Nom"),
            (2, "Siège"),
            (2, "Sexe"),
            (2, "Date de l'acte"),
        ]


class TestPeople:
    """Duplicate persons become sentences."""

    def test_are_numbered_in_the_order_of_the_list(self, members: Read) -> None:
        roster = members("Id;Nom;Siège\n;A;president\nm1;B;president\n;C;president\n")

        assert [m.id for m in roster.people] == ["m2", "m1", "m3"]

    def test_named_twice_are_refused_the_second_time(self, members: Read) -> None:
        roster = members(f"{HEAD}Durand;Zoé;F;president\nDURAND;zoe;F;conseiller_vae\n")

        assert [m.id for m in roster.people] == ["m1"]
        assert faults(roster) == [(3, "")]

    @pytest.mark.parametrize("ref", ["Durand", "durand claire", "Claire DURAND", "t1"])
    def test_substitute_somebody_of_the_list(self, members: Read, ref: str) -> None:
        roster = members(
            f"Id;Nom;Prénom;Siège;Suppléant de\n"
            f";Petit;A;president;{ref}\nt1;Durand;Claire;president;\n"
        )

        assert [m.substitutes for m in roster.people] == ["t1", ""]

    @pytest.mark.parametrize("ref", ["Roux", "Petit", "Durand"])
    def test_may_not_substitute_a_stranger_or_oneself(
        self, members: Read, ref: str
    ) -> None:
        roster = members(
            f"Nom;Prénom;Siège;Suppléant de\nPetit;A;president;{ref}\n"
            "Durand;A;president;\nDurand;B;president;\n"
        )

        assert faults(roster) == [(2, "")]

    @pytest.mark.parametrize("ident", ["m 1", "é1", "../m", "m1"])
    def test_have_plain_ids(self, members: Read, ident: str) -> None:
        roster = members(f"Id;Nom;Siège\nm1;A;president\n{ident};B;president\n")

        assert faults(roster) == [(3, "")]


class TestTies:
    """A declaration of ties per member and candidate."""

    def test_are_declared_on_the_members_line(self, members: Read) -> None:
        roster = members(
            "Nom;Siège;Liens\nDurand;president;"
            "2008-01:employeur:même association|Leroy:accompanied\n"
        )

        assert [
            (d.member, d.tie.candidate, d.tie.kind, d.tie.reason) for d in roster.ties
        ] == [
            ("m1", "2008-01", TieKind.EMPLOYER, "même association"),
            ("m1", "Leroy", TieKind.ACCOMPANIED, ""),
        ]

    @pytest.mark.parametrize("cell", ["Leroy", "Leroy:ami", ":employeur"])
    def test_of_no_known_kind_are_refused(self, members: Read, cell: str) -> None:
        roster = members(f"Nom;Siège;Liens\nDurand;president;{cell}\n")

        assert faults(roster) == [(2, "Liens")]
        # the words to write are those of the language of the list's reader
        if "ami" in cell:
            assert "accompagnement, employeur" in str(roster.faults[0].error)


class TestAFile:
    """Nothing kept before accept: a file that is no list is one sentence."""

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", "pas de ligne d’en-têtes"),
            ("a;b;c\n1;2;3\n", "pas de ligne d’en-têtes"),
            ("Nom;Prénom\nDurand;C\n", "il manque la colonne « Siège »"),
            (HEAD, "ne nomme personne"),
            ("Nom;Nom de famille;Siège\nA;B;president\n", "disent la même chose"),
            ("Nom;Siège\nDu\0rand;president\n", "pas un fichier texte"),
            (b"Nom;Si\x81ge\n\x8d;\x8f\n", "ni de l’UTF-8"),
            (b"\xff\xfeN\x00o", "pas un fichier texte"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "ancien classeur .xls"),
            (f"{HEAD}{'A;B;F;president' + chr(10)}" * 3000, "plus de 5000 lignes"),
            (";".join(["Nom"] * 101), "plus de 100 colonnes"),
            (f'{HEAD}"{"x" * 140_000}";;;\n', "ce n’est pas une ligne de fichier .csv"),
            ("x" * (9 << 20), "trop volumineux"),
        ],
        ids=range(13),
    )
    def test_that_is_no_list_is_refused(
        self, members: Read, content: str | bytes, said: str
    ) -> None:
        with pytest.raises(RosterError) as refused:
            members(content)

        assert said in str(refused.value).replace("\u00a0", " ")

    def test_of_hostile_names_harms_nobody(self, members: Read) -> None:
        names = ["=cmd|'/c calc'!A1", "Durand [/]", "{name}", "%s", "<b>Roux</b>"]

        roster = members("Nom,Siège\n" + "".join(f'"{n}",president\n' for n in names))

        assert names == [m.family_name for m in roster.people]

    def test_of_control_characters_is_cleaned(self, members: Read) -> None:
        roster = members("Nom;Siège\nDu\x1b[31mrand\u202e;president\n")

        assert [m.family_name for m in roster.people] == ["Du [31mrand"]

    def test_of_too_long_a_name_is_refused(self, members: Read) -> None:
        roster = members(f"Nom;Siège\n{'a' * 301};president\n")

        assert faults(roster) == [(2, "Nom")]


class TestWhoChairs:
    """« Un président ou un responsable de jury est désigné parmi ses membres »

    (D6412-6): a list has a column for it, where no seat of the jury says it.
    """

    @pytest.mark.parametrize(
        ("code", "asked"), [("DT-2024", True), ("BTS", True), ("RNCP5411", False)]
    )
    def test_a_column_says_it_where_no_seat_does(
        self, code: str, *, asked: bool
    ) -> None:
        book = rulebook.load(code)
        rules = rulebook.stack(book, rulebook.laws()).for_route("vae")

        assert asked is ("chair" in rosters.wanted_attributes(rules))
