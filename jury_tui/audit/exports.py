"""The workbooks that were exported: found by the digest the register holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from jury_tui.register.disk import DISK

MOST_BYTES = 32 * 1024 * 1024
"""Larger files are no minutes and are not read."""
MOST_FILES = 200_000


class Found(msgspec.Struct, frozen=True):
    """A file beside the register.

    Attributes:
        path: Where.
        data: Its bytes.
        sha256: Their digest.
        companion: The bytes of the ``.p7s`` beside it, if there is one.
    """

    path: Path
    data: bytes
    sha256: str
    companion: bytes | None = None


class Exports:
    """A folder of exported minutes, its digests taken when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, Path] | None = None

    def named(self, name: str) -> Found | None:
        """The file of that name, if it lies right in the folder."""
        if not name or Path(name).name != name or name in (".", ".."):
            return None
        return _found(self.folder / name)

    def holding(self, sha256: str) -> Found | None:
        """A file of that digest, whatever its name."""
        if self._known is None:
            self._known = dict(self._digests())
        path = self._known.get(sha256)
        return None if path is None else _found(path)

    def stat(self, name: str) -> tuple[str, int, int]:
        """Name, size and date of change (nanoseconds) of a file; -1 if not there."""
        try:
            status = (self.folder / Path(name).name).stat()
        except (OSError, ValueError):
            return (name, -1, -1)
        return (name, status.st_size, status.st_mtime_ns)

    def _digests(self) -> list[tuple[str, Path]]:
        try:
            names = sorted(DISK.names(self.folder))[:MOST_FILES]
        except OSError:
            return []  # no such folder: nothing in it is found, and that is said
        found = (
            _found(self.folder / name)
            for name in names
            if name.casefold().endswith(".xlsx")
        )
        return [(one.sha256, one.path) for one in found if one is not None]


def _found(path: Path) -> Found | None:
    data = _bytes(path)
    if data is None:
        return None
    beside = _bytes(path.with_name(path.name + ".p7s"))
    return Found(path, data, hashlib.sha256(data).hexdigest(), beside)


def _bytes(path: Path) -> bytes | None:
    """What a file holds; None when it cannot be read or is too large for minutes."""
    try:
        file = DISK.open(path, "read")
        try:
            data = file.read(0, MOST_BYTES + 1)
        finally:
            file.close()
    except (OSError, ValueError):
        return None
    return data if len(data) <= MOST_BYTES else None
