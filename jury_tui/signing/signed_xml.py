"""Reading a signature part, and checking what it says of itself.

Every element that was digested is parsed again from the very bytes that were
digested, and everything believed is read from there: what is seen is what was
signed. This, with one manifest in a place the signed info names, stops wrapping.
"""

from __future__ import annotations

import datetime as dt
import hmac

import msgspec
from cryptography import x509
from lxml import etree

from jury_tui.i18n import N_, _
from jury_tui.signing.archive import PackageError, shown
from jury_tui.signing.certificates import load_certificate
from jury_tui.signing.package import parse_xml
from jury_tui.signing.report import Remark
from jury_tui.signing.signed_properties import (
    all_properties,
    comments,
    read_properties,
    stamps,
)
from jury_tui.signing.signed_shape import (
    attribute,
    check_shape,
    digest_of,
    odd_shape,
    wrong,
)
from jury_tui.signing.xmldsig import (
    C14N,
    DS,
    METHODS,
    OPC,
    PROPERTIES_TYPE,
    RELATIONSHIP_TRANSFORM,
    RSA_SIZES,
    Method,
    c14n,
    check,
    check_without_null,
    digest,
    public_key,
    unb64,
)

MAX_SIGNATURE = 2 * 1024 * 1024
"""Largest signature part read, in bytes."""
MAX_CERTIFICATES = 16
_CERTIFICATE = f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate"


class Line(msgspec.Struct, frozen=True):
    """One reference of the manifest.

    Attributes:
        ids, types: What the relationship transform names; ids is None without one.
    """

    uri: str
    method: str
    value: str
    ids: frozenset[str] | None = None
    types: frozenset[str] = frozenset()


class SignedContent(msgspec.Struct, frozen=True, kw_only=True):
    """What an intact signature says; all of it was digested.

    Attributes:
        stamps: Timestamp tokens (DER), and the bytes that each should date.
    """

    certificates: tuple[x509.Certificate, ...]
    signer: x509.Certificate
    lines: tuple[Line, ...]
    algorithm: str
    weak: tuple[str, ...]
    time: dt.datetime | None
    role: str
    place: str
    bound: bool
    stamps: tuple[bytes | None, ...]
    value: bytes
    quirks: tuple[Remark, ...] = ()


def read_signature(data: bytes, part: str) -> SignedContent:
    """Parse a signature part and check everything but the manifest's digests.

    Raises:
        PackageError: not a signature of the expected form, or not a true one.
    """
    if len(data) > MAX_SIGNATURE:
        raise wrong("signature-size", N_("The signature is unreasonably large."))
    root = parse_xml(data, part)
    info = check_shape(root)
    weak: list[str] = []
    signed_info = parse_xml(c14n(info), part)
    signed, declared = _referenced(root, signed_info, part, weak)
    uri = attribute(signed_info, "SignatureMethod", "Algorithm")
    method = METHODS.get(uri)
    if method is None:
        raise PackageError(
            "algorithm",
            N_("The signature uses an algorithm that is not accepted: {name}."),
            name=shown(uri),
        )
    if method.weak:
        weak.append(method.name)
    certificates = _certificates(root)
    value = unb64(root[1].text) or b""
    signer, quirks = _signer(certificates, method, value, c14n(info))
    size = getattr(public_key(signer), "key_size", 0)
    if method.kind == "rsa" and size < RSA_SIZES[0]:
        weak.append(f"RSA {size}")
    manifest = _manifest(root, signed)
    content = read_properties(root, signed, declared, signer)
    lines = tuple(_line(child, weak) for child in manifest)
    return SignedContent(
        certificates=certificates,
        signer=signer,
        lines=lines,
        algorithm=method.name,
        weak=tuple(dict.fromkeys(weak)),
        time=content.time,
        role=shown(content.role or comments(signed)),
        place=shown(content.place),
        bound=content.bound,
        stamps=stamps(root),
        value=c14n(root[1]),
        quirks=quirks,
    )


def _referenced(
    root: etree._Element, info: etree._Element, part: str, weak: list[str]
) -> tuple[dict[str, etree._Element], set[str]]:
    """What SignedInfo names, by identifier, once its digests are checked."""
    tags = [f"{{{DS}}}CanonicalizationMethod", f"{{{DS}}}SignatureMethod"]
    references = list(info)[2:]
    if [element.tag for element in info][:2] != tags or info[0].get(
        "Algorithm"
    ) != C14N:
        raise odd_shape()
    targets: dict[str, etree._Element] = {}
    for element in (*root.findall(f"{{{DS}}}Object"), *all_properties(root)):
        if element.get("Id"):
            targets[str(element.get("Id"))] = element
    signed: dict[str, etree._Element] = {}
    properties: set[str] = set()
    for reference in references:
        key = (reference.get("URI") or "").removeprefix("#")
        if reference.tag != f"{{{DS}}}Reference" or key in signed or key not in targets:
            raise odd_shape()
        if reference.get("URI") != "#" + key:
            raise odd_shape()
        for step in reference.findall(f"{{{DS}}}Transforms/*"):
            if step.get("Algorithm") != C14N or len(step):
                raise odd_shape()
        canonical = c14n(targets[key])
        method, value = digest_of(reference, weak)
        if not hmac.compare_digest(digest(method, canonical), value.encode().decode()):
            raise wrong(
                "signature-digest",
                N_("What the signature says of itself was changed after signing."),
            )
        signed[key] = parse_xml(canonical, part)
        if reference.get("Type") == PROPERTIES_TYPE:
            properties.add(key)
    return signed, properties


def _certificates(root: etree._Element) -> tuple[x509.Certificate, ...]:
    found = root.findall(_CERTIFICATE)
    if not found or len(found) > MAX_CERTIFICATES:
        raise odd_shape()
    certificates = []
    for element in found:
        certificate = load_certificate(unb64(element.text) or b"")
        if certificate is None:
            raise wrong(
                "certificate", N_("A certificate in the signature cannot be read.")
            )
        certificates.append(certificate)
    return tuple(certificates)


def _signer(
    certificates: tuple[x509.Certificate, ...],
    method: Method,
    value: bytes,
    data: bytes,
) -> tuple[x509.Certificate, tuple[Remark, ...]]:
    """The first certificate whose key made the signature."""
    keyed = [(c, key) for c in certificates if (key := public_key(c)) is not None]
    for certificate, key in keyed:
        if check(key, method, value, data):
            return certificate, ()
    for certificate, key in keyed:
        if check_without_null(key, method, value, data):
            text = _("Signed in an old form of RSA (no NULL): taken into account.")
            return certificate, (Remark("rsa-without-null", text),)
    raise wrong(
        "signature-value",
        N_("The signature was not made by the certificate shown with it."),
    )


def _manifest(
    root: etree._Element, signed: dict[str, etree._Element]
) -> etree._Element:
    """The one manifest: a child of a signed Object that is a child of the root."""
    found = [
        manifest
        for element in signed.values()
        if element.tag == f"{{{DS}}}Object"
        for manifest in element.findall(f"{{{DS}}}Manifest")
    ]
    if len(found) != 1:
        raise wrong(
            "manifest-unsigned",
            N_("The list of what is signed is itself not signed: forged."),
        )
    return found[0]


def _line(reference: etree._Element, weak: list[str]) -> Line:
    """One reference of the manifest; only the transforms that OPC allows."""
    uri = reference.get("URI")
    if reference.tag != f"{{{DS}}}Reference" or not uri:
        raise odd_shape()
    method, value = digest_of(reference, weak)
    steps = reference.findall(f"{{{DS}}}Transforms/*")
    if not steps:
        return Line(uri, method, value)
    algorithms = [step.get("Algorithm") for step in steps]
    if algorithms != [RELATIONSHIP_TRANSFORM, C14N] or len(steps[1]):
        raise odd_shape()
    ids, types = set(), set()
    for named in steps[0]:
        if named.tag == f"{{{OPC}}}RelationshipReference" and named.get("SourceId"):
            ids.add(str(named.get("SourceId")))
        elif named.tag == f"{{{OPC}}}RelationshipsGroupReference" and named.get(
            "SourceType"
        ):
            types.add(str(named.get("SourceType")))
        else:
            raise odd_shape()
    return Line(uri, method, value, frozenset(ids), frozenset(types))
