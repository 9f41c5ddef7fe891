"""The package: the same content gives the same bytes, and hostile zips are refused."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury_tui.signing import archive
from jury_tui.signing import package as opc
from jury_tui.signing.archive import PackageError
from jury_tui.signing.package import Package, Relationship, normalise
from tests.support import workbooks

CREATED = dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def raw(target: str = "https://example.org/?a=1&b=2") -> bytes:
    """A workbook straight from the spreadsheet library, which reads the clock."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "Procès-verbal"
    sheet["A1"].hyperlink = target
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class TestNormalise:
    """ "The same register gives the same bytes, on any day and machine." (issue 5)"""

    def test_the_same_bytes(self) -> None:
        first, again = raw(), raw()
        assert normalise(first, CREATED) == normalise(again, CREATED)

    def test_zip_dates_order_and_compression_do_not_matter(self) -> None:
        source = raw()
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as file:
            for name, entry in reversed(archive.read(source).items()):
                file.writestr(zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6)), entry.data)
        assert normalise(source, CREATED) == normalise(buffer.getvalue(), CREATED)

    def test_nothing_depends_on_the_compressor(self) -> None:
        entries = archive.read(normalise(raw(), CREATED)).values()
        assert {0} == {entry.method for entry in entries}

    def test_twice_is_once(self) -> None:
        once = normalise(raw(), CREATED)
        assert once == normalise(once, CREATED)

    def test_times_are_those_given_in_utc(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(normalise(raw(), CREATED)))
        wanted = dt.datetime(2026, 3, 1, 8, 30)  # noqa: DTZ001 - the library's are naive
        assert (wanted, wanted) == (book.properties.created, book.properties.modified)

    def test_content_is_kept(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(normalise(raw(), CREATED)))
        cell = book.worksheets[0]["A1"]
        assert cell.value == "Procès-verbal"
        assert cell.hyperlink is not None
        assert cell.hyperlink.target == "https://example.org/?a=1&b=2"

    def test_relationships_without_white_space(self) -> None:
        package = Package.read(normalise(raw(), CREATED))
        rels = [package.data(name) for name in package.rels_parts]
        assert [0] * len(rels) == [opc.has_text(data, "x") for data in rels]

    def test_not_a_workbook(self) -> None:
        with pytest.raises(PackageError):
            normalise(b"rien", CREATED)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")))


class TestRelationships:
    """What is written is read back, whatever the link."""

    @given(st.lists(st.tuples(TEXT, TEXT, st.booleans()), max_size=5))
    def test_round_trip(self, facts: list[tuple[str, str, bool]]) -> None:
        links = tuple(
            Relationship("xl/workbook.xml", f"rId{n}", kind, target, external)
            for n, (kind, target, external) in enumerate(facts)
        )
        data = opc.write_relationships(links)
        assert links == opc.read_relationships(data, "xl/_rels/workbook.xml.rels")

    @pytest.mark.parametrize(
        ("source", "target", "part"),
        [
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl/workbook.xml", "/xl/styles.xml", "xl/styles.xml"),
            ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
            ("xl/workbook.xml", "../../../etc/passwd", "../../etc/passwd"),
        ],
    )
    def test_target(self, source: str, target: str, part: str) -> None:
        """One that leaves the package names no part that a package can hold."""
        assert part == Relationship(source, "rId1", "", target, external=False).part


def zipped(*parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in parts:
            file.writestr(name, data)
    return buffer.getvalue()


def code(data: bytes) -> str:
    with pytest.raises(PackageError) as caught:
        Package.read(data)
    assert str(caught.value)
    return caught.value.code


class TestHostileZip:
    """Every byte read is hostile; programs must not read one file two ways."""

    @pytest.mark.parametrize(
        "name",
        [
            "/xl/a.xml",
            "../a.xml",
            "xl/../a.xml",
            "xl//a.xml",
            "xl\\a.xml",
            "c:/a b.xml",
            "xl/a.",
            "xl/é.xml",
            "xl/%2e%2e/a.xml",
            "xl/%2Fa.xml",
            "xl/a%41.xml",
            "xl/\x1b[2J.xml",
            "[trash]/0000.dat",
        ],
    )
    def test_names(self, name: str) -> None:
        assert code(zipped((name, b"x"))) == "zip-name"

    def test_a_part_inside_a_part(self) -> None:
        assert code(zipped(("xl/a", b"x"), ("xl/a/b", b"y"))) == "zip-name"

    def test_two_names_for_one_entry(self) -> None:
        data = zipped(("xl/aaaa.xml", b"x"))
        at = data.index(b"xl/aaaa.xml")
        assert code(data[:at] + b"xl/bbbb.xml" + data[at + 11 :]) == "zip-malformed"

    def test_comment_at_the_end(self) -> None:
        data = zipped(("xl/a.xml", b"x"))
        lie = data[:-2] + b"\x04\x00abcd"
        assert code(lie) == "zip-malformed"

    def test_hidden_bytes_between_entries(self) -> None:
        one = archive.write([archive.stored("a.xml", b"x")])
        two = archive.write([archive.stored("b.xml", b"y")])
        assert code(one + two) == "zip-malformed"

    def test_encrypted(self) -> None:
        data = bytearray(zipped(("xl/a.xml", b"x")))
        for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            data[data.index(mark) + offset] |= 1
        assert code(bytes(data)) == "zip-method"

    def test_checksum(self) -> None:
        data = zipped(("xl/a.xml", b"xyzzy-content"))
        assert code(data.replace(b"xyzzy-", b"xyzzz-")) == "zip-malformed"

    def test_what_office_and_zip_programs_write_is_read(self) -> None:
        source = workbooks.plain()
        parts = [(name, entry.data) for name, entry in archive.read(source).items()]
        with_folder = zipped(("xl/", b""), *parts)
        assert Package.read(source).parts == Package.read(with_folder).parts


class TestLightness:
    """Verifying needs no spreadsheet library (and so starts fast)."""

    def test_imports(self) -> None:
        program = (
            "import sys, jury_tui.signing.verification, jury_tui.signing.signature, "
            "jury_tui.signing.companion, jury_tui.signing.keys, "
            "jury_tui.signing.pkcs11, jury_tui.signing.timestamp\n"
            "print(sorted({'openpyxl', 'textual', 'tinydb', 'pkcs11', "
            "'rfc3161_client'} & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "[]"
