"""What a secretary does in her head at eight in the morning."""

from __future__ import annotations

import pytest

from jury_tui.session import judgement
from tests.support.sittings import Sitting


@pytest.fixture
def sitting() -> Sitting:
    """A jury of thirteen, a substitute professional, two candidates."""
    made = Sitting().appoint()
    made.do(
        "appoint",
        member={
            "id": "m14",
            "family_name": "Bernard",
            "given_names": "Luce",
            "gender": "F",
            "seats": ["representant_professionnel"],
            "substitutes": "m6",
            "act": "Décision 2008-12",
            "act_date": "2008-03-03",
        },
    )
    return made.register(2, employer="Mission locale de Brévannes")


def test_a_jury_that_stands_needs_nothing(sitting: Sitting) -> None:
    assert () == judgement.remedies(sitting.session)


def test_whom_to_call_when_a_professional_is_away(sitting: Sitting) -> None:
    changes = judgement.remedies(sitting.session, without=["m6"])

    assert ("m14",) in [c.add for c in changes]
    assert "appeler BERNARD Luce" in [
        judgement.remedy_words(sitting.session, c) for c in changes
    ]


def test_who_is_away_is_no_remedy(sitting: Sitting) -> None:
    for change in judgement.remedies(sitting.session, without=["m6", "m14"]):
        assert not {"m6", "m14"} & set(change.add)


def test_a_tie_that_compels_is_foreseen_for_its_candidate(sitting: Sitting) -> None:
    sitting.do("declare_tie", member="m7", candidate="c1", kind="accompanied")

    assert judgement.remedies(sitting.session, "c1")
    assert () == judgement.remedies(sitting.session, "c2")


def test_each_candidate_before_the_day(sitting: Sitting) -> None:
    """Who is incompatible, whether the jury still stands, whom to call."""
    sitting.do("declare_tie", member="m6", candidate="c1", kind="accompanied")
    one, two = judgement.outlooks(sitting.session)

    assert (one.leaving, one.stands) == (("m6",), False)
    assert ("m14",) in [c.add for c in judgement.remedies(sitting.session, "c1")]
    assert (two.leaving, two.stands) == ((), True)
    assert not any(
        o.stands for o in judgement.outlooks(sitting.session, frozenset({"m6"}))
    )


def test_expected_leaves_who_is_there_as_they_are(sitting: Sitting) -> None:
    sitting.do("convene")
    sitting.do("arrive", member="m2", presence="remote", means="visio")
    there = judgement.expected(sitting.session, ["m1"])

    assert not there.is_present("m1")
    assert there.attendance["m2"].remote
    assert there.is_present("m3")


def test_suggestions_wait_for_a_person(sitting: Sitting) -> None:
    """A name that is alike proves nothing: suggested, then confirmed or dismissed."""
    card = {"id": "m2", "family_name": "Morel", "given_names": "Paul"}
    card |= {"gender": "M", "employer": "MISSION LOCALE DE BREVANNES"}
    seat = {"seats": ["formateur_enseignant"], "act": "A", "act_date": "2008-03-03"}
    sitting.do("amend_member", member={**card, **seat})
    found = judgement.suggestions(sitting.session)

    assert {("m2", "c1"), ("m2", "c2")} == {(s.member, s.candidate) for s in found}
    sitting.do("dismiss_tie", member="m2", candidate="c1", reason="homonyme")
    sitting.do("declare_tie", member="m2", candidate="c2", kind="employer")
    assert () == judgement.suggestions(sitting.session)
