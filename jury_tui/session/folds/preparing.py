"""Acts before the day."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from jury_tui.session import acts as a
from jury_tui.session.folds.common import (
    Folds,
    file_of,
    known,
    leaves_table,
    stray,
    with_file,
)
from jury_tui.session.session import Adopted, File, Note, Phase, Session


def _drafted(s: Session, act: a.SessionDrafted) -> Session:
    if s.count:
        raise stray(s, act.session)
    return replace(
        s,
        id=act.session,
        certification=act.certification,
        route=act.route,
        date=act.date,
        place=act.place,
        time=act.time,
        secretary=act.secretary,
        fictitious=act.fictitious,
    )


def _adopted(s: Session, act: a.RulebookAdopted) -> Session:
    book = Adopted(name=act.name, kind=act.kind, sha256=act.sha256, text=act.text)
    kept = tuple(b for b in s.rulebooks if b.name != act.name)
    return replace(s, rulebooks=(*kept, book))


def _rescheduled(s: Session, act: a.SessionRescheduled) -> Session:
    return replace(
        s, date=act.date, place=act.place, time=act.time, secretary=act.secretary
    )


def _member(s: Session, act: a.MemberAppointed | a.MemberAmended) -> Session:
    return replace(s, members={**s.members, act.member.id: act.member})


def _amended(s: Session, act: a.MemberAmended) -> Session:
    known(s, act.member.id)
    return replace(s, members={**s.members, act.member.id: act.member})


def _member_withdrawn(s: Session, act: a.MemberWithdrawn) -> Session:
    gone = known(s, act.member)
    return replace(
        s,
        members={
            k: replace(m, substitutes="") if m.substitutes == gone else m
            for k, m in s.members.items()
            if k != gone
        },
        attendance={k: x for k, x in s.attendance.items() if k != gone},
        ties=tuple(t for t in s.ties if t.member != gone),
        dismissed=tuple(d for d in s.dismissed if d[0] != gone),
        replacements=tuple(r for r in s.replacements if gone not in (r.member, r.by)),
        proxies={g: h for g, h in s.proxies.items() if gone not in (g, h)},
        files={
            k: replace(f, recusals={m: r for m, r in f.recusals.items() if m != gone})
            for k, f in s.files.items()
        },
    )


def _registered(s: Session, act: a.CandidateRegistered) -> Session:
    candidate = act.candidate
    order = s.order if candidate.id in s.files else (*s.order, candidate.id)
    after = with_file(s, File(candidate=candidate), order=order)
    return replace(after, parcours=_parcours(after))


def _parcours(s: Session) -> tuple[dt.date | None, ...]:
    return tuple(file.candidate.parcours_start for file in s.files.values())


def _candidate_amended(s: Session, act: a.CandidateAmended) -> Session:
    file = file_of(s, act.candidate.id)
    after = with_file(s, replace(file, candidate=act.candidate))
    return replace(after, parcours=_parcours(after))


def _candidate_withdrawn(s: Session, act: a.CandidateWithdrawn) -> Session:
    gone = file_of(s, act.candidate).candidate.id

    def kept(notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(
            replace(n, candidate="") if n.candidate == gone else n for n in notes
        )

    after = replace(
        s,
        files={k: f for k, f in s.files.items() if k != gone},
        order=tuple(c for c in s.order if c != gone),
        table=leaves_table(s, gone),
        ties=tuple(t for t in s.ties if t.candidate != gone),
        dismissed=tuple(d for d in s.dismissed if d[1] != gone),
        incidents=kept(s.incidents),
        dissents=kept(s.dissents),
        justifications=tuple(n for n in s.justifications if n.candidate != gone),
    )
    return replace(after, parcours=_parcours(after))


def _ordered(s: Session, act: a.AgendaOrdered) -> Session:
    if sorted(act.order) != sorted(s.files):
        raise stray(s, "agenda")
    return replace(s, order=act.order)


def _tie_declared(s: Session, act: a.TieDeclared) -> Session:
    known(s, act.tie.member)
    file_of(s, act.tie.candidate)
    return replace(s, ties=(*s.ties, act.tie))


def _tie_dismissed(s: Session, act: a.TieDismissed) -> Session:
    known(s, act.member)
    file_of(s, act.candidate)
    return replace(
        s,
        dismissed=(*s.dismissed, (act.member, act.candidate, act.reason)),
        ties=tuple(
            t for t in s.ties if (t.member, t.candidate) != (act.member, act.candidate)
        ),
    )


def _convened(s: Session, act: a.SessionConvened) -> Session:
    return replace(
        s, phase=Phase.CONVENED, convocation=act.convocation, convened_at=act.at
    )


FOLDS: Folds = {
    a.SessionDrafted: _drafted,
    a.RulebookAdopted: _adopted,
    a.SessionRescheduled: _rescheduled,
    a.MemberAppointed: _member,
    a.MemberAmended: _amended,
    a.MemberWithdrawn: _member_withdrawn,
    a.CandidateRegistered: _registered,
    a.CandidateAmended: _candidate_amended,
    a.CandidateWithdrawn: _candidate_withdrawn,
    a.AgendaOrdered: _ordered,
    a.TieDeclared: _tie_declared,
    a.TieDismissed: _tie_dismissed,
    a.SessionConvened: _convened,
}
