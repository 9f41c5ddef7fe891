"""The acts of a register as they were read, without a database over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from jury_tui import canonical

FILE = "acts.jsonl"
"""The register's file, in the folder of its session."""


class Records(Sequence[dict[str, Any]]):
    """The acts as dictionaries, read-only: each access makes a fresh one.

    What is kept is the canonical bytes, so nobody can change an act in memory.
    """

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self.bodies = bodies

    def __len__(self) -> int:
        return len(self.bodies)

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> Records: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | Records:
        if isinstance(index, slice):
            return Records(self.bodies[index])
        return canonical.decode_known(self.bodies[index])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(canonical.decode_known, self.bodies)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Records):
            return list(self.bodies) == list(other.bodies)
        return NotImplemented

    def __repr__(self) -> str:
        return f"Records({len(self)})"


def register_file(path: Path) -> Path:
    """The register of a session given by its folder or by the file itself."""
    return path / FILE if path.name != FILE else path
