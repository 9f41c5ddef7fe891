"""What is known of a register outside of its file: followers, anchors, the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.errors import (
    BrokenChainError,
    BusyRegisterError,
    RegisterError,
)
from jury_tui.register import anchors
from jury_tui.register.chain import Anchor, Verdict
from jury_tui.register.headcode import code, parse_code, same_code
from jury_tui.register.reading import Follower, follow, read
from jury_tui.register.register import Register

FIRST = {"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """A register of four acts, closed."""
    with Register.create(tmp_path / "sessions", FIRST) as register:
        register.append([{"type": "A", "n": 1}])
        register.append([{"type": "B", "n": 2}, {"type": "B", "n": 3}])
    return register


class TestFollowing:
    """The second may read along live."""

    def test_live(self, register: Register) -> None:
        follower = Follower(register.path)
        with Register.open(register.path) as writer:
            assert len(follower.new()) == 4
            assert len(follower.new()) == 0
            writer.append([{"type": "C"}])
            with pytest.raises(BusyRegisterError):
                Register.open(register.path)

            assert list(follower.new()) == [{"type": "C"}]
            assert list(follow(register.path, 4)) == [{"type": "C"}]
        assert follower.head == writer.head

    def test_half_a_line_waits(self, register: Register) -> None:
        whole = register.path.read_bytes()
        follower = Follower(register.path)
        for size in range(whole.index(b"\n") + 1, len(whole), 7):
            register.path.write_bytes(whole[:size])
            follower.new()
        register.path.write_bytes(whole)
        follower.new()

        assert follower.count == 4

    def test_altered_meanwhile(self, register: Register) -> None:
        follower = Follower(register.path)
        follower.new()
        whole = register.path.read_bytes()
        register.path.write_bytes(whole[:-10])

        with pytest.raises(BrokenChainError):
            follower.new()
        register.path.write_bytes(whole)
        with pytest.raises(BrokenChainError) as refusal:
            follow(register.path, 6)
        assert refusal.value.act == 5


class TestAnchors:
    """Remembered outside the file: a cut or rewritten tail, an old copy is named."""

    def test_remembers(self, register: Register) -> None:
        folder = register.path.parents[1]
        assert anchors.remembered(folder) == {}

        with Register.open(register.path) as again:
            anchors.remember(folder, "s-1", again.anchor)
            before = again.anchor
            again.append([{"type": "C"}])
            anchors.remember(folder, "s-1", again.anchor)
            anchors.remember(folder, "s-2", Anchor(1, "0" * 64))

        known = anchors.remembered(folder)
        assert {"s-1": [before, again.anchor], "s-2": [Anchor(1, "0" * 64)]} == known
        assert anchors.compare(read(register.path), known).fault is None

    def test_names_an_older_copy(self, register: Register) -> None:
        folder = register.path.parents[1]
        copy = register.path.read_bytes()
        with Register.open(register.path) as again:
            again.append([{"type": "C"}])
            anchors.remember(folder, "s-1", again.anchor)
        register.path.write_bytes(copy)

        found = anchors.compare(read(register.path), anchors.remembered(folder))

        assert found.verdict is Verdict.TAMPERED
        assert found.fault is not None
        assert found.fault.act == 5
        with pytest.raises(BrokenChainError):
            Register.open(register.path, anchor=again.anchor)

    def test_names_another_session_in_its_place(self, register: Register) -> None:
        folder = register.path.parents[1]
        with Register.create(folder, {**FIRST, "session": "s-2"}) as other:
            anchors.remember(folder, "s-2", other.anchor)
        other.path.write_bytes(register.path.read_bytes())

        found = anchors.compare(read(other.path), anchors.remembered(folder))

        assert found.fault is not None
        assert found.fault.act == 1
        assert "s-2" in str(found.fault)

    def test_the_ledger_heals_and_is_verified(self, register: Register) -> None:
        folder = register.path.parents[1]
        for count in range(1, 4):
            anchors.remember(folder, "s-1", Anchor(count, f"{count}" * 64))
        ledger = folder / anchors.FILE
        whole = ledger.read_bytes()
        ledger.write_bytes(whole[:-5])

        anchors.remember(folder, "s-1", Anchor(4, "4" * 64))

        counts = [anchor.count for anchor in anchors.remembered(folder)["s-1"]]
        assert counts == [1, 2, 4]
        assert (folder / "anchors.jsonl.torn-1").exists()
        ledger.write_bytes(whole.replace(b"2" * 64, b"3" * 64))
        with pytest.raises(BrokenChainError):
            anchors.remembered(folder)
        ledger.write_bytes(register.path.read_bytes())
        with pytest.raises(RegisterError):
            anchors.remembered(folder)


class TestCode:
    """A short code for reading aloud."""

    def test_as_heard(self, register: Register) -> None:
        spoken = code(register.head)

        assert len(spoken.replace("-", "")) == 26
        heard = spoken.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert same_code(register.head, heard)
        assert spoken == parse_code(heard)
        assert not same_code("0" * 64, "1" * 26)

    @pytest.mark.parametrize("text", ["", "U" * 26, "0" * 25, "é" * 26, "0" * 27])
    def test_what_cannot_be_one(self, text: str) -> None:
        with pytest.raises(RegisterError):
            parse_code(text)

    @pytest.mark.parametrize("head", ["", "0" * 63, "G" * 64, "A" * 64])
    def test_of_what_is_no_hash(self, head: str) -> None:
        with pytest.raises(RegisterError):
            code(head)
