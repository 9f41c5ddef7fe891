"""What the folds share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from jury_tui.errors import UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.session import acts as a
from jury_tui.session.session import File, Session

Changes = dict[str, Any]
"""Fields of the session, and what they become; ``file``: one file of it does."""
Folds = dict[type[a.Act], Callable[[Session, Any], Changes]]
"""Acts to the functions that say what they change."""


def stray(session: Session, ref: str) -> UnreadableRegisterError:
    """The error for an act about somebody or something that is not there."""
    return UnreadableRegisterError(
        N_("Act {number} speaks of “{ref}”, who or which is not in this session."),
        number=session.count + 1,
        ref=ref[:60],
    )


def file_of(session: Session, candidate: str) -> File:
    """A candidate's file, or the error that names the act."""
    file = session.files.get(candidate)
    if file is None:
        raise stray(session, candidate)
    return file


def known(session: Session, member: str) -> str:
    """A member's id, or the error that names the act."""
    if member not in session.members:
        raise stray(session, member)
    return member


class _Room(NamedTuple):
    """Who is there, and what that was derived from."""

    members: object
    replacements: object
    attendance: object
    there: tuple[str, ...]


_room = _Room(None, None, None, ())
"""The last one: votes follow votes, and the room rarely changes between them."""


def _there(s: Session) -> tuple[str, ...]:
    """Ids of those present; kept for as long as these fields are the same objects."""
    global _room
    room = _room  # read once: another thread may put its own there
    if (
        room.members is not s.members
        or room.replacements is not s.replacements
        or room.attendance is not s.attendance
    ):
        there = tuple(m.id for m in s.present)
        _room = room = _Room(s.members, s.replacements, s.attendance, there)
    return room.there


def attending(s: Session, file: File) -> tuple[str, ...]:
    """Ids of those who are there for a candidate: present and not recused."""
    there = _there(s)
    if not file.recusals:
        return there
    recused = file.recused
    return tuple(m for m in there if m not in recused)


def represented(s: Session, file: File, there: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of those away, and not recused, whose proxy somebody there holds."""
    return tuple(
        giver
        for giver, holder in s.proxies.items()
        if holder in there and giver not in file.recused and not s.is_present(giver)
    )


def leaves_table(s: Session, candidate: str) -> str:
    """The table once this candidate's matter is over."""
    return "" if s.table == candidate else s.table
