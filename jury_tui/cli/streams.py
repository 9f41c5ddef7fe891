"""Standard output is data, standard error is talk; nothing else writes to them."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from typing import Any, TextIO

import msgspec


def prepare() -> None:
    """Make both streams UTF-8, whatever the console believes it is.

    A Windows console, or a C locale, must not end the program on an accent.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def data(text: str) -> None:
    """One piece of data on standard output, ended by a line feed."""
    _write(sys.stdout, text)


def json(value: Any) -> None:
    """A value on standard output as JSON that people can read too."""
    text = msgspec.json.encode(value).decode()
    data(msgspec.json.format(text, indent=2))


def talk(text: object) -> None:
    """A sentence on standard error."""
    _write(sys.stderr, str(text))


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(shown(text))
        if not text.endswith("\n"):
            stream.write("\n")
    except BrokenPipeError:
        silence(stream)  # whoever read has seen enough; the command goes on


def flush() -> None:
    """Hand over what is still held back, before the exit code is given."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            silence(stream)


def shown(text: str) -> str:
    """Text that cannot drive the terminal: control characters are written out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in "\n\t" or _harmless(c) else _escaped(c) for c in text)


_JOINERS = "\u00ad\u200c\u200d"  # soft hyphen and joiners: part of written words


def _harmless(character: str) -> bool:
    # no controls, no surrogates, and none of the marks that reorder a line
    return (
        unicodedata.category(character) not in ("Cc", "Cs", "Cf")
        or character in _JOINERS
    )


def _escaped(character: str) -> str:
    """As JSON would write it, so that JSON stays JSON."""
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{int.from_bytes(units[n : n + 2], 'big'):04x}"
        for n in range(0, len(units), 2)
    )


def silence(stream: TextIO) -> None:
    """After a broken pipe: what follows goes nowhere, and fails no more."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return  # not a file of the system: nothing is flushed into it at exit
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
