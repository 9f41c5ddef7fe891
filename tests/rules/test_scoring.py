"""Marks stay exact; what they propose says how it was derived."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury_tui.errors import RefusedError
from jury_tui.i18n import set_language
from jury_tui.rules import scoring
from jury_tui.rules.model import Component, Criterion, Scale
from jury_tui.rules.scoring import Mastery
from tests.support.juries import bare

PLAIN = Component(id="a", label="Contrôle")
PASSING = Component(id="a", label="Contrôle", scale=Scale(threshold="10", partial="8"))
GRID = Component(
    id="a",
    label="Contrôle",
    scale=Scale(threshold="10"),
    criteria=(
        Criterion(id="x", label="Écoute", weight=3),
        Criterion(id="y", label="Réseau", eliminatory=True, threshold="5"),
    ),
)
quarters = st.integers(0, 80).map(lambda n: Fraction(n, 4))


class TestMarks:
    @pytest.mark.parametrize(
        ("text", "mark"),
        [("12", 12), ("12,5", Fraction(25, 2)), ("12.75", Fraction(51, 4)), (" 0 ", 0)],
    )
    def test_read(self, text: str, mark: Fraction) -> None:
        assert scoring.parse_mark(text, Scale()) == mark

    @pytest.mark.parametrize(
        "text", ["", "douze", "-1", "20,25", "12,3", "1e1", "12,555", "١٢", "nan", "½"]
    )
    def test_refused(self, text: str) -> None:
        with pytest.raises(RefusedError):
            scoring.parse_mark(text, Scale())

    def test_written_in_the_language_in_force(self) -> None:
        assert scoring.write_mark(Fraction(51, 4)) == "12,75"
        assert scoring.write_mark(Fraction(37, 3)) == "≈ 12,33"
        set_language("en")
        assert scoring.write_mark(Fraction(25, 2)) == "12.5"

    @given(quarters)
    def test_they_survive_writing_and_storing(self, mark: Fraction) -> None:
        assert scoring.parse_mark(scoring.write_mark(mark), Scale()) == mark
        assert scoring.from_hundredths(scoring.hundredths(mark)) == mark

    def test_finer_than_a_hundredth_is_refused(self) -> None:
        with pytest.raises(RefusedError):
            scoring.hundredths(Fraction(1, 3))


class TestStatistics:
    def test_exact(self) -> None:
        found = scoring.statistics([Fraction(10), Fraction(11), Fraction(53, 4)])

        assert found is not None
        assert (found.mean, found.median) == (Fraction(137, 12), Fraction(11))
        assert (found.spread, found.divergence) == (Fraction(13, 4), Fraction(11, 6))

    def test_none(self) -> None:
        assert scoring.statistics([]) is None

    @given(st.lists(quarters, min_size=1, max_size=12))
    def test_bounds_and_order(self, marks: list[Fraction]) -> None:
        found = scoring.statistics(marks)

        assert found is not None
        assert found.lowest <= found.median <= found.highest
        assert found.lowest <= found.mean <= found.highest
        assert found == scoring.statistics(marks[::-1])


class TestProposals:
    @pytest.mark.parametrize(
        ("mark", "expected"),
        [
            (10, Mastery.ACQUIRED),
            (Fraction(39, 4), Mastery.PARTLY),
            (8, Mastery.PARTLY),
            (Fraction(31, 4), Mastery.NOT_ACQUIRED),
        ],
    )
    def test_the_threshold(self, mark: Fraction, expected: Mastery) -> None:
        assert scoring.propose(PASSING, [Fraction(mark)]).result is expected

    def test_no_threshold_proposes_nothing_and_says_so(self) -> None:
        found = scoring.propose(PLAIN, [Fraction(15)])

        assert found.result is None
        assert "ne fixe pas de seuil" in found.explanation

    def test_a_mean_a_hair_below_is_below(self) -> None:
        marks = [Fraction(10), Fraction(10), Fraction(39, 4)]

        found = scoring.propose(PASSING, marks)
        assert found.result is Mastery.PARTLY
        assert bare(found.explanation) == (
            "Moyenne ≈ 9,92, moins de 10 : partiellement acquis proposé."
        )

    def test_a_weighted_grid(self) -> None:
        marks = {"x": Fraction(12), "y": Fraction(6)}

        assert scoring.grid_mean(GRID, marks) == Fraction(21, 2)
        assert scoring.propose_from_marks(GRID, marks).result is Mastery.ACQUIRED

    def test_an_eliminatory_criterion(self) -> None:
        marks = {"x": Fraction(20), "y": Fraction(19, 4)}

        found = scoring.propose_from_marks(GRID, marks)
        assert found.result is Mastery.NOT_ACQUIRED
        assert "éliminatoire" in found.explanation

    def test_a_mark_missing_proposes_nothing(self) -> None:
        found = scoring.propose_from_marks(GRID, {"x": Fraction(20)})

        assert found.result is None
        assert "y sans note" in found.explanation

    @pytest.mark.parametrize(
        ("x", "y", "expected"),
        [
            (Mastery.ACQUIRED, Mastery.ACQUIRED, Mastery.ACQUIRED),
            (Mastery.NOT_ACQUIRED, Mastery.PARTLY, Mastery.PARTLY),
            (Mastery.ACQUIRED, Mastery.NOT_ACQUIRED, Mastery.NOT_ACQUIRED),
            (Mastery.NOT_ACQUIRED, Mastery.NOT_ACQUIRED, Mastery.NOT_ACQUIRED),
        ],
    )
    def test_levels(self, x: Mastery, y: Mastery, expected: Mastery) -> None:
        assert scoring.propose_from_levels(GRID, {"x": x, "y": y}).result is expected

    def test_levels_missing(self) -> None:
        assert scoring.propose_from_levels(GRID, {"x": Mastery.ACQUIRED}).result is None


class TestTwoEvaluators:
    """CQP-E : « (+,+) acquis ; (–,–) non acquis ; (+,–) le jury décide »"""

    def test_they_agree_or_the_jury_decides(self) -> None:
        yes, no = Mastery.ACQUIRED, Mastery.NOT_ACQUIRED

        assert scoring.agreed(yes, yes) is yes
        assert scoring.agreed(no, no) is no
        assert scoring.agreed(yes, no) is None


def test_other_scales() -> None:
    percent = msgspec.structs.replace(Scale(), maximum="100", step="1")

    assert scoring.parse_mark("70", percent) == 70
    with pytest.raises(RefusedError):
        scoring.parse_mark("70,5", percent)
