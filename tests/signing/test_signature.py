"""What signing writes, what it refuses, and that it is the same every time."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from jury_tui.errors import SignatureError
from jury_tui.signing.package import Package
from jury_tui.signing.report import Answer
from jury_tui.signing.signature import sign
from jury_tui.signing.signer import ordered_chain
from jury_tui.signing.verification import verify
from jury_tui.signing.xmldsig import algorithm_of
from tests.support import tampering, workbooks
from tests.support.signers import PEOPLE, authority, signer

MOMENT = workbooks.MOMENT


def signed_by(
    number: int, data: bytes, *, role: str = "membre", place: str = ""
) -> bytes:
    return sign(data, signer(number), role=role, place=place, time=MOMENT)


class TestSign:
    """ "OPC package signature, XAdES-EPES (policy implied), SHA-256 …; several
    signers, any order, earlier signatures stay valid (at least eight: a whole jury);
    each with role, place, time." (issue 5)
    """

    def test_says_who_in_which_role_where_and_when(self) -> None:
        data = signed_by(0, workbooks.plain(), role="présidente du jury", place="Évry")
        (found,) = verify(data, roots=[authority().certificate]).signatures
        wanted = ("DURAND Claire", "présidente du jury", "Évry", MOMENT)
        assert wanted == (found.signer, found.role, found.place, found.claimed_time)
        assert (found.algorithm, found.weak) == ("ECDSA/SHA-256", ())

    def test_a_whole_jury_in_any_order(self) -> None:
        data = workbooks.plain()
        order = [3, 1, 7, 0, 2, 6, 5, 4]
        for number in order:
            data = signed_by(number, data)
        report = verify(data, roots=[authority().certificate], now=MOMENT)
        assert report.accepted
        assert report.trusted == Answer.YES
        assert [PEOPLE[n] for n in order] == [s.signer for s in report.signatures]

    def test_the_same_bytes_each_time(self) -> None:
        first, again = (signed_by(0, workbooks.rich()) for _time in range(2))
        assert first == again

    def test_touches_nothing_else(self) -> None:
        before, after = (
            Package.read(data)
            for data in (workbooks.rich(), signed_by(0, workbooks.rich()))
        )
        kept = [name for name in before.parts if name != "_rels/.rels"]
        assert {n: before.data(n) for n in kept} == {n: after.data(n) for n in kept}

    def test_still_opens_in_the_spreadsheet_library(self) -> None:
        book = openpyxl.load_workbook(io.BytesIO(signed_by(0, workbooks.rich())))
        assert book.sheetnames == ["Décisions", "Votes"]

    def test_saving_again_drops_the_signatures(self) -> None:
        """A workbook saved by a spreadsheet program is unsigned, not broken."""
        book = openpyxl.load_workbook(io.BytesIO(signed_by(0, workbooks.rich())))
        report = verify(workbooks.saved(book))
        assert (report.signed, report.accepted) == (False, False)

    def test_suffix_from_the_third_signature(self) -> None:
        """LibreOffice 7.4 takes the third for invalid when all use Office's names."""
        parts = tampering.opened(tampering.signed("p256", "p256", "p256"))
        names = [
            parts[f"_xmlsignatures/sig{n}.xml"].count(b'Id="idPackageObject"')
            for n in (1, 2, 3)
        ]
        assert names == [1, 1, 0]


class TestRefusals:
    """Sentences, before anything is written."""

    def test_expired_certificate(self) -> None:
        late = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)
        with pytest.raises(SignatureError, match="2036-01-01"):
            sign(workbooks.plain(), signer(), role="", place="", time=late)

    @pytest.mark.parametrize("role", ["x" * 101, "présid\0ente", "a\ud800"])
    def test_unwritable_role(self, role: str) -> None:
        with pytest.raises(SignatureError):
            sign(workbooks.plain(), signer(), role=role, place="", time=MOMENT)

    @pytest.mark.parametrize("data", [b"", b"PK", b"not a workbook" * 9])
    def test_not_a_workbook(self, data: bytes) -> None:
        with pytest.raises(SignatureError):
            sign(data, signer(), role="", place="", time=MOMENT)

    @pytest.mark.parametrize("bits", [1024, 8192])
    def test_rsa_out_of_bounds(self, bits: int) -> None:
        number = (1 << (bits - 1)) + 1
        with pytest.raises(SignatureError):
            algorithm_of(rsa.RSAPublicNumbers(65537, number).public_key())

    def test_curves_that_no_office_program_knows(self) -> None:
        for key in (
            ec.generate_private_key(ec.SECP521R1()),
            ed25519.Ed25519PrivateKey.generate(),
        ):
            with pytest.raises(SignatureError):
                algorithm_of(key.public_key())

    def test_a_broken_earlier_signature_is_not_signed_over(self) -> None:
        changed = tampering.closed(
            tampering.opened(signed_by(0, workbooks.plain())) | {"xl/x.xml": b"<x/>"}
        )
        with pytest.raises(SignatureError):
            signed_by(1, changed)


class TestChain:
    """The signer's certificate comes first, strangers are left out (POI takes the
    first one as the signer's)."""

    def test_order(self) -> None:
        leaf, root = signer().chain
        stranger = authority("Autre").certificate
        assert (leaf, root) == ordered_chain(leaf, [stranger, root, leaf])
