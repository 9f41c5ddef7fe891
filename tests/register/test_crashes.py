"""Power cuts, on a disk in memory that forgets what was not synced.

``JURY_TUI_CUTS=100000`` (or ``JURY_TUI_LONG=1``) is the night's run: two minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from jury_tui import canonical
from jury_tui.errors import RegisterError
from jury_tui.register import chain, evidence, journal
from jury_tui.register.chain import Scan, Torn
from jury_tui.register.waiting import Behind
from tests.support import crashes
from tests.support.fakedisk import FakeDisk, FakeFile
from tests.support.lengths import count

CUTS = count("JURY_TUI_CUTS", 3_000, 100_000)

Patch = pytest.MonkeyPatch


class TestPowerCuts:
    """What the jury did must survive a power cut: acknowledged means durable, what
    was sent at one stroke is there whole or not at all, a torn end is kept aside,
    cut off and told, and nothing but that is found."""

    def test_no_cut_loses_what_was_acknowledged(self) -> None:
        assert crashes.cuts(seed=20261123, number=CUTS) >= CUTS


def no_sync(patch: Patch) -> None:
    patch.setattr(FakeFile, "sync", lambda self: None)


def acknowledged_before_sync(patch: Patch) -> None:
    def write(self: journal.Journal, file: FakeFile, line: bytes) -> None:
        file.sync()  # of the stroke before
        file.append(line)

    patch.setattr(journal.Journal, "_write", write)


def settled_without_sync(patch: Patch) -> None:
    patch.setattr(Behind, "start", lambda self, call: None)
    patch.setattr(Behind, "wait", lambda self: None)


def no_folder_sync(patch: Patch) -> None:
    patch.setattr(FakeDisk, "sync_folder", lambda self, folder: None)


def line_without_newline(patch: Patch) -> None:
    strict = chain.scan

    def scan(data: bytes, **known: Any) -> Scan:
        result = strict(data + b"\n", **known)
        if data.endswith(b"\n") or result.size != len(data) + 1:
            return strict(data, **known)
        return msgspec.structs.replace(result, size=len(data))

    patch.setattr(chain, "scan", scan)


def repair_forgets_to_cut(patch: Patch) -> None:
    def repair(file: FakeFile, path: Path, torn: Torn, size: int, on: FakeDisk) -> None:
        evidence.keep(path, torn, on)

    patch.setattr(evidence, "repair", repair)


def repair_keeps_nothing(patch: Patch) -> None:
    patch.setattr(evidence, "keep", lambda path, torn, on: path)


def repair_cuts_first(patch: Patch) -> None:
    def repair(file: FakeFile, path: Path, torn: Torn, size: int, on: FakeDisk) -> None:
        file.cut(size)
        file.sync()
        evidence.keep(path, torn, on)

    patch.setattr(evidence, "repair", repair)


def rename_without_sync(patch: Patch) -> None:
    def write_whole(path: Path, data: bytes, on: FakeDisk) -> None:
        temporary = path.with_name(path.name + ".new")
        on.note(temporary, data)
        on.replace(temporary, path)
        on.sync_folder(path.parent)

    patch.setattr(evidence, "write_whole", write_whole)


def rename_without_folder_sync(patch: Patch) -> None:
    def write_whole(path: Path, data: bytes, on: FakeDisk) -> None:
        temporary = path.with_name(path.name + ".new")
        on.note(temporary, data)
        on.open(temporary, "write").sync()
        on.replace(temporary, path)

    patch.setattr(evidence, "write_whole", write_whole)


def written_in_place(patch: Patch) -> None:
    def write(self: journal.Journal, file: FakeFile, line: bytes) -> None:
        whole = file.read(0, chain.MAX_FILE) + line
        file.cut(0)
        file.append(whole)
        file.sync()

    patch.setattr(journal.Journal, "_write", write)


def a_line_for_each_act(patch: Patch) -> None:
    def line(head: str, bodies: list[bytes]) -> tuple[str, bytes]:
        lines = b""
        for body in bodies:
            head = chain.link(head, body)
            lines += b"%b %b\n" % (head.encode(), body)
        return head, lines

    patch.setattr(chain, "line", line)


def hash_not_checked(patch: Patch) -> None:
    def scan(data: bytes, **known: Any) -> Scan:
        lines = data.split(b"\n")[:-1]
        acts = [act for piece in lines for act in _entries(piece[65:])]
        heads = [piece[:64].decode("ascii", "replace") for piece in lines]
        session = canonical.decode(acts[0])["session"] if acts else ""
        return Scan(session, acts, heads, len(data))

    patch.setattr(chain, "scan", scan)


def _entries(body: bytes) -> list[bytes]:
    try:
        return chain.entries(body)
    except RegisterError:
        return []


BUGS = [
    no_sync,
    acknowledged_before_sync,
    settled_without_sync,
    no_folder_sync,
    line_without_newline,
    repair_forgets_to_cut,
    repair_keeps_nothing,
    repair_cuts_first,
    rename_without_sync,
    rename_without_folder_sync,
    written_in_place,
    a_line_for_each_act,
    hash_not_checked,
]


class TestSeededBugs:
    """A test that cannot fail proves nothing: each of these mistakes is found."""

    @pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
    def test_is_found(
        self, bug: Callable[[Patch], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bug(monkeypatch)

        with pytest.raises((crashes.LostError, RegisterError)):
            crashes.cuts(seed=1, number=20_000)
