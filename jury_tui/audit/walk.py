"""One pass over the acts: folded, and each asked whether it could be recorded.

What the pass collects is data for the checks: nothing here is a sentence. Nothing a
hostile register holds stops it, and what it keeps is bounded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Sequence

import msgspec
from msgspec.structs import replace

from jury_tui.audit import guards
from jury_tui.audit.surely import Surely
from jury_tui.errors import JuryError, RegisterError
from jury_tui.rules.findings import Finding
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.commands.preparing import MOST_CANDIDATES, MOST_MEMBERS
from jury_tui.session.folding import (
    Scratch,
    add,
    add_run,
    begun,
    done,
    fold,
    recalled,
)
from jury_tui.session.runs import whole
from jury_tui.session.session import Session

MOST_ACTS = 100_000
"""Acts that are judged one by one; a session of 200 candidates has some 5,000."""
MOST_RULEBOOKS = 64
EARLIEST, LATEST = 1970, 2200
"""Years in which an act may lie."""


class Refused(msgspec.Struct, frozen=True):
    """An act that its command would have refused, and why."""

    number: int
    act: a.AnyAct
    error: JuryError


class Differs(msgspec.Struct, frozen=True):
    """An act that is not what its command writes."""

    number: int
    act: a.AnyAct
    derived: a.AnyAct
    fields: tuple[str, ...]


class Stray(msgspec.Struct, frozen=True):
    """An act that cannot be added to the session: it counts for nothing."""

    number: int
    act: a.AnyAct
    error: JuryError


class Owed(msgspec.Struct, frozen=True):
    """A recusal that calling a candidate entailed and that was not recorded."""

    number: int
    recusal: a.MemberRecused


class Failure(msgspec.Struct, frozen=True):
    """An act over which the rules stumbled; ``detail`` is for a developer."""

    number: int
    act: a.AnyAct
    detail: str


class Moment(msgspec.Struct, frozen=True):
    """The session just before an act that the checks look at.

    ``findings``: of an opening, what the rules said of those appointed and present.
    """

    number: int
    act: a.AnyAct
    before: Session
    findings: tuple[Finding, ...] = ()


class Judged(msgspec.Struct, frozen=True):
    """What the rules said of those who sat for a candidate when it was decided.

    Candidates of whom they said the very same are not repeated.
    """

    number: int
    candidate: str
    findings: tuple[Finding, ...]


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """What the pass found.

    Attributes:
        session: What all the acts add up to.
        lawless: Why the session has no rules to be judged by, if it has none.
        untimely: Numbers of acts whose times are none: without offset, or in
            a year that cannot be; they count for nothing.
        late_rulebooks: Numbers of rulebooks adopted once preparation had begun.
        openings, exports: Where the session stood just before these acts.
    """

    session: Session
    lawless: JuryError | None
    refused: tuple[Refused, ...]
    differs: tuple[Differs, ...]
    strays: tuple[Stray, ...]
    owed: tuple[Owed, ...]
    failures: tuple[Failure, ...]
    untimely: tuple[int, ...]
    late_rulebooks: tuple[int, ...]
    openings: tuple[Moment, ...]
    exports: tuple[Moment, ...]
    judged: tuple[Judged, ...]


_RECORD = frozenset(guards.OF_THE_RECORD)
_WATCHED = frozenset((a.MinutesExported, a.MinutesSigned, a.SessionSealed))
_NOTABLE = _WATCHED | {a.SessionOpened, a.DecisionPronounced}
_TIMED = frozenset((a.MemberArrived, a.MemberDeparted))
_KEPT = 1000
"""Of each kind of thing found, so many are kept; the rest are counted as one."""


class Walk:
    """The pass. Make one, then ``over`` the acts.

    What surely is as its command writes it (``surely``) is added to a scratch in
    place, whole runs in one step; each other act is asked of its command, at the
    session as it stood before. Whatever stops the quick way, the slow way meets too.
    """

    def __init__(self, *, recalling: bool = False) -> None:
        self.lawless: JuryError | None = None
        self.begun = False
        self.surely = Surely()
        self.awaited: list[a.MemberRecused] = []
        self.refused: list[Refused] = []
        self.differs: list[Differs] = []
        self.strays: list[Stray] = []
        self.owed: list[Owed] = []
        self.failures: list[Failure] = []
        self.untimely: list[int] = []
        self.late_rulebooks: list[int] = []
        self.openings: list[Moment] = []
        self.exports: list[Moment] = []
        self.judged: list[Judged] = []
        # By identity: ``judged`` keeps them alive.
        self._answers: set[int] = set()
        # One of these is where the pass stands, and the other is None.
        self._session: Session | None = Session()
        self._scratch: Scratch | None = None
        self._recalling = recalling
        self._timely = False
        self._skipped = False

    @property
    def session(self) -> Session:
        """The session as it stands."""
        if self._session is None:
            assert self._scratch is not None  # noqa: S101 - one of the two is there
            self._session, self._scratch = done(self._scratch), None
        return self._session

    @session.setter
    def session(self, session: Session) -> None:
        self._session, self._scratch = session, None

    @property
    def scratch(self) -> Scratch:
        """The same, to be added to in place."""
        if self._scratch is None:
            self._scratch, self._session = begun(self.session), None
        return self._scratch

    def over(self, acts: Sequence[a.AnyAct]) -> Trail:
        """Walk over the acts; past ``MOST_ACTS`` the rest is not looked at."""
        some = acts[:MOST_ACTS]
        apart = range(len(some)) if self._recalling else recalled(some)
        self._timely = all_timely(some)
        place = 0
        while place < len(some):
            place += self._quickly(some, place, apart) or self._step(place, some[place])
        if self._skipped and not self._recalling and a.ActUndone in map(type, some):
            # What counts for nothing does not end what can be undone either.
            return Walk(recalling=True).over(acts)
        self._settle(len(acts))
        return Trail(
            session=self.session,
            lawless=self.lawless,
            refused=tuple(self.refused[:_KEPT]),
            differs=tuple(self.differs[:_KEPT]),
            strays=tuple(self.strays[:_KEPT]),
            owed=tuple(self.owed[:_KEPT]),
            failures=tuple(self.failures[:_KEPT]),
            untimely=tuple(self.untimely[:_KEPT]),
            late_rulebooks=tuple(self.late_rulebooks[:_KEPT]),
            openings=tuple(self.openings[:_KEPT]),
            exports=tuple(self.exports[:_KEPT]),
            judged=tuple(self.judged),
        )

    def _quickly(
        self, acts: Sequence[a.AnyAct], place: int, apart: Container[int]
    ) -> int:
        """How many acts were added that surely are as they should be; 0: not sure."""
        act = acts[place]
        if (
            type(act) not in self.surely.known
            or place in apart
            or self.awaited
            or not self.begun
            or self.lawless is not None
        ):
            return 0
        scratch = self.scratch
        try:
            run = whole(scratch, acts, place) if self._timely else None
            if run is not None:
                bench = self.surely.run(scratch, run)
                if bench is not None:
                    self._answered(place + run.length, run.decision, bench.findings)
                    add_run(scratch, run)
                    return run.length
            if not (self._timely or timely(act)) or not self.surely.lawful(
                scratch, act
            ):
                return 0
            if isinstance(act, a.DecisionPronounced):
                self._noted(place + 1, act, scratch)
            add(scratch, act)
        except Exception:  # the slow way meets it again, and says what it is
            return 0
        self.surely.moved(act)
        return 1

    def _step(self, place: int, act: a.AnyAct) -> int:
        """One act, asked of its command."""
        kind, number = type(act), place + 1
        if not timely(act):
            self.untimely.append(number)
            self._skip()
            return 1
        if kind not in _RECORD:
            if not self.begun:
                self._begin()
            if self.lawless is None:
                self._judge(number, act)
        elif kind is a.RulebookAdopted and (
            self.begun or len(self.session.rulebooks) >= MOST_RULEBOOKS
        ):
            # The live program adopts rules once, when it drafts the session.
            self.late_rulebooks.append(number)
            self._skip()
            return 1
        self._add(number, act)
        return 1

    def _begin(self) -> None:
        """All rulebooks are there: stack them, once."""
        self.begun = True
        try:
            judgement.rules(self.session)
        except JuryError as error:
            self.lawless = error
        except Exception as error:
            self.lawless = RegisterError(_detail(error))

    def _judge(self, number: int, act: a.AnyAct) -> None:
        before = self.session
        if self.awaited:
            if isinstance(act, a.MemberRecused) and self._was_owed(act):
                return
            self._settle(number)
        try:
            if type(act) in _NOTABLE:
                self._noted(number, act, before)
            if self.surely.lawful(before, act):
                return
            derived = guards.written(before, act)
        except JuryError as error:
            self.refused.append(Refused(number, act, error))
            return
        except Exception as error:
            # The rules met something nobody thought of: said, never passed over.
            self.failures.append(Failure(number, act, _detail(error)))
            return
        fields = guards.differences(act, derived[0])
        if fields:
            self.differs.append(Differs(number, act, derived[0], fields))
        self.awaited = [x for x in derived[1:] if isinstance(x, a.MemberRecused)]

    def _was_owed(self, act: a.MemberRecused) -> bool:
        for owed in self.awaited:
            if not guards.differences(act, owed):
                self.awaited.remove(owed)
                return True
        return False

    def _settle(self, number: int) -> None:
        """What a call entailed and what followed did not bring."""
        self.owed += [Owed(number, recusal) for recusal in self.awaited]
        self.awaited = []

    def _noted(self, number: int, act: a.AnyAct, before: Session) -> None:
        """Keep what the checks look at: each answer of the rules once."""
        if isinstance(act, a.DecisionPronounced):
            file = before.files.get(act.candidate)
            if file is not None and len(self.judged) < 10 * _KEPT:
                self._answered(number, act, self.surely.benches.findings(before, file))
        elif isinstance(act, a.SessionOpened):
            if len(self.openings) < _KEPT:
                findings = (
                    *judgement.as_appointed(before),
                    *judgement.as_present(before),
                )
                self.openings.append(Moment(number, act, before, findings))
        elif len(self.exports) < _KEPT:
            self.exports.append(Moment(number, act, before))

    def _answered(
        self, number: int, act: a.DecisionPronounced, findings: tuple[Finding, ...]
    ) -> None:
        if id(findings) not in self._answers and len(self.judged) < 10 * _KEPT:
            self._answers.add(id(findings))
            self.judged.append(Judged(number, act.candidate, findings))

    def _add(self, number: int, act: a.AnyAct) -> None:
        before = self.session
        kind = type(act)
        if (kind is a.MemberAppointed and len(before.members) >= MOST_MEMBERS) or (
            kind is a.CandidateRegistered and len(before.files) >= MOST_CANDIDATES
        ):
            self._skip()  # refused above; adding more would only cost time
            return
        try:
            self.session = fold(before, act)
        except JuryError as error:
            self.strays.append(Stray(number, act, error))
            self._skip()
            return
        except Exception as error:
            self.failures.append(Failure(number, act, _detail(error)))
            self._skip()
            return
        self.surely.moved(act)

    def _skip(self) -> None:
        """An act that counts for nothing still has its number."""
        self._skipped = True
        self.session = replace(self.session, count=self.session.count + 1)


def _detail(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def timely(act: a.AnyAct) -> bool:
    """Whether an act's times are times: with an offset, in a year that may be."""
    if type(act) in _TIMED:
        time = getattr(act, "time", None)
        if not isinstance(time, dt.datetime) or not _is_time(time):
            return False
    return _is_time(act.at)


def all_timely(acts: Sequence[a.AnyAct]) -> bool:
    """Whether all acts surely were recorded at times that are times."""
    times = [act.at for act in acts]
    try:
        first, last = min(times), max(times)
    except (TypeError, ValueError):  # none at all, or some without an offset
        return False
    # Years are those of each act's own offset: stay away from the edges.
    return first.tzinfo is not None and first.year > EARLIEST and last.year < LATEST


def _is_time(time: dt.datetime) -> bool:
    return time.tzinfo is not None and EARLIEST <= time.year <= LATEST
