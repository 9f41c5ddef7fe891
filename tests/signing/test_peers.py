"""Other people's verifiers take what is signed here, and refuse what they can see."""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.signing.signature import sign
from tests.support import peers
from tests.support.signers import authority, signer
from tests.support.tampering import CORPUS, Tampering, signed
from tests.support.workbooks import MOMENT

pytestmark = pytest.mark.debian

SIGNED = {
    "one": ("p256",),
    "two": ("p256", "rsa2048"),
    "p384": ("p384",),
    "rsa3072": ("rsa3072",),
    "eight": ("p256",) * 8,
    "eight-rsa": ("rsa2048",) * 8,
}


def written(folder: Path, files: dict[str, bytes]) -> tuple[list[Path], Path]:
    ca = folder / "ca.pem"
    ca.write_bytes(authority().pem)
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return [folder / f"{name}.xlsx" for name in files], ca


def good() -> dict[str, bytes]:
    files = {name: signed(*kinds) for name, kinds in SIGNED.items()}
    awkward = signed("p256", target='https://example.org/?a=1&b="<2>"')
    return files | {"awkward": awkward, "whole": signed("p256", whole=True)}


def expected() -> dict[str, list[str]]:
    one = {"awkward.xlsx": ["VALID"], "whole.xlsx": ["VALID"]}
    return one | {f"{n}.xlsx": ["VALID"] * len(kinds) for n, kinds in SIGNED.items()}


def tampered(cases: list[Tampering]) -> dict[str, bytes]:
    return {c.name: c.change(signed(*["p256"] * c.signers)) for c in cases}


class TestPeersAccept:
    """ "`verify-poi.sh` and `verify-libreoffice.py`, and xmlsec1 with its manifest
    count, accept … with one, two and eight signers, RSA and ECDSA." (issue 5)
    """

    def test_poi(self, tmp_path: Path) -> None:
        peers.need_poi()
        files, ca = written(tmp_path, good())
        assert expected() == peers.poi(files, ca, complete=True)

    def test_libreoffice(self, tmp_path: Path) -> None:
        peers.need_libreoffice()
        files, ca = written(tmp_path, good())
        assert expected() == peers.libreoffice(files, ca)

    def test_xmlsec1(self, tmp_path: Path) -> None:
        peers.need_xmlsec1()
        _files, ca = written(tmp_path, {})
        said = {
            f"{name}.xlsx": peers.xmlsec1(data, tmp_path / name, ca)
            for name, data in good().items()
        }
        assert expected() == said


class TestWholeRelationships:
    """Signing every relationships part whole makes the peers see what they miss
    otherwise: an injected comment, a second styles part.
    """

    NAMES = ("comment_injected", "second_styles")

    def files(self) -> dict[str, bytes]:
        data = signed("p256", whole=True)
        return {c.name: c.change(data) for c in CORPUS if c.name in self.NAMES}

    def test_poi(self, tmp_path: Path) -> None:
        peers.need_poi()
        files, ca = written(tmp_path, self.files())
        wanted = {f"{name}.xlsx": ["INVALID"] for name in self.NAMES}
        assert wanted == peers.poi(files, ca)

    def test_libreoffice(self, tmp_path: Path) -> None:
        peers.need_libreoffice()
        files, ca = written(tmp_path, self.files())
        wanted = {f"{name}.xlsx": ["INVALID"] for name in self.NAMES}
        assert wanted == peers.libreoffice(files, ca)

    def test_xmlsec1(self, tmp_path: Path) -> None:
        peers.need_xmlsec1()
        _files, ca = written(tmp_path, {})
        wanted = ["INVALID"]
        for name, data in self.files().items():
            assert wanted == peers.xmlsec1(data, tmp_path / name, ca)


class TestPeersReject:
    """ "… and reject each file of the tampering table that they are able to reject."
    (issue 5)
    """

    def test_poi(self, tmp_path: Path) -> None:
        peers.need_poi()
        cases = [case for case in CORPUS if case.poi]
        files, ca = written(tmp_path, tampered(cases))
        verdicts = peers.poi(files, ca)
        taken = [c.name for c in cases if {"VALID"} == set(verdicts[f"{c.name}.xlsx"])]
        assert taken == []

    def test_libreoffice(self, tmp_path: Path) -> None:
        peers.need_libreoffice()
        cases = [c for c in CORPUS if c.libreoffice]
        files, ca = written(tmp_path, tampered(cases))
        verdicts = peers.libreoffice(files, ca)
        taken = [c.name for c in cases if {"VALID"} == set(verdicts[f"{c.name}.xlsx"])]
        assert taken == []

    @pytest.mark.parametrize(
        "case", [c for c in CORPUS if c.xmlsec], ids=lambda c: c.name
    )
    def test_xmlsec1(self, case: Tampering, tmp_path: Path) -> None:
        peers.need_xmlsec1()
        _files, ca = written(tmp_path, {})
        data = case.change(signed(*["p256"] * case.signers))
        verdicts = peers.xmlsec1(data, tmp_path / "parts", ca)
        assert {"VALID"} != set(verdicts)


class TestSignedOver:
    """Signing over what another program signed breaks neither signature."""

    def test_libreoffice_over_libreoffice(self, tmp_path: Path) -> None:
        peers.need_libreoffice()
        first = Path(__file__).parent / "data" / "signed-by-libreoffice-7.4.xlsx"
        second = sign(
            first.read_bytes(), signer(1), role="membre", place="", time=MOMENT
        )
        files, ca = written(tmp_path, {"both": second})
        wanted = {"both.xlsx": ["UNTRUSTED", "VALID"]}  # the first one's is not ours
        assert wanted == peers.libreoffice(files, ca)

    def test_office_first(self, tmp_path: Path) -> None:
        peers.need_poi()
        first = (
            peers.ROOT.parent / "shared/vectors/office-signed/hello-world-signed.xlsx"
        )
        if not first.exists():
            pytest.skip("no ../shared/vectors/office-signed")
        second = sign(
            first.read_bytes(), signer(1), role="membre", place="", time=MOMENT
        )
        files, ca = written(tmp_path, {"both": second})
        wanted = {"both.xlsx": ["UNTRUSTED", "VALID"]}
        assert wanted == peers.poi(files, ca)
