"""What holds of every jury: order, monotony, and what a missing datum may not do."""

from __future__ import annotations

import datetime as dt
import operator
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jury_tui.rules.composition import Case, assignment, judge
from jury_tui.rules.findings import Finding, Layer, Verdict
from jury_tui.rules.headcounts import holds
from jury_tui.rules.model import Kind
from jury_tui.rules.people import Member, Tie, TieKind
from jury_tui.rules.rulebook import Rules, laws, library, load, read, stack
from jury_tui.rules.seating import Places
from tests.support.juries import candidate, people, rules

DAY = dt.date(2022, 6, 1)
BOOKS = {
    code: rules(code) for code in library() if load(code).kind is Kind.CERTIFICATION
}
AWKWARD = Path(__file__).parents[1] / "support" / "awkward.toml"
BOOKS["AWKWARD"] = stack(read(AWKWARD.read_text("utf-8"), AWKWARD.name), laws())
DATES = ["2016-01-01", "2019-06-01", "2021-12-31", "2022-06-01", "2030-01-01"]
ATTRIBUTES: dict[str, st.SearchStrategy[str | int | bool]] = {
    "qualified": st.booleans(),
    "public": st.booleans(),
    "academic": st.booleans(),
    "side": st.sampled_from(["employer", "employee"]),
    "in_practice": st.booleans(),
    "left_on": st.sampled_from(DATES),
    "experience_years": st.integers(0, 6),
    "habilitation_from": st.sampled_from(DATES),
    "habilitation_until": st.sampled_from(DATES),
    "cpnefp": st.booleans(),
    "external": st.booleans(),
    "chair": st.booleans(),
    "n": st.sampled_from([0, 1, True, False, "droit", "Dróit"]),
}


@st.composite
def juries(draw: st.DrawFn) -> tuple[Rules, tuple[Member, ...]]:
    stacked = BOOKS[draw(st.sampled_from(sorted(BOOKS)))]
    seats = sorted(stacked.for_route(stacked.certification.routes[0].id).seats)
    facts = st.fixed_dictionaries({}, optional=ATTRIBUTES)
    members = tuple(
        Member(
            id=f"m{number:02}",
            family_name=f"Nom{number}",
            seats=tuple(
                draw(st.lists(st.sampled_from(seats), max_size=3, unique=True))
            ),
            gender=draw(st.sampled_from(["F", "M", ""])),
            act_date=DAY if draw(st.booleans()) else None,
            attributes=draw(facts),
        )
        for number in range(draw(st.integers(0, 9)))
    )
    return stacked, members


layers = st.sampled_from(list(Layer))


def of(stacked: Rules, members: tuple[Member, ...], layer: Layer) -> Case:
    return Case(
        layer=layer,
        on=DAY,
        route=stacked.certification.routes[0].id,
        members=members,
        candidate=candidate(DAY) if layer is Layer.CANDIDATE else None,
    )


def verdicts(found: tuple[Finding, ...]) -> dict[str, Verdict]:
    return {finding.clause: finding.verdict for finding in found}


quick = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@quick
@given(juries(), layers, st.randoms(use_true_random=False))
def test_order_never_matters(
    jury: tuple[Rules, tuple[Member, ...]], layer: Layer, chance: random.Random
) -> None:
    stacked, members = jury
    mixed = list(members)
    chance.shuffle(mixed)

    expected = judge(stacked, of(stacked, members, layer))
    assert expected == judge(stacked, of(stacked, tuple(mixed), layer))


@quick
@given(juries(), layers, st.data())
def test_removing_a_datum_never_decides_in_favour(
    jury: tuple[Rules, tuple[Member, ...]], layer: Layer, data: st.DataObject
) -> None:
    stacked, members = jury
    holders = [m for m in members if m.attributes or m.gender or m.act_date]
    if not holders:
        return
    chosen = data.draw(st.sampled_from(holders))
    names = sorted(chosen.attributes)
    names += ["gender"] if chosen.gender else []
    names += ["act_date"] if chosen.act_date else []
    gone = data.draw(st.sampled_from(names))
    if gone == "chair":  # another may then be the one designated
        return
    if gone == "gender":
        blank = msgspec.structs.replace(chosen, gender="")
    elif gone == "act_date":
        blank = msgspec.structs.replace(chosen, act_date=None)
    else:
        left = {key: v for key, v in chosen.attributes.items() if key != gone}
        blank = msgspec.structs.replace(chosen, attributes=left)
    poorer = tuple(blank if m is chosen else m for m in members)

    before = verdicts(judge(stacked, of(stacked, members, layer)))
    after = verdicts(judge(stacked, of(stacked, poorer, layer)))
    for clause, verdict in before.items():
        # It never decides at all: a breach is not hidden by it either.
        assert after[clause] in (verdict, Verdict.UNDECIDABLE), clause


@quick
@given(juries(), st.data())
def test_removing_what_is_known_of_the_candidate_never_decides(
    jury: tuple[Rules, tuple[Member, ...]], data: st.DataObject
) -> None:
    stacked, members = jury
    facts = data.draw(st.fixed_dictionaries({}, optional={"n": ATTRIBUTES["n"]}))
    known = candidate(DAY, attributes=facts, admissible_on=DAY, employer="Mairie")
    judged = msgspec.structs.replace(
        of(stacked, members, Layer.CANDIDATE),
        candidate=known,
        appointed=members,
        ties=tuple(
            Tie(member=m.id, candidate="c1", kind=data.draw(st.sampled_from(TieKind)))
            for m in members[:2]
        ),
    )
    before = verdicts(judge(stacked, judged))
    unknown: tuple[dict[str, Any], ...] = (
        {"attributes": {}},
        {"admissible_on": None},
        {"parcours_start": None},
    )
    for nothing in unknown:
        poorer = msgspec.structs.replace(known, **nothing)
        less = msgspec.structs.replace(judged, candidate=poorer)
        after = verdicts(judge(stacked, less))
        for clause, verdict in before.items():
            if clause in after or "parcours_start" not in nothing:
                assert after[clause] in (verdict, Verdict.UNDECIDABLE), clause


@quick
@given(juries(), layers, st.data())
def test_one_more_person_never_empties_a_seat(
    jury: tuple[Rules, tuple[Member, ...]], layer: Layer, data: st.DataObject
) -> None:
    stacked, members = jury
    route = stacked.certification.routes[0].id
    seats = sorted(stacked.for_route(route).seats)
    more = Member(
        id=data.draw(st.sampled_from(["a", "zz"])),
        family_name="Renfort",
        seats=tuple(
            data.draw(st.lists(st.sampled_from(seats), min_size=1, unique=True))
        ),
    )

    before = assignment(stacked, route, members)
    after = assignment(stacked, route, (*members, more))
    lacking = {empty.seat: empty.missing for empty in before.empty}
    for empty in after.empty:
        assert empty.missing <= lacking.get(empty.seat, 0), empty


@quick
@given(st.integers(0, 9), st.integers(0, 9))
def test_a_qualified_member_more_never_breaks_a_minimum(
    plain: int, professionals: int
) -> None:
    stacked = BOOKS["R335-8"]
    jury = people({"member": plain, "professional": professionals})
    more = Member(id="a", family_name="Renfort", seats=("professional",))
    minima = ("LAW-VAE/r335-8-professionals", "LAW-VAE/r335-8-quarter")

    before = verdicts(judge(stacked, of(stacked, jury, Layer.APPOINTMENT)))
    after = verdicts(judge(stacked, of(stacked, (*jury, more), Layer.APPOINTMENT)))
    for clause in minima:
        assert not (
            before[clause] is Verdict.SATISFIED and after[clause] is Verdict.BREACHED
        )


@quick
@given(juries(), st.data())
def test_recusing_twice_is_recusing_once(
    jury: tuple[Rules, tuple[Member, ...]], data: st.DataObject
) -> None:
    stacked, members = jury
    if not members:
        return
    gone = data.draw(st.sampled_from(members)).id
    tie = Tie(member=gone, candidate="c1", kind=TieKind.EMPLOYER)
    left = tuple(m for m in members if m.id != gone)

    once = of(stacked, left, Layer.CANDIDATE)
    once = msgspec.structs.replace(once, appointed=members, ties=(tie,))
    twice = msgspec.structs.replace(
        once, members=tuple(m for m in left if m.id != gone), ties=(tie, tie)
    )
    assert judge(stacked, once) == judge(stacked, twice)


@quick
@given(juries(), layers)
def test_what_is_remembered_is_what_would_be_found(
    jury: tuple[Rules, tuple[Member, ...]], layer: Layer
) -> None:
    """People who are others and have the same facts are judged from nothing."""
    stacked, members = jury
    others = tuple(msgspec.structs.replace(member) for member in members)
    found = judge(stacked, of(stacked, members, layer))

    assert found == judge(stacked, of(stacked, members, layer))
    assert found == judge(stacked, of(stacked, others, layer))
    assert [f.explanation for f in found] == [
        f.explanation for f in judge(stacked, of(stacked, others, layer))
    ]


SIGNS = {"≥": operator.ge, ">": operator.gt, "≤": operator.le, "<": operator.lt}
parts = st.fractions(0, 3, max_denominator=12).map(str)


@given(
    st.lists(st.tuples(st.sampled_from(sorted(SIGNS)), parts), max_size=3),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_shares_are_exact(
    asked: list[tuple[str, str]], number: int, whole: int
) -> None:
    """Bounds in whole people say what comparing the fractions themselves says."""
    compared = all(
        SIGNS[sign](number, Fraction(part) * whole) for sign, part in asked
    ) and (whole > 0 or not any(sign in "≥>" for sign, _part in asked))

    assert compared is holds(tuple(asked), number, whole)


@quick
@given(juries(), st.booleans(), st.integers(0, 12))
def test_seats_answer_as_one_who_looks_at_each_again(
    jury: tuple[Rules, tuple[Member, ...]], remote: bool, candidates: int
) -> None:
    """What is kept of people with the same seats is what their seats say."""
    stacked, members = jury
    governing = stacked.for_route(stacked.certification.routes[0].id)
    places = Places(governing.jury, candidates, remote=remote, convocation=1)
    for member in (*members, *members):
        seats = [places.by_id[s] for s in member.seats if s in places.by_id]
        for quality in ("qualified", "public", "academic", "external", "nothing"):
            known = [seat.qualities for seat in seats if seat.qualities is not None]
            proven: bool | None = None
            if any(quality in qualities for qualities in known):
                proven = True
            elif seats and len(known) == len(seats):
                proven = False

            assert proven is places.proves(member.seats, quality)
        assert tuple(s.id for s in seats) == places.choices(member)


@quick
@given(juries(), layers)
def test_a_person_counts_once(
    jury: tuple[Rules, tuple[Member, ...]], layer: Layer
) -> None:
    stacked, members = jury
    route = stacked.certification.routes[0].id

    found = assignment(stacked, route, members)
    places = (*found.seats, *found.unplaced, *found.standby)
    assert sorted(places) == sorted(m.id for m in members)
