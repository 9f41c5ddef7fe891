"""What the rules make of a session: seats, findings, results, decisions.

The session adds up acts and knows no rule; the rules know people and no session.
Here they meet. Everything is derived, nothing is stored; what is asked several
times of one session object is remembered until the next one.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed, short_date
from jury_tui.rules import ballot as ballots
from jury_tui.rules import composition, scoring
from jury_tui.rules import decision as decisions
from jury_tui.rules.composition import Case
from jury_tui.rules.findings import Finding, Layer, Verdict
from jury_tui.rules.labels import label
from jury_tui.rules.model import Component, Kind, Seat
from jury_tui.rules.people import Acquired, Member, Tie
from jury_tui.rules.rulebook import read, stack
from jury_tui.rules.stack import RouteRules, Rules
from jury_tui.session.acts import Choice, Tally
from jury_tui.session.session import Adopted, Ballot, File, Session, Status

_P = ParamSpec("_P")
_T = TypeVar("_T")
_memory = threading.local()


def _remembered(
    function: Callable[Concatenate[Session, _P], _T],
) -> Callable[Concatenate[Session, _P], _T]:
    """Remember answers about the last session asked about, and no other."""

    @wraps(function)
    def answer(session: Session, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        if getattr(_memory, "session", None) is not session:
            _memory.session, _memory.answers = session, {}
        key = (function.__name__, *args)
        answers: dict[object, _T] = _memory.answers
        if key not in answers:
            answers[key] = function(session, *args, **kwargs)
        return answers[key]

    return answer


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


def stacked(session: Session) -> Rules:
    """The rulebooks the session adopted, stacked.

    Raises:
        RulebookError: a rulebook in the register cannot be read.
        RefusedError: the session adopted no certification.
    """
    return _stacked(session.rulebooks)


@_remembered
def rules(session: Session) -> RouteRules:
    """Everything that governs the session's route."""
    return stacked(session).for_route(session.route)


@_remembered
def seats(session: Session) -> dict[str, Seat]:
    """The jury's seats by id."""
    return rules(session).seats


@_remembered
def components(session: Session) -> dict[str, Component]:
    """The certification's components by id."""
    return {c.id: c for c in rules(session).certification.components}


def on(session: Session) -> dt.date:
    """The day by which texts are chosen: the day of opening, else the planned one."""
    if session.opened_at is not None:
        return session.opened_at.date()
    return session.date or dt.date.min


# --- people ------------------------------------------------------------------


@_remembered
def placed(session: Session) -> composition.Assignment:
    """Who of the formation sits where."""
    return composition.assignment(
        stacked(session), session.route, session.formation, len(session.files)
    )


@_remembered
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
    """The seat a member holds, in words."""
    person = session.members[member]
    seat = placed(session).seats.get(member) or next(iter(person.seats), "")
    known = seats(session).get(seat)
    return label(known.label) if known is not None else person.function


@_remembered
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
    return tuple(
        m.id for m in sitting(session, file.candidate.id) if is_voting(session, m.id)
    )


def voting_members(session: Session) -> tuple[Member, ...]:
    """The voting members of the jury as it is formed now."""
    return tuple(m for m in session.formation if is_voting(session, m.id))


def invitees(session: Session) -> tuple[Member, ...]:
    """The ex-officio invitees."""
    return tuple(m for m in session.formation if not is_voting(session, m.id))


@_remembered
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


# --- findings ----------------------------------------------------------------


def _case(session: Session, layer: Layer, members: tuple[Member, ...]) -> Case:
    there = {m.id for m in session.present}
    return Case(
        layer=layer,
        on=on(session),
        route=session.route,
        members=members,
        appointed=tuple(session.members.values()),
        candidates=len(session.files),
        parcours=tuple(f.candidate.parcours_start for f in session.files.values()),
        ties=session.ties,
        remote=frozenset(m for m, a in session.attendance.items() if a.remote),
        proxies={g: h for g, h in session.proxies.items() if g not in there},
        convocation=session.convocation,
    )


@_remembered
def as_appointed(session: Session) -> tuple[Finding, ...]:
    """Findings on the jury as appointed, replacements included."""
    case = _case(session, Layer.APPOINTMENT, session.formation)
    return composition.judge(stacked(session), case)


@_remembered
def as_present(session: Session) -> tuple[Finding, ...]:
    """Findings on the jury as present now."""
    case = _case(session, Layer.PRESENCE, session.present)
    return composition.judge(stacked(session), case)


def _candidate_case(session: Session, file: File, members: tuple[Member, ...]) -> Case:
    return msgspec.structs.replace(
        _case(session, Layer.CANDIDATE, members),
        candidate=file.candidate,
        acting_chair=file.acting_chair or None,
        # a recused member has already left: what is judged is who stays
        ties=tuple(t for t in session.ties if t.member not in file.recused),
    )


@_remembered
def for_candidate(session: Session, candidate: str) -> tuple[Finding, ...]:
    """Findings on those who sit for one candidate, after recusals."""
    file = session.files[candidate]
    case = _candidate_case(session, file, sitting(session, candidate))
    return composition.judge(stacked(session), case)


@_remembered
def foreseen(session: Session, candidate: str) -> tuple[Finding, ...]:
    """Findings for a candidate before the day, were all but those tied to sit."""
    file = session.files[candidate]
    gone = {t.member for t in compelling_ties(session, file)} | file.recused
    left = tuple(m for m in session.formation if m.id not in gone)
    return composition.judge(stacked(session), _candidate_case(session, file, left))


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


@_remembered
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


def unjustified(session: Session) -> tuple[Finding, ...]:
    """Breaches that ask for a justification and have none yet."""
    given = {(n.clause, n.candidate) for n in session.justifications}
    found: dict[tuple[str, str], Finding] = {}
    judged = [f for f in session.files.values() if f.ballots]
    for finding in (
        *as_appointed(session),
        *(f for file in judged for f in for_candidate(session, file.candidate.id)),
    ):
        if not finding.to_justify or (finding.clause, "") in given:
            continue
        key = (finding.clause, finding.candidate or "")
        if key not in given and (finding.clause, "") not in found:
            found.setdefault(key, finding)
    return tuple(found.values())


# --- replacement, proxies ----------------------------------------------------


def check_replacement(session: Session, leaving: Member, coming: Member) -> None:
    """Refuse a substitute who may not hold the seat.

    Raises:
        RefusedError: the seat left is not one this person may hold.
    """
    seat = placed(session).seats.get(leaving.id) or next(iter(leaving.seats), "")
    if seat not in coming.seats:
        raise RefusedError(
            N_("{name} may not hold the seat of {other} ({seat})."),
            name=coming.name,
            other=leaving.name,
            seat=seat_label(session, leaving.id),
        )
    after = tuple(m for m in session.formation if m.id != leaving.id)
    case = _case(
        msgspec.structs.replace(session),
        Layer.APPOINTMENT,
        (*after, msgspec.structs.replace(coming, substitutes="")),
    )
    before = {f.clause for f in as_appointed(session) if f.blocks}
    worse = [
        f
        for f in composition.judge(stacked(session), case)
        if f.blocks and f.clause not in before
    ]
    if worse:
        raise RefusedError(
            N_("{name} cannot replace {other}: {why}"),
            findings=tuple(worse),
            name=coming.name,
            other=leaving.name,
            why=" ; ".join(f.explanation for f in worse),
        )


def check_proxy(session: Session, member: str, holder: str) -> None:
    """Refuse a proxy that the rules do not admit.

    Raises:
        RefusedError: no text admits proxies, or this one goes beyond it.
    """
    names = session.members
    limit = max(
        (
            c.clause.require.proxies.max
            for c in rules(session).clauses_on(on(session))
            if c.clause.require.proxies is not None
        ),
        default=0,
    )
    if limit == 0:
        raise RefusedError(
            N_("No rule of this jury admits proxies: {name} must be there to vote."),
            name=names[member].name,
        )
    held = [g for g, h in session.proxies.items() if h == holder and g != member]
    if member == holder or not is_voting(session, member) or session.is_present(member):
        raise RefusedError(
            N_("{name} cannot give a proxy: only an absent voting member can."),
            name=names[member].name,
        )
    if not is_voting(session, holder) or not session.is_present(holder):
        raise RefusedError(
            N_("{name} cannot hold a proxy: only a voting member who is there can."),
            name=names[holder].name,
        )
    if len(held) >= limit:
        raise RefusedError(
            N_("{name} already holds {number}, the most the rules admit."),
            name=names[holder].name,
            number=len(held),
        )


# --- components, votes, decision ---------------------------------------------


def asked(session: Session, file: File) -> tuple[str, ...]:
    """Components the jury must decide on: asked for, and not acquired earlier."""
    earlier = {a.component for a in file.candidate.acquired}
    wanted = file.candidate.components or tuple(components(session))
    return tuple(c for c in components(session) if c in wanted and c not in earlier)


def acquired_where(acquired: Acquired) -> str:
    """When and where a component was acquired, in words."""
    when = short_date(acquired.date) if acquired.date else ""
    return ", ".join(w for w in (when, acquired.place) if w) or _("date not given")


def majority(session: Session, file: File) -> ballots.MajorityRule:
    """The majority rule for one candidate, by the law of their key date."""
    return rules(session).majority(on(session), file.candidate.parcours_start)


def result(
    session: Session,
    file: File,
    tally: Tally,
    voters: int,
    casting: Choice | None = None,
) -> ballots.BallotResult:
    """What the rules make of a tally.

    Args:
        session: The session.
        file: The candidate.
        tally: The totals.
        voters: Who sat and could vote.
        casting: The chair's casting vote, once used.
    """
    return ballots.result(
        majority(session, file),
        ballots.Counts(
            for_=tally.for_,
            against=tally.against,
            abstention=tally.abstention,
            blank=tally.blank,
            did_not_vote=tally.did_not_vote,
        ),
        present=voters,
        members=len(voting_members(session)),
        chair_vote=None if casting is None else casting.value,
    )


def ballot_result(session: Session, file: File, ballot: Ballot) -> ballots.BallotResult:
    """What the rules make of a vote that was counted, casting vote included."""
    return result(session, file, ballot.tally, ballot.tally.total, ballot.casting)


def component_result(session: Session, file: File, component: str) -> str:
    """Where a component stands.

    One of ``earlier``, ``acquired``, ``not_acquired``, ``tie``, ``pending`` and
    ``not_asked``.
    """
    if any(a.component == component for a in file.candidate.acquired):
        return "earlier"
    if component not in asked(session, file):
        return "not_asked"
    ballot = file.ballot(component)
    if ballot is None:
        return "pending"
    return {"carried": "acquired", "not_carried": "not_acquired"}.get(
        ballot.outcome, "tie"
    )


class Derived(msgspec.Struct, frozen=True, kw_only=True):
    """A decision derived from the components, with its sentence."""

    outcome: str
    acquired: tuple[str, ...]
    remaining: tuple[str, ...]
    explanation: str
    source: str = ""


def decision(session: Session, file: File) -> Derived:
    """The decision that the components add up to.

    Raises:
        RefusedError: a component is not settled yet.
    """
    states = {c: component_result(session, file, c) for c in components(session)}
    ties = [c for c, s in states.items() if s == "tie"]
    if ties:
        raise RefusedError(
            N_(
                "The vote on {components} is tied: the chair's casting vote is awaited."
            ),
            components=listed(ties),
        )
    pending = [c for c, s in states.items() if s == "pending"]
    if pending:
        raise RefusedError(
            N_("The jury has not voted yet on: {components}."),
            components=listed(pending),
        )
    return _derived(session, file, states)


def _derived(session: Session, file: File, states: dict[str, str]) -> Derived:
    governing = rules(session)
    decided = decisions.decide(
        governing.certification.components,
        governing.decision,
        file.candidate,
        {c: s == "acquired" for c, s in states.items() if s.endswith("acquired")},
    )
    held = {*decided.before, *decided.acquired}
    return Derived(
        outcome="" if decided.extent is None else decided.extent.value,
        acquired=tuple(c for c in states if c in held),
        remaining=decided.missing,
        explanation=decided.explanation,
        source=decided.source,
    )


# --- marks -------------------------------------------------------------------


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What marks or a grid propose for a component: the jury decides."""

    outcome: str
    explanation: str
    source: str = ""


_PROPOSES = {
    scoring.Mastery.ACQUIRED: "carried",
    scoring.Mastery.PARTLY: "not_carried",
    scoring.Mastery.NOT_ACQUIRED: "not_carried",
}


def marks(file: File, component: str, reader: int = 1) -> dict[str, Fraction]:
    """Marks on a component by member id, in points; ``jury`` for one for all."""
    given = file.marks.get((component, reader), {})
    return {m: scoring.from_hundredths(value) for m, value in given.items()}


def proposal(session: Session, file: File, component: str) -> Proposed | None:
    """What grids, else marks, propose for a component; None when nothing does.

    One grid filled for the jury settles it; grids filled by several members propose
    something only where they agree.
    """
    part = components(session)[component]
    proposals = [
        scoring.propose_from_levels(
            part, {k: scoring.Mastery(v) for k, v in grid.levels.items()}
        )
        if grid.levels
        else scoring.propose_from_marks(
            part, {k: scoring.from_hundredths(v) for k, v in grid.marks.items()}
        )
        for (of, reader, _member), grid in file.grids.items()
        if of == component and reader == 1
    ]
    given = marks(file, component)
    if not proposals and given:
        alone = given.get("jury")
        proposals = [scoring.propose(part, [alone] if alone else [*given.values()])]
    results = {p.result for p in proposals}
    if len(results) != 1:
        return None
    (result,) = results
    if result is None:
        return None
    first = proposals[0]
    return Proposed(
        outcome=_PROPOSES[result],
        explanation=first.explanation,
        source=first.source,
    )


def check_mark(session: Session, component: str, value: int) -> None:
    """Refuse a mark that is off its component's scale or between two steps.

    Args:
        session: The session.
        component: The component's id.
        value: Hundredths of a point.

    Raises:
        RefusedError: says the scale.
    """
    scoring.check_mark(
        scoring.from_hundredths(value), components(session)[component].scale
    )


def check_grid(
    session: Session, component: str, levels: dict[str, str], marked: dict[str, int]
) -> None:
    """Refuse a grid with an unknown criterion or level, or a mark off the scale.

    Raises:
        RefusedError: says what is known.
    """
    part = components(session)[component]
    known = [c.id for c in part.criteria]
    strange = [c for c in (*levels, *marked) if c not in known]
    if strange or not (levels or marked) or (levels and marked):
        raise RefusedError(
            N_(
                "A grid gives either a level or a mark to criteria of component "
                "{component}: {known}."
            ),
            component=component,
            known=listed(known) or _("none"),
        )
    for level in levels.values():
        if level not in list(scoring.Mastery):
            raise RefusedError(
                N_("There is no level “{level}”. Levels: {known}."),
                level=level,
                known=listed(m.value for m in scoring.Mastery),
            )
    for value in marked.values():
        check_mark(session, component, value)


def status_word(file: File) -> str:
    """Where a candidate stands, in words."""
    decided = file.decision
    if file.status is Status.DECIDED and decided is not None:
        return outcome_word(decided.outcome)
    return {
        Status.REGISTERED: _("not called yet"),
        Status.CALLED: _("on the table"),
        Status.HEARING: _("being heard"),
        Status.HEARD: _("heard"),
        Status.DELIBERATION: _("in deliberation"),
        Status.DECIDED: _("decided"),
        Status.ABSENT: _("absent"),
        Status.POSTPONED: _("postponed"),
    }[file.status]


def outcome_word(outcome: str) -> str:
    """An outcome in words: full, partial, no validation."""
    return {
        "total": _("full validation"),
        "partial": _("partial validation"),
        "none": _("no validation"),
    }.get(outcome, outcome)


def choice_word(choice: Choice) -> str:
    """A choice in words."""
    return {
        Choice.FOR: _("for"),
        Choice.AGAINST: _("against"),
        Choice.ABSTENTION: _("abstention"),
        Choice.BLANK: _("blank"),
        Choice.DID_NOT_VOTE: _("did not vote"),
    }[choice]
