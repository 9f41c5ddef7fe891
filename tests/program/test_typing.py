"""Keys typed faster than the screen follows: each acts on whom it was typed for.

A burst comes as a terminal gives it after the program was busy for a moment, or a
slow line held it back: in one piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jury_tui.register.reading import read
from jury_tui.register.records import FILE
from tests.support import large
from tests.support.terminals import NO_PTY, Program, program, said

pytestmark = pytest.mark.skipif(bool(NO_PTY), reason=NO_PTY)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return large.on_the_table(tmp_path / "sessions", candidates=2)


@pytest.fixture
def running(session: Path, tmp_path: Path) -> Iterator[Program]:
    with program(
        "--sessions", session.parent, home=tmp_path, columns=100, lines=36
    ) as one:
        one.wait("FICTIF-10")
        one.settle(0.05)
        one.step("\r", "Où il en est")
        yield one


def written(session: Path, since: int) -> list[dict[str, object]]:
    return list(read(session / FILE).records)[since:]


class TestABurst:
    """« Roll-call at the speed of speech » (issue 6): never at the price of the name.

    The second key of each pair once acted on the person of a later pair, and votes
    went to other members than those they were typed for.
    """

    def test_marks_present_and_gone_the_people_named(
        self, running: Program, session: Path
    ) -> None:
        running.step("j", "Depuis")
        running.settle(0.05)
        before = read(session / FILE).count
        running.press("B C D E F G ")
        running.wait(said("{name} left", name="GAUTHIER Claire"))

        assert [f"m{n}" for n in range(2, 8)] == [
            act["member"] for act in written(session, before)
        ]

    def test_votes_for_the_people_named(self, running: Program, session: Path) -> None:
        running.step("\r", "Résultat")
        running.settle(0.05)
        before = read(session / FILE).count
        running.press("BcCaDnEbMcLau")
        running.wait(said("vote on {component}", component="C01"))
        (vote,) = written(session, before)
        others = {f"m{n}": "for" for n in (1, *range(6, 12))}

        assert vote["ballots"] == others | {
            "m2": "against",
            "m3": "abstention",
            "m4": "did_not_vote",
            "m5": "blank",
            "m13": "against",
            "m12": "abstention",
        }

    def test_no_vote_goes_from_who_left_to_somebody_else(
        self, running: Program, session: Path
    ) -> None:
        """The choice typed for a member who had left was given to the first one."""
        running.step("j", "Depuis")
        running.step("C ", said("{name} left", name="CARLIER Luc"))
        running.step("l", "Où il en est")
        running.step("\r", "Résultat")
        running.press("Cc")
        running.wait(said("The jury cannot vote: {why}"))

        assert "✗ contre" not in running.text

    def test_erases_before_it_types(self, running: Program, session: Path) -> None:
        """What was typed after Ctrl+U was erased with the rest."""
        running.step("j", "Depuis")
        running.settle(0.05)
        before = read(session / FILE).count
        running.press("Dd\x15téléphone\r")
        running.wait(said("{name} is there, remotely"))
        (act,) = written(session, before)

        assert ("m4", "téléphone") == (act["member"], act["means"])

    def test_waits_for_the_question_it_answers(
        self, running: Program, session: Path
    ) -> None:
        before = read(session / FILE).count
        running.press("sdéjeuner\rs")
        running.wait(said("sitting resumed"))
        first, second = written(session, before)

        assert ("SessionSuspended", "déjeuner") == (first["type"], first["reason"])
        assert "SessionResumed" == second["type"]
