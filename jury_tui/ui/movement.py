"""Who leaves the room for a candidate, and who comes back to it."""

from __future__ import annotations

from collections.abc import Sequence

from jury_tui.i18n import _, listed, ngettext
from jury_tui.session import judgement
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.presence import Arrive, Depart
from jury_tui.session.session import Attendance, File, Session
from jury_tui.ui.words import plain


def leaving(session: Session, file: File) -> tuple[str, ...]:
    """Who is there and takes no part for this candidate; foreseen, until the call."""
    out = set(file.recused)
    if file.called_at is None:
        out |= {tie.member for tie in judgement.compelling_ties(session, file)}
    return tuple(m.id for m in session.present if m.id in out)


def gone(session: Session, file: File) -> tuple[str, ...]:
    """Who went out because of a recusal that does not hold for this candidate.

    They left while a candidate for whom they were recused was on the table.
    """
    kept_out = file.recused if not file.settled else frozenset()
    return tuple(m for m in stepped_out(session) if m not in kept_out)


def stepped_out(session: Session) -> tuple[str, ...]:
    """Who went out because of a recusal, and comes back once it is over."""
    found = []
    for member in session.formation:
        spells = session.attendance.get(member.id, Attendance()).spells
        left = spells[-1].departed if spells else None
        if left is None:
            continue
        on_table = [
            (f.called_at, f)
            for f in session.files.values()
            if f.called_at is not None and f.called_at <= left
        ]
        if not on_table:
            continue
        if member.id in max(on_table, key=lambda known: known[0])[1].recusals:
            found.append(member.id)
    return tuple(found)


def returning(session: Session, file: File) -> tuple[str, ...]:
    """Who was out for the candidate called before this one, and comes back."""
    before = [
        (f.called_at, f)
        for f in session.files.values()
        if f.called_at is not None
        and f is not file
        and (file.called_at is None or f.called_at <= file.called_at)
    ]
    if not before:
        return ()
    since, was_out = max(before, key=lambda known: known[0])
    out = leaving(session, file)
    return tuple(
        m.id
        for m in session.present
        if m.id in was_out.recused
        and m.id not in out
        # who went out and came in again is back
        and session.attendance[m.id].spells[-1].arrived <= since
    )


def taken_down(session: Session, file: File) -> list[Command]:
    """The departures and returns that this candidate entails, to be written."""
    out = () if file.called_at is None or file.settled else leaving(session, file)
    reason = _("recusal for {name}").format(name=file.candidate.name)
    return [
        *(Depart(member=m, reason=reason) for m in out),
        *(Arrive(member=m) for m in gone(session, file)),
    ]


def moves(session: Session, file: File) -> list[str]:
    """Both, in a sentence each."""
    parts = []
    if out := leaving(session, file):
        parts.append(_("Must leave: {names}.").format(names=_names(session, out)))
    if back := (*gone(session, file), *returning(session, file)):
        parts.append(_("Must come back: {names}.").format(names=_names(session, back)))
    return parts


def said(session: Session, moves: Sequence[Command]) -> str:
    """What was taken down, in words."""
    parts = []
    out = [m.member for m in moves if isinstance(m, Depart)]
    back = [m.member for m in moves if isinstance(m, Arrive)]
    if out:
        words = ngettext("{names} has left", "{names} have left", len(out))
        parts.append(words.format(names=_names(session, out)))
    if back:
        words = ngettext("{names} is back", "{names} are back", len(back))
        parts.append(words.format(names=_names(session, back)))
    return ", ".join(parts)


def called(session: Session, candidate: str) -> str:
    """What is said as a candidate is called."""
    file = session.files[candidate]
    said = _("{name} is called.").format(name=plain(file.candidate.name))
    asked = [
        _("Is this a tie? {why}").format(why=plain(one.reason))
        for one in judgement.suggested(session, candidate)[:1]
    ]
    return " ".join([said, *moves(session, file), *asked])


def _names(session: Session, members: Sequence[str]) -> str:
    return listed(plain(session.members[m].name) for m in members)
