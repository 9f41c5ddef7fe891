"""A corpus of manipulations of a signed workbook, each named by its fault.

Every function takes a workbook signed by ``signed()`` and gives the bytes that an
attacker would send on. The columns say which peers notice, as measured.
"""

from __future__ import annotations

import functools
import io
import re
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding

from jury_tui.signing import archive, signature
from jury_tui.signing.signature_xml import Reference
from jury_tui.signing.xmldsig import SHA256, b64, digest
from tests.support import signers, workbooks

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"
SECOND = "xl/worksheets/sheet2.xml"
SIG1, SIG2 = "_xmlsignatures/sig1.xml", "_xmlsignatures/sig2.xml"
TYPES = "[Content_Types].xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


@functools.cache
def signed(*kinds: str, whole: bool = False, target: str = "") -> bytes:
    """The sample with links and comments, signed by one or more invented people."""
    data = workbooks.rich(target=target or "https://example.org/vae")
    for number, kind in enumerate(kinds or ("p256",)):
        data = signature.sign(
            data,
            signers.signer(number, kind),
            role="membre du jury",
            place="Évry",
            time=workbooks.MOMENT,
            whole_relationships=whole,
        )
    return data


def opened(data: bytes) -> Parts:
    return {name: entry.data for name, entry in archive.read(data).items()}


def closed(parts: Parts) -> bytes:
    return archive.write(archive.stored(*item) for item in parts.items())


def edited(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """Replace a text, which must be there, in one part."""

    def change(data: bytes) -> bytes:
        parts = opened(data)
        text = parts[name].decode()
        assert old in text, (name, old, text[:2000])
        parts[name] = text.replace(old, new, 1).encode()
        return closed(parts)

    return change


class Tampering(NamedTuple):
    """One manipulation.

    Attributes:
        code: What our report says.
        poi, libreoffice, xmlsec: Whether that peer notices.
        signers: How many signers the workbook needs.
    """

    name: str
    change: Callable[[bytes], bytes]
    code: str
    poi: bool
    libreoffice: bool
    xmlsec: bool
    signers: int = 1


CORPUS: list[Tampering] = []


def _fault(
    code: str, peers: str, *, signers: int = 1
) -> Callable[[Callable[[bytes], bytes]], Callable[[bytes], bytes]]:
    """Register a manipulation; ``peers`` holds p, l and x for those who notice."""

    def register(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        CORPUS.append(
            Tampering(
                change.__name__,
                change,
                code,
                "p" in peers,
                "l" in peers,
                "x" in peers,
                signers,
            )
        )
        return change

    return register


@_fault("part-changed", "plx")
def cell_changed(data: bytes) -> bytes:
    return edited(SHEET, "validation totale", "refus de validation")(data)


@_fault("part-missing", "plx")
def sheet_deleted(data: bytes) -> bytes:
    parts = opened(data)
    del parts[SECOND]
    return closed(parts)


@_fault("relationship-missing", "plx")
def sheet_removed_cleanly(data: bytes) -> bytes:
    parts = opened(data)
    del parts[SECOND]
    parts["xl/workbook.xml"] = re.sub(
        rb'<sheet [^>]*name="Votes"[^>]*/>', b"", parts["xl/workbook.xml"]
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = re.sub(
        rb"<Relationship (?:(?!/>).)*sheet2\.xml(?:(?!/>).)*/>", b"", parts[rels]
    )
    parts[TYPES] = re.sub(rb"<Override [^>]*sheet2\.xml[^>]*/>", b"", parts[TYPES])
    return closed(parts)


@_fault("part-changed", "plx")
def targets_swapped(data: bytes) -> bytes:
    name = "xl/_rels/workbook.xml.rels"
    parts = opened(data)
    parts[name] = (
        parts[name]
        .replace(b"sheet1.xml", b"sheet9.xml")
        .replace(b"sheet2.xml", b"sheet1.xml")
        .replace(b"sheet9.xml", b"sheet2.xml")
    )
    return closed(parts)


@_fault("part-changed", "plx")
def external_link_changed(data: bytes) -> bytes:
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    return edited(rels, "example.org/vae", "example.org/autre")(data)


@_fault("signature-digest", "plx")
def signature_time_changed(data: bytes) -> bytes:
    return edited(SIG1, ":Value>2026-11-23", ":Value>2026-11-22")(data)


@_fault("signature-digest", "plx")
def signing_time_changed(data: bytes) -> bytes:
    return edited(SIG1, "SigningTime>2026-11-23", "SigningTime>2026-11-22")(data)


@_fault("signature-digest", "plx")
def role_changed(data: bytes) -> bytes:
    return edited(SIG1, "ClaimedRole>membre", "ClaimedRole>chef")(data)


@_fault("signature-digest", "plx")
def signature_comment_changed(data: bytes) -> bytes:
    return edited(SIG1, "SignatureComments>membre", "SignatureComments>chef")(data)


@_fault("signature-digest", "plx")
def manifest_entry_removed(data: bytes) -> bytes:
    parts = opened(data)
    parts[SIG1] = re.sub(
        rb'<Reference URI="/xl/worksheets/sheet2.*?</Reference>', b"", parts[SIG1]
    )
    return closed(parts)


@_fault("part-changed", "plx")
def signature_copied(data: bytes) -> bytes:
    """The signature of a workbook that says something else."""
    parts = opened(data)
    original = edited(SHEET, "validation totale", "aucune validation")(workbooks.rich())
    other = signature.sign(
        original,
        signers.signer(0),
        role="membre du jury",
        place="Évry",
        time=workbooks.MOMENT,
    )
    parts[SIG1] = opened(other)[SIG1]
    return closed(parts)


def _recertified(data: bytes, der: bytes) -> bytes:
    parts = opened(data)
    parts[SIG1] = re.sub(
        rb"<X509Certificate>[^<]*",
        b"<X509Certificate>" + b64(der).encode(),
        parts[SIG1],
        count=1,
    )
    return closed(parts)


@_fault("signature-value", "plx")
def certificate_of_another_key(data: bytes) -> bytes:
    other = signers.signer(1).certificate.public_bytes(Encoding.DER)
    return _recertified(data, other)


@_fault("certificate-swapped", "")
def certificate_of_another_name(data: bytes) -> bytes:
    """The same key under another name; peers would only miss the authority."""
    key = signers.key("p256", 0)
    other = signers.leaf("FAUX Nom", key, signers.authority())
    return _recertified(data, other.public_bytes(Encoding.DER))


@_fault("content-type-changed", "")
def content_type_changed(data: bytes) -> bytes:
    return edited(
        TYPES, "application/vnd.openxmlformats-officedocument.theme+xml", "text/xml"
    )(data)


@_fault("part-added", "")
def part_added(data: bytes) -> bytes:
    parts = opened(data)
    parts["xl/added.xml"] = b"<added/>"
    return closed(parts)


@_fault("part-added", "")
def part_added_with_relationship(data: bytes) -> bytes:
    parts = opened(data)
    parts["xl/added.xml"] = b"<added/>"
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{_LINKS}/customXml" Target="xl/added.xml"/>'
        "</Relationships>".encode(),
    )
    return closed(parts)


@_fault("part-added", "")
def comment_injected(data: bytes) -> bytes:
    """What LibreOffice and the spreadsheet library then show on the sheet."""
    parts = opened(data)
    parts["xl/comments9.xml"] = (
        f'<comments xmlns="{_MAIN}"><authors><author>Présidente</author></authors>'
        '<commentList><comment ref="B2" authorId="0"><text><t>Annulé</t></text>'
        "</comment></commentList></comments>"
    ).encode()
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = (
        f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
        f'Type="{_LINKS}/comments" Target="/xl/comments9.xml"/></Relationships>'
    ).encode()
    parts[TYPES] = parts[TYPES].replace(
        b"</Types>",
        b'<Override PartName="/xl/comments9.xml" ContentType="application/vnd.'
        b'openxmlformats-officedocument.spreadsheetml.comments+xml"/></Types>',
    )
    return closed(parts)


@_fault("part-added", "")
def second_styles(data: bytes) -> bytes:
    parts = opened(data)
    parts["xl/styles9.xml"] = parts["xl/styles.xml"]
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rId0" Type="{_LINKS}/styles" Target="styles9.xml"/>'
        "</Relationships>".encode(),
    )
    parts[TYPES] = parts[TYPES].replace(
        b"</Types>",
        b'<Override PartName="/xl/styles9.xml" ContentType="application/vnd.'
        b'openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    )
    return closed(parts)


@_fault("relationship-added", "")
def relationship_to_a_signed_part(data: bytes) -> bytes:
    rels = "xl/_rels/workbook.xml.rels"
    return edited(
        rels,
        "</Relationships>",
        f'<Relationship Id="rId0" Type="{_LINKS}/worksheet" '
        'Target="/xl/worksheets/sheet1.xml"/></Relationships>',
    )(data)


@_fault("part-added", "")
def sheet_left_out_by_the_signer(data: bytes) -> bytes:
    """A dishonest signer: everything but one sheet."""
    del data
    original = signature._manifest

    def shorter(*arguments: object, **options: object) -> list[Reference]:
        lines = original(*arguments, **options)  # type: ignore[arg-type]
        return [line for line in lines if "sheet2.xml?" not in line.uri]

    signature._manifest = shorter
    try:
        return signature.sign(
            workbooks.rich(),
            signers.signer(0),
            role="membre du jury",
            place="",
            time=workbooks.MOMENT,
        )
    finally:
        signature._manifest = original


@_fault("no-content-type", "p")
def junk_entry(data: bytes) -> bytes:
    parts = opened(data)
    parts["junk.bin"] = b"junk"
    return closed(parts)


def _appended(data: bytes, name: str, content: bytes) -> bytes:
    """What zip programs do: one entry more, under a name already there."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as file:
        info = zipfile.ZipInfo(name)
        file.NameToInfo.pop(name, None)  # which would warn
        file.writestr(info, content)
    return buffer.getvalue()


@_fault("zip-duplicate", "p")
def entry_twice(data: bytes) -> bytes:
    return _appended(data, SHEET, opened(data)[SHEET])


@_fault("zip-duplicate", "p")
def entry_twice_by_case(data: bytes) -> bytes:
    return _appended(data, SHEET.replace("sheet1", "SHEET1"), opened(data)[SHEET])


@_fault("zip-malformed", "")
def bytes_before_the_zip(data: bytes) -> bytes:
    return b"MZ" + data


@_fault("zip-malformed", "")
def bytes_after_the_zip(data: bytes) -> bytes:
    return data + b"\0"


_EVIL = '<Object Id="idPackageObject"><Manifest/></Object>'


@_fault("id-twice", "px")
def evil_object_first(data: bytes) -> bytes:
    return edited(SIG1, "<Object ", _EVIL + "<Object ")(data)


@_fault("id-twice", "px")
def evil_object_last(data: bytes) -> bytes:
    return edited(SIG1, "</Signature>", _EVIL + "</Signature>")(data)


def _forged_manifest(parts: Parts) -> str:
    """The signed manifest with the digest of the sheet as it is now."""
    text = parts[SIG1].decode()
    found = re.search(r"<Manifest>.*?</Manifest>", text)
    assert found
    return re.sub(
        r'(<Reference URI="/xl/worksheets/sheet1\.xml\?.*?<DigestValue>)[^<]*',
        lambda match: match[1] + digest(SHA256, parts[SHEET]),
        found[0],
    )


@_fault("manifest-count", "")
def object_wrapped(data: bytes) -> bytes:
    """The signed Object inside another, the forged manifest where peers look."""
    parts = opened(cell_changed(data))
    text = parts[SIG1].decode()
    found = re.search(r'<Object Id="idPackageObject">.*?</Object>', text)
    assert found
    forged = _forged_manifest(parts)
    wrapped = f"<Object>{forged}</Object><Object>{found[0]}</Object>"
    parts[SIG1] = text.replace(found[0], wrapped).encode()
    return closed(parts)


@_fault("signature-digest", "plx")
def manifest_replaced(data: bytes) -> bytes:
    parts = opened(cell_changed(data))
    text = parts[SIG1].decode()
    found = re.search(r"<Manifest>.*?</Manifest>", text)
    assert found
    parts[SIG1] = text.replace(found[0], _forged_manifest(parts)).encode()
    return closed(parts)


@_fault("signature-comment", "")
def comment_inside_signed_text(data: bytes) -> bytes:
    return edited(SIG1, "ClaimedRole>membre", "ClaimedRole><!-- -->membre")(data)


@_fault("xml-forbidden", "p")
def document_type_declared(data: bytes) -> bytes:
    return edited(SIG1, "<Signature ", "<!DOCTYPE Signature><Signature ")(data)


@_fault("relationship-missing", "plx", signers=2)
def first_signature_removed(data: bytes) -> bytes:
    parts = opened(data)
    del parts[SIG1]
    rels = "_xmlsignatures/_rels/origin.sigs.rels"
    parts[rels] = re.sub(
        rb"<Relationship (?:(?!/>).)*sig1\.xml(?:(?!/>).)*/>", b"", parts[rels]
    )
    parts[TYPES] = re.sub(rb"<Override [^>]*sig1\.xml[^>]*/>", b"", parts[TYPES])
    return closed(parts)


@_fault("signature-hidden", "p")
def signature_detached(data: bytes) -> bytes:
    """The workbook opens as unsigned; its signature is still inside."""
    parts = opened(data)
    parts["_rels/.rels"] = re.sub(
        rb"<Relationship (?:(?!/>).)*origin\.sigs(?:(?!/>).)*/>",
        b"",
        parts["_rels/.rels"],
    )
    return closed(parts)


@_fault("origin-empty", "plx")
def signature_removed(data: bytes) -> bytes:
    parts = opened(data)
    del parts[SIG1]
    parts["_xmlsignatures/_rels/origin.sigs.rels"] = (
        f'<Relationships xmlns="{_RELS}"/>'.encode()
    )
    parts[TYPES] = re.sub(rb"<Override [^>]*sig1\.xml[^>]*/>", b"", parts[TYPES])
    return closed(parts)


HARMLESS: dict[str, Callable[[bytes], bytes]] = {}


def _harmless(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    HARMLESS[change.__name__] = change
    return change


@_harmless
def zipped_again(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in sorted(opened(data).items(), reverse=True):
            file.writestr(name, content)
    return buffer.getvalue()


@_harmless
def relationships_indented(data: bytes) -> bytes:
    parts = opened(data)
    for name in parts:
        if name.endswith(".rels"):
            parts[name] = parts[name].replace(b"<Relationship ", b"\n  <Relationship ")
    return closed(parts)


@_harmless
def core_properties_changed(data: bytes) -> bytes:
    """Unprotected in any interoperable signature: the report says so."""
    return edited("docProps/core.xml", "openpyxl", "quelqu'un")(data)
