"""The sessions of a folder, summed up one by one as the eye reaches them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from jury_tui.errors import BrokenChainError, JuryError
from jury_tui.i18n import folded
from jury_tui.register.reading import read
from jury_tui.register.register import FILE
from jury_tui.session.acts import from_record
from jury_tui.session.folding import replay
from jury_tui.session.session import Phase, Session


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One session on the shelf.

    Attributes:
        fault: Why it cannot be read, ``altered`` or ``unreadable``; empty if it can.
        words: What a search looks through.
    """

    path: Path
    fault: str = ""
    phase: Phase | None = None
    date: dt.date | None = None
    certification: str = ""
    route: str = ""
    place: str = ""
    done: int = 0
    candidates: int = 0
    number: str = ""
    words: str = ""


def folders(sessions: Path) -> tuple[Path, ...]:
    """The folders that hold a register, the latest name first."""
    try:
        found = [p for p in sessions.iterdir() if (p / FILE).is_file()]
    except OSError:
        return ()
    return tuple(sorted(found, key=lambda p: p.name, reverse=True))


def summed(session: Session, path: Path) -> Summary:
    """A session in one line."""
    names = (
        f"{f.candidate.name} {f.candidate.birth_name} {f.candidate.file_number}"
        for f in session.files.values()
    )
    return Summary(
        path=path,
        phase=session.phase,
        date=session.date,
        certification=session.certification,
        route=session.route,
        place=session.place,
        done=sum(f.settled for f in session.files.values()),
        candidates=len(session.files),
        number=session.number,
        words=folded(
            f"{path.name} {session.certification} {session.place} {session.number} "
            f"{session.date} {session.date:%d/%m/%Y} {' '.join(names)}"
            if session.date
            else path.name
        ),
    )


def summary(path: Path) -> Summary:
    """Read one register and sum it up; what cannot be read is said, not raised."""
    try:
        reading = read(path / FILE)
        acts = [from_record(r, n + 1) for n, r in enumerate(reading.records)]
        whole = summed(replay(acts), path)
        fault = reading.fault
    except BrokenChainError:
        return Summary(path=path, fault="altered", words=folded(path.name))
    except JuryError:
        return Summary(path=path, fault="unreadable", words=folded(path.name))
    if fault is None:
        return whole
    return msgspec.structs.replace(whole, fault="altered")
