"""Every act a register may hold, and its bytes: the file format, in one place.

An act is something that happened, frozen and dated. Its JSON has a ``type`` (the
class's name), ``at`` (when it was recorded, RFC 3339 with offset, to the second)
and its own fields; a field that holds its default is left out. A class here, once
released, keeps its name and the meaning of its fields for ever: registers are
read ten years later. New fields get defaults; new acts are added at the end.
"""

# Without annotations as text: msgspec would evaluate each of them at every start.

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, cast

import msgspec

from jury_tui.canonical import Whole
from jury_tui.errors import UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.rules.people import Candidate, Member, Tie, TieKind

FORMAT = 1
JURY = "jury"
"""In the place of a member: the jury as a whole, so no member may be called so."""


class Presence(StrEnum):
    """How a person attends (ordonnance 2014-1329: identified, confidential)."""

    ROOM = "room"
    REMOTE = "remote"


class Choice(StrEnum):
    """What a voting member did about one vote: six different things.

    Absent and recused members are not asked, so they are not choices: the fold
    knows them from presence and recusals.
    """

    FOR = "for"
    AGAINST = "against"
    ABSTENTION = "abstention"
    BLANK = "blank"
    DID_NOT_VOTE = "did_not_vote"


class Mode(StrEnum):
    """How a vote was taken."""

    NAMED = "named"  # by name: who voted what is kept in the register
    SHOW = "show"  # show of hands: totals
    SECRET = "secret"  # noqa: S105 - a secret ballot: totals, and no trace of any ballot


class Tally(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Totals of one vote, in voices: one a member, unless the text weighs them."""

    for_: Whole = msgspec.field(default=0, name="for")
    against: Whole = 0
    abstention: Whole = 0
    blank: Whole = 0
    did_not_vote: Whole = 0

    @property
    def total(self) -> int:
        """Voices accounted for."""
        return (
            self.for_ + self.against + self.abstention + self.blank + self.did_not_vote
        )


class Act(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="type",
    tag=True,
    forbid_unknown_fields=True,
):
    """The base of all acts. ``at``: when it was recorded."""

    at: dt.datetime


# --- preparing ---------------------------------------------------------------


class SessionDrafted(Act, frozen=True, kw_only=True):
    """The first act of every register; ``session`` starts the chain.

    Attributes:
        certification: Code of the certification (``RNCP5411``).
        route: The access route of the rulebook (``vae``), which names the jury.
        date: The day the jury is called for.
        secretary: Who keeps the minutes.
    """

    session: str
    certification: str
    route: str
    date: dt.date
    place: str = ""
    time: str = ""
    secretary: str = ""
    format: Annotated[int, msgspec.Meta(ge=1, le=FORMAT)] = FORMAT
    fictitious: bool = False


class RulebookAdopted(Act, frozen=True, kw_only=True):
    """The full text of a rulebook this session is judged by.

    The register alone then suffices to judge it again. ``kind``: law,
    certification or house.
    """

    name: str
    kind: str
    sha256: str
    text: str


class SessionRescheduled(Act, frozen=True, kw_only=True):
    """Date, time, place or secretary changed before the opening."""

    date: dt.date
    place: str
    time: str = ""
    secretary: str = ""


class MemberAppointed(Act, frozen=True, kw_only=True):
    """A person named to the jury by the appointing act that ``member`` carries."""

    member: Member


class MemberAmended(Act, frozen=True, kw_only=True):
    """The facts about a member corrected; the first version stays in the register."""

    member: Member
    reason: str = ""


class MemberWithdrawn(Act, frozen=True, kw_only=True):
    """A member struck off the list before the opening."""

    member: str
    reason: str = ""


class CandidateRegistered(Act, frozen=True, kw_only=True):
    """A candidate put on the agenda."""

    candidate: Candidate


class CandidateAmended(Act, frozen=True, kw_only=True):
    """The facts about a candidate corrected; the first version stays."""

    candidate: Candidate
    reason: str = ""


class CandidateWithdrawn(Act, frozen=True, kw_only=True):
    """A candidate taken off the agenda before being called."""

    candidate: str
    reason: str = ""


class AgendaOrdered(Act, frozen=True, kw_only=True):
    """The order in which candidates are called: every id, once."""

    order: tuple[str, ...]


class TieDeclared(Act, frozen=True, kw_only=True):
    """A tie between a member and a candidate, declared or confirmed by a person."""

    tie: Tie


class TieDismissed(Act, frozen=True, kw_only=True):
    """A suggested tie dismissed by a person, or a declaration that there is none."""

    member: str
    candidate: str
    reason: str = ""


class SessionConvened(Act, frozen=True, kw_only=True):
    """Members and candidates are called; ``convocation`` 2 is a second one."""

    convocation: Whole = 1


# --- presence ----------------------------------------------------------------


class MemberArrived(Act, frozen=True, kw_only=True):
    """A member or invitee is there from ``time``, in the room or remotely."""

    member: str
    time: dt.datetime
    presence: Presence = Presence.ROOM
    means: str = ""


class MemberDeparted(Act, frozen=True, kw_only=True):
    """A member or invitee left at ``time``."""

    member: str
    time: dt.datetime
    reason: str = ""


class MemberSignedIn(Act, frozen=True, kw_only=True):
    """The attendance sheet bears this person's mark (TA Lille, 9 Dec. 2022)."""

    member: str
    means: str = ""


class MemberExcused(Act, frozen=True, kw_only=True):
    """A member who will not come, and why."""

    member: str
    reason: str = ""


class MemberReplaced(Act, frozen=True, kw_only=True):
    """A substitute or representative takes a member's seat from now on."""

    member: str
    by: str
    reason: str
    act: str = ""
    act_date: dt.date | None = None


class ProxyGiven(Act, frozen=True, kw_only=True):
    """A member gave a proxy (pouvoir) to another, where the rules admit one."""

    member: str
    holder: str


# --- the session -------------------------------------------------------------


class SessionOpened(Act, frozen=True, kw_only=True):
    """The chair declares that the jury may validly sit."""

    chair: str


class SessionSuspended(Act, frozen=True, kw_only=True):
    """The sitting pauses."""

    reason: str = ""


class SessionResumed(Act, frozen=True, kw_only=True):
    """The sitting goes on."""


class IncidentRecorded(Act, frozen=True, kw_only=True):
    """An incident, as it will be printed; ``candidate`` if it concerns one only."""

    text: str
    candidate: str = ""


class DissentRecorded(Act, frozen=True, kw_only=True):
    """A member asks that a disagreement be mentioned (by analogy, CRPA R133-13)."""

    member: str
    text: str
    candidate: str = ""


class JustificationGiven(Act, frozen=True, kw_only=True):
    """Why a breach that is not fatal was accepted; it reaches the minutes."""

    clause: str
    text: str
    candidate: str = ""


class SessionClosed(Act, frozen=True, kw_only=True):
    """The sitting is over; nothing is judged any more."""


class SessionSealed(Act, frozen=True, kw_only=True):
    """The minutes are final: their number, and the workbook's digest."""

    number: str
    workbook_sha256: str


# --- one candidate -----------------------------------------------------------


class CandidateCalled(Act, frozen=True, kw_only=True):
    """The candidate is on the table; recused members must leave."""

    candidate: str


class MemberRecused(Act, frozen=True, kw_only=True):
    """A member takes no part in the hearing nor the deliberation on a candidate."""

    member: str
    candidate: str
    kind: TieKind
    reason: str = ""


class RecusalLifted(Act, frozen=True, kw_only=True):
    """A recusal made in error is lifted; both stay."""

    member: str
    candidate: str
    reason: str


class ActingChairNamed(Act, frozen=True, kw_only=True):
    """Who chairs for one candidate, the chair being recused or away."""

    member: str
    candidate: str


class HearingStarted(Act, frozen=True, kw_only=True):
    """The candidate is heard; who is there is taken down by the fold."""

    candidate: str


class HearingEnded(Act, frozen=True, kw_only=True):
    """The hearing is over."""

    candidate: str


class DeliberationStarted(Act, frozen=True, kw_only=True):
    """The jury deliberates; ``invitees`` are those who stay, if any (L613-1).

    Said again while it does, it puts right who stays, and nothing else.
    """

    candidate: str
    invitees: tuple[str, ...] = ()


class CandidateAbsent(Act, frozen=True, kw_only=True):
    """Registered, not presented: neither admitted nor refused."""

    candidate: str
    reason: str = ""


class CandidatePostponed(Act, frozen=True, kw_only=True):
    """Put off to a later session, for a reason that is not the candidate's merit."""

    candidate: str
    reason: str


class CandidateRestored(Act, frozen=True, kw_only=True):
    """An absent or postponed candidate comes back to this session's agenda."""

    candidate: str
    reason: str = ""


class MarksGiven(Act, frozen=True, kw_only=True):
    """Marks on one component, in hundredths of a point, by member id.

    The key ``jury`` is a mark given once for all; ``reader`` 2 is the second entry.
    """

    candidate: str
    component: str
    marks: dict[str, Whole]
    reader: Whole = 1


class GridFilled(Act, frozen=True, kw_only=True):
    """An assessment grid: for each criterion, a level or a mark in hundredths."""

    candidate: str
    component: str
    member: str = JURY
    levels: dict[str, str] = {}
    marks: dict[str, Whole] = {}
    reader: Whole = 1


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Levels and marks of some criteria, in hundredths."""

    levels: dict[str, str] = {}
    marks: dict[str, Whole] = {}


class VoteCounted(Act, frozen=True, kw_only=True):
    """One vote on one component.

    Attributes:
        tally: Totals; for a vote by name, the totals of ``ballots``.
        ballots: Choice by member id, for a vote by name only: a secret ballot
            leaves neither order nor ballots.
        outcome: What the rules made of it: carried, not_carried or tie.
        reason: Why the vote departs from the marks' proposal, if it does.
    """

    candidate: str
    component: str
    mode: Mode
    tally: Tally
    outcome: str
    ballots: dict[str, Choice] = {}
    reason: str = ""


class CastingVoteCast(Act, frozen=True, kw_only=True):
    """On a tie, the chair's voice prevails: an act of its own."""

    candidate: str
    component: str
    member: str
    choice: Choice
    outcome: str


class VoteReopened(Act, frozen=True, kw_only=True):
    """A counted vote is taken again; both stay, with the reason.

    Attributes:
        mistyped: The jury never voted so: what was typed of its vote was wrong.
    """

    candidate: str
    component: str
    reason: str
    mistyped: bool = False


class ReasonGiven(Act, frozen=True, kw_only=True):
    """Reasons and recommendation of the jury on one component."""

    candidate: str
    component: str
    reason: str = ""
    recommendation: str = ""


class DecisionPronounced(Act, frozen=True, kw_only=True):
    """The decision, derived from the components (R6412-7) and pronounced.

    Attributes:
        outcome: ``total``, ``partial`` or ``none``.
        acquired: Components acquired, those acquired earlier included.
        remaining: Components asked for and not acquired.
    """

    candidate: str
    outcome: str
    acquired: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()


class DecisionReopened(Act, frozen=True, kw_only=True):
    """A pronounced decision is taken again before closing; both stay."""

    candidate: str
    reason: str


# --- the minutes and the register itself -------------------------------------


class MinutesNumbered(Act, frozen=True, kw_only=True):
    """The minutes receive their number: without gaps per certifier and year."""

    number: str


class MinutesExported(Act, frozen=True, kw_only=True):
    """A workbook was written: its name and digest, and what wrote it.

    Attributes:
        number: Of the rectifying minutes it holds; empty for the minutes themselves.
    """

    file: str
    sha256: str
    language: str = "fr"
    renderer: str = ""
    number: str = ""


class MinutesSigned(Act, frozen=True, kw_only=True):
    """Someone signed the workbook: who, with which certificate, giving which file.

    Attributes:
        file: The workbook's name; empty for the one exported last.
    """

    signer: str
    role: str
    certificate_sha256: str
    file_sha256: str
    member: str = ""
    file: str = ""


class ScanAttached(Act, frozen=True, kw_only=True):
    """The digest of a scanned paper: signed attendance sheet or minutes."""

    what: str
    file: str
    sha256: str


class MinutesRectified(Act, frozen=True, kw_only=True):
    """Rectifying minutes: their own number, the minutes they cite, what changes."""

    number: str
    rectifies: str
    changes: str
    candidate: str = ""


class ActUndone(Act, frozen=True, kw_only=True):
    """The act numbered ``act`` (from 1) is corrected: it counts no more, and stays."""

    act: Whole
    reason: str = ""


class RegisterRecovered(Act, frozen=True, kw_only=True):
    """A torn end, left by a power cut, was kept aside and cut off."""

    bytes: Whole
    sha256: str


class ReadingsSettled(Act, frozen=True, kw_only=True):
    """What two readers typed differently is settled; both entries stay.

    Attributes:
        marks: Marks on the whole component, by member.
        grids: Levels or marks by criterion, by member; ``jury`` as in a grid.
    """

    candidate: str
    component: str
    marks: dict[str, Whole] = {}
    grids: dict[str, Entry] = {}
    reason: str = ""


AnyAct = (
    SessionDrafted
    | RulebookAdopted
    | SessionRescheduled
    | MemberAppointed
    | MemberAmended
    | MemberWithdrawn
    | CandidateRegistered
    | CandidateAmended
    | CandidateWithdrawn
    | AgendaOrdered
    | TieDeclared
    | TieDismissed
    | SessionConvened
    | MemberArrived
    | MemberDeparted
    | MemberSignedIn
    | MemberExcused
    | MemberReplaced
    | ProxyGiven
    | SessionOpened
    | SessionSuspended
    | SessionResumed
    | IncidentRecorded
    | DissentRecorded
    | JustificationGiven
    | SessionClosed
    | SessionSealed
    | CandidateCalled
    | MemberRecused
    | RecusalLifted
    | ActingChairNamed
    | HearingStarted
    | HearingEnded
    | DeliberationStarted
    | CandidateAbsent
    | CandidatePostponed
    | CandidateRestored
    | MarksGiven
    | GridFilled
    | VoteCounted
    | CastingVoteCast
    | VoteReopened
    | ReasonGiven
    | DecisionPronounced
    | DecisionReopened
    | MinutesNumbered
    | MinutesExported
    | MinutesSigned
    | ScanAttached
    | MinutesRectified
    | ActUndone
    | RegisterRecovered
    | ReadingsSettled
)

TYPES: dict[str, type[Act]] = {cls.__name__: cls for cls in AnyAct.__args__}


def to_record(act: Act) -> dict[str, Any]:
    """An act as the plain dictionary a register keeps."""
    record: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(act))
    return record


_typed: msgspec.json.Decoder[AnyAct] = msgspec.json.Decoder(AnyAct)


def from_body(body: bytes, number: int) -> AnyAct:
    """The act whose verified bytes these are: ``from_record`` without the detour.

    Raises:
        UnreadableRegisterError: unknown act, missing or wrong field.
    """
    try:
        act = _typed.decode(body)
    except (msgspec.MsgspecError, ValueError, OverflowError):
        act = None
    # What it refuses is looked at once more, to say what is wrong with it.
    if act is None or act.at.tzinfo is None:
        return from_record(msgspec.json.decode(body), number)
    return act


def from_record(record: object, number: int) -> AnyAct:
    """The act a register's record holds.

    Args:
        record: What the register read.
        number: The act's number, from 1, to name it.

    Raises:
        UnreadableRegisterError: unknown act, missing or wrong field.
    """
    kind = record.get("type") if isinstance(record, dict) else None
    if not isinstance(kind, str) or kind not in TYPES:
        raise UnreadableRegisterError(
            N_(
                "Act {number} is of a kind unknown to this version: “{kind}”. "
                "Read this register with the version that wrote it, or a later one."
            ),
            number=number,
            kind=str(kind)[:60],
        )
    later = record.get("format") if isinstance(record, dict) else None
    if kind == "SessionDrafted" and type(later) is int and later > FORMAT:
        raise UnreadableRegisterError(
            N_(
                "The register is of format {format}, later than this program knows. "
                "Read it with the version that wrote it, or a later one."
            ),
            format=later,
        )
    try:
        # Its own type, not the union of all: msgspec keeps what it knows of a struct,
        # and would look through the union's fifty again for each act.
        act = cast("AnyAct", msgspec.convert(record, TYPES[kind]))
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        raise UnreadableRegisterError(
            N_("Act {number} ({kind}) is not written as it should be: {detail}."),
            number=number,
            kind=kind,
            detail=str(error)[:200],
        ) from error
    if act.at.tzinfo is None:
        raise UnreadableRegisterError(
            N_("Act {number} ({kind}) has a time without its offset."),
            number=number,
            kind=kind,
        )
    return act
