"""The register on a real disk."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from jury_tui.errors import (
    BrokenChainError,
    BusyRegisterError,
    JuryError,
    RegisterError,
    UnreadableRegisterError,
)
from jury_tui.register import (
    Anchor,
    Follower,
    Register,
    Verdict,
    anchors,
    code,
    follow,
    mounts,
    parse_code,
    read,
    same_code,
)
from jury_tui.register.disk import DISK, explained
from tests.support.crashes import tell

LONG = bool(os.environ.get("JURY_TUI_LONG"))
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


class TestLife:
    """Made, recorded in, closed, opened, read: the same acts."""

    def test_reads_what_was_recorded(self, register: Register) -> None:
        reading = read(register.path)

        assert reading.verdict is Verdict.CLEAN
        assert reading.session_id == "s-1"
        assert reading.anchor == register.anchor
        assert [act.get("n") for act in reading.records] == [None, 1, 2, 3]
        assert reading.json.count(b'"type"') == 4

    def test_goes_on(self, register: Register) -> None:
        with Register.open(register.path, anchor=register.anchor) as again:
            anchor = again.append([{"type": "C"}])

        assert anchor.count == 5
        assert read(register.path).anchor == anchor
        assert again.records[-1] == {"type": "C"}

    def test_a_session_has_one_register(self, register: Register) -> None:
        with pytest.raises(RegisterError, match="s-1"):
            Register.create(register.path.parents[1], FIRST)

        assert read(register.path).count == 4

    @pytest.mark.parametrize(
        "name",
        ["", ".", "..", "a/b", "a\\b", "é", "con", "NUL.txt", "a.", "a" * 101, 3],
    )
    def test_names_that_no_folder_should_have(
        self, name: object, tmp_path: Path
    ) -> None:
        with pytest.raises(RegisterError):
            Register.create(tmp_path, {**FIRST, "session": name})

        assert list(tmp_path.iterdir()) == []

    def test_closed_is_closed(self, register: Register) -> None:
        register.close()

        with pytest.raises(RegisterError, match=r"acts\.jsonl"):
            register.append([{"type": "C"}])

    def test_a_record_in_memory_cannot_be_changed(self, register: Register) -> None:
        register.records[1]["n"] = 99
        register.db.acts.all()[1]["n"] = 99

        assert register.records[1]["n"] == 1
        assert register.db.acts.all()[1]["n"] == 1

    @posix
    def test_for_its_owner_only(self, register: Register) -> None:
        assert register.path.stat().st_mode & 0o777 == 0o600
        assert register.path.parent.stat().st_mode & 0o777 == 0o700
        assert register.path.parents[1].stat().st_mode & 0o777 == 0o700


class TestTinyDB:
    """TinyDB's tables and queries over acts that only grow."""

    def test_queries(self, register: Register) -> None:
        with Register.open(register.path) as again:
            assert len(again.db.acts.search(where("type") == "B")) == 2
            again.append([{"type": "B", "n": 4}])

            assert len(again.db.acts.search(where("type") == "B")) == 3
            found = again.db.acts.get(doc_id=5)
            assert isinstance(found, Document)
            assert found.doc_id == 5
            assert again.db.acts.get(doc_id=6) is None
            assert again.db.acts.insert({"type": "C"}) == 6
            assert again.db.tables() == {"acts"}
            assert len(again.db) == 6

    def test_every_other_change_is_refused(self, register: Register) -> None:
        with Register.open(register.path) as again:
            acts = again.db.acts
            for change in (
                lambda: acts.update({"n": 1}),
                lambda: acts.update_multiple([({"n": 1}, where("n") == 2)]),
                lambda: acts.upsert({"n": 1}, where("n") == 1),
                lambda: acts.remove(doc_ids=[1]),
                lambda: acts.truncate(),
                lambda: acts.insert(Document({"n": 1}, doc_id=1)),
                lambda: again.db.drop_tables(),
                lambda: again.db.drop_table("acts"),
                lambda: again.db.storage.write({}),
            ):
                with pytest.raises(RegisterError):
                    change()

        assert read(register.path).anchor == register.anchor


class TestRecovery:
    """A torn end is kept aside, cut, and said in an act."""

    def test_said(self, register: Register) -> None:
        with register.path.open("ab") as file:
            file.write(b"0" * 64 + b' {"type"')

        with Register.open(register.path, recovered=tell) as again:
            assert again.recovered[0].act == 5
            told = again.records[4]

        kept = register.path.with_name("acts.jsonl.torn-1")
        assert told["bytes"] == len(kept.read_bytes()) == 72
        with Register.open(register.path, recovered=tell) as third:
            assert third.recovered == ()
            assert third.count == 5

    def test_untold_is_told_later(self, register: Register) -> None:
        with register.path.open("ab") as file:
            file.write(b"torn")

        with Register.open(register.path) as again:
            assert [torn.data for torn in again.recovered] == [b"torn"]
        with Register.open(register.path, recovered=tell) as third:
            assert third.records[-1]["bytes"] == 4

    def test_a_start_that_was_cut_can_be_started_again(self, tmp_path: Path) -> None:
        path = tmp_path / "s-1" / "acts.jsonl"
        path.parent.mkdir()
        for rest in (b"", b"0" * 70):
            path.write_bytes(rest)
            with pytest.raises(UnreadableRegisterError):
                Register.open(path)
        with Register.create(tmp_path, FIRST) as register:
            assert [torn.data for torn in register.recovered] == [b"0" * 70]


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


WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from jury_tui.register import Register
    with Register.open(Path(sys.argv[1])) as register:
        number = register.count
        while True:
            register.append([{"type": "V", "n": number}])
            print(number, flush=True)
            number += 1
            if sys.argv[2:] and sys.stdin.readline() == "":
                break
""")


class TestProcesses:
    """Two processes on one register; kill -9 at any moment."""

    def test_the_second_process_is_told_who(self, register: Register) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(register.path), "wait"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == b"4"
            with pytest.raises(BusyRegisterError) as refusal:
                Register.open(register.path)
            assert refusal.value.values["pid"] == process.pid
            assert str(process.pid) in str(refusal.value)
            assert read(register.path).count == 5
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(20) == 0

        Register.open(register.path).close()

    def test_killed(self, register: Register) -> None:
        choose = random.Random(1)  # noqa: S311
        for _ in range(100 if LONG else 4):
            process = subprocess.Popen(
                [sys.executable, "-c", WRITER, str(register.path)],
                stdout=subprocess.PIPE,
            )
            assert process.stdout is not None
            first = process.stdout.readline()
            for _ in range(choose.randrange(40)):
                process.stdout.readline()
            process.kill()
            rest = process.communicate(timeout=20)[0].splitlines(keepends=True)
            said = int([first, *(line for line in rest if line.endswith(b"\n"))][-1])

            with Register.open(register.path, recovered=tell) as again:
                numbers = [act["n"] for act in again.records if act["type"] == "V"]
            assert said in numbers
            assert numbers == sorted(set(numbers))
