"""Folders of sessions: audited together, stopped, taken up again, compared later."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from jury_tui.audit import Verdict, audit
from jury_tui.audit.checkpoint import (
    Level,
    load,
    make_checkpoint,
    root_of,
    save,
    signature,
    since,
    words,
)
from jury_tui.audit.folder import audit_folder, outcomes
from jury_tui.audit.merkle import root
from jury_tui.demo import FINISHED, READY, make
from jury_tui.errors import RegisterError
from jury_tui.register import anchors
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.chain import scan
from jury_tui.register.record import Record
from jury_tui.session.commands import parse
from tests.support import corpus
from tests.support.forging import NOW
from tests.support.signers import signer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The demonstration and some more, each remembered by its anchor."""
    place = tmp_path / "sessions"
    make(place, NOW)
    list(corpus.make(place, 5, candidates=4, models=1))
    for session in place.iterdir():
        if session.is_dir():
            data = (session / "acts.jsonl").read_bytes()
            anchors.remember(place, session.name, scan(data).anchor)
    return place


def cut(session: Path) -> None:
    """Take the last line away."""
    path = session / "acts.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


class TestAFolder:
    """Folder audits in a process pool, progress, cancel, resume."""

    def test_is_intact_as_it_is(self, folder: Path) -> None:
        report = audit_folder(folder, now=NOW)
        assert (7, Verdict.INTACT, ()) == (
            report.total,
            report.verdict,
            report.findings,
        )

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_names_what_is_altered(
        self, folder: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jury_tui.register.parallel.CHUNK", 2)
        monkeypatch.setattr("jury_tui.register.parallel.FEWEST", 2)
        cut(folder / "2008-00003")
        report = audit_folder(folder, now=NOW, jobs=jobs)
        wrong = [r.session for r in report.reports if not r.intact]
        assert (["2008-00003"], Verdict.ALTERED) == (wrong, report.verdict)
        assert {Verdict.INTACT: 6, Verdict.ALTERED: 1} == {
            verdict: n for verdict, n in report.verdicts.items() if n
        }

    def test_says_that_a_session_is_gone(self, folder: Path) -> None:
        shutil.rmtree(folder / READY)
        report = audit_folder(folder, now=NOW)
        assert READY in report.findings[0].text
        assert Verdict.ALTERED is report.verdict

    def test_says_that_the_anchors_were_altered(self, folder: Path) -> None:
        path = folder / "anchors.jsonl"
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:2] + lines[3:]))
        report = audit_folder(folder, now=NOW)
        assert Verdict.ALTERED is report.verdict
        assert {Verdict.INTACT} == {r.verdict for r in report.reports}
        alone = audit(folder / READY, now=NOW)
        assert Verdict.IRREGULAR is alone.verdict

    def test_stops_and_goes_on(self, folder: Path) -> None:
        told: list[tuple[int, int]] = []
        report = audit_folder(
            folder,
            now=NOW,
            progress=lambda done, total: told.append((done, total)),
            stopped=lambda: len(told) == 3,
        )
        assert (True, 3, [(1, 7), (2, 7), (3, 7)]) == (
            report.stopped,
            len(report.reports),
            told,
        )
        rest = audit_folder(folder, now=NOW, resume=True)
        assert (False, 3, 7) == (rest.stopped, rest.reused, len(rest.reports))

    def test_takes_up_only_the_same_bytes(self, folder: Path) -> None:
        audit_folder(folder, now=NOW)
        path = folder / "2008-00002" / "acts.jsonl"
        data = path.read_bytes()
        status = path.stat()
        path.write_bytes(data.replace(b'"for":8', b'"for":7', 1))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        report = audit_folder(folder, now=NOW, resume=True)
        assert (6, Verdict.ALTERED) == (report.reused, report.verdict)

    def test_takes_up_only_what_was_remembered_alike(self, folder: Path) -> None:
        audit_folder(folder, now=NOW)
        older = (folder / "2008-00002" / "acts.jsonl").read_bytes()
        with Record.open(folder / READY) as record:
            record.do(parse('{"do":"excuse","member":"m4","reason":"x"}'), now=NOW)
            anchors.remember(folder, READY, record.register.anchor)
        report = audit_folder(folder, now=NOW, resume=True)
        assert (6, Verdict.INTACT) == (report.reused, report.verdict)
        assert older

    def test_a_full_audit_asks_no_ledger(self, folder: Path) -> None:
        audit_folder(folder, now=NOW)
        assert 0 == audit_folder(folder, now=NOW).reused

    def test_tells_the_catalogue(self, folder: Path) -> None:
        cut(folder / "2008-00003")
        known = Catalogue.open(folder)
        known.refresh()
        known.concluded(outcomes(audit_folder(folder, now=NOW)))
        assert ["2008-00003"] == [e.folder for e in known.entries(verdict="altered")]
        assert 6 == len(known.entries(verdict="intact"))


class TestACheckpoint:
    """``--since CHECKPOINT`` tells what changed since a signed checkpoint (level 0:
    sizes and dates; level 1: every byte hashed; level 2: derived again)."""

    @pytest.mark.parametrize("level", list(Level))
    def test_of_an_unchanged_folder(self, folder: Path, level: Level) -> None:
        checkpoint = make_checkpoint(folder, now=NOW)
        changes = since(checkpoint, folder, level, now=NOW)
        assert (True, 7, 7) == (changes.unchanged, changes.checked, changes.same)
        assert "7" in words(changes)

    def test_tells_what_grew_what_was_altered_what_is_gone(self, folder: Path) -> None:
        checkpoint = make_checkpoint(folder, now=NOW)
        with Record.open(folder / READY) as record:
            record.do(parse('{"do":"excuse","member":"m4","reason":"x"}'), now=NOW)
        cut(folder / "2008-00001")
        shutil.rmtree(folder / "2008-00002")
        shutil.copytree(folder / FINISHED, folder / "autre")
        changes = since(checkpoint, folder, Level.BYTES, now=NOW)
        assert (
            (READY,),
            ("2008-00001",),
            ("2008-00002",),
            ("autre",),
            False,
        ) == (
            changes.grown,
            changes.altered,
            changes.missing,
            changes.added,
            changes.sound,
        )

    def test_level_0_sees_dates_and_level_1_does_not_believe_them(
        self, folder: Path
    ) -> None:
        checkpoint = make_checkpoint(folder, now=NOW)
        touched = folder / "2008-00001" / "acts.jsonl"
        os.utime(touched, ns=(1, 1))
        changed = folder / "2008-00002" / "acts.jsonl"
        status = changed.stat()
        changed.write_bytes(changed.read_bytes().replace(b'"for":8', b'"for":7', 1))
        os.utime(changed, ns=(status.st_atime_ns, status.st_mtime_ns))
        quick = since(checkpoint, folder, Level.DATES, now=NOW)
        close = since(checkpoint, folder, Level.BYTES, now=NOW)
        assert (("2008-00001",), ("2008-00002",)) == (quick.moved, close.altered)

    def test_level_2_audits_again(self, folder: Path) -> None:
        checkpoint = make_checkpoint(folder, now=NOW)
        changes = since(checkpoint, folder, Level.DERIVED, now=NOW)
        assert changes.report is not None
        assert Verdict.INTACT is changes.report.verdict

    def test_is_chained_to_the_one_before(self, folder: Path) -> None:
        first = make_checkpoint(folder, now=NOW).to_bytes()
        second = make_checkpoint(folder, now=NOW, previous=first)
        assert hashlib.sha256(first).hexdigest() == second.previous

    def test_is_refused_when_altered(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "checkpoint.json"
        save(make_checkpoint(folder, now=NOW), path)
        assert load(path).held
        data = path.read_bytes()
        for wrong in (
            data.replace(b'"count":', b'"count": ', 1),
            data.replace(b'"size":', b'"size":1', 1),
            data[:-40],
            b"[]",
            b"",
        ):
            path.write_bytes(wrong)
            with pytest.raises(RegisterError):
                load(path)
        with pytest.raises(RegisterError):
            load(tmp_path / "absent.json")

    def test_is_signed_beside_it(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "checkpoint.json"
        checkpoint = make_checkpoint(folder, now=NOW)
        save(checkpoint, path)
        assert signature(path) is None
        save(checkpoint, path, signer=signer())
        report = signature(path)
        assert report is not None
        assert report.accepted
        path.write_bytes(path.read_bytes() + b" ")
        report = signature(path)
        assert report is not None
        assert not report.accepted


class TestTheRoot:
    """RFC 6962 root over session heads."""

    def test_of_known_trees(self) -> None:
        # Computed from the definition of RFC 6962, section 2.1.
        def tree(leaves: list[bytes]) -> bytes:
            if not leaves:
                return hashlib.sha256(b"").digest()
            if len(leaves) == 1:
                return hashlib.sha256(b"\0" + leaves[0]).digest()
            half = 1 << ((len(leaves) - 1).bit_length() - 1)
            left, right = tree(leaves[:half]), tree(leaves[half:])
            return hashlib.sha256(b"\1" + left + right).digest()

        for number in range(40):
            leaves = [str(n).encode() for n in range(number)]
            assert tree(leaves) == root(leaves)

    def test_changes_with_any_of_them(self, folder: Path) -> None:
        held = make_checkpoint(folder, now=NOW).held
        assert root_of(held) != root_of(held[:-1])
        assert root_of(held) != root_of(held[::-1])
