"""Total, partial, none: « le jury précise le ou les blocs acquis » (R6412-7)."""

from __future__ import annotations

import pytest

from jury_tui.rules.clauses import Decision
from jury_tui.rules.decision import Extent, asked_for, decide
from jury_tui.rules.people import Acquired, Candidate
from jury_tui.rules.rulebook import load
from tests.support.juries import bare

COMPONENTS = load("RNCP5411").components
RULE = Decision()


def someone(
    components: tuple[str, ...] = (), acquired: tuple[str, ...] = ()
) -> Candidate:
    return Candidate(
        id="c1",
        birth_name="Leroy",
        components=components,
        acquired=tuple(Acquired(component=each) for each in acquired),
    )


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({"a": True, "b": True, "c": True}, Extent.TOTAL),
        ({"a": True, "b": False, "c": True}, Extent.PARTIAL),
        ({"a": False, "b": False, "c": False}, Extent.NONE),
        ({"a": True, "b": True}, None),
    ],
)
def test_all_three_components(
    results: dict[str, bool], expected: Extent | None
) -> None:
    assert decide(COMPONENTS, RULE, someone(), results).extent is expected


def test_what_was_acquired_earlier_is_locked_and_counts() -> None:
    found = decide(COMPONENTS, RULE, someone(acquired=("a",)), {"b": True, "c": True})

    assert asked_for(COMPONENTS, someone(acquired=("a",))) == ("b", "c")
    assert (found.extent, found.acquired, found.before) == (
        Extent.TOTAL,
        ("b", "c"),
        ("a",),
    )


def test_a_part_asked_for_and_acquired_is_partial_and_names_what_lacks() -> None:
    found = decide(COMPONENTS, RULE, someone(components=("b",)), {"b": True})

    assert (found.extent, found.missing) == (Extent.PARTIAL, ("a", "c"))
    assert bare(found.explanation) == (
        "Validation partielle : b (Mémoire d’application professionnelle) acquis ; il "
        "manque a (Contrôle continu) et c (Projet personnel et professionnel)."
    )


def test_the_last_part_makes_it_total() -> None:
    candidate = someone(components=("b",), acquired=("a", "c"))

    assert decide(COMPONENTS, RULE, candidate, {"b": True}).extent is Extent.TOTAL


def test_nothing_new_is_none_even_with_parts_acquired_earlier() -> None:
    candidate = someone(acquired=("a",))

    found = decide(COMPONENTS, RULE, candidate, {"b": False, "c": False})
    assert (found.extent, found.before) == (Extent.NONE, ("a",))


def test_a_commission_decides_after_a_proposal() -> None:
    rule = Decision(nature="proposal", decided_by="CPNEFP")

    found = decide(COMPONENTS, rule, someone(), {"a": True, "b": True, "c": True})
    assert (found.proposal, found.decided_by) == (True, "CPNEFP")
    assert bare(found.explanation).endswith("Le jury propose ; CPNEFP décide.")


def test_so_many_components_and_a_compulsory_one() -> None:
    rule = Decision(components_min=2, compulsory=("c",))

    enough = {"a": True, "b": False, "c": True}
    lacking = {"a": True, "b": True, "c": False}
    assert decide(COMPONENTS, rule, someone(), enough).extent is Extent.TOTAL
    assert decide(COMPONENTS, rule, someone(), lacking).missing == ("c",)


def test_no_parts_where_the_text_grants_none() -> None:
    rule = Decision(partial=False)

    found = decide(COMPONENTS, rule, someone(), {"a": True, "b": True, "c": False})
    assert (found.extent, found.acquired) == (Extent.NONE, ())
