"""Sessions at each stage with names that try to break a screen, and ways to look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from jury_tui.register.drafting import draft
from jury_tui.register.record import Record
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.acts import Choice
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.candidates import Call, Deliberate, Pronounce
from jury_tui.session.commands.preparing import Appoint, Convene, RegisterCandidate
from jury_tui.session.commands.presence import Arrive, SignIn
from jury_tui.session.commands.sitting import Close, Justify, Open
from jury_tui.session.commands.voting import CountVotes
from jury_tui.ui.app import JuryApp

PARIS = dt.timezone(dt.timedelta(hours=2))
START = dt.datetime(2008, 6, 10, 8, 0, tzinfo=PARIS)
MEMBERS = (
    ("Durand", "Claire", "F"),
    ("Martin [/]", "Paul", "M"),
    ("=1+1", "Zoé", "F"),
    ("Roux\u202e", "Hélène", "F"),
    ("Élan 🎓", "Noël", "M"),
    ("Garcia [bold", "Inès", "F"),
    ("Nguyễn", "Vân", "M"),
    ("Haddad حداد", "Samir", "M"),
    ("Okafor", "[@click=app.quit]x[/]", "F"),
    ("Petit-de-la-Tour-du-Pin-Montauban-et-d’Ailleurs", "Marie-Charlotte", "F"),
    ("Yamada 山田", "Aï", "F"),
    ("Faure\tTab", "Marc", "M"),
    ("O’Neill $text-error", "Úna", "F"),
)
CANDIDATES = (
    ("Leroy [/]", "Samira"),
    ("[red]Kaya", "Deniz"),
    ("=cmd|’ /C calc’!A0", "Bob"),
    ("Ωmega\u200b", "Ζωή"),
)


class Clock:
    """A clock that moves one second each time it is read."""

    def __init__(self, start: dt.datetime = START + dt.timedelta(hours=1)) -> None:
        self.time = start

    def __call__(self) -> dt.datetime:
        self.time += dt.timedelta(seconds=1)
        return self.time


def drafted(
    folder: Path,
    candidates: int = 4,
    *,
    certification: str = "RNCP5411",
    now: dt.datetime = START,
    begun: dt.date = dt.date(2007, 10, 1),
) -> Record:
    """A drafted session with its people: as many members as seats ask for.

    Args:
        folder: The folder of sessions.
        candidates: How many.
        certification: Of which rulebook.
        now: When, and the day of the session.
        begun: When each parcours began.
    """
    record = draft(
        folder,
        certification=certification,
        route="vae",
        date=now.date(),
        now=now,
        place="Paris",
        time="09:00",
        secretary="Louise Girardon",
        fictitious=True,
    )
    held = [
        key
        for key, seat in judgement.seats(record.session).items()
        for _n in range(seat.at_least)
    ]
    people = [
        Appoint(
            member=Member(
                id="",
                family_name=family,
                given_names=given,
                gender=gender,
                seats=(seat,),
                act=f"{now.year}-12",
                act_date=min(dt.date(2008, 3, 3).replace(year=now.year), now.date()),
                act_authority="L’administratrice générale",
            )
        )
        for seat, (family, given, gender) in zip(held, MEMBERS, strict=False)
    ]
    files = [
        RegisterCandidate(
            candidate=Candidate(
                id="",
                birth_name=CANDIDATES[n % len(CANDIDATES)][0]
                + ("" if n < len(CANDIDATES) else f" {n}"),
                given_names=CANDIDATES[n % len(CANDIDATES)][1],
                file_number=f"{now.year}-{n:04d}",
                birth_date=dt.date(1970, 1, 1),
                birth_place="Lyon",
                parcours_start=begun,
            )
        )
        for n in range(candidates)
    ]
    record.do(*people, *files, now=now)
    return record


def sitting(record: Record, *, now: dt.datetime = START) -> Record:
    """Convened, everyone there and signed in, and open."""
    members = record.session.members
    record.do(Convene(), *(Arrive(member=m) for m in members), now=now)
    record.do(*(SignIn(member=m) for m in members), Open(), now=now)
    return record


def convened(folder: Path, candidates: int = 4) -> Record:
    """A convened session; nobody is there yet."""
    record = drafted(folder, candidates)
    record.do(Convene(), now=START)
    return record


def opened(folder: Path, candidates: int = 4) -> Record:
    """An open session, everyone there and signed in."""
    return sitting(drafted(folder, candidates))


def deliberating(folder: Path, candidates: int = 4) -> Record:
    """The jury deliberates on the first candidate, on the file."""
    record = opened(folder, candidates)
    record.do(Call(candidate="c1"), Deliberate(), now=START)
    return record


def closed(folder: Path) -> Record:
    """A closed session whose minutes lack nothing but their number."""
    record = opened(folder, 1)
    record.do(Call(candidate="c1"), Deliberate(), now=START)
    for component in judgement.components(record.session):
        record.do(CountVotes(component=component, all=Choice.FOR), now=START)
    record.do(Pronounce(), now=START)
    record.do(Close(), now=START)
    from jury_tui.ui.screens.justifying import to_justify

    for finding in to_justify(record.session):
        record.do(
            Justify(
                clause=finding.clause,
                text="Recevable avant la fin de l’enregistrement.",
                candidate=finding.candidate or "",
            ),
            now=START,
        )
    return record


def app(folder: Path, path: Path | None = None, **more: object) -> JuryApp:
    """The application on a folder, with its own clock and nothing remembered."""
    return JuryApp(
        folder,
        folder.parent / "exports",
        open_path=path,
        clock=Clock(),
        **more,  # type: ignore[arg-type]
    )


def shown(tmp_path: Path, stage: Callable[[Path], Record], *more: Command) -> JuryApp:
    """The application on a session of that stage, after some more commands."""
    record = stage(tmp_path / "sessions")
    if more:
        record.do(*more, now=START)
    record.close()
    return app(tmp_path / "sessions", record.path)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked for is drawn."""
    busy = [
        w
        for w in pilot.app.workers
        if w.group in ("shelf", "audit", "export", "foresight")
    ]
    if busy:
        await pilot.app.workers.wait_for_complete(busy)
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each drawn before the next; ``>text`` types a text."""
    for key in keys:
        if key.startswith(">"):
            focused = pilot.app.focused
            assert isinstance(focused, Input), focused
            focused.insert_text_at_cursor(key[1:])
        else:
            await pilot.press(key)
        await settle(pilot)


def lines(pilot: Pilot[None]) -> list[str]:
    """The text on the screen, line by line."""
    compositor = pilot.app.screen._compositor
    return [
        "".join(segment.text for segment in strip)
        for strip in compositor.render_strips()
    ]


def text(pilot: Pilot[None]) -> str:
    """The text on the screen."""
    return "\n".join(line.rstrip() for line in lines(pilot))
