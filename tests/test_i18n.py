"""Sentences in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jury_tui import i18n
from jury_tui.errors import RefusedError


@pytest.fixture(autouse=True)
def _french_again() -> Iterator[None]:
    yield
    i18n.set_language("fr")


class TestElision:
    """« “Désaccord de ORMOND”, “de ADAM”, “départ de ORMOND”. »"""

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("ORMOND Claire", "d’ORMOND Claire"),
            ("ADAM", "d’ADAM"),
            ("Élan", "d’Élan"),
            ("Œuvrard", "d’Œuvrard"),
            ("HÉLÈNE Paul", "d’HÉLÈNE Paul"),
            ("Henri", "d’Henri"),
            ("Yves", "d’Yves"),
            ("HADDAD Samir", "de HADDAD Samir"),
            ("Yann", "de Yann"),
            ("MARTIN", "de MARTIN"),
            ("=1+1", "de =1+1"),
            ("a", "de a"),
            ("", "de "),
        ],
    )
    def test_before_a_name(self, name: str, said: str) -> None:
        sentence = i18n._("Disagreement of {name}").format(name=name)
        assert sentence == f"Désaccord {said}"

    def test_que_and_a_refusal(self) -> None:
        refused = RefusedError(
            "{name} may substitute {other} only.", name="MARTIN", other="ORMOND"
        )
        assert str(refused) == "MARTIN ne peut suppléer qu’ORMOND."

    def test_no_other_word_and_no_other_language(self) -> None:
        one, many = "{number} point to settle.", "{number} points to settle."
        assert i18n.ngettext(one, many, 1).format(number="un") == "un point à régler."
        i18n.set_language("en")
        said = i18n._("Disagreement of {name}").format(name="ORMOND")
        assert said == "Disagreement of ORMOND"
