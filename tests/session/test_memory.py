"""Answers are remembered for as long as what they depend on is the very same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from jury_tui.i18n import set_language
from jury_tui.rules.findings import Finding
from jury_tui.session import judgement
from jury_tui.session.acts import Tally
from jury_tui.session.session import Session
from tests.support.sittings import opened


@pytest.fixture
def english() -> Iterator[None]:
    """The language changes during a test, and is French again after it."""
    yield
    set_language("fr")


def of_first(session: Session) -> tuple[Finding, ...]:
    return judgement.for_candidate(session, "c1")


def test_a_vote_does_not_make_the_composition_be_judged_again() -> None:
    sitting = opened().deliberate()
    before = of_first(sitting.session)
    sitting.do("count_votes", component="a", all="for")

    assert before is of_first(sitting.session)


def test_a_departure_does() -> None:
    sitting = opened().deliberate()
    before = of_first(sitting.session)
    sitting.do("depart", member="m4")

    assert before != of_first(sitting.session)
    assert "m4" not in judgement.sitting_voters(
        sitting.session, sitting.session.files["c1"]
    )


def test_a_recusal_concerns_its_candidate_only() -> None:
    sitting = opened()
    first, second = (judgement.for_candidate(sitting.session, c) for c in ("c1", "c2"))
    sitting.do("recuse", member="m6", candidate="c1", kind="employer")

    assert first is not of_first(sitting.session)
    assert second is judgement.for_candidate(sitting.session, "c2")


def test_where_components_stand_is_said_of_the_file_asked_about() -> None:
    """A file that the session does not hold: the audit asks of a run to come."""
    sitting = opened().deliberate()
    early = sitting.session
    assert "pending" == judgement.component_results(early, early.files["c1"])["a"]
    sitting.do("count_votes", component="a", all="for")
    late = sitting.session.files["c1"]

    assert "acquired" == judgement.component_results(early, late)["a"]
    assert "pending" == judgement.component_results(early, early.files["c1"])["a"]


def test_two_sessions_in_turn_are_not_taken_for_one_another() -> None:
    whole = opened()
    fewer = opened()
    fewer.do("depart", member="m4")
    for _ in range(2):
        assert 8 == voters_of_first(whole.session)
        assert 7 == voters_of_first(fewer.session)


def voters_of_first(session: Session) -> int:
    return len(judgement.sitting_voters(session, session.files["c1"]))


def test_true_is_not_the_number_one() -> None:
    """They are equal for Python and two facts for a rulebook: an attribute amended
    from 1 to true left the findings as they were."""
    session = opened().session
    said = replace(session.members["m4"], attributes={"experience": 1})
    before = replace(session, members={**session.members, "m4": said})
    judgement.placed(before)
    amended = replace(said, attributes={"experience": True})
    after = replace(before, members={**before.members, "m4": amended})

    assert before.members == after.members
    assert amended is next(m for m in judgement.sitting(after, "c1") if m.id == "m4")


def test_each_language_has_its_sentences(english: None) -> None:
    session = opened().session
    french = [f.explanation for f in of_first(session)]
    set_language("en")
    said = [f.explanation for f in of_first(session)]

    assert len(french) == len(said)
    assert french != said


def test_a_result_is_put_into_words_in_the_language_of_its_reader(
    english: None,
) -> None:
    session = opened().deliberate().session
    found = judgement.result(session, session.files["c1"], Tally(for_=8), 8)
    french = found.explanation
    set_language("en")

    assert french != found.explanation
    assert "8" in found.explanation
