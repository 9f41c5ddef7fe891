"""What a signer declares: time, role, place, certificate; and timestamps beside it."""

from __future__ import annotations

import datetime as dt

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from lxml import etree

from jury_tui.i18n import N_
from jury_tui.signing.signed_shape import (
    digest_of,
    odd_shape,
    wrong,
)
from jury_tui.signing.xmldsig import (
    C14N,
    DIGESTS,
    DS,
    OFFICE,
    OPC,
    XADES,
    unb64,
)

_PROPERTIES = f"{{{XADES}}}QualifyingProperties/{{{XADES}}}SignedProperties"
_STAMPS = (
    f"{{{DS}}}Object/{{{XADES}}}QualifyingProperties/{{{XADES}}}UnsignedProperties/"
    f"{{{XADES}}}UnsignedSignatureProperties/{{{XADES}}}SignatureTimeStamp"
)


def all_properties(root: etree._Element) -> list[etree._Element]:
    """Every SignedProperties in its right place."""
    return root.findall(f"{{{DS}}}Object/{_PROPERTIES}")


class Properties(msgspec.Struct, frozen=True):
    """What the signed properties say; ``bound``: they name the certificate."""

    time: dt.datetime | None
    role: str
    place: str
    bound: bool


def read_properties(
    root: etree._Element,
    signed: dict[str, etree._Element],
    declared: set[str],
    signer: x509.Certificate,
) -> Properties:
    """Time, role and place; the certificate must be the one that was named."""
    times = [
        _time(element.text)
        for content in signed.values()
        for element in content.iter(f"{{{OPC}}}Value")
    ]
    qualified = all_properties(root)
    if not qualified:
        return Properties(_only(times), "", "", bound=False)
    key = str(qualified[0].get("Id"))
    target = qualified[0].getparent()
    if len(qualified) != 1 or declared != {key} or key not in signed or target is None:
        raise wrong(
            "properties-unsigned",
            N_("The signer’s role, place and time are not signed: not believed."),
        )
    if target.get("Target") not in (None, f"#{root.get('Id')}"):
        raise odd_shape()
    content = signed[key]
    times += [_time(e.text) for e in content.iter(f"{{{XADES}}}SigningTime")]
    return Properties(
        _only(times),
        _joined(content, "ClaimedRole"),
        _joined(content, "City"),
        bound=_bound(content, signer),
    )


def _only(times: list[dt.datetime | None]) -> dt.datetime | None:
    if None in times or len(set(times)) > 1:
        raise wrong(
            "time-differs",
            N_("The signature gives two different times, or a false one."),
        )
    return times[0] if times else None


def _time(text: str | None) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat((text or "").strip())
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _joined(content: etree._Element, tag: str) -> str:
    texts = (element.text or "" for element in content.iter(f"{{{XADES}}}{tag}"))
    return ", ".join(text.strip()[:200] for text in texts if text.strip())


def _bound(content: etree._Element, signer: x509.Certificate) -> bool:
    """Whether the properties name the certificate; a wrong name is refused."""
    for tag in ("SigningCertificate", "SigningCertificateV2"):
        cert = content.find(f".//{{{XADES}}}{tag}/{{{XADES}}}Cert")
        bound = None if cert is None else cert.find(f"{{{XADES}}}CertDigest")
        if cert is None or bound is None:
            continue
        algorithm, value = digest_of(bound, [])
        name = DIGESTS[algorithm]
        kinds: dict[str, hashes.HashAlgorithm] = {
            "sha1": hashes.SHA1(),  # noqa: S303 - read, named weak, never written
            "sha256": hashes.SHA256(),
            "sha384": hashes.SHA384(),
            "sha512": hashes.SHA512(),
        }
        serial = cert.findtext(f"{{{XADES}}}IssuerSerial/{{{DS}}}X509SerialNumber")
        same = unb64(value) == signer.fingerprint(kinds[name])
        if not same or (serial or str(signer.serial_number)).strip() != str(
            signer.serial_number
        ):
            raise wrong(
                "certificate-swapped",
                N_("The certificate shown is not the one the signer named: replaced."),
            )
        return True
    return False


def comments(signed: dict[str, etree._Element]) -> str:
    """Office's comment on the signature, for a role given nowhere else."""
    for content in signed.values():
        for element in content.iter(f"{{{OFFICE}}}SignatureComments"):
            return (element.text or "").strip()[:255]
    return ""


def stamps(root: etree._Element) -> tuple[bytes | None, ...]:
    """Timestamp tokens; None for one that is not even base64 or oddly made."""
    found: list[bytes | None] = []
    for stamp in root.findall(_STAMPS):
        method = stamp.find(f"{{{DS}}}CanonicalizationMethod")
        known = method is None or method.get("Algorithm") == C14N
        token = unb64(stamp.findtext(f"{{{XADES}}}EncapsulatedTimeStamp"))
        found.append(token if known else None)
    return tuple(found)
