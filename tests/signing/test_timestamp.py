"""Proof of time, asked of a local authority."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509

from jury_tui.errors import SignatureError
from jury_tui.signing.archive import read
from jury_tui.signing.report import Answer, TimeProof
from jury_tui.signing.signature import sign
from jury_tui.signing.signed_xml import read_signature
from jury_tui.signing.signer import software_signer
from jury_tui.signing.timestamp import Send, over_http, read_token, timestamper
from jury_tui.signing.verification import verify
from tests.support import peers, tampering, workbooks
from tests.support.signers import authority, key, leaf, signer

pytestmark = pytest.mark.debian
NOW = workbooks.MOMENT
_SECTION = """\
[tsa]
default_tsa = local
[local]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
"""


class LocalAuthority:
    """``openssl ts`` in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "ts.cnf").write_text(_SECTION)
        (folder / "serial").write_text("01\n")
        self.run("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem", "CA")
        self.run("req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr", "Horloge")
        self.run(
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 999 "
            "-extfile ts.cnf -extensions ext -out tsa.pem"
        )

    def run(self, command: str, subject: str = "") -> None:
        named = ["-subj", f"/CN={subject}"] if subject else []
        subprocess.run(
            ["openssl", *command.split(), *named],
            cwd=self.folder,
            capture_output=True,
            check=True,
        )

    def send(self, request: bytes) -> bytes:
        (self.folder / "request").write_bytes(request)
        self.run("ts -reply -config ts.cnf -queryfile request -out answer")
        return (self.folder / "answer").read_bytes()

    @property
    def root(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate((self.folder / "ca.pem").read_bytes())


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    pytest.importorskip("rfc3161_client", reason="needs jury-tui[timestamp]")
    peers.need_program("openssl")
    return LocalAuthority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def dated(clock: LocalAuthority) -> bytes:
    return with_time(clock.send)


def with_time(send: Send) -> bytes:
    return sign(
        workbooks.rich(),
        signer(),
        role="membre",
        place="",
        time=NOW,
        timestamp=timestamper(send),
    )


def proof(data: bytes, *roots: x509.Certificate) -> TimeProof:
    (found,) = verify(data, roots=[authority().certificate, *roots]).signatures
    assert found.time_proof is not None
    return found.time_proof


class TestTimestamp:
    """ "An RFC 3161 timestamp (XAdES-T) …, tested with … a local `openssl ts`
    authority." (issue 5)
    """

    def test_proves_the_time(self, clock: LocalAuthority, dated: bytes) -> None:
        report = verify(dated, roots=[authority().certificate, clock.root])
        (found,) = report.signatures
        assert report.accepted
        assert found.time_proof is not None
        assert (
            found.time_proof.proved,
            found.time_proof.authority,
        ) == (True, "Horloge")
        assert found.proved_time == found.time_proof.time
        assert found.claimed_time == NOW

    def test_authority_unknown(self, dated: bytes) -> None:
        found = proof(dated)
        assert (found.intact.answer, found.trusted.answer) == (Answer.YES, Answer.NO)
        assert not found.proved

    def test_a_signers_certificate_is_no_clock(
        self, clock: LocalAuthority, tmp_path: Path
    ) -> None:
        shutil.copytree(clock.folder, tmp_path / "tsa")
        other = LocalAuthority(tmp_path / "tsa")
        assert not proof(with_time(other.send), clock.root).proved

    def test_token_of_another_signature(
        self, clock: LocalAuthority, dated: bytes
    ) -> None:
        """Signed anew at another time, with the first one's timestamp."""
        other = sign(
            workbooks.plain(),
            signer(),
            role="",
            place="",
            time=NOW,
            timestamp=timestamper(clock.send),
        )
        token = tampering.opened(other)[tampering.SIG1].decode().split("TimeStamp>")
        own = tampering.opened(dated)[tampering.SIG1].decode().split("TimeStamp>")
        swapped = tampering.edited(tampering.SIG1, own[-3], token[-3])(dated)
        report = verify(swapped, roots=[authority().certificate, clock.root])
        (found,) = report.signatures
        assert found.time_proof is not None
        assert (
            found.intact.answer,
            found.time_proof.intact.answer,
        ) == (Answer.YES, Answer.NO)
        assert not report.accepted

    def test_proved_time_outlives_the_certificate(self, clock: LocalAuthority) -> None:
        """Signed while valid, and proved so: trusted after it expired."""
        soon = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
        certificate = leaf("PETIT Anne", key("p256"), authority(), last=soon)
        short = software_signer(key("p256"), (certificate, authority().certificate))
        data = workbooks.plain()
        now = soon - dt.timedelta(hours=1)
        ask = timestamper(clock.send)
        plain = sign(data, short, role="", place="", time=now)
        proved = sign(data, short, role="", place="", time=now, timestamp=ask)
        roots = [authority().certificate, clock.root]
        later = soon + dt.timedelta(days=10)
        answers = [verify(d, roots=roots, now=later).trusted for d in (plain, proved)]
        assert answers == [Answer.NO, Answer.YES]

    def test_not_beyond_the_clocks_own_certificate(
        self, clock: LocalAuthority, dated: bytes
    ) -> None:
        roots = [authority().certificate, clock.root]
        late = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
        (found,) = verify(dated, roots=roots, now=late).signatures
        codes = {reason.code for reason in found.trusted.reasons}
        assert {"expired", "time-unproved"} == codes

    def test_openssl_agrees(self, clock: LocalAuthority, dated: bytes) -> None:
        content = read_signature(read(dated)[tampering.SIG1].data, "sig1.xml")
        (token,) = content.stamps
        assert token is not None
        (clock.folder / "token").write_bytes(token)
        (clock.folder / "dated").write_bytes(content.value)
        clock.run("ts -verify -data dated -in token -token_in -CAfile ca.pem")

    def test_peers_still_accept(self, dated: bytes, tmp_path: Path) -> None:
        peers.need_xmlsec1()
        ca = tmp_path / "ca.pem"
        ca.write_bytes(authority().pem)
        wanted = ["VALID"]
        assert wanted == peers.xmlsec1(dated, tmp_path / "parts", ca)

    def test_every_changed_byte_of_a_token(self, dated: bytes) -> None:
        content = read_signature(read(dated)[tampering.SIG1].data, "sig1.xml")
        (token,) = content.stamps
        assert token is not None
        good = read_token(token, content.value)
        for at in range(0, len(token), 7):
            bad = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
            try:
                found = read_token(bad, content.value)
            except SignatureError:
                continue
            assert good.time == found.time

    @pytest.mark.parametrize("answer", [b"", b"0", b"<html>", b"0\x05\0\3\2\1\2"])
    @pytest.mark.usefixtures("clock")
    def test_wrong_answer(self, answer: bytes) -> None:
        with pytest.raises(SignatureError):
            with_time(lambda _request: answer)

    def test_address(self) -> None:
        with pytest.raises(SignatureError):
            over_http("file:///etc/passwd")

    def test_unreachable(self) -> None:
        with pytest.raises(SignatureError):
            over_http("http://127.0.0.1:9/")(b"")
