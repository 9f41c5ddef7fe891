"""Proof of time (RFC 3161): asked of an authority, and checked.

Asking needs the extra ``[timestamp]`` (rfc3161-client), checking does not.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import urllib.error
import urllib.request
from collections.abc import Callable

import msgspec

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_
from jury_tui.signing import cms, der
from jury_tui.signing.cms import CmsSignature
from jury_tui.signing.der import DerError
from jury_tui.signing.signature_xml import Timestamper

MAX_TOKEN = 256 * 1024
"""Largest token or answer read, in bytes."""
WAIT = 20.0
"""How long an authority may take, in seconds."""
_DIGESTS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A timestamp token whose signature is right.

    Attributes:
        time: What the authority says.
        signature: Its signature and certificates.
    """

    time: dt.datetime
    signature: CmsSignature


def read_token(token: bytes, dated: bytes) -> Token:
    """Check that a token dates these bytes and is whole.

    Args:
        token: The token, DER.
        dated: What it should date.

    Raises:
        SignatureError: it dates something else, or is damaged.
    """
    if len(token) > MAX_TOKEN:
        raise DerError
    signed = cms.parse(token)
    if signed.content_type != cms.TST_INFO or signed.content is None:
        raise DerError
    fields = der.read(signed.content).expect(der.SEQUENCE).children()
    if len(fields) < 5 or len(signed.infos) != 1:
        raise DerError
    imprint = fields[2].expect(der.SEQUENCE).children()
    if len(imprint) != 2:
        raise DerError
    name = _DIGESTS.get(imprint[0].expect(der.SEQUENCE).first().oid)
    time = fields[4].expect(der.GENERALIZED_TIME).time
    if name is None:
        raise DerError
    wanted = hashlib.new(name, dated, usedforsecurity=False).digest()
    if not hmac.compare_digest(imprint[1].expect(der.OCTETS).body, wanted):
        raise SignatureError(N_("The timestamp dates something else: replaced."))
    return Token(time=time, signature=cms.check(signed, signed.content)[0])


Send = Callable[[bytes], bytes]
"""A request (DER) in; the authority's answer (DER) out."""


def timestamper(send: Send) -> Timestamper:
    """What ``sign`` asks for proof of the time.

    Args:
        send: How to reach the authority: ``over_http(url)``, or a local one.

    Raises:
        SignatureError: (when called) no extra, a refusal, or a wrong answer.
    """

    def ask(dated: bytes) -> bytes:
        try:
            import rfc3161_client as rfc
        except ImportError:
            raise SignatureError(
                N_("Timestamps need an extra: install “jury-tui[timestamp]”.")
            ) from None
        request = (
            rfc.TimestampRequestBuilder()
            .data(dated)
            .hash_algorithm(rfc.HashAlgorithm.SHA256)
            .nonce(nonce=True)
            .cert_request(cert_request=True)
            .build()
        )
        answer = send(request.as_bytes())
        try:
            response = rfc.decode_timestamp_response(answer[:MAX_TOKEN])
            granted = response.status == 0
            same = granted and response.tst_info.nonce == request.nonce
            token = response.time_stamp_token() if same else b""
        except ValueError:
            token = b""
        if not token:
            raise SignatureError(
                N_("The timestamp authority did not give a timestamp: try again later.")
            )
        read_token(token, dated)
        return token

    return ask


def over_http(url: str) -> Send:
    """Reach an authority by its address (http or https)."""
    if not url.startswith(("http://", "https://")):
        raise SignatureError(
            N_("The address of the timestamp authority must start with https://.")
        )

    def send(request: bytes) -> bytes:
        message = urllib.request.Request(  # noqa: S310 - the scheme is checked above
            url, request, {"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(message, timeout=WAIT) as answer:  # noqa: S310
                return bytes(answer.read(MAX_TOKEN + 1))
        except (urllib.error.URLError, OSError, ValueError):
            raise SignatureError(
                N_("The timestamp authority cannot be reached: check the network.")
            ) from None

    return send
