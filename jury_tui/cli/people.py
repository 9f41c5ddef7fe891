"""Lists of people given on the command line, and a session to try them on."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from pathlib import Path

from jury_tui import rosters
from jury_tui.cli import streams
from jury_tui.errors import RosterError
from jury_tui.i18n import ngettext
from jury_tui.register.drafting import first_acts, house_file
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.commands.base import Command
from jury_tui.session.folding import replay
from jury_tui.session.session import Session

Rosters = tuple[rosters.Roster[Member] | None, rosters.Roster[Candidate] | None]


def house(arguments: Namespace) -> Path | None:
    """The establishment's own rules: given, or lying in the sessions' folder."""
    given: Path | None = arguments.house
    return given if given is not None else house_file(arguments.sessions)


def sketch(
    arguments: Namespace, code: str, route: str, date: dt.date, now: dt.datetime
) -> Session:
    """A session with its rulebooks and nobody in it; nothing is written.

    Raises:
        RulebookError: a rulebook cannot be read, or has no such route.
    """
    return replay(
        first_acts(
            certification=code,
            route=route,
            date=date,
            now=now,
            house=house(arguments),
        )
    )


def read(arguments: Namespace, session: Session) -> tuple[Command, ...]:
    """The commands that keep the lists given, every line of them right.

    Raises:
        RosterError: a list cannot be read, or has a wrong line; each was said.
    """
    wanted = rosters.wanted_attributes(judgement.rules(session))
    members = arguments.members and rosters.read_members(
        arguments.members, judgement.seats(session), wanted
    )
    candidates = arguments.candidates and rosters.read_candidates(
        arguments.candidates, judgement.components(session), wanted
    )
    faults = 0
    for roster in (members, candidates):
        if roster is not None:
            for said in (*roster.notes, *roster.faults):
                streams.talk(said)
            faults += len(roster.faults)
    if faults:
        message = ngettext(
            "{number} thing to put right: nothing was kept.",
            "{number} things to put right: nothing was kept.",
            faults,
        )
        raise RosterError(message, number=faults)
    return rosters.commands(members, candidates)
