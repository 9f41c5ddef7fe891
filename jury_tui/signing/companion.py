"""The detached companion: a ``.p7s`` that vouches for the very bytes of a file.

It protects what the signature inside a workbook cannot (document properties, added
parts), and needs only openssl:
``openssl cms -verify -binary -inform DER -in FILE.p7s -content FILE -CAfile CA.pem``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from jury_tui.errors import SignatureError
from jury_tui.i18n import _
from jury_tui.signing import cms, trust
from jury_tui.signing.certificates import common_name
from jury_tui.signing.der import DerError
from jury_tui.signing.report import Answer, Judgement, Remark, no, unknown, yes
from jury_tui.signing.signer import Signer

SUFFIX = ".p7s"
MAX_COMPANION = 1024 * 1024
"""Largest companion read, in bytes."""


class CompanionSigner(msgspec.Struct, frozen=True, kw_only=True):
    """One signer of a companion."""

    signer: str
    issuer: str
    fingerprint: str
    claimed_time: dt.datetime | None
    trusted: Judgement


class CompanionReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a companion says of a file; it always covers the whole file.

    Attributes:
        intact: Every byte of the file is as it was when signed.
    """

    intact: Judgement
    signers: tuple[CompanionSigner, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the file is the one that was signed."""
        return self.intact.answer is Answer.YES

    @property
    def trusted(self) -> Answer:
        """The worst of all signers."""
        answers = {signer.trusted.answer for signer in self.signers}
        if Answer.NO in answers:
            return Answer.NO
        return Answer.YES if answers == {Answer.YES} else Answer.UNKNOWN

    def to_json(self) -> bytes:
        """The report as indented JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)


def sign_companion(
    data: bytes, signer: Signer, *, time: dt.datetime, earlier: bytes = b""
) -> bytes:
    """The companion of a file.

    Args:
        data: The file's bytes, final.
        signer: Who signs.
        time: The time claimed, aware.
        earlier: The companion that others signed already, to add to; it must fit.

    Returns:
        CMS signed data in DER, without the content.

    Raises:
        SignatureError: an unusable key or an expired certificate.
    """
    signer.check_dates(time)
    if not earlier:
        return cms.make(data, signer, time)
    signed = cms.parse(earlier)
    if signed.content_type != cms.DATA or signed.content is not None:
        raise DerError
    cms.check(signed, data)
    return cms.make(data, signer, time, signed)


def verify_companion(
    data: bytes,
    companion: bytes,
    *,
    roots: Sequence[x509.Certificate] = (),
    crls: Sequence[x509.CertificateRevocationList] = (),
    now: dt.datetime | None = None,
) -> CompanionReport:
    """Judge a companion against its file.

    Args:
        data: The file's bytes.
        companion: The bytes of the ``.p7s`` (DER).
        roots: Authorities that the reader trusts.
        crls: Lists of revoked certificates.
        now: The moment to judge by; without it, the time that each signer claims.

    Returns:
        The report; never an exception for what the bytes hold.
    """
    try:
        if len(companion) > MAX_COMPANION:
            raise DerError
        signed = cms.parse(companion)
        if signed.content_type != cms.DATA or signed.content not in (None, data):
            raise DerError
        found = cms.check(signed, data, tuple(roots))
    except SignatureError as error:
        return CompanionReport(intact=no(Remark("companion", str(error))))
    signers = []
    for one in found:
        leaf = one.certificates[0]
        signers.append(
            CompanionSigner(
                signer=common_name(leaf.subject),
                issuer=common_name(leaf.issuer),
                fingerprint=leaf.fingerprint(hashes.SHA256()).hex(),
                claimed_time=one.time,
                trusted=trust.judge(
                    one.certificates, roots=roots, crls=crls, at=now or one.time
                ),
            )
        )
    return CompanionReport(intact=yes(), signers=tuple(signers))


def no_companion() -> CompanionReport:
    """The report when there is no companion beside a file."""
    text = _("No companion (.p7s) stands beside the file.")
    return CompanionReport(intact=unknown(Remark("no-companion", text)))
