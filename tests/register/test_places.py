"""Where a register is: what stands in its place, and on what kind of disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from jury_tui.errors import (
    JuryError,
    RegisterError,
)
from jury_tui.register import mounts
from jury_tui.register.disk import DISK, explained
from jury_tui.register.reading import Follower, follow, read
from jury_tui.register.register import Register

FIRST = {"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do anything"
)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """A register of four acts, closed."""
    with Register.create(tmp_path / "sessions", FIRST) as register:
        register.append([{"type": "A", "n": 1}])
        register.append([{"type": "B", "n": 2}, {"type": "B", "n": 3}])
    return register


class TestInItsPlace:
    """Folder in place of a file, links, pipes, nothing: a clear sentence."""

    def refused(self, path: Path) -> str:
        for opening in (
            lambda: Register.open(path),
            lambda: Register.open(path, write=False),
            lambda: follow(path, 0),
            lambda: Follower(path).new(),
        ):
            with pytest.raises(RegisterError):
                opening()
        with pytest.raises(RegisterError) as refusal:
            read(path)
        return str(refusal.value)

    def test_nothing(self, tmp_path: Path) -> None:
        assert str(tmp_path / "acts.jsonl") in self.refused(tmp_path / "acts.jsonl")

    def test_folder(self, tmp_path: Path) -> None:
        (tmp_path / "acts.jsonl").mkdir()

        assert self.refused(tmp_path / "acts.jsonl")

    def test_file_in_place_of_a_folder(self, register: Register) -> None:
        assert self.refused(register.path / "acts.jsonl")
        with pytest.raises(RegisterError):
            Register.create(register.path, FIRST)

    @posix
    def test_link(self, register: Register, tmp_path: Path) -> None:
        (tmp_path / "acts.jsonl").symlink_to(register.path)

        assert self.refused(tmp_path / "acts.jsonl")

    @posix
    def test_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "acts.jsonl")

        assert self.refused(tmp_path / "acts.jsonl")

    @posix
    def test_notes_are_not_written_through_links(
        self, register: Register, tmp_path: Path
    ) -> None:
        (tmp_path / "precious").write_bytes(b"precious")
        note = register.path.with_name("acts.jsonl.writer")
        note.symlink_to(tmp_path / "precious")

        Register.open(register.path).close()

        assert (tmp_path / "precious").read_bytes() == b"precious"

    @posix
    @not_root
    def test_no_permission_to_write(self, register: Register) -> None:
        register.path.chmod(0o400)

        with Register.open(register.path) as again:
            assert not again.writable
            assert len(again.notices) == 1
        register.path.chmod(0)
        assert self.refused(register.path)

    def test_a_path_with_a_zero_byte(self, tmp_path: Path) -> None:
        with pytest.raises(JuryError):
            read(tmp_path / "a\0b")

    def test_every_error_has_its_sentence(self, tmp_path: Path) -> None:
        said = {str(explained(OSError(n, os.strerror(n)), tmp_path)) for n in range(40)}

        assert all(str(tmp_path) in sentence for sentence in said)
        assert len(said) > 10


class TestFileSystems:
    """Network file systems are warned about; not knowing is no error."""

    MOUNTINFO = (
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "30 22 0:5 / /home/me/a\\040share rw shared:1 - cifs //srv/x rw\n"
        "31 22 0:6 / /run rw - tmpfs tmpfs rw\n"
        "32 22 0:7 / /s rw - fuse.sshfs me@srv rw\n"
        "33 22 0:8 / /usb rw - fuseblk /dev/sdb1 rw\n"
        "not a line\n"
    )
    MOUNT = (
        "/dev/disk1s1 on / (apfs, local, journaled)\n"
        "//me@srv/share on /Volumes/a (b) (smbfs, nodev)\n"
    )

    @pytest.mark.parametrize(
        ("path", "name", "network", "volatile"),
        [
            ("/home/me/x", "ext4", False, False),
            ("/home/me/a share/x", "cifs", True, False),
            ("/home/me/a share2/x", "ext4", False, False),
            ("/run/x", "tmpfs", False, True),
            ("/s/x", "fuse.sshfs", True, False),
            ("/usb/x", "fuseblk", False, False),
        ],
    )
    def test_linux(self, path: str, name: str, network: bool, volatile: bool) -> None:
        expected = mounts.Kind(name, network, volatile)

        assert expected == mounts.from_mountinfo(self.MOUNTINFO, path)

    def test_macos(self) -> None:
        share = mounts.from_mount(self.MOUNT, "/Volumes/a (b)/x")

        assert mounts.Kind("smbfs", network=True) == share
        assert mounts.Kind("apfs") == mounts.from_mount(self.MOUNT, "/Users/me")

    def test_here(self, tmp_path: Path) -> None:
        assert DISK.kind(tmp_path) == DISK.kind(tmp_path / "not there yet")

    def test_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mounts, "kind", lambda path: mounts.named("nfs4"))

        with Register.create(tmp_path, FIRST) as register:
            assert "nfs4" in str(register.notices[0])
