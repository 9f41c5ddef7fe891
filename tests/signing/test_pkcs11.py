"""A key that never leaves its token (SoftHSM2)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key

from jury_tui.errors import SignatureError
from jury_tui.signing.companion import sign_companion, verify_companion
from jury_tui.signing.pkcs11 import token_signer
from jury_tui.signing.report import Answer
from jury_tui.signing.signature import sign
from jury_tui.signing.verification import verify
from tests.support import peers, workbooks
from tests.support.signers import authority, certify

pytestmark = pytest.mark.debian
NOW = workbooks.MOMENT
LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "1234"
ROOTS = [authority().certificate]


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A token with one EC and one RSA key, made on it and not extractable."""
    pkcs11 = pytest.importorskip("pkcs11", reason="needs jury-tui[token]")
    peers.need_program("softhsm2-util")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")
    command = "softhsm2-util --init-token --free --label jury --so-pin 0000 --pin"
    subprocess.run([*command.split(), PIN], capture_output=True, check=True)
    token = pkcs11.lib(str(LIBRARY)).get_token(token_label="jury")  # noqa: S106
    with token.open(rw=True, user_pin=PIN) as session:
        make_ec(pkcs11, session)
        public, _secret = session.generate_keypair(
            pkcs11.KeyType.RSA, 2048, label="rsa", id=b"2", store=True
        )
        from pkcs11.util.rsa import encode_rsa_public_key

        number = load_der_public_key(spki(encode_rsa_public_key(public)))
        store(pkcs11, session, "rsa", b"2", number)
    return "jury"


def make_ec(pkcs11: Any, session: Any) -> None:
    from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

    parameters = session.create_domain_parameters(
        pkcs11.KeyType.EC,
        {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")},
        local=True,
    )
    public, _secret = parameters.generate_keypair(label="ec", id=b"1", store=True)
    key = load_der_public_key(encode_ec_public_key(public))
    store(pkcs11, session, "ec", b"1", key)


def spki(pkcs1: bytes) -> bytes:
    from jury_tui.signing import der

    kind = der.encode(
        der.SEQUENCE, der.encode_oid("1.2.840.113549.1.1.1"), der.encode(der.NULL)
    )
    return der.encode(der.SEQUENCE, kind, der.encode(3, b"\0" + pkcs1))


def store(pkcs11: Any, session: Any, label: str, name: bytes, public: Any) -> None:
    certificate = certify("GARNIER Omar", public, authority())
    session.create_object(
        {
            pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
            pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
            pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.LABEL: label,
            pkcs11.Attribute.ID: name,
            pkcs11.Attribute.SUBJECT: certificate.subject.public_bytes(),
            pkcs11.Attribute.VALUE: certificate.public_bytes(Encoding.DER),
        }
    )


class TestToken:
    """ "A PKCS#11 token … as optional extras …, tested with SoftHSM2." (issue 5)"""

    @pytest.mark.parametrize("label", ["ec", "rsa"])
    def test_signs(self, card: str, label: str) -> None:
        with token_signer(LIBRARY, token=card, pin=PIN, key=label) as signer:
            data = sign(workbooks.plain(), signer, role="membre", place="", time=NOW)
            companion = sign_companion(data, signer, time=NOW)
        report = verify(data, roots=ROOTS, now=NOW)
        assert (report.accepted, report.trusted) == (True, Answer.YES)
        assert report.signatures[0].signer == "GARNIER Omar"
        assert verify_companion(data, companion, roots=ROOTS, now=NOW).accepted

    def test_which_key_must_be_said(self, card: str) -> None:
        with (
            pytest.raises(SignatureError),
            token_signer(LIBRARY, token=card, pin=PIN),
        ):
            pass

    @pytest.mark.parametrize(
        ("library", "token", "pin"),
        [
            (LIBRARY, "jury", "9999"),
            (LIBRARY, "autre", PIN),
            (Path("/nonexistent.so"), "jury", PIN),
        ],
    )
    @pytest.mark.usefixtures("card")
    def test_refusals(self, library: Path, token: str, pin: str) -> None:
        with (
            pytest.raises(SignatureError),
            token_signer(library, token=token, pin=pin, key="ec"),
        ):
            pass
