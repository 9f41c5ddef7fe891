"""Texts found elsewhere, written as rulebooks without touching the engine."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from jury_tui.rules import ballot
from jury_tui.rules.composition import Chaired
from jury_tui.rules.findings import Layer
from jury_tui.rules.people import Member
from tests.support.juries import case, fatal, people, rules

NOW = dt.date(2016, 11, 23)


def given(member: Member, **facts: str | int | bool) -> Member:
    return msgspec.structs.replace(member, attributes={**member.attributes, **facts})


class TestTwoColleges:
    """« un nombre de sièges et de voix égal […] Le jury de certification comprend a

    minima un représentant de chaque collège » (KALIARTI000032508807)
    """

    RULES = rules("CQP-DEUX-COLLEGES", law=False)
    BEFORE = (Chaired(2015, "employers"),)

    def jury(self, unions: int, employers: int) -> tuple[Member, ...]:
        members = people({"salaries": unions, "employeurs": employers})
        last = f"m{unions + employers:02}"
        return tuple(
            given(m, chair=m.id == "m01", vice_chair=m.id == last) for m in members
        )

    @pytest.mark.parametrize(
        ("unions", "employers", "expected"),
        [
            (5, 5, set()),
            (1, 1, set()),
            (5, 4, {"CQP-DEUX-COLLEGES/parity"}),
        ],
    )
    def test_as_appointed(
        self, unions: int, employers: int, expected: set[str]
    ) -> None:
        judged = case(self.jury(unions, employers), NOW, history=self.BEFORE)

        assert fatal(self.RULES, judged) == expected

    def test_as_present_one_of_each_college_is_enough(self) -> None:
        named = self.jury(5, 5)

        there = case((named[0], *named[5:]), NOW, Layer.PRESENCE, appointed=named)
        assert fatal(self.RULES, there) == set()
        alone = case(named[:5], NOW, Layer.PRESENCE, appointed=named)
        assert fatal(self.RULES, alone) == {"CQP-DEUX-COLLEGES/each-college"}

    def test_an_abstention_weighs_like_a_no(self) -> None:
        rule = self.RULES.for_route("vae").majority(NOW)
        counts = ballot.Counts(for_=3, against=2, abstention=1)

        assert not ballot.result(rule, counts, present=6, members=10).carried


class TestNegoce:
    """« tout organisme de formation présentant au minimum 10 dossiers doit déléguer un

    représentant » ; « à la majorité de ses membres » (KALIARTI000029324366)
    """

    RULES = rules("CQP-NEGOCE-2014", law=False)

    @pytest.mark.parametrize(
        ("files", "expected"),
        [(9, set()), (10, {"CQP-NEGOCE-2014/organisme_formation"})],
    )
    def test_an_invitee_from_ten_files_on(self, files: int, expected: set[str]) -> None:
        judged = case(people({"salaries": 4, "patronat": 4}), NOW, candidates=files)

        assert fatal(self.RULES, judged) == expected

    def test_the_majority_is_reckoned_on_the_members(self) -> None:
        rule = self.RULES.for_route("vae").majority(NOW)
        counts = ballot.Counts(for_=4, against=0)

        found = ballot.result(rule, counts, present=4, members=8)
        assert (found.carried, found.required) == (False, 5)


class TestThesis:
    """« Le nombre des membres du jury est compris entre 3 et 8. Il est composé au moins

    pour moitié de personnalités […] extérieures […] Le président doit être un
    professeur ou assimilé » (arrêté du 7 août 2006, art. 19)
    """

    RULES = rules("THESE-2006", law=False)

    def jury(
        self, members: int, externals: int, professors: int, chair: str = "m01"
    ) -> tuple[Member, ...]:
        jury = people({"membre": members - 1, "directeur": 1})
        return tuple(
            given(
                m,
                external=number < externals,
                professor=number < professors,
                chair=m.id == chair,
            )
            for number, m in enumerate(jury)
        )

    @pytest.mark.parametrize(
        ("jury", "expected"),
        [
            ((4, 2, 2), set()),
            ((5, 2, 3), {"THESE-2006/externals"}),
            ((5, 3, 2), {"THESE-2006/professors"}),
            ((9, 5, 5), {"THESE-2006/number"}),
            ((2, 1, 1), {"THESE-2006/number"}),
        ],
    )
    def test_numbers(self, jury: tuple[int, int, int], expected: set[str]) -> None:
        judged = case(self.jury(*jury), NOW, route="thesis")

        assert fatal(self.RULES, judged) == expected

    @pytest.mark.parametrize("chair", ["m03", "m04"])
    def test_neither_the_supervisor_nor_a_lecturer_chairs(self, chair: str) -> None:
        judged = case(self.jury(4, 2, 2, chair), NOW, route="thesis")

        assert fatal(self.RULES, judged) == {"THESE-2006/chair"}
