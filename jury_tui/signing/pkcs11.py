"""Signing with a key that never leaves its card or token (extra ``[token]``)."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jury_tui.errors import SignatureError
from jury_tui.i18n import N_
from jury_tui.signing.certificates import load_certificate
from jury_tui.signing.signer import Signer, ordered_chain
from jury_tui.signing.xmldsig import Algorithm

if TYPE_CHECKING:
    import types


@contextlib.contextmanager
def token_signer(
    library: Path, *, token: str, pin: str, key: str = ""
) -> Iterator[Signer]:
    """A signer whose key stays on a PKCS#11 token, for as long as the block lasts.

    Args:
        library: The maker's PKCS#11 library (.so, .dll, .dylib).
        token: The token's label.
        pin: The user's PIN.
        key: The label of key and certificate; empty: the only one.

    Raises:
        SignatureError: no extra, no such token, wrong PIN, no usable key.
    """
    pkcs11 = _library()
    try:
        module = pkcs11.lib(str(library))
        session = module.get_token(token_label=token).open(user_pin=pin)
    except pkcs11.exceptions.PinIncorrect:
        raise SignatureError(
            N_("Wrong PIN: beware, a card locks after a few wrong ones.")
        ) from None
    except (pkcs11.exceptions.PKCS11Error, RuntimeError, OSError) as error:
        raise SignatureError(
            N_("The token “{token}” cannot be opened ({reason}): is it plugged in?"),
            token=token,
            reason=type(error).__name__,
        ) from None
    with session:
        yield _signer(pkcs11, session, key)


def _library() -> types.ModuleType:
    try:
        import pkcs11
        import pkcs11.exceptions
    except ImportError:
        raise SignatureError(
            N_("Cards and tokens need an extra: install “jury-tui[token]”.")
        ) from None
    return pkcs11


def _signer(pkcs11: Any, session: Any, label: str) -> Signer:
    named = {pkcs11.Attribute.LABEL: label} if label else {}
    kind = pkcs11.ObjectClass
    secrets = list(
        session.get_objects({pkcs11.Attribute.CLASS: kind.PRIVATE_KEY, **named})
    )
    if len(secrets) != 1:
        raise SignatureError(
            N_("The token must hold one key by that name, and holds {number}."),
            number=len(secrets),
        )
    secret = secrets[0]
    leaf = None
    others = []
    for held in session.get_objects({pkcs11.Attribute.CLASS: kind.CERTIFICATE}):
        certificate = load_certificate(bytes(held[pkcs11.Attribute.VALUE]))
        if certificate is None:
            continue
        if held[pkcs11.Attribute.ID] == secret[pkcs11.Attribute.ID] and leaf is None:
            leaf = certificate
        else:
            others.append(certificate)
    if leaf is None:
        raise SignatureError(N_("The token holds no certificate for its key."))

    def sign(data: bytes, algorithm: Algorithm) -> bytes:
        mechanism = pkcs11.Mechanism
        try:
            if algorithm is Algorithm.RSA:
                return bytes(secret.sign(data, mechanism=mechanism.SHA256_RSA_PKCS))
            name = "sha384" if algorithm is Algorithm.ECDSA_P384 else "sha256"
            digest = hashlib.new(name, data).digest()
            return bytes(secret.sign(digest, mechanism=mechanism.ECDSA))
        except pkcs11.exceptions.PKCS11Error as error:
            raise SignatureError(
                N_("The token refused to sign ({reason}): plug it in again."),
                reason=type(error).__name__,
            ) from None

    return Signer(ordered_chain(leaf, others), sign)
