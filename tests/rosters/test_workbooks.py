"""Lists in .xlsx files: real dates, formulas, sheets, and packages that harm."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from jury_tui.errors import RosterError
from jury_tui.rosters import Roster
from jury_tui.rules.people import Candidate, Member

Candidates = Callable[[Path | bytes], Roster[Candidate]]
Members = Callable[[Path | bytes], Roster[Member]]


def workbook(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    """A workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return written.getvalue()


HEADERS = ["Nom de naissance", "Prénom", "Date de naissance", "Dossier", "Heure"]
LEROY = ["Leroy", "Samira", dt.date(1974, 2, 14), 20080101, dt.time(9, 30)]
GOOD = workbook(("Liste", [HEADERS, LEROY]))


class TestAWorkbook:
    """.xlsx: real dates; formulas not evaluated."""

    def test_gives_real_dates_times_and_numbers(self, candidates: Candidates) -> None:
        (candidate,) = candidates(GOOD).people

        assert ("LEROY Samira", dt.date(1974, 2, 14), "20080101", "09:30") == (
            candidate.name,
            candidate.birth_date,
            candidate.file_number,
            candidate.time,
        )

    @pytest.mark.parametrize("cell", ["=A1", '=HYPERLINK("http://x")', "#REF!"])
    def test_does_not_evaluate(self, candidates: Candidates, cell: str) -> None:
        roster = candidates(workbook(("L", [HEADERS, [cell, "S", None, 1, None]])))

        assert [(f.line, f.column) for f in roster.faults] == [(2, "Nom de naissance")]

    def test_of_both_lists_gives_the_one_asked(
        self, candidates: Candidates, members: Members
    ) -> None:
        both = workbook(
            ("Membres", [["Nom", "Siège"], ["Durand", "president"]]),
            ("Candidats", [HEADERS, LEROY]),
        )

        assert [c.name for c in candidates(both).people] == ["LEROY Samira"]
        assert [m.name for m in members(both).people] == ["DURAND"]
        assert len(members(both).notes) == 1

    def test_numbers_lines_as_the_spreadsheet_does(
        self, candidates: Candidates
    ) -> None:
        rows: list[list[Any]] = [["Candidats"], [], HEADERS, [], LEROY, ["", "S"]]

        roster = candidates(workbook(("L", rows)))

        assert [row.line for row in roster.rows] == [5]
        assert [fault.line for fault in roster.faults] == [6]

    @pytest.mark.parametrize("lie", ["A1", "A1:XFD1048576", "A1:B1"])
    def test_may_lie_about_its_size(self, candidates: Candidates, lie: str) -> None:
        data = rewritten(
            GOOD,
            "xl/worksheets/sheet1.xml",
            lambda xml: xml.replace(b"A1:E2", lie.encode()),
        )

        assert [c.name for c in candidates(data).people] == ["LEROY Samira"]


class TestAHarmfulPackage:
    """Bounded rows, columns and size; zip bombs."""

    def test_that_unpacks_without_end_is_refused(self, candidates: Candidates) -> None:
        bomb = rewritten(GOOD, "xl/worksheets/sheet1.xml", lambda _: b" " * (65 << 20))

        with pytest.raises(RosterError, match="une fois décompressé"):
            candidates(bomb)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_that_defines_entities_is_refused(
        self, candidates: Candidates, encoding: str
    ) -> None:
        lol = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
        bad = rewritten(GOOD, "xl/workbook.xml", lambda _: lol.encode(encoding))

        with pytest.raises(RosterError, match="ne se lit pas comme un classeur"):
            candidates(bad)

    @pytest.mark.parametrize(
        "part",
        ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml",
         "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"],
    )  # fmt: skip
    @pytest.mark.parametrize("content", [b"", b"<", b"<a/>", b"\xff" * 40])
    def test_that_is_damaged_is_one_sentence(
        self, candidates: Candidates, part: str, content: bytes
    ) -> None:
        data = rewritten(GOOD, part, lambda _: content)
        try:
            roster = candidates(data)
        except RosterError:
            return

        assert roster.people or roster.faults

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.integers(0, len(GOOD) - 1), st.integers(1, 255), st.booleans())
    def test_never_gives_a_raw_error(
        self, candidates: Candidates, at: int, change: int, cut: bool
    ) -> None:
        data = bytearray(GOOD)
        data[at] ^= change

        with suppress(RosterError):
            candidates(bytes(data[:at] if cut else data))
