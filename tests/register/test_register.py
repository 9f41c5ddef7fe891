"""The register on a real disk."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from jury_tui.errors import (
    BusyRegisterError,
    RegisterError,
    UnreadableRegisterError,
)
from jury_tui.register.chain import Verdict
from jury_tui.register.reading import read
from jury_tui.register.register import Register
from tests.support.crashes import tell
from tests.support.lengths import LONG

FIRST = {"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


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

    @posix
    def test_what_stands_in_the_way_of_what_is_kept(
        self, register: Register, tmp_path: Path
    ) -> None:
        register.path.with_name("acts.jsonl.torn-1").mkdir()
        register.path.with_name("acts.jsonl.torn-2").symlink_to(tmp_path / "nowhere")
        with register.path.open("ab") as file:
            file.write(b"torn")

        with Register.open(register.path, recovered=tell) as again:
            assert again.writable
            assert again.records[-1]["bytes"] == 4
            assert len(again.notices) == 2
        kept = register.path.with_name("acts.jsonl.torn-3")
        assert kept.read_bytes() == b"torn"

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


WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from jury_tui.register.register import Register
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
        choose = random.Random(1)
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
