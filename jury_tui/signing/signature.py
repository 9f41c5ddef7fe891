"""Signing a workbook: an OPC package signature in XAdES-EPES form, inside the .xlsx.

Structure: ECMA-376 part 2 chapter 13, MS-OFFCRYPTO 2.5, XAdES 1.3.2 with the
policy implied. Two choices were made by what the peers (POI, LibreOffice, xmlsec1)
accept, and are explained in docs/signature.md:

- Relationships are signed one by one, as Office does, unless a target holds a
  sign (``&``, ``<``, ``"``) that LibreOffice 7.4 and xmlsec1 then misjudge: those
  parts are signed whole. ``whole_relationships=True`` signs every one whole.
- A later signature also signs the earlier ones, so that removing one shows.
"""

from __future__ import annotations

import datetime as dt
import re

from lxml import etree

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_
from jury_tui.signing import package as opc
from jury_tui.signing.archive import CONTENT_TYPES, PackageError
from jury_tui.signing.package import Package, Relationship
from jury_tui.signing.signature_xml import (
    Circumstances,
    Reference,
    Timestamper,
    signature_xml,
    written,
)
from jury_tui.signing.signer import Signer
from jury_tui.signing.verification import verify_package
from jury_tui.signing.xmldsig import (
    ORIGIN_TYPE,
    SHA256,
    SIGNATURE_TYPE,
    digest,
    relationship_transform,
)

FOLDER = "_xmlsignatures"
ORIGIN_PART = f"{FOLDER}/origin.sigs"
MAX_SIGNATURES = 32
MAX_TEXT = 100
"""Longest role and place, in characters (Office's limit for its comments is 255)."""
UNSIGNED_TYPES = frozenset({opc.CORE, opc.EXTENDED, opc.THUMBNAIL, opc.ORIGIN})
"""Relationships that Office leaves out: document properties and the signatures."""
_MISREAD = re.compile(r'[&<"]')


def sign(
    data: bytes,
    signer: Signer,
    *,
    role: str,
    place: str,
    time: dt.datetime,
    timestamp: Timestamper | None = None,
    whole_relationships: bool = False,
    chained: bool = True,
) -> bytes:
    """Add a signature to a workbook; nothing else in it changes.

    Args:
        data: The workbook, as exported or already signed by others.
        signer: Who signs.
        role: In which role: ``présidente du jury``.
        place: The town where it is signed, may be empty.
        time: When, aware; a claim of the signer unless ``timestamp`` is given.
        timestamp: Asks an authority for proof of the time (XAdES-T).
        whole_relationships: Sign every relationships part as a whole; office
            programs then also notice an injected comment.
        chained: Sign the earlier signatures too.

    Returns:
        The signed workbook.

    Raises:
        SignatureError: an unusable key, an expired certificate, an unreadable text,
            or an earlier signature that is broken.
        PackageError: the bytes are not a workbook.
    """
    signer.check_dates(time)
    facts = Circumstances(role=_text(role), place=_text(place), time=time)
    source = Package.read(data)
    _check_earlier(source)
    package, number = _prepared(source, whole=whole_relationships)
    earlier = _earlier(package) if chained else []
    manifest = _manifest(package, earlier, whole=whole_relationships)
    xml = signature_xml(signer, facts, manifest, number, timestamp)
    part = f"{FOLDER}/sig{number}.xml"
    links = package.relationships(ORIGIN_PART)
    new = Relationship(
        ORIGIN_PART, _free_id(links), opc.SIGNATURE, f"sig{number}.xml", external=False
    )
    return package.with_parts(
        {
            part: xml,
            opc.rels_of(ORIGIN_PART): opc.write_relationships([*links, new]),
            CONTENT_TYPES: _with_override(package, part),
        }
    ).write()


def _text(text: str) -> str:
    clean = " ".join(text.split())
    if len(clean) > MAX_TEXT or not clean.isprintable():
        raise SignatureError(
            N_(
                "The signer’s role or place is longer than {limit} characters, or "
                "holds a sign that cannot be written: shorten it."
            ),
            limit=MAX_TEXT,
        )
    return clean


def _check_earlier(package: Package) -> None:
    """Whoever signs after others vouches for the same content, so look first."""
    report = verify_package(package)
    reasons = [
        *report.findings,
        *(
            r
            for s in report.signatures
            for r in (*s.intact.reasons, *s.complete.reasons)
        ),
    ]
    if report.findings or (report.signed and not report.accepted):
        raise SignatureError(
            N_("An earlier signature is broken, so it was not signed again: {reason}"),
            reason=" ".join(remark.text for remark in reasons[:1]),
        )


def _prepared(package: Package, *, whole: bool) -> tuple[Package, int]:
    """The package with an origin part, and the number of the signature to add."""
    origins = [r for r in package.relationships("") if r.type == opc.ORIGIN]
    if origins:
        if [r.part for r in origins] != [ORIGIN_PART] or not package.has(ORIGIN_PART):
            raise PackageError(
                "origin-unusual",
                N_("The workbook holds signatures in an unusual place: not signed."),
            )
        taken = len(package.relationships(ORIGIN_PART))
        if taken >= MAX_SIGNATURES:
            raise SignatureError(N_("This workbook has too many signatures already."))
        number = taken + 1
        while package.has(f"{FOLDER}/sig{number}.xml"):
            number += 1
        return package, number
    return _first(package, whole=whole), 1


def _first(package: Package, *, whole: bool) -> Package:
    if any(name.lower().startswith(FOLDER) for name in package.parts):
        raise PackageError(
            "origin-unusual",
            N_("The workbook holds signatures in an unusual place: not signed."),
        )
    changed = {}
    for name in package.rels_parts:
        if opc.has_text(package.data(name), name):  # LibreOffice would misread it
            links = package.relationships(opc.source_of(name))
            changed[name] = opc.write_relationships(links)
    links = package.relationships("")
    changed[opc.ROOT_RELS] = opc.write_relationships(
        [*links, Relationship("", _free_id(links), opc.ORIGIN, ORIGIN_PART, False)]
    )
    if whole:
        for sheet in package.parts:
            empty = opc.rels_of(sheet)
            ours = sheet.startswith("xl/worksheets/") and not opc.is_rels(sheet)
            if ours and not package.has(empty):
                changed[empty] = opc.write_relationships([])
    changed[ORIGIN_PART] = b""
    changed[CONTENT_TYPES] = _with_default(package)
    return package.with_parts(changed)


def _free_id(links: tuple[Relationship, ...]) -> str:
    taken = {link.id for link in links}
    return next(f"rId{n}" for n in range(1, 10**6) if f"rId{n}" not in taken)


def _types(package: Package) -> etree._Element:
    return opc.parse_xml(package.entries[CONTENT_TYPES].data, CONTENT_TYPES)


def _with_default(package: Package) -> bytes:
    root = _types(package)
    if "sigs" not in package.types[0]:
        root.insert(
            0,
            etree.Element(
                f"{{{opc.TYPES}}}Default", Extension="sigs", ContentType=ORIGIN_TYPE
            ),
        )
    return written(root)


def _with_override(package: Package, part: str) -> bytes:
    root = _types(package)
    etree.SubElement(
        root,
        f"{{{opc.TYPES}}}Override",
        PartName="/" + part,
        ContentType=SIGNATURE_TYPE,
    )
    return written(root)


def _earlier(package: Package) -> list[Relationship]:
    return [r for r in package.relationships(ORIGIN_PART) if package.has(r.part)]


def _manifest(
    package: Package, earlier: list[Relationship], *, whole: bool
) -> list[Reference]:
    """What is signed: every part and relationship but properties and signatures."""
    exempt = {CONTENT_TYPES, ORIGIN_PART, opc.rels_of(ORIGIN_PART)}
    for link in package.relationships(""):
        if link.type in UNSIGNED_TYPES and not link.external:
            exempt.add(link.part)
    chained = {link.part for link in earlier}
    found = []
    for name in package.parts:
        if name in exempt or (name.startswith(FOLDER + "/") and name not in chained):
            continue
        if opc.is_rels(name):
            links = package.relationships(opc.source_of(name))
            kept = [r for r in links if name != opc.ROOT_RELS or _signed(r)]
            entire = whole and name != opc.ROOT_RELS
            if not entire and not _misread(package, name, kept):
                found.append(_by_id(package, name, kept))
                continue
        found.append(Reference(_uri(package, name), digest(SHA256, package.data(name))))
    if earlier:
        found.append(_by_id(package, opc.rels_of(ORIGIN_PART), earlier))
    return sorted(found, key=lambda reference: reference.uri)


def _misread(package: Package, name: str, links: list[Relationship]) -> bool:
    """Whether LibreOffice 7.4 and xmlsec1 would get the transform wrong.

    The package's own part is signed whole only where LibreOffice signed before: POI
    misjudges that, and misjudges LibreOffice's signature anyway.
    """
    if opc.has_text(package.data(name), name):
        return True
    awkward = any(_MISREAD.search(link.id + link.type + link.target) for link in links)
    return awkward and name != opc.ROOT_RELS


def _signed(relationship: Relationship) -> bool:
    return relationship.type not in UNSIGNED_TYPES


def _uri(package: Package, name: str) -> str:
    return f"/{name}?ContentType={package.content_type(name)}"


def _by_id(package: Package, name: str, links: list[Relationship]) -> Reference:
    value = digest(SHA256, relationship_transform(links))
    return Reference(_uri(package, name), value, tuple(sorted(r.id for r in links)))
