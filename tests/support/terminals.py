"""The real program in a pseudo-terminal: keys in, the screen out, ended at any time.

Textual tells the terminal when a picture is complete (synchronised output, DEC mode
2026). Only complete pictures are looked at: half of one has said nothing yet.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyte

from jury_tui.i18n import _

ROOT = Path(__file__).parents[2]
NO_PTY = "" if sys.platform != "win32" else "Windows has no pseudo-terminal of POSIX"
"""Why there is no pseudo-terminal here; empty where there is one."""

if not NO_PTY and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    # The tests run under nohup: the programs they start would not hear it either.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_COMPLETE = b"\x1b[?2026l"


def said(message: str, **values: object) -> str:
    """What the screen says for a message, or its telling part if values are left out.

    The wording is the translators'; what a test waits for is the message.
    """
    text = _(message)
    if text[:1].islower():
        text = text[1:]  # a capital where it begins a line
    if values:
        return text.format(**values)
    return max(re.split(r"\{\w+\}", text), key=len).strip(" .")


Picture = tuple[str, ...]
"""The lines of a complete screen."""


class Program:
    """``python -m jury_tui`` (or a module like it) in a terminal of its own.

    Attributes:
        pictures: Every complete screen so far, without those alike in a row.
    """

    def __init__(
        self,
        *arguments: str | Path,
        home: Path,
        columns: int = 80,
        lines: int = 24,
        controlling: bool = True,
        module: str = "jury_tui",
    ) -> None:
        """Start it.

        Args:
            arguments: Those of ``jury-tui``.
            home: Where it keeps its preferences.
            columns: The terminal's width.
            lines: The terminal's height.
            controlling: Whether closing the terminal hangs the program up.
            module: What is run.
        """
        # Where these do not exist, ``NO_PTY`` says so before anybody comes here.
        import fcntl
        import pty
        import struct
        import termios

        self.master, slave = pty.openpty()
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, size)
        self.screen = pyte.Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.pictures: list[Picture] = []
        self.raw = bytearray()
        self._rest = b""
        kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=kept
            | {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "XDG_CONFIG_HOME": str(home),
            },
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
            if controlling
            else None,
        )
        os.close(slave)
        self._open = True

    # --- the screen ----------------------------------------------------------

    @property
    def text(self) -> str:
        """The screen as it is, complete or not."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def pump(self, seconds: float = 0.0) -> bool:
        """Take in what is painted for so long; whether the program is still there."""
        until = time.monotonic() + seconds
        while self._open:
            left = max(0.0, until - time.monotonic())
            ready, _w, _x = select.select([self.master], [], [], left)
            if not ready:
                return True
            try:
                data = os.read(self.master, 1 << 16)
            except OSError:  # the other end is closed
                data = b""
            if not data:
                return False
            self._take(data)
        return False

    def _take(self, data: bytes) -> None:
        self.raw += data
        if _ASKED in data:
            os.write(self.master, _ANSWER)
        whole = self._rest + data
        *complete, rest = whole.split(_COMPLETE)
        for piece in complete:
            self.stream.feed(piece + _COMPLETE)
            picture = tuple(self.screen.display)
            if not self.pictures or self.pictures[-1] != picture:
                self.pictures.append(picture)
        # A marker may come in two parts: what could begin one waits unfed.
        keep = next(
            (n for n in range(len(_COMPLETE) - 1, 0, -1) if rest[-n:] == _COMPLETE[:n]),
            0,
        )
        self.stream.feed(rest[: len(rest) - keep])
        self._rest = rest[len(rest) - keep :]

    def wait(
        self, seen: str | Callable[[Sequence[str]], bool], patience: float = 20.0
    ) -> None:
        """Wait until the screen shows a text, or what is awaited.

        Raises:
            TimeoutError: it never did; the error holds the screen.
        """
        until = time.monotonic() + patience
        while True:
            lines = self.screen.display
            if seen in "\n".join(lines) if isinstance(seen, str) else seen(lines):
                return
            if time.monotonic() > until or not self.pump(0.01):
                raise TimeoutError(f"{seen} is not on the screen:\n{self.text}")

    def settle(self, quiet: float = 0.15, patience: float = 10.0) -> None:
        """Wait until nothing more is painted (clocks apart)."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            before = len(self.raw)
            if not self.pump(quiet) or len(self.raw) == before:
                return

    # --- the keys ------------------------------------------------------------

    def press(self, keys: str) -> None:
        """Type, without waiting for anything."""
        with contextlib.suppress(OSError):  # the program may have ended
            os.write(self.master, keys.encode())

    def step(self, keys: str, seen: str | Callable[[Sequence[str]], bool]) -> None:
        """Type, and wait for what it brings."""
        self.press(keys)
        self.wait(seen)

    # --- its end -------------------------------------------------------------

    def end(self, signal_: int, patience: float = 60.0) -> int:
        """Send a signal, take in what was painted before; the exit code."""
        self.process.send_signal(signal_)
        return self.ended(patience)

    def ended(self, patience: float = 60.0) -> int:
        """Wait for the end of the program; its exit code.

        Raises:
            subprocess.TimeoutExpired: it goes on.
        """
        until = time.monotonic() + patience
        while self.process.poll() is None and time.monotonic() < until:
            self.pump(0.01)
        code = self.process.wait(timeout=0.01)
        self.pump(0.02)  # what it painted last
        return code

    def hang_up(self) -> None:
        """Close the terminal's window."""
        if self._open:
            self._open = False
            os.close(self.master)

    def close(self) -> None:
        """Make sure that nothing is left of it."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.hang_up()


@contextlib.contextmanager
def program(
    *arguments: str | Path,
    home: Path,
    columns: int = 80,
    lines: int = 24,
    controlling: bool = True,
    module: str = "jury_tui",
) -> Iterator[Program]:
    """A program that is not there any more afterwards."""
    made = Program(
        *arguments,
        home=home,
        columns=columns,
        lines=lines,
        controlling=controlling,
        module=module,
    )
    try:
        yield made
    finally:
        made.close()
