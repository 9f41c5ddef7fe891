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

from jury_tui.cli import main
from jury_tui.demo import FINISHED, READY, make
from tests.support.sittings import START


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


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
