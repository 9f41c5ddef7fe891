"""Acts about who is there."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from jury_tui.session import acts as a
from jury_tui.session.folds.common import Changes, Folds, known, stray
from jury_tui.session.session import Attendance, File, Replacement, Session, Spell


def _attend(s: Session, member: str, attendance: Attendance) -> Changes:
    return {"attendance": {**s.attendance, known(s, member): attendance}}


def _arrived(s: Session, act: a.MemberArrived) -> Changes:
    was = s.attendance.get(act.member, Attendance())
    spells = was.spells
    if was.present:  # came from the room to remote, or back: the stay changes kind
        spells = (*spells[:-1], replace(spells[-1], departed=act.time))
    spell = Spell(arrived=act.time, presence=act.presence, means=act.means)
    return _attend(s, act.member, replace(was, spells=(*spells, spell), excused=None))


def _departed(s: Session, act: a.MemberDeparted) -> Changes:
    was = s.attendance.get(act.member)
    if was is None or not was.present:
        raise stray(s, act.member)
    last = replace(was.spells[-1], departed=act.time, reason=act.reason)
    after = _attend(s, act.member, replace(was, spells=(*was.spells[:-1], last)))
    # who leaves during a hearing, even if it is only noticed later, has not heard
    # the candidate; the command sees to what is already voted
    unheard = {
        ref: replace(file, heard_by=tuple(m for m in file.heard_by if m != act.member))
        for ref, file in s.files.items()
        if act.member in file.heard_by and _missed(file, act.time)
    }
    return {**after, "files": {**s.files, **unheard}} if unheard else after


def _missed(file: File, left: dt.datetime) -> bool:
    """Whether who left then missed a part of this candidate's hearing."""
    if file.settled:
        return False
    return file.hearing_ended is None or left < file.hearing_ended


def _signed_in(s: Session, act: a.MemberSignedIn) -> Changes:
    was = s.attendance.get(act.member, Attendance())
    signed = replace(was, signed_at=act.at, signed_means=act.means)
    return _attend(s, act.member, signed)


def _excused(s: Session, act: a.MemberExcused) -> Changes:
    was = s.attendance.get(act.member, Attendance())
    return _attend(s, act.member, replace(was, excused=act.reason))


def _replaced(s: Session, act: a.MemberReplaced) -> Changes:
    change = Replacement(
        member=known(s, act.member),
        by=known(s, act.by),
        at=act.at,
        reason=act.reason,
        act=act.act,
        act_date=act.act_date,
    )
    return {"replacements": (*s.replacements, change)}


def _proxy(s: Session, act: a.ProxyGiven) -> Changes:
    proxies = {**s.proxies, known(s, act.member): known(s, act.holder)}
    return {"proxies": proxies}


FOLDS: Folds = {
    a.MemberArrived: _arrived,
    a.MemberDeparted: _departed,
    a.MemberSignedIn: _signed_in,
    a.MemberExcused: _excused,
    a.MemberReplaced: _replaced,
    a.ProxyGiven: _proxy,
}
