"""Torn ends kept aside: ``acts.jsonl.torn-1``, ``-2`` … beside the register.

A power cut leaves part of a write that nobody was told had succeeded. It is cut
off, but not destroyed: whoever doubts the repair can look at it. The act that tells
of it carries its SHA-256, so that what was kept and not yet told can be told later.
"""

from __future__ import annotations

import re
from pathlib import Path

from jury_tui.errors import JuryError
from jury_tui.register import chain
from jury_tui.register.chain import Torn
from jury_tui.register.disk import Disk, File, explained, write_whole
from jury_tui.register.records import Records


def keep(path: Path, torn: Torn, disk: Disk) -> Path:
    """Keep a torn end aside; it is durable when this returns.

    Raises:
        OSError: as the disk said it.
    """
    kept = _kept(path, disk)
    for place in kept.values():
        # Kept by an opening that was cut before it cut the register.
        if _holds(place, torn.data, disk):
            disk.sync_folder(path.parent)
            return place
    place = path.with_name(f"{path.name}.torn-{max(kept, default=0) + 1}")
    write_whole(place, torn.data, disk)
    return place


def repair(file: File, path: Path, torn: Torn, size: int, disk: Disk) -> None:
    """Keep a torn end aside, durably; only then cut it off, durably.

    Raises:
        OSError: as the disk said it; the register may still have its torn end.
    """
    keep(path, torn, disk)
    file.cut(size)
    file.sync()


def untold(
    path: Path, records: Records, disk: Disk
) -> tuple[tuple[Torn, ...], tuple[JuryError, ...]]:
    """The torn ends that were kept aside and that no act tells of.

    Returns:
        These, oldest first, and what could not be looked at.

    Raises:
        OSError: the folder cannot be listed.
    """
    kept = _kept(path, disk)
    if not kept:
        return (), ()
    told = {
        record.get("sha256")
        for record in records
        if record.get("type") == "RegisterRecovered"
    }
    found: list[Torn] = []
    notices: list[JuryError] = []
    for _number, place in sorted(kept.items()):
        try:
            data = _bytes(place, disk)
        except OSError as error:
            notices.append(explained(error, place))
            continue
        torn = Torn(len(records) + 1, data)
        if torn.sha256 not in told and len(data) <= chain.MAX_LINE:
            found.append(torn)
    return tuple(found), tuple(notices)


def _kept(path: Path, disk: Disk) -> dict[int, Path]:
    pattern = re.compile(re.escape(path.name) + r"\.torn-([1-9][0-9]{0,5})", re.ASCII)
    return {
        int(match[1]): path.with_name(name)
        for name in disk.names(path.parent)
        if (match := pattern.fullmatch(name))
    }


def _holds(place: Path, data: bytes, disk: Disk) -> bool:
    try:
        return _bytes(place, disk) == data
    except OSError:
        return False  # a folder or a link of that name: it is kept under another


def _bytes(place: Path, disk: Disk) -> bytes:
    file = disk.open(place, "read")
    try:
        return file.read(0, chain.MAX_LINE + 1)  # longer is not ours
    finally:
        file.close()
