"""What Linux, macOS and Windows are asked, each with what it may answer."""

from __future__ import annotations

import errno
import os
import platform
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from jury_tui.errors import BusyRegisterError, RegisterError
from jury_tui.register import holder, mounts
from jury_tui.register.chain import MAX_FILE
from jury_tui.register.disk import DISK
from jury_tui.register.reading import read
from jury_tui.register.register import Register
from jury_tui.register.systems import (
    LinuxDisk,
    MacDisk,
    SystemDisk,
    WindowsDisk,
    WindowsFile,
    this,
)

fcntl = pytest.importorskip("fcntl", reason="it stands in for the other systems")
FIRST = {"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}
FULLSYNC = 51

Asked = list[tuple[object, ...]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Every call that makes something durable, in order."""
    calls: Asked = []
    monkeypatch.setattr(os, "fsync", lambda fd: calls.append(("fsync",)))
    monkeypatch.setattr(os, "fdatasync", lambda fd: calls.append(("fdatasync",)))
    monkeypatch.setattr(
        fcntl, "fcntl", lambda fd, command: calls.append(("fcntl", command))
    )
    return calls


class Msvcrt(types.ModuleType):
    """Windows' locks: a byte range of a file, of one holder."""

    LK_NBLCK = 2

    def __init__(self, refusal: int = 0) -> None:
        super().__init__("msvcrt")
        self.refusal = refusal
        self.held: dict[tuple[int, int], int] = {}

    def locking(self, descriptor: int, mode: int, size: int) -> None:
        if self.refusal:
            raise OSError(self.refusal, os.strerror(self.refusal))
        assert (mode, size) == (self.LK_NBLCK, 1)
        place = os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR)
        if self.held.setdefault(place, descriptor) != descriptor:
            raise PermissionError(errno.EACCES, "Permission denied")


def refusing(number: int) -> Callable[..., None]:
    def refuses(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuses


class TestDurable:
    """« Linux, macOS (F_FULLFSYNC) and Windows variants behind five calls »"""

    @pytest.mark.parametrize(
        ("disk", "file", "folder"),
        [
            (LinuxDisk(), ("fdatasync",), ("fsync",)),
            (MacDisk(), ("fcntl", FULLSYNC), ("fcntl", FULLSYNC)),
            (WindowsDisk(), ("fsync",), None),
        ],
        ids=["linux", "macos", "windows"],
    )
    def test_is_asked_of_each_in_its_words(
        self,
        disk: SystemDisk,
        file: tuple[object, ...],
        folder: tuple[object, ...] | None,
        asked: Asked,
        tmp_path: Path,
    ) -> None:
        opened = disk.open(tmp_path / "f", "new")
        opened.append(b"x")
        opened.sync()
        opened.close()
        disk.sync_folder(tmp_path)

        assert [file, folder] == [*asked, *([None] if folder is None else [])]

    @pytest.mark.parametrize("number", [errno.ENOTSUP, errno.EINVAL, errno.ENOTTY])
    def test_macos_falls_back_where_a_disk_does_not_know(
        self,
        number: int,
        asked: Asked,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(fcntl, "fcntl", refusing(number))
        file = MacDisk().open(tmp_path / "f", "new")
        file.sync()
        file.close()

        assert [("fsync",)] == asked

    def test_macos_does_not_fall_back_when_the_disk_fails(
        self, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fcntl, "fcntl", refusing(errno.EIO))
        file = MacDisk().open(tmp_path / "f", "new")
        with pytest.raises(OSError, match="Input/output"):
            file.sync()
        file.close()

        assert [] == asked

    @pytest.mark.parametrize("disk", [LinuxDisk(), MacDisk()], ids=["linux", "macos"])
    def test_a_folder_that_cannot_be_synced(
        self, disk: SystemDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # What Linux' older clients of Windows shares answer.
        monkeypatch.setattr(fcntl, "fcntl", refusing(errno.EINVAL))
        monkeypatch.setattr(os, "fsync", refusing(errno.EINVAL))
        disk.sync_folder(tmp_path)

        monkeypatch.setattr(fcntl, "fcntl", refusing(errno.EIO))
        monkeypatch.setattr(os, "fsync", refusing(errno.EIO))
        with pytest.raises(OSError, match="Input/output"):
            disk.sync_folder(tmp_path)


class TestLocks:
    """One writer, on each system; where there is no lock, nobody writes."""

    def test_windows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        windows = Msvcrt()
        monkeypatch.setitem(sys.modules, "msvcrt", windows)
        disk = WindowsDisk()

        with Register.create(tmp_path, FIRST, disk=disk) as register:
            with pytest.raises(BusyRegisterError) as refusal:
                Register.open(register.path, disk=disk)
            register.append([{"type": "A"}])
            with Register.open(register.path, write=False, disk=disk) as second:
                assert second.count == 2

        assert refusal.value.values["pid"] == os.getpid()
        assert {WindowsFile.LOCKED} == {place for _inode, place in windows.held}
        assert MAX_FILE < WindowsFile.LOCKED
        assert read(register.path).count == 2

    @pytest.mark.parametrize("number", [errno.EACCES, errno.EDEADLK])
    def test_windows_says_busy_in_two_ways(
        self, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt(number))
        file = WindowsDisk().open(tmp_path / "f", "new")

        assert not file.lock()
        file.close()

    @pytest.mark.parametrize("disk", [LinuxDisk(), WindowsDisk()], ids=["posix", "nt"])
    @pytest.mark.parametrize(
        "number", [errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS]
    )
    def test_a_disk_without_locks_can_be_read(
        self,
        disk: SystemDisk,
        number: int,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        Register.create(tmp_path, FIRST).close()
        path = tmp_path / "s-1" / "acts.jsonl"
        monkeypatch.setattr(fcntl, "flock", refusing(number))
        monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt(number))

        with Register.open(path, disk=disk) as register:
            assert not register.writable
            assert register.count == 1
            assert "verrou" in str(register.notices[0])
        with pytest.raises(RegisterError, match="verrou"):
            Register.create(tmp_path, {**FIRST, "session": "s-2"}, disk=disk)

    def test_a_lock_that_fails_is_no_busy_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Register.create(tmp_path, FIRST).close()
        monkeypatch.setattr(fcntl, "flock", refusing(errno.EIO))

        with pytest.raises(RegisterError) as refusal:
            Register.open(tmp_path / "s-1" / "acts.jsonl")
        assert not isinstance(refusal.value, BusyRegisterError)


class TestWhoHeldItLast:
    """A note is believed while the lock is held: after a kill, a restart or the
    number of a process given again, nobody is told of a ghost."""

    NOTE = b'{"pid":%d,"host":"%s","user":"Louise","since":"2026-11-23T09:00:00+01:00"}'

    def noted(self, folder: Path, pid: int, host: str) -> Path:
        with Register.create(folder, FIRST) as register:
            path = register.path
        holder.note_path(path).write_bytes(self.NOTE % (pid, host.encode()))
        return path

    @pytest.mark.parametrize("pid", [1, None, 2**40], ids=["first", "own", "none"])
    def test_a_ghost_stops_nobody(self, pid: int | None, tmp_path: Path) -> None:
        path = self.noted(tmp_path, pid or os.getpid(), platform.node())

        with Register.open(path) as register:
            assert register.writable
            assert holder.read(path, DISK).pid == os.getpid()
            assert "Louise" not in "".join(map(str, register.notices))
        assert not holder.note_path(path).exists()

    @pytest.mark.parametrize(
        ("kind", "host", "told"),
        [
            ("nfs4", "bureau-12", True),
            ("nfs4", platform.node(), False),
            ("ext4", "bureau-12", False),
        ],
    )
    def test_another_machine_on_a_shared_folder_is_told(
        self,
        kind: str,
        host: str,
        told: bool,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        path = self.noted(tmp_path, 7, host)
        monkeypatch.setattr(mounts, "kind", lambda path: mounts.named(kind))

        with Register.open(path) as register:
            said = "".join(map(str, register.notices))
        assert ("Louise" in said) is told
        assert ("bureau-12" in said) is told


def test_each_system_has_its_disk() -> None:
    assert isinstance(this("win32"), WindowsDisk)
    assert isinstance(this("darwin"), MacDisk)
    assert isinstance(this("linux"), LinuxDisk)
