"""Figures over sessions: a pure function of the catalogue's entries."""

from __future__ import annotations

import datetime as dt

import msgspec

from jury_tui.audit.statistics import Outcomes, statistics
from jury_tui.register.entries import Entry

_NINE = dt.datetime(2026, 3, 14, 9, 0, tzinfo=dt.UTC)
FIRST = Entry(
    folder="a",
    session="a",
    certification="RNCP5411",
    date=dt.date(2026, 3, 14),
    opened=_NINE,
    closed=_NINE + dt.timedelta(hours=3, minutes=20),
    phase="sealed",
    candidates=6,
    done=6,
    total=2,
    partial=2,
    none=1,
    absent=1,
    remaining={"b": 2, "c": 1},
    voting_seconds=5 * 1500,
    verdict="irregular",
    breaches=3,
    audited=_NINE,
)
SECOND = msgspec.structs.replace(
    FIRST,
    folder="b",
    session="b",
    certification="RNCP39387",
    date=dt.date(2025, 6, 1),
    closed=_NINE + dt.timedelta(hours=1),
    candidates=3,
    done=2,
    total=1,
    partial=0,
    none=0,
    absent=0,
    postponed=1,
    remaining={},
    voting_seconds=600,
    verdict="intact",
    breaches=0,
)
EXAMPLE = msgspec.structs.replace(FIRST, folder="c", session="c", fictitious=True)
STRANGE = Entry(folder="d", session="d")


class TestTheRollUp:
    """Statistics over sessions: outcomes by year, by certification, partials by
    component, durations, composition breaches."""

    figures = statistics([FIRST, SECOND, EXAMPLE, STRANGE])

    def test_leaves_examples_and_unreadable_files_out(self) -> None:
        assert (2, {"sealed": 2}) == (self.figures.sessions, self.figures.phases)

    def test_counts_candidates_by_outcome(self) -> None:
        assert (
            Outcomes(total=3, partial=2, none=1, absent=1, postponed=1, pending=1)
            == self.figures.candidates
        )
        assert (6, 9) == (
            self.figures.candidates.judged,
            self.figures.candidates.registered,
        )

    def test_whatever_a_register_says_the_numbers_add_up(self) -> None:
        """Those without an outcome that is known were left out of the sum."""
        odd = msgspec.structs.replace(FIRST, candidates=9, done=9)
        found = statistics([odd]).candidates
        assert (9, 4, 3) == (found.registered, found.undecided, found.pending)

    def test_by_year_and_certification_in_order(self) -> None:
        assert [2025, 2026] == list(self.figures.by_year)
        assert ["RNCP39387", "RNCP5411"] == list(self.figures.by_certification)
        assert 2 == self.figures.by_year[2026].total

    def test_components_not_acquired(self) -> None:
        assert {"RNCP39387": {}, "RNCP5411": {"b": 2, "c": 1}} == self.figures.remaining

    def test_durations_in_whole_minutes(self) -> None:
        durations = self.figures.durations
        assert (2, 130, 200, (7500 + 600) // 6) == (
            durations.sessions,
            durations.session,
            durations.longest,
            durations.candidate_seconds,
        )
        assert 200 == self.figures.durations_by_year[2026].session

    def test_breaches_of_composition_among_the_audited(self) -> None:
        assert {2025: (0, 1), 2026: (1, 1)} == self.figures.breaches
        assert {"intact": 1, "irregular": 1} == self.figures.verdicts

    def test_of_nothing_is_nothing(self) -> None:
        nothing = statistics([])
        assert (0, {}, 0) == (
            nothing.sessions,
            nothing.by_year,
            nothing.durations.session,
        )

    def test_is_json_for_whoever_scripts_it(self) -> None:
        assert 2 == msgspec.json.decode(self.figures.to_json())["sessions"]
