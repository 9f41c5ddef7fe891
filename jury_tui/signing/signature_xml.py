"""The XML of one signature, element by element, in the order the schemas want."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from jury_tui.signing.signer import Signer
from jury_tui.signing.xmldsig import (
    C14N,
    DS,
    METHOD_URIS,
    OBJECT_TYPE,
    OFFICE,
    OPC,
    PROPERTIES_TYPE,
    RELATIONSHIP_TRANSFORM,
    SHA256,
    XADES,
    b64,
    c14n,
    digest,
)

APPROVAL = "http://uri.etsi.org/01903/v1.2.2#ProofOfApproval"
_NIL_GUID = "{00000000-0000-0000-0000-000000000000}"
Timestamper = Callable[[bytes], bytes]
"""The bytes to be dated in; an RFC 3161 token (DER) out."""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """In which role, where and when a person signs.

    Attributes:
        time: Aware; written in UTC, to the second.
    """

    role: str
    place: str
    time: dt.datetime

    @property
    def moment(self) -> str:
        """The time as XML writes it."""
        return self.time.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Reference(msgspec.Struct, frozen=True):
    """One line of the manifest; ``ids`` when relationships are named one by one."""

    uri: str
    digest: str
    ids: tuple[str, ...] | None = None


def written(root: etree._Element) -> bytes:
    """The bytes of a part, with the declaration that office programs write."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sub(
    parent: etree._Element,
    space: str,
    tag: str,
    text: str | None = None,
    **attributes: str,
) -> etree._Element:
    child = etree.SubElement(parent, f"{{{space}}}{tag}", attributes)
    child.text = text
    return child


def _digested(parent: etree._Element, value: str, space: str = DS) -> None:
    _sub(parent, space, "DigestMethod", Algorithm=SHA256)
    _sub(parent, space, "DigestValue", value)


def signature_xml(
    signer: Signer,
    facts: Circumstances,
    manifest: list[Reference],
    number: int,
    timestamp: Timestamper | None,
) -> bytes:
    """The signature part.

    LibreOffice 7.4 mistakes the third and later signatures when all use Office's
    fixed identifiers, so these get a suffix from the third on.
    """
    suffix = f"_{number}" if number > 2 else ""
    algorithm = signer.algorithm
    own = "idPackageSignature"
    spaces: dict[str | None, str] = {None: DS}
    root = etree.Element(f"{{{DS}}}Signature", {"Id": own}, nsmap=spaces)  # type: ignore[arg-type]
    info = _sub(root, DS, "SignedInfo")
    value = _sub(root, DS, "SignatureValue")
    data = _sub(_sub(root, DS, "KeyInfo"), DS, "X509Data")
    for certificate in signer.chain:
        der = certificate.public_bytes(Encoding.DER)
        _sub(data, DS, "X509Certificate", b64(der))
    objects = [
        _package_object(root, manifest, facts, own, suffix),
        _office_object(root, facts, own, suffix),
    ]
    qualifying = _qualifying(root, signer.certificate, facts, own, suffix)
    signed = qualifying[0]
    _sub(info, DS, "CanonicalizationMethod", Algorithm=C14N)
    _sub(info, DS, "SignatureMethod", Algorithm=METHOD_URIS[algorithm])
    for element in objects:
        reference = _sub(
            info, DS, "Reference", Type=OBJECT_TYPE, URI=f"#{element.get('Id')}"
        )
        _digested(reference, digest(SHA256, c14n(element)))
    reference = _sub(
        info, DS, "Reference", Type=PROPERTIES_TYPE, URI=f"#{signed.get('Id')}"
    )
    _sub(_sub(reference, DS, "Transforms"), DS, "Transform", Algorithm=C14N)
    _digested(reference, digest(SHA256, c14n(signed)))
    value.text = b64(signer.sign(c14n(info), algorithm))
    if timestamp is not None:
        _add_timestamp(qualifying, timestamp(c14n(value)))
    return written(root)


def _package_object(
    root: etree._Element,
    manifest: list[Reference],
    facts: Circumstances,
    own: str,
    suffix: str,
) -> etree._Element:
    whole = _sub(root, DS, "Object", Id="idPackageObject" + suffix)
    listed = _sub(whole, DS, "Manifest")
    for line in manifest:
        reference = _sub(listed, DS, "Reference", URI=line.uri)
        if line.ids is not None:
            transforms = _sub(reference, DS, "Transforms")
            named = _sub(transforms, DS, "Transform", Algorithm=RELATIONSHIP_TRANSFORM)
            for key in line.ids:
                etree.SubElement(
                    named,
                    f"{{{OPC}}}RelationshipReference",
                    {"SourceId": key},
                    nsmap={"mdssi": OPC},
                )
            _sub(transforms, DS, "Transform", Algorithm=C14N)
        _digested(reference, line.digest)
    properties = _sub(whole, DS, "SignatureProperties")
    prop = _sub(
        properties,
        DS,
        "SignatureProperty",
        Id="idSignatureTime" + suffix,
        Target="#" + own,
    )
    time = etree.SubElement(prop, f"{{{OPC}}}SignatureTime", nsmap={"mdssi": OPC})
    _sub(time, OPC, "Format", "YYYY-MM-DDThh:mm:ssTZD")
    _sub(time, OPC, "Value", facts.moment)
    return whole


def _office_object(
    root: etree._Element, facts: Circumstances, own: str, suffix: str
) -> etree._Element:
    """What Office shows of a signature; every element, in its schema's order."""
    whole = _sub(root, DS, "Object", Id="idOfficeObject" + suffix)
    properties = _sub(whole, DS, "SignatureProperties")
    prop = _sub(
        properties,
        DS,
        "SignatureProperty",
        Id="idOfficeV1Details" + suffix,
        Target="#" + own,
    )
    scope: dict[str | None, str] = {None: OFFICE}
    details = etree.SubElement(
        prop,
        f"{{{OFFICE}}}SignatureInfoV1",
        nsmap=scope,  # type: ignore[arg-type]
    )
    comments = ", ".join(text for text in (facts.role, facts.place) if text)
    values = {
        "SetupID": None,
        "SignatureText": None,
        "SignatureImage": None,
        "SignatureComments": comments or None,
        "WindowsVersion": None,
        "OfficeVersion": None,
        "ApplicationVersion": None,
        "Monitors": None,
        "HorizontalResolution": None,
        "VerticalResolution": None,
        "ColorDepth": None,
        "SignatureProviderId": _NIL_GUID,
        "SignatureProviderUrl": None,
        "SignatureProviderDetails": "9",
        "SignatureType": "1",
        "DelegateSuggestedSigner": None,
        "DelegateSuggestedSigner2": None,
        "DelegateSuggestedSignerEmail": None,
        "ManifestHashAlgorithm": SHA256,
    }
    for tag, text in values.items():
        _sub(details, OFFICE, tag, text)
    return whole


def _qualifying(
    root: etree._Element,
    certificate: x509.Certificate,
    facts: Circumstances,
    own: str,
    suffix: str,
) -> etree._Element:
    """The XAdES properties: time, certificate, policy implied, place, role."""
    whole = etree.SubElement(
        _sub(root, DS, "Object"),
        f"{{{XADES}}}QualifyingProperties",
        {"Target": "#" + own},
        nsmap={"xd": XADES},
    )
    signed = _sub(whole, XADES, "SignedProperties", Id="idSignedProperties" + suffix)
    properties = _sub(signed, XADES, "SignedSignatureProperties")
    _sub(properties, XADES, "SigningTime", facts.moment)
    cert = _sub(_sub(properties, XADES, "SigningCertificate"), XADES, "Cert")
    bound = _sub(cert, XADES, "CertDigest")
    fingerprint = certificate.fingerprint(hashes.SHA256())
    _sub(bound, DS, "DigestMethod", Algorithm=SHA256)
    _sub(bound, DS, "DigestValue", b64(fingerprint))
    serial = _sub(cert, XADES, "IssuerSerial")
    _sub(serial, DS, "X509IssuerName", certificate.issuer.rfc4514_string())
    _sub(serial, DS, "X509SerialNumber", str(certificate.serial_number))
    policy = _sub(properties, XADES, "SignaturePolicyIdentifier")
    _sub(policy, XADES, "SignaturePolicyImplied")
    if facts.place:
        place = _sub(properties, XADES, "SignatureProductionPlace")
        _sub(place, XADES, "City", facts.place)
    if facts.role:
        roles = _sub(_sub(properties, XADES, "SignerRole"), XADES, "ClaimedRoles")
        _sub(roles, XADES, "ClaimedRole", facts.role)
    objects = _sub(signed, XADES, "SignedDataObjectProperties")
    commitment = _sub(objects, XADES, "CommitmentTypeIndication")
    kind = _sub(commitment, XADES, "CommitmentTypeId")
    _sub(kind, XADES, "Identifier", APPROVAL)
    _sub(commitment, XADES, "AllSignedDataObjects")
    return whole


def _add_timestamp(qualifying: etree._Element, token: bytes) -> None:
    unsigned = _sub(qualifying, XADES, "UnsignedProperties")
    properties = _sub(unsigned, XADES, "UnsignedSignatureProperties")
    stamp = _sub(properties, XADES, "SignatureTimeStamp")
    _sub(stamp, DS, "CanonicalizationMethod", Algorithm=C14N)
    _sub(stamp, XADES, "EncapsulatedTimeStamp", b64(token))
