"""Two windows on one session, and windows that close while somebody works."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from jury_tui.register.chain import Verdict
from jury_tui.register.reading import read
from jury_tui.register.record import Record
from jury_tui.register.records import FILE
from tests.support import large
from tests.support.terminals import NO_PTY, Program, program, said

pytestmark = pytest.mark.skipif(bool(NO_PTY), reason=NO_PTY)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return large.on_the_table(tmp_path / "sessions", candidates=2)


def start(session: Path, home: Path, *, controlling: bool = True) -> Program:
    """The program, on the agenda of the session."""
    made = Program(
        "--sessions",
        session.parent,
        home=home,
        columns=100,
        lines=36,
        controlling=controlling,
    )
    made.wait("FICTIF-10")
    made.settle(0.05)
    made.step("\r", "Où il en est")
    return made


@pytest.fixture
def first(session: Path, tmp_path: Path) -> Iterator[Program]:
    made = start(session, tmp_path / "first")
    yield made
    made.close()


@pytest.fixture
def second(session: Path, tmp_path: Path, first: Program) -> Iterator[Program]:
    made = start(session, tmp_path / "second")
    yield made
    made.close()


class TestASecondWindow:
    """« a second window on the same session is read-only and follows live »"""

    def test_says_who_holds_it_and_follows(
        self, first: Program, second: Program, session: Path
    ) -> None:
        assert "lecture seule" in second.text
        second.wait(str(first.process.pid))
        second.step("\r", "Résultat")
        first.step("\r", "Résultat")
        first.step("u", said("vote on {component}", component="C01"))
        second.wait(lambda lines: any("C01" in x and "✓" in x for x in lines))

        assert "lecture seule" not in first.text

    def test_writes_nothing(
        self, first: Program, second: Program, session: Path
    ) -> None:
        second.step("\r", "Résultat")
        before = (session / FILE).read_bytes()
        second.press("uMcz")
        second.step("j", "Depuis")
        second.press("D Dx")
        second.settle(0.2)

        assert second.process.poll() is None
        assert before == (session / FILE).read_bytes()

    def test_survives_the_first(
        self, first: Program, second: Program, session: Path
    ) -> None:
        """The one who follows goes on reading; whoever opens next writes."""
        first.end(signal.SIGKILL)
        second.settle(0.2)
        assert second.process.poll() is None
        with Record.open(session) as third:
            assert third.writable
        second.press("\x1b")
        second.settle(0.2)
        second.step("\r", "Où il en est")
        second.settle(0.1)

        assert "lecture seule" not in second.text

    def test_names_a_register_that_was_cut_under_it(
        self, first: Program, second: Program, session: Path
    ) -> None:
        first.end(signal.SIGKILL)
        lines = (session / FILE).read_bytes().splitlines(keepends=True)
        (session / FILE).write_bytes(b"".join(lines[:-2]))
        second.wait("altéré")


class TestAClosedLid:
    """« Ctrl+C, a closed window or a dead battery loses nothing » (issue 6)."""

    @pytest.mark.parametrize("how", ["window", "line", "SIGHUP", "SIGTERM", "quit"])
    def test_loses_nothing_and_holds_nothing(
        self, how: str, session: Path, tmp_path: Path
    ) -> None:
        running = start(session, tmp_path, controlling=how != "line")
        try:
            running.step("\r", "Résultat")
            running.step("u", said("vote on {component}", component="C01"))
            running.press("M")  # and in the middle of typing another
            running.press("c")
            if how in ("window", "line"):
                running.hang_up()
            elif how == "quit":
                running.press("\x11")
            else:
                running.process.send_signal(getattr(signal, how))
            running.ended()
        finally:
            running.close()
        reading = read(session / FILE)
        with Record.open(session) as record:
            assert record.writable
            assert record.session.files["c1"].ballot("C01") is not None

        assert Verdict.CLEAN is reading.verdict
        assert [] == [p.name for p in session.iterdir() if ".torn" in p.name]

    def test_a_note_of_who_was_there_holds_nobody_up(self, session: Path) -> None:
        """What a killed program left beside the register is a courtesy, no lock."""
        holder = {"pid": os.getpid(), "host": "ici", "user": "elle", "since": "tôt"}
        (session / f"{FILE}.writer").write_text(json.dumps(holder), "utf-8")
        with Record.open(session) as record:
            assert record.writable


class TestControlC:
    def test_does_not_quit_and_says_what_does(self, first: Program) -> None:
        first.step("\x03", "Ctrl+Q")
        first.settle(0.05)

        assert first.process.poll() is None


class TestRemembered:
    """« remembers the last folder and theme »"""

    def test_colours_and_session_are_those_of_the_last_time(
        self, session: Path, tmp_path: Path
    ) -> None:
        other = session.with_name("zz-other")
        shutil.copytree(session, other)
        home = tmp_path / "home"
        where = []
        for _time in range(2):
            with program("--sessions", session.parent, home=home) as made:
                made.wait("2 séances")
                made.settle()
                where.append(next(x for x in made.screen.display if x[:1] == "▸"))
                if len(where) == 1:
                    made.step("\x14", "clair.")  # Ctrl+T
                    made.step("\x1b[B\r", "Où il en est")
                    made.press("\x1b")
                    made.wait("2 séances")
                light = b"251;250;247" in made.raw  # the light theme's background
                assert light, "the colours are forgotten"
                made.press("\x11")
                made.ended()
        assert where[0] != where[1]
