"""How long judging takes: ``python -m tests.benchmarks.rules [--full]``.

The goal is 200 candidates × 13 members × 20 clauses in less than 50 ms. Three
mixes are timed: one jury for all, one recusal in ten, and a different jury for each
candidate (nothing can be remembered from one to the next).
"""

from __future__ import annotations

import datetime as dt
import statistics
import time

import msgspec

from jury_tui.rules.clauses import Count
from jury_tui.rules.composition import Case, judge
from jury_tui.rules.findings import Layer
from jury_tui.rules.people import Candidate, Member, Tie, TieKind
from jury_tui.rules.rulebook import Rules, laws, load, stack
from tests.benchmarks.lib import amount, exponent, noisy, run

DAY = dt.date(2008, 6, 1)
GOAL_MS = 50.0
MIXES = ("one jury", "one in ten", "all apart")
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


def judged(
    candidates: int, members: int, clauses: int, mix: str, *, read: bool = False
) -> list[float]:
    """Seconds of processor to judge all once, from nothing remembered; five times.

    With ``read``, every finding is put into words too, whatever its verdict: a screen
    does so for the few it shows.
    """
    taken = []
    rules = rules_of(clauses)
    for _time in range(5):
        given = cases(rules, candidates, members, 10 if mix == "one in ten" else 0)
        if mix == "all apart":
            given = apart(given)
        start = time.process_time()
        for case in given:
            found = judge(rules, case)
            if read:
                for finding in found:
                    str(finding.explanation)
        taken.append(time.process_time() - start)
    return taken


def usual(_full: bool) -> None:
    """The usual size, against the goal."""
    for mix in MIXES:
        taken = judged(200, 13, 20, mix)
        amount(
            f"judge every candidate, {mix}",
            200,
            1000 * statistics.median(taken),
            "ms",
            GOAL_MS,
            steady=not noisy(taken),
            note="13 members, 20 clauses",
        )
    for mix in MIXES:
        taken = judged(200, 13, 20, mix, read=True)
        amount(
            f"judge every candidate and put every finding into words, {mix}",
            200,
            1000 * statistics.median(taken),
            "ms",
            steady=not noisy(taken),
            note="13 members, 20 clauses",
        )


def growth(full: bool) -> None:
    """In each of the three factors."""
    sizes = {
        "candidates": [(20 * n, 13, 20) for n in (1, 10, 100)],
        "members": [(200, 13 * n, 20) for n in (1, 3, 10)],
        "clauses": [(200, 13, 20 * n) for n in (1, 3, 10)],
    }
    for place, (factor, asked) in enumerate(sizes.items()):
        for mix in MIXES if full else ("one jury", "all apart"):
            by_size = {size[place]: judged(*size, mix) for size in asked}
            amount(
                f"growth with the number of {factor}, {mix}",
                max(by_size),
                power := exponent(by_size),
                "exponent",
                1.1,
                steady=not any(noisy(taken) for taken in by_size.values()),
                exponent=power,
                note=f"{factor}: {', '.join(map(str, by_size))}",
            )


if __name__ == "__main__":
    run(usual, growth)
