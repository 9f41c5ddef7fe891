"""Canonical JSON: one value, one spelling."""

from __future__ import annotations

import json
import unicodedata
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury_tui import canonical
from jury_tui.errors import JuryError, RegisterError, UnreadableRegisterError

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "jcs"

nfc = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-canonical.MAX_INTEGER, canonical.MAX_INTEGER)
    | nfc,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.from_regex(r"\A[A-Za-z_]\w{0,9}\Z".replace(r"\w", "[a-z0-9_]")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
records = st.dictionaries(
    st.from_regex(r"\A[a-z_][a-z0-9_]{0,9}\Z"), values, max_size=5
)


class Kind(StrEnum):
    ROOM = "room"


class TestEncode:
    """RFC 8785 restricted to what it can hold without doubt."""

    @given(records)
    def test_is_what_the_standard_library_would_write(
        self, record: dict[str, object]
    ) -> None:
        expected = json.dumps(
            record, ensure_ascii=False, separators=(",", ":"), sort_keys=True
        ).encode()

        assert expected == canonical.encode(record)
        assert record == canonical.decode(expected)
        assert [record, record] == canonical.decode_many([expected, expected])

    @pytest.mark.parametrize(
        "record",
        [
            {"a": 1.0},
            {"a": float("nan")},
            {"a": 2**53},
            {"a": -(2**53)},
            {"a": 10**400},
            {"é": 1},
            {"a b": 1},
            {"": 1},
            {"-a": 1},
            {'a"': 1},
            {"a\n": 1},
            {"a" * 65: 1},
            {1: "a"},
            {None: "a"},
            {"a": "\ud800"},
            {"a": "e\u0301"},
            {"a": ("tuple",)},
            {"a": b"bytes"},
            {"a": Kind.ROOM},
            {"a": {"b": [{"c": 0.5}]}},
            ["a"],
            "a",
            None,
        ],
    )
    def test_refuses(self, record: dict[str, object]) -> None:
        with pytest.raises(RegisterError) as refusal:
            canonical.encode(record)

        assert str(refusal.value)

    def test_depth_is_bounded(self) -> None:
        deep: dict[str, object] = {}
        for _ in range(canonical.MAX_DEPTH - 1):
            deep = {"a": deep}

        assert deep == canonical.decode(canonical.encode(deep))
        with pytest.raises(RegisterError):
            canonical.encode({"a": deep})
        loop: dict[str, object] = {}
        loop["a"] = [loop]
        with pytest.raises(RegisterError):
            canonical.encode(loop)


class TestDecode:
    """Parsers forgive, so what is read is written again and compared."""

    @pytest.mark.parametrize(
        "data",
        [
            b'{"a":1,"a":1}',
            b'{"b":1,"a":1}',
            b'{"a":1.0}',
            b'{"a":1e0}',
            b'{"a":-0}',
            b'{"a":01}',
            b'{"a":NaN}',
            b'{"a":1} ',
            b' {"a":1}',
            b'{"a" :1}',
            b'\xef\xbb\xbf{"a":1}',
            b'{"a":"\\u0061"}',
            b'{"a":"\\/"}',
            b'{"a":"\\u001F"}',
            b'{"a":"\\ud83d\\ude00"}',
            b'{"a":"\\ud800"}',
            b'{"a":"\xff"}',
            b'{"a":"\xed\xa0\x80"}',
            b'{"a":"e\xcc\x81"}',
            b'{"a":12345678901234567890123456789012345678901234567890}',
            b'{"a":' + b"9" * 5000 + b"}",
            b'{"a":' + b"[" * 100_000,
            b"[]",
            b"1",
            b"",
            b'{"a":1}\n{"b":1}',
        ],
    )
    def test_refuses(self, data: bytes) -> None:
        with pytest.raises(UnreadableRegisterError) as refusal:
            canonical.decode(data)

        assert str(refusal.value)
        assert canonical.decode_many([b"{}", data]) is None or b"\n" in data

    def test_pieces_that_join_into_good_json_are_still_bad(self) -> None:
        assert canonical.decode_many([b'{"a":1', b'"b":2}']) is None
        assert canonical.decode_many([b'{"a":1},{"b":2}', b'{"c":3}']) is None
        assert canonical.decode_many([b"{}", b""]) is None
        assert canonical.decode_many([]) == []

    @given(st.binary(max_size=60))
    def test_never_throws_anything_else(self, data: bytes) -> None:
        try:
            record = canonical.decode(data)
        except JuryError:
            return
        assert data == canonical.encode(record)


def leaves(value: object) -> list[object]:
    """Every text and number inside a value."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


@pytest.mark.skipif(not VECTORS.exists(), reason="the vectors of others are absent")
class TestVectors:
    """Vectors of cyberphone/json-canonicalization: each value that a register can
    hold is written as they say. (No vector can be held whole: their keys are not
    identifiers, on purpose.)"""

    @pytest.mark.parametrize(
        ("name", "held"),
        [
            ("arrays", 3),
            ("french", 4),
            ("structures", 5),
            ("unicode", 0),  # not in normal form: refused
            ("values", 4),
            ("weird", 9),
        ],
    )
    def test_values(self, name: str, held: int) -> None:
        wanted = (VECTORS / "output" / f"{name}.json").read_bytes()
        value = json.loads((VECTORS / "input" / f"{name}.json").read_bytes())

        written = []
        for leaf in leaves(value):
            try:
                written.append(canonical.encode({"value": leaf}))
            except RegisterError:
                assert isinstance(leaf, float) or name == "unicode"

        assert held == len(written)
        assert all(one[len(b'{"value":') : -1] in wanted for one in written)
