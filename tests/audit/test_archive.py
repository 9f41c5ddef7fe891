"""The archive of a session: the same bytes each time, verified without this program."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jury_tui import canonical
from jury_tui.audit import Verdict, audit
from jury_tui.audit.archive import (
    REGISTER,
    make_archive,
    packed,
    read_archive,
    save_archive,
)
from jury_tui.audit.checkpoint import make_checkpoint, save
from jury_tui.audit.folder import audit_folder
from jury_tui.demo import FINISHED, make
from jury_tui.errors import RegisterError
from jury_tui.minutes.publishing import publish
from jury_tui.register import anchors
from jury_tui.register.reading import read
from jury_tui.register.record import Record
from jury_tui.signing import archive as zips
from jury_tui.ui import settings as settings_of_the_screens
from jury_tui.ui.settings import Settings
from tests.fuzz.running import peak
from tests.support.forging import NOW


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, its minutes exported. Not to be changed."""
    place = tmp_path_factory.mktemp("archives")
    make(place / "sessions", NOW)
    with Record.open(place / "sessions" / FINISHED) as record:
        publish(record, sessions=place / "sessions", target=place / "out", now=NOW)
        anchors.remember(place / "sessions", FINISHED, record.register.anchor)
    return place


@pytest.fixture(scope="module")
def session(folder: Path) -> Path:
    return folder / "sessions" / FINISHED


@pytest.fixture(scope="module")
def archive(folder: Path, session: Path) -> bytes:
    return make_archive(session, folder / "out")


def repacked(archive: bytes, name: str, data: bytes | None) -> bytes:
    """The archive with one file changed, or taken away."""
    files = {n: e.data for n, e in zips.read(archive).items()}
    if data is None:
        del files[name]
    else:
        files[name] = data
    return zips.write(zips.stored(n, d) for n, d in files.items())


class TestWhatAnArchiveHolds:
    """One archive (zip) with register, workbook, signatures, rulebooks used, and the
    verification page, for an archivist or a court."""

    def test_is_everything(self, archive: bytes, session: Path) -> None:
        files = read_archive(archive).files
        assert (session / "acts.jsonl").read_bytes() == files[REGISTER]
        assert {"SHA256SUMS", "anchors.json", "VERIFIER.txt", "VERIFY.html"} <= set(
            files
        )
        assert 3 == sum(name.startswith("rulebooks/") for name in files)
        assert 1 == sum(name.endswith(".xlsx") for name in files)

    def test_is_the_same_each_time(
        self, archive: bytes, folder: Path, session: Path
    ) -> None:
        assert archive == make_archive(session, folder / "out")

    def test_opens_with_any_program(self, archive: bytes, tmp_path: Path) -> None:
        path = tmp_path / "archive.zip"
        path.write_bytes(archive)
        with zipfile.ZipFile(path) as opened:
            assert opened.testzip() is None

    def test_is_verified_by_its_own_page(self, archive: bytes, tmp_path: Path) -> None:
        for name, data in read_archive(archive).files.items():
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        for line in (tmp_path / "SHA256SUMS").read_text("ascii").splitlines():
            digest, name = line.split("  ")
            assert digest == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        page = (tmp_path / "VERIFIER.txt").read_text("utf-8")
        program = re.search(r"<<'END'\n(.*?)\nEND", page, re.DOTALL)
        assert program is not None
        run = subprocess.run(
            [sys.executable, "-c", program[1]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        head = read(tmp_path / REGISTER).head
        assert head == run.stdout.strip()

    def test_speaks_french_and_english(self, archive: bytes) -> None:
        files = read_archive(archive).files
        assert "registre" in files["VERIFIER.txt"].decode()
        assert "registre" not in files["VERIFY.txt"].decode()
        assert b'lang="fr"' in files["VERIFIER.html"]

    def test_too_large_is_refused_with_a_sentence(
        self, session: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jury_tui.audit.archive._MOST_BYTES", 1000)
        with pytest.raises(RegisterError):
            packed({}, read(session / "acts.jsonl"))


class TestAuditingAnArchive:
    """``audit`` reads it."""

    def test_as_it_is_it_is_intact(
        self, folder: Path, session: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "archive.zip"
        save_archive(session, path, folder / "out")
        report = audit(path, now=NOW)
        assert (Verdict.INTACT, FINISHED) == (report.verdict, report.session)
        assert [] == [f for f in report.findings if f.severity.value != "note"]

    @pytest.mark.parametrize(
        "name", [REGISTER, "anchors.json", "VERIFY.txt", "minutes", "rulebooks"]
    )
    def test_whatever_is_changed_is_named(
        self, archive: bytes, tmp_path: Path, name: str
    ) -> None:
        files = read_archive(archive).files
        whole = next(n for n in files if n.startswith(name))
        for changed in (files[whole][:-30] + b"x" * 30, None):
            path = tmp_path / "archive.zip"
            path.write_bytes(repacked(archive, whole, changed))
            assert audit(path, now=NOW).verdict in (
                Verdict.ALTERED,
                Verdict.UNREADABLE,
            )

    def test_a_shorter_register_is_named_by_the_anchors_inside(
        self, archive: bytes, tmp_path: Path
    ) -> None:
        files = dict(read_archive(archive).files)
        lines = files[REGISTER].splitlines(keepends=True)
        files[REGISTER] = b"".join(lines[:-1])
        for name in ("SHA256SUMS", *(n for n in files if n.startswith("VERIF"))):
            del files[name]
        reading_from = tmp_path / "acts.jsonl"
        reading_from.write_bytes(files[REGISTER])
        path = tmp_path / "archive.zip"
        path.write_bytes(packed(files, read(reading_from)))
        report = audit(path, now=NOW)
        assert Verdict.ALTERED is report.verdict
        assert "anchors" == report.findings[0].check

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(place=st.integers(0, 10**9), value=st.integers(1, 255))
    def test_a_byte_changed_is_always_said(
        self, archive: bytes, tmp_path: Path, place: int, value: int
    ) -> None:
        data = bytearray(archive)
        data[place % len(data)] ^= value
        path = tmp_path / "archive.zip"
        path.write_bytes(bytes(data))
        report = audit(path, now=NOW)
        # A date in the container changes nothing of what it holds, and is said.
        assert report.of("archive") or not report.intact
        if report.intact:
            same = read_archive(archive).files
            assert same == read_archive(bytes(data)).files

    @pytest.mark.parametrize(
        "data",
        [b"", b"PK\5\6" + bytes(18), b"PK\3\4" + bytes(100), bytes(10_000)],
        ids=["empty", "no entries", "a beginning", "zeros"],
    )
    def test_what_is_no_archive_is_unreadable(
        self, data: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / "archive.zip"
        path.write_bytes(data)
        assert Verdict.UNREADABLE is audit(path, now=NOW).verdict

    def test_a_path_out_of_it_is_never_followed(
        self, archive: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / "in" / "archive.zip"
        path.parent.mkdir()
        shutil.copyfile(_written(tmp_path, archive), path)
        with zipfile.ZipFile(path, "a") as opened:
            opened.writestr("../escaped.txt", "x")
        assert Verdict.UNREADABLE is audit(path, now=NOW).verdict
        assert not (tmp_path / "escaped.txt").exists()


def _foreign(archive: bytes, *more: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """The archive as another program zips it, with more in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, entry in zips.read(archive).items():
            opened.writestr(name, entry.data)
        for info, data in more:
            opened.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


class TestHostileArchives:
    """Nothing is unpacked, followed or expanded beyond bounds."""

    @pytest.mark.parametrize(
        "name",
        [
            "../x",
            "/etc/x",
            "register/../x",
            "c:\\x",
            "register//x",
            "é",
            "a\nb",
            "register",
        ],
    )
    def test_a_strange_name_is_refused(
        self, name: str, archive: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / "archive.zip"
        path.write_bytes(_foreign(archive, (name, b"x")))

        assert Verdict.UNREADABLE is audit(path, now=NOW).verdict
        assert [path] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("name", [REGISTER, REGISTER.upper()])
    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_a_name_twice_is_refused(
        self, name: str, archive: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / "archive.zip"
        path.write_bytes(_foreign(archive, (name, b"another")))

        assert Verdict.UNREADABLE is audit(path, now=NOW).verdict

    def test_a_bomb_is_refused(self, archive: bytes, tmp_path: Path) -> None:
        path = tmp_path / "archive.zip"
        path.write_bytes(_foreign(archive, ("bomb", bytes(64 * 2**20))))
        assert path.stat().st_size < 2**20
        before = peak()

        assert Verdict.UNREADABLE is audit(path, now=NOW).verdict
        assert peak() - before < 32

    def test_a_link_is_a_file_that_no_list_names(
        self, archive: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / "archive.zip"
        path.write_bytes(_foreign(archive, (_link("minutes/x"), b"/etc/passwd")))
        report = audit(path, now=NOW)

        assert Verdict.ALTERED is report.verdict
        assert any("minutes/x" in f.text for f in report.findings)

    def test_zipped_again_it_is_still_judged(
        self, archive: bytes, tmp_path: Path
    ) -> None:
        path = tmp_path / "archive.zip"
        path.write_bytes(_foreign(archive))
        report = audit(path, now=NOW)

        assert Verdict.INTACT is report.verdict
        assert report.of("archive")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_whatever_is_written_is_for_its_owner_only(tmp_path: Path) -> None:
    """« files are readable by their owner only » (issue 4), whatever the umask."""
    sessions, out = tmp_path / "sessions", tmp_path / "out"
    before = os.umask(0)
    try:
        make(sessions, NOW)
        with Record.open(sessions / FINISHED) as record:
            publish(record, sessions=sessions, target=out, now=NOW)
        save_archive(sessions / FINISHED, tmp_path / "court" / "a.zip", out)
        save(make_checkpoint(sessions, now=NOW), tmp_path / "court" / "c.json")
        audit_folder(sessions, now=NOW)
        settings_of_the_screens.write(tmp_path / "home" / "s.json", Settings())
    finally:
        os.umask(before)
    made = {path: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}

    assert len(made) > 14
    assert [] == [p for p, mode in made.items() if mode != (0o600, 0o700)[p.is_dir()]]


class TestSecrecy:
    """« secret ballots leave no order and no time per ballot » (issue 4)."""

    def test_a_secret_ballot_is_one_act_of_totals(
        self, archive: bytes, session: Path
    ) -> None:
        acts = list(read(session / "acts.jsonl").records)
        votes = [act for act in acts if act.get("mode") == "secret"]
        people = [act["member"] for act in acts if act["type"] == "MemberAppointed"]

        assert votes
        for vote in votes:
            assert {"type", "at", "candidate", "component", "mode", "outcome",
                    "tally"} == set(vote)  # fmt: skip
            assert set(vote["tally"]) <= {
                "for", "against", "abstention", "blank", "did_not_vote"
            }  # fmt: skip
            assert all(type(count) is int for count in vote["tally"].values())
            # A whole second, of the count and not of a ballot.
            assert dt.datetime.fromisoformat(vote["at"]).microsecond == 0
            body = canonical.encode(vote).decode()
            assert not any(
                word in body
                for person in people
                for word in (f'"{person["id"]}"', person["family_name"])
            )
        assert archive.count(b'"mode":"secret"') == len(votes)

    def test_no_member_stands_beside_a_secret_vote_in_the_workbook(
        self, archive: bytes, session: Path
    ) -> None:
        acts = list(read(session / "acts.jsonl").records)
        vote = next(act for act in acts if act.get("mode") == "secret")
        names = {
            act["member"]["family_name"].casefold()
            for act in acts
            if act["type"] == "MemberAppointed"
        }
        [name] = [n for n in zips.read(archive) if n.endswith(".xlsx")]
        book = openpyxl.load_workbook(io.BytesIO(zips.read(archive)[name].data))
        rows = [
            " ".join(str(cell.value) for cell in row if cell.value is not None)
            for sheet in book
            for row in sheet.iter_rows()
        ]
        told = [row.casefold() for row in rows if "secret" in row.casefold()]

        assert told
        assert vote["tally"]["for"]
        assert [] == [row for row in told if any(n in row for n in names)]


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "whole.zip"
    path.write_bytes(data)
    return path
