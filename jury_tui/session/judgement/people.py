"""Who sits where, who votes, who chairs."""

from __future__ import annotations

from collections.abc import Collection

from jury_tui.i18n import _, language
from jury_tui.rules import composition
from jury_tui.rules.labels import label
from jury_tui.rules.model import Seat
from jury_tui.rules.people import Member
from jury_tui.session.judgement.memory import PEOPLE, remembered, remembered_of_file
from jury_tui.session.judgement.texts import seats, stacked
from jury_tui.session.session import File, Session


@remembered(PEOPLE)
def placed(session: Session) -> composition.Assignment:
    """Who of the formation sits where."""
    return composition.assignment(
        stacked(session), session.route, session.formation, len(session.files)
    )


@remembered(PEOPLE)
def is_voting(session: Session, member: str) -> bool:
    """Whether a member's seat is a voting one; false for invitees and strangers."""
    person = session.members.get(member)
    if person is None:
        return False
    seat = seats(session).get(placed(session).seats.get(member, ""))
    if seat is not None:
        return seat.voting
    return composition.is_voting(stacked(session), session.route, person)


def seat_label(session: Session, member: str) -> str:
    """The seat a member holds, in words that agree with the person where known."""
    person = session.members[member]
    seat = placed(session).seats.get(member) or next(iter(person.seats), "")
    known = seats(session).get(seat)
    return person.function if known is None else seat_words(known, person)


def seat_words(seat: Seat, person: Member) -> str:
    """A seat, of the one person who holds it."""
    if seat.feminine and person.gender == "F" and language() == "fr":
        return seat.feminine
    return label(seat.singular or seat.label)


@remembered_of_file
def sitting(session: Session, candidate: str) -> tuple[Member, ...]:
    """Who sits for a candidate: present, not recused, and at the whole hearing.

    Who missed a hearing does not judge it: equality of candidates, a single jury.
    A jury that decides on a file holds no hearing, and the condition falls.
    """
    file = session.files[candidate]
    return tuple(
        m
        for m in session.present
        if m.id not in file.recused
        and (file.hearing_started is None or m.id in file.heard_by)
    )


def sitting_voters(session: Session, file: File) -> tuple[str, ...]:
    """Ids of those who may vote on a candidate, in the jury's order."""
    return _voters(session, file.candidate.id)


@remembered_of_file
def _voters(session: Session, candidate: str) -> tuple[str, ...]:
    return tuple(m.id for m in sitting(session, candidate) if is_voting(session, m.id))


def represented(session: Session, file: File) -> tuple[str, ...]:
    """Ids of those who vote on a candidate by proxy, in the order they gave it."""
    return _represented(session, file.candidate.id) if session.proxies else ()


@remembered_of_file
def _represented(session: Session, candidate: str) -> tuple[str, ...]:
    recused, holders = session.files[candidate].recused, _voters(session, candidate)
    return tuple(
        giver
        for giver, holder in session.proxies.items()
        if holder in holders
        and giver not in recused
        and not session.is_present(giver)
        and is_voting(session, giver)
    )


def voters(session: Session, file: File) -> tuple[str, ...]:
    """Ids of those who vote on a candidate: who sits, then who is represented."""
    return (*sitting_voters(session, file), *represented(session, file))


@remembered(PEOPLE)
def voting_members(session: Session) -> tuple[Member, ...]:
    """The voting members of the jury as it is formed now."""
    return tuple(m for m in session.formation if is_voting(session, m.id))


@remembered(PEOPLE)
def voices(session: Session) -> dict[str, int]:
    """How many voices each member's vote has, where the text weighs them.

    Members with one voice, nearly all, are not in it.
    """
    found = {}
    for member in session.members.values():
        seat = placed(session).seats.get(member.id) or next(iter(member.seats), "")
        known = seats(session).get(seat)
        if known is not None and known.voices != 1:
            found[member.id] = known.voices
    return found


def weight(session: Session, members: Collection[str]) -> int:
    """How many voices these members have together."""
    each = voices(session) if members else {}
    if not each:
        return len(members)
    return sum(each.get(member, 1) for member in members)


def away(session: Session, file: File | None = None) -> list[str]:
    """Names of the voting members who do not sit, each with why.

    Args:
        session: The session.
        file: The candidate; without one, those who are not present.
    """
    sitting_now = () if file is None else sitting_voters(session, file)
    told = []
    for member in voting_members(session):
        if file is not None and member.id in file.recused:
            why = _("by recusal")
        elif not session.is_present(member.id):
            why = _("by absence")
        elif file is not None and member.id not in sitting_now:
            why = _("not at the hearing")
        else:
            continue
        told.append(f"{member.name} ({why})")
    return told


@remembered(PEOPLE)
def invitees(session: Session) -> tuple[Member, ...]:
    """The ex-officio invitees."""
    return tuple(m for m in session.formation if not is_voting(session, m.id))


@remembered_of_file
def _chair(session: Session, candidate: str) -> str | None:
    file = session.files.get(candidate)
    there = session.present if file is None else sitting(session, candidate)
    found = composition.chair(
        stacked(session),
        session.route,
        tuple(m for m in there if is_voting(session, m.id)),
        file.acting_chair or None if file is not None else None,
    )
    return None if found is None else found.id


def chair(session: Session, file: File | None = None) -> str | None:
    """Who chairs now, or for one candidate; None when nobody there may."""
    return _chair(session, "" if file is None else file.candidate.id)
