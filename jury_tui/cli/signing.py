"""``sign``: a signature inside the workbook, told to the register."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jury_tui.cli import places, signatories, streams
from jury_tui.cli.exits import Exit
from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, folded
from jury_tui.register.record import Record
from jury_tui.register.records import FILE
from jury_tui.session import judgement
from jury_tui.session.commands import perform
from jury_tui.session.commands.publishing import RecordSignature
from jury_tui.session.session import Export, Session, Signed

if TYPE_CHECKING:
    from jury_tui.signing.signature_xml import Timestamper
    from jury_tui.signing.signer import Signer

LONGEST_PASSWORD = 1024
MOST_BYTES = 32 << 20
"""Largest workbook or companion read."""


def run(arguments: Namespace) -> Exit:
    """Sign the workbook in place, or its companion; print what was written."""
    data = places.content(arguments.file, MOST_BYTES)
    with contextlib.ExitStack() as stack:
        signer = signer_of(arguments, stack)
        path = _register(arguments, data)
        record = None
        if path is not None and not arguments.companion:
            record = stack.enter_context(places.opened(path))
        if arguments.companion:
            return _companion(arguments, data, signer)
        return _inside(arguments, data, signer, record)


def _inside(
    arguments: Namespace, data: bytes, signer: Signer, record: Record | None
) -> Exit:
    from cryptography.hazmat.primitives.serialization import Encoding

    from jury_tui.minutes.publishing import export_of, put
    from jury_tui.minutes.signatories import signed_on
    from jury_tui.signing.archive import PackageError
    from jury_tui.signing.signature import sign

    session = None if record is None else record.session
    export = None
    if session is not None:
        export = export_of(session, data, arguments.file.name)
    now = places.now()
    member, role = _who(signer, session, arguments.role)
    if not role:
        streams.talk(
            _("In which role does {name} sign? Say it with --role.").format(
                name=signer.name
            )
        )
        return Exit.USAGE
    certificate = signer.certificate.public_bytes(Encoding.DER)
    fingerprint = hashlib.sha256(certificate).hexdigest()
    if session is not None:
        _refuse_twice(signed_on(session, export), member, fingerprint)
    try:
        after = sign(
            data,
            signer,
            role=role,
            place=arguments.place,
            time=now,
            timestamp=_timestamp(arguments.timestamp),
        )
    except PackageError as error:
        streams.talk(error)
        return Exit.UNREADABLE
    command = RecordSignature(
        signer=signer.name,
        role=role,
        certificate_sha256=fingerprint,
        file_sha256=hashlib.sha256(after).hexdigest(),
        member=member,
        file=_other_than_last(session, export),
    )
    if record is not None:
        perform(record.session, [command], now)  # refused before anything is written
    put(arguments.file, after)
    if record is not None:
        record.do(command, now=now)
    streams.data(str(arguments.file))
    streams.talk(_("Signed by {name}, {role}.").format(name=signer.name, role=role))
    streams.talk(
        _("No register was told: say which session with --register.")
        if record is None
        else _("The signature is in the register of {session}.").format(
            session=record.session.id
        )
    )
    if record is not None:
        for sentence in signatories.told(record.session, export.file if export else ""):
            streams.talk(sentence)
    return Exit.FINE


def _other_than_last(session: Session | None, export: Export | None) -> str:
    """The name of the workbook, unless it is the one exported last."""
    if session is None or export is None or export is session.exports[-1]:
        return ""
    return export.file


def _refuse_twice(standing: Iterable[Signed], member: str, key: str) -> None:
    """Refuse a second signature of one person on the workbook as it stands.

    An export made since starts anew: what was signed before is another workbook.

    Raises:
        RefusedError: the person, or this key, has signed it already.
    """
    for signed in standing:
        if (member and signed.member == member) or signed.certificate_sha256 == key:
            raise RefusedError(
                N_("{name} has signed these minutes already: once is enough."),
                name=signed.signer,
            )


def _companion(arguments: Namespace, data: bytes, signer: Signer) -> Exit:
    """A detached signature beside the workbook, which stays as it is."""
    from jury_tui.minutes.publishing import put
    from jury_tui.signing.companion import sign_companion

    beside = arguments.file.with_name(f"{arguments.file.name}.p7s")
    earlier = places.content(beside, MOST_BYTES) if beside.exists() else b""
    made = sign_companion(data, signer, time=places.now(), earlier=earlier)
    put(beside, made)
    streams.data(str(beside))
    return Exit.FINE


# --- who signs ---------------------------------------------------------------


def signer_of(arguments: Namespace, stack: contextlib.ExitStack) -> Signer:
    """Who signs: a key file, or a token for as long as the stack lasts.

    Raises:
        SignatureError: the key or its password is wrong.
        InputError, RefusedError: the password cannot be had.
    """
    if arguments.token is not None:
        from jury_tui.signing.pkcs11 import token_signer

        pin = password(arguments.password_file, _("PIN of the token: "))
        label = arguments.token_label
        return stack.enter_context(
            token_signer(arguments.token, token=label, pin=pin, key=arguments.key_label)
        )
    from jury_tui.signing.signer import load_p12

    asked = _("Password of {file}: ").format(file=arguments.key.name)
    return load_p12(arguments.key, password(arguments.password_file, asked))


def _timestamp(url: str | None) -> Timestamper | None:
    if url is None:
        return None
    from jury_tui.signing.timestamp import over_http, timestamper

    return timestamper(over_http(url))


def password(file: Path | None, asked: str) -> str:
    """A password, from a file or typed without echo.

    Raises:
        InputError: the file cannot be read.
        RefusedError: there is no terminal to type it at.
    """
    if file is None:
        if not sys.stdin.isatty():
            raise RefusedError(
                N_("There is no terminal to type a password at: use --password-file.")
            )
        return getpass.getpass(asked)
    first = places.content(file, LONGEST_PASSWORD).splitlines()[:1]
    try:
        return (first or [b""])[0].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise places.InputError(
            N_("{file} is not text in UTF-8: write the password on its first line."),
            file=file.name,
        ) from error


def _who(signer: Signer, session: Session | None, role: str) -> tuple[str, str]:
    """The member who signs, and in which role: as said, else as the session knows."""
    if session is None:
        return "", role
    name = folded(signer.name)
    for member in session.members.values():
        given = f"{member.given_names} {member.family_name}"
        if name in (folded(member.name), folded(given)):
            if role:
                return member.id, role
            if member.id == session.opened_by:
                return member.id, _("chair of the jury")
            return member.id, judgement.seat_label(session, member.id)
    if not role and name and name == folded(session.secretary):
        return "", _("secretary of the jury")
    return "", role


# --- which session -----------------------------------------------------------


def _register(arguments: Namespace, data: bytes) -> Path | None:
    """The register that exported these bytes: given, or found by their digest."""
    if arguments.register is not None:
        return places.named(arguments.register, arguments.sessions)
    digest = hashlib.sha256(data).hexdigest().encode()
    sessions: Path = arguments.sessions
    for path in sorted(sessions.glob(f"*/{FILE}")):
        with contextlib.suppress(OSError):  # not readable, so not the one
            if digest in path.read_bytes():
                return path
    return None
