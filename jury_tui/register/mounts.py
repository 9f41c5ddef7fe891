"""What kind of file system holds a path.

On a network one, locks and syncs are promises of somebody else's; in memory,
nothing survives.

Asked of the system as text (``/proc/self/mountinfo``, ``mount``), since Python has
no call for it; not knowing is an answer, never an error.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import msgspec


class Kind(msgspec.Struct, frozen=True):
    """A file system.

    Attributes:
        name: As the system calls it (``ext4``, ``nfs4``); empty if it did not say.
        network: Others may hold it, over a network.
        volatile: It lives in memory and is gone at the next start.
    """

    name: str = ""
    network: bool = False
    volatile: bool = False


_NETWORK = frozenset({"nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs"})
_NETWORK |= {"afpfs", "9p", "webdav", "davfs", "davfs2", "ncpfs", "afs", "ceph"}
_NETWORK |= {"glusterfs", "lustre", "beegfs", "gpfs", "orangefs"}
_NETWORK |= {"vboxsf", "prl_fs", "vmhgfs"}  # folders a virtual machine's host shares
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat"})
_VOLATILE = frozenset({"tmpfs", "ramfs"})


def named(name: str) -> Kind:
    """The kind of a file system by its name."""
    fuse = name.startswith(("fuse.", "macfuse", "osxfuse")) and name not in _LOCAL_FUSE
    return Kind(name, name in _NETWORK or fuse, name in _VOLATILE)


def from_mountinfo(text: str, path: str) -> Kind:
    """Of Linux's ``/proc/self/mountinfo``, the line that holds a path (proc(5))."""
    best, name = "", ""
    for line in text.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        # Spaces and the like are written as three octal digits.
        point = re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), fields[4])
        if _holds(point, path) and len(point) >= len(best):  # the later one covers
            best, name = point, after.split(" ")[0]
    return named(name)


def from_mount(text: str, path: str) -> Kind:
    """Of macOS's ``mount``: ``//me@host/share on /Volumes/share (smbfs, nodev)``."""
    best, name = "", ""
    for line in text.splitlines():
        match = re.fullmatch(r".* on (/.*) \(([^,)]*).*\)", line)
        if match and _holds(match[1], path) and len(match[1]) >= len(best):
            best, name = match[1], match[2]
    return named(name)


def _holds(point: str, path: str) -> bool:
    return path == point or path.startswith(point.rstrip("/") + "/")


def kind(path: Path) -> Kind:
    """The kind of file system that holds a path, as far as the system tells."""
    try:
        whole = os.path.realpath(path)
        if sys.platform == "win32":  # pragma: no cover
            return _windows(whole)
        if sys.platform == "darwin":  # pragma: no cover
            return _darwin(whole)
        text = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        return from_mountinfo(text, whole)
    except OSError:
        return Kind()  # not told: no warning rather than a false one


def _darwin(path: str) -> Kind:  # pragma: no cover - needs macOS
    import subprocess

    try:
        command = subprocess.run(
            ["/sbin/mount"], capture_output=True, timeout=5, check=False
        )
    except subprocess.SubprocessError:
        return Kind()
    return from_mount(command.stdout.decode(errors="replace"), path)


def _windows(path: str) -> Kind:  # pragma: no cover - needs Windows
    import ctypes

    if path.startswith("\\\\") and not path.startswith("\\\\?\\"):
        return Kind("UNC", network=True)
    root = os.path.splitdrive(path)[0] + "\\"
    drive: int = ctypes.windll.kernel32.GetDriveTypeW(root)  # type: ignore[attr-defined,unused-ignore]
    remote, memory = 4, 6  # DRIVE_REMOTE, DRIVE_RAMDISK
    return Kind("", network=drive == remote, volatile=drive == memory)
