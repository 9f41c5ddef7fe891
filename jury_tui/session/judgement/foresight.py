"""Before the day: ties to ask about, and what would make the jury regular."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from jury_tui.i18n import _, listed
from jury_tui.rules import composition
from jury_tui.rules.composition import Change, Outlook, Suggestion
from jury_tui.rules.findings import Layer
from jury_tui.rules.labels import label
from jury_tui.session.judgement.findings import (
    as_appointed,
    candidate_case,
    case_of,
    compelling_ties,
    foreseen,
)
from jury_tui.session.judgement.texts import seats, stacked
from jury_tui.session.session import Attendance, Session, Spell


def suggestions(session: Session) -> tuple[Suggestion, ...]:
    """Ties that names and employers suggest, and nobody declared nor dismissed.

    A person confirms or dismisses each: nothing here recuses anybody.
    """
    settled = {(t.member, t.candidate) for t in session.ties}
    settled |= {(member, candidate) for member, candidate, _why in session.dismissed}
    found = composition.suggest_ties(
        session.formation, [f.candidate for f in session.agenda]
    )
    return tuple(s for s in found if (s.member, s.candidate) not in settled)


def suggested(session: Session, candidate: str) -> tuple[Suggestion, ...]:
    """Those of one candidate, but for who is recused already, or was."""
    file = session.files[candidate]
    return tuple(
        s
        for s in suggestions(session)
        if s.candidate == candidate and s.member not in file.recusals
    )


def expected(session: Session, without: Iterable[str] = ()) -> Session:
    """The session as if all were there but these; who came already stays as they are.

    Args:
        session: The session.
        without: Ids of members taken to be away.
    """
    gone = set(without)
    at = session.at
    assert at is not None  # noqa: S101 - a session has its first act
    came = Attendance(spells=(Spell(arrived=at),))
    there = {
        m.id: session.attendance[m.id] if session.is_present(m.id) else came
        for m in session.formation
        if m.id not in gone
    }
    return msgspec.structs.replace(session, attendance=there)


def outlooks(
    session: Session, without: frozenset[str] = frozenset()
) -> tuple[Outlook, ...]:
    """Each candidate with no outcome yet, were all but these members to come.

    What would make the jury regular takes longer to find: see :func:`remedies`.

    Args:
        session: The session.
        without: Ids of members taken to be away.
    """
    seated = [m.id for m in session.formation if m.id not in without]
    found = []
    for file in session.agenda:
        if file.settled:
            continue
        candidate = file.candidate.id
        gone = {t.member for t in compelling_ties(session, file)} | file.recused
        found.append(
            Outlook(
                candidate=candidate,
                leaving=tuple(m for m in seated if m in gone),
                findings=foreseen(session, candidate, without),
            )
        )
    return tuple(found)


def remedies(
    session: Session, candidate: str = "", without: Iterable[str] = ()
) -> tuple[Change, ...]:
    """The smallest changes after which the jury may sit, once these are away.

    Args:
        session: The session.
        candidate: The candidate it would sit for, tied members having left;
            without one, the jury as it would be present; as it is appointed, when it
            lacks somebody there already.
        without: Ids of members taken to be away.
    """
    gone = set(without)
    file = session.files.get(candidate)
    if file is not None:
        gone |= {t.member for t in compelling_ties(session, file)} | file.recused
    left = tuple(m for m in session.formation if m.id not in gone)
    if file is not None:
        case = candidate_case(session, file, left)
    elif any(finding.blocks for finding in as_appointed(session)):
        # whoever comes, a jury that is not appointed as it must be cannot sit
        case, gone = case_of(session, Layer.APPOINTMENT, session.formation), set()
    else:
        case = case_of(session, Layer.PRESENCE, left)
    # who is away or must leave is no remedy, and so is not among those to call
    others = tuple(m for m in case.appointed if m.id not in gone)
    return composition.smallest_changes(
        stacked(session), msgspec.structs.replace(case, appointed=others)
    )


def remedy_words(session: Session, change: Change) -> str:
    """A change in words: whom to call, which seats to fill, who should leave."""
    known = seats(session)
    told = []
    if change.add:
        names = listed(session.members[m].name for m in change.add)
        told.append(_("call {names}").format(names=names))
    if change.recruit:
        counted = Counter(label(known[s].label) for s in change.recruit)
        wanted = listed(
            seat
            if number == 1
            else _("{number} × {seat}").format(number=number, seat=seat)
            for seat, number in counted.items()
        )
        told.append(_("find somebody for: {seats}").format(seats=wanted))
    if change.remove:
        names = listed(session.members[m].name for m in change.remove)
        told.append(_("let {names} leave").format(names=names))
    return listed(told)
