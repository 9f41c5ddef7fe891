"""Each target for a second; ``JURY_TUI_FUZZ_SECONDS`` or ``JURY_TUI_LONG`` for more."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.running import MOST_GROWN, TARGETS, run, summary
from tests.support.lengths import count

SECONDS = count("JURY_TUI_FUZZ_SECONDS", 1, 600)


@pytest.mark.parametrize("target", TARGETS)
def test_findings_or_one_of_our_errors(target: str) -> None:
    """« Fuzzing the reader for ten minutes: findings or one of our errors, nothing
    raw, memory bounded » (issue 4); « Fuzzing the verifier (mutated packages, ten
    minutes) yields verdicts only » (issue 5).
    """
    outcome = run([target], SECONDS, os.environ.get("JURY_TUI_FUZZ_SEED", "4"))

    assert {} == outcome.raised
    assert outcome.grown < MOST_GROWN
    print(summary(outcome))


def test_a_target_that_raises_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(folder: object) -> object:
        def step(chance: object) -> None:
            raise KeyError("raw")

        return step

    monkeypatch.setitem(TARGETS, "wrong", wrong)
    outcome = run(["wrong"], 0, "4")

    assert 1 == outcome.times_raised
    assert ["wrong --seed 4 --only 0"] == list(outcome.raised.values())
