"""Commands on the sitting as a whole: opening, pauses, incidents, closing, sealing."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.commands.base import (
    Command,
    file_of,
    member_id,
    moment,
    refuse_blocked,
    require_phase,
    text,
)
from jury_tui.session.session import Phase, Session

_STARTED = (Phase.OPEN, Phase.SUSPENDED)


class Open(Command, frozen=True, kw_only=True, tag_field="do", tag="open"):
    """The chair declares that the jury may validly sit."""

    summary: ClassVar[str] = N_("the chair declares that the jury may validly sit")
    example: ClassVar[str] = '{"do":"open"}'

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One opening, if neither the jury as appointed nor as present is in breach."""
        require_phase(session, Phase.CONVENED)
        refuse_blocked(session, None, N_("The session cannot open: {why}"))
        chair = judgement.chair(session)
        if chair is None or not session.is_present(chair):
            raise RefusedError(
                N_("The session cannot open: nobody present may chair it.")
            )
        return (a.SessionOpened(at=moment(self, session, now), chair=chair),)


class Suspend(Command, frozen=True, kw_only=True, tag_field="do", tag="suspend"):
    """Pause the sitting."""

    summary: ClassVar[str] = N_("pause the sitting")
    example: ClassVar[str] = '{"do":"suspend","reason":"lunch"}'

    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One suspension."""
        require_phase(session, Phase.OPEN)
        return (
            a.SessionSuspended(
                at=moment(self, session, now),
                reason=text(self.reason, _("The reason")),
            ),
        )


class Resume(Command, frozen=True, kw_only=True, tag_field="do", tag="resume"):
    """Go on after a pause."""

    summary: ClassVar[str] = N_("go on after a pause")
    example: ClassVar[str] = '{"do":"resume"}'

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One resumption; the composition is judged anew at each vote."""
        require_phase(session, Phase.SUSPENDED)
        return (a.SessionResumed(at=moment(self, session, now)),)


class RecordIncident(
    Command, frozen=True, kw_only=True, tag_field="do", tag="record_incident"
):
    """Take down an incident, as it will be printed."""

    summary: ClassVar[str] = N_("an incident, as it will be printed")
    example: ClassVar[str] = (
        '{"do":"record_incident","text":"Coupure de la visioconférence 4 minutes."}'
    )

    text: str
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One incident."""
        require_phase(session, Phase.CONVENED, *_STARTED, Phase.CLOSED)
        candidate = (
            file_of(session, self.candidate).candidate.id if self.candidate else ""
        )
        return (
            a.IncidentRecorded(
                at=moment(self, session, now),
                text=text(self.text, _("The incident"), required=True),
                candidate=candidate,
            ),
        )


class RecordDissent(
    Command, frozen=True, kw_only=True, tag_field="do", tag="record_dissent"
):
    """Take down a member's disagreement, at that member's request."""

    summary: ClassVar[str] = N_("a disagreement, at the member’s request")
    example: ClassVar[str] = (
        '{"do":"record_dissent","member":"m3","text":"Désaccord sur c.",'
        '"candidate":"c4"}'
    )

    member: str
    text: str
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One dissent."""
        require_phase(session, *_STARTED)
        candidate = (
            file_of(session, self.candidate).candidate.id if self.candidate else ""
        )
        return (
            a.DissentRecorded(
                at=moment(self, session, now),
                member=member_id(session, self.member),
                text=text(self.text, _("The disagreement"), required=True),
                candidate=candidate,
            ),
        )


class Justify(Command, frozen=True, kw_only=True, tag_field="do", tag="justify"):
    """Say why a breach that is not fatal was accepted."""

    summary: ClassVar[str] = N_("why a breach that is not fatal was accepted")
    example: ClassVar[str] = (
        '{"do":"justify","clause":"law/balance","text":"Aucun homme disponible."}'
    )

    clause: str
    text: str
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One justification; it reaches the minutes."""
        require_phase(session, Phase.DRAFTED, Phase.CONVENED, *_STARTED, Phase.CLOSED)
        candidate = (
            file_of(session, self.candidate).candidate.id if self.candidate else ""
        )
        known = judgement.clauses(session)
        if self.clause not in known:
            raise RefusedError(
                N_("There is no clause “{clause}” in the rules of this session."),
                clause=self.clause,
            )
        return (
            a.JustificationGiven(
                at=moment(self, session, now),
                clause=self.clause,
                text=text(self.text, _("The justification"), required=True),
                candidate=candidate,
            ),
        )


class Close(Command, frozen=True, kw_only=True, tag_field="do", tag="close"):
    """End the sitting."""

    summary: ClassVar[str] = N_("end the sitting")
    example: ClassVar[str] = '{"do":"close"}'

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One closing; refused while a candidate has no outcome."""
        require_phase(session, *_STARTED)
        left = [f.candidate.name for f in session.agenda if not f.settled]
        if left:
            raise RefusedError(
                N_(
                    "The session cannot close, these candidates have no outcome yet: "
                    "{names}. Judge them, or record them absent or postponed."
                ),
                names=listed(left),
            )
        return (a.SessionClosed(at=moment(self, session, now)),)


class Seal(Command, frozen=True, kw_only=True, tag_field="do", tag="seal"):
    """Make the minutes final."""

    summary: ClassVar[str] = N_("make the minutes final")
    example: ClassVar[str] = '{"do":"seal"}'

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One sealing, of the last workbook exported."""
        require_phase(session, Phase.CLOSED)
        if not session.exports:
            raise RefusedError(
                N_("The minutes were not exported yet: export them, then seal.")
            )
        sha256 = (
            session.signatures[-1].file_sha256
            if session.signatures
            else session.exports[-1].sha256
        )
        return (
            a.SessionSealed(
                at=moment(self, session, now),
                number=session.number,
                workbook_sha256=sha256,
            ),
        )


class Undo(Command, frozen=True, kw_only=True, tag_field="do", tag="undo"):
    """Correct the last act: it stays in the register and counts no more."""

    summary: ClassVar[str] = N_("correct the last act: it stays, and counts no more")
    example: ClassVar[str] = '{"do":"undo"}'

    reason: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One correction of the last act that can be corrected."""
        if session.phase is Phase.SEALED or not session.past:
            raise RefusedError(
                N_(
                    "There is nothing to undo: the last act is final. "
                    "A counted vote is re-opened, a decision is taken again."
                )
            )
        number = session.past[-1][0]
        return (
            a.ActUndone(
                at=moment(self, session, now),
                act=number,
                reason=text(self.reason, _("The reason")),
            ),
        )


COMMANDS = (
    Open,
    Suspend,
    Resume,
    RecordIncident,
    RecordDissent,
    Justify,
    Close,
    Seal,
    Undo,
)
