"""Extracts, notification letters and rectifying minutes."""

from __future__ import annotations

import io

import openpyxl
import pytest

from jury_tui.errors import ExportError
from jury_tui.i18n import set_language
from jury_tui.minutes import letters
from jury_tui.minutes.content import Minutes
from jury_tui.minutes.rectification import rectifying
from jury_tui.minutes.text import text
from jury_tui.minutes.workbook import workbook
from jury_tui.session import acts as a
from jury_tui.session.folding import replay
from jury_tui.session.session import Session
from tests.support import sessions

REGISTER = {"code": sessions.CODE, "head": sessions.HEAD, "count": 100}
NAMES = {c.id: c.name.split()[0] for c in sessions.candidates()}


def extract(candidate: str, session: Session | None = None) -> str:
    session = session or sessions.session()
    return text(letters.extract(session, candidate, **REGISTER), 400)  # type: ignore[arg-type]


def notification(candidate: str, session: Session | None = None) -> str:
    session = session or sessions.session()
    made = text(letters.notification(session, candidate, **REGISTER), 400)  # type: ignore[arg-type]
    return made.replace("\u00a0", " ")


class TestExtract:
    """CRPA L311-6: communicable only to the person concerned."""

    @pytest.mark.parametrize("candidate", list(NAMES))
    def test_nobody_else_is_named(self, candidate: str) -> None:
        made = extract(candidate)

        assert NAMES[candidate] in made.upper()
        for other, name in NAMES.items():
            if other != candidate:
                assert name not in made.upper()

    def test_it_says_who_sat_and_what_was_decided(self) -> None:
        made = extract("c4").replace("\u00a0", " ")

        assert "Ont siégé pour cette candidature : DURAND Claire, LEFÈVRE Marc," in made
        assert "NGUYEN" not in made
        assert "La présidente : DURAND Claire." in made
        assert "né le 14 juillet 1975 à Amiens" in made
        assert "LE JURY A DÉCIDÉ : VALIDATION TOTALE." in made
        assert sessions.HEAD in made

    def test_no_extract_without_an_outcome(self) -> None:
        with pytest.raises(ExportError, match="Rien n’est encore décidé"):
            extract("c1", replay(sessions.preparing()))

    def test_no_extract_without_a_number(self) -> None:
        with pytest.raises(ExportError, match="pas encore de numéro"):
            extract("c1", sessions.session(number=""))

    def test_no_extract_of_a_stranger(self) -> None:
        with pytest.raises(ExportError, match="c99"):
            extract("c99")


class TestNotification:
    """A partial validation not notified, or unintelligible: AN question 26924."""

    def test_partial_block_by_block_with_reasons(self) -> None:
        made = notification("c2")

        assert "Monsieur," in made
        assert "vous vous êtes présenté devant le jury" in made
        assert "Composantes acquises : a – Contrôle continu ; b –" in made
        assert "restant à valider : c – Projet" in made
        assert "Validité des composantes acquises : illimitée." in made
        assert "Motifs : Le document décrit le parcours" in made
        assert "Préconisation : Reprendre le projet" in made

    def test_it_agrees_with_the_person(self) -> None:
        assert "vous vous êtes présentée devant" in notification("c1")
        assert "Vous étiez absente lorsque" in notification("c5")

    def test_the_postponed_are_told_why(self) -> None:
        assert "reporté à une session ultérieure : pièce" in notification("c6")

    def test_english(self) -> None:
        set_language("en")

        assert "The jury decided: partial validation.".upper() in notification("c2")

    @pytest.mark.parametrize("candidate", list(NAMES))
    def test_each_letter_can_be_a_workbook(self, candidate: str) -> None:
        letter = letters.notification(sessions.session(), candidate, **REGISTER)  # type: ignore[arg-type]
        book = openpyxl.load_workbook(io.BytesIO(workbook(letter)))

        assert book.sheetnames == ["Lettre"]


class TestRectifying:
    """“Sealed minutes are never overwritten; rectifying minutes cite the first.”"""

    @pytest.fixture
    def made(self) -> Minutes:
        session = replay(
            [
                *sessions.acts(),
                a.SessionSealed(
                    at=sessions.at(12, 5),
                    number="CNAM-2008-1",
                    workbook_sha256="ab" * 32,
                ),
                a.MinutesRectified(
                    at=sessions.at(15),
                    number="CNAM-2008-2",
                    rectifies="CNAM-2008-1",
                    changes="Le lieu de naissance est Lyon.",
                    candidate="c2",
                ),
            ]
        )
        return rectifying(session, "CNAM-2008-2", **REGISTER)  # type: ignore[arg-type]

    def test_it_cites_the_first_and_says_what_changes(self, made: Minutes) -> None:
        said = text(made).replace("\u00a0", " ")

        assert made.number == "CNAM-2008-2"
        assert "Procès-verbal rectifié : CNAM-2008-1" in said
        assert "Scellé le : 12 juin 2008 à 12 h 05" in said
        assert "ab" * 32 in said
        assert "Candidature concernée : BERNARD Thomas." in said
        assert "Le lieu de naissance est Lyon." in said
        assert "l’un et l’autre sont conservés" in said

    def test_an_unknown_number_is_refused(self) -> None:
        with pytest.raises(ExportError, match="CNAM-2008-9"):
            rectifying(sessions.session(), "CNAM-2008-9", **REGISTER)  # type: ignore[arg-type]
