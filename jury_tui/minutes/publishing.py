"""From a closed session to a workbook on the disk: number, bytes, name, digest."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from jury_tui.errors import BusyRegisterError, ExportError
from jury_tui.i18n import N_, language
from jury_tui.minutes.completeness import blockers, refuse
from jury_tui.minutes.content import Minutes
from jury_tui.minutes.numbering import file_name, next_number, series, split
from jury_tui.minutes.rectification import document_of
from jury_tui.minutes.renderer import fingerprint
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.disk import DISK, explained, write_whole
from jury_tui.register.record import Record
from jury_tui.session.acts import MinutesExported
from jury_tui.session.commands.publishing import NumberMinutes, RecordExport
from jury_tui.session.session import Export, Phase, Session

LOCK = ".numbering"
"""Who holds it takes a number; two exports never take the same one."""
GIVEN = ".numbers"
"""The numbers given in a folder, one a line: none is given again."""
MOST_BYTES = 32 << 20
_TRIES, _PAUSE = 60, 0.05
_SIGNED = b"_xmlsignatures/"  # names of entries stand uncompressed in a package


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook that was written and recorded."""

    path: Path
    number: str
    sha256: str


def made(record: Record, number: str = "") -> Minutes:
    """The minutes of a session as it stands; a preview while something is missing.

    Args:
        record: The session.
        number: Of rectifying minutes, instead of the minutes themselves.

    Raises:
        ExportError: the register holds no rectification of that number.
        JuryError: a rulebook of the session cannot be read.
    """
    return document_of(
        record.session,
        number,
        code=record.code,
        head=record.register.head,
        count=len(record.acts),
    )


def publish(
    record: Record, *, sessions: Path, target: Path, now: dt.datetime
) -> Published:
    """Number the minutes if need be, write the workbook, record its digest.

    Args:
        record: The session, open to be written.
        sessions: The folder whose numbers make one series.
        target: The workbook, or the folder where it is named after its number.
        now: The time of the acts.

    Raises:
        ExportError: a mandatory mention is empty (they are all listed), the
            workbook there is signed, or the disk refuses.
        RefusedError: the session is not at this point.
        RegisterError: the register or the folder cannot be read or written.
    """
    if record.session.phase is Phase.SEALED:
        raise ExportError(
            N_(
                "These minutes are sealed: their workbook is final. "
                "Correct them by rectifying minutes."
            )
        )
    refuse(tuple(b for b in blockers(record.session) if b.key != "number"))
    if not record.session.number:
        with numbering(sessions):
            number = free_number(record.session, sessions)
            record.do(NumberMinutes(number=number), now=now)
            remember(sessions, [number])
    number = record.session.number
    path = place(target, number)
    spare_signed(path)
    last = record.acts[-1]
    if (
        isinstance(last, MinutesExported)
        and (last.file, last.language, last.renderer)
        == (path.name, language(), fingerprint())
        and _holds(path, last.sha256)
    ):  # nothing changed since: the same bytes, and no other act
        return Published(path=path, number=number, sha256=last.sha256)
    command = write(made(record), path)
    record.do(command, now=now)
    return Published(path=path, number=number, sha256=command.sha256)


def publish_rectifying(
    record: Record, number: str, *, target: Path, now: dt.datetime
) -> Published:
    """Write rectifying minutes as a workbook, and record its digest.

    Args:
        record: The session, sealed, open to be written.
        number: The rectifying minutes' own.
        target: The workbook, or the folder where it is named after its number.
        now: The time of the act.

    Raises:
        ExportError: the register holds no rectification of that number, the workbook
            there is signed, or the disk refuses.
        RegisterError: the register cannot be written.
    """
    path = place(target, number)
    command = write(made(record, number), path, number)
    record.do(command, now=now)
    return Published(path=path, number=number, sha256=command.sha256)


def place(target: Path, number: str) -> Path:
    """The workbook meant: a name, or in a folder the name that its number gives."""
    if target.suffix.casefold() == ".xlsx":
        return target
    return target / file_name(number)


def write(minutes: Minutes, path: Path, number: str = "") -> RecordExport:
    """Write a workbook, whole or not at all.

    Args:
        minutes: What it holds.
        path: Its place.
        number: Of the rectifying minutes, when it holds those.

    Returns:
        The command that records it, and which program wrote it.

    Raises:
        ExportError: it is not complete, the workbook there is signed, or the folder
            cannot be written.
    """
    from jury_tui.minutes.workbook import workbook

    spare_signed(path)
    data = workbook(minutes)
    put(path, data)
    return RecordExport(
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        language=language(),
        renderer=fingerprint(),
        number=number,
    )


def _holds(path: Path, sha256: str) -> bool:
    """Whether the workbook there is the one of this digest."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError):
        return False
    return hashlib.sha256(data).hexdigest() == sha256


def free_number(session: Session, sessions: Path) -> str:
    """The next number of this certifier and year, among the folder's sessions.

    Raises:
        ExportError: the certifier gives no prefix.
        RegisterError: the folder cannot be listed.
    """
    prefix, year = series(session)
    catalogue = Catalogue.open(sessions)
    catalogue.refresh()
    used = catalogue.used_numbers(prefix, year)
    remember(sessions, used)
    return next_number(prefix, year, used | given(sessions))


def given(sessions: Path) -> set[str]:
    """Every number ever given in this folder, as far as its list tells.

    A session that is removed takes its number away with it: the list does not forget
    it. What cannot be read there is nothing remembered; the registers still speak.
    """
    try:
        with (sessions / GIVEN).open("rb") as file:
            return set(file.read(MOST_BYTES).decode("utf-8", "replace").split("\n"))
    except OSError:
        return set()


def remember(sessions: Path, numbers: Iterable[str]) -> None:
    """Add to the list of numbers given; while holding ``numbering``.

    Raises:
        ExportError: the disk refuses.
    """
    known = given(sessions)
    whole = known | {number for number in numbers if "\n" not in number}
    if whole != known:
        put(sessions / GIVEN, "\n".join(sorted(whole - {""})).encode())


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, for its owner only; durable on return.

    Raises:
        ExportError: the disk refuses.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, data)
    except ValueError as error:  # a NUL in the name
        raise ExportError(
            N_("No file can be called {file}."), file=repr(path.name)
        ) from error
    except OSError as error:
        why = explained(error, path)
        raise ExportError(why.message, **why.values) from error


def scan_digest(path: Path) -> str:
    """The SHA-256 of a scan, read piece by piece.

    Raises:
        ExportError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except (OSError, ValueError) as error:
        raise ExportError(
            N_("{file} cannot be read: {why}. Check its name and its folder."),
            file=path.name,
            why=getattr(error, "strerror", "") or str(error),
        ) from error
    return digest.hexdigest()


def spare_signed(path: Path) -> None:
    """Refuse to overwrite a workbook that somebody signed."""
    try:
        with path.open("rb") as file:
            signed = _SIGNED in file.read(MOST_BYTES)
    except (OSError, ValueError):
        return  # nothing there that can be read: writing will say what is wrong
    if signed:
        raise ExportError(
            N_(
                "{file} is already signed and is not overwritten: "
                "give another name, or move it away."
            ),
            file=path.name,
        )


def export_of(session: Session, data: bytes, file: str) -> Export:
    """The export that these bytes are, or were before they were signed.

    What somebody changed in the folder of exports would be signed with the rest.

    Raises:
        ExportError: the register does not know their digest.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = {e.sha256: e.file for e in session.exports}
    known |= {s.file_sha256: s.file for s in session.signatures}
    found = [e for e in session.exports if e.file == known.get(digest)]
    if not found:
        raise ExportError(
            N_(
                "{file} is not the workbook that was exported: it was changed since. "
                "Export the minutes again, then sign."
            ),
            file=file,
        )
    return found[-1]


@contextlib.contextmanager
def giving(record: Record, numbers: Iterable[str]) -> Iterator[None]:
    """Numbers that somebody typed: given to nobody else, now nor later.

    Raises:
        ExportError: one is given already, or is not of the series of the minutes
            that it rectifies.
        RegisterError: the folder cannot be read, or others are numbering in it.
    """
    numbers = tuple(numbers)
    if not numbers:
        yield
        return
    sessions = record.path.parent
    with numbering(sessions):
        catalogue = Catalogue.open(sessions)
        catalogue.refresh()
        used = catalogue.used_numbers() | given(sessions)
        for number in numbers:
            _refuse_strange(record.session, number, used)
            used.add(number)
        yield
        remember(sessions, numbers)


def _refuse_strange(session: Session, number: str, used: set[str]) -> None:
    own, other = split(session.number), split(number)
    first = None if own is None else own[:2]
    strange = first is not None and (other is None or other[:2] != first)
    if first is not None and (strange or number in used):
        raise ExportError(
            N_(
                "The number {number} is given already, or is not of the series of "
                "these minutes: the next one is {next}."
            ),
            number=number[:80],
            next=next_number(*first, used),
        )
    if number in used:
        raise ExportError(
            N_("The number {number} is given already: no number is given twice."),
            number=number[:80],
        )


@contextlib.contextmanager
def numbering(sessions: Path) -> Iterator[None]:
    """One program takes a number at a time."""
    path = sessions / LOCK
    try:
        try:
            file = DISK.open(path, "new")
        except FileExistsError:
            file = DISK.open(path, "write")
    except OSError as error:
        raise explained(error, path) from error
    try:
        for _time in range(_TRIES):
            try:
                held = file.lock()
            except OSError as error:
                raise explained(error, path) from error
            if held:
                yield
                return
            time.sleep(_PAUSE)
        raise BusyRegisterError(
            N_("Another program is numbering minutes in {path}: try again."),
            path=sessions,
        )
    finally:
        file.close()
