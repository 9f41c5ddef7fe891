"""What makes the benchmark command fail, and what does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import table
from tests.benchmarks.lib import exponent
from tests.benchmarks.verdicts import best, beyond, met


def ratio(found: float, goal: float = 2, **more: Any) -> dict[str, Any]:
    line = {"name": "vote / floor", "n": 1, "ratio": found, "goal": goal}
    return line | {"p50": found, "floor_p50": 1.0, "noisy": False} | more


def attempts(
    monkeypatch: pytest.MonkeyPatch, *found: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[str], int]:
    """Each run of a script prints the next figure."""
    runs: Iterator[dict[str, Any]] = iter(found)
    made = []

    def ran(_script: str, *, full: bool) -> list[dict[str, Any]]:
        made.append(full)
        return [next(runs)]

    monkeypatch.setattr(command, "ran", ran)
    figures, failures = command.judged("latency", full=False)
    return figures, failures, len(made)


class TestFailing:
    """It fails only when a ratio is beyond 1.5 × its goal three times in a row on a
    run whose floor was steady.
    """

    def test_three_times(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _figures, failures, runs = attempts(monkeypatch, ratio(4), ratio(5), ratio(3.1))

        assert (["latency: vote / floor, n = 1"], 3) == (failures, runs)

    def test_a_miss_within_the_tolerance_is_reported_only(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        figures, failures, runs = attempts(monkeypatch, ratio(2.9))

        assert ([], 1) == (failures, runs)
        assert not met(figures[0])

    def test_twice_then_better(self, monkeypatch: pytest.MonkeyPatch) -> None:
        figures, failures, runs = attempts(monkeypatch, ratio(4), ratio(5), ratio(2))

        assert ([], 3) == (failures, runs)
        assert 2 == figures[0]["ratio"]

    def test_a_noisy_floor_is_declared_not_failed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        figures, failures, runs = attempts(monkeypatch, ratio(9, noisy=True))

        assert ([], 1) == (failures, runs)
        assert table.sentence(figures[0]).startswith("[noisy]")

    def test_a_steady_attempt_is_preferred(self) -> None:
        steady, unsteady = ratio(2.5), ratio(1, noisy=True)

        assert steady == best(unsteady, steady) == best(steady, unsteady)

    @pytest.mark.parametrize(
        ("figure", "fails"),
        [
            (ratio(1.1, 1.8, sense="≥"), True),
            (ratio(1.3, 1.8, sense="≥"), False),
            ({"name": "bytes", "value": 9000, "unit": "B", "goal": 4000}, True),
            ({"name": "time", "value": 9000, "unit": "ms", "goal": 1}, False),
            ({"name": "textual", "value": 1, "unit": "packages", "goal": 0}, True),
            ({"name": "textual", "value": 0, "unit": "packages", "goal": 0}, False),
            ({"name": "no goal", "value": 9, "unit": "×", "goal": None}, False),
            ({"name": "skipped", "skipped": "no terminal", "goal": None}, False),
        ],
    )
    def test_what_may_fail(self, figure: dict[str, Any], fails: bool) -> None:
        assert fails == beyond(figure)


class TestTable:
    """A table "figure, against, goal, measured, n, growth exponent, machine"."""

    def test_rows(self, tmp_path: Path) -> None:
        page = tmp_path / "benchmarks.md"
        skipped = {"name": "first paint", "skipped": "no terminal", "n": 0}
        table.write(page, [ratio(2.5, exponent=0.1, machine="M"), skipped], full=True)

        text = page.read_text("utf-8")
        measured = "2.5 × (2.5 s over 1 s), **not met**"
        row = f"| vote | floor | ≤ 2 × | {measured} | 1 | 0.1 | M |"
        assert row in text.splitlines()
        assert "- Not measured: first paint (no terminal)." in text.splitlines()


def test_growth() -> None:
    """Three sizes a decade apart: 0 does not grow, 1 in proportion."""
    assert 1.0 == exponent({10: [1.0], 100: [10.0], 1000: [100.0]})
    assert 0.0 == exponent({10: [3.0, 3.0], 100: [3.0], 1000: [3.0]})
