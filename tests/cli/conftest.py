"""What the tests of the command line share: running it, and its demonstration."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jury_tui.cli import Exit, main
from jury_tui.demo import FINISHED, READY, make
from tests.support.lists import Form, write
from tests.support.sittings import START
from tests.support.vectors import LAYERS, UNSAID, Vector, found


class Result(NamedTuple):
    """What a command left: its exit code, its data, its talk (plain spaces)."""

    code: int
    data: str
    talk: str

    @property
    def json(self) -> Any:
        """The data, as JSON."""
        return json.loads(self.data)


Run = Callable[..., Result]
Prove = Callable[..., Result]


@pytest.fixture(scope="session")
def _demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demonstration")
    make(folder, START + dt.timedelta(hours=12))
    return folder


@pytest.fixture
def sessions(tmp_path: Path, _demonstration: Path) -> Path:
    """A folder with the demonstration's two sessions."""
    folder = tmp_path / "sessions"
    shutil.copytree(_demonstration, folder)
    return folder


@pytest.fixture
def finished(sessions: Path) -> Path:
    """The demonstration's session that is over."""
    return sessions / FINISHED


@pytest.fixture
def ready(sessions: Path) -> Path:
    """The demonstration's session that waits to be opened."""
    return sessions / READY


@pytest.fixture
def run(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Runs one command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path, given: str = "") -> Result:
        stdin = io.TextIOWrapper(io.BytesIO(given.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        capsys.readouterr()
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Result(code, _plain(out), _plain(err))

    return run


@pytest.fixture
def check(run: Run, tmp_path: Path) -> Prove:
    """Judges a vector's lists on the command line."""

    def check(
        book: str | Path, vector: Vector, form: Form, *more: str | Path
    ) -> Result:
        away = ("--without", *vector.without) if vector.without else ()
        return run(
            "check", "--rulebook", book, "--route", vector.route, "--on", vector.on,
            "--members", write(tmp_path, "membres", vector.rows, form),
            "--candidates", write(tmp_path, "candidats", [vector.candidate], form),
            "--json", *away, *more,
        )  # fmt: skip

    return check


@pytest.fixture
def prove(check: Prove) -> Prove:
    """Judges a vector, and compares all it expects."""

    def prove(
        book: str | Path, vector: Vector, form: Form, *more: str | Path
    ) -> Result:
        result = check(book, vector, form, *more)
        layer = vector.layer

        assert vector.breached == found(result, layer, "breached", fatal=True)
        assert vector.justify == found(result, layer, "breached", fatal=False)
        assert vector.undecidable == {
            clause
            for fatal in (True, False)
            for clause in found(result, layer, "undecidable", fatal=fatal)
            if clause.partition("/")[2] not in UNSAID
        }
        assert result.code == (
            Exit.REFUSED if vector.breached or vector.justify else Exit.FINE
        )
        assert vector.sentence[0] == (
            "✘" if vector.breached else "⚠" if vector.justify else "✔"
        )
        assert not any(
            found(result, each, "breached", fatal=True)
            for each in LAYERS
            if not vector.breached
        )
        return result

    return prove


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
