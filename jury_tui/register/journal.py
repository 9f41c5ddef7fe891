"""TinyDB over an append-only, hash-chained file: acts are added, never changed.

TinyDB gives tables, queries and document numbers; its own JSON file, rewritten in
place at each insert, does not survive a power cut. Two documented extension points
replace it: a ``Storage`` and a ``Table`` subclass.

``Journal.append`` has returned: the acts are on the disk. It has not: none of them
counts, and the journal takes no more until it is opened again, because after a
failed write or sync nobody knows what the disk holds (a second ``fsync`` may
succeed for data the system has dropped).

``begin`` and ``settle`` are the two halves of it: between them the disk works while
the caller does, and nobody is told anything.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from jury_tui import canonical
from jury_tui.errors import RegisterError
from jury_tui.i18n import N_
from jury_tui.register import chain
from jury_tui.register.disk import FULL, File, explained
from jury_tui.register.records import Records
from jury_tui.register.waiting import Behind

TABLE = "acts"

_ONLY_GROWS = N_(
    "The register only grows: an act is never changed nor removed. Record what "
    "corrects it instead."
)
_NOT_WRITABLE = N_("This register was opened to be read: {path}.")
_CLOSED = N_("This register is closed: {path}.")
_FOREIGN = N_(
    "Another program changed {path} while it was open here. Nothing more is recorded: "
    "close it and verify it."
)
_FULL = N_(
    "The disk is full: what you just did was not recorded in {path}. Make room, then "
    "open the session again."
)
_FAILED = N_(
    "The disk failed: what you just did was not recorded in {path} ({detail}). Nothing "
    "more is recorded until the session is opened again; copy the folder first."
)
_TOO_LARGE = N_(
    "The register {path} would be larger than {most} bytes; no session needs that. "
    "Nothing was recorded."
)


class _Documents(Mapping[str, dict[str, Any]]):
    """The table as TinyDB wants it: number, as text, to act."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[str]:
        return map(str, range(1, len(self._records) + 1))

    def __getitem__(self, key: str) -> dict[str, Any]:
        if not (key.isdecimal() and 1 <= int(key) <= len(self._records)):
            raise KeyError(key)
        return self._records[int(key) - 1]


class _Stroke(NamedTuple):
    """Acts about to be recorded, as one line."""

    bodies: list[bytes]
    head: str
    line: bytes


class Journal(Storage):
    """The chained file as a TinyDB storage.

    Args:
        path: The file, for sentences.
        file: The open and locked file; None for a journal that is only read.
        known: What the file holds: its complete lines, already verified.
    """

    def __init__(self, path: Path, file: File | None, known: chain.Scan) -> None:
        self.path = path
        self.session_id = known.session_id
        self.bodies = known.bodies
        self.heads = known.heads
        self.records = Records(self.bodies)
        self.read_acts = tuple(known.acts or ())  # what was there when it opened
        self.failure: RegisterError | None = None
        self._file = file
        self._closed = False
        self._head = known.head or chain.start(known.session_id)
        self._end = known.size
        self._order = threading.Lock()
        self._behind = Behind()
        self._begun: _Stroke | None = None

    @property
    def writable(self) -> bool:
        """Whether acts can be appended."""
        return self._file is not None and self.failure is None

    @property
    def held(self) -> bool:
        """Whether the file is open to write, and so locked."""
        return self._file is not None

    @property
    def anchor(self) -> chain.Anchor:
        """Where the journal stands."""
        return chain.Anchor(len(self.bodies), self._head if self.bodies else "")

    def read(self) -> dict[str, dict[str, Any]]:
        """All tables, for TinyDB to look at; a view that cannot be changed."""
        return {TABLE: _Documents(self.records)}  # type: ignore[dict-item]

    def write(self, data: object) -> NoReturn:
        """Refused: TinyDB would rewrite everything.

        Raises:
            RegisterError: always.
        """
        raise RegisterError(_ONLY_GROWS)

    def append(self, acts: Sequence[Mapping[str, object]]) -> chain.Anchor:
        """Record acts, all or none; they are durable when this returns.

        Args:
            acts: Plain dictionaries; several are one line, one write, one sync.

        Raises:
            RegisterError: an act has no certain spelling or is too long (nothing
                happened); the disk failed or is full (nothing more is accepted).
        """
        with self._order:
            self._settle()
            file, stroke = self._ready(acts)
            self._write(file, stroke.line)
            return self._took(stroke)

    def begin(self, acts: Sequence[Mapping[str, object]]) -> chain.Anchor:
        """Record acts, all or none, and be back before they are durable.

        They are among the others at once; nobody may be told of them before
        ``settle`` has returned.

        Raises:
            RegisterError: as ``append``, but for what only the sync tells.
        """
        with self._order:
            self._settle()
            file, stroke = self._ready(acts)
            self._check_unchanged(file)
            try:
                file.append(stroke.line)
                self._behind.start(file.sync)
            except BaseException as error:
                self._fail(file, error)
                raise
            self._begun = stroke
            return self._took(stroke)

    def settle(self) -> None:
        """Return when what was begun is durable; at once if nothing was.

        Raises:
            RegisterError: the disk failed: the acts are gone again, and nothing more
                is accepted.
        """
        with self._order:
            self._settle()

    def _settle(self) -> None:
        begun, self._begun = self._begun, None
        if begun is None or self._file is None:
            return
        try:
            self._behind.wait()
        except BaseException as error:
            self._give_up(begun)
            self._fail(self._file, error)
            raise

    def _ready(self, acts: Sequence[Mapping[str, object]]) -> tuple[File, _Stroke]:
        bodies = [canonical.encode(act) for act in acts]
        if self.failure is not None:
            raise self.failure
        if self._file is None:
            raise RegisterError(
                _CLOSED if self._closed else _NOT_WRITABLE, path=self.path
            )
        stroke = _Stroke(bodies, *chain.line(self._head, bodies))
        if self._end + len(stroke.line) > chain.MAX_FILE:
            raise RegisterError(_TOO_LARGE, path=self.path, most=chain.MAX_FILE)
        return self._file, stroke

    def _took(self, stroke: _Stroke) -> chain.Anchor:
        """These acts are among the others."""
        self._head = stroke.head
        self._end += len(stroke.line)
        self.heads += [""] * (len(stroke.bodies) - 1) + [stroke.head]
        self.bodies += stroke.bodies
        return chain.Anchor(len(self.bodies), stroke.head)

    def _give_up(self, stroke: _Stroke) -> None:
        """The last acts are not among the others after all."""
        del self.bodies[-len(stroke.bodies) :], self.heads[-len(stroke.bodies) :]
        self._head = self.heads[-1] if self.heads else chain.start(self.session_id)
        self._end -= len(stroke.line)

    def _write(self, file: File, line: bytes) -> None:
        self._check_unchanged(file)
        try:
            file.append(line)
            file.sync()
        except BaseException as error:
            self._fail(file, error)
            raise

    def _fail(self, file: File, error: BaseException) -> None:
        """Accept nothing more; raises the sentence for what the disk said."""
        if isinstance(error, OSError):
            self.failure = self._failed(error)
        else:
            # Interrupted in the middle (Ctrl+C): what is there is unknown.
            self.failure = RegisterError(
                _FAILED, path=self.path, detail=type(error).__name__
            )
        self._take_back(file)
        if isinstance(error, OSError):
            raise self.failure from error

    def _check_unchanged(self, file: File) -> None:
        try:
            if file.size() == self._end:
                return
        except OSError as error:
            self.failure = self._failed(error)
            raise self.failure from error
        self.failure = RegisterError(_FOREIGN, path=self.path)
        raise self.failure

    def _failed(self, error: OSError) -> RegisterError:
        if error.errno in FULL:
            return RegisterError(_FULL, path=self.path)
        return RegisterError(
            _FAILED, path=self.path, detail=error.strerror or type(error).__name__
        )

    def _take_back(self, file: File) -> None:
        """Leave no half line, nor one that was said to be unrecorded."""
        try:
            file.cut(self._end)
            file.sync()
        except OSError:
            # The next opening finds the rest, and says so. Already a failure.
            return

    def close(self) -> None:
        """Let go of the file and of its lock, all that was begun being settled."""
        with self._order:
            self._closed = True
            self._behind.stop()
            if self._file is not None:
                file, self._file = self._file, None
                try:
                    file.close()
                except OSError as error:
                    raise explained(error, self.path) from error


class Acts(Table):
    """A table to which acts are added, and nothing else."""

    def insert(self, document: Mapping[str, Any]) -> int:
        """Record one act, durably; its number, from 1.

        Raises:
            RegisterError: see ``Journal.append``.
        """
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Record acts at one stroke, all or none; their numbers.

        Raises:
            RegisterError: see ``Journal.append``.
        """
        return self._insert(documents, Journal.append)

    def begin_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """The same, durable only once ``settle`` has returned.

        Raises:
            RegisterError: see ``Journal.begin``.
        """
        return self._insert(documents, Journal.begin)

    def settle(self) -> None:
        """Return when what was begun is durable.

        Raises:
            RegisterError: see ``Journal.settle``.
        """
        journal = self._storage
        if isinstance(journal, Journal):
            try:
                journal.settle()
            except BaseException:
                self.clear_cache()
                raise

    def _insert(
        self,
        documents: Iterable[Mapping[str, Any]],
        record: Callable[[Journal, list[Mapping[str, Any]]], chain.Anchor],
    ) -> list[int]:
        acts = list(documents)
        journal = self._storage
        if not isinstance(journal, Journal) or Document in map(type, acts):
            raise RegisterError(_ONLY_GROWS)  # a document brings its own number
        last = record(journal, acts).count
        self.clear_cache()
        return list(range(last - len(acts) + 1, last + 1))

    def _update_table(
        self, updater: Callable[[dict[int, Mapping[str, Any]]], None]
    ) -> NoReturn:
        # The one way through which TinyDB updates, upserts, removes and truncates.
        raise RegisterError(_ONLY_GROWS)

    def update(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refused. Raises ``RegisterError``."""
        raise RegisterError(_ONLY_GROWS)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None
    ) -> NoReturn:
        """Refused. Raises ``RegisterError``."""
        raise RegisterError(_ONLY_GROWS)


class ActDB(TinyDB):
    """TinyDB over a journal: one table, ``acts``, that only grows.

    Args:
        journal: The storage, already open.
    """

    table_class = Acts
    default_table_name = TABLE

    def __init__(self, journal: Journal) -> None:
        super().__init__(storage=lambda: journal)
        self.journal = journal

    @property
    def acts(self) -> Acts:
        """The table of acts."""
        table = self.table(TABLE)
        assert isinstance(table, Acts)  # noqa: S101 - table_class says so
        return table

    def drop_tables(self) -> NoReturn:
        """Refused. Raises ``RegisterError``."""
        raise RegisterError(_ONLY_GROWS)

    def drop_table(self, name: str) -> NoReturn:
        """Refused. Raises ``RegisterError``."""
        raise RegisterError(_ONLY_GROWS)
