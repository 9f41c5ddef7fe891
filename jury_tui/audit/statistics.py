"""Figures over many sessions: pure functions of the catalogue's entries.

"No statistics" is what inspectors wrote of VAE (IGAS/IGAENR, October 2016): here is
the yearly roll-up, for screens to draw and for anybody to copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from statistics import median
from typing import TypeVar

import msgspec

from jury_tui.register.entries import Entry

_Key = TypeVar("_Key", int, str)


class Outcomes(msgspec.Struct, frozen=True, kw_only=True):
    """Candidates by outcome."""

    total: int = 0
    partial: int = 0
    none: int = 0
    absent: int = 0
    postponed: int = 0
    pending: int = 0

    @property
    def judged(self) -> int:
        """Those on whom a jury decided."""
        return self.total + self.partial + self.none

    @property
    def undecided(self) -> int:
        """Those on whom none did."""
        return self.absent + self.postponed + self.pending

    @property
    def registered(self) -> int:
        """All of them."""
        return self.judged + self.undecided


class Durations(msgspec.Struct, frozen=True, kw_only=True):
    """How long juries take, in whole minutes; 0 where nothing is known.

    Attributes:
        sessions: Sessions that were opened and closed.
        session: The median sitting.
        longest: The longest sitting.
        candidate_seconds: From call to decision, on average, in seconds.
    """

    sessions: int = 0
    session: int = 0
    longest: int = 0
    candidate_seconds: int = 0


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """The roll-up of a list of sessions.

    Attributes:
        sessions: How many; ``phases`` and ``verdicts`` divide them.
        candidates: All their candidates.
        by_year, by_certification: Candidates by outcome, sorted by key.
        remaining: How often each component was not acquired, by certification.
        durations: Over all; ``durations_by_year`` each year.
        breaches: Audited sessions with breaches of composition, by year: with
            some, of how many audited whole: those that were altered are not.
        undecided: Of the audited sessions without a breach, by year: those whose
            composition could not be judged whole.
        altered: Sessions whose register was altered: what they add to the other
            figures is in doubt.
    """

    sessions: int
    phases: dict[str, int]
    verdicts: dict[str, int]
    candidates: Outcomes
    by_year: dict[int, Outcomes]
    by_certification: dict[str, Outcomes]
    remaining: dict[str, dict[str, int]]
    durations: Durations
    durations_by_year: dict[int, Durations]
    breaches: dict[int, tuple[int, int]]
    undecided: dict[int, int] = {}
    altered: int = 0

    def to_json(self) -> bytes:
        """The figures as indented JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)


def statistics(entries: Iterable[Entry], *, examples: bool = False) -> Statistics:
    """The roll-up of these sessions.

    Args:
        entries: As ``Catalogue.entries`` gives them, filtered at will.
        examples: Whether fictitious sessions count too.
    """
    kept = [
        e for e in entries if (examples or not e.fictitious) and e.phase != "unreadable"
    ]
    years = _grouped(kept, lambda e: e.date.year if e.date is not None else 0)
    certifications = _grouped(kept, lambda e: e.certification)
    return Statistics(
        sessions=len(kept),
        phases=dict(sorted(Counter(e.phase for e in kept).items())),
        verdicts=dict(sorted(Counter(e.verdict or "" for e in kept).items())),
        candidates=outcomes(kept),
        by_year={year: outcomes(those) for year, those in years.items()},
        by_certification={
            code: outcomes(those) for code, those in certifications.items()
        },
        remaining={code: _remaining(those) for code, those in certifications.items()},
        durations=durations(kept),
        durations_by_year={year: durations(those) for year, those in years.items()},
        breaches={
            year: (
                sum(e.breaches > 0 for e in those if not e.was_altered),
                sum(e.audited is not None for e in those if not e.was_altered),
            )
            for year, those in years.items()
        },
        undecided={
            year: sum(
                e.undecided > 0 and not e.breaches
                for e in those
                if not e.was_altered and e.audited is not None
            )
            for year, those in years.items()
        },
        altered=sum(e.was_altered for e in kept),
    )


def outcomes(entries: Iterable[Entry]) -> Outcomes:
    """Candidates of these sessions by outcome."""
    there = list(entries)
    known = {
        outcome: sum(getattr(e, outcome) for e in there)
        for outcome in ("total", "partial", "none", "absent", "postponed")
    }
    # Whoever is none of these: whatever a register says, the numbers add up.
    left = sum(e.candidates for e in there) - sum(known.values())
    return Outcomes(**known, pending=max(0, left))


def durations(entries: Iterable[Entry]) -> Durations:
    """How long these sessions took."""
    there = list(entries)
    minutes = sorted(
        max(0, int((e.closed - e.opened).total_seconds() // 60))
        for e in there
        if e.opened is not None
        and e.closed is not None
        and (e.opened.tzinfo is None) == (e.closed.tzinfo is None)
    )
    judged = sum(e.total + e.partial + e.none for e in there)
    seconds = sum(e.voting_seconds for e in there)
    return Durations(
        sessions=len(minutes),
        session=int(median(minutes)) if minutes else 0,
        longest=minutes[-1] if minutes else 0,
        candidate_seconds=seconds // judged if judged else 0,
    )


def _remaining(entries: list[Entry]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for entry in entries:
        counts.update(entry.remaining)
    return dict(sorted(counts.items()))


def _grouped(
    entries: list[Entry], key: Callable[[Entry], _Key]
) -> dict[_Key, list[Entry]]:
    """Entries by a key, the keys in order."""
    groups: dict[_Key, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(key(entry), []).append(entry)
    return dict(sorted(groups.items()))
