"""Mutated packages: verdicts only, whatever the bytes."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from jury_tui.signing import archive
from jury_tui.signing import package as opc
from jury_tui.signing.package import Package
from jury_tui.signing.report import Report
from jury_tui.signing.signature import UNSIGNED_TYPES
from jury_tui.signing.verification import verify
from tests.support import tampering, workbooks
from tests.support.signers import authority

LONG = os.environ.get("JURY_TUI_LONG") == "1"
SECONDS = float(os.environ.get("JURY_TUI_FUZZ_SECONDS", "600" if LONG else "3"))
VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "office-signed"
WORDS = (
    *(b"<", b">", b"/>", b"&", b"&amp;", b"&#0;", b'"', b"'", b"\0", b"\xff", b" "),
    *(b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x y?>", b"<!DOCTYPE a>", b"\xed\xa0"),
    *(b"<!ENTITY", b"&x;", b"xml:space='preserve'", b"xmlns='a'", b"xmlns:a=''"),
    *(b"Id", b"Target", b"../", b"//", b"#", b"?ContentType=", b"%2f", b"MIIB", b"="),
    *(
        b"Manifest",
        b"Object",
        b"Reference",
        b"Transform",
        b"9" * 40,
        b"-1",
        b"\xc2\xa0",
    ),
    *(
        b"2026-13-45T99:99:99Z",
        b"0001-01-01T00:00:00+14:00",
        b"9999-12-31T23:59:59-14:00",
    ),
)


def seeds() -> list[bytes]:
    ours = [
        tampering.signed("p256"),
        tampering.signed("rsa2048", "p384"),
        tampering.signed("p256", whole=True),
        tampering.zipped_again(tampering.signed("p256")),
    ]
    return [*ours, *(p.read_bytes() for p in sorted(VECTORS.glob("*signed*")))]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few random edits: flips, cuts, repeats, words of the trade."""
    out = bytearray(data)
    for _edit in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randrange(len(out) + 1)
        size = chance.choice((1, 2, 4, 16, 64, 300))
        match chance.randrange(6):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = out[at : at + size]
            case 3:
                out[at:at] = chance.choice(WORDS)
            case 4:
                word = chance.choice(WORDS)
                out[at : at + len(word)] = word
            case _:
                other = chance.randrange(len(out) + 1)
                out[at : at + size] = out[other : other + size]
    return bytes(out)


def swapped(parts: dict[str, bytes], chance: random.Random) -> None:
    """Parts renamed, dropped, copied over one another."""
    names = list(parts)
    one, two = chance.choice(names), chance.choice(names)
    match chance.randrange(4):
        case 0:
            parts[one], parts[two] = parts[two], parts[one]
        case 1:
            parts[chance.choice((one + "x", "_xmlsignatures/sig9.xml", two))] = parts[
                one
            ]
        case 2:
            del parts[one]
        case _:
            parts[one] = b""


def case(seed: bytes, chance: random.Random) -> bytes:
    """One mutated package: of the zip's bytes, or of its parts, well zipped again."""
    if chance.random() < 0.3:
        return mutated(seed, chance)
    parts = tampering.opened(seed)
    if chance.random() < 0.3:
        swapped(parts, chance)
    telling = [
        n
        for n in parts
        if n.endswith(".rels") or "sig" in n or n == archive.CONTENT_TYPES
    ]
    if telling:
        name = chance.choice(telling)
        parts[name] = mutated(parts[name], chance)
    return tampering.closed(parts)


def meaning(data: bytes) -> dict[str, object]:
    """What a package says, apart from what no signature protects."""
    package = Package.read(data)
    free = {
        link.part for link in package.relationships("") if link.type in UNSIGNED_TYPES
    }
    said: dict[str, object] = {}
    for name in package.parts:
        if name in free or name.startswith("_xmlsignatures/"):
            continue
        if opc.is_rels(name):
            found = package.relationships(opc.source_of(name))
            kept = [link for link in found if link.type not in UNSIGNED_TYPES]
            said[name] = sorted((link.id, link.type, link.target) for link in kept)
        else:
            said[name] = (package.content_type(name), package.data(name))
    return said


def peak() -> int:
    """The most memory this process has held, in KiB; 0 where it is not told."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class TestFuzz:
    """ "Fuzzing the verifier (mutated packages, ten minutes) yields verdicts only: no
    crash, no raw exception, no hang, memory bounded." (issue 5)

    Whatever is accepted still says what was signed. ``JURY_TUI_LONG=1`` fuzzes for
    ten minutes.
    """

    def test_verdicts_only(self) -> None:
        origin = int(os.environ.get("JURY_TUI_FUZZ_SEED", "5"))
        chance = random.Random(origin)
        roots = [authority().certificate]
        pool = seeds()
        before, started = peak(), time.monotonic()
        count, accepted, slowest = 0, 0, 0.0
        while time.monotonic() - started < SECONDS:
            seed = chance.choice(pool)
            data = case(seed, chance)
            begun = time.monotonic()
            report = verify(data, roots=roots, now=workbooks.MOMENT)
            slowest = max(slowest, time.monotonic() - begun)
            assert isinstance(report, Report)
            assert report.to_json()
            if report.accepted:
                accepted += 1
                assert meaning(seed) == meaning(data)
            count += 1
        grown = (peak() - before) // 1024
        print(f"{count=} {accepted=} {slowest=:.3f}s {grown=} MiB")
        assert grown < 256


class TestBombs:
    """ "sizes bounded, zip bombs refused" (issue 5)."""

    def refused(self, data: bytes) -> str:
        before = peak()
        report = verify(data)
        assert not report.readable
        assert peak() - before < 64 * 1024
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
