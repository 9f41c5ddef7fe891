"""The disk, behind the few calls in which systems differ.

Durable means: still there after the power is cut. Linux has ``fdatasync``; macOS
keeps what ``fsync`` wrote in the drive's memory until ``F_FULLFSYNC``; Windows has
only ``_commit`` (``os.fsync``), cannot sync a folder, and locks byte ranges. One
variant is chosen when this module is imported; the tests put a disk of their own
in its place, which forgets what was not synced.

These calls raise ``OSError`` and nothing else; ``explained`` turns one into a
sentence.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from typing import Literal, Protocol

from jury_tui.errors import RegisterError, UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.register import mounts

Mode = Literal["read", "write", "new"]
"""Read; read and append to a file that exists; the same to one that must not."""


class File(Protocol):
    """An open file."""

    def read(self, offset: int, most: int) -> bytes:
        """Up to ``most`` bytes from ``offset``; fewer only at the end."""

    def size(self) -> int:
        """Bytes now; fails when the file has been deleted meanwhile."""

    def append(self, data: bytes) -> None:
        """Write at the end; on failure, part of it may be there."""

    def cut(self, size: int) -> None:
        """Keep the first ``size`` bytes only."""

    def sync(self) -> None:
        """Return when the content would survive a power cut."""

    def lock(self) -> bool:
        """Become the only writer until closed; False if another one is."""

    def close(self) -> None:
        """Let go of the file and of its lock."""


class Disk(Protocol):
    """Files and folders. Paths name regular files, never a link to one."""

    def open(self, path: Path, mode: Mode) -> File:
        """Open a file; a new one is readable by its owner only."""

    def names(self, folder: Path) -> list[str]:
        """What a folder holds, sorted."""

    def make_folder(self, folder: Path) -> bool:
        """Make a folder for its owner only; False if it was there."""

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder would survive a power cut."""

    def replace(self, source: Path, target: Path) -> None:
        """Give a file another name in one step, whatever had it before."""

    def note(self, path: Path, data: bytes) -> None:
        """Write a small file that nobody needs after a power cut; none if empty."""

    def kind(self, path: Path) -> mounts.Kind:
        """What holds a path, as far as the system tells."""


class SystemFile:
    """A file of the operating system."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def read(self, offset: int, most: int) -> bytes:
        """See ``File``."""
        os.lseek(self.descriptor, offset, os.SEEK_SET)
        # Asked for in one piece, nearly always got in one: no copy of a large file.
        most = min(most, max(0, os.fstat(self.descriptor).st_size - offset))
        parts = []
        while most > 0 and (part := os.read(self.descriptor, most)):
            parts.append(part)
            most -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def size(self) -> int:
        """See ``File``."""
        status = os.fstat(self.descriptor)
        if not status.st_nlink:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return status.st_size

    def append(self, data: bytes) -> None:
        """See ``File``. The file was opened for appending."""
        written = os.write(self.descriptor, data)
        while written < len(data):  # a disk filling up takes a part first
            data = data[written:]
            written = os.write(self.descriptor, data)

    def cut(self, size: int) -> None:
        """See ``File``."""
        os.ftruncate(self.descriptor, size)

    def sync(self) -> None:
        """See ``File``."""
        os.fsync(self.descriptor)

    def lock(self) -> bool:
        """See ``File``."""
        raise NotImplementedError

    def close(self) -> None:
        """See ``File``."""
        if self.descriptor >= 0:
            descriptor, self.descriptor = self.descriptor, -1
            os.close(descriptor)


class SystemDisk:
    """What all systems do alike."""

    file: type[SystemFile] = SystemFile

    def open(self, path: Path, mode: Mode) -> File:
        """See ``Disk``."""
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
        """See ``Disk``."""
        return sorted(path.name for path in folder.iterdir())

    def make_folder(self, folder: Path) -> bool:
        """See ``Disk``."""
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
        """See ``Disk``."""
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        try:
            # Not fdatasync: for a folder it may leave the new name out.
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """See ``Disk``."""
        source.replace(target)

    def note(self, path: Path, data: bytes) -> None:
        """See ``Disk``."""
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
        """See ``Disk``."""
        return mounts.kind(path)


if sys.platform == "win32":  # pragma: no cover - the system under test is another
    import msvcrt

    class _WindowsFile(SystemFile):
        # Far beyond the largest register: locked bytes cannot be read by others.
        _LOCKED = 1 << 30

        def lock(self) -> bool:
            os.lseek(self.descriptor, self._LOCKED, os.SEEK_SET)
            try:
                msvcrt.locking(self.descriptor, msvcrt.LK_NBLCK, 1)
            except PermissionError:
                return False
            except OSError as error:
                if error.errno == errno.EDEADLK:
                    return False
                raise
            return True

    class _WindowsDisk(SystemDisk):
        file = _WindowsFile

        def sync_folder(self, folder: Path) -> None:
            # NTFS journals names itself and cannot be asked to.
            pass

    DISK: Disk = _WindowsDisk()
else:
    import fcntl

    class _PosixFile(SystemFile):
        def lock(self) -> bool:
            try:
                fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

    if sys.platform == "darwin":  # pragma: no cover - the system under test is another

        class _MacFile(_PosixFile):
            def sync(self) -> None:
                try:
                    fcntl.fcntl(self.descriptor, fcntl.F_FULLFSYNC)
                except OSError as error:
                    # Network and some foreign file systems do not know it.
                    if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                        raise
                    os.fsync(self.descriptor)

        class _MacDisk(SystemDisk):
            file = _MacFile

            def sync_folder(self, folder: Path) -> None:
                descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
                try:
                    _MacFile(descriptor).sync()
                finally:
                    os.close(descriptor)

        DISK: Disk = _MacDisk()
    else:

        class _LinuxFile(_PosixFile):
            def sync(self) -> None:
                os.fdatasync(self.descriptor)

        class _LinuxDisk(SystemDisk):
            file = _LinuxFile

        DISK: Disk = _LinuxDisk()
"""The disk of this system."""

READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
"""Errors that say: this may be read, not written."""
FULL = frozenset(
    {errno.ENOSPC, errno.EFBIG}
    | ({errno.EDQUOT} if hasattr(errno, "EDQUOT") else set())
)
"""Errors that say: there is no room left."""

_SENTENCES = {
    errno.EISDIR: N_("There is a folder where the register should be: {path}."),
    errno.ENOTDIR: N_("There is a file where a folder should be: {path}."),
    errno.ELOOP: N_(
        "{path} is a link to another file; a register must be the file itself."
    ),
    errno.ENOTSUP: N_("{path} is not an ordinary file (a pipe or a device?)."),
    errno.EEXIST: N_("{path} already exists."),
    errno.EIO: N_(
        "The disk failed while reading or writing {path}. Copy the folder to another "
        "disk and verify the copy."
    ),
}


def explained(error: OSError, path: Path) -> RegisterError:
    """The sentence for an error of the disk.

    Args:
        error: What the system said.
        path: What was to be read or written.
    """
    number = error.errno or 0
    if number == errno.ENOENT:
        return UnreadableRegisterError(N_("There is no {path}."), path=path)
    if number in FULL:
        return RegisterError(
            N_(
                "The disk is full: {path} cannot be written. Make room, then try again."
            ),
            path=path,
        )
    if number == errno.EROFS:
        return RegisterError(
            N_("{path} is on a medium that can only be read; copy it to a disk first."),
            path=path,
        )
    if number in READ_ONLY:
        return RegisterError(
            N_("You may not open {path}: ask for the permission or for a copy."),
            path=path,
        )
    if number in _SENTENCES:
        return UnreadableRegisterError(_SENTENCES[number], path=path)
    return RegisterError(
        N_("The system refused {path}: {detail}."),
        path=path,
        detail=error.strerror or type(error).__name__,
    )


def write_whole(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Put a file in place so that a power cut leaves the old one or the new one.

    Raises:
        OSError: as the disk said it; the old file is untouched.
    """
    temporary = path.with_name(path.name + ".new")
    # Left by an earlier try that was cut: ours to replace, never to follow.
    disk.note(temporary, b"")
    file = disk.open(temporary, "new")
    try:
        file.append(data)
        file.sync()
    finally:
        file.close()
    disk.replace(temporary, path)
    disk.sync_folder(path.parent)
