"""What the audit's tests share: the demonstration's register."""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.demo import FINISHED, make
from jury_tui.register.reading import read
from tests.support.forging import NOW, Acts, forged


@pytest.fixture(scope="session")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration's sessions. Not to be changed."""
    folder = tmp_path_factory.mktemp("sessions")
    make(folder, NOW)
    return folder


@pytest.fixture(scope="session")
def register(sessions: Path) -> bytes:
    """The bytes of the session that is over, as if recorded act by act."""
    return forged(read(sessions / FINISHED / "acts.jsonl").records)


@pytest.fixture(scope="session")
def strokes(sessions: Path) -> bytes:
    """Its bytes as they are: many acts a line."""
    return (sessions / FINISHED / "acts.jsonl").read_bytes()


@pytest.fixture(scope="session")
def acts(sessions: Path) -> Acts:
    """Its acts as plain dictionaries. Not to be changed."""
    return list(read(sessions / FINISHED / "acts.jsonl").records)
