"""The demonstration: two fictitious sessions, made by the same commands as any other.

One is over and waits for its minutes: it has met most of what a jury meets in a day.
The other is convened with the same people, and waits to be opened. Both are dated
while RNCP 5411 was registered, so the law of that day applies to them; the chair's
casting vote, which general law did not give before April 2024, comes from the house
rules. Everyone and everything in them is invented.
"""

from __future__ import annotations

import datetime as dt
import shutil
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from jury_tui.register import anchors
from jury_tui.register.drafting import draft
from jury_tui.register.record import Record
from jury_tui.rosters import commands as appointed
from jury_tui.rosters import read_candidates, read_members, wanted_attributes
from jury_tui.session import judgement
from jury_tui.session.commands import parse
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.preparing import Convene

FINISHED = "demo-2008-06-10"
"""The session that is over: its name in the folder."""
READY = "demo-2008-06-24"
"""The session that waits to be opened."""

_PARIS = dt.timezone(dt.timedelta(hours=2))
_DRAFTED = dt.datetime(2008, 5, 5, 10, 0, tzinfo=_PARIS)
_CONVENED = dt.datetime(2008, 5, 19, 11, 30, tzinfo=_PARIS)
_PLACE = "Cnam, 292 rue Saint-Martin, Paris 3e (séance fictive)"
_SECRETARY = "Louise Girardon"


def make(sessions: Path, now: dt.datetime) -> Path:
    """Make the demonstration's sessions where they are missing.

    Args:
        sessions: The folder of sessions.
        now: The time; the sessions' own acts lie in 2008.

    Returns:
        The folder of the finished session.

    Raises:
        RegisterError: the folder cannot be written.
    """
    finished, ready = _name(sessions, FINISHED), _name(sessions, READY)
    if not (sessions / finished).exists():
        _make(sessions, finished, dt.date(2008, 6, 10), now, held=True)
    if not (sessions / ready).exists():
        _make(sessions, ready, dt.date(2008, 6, 24), now, held=False)
    return sessions / finished


def _name(sessions: Path, base: str) -> str:
    """The demonstration's name here: the one there is, else one never used.

    A name whose folder was deleted is remembered by the anchors: another register
    under it would read as an altered one.
    """
    name, number = base, 1
    while not (sessions / name).exists() and (
        sessions.is_dir() and anchors.last(sessions, name) is not None
    ):
        number += 1
        name = f"{base}-{number}"
    return name


def file(name: str) -> Traversable:
    """A file of the demonstration: the two lists of people, or ``seance.jsonl``."""
    return resources.files("jury_tui.demo").joinpath(name)


def _make(
    sessions: Path, name: str, date: dt.date, now: dt.datetime, *, held: bool
) -> None:
    """A session drafted and convened, with everyone in it; and held, if asked."""
    house = resources.files("jury_tui").joinpath(
        "rulebooks/reglement-interieur-exemple.toml"
    )
    with resources.as_file(house) as path:
        record = draft(
            sessions,
            certification="RNCP5411",
            route="vae",
            date=date,
            now=_DRAFTED,
            place=_PLACE,
            time="09:30",
            secretary=_SECRETARY,
            house=path,
            fictitious=True,
            name=name,
        )
    try:
        record.do(*_people(record), now=_DRAFTED)
        record.do(Convene(), now=_CONVENED)
        if held:
            record.do(*_sitting(), now=now)
    except BaseException:
        # Half a demonstration would stand in the way of the next one.
        record.close()
        shutil.rmtree(record.path, ignore_errors=True)
        raise
    record.close()


def _people(record: Record) -> tuple[Command, ...]:
    session = record.session
    wanted = wanted_attributes(judgement.rules(session))
    with resources.as_file(file("membres.csv")) as path:
        members = read_members(path, judgement.seats(session), wanted)
    with resources.as_file(file("candidats.csv")) as path:
        candidates = read_candidates(path, judgement.components(session), wanted)
    return appointed(members, candidates)


def _sitting() -> tuple[Command, ...]:
    """The day itself, one command a line, as ``jury-tui apply`` reads them."""
    lines = file("seance.jsonl").read_text("utf-8").splitlines()
    return tuple(parse(line) for line in lines)
