"""CMS signed data (RFC 5652): made detached, and verified, for companions and time.

Only what these two need: signed attributes always, digests SHA-256 to SHA-512,
RSA PKCS#1 v1.5 and ECDSA.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_
from jury_tui.signing import der
from jury_tui.signing.certificates import load_certificate
from jury_tui.signing.der import SEQUENCE, DerError, Value
from jury_tui.signing.signer import Signer
from jury_tui.signing.xmldsig import Algorithm, public_key

DATA = "1.2.840.113549.1.7.1"
SIGNED_DATA = "1.2.840.113549.1.7.2"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.47"
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}
_RSA = "1.2.840.113549.1.1.1"
_METHODS = {  # signature algorithm: kind, digest if it names one
    _RSA: ("rsa", None),
    "1.2.840.113549.1.1.11": ("rsa", "2.16.840.1.101.3.4.2.1"),
    "1.2.840.113549.1.1.12": ("rsa", "2.16.840.1.101.3.4.2.2"),
    "1.2.840.113549.1.1.13": ("rsa", "2.16.840.1.101.3.4.2.3"),
    "1.2.840.10045.4.3.2": ("ec", "2.16.840.1.101.3.4.2.1"),
    "1.2.840.10045.4.3.3": ("ec", "2.16.840.1.101.3.4.2.2"),
    "1.2.840.10045.4.3.4": ("ec", "2.16.840.1.101.3.4.2.3"),
}
_ALGORITHMS = {  # ours: digest, signature
    Algorithm.ECDSA_P256: ("2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"),
    Algorithm.ECDSA_P384: ("2.16.840.1.101.3.4.2.2", "1.2.840.10045.4.3.3"),
    Algorithm.RSA: ("2.16.840.1.101.3.4.2.1", "1.2.840.113549.1.1.11"),
}
MAX_SIGNERS = 32
MAX_CERTIFICATES = 64


class CmsSignature(msgspec.Struct, frozen=True, kw_only=True):
    """One signer of a CMS structure, whose signature is right.

    Attributes:
        certificates: The signer's first, then every other that came with it.
        time: As the signer claims it, if at all.
        bound: A signed attribute names the certificate.
    """

    certificates: tuple[x509.Certificate, ...]
    time: dt.datetime | None
    bound: bool


def _wrong() -> SignatureError:
    return SignatureError(N_("The signature does not fit this file: one was changed."))


def make(
    data: bytes, signer: Signer, time: dt.datetime, earlier: SignedData | None = None
) -> bytes:
    """A detached CMS signature (DER), its certificates inside.

    Args:
        data: What is signed.
        signer: Who signs.
        time: The time claimed.
        earlier: A detached signature of the same content to add this one to.

    Raises:
        SignatureError: a key that cannot be used.
    """
    algorithm = signer.algorithm
    digest_oid, signature_oid = _ALGORITHMS[algorithm]
    attributes = [
        _attribute(_CONTENT_TYPE, der.encode_oid(DATA)),
        _attribute(_SIGNING_TIME, der.encode_time(time)),
        _attribute(_MESSAGE_DIGEST, der.encode(der.OCTETS, _digest(digest_oid, data))),
        _attribute(_CERTIFICATE_2, _certificate_attribute(signer.certificate)),
    ]
    value = signer.sign(der.encode_set(attributes), algorithm)
    if algorithm is not Algorithm.RSA:
        half = len(value) // 2
        value = encode_dss_signature(
            int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
        )
    certificate = signer.certificate
    signer_info = der.encode(
        SEQUENCE,
        der.encode_integer(1),
        der.encode(
            SEQUENCE,
            certificate.issuer.public_bytes(),
            der.encode_integer(certificate.serial_number),
        ),
        _algorithm(digest_oid),
        der.encode_set(attributes, 0xA0),
        _algorithm(signature_oid, null=algorithm is Algorithm.RSA),
        der.encode(der.OCTETS, value),
    )
    chain = [*signer.chain, *(earlier.certificates if earlier else ())]
    infos = [signer_info, *(info.raw for info in (earlier.infos if earlier else ()))]
    digests = {_algorithm(digest_oid)}
    digests |= {info.children()[2].raw for info in (earlier.infos if earlier else ())}
    return der.encode(
        SEQUENCE,
        der.encode_oid(SIGNED_DATA),
        der.encode(
            0xA0,
            der.encode(
                SEQUENCE,
                der.encode_integer(1),
                der.encode_set(digests),
                der.encode(SEQUENCE, der.encode_oid(DATA)),
                der.encode_set({c.public_bytes(Encoding.DER) for c in chain}, 0xA0),
                der.encode_set(infos),
            ),
        ),
    )


def _algorithm(oid: str, *, null: bool = False) -> bytes:
    parameters = der.encode(der.NULL) if null else b""
    return der.encode(SEQUENCE, der.encode_oid(oid), parameters)


def _attribute(oid: str, value: bytes) -> bytes:
    return der.encode(SEQUENCE, der.encode_oid(oid), der.encode_set([value]))


def _certificate_attribute(certificate: x509.Certificate) -> bytes:
    """SigningCertificateV2 (RFC 5035), SHA-256 being its default."""
    fingerprint = certificate.fingerprint(hashes.SHA256())
    one = der.encode(SEQUENCE, der.encode(der.OCTETS, fingerprint))
    return der.encode(SEQUENCE, der.encode(SEQUENCE, one))


def _digest(oid: str, data: bytes) -> bytes:
    return hashlib.new(_HASHES[oid]().name, data).digest()


class SignedData(msgspec.Struct, frozen=True, kw_only=True):
    """A parsed CMS structure, nothing of it checked yet."""

    content_type: str
    content: bytes | None
    certificates: tuple[x509.Certificate, ...]
    infos: tuple[Value, ...]


def parse(data: bytes) -> SignedData:
    """Read a CMS SignedData.

    Raises:
        DerError: anything else.
    """
    whole = der.read(data).expect(SEQUENCE).children()
    if len(whole) != 2 or whole[0].oid != SIGNED_DATA:
        raise DerError
    inner = whole[1].expect(0xA0).children()
    if len(inner) != 1:
        raise DerError
    fields = inner[0].expect(SEQUENCE).children()
    if len(fields) < 4:
        raise DerError
    encapsulated = fields[2].expect(SEQUENCE).children()
    if not 1 <= len(encapsulated) <= 2:
        raise DerError
    content = None
    if len(encapsulated) == 2:
        held = encapsulated[1].expect(0xA0).children()
        if len(held) != 1:
            raise DerError
        content = held[0].expect(der.OCTETS).body
    certificates: list[x509.Certificate] = []
    for field in fields[3:-1]:
        if field.tag == 0xA0:
            certificates += _certificates(field)
        elif field.tag != 0xA1:
            raise DerError
    infos = fields[-1].expect(der.SET).children()
    if not infos or len(infos) > MAX_SIGNERS:
        raise DerError
    return SignedData(
        content_type=encapsulated[0].oid,
        content=content,
        certificates=tuple(certificates),
        infos=tuple(infos),
    )


def _certificates(field: Value) -> list[x509.Certificate]:
    children = field.children()
    if len(children) > MAX_CERTIFICATES:
        raise DerError
    found = []
    for child in children:
        certificate = load_certificate(child.raw)
        if certificate is None:
            raise DerError
        found.append(certificate)
    return found


def check(
    signed: SignedData,
    content: bytes,
    others: tuple[x509.Certificate, ...] = (),
) -> tuple[CmsSignature, ...]:
    """Check every signer of a structure over its content.

    Args:
        signed: The structure.
        content: What was signed, whether the structure holds it or not.
        others: Certificates that may be missing from the structure.

    Raises:
        SignatureError: any signature that does not fit.
    """
    pool = (*signed.certificates, *others)
    return tuple(
        _check(info, signed.content_type, content, pool) for info in signed.infos
    )


def _check(
    info: Value, content_type: str, content: bytes, pool: tuple[x509.Certificate, ...]
) -> CmsSignature:
    fields = info.expect(SEQUENCE).children()
    if len(fields) < 6 or fields[3].tag != 0xA0:
        raise DerError
    certificate = _named(fields[1], pool)
    digest_oid = fields[2].expect(SEQUENCE).first().oid
    attributes = _attributes(fields[3])
    kind, implied = _METHODS.get(fields[4].expect(SEQUENCE).first().oid, (None, None))
    if digest_oid not in _HASHES or kind is None:
        raise SignatureError(
            N_("The signature file uses an algorithm that is not accepted.")
        )
    held = attributes.get(_MESSAGE_DIGEST)
    typed = attributes.get(_CONTENT_TYPE)
    if held is None or typed is None or typed.oid != content_type:
        raise DerError
    if not hmac.compare_digest(
        held.expect(der.OCTETS).body, _digest(digest_oid, content)
    ):
        raise _wrong()
    signed = der.encode(der.SET, fields[3].body)
    digest = _HASHES[implied or digest_oid]()
    if not _right(certificate, kind, digest, fields[5].expect(der.OCTETS).body, signed):
        raise _wrong()
    time = attributes.get(_SIGNING_TIME)
    return CmsSignature(
        certificates=(certificate, *(c for c in pool if c != certificate)),
        time=time.time if time is not None else None,
        bound=_bound(attributes, certificate),
    )


def _named(identifier: Value, pool: tuple[x509.Certificate, ...]) -> x509.Certificate:
    """The certificate of an issuer and serial number, or of a key identifier."""
    for certificate in pool:
        if identifier.tag == SEQUENCE:
            pair = identifier.children()
            if len(pair) != 2:
                raise DerError
            same = pair[0].raw == certificate.issuer.public_bytes()
            if same and pair[1].integer == certificate.serial_number:
                return certificate
        elif identifier.tag == 0x80:
            try:
                key = certificate.extensions.get_extension_for_class(
                    x509.SubjectKeyIdentifier
                )
            except (x509.ExtensionNotFound, ValueError):
                continue
            if key.value.digest == identifier.body:
                return certificate
    raise SignatureError(
        N_("The signature file does not hold its signer’s certificate.")
    )


def _attributes(field: Value) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for child in field.children():
        pair = child.expect(SEQUENCE).children()
        if len(pair) != 2 or pair[0].oid in found:
            raise DerError
        values = pair[1].expect(der.SET).children()
        if len(values) != 1:
            raise DerError
        found[pair[0].oid] = values[0]
    return found


def _right(
    certificate: x509.Certificate,
    kind: str,
    digest: hashes.HashAlgorithm,
    value: bytes,
    data: bytes,
) -> bool:
    key = public_key(certificate)
    try:
        if kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, data, padding.PKCS1v15(), digest)
            return True
        if kind == "ec" and isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(value, data, ec.ECDSA(digest))
            return True
    except InvalidSignature:
        return False
    return False


def _bound(attributes: dict[str, Value], certificate: x509.Certificate) -> bool:
    """Whether a signed attribute names the certificate; a wrong name is refused."""
    for oid in (_CERTIFICATE_2, _CERTIFICATE):
        value = attributes.get(oid)
        if value is None:
            continue
        one = value.expect(SEQUENCE).first().expect(SEQUENCE).first()
        fields = one.expect(SEQUENCE).children()
        name: hashes.HashAlgorithm = hashes.SHA256()
        if oid == _CERTIFICATE:
            name = hashes.SHA1()  # noqa: S303 - RFC 2634 knows no other
        elif fields and fields[0].tag == SEQUENCE:
            known = _HASHES.get(fields[0].first().oid)
            if known is None:
                raise DerError
            name = known()
            fields = fields[1:]
        if not fields or fields[0].body != certificate.fingerprint(name):
            raise _wrong()
        return True
    return False
