"""What was already audited: the same bytes, under the same checks, say the same.

``SESSIONS/.catalogue/audited.jsonl``: one report a line, added to as an audit goes
on, so that one that was stopped goes on where it was. It is a convenience and proves
nothing: whoever can change a register can change it. A full audit does not ask it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from jury_tui.audit.audited import Anchored
from jury_tui.audit.report import VERSION, Report
from jury_tui.i18n import language
from jury_tui.register.disk import DISK, write_whole
from jury_tui.register.latest import FOLDER

FILE = "audited.jsonl"
_MOST_BYTES = 512 * 1024 * 1024


class Line(msgspec.Struct, frozen=True):
    """One report, and what was remembered of the register when it was made."""

    folder: str
    anchored: str
    exports: str
    report: Report


_decoder = msgspec.json.Decoder(Line)
_encoder = msgspec.json.Encoder()


def digest_of(anchored: Anchored) -> str:
    """What stands for everything remembered of a register."""
    return hashlib.sha256(_encoder.encode(anchored)).hexdigest()[:32]


class Ledger:
    """The ledger of a folder. What cannot be read of it is not believed.

    Attributes:
        path: The file.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER / FILE
        self._lines: dict[str, Line] = {}
        self._waste = 0

    def load(self) -> None:
        """Read what is there; a line that was cut is passed over."""
        try:
            file = DISK.open(self.path, "read")
            try:
                data = file.read(0, _MOST_BYTES)
            finally:
                file.close()
        except OSError:
            return  # nothing was audited yet
        for piece in data.split(b"\n"):
            try:
                line = _decoder.decode(piece)
            except (msgspec.MsgspecError, ValueError, RecursionError):
                continue
            self._waste += line.folder in self._lines
            self._lines[line.folder] = line

    def known(self, folder: str, anchored: Anchored, exports: str) -> Report | None:
        """The last report of a session that may still hold, were its bytes the same."""
        line = self._lines.get(folder)
        if (
            line is None
            or line.report.version != VERSION
            or line.report.language != language()
            or line.anchored != digest_of(anchored)
            or line.exports != exports
        ):
            return None
        return line.report

    def add(self, lines: Iterable[Line]) -> None:
        """Add reports; they are in the file when this returns, if it can be written."""
        lines = list(lines)
        for line in lines:
            self._waste += line.folder in self._lines
            self._lines[line.folder] = line
        try:
            DISK.make_folder(self.path.parent)
            try:
                file = DISK.open(self.path, "new")
            except FileExistsError:
                file = DISK.open(self.path, "write")
            try:
                file.append(b"".join(_encoder.encode(x) + b"\n" for x in lines))
            finally:
                file.close()
        except OSError:
            return  # write-protected or full: then it is all audited again next time

    def tidy(self) -> None:
        """Write it anew when most of it was superseded."""
        if self._waste <= len(self._lines):
            return
        try:
            data = b"".join(_encoder.encode(x) + b"\n" for x in self._lines.values())
            write_whole(self.path, data)
        except OSError:
            return  # it stays long
        self._waste = 0
