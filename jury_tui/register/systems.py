"""The calls in which systems differ, one variant a system.

All of them can be made on any system, so that what Windows and macOS are asked is
tested elsewhere too: only the calls themselves are not there.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import stat
import sys
from pathlib import Path
from typing import Any, Literal

from jury_tui.register import mounts

Mode = Literal["read", "write", "new"]
"""Read; read and append to a file that exists; the same to one that must not."""

# What a file system says that does not know what it was asked.
_UNKNOWN = frozenset(
    {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY}
)


class SystemFile:
    """A file of the operating system."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def read(self, offset: int, most: int) -> bytes:
        """See ``disk.File``."""
        os.lseek(self.descriptor, offset, os.SEEK_SET)
        # Asked for in one piece, nearly always got in one: no copy of a large file.
        most = min(most, max(0, os.fstat(self.descriptor).st_size - offset))
        parts = []
        while most > 0 and (part := os.read(self.descriptor, most)):
            parts.append(part)
            most -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def size(self) -> int:
        """See ``disk.File``."""
        status = os.fstat(self.descriptor)
        if not status.st_nlink:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return status.st_size

    def append(self, data: bytes) -> None:
        """See ``disk.File``. The file was opened for appending."""
        written = os.write(self.descriptor, data)
        while written < len(data):  # a disk filling up takes a part first
            data = data[written:]
            written = os.write(self.descriptor, data)

    def cut(self, size: int) -> None:
        """See ``disk.File``."""
        os.ftruncate(self.descriptor, size)

    def sync(self) -> None:
        """See ``disk.File``."""
        os.fsync(self.descriptor)

    def lock(self) -> bool:
        """See ``disk.File``."""
        raise NotImplementedError

    def close(self) -> None:
        """See ``disk.File``."""
        if self.descriptor >= 0:
            descriptor, self.descriptor = self.descriptor, -1
            os.close(descriptor)


class SystemDisk:
    """What all systems do alike."""

    file: type[SystemFile] = SystemFile

    def open(self, path: Path, mode: Mode) -> SystemFile:
        """See ``disk.Disk``."""
        flags = os.O_RDONLY if mode == "read" else os.O_RDWR | os.O_APPEND
        if mode == "new":
            flags |= os.O_CREAT | os.O_EXCL
        # A link, a pipe or a device in the file's place must not be followed, nor
        # waited for. Windows has no such flags: there the check before is all.
        if not hasattr(os, "O_NOFOLLOW") and mode != "new" and path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        for name in (
            "O_NOFOLLOW",
            "O_NONBLOCK",
            "O_CLOEXEC",
            "O_BINARY",
            "O_NOINHERIT",
        ):
            flags |= getattr(os, name, 0)
        try:
            descriptor = os.open(path, flags, 0o600)
        except ValueError as error:  # a character that no path can hold
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from error
        kind = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(kind):
            os.close(descriptor)
            number = errno.EISDIR if stat.S_ISDIR(kind) else errno.ENOTSUP
            raise OSError(number, os.strerror(number))
        return self.file(descriptor)

    def names(self, folder: Path) -> list[str]:
        """See ``disk.Disk``."""
        return sorted(path.name for path in folder.iterdir())

    def make_folder(self, folder: Path) -> bool:
        """See ``disk.Disk``.

        On Windows the mode is an access list for the owner and the administrators,
        which files inherit (Python 3.11.10, 3.12.4 and later; before, the folder is
        as private as the one it is made in).
        """
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            if not folder.is_dir():
                raise NotADirectoryError(
                    errno.ENOTDIR, os.strerror(errno.ENOTDIR)
                ) from None
            return False
        except ValueError as error:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from error
        return True

    def sync_folder(self, folder: Path) -> None:
        """See ``disk.Disk``."""
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        try:
            self.sync_names(descriptor)
        except OSError as error:
            # Some network file systems have names that are never in doubt, or that
            # nobody can make sure of: they are warned about when a session opens.
            if error.errno not in _UNKNOWN:
                raise
        finally:
            os.close(descriptor)

    def sync_names(self, descriptor: int) -> None:
        """Make the names in an open folder durable."""
        # Not fdatasync: for a folder it may leave the new name out.
        os.fsync(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """See ``disk.Disk``."""
        source.replace(target)

    def note(self, path: Path, data: bytes) -> None:
        """See ``disk.Disk``."""
        # A new file each time: nothing is ever written through a link.
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        if not data:
            return
        file = self.open(path, "new")
        try:
            file.append(data)
        finally:
            file.close()

    def kind(self, path: Path) -> mounts.Kind:
        """See ``disk.Disk``."""
        return mounts.kind(path)


class PosixFile(SystemFile):
    """With ``flock``: let go of by the system itself when its holder is killed."""

    def lock(self) -> bool:
        """See ``disk.File``."""
        fcntl: Any = importlib.import_module("fcntl")
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            raise _no_lock(error) from error
        return True


class LinuxFile(PosixFile):
    """Synced without the dates that nobody needs."""

    def sync(self) -> None:
        """See ``disk.File``."""
        os.fdatasync(self.descriptor)


class LinuxDisk(SystemDisk):
    """Linux."""

    file = LinuxFile


def full_sync(descriptor: int) -> None:
    """macOS: have the drive empty its own memory; ``fsync`` alone does not."""
    fcntl: Any = importlib.import_module("fcntl")
    try:
        fcntl.fcntl(descriptor, getattr(fcntl, "F_FULLFSYNC", _F_FULLFSYNC))
    except OSError as error:
        # Network and some foreign file systems do not know it.
        if error.errno not in _UNKNOWN:
            raise
        os.fsync(descriptor)


_F_FULLFSYNC = 51  # <sys/fcntl.h> of macOS


class MacFile(PosixFile):
    """Synced as far as the drive's platter."""

    def sync(self) -> None:
        """See ``disk.File``."""
        full_sync(self.descriptor)


class MacDisk(SystemDisk):
    """macOS."""

    file = MacFile

    def sync_names(self, descriptor: int) -> None:
        """See ``SystemDisk``."""
        full_sync(descriptor)


class WindowsFile(SystemFile):
    """With a locked byte, which nobody else may read: so one that is not there."""

    LOCKED = 1 << 30
    """Where: far beyond the largest register."""

    def lock(self) -> bool:
        """See ``disk.File``."""
        msvcrt: Any = importlib.import_module("msvcrt")
        os.lseek(self.descriptor, self.LOCKED, os.SEEK_SET)
        try:
            msvcrt.locking(self.descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EDEADLK):
                return False
            raise _no_lock(error) from error
        return True


class WindowsDisk(SystemDisk):
    """Windows."""

    file = WindowsFile

    def sync_folder(self, folder: Path) -> None:
        """Nothing: NTFS journals names itself and cannot be asked to."""


def _no_lock(error: OSError) -> OSError:
    """``ENOLCK`` for a file system without locks; the error itself otherwise."""
    if error.errno not in _UNKNOWN:
        return error
    return OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


def this(platform: str = sys.platform) -> SystemDisk:
    """The disk of a system, by the name Python gives it."""
    if platform == "win32":
        return WindowsDisk()
    return MacDisk() if platform == "darwin" else LinuxDisk()
