"""The ledger of anchors: years of decisions, power cuts, and what is done to it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from jury_tui.audit import Verdict
from jury_tui.audit.folder import audit_folder
from jury_tui.demo import make
from jury_tui.errors import BrokenChainError, JuryError, RegisterError
from jury_tui.register import anchors
from jury_tui.register.chain import Anchor
from jury_tui.register.record import Record
from tests.support.fakedisk import FakeDisk
from tests.support.forging import NOW
from tests.support.lengths import LONG

FOLDER = Path("/")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger is full after some three anchors."""
    monkeypatch.setattr(anchors, "_FULL", 700)


def remember(folder: Path, number: int, disk: FakeDisk | None = None) -> Anchor:
    """The anchor of that number, of one of two sessions."""
    anchor = Anchor(number, f"{number:064x}")
    name = f"s-{number % 2}"
    if disk is None:
        anchors.remember(folder, name, anchor)
    else:
        anchors.remember(folder, name, anchor, disk=disk)
    return anchor


class TestManyDecisions:
    """« About a million decisions » filled the file, and no more was remembered."""

    def test_goes_on_in_another_file(self, tmp_path: Path) -> None:
        for number in range(1, 21):
            remember(tmp_path, number)

        files = sorted(path.name for path in tmp_path.iterdir())
        known = anchors.remembered(tmp_path)
        assert len(files) > 4
        assert {"anchors.jsonl", "anchors-2.jsonl", "anchors-3.jsonl"} <= set(files)
        assert list(range(2, 21, 2)) == [anchor.count for anchor in known["s-0"]]
        assert list(range(1, 21, 2)) == [anchor.count for anchor in known["s-1"]]
        assert Anchor(20, f"{20:064x}") == anchors.last(tmp_path, "s-0")
        assert Anchor(19, f"{19:064x}") == anchors.last(tmp_path, "s-1")

    def test_finds_what_only_the_first_remembers(self, tmp_path: Path) -> None:
        anchors.remember(tmp_path, "early", Anchor(1, "1" * 64))
        for number in range(1, 21):
            remember(tmp_path, number)

        assert Anchor(1, "1" * 64) == anchors.last(tmp_path, "early")
        assert None is anchors.last(tmp_path, "nobody")

    @pytest.mark.parametrize("name", ["anchors.jsonl", "anchors-2.jsonl"])
    def test_one_of_the_files_taken_cut_or_put_back_is_named(
        self, name: str, tmp_path: Path
    ) -> None:
        for number in range(1, 12):
            remember(tmp_path, number)
        path = tmp_path / name
        whole = path.read_bytes()
        lines = whole.splitlines(keepends=True)
        other = (tmp_path / "anchors-3.jsonl").read_bytes()

        for data in (b"".join(lines[:-1]), whole[:-3], b"", other):
            path.write_bytes(data)
            with pytest.raises(RegisterError):
                anchors.remembered(tmp_path)
        path.unlink()
        with pytest.raises(BrokenChainError):
            anchors.remembered(tmp_path)
        remember(tmp_path, 12)
        with pytest.raises(RegisterError):
            anchors.remembered(tmp_path)
        assert Verdict.ALTERED is audit_folder(tmp_path, now=NOW).verdict

    def test_one_made_and_cut_at_once_is_gone_on_with(self, tmp_path: Path) -> None:
        for number in range(1, 4):
            remember(tmp_path, number)
        (tmp_path / "anchors-2.jsonl").write_bytes(b"")
        assert 3 == sum(map(len, anchors.remembered(tmp_path).values()))
        (tmp_path / "anchors-2.jsonl").write_bytes(b"\0" * 30)

        remember(tmp_path, 4)

        assert 4 == sum(map(len, anchors.remembered(tmp_path).values()))


class TestPowerCuts:
    """What was remembered is durable, whatever ledger it is in."""

    def test_no_cut_loses_what_was_remembered(self) -> None:
        choose = random.Random(8)
        disk, done = FakeDisk(), [0]
        for number in range(1, 12):
            remember(FOLDER, number, disk)
            done.append(len(disk.log))

        for calls in range(len(disk.log) + 1):
            held = sum(at <= calls for at in done) - 1
            for bias in ("kept", "lost", *[""] * (200 if LONG else 5)):
                found = disk.after_cut(calls, choose, bias)
                remember(FOLDER, 12, found)
                counts = sorted(
                    anchor.count
                    for known in anchors.remembered(FOLDER, disk=found).values()
                    for anchor in known
                )
                assert 12 == counts.pop()
                assert counts == list(range(1, len(counts) + 1))
                assert held <= len(counts) <= held + 1


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """The demonstration's session that is over, and remembered so."""
    return make(tmp_path / "sessions", NOW)


class TestALedgerThatCannotBeRead:
    """It stops no jury: the session opens, and what is wrong is said."""

    @pytest.mark.parametrize("what", ["folder", "garbage", "forged"])
    def test_the_session_opens(self, what: str, tmp_path: Path, opened: Path) -> None:
        ledger = opened.parent / anchors.FILE
        whole = ledger.read_bytes()
        ledger.unlink()
        if what == "folder":
            ledger.mkdir()
        elif what == "garbage":
            ledger.write_bytes(whole.replace(b'"count":', b'"count": '))
        else:
            ledger.write_bytes(whole.replace(b'"head":"', b'"head":0,"x":"'))

        with Record.open(opened) as record:
            assert record.writable
            assert isinstance(record.unanchored, JuryError)
            assert record.unanchored in record.notices
