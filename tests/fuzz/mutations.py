"""Damage: to bytes of any kind, to acts, and to a chain that is then made again."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from jury_tui.errors import JuryError
from jury_tui.register import chain

WORDS = (
    *(b"\0", b"\n", b"\r\n", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b" "),
    *(b"{", b"}", b"[", b"]", b'"', b":", b",", b"\\", b"\\ud800", b"\\u0000"),
    b"e\xcc\x81",
    *(b"null", b"true", b"NaN", b"1.0", b"1e999", b"-0", b"-1", b"9" * 30, b"9" * 5000),
    *(b'"type":"Act"', b'"at":1,', b'"session":"s",', b"[" * 40, b"[" * 9000),
    *(b"2008-06-10T24:00:00+02:00", b"9999-12-31T23:59:59-14:00", b"0" * 64, b"f" * 65),
    b"x" * 300_000,  # longer than any line
)  # fmt: skip
NASTY: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**53 - 1, 2**53, 2**63, 10**30, -(2**53)),
    *(1.5, 1e300, "", " ", "\0", "é" * 300, "x" * 70_000, "e\u0301", "\u202e", "=1+1"),
    *([], {}, [[]], [None], {"": ""}, {"id": ""}, {"type": "X"}, [0] * 3000, ["a"] * 2),
    *("9999-12-31T23:59:59.999999-14:00", "0001-01-01T00:00:00+14:00", "2008-02-30"),
    *("2008-06-10T09:00:00", "2008-06-10T09:00:00+02:00", "1/0", "..", "c1", "m1"),
)  # fmt: skip


def mutated(
    data: bytes,
    chance: random.Random,
    words: Sequence[bytes] = WORDS,
    other: bytes = b"",
) -> bytes:
    """A few random edits: flips, cuts, repeats, splices, words of the trade."""
    out = bytearray(data)
    for _edit in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randrange(len(out) + 1)
        size = chance.choice((1, 2, 4, 16, 64, 300, 5000))
        match chance.randrange(8):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size]
            case 3:
                out[at:at] = chance.choice(words)
            case 4:
                word = chance.choice(words)
                out[at : at + len(word)] = word
            case 5:
                del out[at:]
            case 6 if other:
                place = chance.randrange(len(other))
                out[at : at + size] = other[place : place + size]
            case _:
                place = chance.randrange(len(out) + 1)
                out[at : at + size] = out[place : place + size]
    return bytes(out)


def chained(bodies: Iterable[bytes], session: str) -> bytes:
    """Lines with the hashes they should have, whatever they hold."""
    head, lines = chain.start(session), []
    for body in bodies:
        head = chain.link(head, body)
        lines.append(b"%b %b\n" % (head.encode(), body))
    return b"".join(lines)


def spelled(value: object) -> bytes:
    """JSON as the register spells it, also of what it would refuse."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode("utf-8", "surrogatepass")


Acts = list[dict[str, Any]]


class Library:
    """Values seen under each key: what another act holds there is the best lie."""

    def __init__(self, acts: Iterable[dict[str, Any]]) -> None:
        self.seen: dict[str, list[Any]] = {}
        for act in acts:
            self._see(act)

    def _see(self, value: Any, key: str = "") -> None:
        kept = self.seen.setdefault(key, [])
        if len(kept) < 200:
            kept.append(value)
        if isinstance(value, dict):
            for name, item in value.items():
                self._see(item, name)
        elif isinstance(value, list):
            for item in value:
                self._see(item, f"{key}[]")

    def lie(self, key: str, chance: random.Random) -> Any:
        """Something to put under a key."""
        if chance.random() < 0.6 and (known := self.seen.get(key)):
            return chance.choice(known)
        if chance.random() < 0.3:
            return chance.choice(chance.choice(list(self.seen.values())))
        return chance.choice(NASTY)

    def bend(self, value: Any, chance: random.Random, key: str = "") -> Any:
        """The same with one thing in it changed."""
        if isinstance(value, dict) and value and chance.random() < 0.9:
            name = chance.choice(list(value))
            match chance.randrange(8):
                case 0:
                    return {k: v for k, v in value.items() if k != name}
                case 1:
                    return {**value, chance.choice(list(self.seen)): value[name]}
                case _:
                    return {**value, name: self.bend(value[name], chance, name)}
        if isinstance(value, list) and value and chance.random() < 0.9:
            at = chance.randrange(len(value))
            match chance.randrange(6):
                case 0:
                    return value[:at] + value[at + 1 :]
                case 1:
                    return [*value, value[at]]
                case 2:
                    return value * chance.choice((2, 50))
                case _:
                    bent = self.bend(value[at], chance, f"{key}[]")
                    return [*value[:at], bent, *value[at + 1 :]]
        return self.lie(key, chance)

    def rearranged(self, acts: Acts, chance: random.Random) -> Acts:
        """Acts bent, dropped, doubled, moved: a few times."""
        after = list(acts)
        for _edit in range(chance.choice((1, 1, 1, 2, 3, 8))):
            if not after:
                break
            at, other = chance.randrange(len(after)), chance.randrange(len(after))
            match chance.randrange(10):
                case 0 if at:
                    del after[at]
                case 1:
                    after.insert(other, after[at])
                case 2:
                    after[at], after[other] = after[other], after[at]
                case 3:
                    del after[max(1, at) :]
                case _:
                    bent = self.bend(after[at], chance)
                    after[at] = bent if isinstance(bent, dict) else after[at]
        return after


def lines_of(acts: Acts, chance: random.Random) -> list[bytes]:
    """Acts as bodies of lines: one by one, or some at one stroke."""
    if chance.random() < 0.5:
        return [spelled(act) for act in acts]
    bodies, at = [], 0
    while at < len(acts):
        few = acts[at : at + chance.choice((1, 2, 30))]
        bodies.append(spelled(few[0] if len(few) == 1 else few))
        at += len(few)
    return bodies


def answered(error: JuryError) -> bool:
    """One of our errors is an answer if it is a sentence; nothing sound was read."""
    if not str(error):
        raise AssertionError("an error without a sentence")
    return False


Step = Callable[[random.Random], object]
"""One execution: whatever it raises is a failure; true when nothing was amiss."""
