"""Power cuts on the real register over a fake disk, judged by an oracle.

The oracle knows what was sent and what was acknowledged, and where in the disk's
log. After each cut the register is opened again, which repairs it; more is recorded;
the power is cut again, during the repair or after; it is opened once more.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jury_tui.errors import JuryError, RegisterError, UnreadableRegisterError
from jury_tui.register.chain import Torn, Verdict
from jury_tui.register.reading import read
from jury_tui.register.register import Register
from tests.support.fakedisk import FakeDisk

SESSIONS = Path("/sessions")
PATH = SESSIONS / "s-1" / "acts.jsonl"
FIRST = {"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}

Acts = list[dict[str, Any]]


class LostError(AssertionError):
    """An invariant does not hold: what, in a few words."""


class Oracle:
    """What a register was told, and when it was acknowledged.

    Attributes:
        sent: Every act, in order, but for those that tell of a repair.
        ends: How many acts there were after each stroke that was sent.
        acknowledged: Place in the disk's log, acts acknowledged there.
    """

    def __init__(self, found: Acts | None = None) -> None:
        # What is found on a disk after a cut is on that disk.
        self.sent: Acts = list(found or [])
        self.ends = [len(self.sent)]
        self.acknowledged = [(0, len(self.sent))]

    def send(self, acts: Acts) -> None:
        self.sent += acts
        self.ends.append(len(self.sent))

    def acknowledge(self, disk: FakeDisk) -> None:
        self.acknowledged.append((len(disk.log), len(self.sent)))

    def at(self, calls: int) -> int:
        """How many acts were acknowledged when the log had this many calls."""
        return max(count for place, count in self.acknowledged if place <= calls)


def tell(torn: Torn) -> Mapping[str, object]:
    return {"type": "RegisterRecovered", "bytes": torn.size, "sha256": torn.sha256}


def record(disk: FakeDisk, oracle: Oracle, choose: random.Random, strokes: int) -> None:
    """Make the session's register, or go on with it, and record a few strokes."""
    register = opened(disk, oracle)
    for _ in range(strokes):
        if choose.random() < 0.15:
            register.close()
            register = opened(disk, oracle)
        few = choose.choice((1, 1, 1, 2, 5))
        acts: Acts = [
            {
                "type": "VoteCounted",
                "n": len(oracle.sent) + number,
                "text": "é" * choose.choice((3, 30, 300)),
            }
            for number in range(few)
        ]
        oracle.send(acts)
        if choose.random() < 0.5:
            register.append(acts)
        else:
            register.begin(acts)
            register.settle()
        oracle.acknowledge(disk)
    register.close()


def opened(disk: FakeDisk, oracle: Oracle) -> Register:
    """The register, made if it is not there; the oracle learns what it tells."""
    if not oracle.sent:
        oracle.send([dict(FIRST)])
        register = Register.create(SESSIONS, FIRST, disk=disk)
        oracle.acknowledge(disk)
        return register
    return Register.open(PATH, recovered=tell, disk=disk)


def recovered(disk: FakeDisk, oracle: Oracle, acknowledged: int) -> Oracle:
    """Open after a cut; what was recovered becomes the next history's beginning.

    Raises:
        LostError: something acknowledged is not there, something never sent is, or
            the register cannot be opened.
    """
    tail, evidence = _tail(disk), _evidence(disk)
    try:
        register = Register.open(PATH, recovered=tell, disk=disk)
    except UnreadableRegisterError as error:
        if acknowledged:
            raise LostError("cannot be read, and acts were acknowledged") from error
        return Oracle()
    except JuryError as error:
        raise LostError(f"cannot be opened: {error.message}") from error
    told = [act for act in register.records if act["type"] == "RegisterRecovered"]
    acts = [act for act in register.records if act["type"] != "RegisterRecovered"]
    register.close()
    if acts != oracle.sent[: len(acts)]:
        raise LostError("holds what was never sent")
    if len(acts) < acknowledged:
        raise LostError("lost what was acknowledged")
    if len(acts) not in oracle.ends:
        raise LostError("kept a part of one stroke")
    kept = _evidence(disk)
    if tail and tail not in kept:
        raise LostError("cut a torn end without keeping it aside")
    if not set(evidence) <= set(kept):
        raise LostError("lost what was kept aside")
    sums = {Torn(1, data).sha256 for data in kept}
    if any(act["sha256"] not in sums for act in told):
        raise LostError("tells of a torn end that is not there")
    if {act["sha256"] for act in told} != sums:
        raise LostError("a torn end was kept aside and never told")
    if read(PATH, disk=disk).verdict is not Verdict.CLEAN:
        raise LostError("not clean after the repair")
    return Oracle(acts)


def _tail(disk: FakeDisk) -> bytes:
    try:
        reading = read(PATH, disk=disk)
    except RegisterError:
        return b""
    return reading.torn.data if reading.torn else b""


def _evidence(disk: FakeDisk) -> list[bytes]:
    return [
        bytes(inode.data)
        for name, inode in disk.files.items()
        if ".torn-" in name and not name.endswith(".new")
    ]


def cuts(seed: int, number: int) -> int:
    """Cut the power this many times; how many cuts were looked at.

    Raises:
        LostError: an invariant does not hold.
    """
    choose = random.Random(seed)
    done = 0
    while done < number:
        disk, oracle = FakeDisk(), Oracle()
        record(disk, oracle, choose, choose.randint(1, 6))
        for calls in range(len(disk.log) + 1):
            for bias in ("kept", "lost", "", "", "", ""):
                _twice(disk, oracle, calls, bias, choose)
                done += 2
    return done


def _twice(
    disk: FakeDisk, oracle: Oracle, calls: int, bias: str, choose: random.Random
) -> None:
    found = disk.after_cut(calls, choose, bias)
    tail = _tail(found)
    history = recovered(found, oracle, oracle.at(calls))
    record(found, history, choose, choose.randint(1, 2))
    # The second cut, often in the middle of the repair.
    again = choose.randint(0, len(found.log))
    later = found.after_cut(again, choose)
    recovered(later, history, history.at(again))
    if tail and tail not in _evidence(later):
        raise LostError("cut a torn end without keeping it aside")
