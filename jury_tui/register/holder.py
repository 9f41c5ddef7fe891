"""Who is writing a register: a courtesy for whoever comes second.

The lock itself is the system's, on the register's file; a small file beside it says
in words who took it, and is only believed while the lock is held.
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
import platform
from pathlib import Path

import msgspec

from jury_tui.errors import BusyRegisterError
from jury_tui.i18n import N_, short_moment
from jury_tui.register.disk import Disk

_MOST = 4096  # bytes; a name is not longer


class Holder(msgspec.Struct, frozen=True):
    """Who holds a register.

    Attributes:
        pid: The process.
        host: The machine's name.
        user: The account's name.
        since: When, RFC 3339; empty if it was not told.
    """

    pid: int = 0
    host: str = ""
    user: str = ""
    since: str = ""

    @property
    def elsewhere(self) -> bool:
        """Whether it is somebody on another machine."""
        return bool(self.host) and self.host != platform.node()


def note_path(path: Path) -> Path:
    """Where the holder of a register is noted."""
    return path.with_name(path.name + ".writer")


def myself(now: dt.datetime | None) -> Holder:
    """This process."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name
        user = str(os.getuid()) if hasattr(os, "getuid") else ""
    since = now.isoformat(timespec="seconds") if now else ""
    return Holder(os.getpid(), platform.node(), user, since)


def write(path: Path, holder: Holder, disk: Disk) -> None:
    """Note who holds a register; what cannot be noted is not worth a refusal."""
    try:
        disk.note(note_path(path), msgspec.json.encode(holder))
    except (OSError, UnicodeError):
        return  # the lock holds without it


def clear(path: Path, disk: Disk) -> None:
    """Take the note away, the lock still held."""
    try:
        disk.note(note_path(path), b"")
    except OSError:
        return  # a note without a lock is not believed


def read(path: Path, disk: Disk) -> Holder:
    """Who noted that they hold a register; empty if nobody can tell."""
    try:
        file = disk.open(note_path(path), "read")
        try:
            data = file.read(0, _MOST)
        finally:
            file.close()
        holder = msgspec.json.decode(data, type=Holder)
    except (OSError, msgspec.MsgspecError, UnicodeError, RecursionError):
        return Holder()
    return Holder(
        holder.pid, *(_plain(text) for text in (holder.host, holder.user, holder.since))
    )


def busy(path: Path, disk: Disk) -> BusyRegisterError:
    """The sentence for whoever comes second."""
    holder = read(path, disk)
    if not holder.pid:
        return BusyRegisterError(
            N_(
                "Another program is recording this session. Close it there, or open "
                "the session here to follow it."
            ),
            along=N_(
                "Another program is recording this session: here it is read, and "
                "followed live."
            ),
        )
    return BusyRegisterError(
        N_(
            "{user} is recording this session on {host} (process {pid}, since "
            "{since}). Close it there, or open the session here to follow it."
        ),
        along=N_(
            "{user} is recording this session on {host} (process {pid}, since "
            "{since}): here it is read, and followed live."
        ),
        user=holder.user or "?",
        host=holder.host or "?",
        pid=holder.pid,
        since=_time(holder.since),
    )


def left(holder: Holder) -> BusyRegisterError:
    """The sentence for a note found although the lock was free."""
    return BusyRegisterError(
        N_(
            "{user} on {host} opened this session (since {since}) and never closed it. "
            "Make sure that nobody is recording it there before you go on."
        ),
        user=holder.user or "?",
        host=holder.host,
        since=_time(holder.since),
    )


def _time(since: str) -> str:
    """A time in words; as it is where somebody else wrote something else."""
    try:
        return short_moment(dt.datetime.fromisoformat(since))
    except ValueError:
        return since or "?"


def _plain(text: str) -> str:
    # Somebody else's bytes on their way to a terminal.
    return "".join(c for c in text if c.isprintable())[:80]
