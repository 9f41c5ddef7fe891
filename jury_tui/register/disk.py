"""The disk, behind the few calls in which systems differ.

Durable means: still there after the power is cut. Linux has ``fdatasync``; macOS
keeps what ``fsync`` wrote in the drive's memory until ``F_FULLFSYNC``; Windows has
only ``_commit`` (``os.fsync``), cannot sync a folder, and locks byte ranges. The
variants are in ``systems``, one is chosen when this module is imported; the tests put
a disk of their own in its place, which forgets what was not synced.

These calls raise ``OSError`` and nothing else; ``explained`` turns one into a
sentence.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Protocol

from jury_tui.errors import RegisterError, UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.register import mounts, systems
from jury_tui.register.systems import Mode


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
        """Become the only writer until closed; False if another one is.

        Fails with ``ENOLCK`` where nobody can be.
        """

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


DISK: Disk = systems.this()
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
    errno.ENOLCK: N_(
        "{path} is on a disk without locks: two people could write at once, so nothing "
        "is recorded there. Copy the folder to a local disk."
    ),
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
