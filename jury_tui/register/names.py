"""The index of names: one line a candidate, searched as it lies on the disk.

``names.idx`` is text: a line that begins with the character U+0001 opens the block of
a session (its folder's name), and its candidates follow, one a line: names and file
number, accents and case taken off; U+0002, the digit of the outcome if there is one;
U+0003, the name as it is written. A session that changed gets a new block at the end;
the old one is passed over, until there is so much of these that the file is written
anew.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from jury_tui.i18n import folded
from jury_tui.register.sought import OUTCOMES, meant

MARK = b"\x01"
HEADER = b"jury-tui names 2\n"
_SIGNS = str.maketrans("", "", "\x01\x02\x03")
_CODES = {outcome: str(n) for n, outcome in enumerate(OUTCOMES)}
_OUTCOMES = {code: outcome for outcome, code in _CODES.items()}
_PIECE = 4 * 1024 * 1024


class Named(msgspec.Struct, frozen=True):
    """A candidate in the index.

    Attributes:
        said: Names and file number, folded: what is searched.
        written: The name as it is written.
        outcome: Of the candidate; empty when there is none.
    """

    said: str
    written: str = ""
    outcome: str = ""


class Hit(msgspec.Struct, frozen=True):
    """A session in which somebody was found.

    Attributes:
        folder: The session's folder.
        people: Those who were.
    """

    folder: str
    people: tuple[Named, ...]


def block(folder: str, people: Iterable[Named]) -> bytes:
    """A session's block."""
    lines = [folder, *map(_line, people)]
    return MARK + "\n".join(lines).encode("utf-8", "replace") + b"\n"


def _line(one: Named) -> str:
    said, written = (
        " ".join(text.translate(_SIGNS).split()) for text in (one.said, one.written)
    )
    return f"{said}\x02{_CODES.get(one.outcome, '')}\x03{written}"


def _named(line: str) -> Named:
    said, _sign, rest = line.partition("\x02")
    outcome, _sign, written = rest.partition("\x03")
    return Named(said, written, _OUTCOMES.get(outcome, ""))


def words_of(text: str) -> list[bytes]:
    """What is searched for: every word, the longest (the rarest) first.

    The words of an outcome come last: too many have it for it to be searched first.
    """
    words = folded(text.translate(_SIGNS)).split()
    words.sort(key=lambda word: (bool(meant(word)), -len(word)))
    return [w.encode("utf-8", "replace") for w in words]


def search(
    path: Path, places: Mapping[str, int], text: str, *, first: bool = False
) -> Iterator[Hit]:
    """Sessions in whose block one line holds every word of a text.

    Beside a name, the words of an outcome are held by those who have it.

    Args:
        path: The index.
        places: Where each session's block stands; others are passed over.
        text: What to look for: parts of words, in any order.
        first: One line a session will do.

    Raises:
        OSError: the index cannot be read.
    """
    words = words_of(text)
    if not words:
        return
    with path.open("rb") as file:
        # An empty file cannot be mapped.
        if not file.read(1):
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
            for at, piece in _pieces(whole):
                yield from _blocks(piece, at, places, words, first=first)


def _pieces(whole: mmap.mmap) -> Iterator[tuple[int, bytes]]:
    """The index by pieces that end with a block: searching bytes is far quicker."""
    at, size = 0, len(whole)
    while at < size:
        piece = whole[at : at + _PIECE]
        if at + len(piece) < size:
            last = piece.rfind(MARK, 1)
            if last < 0:  # one block larger than a piece
                end = whole.find(MARK, at + len(piece))
                piece = whole[at : size if end < 0 else end]
            else:
                piece = piece[:last]
        yield at, piece
        at += len(piece)


def search_block(folder: str, data: bytes, text: str) -> Hit | None:
    """The same in one block that is not on the disk."""
    return next(_blocks(data, 0, {folder: 0}, words_of(text)), None)


def _blocks(
    whole: bytes,
    base: int,
    places: Mapping[str, int],
    words: list[bytes],
    *,
    first: bool = False,
) -> Iterator[Hit]:
    """Jump from one occurrence of the rarest word to the next, a block at a time."""
    at = whole.find(words[0], 0) if words else -1
    while at >= 0:
        start = whole.rfind(MARK, 0, at)
        stop = whole.find(MARK, at)
        stop = len(whole) if stop < 0 else stop
        head, _, body = whole[max(start, 0) + 1 : stop].partition(b"\n")
        folder = head.decode("utf-8", "replace")
        if start >= 0 and places.get(folder) == base + start:
            people = tuple(islice(_lines(body, words), 1 if first else None))
            if people:
                yield Hit(folder, people)
        at = whole.find(words[0], stop)


def _lines(body: bytes, words: list[bytes]) -> Iterator[Named]:
    """The lines of a block that hold every word."""
    wanted = [(word, meant(word)) for word in (w.decode("utf-8") for w in words)]
    # What a line must hold, before it is worth being read.
    certain = [w for w, (_word, some) in zip(words, wanted, strict=True) if not some]
    either = [
        (word.encode("utf-8"), *(f"\x02{_CODES[o]}".encode() for o in some))
        for word, some in wanted
        if some
    ]
    at = body.find(words[0])
    while at >= 0:
        end = body.find(b"\n", at)
        end = len(body) if end < 0 else end  # an index cut in the middle of a line
        line = body[body.rfind(b"\n", 0, at) + 1 : end]
        if all(word in line for word in certain) and all(
            any(sign in line for sign in signs) for signs in either
        ):
            one = _named(line.decode("utf-8", "replace"))
            if all(w in one.said or one.outcome in some for w, some in wanted):
                yield one
        at = body.find(words[0], end)
