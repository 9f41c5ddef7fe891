"""A local authority, its members' files, and what becomes of them."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import pkcs12

from jury_tui.errors import SignatureError
from jury_tui.i18n import set_language
from jury_tui.signing import keys
from jury_tui.signing.private import write_private
from jury_tui.signing.report import Answer
from jury_tui.signing.signature import sign
from jury_tui.signing.signer import load_p12
from jury_tui.signing.trust import load_certificates, load_crl
from jury_tui.signing.verification import verify
from jury_tui.signing.xmldsig import Algorithm
from tests.support import peers, workbooks

NOW = workbooks.MOMENT
PASSWORD = "mot de passe d'essai"  # noqa: S105 - of invented people
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Passwords are stretched less here than for people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "_ROUNDS", 2_000)
        yield


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> keys.Authority:
    folder = tmp_path_factory.mktemp("keys") / "clés"
    return keys.create_authority(folder, "Jury d'essai", PASSWORD, now=NOW)


@pytest.fixture(scope="module")
def member(house: keys.Authority) -> Path:
    return keys.issue(house, "DURAND Claire", PASSWORD, now=NOW)


def certificate(path: Path) -> x509.Certificate:
    return load_p12(path, PASSWORD).certificate


class TestKeys:
    """ "makes a local authority and password-protected PKCS#12 files for members
    (modern encryption, files readable by their owner only), says plainly what such a
    signature is worth …, renews and revokes." (issue 5)
    """

    def test_a_member_signs_and_is_vouched_for(
        self, house: keys.Authority, member: Path
    ) -> None:
        signer = load_p12(member, PASSWORD)
        data = sign(workbooks.plain(), signer, role="présidente", place="", time=NOW)
        report = verify(data, roots=[house.certificate], now=NOW)
        assert (report.accepted, report.trusted) == (True, Answer.YES)
        assert report.signatures[0].signer == "DURAND Claire"

    @pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
    def test_private_files_are_their_owners(
        self, house: keys.Authority, member: Path
    ) -> None:
        modes = {p.stat().st_mode & 0o777 for p in house.folder.glob("*.p12")}
        assert {0o600} == modes
        assert member.exists()

    def test_no_secret_is_written_in_clear(
        self, house: keys.Authority, member: Path
    ) -> None:
        key, _leaf, _others = pkcs12.load_key_and_certificates(
            member.read_bytes(), PASSWORD.encode()
        )
        assert key is not None
        secret = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        everything = b"".join(p.read_bytes() for p in house.folder.iterdir())
        assert secret[-32:] not in everything

    @pytest.mark.debian
    def test_openssl_reads_it_and_names_the_encryption(self, member: Path) -> None:
        peers.need_program("openssl")
        command = ["openssl", "pkcs12", "-in", str(member), "-info", "-nokeys"]
        done = subprocess.run(
            [*command, "-passin", f"pass:{PASSWORD}"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "PBES2" in done.stderr
        assert "AES-256-CBC" in done.stderr

    @pytest.mark.parametrize("algorithm", list(Algorithm))
    def test_every_kind_of_key(
        self, house: keys.Authority, algorithm: Algorithm
    ) -> None:
        path = keys.issue(house, "PETIT Anne", PASSWORD, now=NOW, algorithm=algorithm)
        assert algorithm is load_p12(path, PASSWORD).algorithm

    def test_renewed_under_the_same_name(
        self, house: keys.Authority, member: Path
    ) -> None:
        old = certificate(member)
        path = keys.renew(house, old, PASSWORD, now=NOW + 700 * DAY)
        new = certificate(path)
        assert member != path
        assert old.subject == new.subject
        assert old.public_key() != new.public_key()
        assert new.not_valid_after_utc > old.not_valid_after_utc

    def test_never_beyond_the_authority(self, house: keys.Authority) -> None:
        path = keys.issue(house, "ROUX Hélène", PASSWORD, now=NOW, days=36500)
        last = house.certificate.not_valid_after_utc
        assert last == certificate(path).not_valid_after_utc

    def test_opened_again(self, house: keys.Authority) -> None:
        again = keys.open_authority(house.folder, PASSWORD)
        assert house.certificate == again.certificate

    def test_public_file_is_what_verifiers_want(self, house: keys.Authority) -> None:
        pem = (house.folder / keys.AUTHORITY_CERTIFICATE).read_bytes()
        assert (house.certificate,) == load_certificates(pem)

    def test_says_what_it_is_worth(self) -> None:
        set_language("en")
        try:
            assert "not qualified" in keys.worth()
        finally:
            set_language("fr")


class TestRevocation:
    """A revoked certificate is not trusted from then on."""

    def test_before_and_after(self, tmp_path: Path) -> None:
        house = keys.create_authority(tmp_path, "Jury d'essai", PASSWORD, now=NOW)
        path = keys.issue(house, "MARTIN Paul", PASSWORD, now=NOW)
        other = keys.issue(house, "PETIT Anne", PASSWORD, now=NOW)
        signer = load_p12(path, PASSWORD)
        data = sign(workbooks.plain(), signer, role="membre", place="", time=NOW)
        keys.revoke(house, certificate(path), now=NOW + DAY)
        crl = load_crl(
            keys.revoke(house, certificate(other), now=NOW + 2 * DAY).read_bytes()
        )
        answers = [
            verify(data, roots=[house.certificate], crls=[crl], now=NOW + n * DAY)
            for n in (0, 1, 3)
        ]
        wanted = [Answer.YES, Answer.NO, Answer.NO]
        assert wanted == [report.trusted for report in answers]
        assert all(report.accepted for report in answers)
        codes = {r.code for r in answers[2].signatures[0].trusted.reasons}
        assert {"revoked"} == codes

    def test_a_list_that_is_not_the_authoritys(self, tmp_path: Path) -> None:
        house = keys.create_authority(tmp_path / "a", "Jury", PASSWORD, now=NOW)
        false = keys.create_authority(tmp_path / "b", "Jury", PASSWORD, now=NOW)
        path = keys.issue(house, "MARTIN Paul", PASSWORD, now=NOW)
        signer = load_p12(path, PASSWORD)
        data = sign(workbooks.plain(), signer, role="membre", place="", time=NOW)
        bad = keys.issue(false, "MARTIN Paul", PASSWORD, now=NOW)
        crl = load_crl(keys.revoke(false, certificate(bad), now=NOW).read_bytes())
        report = verify(data, roots=[house.certificate], crls=[crl], now=NOW)
        codes = {r.code for r in report.signatures[0].trusted.reasons}
        assert {"vouched", "crl-forged"} == codes

    def test_twice_or_by_another(self, house: keys.Authority, tmp_path: Path) -> None:
        path = keys.issue(house, "FAURE Zoé", PASSWORD, now=NOW)
        keys.revoke(house, certificate(path), now=NOW)
        with pytest.raises(SignatureError):
            keys.revoke(house, certificate(path), now=NOW)
        other = keys.create_authority(tmp_path, "Autre", PASSWORD, now=NOW)
        with pytest.raises(SignatureError):
            keys.revoke(other, certificate(path), now=NOW)


class TestRefusals:
    """Sentences that say what is wrong."""

    def test_wrong_password(self, member: Path) -> None:
        with pytest.raises(SignatureError, match="Mot de passe"):
            load_p12(member, "autre mot de passe")

    @pytest.mark.parametrize("data", [b"", b"\x30\x00", b"rien du tout", b"\x30" * 99])
    def test_no_key_file(self, data: bytes) -> None:
        with pytest.raises(SignatureError):
            load_p12(data, PASSWORD)

    def test_no_such_file(self, tmp_path: Path) -> None:
        with pytest.raises(SignatureError, match="absent"):
            load_p12(tmp_path / "absent.p12", PASSWORD)

    def test_key_of_another_kind(self) -> None:
        data = pkcs12.serialize_key_and_certificates(
            b"x",
            ed25519.Ed25519PrivateKey.generate(),
            None,
            None,
            serialization.BestAvailableEncryption(PASSWORD.encode()),
        )
        with pytest.raises(SignatureError):
            load_p12(data, PASSWORD)

    def test_keys_are_never_overwritten(self, tmp_path: Path) -> None:
        write_private(tmp_path / "x", b"1")
        with pytest.raises(SignatureError):
            write_private(tmp_path / "x", b"2")
        assert (tmp_path / "x").read_bytes() == b"1"

    @pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\0b"])
    def test_name(self, house: keys.Authority, name: str) -> None:
        with pytest.raises(SignatureError):
            keys.issue(house, name, PASSWORD, now=NOW)

    def test_short_password(self, house: keys.Authority) -> None:
        with pytest.raises(SignatureError):
            keys.issue(house, "MARTIN Paul", "court", now=NOW)

    def test_expired_authority(self, house: keys.Authority) -> None:
        with pytest.raises(SignatureError):
            keys.issue(house, "MARTIN Paul", PASSWORD, now=NOW + 5000 * DAY)
