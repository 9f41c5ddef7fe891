"""What a list, or a session, says of people: lines of a preview, and facts in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from jury_tui.i18n import _, short_date
from jury_tui.rules.labels import label
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.session import Session
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

if TYPE_CHECKING:
    from jury_tui.rosters import Fault, Held
    from jury_tui.rosters import Row as Listed

IN_THE_NAME = ("family_name", "given_names", "use_name")


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


def good_row(session: Session, row: Listed[Member] | Listed[Candidate]) -> Row:
    """A line that will be kept: the name, and what tells it from others.

    What can hardly be true takes the place of what tells it from others.
    """
    person = row.person
    facts = (
        (_seats_of(session, person), person.act)
        if isinstance(person, Member)
        else (person.file_number, _day(person.birth_date), _day(person.parcours_start))
    )
    told = " · ".join(plain(fact) for fact in facts if fact)
    odd = " ".join(judgement.oddities(session, person).values())
    cells = (
        Cell(str(row.line), SOFT),
        Cell("!", WARN) if odd else Cell("✓", OK),
        Cell(person.name),
        Cell(odd, WARN) if odd else Cell(told, SOFT),
    )
    return Row(f"ok{row.line}", cells, person.name)


def held_row(
    session: Session,
    held: Held[Member] | Held[Candidate],
    names: Mapping[str, str],
) -> Row:
    """A line whose person the session has: what differs there, if anything does."""
    odd = judgement.oddities(session, held.after).values()
    said, sign, tone = _("already there: left as it is"), "=", SOFT
    if held.changed:
        differs = "; ".join(differences(session, held, names))
        said, sign, tone = _("differs: {what}").format(what=differs), "≠", WARN
    elif odd:
        said, sign, tone = " ".join(odd), "!", WARN
    cells = (
        Cell(str(held.row.line), SOFT),
        Cell(sign, tone),
        Cell(held.after.name, "" if tone else SOFT),
        Cell(said, tone),
    )
    return Row(f"ok{held.row.line}", cells, held.after.name)


def differences(
    session: Session,
    held: Held[Member] | Held[Candidate],
    names: Mapping[str, str],
) -> Iterator[str]:
    """What a list says otherwise than the session of one person, fact by fact."""
    before = facts_of(session, held.before, names)
    after = facts_of(session, held.after, names)
    for field, (fact, now) in after.items():
        was = before.get(field, (fact, ""))[1]
        if now != was:
            yield _("{fact} {before} → {after}").format(
                fact=fact[:1].lower() + fact[1:],
                before=plain(was) or _("(empty)"),
                after=plain(now),
            )


def _seats(session: Session, member: Member) -> str:
    seats = judgement.seats(session)
    return ", ".join(label(seats[s].label) if s in seats else s for s in member.seats)


def _seats_of(session: Session, member: Member) -> str:
    """The same, in words that agree with the person."""
    seats = judgement.seats(session)
    return ", ".join(
        judgement.seat_words(seats[s], member) if s in seats else s
        for s in member.seats
    )


def _day(day: dt.date | None) -> str:
    return "" if day is None else short_date(day)


def known_of(
    session: Session, person: Member | Candidate, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """All that is known of a person beyond the name: words and facts.

    Args:
        session: Whose seats and components are named.
        person: The person.
        names: Of the members, by id.
    """
    also = () if isinstance(person, Candidate) and person.use_name else ("birth_name",)
    for field, (fact, value) in facts_of(session, person, names).items():
        if field == "seats" and isinstance(person, Member):
            value = _seats_of(session, person)
        if value and field not in (*IN_THE_NAME, *also):
            yield fact, plain(value)


def facts_of(
    session: Session, person: Member | Candidate, names: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Every fact about a person, by its field: what it is called, and what it says.

    Args:
        session: Whose seats, components and questions are named.
        person: The person.
        names: Of the members, by id.
    """
    found = (
        _of_member(session, person, names)
        if isinstance(person, Member)
        else _of_candidate(session, person)
    )
    if not person.attributes:
        return found
    from jury_tui.rosters import wanted_attributes

    asked = wanted_attributes(judgement.rules(session))
    for key, value in person.attributes.items():
        said = _("yes") if value is True else _("no") if value is False else value
        found[f"attributes.{key}"] = (label(asked.get(key, key)), str(said))
    return found


def _of_member(
    session: Session, member: Member, names: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    substituted = names.get(member.substitutes, member.substitutes)
    return {
        "family_name": (_("Family name"), member.family_name),
        "given_names": (_("Given names"), member.given_names),
        "seats": (_("Seat"), _seats(session, member)),
        "gender": (_("Gender"), member.gender),
        "function": (_("Function"), member.function),
        "employer": (_("Employer"), member.employer),
        "act": (_("Appointing act"), member.act),
        "act_date": (_("Date of the act"), _day(member.act_date)),
        "act_authority": (_("Signed by"), member.act_authority),
        "represents": (_("Represents"), member.represents),
        "substitutes": (_("Substitute of"), substituted),
    }


def _of_candidate(session: Session, candidate: Candidate) -> dict[str, tuple[str, str]]:
    parts = judgement.components(session)
    called = {key: f"{key} {label(part.label)}" for key, part in parts.items()}
    asked = (called.get(key, key) for key in candidate.components)
    before = (
        f"{called.get(a.component, a.component)} {_day(a.date)} {a.place}".strip()
        for a in candidate.acquired
    )
    return {
        "birth_name": (_("Birth name"), candidate.birth_name),
        "given_names": (_("Given names"), candidate.given_names),
        "use_name": (_("Name in use"), candidate.use_name),
        "file_number": (_("File number"), candidate.file_number),
        "gender": (_("Gender"), candidate.gender),
        "birth_date": (_("Date of birth"), _day(candidate.birth_date)),
        "birth_place": (_("Place of birth"), candidate.birth_place),
        "parcours_start": (_("Start of parcours"), _day(candidate.parcours_start)),
        "admissible_on": (_("Admissible on"), _day(candidate.admissible_on)),
        "employer": (_("Employer"), candidate.employer),
        "accompanists": (_("Accompanied by"), ", ".join(candidate.accompanists)),
        "trainers": (_("Trained by"), ", ".join(candidate.trainers)),
        "discipline": (_("Discipline"), candidate.discipline),
        "components": (_("Asks for"), ", ".join(asked)),
        "acquired": (_("Acquired before"), ", ".join(before)),
        "time": (_("Expected at"), candidate.time),
    }
