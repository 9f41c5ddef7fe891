"""Who signs: a certificate chain and something that signs, wherever the key lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import pkcs12

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_
from jury_tui.signing.certificates import common_name
from jury_tui.signing.xmldsig import Algorithm, algorithm_of, public_key

MAX_P12 = 1024 * 1024
"""Largest PKCS#12 file read, in bytes."""
_HASHES: dict[Algorithm, Callable[[], hashes.HashAlgorithm]] = {
    Algorithm.ECDSA_P256: hashes.SHA256,
    Algorithm.ECDSA_P384: hashes.SHA384,
    Algorithm.RSA: hashes.SHA256,
}

SignBytes = Callable[[bytes, Algorithm], bytes]
"""Bytes and algorithm in; the raw signature out (ECDSA: r and s side by side)."""


class Signer(NamedTuple):
    """A person's certificate and key.

    Attributes:
        chain: The signer's certificate first, then its issuers.
        sign: Signs bytes; the key itself may live on a token.
    """

    chain: tuple[x509.Certificate, ...]
    sign: SignBytes

    @property
    def certificate(self) -> x509.Certificate:
        """The signer's own certificate."""
        return self.chain[0]

    @property
    def algorithm(self) -> Algorithm:
        """What the key signs with.

        Raises:
            SignatureError: a key that office programs refuse.
        """
        key = public_key(self.certificate)
        if key is None:
            raise SignatureError(
                N_("The certificate’s key is of an unknown kind: use another one.")
            )
        return algorithm_of(key)

    @property
    def name(self) -> str:
        """The signer's name as the certificate gives it."""
        return common_name(self.certificate.subject)

    def check_dates(self, time: dt.datetime) -> None:
        """Refuse to sign outside the certificate's dates.

        Raises:
            SignatureError: before the first day, or after the last one.
        """
        first = self.certificate.not_valid_before_utc
        last = self.certificate.not_valid_after_utc
        if not first <= time <= last:
            raise SignatureError(
                N_(
                    "The certificate of {name} is valid from {first} to {last}: it "
                    "cannot sign now. Renew it."
                ),
                name=self.name,
                first=f"{first:%Y-%m-%d}",
                last=f"{last:%Y-%m-%d}",
            )


def software_signer(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    chain: tuple[x509.Certificate, ...],
) -> Signer:
    """A signer whose key is in memory; signatures are deterministic (RFC 6979)."""

    def sign(data: bytes, algorithm: Algorithm) -> bytes:
        digest = _HASHES[algorithm]()
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), digest)
        der = key.sign(data, ec.ECDSA(digest, deterministic_signing=True))
        size = (key.curve.key_size + 7) // 8
        r, s = decode_dss_signature(der)
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    return Signer(chain, sign)


def load_p12(source: Path | bytes, password: str) -> Signer:
    """The signer of a PKCS#12 file (.p12, .pfx).

    Args:
        source: The file, or its bytes.
        password: Its password.

    Raises:
        SignatureError: no such file, wrong password, no key, or an unusable key.
    """
    key, chain = open_p12(source, password)
    return software_signer(key, chain)


def open_p12(
    source: Path | bytes, password: str
) -> tuple[
    ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, tuple[x509.Certificate, ...]
]:
    """The key and the certificates, the key's own first, of a PKCS#12 file.

    Raises:
        SignatureError: as ``load_p12``.
    """
    data = _read_p12(source) if isinstance(source, Path) else source
    if len(data) > MAX_P12:
        raise SignatureError(N_("This is not a key file (.p12): it is too large."))
    try:
        key, leaf, others = pkcs12.load_key_and_certificates(
            data, password.encode("utf-8")
        )
    except ValueError as error:
        if "password" in str(error).lower():
            raise SignatureError(
                N_("Wrong password for this key file: type it again.")
            ) from None
        raise SignatureError(
            N_("This is not a key file (.p12), or it is damaged: ask for another copy.")
        ) from None
    except UnsupportedAlgorithm:
        raise SignatureError(
            N_("This key file (.p12) is protected in a way this program cannot read.")
        ) from None
    if not isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
        raise SignatureError(
            N_("This key file holds no key that can sign minutes: use another one.")
        )
    if leaf is None:
        raise SignatureError(
            N_("This key file holds no certificate for its key: ask for another copy.")
        )
    algorithm_of(key.public_key())
    return key, ordered_chain(leaf, others)


def ordered_chain(
    leaf: x509.Certificate, others: list[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """The signer first, then each issuer in turn, as POI wants it; no strangers."""
    chain = [leaf]
    while chain[-1].issuer != chain[-1].subject:
        found = [c for c in others if c.subject == chain[-1].issuer and c not in chain]
        if not found:
            break
        chain.append(found[0])
    return tuple(chain)


def _read_p12(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_P12 + 1)
    except OSError as error:
        raise SignatureError(
            N_("The key file {path} cannot be read: {reason}."),
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from None
