"""Who vouches for whom, and for what."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Usage

from jury_tui.errors import SignatureError
from jury_tui.signing import trust
from jury_tui.signing.certificates import common_name, load_certificate
from jury_tui.signing.report import Answer
from tests.support import workbooks
from tests.support.signers import Authority, authority, key, leaf, name, signer

NOW = workbooks.MOMENT
DAY = dt.timedelta(days=1)


def judged(
    *certificates: x509.Certificate,
    roots: list[x509.Certificate],
    at: dt.datetime | None = NOW,
) -> tuple[Answer, list[str]]:
    judgement = trust.judge(certificates, roots=roots, at=at)
    return judgement.answer, [reason.code for reason in judgement.reasons]


def for_use(*uses: x509.ObjectIdentifier) -> x509.Certificate:
    """A certificate of the invented authority with an extended usage."""
    issuer = authority()
    return (
        x509.CertificateBuilder()
        .subject_name(name("MOREAU Luc"))
        .issuer_name(issuer.certificate.subject)
        .public_key(key("p256", 4).public_key())
        .serial_number(77)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.ExtendedKeyUsage(list(uses)), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )


class TestChain:
    """ "*trusted* (who signed, vouched by whom, valid when)" (issue 5)."""

    ROOT = authority().certificate

    def test_vouched(self) -> None:
        assert judged(*signer().chain, roots=[self.ROOT]) == (Answer.YES, ["vouched"])

    def test_nobody_asked(self) -> None:
        assert judged(*signer().chain, roots=[]) == (Answer.UNKNOWN, ["no-authority"])

    def test_moment_unknown(self) -> None:
        said = judged(*signer().chain, roots=[self.ROOT], at=None)
        assert said == (Answer.UNKNOWN, ["no-time"])

    def test_another_authority_of_the_same_name(self) -> None:
        secret = ec.generate_private_key(ec.SECP256R1())
        fake = leaf(common_name(self.ROOT.subject), secret, authority("Autre"))
        member = leaf("DURAND Claire", key("p256"), Authority(fake, secret))
        said = judged(member, fake, roots=[self.ROOT])
        assert said == (Answer.NO, ["chain"])

    def test_a_member_vouches_for_nobody(self) -> None:
        """A leaf certificate cannot issue another one."""
        secret = key("p256", 0)
        assert isinstance(secret, ec.EllipticCurvePrivateKey)
        member = signer(0).certificate
        forged = leaf("FAUX Nom", key("p256", 1), Authority(member, secret))
        said = judged(forged, member, self.ROOT, roots=[self.ROOT])
        assert said == (Answer.NO, ["chain"])

    def test_one_certificate_trusted_by_itself(self) -> None:
        member = signer().certificate
        assert judged(member, roots=[member])[0] == Answer.YES

    @pytest.mark.parametrize(
        ("at", "code"),
        [
            (dt.datetime(2025, 1, 1, tzinfo=dt.UTC), "not-yet-valid"),
            (dt.datetime(2037, 1, 1, tzinfo=dt.UTC), "expired"),
        ],
    )
    def test_dates(self, at: dt.datetime, code: str) -> None:
        said = judged(*signer().chain, roots=[self.ROOT], at=at)
        assert (Answer.NO, [code]) == said

    @pytest.mark.parametrize(
        ("use", "answer"),
        [
            (Usage.EMAIL_PROTECTION, Answer.YES),
            (Usage.CLIENT_AUTH, Answer.YES),
            (Usage.SERVER_AUTH, Answer.NO),
            (Usage.CODE_SIGNING, Answer.NO),
            (Usage.TIME_STAMPING, Answer.NO),
        ],
    )
    def test_usage(self, use: x509.ObjectIdentifier, answer: Answer) -> None:
        assert answer == judged(for_use(use), roots=[self.ROOT])[0]


class TestFiles:
    """Certificates and lists as people hand them over."""

    def test_pem_der_and_several(self) -> None:
        first, other = authority().certificate, authority("Autre").certificate
        both = first.public_bytes(Encoding.PEM) + other.public_bytes(Encoding.PEM)
        assert (first, other) == trust.load_certificates(both)
        assert (first,) == trust.load_certificates(first.public_bytes(Encoding.DER))

    @pytest.mark.parametrize(
        "data", [b"", b"rien", b"-----BEGIN CERTIFICATE-----", b"0" * 2**21]
    )
    def test_anything_else(self, data: bytes) -> None:
        with pytest.raises(SignatureError):
            trust.load_certificates(data)
        with pytest.raises(SignatureError):
            trust.load_crl(data)

    def test_names_are_safe_to_show(self) -> None:
        hostile = name("DURAND\x1b[2J\u202eClaire")
        assert common_name(hostile) == "DURAND\ufffd[2J\ufffdClaire"

    def test_damaged_certificates_are_none(self) -> None:
        good = signer().certificate.public_bytes(Encoding.DER)
        for at in range(len(good)):
            load_certificate(good[:at] + bytes([good[at] ^ 0x15]) + good[at + 1 :])
