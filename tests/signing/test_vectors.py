"""Files that other programs signed."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury_tui.signing import archive
from jury_tui.signing import package as opc
from jury_tui.signing.archive import PackageError
from jury_tui.signing.report import Answer
from jury_tui.signing.signature import UNSIGNED_TYPES, sign
from jury_tui.signing.verification import verify
from tests.support import tampering, workbooks
from tests.support.lengths import LONG
from tests.support.signers import signer

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "office-signed"
SIGNED = {
    "hello-world-signed-twice.docx": 2,
    "hello-world-signed.xlsx": 1,
    "ms-office-2010-signed.docx": 1,
    "office2007prettyPrintedRels.docx": 1,
}
SCALE = 40 if LONG else 1
_SAMPLES = ["ours", "ours-whole", *SIGNED]


@functools.cache
def vector(name: str) -> bytes:
    if name.startswith("ours"):
        return tampering.signed("p256", "p256", whole=name == "ours-whole")
    if not (VECTORS / name).exists():
        pytest.skip("no ../shared/vectors/office-signed")
    return (VECTORS / name).read_bytes()


class TestForeign:
    """ "Every Office-signed file … is judged rightly." (issue 5)"""

    @pytest.mark.parametrize("name", SIGNED)
    def test_intact_complete_and_weak(self, name: str) -> None:
        report = verify(vector(name))
        assert SIGNED[name] == len(report.signatures)
        assert (report.intact, report.complete) == (Answer.YES, Answer.YES)
        assert report.trusted == Answer.UNKNOWN
        assert all("SHA-1" in s.weak for s in report.signatures)
        assert all(s.signer and s.claimed_time for s in report.signatures)

    def test_unsigned(self) -> None:
        report = verify(vector("hello-world-unsigned.xlsx"))
        assert (report.signed, report.signatures, report.findings) == (False, (), ())
        assert report.intact == Answer.UNKNOWN

    def test_quirk_named(self) -> None:
        (found,) = verify(vector("office2007prettyPrintedRels.docx")).signatures
        assert {"rsa-without-null"} == {quirk.code for quirk in found.quirks}


class TestLibreOffice:
    """ "reads foreign signatures (Office's, LibreOffice's with its known quirk)"
    (issue 5). The file was signed by LibreOffice 7.4 with an invented person's key.
    """

    FILE = Path(__file__).parent / "data" / "signed-by-libreoffice-7.4.xlsx"

    def test_accepted_and_the_quirk_named(self) -> None:
        report = verify(self.FILE.read_bytes())
        assert report.accepted
        (found,) = report.signatures
        assert {"libreoffice-white-space"} == {quirk.code for quirk in found.quirks}
        assert (found.signer, found.weak) == ("DURAND Claire", ())

    @pytest.mark.parametrize(
        "name", ["cell_changed", "comment_injected", "content_type_changed"]
    )
    def test_the_quirk_forgives_nothing_else(self, name: str) -> None:
        change = {case.name: case.change for case in tampering.CORPUS}[name]
        assert not verify(change(self.FILE.read_bytes())).accepted

    def test_signed_by_another_person_here(self) -> None:
        data = sign(
            self.FILE.read_bytes(),
            signer(1),
            role="membre",
            place="",
            time=workbooks.MOMENT,
        )
        report = verify(data)
        assert report.accepted
        assert [s.signer for s in report.signatures] == ["DURAND Claire", "MARTIN Paul"]


def links(data: bytes, name: str) -> object:
    """What the links of a part mean; the identifiers of unsigned ones mean nothing."""
    try:
        found = opc.read_relationships(data, name)
    except PackageError:
        return None
    return sorted(
        ("" if link.type in UNSIGNED_TYPES else link.id, link.type, link.target)
        for link in found
    )


def judge_change(name: str, part: str, at: int, by: int) -> None:
    """One byte of one signed part changed: broken, or no change of meaning."""
    entries = archive.read(vector(name))
    before = entries[part].data
    index = at % len(before)
    after = bytearray(before)
    after[index] ^= by
    changed = entries | {part: archive.stored(part, bytes(after))}
    report = verify(archive.write(changed.values()))
    if opc.is_rels(part) and links(before, part) == links(bytes(after), part):
        return  # white space between links, signed by their values
    assert not report.accepted, (part, index, by)
    assert report.intact != Answer.YES or report.complete != Answer.YES


def signed_parts(name: str) -> list[str]:
    exempt = ("docProps/", "_xmlsignatures/", archive.CONTENT_TYPES)
    parts = [p for p in archive.read(vector(name)) if not p.startswith(exempt)]
    return sorted(part for part in parts if archive.read(vector(name))[part].data)


class TestEveryByte:
    """Judged rightly "after every single-byte change of a signed part" (issue 5)."""

    @pytest.mark.parametrize("name", _SAMPLES)
    @settings(max_examples=25 * SCALE, deadline=None)
    @given(st.data())
    def test_change_shows(self, name: str, data: st.DataObject) -> None:
        part = data.draw(st.sampled_from(signed_parts(name)))
        at, by = data.draw(st.integers(0, 10**6)), data.draw(st.integers(1, 255))
        judge_change(name, part, at, by)

    @pytest.mark.parametrize("name", _SAMPLES)
    @settings(max_examples=40 * SCALE, deadline=None)
    @given(st.data())
    def test_change_of_the_signature_itself(
        self, name: str, data: st.DataObject
    ) -> None:
        """The signature part: broken, or still saying the very same things.

        (Office 2007 names no certificate, so that only the chain vouches for it.)
        """
        entries = archive.read(vector(name))
        part = "_xmlsignatures/sig1.xml"
        before = entries[part].data
        after = bytearray(before)
        after[data.draw(st.integers(0, len(before) - 1))] ^= data.draw(
            st.integers(1, 255)
        )
        changed = entries | {part: archive.stored(part, bytes(after))}
        was, now = verify(vector(name)), verify(archive.write(changed.values()))
        if now.accepted:
            first, same = was.signatures[0], now.signatures[0]
            unbound = "unbound" in {quirk.code for quirk in first.quirks}
            assert unbound or first.fingerprint == same.fingerprint
            assert (first.role, first.claimed_time) == (same.role, same.claimed_time)
