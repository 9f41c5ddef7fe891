"""A session made: its first acts, the rulebooks it adopts, its name and folder."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from jury_tui.canonical import nfc
from jury_tui.errors import RefusedError
from jury_tui.i18n import N_
from jury_tui.register.entries import usual_name
from jury_tui.register.record import Record, strokes
from jury_tui.register.register import Register
from jury_tui.rules.model import Kind
from jury_tui.rules.rulebook import laws, source, stack
from jury_tui.rules.rulebook import read as read_rulebook
from jury_tui.session.acts import AnyAct, RulebookAdopted, SessionDrafted, to_record
from jury_tui.session.commands.base import text

HOUSE_FILE = "reglement-interieur.toml"
"""The establishment's own rules, used when it lies in the sessions' folder."""


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
        for stroke in strokes(adopted):
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
