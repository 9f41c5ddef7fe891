"""Certificates that someone else wrote: read whole or not at all, named safely."""

from __future__ import annotations

import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import NameOID

from jury_tui.signing.archive import shown


def load_certificate(der: bytes) -> x509.Certificate | None:
    """A certificate, or None when any field that is used later cannot be read.

    The library reads most fields late, and has several errors for it; here they
    all come out at once, and its warnings about old certificates are no news.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            certificate = x509.load_der_x509_certificate(der)
            if certificate.serial_number <= 0:  # RFC 5280, 4.1.2.2: positive
                return None
            _late = (
                certificate.subject,
                certificate.issuer,
                certificate.not_valid_before_utc,
                certificate.not_valid_after_utc,
                certificate.extensions,
            )
    except (
        ValueError,
        TypeError,
        UnsupportedAlgorithm,
        x509.InvalidVersion,
        x509.DuplicateExtension,
        x509.UnsupportedGeneralNameType,
    ):
        return None
    return certificate


def common_name(name: x509.Name) -> str:
    """The common name, else the whole name; without signs that could mislead."""
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return shown(str(found[0].value) if found else name.rfc4514_string())
