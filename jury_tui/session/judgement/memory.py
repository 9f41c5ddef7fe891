"""Remembering answers for as long as what they depend on is the same.

A session is frozen, and what an act does not touch stays the very same object from
one session to the next. So an answer holds while its sources are identical: a vote
does not make the composition be judged again, an arrival does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from typing import Concatenate, ParamSpec, TypeVar

from jury_tui.i18n import language
from jury_tui.session.session import Session

_P = ParamSpec("_P")
_T = TypeVar("_T")

TEXTS = ("rulebooks", "route", "opened_at", "date")
"""What decides which clauses are in force."""
PEOPLE = (*TEXTS, "members", "replacements")
"""What decides who sits where."""
ROOM = (*PEOPLE, "attendance", "proxies", "ties", "convocation", "parcours")
"""What decides the findings on a jury."""
OF_FILE = ("candidate", "recusals", "heard_by", "hearing_started", "acting_chair")
"""What decides who sits for a candidate."""

_MOST = 4096


def remembered(
    *fields: str, of_file: tuple[str, ...] = ()
) -> Callable[
    [Callable[Concatenate[Session, _P], _T]],
    Callable[Concatenate[Session, _P], _T],
]:
    """Remember a function's answers while these fields stay the same objects.

    Args:
        fields: Fields of the session that the answer depends on.
        of_file: Fields of the candidate's file, when the second argument is a
            candidate's id.
    """

    def decorate(
        function: Callable[Concatenate[Session, _P], _T],
    ) -> Callable[Concatenate[Session, _P], _T]:
        memory = threading.local()
        of_session = attrgetter(*fields, "files")
        of_its_file = attrgetter(*of_file) if of_file else None

        @wraps(function)
        def answer(session: Session, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
            # Comparing tuples looks at identity first: what is the same object
            # costs nothing, however large.
            *sources, files = of_session(session)
            if of_its_file is not None:
                file = files.get(args[0])
                sources.append(None if file is None else of_its_file(file))
            known: dict[object, tuple[list[object], _T]]
            known = memory.__dict__.setdefault("known", {})
            key = (language(), *args)
            found = known.get(key)
            if found is not None and found[0] == sources:
                return found[1]
            value = function(session, *args, **kwargs)
            if len(known) >= _MOST:
                known.clear()
            known[key] = (sources, value)
            return value

        return answer

    return decorate
