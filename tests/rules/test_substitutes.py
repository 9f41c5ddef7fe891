"""Who may replace whom, and the sentence that says it."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from jury_tui.i18n import language, set_language
from jury_tui.rules.clauses import Substitution
from jury_tui.rules.findings import Verdict
from jury_tui.rules.labels import Bilingual, Label
from jury_tui.rules.wording import substitution_words
from tests.support.juries import bare, case, of, people, rules

NOW = dt.date(2008, 6, 10)


class TestTheHouseRule:
    """« Un membre empêché est remplacé par un suppléant nommé au même titre. »"""

    RULES = rules("RNCP5411", "RI-EXEMPLE")

    @pytest.mark.parametrize(
        ("seat", "verdict"),
        [
            ("representant_professionnel", Verdict.SATISFIED),
            ("formateur_enseignant", Verdict.BREACHED),
        ],
    )
    def test_a_substitute_holds_the_same_seat(
        self, seat: str, verdict: Verdict
    ) -> None:
        titular = people({"representant_professionnel": 1})[0]
        (other,) = people({seat: 1}, start=2)
        substitute = msgspec.structs.replace(other, substitutes=titular.id)
        judged = case((substitute,), NOW, appointed=(titular, substitute))

        found = of(self.RULES, judged, "RI-EXEMPLE/substitutes")
        assert found.verdict is verdict
        assert bare(found.explanation) == (
            "un suppléant occupe le même siège que la personne qu’il remplace : NOM02."
        )


@pytest.mark.parametrize(
    ("same", "french", "english"),
    [
        (
            ("seat",),
            "un suppléant occupe le même siège que la personne qu’il remplace",
            "a substitute holds the same seat as the person they replace",
        ),
        (
            ("college", "gender"),
            "un suppléant appartient au même collège et est du même sexe que la "
            "personne qu’il remplace",
            "a substitute belongs to the same college and is of the same sex as the "
            "person they replace",
        ),
        (
            ("side",),
            "un suppléant a la même qualité (« camp ») que la personne qu’il remplace",
            "a substitute has the same “side” as the person they replace",
        ),
        (
            (),
            "un suppléant peut remplacer un membre",
            "a substitute may replace a member",
        ),
    ],
)
def test_every_sentence_is_a_sentence(
    same: tuple[str, ...], french: str, english: str
) -> None:
    labels: dict[str, Label] = {"side": Bilingual(fr="camp", en="side")}
    words = substitution_words(Substitution(same=same), labels)

    assert french == bare(str(words))
    before = language()
    try:
        set_language("en")
        assert english == str(words)
    finally:
        set_language(before)
