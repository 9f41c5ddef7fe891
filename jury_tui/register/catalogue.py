"""The sessions of a folder, listed and searched without opening them.

Everything here is derived: ``SESSIONS/.catalogue`` can be deleted, and is made again
from the registers. A session is read again when its file's size or date has changed.
The files are readable by their owner only, and are replaced in one step.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

import msgspec
from msgspec.structs import replace

from jury_tui.errors import BusyRegisterError, JuryError
from jury_tui.i18n import folded
from jury_tui.register import names
from jury_tui.register.disk import DISK, explained, write_whole
from jury_tui.register.entries import Entry, glance, sorted_by
from jury_tui.register.latest import ENTRIES, FOLDER, VERSION, Saved, saved
from jury_tui.register.names import Hit
from jury_tui.register.parallel import Progress, spread
from jury_tui.register.reading import read
from jury_tui.register.records import FILE
from jury_tui.register.sought import meant

_NAMES, _LOCK = "names.idx", "lock"
_MOST_BYTES = 512 * 1024 * 1024
_POOL_FROM = 200
"""So many sessions to read again are worth other processes."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What an audit concluded, for the catalogue to show.

    Attributes:
        folder: The session's folder.
        verdict: In a word.
        breaches: How many breaches of composition were found.
        undecided: How many times the text or the facts did not tell.
        at: When it was audited.
        count, head, size: The register it was said of.
    """

    folder: str
    verdict: str
    breaches: int
    undecided: int
    at: dt.datetime
    count: int
    head: str
    size: int


class Catalogue:
    """The sessions of a folder. Make one with ``open``, then ``refresh``.

    Attributes:
        folder: The folder of all sessions.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries: dict[str, Entry] = {}
        self._names_size = 0
        # Blocks of names that are not in the index (yet).
        self._fresh: dict[str, bytes] = {}
        self._dirty = False

    @classmethod
    def open(cls, folder: Path) -> Self:
        """What is known of a folder, at once: nothing is read but the catalogue.

        What cannot be read of it is taken for nothing known, and made again.
        """
        catalogue = cls(folder)
        try:
            kept = saved(_bytes(folder / FOLDER / ENTRIES))
            names_size = (folder / FOLDER / _NAMES).stat().st_size
        except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
            return catalogue
        # An index shorter than the entries know of was cut: made again.
        if kept.version == VERSION and names_size >= kept.names:
            catalogue._entries = {e.folder: e for e in kept.entries}
            catalogue._names_size = kept.names
        elif kept.version == 1:
            # The index of names held no outcome: each register is read again, and
            # what was concluded of those that have not changed stays.
            catalogue._entries = {
                e.folder: replace(e, place=-1, changed=0) for e in kept.entries
            }
        return catalogue

    # --- asking ---------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, folder: str) -> Entry | None:
        """The entry of a session's folder."""
        return self._entries.get(folder)

    def entries(
        self,
        *,
        text: str = "",
        certification: str = "",
        since: dt.date | None = None,
        until: dt.date | None = None,
        phase: str = "",
        verdict: str = "",
        sort: str = "date",
        reverse: bool = True,
    ) -> list[Entry]:
        """The sessions that meet every condition given, the latest first.

        Args:
            text: Part of a candidate's name or file number, of the certification,
                the minutes number or the session's id, or the words of an outcome;
                accents and case ignored.
            certification: Its code, or part of it.
            since: The first day of the session.
            until: The last one.
            phase: State of the session.
            verdict: Of the last audit; ``altered`` also finds broken chains.
            sort: A field of ``Entry``.
            reverse: From the last to the first.
        """
        kept: Iterable[Entry] = self._entries.values()
        code = folded(certification)
        if text.strip():
            people = {hit.folder for hit in self._hits(text, first=True)}
            wanted = folded(text)
            outcomes = [meant(word) for word in wanted.split()]
            kept = [
                e
                for e in kept
                if e.folder in people or wanted in _said(e) or e.has(outcomes)
            ]
        if code:
            kept = [e for e in kept if code in folded(e.certification)]
        if since is not None:
            kept = [e for e in kept if e.date is not None and e.date >= since]
        if until is not None:
            kept = [e for e in kept if e.date is not None and e.date <= until]
        if phase:
            kept = [e for e in kept if e.phase == phase]
        if verdict:
            kept = [
                e
                for e in kept
                if e.verdict == verdict or (verdict == "altered" and e.altered)
            ]
        return sorted_by(list(kept), sort, reverse=reverse)

    def search(
        self, text: str, *, limit: int | None = 500, first: bool = False
    ) -> list[Hit]:
        """Sessions with a candidate whose names or file number hold every word.

        Args:
            text: Parts of words, in any order; accents and case are ignored. Beside
                a name, the words of an outcome find those who have it.
            limit: The most sessions to answer with; None for all.
            first: One candidate a session will do.
        """
        found: list[Hit] = []
        for hit in self._hits(text, first=first):
            found.append(hit)
            if limit is not None and len(found) >= limit:
                break
        return found

    def _hits(self, text: str, *, first: bool = False) -> Iterator[Hit]:
        for folder, data in self._fresh.items():
            hit = names.search_block(folder, data, text)
            if hit is not None:
                yield hit
        places = {f: e.place for f, e in self._entries.items() if e.place >= 0}
        if places:
            with contextlib.suppress(FileNotFoundError):
                yield from names.search(self._path(_NAMES), places, text, first=first)

    def used_numbers(self, prefix: str = "", year: int | None = None) -> set[str]:
        """Minutes numbers in use, of one certifier and year if given."""
        start = prefix + ("" if year is None else f"-{year}-")
        return {
            number
            for entry in self._entries.values()
            for number in (entry.number, *entry.rectifying)
            if number and number.startswith(start)
        }

    # --- keeping up -----------------------------------------------------------

    def refresh(
        self,
        progress: Progress | None = None,
        *,
        stopped: Callable[[], bool] | None = None,
        jobs: int = 1,
    ) -> int:
        """Read again what changed, and forget what is gone.

        Args:
            progress: Told how many sessions are read, of how many.
            stopped: Asked between sessions; what was read by then is kept.
            jobs: Processes to read with, where many sessions changed.

        Returns:
            How many sessions were read again or forgotten.

        Raises:
            RegisterError: the folder cannot be listed.
        """
        there = registers(self.folder)
        gone = [folder for folder in self._entries if folder not in there]
        for folder in gone:
            del self._entries[folder]
            self._fresh.pop(folder, None)
        stale = [
            folder
            for folder, (size, changed) in there.items()
            if (entry := self._entries.get(folder)) is None
            or (entry.size, entry.changed) != (size, changed)
        ]
        paths = [str(self.folder / folder / FILE) for folder in stale]
        done = 0
        for folder, (entry, block) in zip(
            stale,
            spread(
                _glanced,
                paths,
                jobs=jobs if len(stale) >= _POOL_FROM else 1,
                stopped=stopped,
            ),
            strict=False,
        ):
            size, changed = there[folder]
            self._take(replace(entry, folder=folder, size=size, changed=changed), block)
            done += 1
            if progress is not None:
                progress(done, len(stale))
        self._dirty |= bool(gone or done)
        self.save()
        return len(gone) + done

    def _take(self, entry: Entry, block: bytes) -> None:
        before = self._entries.get(entry.folder)
        if (
            before is not None
            and not entry.altered
            and (before.count, before.head, before.size)
            == (entry.count, entry.head, entry.size)
        ):
            entry = replace(
                entry,
                verdict=before.verdict,
                breaches=before.breaches,
                undecided=before.undecided,
                audited=before.audited,
            )
        self._entries[entry.folder] = entry
        self._fresh[entry.folder] = block

    def concluded(self, outcomes: Iterable[Outcome]) -> None:
        """Keep what audits concluded, for registers that have not changed since."""
        for outcome in outcomes:
            entry = self._entries.get(outcome.folder)
            if entry is None or entry.size != outcome.size:
                continue
            if not entry.altered and (entry.count, entry.head) != (
                outcome.count,
                outcome.head,
            ):
                continue
            self._entries[outcome.folder] = replace(
                entry,
                verdict=outcome.verdict,
                breaches=outcome.breaches,
                undecided=outcome.undecided,
                audited=outcome.at,
            )
            self._dirty = True

    # --- on the disk ----------------------------------------------------------

    def save(self) -> bool:
        """Keep it on the disk; False where that cannot be (it lives in memory then)."""
        if not self._dirty:
            return True
        try:
            DISK.make_folder(self._path(""))
            with _locked(self._path(_LOCK)):
                self._save_names()
                entries = self.entries()
                altered = sum(e.was_altered for e in entries)
                kept = Saved(VERSION, self._names_size, len(entries), altered, entries)
                write_whole(self._path(ENTRIES), msgspec.json.encode(kept))
        except (OSError, BusyRegisterError):
            # Write-protected, full, or somebody else keeps it up to date.
            return False
        self._dirty = False
        return True

    def _path(self, name: str) -> Path:
        return self.folder / FOLDER / name

    def _save_names(self) -> None:
        """Add the blocks that are new, or write the index anew."""
        path = self._path(_NAMES)
        try:
            size = path.stat().st_size
        except FileNotFoundError:
            size = -1
        added = sum(map(len, self._fresh.values()))
        live = sum(e.place >= 0 for e in self._entries.values())
        if (
            size != self._names_size
            or not live
            or (len(self._fresh) > 64 and len(self._fresh) * 4 > live)
            or (size + added > 2 * (self._live_bytes(path, size) + added))
        ):
            self._rewrite(path, size)
            return
        with path.open("ab") as file:
            for folder, data in self._fresh.items():
                self._placed(folder, size)
                size += file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._names_size = size
        self._fresh.clear()

    def _live_bytes(self, path: Path, size: int) -> int:
        """Bytes of the index that still say something, roughly."""
        rows = sum(e.candidates for e in self._entries.values() if e.place >= 0)
        return min(size, rows * 24)

    def _rewrite(self, path: Path, size: int) -> None:
        """All blocks in one new file: those of the old one that stand, then the new."""
        old = b"" if size != self._names_size else _bytes(path)
        parts, at = [names.HEADER], len(names.HEADER)
        for folder, entry in self._entries.items():
            data = self._fresh.get(folder)
            if data is None and 0 <= entry.place < len(old):
                end = old.find(names.MARK, entry.place + 1)
                data = old[entry.place : len(old) if end < 0 else end]
            if data is None:  # lost with the index: read again at the next refresh
                self._entries[folder] = replace(entry, place=-1, changed=0)
                continue
            self._placed(folder, at)
            parts.append(data)
            at += len(data)
        write_whole(path, b"".join(parts))
        self._names_size = at
        self._fresh.clear()

    def _placed(self, folder: str, place: int) -> None:
        self._entries[folder] = replace(self._entries[folder], place=place)


def _said(entry: Entry) -> str:
    return folded(
        f"{entry.session} {entry.folder} {entry.certification} {entry.number} "
        f"{' '.join(entry.rectifying)}"
    )


def registers(folder: Path) -> dict[str, tuple[int, int]]:
    """The sessions of a folder: size and date of each register."""
    found: dict[str, tuple[int, int]] = {}
    try:
        with os.scandir(folder) as places:
            for place in places:
                if place.name.startswith("."):
                    continue
                try:
                    # Not by Path: this is asked of every session at each refresh.
                    status = os.stat(os.path.join(place.path, FILE))  # noqa: PTH116, PTH118
                except OSError:
                    continue  # not a session: a file, or a folder of something else
                found[place.name] = (status.st_size, status.st_mtime_ns)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise explained(error, folder) from error
    return dict(sorted(found.items()))


def _glanced(path: str) -> tuple[Entry, bytes]:
    """One register's entry and its block of names."""
    place = Path(path)
    try:
        entry, people = glance(read(place))
    except JuryError:
        entry, people = Entry(session=place.parent.name), ()
    return entry, names.block(place.parent.name, people)


def _bytes(path: Path) -> bytes:
    file = DISK.open(path, "read")
    try:
        return file.read(0, _MOST_BYTES)
    finally:
        file.close()


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One program writes the catalogue at a time."""
    try:
        file = DISK.open(path, "new")
    except FileExistsError:
        file = DISK.open(path, "write")
    try:
        if not file.lock():
            raise BusyRegisterError("")
        yield
    finally:
        file.close()
