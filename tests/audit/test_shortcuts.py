"""The audit with its shortcuts and all it remembers finds what it finds without any."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from jury_tui.audit import Verdict, benches, walk
from jury_tui.audit.report import Report
from jury_tui.audit.surely import Surely
from jury_tui.rules.memo import Memo
from jury_tui.session import acts as a
from jury_tui.session.judgement import memory
from tests.support import awkward, corpus
from tests.support.forging import Acts, audited, forged
from tests.support.lengths import LONG


class _Unsure(Surely):
    """Every act is asked of its command."""

    def lawful(self, _session: Any, _act: a.AnyAct) -> bool:
        return False

    def run(self, _session: Any, _run: Any) -> None:
        return None


@contextmanager
def without_shortcuts() -> Iterator[None]:
    """Nothing is sure, and nothing remembered: neither runs, benches nor answers."""

    def made(_memo: object, _of: object, _key: object, make: Callable[[], Any]) -> Any:
        return make()

    def answered(function: Callable[..., Any], _known: Any, of: Any, args: Any) -> Any:
        return function(of, *args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "Surely", _Unsure)
        patch.setattr(Memo, "get", made)
        patch.setattr(memory, "_answered", answered)
        yield


def told(report: Report) -> object:
    """What a reader of the report sees."""
    return report.verdict, report.done, report.findings


def both(records: Acts) -> tuple[Report, Report]:
    """The audit with its shortcuts, then without."""
    data = forged(records)
    quick = audited(data)
    with without_shortcuts():
        return quick, audited(data)


def records(seed: int) -> Acts:
    """A session of one certification or another: what is remembered is shared."""
    acts = awkward.held(seed) if seed % 3 else corpus.held(5, seed)
    return [a.to_record(act) for act in acts]


class TestNothingBecameWeaker:
    """A session altered anywhere is never reported as intact, however fast."""

    @pytest.mark.parametrize("seed", range(300 if LONG else 9))
    def test_the_same_findings(self, seed: int) -> None:
        held, choose = records(seed), random.Random(seed)
        quick, slow = both(held)
        assert told(slow) == told(quick)
        assert not [f for f in quick.findings if f.severity in ("altered", "breach")]
        for _time in range(3):
            quick, slow = both(awkward.bent(held, choose))
            assert told(slow) == told(quick)

    @pytest.mark.parametrize("seed", range(1, 9))
    def test_a_note_names_the_candidate_of_its_act(self, seed: int) -> None:
        """Of two candidates with the same bench, the first was named for the other's
        decision."""
        held = records(seed)
        report = audited(forged(held))
        named = [f for f in report.of("composition") if f.act and f.candidate]
        for finding in named:
            assert finding.candidate == held[(finding.act or 0) - 1]["candidate"]

    def test_the_sessions_are_not_all_alike(self) -> None:
        """Or the test above would say little: some are bent, some runs are whole."""
        verdicts, runs = set(), 0

        class Counting(Surely):
            def run(self, session: Any, run: Any) -> Any:
                nonlocal runs
                bench = super().run(session, run)
                runs += bench is not None
                return bench

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(walk, "Surely", Counting)
            # What another test left there would let runs through that are not sure.
            patch.setattr(benches, "_decisions", Memo(16))
            for seed in range(1, 12):
                choose = random.Random(seed)
                verdicts.add(
                    audited(forged(awkward.bent(records(seed), choose))).verdict
                )
        assert {Verdict.INTACT, Verdict.IRREGULAR} <= verdicts
        assert runs > 10
