"""What the tests of lists share: the jury of RNCP 5411, and files made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jury_tui import rosters
from jury_tui.rosters import Roster
from jury_tui.rules import rulebook
from jury_tui.rules.people import Candidate, Member
from jury_tui.rules.stack import RouteRules

Write = Callable[[str | bytes], Path]


@pytest.fixture(scope="session")
def rules() -> RouteRules:
    """Everything that governs the VAE route of RNCP 5411."""
    book = rulebook.load("RNCP5411")
    return rulebook.stack(book, rulebook.laws()).for_route("vae")


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes a list, and gives its path."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "liste.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def members(
    written: Write, rules: RouteRules
) -> Callable[[str | bytes | Path], Roster[Member]]:
    """Reads a list of members, from its content or its path."""

    def read(content: str | bytes | Path) -> Roster[Member]:
        path = content if isinstance(content, Path) else written(content)
        return rosters.read_members(path, rules.seats, rosters.wanted_attributes(rules))

    return read


@pytest.fixture
def candidates(
    written: Write, rules: RouteRules
) -> Callable[[str | bytes | Path], Roster[Candidate]]:
    """Reads a list of candidates, from its content or its path."""
    components = {c.id: c for c in rules.certification.components}

    def read(content: str | bytes | Path) -> Roster[Candidate]:
        path = content if isinstance(content, Path) else written(content)
        return rosters.read_candidates(
            path, components, rosters.wanted_attributes(rules)
        )

    return read
