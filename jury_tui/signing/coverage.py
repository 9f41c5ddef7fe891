"""What a signature covers: the manifest against the package, both ways."""

from __future__ import annotations

import hmac

import msgspec

from jury_tui.i18n import N_, _, listed
from jury_tui.signing import package as opc
from jury_tui.signing.archive import CONTENT_TYPES, PackageError
from jury_tui.signing.package import Package
from jury_tui.signing.report import Remark
from jury_tui.signing.signed_xml import Line
from jury_tui.signing.xmldsig import digest, relationship_transform

_PROPERTY_TYPES = {
    opc.CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    opc.EXTENDED: (
        "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    ),
    opc.THUMBNAIL: "image/",
}
_SHOWN = 5


class Covered(msgspec.Struct, frozen=True):
    """Parts that a signature protects, and the relationships, by their source."""

    parts: frozenset[str]
    links: frozenset[tuple[str, str]]
    quirks: tuple[Remark, ...] = ()


class Exempt(msgspec.Struct, frozen=True):
    """What no signature covers by the format's design.

    Attributes:
        parts: Signatures, their origin, and the document properties.
        links: The package's relationships to them.
        properties: The document properties among the parts.
    """

    parts: frozenset[str]
    links: frozenset[tuple[str, str]]
    properties: frozenset[str]


def check_lines(package: Package, lines: tuple[Line, ...]) -> Covered:
    """Check each reference of a manifest.

    Raises:
        PackageError: a part is missing or was changed, or a reference is odd.
    """
    parts: set[str] = set()
    links: set[tuple[str, str]] = set()
    quirks: list[Remark] = []
    for line in lines:
        name, separator, kind = line.uri.partition("?ContentType=")
        name = name.removeprefix("/")
        if not separator or line.uri[:1] != "/" or name in parts:
            raise PackageError(
                "reference", N_("The list of what is signed is not well made.")
            )
        if not package.has(name):
            raise PackageError(
                "part-missing",
                N_("“{name}” was signed and is no longer in the file."),
                name=name,
            )
        if package.content_type(name) != kind:
            raise PackageError(
                "content-type-changed",
                N_("The kind of “{name}” was changed after signing."),
                name=name,
            )
        parts.add(name)
        if line.ids is None:
            same = digest(line.method, package.data(name)) == line.value
            if opc.is_rels(name):
                source = opc.source_of(name)
                links |= {(source, r.id) for r in package.relationships(source)}
        else:
            same = _check_links(package, name, line, links, quirks)
        if not same:
            raise PackageError(
                "part-changed",
                N_("“{name}” was changed after signing."),
                name=name,
            )
    return Covered(frozenset(parts), frozenset(links), tuple(dict.fromkeys(quirks)))


def _check_links(
    package: Package,
    name: str,
    line: Line,
    links: set[tuple[str, str]],
    quirks: list[Remark],
) -> bool:
    if not opc.is_rels(name):
        raise PackageError(
            "reference", N_("The list of what is signed is not well made.")
        )
    source = opc.source_of(name)
    known = package.relationships(source)
    ids = line.ids or frozenset()
    if not ids <= {link.id for link in known}:
        raise PackageError(
            "relationship-missing",
            N_("A link of “{name}” was signed and is no longer there."),
            name=name,
        )
    chosen = [link for link in known if link.id in ids or link.type in line.types]
    links |= {(source, link.id) for link in chosen}
    if _same(line, relationship_transform(chosen)):
        return True
    texts = opc.has_text(package.data(name), name)
    if texts and _same(line, relationship_transform(chosen, texts)):
        quirks.append(
            Remark(
                "libreoffice-white-space",
                _(
                    "Signed by LibreOffice, which digests white space between links "
                    "against the standard: taken into account."
                ),
            )
        )
        return True
    return False


def _same(line: Line, content: bytes) -> bool:
    return hmac.compare_digest(
        digest(line.method, content).encode(), line.value.encode()
    )


def exempt(package: Package, origin: str | None, signatures: list[str]) -> Exempt:
    """What of this package may go unsigned; nothing that a workbook shows."""
    parts = set(signatures)
    links: set[tuple[str, str]] = set()
    properties: set[str] = set()
    seen: set[str] = set()
    if origin is not None:
        parts |= {origin, opc.rels_of(origin)}
        links |= {
            (origin, link.id)
            for link in package.relationships(origin)
            if link.type == opc.SIGNATURE
        }
    for link in package.relationships(""):
        if link.type == opc.ORIGIN and link.part == origin:
            links.add(("", link.id))
        wanted = _PROPERTY_TYPES.get(link.type)
        if wanted is None or link.external or link.type in seen:
            continue
        seen.add(link.type)
        kind = package.content_type(link.part) if package.has(link.part) else wanted
        if (kind or "").startswith(wanted):
            links.add(("", link.id))
            properties.add(link.part)
    return Exempt(
        frozenset(parts | properties), frozenset(links), frozenset(properties)
    )


def additions(package: Package, covered: Covered, free: Exempt) -> tuple[Remark, ...]:
    """What stands in the package without being covered, in words."""
    parts = [
        name
        for name in package.parts
        if name not in covered.parts and name not in free.parts
    ]
    links = [
        f"{name}#{link.id}"
        for name in package.rels_parts
        if name in covered.parts or name in free.parts or name == opc.ROOT_RELS
        for link in package.relationships(opc.source_of(name))
        if (link.source, link.id) not in covered.links | free.links
    ]
    if opc.ROOT_RELS in parts and not links:
        parts.remove(opc.ROOT_RELS)
    remarks = []
    if parts:
        remarks.append(
            Remark(
                "part-added",
                _("Not signed, yet in the file: {names}.").format(names=_some(parts)),
            )
        )
    if links:
        remarks.append(
            Remark(
                "relationship-added",
                _("Links that were not signed: {names}.").format(names=_some(links)),
            )
        )
    return tuple(remarks)


def unprotected(package: Package, free: Exempt, covered: list[Covered]) -> list[str]:
    """Document properties that no signature protects."""
    signed = {name for each in covered for name in each.parts}
    return sorted(
        name
        for name in free.properties - signed
        if package.has(name) and name != CONTENT_TYPES
    )


def _some(names: list[str]) -> str:
    shown = [_("“{name}”").format(name=name) for name in names[:_SHOWN]]
    return listed(shown) + ("…" if len(names) > _SHOWN else "")
