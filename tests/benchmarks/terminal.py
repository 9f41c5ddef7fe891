"""A program in a pseudo-terminal, timed from outside: from a key to what it paints.

Time stamps are taken as bytes arrive; what they show is worked out afterwards, once
the program is quiet, so that the terminal's own work enters no measure.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import pyte

ROOT = Path(__file__).parents[2]
COLUMNS, LINES = 120, 40
QUIET = 0.04
"""Seconds without a byte after which a program has painted all it wants."""

Seen = Callable[[Sequence[str]], bool]
"""Whether the lines of the screen show what is awaited."""


class Painted(NamedTuple):
    """What followed a key: seconds until it was there, until the last byte, bytes."""

    there: float
    quiet: float
    size: int


def missing() -> str:
    """Why there is no pseudo-terminal here; empty where there is one."""
    return "" if sys.platform != "win32" else "Windows has no pseudo-terminal of POSIX"


class Terminal:
    """A Python program in a pseudo-terminal of 120 × 40.

    Args:
        arguments: Those of the interpreter: ``-m``, a module…
        environment: All of it (see ``lib.environment``).
    """

    def __init__(self, *arguments: str, environment: Mapping[str, str]) -> None:
        # Where these do not exist, ``missing`` says so before anybody comes here.
        import fcntl
        import pty
        import struct
        import termios

        self.master, slave = pty.openpty()
        size = struct.pack("HHHH", LINES, COLUMNS, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.screen = pyte.Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def press(self, keys: str, seen: Seen, patience: float = 20.0) -> Painted:
        """Press keys and wait until the screen shows what is awaited.

        Raises:
            TimeoutError: it never did; the error holds the screen.
        """
        self.drain()
        started = time.perf_counter()
        os.write(self.master, keys.encode())
        return self.wait(seen, started, patience)

    def first_paint(self, seen: Seen, patience: float = 60.0) -> Painted:
        """Wait for the screen to show something, from the start of the process."""
        return self.wait(seen, self.started, patience)

    def wait(self, seen: Seen, started: float, patience: float) -> Painted:
        """Wait until the screen shows what is awaited, then until it is quiet."""
        size, there, last = 0, None, started
        chunks: list[tuple[float, bytes]] = []
        while True:
            data = self._read(QUIET)
            if data:
                last = time.perf_counter()
                chunks.append((last, data))
                size += len(data)
                continue
            for at, chunk in chunks:
                self.stream.feed(chunk)
                if there is None and seen(self.screen.display):
                    there = at
            chunks.clear()
            if there is not None:
                return Painted(there - started, last - started, size)
            if time.perf_counter() - started > patience:
                shown = "\n".join(line.rstrip() for line in self.screen.display)
                raise TimeoutError(f"not painted within {patience} s:\n{shown}")

    def drain(self) -> None:
        """Take in what is still being painted."""
        while data := self._read(0):
            self.stream.feed(data)

    def _read(self, patience: float) -> bytes:
        ready, _w, _x = select.select([self.master], [], [], patience)
        if not ready:
            return b""
        try:
            return os.read(self.master, 1 << 16)
        except OSError:  # the program ended
            return b""
