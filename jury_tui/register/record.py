"""A session on the desk: its register, and what its acts add up to.

Screens and the command line go through here, and nowhere else, to write: a command
is checked against the session, its acts are made durable at one stroke, and only
then is the session what they make of it; or, begun and settled, before anybody sees it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from jury_tui import canonical
from jury_tui.canonical import nfc
from jury_tui.errors import (
    BusyRegisterError,
    JuryError,
    RefusedError,
    RegisterError,
)
from jury_tui.i18n import N_
from jury_tui.register import anchors, chain
from jury_tui.register.entries import usual_name
from jury_tui.register.headcode import code
from jury_tui.register.reading import read
from jury_tui.register.records import register_file
from jury_tui.register.register import Register
from jury_tui.rules.model import Kind
from jury_tui.rules.rulebook import laws, source, stack
from jury_tui.rules.rulebook import read as read_rulebook
from jury_tui.session.acts import (
    AnyAct,
    DecisionPronounced,
    MinutesExported,
    MinutesSigned,
    RegisterRecovered,
    RulebookAdopted,
    SessionClosed,
    SessionDrafted,
    SessionOpened,
    SessionSealed,
    to_record,
)
from jury_tui.session.commands import perform
from jury_tui.session.commands.base import Command, text
from jury_tui.session.folding import replay
from jury_tui.session.session import Session

HOUSE_FILE = "reglement-interieur.toml"
"""The establishment's own rules, used when it lies in the sessions' folder."""

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
        for stroke in _strokes(acts):
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
        strokes = _strokes(acts)
        written = 0
        try:
            for stroke in strokes:
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


def _strokes(acts: Sequence[AnyAct]) -> list[list[dict[str, object]]]:
    """Acts grouped by what one line of the register can hold.

    Raises:
        RegisterError: one alone is too long for a line; nothing is written yet.
    """
    if len(acts) <= _FEW:
        return [[to_record(act) for act in acts]]
    strokes: list[list[dict[str, object]]] = []
    size = _STROKE
    for act in acts:
        record = to_record(act)
        body = canonical.encode(record)
        length = len(body)
        if length > _STROKE:
            chain.line("", [body])  # refuses what no line can hold
        if size + length > _STROKE:
            strokes.append([])
            size = 0
        strokes[-1].append(record)
        size += length
    return strokes


def first_acts(
    *,
    certification: str,
    route: str,
    date: dt.date,
    now: dt.datetime,
    place: str = "",
    time: str = "",
    secretary: str = "",
    house: Path | None = None,
    fictitious: bool = False,
    name: str = "draft",
) -> tuple[AnyAct, ...]:
    """The acts every session begins with: its drafting, the rulebooks it adopts.

    Nothing is written: folded as they are, they make a session to try things on.

    Args:
        certification: A shipped certification's code, or a rulebook file.
        route: A route of the certification.
        date: The day the jury is called for.
        now: The time of drafting.
        place: Where it is held, if known.
        time: At what time, ``09:00``.
        secretary: Who keeps the minutes.
        house: The establishment's own rules.
        fictitious: For examples: the minutes say so.
        name: The session's id.

    Raises:
        RulebookError: a rulebook cannot be read, or has no such route.
        RefusedError: the rulebook is not a certification, a text is too long.
    """
    at = now.replace(microsecond=0)
    wanted = [source(book.code) for book in laws()]
    wanted.append(source(certification))
    if house is not None:
        wanted.append(source(str(house)))
    books = [
        (nfc(file), nfc(content), read_rulebook(nfc(content), file))
        for file, content in wanted
    ]
    certified = books[len(laws())][2]
    if certified.kind is not Kind.CERTIFICATION:
        raise RefusedError(
            N_("{code} is not a certification: choose one, the rest comes with it."),
            code=certified.code,
        )
    stack(
        certified,
        [b for _n, _t, b in books if b.kind is Kind.LAW],
        books[-1][2] if house is not None else None,
    ).for_route(route)
    drafted = SessionDrafted(
        at=at,
        session=name,
        certification=certified.code,
        route=route,
        date=date,
        place=text(place, ""),
        time=text(time, ""),
        secretary=text(secretary, ""),
        fictitious=fictitious,
    )
    adopted = (
        RulebookAdopted(
            at=at,
            name=file,
            kind=book.kind.value,
            sha256=hashlib.sha256(content.encode()).hexdigest(),
            text=content,
        )
        for file, content, book in books
    )
    return (drafted, *adopted)


def house_file(sessions: Path) -> Path | None:
    """The establishment's own rules, if they lie in the sessions' folder."""
    file = sessions / HOUSE_FILE
    return file if file.is_file() else None


def draft(
    sessions: Path,
    *,
    certification: str,
    route: str,
    date: dt.date,
    now: dt.datetime,
    place: str = "",
    time: str = "",
    secretary: str = "",
    house: Path | None = None,
    fictitious: bool = False,
    name: str = "",
) -> Record:
    """Begin a session: its register is made, with the rulebooks it is judged by.

    Args: as for ``first_acts``, and:
        sessions: The folder of sessions; made if absent.
        house: ``reglement-interieur.toml`` in that folder when left out and there.
        name: The session's id; made of date, certification and route otherwise.

    Raises:
        RulebookError: a rulebook cannot be read, or has no such route.
        RegisterError: the register cannot be made.
    """
    drafted, *adopted = first_acts(
        certification=certification,
        route=route,
        date=date,
        now=now,
        place=place,
        time=time,
        secretary=secretary,
        house=house or house_file(sessions),
        fictitious=fictitious,
    )
    code_ = to_record(drafted)["certification"]
    free = name or _free_name(sessions, date, code_, route)
    register = Register.create(
        sessions, {**to_record(drafted), "session": free}, now=now
    )
    try:
        for stroke in _strokes(adopted):
            register.append(stroke)
        return Record(register)
    except BaseException:
        register.close()
        raise


def _free_name(sessions: Path, date: dt.date, code_: str, route: str) -> str:
    """``2008-06-10-rncp5411-vae``, then ``…-2`` and so on."""
    base = usual_name(date, code_, route)
    name, number = base, 1
    while (sessions / name).exists():
        number += 1
        name = f"{base}-{number}"
    return name
