"""Bytes that were changed, by whatever means, are never reported as intact."""

from __future__ import annotations

import json
import random

import pytest

from jury_tui.audit import Report, Verdict
from jury_tui.register.chain import Anchor, scan
from tests.support.forging import Acts, audited, forged, lines_of
from tests.support.lengths import LONG


def spans(lines: list[bytes]) -> list[tuple[int, int]]:
    """First and last act of each line, from 1."""
    found, at = [], 1
    for line in lines:
        held = json.loads(line[65:])
        count = len(held) if isinstance(held, list) else 1
        found.append((at, at + count - 1))
        at += count
    return found


def blamed(report: Report) -> list[int | None]:
    """The acts named by what is not a mere note."""
    return [f.act for f in report.findings if f.severity.value in ("altered", "breach")]


class TestEveryAlterationIsNamedWithItsAct:
    """Every single-byte change, dropped, swapped, duplicated, inserted act, cut tail,
    older copy, spliced file of the demonstration's register is named, in a property
    test, with the act."""

    @pytest.mark.parametrize("kind", ["register", "strokes"])
    def test_a_byte_changed(self, kind: str, request: pytest.FixtureRequest) -> None:
        register: bytes = request.getfixturevalue(kind)
        lines = register.splitlines(keepends=True)
        first = [span[0] for span in spans(lines)]
        line_of = [n for n, line in enumerate(lines) for _ in line]
        choose = random.Random(7)
        places = (
            range(len(register))
            if LONG
            else sorted(choose.sample(range(len(register)), 150))
        )
        for place in places:
            value = choose.choice([b for b in range(256) if b != register[place]])
            data = register[:place] + bytes([value]) + register[place + 1 :]
            report = audited(data)
            assert report.verdict is not Verdict.INTACT, place
            if report.verdict is Verdict.UNREADABLE:
                assert 0 == line_of[place], place
            else:
                assert first[line_of[place]] in blamed(report), place

    def test_the_first_and_last_bytes_of_each_line(self, register: bytes) -> None:
        lines = register.splitlines(keepends=True)
        first = [span[0] for span in spans(lines)]
        at = 0
        for number, line in enumerate(lines):
            if LONG or number % 7 == 0 or number > len(lines) - 3:
                for place in (at, at + len(line) - 1):
                    data = bytearray(register)
                    data[place] ^= 1
                    report = audited(bytes(data))
                    assert report.verdict is not Verdict.INTACT, place
                    if report.verdict is not Verdict.UNREADABLE:
                        assert first[number] in blamed(report), place
            at += len(line)

    def test_a_line_dropped(self, register: bytes) -> None:
        lines = register.splitlines(keepends=True)
        first = [span[0] for span in spans(lines)]
        for number in range(1, len(lines) - 1, 1 if LONG else 5):
            report = audited(b"".join(lines[:number] + lines[number + 1 :]))
            assert Verdict.ALTERED is report.verdict
            assert first[number] in blamed(report)

    def test_two_lines_swapped(self, register: bytes) -> None:
        lines = register.splitlines(keepends=True)
        first = [span[0] for span in spans(lines)]
        for number in range(1, len(lines) - 2, 1 if LONG else 5):
            swapped = [*lines]
            swapped[number : number + 2] = swapped[number : number + 2][::-1]
            report = audited(b"".join(swapped))
            assert Verdict.ALTERED is report.verdict
            assert first[number] in blamed(report)

    def test_a_line_twice(self, register: bytes) -> None:
        lines = register.splitlines(keepends=True)
        ends = [span[1] for span in spans(lines)]
        for number in range(1, len(lines), 1 if LONG else 5):
            twice = [*lines[: number + 1], *lines[number:]]
            report = audited(b"".join(twice))
            assert report.verdict is not Verdict.INTACT
            assert ends[number] + 1 in blamed(report)

    def test_a_line_inserted(self, register: bytes, acts: Acts) -> None:
        lines = register.splitlines(keepends=True)
        first = [span[0] for span in spans(lines)]
        strange = lines_of([{**acts[0], "session": "other"}, acts[-1]])[1]
        for number in range(1, len(lines), 1 if LONG else 5):
            report = audited(b"".join([*lines[:number], strange, *lines[number:]]))
            assert report.verdict is not Verdict.INTACT
            assert first[number] in blamed(report)

    def test_another_session_spliced_on(self, register: bytes, acts: Acts) -> None:
        other = lines_of([{**acts[0], "session": "demo-autre"}, *acts[1:]])
        lines = register.splitlines(keepends=True)
        half = len(lines) // 2
        report = audited(b"".join(lines[:half] + other[half:]))
        assert Verdict.ALTERED is report.verdict
        assert spans(lines)[half][0] in blamed(report)

    @pytest.mark.parametrize("cut", [1, 3, 20, 60])
    def test_the_end_cut_is_named_by_the_anchor(
        self, register: bytes, cut: int
    ) -> None:
        whole = scan(register)
        lines = register.splitlines(keepends=True)
        report = audited(b"".join(lines[:-cut]), anchors=[whole.anchor])
        left = scan(b"".join(lines[:-cut]))
        assert Verdict.ALTERED is report.verdict
        assert len(left.bodies) + 1 in blamed(report)

    def test_an_older_copy_is_named_by_the_anchor(self, register: bytes) -> None:
        whole = scan(register)
        older = register[: len(register) * 2 // 3]
        older = older[: older.rfind(b"\n") + 1]
        report = audited(older, anchors=[Anchor(1, whole.heads[0]), whole.anchor])
        assert Verdict.ALTERED is report.verdict
        assert len(scan(older).bodies) + 1 in blamed(report)

    def test_the_end_rewritten_is_named_by_the_anchor(
        self, register: bytes, acts: Acts
    ) -> None:
        whole = scan(register)
        again = forged([*acts[:-1], {**acts[-1], "at": "2008-06-10T23:00:00+02:00"}])
        report = audited(again, anchors=[whole.anchor])
        assert Verdict.ALTERED is report.verdict
        assert whole.anchor.count in blamed(report)

    def test_a_cut_inside_the_last_act_is_said(self, register: bytes) -> None:
        report = audited(register[:-20])
        assert Verdict.IRREGULAR is report.verdict
        assert "format" == report.findings[0].check

    def test_nothing_or_something_else_is_unreadable(self) -> None:
        for data in (b"", b"\n", b"{}\n", b"PK\3\4" * 100, bytes(5000)):
            assert Verdict.UNREADABLE is audited(data).verdict

    def test_as_it_is_it_is_intact(self, register: bytes) -> None:
        report = audited(register, anchors=[scan(register).anchor])
        assert (Verdict.INTACT, []) == (report.verdict, blamed(report))
