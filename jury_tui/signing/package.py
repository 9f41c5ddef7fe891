"""The .xlsx as an OPC package: parts, content types, relationships (ECMA-376 part 2).

Reads bytes that someone else wrote: XML without DTD, entities or network, every
entry with a content type, relationships that stay inside the package.
"""

from __future__ import annotations

import datetime as dt
import functools
import posixpath
import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

import msgspec
from lxml import etree

from jury_tui.i18n import N_
from jury_tui.signing import archive
from jury_tui.signing.archive import CONTENT_TYPES, Entry, PackageError

ROOT_RELS = "_rels/.rels"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/"
CORE = _PACKAGE + "metadata/core-properties"
EXTENDED = _OFFICE + "extended-properties"
CUSTOM = _OFFICE + "custom-properties"
THUMBNAIL = _PACKAGE + "metadata/thumbnail"
ORIGIN = _PACKAGE + "digital-signature/origin"
SIGNATURE = _PACKAGE + "digital-signature/signature"

MAX_XML = 16 * 1024 * 1024
"""Largest part that is parsed as XML, in bytes."""
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_CORE_TIMES = (
    "{http://purl.org/dc/terms/}created",
    "{http://purl.org/dc/terms/}modified",
)


class Relationship(msgspec.Struct, frozen=True):
    """One relationship; ``source`` is the part it starts from, empty for the root."""

    source: str
    id: str
    type: str
    target: str
    external: bool

    @property
    def part(self) -> str:
        """The name of the part it leads to (without the leading slash)."""
        if self.target.startswith("/"):
            path = self.target[1:]
        else:
            path = posixpath.join(posixpath.dirname(self.source), self.target)
        return posixpath.normpath(path.split("#", 1)[0])


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of one part, parsed without DTD, entities or network.

    Raises:
        PackageError: not well-formed, not UTF-8, too large, or with a DTD.
    """
    declared = _DECLARED.match(data)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise PackageError(
            "xml-encoding", N_("“{name}” is not written in UTF-8."), name=name
        )
    if len(data) > MAX_XML or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise PackageError(
            "xml-forbidden",
            N_("“{name}” is too large, or declares a document type: refused."),
            name=name,
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_blank_text=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise PackageError(
            "xml-malformed", N_("“{name}” is not well-formed XML."), name=name
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError(
            "xml-forbidden",
            N_("“{name}” is too large, or declares a document type: refused."),
            name=name,
        )
    return root


class Package:
    """A package in memory; never changed, ``with_parts`` gives another one.

    Attributes:
        entries: Every entry of the zip by name, content types included.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = dict(entries)
        self._relationships: dict[str, tuple[Relationship, ...]] = {}

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Read and check a package.

        Raises:
            PackageError: the bytes are not a package that can be judged.
        """
        package = cls(archive.read(data))
        for name in package.parts:
            if package.content_type(name) is None:
                raise PackageError(
                    "no-content-type",
                    N_("“{name}” is in the file without being part of the workbook."),
                    name=name,
                )
        return package

    def write(self) -> bytes:
        """The bytes of the package, the same for the same entries."""
        return archive.write(self.entries.values())

    def with_parts(self, parts: Mapping[str, bytes]) -> Package:
        """The package with these parts added or replaced."""
        new = {name: archive.stored(name, data) for name, data in parts.items()}
        return Package(self.entries | new)

    @property
    def parts(self) -> list[str]:
        """Names of every part, without the content types; sorted."""
        return sorted(name for name in self.entries if name != CONTENT_TYPES)

    def data(self, name: str) -> bytes:
        """The content of a part that exists."""
        return self.entries[name].data

    def has(self, name: str) -> bool:
        """Whether the package holds that part, by its exact name."""
        return name in self.entries and name != CONTENT_TYPES

    @functools.cached_property
    def types(self) -> tuple[dict[str, str], dict[str, str]]:
        """Content types by extension (lower case), and by part (lower case)."""
        if CONTENT_TYPES not in self.entries:
            raise PackageError(
                "no-content-types",
                N_("The file is not an .xlsx workbook: it has no content types."),
            )
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        root = parse_xml(self.entries[CONTENT_TYPES].data, CONTENT_TYPES)
        known = {
            f"{{{TYPES}}}Default": ("Extension", defaults),
            f"{{{TYPES}}}Override": ("PartName", overrides),
        }
        if root.tag != f"{{{TYPES}}}Types":
            raise _odd(CONTENT_TYPES)
        for child in root:
            if child.tag not in known:
                raise _odd(CONTENT_TYPES)
            attribute, table = known[child.tag]
            key, value = child.get(attribute), child.get("ContentType")
            if (
                key is None
                or value is None
                or set(child.keys())
                != {
                    attribute,
                    "ContentType",
                }
            ):
                raise _odd(CONTENT_TYPES)
            if key.lower() in table:
                raise PackageError(
                    "content-type-twice",
                    N_("The content type of “{name}” is given twice."),
                    name=key,
                )
            table[key.lower()] = value
        return defaults, overrides

    def content_type(self, name: str) -> str | None:
        """The content type of a part, or None when the package gives none."""
        defaults, overrides = self.types
        found = overrides.get("/" + name.lower())
        return found or defaults.get(name.rpartition(".")[2].lower())

    def relationships(self, source: str) -> tuple[Relationship, ...]:
        """The relationships of a part (empty name: of the package)."""
        name = rels_of(source)
        if not self.has(name):
            return ()
        if name not in self._relationships:
            self._relationships[name] = read_relationships(self.data(name), name)
        return self._relationships[name]

    @property
    def rels_parts(self) -> list[str]:
        """Names of every relationships part, sorted."""
        return [name for name in self.parts if is_rels(name)]


def _odd(name: str) -> PackageError:
    return PackageError(
        "xml-unexpected", N_("“{name}” holds something unexpected."), name=name
    )


def is_rels(name: str) -> bool:
    """Whether a part is a relationships part, by its name."""
    folder, leaf = posixpath.split(name)
    return posixpath.basename(folder) == "_rels" and leaf.endswith(".rels")


def rels_of(source: str) -> str:
    """The name of a part's relationships part; the package's for an empty name."""
    folder, leaf = posixpath.split(source)
    return posixpath.join(folder, "_rels", leaf + ".rels")


def source_of(rels: str) -> str:
    """The part whose relationships a relationships part holds."""
    folder, leaf = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), leaf.removesuffix(".rels"))


def read_relationships(data: bytes, name: str) -> tuple[Relationship, ...]:
    """Parse a relationships part.

    Raises:
        PackageError: anything but plain relationships with unique identifiers.
    """
    root = parse_xml(data, name)
    if root.tag != f"{{{RELATIONSHIPS}}}Relationships":
        raise _odd(name)
    found: dict[str, Relationship] = {}
    for child in root:
        if child.tag != f"{{{RELATIONSHIPS}}}Relationship" or len(child):
            raise _odd(name)
        values = {str(key): str(value) for key, value in child.attrib.items()}
        mode = values.pop("TargetMode", "Internal")
        if set(values) != {"Id", "Type", "Target"} or mode not in (
            "Internal",
            "External",
        ):
            raise _odd(name)
        key = values["Id"]
        if key in found:
            raise PackageError(
                "relationship-twice",
                N_("Two relationships of “{name}” have the same identifier."),
                name=name,
            )
        found[key] = Relationship(
            source_of(name),
            key,
            values["Type"],
            values["Target"],
            mode == "External",
        )
    return tuple(found.values())


def write_relationships(relationships: Iterable[Relationship]) -> bytes:
    """A relationships part without white space, which LibreOffice 7.4 misreads."""
    body = "".join(
        f"<Relationship Id={_quoted(r.id)} Type={_quoted(r.type)} "
        f"Target={_quoted(r.target)}"
        + (' TargetMode="External"' if r.external else "")
        + "/>"
        for r in relationships
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Relationships xmlns="{RELATIONSHIPS}">{body}</Relationships>'
    ).encode()


def _quoted(text: str) -> str:
    escapes = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
    return quoteattr(text, escapes)


def has_text(rels: bytes, name: str) -> int:
    """How many runs of text stand between the elements of a relationships part."""
    root = parse_xml(rels, name)
    return sum(1 for text in (root.text, *(child.tail for child in root)) if text)


def normalise(data: bytes, created: dt.datetime) -> bytes:
    """The same workbook in bytes that depend on its content only.

    Patches the two times in the core properties, which the spreadsheet library
    takes from the clock, and rewrites the zip with fixed order, dates and
    attributes. Entries are stored, not compressed: deflate's output differs
    between builds of zlib, and minutes are small.

    Args:
        data: A workbook just written.
        created: The time it should bear, aware; written in UTC.

    Raises:
        PackageError: the bytes are not a package.
    """
    package = Package.read(data)
    moment = created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    changed: dict[str, bytes] = {}
    for name in package.parts:
        content = package.data(name)
        if is_rels(name):
            content = write_relationships(read_relationships(content, name))
        changed[name] = content
    for relationship in package.relationships(""):
        name = relationship.part
        if relationship.type == CORE and package.has(name):
            changed[name] = _retimed(package.data(name), name, moment)
    changed[CONTENT_TYPES] = package.data(CONTENT_TYPES)
    return Package({}).with_parts(changed).write()


def _retimed(data: bytes, name: str, moment: str) -> bytes:
    root = parse_xml(data, name)
    for element in root.iter(*_CORE_TIMES):
        element.text = moment
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
