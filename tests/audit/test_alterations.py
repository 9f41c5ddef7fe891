"""Bytes that were changed, by whatever means, are never reported as intact.

By chance each time; ``JURY_TUI_LONG=1`` goes through every byte and every act.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury_tui.audit import Report, Verdict, audit
from jury_tui.audit.folder import audit_folder
from jury_tui.audit.report import Severity
from jury_tui.demo import FINISHED, READY
from jury_tui.errors import BrokenChainError, UnreadableRegisterError
from jury_tui.register import chain
from jury_tui.register.chain import Anchor, scan
from jury_tui.register.record import Record
from tests.support.forging import NOW, Acts, audited, changed, forged, lines_of
from tests.support.lengths import LONG

EXAMPLES = 150
CHANGES = ("dropped", "swapped", "twice", "inserted", "spliced")


class Demonstration(NamedTuple):
    """The demonstration's register: its bytes, its lines, the acts of each."""

    data: bytes
    lines: list[bytes]
    first: list[int]
    last: list[int]

    @classmethod
    def of(cls, data: bytes) -> Demonstration:
        lines = data.splitlines(keepends=True)
        first: list[int] = []
        last: list[int] = []
        for line in lines:
            held = json.loads(line[65:])
            first.append(last[-1] + 1 if last else 1)
            last.append(first[-1] + (len(held) if isinstance(held, list) else 1) - 1)
        return cls(data, lines, first, last)

    @property
    def anchor(self) -> Anchor:
        return scan(self.data).anchor

    def line_of(self, place: int) -> int:
        """The line in which a byte is, from 0."""
        return self.data.count(b"\n", 0, place)


@pytest.fixture(scope="session", params=["as it lies", "act by act"])
def demonstration(
    request: pytest.FixtureRequest, strokes: bytes, register: bytes
) -> Demonstration:
    """As it lies on the disk, many acts a line; and as if typed act by act."""
    return Demonstration.of(strokes if request.param == "as it lies" else register)


@pytest.fixture(scope="session")
def others(acts: Acts) -> list[bytes]:
    """The lines of another session that is its twin."""
    return lines_of([{**acts[0], "session": "demo-autre"}, *acts[1:]])


def blamed(report: Report) -> list[int | None]:
    """The acts named by what is not a mere note."""
    return [f.act for f in report.findings if f.severity.value in ("altered", "breach")]


def named(data: bytes, act: int, *, anchors: tuple[Anchor, ...] = ()) -> None:
    """What was altered is said to be, with the act."""
    report = audited(data, anchors=anchors)
    assert report.verdict in (Verdict.ALTERED, Verdict.UNREADABLE)
    if report.verdict is Verdict.ALTERED:
        assert act in blamed(report)
    else:  # the session's own name is gone: no line of it can be judged
        assert act == 1


def altered(
    lines: list[bytes], number: int, change: str, others: list[bytes]
) -> list[bytes]:
    """The lines with one of them, from 0, dropped, swapped, doubled …"""
    before, line, after = lines[:number], lines[number], lines[number + 1 :]
    match change:
        case "dropped":
            return [*before, *after]
        case "swapped":
            return [*before, *after[:1], line, *after[1:]]
        case "twice":
            return [*before, line, line, *after]
        case "inserted":
            return [*before, others[number % len(others)], line, *after]
        case _:
            return [*before, *others[number:]]


def changes(lines: list[bytes]) -> Iterator[tuple[int, str]]:
    """Every change of every line; the first and the last as far as it is one."""
    for number in range(len(lines)):
        for change in CHANGES:
            if change == "spliced" and number == 0:
                continue  # the other register, whole: see the older copies
            if change == "swapped" and number == len(lines) - 1:
                continue
            yield number, change


class TestEveryAlterationIsNamedWithItsAct:
    """« Every single-byte change, dropped, swapped, duplicated, inserted act, cut
    tail, older copy, spliced file of the demonstration's register is named, in a
    property test, with the act » (issue 4).
    """

    @settings(max_examples=EXAMPLES, deadline=None)
    @given(place=st.integers(0, 2**20), value=st.integers(1, 255))
    def test_a_byte_changed(
        self, demonstration: Demonstration, place: int, value: int
    ) -> None:
        self.byte(demonstration, place % len(demonstration.data), value)

    @pytest.mark.skipif(not LONG, reason="JURY_TUI_LONG: every byte")
    def test_every_byte_changed(self, demonstration: Demonstration) -> None:
        choose = random.Random(7)
        for place in range(len(demonstration.data)):
            self.byte(demonstration, place, choose.randint(1, 255))

    @pytest.mark.skipif(not LONG, reason="JURY_TUI_LONG: every byte")
    def test_every_byte_changed_otherwise(self, demonstration: Demonstration) -> None:
        """The reader alone, of which the audit takes the act, for more values."""
        data, first = bytearray(demonstration.data), demonstration.first
        anchor = demonstration.anchor
        for place, byte in enumerate(demonstration.data):
            act = first[demonstration.line_of(place)]
            for other in {0, 10, 34, 255, byte ^ 1, byte ^ 32} - {byte}:
                data[place] = other
                found = scan(bytes(data))
                doubted = found.fault.act if found.fault else None
                if doubted is None:  # in the last line only the anchor is sure
                    assert found.anchor.count < anchor.count
                    doubted = found.anchor.count + 1
                assert act == doubted, (place, other)
            data[place] = byte

    @staticmethod
    def byte(of: Demonstration, place: int, value: int) -> None:
        data = bytearray(of.data)
        data[place] ^= value
        named(bytes(data), of.first[of.line_of(place)], anchors=(of.anchor,))

    @pytest.mark.parametrize("change", CHANGES)
    def test_a_line_changed(
        self, demonstration: Demonstration, others: list[bytes], change: str
    ) -> None:
        lines, anchor = demonstration.lines, demonstration.anchor
        each = [number for number, which in changes(lines) if which == change]
        for number in each if LONG else each[:3] + each[-3:] + each[3:-3:9]:
            data = b"".join(altered(lines, number, change, others))
            act = demonstration.first[number]
            if change == "twice":
                act = demonstration.last[number] + 1
            elif change == "inserted" and number == 0:
                act = 2  # the first is the other's, and names the session
            named(data, act, anchors=(anchor,))

    @settings(max_examples=EXAMPLES if not LONG else 4000, deadline=None)
    @given(number=st.integers(0, 2**20), change=st.sampled_from(CHANGES[:4]))
    def test_an_act_changed_inside_its_line(
        self, strokes: bytes, acts: Acts, number: int, change: str
    ) -> None:
        of = Demonstration.of(strokes)
        at = number % len(acts)
        line = next(n for n, last in enumerate(of.last) if at < last)
        parts = [json.dumps(act, sort_keys=True).encode() for act in acts]
        held = [chain.entries(text[65:-1]) for text in of.lines]
        inside = held[line]
        place = at + 1 - of.first[line]
        after = altered(inside, place, change, parts)
        body = chain.together(after) if after else b""
        if body == chain.together(inside):
            return
        whole = b"%b %b\n" % (of.lines[line][:64], body)
        data = b"".join([*of.lines[:line], whole, *of.lines[line + 1 :]])
        named(data, of.first[line], anchors=(of.anchor,))


class TestWhatTheChainAloneCannotSee:
    """Its end cut, an older copy, a chain made again: what was remembered names it."""

    def test_the_end_cut(self, demonstration: Demonstration) -> None:
        lines = demonstration.lines
        for kept in range(1, len(lines), 1 if LONG else 7):
            data = b"".join(lines[:kept])
            named(data, demonstration.first[kept], anchors=(demonstration.anchor,))

    @settings(max_examples=EXAMPLES if not LONG else 4000, deadline=None)
    @given(size=st.integers(0, 2**20))
    def test_the_end_cut_anywhere(
        self, demonstration: Demonstration, size: int
    ) -> None:
        size %= len(demonstration.data)
        act = demonstration.first[demonstration.line_of(size)]
        named(demonstration.data[:size], act, anchors=(demonstration.anchor,))

    @settings(max_examples=EXAMPLES if not LONG else 2000, deadline=None)
    @given(number=st.integers(0, 2**20), change=st.sampled_from(CHANGES[:4]))
    def test_the_chain_made_again(
        self, register: bytes, acts: Acts, number: int, change: str
    ) -> None:
        # With the hashes right, only what is remembered knows that it was otherwise.
        anchor = scan(register).anchor
        at = 1 + number % (len(acts) - 1)
        bodies = [line[65:-1] for line in lines_of(acts)]
        after = altered(bodies, at, change, bodies)
        if after[: len(bodies)] == bodies:
            return  # an act after the last one: a register grows
        data = _chained(after, acts[0]["session"])
        act = len(after) + 1 if len(after) < len(bodies) else anchor.count
        named(data, act, anchors=(anchor,))

    def test_as_it_lies_in_its_folder(self, sessions: Path, tmp_path: Path) -> None:
        """The list of anchors beside the sessions is asked, and no other memory."""
        copy = tmp_path / "sessions"
        shutil.copytree(sessions, copy)
        path = copy / FINISHED / "acts.jsonl"
        whole = Demonstration.of(path.read_bytes())
        assert Verdict.INTACT is audit(path, now=NOW).verdict

        for kept in range(1, len(whole.lines)):
            path.write_bytes(b"".join(whole.lines[:kept]))
            report = audit(path, now=NOW)
            assert Verdict.ALTERED is report.verdict
            assert whole.first[kept] in blamed(report)
        shutil.copyfile(copy / READY / "acts.jsonl", path)
        assert Verdict.ALTERED is audit(path, now=NOW).verdict

    def test_a_folder_renamed_hides_no_cut(
        self, sessions: Path, tmp_path: Path
    ) -> None:
        folder = tmp_path / "sessions"
        shutil.copytree(sessions, folder)
        moved = (folder / FINISHED).rename(folder / "jury de juin")
        assert Verdict.INTACT is audit(moved, now=NOW).verdict
        whole = Demonstration.of((moved / "acts.jsonl").read_bytes())
        (moved / "acts.jsonl").write_bytes(b"".join(whole.lines[:-1]))

        for report in (audit(moved, now=NOW), audit_folder(folder, now=NOW).reports[1]):
            assert Verdict.ALTERED is report.verdict
            assert whole.first[-1] in blamed(report)
        with pytest.raises(BrokenChainError) as refusal:
            Record.open(moved)
        assert whole.first[-1] == refusal.value.act

    def test_a_cut_inside_the_last_act_is_said(self, register: bytes) -> None:
        report = audited(register[:-20])
        assert Verdict.IRREGULAR is report.verdict
        assert "format" == report.findings[0].check


class TestOneFaultIsSaidOnce:
    """An act that is damaged was said to be missing too, and what is known of it stood
    as one more finding."""

    @pytest.mark.parametrize("line", [-1, 3])
    def test_a_damaged_act_is_not_missing(
        self, demonstration: Demonstration, line: int
    ) -> None:
        lines = list(demonstration.lines)
        lines[line] = lines[line][:-9] + b"~" + lines[line][-8:]
        data, act = b"".join(lines), demonstration.first[line]
        report = audited(data, anchors=[demonstration.anchor])
        found = [f for f in report.findings if f.act is not None and f.act >= act]
        assert [(f.act, f.severity) for f in found] == [(act, Severity.ALTERED)]
        assert "il manque" not in found[0].text

    def test_what_else_is_known_stands_with_it(
        self, demonstration: Demonstration, tmp_path: Path
    ) -> None:
        path = tmp_path / FINISHED / "acts.jsonl"
        path.parent.mkdir()
        lines = list(demonstration.lines)
        path.write_bytes(b"".join([*lines[:3], lines[3].lower(), *lines[4:]]))
        said = audit(path, now=NOW).of("chain")
        assert [f.act for f in said] == [demonstration.first[3]]
        assert f"l’acte {demonstration.last[2]}\N{NO-BREAK SPACE}:" in said[0].observed

    def test_an_end_that_was_cut_is_missing(self, demonstration: Demonstration) -> None:
        data = b"".join(demonstration.lines[:-1])
        report = audited(data, anchors=[demonstration.anchor])
        said = report.of("anchors")
        assert [f.act for f in said] == [demonstration.first[-1]]
        assert "il manque" in said[0].text


class TestWhatIsNoAlteration:
    """Neither accused nor excused."""

    @pytest.mark.parametrize(
        ("number", "change", "words"),
        [
            (1, {"format": 2}, "format 2"),
            (9, {"type": "LidShut"}, "LidShut"),
            (126, {"type": "LidShut"}, "LidShut"),
            (9, {"novelty": 1}, "novelty"),
        ],
    )
    def test_a_later_version_is_refused_with_a_sentence(
        self,
        acts: Acts,
        number: int,
        change: dict[str, object],
        words: str,
        tmp_path: Path,
    ) -> None:
        """« unknown later acts are refused with a sentence, never skipped »"""
        data = forged(changed(acts, number, lambda act: act.update(change)))
        path = tmp_path / FINISHED / "acts.jsonl"
        path.parent.mkdir()
        path.write_bytes(data)
        report = audited(data)

        assert Verdict.UNREADABLE is report.verdict
        assert any(words in f.text and f.act == number for f in report.findings)
        for write in (True, False):
            with pytest.raises(UnreadableRegisterError, match=words):
                Record.open(path, write=write)
        assert data == path.read_bytes()

    def test_nothing_or_something_else_is_unreadable(self) -> None:
        for data in (b"", b"\n", b"{}\n", b"PK\3\4" * 100, bytes(5000)):
            assert Verdict.UNREADABLE is audited(data).verdict

    def test_as_it_is_it_is_intact(self, demonstration: Demonstration) -> None:
        report = audited(demonstration.data, anchors=[demonstration.anchor])
        assert (Verdict.INTACT, []) == (report.verdict, blamed(report))

    def test_act_by_act_it_says_the_same(self, register: bytes, acts: Acts) -> None:
        assert forged(acts) == register


def _chained(bodies: list[bytes], session: str) -> bytes:
    head, data = chain.start(session), b""
    for body in bodies:
        head, line = chain.line(head, [body])
        data += line
    return data
