"""The workbook: the same bytes, text that stays text, pages that print."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jury_tui.errors import ExportError, SignatureError
from jury_tui.i18n import set_language
from jury_tui.minutes import layout, metrics, paper
from jury_tui.minutes.comparison import compare
from jury_tui.minutes.content import Cell, Minutes
from jury_tui.minutes.document import minutes
from jury_tui.minutes.workbook import rendered, workbook
from jury_tui.session.folding import replay
from tests.support import sessions

HOSTILE = (
    "=1+1",
    "+33 1 23",
    "-2",
    "@SUM(A1)",
    '=HYPERLINK("http://evil.test")',
    "Durand [/]",
    "_x0041_bc",
    " bords ",
    "<b>&amp;</b>",
    "noms\u202e inversés",
    "日本",
    "bell\x07 nul\x00",
    "\ud800",
    "x" * 5000,
)


def of(*, hostile: tuple[str, ...] = ()) -> Minutes:
    people = list(sessions.candidates())
    for rank, name in enumerate(hostile):
        at = rank % len(people)
        people[at] = replace(people[at], given_names=name, birth_place=name)
    acts = sessions.preparing(files=people) if hostile else sessions.acts()
    session = replay(acts)
    return minutes(session, code=sessions.CODE, head=sessions.HEAD, count=session.count)


@pytest.fixture(scope="module")
def made() -> Minutes:
    set_language("fr")
    return of()


@pytest.fixture(scope="module")
def data(made: Minutes) -> bytes:
    return workbook(made)


@pytest.fixture(scope="module")
def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def pages(book: openpyxl.Workbook) -> list[Any]:
    """The sheets, typed loosely: the library's stubs make everything optional."""
    return list(book)


class TestBytes:
    """“Deterministic export: the same register gives the same bytes.”"""

    def test_twice_the_same(self, made: Minutes, data: bytes) -> None:
        assert data == workbook(made)

    def test_whatever_the_hash_seed_and_the_day(self, data: bytes) -> None:
        program = (
            "import hashlib; from tests.support import sessions as s;"
            "from jury_tui.minutes.document import minutes;"
            "from jury_tui.minutes.workbook import workbook;"
            "m = minutes(s.session(), code=s.CODE, head=s.HEAD, count=len(s.acts()));"
            "print(hashlib.sha256(workbook(m)).hexdigest())"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland"},
        )

        assert hashlib.sha256(data).hexdigest() == done.stdout.strip()

    def test_it_bears_the_register_s_own_date(self, data: bytes) -> None:
        core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml").decode()

        assert core.count("2008-06-12T10:00:00Z") == 2

    def test_no_link_and_nothing_outside(self, data: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in archive.namelist():
            content = archive.read(name)
            assert b"<hyperlink" not in content
            assert b'TargetMode="External"' not in content

    def test_minutes_with_blanks_are_refused(self) -> None:
        with pytest.raises(ExportError, match="ne peut pas encore être publié"):
            workbook(of(hostile=("x",)))


class TestCells:
    def test_dates_and_times_are_real(self, book: openpyxl.Workbook) -> None:
        born = book["Candidats"]["E5"]
        arrived = book["Émargement"]["E6"]

        assert born.value.date() == dt.date(1971, 3, 9)
        assert born.number_format == "dd/mm/yyyy"
        assert arrived.value == dt.time(8, 50)
        assert arrived.number_format == "hh:mm"

    def test_numbers_are_numbers(self, book: openpyxl.Workbook) -> None:
        assert book["Décisions"]["F5"].value == 7

    def test_hostile_text_is_text(self) -> None:
        data = rendered(of(hostile=HOSTILE[:6]))
        sheet = openpyxl.load_workbook(io.BytesIO(data))["Candidats"]
        cells = [sheet.cell(5 + n, 4) for n in range(6)]

        assert [c.data_type for c in cells] == ["s"] * 6
        assert [c.value for c in cells] == list(HOSTILE[:6])
        assert [c.quotePrefix for c in cells] == [True] * 5 + [False]

    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_every_hostile_text_is_written_and_read_back(self, hostile: str) -> None:
        document = of(hostile=(hostile,))

        assert compare(document, rendered(document)) == ()

    @settings(max_examples=25, deadline=None)
    @given(st.text(max_size=60))
    def test_any_text(self, text: str) -> None:
        document = of(hostile=(text or "-",))

        assert compare(document, rendered(document)) == ()

    @pytest.mark.parametrize(
        ("name", "taken", "expected"),
        [
            ("Décisions", [], "Décisions"),
            ("a/b:c", [], "a b c"),
            ("x" * 40, [], "x" * 31),
            ("Un", ["un"], "Un 2"),
            ("", [], "-"),
        ],
    )
    def test_sheet_names_are_safe(
        self, name: str, taken: list[str], expected: str
    ) -> None:
        assert layout._name(name, taken) == expected


class TestPages:
    """“It prints on A4 as it should (print areas, titles repeated, landscape)”."""

    def test_the_sheets(self, book: openpyxl.Workbook) -> None:
        assert book.sheetnames == [
            "Procès-verbal",
            "Émargement",
            "Candidats",
            "Décisions",
            "Constats",
            "Fiche technique",
        ]

    def test_a4_fitted_to_the_width(self, book: openpyxl.Workbook) -> None:
        for sheet in pages(book):
            assert str(sheet.page_setup.paperSize) == "9"
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert sheet.page_setup.fitToWidth == 1
            assert sheet.page_setup.fitToHeight == 0
            area = sheet.print_area.replace("$", "")
            assert area.endswith(f"{sheet.max_row}")

    def test_landscape_where_wide_and_headers_repeated(
        self, book: openpyxl.Workbook
    ) -> None:
        wide = {s.title: s.page_setup.orientation == "landscape" for s in book}

        assert wide["Décisions"]
        assert wide["Émargement"]
        assert not wide["Procès-verbal"]
        assert book["Décisions"].print_title_rows == "$4:$4"
        assert book["Décisions"]["A4"].value == "Candidat"

    def test_page_numbers_and_the_minutes_number(self, book: openpyxl.Workbook) -> None:
        for sheet in pages(book):
            assert sheet.oddHeader.right.text == "N°\u00a0CNAM-2008-1"
            assert sheet.oddFooter.right.text == "Page &P sur &N"
            assert sessions.CODE in sheet.oddFooter.left.text

    def test_signature_boxes_are_tall(self, book: openpyxl.Workbook) -> None:
        sheet = book["Émargement"]
        heights = [
            sheet.row_dimensions[row].height for row in range(6, sheet.max_row + 1)
        ]

        assert len(heights) == 13
        assert min(heights) >= 28

    def test_thirteen_sign_on_one_page(self, made: Minutes) -> None:
        """The last row stood alone on a second page."""
        sheet = next(s for s in layout.sheets(made) if s.name == "Émargement")
        high = sum(line.height for line in sheet.lines())
        assert high <= paper.USABLE[True]

    def test_what_is_long_is_never_bold(self, made: Minutes) -> None:
        """A decision’s reasons, in bold, took a page of the annex for a candidate."""
        sheet = next(s for s in layout.sheets(made) if s.page.key == "decisions")
        looks = {
            placed.look: len(placed.value)
            for line in sheet.lines()
            for placed in line.cells
            if isinstance(placed.value, str) and placed.look.startswith("text_")
        }
        assert looks[paper.Look.TEXT_TOLD] > 60 >= looks[paper.Look.TEXT_STRONG]

    def test_text_fits_its_row(self, made: Minutes) -> None:
        for sheet in layout.sheets(made):
            for line in sheet.lines():
                for placed in line.cells:
                    if isinstance(placed.value, str) and placed.look in (
                        "text",
                        "text_told",
                    ):
                        room = sum(sheet.widths[placed.column - 1 :][: placed.span])
                        lines = metrics.lines(placed.value, room, 9)
                        assert len(lines) * 11 <= line.height

    def test_a_long_reason_goes_on_in_another_row(self) -> None:
        document = of(hostile=("mot " * 1000,))
        sheet = next(s for s in layout.sheets(document) if s.page.key == "candidates")
        lines = list(sheet.lines())

        assert len(lines) > 6 + len(sheet.top)
        assert max(line.height for line in lines) < 300

    def test_pages_of_a_flow_are_never_too_high(self, made: Minutes) -> None:
        for sheet in layout.sheets(made):
            if sheet.header:
                continue
            used = 0.0
            for line in sheet.lines():
                used = line.height if line.breaks else used + line.height
                assert used <= 720

    @pytest.mark.debian
    def test_libreoffice_makes_pages_of_it(self, data: bytes, tmp_path: Path) -> None:
        if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
            pytest.skip("needs LibreOffice and poppler-utils")
        (tmp_path / "pv.xlsx").write_bytes(data)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(tmp_path),
                str(tmp_path / "pv.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        pages = subprocess.run(
            ["pdftotext", "-layout", str(tmp_path / "pv.pdf"), "-"],
            check=True,
            capture_output=True,
        ).stdout.decode()

        assert len(re.findall(r"Page \d+ sur \d+", pages)) >= 10
        assert "Erreur" not in pages
        assert "###" not in pages


class TestMetrics:
    @given(st.text(alphabet="abc éW.-", max_size=200), st.integers(4, 80))
    def test_no_word_is_lost(self, text: str, room: int) -> None:
        lines = metrics.lines(text, room, 9)

        assert "".join(lines).replace(" ", "") == text.replace(" ", "")

    def test_wide_letters_are_wider(self) -> None:
        assert metrics.width("WWW", 10) > metrics.width("iii", 10)
        assert metrics.width("é", 10) == metrics.width("e", 10)


class TestComparison:
    """“*faithful* (the workbook says what the register says; each difference…)”."""

    def changed(self, data: bytes, part: str, old: str, new: str) -> bytes:
        source = zipfile.ZipFile(io.BytesIO(data))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as out:
            for info in source.infolist():
                content = source.read(info).decode()
                if info.filename == part:
                    assert old in content
                    content = content.replace(old, new, 1)
                out.writestr(info.filename, content)
        return target.getvalue()

    def test_the_minutes_are_faithful(self, made: Minutes, data: bytes) -> None:
        assert compare(made, data) == ()

    def test_english_too(self) -> None:
        set_language("en")
        document = of()

        assert compare(document, workbook(document)) == ()

    @pytest.mark.parametrize(
        ("old", "new", "cell", "found"),
        [
            ("validation partielle", "validation totale", "D12", "validation totale"),
            ("<v>7</v>", "<v>8</v>", "F5", "8"),
            ("<v>7</v>", "<f>3+4</f><v>7</v>", "F5", "une formule"),
            (' t="inlineStr"><is><t>LEROY Samira</t></is></c>', "></c>", "A5", ""),
        ],
    )
    def test_a_changed_cell_is_named(
        self, made: Minutes, data: bytes, old: str, new: str, cell: str, found: str
    ) -> None:
        hostile = self.changed(data, "xl/worksheets/sheet4.xml", old, new)
        differences = compare(made, hostile)

        assert [(d.sheet, d.cell, d.found) for d in differences] == [
            ("Décisions", cell, found)
        ]
        assert cell in differences[0].sentence

    def test_a_cell_too_many(self, made: Minutes, data: bytes) -> None:
        extra = '<row r="900"><c r="B900" t="str"><v>en plus</v></c></row></sheetData>'
        hostile = self.changed(data, "xl/worksheets/sheet4.xml", "</sheetData>", extra)

        assert [(d.cell, d.found) for d in compare(made, hostile)] == [
            ("B900", "en plus")
        ]

    @pytest.mark.parametrize(
        ("part", "old", "new"),
        [
            ("xl/worksheets/sheet4.xml", '<row r="9"', '<row hidden="1" r="9"'),
            ("xl/worksheets/sheet4.xml", '<row r="9" ht="', '<row r="9" ht="0.1" x="'),
            ("xl/worksheets/sheet4.xml", "<col ", '<col hidden="1" '),
            ("xl/workbook.xml", 'state="visible"', 'state="veryHidden"'),
            ("xl/workbook.xml", 'name="Constats"', 'name="Autre"'),
            ("xl/styles.xml", 'formatCode="dd/mm/yyyy"', 'formatCode="mm/dd/yyyy"'),
            (
                "xl/styles.xml",
                'formatCode="dd/mm/yyyy"',
                'formatCode="&quot;01/01/2000&quot;"',
            ),
        ],
    )
    def test_what_a_reader_would_not_see(
        self, made: Minutes, data: bytes, part: str, old: str, new: str
    ) -> None:
        assert compare(made, self.changed(data, part, old, new))

    def test_another_register_s_minutes_differ(self, data: bytes) -> None:
        session = sessions.session(number="CNAM-2008-7")
        other = minutes(session, code=sessions.CODE, head="0" * 64, count=session.count)
        cells = {d.sheet for d in compare(other, data)}

        assert "Fiche technique" in cells

    def test_a_library_that_saves_it_again_is_still_faithful(
        self, made: Minutes, book: openpyxl.Workbook
    ) -> None:
        buffer = io.BytesIO()
        book.save(buffer)

        assert compare(made, buffer.getvalue()) == ()

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_any_damage_gives_differences_or_a_refusal(
        self, made: Minutes, data: bytes, drawn: st.DataObject
    ) -> None:
        at = drawn.draw(st.integers(0, len(data) - 1))
        byte = drawn.draw(st.integers(0, 255))
        hostile = data[:at] + bytes([byte]) + data[at + 1 :]
        with contextlib.suppress(SignatureError):
            compare(made, hostile)

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_any_damage_inside_a_part(
        self, made: Minutes, data: bytes, drawn: st.DataObject
    ) -> None:
        source = zipfile.ZipFile(io.BytesIO(data))
        part = drawn.draw(st.sampled_from(source.namelist()))
        content = bytearray(source.read(part))
        for _ in range(drawn.draw(st.integers(1, 4))):
            at = drawn.draw(st.integers(0, len(content) - 1))
            content[at] = drawn.draw(st.sampled_from(b'<>"0x9=&/ -a'))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as out:
            for name in source.namelist():
                kept = bytes(content) if name == part else source.read(name)
                out.writestr(name, kept)
        with contextlib.suppress(SignatureError):
            compare(made, target.getvalue())


def test_serials_are_those_of_spreadsheets() -> None:
    values: list[tuple[Cell, float]] = [
        (dt.date(1900, 3, 1), 61),
        (dt.date(2008, 6, 12), 39611),
        (dt.time(12), 0.5),
    ]

    for value, expected in values:
        assert isinstance(value, (dt.date, dt.time))
        assert expected == paper.serial(value)
