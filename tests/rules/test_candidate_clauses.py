"""Clauses that depend on the candidate: each is judged for the one it is about.

What the people alone decide is judged once for them all. A clause that reads a fact
of the candidate, whichever rulebook defines the words that do, never is.
"""

from __future__ import annotations

import datetime as dt

import pytest

from jury_tui.rules.composition import judge
from jury_tui.rules.findings import Layer, Verdict
from jury_tui.rules.people import Candidate, Member
from jury_tui.rules.rulebook import Rules, read, stack
from tests.support.juries import case, verdicts

DAY = dt.date(2026, 1, 5)
CERTIFICATION = """
code = "X"
title = "Essai"

[attributes]
discipline = "discipline"

[[routes]]
id = "vae"
label = "VAE"
jury = "jury"

[[juries]]
id = "jury"
label = "Jury"

[[juries.seats]]
id = "membre"
label = "membres"
min = 2

[groups.specialists]
label = "spécialistes de la discipline"
where = [{ attribute = "discipline", same_as_candidate = "discipline" }]

[groups.leading]
label = "spécialistes"
within = "specialists"

[[clauses]]
id = "many"
label = "deux personnes nommées"
require.count = { of = "voters", min = 2, people = "appointed" }
source = "Texte"

[[clauses]]
id = "named"
label = "un spécialiste nommé"
require.count = { of = "specialists", min = 1, people = "appointed" }
source = "Texte"
"""
HOUSE = """
code = "H"
title = "Maison"
kind = "house"

[[clauses]]
id = "one"
label = "un spécialiste"
require.any = [{ count = { of = "GROUP", min = 1 } }]
source = "Règlement"
"""
LAWYERS = tuple(
    Member(
        id=f"m{n}",
        family_name=f"Nom{n}",
        seats=("membre",),
        attributes={"discipline": "Droit"},
    )
    for n in (1, 2)
)
AWAY = Member(id="m3", family_name="Nom3", seats=("membre",))


def rules(group: str = "specialists") -> Rules:
    return stack(
        read(CERTIFICATION, "x.toml"), (), read(HOUSE.replace("GROUP", group), "h.toml")
    )


def judged(stacked: Rules, discipline: str, appointed: tuple[Member, ...]) -> object:
    someone = Candidate(id=discipline, birth_name="Leroy", discipline=discipline)
    found = judge(
        stacked,
        case(LAWYERS, DAY, Layer.CANDIDATE, appointed=appointed, candidate=someone),
    )
    told = verdicts(found)
    return told["H/one"], told["X/named"]


@pytest.mark.parametrize("order", [("droit", "chimie"), ("chimie", "droit")], ids=str)
@pytest.mark.parametrize("group", ["specialists", "leading"])
@pytest.mark.parametrize("appointed", [(), LAWYERS, (*LAWYERS, AWAY)], ids=len)
def test_each_candidate_has_an_answer_of_their_own(
    order: tuple[str, str], group: str, appointed: tuple[Member, ...]
) -> None:
    """A house clause that named a group of the certification was judged once, for
    whoever came first; so was one that counts those appointed."""
    stacked = rules(group)
    met = {
        "droit": (Verdict.SATISFIED, Verdict.SATISFIED),
        "chimie": (Verdict.BREACHED, Verdict.BREACHED),
    }
    if AWAY in appointed:  # whose discipline nobody wrote down
        met["chimie"] = (Verdict.BREACHED, Verdict.UNDECIDABLE)
    for discipline in order:
        assert met[discipline] == judged(stacked, discipline, appointed)


def test_what_only_shares_a_file_with_such_a_group_is_judged_once() -> None:
    clauses = {c.key: c.reads_candidate for c in rules().for_route("vae").clauses}

    assert {"X/many": False, "X/named": True, "H/one": True} == clauses


def test_true_is_not_the_number_one() -> None:
    """They are equal for Python and two facts for a rulebook."""
    text = CERTIFICATION.replace('"discipline"', '"level"')
    stacked = stack(read(text.replace("discipline =", "level ="), "x.toml"))
    people = tuple(
        Member(id=m.id, family_name="N", seats=m.seats, attributes={"level": 1})
        for m in LAWYERS
    )
    for level, verdict in ((1, Verdict.SATISFIED), (True, Verdict.BREACHED)):
        someone = Candidate(id="c", birth_name="L", attributes={"level": level})
        found = judge(stacked, case(people, DAY, Layer.CANDIDATE, candidate=someone))
        assert verdict is verdicts(found)["X/named"]
