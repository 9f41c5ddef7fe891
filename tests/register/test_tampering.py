"""Whatever is done to a register's bytes is named, with the act."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury_tui import canonical
from jury_tui.errors import BrokenChainError, JuryError
from jury_tui.register import chain
from jury_tui.register.chain import Anchor, Verdict
from jury_tui.register.reading import Reading, read
from jury_tui.register.register import Register
from tests.support.fakedisk import FakeDisk
from tests.support.lengths import LONG

EXAMPLES = 50_000 if LONG else 200
PATH = Path("/s-1/acts.jsonl")
STROKES: list[list[dict[str, object]]] = [
    [{"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}],
    [{"type": "MemberAppointed", "member": {"name": "Hélène Roux", "voices": 1}}],
    [{"type": "VoteCounted", "n": n, "at": "2026-11-23"} for n in range(3)],
    [{"type": "DecisionPronounced", "reason": "une « raison »"}],
    [{"type": "SessionSealed", "ok": True, "none": None}],
]


def made(strokes: list[list[dict[str, object]]], session: str = "s-1") -> bytes:
    """A register's bytes."""
    head, data = chain.start(session), b""
    for acts in strokes:
        bodies = [canonical.encode(act) for act in acts]
        head, line = chain.line(head, bodies)
        data += line
    return data


GOOD = made(STROKES)
LINES = GOOD.splitlines(keepends=True)
FIRST_ACTS = [1, 2, 3, 6, 7]  # the number of the first act of each line


def judged(data: bytes, anchor: Anchor | None = None) -> Reading:
    disk = FakeDisk({str(PATH): data}, ("/", "/s-1"))
    return read(PATH, anchor, disk=disk)


ANCHOR = judged(GOOD).anchor


def offsets(line: int) -> range:
    """Where the bytes of a line are, from 0."""
    start = len(b"".join(LINES[:line]))
    return range(start, start + len(LINES[line]))


def named(reading: Reading) -> int:
    """The act that a verdict other than clean names."""
    if reading.fault is not None:
        return reading.fault.act
    assert reading.torn is not None
    return reading.torn.act


class TestOneByte:
    """Every single-byte change is named with its act."""

    @pytest.mark.parametrize("line", range(len(LINES)))
    def test_changed(self, line: int) -> None:
        for offset in offsets(line):
            byte = GOOD[offset]
            for other in {0, 10, 32, 48, 255, byte ^ 1, byte ^ 32} - {byte}:
                self.is_named(GOOD[:offset] + bytes([other]) + GOOD[offset + 1 :], line)

    @pytest.mark.parametrize("line", range(len(LINES)))
    def test_removed_or_added(self, line: int) -> None:
        for offset in offsets(line):
            self.is_named(GOOD[:offset] + GOOD[offset + 1 :], line)
            self.is_named(GOOD[:offset] + b"x" + GOOD[offset:], line)

    @staticmethod
    def is_named(data: bytes, line: int) -> None:
        reading = judged(data, ANCHOR)

        assert reading.verdict is Verdict.TAMPERED
        assert FIRST_ACTS[line] == named(reading)

    def test_changed_in_the_last_act_without_an_anchor(self) -> None:
        start = len(GOOD) - len(LINES[-1])
        for offset in range(start, len(GOOD)):
            data = GOOD[:offset] + b"~" + GOOD[offset + 1 :]

            reading = judged(data)

            assert reading.verdict is not Verdict.CLEAN
            assert named(reading) == 7


class TestTruncation:
    """Cut anywhere: exactly the complete acts are there, the rest is torn; with an
    anchor, the missing act is named."""

    @pytest.mark.parametrize("line", range(1, len(LINES)))
    def test_at_every_byte(self, line: int) -> None:
        for size in offsets(line):
            reading = judged(GOOD[:size])
            anchored = judged(GOOD[:size], ANCHOR)

            assert FIRST_ACTS[line] - 1 == reading.count
            expected = Verdict.CLEAN if GOOD[:size].endswith(b"\n") else Verdict.TORN
            assert expected is reading.verdict
            assert anchored.verdict is Verdict.TAMPERED
            assert FIRST_ACTS[line] == named(anchored)

    def test_before_the_first_act_is_complete(self) -> None:
        for size in range(len(LINES[0])):
            with pytest.raises(JuryError):
                judged(GOOD[:size])


class TestLines:
    """Every dropped, swapped, duplicated, inserted act is named."""

    def faults(self, lines: list[bytes]) -> int:
        reading = judged(b"".join(lines), ANCHOR)
        assert reading.verdict is Verdict.TAMPERED
        return named(reading)

    @pytest.mark.parametrize("at", range(1, len(LINES)))
    def test_dropped(self, at: int) -> None:
        assert FIRST_ACTS[at] == self.faults(LINES[:at] + LINES[at + 1 :])

    @pytest.mark.parametrize("at", range(1, len(LINES) - 1))
    def test_swapped(self, at: int) -> None:
        lines = [*LINES[:at], LINES[at + 1], LINES[at], *LINES[at + 2 :]]

        assert FIRST_ACTS[at] == self.faults(lines)

    @pytest.mark.parametrize("at", range(len(LINES)))
    def test_duplicated_without_an_anchor(self, at: int) -> None:
        data = b"".join([*LINES[: at + 1], *LINES[at:]])

        reading = judged(data)

        assert reading.verdict is Verdict.TAMPERED
        assert (FIRST_ACTS[at + 1 :] or [8])[0] == named(reading)

    @pytest.mark.parametrize("at", range(len(LINES)))
    def test_the_first_act_dropped_is_named(self, at: int) -> None:
        if at == len(LINES) - 1:
            return
        reading = judged(b"".join(LINES[at + 1 :]))

        assert reading.verdict is Verdict.TAMPERED
        assert named(reading) == 1
        assert reading.anchor == Anchor(0, "")

    def test_an_older_copy(self) -> None:
        for kept in range(1, len(LINES)):
            reading = judged(b"".join(LINES[:kept]), ANCHOR)

            assert FIRST_ACTS[kept] == named(reading)

    def test_a_whole_new_end(self) -> None:
        forged = made([*STROKES[:-1], [{"type": "SessionSealed", "ok": False}]])

        assert judged(forged).verdict is Verdict.CLEAN
        assert named(judged(forged, ANCHOR)) == 7

    def test_two_registers_spliced(self) -> None:
        other = made([[{**STROKES[0][0], "session": "s-2"}], *STROKES[1:]], "s-2")
        theirs = other.splitlines(keepends=True)

        for at in range(1, len(LINES)):
            assert FIRST_ACTS[at] == self.faults(LINES[:at] + theirs[at:])

    def test_the_anchor_of_an_act_inside_a_stroke(self) -> None:
        assert named(judged(GOOD, Anchor(4, ANCHOR.head))) == 4


class TestSpelling:
    """Parsers forgive: what is not canonical is refused, its hash right or not."""

    @pytest.mark.parametrize(
        "body",
        [
            b'{"a":1,"a":2}',
            b'{"b":1,"a":2}',
            b'{"a":1.0}',
            b'{"a":1.5}',
            b'{"a":1e2}',
            b'{"a": 1}',
            b'{"a":1} ',
            b'{"a":"\\u00e9"}',
            b'{"a":"e\xcc\x81"}',
            b'{"\xc3\xa9":1}',
            b'{"a":9007199254740992}',
            b'{"a":"\\ud800"}',
            b'[{"a":1}]',
            b"[]",
            b'[{"a":1}, {"b":1}]',
            b'[{"a":1},2]',
            b'[{"a":1},{"b":1.5}]',
            b"null",
            b"",
            b'{"a":' + b"[" * 40 + b"]" * 40 + b"}",
        ],
    )
    @pytest.mark.parametrize("more", [True, False])
    def test_refused(self, body: bytes, more: bool) -> None:
        head = chain.link(ANCHOR.head, body)
        data = GOOD + b"%b %b\n" % (head.encode(), body)
        if more:
            data += chain.line(head, [b'{"type":"X"}'])[1]

        reading = judged(data)

        assert reading.verdict is Verdict.TAMPERED
        assert named(reading) == 8
        assert reading.count == 7


class TestFuzz:
    """Fuzzing the reader: a reading or one of our errors, nothing raw."""

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.binary(max_size=400), st.integers(0, len(GOOD)), st.integers(0, 400))
    def test_bytes_put_anywhere(self, junk: bytes, at: int, over: int) -> None:
        self.reads(GOOD[:at] + junk + GOOD[at + over :])

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(st.lists(st.sampled_from(LINES) | st.binary(max_size=90), max_size=8))
    def test_lines_in_any_order(self, lines: list[bytes]) -> None:
        self.reads(b"".join(lines))

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text() | st.floats(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        )
    )
    def test_a_well_chained_line_of_anything(self, value: object) -> None:
        body = msgspec.json.encode(value)
        head = chain.link(ANCHOR.head, body)
        self.reads(GOOD + b"%b %b\n" % (head.encode(), body))

    @staticmethod
    def reads(data: bytes) -> None:
        try:
            reading = judged(data)
        except JuryError:
            return
        assert (data == GOOD[: len(data)] or reading.verdict is not Verdict.CLEAN) or (
            data.startswith(GOOD)
        )
        # What opens to be written is what reads clean, or torn and then repaired.
        disk = FakeDisk({str(PATH): data}, ("/", "/s-1"))
        if reading.fault is None:
            with Register.open(PATH, disk=disk) as register:
                assert reading.records == register.records
            return
        with pytest.raises(BrokenChainError) as refusal:
            Register.open(PATH, disk=disk)
        assert reading.fault.act == refusal.value.act


class TestSeveralStrokes:
    """A reader in pieces says what a reader of the whole says."""

    def test_in_pieces(self) -> None:
        choose = random.Random(5)
        for _ in range(50):
            at = choose.randrange(len(LINES[0]), len(GOOD))
            first = chain.scan(GOOD[:at])
            rest = chain.scan(
                GOOD[first.size :],
                session_id=first.session_id,
                head=first.head,
                count=len(first.bodies),
            )

            assert judged(GOOD).bodies == first.bodies + rest.bodies
