"""One session's register: make, open, append, close.

What ``append`` has returned for is on the disk; of what was begun, what ``settle`` has
returned for. Opening to write takes the lock,
verifies every act, keeps aside what a power cut left and says so in an act.
"""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from jury_tui import canonical
from jury_tui.errors import JuryError, RegisterError
from jury_tui.i18n import N_
from jury_tui.register import chain, evidence, holder
from jury_tui.register.chain import Anchor, Scan, Torn
from jury_tui.register.disk import DISK, FULL, READ_ONLY, Disk, File, explained
from jury_tui.register.journal import ActDB, Journal
from jury_tui.register.reading import content, judged, read
from jury_tui.register.records import FILE, Records
from jury_tui.session.acts import AnyAct, from_body

Teller = Callable[[Torn], Mapping[str, object]]
"""Makes the act that tells of a torn end kept aside (``RegisterRecovered``)."""

_NETWORK = N_(
    "{path} is on a network file system ({kind}): what it says to have saved may be "
    "lost, and two people may write at once. Work on a local disk."
)
_VOLATILE = N_(
    "{path} is in memory ({kind}): everything is lost when the computer stops. Work "
    "on a disk."
)
_READ_ONLY = N_(
    "{path} can only be read here (write-protected medium or missing permission): "
    "nothing can be recorded."
)
_TORN_KEPT = N_(
    "The last write to {path} was cut short ({size} bytes after act {act} are not an "
    "act) and there is no room to put this right: it is open to be read. Make room, "
    "then open it again."
)
_EXISTS = N_("The session {session} already has a register: open it instead ({path}).")


class Register:
    """One session's record of acts. Make one with ``create`` or ``open``.

    Attributes:
        path: The file ``acts.jsonl``.
        session_id: The session.
        db: The acts as a TinyDB database, for queries (``db.acts.search(...)``).
        torn: A torn end that is still there, because nothing can be written.
        recovered: Torn ends kept aside that were not yet told by an act when this
            opened; told now if a teller was given.
        notices: What the secretary must know, as errors that were not raised.
    """

    def __init__(
        self,
        journal: Journal,
        disk: Disk,
        *,
        torn: Torn | None = None,
        recovered: tuple[Torn, ...] = (),
        notices: tuple[JuryError, ...] = (),
    ) -> None:
        self.path = journal.path
        self.session_id = journal.session_id
        self.db = ActDB(journal)
        self._acts = self.db.acts
        self.torn = torn
        self.recovered = recovered
        self.notices = notices
        self._journal = journal
        self._disk = disk

    @classmethod
    def create(
        cls,
        folder: Path,
        first: Mapping[str, Any],
        *,
        now: dt.datetime | None = None,
        disk: Disk = DISK,
    ) -> Self:
        """Start a register: ``folder/<session id>/acts.jsonl``, open to write.

        Args:
            folder: The folder of all sessions; made if it does not exist.
            first: The first act; its ``session`` names the session and starts the
                chain.
            now: The time, to tell others since when it is held.
            disk: Where to put it.

        Raises:
            RegisterError: the session exists, has a bad name, or the disk refused.
            BusyRegisterError: somebody is making it at this moment.
        """
        session_id = chain.check_session_id(first.get("session"))
        chain.line(chain.start(session_id), [canonical.encode(first)])
        path = folder / session_id / FILE
        try:
            _make_folders(folder, session_id, disk)
            try:
                file = disk.open(path, "new")
            except FileExistsError:
                file = disk.open(path, "write")
        except OSError as error:
            raise explained(error, path) from error
        try:
            before = _lock(file, path, now, disk)
            recovered = _emptied(file, path, session_id, disk)
            disk.sync_folder(path.parent)
            disk.sync_folder(folder)
            journal = Journal(path, file, Scan(session_id, [], [], 0))
            journal.append([first])
        except OSError as error:
            file.close()
            raise explained(error, path) from error
        except BaseException:
            file.close()
            raise
        notices = _notices(path, disk, before)
        return cls(journal, disk, recovered=recovered, notices=notices)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool = True,
        anchor: Anchor | None = None,
        recovered: Teller | None = None,
        now: dt.datetime | None = None,
        disk: Disk = DISK,
    ) -> Self:
        """Open a register, every act verified.

        Where writing is impossible (write-protected medium, missing permission, no
        room to repair a torn end) it opens to be read, and ``notices`` says why.

        Args:
            path: The file ``acts.jsonl``.
            write: Take the lock and allow ``append``.
            anchor: What was remembered of it; fewer or other acts are refused.
            recovered: Makes the act that tells of a torn end; without it the caller
                appends one for each of ``recovered``.
            now: The time, to tell others since when it is held.
            disk: Where it is.

        Raises:
            BrokenChainError: it was altered; ``act`` is the first act in doubt.
            UnreadableRegisterError: there is no register to judge.
            BusyRegisterError: another program is writing it; it may be read.
            RegisterError: the system refused.
        """
        if not write:
            return cls._reading(path, anchor, (), disk)
        try:
            file = disk.open(path, "write")
        except OSError as error:
            if error.errno in READ_ONLY:
                notice = RegisterError(_READ_ONLY, path=path)
                return cls._reading(path, anchor, (notice,), disk)
            raise explained(error, path) from error
        try:
            register = cls._writing(file, path, anchor, now, disk)
            if register is None:
                file.close()
                return cls._torn(path, anchor, disk)
            if recovered is not None and register.recovered:
                _tell(register, recovered)
            if register.failure is not None:
                register.close()
                return cls._reading(path, anchor, (register.failure,), disk)
        except OSError as error:
            file.close()
            if error.errno == errno.ENOLCK:
                return cls._reading(path, anchor, (explained(error, path),), disk)
            raise explained(error, path) from error
        except BaseException:
            file.close()
            raise
        return register

    @classmethod
    def _writing(
        cls,
        file: File,
        path: Path,
        anchor: Anchor | None,
        now: dt.datetime | None,
        disk: Disk,
    ) -> Self | None:
        """Lock, verify, repair; None if there is no room to repair."""
        before = _lock(file, path, now, disk)
        data = content(file, path)
        scan = chain.scan(data)
        reading = judged(path, scan, data, [anchor] if anchor else [])
        if reading.fault is not None:
            raise reading.fault
        if scan.torn is not None:
            try:
                evidence.repair(file, path, scan.torn, scan.size, disk)
            except OSError as error:
                if error.errno in FULL | READ_ONLY:
                    return None
                raise
        journal = Journal(path, file, scan)
        untold, notices = evidence.untold(path, journal.records, disk)
        notices = (*_notices(path, disk, before), *notices)
        return cls(journal, disk, recovered=untold, notices=notices)

    @classmethod
    def _torn(cls, path: Path, anchor: Anchor | None, disk: Disk) -> Self:
        """Read-only, since the torn end cannot be repaired."""
        register = cls._reading(path, anchor, (), disk)
        if register.torn is not None:
            register.notices += (
                RegisterError(
                    _TORN_KEPT,
                    path=path,
                    size=register.torn.size,
                    act=register.count,
                ),
            )
        return register

    @classmethod
    def _reading(
        cls,
        path: Path,
        anchor: Anchor | None,
        notices: tuple[JuryError, ...],
        disk: Disk,
    ) -> Self:
        reading = read(path, anchor, disk=disk)
        if reading.fault is not None:
            raise reading.fault
        known = Scan(reading.session_id, reading.bodies, reading.heads, 0, reading.acts)
        journal = Journal(path, None, known)
        return cls(journal, disk, torn=reading.torn, notices=notices)

    @property
    def writable(self) -> bool:
        """Whether acts can be recorded: opened to write, and nothing failed since."""
        return self._journal.writable

    @property
    def failure(self) -> RegisterError | None:
        """What ended the recording, if something did."""
        return self._journal.failure

    @property
    def records(self) -> Records:
        """The acts as dictionaries; grows with ``append``."""
        return self._journal.records

    @property
    def bodies(self) -> Sequence[bytes]:
        """Each act's canonical bytes."""
        return self._journal.bodies

    def typed(self) -> list[AnyAct]:
        """All acts, with their types.

        Raises:
            UnreadableRegisterError: one is unknown to this version.
        """
        acts = list(self._journal.read_acts)
        for number, body in enumerate(self.bodies[len(acts) :], len(acts) + 1):
            acts.append(from_body(body, number))
        return acts

    @property
    def heads(self) -> list[str]:
        """Each act's hash; "" where the same line goes on."""
        return self._journal.heads

    @property
    def count(self) -> int:
        """How many acts."""
        return len(self._journal.bodies)

    @property
    def head(self) -> str:
        """The hash of the last act's line."""
        return self._journal.anchor.head

    @property
    def anchor(self) -> Anchor:
        """Where it stands: what to remember outside of the file."""
        return self._journal.anchor

    def append(self, acts: Sequence[Mapping[str, object]]) -> Anchor:
        """Record acts at one stroke, all or none; durable when this returns.

        Args:
            acts: Plain dictionaries (``session.acts.to_record``).

        Raises:
            RegisterError: an act that cannot be recorded (nothing happened), or a
                failure of the disk, after which this opening accepts nothing more.
        """
        self._acts.insert_multiple(acts)
        return self._journal.anchor

    def begin(self, acts: Sequence[Mapping[str, object]]) -> None:
        """As ``append``, but back before the acts are durable.

        Nobody may be told of them before ``settle`` has returned.

        Raises:
            RegisterError: as ``append``, but for what only the sync tells.
        """
        self._acts.begin_multiple(acts)

    def settle(self) -> None:
        """Return when what was begun is durable; at once if nothing was.

        Raises:
            RegisterError: the disk failed: the acts are gone again, and this opening
                accepts nothing more.
        """
        self._acts.settle()

    def close(self) -> None:
        """Let go of the lock. A second call does nothing.

        Raises:
            RegisterError: what was begun did not reach the disk.
        """
        try:
            self.settle()
        finally:
            if self._journal.held:
                holder.clear(self.path, self._disk)
            self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _make_folders(folder: Path, session_id: str, disk: Disk) -> None:
    """The sessions' folder and the session's own, where they are missing."""
    try:
        disk.make_folder(folder / session_id)
    except FileNotFoundError:
        if folder == folder.parent:
            raise
        _make_folders(folder.parent, folder.name, disk)
        disk.sync_folder(folder.parent)
        disk.make_folder(folder / session_id)


def _lock(file: File, path: Path, now: dt.datetime | None, disk: Disk) -> holder.Holder:
    """Hold a register; who held it last and did not say that they let go."""
    if not file.lock():
        raise holder.busy(path, disk)
    before = holder.read(path, disk)
    holder.write(path, holder.myself(now), disk)
    return before


def _emptied(file: File, path: Path, session_id: str, disk: Disk) -> tuple[Torn, ...]:
    """Make sure that a file about to become a register holds no act."""
    scan = chain.scan(content(file, path))
    if scan.bodies or scan.fault is not None:
        raise RegisterError(_EXISTS, session=session_id, path=path)
    if scan.torn is None:
        return ()
    # A start that was cut: nobody was told that the session exists.
    evidence.repair(file, path, scan.torn, 0, disk)
    return (scan.torn,)


def _tell(register: Register, teller: Teller) -> None:
    """Record that torn ends were kept aside."""
    acts = [teller(torn) for torn in register.recovered]
    try:
        register.append(acts)
    except RegisterError:
        # No room even for this act: the register is worth reading all the same, and
        # what was kept aside is told at a later opening.
        if register.failure is None:
            raise


def _notices(path: Path, disk: Disk, before: holder.Holder) -> tuple[JuryError, ...]:
    kind = disk.kind(path)
    if kind.network:
        notice = RegisterError(_NETWORK, path=path, kind=kind.name)
        # Here a lock is worth nothing against another machine: its note is.
        if before.elsewhere:
            return notice, holder.left(before)
        return (notice,)
    if kind.volatile:
        return (RegisterError(_VOLATILE, path=path, kind=kind.name),)
    return ()
