"""A session on the desk: its register, and what its acts add up to.

Screens and the command line go through here, and nowhere else, to write: a command
is checked against the session, its acts are made durable at one stroke, and only
then is the session what they make of it; or, begun and settled, before anybody sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from jury_tui import canonical
from jury_tui.errors import (
    BusyRegisterError,
    JuryError,
    RegisterError,
)
from jury_tui.i18n import N_
from jury_tui.register import anchors, chain
from jury_tui.register.headcode import code
from jury_tui.register.reading import read
from jury_tui.register.records import register_file
from jury_tui.register.register import Register
from jury_tui.session.acts import (
    AnyAct,
    DecisionPronounced,
    MinutesExported,
    MinutesSigned,
    RegisterRecovered,
    SessionClosed,
    SessionOpened,
    SessionSealed,
    to_record,
)
from jury_tui.session.commands import perform
from jury_tui.session.commands.base import Command
from jury_tui.session.folding import replay
from jury_tui.session.session import Session

# A stroke of acts is one line of the register; a long import takes several.
_STROKE = chain.MAX_LINE // 2
_FEW = 4

# After these the register's head is remembered outside of it: a chain does not see
# its own end being cut.
_ANCHORED = frozenset(
    (
        SessionOpened,
        DecisionPronounced,
        SessionClosed,
        MinutesExported,
        MinutesSigned,
        SessionSealed,
    )
)


_ALONG = N_("This window only reads: the session is written in another one.")
_READ = N_("This session was opened to be read: nothing is recorded here.")


class Record:
    """One session on the desk.

    Attributes:
        register: Its register, open.
        session: What its acts add up to.
        acts: All of them, oldest first.
        busy: Who else is writing it, when it could only be opened to be read.
        unanchored: Why what is remembered outside the register could not be asked, or
            its head could not be remembered there.
    """

    def __init__(
        self, register: Register, busy: BusyRegisterError | None = None
    ) -> None:
        self.register = register
        self.busy = busy
        self.unanchored: RegisterError | None = None
        self.acts: list[AnyAct] = []
        self.session = Session()
        self._before: tuple[Session, int] | None = None
        self._take()

    @classmethod
    def open(
        cls, path: Path, *, write: bool = True, now: dt.datetime | None = None
    ) -> Self:
        """Open a session.

        Args:
            path: The session's folder, or its ``acts.jsonl``.
            write: To go on with it; another program that is writing it makes this
                a reading, and ``busy`` says who.
            now: The time, for the holder's mark and the act that tells of a repair.

        Raises:
            RegisterError: there is no register, it was altered, or holds an act
                this version does not know.
        """
        path = register_file(path)
        anchor, unanchored = _last_anchor(path)
        busy = None
        if write:
            try:
                register = Register.open(
                    path,
                    write=True,
                    anchor=anchor,
                    recovered=_teller(now) if now else None,
                    now=now,
                )
                return cls._opened(register, unanchored=unanchored)
            except BusyRegisterError as error:
                busy = error
        register = Register.open(path, write=False, anchor=anchor)
        return cls._opened(register, busy, unanchored)

    @classmethod
    def _opened(
        cls,
        register: Register,
        busy: BusyRegisterError | None = None,
        unanchored: RegisterError | None = None,
    ) -> Self:
        try:
            record = cls(register, busy)
        except BaseException:
            register.close()
            raise
        record.unanchored = unanchored
        return record

    @property
    def path(self) -> Path:
        """The session's folder."""
        return self.register.path.parent

    @property
    def writable(self) -> bool:
        """Whether commands can be carried out."""
        return self.register.writable

    @property
    def why_read(self) -> JuryError | None:
        """Why nothing can be recorded; None if it can."""
        if self.writable:
            return None
        if self.register.failure is not None:
            return self.register.failure
        if self.busy is not None:
            return RegisterError(_ALONG)
        return next(iter(self.register.notices), RegisterError(_READ))

    @property
    def begun(self) -> bool:
        """Whether something was begun that may not be durable yet."""
        return self._before is not None

    @property
    def code(self) -> str:
        """The short code of the register's head, as the minutes print it."""
        return code(self.register.head)

    @property
    def notices(self) -> tuple[JuryError, ...]:
        """What the secretary must know about the file: where it is, who holds it."""
        busy = None if self.busy is None else self.busy.to_reader()
        own = (busy, self.unanchored)
        return (*(n for n in own if n is not None), *self.register.notices)

    def do(self, *commands: Command, now: dt.datetime) -> tuple[AnyAct, ...]:
        """Carry commands out, all or none; durable when this returns.

        Raises:
            RefusedError: one of them is refused, nothing was written.
            RegisterError: the register cannot be written.
        """
        self.settle()
        return self._done(*perform(self.session, commands, now))

    def begin(self, *commands: Command, now: dt.datetime) -> tuple[AnyAct, ...]:
        """As ``do``, but back before the acts are durable.

        The session is what they make of it; nobody may be told before ``settle`` has
        returned. What is remembered outside of the register, or takes several
        strokes, is durable all the same.

        Raises:
            RefusedError: one of them is refused, nothing was written.
            RegisterError: the register cannot be written.
        """
        self.settle()
        after, acts = perform(self.session, commands, now)
        if not 0 < len(acts) <= _FEW or not _ANCHORED.isdisjoint(map(type, acts)):
            return self._done(after, acts)
        for stroke in strokes(acts):
            self.register.begin(stroke)
        self._before = self.session, len(self.acts)
        self.acts.extend(acts)
        self.session = after
        return acts

    def settle(self) -> None:
        """Return when what was begun is durable; at once if nothing was.

        Raises:
            RegisterError: the disk failed: the session is again what it was before.
        """
        if self._before is None:
            return
        (session, count), self._before = self._before, None
        try:
            self.register.settle()
        except BaseException:
            self.session = session
            del self.acts[count:]
            raise

    def _done(self, after: Session, acts: tuple[AnyAct, ...]) -> tuple[AnyAct, ...]:
        made = strokes(acts)
        written = 0
        try:
            for stroke in made:
                self.register.append(stroke)
                written += len(stroke)
        except BaseException:
            # The disk failed in the middle of a long import: what it holds is held
            # here too, so that the two never differ.
            self._add(acts[:written])
            raise
        self.acts.extend(acts)
        self.session = after
        if not _ANCHORED.isdisjoint(map(type, acts)):
            self._anchor()
        return acts

    def _anchor(self) -> None:
        """Remember the head in the folder's ledger; the acts are safe regardless."""
        try:
            anchors.remember(
                self.path.parent, self.register.session_id, self.register.anchor
            )
            self.unanchored = None
        except RegisterError as error:
            self.unanchored = error  # said by ``notices``: nothing of it is lost

    def follow(self) -> bool:
        """Catch up with what another program wrote.

        Returns:
            Whether there was anything new.

        Raises:
            RegisterError: the register was altered meanwhile.
        """
        if self.register.writable or self.register.failure is not None:
            return False
        # What was already followed is remembered: a register that was cut, or put
        # in its place, is not mistaken for the same one gone on.
        known = self.register.anchor
        reading = read(self.register.path, known)
        if reading.fault is not None:
            raise reading.fault
        if reading.count <= len(self.acts):
            return False
        self.register = Register.open(self.register.path, write=False, anchor=known)
        self._take()
        return True

    def at(self, count: int) -> Session:
        """The session as it stood after ``count`` acts."""
        return replay(self.acts[: max(0, count)])

    def _take(self) -> None:
        """Add up what the register holds beyond the acts that are there."""
        self._add(self.register.typed()[len(self.acts) :])

    def _add(self, acts: Sequence[AnyAct]) -> None:
        self.session = replay(acts, self.session)
        self.acts += acts

    def close(self) -> None:
        """Let go of the register.

        Raises:
            RegisterError: what was begun did not reach the disk.
        """
        try:
            self.settle()
        finally:
            self.register.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _last_anchor(path: Path) -> tuple[chain.Anchor | None, RegisterError | None]:
    """What the sessions' folder last remembered of this register, if anything.

    A list that cannot be read stops no jury: why is said all the same.
    """
    folder = path.parent.parent
    try:
        found = anchors.last(folder, path.parent.name)
        if found is None and (name := anchors.named(path)):
            found = anchors.last(folder, name)
    except RegisterError as error:
        return None, RegisterError(anchors.UNBELIEVABLE, why=str(error))
    return found, None


def _teller(now: dt.datetime) -> Callable[[chain.Torn], dict[str, object]]:
    def tell(torn: chain.Torn) -> dict[str, object]:
        at = now.replace(microsecond=0)
        return to_record(RegisterRecovered(at=at, bytes=torn.size, sha256=torn.sha256))

    return tell


def strokes(acts: Sequence[AnyAct]) -> list[list[dict[str, object]]]:
    """Acts grouped by what one line of the register can hold.

    Raises:
        RegisterError: one alone is too long for a line; nothing is written yet.
    """
    if len(acts) <= _FEW:
        return [[to_record(act) for act in acts]]
    made: list[list[dict[str, object]]] = []
    size = _STROKE
    for act in acts:
        record = to_record(act)
        body = canonical.encode(record)
        length = len(body)
        if length > _STROKE:
            chain.line("", [body])  # refuses what no line can hold
        if size + length > _STROKE:
            made.append([])
            size = 0
        made[-1].append(record)
        size += length
    return made
