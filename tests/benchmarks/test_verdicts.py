"""What makes the benchmark command fail, and what does not."""

from __future__ import annotations

import ast
import math
import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import __main__ as command
from tests.benchmarks import table, verdicts
from tests.benchmarks.lib import exponent
from tests.benchmarks.verdicts import Known, best, beyond, met, outgrown


def ratio(found: float, goal: float = 2, **more: Any) -> dict[str, Any]:
    line = {"name": "vote / floor", "n": 1, "ratio": found, "goal": goal}
    more = {"part": "rivals", "script": "latency"} | more
    return line | {"p50": found, "floor_p50": 1.0, "noisy": False} | more


def attempts(
    monkeypatch: pytest.MonkeyPatch, *found: dict[str, Any], until: float = math.inf
) -> tuple[list[dict[str, Any]], list[str], int]:
    """Each run of a script prints the next figure."""
    runs: Iterator[dict[str, Any]] = iter(found)
    made: list[bool] = []

    def ran(_script: str, parts: Sequence[str], *, full: bool) -> list[dict[str, Any]]:
        assert parts == (["rivals"] if made else []), "only what is in doubt, again"
        made.append(full)
        return [next(runs)]

    monkeypatch.setattr(command, "ran", ran)
    figures, failures = command.judged("latency", full=False, until=until)
    return figures, failures, len(made)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote is known to take 3 × its floor, where 2 is the goal."""
    row = Known("vote / floor", 3.0, "it draws more.")
    monkeypatch.setattr(verdicts, "known", lambda: {row.figure: row})
    monkeypatch.setattr(table, "known", lambda: {row.figure: row})


class TestFailing:
    """It fails only when a ratio is beyond 1.5 × its goal three times in a row on a
    run whose floor was steady.
    """

    def test_three_times(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _figures, failures, runs = attempts(monkeypatch, ratio(4), ratio(5), ratio(3.1))

        assert (["latency: vote / floor, n = 1, 3 times in a row"], 3) == (
            failures,
            runs,
        )

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

    def test_an_attempt_on_a_noisy_floor_ends_the_row(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _figures, failures, runs = attempts(
            monkeypatch, ratio(4), ratio(9, noisy=True), ratio(4)
        )

        assert ([], 2) == (failures, runs)

    def test_without_time_to_measure_again_nothing_fails(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _figures, failures, runs = attempts(monkeypatch, ratio(9), until=0)

        assert ([], 1) == (failures, runs)

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


@pytest.mark.usefixtures("recorded")
class TestShortfalls:
    """A goal known to be missed: 1.5 × the shortfall recorded is what fails."""

    @pytest.mark.parametrize(("found", "fails"), [(4.4, False), (4.6, True)])
    def test_move_the_limit(self, found: float, fails: bool) -> None:
        assert fails == beyond(ratio(found))
        assert not met(ratio(found))

    def test_of_a_least(self, monkeypatch: pytest.MonkeyPatch) -> None:
        row = Known("vote / floor", 1.6, "starting takes time.")
        monkeypatch.setattr(verdicts, "known", lambda: {row.figure: row})

        assert not beyond(ratio(1.1, 1.8, sense="≥"))
        assert beyond(ratio(1.0, 1.8, sense="≥"))

    def test_do_not_loosen_a_goal_that_is_met(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = Known("vote / floor", 1.0, "")
        monkeypatch.setattr(verdicts, "known", lambda: {row.figure: row})

        assert beyond(ratio(3.1))
        assert not beyond(ratio(2.9))

    def test_that_are_none_any_more_are_named(self) -> None:
        assert [] == outgrown([ratio(1.9), ratio(2.5, n=2)])
        assert [] == outgrown([ratio(1.9, noisy=True)])
        assert ["vote / floor"] == outgrown([ratio(1.9), ratio(1.8, n=2)])

    def test_are_explained_under_the_table(self, tmp_path: Path) -> None:
        page = tmp_path / "benchmarks.md"
        table.write(page, [ratio(2.5)], full=True)

        assert "- ✗ vote over floor: it draws more." in page.read_text("utf-8")


def test_every_shortfall_has_its_reason() -> None:
    rows = tomllib.loads(
        Path(verdicts.__file__).with_name("shortfalls.toml").read_text("utf-8")
    )["shortfall"]

    assert len(rows) == len(verdicts.known())
    for row in verdicts.known().values():
        assert row.why.strip().endswith(".")
        assert "\n" not in row.why.strip()


class TestTable:
    """A table "figure, goal, measured, machine", one for each row of issue 7."""

    def test_rows(self, tmp_path: Path) -> None:
        page = tmp_path / "benchmarks.md"
        skipped = {"name": "first paint", "skipped": "no terminal", "n": 0}
        skipped |= {"script": "startup", "part": "first_paints"}
        figures = [ratio(2.5, exponent=0.1, machine="M"), ratio(1.5, n=9), skipped]
        table.write(page, figures, full=True)

        lines = page.read_text("utf-8").splitlines()
        measured = "2.5 × (2.5 s over 1 s), **not met**"
        assert f"| ✗ | vote | floor | ≤ 2 × | {measured} | 1 | 0.1 |" in lines
        assert "| ✓ | vote | floor | ≤ 2 × | 1.5 × (1.5 s over 1 s) | 9 | – |" in lines
        assert "Measured: all sizes, on M." in lines
        at = lines.index("## First paint")
        assert "- Not measured: first paint (no terminal)." in lines[at:]

    def test_has_a_place_for_every_script(self, tmp_path: Path) -> None:
        page = tmp_path / "benchmarks.md"
        table.write(
            page, [ratio(1, script=script) for script in command.SCRIPTS], full=False
        )

        rows = [w for w in page.read_text("utf-8").splitlines() if "| vote |" in w]
        assert len(command.SCRIPTS) == len(rows)


def test_rivals_are_never_imported_by_the_program() -> None:
    """Peers' packages in an optional group, never imported by the program."""
    project = tomllib.loads((command.ROOT / "pyproject.toml").read_text("utf-8"))
    rivals = {re.split(r"[<>=\[]", w)[0] for w in project["dependency-groups"]["bench"]}
    imported = {
        name
        for path in (command.ROOT / "jury_tui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _names(node)
    }

    assert rivals
    assert "msgspec" in imported
    assert set() == rivals & imported


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0].lower() for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module.split(".")[0].lower()]
    return []


def test_growth() -> None:
    """Three sizes a decade apart: 0 does not grow, 1 in proportion."""
    assert 1.0 == exponent({10: [1.0], 100: [10.0], 1000: [100.0]})
    assert 0.0 == exponent({10: [3.0, 3.0], 100: [3.0], 1000: [3.0]})
