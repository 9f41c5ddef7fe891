"""Keys for those who have none: a small local authority and its members' files.

A folder holds the authority (``authority.p12``, secret; ``authority.pem``, public),
one PKCS#12 file a person, and the list of revoked certificates (``revoked.crl``).
Private files are encrypted (PBES2, AES-256) and readable by their owner only.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PBES,
    serialize_key_and_certificates,
)
from cryptography.x509.oid import NameOID

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_, _, folded
from jury_tui.signing.private import replace_public, write_private
from jury_tui.signing.signer import MAX_P12, open_p12
from jury_tui.signing.trust import load_crl
from jury_tui.signing.xmldsig import Algorithm

AUTHORITY_KEY, AUTHORITY_CERTIFICATE = "authority.p12", "authority.pem"
REVOKED = "revoked.crl"
AUTHORITY_YEARS = 10
MEMBER_DAYS = 2 * 365
CRL_DAYS = 400
MIN_PASSWORD = 8
"""Shortest password, in characters."""
_ROUNDS = 600_000
_EARLIER = dt.timedelta(minutes=5)  # clocks differ
_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def worth() -> str:
    """What a signature with such a key is worth, to be said when one is made."""
    return _(
        "Signatures made with these keys are simple electronic signatures (eIDAS "
        "regulation, article 3, 10): they show who signed, according to your own "
        "authority, and that nothing changed since. They are not qualified "
        "signatures: article 1367 of the Civil Code does not presume them reliable, "
        "and whoever relies on one may have to prove how keys were handed over. For "
        "a qualified signature, use a certificate from a qualified provider (.p12 "
        "or card)."
    )


class Authority(NamedTuple):
    """The local authority, opened."""

    folder: Path
    certificate: x509.Certificate
    key: _Key


def create_authority(
    folder: Path, name: str, password: str, *, now: dt.datetime
) -> Authority:
    """Make a local authority in a folder.

    Args:
        folder: Where; made if absent, and must not hold an authority yet.
        name: The name that certificates show as their issuer.
        password: For the authority's own key.
        now: The first moment of validity, aware.

    Raises:
        SignatureError: a short password, or the files exist or cannot be written.
    """
    _check_password(password)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    certificate = (
        _builder(subject, subject, key, now, dt.timedelta(days=AUTHORITY_YEARS * 366))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SignatureError(
            N_("{path} cannot be written: {reason}."),
            path=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from None
    write_private(folder / AUTHORITY_KEY, _p12(name, key, certificate, [], password))
    pem = certificate.public_bytes(Encoding.PEM)
    replace_public(folder / AUTHORITY_CERTIFICATE, pem)
    return Authority(folder, certificate, key)


def open_authority(folder: Path, password: str) -> Authority:
    """Open a folder's authority.

    Raises:
        SignatureError: none there, or the wrong password.
    """
    key, chain = open_p12(folder / AUTHORITY_KEY, password)
    return Authority(folder, chain[0], key)


def issue(
    authority: Authority,
    name: str,
    password: str,
    *,
    now: dt.datetime,
    days: int = MEMBER_DAYS,
    algorithm: Algorithm = Algorithm.ECDSA_P256,
) -> Path:
    """Make a person's key and certificate; renewing is issuing again.

    Args:
        authority: Who vouches.
        name: The person's name, as signatures will show it.
        password: The person's own.
        now: The first moment of validity, aware.
        days: How long the certificate is valid.
        algorithm: Which kind of key.

    Returns:
        The PKCS#12 file, named after the person and the certificate's serial.

    Raises:
        SignatureError: a short password, an empty name, an expired authority.
    """
    _check_password(password)
    last = authority.certificate.not_valid_after_utc
    if now >= last:
        raise SignatureError(
            N_("The authority expired on {day}: make a new one."),
            day=f"{last:%Y-%m-%d}",
        )
    key = _new_key(algorithm)
    issuer = authority.key.public_key()
    certificate = (
        _builder(
            _name(name),
            authority.certificate.subject,
            key,
            now,
            min(dt.timedelta(days=days), last - now),
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False
        )
        .sign(authority.key, hashes.SHA256())
    )
    data = _p12(name, key, certificate, [authority.certificate], password)
    path = authority.folder / f"{_slug(name)}-{certificate.serial_number:x}"[:120]
    path = path.with_name(path.name + ".p12")
    write_private(path, data)
    replace_public(path.with_suffix(".pem"), certificate.public_bytes(Encoding.PEM))
    return path


def renew(
    authority: Authority,
    certificate: x509.Certificate,
    password: str,
    *,
    now: dt.datetime,
) -> Path:
    """A new key and certificate for the person of a certificate, old one untouched.

    Raises:
        SignatureError: as ``issue``, or the certificate is another authority's.
    """
    _check_own(authority, certificate)
    name = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return issue(authority, str(name[0].value) if name else "", password, now=now)


def revoke(
    authority: Authority, certificate: x509.Certificate, *, now: dt.datetime
) -> Path:
    """Add a certificate to the list of revoked ones.

    Signatures whose time is proved to be earlier stay trusted.

    Returns:
        The list (DER), to be handed to whoever verifies.

    Raises:
        SignatureError: the certificate is another authority's, or is in the list.
    """
    _check_own(authority, certificate)
    path = authority.folder / REVOKED
    known = _own_crl(authority, path) if path.exists() else None
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now)
        .next_update(now + dt.timedelta(days=CRL_DAYS))
    )
    number = 1
    for old in known or ():
        if old.serial_number == certificate.serial_number:
            raise SignatureError(N_("This certificate is revoked already."))
        builder = builder.add_revoked_certificate(old)
    if known is not None:
        held = known.extensions.get_extension_for_class(x509.CRLNumber)
        number = held.value.crl_number + 1
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(certificate.serial_number)
        .revocation_date(now)
        .build()
    )
    crl = (
        builder.add_revoked_certificate(entry)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(
                authority.key.public_key()
            ),
            critical=False,
        )
        .sign(authority.key, hashes.SHA256())
    )
    replace_public(path, crl.public_bytes(Encoding.DER))
    return path


def _own_crl(authority: Authority, path: Path) -> x509.CertificateRevocationList:
    crl = load_crl(_content(path))
    if not crl.is_signature_valid(authority.key.public_key()):
        raise SignatureError(
            N_("{path} is not this authority’s list: restore the right one."),
            path=str(path),
        )
    return crl


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_P12)
    except OSError as error:
        raise SignatureError(
            N_("{path} cannot be read: {reason}."),
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from None


def _check_own(authority: Authority, certificate: x509.Certificate) -> None:
    try:
        certificate.verify_directly_issued_by(authority.certificate)
    except (ValueError, TypeError, InvalidSignature):
        raise SignatureError(
            N_("This certificate was not made by this authority.")
        ) from None


def _check_password(password: str) -> None:
    if len(password) < MIN_PASSWORD:
        raise SignatureError(
            N_("The password is too short: at least {number} characters."),
            number=MIN_PASSWORD,
        )


def _new_key(algorithm: Algorithm) -> _Key:
    if algorithm is Algorithm.RSA:
        return rsa.generate_private_key(65537, 3072)
    p384 = algorithm is Algorithm.ECDSA_P384
    return ec.generate_private_key(ec.SECP384R1() if p384 else ec.SECP256R1())


def _name(common: str) -> x509.Name:
    clean = " ".join(common.split())
    if not clean or len(clean) > 64 or not clean.isprintable():
        raise SignatureError(
            N_("A name for a certificate has 1 to 64 characters: “{name}”."),
            name=clean[:80],
        )
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, clean)])


def _slug(name: str) -> str:
    words = folded(name)
    kept = "".join(c if c.isascii() and c.isalnum() else "-" for c in words)
    return "-".join(part for part in kept.split("-") if part) or "key"


def _p12(
    name: str,
    key: _Key,
    certificate: x509.Certificate,
    issuers: list[x509.Certificate],
    password: str,
) -> bytes:
    protection = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(password.encode())
    )
    return serialize_key_and_certificates(
        name.encode(), key, certificate, issuers, protection
    )


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: _Key,
    now: dt.datetime,
    life: dt.timedelta,
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + life)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(public), critical=False
        )
    )


def _usage(*, authority: bool = False) -> x509.KeyUsage:
    """Signing only; no extended usage, which LibreOffice would misjudge."""
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
