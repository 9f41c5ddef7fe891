"""Invented juries for tests of the rules: so many people a seat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jury_tui.rules.composition import Case, judge
from jury_tui.rules.findings import Finding, Layer, Severity, Verdict
from jury_tui.rules.people import Candidate, Member
from jury_tui.rules.rulebook import Rules, laws, load, read, source, stack

BEFORE = dt.date(2000, 1, 1)
SMALL = """
code = "X"
title = "Essai"

[[routes]]
id = "vae"
label = "VAE"
jury = "jury"

[[juries]]
id = "jury"
label = "Jury"

[[juries.seats]]
id = "chair"
label = "président"
count = 1
chair = true

[groups.pros]
label = "professionnels"
seats = ["chair"]

[[clauses]]
id = "one"
label = "un"
require.count = { of = "pros", min = 1 }
source = "Texte"
"""


def people(
    counts: dict[str, int] | Iterable[tuple[str, int]],
    start: int = 1,
    **attributes: str | int | bool,
) -> tuple[Member, ...]:
    """Members ``m01``, ``m02``…, seat by seat, women and men in turn."""
    pairs = counts.items() if isinstance(counts, dict) else counts
    seats = [seat for seat, number in pairs for _each in range(number)]
    return tuple(
        Member(
            id=f"m{number:02}",
            family_name=f"Nom{number:02}",
            seats=(seat,),
            gender="FM"[number % 2],
            act="Arrêté 12",
            act_date=BEFORE,
            act_authority="le président",
            attributes=dict(attributes),
        )
        for number, seat in enumerate(seats, start)
    )


def rules(code: str, house: str | None = None, *, law: bool = True) -> Rules:
    """A shipped certification, with the general law, and a house rule if named."""
    return stack(
        load(code), laws() if law else (), None if house is None else load(house)
    )


def edited(code: str, old: str, new: str) -> Rules:
    """A shipped certification with one reading changed in its text."""
    name, text = source(code)
    assert old in text
    return stack(read(text.replace(old, new), name), laws())


def case(
    members: tuple[Member, ...],
    on: dt.date,
    layer: Layer = Layer.APPOINTMENT,
    route: str = "vae",
    **more: object,
) -> Case:
    """A case; anything else of :class:`Case` by name."""
    return Case(layer=layer, on=on, route=route, members=members, **more)  # type: ignore[arg-type]


def candidate(parcours: dt.date | None, **more: object) -> Candidate:
    """A candidate who began the parcours that day."""
    return Candidate(id="c1", birth_name="Leroy", parcours_start=parcours, **more)  # type: ignore[arg-type]


def verdicts(found: Iterable[Finding]) -> dict[str, Verdict]:
    """Clause to verdict."""
    return {finding.clause: finding.verdict for finding in found}


def of(stacked: Rules, judged: Case, clause: str) -> Finding:
    """The finding of one clause."""
    found = [f for f in judge(stacked, judged) if f.clause == clause]
    assert len(found) == 1, [f.clause for f in judge(stacked, judged)]
    return found[0]


def fatal(stacked: Rules, judged: Case) -> set[str]:
    """Clauses breached that block."""
    return {finding.clause for finding in judge(stacked, judged) if finding.blocks}


def to_justify(stacked: Rules, judged: Case) -> set[str]:
    """Clauses breached that ask for a justification."""
    return {
        finding.clause
        for finding in judge(stacked, judged)
        if finding.verdict is Verdict.BREACHED and finding.severity is Severity.JUSTIFY
    }


def bare(text: str) -> str:
    """A sentence with plain spaces, as one types it in a test."""
    return text.replace("\u00a0", " ")
