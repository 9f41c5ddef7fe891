"""Each target for a second; ``JURY_TUI_FUZZ_SECONDS`` or ``JURY_TUI_LONG`` for more."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from tests.fuzz import running
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


def raises(chance: object) -> None:
    raise KeyError("raw")


def never_ends(chance: object) -> None:
    while True:
        pass


@pytest.mark.parametrize(
    "step",
    [
        raises,
        pytest.param(
            never_ends,
            marks=pytest.mark.skipif(
                not hasattr(signal, "setitimer"), reason="no alarm on this system"
            ),
        ),
    ],
)
def test_what_is_wrong_is_said(
    step: Callable[[object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 0.05)
    monkeypatch.setitem(TARGETS, "wrong", lambda folder: step)
    outcome = run(["wrong"], 0, "4")

    assert 1 == outcome.times_raised
    assert ["wrong --seed 4 --only 0"] == list(outcome.raised.values())
