"""Reading a register without touching it: what it holds, and a verdict as a value."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from jury_tui.errors import BrokenChainError, UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.register import chain
from jury_tui.register.chain import Anchor, Scan, Torn, Verdict
from jury_tui.register.disk import DISK, Disk, File, explained
from jury_tui.register.records import Records
from jury_tui.session.acts import AnyAct

_CUT = N_(
    "The register was altered: it holds {count} acts, and {remembered} were "
    "remembered. Its end was cut or an older copy put back: act {act} is missing."
)
_REWRITTEN = N_(
    "The register was altered: act {act} or one before it is not what was remembered "
    "when there were {remembered} acts."
)
_SHORTER = N_(
    "The register was altered while it was being followed: act {act} is not what it "
    "was."
)


class Reading(msgspec.Struct, frozen=True):
    """What a register's file says.

    Attributes:
        path: The file.
        session_id: The session its first act names.
        bodies: Each act's canonical bytes, up to the first in doubt.
        heads: Each act's hash; "" where the same line goes on.
        torn: What a power cut left at the end, not acknowledged to anybody.
        fault: The first act in doubt, if the file was altered.
        acts: The acts, typed, if the scan read them all: see ``typed``.
    """

    path: Path
    session_id: str
    bodies: list[bytes]
    heads: list[str]
    torn: Torn | None = None
    fault: BrokenChainError | None = None
    acts: list[AnyAct] | None = None

    @property
    def records(self) -> Records:
        """The acts as dictionaries."""
        return Records(self.bodies)

    @property
    def count(self) -> int:
        """How many acts."""
        return len(self.bodies)

    @property
    def head(self) -> str:
        """The hash of the last act's line; empty if no act is beyond doubt."""
        return self.heads[-1] if self.heads else ""

    @property
    def anchor(self) -> Anchor:
        """What to remember of it."""
        return Anchor(self.count, self.head)

    @property
    def verdict(self) -> Verdict:
        """Clean, torn or tampered."""
        if self.fault is not None:
            return Verdict.TAMPERED
        return Verdict.CLEAN if self.torn is None else Verdict.TORN

    @property
    def json(self) -> bytes:
        """All acts as one JSON array: what a typed decoder reads fastest."""
        return b"[" + b",".join(self.bodies) + b"]"


def check(heads: list[str], anchors: Iterable[Anchor]) -> BrokenChainError | None:
    """Compare a register with what was remembered of it.

    Args:
        heads: The hash of each act, as ``Reading.heads``.
        anchors: What was remembered, in any order.

    Returns:
        The first act that cannot be what it was; None if all agree.
    """
    for anchor in sorted(anchors, key=lambda anchor: anchor.count):
        if anchor.count <= 0:
            continue  # nothing was remembered
        if anchor.count > len(heads):
            return BrokenChainError(
                _CUT, act=len(heads) + 1, count=len(heads), remembered=anchor.count
            )
        if heads[anchor.count - 1] != anchor.head:
            return BrokenChainError(
                _REWRITTEN, act=anchor.count, remembered=anchor.count
            )
    return None


def read(path: Path, anchor: Anchor | None = None, *, disk: Disk = DISK) -> Reading:
    """Read a register: no lock, nothing written, no act taken on trust.

    Args:
        path: The file ``acts.jsonl``.
        anchor: What was remembered of it, if anything.
        disk: Where it is.

    Raises:
        UnreadableRegisterError: there is nothing to judge: no file, not a register,
            or no complete act in it.
        RegisterError: the system refused.
    """
    try:
        file = disk.open(path, "read")
        try:
            data = content(file, path)
        finally:
            file.close()
    except OSError as error:
        raise explained(error, path) from error
    return judged(path, chain.scan(data), data, [anchor] if anchor else [])


def content(file: File, path: Path) -> bytes:
    """All bytes of an open register.

    Raises:
        OSError: as the disk said it.
        UnreadableRegisterError: larger than any register.
    """
    data = file.read(0, chain.MAX_FILE + 1)
    if len(data) > chain.MAX_FILE:
        raise UnreadableRegisterError(
            N_("{path} is not a register: it is larger than {most} bytes."),
            path=path,
            most=chain.MAX_FILE,
        )
    return data


def judged(
    path: Path, scan: Scan, data: bytes, anchors: Iterable[Anchor] = ()
) -> Reading:
    """A scan of a whole register as a reading, once its anchors are compared.

    Raises:
        UnreadableRegisterError: not a register, or no complete act.
    """
    fault = scan.fault
    if not scan.bodies and not chain.holds_line(data):
        raise UnreadableRegisterError(
            N_(
                "{path} holds no complete act: it was cut while it was made, emptied, "
                "or is not a register."
            ),
            path=path,
        )
    if fault is None:
        fault = check(scan.heads, anchors)
    return Reading(
        path, scan.session_id, scan.bodies, scan.heads, scan.torn, fault, scan.acts
    )


class Follower:
    """A second window on a register: new acts as another program records them.

    Args:
        path: The file ``acts.jsonl``.
        disk: Where it is.
    """

    def __init__(self, path: Path, *, disk: Disk = DISK) -> None:
        self.path = path
        self.session_id = ""
        self.count = 0
        self.head = ""
        self._disk = disk
        self._end = 0

    def new(self) -> Records:
        """The acts recorded since the last call; all of them at the first.

        A line being written is left for the next call.

        Raises:
            BrokenChainError: what was already read has changed, or what follows
                does not continue it.
            RegisterError: the file cannot be read.
        """
        try:
            file = self._disk.open(self.path, "read")
            try:
                size = file.size()
                data = file.read(self._end, chain.MAX_FILE + 1 - self._end)
            finally:
                file.close()
        except OSError as error:
            raise explained(error, self.path) from error
        if size < self._end or self._end + len(data) > chain.MAX_FILE:
            raise BrokenChainError(_SHORTER, act=self.count)
        scan = chain.scan(
            data, session_id=self.session_id, head=self.head, count=self.count
        )
        if scan.fault is not None:
            raise scan.fault
        self.session_id = scan.session_id
        self.count += len(scan.bodies)
        self.head = scan.head or self.head
        self._end += scan.size
        return Records(scan.bodies)


def follow(path: Path, count: int, *, disk: Disk = DISK) -> Records:
    """The acts a register holds after its first ``count``, the chain checked.

    Reads all of the file: a window that follows live keeps a ``Follower``.

    Raises:
        BrokenChainError: altered, or shorter than ``count``.
        RegisterError: it cannot be read.
    """
    reading = read(path, disk=disk)
    if reading.fault is not None:
        raise reading.fault
    if reading.count < count:
        raise BrokenChainError(
            _CUT, act=reading.count + 1, count=reading.count, remembered=count
        )
    return reading.records[count:]
