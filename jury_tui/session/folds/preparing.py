"""Acts before the day."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from jury_tui.session import acts as a
from jury_tui.session.folds.common import (
    Changes,
    Folds,
    file_of,
    known,
    leaves_table,
    stray,
)
from jury_tui.session.session import Adopted, File, Note, Phase, Session


def _drafted(s: Session, act: a.SessionDrafted) -> Changes:
    if s.count:
        raise stray(s, act.session)
    return {
        "id": act.session,
        "certification": act.certification,
        "route": act.route,
        "date": act.date,
        "place": act.place,
        "time": act.time,
        "secretary": act.secretary,
        "fictitious": act.fictitious,
    }


def _adopted(s: Session, act: a.RulebookAdopted) -> Changes:
    book = Adopted(name=act.name, kind=act.kind, sha256=act.sha256, text=act.text)
    kept = tuple(b for b in s.rulebooks if b.name != act.name)
    return {"rulebooks": (*kept, book)}


def _rescheduled(s: Session, act: a.SessionRescheduled) -> Changes:
    return {
        "date": act.date,
        "place": act.place,
        "time": act.time,
        "secretary": act.secretary,
    }


def _member(s: Session, act: a.MemberAppointed | a.MemberAmended) -> Changes:
    return {"members": {**s.members, act.member.id: act.member}}


def _amended(s: Session, act: a.MemberAmended) -> Changes:
    known(s, act.member.id)
    return {"members": {**s.members, act.member.id: act.member}}


def _member_withdrawn(s: Session, act: a.MemberWithdrawn) -> Changes:
    gone = known(s, act.member)
    return {
        "members": {
            k: replace(m, substitutes="") if m.substitutes == gone else m
            for k, m in s.members.items()
            if k != gone
        },
        "attendance": {k: x for k, x in s.attendance.items() if k != gone},
        "ties": tuple(t for t in s.ties if t.member != gone),
        "dismissed": tuple(d for d in s.dismissed if d[0] != gone),
        "replacements": tuple(
            r for r in s.replacements if gone not in (r.member, r.by)
        ),
        "proxies": {g: h for g, h in s.proxies.items() if gone not in (g, h)},
        "files": {
            k: replace(f, recusals={m: r for m, r in f.recusals.items() if m != gone})
            for k, f in s.files.items()
        },
    }


def _registered(s: Session, act: a.CandidateRegistered) -> Changes:
    candidate = act.candidate
    if candidate.id in s.files:
        return _judged_anew(s, File(candidate=candidate))
    return {
        "file": File(candidate=candidate),
        "order": (*s.order, candidate.id),
        "parcours": (*s.parcours, candidate.parcours_start),
    }


def _candidate_amended(s: Session, act: a.CandidateAmended) -> Changes:
    file = file_of(s, act.candidate.id)
    return _judged_anew(s, replace(file, candidate=act.candidate))


def _judged_anew(s: Session, file: File) -> Changes:
    """A file there was already, its candidate's facts changed."""
    files = {**s.files, file.candidate.id: file}
    return {"files": files, "parcours": _parcours(files)}


def _parcours(files: dict[str, File]) -> tuple[dt.date | None, ...]:
    return tuple(file.candidate.parcours_start for file in files.values())


def _candidate_withdrawn(s: Session, act: a.CandidateWithdrawn) -> Changes:
    gone = file_of(s, act.candidate).candidate.id

    def kept(notes: tuple[Note, ...]) -> tuple[Note, ...]:
        return tuple(
            replace(n, candidate="") if n.candidate == gone else n for n in notes
        )

    files = {k: f for k, f in s.files.items() if k != gone}
    return {
        "files": files,
        "parcours": _parcours(files),
        "order": tuple(c for c in s.order if c != gone),
        "table": leaves_table(s, gone),
        "ties": tuple(t for t in s.ties if t.candidate != gone),
        "dismissed": tuple(d for d in s.dismissed if d[1] != gone),
        "incidents": kept(s.incidents),
        "dissents": kept(s.dissents),
        "justifications": tuple(n for n in s.justifications if n.candidate != gone),
    }


def _ordered(s: Session, act: a.AgendaOrdered) -> Changes:
    if sorted(act.order) != sorted(s.files):
        raise stray(s, "agenda")
    return {"order": act.order}


def _tie_declared(s: Session, act: a.TieDeclared) -> Changes:
    known(s, act.tie.member)
    file_of(s, act.tie.candidate)
    return {"ties": (*s.ties, act.tie)}


def _tie_dismissed(s: Session, act: a.TieDismissed) -> Changes:
    known(s, act.member)
    file_of(s, act.candidate)
    return {
        "dismissed": (*s.dismissed, (act.member, act.candidate, act.reason)),
        "ties": tuple(
            t for t in s.ties if (t.member, t.candidate) != (act.member, act.candidate)
        ),
    }


def _convened(s: Session, act: a.SessionConvened) -> Changes:
    return {
        "phase": Phase.CONVENED,
        "convocation": act.convocation,
        "convened_at": act.at,
    }


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
