"""Remembering answers for as long as what they depend on is the same.

A session is frozen, and what an act does not touch stays the very same object from
one session to the next. So an answer holds while its sources are the same: a vote
does not make the composition be judged again, an arrival does.

One command asks a dozen questions about one session. Whether the sources still hold
is looked at once a session, and once a file, not once a question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from operator import attrgetter, is_
from typing import Any, Concatenate, NamedTuple, TypeVar, TypeVarTuple

from jury_tui.i18n import language
from jury_tui.session.session import File, Session

_A = TypeVarTuple("_A")
_T = TypeVar("_T")
_Answers = dict[object, Any]

_TEXTS = ("rulebooks", "route", "opened_at", "date")
_PEOPLE = (*_TEXTS, "members", "replacements", "parcours")
_ROOM = (*_PEOPLE, "attendance", "proxies", "ties", "convocation")
_of_room = attrgetter(*_ROOM)
_of_file = attrgetter(
    *("candidate", "recusals", "heard_by", "hearing_started", "acting_chair")
)

TEXTS, PEOPLE, ROOM = len(_TEXTS), len(_PEOPLE), len(_ROOM)
"""How many of these fields an answer depends on: the texts in force; also who is
appointed, which decides who sits where; also who is there, which decides what the
rules find."""

_MOST = 4096


def _same(these: tuple[object, ...], those: tuple[object, ...]) -> bool:
    """Whether they are the very same objects: 1 equals True, and is another fact."""
    return len(these) == len(those) and all(map(is_, these, those))


class _Known(NamedTuple):
    """What was answered about one file, and what it was answered from.

    Attributes:
        answers: Hold while the file's ``sources`` do, whatever is voted.
        exact: Hold for this very file.
    """

    file: File | None
    sources: tuple[object, ...]
    answers: _Answers
    exact: _Answers


class _Memory:
    """The answers that hold for the last session asked about."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.language = ""
        self._sources: tuple[object, ...] = (None,) * ROOM
        self.answers: dict[int, _Answers] = {}
        self._files: dict[str, _Known] = {}

    def turn(self, session: Session) -> None:
        """Forget what does not hold for this session."""
        now, before = _of_room(session), self._sources
        spoken = language()
        alike = spoken == self.language
        if not alike or not _same(now, before):
            for level in (TEXTS, PEOPLE, ROOM):
                alike = alike and _same(now[:level], before[:level])
                if not alike:
                    self.answers[level] = {}
            self._files = {}
        self._sources, self.language = now, spoken
        # One that is being added up in place may have changed by the next question.
        self.session = session if type(session) is Session else None

    def of_file(self, session: Session, candidate: str) -> _Known:
        """Answers that depend on a candidate's file, and on who is there."""
        known, file = self._files.get(candidate), session.files.get(candidate)
        if known is not None and known.file is file:
            return known
        sources = () if file is None else _of_file(file)
        alike = known is not None and _same(known.sources, sources)
        answers = known.answers if known is not None and alike else {}
        if len(self._files) >= _MOST:
            self._files = {}
        known = self._files[candidate] = _Known(file, sources, answers, {})
        return known


class _Memories(threading.local):
    """One a thread: the screens judge in a thread of their own."""

    def __init__(self) -> None:
        self.own = _Memory()


_memories = _Memories()


def remembered(
    level: int,
) -> Callable[[Callable[[Session, *_A], _T]], Callable[[Session, *_A], _T]]:
    """Remember a function's answers while so many fields of the session hold.

    Args:
        level: ``TEXTS``, ``PEOPLE`` or ``ROOM``.
    """

    def decorate(
        function: Callable[[Session, *_A], _T],
    ) -> Callable[[Session, *_A], _T]:
        @wraps(function)
        def answer(session: Session, /, *args: *_A) -> _T:
            memory = _memories.own
            if session is not memory.session or memory.language != language():
                memory.turn(session)
            return _answered(function, memory.answers[level], session, args)

        return answer

    return decorate


def _about_a_file(
    function: Callable[Concatenate[Session, str, ...], _T],
    chosen: Callable[[_Known], _Answers],
) -> Callable[Concatenate[Session, str, ...], _T]:
    @wraps(function)
    def answer(session: Session, candidate: str, /, *args: object) -> _T:
        memory = _memories.own
        if session is not memory.session or memory.language != language():
            memory.turn(session)
        answers = chosen(memory.of_file(session, candidate))
        return _answered(function, answers, session, (candidate, *args))

    return answer


def remembered_of_file(
    function: Callable[Concatenate[Session, str, ...], _T],
) -> Callable[Concatenate[Session, str, ...], _T]:
    """Remember answers about a candidate while the room and the file hold.

    Of the file: who the candidate is, who is recused, who heard and who chairs. What
    is voted, marked or written changes none of these answers.
    """
    return _about_a_file(function, attrgetter("answers"))


def remembered_of_this_file(
    function: Callable[Concatenate[Session, str, ...], _T],
) -> Callable[Concatenate[Session, str, ...], _T]:
    """Remember answers about a candidate until an act changes the file or the room."""
    return _about_a_file(function, attrgetter("exact"))


def _answered(
    function: Callable[..., _T],
    answers: _Answers,
    session: Session,
    args: tuple[Any, ...],
) -> _T:
    key = (function, args)
    if key in answers:
        found: _T = answers[key]
        return found
    value = function(session, *args)
    if len(answers) >= _MOST:
        answers.clear()
    answers[key] = value
    return value
