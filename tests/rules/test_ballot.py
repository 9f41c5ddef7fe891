"""Majority × base × abstention × tie: tables, and what silence implies."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury_tui.rules.ballot import Counts, MajorityRule, Outcome, result
from tests.support.juries import bare, rules

CARRIED, LOST, TIE, DOUBT = Outcome


def of(
    rule: MajorityRule,
    for_: int,
    against: int,
    abstention: int = 0,
    blank: int = 0,
    chair: str | None = None,
) -> Outcome:
    counts = Counts(for_=for_, against=against, abstention=abstention, blank=blank)
    return result(rule, counts, present=9, members=10, chair_vote=chair).outcome


class TestTypes:
    """« majorité absolue des membres présents » / « présents ou représentés » /

    « à la majorité de ses membres » : trois dénominateurs différents.
    """

    @pytest.mark.parametrize(
        ("rule", "votes", "expected"),
        [
            (MajorityRule(type="simple"), (4, 3, 2), CARRIED),
            (MajorityRule(type="simple"), (3, 4, 2), LOST),
            (MajorityRule(type="simple", abstention="counts_against"), (4, 3, 2), LOST),
            (MajorityRule(type="absolute"), (4, 3, 2), CARRIED),
            (MajorityRule(type="absolute", base="present"), (4, 3, 2), LOST),
            (MajorityRule(type="absolute", base="present"), (5, 3, 1), CARRIED),
            (
                MajorityRule(type="absolute", base="present", abstention="ignored"),
                (4, 3, 2),
                CARRIED,
            ),
            (MajorityRule(type="absolute", base="members"), (5, 4), LOST),
            (MajorityRule(type="absolute", base="members"), (6, 3), CARRIED),
            (MajorityRule(type="two_thirds"), (6, 3), CARRIED),
            (MajorityRule(type="two_thirds"), (5, 3), LOST),
            (MajorityRule(type="two_thirds", base="members"), (6, 3), LOST),
            (MajorityRule(type="two_thirds", base="members"), (7, 2), CARRIED),
            (MajorityRule(type="fraction", fraction="3/5"), (3, 2), CARRIED),
            (MajorityRule(type="fraction", fraction="3/5", strict=True), (3, 2), LOST),
            (MajorityRule(type="unanimity"), (9, 0), CARRIED),
            (MajorityRule(type="unanimity"), (8, 0, 1), CARRIED),
            (MajorityRule(type="unanimity", base="present"), (8, 0, 1), LOST),
            (MajorityRule(type="unanimity"), (8, 1), LOST),
            (MajorityRule(type="simple", abstention="counts_for"), (2, 3, 4), CARRIED),
            (MajorityRule(type="simple"), (0, 0, 9), LOST),
        ],
    )
    def test_table(
        self, rule: MajorityRule, votes: tuple[int, ...], expected: Outcome
    ) -> None:
        for_, against, *abstention = votes
        assert of(rule, for_, against, sum(abstention)) is expected


class TestTie:
    """« Il a voix prépondérante, en cas de partage égal des voix » (D6412-6) ;

    avant avril 2024, un partage n'est pas une majorité (inférence).
    """

    CASTING = MajorityRule(type="simple", tie="chair_prevails", tie_source="art. 5")

    @pytest.mark.parametrize(
        ("chair", "expected"),
        [
            ("for", CARRIED),
            ("against", LOST),
            ("abstention", LOST),
            ("blank", LOST),
            (None, TIE),
        ],
    )
    def test_the_chair(self, chair: str | None, expected: Outcome) -> None:
        assert of(self.CASTING, 3, 3, 1, chair=chair) is expected

    @pytest.mark.parametrize(
        ("tie", "expected"),
        [("not_carried", LOST), ("favourable", CARRIED), ("", LOST)],
    )
    def test_other_rules(self, tie: str, expected: Outcome) -> None:
        assert of(MajorityRule(type="simple", tie=tie), 3, 3) is expected

    def test_the_sentence_names_the_text(self) -> None:
        counts = Counts(for_=3, against=3, abstention=1)
        found = result(self.CASTING, counts, present=7, members=8, chair_vote="for")

        assert bare(found.explanation) == (
            "3 voix pour, 3 contre : la voix du président l’emporte, pour ; adopté "
            "(art. 5)."
        )

    def test_a_silence_is_said(self) -> None:
        counts = Counts(for_=3, against=3)
        found = result(MajorityRule(type="simple"), counts, present=6, members=8)

        assert found.inferred
        assert "silence des textes" in found.explanation

    def test_no_casting_vote_where_there_is_no_tie(self) -> None:
        counts = Counts(for_=3, against=2)
        found = result(self.CASTING, counts, present=7, members=8, chair_vote="against")

        assert (found.carried, found.casting) == (True, False)


class TestSilence:
    """Aucun texte général ne dit à quelle majorité un jury décide."""

    def test_what_every_usual_majority_says_is_decided(self) -> None:
        assert of(MajorityRule(), 9, 0) is CARRIED
        assert of(MajorityRule(), 0, 9) is LOST
        assert of(MajorityRule(), 2, 7) is LOST

    def test_where_they_differ_it_is_undecidable(self) -> None:
        assert of(MajorityRule(), 4, 3, 2) is DOUBT


class TestMerging:
    """La loi, le texte, le règlement intérieur : chacun règle ce qui reste ouvert."""

    def test_the_house_gives_the_casting_vote_before_2024(self) -> None:
        stacked = rules("RNCP5411", "RI-EXEMPLE").for_route("vae")
        rule = stacked.majority(dt.date(2008, 6, 1), dt.date(2007, 9, 1))

        assert (rule.type, rule.tie) == ("simple", "chair_prevails")
        assert rule.tie_source == "Règlement intérieur, art. 5 (exemple fictif)"

    def test_the_law_gives_it_since_13_april_2024(self) -> None:
        stacked = rules("RNCP5411", "RI-EXEMPLE").for_route("vae")

        for day, source in (
            (dt.date(2024, 4, 12), "Règlement intérieur, art. 5 (exemple fictif)"),
            (dt.date(2024, 4, 13), "Code du travail, art. D6412-6"),
        ):
            assert stacked.majority(dt.date(2024, 9, 1), day).tie_source == source

    def test_without_a_house_rule_nothing_is_said(self) -> None:
        stacked = rules("RNCP5411").for_route("vae")

        assert stacked.majority(dt.date(2008, 6, 1)) == MajorityRule()


class TestImpossibleCounts:
    def test_more_voices_than_people(self) -> None:
        found = result(
            MajorityRule(type="simple"), Counts(for_=9), present=8, members=8
        )

        assert found.outcome is DOUBT
        assert "corrigez" in found.explanation

    def test_below_zero(self) -> None:
        found = result(
            MajorityRule(type="simple"), Counts(for_=-1), present=8, members=8
        )

        assert found.outcome is DOUBT


votes = st.integers(0, 12)
any_rule = st.builds(
    MajorityRule,
    type=st.sampled_from(["", "simple", "absolute", "two_thirds", "unanimity"]),
    base=st.sampled_from(["", "cast", "present", "members"]),
    abstention=st.sampled_from(["", "ignored", "counts_against"]),
    tie=st.sampled_from(["", "chair_prevails", "not_carried", "favourable"]),
)


@given(any_rule, votes, votes, votes)
def test_one_more_voice_for_never_loses_a_vote(
    rule: MajorityRule, for_: int, against: int, abstention: int
) -> None:
    def carried(more: int) -> bool:
        counts = Counts(for_=for_ + more, against=against, abstention=abstention)
        found = result(rule, counts, present=40, members=40, chair_vote="for")
        return found.carried

    # A casting vote settles an exact tie only: one voice more is no tie any longer.
    settled = rule.tie in ("chair_prevails", "favourable") and for_ == against
    assert settled or not carried(0) or carried(1)


@given(any_rule, votes, votes, votes, st.sampled_from(["for", "against", None]))
def test_nothing_is_carried_without_a_voice_for(
    rule: MajorityRule, against: int, abstention: int, blank: int, chair: str | None
) -> None:
    counts = Counts(against=against, abstention=abstention, blank=blank)

    found = result(rule, counts, present=36, members=40, chair_vote=chair)
    assert not found.carried
