"""From a closed session to a workbook on the disk: number, bytes, name, signature."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jury_tui.errors import ExportError
from jury_tui.i18n import N_, _
from jury_tui.register.record import Record
from jury_tui.session.commands.publishing import RecordSignature
from jury_tui.session.session import Export, Session

if TYPE_CHECKING:
    from jury_tui.signing.signer import Signer


class BlockerLike(Protocol):
    """What is missing: a sentence, and whether it forbids publishing."""

    @property
    def key(self) -> str:
        """What is missing, for the program."""

    @property
    def sentence(self) -> str:
        """What is missing, and what to do."""

    @property
    def fatal(self) -> bool:
        """Whether the minutes cannot be published without it."""


@contextlib.contextmanager
def free_number(session: Session, sessions: Path) -> Iterator[str]:
    """The next number of this certifier and year; nobody else takes it meanwhile.

    Raises:
        ExportError: the certifier gives no prefix.
        RegisterError: the folder cannot be read, or others are numbering in it.
    """
    from jury_tui.minutes import publishing

    with publishing.numbering(sessions):
        yield publishing.free_number(session, sessions)


def signer(path: Path, password: str) -> Signer:
    """Who signs, from a .p12 file.

    Raises:
        SignatureError: the file or its password is wrong.
    """
    from jury_tui.signing.signer import load_p12

    return load_p12(path, password)


def signed(
    session: Session,
    export: Export,
    folder: Path,
    who: Signer,
    *,
    role: str,
    time: dt.datetime,
    member: str = "",
) -> RecordSignature:
    """Sign a workbook that was exported, in place.

    Args:
        session: The session.
        export: The workbook.
        folder: Where it lies.
        who: The key and its certificate.
        role: As which the person signs.
        time: When, aware.
        member: The id of the member who signs; empty when they are none.

    Returns:
        The command that records the signature.

    Raises:
        ExportError: the workbook cannot be read or written, or is not the one that
            was exported.
        RefusedError: the session does not take a signature now.
        SignatureError: the key cannot be used, or an earlier signature is broken.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    from jury_tui.minutes.publishing import export_of, put
    from jury_tui.session.commands import perform
    from jury_tui.signing.signature import sign

    # Its name, never a path: a register may come from anybody.
    path = folder / Path(export.file.replace("\\", "/")).name
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise ExportError(
            N_("{file} cannot be read: {why}. Export the minutes again."),
            file=path.name,
            why=getattr(error, "strerror", "") or str(error),
        ) from error
    export = export_of(session, data, path.name)
    after = sign(data, who, role=role, place=session.place, time=time)
    certificate = who.certificate.public_bytes(Encoding.DER)
    command = RecordSignature(
        signer=who.name,
        role=role,
        certificate_sha256=hashlib.sha256(certificate).hexdigest(),
        file_sha256=hashlib.sha256(after).hexdigest(),
        member=member,
        file="" if export is session.exports[-1] else export.file,
    )
    perform(session, [command], time)  # refused before anything is written
    put(path, after)
    return command


# --- letters, extracts, rectifying minutes ------------------------------------


def _safe(text: str, most: int) -> str:
    from jury_tui.minutes.numbering import file_name

    return file_name(text).removesuffix(".xlsx")[:most]


def letters(
    session: Session, record: Record, candidate: str, exports: Path
) -> tuple[Path, Path]:
    """Write a candidate's letter and the extract of the minutes, as text.

    Returns:
        The two files, letter first; those of an earlier time are replaced.

    Raises:
        ExportError: no outcome yet, no minutes number, or the disk refuses.
        JuryError: a rulebook of the session cannot be read.
    """
    from jury_tui.minutes.letters import extract, notification
    from jury_tui.minutes.publishing import put
    from jury_tui.minutes.text import text

    count, head = len(record.acts), record.register.head
    made = [
        (
            word,
            text(make(session, candidate, code=record.code, head=head, count=count)),
        )
        for word, make in ((_("letter"), notification), (_("extract"), extract))
    ]
    stem = f"{_safe(session.number, 60)}-{_safe(candidate, 30)}"
    paths = []
    for word, body in made:
        path = exports / f"{stem}-{word}.txt"
        put(path, body.encode())
        paths.append(path)
    return paths[0], paths[1]
