"""The session as it was at a moment that the minutes speak of.

After closing, people have left; the minutes say who was there at the opening and who
sat for each candidate. The rules judge a *view*: the same session, with the
attendance and the replacements of that moment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from jury_tui.rules.findings import Finding
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.acts import Presence
from jury_tui.session.session import Attendance, File, Session, Spell


def spell_at(session: Session, member: str, when: dt.datetime) -> Spell | None:
    """The stay of a member that covers a moment, if one does."""
    for spell in session.attendance.get(member, Attendance()).spells:
        if spell.arrived <= when and (spell.departed is None or when < spell.departed):
            return spell
    return None


def ever_present(session: Session, member: str) -> bool:
    """Whether a member was there at any moment."""
    attendance = session.attendance.get(member)
    return attendance is not None and bool(attendance.spells)


def view(
    session: Session, when: dt.datetime, present: Iterable[str] | None = None
) -> Session:
    """The session with the attendance and replacements of a moment.

    Args:
        session: The session.
        when: The moment.
        present: Who was there, when the register itself took it down; else
            those whose stay covers the moment.
    """
    there = (
        [m for m in session.members if spell_at(session, m, when) is not None]
        if present is None
        else present
    )
    attendance: dict[str, Attendance] = {}
    for member in there:
        spell = spell_at(session, member, when)
        attendance[member] = Attendance(
            spells=(
                Spell(
                    arrived=when,
                    presence=Presence.ROOM if spell is None else spell.presence,
                    means="" if spell is None else spell.means,
                ),
            )
        )
    return replace(
        session,
        attendance=attendance,
        replacements=tuple(r for r in session.replacements if r.at <= when),
    )


def opening(session: Session) -> Session:
    """The session at its opening; as it is now while it has not opened."""
    if session.opened_at is None:
        return session
    return view(session, session.opened_at)


def judging(session: Session, file: File) -> Session:
    """The session when the jury last judged a candidate; as now if it has not."""
    ballots = [taken[-1] for taken in file.ballots.values() if taken]
    if ballots:
        last = max(ballots, key=lambda ballot: ballot.number)
        return view(session, last.at, last.sat)
    if file.deliberated_by and file.deliberation_started is not None:
        return view(session, file.deliberation_started, file.deliberated_by)
    if file.decisions:
        return view(session, file.decisions[-1].at)
    return session


def sat(session: Session, file: File) -> tuple[Member, ...]:
    """The voting members who sat for a candidate."""
    then = judging(session, file)
    return tuple(
        m
        for m in judgement.sitting(then, file.candidate.id)
        if judgement.is_voting(then, m.id)
    )


def chair_of(session: Session, file: File) -> str | None:
    """Who chaired for a candidate."""
    then = judging(session, file)
    return judgement.chair(then, file)


def judged(session: Session) -> tuple[File, ...]:
    """The candidates the jury has judged or is judging."""
    return tuple(f for f in session.agenda if f.ballots or f.decisions)


def findings(session: Session) -> tuple[Finding, ...]:
    """Everything the rules found: as appointed, at the opening, for each candidate."""
    found = [*judgement.as_appointed(session)]
    if session.opened_at is not None:
        found += judgement.as_present(opening(session))
    for file in judged(session):
        found += judgement.for_candidate(judging(session, file), file.candidate.id)
    return tuple(found)


def unjustified(session: Session, found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Breaches that ask for a justification and have none; one a clause and person."""
    given = {(n.clause, n.candidate) for n in session.justifications if n.text}
    left: dict[tuple[str, str], Finding] = {}
    for finding in found:
        key = (finding.clause, finding.candidate or "")
        if (
            finding.to_justify
            and (finding.clause, "") not in given
            and key not in given
            and (finding.clause, "") not in left
        ):
            left.setdefault(key, finding)
    return tuple(left.values())
