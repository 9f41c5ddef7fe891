"""Just enough DER to write and read CMS: strict, bounded, no schema.

``cryptography`` can make a CMS signature but with the clock's time and only with a
key in memory, and cannot verify one; a general ASN.1 library would be one more
dependency for two small structures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_

INTEGER, OCTETS, NULL, OID = 0x02, 0x04, 0x05, 0x06
SEQUENCE, SET = 0x30, 0x31
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
MAX_DEPTH = 16
_MAX_LENGTH = 8 * 1024 * 1024


class DerError(SignatureError):
    """The bytes are not the DER that was expected."""

    def __init__(self) -> None:
        super().__init__(N_("The signature file is damaged: ask for another copy."))


class Value(msgspec.Struct, frozen=True):
    """One encoded value.

    Attributes:
        tag: The identifier octet; long tags are not read.
        body: The content octets.
        raw: The whole encoding.
    """

    tag: int
    body: bytes
    raw: bytes

    def children(self) -> list[Value]:
        """The values inside a constructed value."""
        if not self.tag & 0x20:
            raise DerError
        found = []
        at = 0
        while at < len(self.body):
            value, at = _read(self.body, at)
            found.append(value)
        return found

    def first(self) -> Value:
        """The first value inside a constructed value that is not empty."""
        found = self.children()
        if not found:
            raise DerError
        return found[0]

    def expect(self, tag: int) -> Value:
        """The value itself, when it has that tag."""
        if self.tag != tag:
            raise DerError
        return self

    @property
    def integer(self) -> int:
        """An INTEGER's value."""
        if not self.expect(INTEGER).body:
            raise DerError
        return int.from_bytes(self.body, "big", signed=True)

    @property
    def oid(self) -> str:
        """An OBJECT IDENTIFIER, dotted."""
        body = self.expect(OID).body
        if not body or body[-1] & 0x80 or len(body) > 64:
            raise DerError
        numbers = []
        number = 0
        for octet in body:
            number = number << 7 | octet & 0x7F
            if not octet & 0x80:
                numbers.append(number)
                number = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))

    @property
    def time(self) -> dt.datetime:
        """A UTCTime or GeneralizedTime, in UTC; fractions of a second dropped."""
        try:
            text = self.body.decode("ascii")
        except UnicodeDecodeError:
            raise DerError from None
        if not text.endswith("Z"):
            raise DerError
        digits = text[:-1].split(".")[0]
        if self.tag == UTC_TIME and len(digits) == 12:
            digits = ("19" if digits[:2] >= "50" else "20") + digits
        elif self.tag != GENERALIZED_TIME:
            raise DerError
        try:
            return dt.datetime.strptime(digits + "+0000", "%Y%m%d%H%M%S%z")
        except ValueError:
            raise DerError from None


def read(data: bytes) -> Value:
    """The one value that these bytes encode.

    Raises:
        DerError: not DER, too long, or followed by anything.
    """
    if len(data) > _MAX_LENGTH:
        raise DerError
    value, end = _read(data, 0)
    if end != len(data):
        raise DerError
    return value


def _read(data: bytes, at: int) -> tuple[Value, int]:
    start = at
    if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
        raise DerError
    tag, length = data[at], data[at + 1]
    at += 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 4 or at + count > len(data):
            raise DerError
        length = int.from_bytes(data[at : at + count], "big")
        if length < 0x80 or not data[at]:
            raise DerError
        at += count
    if at + length > len(data):
        raise DerError
    return Value(tag, data[at : at + length], data[start : at + length]), at + length


def encode(tag: int, *bodies: bytes) -> bytes:
    """One value: identifier, length, content."""
    body = b"".join(bodies)
    size = len(body)
    if size < 0x80:
        return bytes([tag, size]) + body
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + body


def encode_set(values: Iterable[bytes], tag: int = SET) -> bytes:
    """A SET OF, in DER's order."""
    return encode(tag, *sorted(values))


def encode_integer(number: int) -> bytes:
    """An INTEGER, not negative."""
    return encode(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def encode_oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    body = b""
    for number in (40 * first + second, *rest):
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(0x80 | number & 0x7F)
        body += bytes(reversed(septets))
    return encode(OID, body)


def encode_time(moment: dt.datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime from 2050 (RFC 5652, 11.3)."""
    moment = moment.astimezone(dt.UTC)
    if moment.year < 2050:
        return encode(UTC_TIME, moment.strftime("%y%m%d%H%M%SZ").encode())
    return encode(GENERALIZED_TIME, moment.strftime("%Y%m%d%H%M%SZ").encode())
