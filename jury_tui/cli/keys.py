"""``keys``: a local authority, and keys for members who have none."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.cli.signing import MOST_BYTES, password
from jury_tui.errors import SignatureError
from jury_tui.i18n import N_, _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from jury_tui.signing.keys import Authority


def authority(arguments: Namespace) -> Exit:
    """Make the authority; say what its keys are worth."""
    from jury_tui.signing import keys

    chosen = password(arguments.password_file, _("New password of the authority: "))
    made = keys.create_authority(
        arguments.folder, arguments.name, chosen, now=places.now()
    )
    streams.data(str(made.folder / keys.AUTHORITY_CERTIFICATE))
    streams.talk(keys.worth())
    return Exit.FINE


def issue(arguments: Namespace) -> Exit:
    """A key and certificate for a person."""
    from jury_tui.signing import keys

    vouching = _authority(arguments)
    chosen = _own_password(arguments)
    path = keys.issue(vouching, arguments.name, chosen, now=places.now())
    streams.data(str(path))
    streams.talk(keys.worth())
    return Exit.FINE


def renew(arguments: Namespace) -> Exit:
    """A new key and certificate for the person of a certificate."""
    from jury_tui.signing import keys

    vouching = _authority(arguments)
    old = _certificate(arguments.certificate)
    chosen = _own_password(arguments)
    streams.data(str(keys.renew(vouching, old, chosen, now=places.now())))
    return Exit.FINE


def revoke(arguments: Namespace) -> Exit:
    """A certificate that is worth nothing any more."""
    from jury_tui.signing import keys

    vouching = _authority(arguments)
    old = _certificate(arguments.certificate)
    streams.data(str(keys.revoke(vouching, old, now=places.now())))
    return Exit.FINE


def _authority(arguments: Namespace) -> Authority:
    from jury_tui.signing import keys

    asked = _("Password of the authority: ")
    return keys.open_authority(
        arguments.folder, password(arguments.password_file, asked)
    )


def _own_password(arguments: Namespace) -> str:
    return password(arguments.own_password_file, _("New password of the key: "))


def _certificate(path: Path) -> Certificate:
    from jury_tui.signing.trust import load_certificates

    found = load_certificates(places.content(path, MOST_BYTES))
    if len(found) != 1:
        raise SignatureError(
            N_("{file} holds {number} certificates: give the person’s own .pem file."),
            file=path.name,
            number=len(found),
        )
    return found[0]
