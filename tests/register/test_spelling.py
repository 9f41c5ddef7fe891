"""Acts read with their types say no more and no less than acts read one by one."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury_tui import canonical
from jury_tui.audit.audited import typed
from jury_tui.errors import JuryError
from jury_tui.register import chain
from jury_tui.register.reading import judged
from jury_tui.session import acts as a
from jury_tui.session import spelling
from tests.support import corpus

ACTS = corpus.held(3)
BODIES = [canonical.encode(a.to_record(act)) for act in ACTS]
VOTE = next(b for b in BODIES if b'"VoteCounted"' in b and b'"m2":"for"' in b)
ARRIVED = next(b for b in BODIES if b'"MemberArrived"' in b)


def reading_of(*bodies: bytes) -> Any:
    head, lines = chain.start("s-1"), []
    for body in bodies:
        head, line = chain.line(head, [body])
        lines.append(line)
    data = b"".join(lines)
    return judged(Path("acts.jsonl"), chain.scan(data), data)


FIRST = canonical.encode(a.to_record(ACTS[0]) | {"session": "s-1"})


class TestRead:
    """What it reads is canonical, and is what the slow way reads."""

    def test_what_commands_write(self) -> None:
        assert ACTS == spelling.read(BODIES)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"m2":"for"', b'"m2":"for","m2":"for"'),
            (b'"m2":"for"', b'"m\xc3\xa92":"for"'),
            (b'"m2":"for"', b'"' + b"m" * 65 + b'":"for"'),
            (b'"for":', b'"for":9007199254740992,"against":'),
            (b'"outcome":"carried"', b'"outcome":"carried", "reason":""'),
            (b'"outcome":"carried"', b'"outcome":"carried","reason":""'),
            (b'"outcome":"carried"', b'"outcome":"carrie\\u0064"'),
            (b'"outcome":"carried"', b'"outcome":"e\xcc\x81"'),
            (b'"outcome":"carried"', b'"outcome":"\\ud800"'),
            (b'"outcome":"carried"', b'"outcome":"\xed\xa0\x80"'),
            (b'"outcome":"carried"', b'"outcome":1'),
            (b'"type":"VoteCounted"', b'"type":"VoteUncounted"'),
            (b'"type":"VoteCounted"', b'"type":"VoteCounted","zeal":1'),
        ],
    )
    def test_is_not_sure_of(self, old: bytes, new: bytes) -> None:
        assert old in VOTE
        changed = VOTE.replace(old, new, 1)

        assert spelling.read([VOTE]) is not None
        assert spelling.read([VOTE, changed]) is None

    def test_a_time_without_its_offset_is_not_sure(self) -> None:
        assert spelling.read([ARRIVED.replace(b"+02:00", b"", 1)]) is None

    def test_whole_numbers_end_where_canonical_ones_do(self) -> None:
        for number in (2**53 - 1, 1 - 2**53, 2**53, -(2**53), 2**64):
            body = b'{"at":"2008-06-10T09:00:00+02:00","marks":{"jury":%d}}' % number
            whole = body.replace(b"}}", b'},"type":"MarksGiven"}').replace(
                b'"marks"', b'"candidate":"c1","component":"a","marks"'
            )
            assert (abs(number) < 2**53) == (spelling.read([whole]) is not None)

    def test_pieces_that_join_into_an_act_are_no_acts(self) -> None:
        assert spelling.read([VOTE[:40], VOTE[40:]]) is None
        assert spelling.read([VOTE + b"," + VOTE, VOTE]) is None
        assert spelling.read([VOTE, b""]) is None
        assert spelling.read([]) == []

    @settings(deadline=None)
    @given(st.integers(0, 10**6), st.binary(min_size=0, max_size=3), st.integers(0, 3))
    def test_bytes_put_anywhere(self, seed: int, junk: bytes, over: int) -> None:
        choose = random.Random(seed)
        body = choose.choice(BODIES)
        at = choose.randrange(len(body))
        body = body[:at] + junk + body[at + over :]
        if b"\n" in body:
            return

        acts = spelling.read([body])

        if acts is not None:
            record = canonical.decode(body)
            assert [a.from_record(record, 1)] == acts

    @settings(deadline=None)
    @given(st.text(), st.text())
    def test_any_text(self, reason: str, name: str) -> None:
        act = a.ReasonGiven(at=ACTS[0].at, candidate=name, component="a", reason=reason)
        try:
            body = msgspec.json.encode(act, order="sorted")
        except UnicodeError:
            return

        acts = spelling.read([body])

        if acts is not None:
            assert acts == [act]
            assert canonical.decode(body) == a.to_record(act)
            assert unicodedata.is_normalized("NFC", reason)

    def test_an_escaped_end_of_line_before_an_accent_is_read_the_slow_way(self) -> None:
        """In JSON it ends with a letter, which the accent seems to combine with."""
        act = a.ReasonGiven(
            at=ACTS[0].at, candidate="c1", component="a", reason="a\n\u0303"
        )
        body = canonical.encode(a.to_record(act))

        assert spelling.read([body]) is None
        assert (reading := reading_of(FIRST, body)).fault is None
        assert typed(reading) == ([a.from_body(FIRST, 1), act], None)


class TestSlowWay:
    """What another program spelled otherwise, and lawfully, reads the same."""

    def test_a_default_written_out(self) -> None:
        body = ARRIVED.replace(b'"time":', b'"presence":"room","time":', 1)
        reading = reading_of(FIRST, body)

        assert (reading.fault, reading.acts) == (None, None)
        assert typed(reading)[0][1] == a.from_body(ARRIVED, 1)

    def test_a_fraction_of_a_second_that_is_none(self) -> None:
        body = ARRIVED.replace(b"+02:00", b".000+02:00", 1)
        reading = reading_of(FIRST, body)

        assert (reading.fault, reading.acts) == (None, None)
        assert typed(reading)[0][1] == a.from_body(ARRIVED, 1)

    def test_more_acts_than_any_session_has(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(chain, "_MOST_TYPED", 2)
        few, many = reading_of(FIRST, VOTE), reading_of(FIRST, VOTE, VOTE)

        assert (2, None) == (len(few.acts), many.acts)
        assert [*few.acts, few.acts[1]] == typed(many)[0]

    def test_an_act_of_a_later_version_is_kept_and_named(self) -> None:
        reading = reading_of(FIRST, VOTE, b'{"at":"?","type":"Novelty"}', VOTE)
        acts, foreign = typed(reading)

        assert (4, None, 2) == (reading.count, reading.fault, len(acts))
        assert isinstance(foreign, JuryError)
        assert "3" in str(foreign)


def parts(kind: Any, *, inside: bool = True) -> Iterator[Any]:
    """A type and all the types that it is made of, dictionaries opened or not."""
    yield kind
    if isinstance(kind, msgspec.inspect.StructType):
        for field in kind.fields:
            yield from parts(field.type, inside=inside)
    elif isinstance(kind, msgspec.inspect.UnionType):
        for one in kind.types:
            yield from parts(one, inside=inside)
    elif isinstance(kind, msgspec.inspect.VarTupleType):
        yield from parts(kind.item_type, inside=inside)
    elif isinstance(kind, msgspec.inspect.DictType) and inside:
        yield from parts(kind.key_type)
        yield from parts(kind.value_type)


@pytest.mark.parametrize("act", a.TYPES.values(), ids=lambda act: act.__name__)
def test_nothing_is_left_open_unseen(act: type[a.Act]) -> None:
    """A field added later cannot hold what nobody looks at."""
    made_of = list(parts(msgspec.inspect.type_info(act)))
    known = (
        msgspec.inspect.BoolType,
        msgspec.inspect.DateTimeType,
        msgspec.inspect.DateType,
        msgspec.inspect.DictType,
        msgspec.inspect.EnumType,
        msgspec.inspect.IntType,
        msgspec.inspect.NoneType,
        msgspec.inspect.StrType,
        msgspec.inspect.StructType,
        msgspec.inspect.UnionType,
        msgspec.inspect.VarTupleType,
    )
    assert [] == [one for one in made_of if not isinstance(one, known)]
    for one in made_of:
        if isinstance(one, msgspec.inspect.IntType):
            assert one.ge is not None
            assert one.le is not None
            assert -(2**53) < one.ge <= one.le < 2**53
    outer = parts(msgspec.inspect.type_info(act), inside=False)
    dictionaries = sum(isinstance(one, msgspec.inspect.DictType) for one in outer)
    assert len(spelling.KEYED.get(act, ())) == dictionaries
