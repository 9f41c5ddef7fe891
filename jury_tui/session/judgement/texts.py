"""The texts a session is judged by: stacked, and those of its route."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_
from jury_tui.rules.judging import route_rules
from jury_tui.rules.model import Component, Kind, Seat
from jury_tui.rules.rulebook import read, stack
from jury_tui.rules.stack import RouteRules, Rules
from jury_tui.session.judgement.memory import TEXTS, remembered
from jury_tui.session.session import Adopted, Session


@lru_cache(maxsize=256)
def _stacked(books: tuple[Adopted, ...]) -> Rules:
    read_books = [(b.kind, read(b.text, b.name)) for b in books]
    certification = [b for kind, b in read_books if kind == Kind.CERTIFICATION]
    if len(certification) != 1:
        raise RefusedError(N_("This session has no certification to be judged by."))
    houses = [b for kind, b in read_books if kind == Kind.HOUSE]
    return stack(
        certification[0],
        [b for kind, b in read_books if kind == Kind.LAW],
        houses[-1] if houses else None,
    )


@remembered(TEXTS)
def stacked(session: Session) -> Rules:
    """The rulebooks the session adopted, stacked.

    Raises:
        RulebookError: a rulebook in the register cannot be read.
        RefusedError: the session adopted no certification.
    """
    return _stacked(session.rulebooks)


@remembered(TEXTS)
def rules(session: Session) -> RouteRules:
    """Everything that governs the session's route."""
    return route_rules(stacked(session), session.route)


@remembered(TEXTS)
def seats(session: Session) -> dict[str, Seat]:
    """The jury's seats by id."""
    return rules(session).seats


@remembered(TEXTS)
def components(session: Session) -> dict[str, Component]:
    """The certification's components by id."""
    return {c.id: c for c in rules(session).certification.components}


def on(session: Session) -> dt.date:
    """The day by which texts are chosen: the day of opening, else the planned one."""
    if session.opened_at is not None:
        return session.opened_at.date()
    return session.date or dt.date.min
