"""What signing and verifying share: names, algorithms, canonical XML.

Sources: W3C XML-Signature 1.1, ECMA-376 part 2 chapter 13 (digital signatures),
ETSI TS 101 903 1.3.2 (XAdES), Canonical XML 1.0.
"""

from __future__ import annotations

import base64
import binascii
import copy
import hashlib
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import (
    CertificatePublicKeyTypes,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from lxml import etree

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_
from jury_tui.signing.archive import PackageError
from jury_tui.signing.package import RELATIONSHIPS, Relationship

DS = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
ENC = "http://www.w3.org/2001/04/xmlenc#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
OPC = "http://schemas.openxmlformats.org/package/2006/digital-signature"
OFFICE = "http://schemas.microsoft.com/office/2006/digsig"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
RELATIONSHIP_TRANSFORM = (
    "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
)
OBJECT_TYPE = DS + "Object"
PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
ORIGIN_TYPE = "application/vnd.openxmlformats-package.digital-signature-origin"
SIGNATURE_TYPE = (
    "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"
)
SHA256 = ENC + "sha256"
RSA_SIZES = (2048, 4096)
"""Smallest and largest RSA key that signs, in bits."""

MAX_RSA = 8192
"""Largest RSA key that is checked, in bits."""

_Hash = Callable[[], hashes.HashAlgorithm]


class Algorithm(StrEnum):
    """What a signer's key does; each with one digest, so nothing is negotiated."""

    ECDSA_P256 = "ecdsa-p256-sha256"
    ECDSA_P384 = "ecdsa-p384-sha384"
    RSA = "rsa-sha256"


class Method(msgspec.Struct, frozen=True):
    """A signature method as XML names it."""

    name: str
    kind: str
    digest: _Hash
    weak: bool = False


METHODS = {
    MORE + "ecdsa-sha256": Method("ECDSA/SHA-256", "ec", hashes.SHA256),
    MORE + "ecdsa-sha384": Method("ECDSA/SHA-384", "ec", hashes.SHA384),
    MORE + "ecdsa-sha512": Method("ECDSA/SHA-512", "ec", hashes.SHA512),
    MORE + "rsa-sha256": Method("RSA/SHA-256", "rsa", hashes.SHA256),
    MORE + "rsa-sha384": Method("RSA/SHA-384", "rsa", hashes.SHA384),
    MORE + "rsa-sha512": Method("RSA/SHA-512", "rsa", hashes.SHA512),
    MORE + "ecdsa-sha1": Method("ECDSA/SHA-1", "ec", hashes.SHA1, weak=True),
    DS + "rsa-sha1": Method("RSA/SHA-1", "rsa", hashes.SHA1, weak=True),
}
METHOD_URIS = {
    Algorithm.ECDSA_P256: MORE + "ecdsa-sha256",
    Algorithm.ECDSA_P384: MORE + "ecdsa-sha384",
    Algorithm.RSA: MORE + "rsa-sha256",
}
DIGESTS = {
    SHA256: "sha256",
    MORE + "sha384": "sha384",
    ENC + "sha512": "sha512",
    DS + "sha1": "sha1",
}
WEAK_DIGESTS = {DS + "sha1": "SHA-1"}


def algorithm_of(key: CertificatePublicKeyTypes) -> Algorithm:
    """The algorithm a key signs with.

    Raises:
        SignatureError: a key that office programs refuse, or too weak a one.
    """
    if isinstance(key, ec.EllipticCurvePublicKey):
        if isinstance(key.curve, ec.SECP256R1):
            return Algorithm.ECDSA_P256
        if isinstance(key.curve, ec.SECP384R1):
            return Algorithm.ECDSA_P384
    elif isinstance(key, rsa.RSAPublicKey) and (
        RSA_SIZES[0] <= key.key_size <= RSA_SIZES[1]
    ):
        return Algorithm.RSA
    raise SignatureError(
        N_(
            "This key cannot sign minutes: office programs check ECDSA P-256 or "
            "P-384 and RSA of 2048 to 4096 bits only. Ask for another certificate."
        )
    )


def check(
    key: CertificatePublicKeyTypes, method: Method, value: bytes, data: bytes
) -> bool:
    """Whether a raw signature (ECDSA: r and s side by side) is that key's."""
    try:
        if isinstance(key, rsa.RSAPublicKey) and method.kind == "rsa":
            key.verify(value, data, padding.PKCS1v15(), method.digest())
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and method.kind == "ec":
            size = (key.curve.key_size + 7) // 8
            if len(value) != 2 * size:
                return False
            der = encode_dss_signature(
                int.from_bytes(value[:size], "big"), int.from_bytes(value[size:], "big")
            )
            key.verify(der, data, ec.ECDSA(method.digest()))
            return True
    except InvalidSignature:
        return False
    return False


_DIGEST_INFO = {  # DER up to the digest, without the NULL parameters
    "sha1": bytes.fromhex("301f300706052b0e03021a0414"),
    "sha256": bytes.fromhex("302f300b0609608648016503040201" + "0420"),
    "sha384": bytes.fromhex("303f300b0609608648016503040202" + "0430"),
    "sha512": bytes.fromhex("304f300b0609608648016503040203" + "0440"),
}


def check_without_null(
    key: CertificatePublicKeyTypes, method: Method, value: bytes, data: bytes
) -> bool:
    """Whether an RSA signature is good but for an absent NULL in its DigestInfo.

    RFC 8017 9.2 wants verifiers to take both; OpenSSL does not, Java does. The
    whole expected block is built and compared: nothing of it is parsed.
    """
    if not isinstance(key, rsa.RSAPublicKey) or method.kind != "rsa":
        return False
    numbers = key.public_numbers()
    size = (key.key_size + 7) // 8
    engine = hashes.Hash(method.digest())
    engine.update(data)
    info = _DIGEST_INFO[method.digest().name] + engine.finalize()
    block = b"\0\1" + b"\xff" * (size - len(info) - 3) + b"\0" + info
    number = int.from_bytes(value, "big")
    if len(value) != size or number >= numbers.n or len(block) != size:
        return False
    return pow(number, numbers.e, numbers.n) == int.from_bytes(block, "big")


def public_key(certificate: x509.Certificate) -> CertificatePublicKeyTypes | None:
    """A certificate's key, or None when its kind or size is not taken here."""
    try:
        key = certificate.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    if isinstance(key, rsa.RSAPublicKey) and (
        key.key_size > MAX_RSA or key.public_numbers().e >= 2**33
    ):
        return None  # would only cost time
    return key


def digest(method: str, data: bytes) -> str:
    """The base64 digest of some bytes, by the method's URI (one of ``DIGESTS``)."""
    return b64(hashlib.new(DIGESTS[method], data, usedforsecurity=False).digest())


def b64(data: bytes) -> str:
    """Base64 on one line."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: str | None) -> bytes | None:
    """The bytes of base64 with any white space, or None when it is not base64."""
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def c14n(element: etree._Element) -> bytes:
    """Canonical XML 1.0 of an element as it stands in its document.

    lxml's own canonical form of an inner element adds ``xmlns=""``; a copy that
    declares every namespace in scope does not.

    Raises:
        PackageError: XML that has no canonical form.
    """
    if element.getparent() is None:
        return _canonical(element)
    scope: Any = element.nsmap  # the stubs forget the default namespace
    attributes: Any = element.attrib
    top = etree.Element(element.tag, attributes, nsmap=scope)
    top.text = element.text
    top.extend([copy.deepcopy(child) for child in element])
    return _canonical(top)


def _canonical(root: etree._Element) -> bytes:
    try:
        return etree.tostring(etree.ElementTree(root), method="c14n")
    except etree.C14NError:  # a namespace that is no absolute address, for one
        raise PackageError(
            "signature-shape",
            N_("The signature is not built as office programs build it: not believed."),
        ) from None


_ATTRIBUTE = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        '"': "&quot;",
        "\t": "&#x9;",
        "\n": "&#xA;",
        "\r": "&#xD;",
    }
)


def relationship_transform(chosen: Iterable[Relationship], texts: int = 0) -> bytes:
    """The relationship transform, then Canonical XML 1.0 (ECMA-376-2, 13.2.4.24).

    Args:
        chosen: The relationships that the transform names.
        texts: How many ``<text></text>`` elements LibreOffice's xmlsec makes of
            white space; 0 for the right result.
    """
    body = "".join(
        f'<Relationship Id="{r.id.translate(_ATTRIBUTE)}" '
        f'Target="{r.target.translate(_ATTRIBUTE)}" '
        f'TargetMode="{"External" if r.external else "Internal"}" '
        f'Type="{r.type.translate(_ATTRIBUTE)}"></Relationship>'
        for r in sorted(chosen, key=lambda r: r.id)
    )
    quirk = "<text></text>" * texts
    whole = f'<Relationships xmlns="{RELATIONSHIPS}">{quirk}{body}</Relationships>'
    return whole.encode()
