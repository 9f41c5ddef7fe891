"""Grids filled, read a second time, settled: commands, fold, guards, audit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jury_tui.audit import Verdict
from jury_tui.cli import account, whole
from jury_tui.errors import RefusedError
from jury_tui.i18n import set_language
from jury_tui.minutes.content import Table
from jury_tui.minutes.document import minutes
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import to_record
from jury_tui.session.folding import replay
from tests.support.forging import Acts, audited, changed, forged, numbers
from tests.support.grids import Graded, graded
from tests.support.juries import bare


def twice() -> Graded:
    """Two readings that differ on two criteria."""
    sitting = graded()
    sitting.levels("aaaaaa")
    sitting.levels("apaaan", reader=2)
    return sitting


def settled() -> Graded:
    """The same, settled."""
    sitting = twice()
    sitting.do(
        "settle_readings",
        component="a",
        grids={"jury": {"levels": {"a2": "acquired", "a6": "partly_acquired"}}},
        reason="relu ensemble",
    )
    return sitting


class TestSecondReader:
    """“a second person types the same grid blind, the program names each difference,
    which must be settled before the vote is counted; both entries stay”"""

    def test_each_difference_is_named(self) -> None:
        found = judgement.differences(twice().file, "a")

        assert [(d.criterion, d.first, d.second) for d in found] == [
            ("a2", "acquired", "partly_acquired"),
            ("a6", "acquired", "not_acquired"),
        ]

    def test_no_vote_before(self) -> None:
        sitting = twice()

        with pytest.raises(RefusedError, match="Tranchez") as caught:
            sitting.do("count_votes", component="a", all="for")
        said = bare(str(caught.value))
        assert "le jury, a2 (acquis / partiellement acquis)" in said
        assert "le jury, a6 (acquis / non acquis)" in said

    def test_settled_then_voted_and_both_stay(self) -> None:
        sitting = settled()
        file = sitting.file

        assert judgement.standing(file, "a")["jury"].levels["a6"] == "partly_acquired"
        assert judgement.entries(file, "a", 1)["jury"].levels["a6"] == "acquired"
        assert judgement.entries(file, "a", 2)["jury"].levels["a6"] == "not_acquired"
        sitting.do("count_votes", component="a", all="for")
        assert sitting.file.ballot("a") is not None
        assert replay(sitting.acts) == sitting.session

    def test_typed_again_is_to_be_settled_again(self) -> None:
        sitting = settled()
        sitting.levels("aaaaan", reader=2)

        assert [d.criterion for d in judgement.unsettled(sitting.file, "a")] == ["a6"]

    def test_what_agrees_is_not_settled(self) -> None:
        for grids in ({"jury": {"levels": {"a1": "acquired"}}}, {}):
            with pytest.raises(RefusedError, match="diffèrent"):
                twice().do("settle_readings", component="a", grids=grids)
        same = graded()
        same.levels("aaaaaa")
        same.levels("aaaaaa", reader=2)
        with pytest.raises(RefusedError, match="concordent"):
            same.do("settle_readings", component="a", marks={"jury": 1000})

    def test_a_criterion_left_out_differs(self) -> None:
        sitting = graded()
        sitting.levels("aaaaaa")
        sitting.levels("aaaaa.", reader=2)

        (found,) = judgement.differences(sitting.file, "a")
        assert bare(judgement.difference_words(sitting.session, found)) == (
            "le jury, a6 (acquis / –)"
        )

    def test_marks_on_a_whole_component_too(self) -> None:
        sitting = graded()
        sitting.do("mark", component="c", marks={"m1": 1200, "m2": 900})
        sitting.do("mark", component="c", marks={"m1": 1250, "m2": 900}, reader=2)
        with pytest.raises(RefusedError, match="DURAND Claire"):
            sitting.do("count_votes", component="c", all="for")
        sitting.do("settle_readings", component="c", marks={"m1": 1250})
        sitting.do("count_votes", component="c", all="for")

        assert judgement.standing_marks(sitting.file, "c")["m1"] * 100 == 1250

    def test_undone(self) -> None:
        sitting = settled()
        sitting.do("undo")

        assert len(judgement.unsettled(sitting.file, "a")) == 2

    def test_asked_for_by_the_rules(self) -> None:
        class Twice(Graded):
            """A house whose grids are all typed twice."""

        sitting = Twice()
        adopted = [x for x in sitting.acts if isinstance(x, a.RulebookAdopted)]
        text = adopted[1].text.replace("double_entry = false", "double_entry = true")
        sitting.acts[2] = a.RulebookAdopted(
            at=adopted[1].at, name="x.toml", kind="certification", sha256="", text=text
        )
        sitting.session = replay(sitting.acts)
        sitting.appoint().register(1, parcours_start="2026-01-10").open().deliberate()
        sitting.levels("aaaaaa", member="m1")
        with pytest.raises(RefusedError, match="DURAND Claire"):
            sitting.do("count_votes", component="a", all="for")
        sitting.levels("aaaaaa", member="m1", reader=2)
        sitting.do("count_votes", component="a", all="for")

        assert sitting.file.ballot("a") is not None


class TestGuards:
    REFUSALS: tuple[tuple[str, dict[str, Any], str], ...] = (
        (
            "fill_grid",
            {"component": "a", "marks": {"a1": 1000}},
            "s’évalue par niveaux",
        ),
        ("fill_grid", {"component": "b", "levels": {"b1": "acquired"}}, "par notes"),
        ("fill_grid", {"component": "b", "marks": {"b1": 1025}}, "entre deux"),
        ("fill_grid", {"component": "b", "marks": {"b1": 2050}}, "de 0 à 20"),
        ("fill_grid", {"component": "a", "levels": {"a9": "acquired"}}, "a1"),
        ("fill_grid", {"component": "a", "levels": {"a1": "perfect"}}, "acquired"),
        ("fill_grid", {"component": "c", "levels": {"c1": "acquired"}}, "aucun"),
        ("settle_readings", {"component": "z"}, "composante"),
    )

    @pytest.mark.parametrize(("name", "fields", "said"), REFUSALS)
    def test_refused(self, name: str, fields: dict[str, Any], said: str) -> None:
        with pytest.raises(RefusedError) as caught:
            graded().do(name, **fields)
        assert said in bare(str(caught.value))

    def test_settled_on_the_scale(self) -> None:
        sitting = twice()
        for levels in ({"a2": "perfect"}, {"a2": ""}):
            with pytest.raises(RefusedError):
                sitting.do(
                    "settle_readings", component="a", grids={"jury": {"levels": levels}}
                )

    def test_departing_from_the_proposal_takes_a_reason(self) -> None:
        sitting = graded()
        for member in ("m1", "m2", "m3"):
            sitting.levels("aanaaa", member=member)
        with pytest.raises(RefusedError, match="éliminatoire a3"):
            sitting.do("count_votes", component="a", all="for")
        sitting.do("count_votes", component="a", all="for", reason="échange oral")

        ballot = sitting.file.ballot("a")
        assert ballot is not None
        assert ballot.reason == "échange oral"

    def test_a_mark_of_nought_for_the_jury_counts(self) -> None:
        sitting = graded()
        sitting.do("mark", component="b", marks={"jury": 0, "m1": 2000, "m2": 2000})

        proposed = judgement.proposal(sitting.session, sitting.file, "b")
        assert proposed is not None
        assert proposed.outcome == "not_carried"

    def test_a_grid_of_one_recused_since_counts_no_more(self) -> None:
        sitting = graded()
        sitting.levels("nnnnnn", member="m2")
        sitting.levels("aaaaaa", member="m3")
        sitting.do("recuse", member="m2", candidate="c1", kind="trainer")

        assert list(judgement.standing(sitting.file, "a")) == ["m3"]


def _not_settled(acts: Acts) -> tuple[Acts, int]:
    number = numbers(acts, "ReadingsSettled")[0]
    return [*acts[: number - 1], *acts[number:]], numbers(acts, "VoteCounted")[0] - 1


def _settled_off_the_scale(acts: Acts) -> tuple[Acts, int]:
    number = numbers(acts, "ReadingsSettled")[0]

    def forge(act: dict[str, Any]) -> None:
        act["grids"]["jury"]["levels"]["a2"] = "perfect"

    return changed(acts, number, forge), number


def _level_of_no_criterion(acts: Acts) -> tuple[Acts, int]:
    number = numbers(acts, "GridFilled")[0]

    def forge(act: dict[str, Any]) -> None:
        act["levels"]["a7"] = "acquired"

    return changed(acts, number, forge), number


def _against_the_proposal(acts: Acts) -> tuple[Acts, int]:
    vote = numbers(acts, "VoteCounted")[0]

    def forge(act: dict[str, Any]) -> None:
        ballots = dict.fromkeys(act["ballots"], "against")
        act.update(ballots=ballots, tally={"against": 8}, outcome="not_carried")

    return changed(acts, vote, forge), vote


class TestAudit:
    """A difference settled before the vote, known levels, derivations that match."""

    def acts(self) -> Acts:
        sitting = settled()
        sitting.do("count_votes", component="a", all="for")
        return [to_record(act) for act in sitting.acts]

    def test_lawful(self) -> None:
        assert audited(forged(self.acts())).verdict is Verdict.INTACT

    @pytest.mark.parametrize(
        "forge",
        [
            _not_settled,
            _settled_off_the_scale,
            _level_of_no_criterion,
            _against_the_proposal,
        ],
    )
    def test_forged(self, forge: Callable[[Acts], tuple[Acts, int]]) -> None:
        acts, number = forge(self.acts())
        report = audited(forged(acts))

        assert report.verdict is Verdict.IRREGULAR
        assert number in [f.act for f in report.findings if f.check == "votes"]


def members() -> Graded:
    """Three members far apart on a1, and a second reading settled."""
    sitting = settled()
    sitting.levels("aaaaaa", member="m1")
    sitting.levels("naapaa", member="m2")
    sitting.levels("paaaaa", member="m3")
    return sitting


class TestMinutes:
    """“the minutes may print the grid summary”: figures, and no member's name."""

    def test_the_grid_summary(self) -> None:
        sitting = members()
        made = minutes(sitting.session, code="", head="", count=1)
        table = made.page("marks").sections[0].blocks[0]
        assert isinstance(table, Table)
        (row,) = table.rows

        assert row.cells[2] == "a – Accueillir le public"
        assert row.cells[3:8] == (3, "17,41", "17,78", "14,44", "20,00")
        assert row.cells[8:10] == ("a1", "2 écarts tranchés")
        assert bare(str(row.cells[10])).endswith("→ acquis proposé")
        assert "DURAND" not in str(table.rows)

    def test_in_english_too(self) -> None:
        set_language("en")
        made = minutes(members().session, code="", head="", count=1)
        table = made.page("marks").sections[0].blocks[0]
        assert isinstance(table, Table)

        assert [c.title for c in table.columns][-3:] == [
            "Far apart on",
            "Second entry",
            "Proposal",
        ]
        assert table.rows[0].cells[9] == "2 settled"


class TestShow:
    """“`jury-tui show` must print them”"""

    def test_in_words(self) -> None:
        said = bare("\n".join(account.lines(members().session, "")))

        assert "Évaluation : 3 grilles, moyenne ≈ 17,41, médiane ≈ 17,78" in said
        assert "a1 Écoute et reformule la demande : 1 acquis" in said
        assert "écart signalé" in said
        assert "Deux saisies différaient : le jury, a6 (acquis / non acquis)" in said
        assert "Proposition : ≈ 18,89/20 pondéré, seuil 10" in said

    def test_as_data(self) -> None:
        kept = whole.session(members().session, "")["agenda"][0]

        assert {g["reader"] for g in kept["grids"]} == {1, 2}
        assert kept["readings"]["a"]["grids"]["jury"]["levels"]["a2"] == "acquired"
        assert kept["proposals"]["a"]["outcome"] == "carried"
        assert kept["proposals"]["a"]["unsettled"] == []
