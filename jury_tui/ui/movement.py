"""Who leaves the room for a candidate, and who comes back to it."""

from __future__ import annotations

from collections.abc import Sequence

from jury_tui.i18n import _, listed
from jury_tui.session import judgement
from jury_tui.session.session import File, Session
from jury_tui.ui.words import plain


def leaving(session: Session, file: File) -> tuple[str, ...]:
    """Who is there and takes no part for this candidate; foreseen, until the call."""
    out = set(file.recused)
    if file.called_at is None:
        out |= {tie.member for tie in judgement.compelling_ties(session, file)}
    return tuple(m.id for m in session.present if m.id in out)


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
    was_out = max(before, key=lambda known: known[0])[1].recused
    out = leaving(session, file)
    return tuple(m.id for m in session.present if m.id in was_out and m.id not in out)


def moves(session: Session, file: File) -> list[str]:
    """Both, in a sentence each."""
    parts = []
    if out := leaving(session, file):
        parts.append(_("Must leave: {names}.").format(names=_names(session, out)))
    if back := returning(session, file):
        parts.append(_("Comes back: {names}.").format(names=_names(session, back)))
    return parts


def called(session: Session, candidate: str) -> str:
    """What is said as a candidate is called."""
    file = session.files[candidate]
    said = _("{name} is called.").format(name=plain(file.candidate.name))
    return " ".join([said, *moves(session, file)])


def _names(session: Session, members: Sequence[str]) -> str:
    return listed(plain(session.members[m].name) for m in members)
