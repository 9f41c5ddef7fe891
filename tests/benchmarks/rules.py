"""How long judging takes: ``python -m tests.benchmarks.rules``.

The target is 200 candidates × 13 members × 20 clauses in less than 50 ms. Three
mixes are timed: one jury for all, one recusal in ten, and a different jury for each
candidate (nothing can be remembered from one to the next).
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable

import msgspec

from jury_tui.rules.clauses import Count
from jury_tui.rules.composition import Case, judge
from jury_tui.rules.findings import Layer
from jury_tui.rules.people import Candidate, Member, Tie, TieKind
from jury_tui.rules.rulebook import Rules, laws, load, stack

DAY = dt.date(2008, 6, 1)
TARGET_MS = 50.0
SEATS = (
    ["president"]
    + ["formateur_enseignant"] * 4
    + ["representant_professionnel"] * 2
    + ["responsable_du_titre", "responsable_vae_pole", "representant_national_vae"]
    + ["conseiller_vae"] * 3
)


def rules_of(clauses: int) -> Rules:
    """RNCP 5411 with its laws, filled up to so many findings a candidate."""
    book = load("RNCP5411")
    plain = stack(book, laws())
    already = len(judge(plain, cases(plain, 1, 13, 0)[0]))
    pattern = book.clauses[0]
    require = msgspec.structs.replace(pattern.require, count=Count(of="voters", min=1))
    more = tuple(
        msgspec.structs.replace(
            pattern, id=f"more-{number}", require=require, silent_at=()
        )
        for number in range(max(0, clauses - already))
    )
    return stack(msgspec.structs.replace(book, clauses=(*book.clauses, *more)), laws())


def cases(_rules: Rules, candidates: int, members: int, recusals: int) -> list[Case]:
    """One case a candidate; every ``recusals``-th has a member recused (0: none)."""
    jury = tuple(
        Member(
            id=f"m{number:03}",
            family_name=f"Nom{number}",
            seats=(SEATS[number % len(SEATS)],),
            gender="FM"[number % 2],
            act_date=DAY,
        )
        for number in range(members)
    )
    found = []
    for number in range(candidates):
        someone = Candidate(
            id=f"c{number}",
            birth_name=f"Nom{number}",
            parcours_start=dt.date(2007, 9, 1),
        )
        out = number % members if recusals and number % recusals == 0 else -1
        # A tie of somebody else's: read, and not this candidate's.
        tie = Tie(member="m000", candidate="other", kind=TieKind.EMPLOYER)
        sitting = jury if out < 0 else (*jury[:out], *jury[out + 1 :])
        found.append(
            Case(
                layer=Layer.CANDIDATE,
                on=DAY,
                route="vae",
                members=sitting,
                appointed=jury,
                candidate=someone,
                candidates=candidates,
                ties=(tie,),
            )
        )
    return found


def apart(given: list[Case]) -> list[Case]:
    """The same cases with people of their own: nothing is remembered between two."""
    return [
        msgspec.structs.replace(
            case,
            members=tuple(msgspec.structs.replace(m) for m in case.members),
        )
        for case in given
    ]


def best_of(times: int, run: Callable[[], object]) -> float:
    """The shortest time, in milliseconds."""
    shortest = float("inf")
    for _time in range(times):
        start = time.perf_counter()
        run()
        shortest = min(shortest, (time.perf_counter() - start) * 1000)
    return shortest


def measured(candidates: int, members: int, clauses: int, mix: str) -> float:
    """Milliseconds to judge every candidate once, from nothing remembered."""
    shortest = float("inf")
    rules = rules_of(clauses)
    for _time in range(5):
        given = cases(rules, candidates, members, 10 if mix == "one in ten" else 0)
        if mix == "all apart":
            given = apart(given)

        def run(given: list[Case] = given) -> None:
            for case in given:
                judge(rules, case)

        shortest = min(shortest, best_of(1, run))
    return shortest


def main() -> int:
    """Print the figures; 1 when a shared jury misses the target."""
    missed = False
    for mix in ("one jury", "one in ten", "all apart"):
        took = measured(200, 13, 20, mix)
        missed = missed or (mix != "all apart" and took >= TARGET_MS)
        print(f"200 candidates, 13 members, 20 clauses, {mix:10}: {took:8.2f} ms")
    for candidates, members, clauses in (
        (400, 13, 20), (200, 26, 20), (200, 13, 40),
    ):  # fmt: skip
        took = measured(candidates, members, clauses, "all apart")
        print(
            f"{candidates} candidates, {members} members, {clauses} clauses, "
            f"all apart: {took:8.2f} ms"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
