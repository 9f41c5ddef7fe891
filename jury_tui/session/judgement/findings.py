"""Findings: as appointed, as present, for each candidate."""

from __future__ import annotations

import msgspec

from jury_tui.rules import composition
from jury_tui.rules.composition import Case
from jury_tui.rules.findings import Finding, Layer, Verdict
from jury_tui.rules.people import Member, Tie
from jury_tui.session.judgement.memory import ROOM, remembered, remembered_of_file
from jury_tui.session.judgement.people import sitting
from jury_tui.session.judgement.texts import on, rules, stacked
from jury_tui.session.session import File, Session


def case_of(session: Session, layer: Layer, members: tuple[Member, ...]) -> Case:
    """The case to judge at a layer, with these members counting."""
    there = {m.id for m in session.present}
    return Case(
        layer=layer,
        on=on(session),
        route=session.route,
        members=members,
        appointed=tuple(session.members.values()),
        candidates=len(session.parcours),
        parcours=session.parcours,
        ties=session.ties,
        remote=frozenset(m for m, a in session.attendance.items() if a.remote),
        proxies={g: h for g, h in session.proxies.items() if g not in there},
        # a third convocation has the rules of the second
        convocation=min(session.convocation, 2),
    )


@remembered(ROOM)
def as_appointed(session: Session) -> tuple[Finding, ...]:
    """Findings on the jury as appointed, replacements included."""
    case = case_of(session, Layer.APPOINTMENT, session.formation)
    return composition.judge(stacked(session), case)


@remembered(ROOM)
def as_present(session: Session) -> tuple[Finding, ...]:
    """Findings on the jury as present now."""
    case = case_of(session, Layer.PRESENCE, session.present)
    return composition.judge(stacked(session), case)


def candidate_case(session: Session, file: File, members: tuple[Member, ...]) -> Case:
    """The case to judge for a candidate, with these members sitting."""
    return msgspec.structs.replace(
        case_of(session, Layer.CANDIDATE, members),
        candidate=file.candidate,
        acting_chair=file.acting_chair or None,
        # a recused member has already left: what is judged is who stays
        ties=tuple(t for t in session.ties if t.member not in file.recused),
    )


@remembered_of_file
def for_candidate(session: Session, candidate: str) -> tuple[Finding, ...]:
    """Findings on those who sit for one candidate, after recusals."""
    file = session.files[candidate]
    case = candidate_case(session, file, sitting(session, candidate))
    return composition.judge(stacked(session), case)


@remembered_of_file
def blocking(session: Session, candidate: str) -> tuple[Finding, ...]:
    """The findings that forbid to go on.

    Args:
        session: The session.
        candidate: The candidate's id; empty: for the jury as appointed and present.
    """
    found = (
        for_candidate(session, candidate)
        if candidate
        else (*as_appointed(session), *as_present(session))
    )
    return tuple(f for f in found if f.blocks)


@remembered_of_file
def foreseen(
    session: Session, candidate: str, without: frozenset[str] = frozenset(), /
) -> tuple[Finding, ...]:
    """Findings for a candidate before the day, were all but those tied to sit.

    Args:
        session: The session.
        candidate: The candidate's id.
        without: Ids of members taken to be away: still appointed, they do not sit.
    """
    file = session.files[candidate]
    gone = {t.member for t in compelling_ties(session, file)} | file.recused | without
    left = tuple(m for m in session.formation if m.id not in gone)
    return composition.judge(stacked(session), candidate_case(session, file, left))


def compelling_ties(session: Session, file: File) -> tuple[Tie, ...]:
    """Declared ties that oblige a member to leave for this candidate.

    Which ties do depends on the law in force when the parcours started.
    """
    return tuple(
        tie
        for tie in session.ties
        if tie.candidate == file.candidate.id and _compels(session, file, tie)
    )


def _compels(session: Session, file: File, tie: Tie) -> bool:
    finding = composition.forbidden(
        stacked(session),
        file.candidate,
        session.members[tie.member],
        tie,
        on(session),
        session.route,
    )
    return finding is not None and finding.verdict is Verdict.BREACHED


@remembered(ROOM)
def clauses(session: Session) -> frozenset[str]:
    """Keys of all the clauses that govern this session, seats and quorum included."""
    governing = rules(session)
    return frozenset(
        [
            *(c.key for c in governing.clauses),
            *(q.key for q in governing.quorums),
            *(f.clause for f in as_appointed(session)),
            *(f.clause for f in as_present(session)),
        ]
    )
