"""Packages that would take all memory are refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from jury_tui.signing import archive
from jury_tui.signing.verification import verify
from tests.fuzz.running import peak


class TestBombs:
    """ "sizes bounded, zip bombs refused" (issue 5)."""

    def refused(self, data: bytes) -> str:
        before = peak()
        report = verify(data)
        assert not report.readable
        assert peak() - before < 64
        return report.findings[0].code

    def zipped(self, *parts: tuple[str, bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            for name, data in parts:
                file.writestr(name, data)
        return buffer.getvalue()

    def test_ratio(self) -> None:
        data = self.zipped(("xl/bomb.xml", bytes(32 * 2**20)))
        assert self.refused(data) == "zip-bomb"

    def test_sum(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "MAX_EXPANDED", 8 * 2**20)
        parts = [(f"p{n}", bytes(2**20)) for n in range(9)]
        assert self.refused(self.zipped(*parts)) == "zip-bomb"

    def test_lying_sizes(self) -> None:
        data = self.zipped(("a.xml", bytes(2**20)))
        size = (2**20).to_bytes(4, "little")
        assert data.count(size) == 2
        lie = data.replace(size, (100).to_bytes(4, "little"))
        assert self.refused(lie) == "zip-malformed"

    def test_entries(self) -> None:
        parts = [(f"p{n}", b"") for n in range(5000)]
        assert self.refused(self.zipped(*parts)) == "zip-malformed"

    def test_entities(self) -> None:
        laughs = b"<!DOCTYPE a [<!ENTITY a 'ha'>]><a>&a;</a>"
        for content in (laughs, laughs.decode().encode("utf-16")):
            types = ("[Content_Types].xml", content)
            assert self.refused(self.zipped(types, ("a.xml", b"x"))).startswith("xml-")

    def test_deep_nesting(self) -> None:
        deep = b"<a>" * 100_000
        types = ("[Content_Types].xml", deep)
        assert self.refused(self.zipped(types, ("a.xml", b"x"))) == "xml-malformed"

    def test_no_package_at_all(self) -> None:
        for data in (b"", b"PK\5\6" + bytes(18), bytes(22), b"PK\3\4" * 9):
            assert not verify(data).accepted
