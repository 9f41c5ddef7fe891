"""Who may replace whom, and hold whose proxy."""

from __future__ import annotations

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_
from jury_tui.rules import composition
from jury_tui.rules.findings import Layer
from jury_tui.rules.people import Member
from jury_tui.session.judgement.findings import as_appointed, case_of
from jury_tui.session.judgement.people import is_voting, placed, seat_label
from jury_tui.session.judgement.texts import on, rules, stacked
from jury_tui.session.session import Session


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
    case = case_of(
        session,
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
