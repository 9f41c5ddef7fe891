"""One line of the catalogue: what a session is, read from its register at a glance.

No fold and no rule: a handful of fields of a few acts. What it says is what the whole
session would say (a test holds it to that), at a tenth of the price. Names of people
are kept apart, and no free text is kept at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import msgspec

from jury_tui.i18n import folded
from jury_tui.register.names import Named

if TYPE_CHECKING:
    from jury_tui.register.reading import Reading


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One session of a folder.

    Attributes:
        folder: The name of its folder, which is its id unless somebody moved it.
        session: Its id.
        date: The day it was called for.
        opened, closed, at: Its opening, its closing, and its last act.
        phase: ``drafted``, ``convened``, ``open``, ``suspended``, ``closed``,
            ``sealed``; ``unreadable`` when there is no register to read.
        number: Of the minutes; ``rectifying`` those of its rectifications.
        candidates, done: On the agenda; with a decision, absent or postponed.
        total, partial, none, absent, postponed: Candidates by outcome.
        remaining: How often each component was asked for and not acquired.
        voting_seconds: From each candidate's call to the decision, all together.
        count, head: Where the register stands.
        size, changed: Of the file, in bytes, and its date in nanoseconds: while
            these are the same the entry is not read again.
        place: Where its names stand in the index of names; -1 when nowhere.
        altered: The chain is broken, or what follows the acts is no act.
        verdict, breaches, undecided, audited: What the last audit of these very
            bytes said, how many breaches of composition it found, how many times
            the text or the facts did not tell, and when; empty when there was none.
    """

    folder: str = ""
    session: str = ""
    certification: str = ""
    route: str = ""
    date: dt.date | None = None
    opened: dt.datetime | None = None
    closed: dt.datetime | None = None
    at: dt.datetime | None = None
    phase: str = "unreadable"
    fictitious: bool = False
    number: str = ""
    rectifying: tuple[str, ...] = ()
    candidates: int = 0
    done: int = 0
    total: int = 0
    partial: int = 0
    none: int = 0
    absent: int = 0
    postponed: int = 0
    remaining: dict[str, int] = {}
    voting_seconds: int = 0
    count: int = 0
    head: str = ""
    size: int = 0
    changed: int = 0
    place: int = -1
    altered: bool = False
    verdict: str = ""
    breaches: int = 0
    undecided: int = 0
    audited: dt.datetime | None = None

    @property
    def was_altered(self) -> bool:
        """Whether its chain is broken, or its last audit said it was altered."""
        return self.altered or self.verdict == "altered"

    def has(self, outcomes: Iterable[Iterable[str]]) -> bool:
        """Whether it has a candidate of one outcome of each of these groups."""
        return all(any(getattr(self, o) for o in some) for some in outcomes)


class _Card(msgspec.Struct):
    id: str = ""
    birth_name: str = ""
    use_name: str = ""
    given_names: str = ""
    file_number: str = ""


class _Act(msgspec.Struct):
    """The few fields a catalogue reads; the others are skipped unread."""

    type: str
    at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    session: str = ""
    certification: str = ""
    route: str = ""
    date: dt.date | None = None
    fictitious: bool = False
    candidate: str | _Card = ""
    number: str = ""
    outcome: str = ""
    remaining: tuple[str, ...] = ()
    act: int | str = 0


_decoder = msgspec.json.Decoder(list[_Act])
_PHASES = {
    "SessionDrafted": "drafted",
    "SessionConvened": "convened",
    "SessionOpened": "open",
    "SessionSuspended": "suspended",
    "SessionResumed": "open",
    "SessionClosed": "closed",
    "SessionSealed": "sealed",
}


class _Glance:
    """What a few acts add up to."""

    def __init__(self) -> None:
        self.facts: dict[str, object] = {}
        self.cards: dict[str, _Card] = {}
        self.outcomes: dict[str, str] = {}
        self.remaining: dict[str, tuple[str, ...]] = {}
        self.called: dict[str, dt.datetime] = {}
        self.seconds: dict[str, int] = {}
        self.rectifying: list[str] = []

    def see(self, act: _Act) -> None:
        kind, who = act.type, act.candidate
        if kind in _PHASES:
            self.facts["phase"] = _PHASES[kind]
        if kind in ("SessionDrafted", "SessionRescheduled"):
            self.facts["date"] = act.date
            if kind == "SessionDrafted":
                self.facts["certification"] = act.certification
                self.facts["route"] = act.route
                self.facts["fictitious"] = act.fictitious
        elif kind == "SessionOpened":
            self.facts["opened"] = act.at
        elif kind == "SessionClosed":
            self.facts["closed"] = act.at
        elif kind in ("MinutesNumbered", "SessionSealed"):
            self.facts["number"] = act.number
        elif kind == "MinutesRectified":
            self.rectifying.append(act.number)
        elif isinstance(who, _Card):
            self.cards[who.id] = who
            if kind == "CandidateRegistered":
                self.outcomes.pop(who.id, None)
        elif who:
            self._candidate(kind, who, act)

    def _candidate(self, kind: str, who: str, act: _Act) -> None:
        if kind == "CandidateWithdrawn":
            self.cards.pop(who, None)
            self.outcomes.pop(who, None)
        elif kind == "CandidateCalled":
            self.called.setdefault(who, act.at)
        elif kind == "CandidateAbsent":
            self.outcomes[who] = "absent"
        elif kind == "CandidatePostponed":
            self.outcomes[who] = "postponed"
        elif kind == "DecisionPronounced":
            self.outcomes[who] = act.outcome
            self.remaining[who] = act.remaining
            if who in self.called:
                took = act.at - self.called[who]
                self.seconds[who] = max(0, int(took.total_seconds()))
        elif kind in ("CandidateRestored", "DecisionReopened"):
            self.outcomes.pop(who, None)


def glance(reading: Reading) -> tuple[Entry, tuple[Named, ...]]:
    """A register's entry, and its candidates as they are searched.

    Folder, size and date of the file are the caller's to fill in.

    Args:
        reading: The register, verified.
    """
    altered = reading.fault is not None or reading.torn is not None
    try:
        acts = _decoder.decode(reading.json)
    except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
        # Acts of a later version, or written by nobody's program.
        return Entry(session=reading.session_id, altered=True), ()
    seen = _Glance()
    undone = {x.act for x in acts if x.type == "ActUndone"}
    for number, act in enumerate(acts, 1):
        if number not in undone:
            seen.see(act)
    # An act about somebody who is not there adds nobody to the agenda.
    outcomes = {c: o for c, o in seen.outcomes.items() if c in seen.cards}
    counts = {
        name: sum(o == name for o in outcomes.values())
        for name in ("total", "partial", "none", "absent", "postponed")
    }
    left: dict[str, int] = {}
    for who, outcome in outcomes.items():
        if outcome in ("partial", "none"):
            for component in seen.remaining.get(who, ()):
                left[component] = left.get(component, 0) + 1
    entry = Entry(
        session=reading.session_id,
        at=acts[-1].at if acts else None,
        rectifying=tuple(seen.rectifying),
        candidates=len(seen.cards),
        done=len(outcomes),
        remaining=left,
        voting_seconds=sum(s for who, s in seen.seconds.items() if who in outcomes),
        count=reading.count,
        head=reading.heads[-1] if reading.heads else "",
        altered=altered,
        **{**counts, **seen.facts},  # type: ignore[arg-type]
    )
    return entry, _people(seen.cards.values(), outcomes)


def _people(cards: Iterable[_Card], outcomes: Mapping[str, str]) -> tuple[Named, ...]:
    """Each candidate: what is searched, the name as written, the outcome."""
    return tuple(
        Named(
            folded(f"{c.birth_name} {c.use_name} {c.given_names} {c.file_number}"),
            _written(c),
            outcomes.get(c.id, ""),
        )
        for c in cards
    )


def _written(card: _Card) -> str:
    """``LEROY Samira``; the birth name too, where another one is in use."""
    name = f"{(card.use_name or card.birth_name).upper()} {card.given_names}"
    born = f" ({card.birth_name})" if card.use_name else ""
    return " ".join(f"{name}{born}".split())


def usual_name(date: dt.date | None, certification: str, route: str) -> str:
    """How a session is called unless somebody says otherwise; also its folder."""
    words = "-".join(folded(f"{certification} {route}").split())
    plain = (c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in words)
    return f"{date}-{''.join(plain)}"[:80]


def sorted_by(entries: Sequence[Entry], key: str, *, reverse: bool) -> list[Entry]:
    """Entries by one of their fields, those that lack it last."""

    def order(entry: Entry) -> tuple[str, str]:
        value = getattr(entry, key)
        if isinstance(value, int):
            return f"{value:020d}", entry.session
        return str(value or ""), entry.session

    there = [e for e in entries if getattr(e, key) not in (None, "")]
    return [
        *sorted(there, key=order, reverse=reverse),
        *(e for e in entries if getattr(e, key) in (None, "")),
    ]
