"""Who vouches for a certificate: chain, dates, revocation.

Chains are built by cryptography's own verifier (RFC 5280 with the Web's limits on
algorithms) with policies of ours: no server name, no Web key usage.
"""

from __future__ import annotations

import datetime as dt
import itertools
import warnings
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import verification as chains
from cryptography.x509.oid import ExtendedKeyUsageOID

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_, _
from jury_tui.signing.certificates import common_name, load_certificate
from jury_tui.signing.report import Judgement, Remark, no, unknown, yes

_PERSONAL = frozenset(
    {
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
        x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),  # document signing, RFC 9336
        x509.ObjectIdentifier("1.3.6.1.4.1.311.10.3.12"),  # the same, Microsoft's
    }
)
"""Extended usages of people's certificates: no server's, no clock's."""
MAX_PEM = 1024 * 1024
"""Largest file of certificates or revocations read, in bytes."""


def load_certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """Certificates of authorities, from PEM (one or more) or DER.

    Raises:
        SignatureError: no certificate in these bytes.
    """
    try:
        if len(data) <= MAX_PEM:
            ders = [data]
            if b"-----BEGIN" in data:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    ders = [
                        certificate.public_bytes(Encoding.DER)
                        for certificate in x509.load_pem_x509_certificates(data)
                    ]
            found = [c for der in ders if (c := load_certificate(der)) is not None]
            if found and len(found) == len(ders):
                return tuple(found)
    except (ValueError, x509.InvalidVersion):
        pass  # said below, with what to do
    raise SignatureError(
        N_("This file holds no certificate: give the authority’s .pem or .crt file.")
    )


def load_crl(data: bytes) -> x509.CertificateRevocationList:
    """A list of revoked certificates, from PEM or DER.

    Raises:
        SignatureError: the bytes are no such list.
    """
    try:
        if len(data) <= MAX_PEM:
            if b"-----BEGIN" in data:
                return x509.load_pem_x509_crl(data)
            return x509.load_der_x509_crl(data)
    except (ValueError, x509.InvalidVersion):
        pass  # said below, with what to do
    raise SignatureError(
        N_("This file is no list of revoked certificates: give the .crl file.")
    )


def judge(
    certificates: Sequence[x509.Certificate],
    *,
    roots: Sequence[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList] = (),
    at: dt.datetime | None,
    for_time: bool = False,
) -> Judgement:
    """Whether a certificate is vouched for at a moment.

    Args:
        certificates: The signer's first, then any others that came with it.
        roots: Authorities (or single certificates) that the reader trusts.
        crls: Lists of revoked certificates.
        at: The moment; None when it is not known.
        for_time: The certificate must be a timestamp authority's.
    """
    leaf = certificates[0]
    if not roots:
        return unknown(
            Remark(
                "no-authority",
                _(
                    "No authority was given: the name “{name}” is what the "
                    "certificate says, nobody vouches for it here."
                ).format(name=common_name(leaf.subject)),
            )
        )
    if at is None:
        return unknown(Remark("no-time", _("The moment to judge by is not known.")))
    wrong = _dates(leaf, at) or _usage(leaf, for_time=for_time)
    if wrong is not None:
        return no(wrong)
    chain = _chain(leaf, certificates[1:], roots, at)
    if chain is None:
        return no(
            Remark(
                "chain",
                _("None of the given authorities vouches for “{name}”.").format(
                    name=common_name(leaf.subject)
                ),
            )
        )
    revoked, unsure = _revocation(chain, crls, at)
    if revoked is not None:
        return no(revoked)
    vouched = Remark(
        "vouched",
        _("“{name}” is vouched for by “{authority}”.").format(
            name=common_name(leaf.subject), authority=common_name(chain[-1].subject)
        ),
    )
    return yes(vouched, *unsure)


def _dates(leaf: x509.Certificate, at: dt.datetime) -> Remark | None:
    first, last = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    if first <= at <= last:
        return None
    code = "expired" if at > last else "not-yet-valid"
    return Remark(
        code,
        _(
            "The certificate of “{name}” is valid from {first} to {last}, not on {day}."
        ).format(
            name=common_name(leaf.subject),
            first=f"{first:%Y-%m-%d}",
            last=f"{last:%Y-%m-%d}",
            day=f"{at:%Y-%m-%d}",
        ),
    )


def _usage(leaf: x509.Certificate, *, for_time: bool) -> Remark | None:
    """A signer's key must be a person's, for signatures; a clock's for time alone."""
    good, says_time = True, False
    for extension in leaf.extensions:
        value = extension.value
        if isinstance(value, x509.KeyUsage):
            good &= value.digital_signature or value.content_commitment
        elif isinstance(value, x509.ExtendedKeyUsage):
            says_time = ExtendedKeyUsageOID.TIME_STAMPING in value
            good &= for_time or not _PERSONAL.isdisjoint(value)
    if good and (says_time or not for_time):
        return None
    return Remark("usage", _("The certificate was not issued for this use."))


def _chain(
    leaf: x509.Certificate,
    others: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
    at: dt.datetime,
) -> list[x509.Certificate] | None:
    if leaf in roots:
        return [leaf]
    any_leaf = chains.ExtensionPolicy.permit_all()
    issuer = chains.ExtensionPolicy.permit_all().require_present(
        x509.BasicConstraints, chains.Criticality.AGNOSTIC, _is_authority
    )
    builder = (
        chains.PolicyBuilder()
        .store(chains.Store(list(roots)))
        .time(at.astimezone(dt.UTC).replace(tzinfo=None))
        .extension_policies(ca_policy=issuer, ee_policy=any_leaf)
    )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            verifier = builder.build_client_verifier()
            return list(verifier.verify(leaf, list(others)).chain)
    except (chains.VerificationError, ValueError):
        return None


def _is_authority(
    _policy: chains.Policy,
    _certificate: x509.Certificate,
    constraints: x509.BasicConstraints | None,
) -> None:
    if constraints is None or not constraints.ca:
        wrong = "not an authority"
        raise ValueError(wrong)


def _revocation(
    chain: list[x509.Certificate],
    crls: Sequence[x509.CertificateRevocationList],
    at: dt.datetime,
) -> tuple[Remark | None, list[Remark]]:
    """What the given lists say of a chain; a list must be its issuer's own."""
    doubts = []
    for certificate, issuer in itertools.pairwise(chain):
        for crl in crls:
            if crl.issuer != issuer.subject:
                continue
            if not _signed_by(crl, issuer):
                doubts.append(
                    Remark(
                        "crl-forged",
                        _("A list of revoked certificates is not its authority’s."),
                    )
                )
                continue
            found = crl.get_revoked_certificate_by_serial_number(
                certificate.serial_number
            )
            if found is not None and found.revocation_date_utc <= at:
                return _revoked(certificate, found.revocation_date_utc), doubts
            stale = crl.next_update_utc is not None and crl.next_update_utc < at
            if stale:
                doubts.append(
                    Remark(
                        "crl-old",
                        _(
                            "The list of revoked certificates is out of date: ask for "
                            "a newer one."
                        ),
                    )
                )
    return None, doubts


def _signed_by(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        return crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def _revoked(certificate: x509.Certificate, when: dt.datetime) -> Remark:
    return Remark(
        "revoked",
        _("The certificate of “{name}” was revoked on {day}.").format(
            name=common_name(certificate.subject), day=f"{when:%Y-%m-%d}"
        ),
    )
