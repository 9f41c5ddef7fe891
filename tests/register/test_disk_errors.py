"""A disk that fails, is full, or can only be read: said, and nothing acknowledged."""

from __future__ import annotations

import contextlib
import errno
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jury_tui.errors import BusyRegisterError, JuryError, RegisterError
from jury_tui.register.reading import read
from jury_tui.register.register import Register
from jury_tui.register.systems import Mode
from tests.support import crashes
from tests.support.crashes import FIRST, PATH, SESSIONS, Oracle, tell
from tests.support.fakedisk import FakeDisk, FakeFile


class TestsOwnWriteError(Exception):
    """The fault hit what the test itself does to the disk."""

    __test__ = False


def begun_and_settled(register: Register, acts: crashes.Acts) -> None:
    """Record acts, and wait for the disk apart."""
    before = register.count
    register.begin(acts)
    assert register.count == before + len(acts)
    register.settle()


def history(disk: FakeDisk, oracle: Oracle) -> None:
    """Make, record, kill, leave a torn end, open again, record, close."""
    crashes.record(disk, oracle, random.Random(3), 3)
    try:
        disk.open(PATH, "write").append(b"a torn end")
    except OSError as error:
        raise TestsOwnWriteError from error
    with Register.open(PATH, recovered=tell, disk=disk) as register:
        for number in range(3):
            acts = [{"type": "VoteCounted", "n": number} for _ in range(number + 1)]
            oracle.send(acts)
            (begun_and_settled if number % 2 else Register.append)(register, acts)
            oracle.acknowledge(disk)


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS])
class TestErrorAtEveryCall:
    """Errors at the N-th call for every N: nothing acknowledged is lost, nothing is
    thrown but our errors, and the lock is let go of."""

    def test_once(self, number: int) -> None:
        total = self._calls()
        for at in range(1, total + 1):
            disk, oracle = FakeDisk(), Oracle()
            disk.fail = {at: number}

            self._survives(disk, oracle)

    def test_for_ever_after(self, number: int) -> None:
        total = self._calls()
        for at in range(1, total + 1):
            disk, oracle = FakeDisk(), Oracle()
            disk.fail = dict.fromkeys(range(at, total * 3), number)

            self._survives(disk, oracle)

    @staticmethod
    def _calls() -> int:
        disk = FakeDisk()
        history(disk, Oracle())
        return disk.calls

    @staticmethod
    def _survives(disk: FakeDisk, oracle: Oracle) -> None:
        with contextlib.suppress(JuryError, TestsOwnWriteError):
            history(disk, oracle)
        disk.fail = {}
        choose = random.Random(1)
        acknowledged = oracle.at(len(disk.log))
        for bias in ("kept", "lost", "", ""):
            found = disk.after_cut(len(disk.log), choose, bias)
            crashes.recovered(found, oracle, acknowledged)
        crashes.recovered(disk.running(), oracle, acknowledged)


class TestAFailedWrite:
    """A failed sync is final and said; a failed write is taken back if the disk
    allows."""

    def made(self) -> tuple[FakeDisk, Register]:
        disk = FakeDisk()
        return disk, Register.create(SESSIONS, FIRST, disk=disk)

    @pytest.mark.parametrize("call", ["append", "sync"])
    def test_is_final(self, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
        disk, register = self.made()
        before = disk.content(PATH)

        def fails(_self: FakeFile, *_: object) -> None:
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(FakeFile, call, fails)
            with pytest.raises(RegisterError) as first:
                register.append([{"n": 1}])
        with pytest.raises(RegisterError) as second:
            register.append([{"n": 2}])

        assert first.value is second.value
        assert not register.writable
        assert register.count == 1
        assert before == disk.content(PATH)

    @pytest.mark.parametrize("call", ["append", "sync"])
    def test_what_was_begun_is_gone_again(
        self, call: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disk, register = self.made()
        before, anchor = disk.content(PATH), register.anchor

        def fails(_self: FakeFile, *_: object) -> None:
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as patch:
            patch.setattr(FakeFile, call, fails)
            with pytest.raises(RegisterError) as first:
                begun_and_settled(register, [{"n": 1}, {"n": 2}])
        with pytest.raises(RegisterError) as second:
            register.begin([{"n": 3}])
        register.settle()  # nothing is left to wait for
        register.close()

        assert first.value is second.value
        assert anchor == register.anchor
        assert [dict(FIRST)] == list(register.records) == register.db.acts.all()
        assert before == disk.content(PATH)

    def test_whatever_comes_next_waits_for_what_was_begun(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disk, register = self.made()
        calls: list[str] = []
        appends, syncs = FakeFile.append, FakeFile.sync

        def append(file: FakeFile, data: bytes) -> None:
            calls.append("append")
            appends(file, data)

        def sync(file: FakeFile) -> None:
            time.sleep(0.01)
            calls.append("sync")
            syncs(file)

        monkeypatch.setattr(FakeFile, "append", append)
        monkeypatch.setattr(FakeFile, "sync", sync)
        register.begin([{"n": 1}])
        register.begin([{"n": 2}])
        register.append([{"n": 3}])
        register.begin([{"n": 4}])
        register.close()

        assert ["append", "sync"] * 4 == calls
        assert [1, 2, 3, 4] == [
            act["n"] for act in Register.open(PATH, disk=disk).records[1:]
        ]

    def test_an_act_that_cannot_be_written_is_not_a_failure(self) -> None:
        _disk, register = self.made()

        with pytest.raises(RegisterError):
            register.append([{"n": 1}, {"n": 1.5}])
        register.append([{"n": 2}])

        assert [dict(FIRST), {"n": 2}] == list(register.records)

    def test_what_is_too_long_is_refused(self) -> None:
        _disk, register = self.made()

        with pytest.raises(RegisterError, match="262"):
            register.append([{"n": "x" * 262_144}])
        with pytest.raises(RegisterError):
            register.append([])

        assert register.writable

    @pytest.mark.parametrize("record", [Register.append, begun_and_settled])
    def test_an_interrupted_write_is_taken_back(
        self,
        record: Callable[[Register, crashes.Acts], object],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        disk, register = self.made()
        before = disk.content(PATH)

        def interrupted(_self: FakeFile) -> None:
            monkeypatch.undo()
            raise KeyboardInterrupt

        monkeypatch.setattr(FakeFile, "sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            record(register, [{"n": 1}])

        assert not register.writable
        assert before == disk.content(PATH)

    def test_another_program_that_writes_is_noticed(self) -> None:
        disk, register = self.made()
        disk.open(PATH, "write").append(b"somebody else's")

        with pytest.raises(RegisterError):
            register.append([{"n": 1}])

        assert disk.content(PATH).endswith(b"somebody else's")


class TestNoRoomToRepair:
    """A torn end on a full disk opens read-only rather than not at all."""

    def test_opens_to_be_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        disk, oracle = FakeDisk(), Oracle()
        crashes.record(disk, oracle, random.Random(3), 3)
        disk.open(PATH, "write").append(b"torn")
        disk = disk.running()

        def full(_self: FakeFile, _data: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(FakeFile, "append", full)
            register = Register.open(PATH, recovered=tell, disk=disk)

        assert not register.writable
        assert len(register.notices) == 1
        assert register.torn is not None
        assert register.torn.data == b"torn"
        assert oracle.sent == list(register.records)
        with pytest.raises(RegisterError):
            register.append([{"n": 1}])
        # The lock was let go of, and with room again all is repaired.
        with Register.open(PATH, recovered=tell, disk=disk) as again:
            assert again.writable
            assert again.records[-1]["type"] == "RegisterRecovered"

    def test_no_room_to_tell_of_the_repair(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disk = FakeDisk()
        Register.create(SESSIONS, FIRST, disk=disk).close()
        disk.open(PATH, "write").append(b"torn")
        plenty = FakeFile.append

        def full(self: FakeFile, data: bytes) -> None:
            if b"RegisterRecovered" in data:
                raise OSError(errno.ENOSPC, "No space left on device")
            plenty(self, data)

        with monkeypatch.context() as patch:
            patch.setattr(FakeFile, "append", full)
            register = Register.open(PATH, recovered=tell, disk=disk)

        assert not register.writable
        assert len(register.notices) == 1
        with Register.open(PATH, recovered=tell, disk=disk) as again:
            assert again.records[-1]["type"] == "RegisterRecovered"

    @pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
    def test_a_medium_that_can_only_be_read(
        self, number: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disk = FakeDisk()
        Register.create(SESSIONS, FIRST, disk=disk).close()
        opens = FakeDisk.open

        def refuses(self: FakeDisk, path: Path, mode: Mode) -> FakeFile:
            if mode != "read":
                raise OSError(number, "refused")
            return opens(self, path, mode)

        monkeypatch.setattr(FakeDisk, "open", refuses)
        with Register.open(PATH, disk=disk) as register:
            assert register.count == 1
            assert not register.writable
            assert len(register.notices) == 1
        with pytest.raises(RegisterError):
            Register.create(Path("/others"), FIRST, disk=disk)


class TestOneWriter:
    """One writer: the second is told who holds it, and may read along."""

    def test_the_second_is_told(self) -> None:
        disk = FakeDisk()
        register = Register.create(SESSIONS, FIRST, disk=disk)

        with pytest.raises(BusyRegisterError) as refusal:
            Register.open(PATH, disk=disk)
        with pytest.raises(BusyRegisterError):
            Register.create(SESSIONS, FIRST, disk=disk)
        with Register.open(PATH, write=False, disk=disk) as reader:
            assert reader.count == 1
        register.close()

        assert refusal.value.values["pid"]
        Register.open(PATH, disk=disk).close()
        names = [Path(name) for name in disk.files]
        assert names == [PATH]

    def test_a_failed_opening_lets_go(self) -> None:
        disk = FakeDisk()
        Register.create(SESSIONS, FIRST, disk=disk).close()
        disk.open(PATH, "write").append(disk.content(PATH))

        for _ in range(2):
            with pytest.raises(RegisterError, match="2"):
                Register.open(PATH, disk=disk)
        assert read(PATH, disk=disk).fault is not None
