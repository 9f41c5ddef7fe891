"""RFC 8785 canonical JSON, restricted to what it can hold without doubt.

One value, one spelling: the bytes that are hashed and signed are the bytes of the
file. Kept out, because programs disagree on how to write or read them:

- floats (``1.0``, ``1e16``, ``-0.0``, NaN) and integers of 2**53 and beyond;
- keys other than field names and identifiers, in ASCII (RFC 8785 sorts by UTF-16
  code units, most programs by characters);
- lone surrogates, and text that is not in Unicode's normal form NFC;
- nesting deeper than ``MAX_DEPTH``.

Parsers forgive (a key twice, ``1.0``, a trailing space, an escaped letter), so
everything read is written again and compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import msgspec

from jury_tui.errors import RegisterError, UnreadableRegisterError
from jury_tui.i18n import N_

MAX_DEPTH = 16
"""Objects and lists inside one another, the outermost included."""
MAX_INTEGER = 2**53 - 1
"""The largest whole number every JSON reader keeps exact."""
Whole = Annotated[int, msgspec.Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)]
"""A whole number that a record may hold, as the type of a field."""

_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,63}", re.ASCII)
_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()

# Keys already found good. Bounded, since a hostile file brings its own keys.
_good_keys: set[str] = set()
_MOST_KEYS = 4096


def encode(record: Mapping[str, object]) -> bytes:
    """The canonical bytes of a record.

    Args:
        record: A plain dictionary of text, integers, booleans, None, lists and
            dictionaries; no subclass of these, no other type.

    Raises:
        RegisterError: the record holds something that has no certain spelling.
    """
    if type(record) is not dict:
        raise RegisterError(
            N_("A record must be a dictionary, not {kind}."), kind=_kind(record)
        )
    _check(record, MAX_DEPTH)
    return _written(record)


def decode(data: bytes) -> dict[str, Any]:
    """The record whose canonical bytes these are.

    Raises:
        UnreadableRegisterError: not JSON, or not the canonical spelling of it.
    """
    record = _read(data)
    try:
        canonical = encode(record)
    except UnreadableRegisterError:
        raise
    except RegisterError as error:
        raise UnreadableRegisterError(error.message, **error.values) from error
    if canonical != data:
        raise UnreadableRegisterError(
            N_("This JSON is not in its canonical form (RFC 8785).")
        )
    return record


def decode_known(data: bytes) -> dict[str, Any]:
    """The record of bytes that this module made or has already verified."""
    record: dict[str, Any] = _decoder.decode(data)
    return record


def decode_many(bodies: Sequence[bytes]) -> list[dict[str, Any]] | None:
    """The records of many bodies at once, or None if any of them is in doubt.

    None only says that ``decode`` must look at each; it names the fault.

    Args:
        bodies: Canonical bytes, one record each, none with a line feed.
    """
    joined = b"\n".join(bodies)
    # A line feed is never part of canonical bytes: lines that come out as they
    # went in were canonical one by one, whatever was split between two of them.
    try:
        records = _decoder.decode_lines(joined)
        if _encoder.encode_lines(records) != (joined and joined + b"\n"):
            return None
        for record in records:
            if type(record) is not dict:
                return None
            _check(record, MAX_DEPTH)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, RegisterError):
        return None
    return records


def normal(bodies: Iterable[bytes]) -> bool:
    """Whether all texts in these bytes surely are in normal form NFC.

    Args:
        bodies: JSON as this module writes it. Between two texts stands ASCII that
            combines with nothing; an escaped character combines with nothing either,
            though its spelling may: then the answer is no, and nothing is lost.
    """
    beyond = [body for body in bodies if not body.isascii()]
    try:
        return unicodedata.is_normalized("NFC", b"\n".join(beyond).decode())
    except UnicodeError:
        return False


def good_keys(keys: Iterable[str]) -> bool:
    """Whether these are keys that a record may have."""
    return _good_keys.issuperset(keys) or all(map(_is_good_key, keys))


def _read(data: bytes) -> dict[str, Any]:
    try:
        record = _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise UnreadableRegisterError(
            N_("These bytes are not JSON: {detail}."), detail=str(error)[:200]
        ) from error
    if type(record) is not dict:
        raise UnreadableRegisterError(
            N_("A record must be a dictionary, not {kind}."), kind=_kind(record)
        )
    return record


def _written(record: object) -> bytes:
    try:
        return _encoder.encode(record)
    except UnicodeError as error:
        raise RegisterError(
            N_("A text holds half a character (a lone surrogate); type it again.")
        ) from error


def _check(value: object, depth: int) -> None:
    """Refuse what has no certain spelling. Ordered by what acts are made of."""
    kind = type(value)
    if kind is str:
        _check_text(value)  # type: ignore[arg-type]
    elif kind is dict:
        if depth == 0:
            raise _too_deep()
        for key, item in value.items():  # type: ignore[attr-defined]
            if key not in _good_keys:
                _check_key(key)
            if type(item) is not str:
                _check(item, depth - 1)
            elif not item.isascii():
                _check_text(item)
    elif kind is list:
        if depth == 0:
            raise _too_deep()
        _check_all(value, depth - 1)  # type: ignore[arg-type]
    elif kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]
            raise RegisterError(
                N_("A whole number must be smaller than 2**53: {number}."),
                number=str(value)[:40] if abs(value) < 10**30 else "…",  # type: ignore[arg-type]
            )
    elif kind is not bool and value is not None:
        raise RegisterError(
            N_(
                "A record holds text, whole numbers, true, false, null, lists and "
                "dictionaries only, not {kind}."
            ),
            kind=_kind(value),
        )


def _check_all(values: Iterable[object], depth: int) -> None:
    for value in values:
        _check(value, depth)


def _check_text(text: str) -> None:
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise RegisterError(
            N_("A text is not in Unicode’s normal form NFC: “{text}”."),
            text=text[:60],
        )


def _check_key(key: object) -> None:
    if not _is_good_key(key):
        raise RegisterError(
            N_("A key must be letters without accents, digits and _.:/-, not “{key}”."),
            key=str(key)[:60],
        )


def _is_good_key(key: object) -> bool:
    if type(key) is not str or not _KEY.fullmatch(key):
        return False
    if len(_good_keys) < _MOST_KEYS:
        _good_keys.add(key)
    return True


def _too_deep() -> RegisterError:
    return RegisterError(
        N_("A record is nested deeper than {depth} levels."), depth=MAX_DEPTH
    )


def _kind(value: object) -> str:
    return type(value).__name__


def nfc(text: str) -> str:
    """Text in the one spelling that canonical bytes hold."""
    return unicodedata.normalize("NFC", text)
