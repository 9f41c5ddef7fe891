"""Several grids of one component: exact figures, divergence, and what they propose."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury_tui.errors import RulebookError
from jury_tui.rules import grids
from jury_tui.rules.checks import check
from jury_tui.rules.explain import as_text, explain
from jury_tui.rules.grids import Filled
from jury_tui.rules.model import Component, Criterion, GridOptions, Points, Scale
from jury_tui.rules.rulebook import laws, load, read, source, stack
from jury_tui.rules.scoring import Mastery
from tests.support.juries import bare

A, P, N = Mastery.ACQUIRED, Mastery.PARTLY, Mastery.NOT_ACQUIRED
USUAL = GridOptions(combine="agreement", divergence="1/5", levels_apart=2)
MEAN = msgspec.structs.replace(USUAL, combine="mean")
CRITERIA = (
    Criterion(id="b1", label="Écoute", weight=2),
    Criterion(id="b2", label="Réseau"),
    Criterion(id="b3", label="Secret", eliminatory=True),
)
WORTH = Points(acquired="20", partly_acquired="10")
LEVELS = Component(id="b", label="Accueil", criteria=CRITERIA)
WORTHY = Component(
    id="b",
    label="Accueil",
    scale=Scale(threshold="10", partial="8", points=WORTH, source="annexe 2"),
    criteria=CRITERIA,
)
MARKED = Component(
    id="b",
    label="Accueil",
    scale=Scale(threshold="10", partial="8"),
    criteria=(
        *CRITERIA[:2],
        Criterion(id="b3", label="Secret", eliminatory=True, threshold="8"),
    ),
)


def levels(*given: Mastery) -> Filled:
    names = [c.id for c in CRITERIA]
    return Filled(levels=dict(zip(names, given, strict=True)))


def marks(*given: object) -> Filled:
    names = [c.id for c in CRITERIA]
    return Filled(
        marks={n: Fraction(str(g)) for n, g in zip(names, given, strict=True)}
    )


def derived(
    component: Component, options: GridOptions, *filled: Filled, jury: bool = False
) -> str:
    named = {f"m{n}": grid for n, grid in enumerate(filled)}
    if jury:
        named["jury"] = named.pop(f"m{len(filled) - 1}")
    return bare(grids.assess(component, options, named, "jury").proposal.explanation)


class TestDerivation:
    """« b : 12,5/20 pondéré, seuil 10, critère éliminatoire b3 acquis → acquis
    proposé »"""

    def test_weights_threshold_and_eliminatory(self) -> None:
        assert derived(WORTHY, USUAL, levels(P, P, A)) == (
            "12,5/20 pondéré, seuil 10, critère éliminatoire b3 acquis → acquis proposé"
        )

    def test_eliminatory_not_acquired_beats_the_mean(self) -> None:
        assert derived(WORTHY, USUAL, levels(A, A, N)) == (
            "critère éliminatoire b3 non acquis → non acquis proposé"
        )

    def test_partial(self) -> None:
        found = derived(MARKED, USUAL, marks(9, 8, 9))

        assert found == (
            "8,75/20 pondéré, seuil 10, seuil partiel 8, critère éliminatoire b3 9 ≥ 8 "
            "→ partiellement acquis proposé"
        )

    def test_levels_worth_nothing_are_counted(self) -> None:
        assert derived(LEVELS, USUAL, levels(A, P, A)) == (
            "2 critères acquis sur 3, critère éliminatoire b3 acquis → partiellement "
            "acquis proposé"
        )

    def test_a_criterion_missing_proposes_nothing(self) -> None:
        half = Filled(levels={"b1": A})

        assert "b2 et b3 sans note" in derived(WORTHY, USUAL, half)
        assert grids.assess(WORTHY, USUAL, {"m1": half}).proposal.result is None

    def test_no_grid(self) -> None:
        found = grids.assess(WORTHY, USUAL, {})

        assert (found.number, found.total, found.proposal.result) == (0, None, None)


class TestSeveral:
    """The rulebook says whether grids must agree or are averaged."""

    def test_agreement(self) -> None:
        assert derived(WORTHY, USUAL, levels(A, A, A), levels(A, P, A)).startswith(
            "2 grilles concordent : 20/20 pondéré"
        )

    def test_no_agreement_is_said(self) -> None:
        said = derived(WORTHY, USUAL, levels(A, A, A), levels(N, N, N), levels(A, A, A))

        assert said == (
            "Les grilles ne concordent pas (2 acquis et 1 non acquis) : "
            "rien n’est proposé."
        )

    def test_mean(self) -> None:
        assert derived(MARKED, MEAN, marks(12, 10, 9), marks(9, 10, 8)) == (
            "moyenne de 2 grilles : ≈ 9,88/20 pondéré, seuil 10, seuil partiel 8, "
            "critère éliminatoire b3 8,5 ≥ 8 → partiellement acquis proposé"
        )

    def test_mean_of_an_eliminatory_criterion(self) -> None:
        said = derived(WORTHY, MEAN, levels(A, A, A), levels(A, A, N), levels(A, A, N))

        assert said.endswith("critère éliminatoire b3 ≈ 6,67 < 10 → non acquis proposé")

    def test_levels_worth_nothing_are_never_averaged(self) -> None:
        said = derived(LEVELS, MEAN, levels(A, A, A), levels(N, N, N))

        assert "ne concordent pas" in said

    def test_the_jury_s_grid_settles_it(self) -> None:
        members = (levels(A, A, A), levels(N, N, N))

        assert derived(WORTHY, USUAL, *members, levels(P, P, A), jury=True) == (
            "12,5/20 pondéré, seuil 10, critère éliminatoire b3 acquis → acquis proposé"
        )
        named = {"m1": members[0], "m2": members[1], "jury": levels(P, P, A)}
        assert grids.assess(WORTHY, USUAL, named, "jury").number == 2


class TestFigures:
    """Mean, median and spread: exact, of criteria and of the whole."""

    def test_exact(self) -> None:
        filled = {
            "m1": marks(12, 10, 9), "m2": marks("10.25", 10, 8), "m3": marks(14, 7, 9),
        }  # fmt: skip
        found = grids.assess(MARKED, USUAL, filled)
        first = found.lines[0].figures
        assert first is not None
        assert found.total is not None

        assert (first.mean, first.median) == (Fraction(145, 12), Fraction(12))
        assert first.spread == Fraction(15, 4)
        assert found.means == (Fraction(43, 4), Fraction(77, 8), Fraction(11))
        assert found.total.median == Fraction(43, 4)

    def test_levels_have_counts_and_a_median(self) -> None:
        filled = {"m1": levels(A, A, A), "m2": levels(P, A, A), "m3": levels(N, A, A)}
        line = grids.assess(LEVELS, USUAL, filled).lines[0]

        assert line.levels == {A: 1, P: 1, N: 1}
        assert line.median is P
        assert line.figures is None

    @given(
        st.lists(st.tuples(*[st.sampled_from([A, P, N])] * 3), min_size=1, max_size=8)
    )
    def test_the_weighted_mean_of_all_is_the_mean_of_means(
        self, filled: list[tuple[Mastery, ...]]
    ) -> None:
        found = grids.assess(
            WORTHY, MEAN, {f"m{n}": levels(*given) for n, given in enumerate(filled)}
        )
        by_criterion = [line.figures.mean for line in found.lines if line.figures]
        assert found.total is not None

        assert found.total.mean == (2 * by_criterion[0] + sum(by_criterion[1:])) / 4
        assert all(isinstance(mean, Fraction) for mean in found.means)


class TestDivergence:
    """“un écart de quatre points ou de deux niveaux est signalé au jury”"""

    @pytest.mark.parametrize(
        ("one", "other", "apart"), [(12, 8, True), (12, "8.25", False), (9, 9, False)]
    )
    def test_marks(self, one: object, other: object, apart: bool) -> None:
        filled = {"m1": marks(one, 10, 10), "m2": marks(other, 10, 10)}

        assert grids.assess(MARKED, USUAL, filled).lines[0].diverges is apart

    @pytest.mark.parametrize(
        ("one", "other", "apart"), [(A, N, True), (A, P, False), (P, P, False)]
    )
    def test_levels(self, one: Mastery, other: Mastery, apart: bool) -> None:
        filled = {"m1": levels(one, A, A), "m2": levels(other, A, A)}

        for component in (LEVELS, WORTHY):
            assert grids.assess(component, USUAL, filled).lines[0].diverges is apart

    def test_one_grid_never_diverges(self) -> None:
        zero = msgspec.structs.replace(USUAL, divergence="0")
        found = grids.assess(MARKED, zero, {"m1": marks(9, 9, 9)})

        assert not found.diverges
        assert not any(line.diverges for line in found.lines)


class TestRulebook:
    """`[grids]` is data: merged key by key, with the usual where no text says."""

    def test_the_example_is_sound_and_said_back(self) -> None:
        book = load("CQP-GRILLE")
        said = bare(as_text(explain(book)))

        assert check(book) == ()
        assert (
            "Critère a3 : Respecte la confidentialité (coefficient 3, éliminatoire)"
            in said
        )
        assert "« acquis » vaut 20 points" in said
        assert "(choix du certificateur)" in said

    def test_the_usual_where_no_text_says(self) -> None:
        silent = stack(load("RNCP5411"), laws()).for_route("vae").grids

        assert (silent.combine, silent.double_entry) == ("agreement", False)
        assert (silent.divergence, silent.levels_apart) == ("1/5", 2)

    def test_the_text_first_then_the_house(self) -> None:
        own = '[grids]\ncombine = "agreement"\ndouble_entry = true\nlevels_apart = 1\n'
        house = read(f"{source('RI-EXEMPLE')[1]}\n{own}", "maison.toml")
        options = stack(load("CQP-GRILLE"), laws(), house).for_route("vae").grids

        assert (options.combine, options.levels_apart) == ("mean", 2)
        assert options.double_entry is False

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('divergence = "1/5"', 'divergence = "un cinquième"'),
            ('combine = "mean"', 'combine = "moyenne"'),
            ('partly_acquired = "10"', 'partly_acquired = "25"'),
            ('acquired = "20"', 'acquired = "40"'),
            ('assessed_by = "levels"', 'assessed_by = "letters"'),
        ],
    )
    def test_faults_are_refused(self, old: str, new: str) -> None:
        text = source("CQP-GRILLE")[1]
        assert old in text

        with pytest.raises(RulebookError):
            read(text.replace(old, new, 1), "essai.toml")

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('id = "a2"', 'id = "a1"', "Critère a1 : son identifiant"),
            ('id = "a2"', 'id = "é2"', "Critère é2 : son identifiant"),
            ('threshold = "8"\n', "", "Critère b3 est éliminatoire sans seuil"),
        ],
    )
    def test_what_looks_wrong_is_told(self, old: str, new: str, said: str) -> None:
        text = source("CQP-GRILLE")[1]
        assert old in text
        book = read(text.replace(old, new, 1), "essai.toml")

        assert any(bare(str(problem)).startswith(said) for problem in check(book))

    def test_weights_of_nothing(self) -> None:
        text = source("CQP-GRILLE")[1].replace("weight = 2", "weight = 0")
        bare_b = text.replace(
            'label = { fr = "Vérifie les pièces", en = "Checks the documents" }',
            'label = "Vérifie"\nweight = 0',
        )
        found = [bare(str(p)) for p in check(read(bare_b, "essai.toml"))]

        assert any(said.startswith("Composante b : tous les") for said in found)
