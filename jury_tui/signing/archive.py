"""The zip container, read strictly and written identically.

Python's ``zipfile`` reads whatever it can; a signed workbook must mean the same
to every program that opens it. So this reader wants each byte of the file to
belong to exactly one entry, both copies of each header to agree, and no name to
come twice. It reads no zip64, no encryption and no comment: no minutes need them.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable

import msgspec

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_

MAX_FILE = 32 * 1024 * 1024
"""Largest file read, in bytes."""
MAX_EXPANDED = 256 * 1024 * 1024
"""Most bytes that all entries together may expand to."""
MAX_ENTRIES = 4096
MAX_RATIO = 200
"""Most bytes out of one byte in, for entries larger than 1 MiB."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIPTOR = struct.Struct("<3L")
_STORED, _DEFLATED = 0, 8
_FLAGS = 0x0002 | 0x0004 | 0x0008 | 0x0800  # deflate speed, descriptor, UTF-8 names
_STREAMED = 0x0008
_DATE = (1 << 5) | 1  # 1980-01-01
_SEGMENT = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})+")
_ESCAPED = re.compile(r"%(2[DEFdef]|3\d|[46][1-9A-Fa-f]|[57][0-9Aa]|5[CFcf]|7[Ee]|00)")
_FORBIDDEN_EXTRA = {
    0x0001,  # zip64 sizes
    0x7075,  # another name
}
CONTENT_TYPES = "[Content_Types].xml"


class PackageError(SignatureError):
    """The file is not a package that can be judged, or something in it is wrong.

    Attributes:
        code: A stable word for programs and tests (``zip-duplicate``).
    """

    def __init__(self, code: str, message: str, /, **values: object) -> None:
        super().__init__(message, **values)
        self.code = code


def shown(text: str, limit: int = 200) -> str:
    """A text that someone else wrote, safe to show: short, and all printable."""
    clean = "".join(c if c.isprintable() else "\ufffd" for c in text[:limit])
    return clean + ("…" if len(text) > limit else "")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the zip: its content, and the bytes that hold it.

    Attributes:
        packed: The content as stored in the file; kept, so that rewriting the zip
            never depends on the machine's compressor.
        method: 0 stored, 8 deflated.
    """

    name: str
    data: bytes
    packed: bytes
    method: int
    crc: int


def stored(name: str, data: bytes) -> Entry:
    """An entry kept as it is: the same bytes whatever the machine's zlib."""
    return Entry(
        name=name, data=data, packed=data, method=_STORED, crc=zlib.crc32(data)
    )


def read(data: bytes) -> dict[str, Entry]:
    """Every entry of a zip, by name, in the order of the central directory.

    Raises:
        PackageError: not a zip, or not one that all programs read alike.
    """
    if len(data) > MAX_FILE:
        raise PackageError(
            "zip-size",
            N_("The file is larger than {limit} MiB: too large for minutes."),
            limit=MAX_FILE // 2**20,
        )
    central, count, start = _end(data)
    heads = _directory(data, start, central, count)
    budget = MAX_EXPANDED
    for head in heads:
        budget -= head.size
        if budget < 0 or (head.size > 2**20 and head.size > MAX_RATIO * head.packed):
            raise PackageError(
                "zip-bomb",
                N_("The file expands to an unreasonable size: it was not opened."),
            )
    entries: dict[str, Entry] = {}
    seen: set[str] = set()
    limits = sorted(head.offset for head in heads)
    if not limits or limits[0] != 0:
        raise _malformed()
    following = dict(zip(limits, [*limits[1:], start], strict=True))
    if len(following) != len(heads):
        raise _malformed()
    for head in heads:
        content = _entry(data, head, following[head.offset])
        if head.name.endswith("/") and not content.data:
            continue  # a folder, which means nothing in a package
        _check_name(head.name)
        if head.name.lower() in seen:
            raise PackageError(
                "zip-duplicate",
                N_("“{name}” is twice in the file: programs would differ."),
                name=head.name,
            )
        seen.add(head.name.lower())
        entries[head.name] = content
    for name in seen:
        parts = name.split("/")
        if any("/".join(parts[:i]) in seen for i in range(1, len(parts))):
            raise _bad_name(name)
    return entries


def write(entries: Iterable[Entry]) -> bytes:
    """A zip of these entries: fixed order, date, system and attributes."""
    body = bytearray()
    directory = bytearray()
    chosen = sorted(entries, key=_rank)
    for entry in chosen:
        name = entry.name.encode("ascii")
        middle = (entry.method, 0, _DATE, entry.crc, len(entry.packed), len(entry.data))
        directory += _CENTRAL.pack(
            b"PK\1\2", 20, 20, 0, *middle, len(name), 0, 0, 0, 0, 0, len(body)
        )
        directory += name
        body += _LOCAL.pack(b"PK\3\4", 20, 0, *middle, len(name), 0)
        body += name
        body += entry.packed
    end = _END.pack(
        b"PK\5\6", 0, 0, len(chosen), len(chosen), len(directory), len(body), 0
    )
    return bytes(body + directory + end)


def _rank(entry: Entry) -> tuple[int, str]:
    """Content types and the root's relationships first, as office programs do."""
    first = {CONTENT_TYPES: 0, "_rels/.rels": 1}
    return first.get(entry.name, 2), entry.name


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the central directory says of one entry."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def _malformed() -> PackageError:
    return PackageError(
        "zip-malformed",
        N_("The file is not a well-formed workbook: ask for it to be sent again."),
    )


def _bad_name(name: str) -> PackageError:
    return PackageError(
        "zip-name",
        N_("The file holds an entry with a forbidden name: {name}."),
        name=shown(name),
    )


def _end(data: bytes) -> tuple[int, int, int]:
    """Length of the directory, number of entries, where the directory starts."""
    if len(data) < _END.size:
        raise _malformed()
    at = len(data) - _END.size
    mark, disk, first, here, count, size, start, comment = _END.unpack_from(data, at)
    if mark != b"PK\5\6" or disk or first or here != count or comment:
        raise _malformed()
    if start + size != at or count > MAX_ENTRIES:
        raise _malformed()
    return size, count, start


def _directory(data: bytes, start: int, size: int, count: int) -> list[_Head]:
    at, stop = start, start + size
    heads: list[_Head] = []
    for _number in range(count):
        if at + _CENTRAL.size > stop:
            raise _malformed()
        fields = _CENTRAL.unpack_from(data, at)
        mark, _by, _need, flags, method, _time, _date, crc, packed, size_, *rest = (
            fields
        )
        name_size, extra, comment, disk, _inner, _outer, offset = rest
        at += _CENTRAL.size
        if mark != b"PK\1\2" or disk or at + name_size + extra + comment > stop:
            raise _malformed()
        if flags & ~_FLAGS or method not in (_STORED, _DEFLATED):
            raise PackageError(
                "zip-method",
                N_("The file is encrypted or compressed in an unknown way."),
            )
        name = _name(data[at : at + name_size])
        _check_extra(data[at + name_size : at + name_size + extra])
        at += name_size + extra + comment
        heads.append(
            _Head(
                name=name,
                flags=flags,
                method=method,
                crc=crc,
                packed=packed,
                size=size_,
                offset=offset,
            )
        )
    if at != stop:
        raise _malformed()
    return heads


def _name(raw: bytes) -> str:
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        raise _bad_name(raw.decode("utf-8", "backslashreplace")) from None


def _check_name(name: str) -> None:
    """OPC part names (ECMA-376 part 2, 6.2.2), and the one name that is no part."""
    if name == CONTENT_TYPES:
        return
    for segment in name.split("/"):
        if (
            not _SEGMENT.fullmatch(segment)
            or segment.endswith(".")
            or _ESCAPED.search(segment)
        ):
            raise _bad_name(name)


def _check_extra(extra: bytes) -> None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind in _FORBIDDEN_EXTRA:
            raise _malformed()
        at += 4 + size
    # Office pads headers with bytes that are no well-formed field: tolerated.


def _entry(data: bytes, head: _Head, stop: int) -> Entry:
    at = head.offset
    if at + _LOCAL.size > stop:
        raise _malformed()
    fields = _LOCAL.unpack_from(data, at)
    mark, _need, flags, method, _time, _date, crc, packed, size, names, extra = fields
    at += _LOCAL.size
    end = at + names + extra + head.packed
    if mark != b"PK\3\4" or flags != head.flags or method != head.method or end > stop:
        raise _malformed()
    if _name(data[at : at + names]) != head.name:
        raise _malformed()
    _check_extra(data[at + names : at + names + extra])
    known = (head.crc, head.packed, head.size)
    if flags & _STREAMED:
        if (crc, packed, size) not in (known, (0, 0, 0)):
            raise _malformed()
        tail = data[end:stop].removeprefix(b"PK\7\x08")
        if len(tail) != _DESCRIPTOR.size or _DESCRIPTOR.unpack(tail) != known:
            raise _malformed()
    elif (crc, packed, size) != known or end != stop:
        raise _malformed()
    raw = data[end - head.packed : end]
    content = raw if method == _STORED else _inflate(raw, head.size)
    if len(content) != head.size or zlib.crc32(content) != head.crc:
        raise _malformed()
    return Entry(name=head.name, data=content, packed=raw, method=method, crc=head.crc)


def _inflate(raw: bytes, size: int) -> bytes:
    engine = zlib.decompressobj(-15)
    try:
        content = engine.decompress(raw, size + 1)
    except zlib.error:
        raise _malformed() from None
    if not engine.eof or engine.unused_data or engine.unconsumed_tail:
        raise _malformed()
    return content
