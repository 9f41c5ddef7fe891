"""Anchors: how many acts a register had, and its head, remembered elsewhere.

``SESSIONS/anchors.jsonl`` is itself a chained journal of the same format, its
session called ``anchors``. It is added to when a decision is pronounced, a session
closed, sealed or signed. Together with the signatures and the code printed in the
minutes, it is what names a cut or rewritten end, or an older copy put back.

One that has grown large is left as it is, and ``anchors-2.jsonl`` goes on, then
``anchors-3.jsonl``: the first act of each holds the count and the head of the one
before. Whoever adds holds the lock of the first.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec

from jury_tui import canonical
from jury_tui.errors import BrokenChainError, UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.register import chain
from jury_tui.register.chain import Anchor, Scan
from jury_tui.register.disk import DISK, Disk, File, explained
from jury_tui.register.reading import Reading, check, content, read

FILE = "anchors.jsonl"
_NAME = "anchors"
_FIRST: dict[str, object] = {"type": "AnchorsStarted", "session": _NAME, "format": 1}
UNBELIEVABLE = N_(
    "The list of anchors cannot be believed: {why} Compare with the code printed in "
    "the minutes."
)
_OTHER = N_(
    "The list of anchors was altered: {path} does not follow from the one before it."
)
# Somebody else remembering at this moment takes a few milliseconds.
_TRIES, _PAUSE = 40, 0.05  # seconds
_PIECE = 1 << 20  # bytes read at a time, from the end
_FULL = 32 * 1024 * 1024  # bytes; some 150,000 anchors, read at once when verified
_LEDGER = re.compile(r"anchors(?:-([1-9][0-9]{0,5}))?\.jsonl", re.ASCII)


class _Anchored(msgspec.Struct, frozen=True, tag_field="type", tag="Anchored"):
    session: str
    count: int
    head: str


def remember(
    folder: Path, session_id: str, anchor: Anchor, *, disk: Disk = DISK
) -> None:
    """Remember where a session's register stands; durable when this returns.

    Only the ledger's last line is read, unless a power cut tore it, or it is full:
    ``remembered`` verifies all of it.

    Args:
        folder: The folder of all sessions.
        session_id: The session.
        anchor: ``Register.anchor``.
        disk: Where they are.

    Raises:
        RegisterError: the ledger's end is damaged, busy, or the disk refused.
    """
    path = folder / FILE
    chain.check_session_id(session_id)
    entry: dict[str, object]
    entry = {"type": "Anchored", "session": session_id, "head": anchor.head}
    entry["count"] = anchor.count
    from jury_tui.register.journal import Journal  # who only reads needs no TinyDB

    try:
        with _locked(path, disk) as first, ExitStack() as opened:
            file, number = first, _ledgers(folder, disk)[-1]
            if number > 1:
                path = _ledger(folder, number)
                file = opened.enter_context(closing(disk.open(path, "write")))
            known = _known(file, path, disk)
            if known.size >= _FULL:
                number += 1
                path = _ledger(folder, number)
                file = opened.enter_context(closing(disk.open(path, "new")))
                known = Scan(_NAME, [], [], 0)
            if known.size:
                Journal(path, file, known).append([entry])
            else:
                disk.sync_folder(folder)
                begun = _begun(folder, number, disk)
                Journal(path, file, known).append([begun, entry])
    except OSError as error:
        raise explained(error, path) from error


def remembered(folder: Path, *, disk: Disk = DISK) -> dict[str, list[Anchor]]:
    """Everything remembered, by session, oldest first; the ledger is verified.

    Raises:
        BrokenChainError: the ledger was altered.
        RegisterError: it cannot be read.
    """
    known: dict[str, list[Anchor]] = {}
    before: Anchor | None = None
    ledgers = _ledgers(folder, disk)
    for number in ledgers:
        path = _ledger(folder, number)
        if number == ledgers[-1] and _empty(path, disk):
            break  # the power was cut while it was made
        reading = read(path, disk=disk)
        if reading.session_id != _NAME:
            raise UnreadableRegisterError(
                N_("{path} is not a list of anchors."), path=path
            )
        if reading.fault is not None:
            raise reading.fault
        for place, record in enumerate(reading.records, start=1):
            if place == 1:
                if record != _first(before):
                    raise BrokenChainError(_OTHER, act=1, path=path)
                continue
            entry = _entry(record, path, place)
            known.setdefault(entry.session, []).append(Anchor(entry.count, entry.head))
        before = reading.anchor
    return known


def last(folder: Path, session_id: str, *, disk: Disk = DISK) -> Anchor | None:
    """What was last remembered of one session, however long the ledger.

    Opening a session asks this: the ledger is looked through from its end and only
    the line found is read. ``remembered``, for the audit, verifies all of it.

    Raises:
        RegisterError: the ledger cannot be read, or the line is no anchor.
    """
    wanted = b'"session":' + msgspec.json.encode(session_id)
    for number in reversed(_ledgers(folder, disk)):
        path = _ledger(folder, number)
        try:
            with closing(disk.open(path, "read")) as file:
                line = _last_line(file, wanted)
        except OSError as error:
            raise explained(error, path) from error
        for body in reversed(chain.entries(line[65:]) if line else []):
            if wanted in body:
                entry = _entry(canonical.decode(body), path, 0)
                return Anchor(entry.count, entry.head)
    return None


def _last_line(file: File, wanted: bytes) -> bytes | None:
    """The last line with these bytes, without its line feed; read from the end."""
    end, tail, whole = file.size(), b"", False
    while end > 0:
        start = max(0, end - _PIECE)
        piece = file.read(start, end - start) + tail
        if not whole:  # what a power cut left after the last line feed is no line
            piece, whole = piece[: piece.rfind(b"\n") + 1], b"\n" in piece
        found = piece.rfind(wanted)
        before = piece.rfind(b"\n", 0, max(found, 0))
        if found >= 0 and (before >= 0 or start == 0):
            return piece[before + 1 : piece.index(b"\n", found)]
        # a line cut by the piece's beginning is read again with what stands before
        tail, end = piece[: chain.MAX_LINE], start
    return None


def named(path: Path, *, disk: Disk = DISK) -> str:
    """The session whose anchors speak of a register: the one that it names itself.

    Empty where it names none. A folder that was renamed is remembered by no name of
    its own, and its register's end may have been cut all the same.
    """
    try:
        with closing(disk.open(path, "read")) as file:
            return chain.session_of(file.read(0, chain.MAX_LINE))
    except OSError:
        return ""  # whoever reads it says why it cannot be read


def compare(reading: Reading, known: dict[str, list[Anchor]]) -> Reading:
    """A reading, its ``fault`` set if it is not what was remembered of it.

    A register put in the folder of another session that is remembered is a fault
    too: it is that session's register that is missing.
    """
    if reading.fault is not None:
        return reading
    place = reading.path.parent.name
    if place in known and place != reading.session_id:
        replaced = BrokenChainError(
            N_(
                "The register was replaced: act {act} is of the session {session}, "
                "and this is the folder of {place}."
            ),
            act=1,
            session=reading.session_id,
            place=place,
        )
        return msgspec.structs.replace(reading, fault=replaced)
    fault = check(reading.heads, known.get(reading.session_id, []))
    return msgspec.structs.replace(reading, fault=fault)


def _ledgers(folder: Path, disk: Disk) -> list[int]:
    """The numbers of the ledgers there are, in order."""
    try:
        names = disk.names(folder)
    except OSError as error:
        raise explained(error, folder) from error
    found = (_LEDGER.fullmatch(name) for name in names)
    return sorted(int(match[1] or 1) for match in found if match)


def _ledger(folder: Path, number: int) -> Path:
    return folder / (FILE if number == 1 else f"anchors-{number}.jsonl")


def _empty(path: Path, disk: Disk) -> bool:
    try:
        with closing(disk.open(path, "read")) as file:
            return file.size() == 0
    except OSError as error:
        raise explained(error, path) from error


def _first(before: Anchor | None) -> dict[str, object]:
    """The first act of a ledger, which goes on after the one before."""
    if before is None:
        return _FIRST
    return {**_FIRST, "after": {"count": before.count, "head": before.head}}


def _begun(folder: Path, number: int, disk: Disk) -> dict[str, object]:
    """The first act of the ledger of that number; the one before is verified."""
    if number == 1:
        return _first(None)
    before = read(_ledger(folder, number - 1), disk=disk)
    if before.fault is not None:
        raise before.fault
    return _first(before.anchor)


def _entry(record: dict[str, Any], path: Path, number: int) -> _Anchored:
    try:
        return msgspec.convert(record, _Anchored)
    except msgspec.ValidationError as error:
        raise UnreadableRegisterError(
            N_("Line {number} of {path} is not an anchor: {detail}."),
            number=number,
            path=path,
            detail=str(error)[:200],
        ) from error


def _known(file: File, path: Path, disk: Disk) -> Scan:
    """What the end of the ledger tells, to add after it."""
    end = file.size()
    if not end:
        return Scan(_NAME, [], [], 0)
    last = file.read(max(0, end - chain.MAX_LINE), chain.MAX_LINE)
    piece = last[:-1].rsplit(b"\n", 1)[-1]
    if last.endswith(b"\n") and chain.holds_line(piece + b"\n"):
        return Scan(_NAME, [piece[65:]], [piece[:64].decode("ascii")], end)
    scan = chain.scan(content(file, path))
    if scan.fault is not None:
        raise scan.fault
    if scan.torn is not None:
        from jury_tui.register import evidence

        evidence.repair(file, path, scan.torn, scan.size, disk)
    return msgspec.structs.replace(scan, session_id=_NAME)


@contextmanager
def _locked(path: Path, disk: Disk) -> Iterator[File]:
    try:
        file = disk.open(path, "new")
    except FileExistsError:
        file = disk.open(path, "write")
    try:
        for _ in range(_TRIES):
            if file.lock():
                yield file
                return
            time.sleep(_PAUSE)
        from jury_tui.register import holder

        raise holder.busy(path, disk)
    finally:
        file.close()
