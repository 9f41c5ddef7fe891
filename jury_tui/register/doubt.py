"""What can still be known of the line from which an altered register is in doubt.

Each line bears a hash made of the hash before it and of its own text. Where the two do
not agree, the lines that follow say more: they were sealed from the hash that the line
bore when it was written.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from jury_tui.errors import RegisterError
from jury_tui.register import chain
from jury_tui.register.disk import DISK, Disk, explained
from jury_tui.register.reading import Reading, content
from jury_tui.session.acts import AnyAct, from_body

MOST_LINES = 10_000
"""Lines that are looked at beyond those that are sure."""


class Doubt(msgspec.Struct, frozen=True):
    """The line in doubt, as it stands, and what those after it say of it.

    Attributes:
        acts: What it holds now, recorded at one stroke; empty if it is no act.
        after: How many acts follow one another from the hash that it bears.
        more: Whether something else is in doubt further on.
        whole: Its text is the one that was sealed: only the hash before it is not.
    """

    acts: tuple[AnyAct, ...] = ()
    after: int = 0
    more: bool = False
    whole: bool = False


def doubt(reading: Reading, *, disk: Disk = DISK) -> Doubt | None:
    """What is known of the first line in doubt; None where there is none any more.

    Args:
        reading: The register, with a fault.
        disk: Where it is.

    Raises:
        RegisterError: the file cannot be read any more.
    """
    try:
        file = disk.open(reading.path, "read")
        try:
            data = content(file, reading.path)
        finally:
            file.close()
    except OSError as error:
        raise explained(error, reading.path) from error
    sure = sum(bool(head) for head in reading.heads)
    lines = data.split(b"\n", sure + MOST_LINES)[sure : sure + MOST_LINES]
    parts = [line.partition(b" ") for line in lines if line]
    before = reading.head or chain.start(chain.session_of(data))
    if not parts or parts[0][0] == chain.link(before, parts[0][2]).encode():
        return None  # well sealed, and yet no act: there is nothing to add
    body = parts[0][2]
    after = 0
    linked = True
    for (borne, _space, _body), (said, _sign, text) in pairwise(parts):
        linked = said == chain.link(borne.decode("latin-1"), text).encode()
        if not linked:
            break
        after += len(_entries(text))
    whole = len(parts) > 1 and parts[1][0] == (
        chain.link(chain.link(before, body), parts[1][2]).encode()
    )
    return Doubt(_typed(body, reading.count + 1), after, not (linked or whole), whole)


def held(data: bytes) -> int:
    """How many acts a register’s lines hold, whatever is sure of them."""
    lines = data.split(b"\n", MOST_LINES)[:MOST_LINES]
    return sum(len(_entries(line.partition(b" ")[2])) for line in lines if line)


def _entries(text: bytes) -> list[bytes]:
    try:
        return chain.entries(text)
    except RegisterError:
        return [text]


def _typed(body: bytes, number: int) -> tuple[AnyAct, ...]:
    try:
        bodies = chain.entries(body)
        return tuple(from_body(one, number + n) for n, one in enumerate(bodies))
    except RegisterError:
        return ()
