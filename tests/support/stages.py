"""Folders of sessions in every state that changes what keys do, full of hostile words.

Each stage is made by commands, under a folder whose name is hostile too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from jury_tui.minutes.publishing import publish
from jury_tui.register.drafting import draft
from jury_tui.register.record import Record
from jury_tui.rules.people import Acquired, TieKind
from jury_tui.session import judgement
from jury_tui.session.acts import JURY, Choice, Presence
from jury_tui.session.commands.candidates import (
    Call,
    Deliberate,
    EndHearing,
    Hear,
    MarkAbsent,
    Postpone,
    Pronounce,
    Recuse,
)
from jury_tui.session.commands.marking import FillGrid, Mark
from jury_tui.session.commands.preparing import (
    AmendCandidate,
    AmendMember,
    Appoint,
    Convene,
    Reschedule,
)
from jury_tui.session.commands.presence import Arrive, Excuse, SignIn
from jury_tui.session.commands.publishing import Rectify
from jury_tui.session.commands.sitting import (
    Close,
    RecordIncident,
    Seal,
    Suspend,
)
from jury_tui.session.commands.voting import CountVotes, GiveReason
from tests.support import corpus, screens
from tests.support.gradedscreens import graded
from tests.support.grids import DAY
from tests.support.screens import START, sitting

FOLDER = "[b]=1+1 山田[/]"
"""A folder of sessions that nobody would name so."""
PLACE = "Salle [/] =1+1 山田\u202e"
WORDS = "[bold]Motif[/] =cmd 山田\u202e\u200b"
CSV = "[red]=1+1 山田.csv"


class Stage(NamedTuple):
    """What is on the disk: a folder of sessions, and the one that is opened.

    Attributes:
        sessions: The folder of sessions.
        path: The session that is opened; None: the list is looked at.
        now: What time it is.
        held: A window that writes it meanwhile, if there is one.
    """

    sessions: Path
    path: Path | None = None
    now: dt.datetime = START + dt.timedelta(hours=1)
    held: Record | None = None


# --- preparing -----------------------------------------------------------------


def _alone(folder: Path) -> Record:
    """Drafted, nobody named yet."""
    return draft(
        folder,
        certification="RNCP5411",
        route="vae",
        date=START.date(),
        now=START,
        place=PLACE,
        secretary=WORDS,
        fictitious=True,
    )


def _drafted(folder: Path) -> Record:
    """Drafted, with people; an employer in common suggests a tie."""
    record = screens.drafted(folder)
    session = record.session
    first = session.members["m2"]
    one = session.files["c1"].candidate
    record.do(
        Reschedule(place=PLACE, secretary=WORDS),
        AmendMember(member=replace(first, function=WORDS, employer=PLACE)),
        AmendCandidate(
            candidate=replace(
                one,
                employer=PLACE,
                accompanists=(WORDS,),
                acquired=(Acquired(component="a", date=dt.date(2007, 6, 12)),),
            )
        ),
        Appoint(
            member=replace(
                first,
                id="",
                family_name="[u]Suppléant",
                given_names="=1+1",
                employer="",
                substitutes="m2",
            )
        ),
        now=START,
    )
    return record


def _convened(folder: Path) -> Record:
    record = _drafted(folder)
    record.do(Convene(), now=START)
    return record


def _gathering(folder: Path) -> Record:
    """Some are there, one from afar, one will not come."""
    record = _convened(folder)
    record.do(
        Arrive(member="m1"),
        SignIn(member="m1"),
        Arrive(member="m3", presence=Presence.REMOTE, means=WORDS),
        Excuse(member="m2", reason=WORDS),
        now=START,
    )
    return record


def _gathered(folder: Path) -> Record:
    """All there, none signed."""
    record = screens.convened(folder)
    record.do(*(Arrive(member=m) for m in record.session.members), now=START)
    return record


# --- sitting -------------------------------------------------------------------


def _opened(folder: Path) -> Record:
    """Open, with a tie declared and an incident."""
    record = screens.drafted(folder)
    record.do(Reschedule(place=PLACE, secretary=WORDS), now=START)
    sitting(record)
    record.do(RecordIncident(text=WORDS), now=START)
    return record


def _suspended(folder: Path) -> Record:
    record = _opened(folder)
    record.do(Suspend(reason=WORDS), now=START)
    return record


def _called(folder: Path) -> Record:
    record = _opened(folder)
    record.do(
        Call(candidate="c1"),
        Recuse(member="m2", kind=TieKind.EMPLOYER, reason=WORDS),
        now=START,
    )
    return record


def _heard(folder: Path) -> Record:
    record = _called(folder)
    record.do(Hear(), now=START)
    return record


def _deliberating(folder: Path) -> Record:
    record = _heard(folder)
    record.do(EndHearing(), Deliberate(), now=START)
    return record


def _lost(folder: Path) -> Record:
    """All voted, one component lost, with reasons; another without any."""
    record = _deliberating(folder)
    a, b, *others = judgement.components(record.session)
    record.do(
        CountVotes(component=a, all=Choice.AGAINST),
        GiveReason(component=a, reason=WORDS, recommendation=WORDS),
        CountVotes(component=b, all=Choice.AGAINST),
        *(CountVotes(component=c, all=Choice.FOR) for c in others),
        now=START,
    )
    return record


def _settled(folder: Path) -> Record:
    """One pronounced, one absent, one put off, one to come."""
    record = _lost(folder)
    b = list(judgement.components(record.session))[1]
    record.do(
        GiveReason(component=b, reason=WORDS),
        Pronounce(),
        MarkAbsent(candidate="c2"),
        Postpone(candidate="c3", reason=WORDS),
        now=START,
    )
    return record


def _finished(folder: Path) -> Record:
    """Nobody is left to be judged: it can be closed."""
    record = _settled(folder)
    record.do(MarkAbsent(candidate="c4"), now=START)
    return record


# --- grids ---------------------------------------------------------------------


def _graded(folder: Path) -> Record:
    return graded(folder)


def _filled(folder: Path) -> Record:
    """Levels, and marks, are recorded once for the jury; one is not whole."""
    record = graded(folder)
    record.do(
        FillGrid(component="a", levels={f"a{n}": "acquired" for n in range(1, 7)}),
        FillGrid(component="b", marks={"b1": 1200}),
        Mark(component="c", marks={JURY: 900}),
        now=DAY,
    )
    return record


def _read_twice(folder: Path) -> Record:
    """Two readings differ, by levels and by marks."""
    record = _filled(folder)
    second = {f"a{n}": "acquired" for n in range(1, 5)} | {"a5": "not_acquired"}
    record.do(
        FillGrid(component="a", levels={**second, "a6": "partly_acquired"}, reader=2),
        Mark(component="c", marks={JURY: 1100}, reader=2),
        now=DAY,
    )
    return record


def _tied(folder: Path) -> Record:
    """As many for as against, where the chair's voice prevails."""
    record = graded(folder)
    voters = judgement.sitting_voters(record.session, record.session.files["c1"])
    half = dict.fromkeys(voters[: len(voters) // 2], Choice.AGAINST)
    record.do(CountVotes(component="c", all=Choice.FOR, except_=half), now=DAY)
    return record


# --- after ---------------------------------------------------------------------


def _closed(folder: Path) -> Record:
    record = _finished(folder)
    record.do(Close(), now=START)
    return record


def _justified(folder: Path) -> Record:
    """Closed, and nothing is missing but the number."""
    return screens.closed(folder)


def _irregular(folder: Path) -> Record:
    """Closed, with something that still asks for a justification."""
    record = screens.drafted(folder, 1)
    late = START.date() + dt.timedelta(days=1)
    member = next(iter(record.session.members.values()))
    late_act = AmendMember(member=replace(member, act_date=late))
    record.do(late_act, Reschedule(place=PLACE), now=START)
    sitting(record)
    record.do(Call(candidate="c1"), Deliberate(), now=START)
    every = judgement.components(record.session)
    record.do(*(CountVotes(component=c, all=Choice.FOR) for c in every), now=START)
    record.do(Pronounce(), Close(), now=START)
    return record


def _exported(folder: Path) -> Record:
    record = _justified(folder)
    publish(
        record, sessions=folder, target=folder.parent / "exports", now=Stage(folder).now
    )
    return record


def _sealed(folder: Path) -> Record:
    record = _exported(folder)
    record.do(Seal(), now=Stage(folder).now)
    return record


def _rectified(folder: Path) -> Record:
    """Sealed, then rectified: the rectifying minutes are not written yet."""
    record = _sealed(folder)
    record.do(
        Rectify(number=f"{record.session.number}-R1", changes=WORDS, candidate="c1"),
        now=Stage(folder).now,
    )
    return record


def _lists(record: Record) -> None:
    """Beside the sessions: members, and candidates of whom one is faulty."""
    near = record.path.parent.parent
    (near / f"candidats {CSV}").write_text(
        "Nom de naissance;Prénom;Date de naissance;Lieu de naissance;Numéro;Parcours\n"
        "[red]Kaya=;Déniz;14/02/1974;Lyon;2008-9001;01/10/2007\n"
        "=1+1 山田;Aï;31/02/1970;Lyon;2008-9002;01/10/2007\n",
        "utf-8",
    )
    (near / f"membres {CSV}").write_text(
        "Nom;Prénom;Sexe;Siège;Acte de nomination;Date de l'acte;Autorité\n"
        "[red]Kaya=;Claire;F;président;2008-12;03/03/2008;[b]=1+1\n",
        "utf-8",
    )


# --- all of them ---------------------------------------------------------------

RECORDS: dict[str, Callable[[Path], Record]] = {
    make.__name__.removeprefix("_"): make
    for make in (
        *(_alone, _drafted, _convened, _gathering, _gathered),
        *(_opened, _suspended, _called, _heard, _deliberating, _lost, _settled),
        *(_finished, _graded, _filled, _read_twice, _tied),
        *(_closed, _irregular, _justified, _exported, _sealed, _rectified),
    )
}
"""One session each, by the name of its stage."""
YEARS = {"graded", "filled", "read_twice", "tied"}
"""Those whose day is that of the grids."""
FOLDERS = ("empty", "folder", "altered", "real")
"""Several sessions, or none: the list is looked at. One of “real” is no example."""


def made(stage: str, under: Path) -> Stage:
    """Make a stage.

    Args:
        stage: Of :data:`RECORDS` or :data:`FOLDERS`; ``read …``: held by another
            window meanwhile.
        under: An empty folder.
    """
    sessions = under / FOLDER
    sessions.mkdir(parents=True)
    if stage in FOLDERS:
        makes = {"empty": (), "folder": (_justified, _opened)}.get(
            stage, (_justified, _settled)
        )
        for make in makes:
            record = make(sessions)
            record.close()
            if stage == "altered":
                acts = record.path / "acts.jsonl"
                acts.write_bytes(corpus.flipped(acts.read_bytes()))
        if stage == "real":
            draft(
                sessions,
                certification="RNCP5411",
                route="vae",
                date=START.date(),
                now=START,
            ).close()
        return Stage(sessions)
    name = stage.removeprefix("read ")
    record = RECORDS[name](sessions)
    _lists(record)
    held = record if name != stage else None
    if held is None:
        record.close()
    start = DAY if name in YEARS else START
    return Stage(sessions, record.path, start + dt.timedelta(hours=1), held)
