"""Invented people with keys of every kind, vouched for by an invented authority."""

from __future__ import annotations

import datetime as dt
import functools
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from jury_tui.signing.signer import Signer, software_signer

FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LAST = dt.datetime(2036, 1, 1, tzinfo=dt.UTC)
PEOPLE = (
    "DURAND Claire",
    "MARTIN Paul",
    "PETIT Anne",
    "ROUX Hélène",
    "MOREAU Luc",
    "BERNARD Inès",
    "GARNIER Omar",
    "FAURE Zoé",
)


class Authority(NamedTuple):
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@functools.cache
def key(kind: str, number: int = 0) -> Key:
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    curve = ec.SECP384R1() if kind == "p384" else ec.SECP256R1()
    return ec.generate_private_key(curve)


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@functools.cache
def authority(common: str = "Jury d'essai") -> Authority:
    secret = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(name(common), name(common), secret.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(secret, hashes.SHA256())
    )
    return Authority(certificate, secret)


def leaf(
    common: str,
    secret: Key,
    issuer: Authority,
    *,
    first: dt.datetime = FIRST,
    last: dt.datetime = LAST,
) -> x509.Certificate:
    return certify(common, secret.public_key(), issuer, first=first, last=last)


def certify(
    common: str,
    public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    issuer: Authority,
    *,
    first: dt.datetime = FIRST,
    last: dt.datetime = LAST,
) -> x509.Certificate:
    return (
        _builder(
            name(common), issuer.certificate.subject, public, first=first, last=last
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
        .sign(issuer.key, hashes.SHA256())
    )


@functools.cache
def signer(number: int = 0, kind: str = "p256") -> Signer:
    """One of the invented people, with the chain up to the invented authority."""
    secret = key(kind, number)
    issuer = authority()
    certificate = leaf(PEOPLE[number], secret, issuer)
    return software_signer(secret, (certificate, issuer.certificate))


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
    *,
    first: dt.datetime = FIRST,
    last: dt.datetime = LAST,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(public), critical=False
        )
    )


def _usage(*, signs_certificates: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
