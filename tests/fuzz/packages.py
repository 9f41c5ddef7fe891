"""Signed workbooks, damaged: verdicts only; what is accepted says what was signed."""

from __future__ import annotations

import random
from pathlib import Path

from jury_tui.signing import archive
from jury_tui.signing import package as opc
from jury_tui.signing.package import Package
from jury_tui.signing.report import Report
from jury_tui.signing.signature import UNSIGNED_TYPES
from jury_tui.signing.verification import verify
from tests.fuzz.mutations import Step, mutated
from tests.support import tampering, workbooks
from tests.support.signers import authority

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
        return mutated(seed, chance, WORDS)
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
        parts[name] = mutated(parts[name], chance, WORDS)
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


def verifier(folder: Path) -> Step:
    """The verifier, on our packages and on those of office programs."""
    roots = [authority().certificate]
    pool = seeds()

    def step(chance: random.Random) -> bool:
        seed = chance.choice(pool)
        data = case(seed, chance)
        report = verify(data, roots=roots, now=workbooks.MOMENT)
        assert isinstance(report, Report)
        assert report.to_json()
        if report.accepted:
            assert meaning(seed) == meaning(data)
        return report.accepted

    return step
