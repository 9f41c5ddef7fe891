"""A small file system in memory that remembers what a power cut may leave.

Every call that changes something is logged. For a cut after any call, ``after_cut``
makes one of the disks that could be found: what was synced is there; of what was
not, each write is there, absent, cut at any byte or torn by sector (zeros or
garbage), each truncation there or not, and names there up to some point.
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jury_tui.register.mounts import Kind
from jury_tui.register.systems import Mode

SECTOR = 512

# What the log holds: the call's name, then what it needs to be done again.
Call = tuple[Any, ...]


class Inode:
    """A file's content, whatever its name."""

    def __init__(self, number: int, data: bytes = b"") -> None:
        self.number = number
        self.data = bytearray(data)
        self.locked: FakeFile | None = None


class FakeDisk:
    """A disk that answers as ``jury_tui.register.disk.Disk``.

    Attributes:
        log: Every change and every sync, in order.
        calls: How many calls of any kind were made.
        fail: Call number (from 1) to the ``errno`` it fails with.
    """

    def __init__(
        self, files: dict[str, bytes] | None = None, folders: Iterable[str] = ("/",)
    ) -> None:
        self.folders = set(folders)
        self.inodes: list[Inode] = []
        self.files: dict[str, Inode] = {}
        self.log: list[Call] = []
        self.calls = 0
        self.fail: dict[int, int] = {}
        for name, data in (files or {}).items():
            inode = Inode(len(self.inodes), data)
            self.inodes.append(inode)
            self.files[name] = inode
        self.start = (
            {name: bytes(inode.data) for name, inode in self.files.items()},
            frozenset(self.folders),
        )

    def call(self) -> None:
        """Count a call, and fail if it was to fail."""
        self.calls += 1
        number = self.fail.get(self.calls)
        if number is not None:
            raise OSError(number, os.strerror(number))

    # --- Disk ---

    def open(self, path: Path, mode: Mode) -> FakeFile:
        self.call()
        name = str(path)
        if name in self.folders:
            raise OSError(errno.EISDIR, "is a folder")
        if str(path.parent) not in self.folders:
            raise OSError(errno.ENOENT, "no folder")
        if mode == "new":
            if name in self.files:
                raise OSError(errno.EEXIST, "exists")
            inode = Inode(len(self.inodes))
            self.inodes.append(inode)
            self.files[name] = inode
            self.log.append(("link", str(path.parent), name, inode.number))
        elif name not in self.files:
            raise OSError(errno.ENOENT, "no file")
        return FakeFile(self, self.files[name])

    def names(self, folder: Path) -> list[str]:
        self.call()
        return sorted(
            Path(name).name for name in self.files if Path(name).parent == folder
        )

    def make_folder(self, folder: Path) -> bool:
        self.call()
        name = str(folder)
        if name in self.files:
            raise OSError(errno.ENOTDIR, "is a file")
        if name in self.folders:
            return False
        if str(folder.parent) not in self.folders:
            raise OSError(errno.ENOENT, "no folder")
        self.folders.add(name)
        self.log.append(("mkdir", str(folder.parent), name))
        return True

    def sync_folder(self, folder: Path) -> None:
        self.call()
        self.log.append(("sync folder", str(folder)))

    def replace(self, source: Path, target: Path) -> None:
        self.call()
        self.files[str(target)] = self.files.pop(str(source))
        self.log.append(("replace", str(source.parent), str(source), str(target)))

    def note(self, path: Path, data: bytes) -> None:
        self.call()
        if str(path) in self.files:
            del self.files[str(path)]
            self.log.append(("unlink", str(path.parent), str(path)))
        if data:
            self.open(path, "new").append(data)

    def kind(self, path: Path) -> Kind:
        return Kind("fake")

    # --- for the tests ---

    def content(self, path: Path) -> bytes:
        """What a program would read now."""
        return bytes(self.files[str(path)].data)

    def running(self) -> FakeDisk:
        """The disk as another program finds it when this one was killed."""
        files = {name: bytes(inode.data) for name, inode in self.files.items()}
        return FakeDisk(files, self.folders)

    def after_cut(self, calls: int, choose: random.Random, bias: str = "") -> FakeDisk:
        """One of the disks that a power cut after ``calls`` logged calls may leave.

        Args:
            calls: How much of the log happened.
            choose: Decides what became of what was not synced.
            bias: ``kept`` or ``lost`` for all of it; random if empty.
        """
        log = self.log[:calls]
        data = self._contents(log, choose, bias)
        files, folders = self._names(log, choose, bias)
        kept = {name: data[number] for name, number in files.items()}
        return FakeDisk(
            {name: there for name, there in kept.items() if _reachable(name, folders)},
            {name for name in folders if _reachable(name, folders)},
        )

    def _contents(
        self, log: list[Call], choose: random.Random, bias: str
    ) -> dict[int, bytes]:
        synced: dict[int, int] = {}
        for at, call in enumerate(log):
            if call[0] == "sync":
                synced[call[1]] = at
        first = list(self.start[0].values())
        contents = {
            inode.number: bytearray(
                first[inode.number] if inode.number < len(first) else b""
            )
            for inode in self.inodes
        }
        for at, call in enumerate(log):
            if call[0] not in ("append", "cut"):
                continue
            content = contents[call[1]]
            fate = "kept" if at < synced.get(call[1], -1) else bias
            fate = fate or choose.choice(("kept", "lost", "short", "torn", "torn"))
            if call[0] == "cut":
                if fate != "lost":
                    del content[call[2] :]
            else:
                _write(content, call[2], _left(call[2], call[3], fate, choose))
        return {number: bytes(content) for number, content in contents.items()}

    def _names(
        self, log: list[Call], choose: random.Random, bias: str
    ) -> tuple[dict[str, int], set[str]]:
        files = {name: number for number, name in enumerate(self.start[0])}
        folders = set(self.start[1])
        synced = {
            call[1]: at for at, call in enumerate(log) if call[0] == "sync folder"
        }
        reach: dict[str, float] = {}
        for at, call in enumerate(log):
            if call[0] not in ("link", "unlink", "mkdir", "replace"):
                continue
            folder = call[1]
            if at > synced.get(folder, -1):
                if folder not in reach:
                    later = (
                        len(log) if bias == "kept" else 0 if bias == "lost" else None
                    )
                    reach[folder] = (
                        choose.randint(at, len(log)) if later is None else later
                    )
                if at >= reach[folder]:
                    continue
            if call[0] == "link":
                files[call[2]] = call[3]
            elif call[0] == "mkdir":
                folders.add(call[2])
            elif call[0] == "unlink":
                files.pop(call[2], None)
            elif call[2] in files:
                files[call[3]] = files.pop(call[2])
        return files, folders


class FakeFile:
    """An open file of a ``FakeDisk``."""

    def __init__(self, disk: FakeDisk, inode: Inode) -> None:
        self.disk = disk
        self.inode = inode

    def read(self, offset: int, most: int) -> bytes:
        self.disk.call()
        return bytes(self.inode.data[offset : offset + most])

    def size(self) -> int:
        self.disk.call()
        return len(self.inode.data)

    def append(self, data: bytes) -> None:
        try:
            self.disk.call()
        except OSError:
            self._append(data[: len(data) // 2])  # a disk filling up takes a part
            raise
        self._append(data)

    def _append(self, data: bytes) -> None:
        self.disk.log.append(("append", self.inode.number, len(self.inode.data), data))
        self.inode.data += data

    def cut(self, size: int) -> None:
        self.disk.call()
        self.disk.log.append(("cut", self.inode.number, size))
        del self.inode.data[size:]

    def sync(self) -> None:
        self.disk.call()
        self.disk.log.append(("sync", self.inode.number))

    def lock(self) -> bool:
        self.disk.call()
        if self.inode.locked is not None:
            return False
        self.inode.locked = self
        return True

    def close(self) -> None:
        if self.inode.locked is self:
            self.inode.locked = None


def _reachable(name: str, folders: Iterable[str]) -> bool:
    return all(str(parent) in folders for parent in Path(name).parents)


def _write(content: bytearray, offset: int, data: bytes) -> None:
    if data:
        content.extend(bytes(max(0, offset - len(content))))
        content[offset : offset + len(data)] = data


def _left(offset: int, data: bytes, fate: str, choose: random.Random) -> bytes:
    """What is left of a write that was not synced."""
    if fate == "kept":
        return data
    if fate == "lost" or not data:
        return b""
    if fate == "short":
        # The last bytes are where a reader is easily wrong.
        few = choose.random() < 0.3
        return (
            data[: len(data) - choose.randint(1, min(3, len(data)))]
            if few
            else (data[: choose.randrange(len(data))])
        )
    left = bytearray(data)
    at = 0
    while at < len(data):
        end = min(len(data), at + SECTOR - (offset + at) % SECTOR)
        became = choose.choice(("kept", "zeros", "garbage"))
        if became == "zeros":
            left[at:end] = bytes(end - at)
        elif became == "garbage":
            left[at:end] = choose.randbytes(end - at)
        at = end
    return bytes(left)
