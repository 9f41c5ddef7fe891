"""From a closed session to a workbook on the disk: number, bytes, name, signature."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jury_tui.errors import ExportError
from jury_tui.i18n import N_
from jury_tui.register.record import Record
from jury_tui.session import judgement
from jury_tui.session.commands.publishing import RecordSignature
from jury_tui.session.session import Session
from jury_tui.ui import shelf

if TYPE_CHECKING:
    from jury_tui.minutes.content import Minutes
    from jury_tui.signing.signer import Signer


class BlockerLike(Protocol):
    """What is missing: a sentence, and whether it forbids publishing."""

    @property
    def sentence(self) -> str:
        """What is missing, and what to do."""

    @property
    def fatal(self) -> bool:
        """Whether the minutes cannot be published without it."""


def free_number(session: Session, sessions: Path) -> str:
    """The next number of this certifier and year, among the folder's sessions.

    Raises:
        ExportError: the certifier gives no prefix.
    """
    from jury_tui.minutes.numbering import next_number, prefix

    rules = judgement.rules(session)
    series = rules.minutes.number_prefix or prefix(rules.certification.certifier)
    used = [s.number for s in map(shelf.summary, shelf.folders(sessions)) if s.number]
    year = session.date.year if session.date else judgement.on(session).year
    return next_number(series, year, used)


def made(session: Session, record: Record) -> Minutes:
    """The minutes of the session as it stands.

    Raises:
        JuryError: a rulebook of the session cannot be read.
    """
    from jury_tui.minutes import document

    return document.minutes(
        session, code=record.code, head=record.register.head, count=len(record.acts)
    )


def write(minutes: Minutes, exports: Path) -> tuple[str, str]:
    """Write the workbook, whole or not at all.

    Returns:
        Its name and its SHA-256.

    Raises:
        ExportError: it is not complete, or the folder cannot be written.
    """
    from jury_tui.minutes.workbook import workbook

    data = workbook(minutes)
    name = f"{minutes.number}.xlsx"
    put(exports / name, data)
    return name, hashlib.sha256(data).hexdigest()


def put(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it.

    Raises:
        ExportError: the disk refuses.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise ExportError(
            N_("{file} cannot be written: {why}. Free the file or choose a folder."),
            file=path.name,
            why=error.strerror or str(error),
        ) from error


def signer(path: Path, password: str) -> Signer:
    """Who signs, from a .p12 file.

    Raises:
        SignatureError: the file or its password is wrong.
    """
    from jury_tui.signing.signer import load_p12

    return load_p12(path, password)


def signed(
    path: Path, who: Signer, *, role: str, place: str, time: dt.datetime
) -> RecordSignature:
    """Sign a workbook in place.

    Returns:
        The command that records the signature.

    Raises:
        ExportError: the workbook cannot be read or written.
        SignatureError: the key cannot be used, or an earlier signature is broken.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    from jury_tui.signing.signature import sign

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExportError(
            N_("{file} cannot be read: {why}. Export the minutes again."),
            file=path.name,
            why=error.strerror or str(error),
        ) from error
    after = sign(data, who, role=role, place=place, time=time)
    put(path, after)
    certificate = who.certificate.public_bytes(Encoding.DER)
    return RecordSignature(
        signer=who.name,
        role=role,
        certificate_sha256=hashlib.sha256(certificate).hexdigest(),
        file_sha256=hashlib.sha256(after).hexdigest(),
    )
