"""The sessions of a folder as the screens list and search them.

Everything comes from the catalogue: no register is replayed to be listed. What is
here runs in a thread beside the screen, one at a time. A row is made when it comes
into view, what a search looks through when something is searched.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

import msgspec
from textual.content import Content

from jury_tui.errors import JuryError
from jury_tui.i18n import _, folded, language, long_date, short_date
from jury_tui.register.latest import latest
from jury_tui.register.sought import meant, outcome_words, stem
from jury_tui.rules import shipped
from jury_tui.rules.labels import Label, label
from jury_tui.session.session import Phase, Session
from jury_tui.ui.collecting import uncollected
from jury_tui.ui.widgets.rows import Cell, Row, RowsOnDemand
from jury_tui.ui.words import (
    BAD,
    OK,
    OUTCOMES,
    SOFT,
    WARN,
    again_words,
    phase_sign,
    plain,
)

if TYPE_CHECKING:
    from jury_tui.register.catalogue import Catalogue
    from jury_tui.register.entries import Entry
    from jury_tui.register.names import Named

DRAW_EVERY = 0.25
"""Seconds between two drawings of the list while registers are read."""
MOST_WORDS = 8
"""Words of a search that count."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of sessions shows.

    Attributes:
        rows: The sessions found, the latest first; each key is a path.
        words: What they were searched by.
        count: How many sessions there are.
        altered: How many of them were altered.
        audited: Whether any was audited.
        left: How many registers are still to be read; 0 when it is all, -1 when that
            is not known yet, and ``rows`` are perhaps but the latest.
        who: The candidate by whom a session was found, by the key of its row.
    """

    rows: Sequence[Row] = ()
    words: str = ""
    count: int = 0
    altered: int = 0
    audited: bool = False
    left: int = 0
    who: dict[str, Named] = {}


class Shelf:
    """The catalogue of a folder, kept up to date and searched.

    Attributes:
        folder: The folder of all sessions.
        words: What is searched; may be changed while another thread reads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.words = ""
        self._catalogue: Catalogue | None = None
        self._said: dict[str, tuple[Entry, str, str]] = {}
        self._lock = Lock()

    def keep_up(
        self,
        draw: Callable[[Shown], None],
        stopped: Callable[[], bool],
        *,
        jobs: Callable[[], int],
        refresh: bool = True,
    ) -> None:
        """Draw what is known at once, then again as changed registers are read.

        Args:
            draw: Told what to show, now and then.
            stopped: Whether somebody asked to stop.
            jobs: Asked how many processes may read.
            refresh: Whether to look at the folder again.

        Raises:
            RegisterError: the folder cannot be listed.
        """
        with self._lock, uncollected():
            if stopped():
                return
            catalogue = self._opened(reopen=refresh)
            drawn = ("", 0.0)
            if len(catalogue):
                draw(self._shown(catalogue, left=0 if not refresh else -1))
                drawn = (self.words, monotonic())
            if not refresh:
                return

            def progress(done: int, total: int) -> None:
                nonlocal drawn
                if drawn[0] != self.words or monotonic() - drawn[1] > DRAW_EVERY:
                    draw(self._shown(catalogue, left=total - done))
                    drawn = (self.words, monotonic())

            catalogue.refresh(progress, stopped=stopped, jobs=jobs())
            if not stopped():
                draw(self._shown(catalogue))

    def entries(self) -> list[Entry]:
        """The sessions that the words find, the latest first."""
        with self._lock:
            catalogue = self._opened(reopen=False)
            return self._found(catalogue, catalogue.entries())[0]

    def _opened(self, *, reopen: bool) -> Catalogue:
        """The catalogue; anew from the disk, where an audit may have written."""
        from jury_tui.register.catalogue import Catalogue

        known = self._catalogue
        if known is None or (reopen and known.save()):
            self._catalogue = known = Catalogue.open(self.folder)
        return known

    def latest(self) -> Shown | None:
        """The latest sessions, as the catalogue was left; None if that takes longer."""
        first = latest(self.folder)
        if first is None:
            return None
        return Shown(
            rows=self._rows(first.entries, {}),
            count=first.count,
            altered=first.altered,
            audited=any(entry.verdict for entry in first.entries),
            left=-1,
        )

    def _shown(self, catalogue: Catalogue, left: int = 0) -> Shown:
        words = self.words
        there = catalogue.entries()
        found, names = self._found(catalogue, there)
        return Shown(
            rows=self._rows(found, names),
            words=words,
            count=len(there),
            altered=sum(entry.was_altered for entry in there),
            audited=any(entry.verdict for entry in there),
            left=left,
            who={
                f"{self.folder}{os.sep}{folder}": name
                for folder, name in names.items()
                if not isinstance(name, str)
            },
        )

    def _rows(self, found: list[Entry], names: dict[str, Named | str]) -> RowsOnDemand:
        folder = self.folder
        people = (one for one in names.values() if not isinstance(one, str))
        bearers = Counter(one.written for one in people)

        def row(index: int) -> Row:
            entry = found[index]
            one = names.get(entry.folder)
            whole = row_of(entry, folder)
            if one is None or isinstance(one, str):
                return whole if one is None else named(whole, one)
            number = _number(one) if bearers[one.written] > 1 else ""
            sign = OUTCOMES[one.outcome][0] if one.outcome else ""
            return named(whole, " ".join(filter(None, (one.written, number, sign))))

        return RowsOnDemand(
            [f"{folder}{os.sep}{entry.folder}" for entry in found],
            [entry.certification for entry in found],
            row,
        )

    def _found(
        self, catalogue: Catalogue, there: list[Entry]
    ) -> tuple[list[Entry], dict[str, Named | str]]:
        """Entries that hold every word: in what is said of them, or in one name.

        And who bears that name, by folder, where it was needed. The words of an
        outcome are held by a session with such a candidate, and then it is how many;
        beside a name, by the one who bears it.
        """
        words = folded(self.words).split()[:MOST_WORDS]
        if not words:
            return there, {}
        known, self._said = self._said, {}
        people: dict[str, dict[str, Named]] = {}
        found = []
        names: dict[str, Named | str] = {}
        for entry in there:
            kept = known.get(entry.folder)
            if kept is None or kept[0] != entry or kept[1] != language():
                kept = (entry, language(), said_of(entry))
            self._said[entry.folder] = kept
            beyond = [word for word in words if not _holds(kept[2], _typed(word))]
            outcomes = [meant(word) for word in beyond]
            if entry.has(outcomes):  # or there is none
                found.append(entry)
                if outcomes:
                    names[entry.folder] = _of_them(entry, outcomes)
                continue
            left = " ".join(beyond)
            if left not in people:
                hits = catalogue.search(left, limit=None, first=True)
                people[left] = {hit.folder: hit.people[0] for hit in hits}
            if entry.folder in people[left]:
                found.append(entry)
                names[entry.folder] = people[left][entry.folder]
        return found, names


def state_of(entry: Entry) -> tuple[str, str, str]:
    """Sign, word and tone of a session's state."""
    if entry.was_altered:
        return "✗", _("altered"), BAD
    if entry.phase not in set(Phase):
        return "✗", _("unreadable"), BAD
    return phase_sign(Phase(entry.phase))


def verdict_of(entry: Entry) -> tuple[str, str, str]:
    """Sign, word and tone of its last audit; empty when there was none."""
    return {
        "intact": ("✓", _("intact"), OK),
        "irregular": ("!", _("irregular"), WARN),
        "altered": ("✗", _("altered"), BAD),
        "unreadable": ("✗", _("unreadable"), BAD),
    }.get(entry.verdict, ("", "", ""))


def row_of(entry: Entry, folder: Path) -> Row:
    """A session in one line."""
    sign, word, tone = state_of(entry)
    mark, verdict, shade = verdict_of(entry)
    done = _("{done} of {all}").format(done=entry.done, all=entry.candidates)
    return Row(
        str(folder / entry.folder),
        (
            Cell(f" {sign} {word}", tone),
            Cell("" if entry.date is None else short_date(entry.date)),
            Cell(certified(entry)),
            Cell(done if entry.candidates else ""),
            Cell(entry.number),
            Cell(f"{mark} {verdict}".strip(), shade),
            Cell(entry.folder, SOFT),
        ),
        entry.certification,
    )


def _holds(said: str, word: str) -> bool:
    """Whether what is said holds a word, or the same in another number or gender."""
    return word in said or (stem(word) != word and stem(word) in said)


def _of_them(entry: Entry, outcomes: Sequence[frozenset[str]]) -> str:
    """How many candidates of a session have the outcomes that were searched."""
    wanted = frozenset.intersection(*outcomes) or frozenset.union(*outcomes)
    return ", ".join(
        f"{number} {OUTCOMES[outcome][0]} {outcome_words(outcome)}"
        for outcome in OUTCOMES
        if outcome in wanted and (number := getattr(entry, outcome))
    )


def _number(one: Named) -> str:
    """The file number by which one is told from others of the same name."""
    name = folded(one.written)  # with a name in use, the index has another order
    return one.said.removeprefix(name).strip() if one.said.startswith(name) else ""


def candidate_of(session: Session, one: Named) -> str:
    """The id, in a session, of the candidate that the index told of; or nothing."""
    for file in session.agenda:
        c = file.candidate
        said = f"{c.birth_name} {c.use_name} {c.given_names} {c.file_number}"
        if folded(said) == folded(one.said):
            return c.id
    return ""


def named(row: Row, found: str) -> Row:
    """The line of a session with why it was found, who or how many, first."""
    cells = list(row.cells)
    cells[2] = Cell(f"{found} · {cells[2].text}", short=found)
    return row._replace(cells=tuple(cells))


def in_full(row: Row) -> Content:
    """The line of a session without its columns, and what to do of a bad one."""
    state, _date, what, _done, number, verdict, folder = row.cells
    parts = [plain(what.text)]
    if plain(folder.text) not in parts[0]:  # where its own name does not say it
        parts.append(_("folder {name}").format(name=plain(folder.text)))
    if number.text:
        parts.append(_("minutes {number}").format(number=plain(number.text)))
    if verdict.text:
        parts.append(_("audit: {verdict}").format(verdict=verdict.text))
    if state.tone == BAD:
        parts.append(_("[v] audits them all, [g] replays what can be followed"))
    return Content(" · ".join(parts))


def certified(entry: Entry) -> str:
    """Certification and route: the code people search by, then the title.

    Before them the session's name, unless it only says the same, and the day. What
    tells it from another one comes first: there is not always room for all.
    """
    if not entry.certification:
        return entry.folder
    code, route = entry.certification, entry.route
    said = route.upper() if route.startswith("vae") else _route_words(code, route)
    again = again_words(entry.folder, entry.date, code, route)
    parts = (
        entry.folder if again is None else "",
        _("example") if entry.fictitious else "",
        f"{code} {again}" if again else code,
        said,
        shipped.title(code),
    )
    return " · ".join(part for part in parts if part)


@lru_cache(maxsize=256)
def _route_label(certification: str, route: str) -> Label:
    from jury_tui.rules import rulebook  # all the rules: rarely needed for a list

    try:
        routes = rulebook.load(certification).routes
    except JuryError:
        return route  # a file, or a rulebook of another version
    return next((r.label for r in routes if r.id == route), route)


def _route_words(certification: str, route: str) -> str:
    known = certification in shipped.index()
    return label(_route_label(certification, route)) if known else route


def said_of(entry: Entry) -> str:
    """What a search looks through, besides the names in the index."""
    day = entry.date
    days = "" if day is None else f"{day} {day:%d/%m/%Y} {day:%d.%m.%Y}"
    if day is not None:
        days = f"{days} {long_date(day)}"
    said = folded(
        f"{entry.folder} {certified(entry)} {entry.route} {entry.number} "
        f"{' '.join(entry.rectifying)} {days} {state_of(entry)[1]} "
        f"{verdict_of(entry)[1]}"
    )
    return _typed(said)


def _typed(text: str) -> str:
    """With the apostrophe of keyboards, where sentences have the one of print."""
    return text.replace("’", "'")


def jobs() -> int:
    """How many processes may read registers beside the screen.

    The screens hold standard error, and its place is then no file: the process that
    keeps track of others, which inherits it, is begun with the terminal's own.
    """
    import contextlib
    import sys

    if sys.platform != "win32":
        from multiprocessing import resource_tracker

        with contextlib.redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
    return os.cpu_count() or 1
