"""What is audited: a register read, its acts decoded and walked over, once."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from jury_tui.audit.exports import Exports
from jury_tui.audit.walk import Trail, Walk
from jury_tui.errors import JuryError, RegisterError, UnreadableRegisterError
from jury_tui.register import chain
from jury_tui.register.chain import Anchor
from jury_tui.register.disk import DISK, explained
from jury_tui.register.reading import Reading, check, content, judged
from jury_tui.register.records import FILE
from jury_tui.session import acts as a
from jury_tui.session.session import Session


class Anchored(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of a register outside of it.

    Attributes:
        anchors: Counts and heads, in any order.
        codes: Short codes that somebody read on paper.
        kept: Whether there is a ledger of anchors beside the sessions at all.
        fault: Why that ledger cannot be believed, in a sentence; empty if it can.
        shared: Whether a whole folder is audited, which says that fault itself.
    """

    anchors: tuple[Anchor, ...] = ()
    codes: tuple[str, ...] = ()
    kept: bool = False
    fault: str = ""
    shared: bool = False


class Audited(msgspec.Struct, frozen=True, kw_only=True):
    """One register and everything the checks look at.

    Attributes:
        path: The file.
        reading: Its acts, up to the first in doubt.
        acts: The same, typed, up to the first that cannot be read.
        foreign: Why the act after these cannot be read, if there is one.
        trail: What walking over them found.
        anchored: What is remembered of it elsewhere.
        exports: Where its workbooks are looked for; None: they are not.
        now: The moment of the audit.
    """

    path: Path
    reading: Reading
    acts: Sequence[a.AnyAct]
    foreign: JuryError | None
    trail: Trail
    anchored: Anchored
    exports: Exports | None
    now: dt.datetime

    @property
    def session(self) -> Session:
        """What the acts add up to."""
        return self.trail.session

    @property
    def anchor_fault(self) -> RegisterError | None:
        """The first act that is not what was remembered of it."""
        return check(self.reading.heads, self.anchored.anchors)


def register_path(path: Path) -> Path:
    """The register of a session given by its folder or by the file itself."""
    return path / FILE if path.is_dir() else path


def bytes_of(path: Path) -> bytes:
    """A register's bytes, bounded.

    Raises:
        RegisterError: no such file, no ordinary file, too large, or refused.
    """
    try:
        file = DISK.open(path, "read")
        try:
            return content(file, path)
        finally:
            file.close()
    except OSError as error:
        raise explained(error, path) from error


def take(
    data: bytes,
    path: Path,
    *,
    now: dt.datetime,
    anchored: Anchored,
    exports: Exports | None = None,
) -> Audited:
    """Read a register for its audit.

    Args:
        data: Its bytes.
        path: Where they come from, to name it.
        now: The moment of the audit.
        anchored: What is remembered of the register elsewhere.
        exports: Where its workbooks are.

    Raises:
        RegisterError: there is nothing to judge.
    """
    reading = judged(path, chain.scan(data), data)
    acts, foreign = typed(reading)
    trail = Walk().over(acts)
    return Audited(
        path=path,
        reading=reading,
        acts=acts,
        foreign=foreign,
        trail=trail,
        anchored=anchored,
        exports=exports,
        now=now,
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Thousands of frozen values, no cycle: looking for one costs as much as all."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def typed(reading: Reading) -> tuple[Sequence[a.AnyAct], JuryError | None]:
    """The acts of a reading, and why the first unreadable one is not among them."""
    if reading.acts is not None:
        return reading.acts, None
    acts: list[a.AnyAct] = []
    for number, record in enumerate(reading.records, 1):
        try:
            acts.append(a.from_record(record, number))
        except UnreadableRegisterError as error:
            return acts, error
    return acts, None
