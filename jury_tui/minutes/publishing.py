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
from jury_tui.minutes import document
from jury_tui.minutes.completeness import blockers, refuse
from jury_tui.minutes.content import Minutes
from jury_tui.minutes.numbering import file_name, next_number, series
from jury_tui.minutes.renderer import fingerprint
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.disk import DISK, explained, write_whole
from jury_tui.register.record import Record
from jury_tui.session.acts import MinutesExported
from jury_tui.session.commands.publishing import NumberMinutes, RecordExport
from jury_tui.session.session import Phase, Session

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


def made(record: Record) -> Minutes:
    """The minutes of a session as it stands; a preview while something is missing.

    Raises:
        JuryError: a rulebook of the session cannot be read.
    """
    return document.minutes(
        record.session,
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
    from jury_tui.minutes.workbook import workbook

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
    path = target if target.suffix.casefold() == ".xlsx" else target / file_name(number)
    spare_signed(path)
    last = record.acts[-1]
    if (
        isinstance(last, MinutesExported)
        and (last.file, last.language, last.renderer)
        == (path.name, language(), fingerprint())
        and _holds(path, last.sha256)
    ):  # nothing changed since: the same bytes, and no other act
        return Published(path=path, number=number, sha256=last.sha256)
    data = workbook(made(record))
    put(path, data)
    sha256 = hashlib.sha256(data).hexdigest()
    record.do(
        RecordExport(
            file=path.name,
            sha256=sha256,
            language=language(),
            renderer=fingerprint(),
        ),
        now=now,
    )
    return Published(path=path, number=number, sha256=sha256)


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
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except ValueError as error:  # a NUL in the name
        raise ExportError(
            N_("No file can be called {file}."), file=repr(path.name)
        ) from error
    except OSError as error:
        why = explained(error, path)
        raise ExportError(why.message, **why.values) from error


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


def refuse_unknown(session: Session, data: bytes, file: str) -> None:
    """Refuse bytes that are no workbook this session exported, or signed since.

    What somebody changed in the folder of exports would be signed with the rest.

    Raises:
        ExportError: the register does not know their digest.
    """
    known = {e.sha256 for e in session.exports}
    known |= {s.file_sha256 for s in session.signatures}
    if hashlib.sha256(data).hexdigest() not in known:
        raise ExportError(
            N_(
                "{file} is not the workbook that was exported: it was changed since. "
                "Export the minutes again, then sign."
            ),
            file=file,
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
