"""The detached companion, here and with openssl."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury_tui.errors import SignatureError
from jury_tui.signing.companion import sign_companion, verify_companion
from jury_tui.signing.report import Answer
from tests.support import peers, workbooks
from tests.support.signers import authority, signer

NOW = workbooks.MOMENT
ROOTS = [authority().certificate]
DATA = b"un proces-verbal" * 100


def openssl(data: bytes, companion: bytes, folder: Path) -> int:
    peers.need_program("openssl")
    (folder / "f").write_bytes(data)
    (folder / "f.p7s").write_bytes(companion)
    (folder / "ca.pem").write_bytes(authority().pem)
    command = "openssl cms -verify -binary -inform DER -in f.p7s -content f"
    return subprocess.run(
        [*command.split(), "-CAfile", "ca.pem", "-out", "out"],
        cwd=folder,
        capture_output=True,
        check=False,
    ).returncode


class TestCompanion:
    """ "A detached companion (`.p7s`, CMS) beside the workbook, verifiable with
    openssl alone, made and verified by the same commands." (issue 5)
    """

    @pytest.mark.parametrize("kind", ["p256", "p384", "rsa2048"])
    def test_ours(self, kind: str) -> None:
        companion = sign_companion(DATA, signer(0, kind), time=NOW)
        report = verify_companion(DATA, companion, roots=ROOTS, now=NOW)
        assert (report.accepted, report.trusted) == (True, Answer.YES)
        (one,) = report.signers
        assert (one.signer, one.claimed_time) == ("DURAND Claire", NOW)

    @pytest.mark.debian
    @pytest.mark.parametrize("kind", ["p256", "p384", "rsa2048"])
    def test_openssl(self, kind: str, tmp_path: Path) -> None:
        companion = sign_companion(DATA, signer(0, kind), time=NOW)
        assert (
            openssl(DATA, companion, tmp_path),
            openssl(DATA + b"\n", companion, tmp_path),
        ) == (0, 4)

    @pytest.mark.debian
    def test_made_by_openssl(self, tmp_path: Path) -> None:
        peers.need_program("openssl")
        (tmp_path / "f").write_bytes(DATA)
        make = "openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -subj /CN=X"
        sign = "openssl cms -sign -binary -in f -signer c -inkey k -outform DER -out s"
        for command in (make, sign):
            subprocess.run(
                command.split(), cwd=tmp_path, capture_output=True, check=True
            )
        report = verify_companion(DATA, (tmp_path / "s").read_bytes())
        assert (report.accepted, report.signers[0].signer) == (True, "X")

    @pytest.mark.debian
    def test_several_signers(self, tmp_path: Path) -> None:
        companion = b""
        for number, kind in enumerate(("p256", "rsa2048", "p384")):
            companion = sign_companion(
                DATA, signer(number, kind), time=NOW, earlier=companion
            )
        report = verify_companion(DATA, companion, roots=ROOTS, now=NOW)
        assert (report.accepted, report.trusted) == (True, Answer.YES)
        assert len({one.signer for one in report.signers}) == 3
        assert openssl(DATA, companion, tmp_path) == 0

    def test_the_same_bytes_each_time(self) -> None:
        first, again = (sign_companion(DATA, signer(), time=NOW) for _time in range(2))
        assert first == again

    def test_one_byte_more_or_another_file(self) -> None:
        companion = sign_companion(DATA, signer(), time=NOW)
        for data in (DATA + b"\n", DATA[1:], b""):
            assert not verify_companion(data, companion, roots=ROOTS).accepted

    def test_not_added_to_a_companion_of_another_file(self) -> None:
        companion = sign_companion(b"autre", signer(), time=NOW)
        with pytest.raises(SignatureError):
            sign_companion(DATA, signer(1), time=NOW, earlier=companion)

    def test_stranger(self) -> None:
        companion = sign_companion(DATA, signer(), time=NOW)
        roots = [authority("Autre").certificate]
        report = verify_companion(DATA, companion, roots=roots, now=NOW)
        assert (report.accepted, report.trusted) == (True, Answer.NO)


class TestHostile:
    """Verdicts only, whatever the bytes."""

    @settings(max_examples=300, deadline=None)
    @given(st.data())
    def test_changed_companion(self, data: st.DataObject) -> None:
        good = sign_companion(DATA, signer(), time=NOW)
        at = data.draw(st.integers(0, len(good) - 1))
        bad = bytearray(good)
        bad[at] = data.draw(st.integers(0, 255))
        cut = data.draw(st.integers(0, len(good)))
        for companion in (bytes(bad), good[:cut], good[cut:] + good[:cut]):
            report = verify_companion(DATA, companion, roots=ROOTS, now=NOW)
            if report.accepted and report.trusted is Answer.YES:
                assert report.signers[0].signer == "DURAND Claire"

    @given(st.binary(max_size=200))
    def test_any_bytes(self, companion: bytes) -> None:
        assert not verify_companion(DATA, companion).accepted
