r"""The chain: one line an entry, each sealed by the hash of all that came before.

A line is ``<64 hex> <canonical JSON>\n``. The hash is SHA-256 over the previous
line's 64 hexadecimal characters followed by this line's JSON; before the first
line stands SHA-256 of ``jury-tui/1`` and the session's id, so that no line of one
session continues another's. The JSON is an act (an object), or an array of acts
that were recorded at one stroke: a line is what reaches the disk whole or not at
all. ``docs/register-format.md`` says the same to a third party.

Pure: bytes in, values out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import msgspec

from jury_tui import canonical
from jury_tui.errors import (
    BrokenChainError,
    RegisterError,
    UnreadableRegisterError,
)
from jury_tui.i18n import N_
from jury_tui.session import spelling
from jury_tui.session.acts import AnyAct

PREFIX = b"jury-tui/1"
MAX_LINE = 256 * 1024
"""Bytes of the longest line, hash and line feed included."""
MAX_FILE = 256 * 1024 * 1024
"""Bytes of the largest register."""

_SESSION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
# Names Windows keeps for devices, with or without an extension.
_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10)
}
_LINE = re.compile(rb"^[0-9a-f]{64} ([\[{].*)\n", re.MULTILINE)
_AT_ONCE = 256
_MOST_TYPED = 100_000
"""Acts that are read with their types: no session has a tenth of them, and what a
hostile file holds must not take many times its size."""


class Anchor(msgspec.Struct, frozen=True):
    """Where a register stood: what must be remembered outside of it.

    A chain does not see its own end being cut; somebody who remembers how many
    acts there were, and the last hash, does.

    Attributes:
        count: How many acts.
        head: The hash of the last one's line, 64 hexadecimal characters.
    """

    count: int
    head: str


class Torn(msgspec.Struct, frozen=True):
    """What a power cut left at the end of a register: never acknowledged.

    Attributes:
        act: The number the damaged act would have had, from 1.
        data: The bytes, from the first that is not part of a complete act.
    """

    act: int
    data: bytes

    @property
    def size(self) -> int:
        """How many bytes."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """Their SHA-256, in hexadecimal: the act that tells of the repair has it."""
        return hashlib.sha256(self.data).hexdigest()


class Verdict(StrEnum):
    """What the bytes say about themselves."""

    CLEAN = "clean"
    TORN = "torn"
    TAMPERED = "tampered"


class Scan(msgspec.Struct, frozen=True):
    """What a run of lines holds, up to the first in doubt.

    Attributes:
        session_id: The id in the first act; empty if there is none.
        bodies: The canonical bytes of each act.
        heads: For each act its line's hash; "" for an act that others of the
            same line follow, since no register ever ended there.
        size: How many bytes the complete lines take.
        acts: The same acts, typed: nearly always they were read on the way. None if
            there is one that only the slow way can judge, or too many.
        torn: The damage at the end, if a power cut explains it.
        fault: The damage, if only a change of the file explains it.
    """

    session_id: str
    bodies: list[bytes]
    heads: list[str]
    size: int
    acts: list[AnyAct] | None = None
    torn: Torn | None = None
    fault: BrokenChainError | None = None

    @property
    def verdict(self) -> Verdict:
        """Clean, torn or tampered."""
        if self.fault is not None:
            return Verdict.TAMPERED
        return Verdict.CLEAN if self.torn is None else Verdict.TORN

    @property
    def head(self) -> str:
        """The last hash; empty when there is no act."""
        return self.heads[-1] if self.heads else ""

    @property
    def anchor(self) -> Anchor:
        """Where the complete acts end."""
        return Anchor(len(self.bodies), self.head)


def check_session_id(session_id: object) -> str:
    """A session's id that can name a folder on any system.

    Raises:
        RegisterError: any other.
    """
    if (
        not isinstance(session_id, str)
        or not _SESSION_ID.fullmatch(session_id)
        or session_id.endswith(".")
        or session_id.split(".")[0].casefold() in _DEVICES
    ):
        raise RegisterError(
            N_(
                "“{session}” cannot name a session: use letters without accents, "
                "digits, hyphens, full stops and underscores (100 at most)."
            ),
            session=str(session_id)[:120],
        )
    return session_id


def start(session_id: str) -> str:
    """The hash before the first line."""
    return hashlib.sha256(PREFIX + session_id.encode()).hexdigest()


def link(head: str, body: bytes) -> str:
    """The hash of the line that holds ``body`` after the one hashed ``head``."""
    return hashlib.sha256(head.encode() + body).hexdigest()


def together(bodies: Sequence[bytes]) -> bytes:
    """What one line holds: an act, or the array of several."""
    return bodies[0] if len(bodies) == 1 else b"[" + b",".join(bodies) + b"]"


def line(head: str, bodies: Sequence[bytes]) -> tuple[str, bytes]:
    """The new head and the bytes of the line that adds these acts after ``head``.

    Raises:
        RegisterError: nothing to write, or the line would be too long.
    """
    if not bodies:
        raise RegisterError(N_("There is no act to record."))
    body = together(bodies)
    if len(body) + 66 > MAX_LINE:
        raise RegisterError(
            N_(
                "What is to be recorded at once takes {size} bytes; a register’s line "
                "holds {most} at most. Shorten the texts or record it in parts."
            ),
            size=len(body),
            most=MAX_LINE - 66,
        )
    head = link(head, body)
    return head, b"%b %b\n" % (head.encode(), body)


def session_of(data: bytes) -> str:
    """The id that a register's first line names; empty if it names none."""
    return _session_of(data[: max(0, data.find(b"\n", 0, MAX_LINE))])


def scan(data: bytes, *, session_id: str = "", head: str = "", count: int = 0) -> Scan:
    """Read lines, check every link and every spelling, and judge the rest.

    Args:
        data: The bytes: a whole register, or what follows its first acts.
        session_id: Given with ``head`` and ``count`` to go on after these.
        head: The last hash already known.
        count: How many acts came before.
    """
    if not head:
        session_id = session_of(data)
        head = start(session_id) if session_id else ""
    lines, heads, size = _linked(data, head)
    bodies, ends = _split_all(lines, heads)
    acts = spelling.read(bodies) if len(bodies) <= _MOST_TYPED else None
    if acts is None:
        bodies, ends = _canonical(bodies, ends)
    kept = len(ends) - ends.count("")
    if kept < len(lines):
        size = sum(len(line) + 66 for line in lines[:kept])
    result = Scan(session_id, bodies, ends, size, acts)
    if size == len(data):
        return result
    act = count + len(bodies) + 1
    if kept < len(lines):  # the hash is right: this was written, and whole
        return _altered(result, act)
    return _judged(result, data[size:], act)


def _linked(data: bytes, head: str) -> tuple[list[bytes], list[str], int]:
    """The bodies and hashes of lines, up to the first in doubt, and where that is.

    Piece by piece, since a hostile file may hold millions of line feeds. What follows
    the last one is no line.
    """
    sha256 = hashlib.sha256
    bodies: list[bytes] = []
    heads: list[str] = []
    size = 0
    while head and (end := data.rfind(b"\n", size, size + MAX_LINE)) >= 0:
        lines = data[size:end].split(b"\n")
        parts = [line.partition(b" ") for line in lines]
        # Each hash is made from what the line before says of itself: up to the first
        # that says wrong, that is the hash it has.
        said = [head.encode(), *(part[0] for part in parts)]
        made = [
            sha256(before + part[2]).hexdigest()
            for before, part in zip(said, parts, strict=False)
        ]
        right = len(lines)
        # Neither side of a space holds one: joined alike, they are alike one by one.
        if b" ".join(said[1:]) != " ".join(made).encode() or min(map(len, lines)) < 65:
            right = _wrong(lines, made)
        bodies += [part[2] for part in parts[:right]]
        heads += made[:right]
        size += sum(map(len, lines[:right])) + right
        head = made[-1] if right == len(lines) else ""
    return bodies, heads, size


def _wrong(lines: list[bytes], made: list[str]) -> int:
    """The first line that is not what its hash says; how many there are, if all are."""
    for index, (line, head) in enumerate(zip(lines, made, strict=True)):
        if len(line) < 65 or line[:65] != head.encode() + b" ":
            return index
    return len(lines)


def entries(body: bytes) -> list[bytes]:
    """The canonical bytes of each act of a line.

    Raises:
        UnreadableRegisterError: not canonical, or not acts.
    """
    parts = _split(body)
    for part in parts:
        canonical.decode(part)
    return parts


_raw = msgspec.json.Decoder(list[msgspec.Raw])


def _split(body: bytes) -> list[bytes]:
    """A line's acts, their own spelling not yet checked."""
    if body[:1] != b"[":
        return [body]
    try:
        parts = [bytes(part) for part in _raw.decode(body)]
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise UnreadableRegisterError(
            N_("These bytes are not JSON: {detail}."), detail=str(error)[:200]
        ) from error
    if len(parts) < 2 or together(parts) != body:
        raise UnreadableRegisterError(
            N_("This JSON is not in its canonical form (RFC 8785).")
        )
    return parts


def _session_of(first: bytes) -> str:
    """The id the first line names; empty if it is no line that names one."""
    try:
        record: dict[str, Any] = canonical.decode(entries(first[65:])[0])
        return check_session_id(record.get("session"))
    except RegisterError:
        return ""


def _split_all(lines: list[bytes], heads: list[str]) -> tuple[list[bytes], list[str]]:
    """The acts of lines, and their heads, up to the first line misspelled."""
    if not any(line[:1] == b"[" for line in lines):
        return lines, heads
    acts: list[bytes] = []
    ends: list[str] = []
    for line, head in zip(lines, heads, strict=True):
        try:
            parts = _split(line)
        except RegisterError:
            break
        acts += parts
        ends += [""] * (len(parts) - 1) + [head]
    return acts, ends


def _canonical(acts: list[bytes], ends: list[str]) -> tuple[list[bytes], list[str]]:
    """Acts, and their heads, up to the first line that is not canonical.

    The slow way, whatever acts these are: some in a few calls, then one by one.
    """
    for first in range(0, len(acts), _AT_ONCE):
        some = acts[first : first + _AT_ONCE]
        if canonical.decode_many(some) is not None:
            continue
        for index, act in enumerate(some, start=first):
            try:
                canonical.decode(act)
            except RegisterError:
                while index and not ends[index - 1]:
                    index -= 1
                return acts[:index], ends[:index]
    return acts, ends


def _judged(result: Scan, rest: bytes, act: int) -> Scan:
    """Torn or tampered: what explains the bytes after the last complete line.

    A power cut damages one write, which is one line, and the last: its damage is
    no longer than a line and holds nothing that reads as a line.
    """
    if len(rest) <= MAX_LINE and not holds_line(rest):
        torn = Torn(act, rest)
        return msgspec.structs.replace(result, torn=torn)
    return _altered(result, act)


def _altered(result: Scan, act: int) -> Scan:
    fault = BrokenChainError(
        N_(
            "The register was altered: act {act} does not follow from the acts before "
            "it. Compare with a copy, the signed minutes and their code."
        ),
        act=act,
    )
    return msgspec.structs.replace(result, fault=fault)


def holds_line(data: bytes) -> bool:
    """Whether anything in these bytes reads as a line of a register."""
    for match in _LINE.finditer(data):
        if len(match[0]) > MAX_LINE:
            continue
        try:
            entries(match[1])
        except RegisterError:
            continue
        return True
    return False
