"""The session: what its acts add up to, frozen; never stored by itself.

``folding.fold(session, act)`` is the one derivation, for live use, reopening, replay
and audit alike. It knows no rule: it only adds up. What the rules make of a session
is in ``judgement``.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from jury_tui.rules.people import Candidate, Member, Tie, TieKind
from jury_tui.session.acts import Choice, Mode, Presence, Tally

_NOBODY: frozenset[str] = frozenset()


class Phase(StrEnum):
    """The life of a session."""

    DRAFTED = "drafted"
    CONVENED = "convened"
    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    SEALED = "sealed"


class Status(StrEnum):
    """Where a candidate stands."""

    REGISTERED = "registered"
    CALLED = "called"
    HEARING = "hearing"
    HEARD = "heard"
    DELIBERATION = "deliberation"
    DECIDED = "decided"
    ABSENT = "absent"
    POSTPONED = "postponed"


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """One stay: from when, until when (None: still there), and how."""

    arrived: dt.datetime
    departed: dt.datetime | None = None
    presence: Presence = Presence.ROOM
    means: str = ""
    reason: str = ""


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known of one person's presence."""

    spells: tuple[Spell, ...] = ()
    signed_at: dt.datetime | None = None
    signed_means: str = ""
    excused: str | None = None

    @property
    def present(self) -> bool:
        """Whether the person is there now."""
        return bool(self.spells) and self.spells[-1].departed is None

    @property
    def remote(self) -> bool:
        """Whether the person is there now, from afar."""
        return self.present and self.spells[-1].presence is Presence.REMOTE


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """Who replaced a member, since when, why, by which appointing act."""

    member: str
    by: str
    at: dt.datetime
    reason: str
    act: str = ""
    act_date: dt.date | None = None


class Recusal(msgspec.Struct, frozen=True, kw_only=True):
    """A member's recusal for one candidate."""

    member: str
    kind: TieKind
    reason: str
    at: dt.datetime
    lifted: str | None = None


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """One vote taken on one component.

    Attributes:
        sat: Ids of those who sat for the candidate when it was counted, invitees
            included: the rules tell who of them votes.
        represented: Ids of those away whose proxy one of them held.
        reopened: Why it was taken again; None while it stands.
        mistyped: When what was typed by mistake was put right: never voted so.
    """

    number: int
    at: dt.datetime
    mode: Mode
    tally: Tally
    outcome: str
    ballots: dict[str, Choice] = {}
    reason: str = ""
    sat: tuple[str, ...] = ()
    represented: tuple[str, ...] = ()
    casting: Choice | None = None
    casting_member: str = ""
    reopened: str | None = None
    mistyped: dt.datetime | None = None


class Pronounced(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it was pronounced."""

    number: int
    at: dt.datetime
    outcome: str
    acquired: tuple[str, ...]
    remaining: tuple[str, ...]
    reopened: str | None = None


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment grid as filled by one member, or once for the jury."""

    levels: dict[str, str] = {}
    marks: dict[str, int] = {}


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What two readings of one component were settled to, by member."""

    marks: dict[str, int] = {}
    grids: dict[str, Grid] = {}


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate in this session: facts, and all that the jury did.

    Attributes:
        heard_by, heard_by_invitees: Who attended the whole hearing.
        deliberated_by, deliberated_by_invitees: Who was there when deliberation
            began, voting members and invitees apart.
        ballots: Votes taken, oldest first, by component; only the last can stand.
        marks: Hundredths of a point, by component, reader and member.
        grids: By component, reader and member.
        readings: What differed between two readers, by component.
    """

    candidate: Candidate
    status: Status = Status.REGISTERED
    called_at: dt.datetime | None = None
    hearing_started: dt.datetime | None = None
    hearing_ended: dt.datetime | None = None
    deliberation_started: dt.datetime | None = None
    heard_by: tuple[str, ...] = ()
    deliberated_by: tuple[str, ...] = ()
    deliberated_by_invitees: tuple[str, ...] = ()
    recusals: dict[str, Recusal] = {}
    acting_chair: str = ""
    ballots: dict[str, tuple[Ballot, ...]] = {}
    marks: dict[tuple[str, int], dict[str, int]] = {}
    grids: dict[tuple[str, int, str], Grid] = {}
    readings: dict[str, Settled] = {}
    reasons: dict[str, str] = {}
    recommendations: dict[str, str] = {}
    decisions: tuple[Pronounced, ...] = ()
    absent_reason: str = ""
    postponed_reason: str = ""

    @property
    def recused(self) -> frozenset[str]:
        """Ids of the members recused for this candidate, now."""
        if not self.recusals:
            return _NOBODY
        return frozenset(m for m, r in self.recusals.items() if r.lifted is None)

    @property
    def decision(self) -> Pronounced | None:
        """The decision that stands, if one does."""
        last = self.decisions[-1] if self.decisions else None
        return None if last is None or last.reopened is not None else last

    def ballot(self, component: str) -> Ballot | None:
        """The vote that stands on a component, if one does."""
        taken = self.ballots.get(component)
        return None if not taken or taken[-1].reopened is not None else taken[-1]

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do for this candidate."""
        return self.status in (Status.DECIDED, Status.ABSENT, Status.POSTPONED)


class Adopted(msgspec.Struct, frozen=True, kw_only=True):
    """A rulebook the session is judged by: its full text."""

    name: str
    kind: str
    sha256: str
    text: str


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """A text taken down: an incident, a dissent, a justification, a rectification."""

    at: dt.datetime
    text: str
    candidate: str = ""
    member: str = ""
    clause: str = ""
    number: str = ""


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A signature made on the workbook."""

    at: dt.datetime
    signer: str
    role: str
    member: str
    certificate_sha256: str
    file_sha256: str
    file: str = ""


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """A workbook or a scan: its name and digest.

    Attributes:
        number: Of the rectifying minutes that a workbook holds, if it does.
    """

    at: dt.datetime
    file: str
    sha256: str
    what: str = ""
    number: str = ""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A suspension: from, until (None: still on), why."""

    suspended: dt.datetime
    resumed: dt.datetime | None = None
    reason: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it stands after ``count`` acts.

    Attributes:
        order: Candidates' ids, in the order of business.
        parcours: When each candidate's parcours started: the key dates of the law.
        table: The candidate on the table, or empty.
        past: The last undoable acts, each with its number and the session before it.
    """

    count: int = 0
    at: dt.datetime | None = None
    id: str = ""
    certification: str = ""
    route: str = ""
    date: dt.date | None = None
    time: str = ""
    place: str = ""
    secretary: str = ""
    fictitious: bool = False
    phase: Phase = Phase.DRAFTED
    convocation: int = 1
    rulebooks: tuple[Adopted, ...] = ()
    members: dict[str, Member] = {}
    attendance: dict[str, Attendance] = {}
    replacements: tuple[Replacement, ...] = ()
    proxies: dict[str, str] = {}
    files: dict[str, File] = {}
    order: tuple[str, ...] = ()
    parcours: tuple[dt.date | None, ...] = ()
    table: str = ""
    ties: tuple[Tie, ...] = ()
    dismissed: tuple[tuple[str, str, str], ...] = ()
    justifications: tuple[Note, ...] = ()
    incidents: tuple[Note, ...] = ()
    dissents: tuple[Note, ...] = ()
    pauses: tuple[Pause, ...] = ()
    convened_at: dt.datetime | None = None
    opened_at: dt.datetime | None = None
    opened_by: str = ""
    closed_at: dt.datetime | None = None
    sealed_at: dt.datetime | None = None
    sealed_sha256: str = ""
    number: str = ""
    exports: tuple[Export, ...] = ()
    scans: tuple[Export, ...] = ()
    signatures: tuple[Signed, ...] = ()
    rectifications: tuple[Note, ...] = ()
    recoveries: tuple[Note, ...] = ()
    undone: tuple[int, ...] = ()
    past: tuple[tuple[int, Session], ...] = ()

    @property
    def replaced(self) -> dict[str, str]:
        """Who sits instead of whom: replaced member's id to substitute's id."""
        return {r.member: r.by for r in self.replacements}

    @property
    def formation(self) -> tuple[Member, ...]:
        """The jury as it is formed now, voting members and invitees.

        A substitute is part of it only where replacing someone, who then is not.
        """
        gone = self.replaced
        called_in = set(gone.values())
        return tuple(
            m
            for m in self.members.values()
            if m.id not in gone and (not m.substitutes or m.id in called_in)
        )

    def is_present(self, member: str) -> bool:
        """Whether a person is there now, in the room or remotely."""
        attendance = self.attendance.get(member)
        return attendance is not None and attendance.present

    @property
    def present(self) -> tuple[Member, ...]:
        """Those of the formation who are there now."""
        there = {m for m, a in self.attendance.items() if a.present}
        return tuple(m for m in self.formation if m.id in there)

    @property
    def on_table(self) -> File | None:
        """The candidate being judged, if any."""
        return self.files.get(self.table)

    @property
    def agenda(self) -> tuple[File, ...]:
        """The candidates in order."""
        return tuple(self.files[c] for c in self.order)
