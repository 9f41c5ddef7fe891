"""What a list, or a session, says of people: lines of a preview, and facts in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from jury_tui.i18n import _, short_date
from jury_tui.rosters.roster import Fault
from jury_tui.rules.labels import label
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.session import Session
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain


def fault_row(number: int, fault: Fault) -> Row:
    """A line that cannot be kept, and why."""
    problem = plain(str(fault.error))
    if fault.column:
        words = _("{column}: {problem}")
        problem = words.format(column=plain(fault.column), problem=problem)
    cells = (
        Cell(str(fault.line) if fault.line else "", SOFT),
        Cell("✗", BAD),
        Cell(plain(fault.who) or _("not recorded"), BAD),
        Cell(problem, BAD),
    )
    return Row(f"no{number}", cells)


def note_row(number: int, note: Fault) -> Row:
    """What is worth knowing, and stops nothing."""
    cells = (
        Cell(str(note.line) if note.line else "", SOFT),
        Cell("!", WARN),
        Cell(plain(note.column) if note.column else _("the whole file"), WARN),
        Cell(plain(str(note.error)), WARN),
    )
    return Row(f"note{number}", cells)


def good_row(session: Session, line: int, person: Member | Candidate) -> Row:
    """A line that will be kept: the name, and what tells it from others."""
    facts = (
        (_seats(session, person), person.act)
        if isinstance(person, Member)
        else (person.file_number, _day(person.birth_date), _day(person.parcours_start))
    )
    told = " · ".join(plain(fact) for fact in facts if fact)
    cells = (
        Cell(str(line), SOFT),
        Cell("✓", OK),
        Cell(person.name),
        Cell(told, SOFT),
    )
    return Row(f"ok{line}", cells, person.name)


def held_row(line: int, person: Member | Candidate) -> Row:
    """A line whose person the session has: left as it is there."""
    cells = (
        Cell(str(line), SOFT),
        Cell("=", SOFT),
        Cell(person.name, SOFT),
        Cell(_("already there: left as it is"), SOFT),
    )
    return Row(f"ok{line}", cells, person.name)


def _seats(session: Session, member: Member) -> str:
    seats = judgement.seats(session)
    return ", ".join(label(seats[s].label) if s in seats else s for s in member.seats)


def _day(day: dt.date | None) -> str:
    return "" if day is None else short_date(day)


def known_of(
    session: Session, person: Member | Candidate, names: Mapping[str, str]
) -> Iterator[str]:
    """The name of a person, then all that is known of them, each fact named.

    Args:
        session: Whose seats and components are named.
        person: The person.
        names: Of the members, by id.
    """
    facts: tuple[tuple[str, str], ...]
    if isinstance(person, Member):
        facts = (
            (_("Seat"), _seats(session, person)),
            (_("Gender"), person.gender),
            (_("Function"), person.function),
            (_("Employer"), person.employer),
            (_("Appointing act"), person.act),
            (_("Date of the act"), _day(person.act_date)),
            (_("Signed by"), person.act_authority),
            (_("Represents"), person.represents),
            (
                _("Substitute of"),
                names.get(person.substitutes, person.substitutes),
            ),
        )
    else:
        parts = judgement.components(session)
        called = {key: f"{key} {label(part.label)}" for key, part in parts.items()}
        asked = (called.get(key, key) for key in person.components)
        before = (
            f"{called.get(a.component, a.component)} {_day(a.date)}".strip()
            for a in person.acquired
        )
        facts = (
            (_("File number"), person.file_number),
            (_("Gender"), person.gender),
            (_("Date of birth"), _day(person.birth_date)),
            (_("Place of birth"), person.birth_place),
            (_("Start of parcours"), _day(person.parcours_start)),
            (_("Admissible on"), _day(person.admissible_on)),
            (_("Employer"), person.employer),
            (_("Accompanied by"), ", ".join(person.accompanists)),
            (_("Asks for"), ", ".join(asked)),
            (_("Acquired before"), ", ".join(before)),
            (_("Expected at"), person.time),
        )
    yield plain(person.name)
    for fact, value in facts:
        if value:
            yield _("{fact}: {value}").format(fact=fact, value=plain(value))
