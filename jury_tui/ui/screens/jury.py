"""The jury and who is there: arrivals in two keys, the composition always in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, clock, ngettext
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.acts import Presence
from jury_tui.session.commands.preparing import Convene, WithdrawMember
from jury_tui.session.commands.presence import (
    Arrive,
    Depart,
    Excuse,
    Replace,
    SignIn,
)
from jury_tui.session.commands.sitting import Open
from jury_tui.session.session import Attendance, Phase, Session
from jury_tui.ui import light
from jury_tui.ui.screens.confirm import confirmed
from jury_tui.ui.screens.justifying import Justifying, to_justify
from jury_tui.ui.widgets.lines import Cell, Column, Lines, Row
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import OK, SOFT, WARN, plain, presence_sign

BEFORE = (Phase.DRAFTED, Phase.CONVENED)
SITTING = (Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)


class JuryRoomScreen(Justifying):
    """Members and invitees, who is there, and what the rules make of it."""

    tab = "jury"
    name_ = N_("Jury and presence")
    help = N_(
        "Members and invitees. A capital letter goes to a name, Space marks the "
        "person present, or gone. On the right, each rule: as appointed, as present, "
        "for the candidate on the table. ✓ yes, ✗ no: the session cannot go on, ! to "
        "be justified, ? the text or a datum is missing. v: what is "
        "missing before the day. w: can the jury sit if somebody is away?"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "presence", N_("There/gone"), show=True),
        Binding("o", "open", N_("Open"), show=True),
        Binding("asterisk", "everybody", N_("All there"), show=True, key_display="*"),
        Binding("f", "read_file", N_("A file"), show=True),
        Binding("a", "add", N_("Add"), show=True),
        Binding("c", "convene", N_("Convene"), show=True),
        Binding("v", "ready", N_("Ready?"), show=True),
        Binding("e", "sign", N_("Signed"), show=True),
        Binding("e", "details", N_("Date, place"), show=True),
        Binding("w", "what_if", N_("What if"), show=True),
        Binding("m", "amend", N_("Change"), show=True),
        Binding("d", "remote", N_("Remote"), show=True),
        Binding("t", "replace", N_("Substitute"), show=True),
        Binding("u", "justify", N_("Justify"), show=True),
        Binding("a", "appoint", N_("Add"), show=False),
        Binding("x", "excuse", N_("Excused"), show=False),
        Binding("h", "hour", N_("At another time"), show=False),
        Binding("delete", "withdraw", N_("Strike off"), show=False),
    ]

    def content(self) -> Iterable[Widget]:
        """The list on the left, the findings on the right."""
        with Horizontal(id="split"):
            self.lines = Lines(
                Column("", 2),
                Column(_("Name"), 22, grow=True),
                Column(_("Seat"), 17),
                Column(_("Since"), 7),
                Column("", 2),
                Column(_("Signed"), 6, least=110),
                Column(_("Function"), 20, least=150),
                empty=_("Nobody yet: a adds a member, f reads a file."),
                id="members",
            )
            yield self.lines
            yield Reading(id="panel")

    def show_session(self, session: Session) -> None:
        """Redraw the list and the findings."""
        self.lines.show_rows(self._rows(session))
        panel = self.query_one("#panel", Reading)
        panel.show(light.panel(session, session.on_table, panel.width or 30))

    def _rows(self, session: Session) -> list[Row]:
        file = session.on_table
        recused = file.recused if file is not None else frozenset()
        formation = {m.id for m in session.formation}
        voting, invited, others = [], [], []
        for member in session.members.values():
            row = self._row(session, member, member.id in recused)
            if member.id not in formation:
                others.append(row._replace(tone=SOFT))
            elif judgement.is_voting(session, member.id):
                voting.append(row)
            else:
                invited.append(row)
        return [*voting, *invited, *others]

    def _row(self, session: Session, member: Member, recused: bool) -> Row:
        attendance = session.attendance.get(member.id)
        sign, _word, tone = presence_sign(attendance, recused)
        since = ""
        if attendance is not None and attendance.spells:
            last = attendance.spells[-1]
            since = clock(last.departed or last.arrived)
        try:
            seat = judgement.seat_label(session, member.id)
            voting = judgement.is_voting(session, member.id)
        except JuryError:
            seat, voting = "", True
        if member.id in session.replaced:
            seat = _("replaced by {name}").format(
                name=session.members[session.replaced[member.id]].name
            )
        elif member.substitutes and member.id not in session.replaced.values():
            known = session.members.get(member.substitutes)
            seat = _("substitute of {name}").format(name=known.name if known else "")
        signed = attendance.signed_at if attendance is not None else None
        return Row(
            member.id,
            (
                Cell(f" {sign}", tone),
                Cell(member.name, "" if voting else SOFT),
                Cell(seat if voting else f"({seat})", SOFT),
                Cell(
                    since,
                    OK if attendance is not None and attendance.present else WARN,
                ),
                Cell("✎" if signed else "", OK),
                Cell(clock(signed) if signed else "", OK),
                Cell(member.function or member.employer, SOFT),
            ),
            member.name,
        )

    # --- what is possible ----------------------------------------------------

    def rules(self, session: Session) -> dict[str, bool]:
        """The keys of the phase, and no others."""
        phase = session.phase
        somebody = bool(self.lines.rows)
        return {
            "presence": somebody and phase in SITTING,
            "everybody": somebody and phase is Phase.CONVENED,
            "hour": somebody and phase in SITTING,
            "remote": somebody and phase in SITTING,
            "sign": somebody and phase in (*SITTING, Phase.CLOSED),
            "excuse": somebody and phase in (Phase.DRAFTED, *SITTING),
            "replace": somebody and phase in SITTING,
            "justify": phase is not Phase.SEALED and bool(to_justify(session)),
            "add": phase is Phase.DRAFTED,
            "appoint": phase is Phase.CONVENED,  # the same, with less room to say it
            "amend": somebody and phase in BEFORE,
            "withdraw": somebody and phase in BEFORE,
            "read_file": phase is Phase.DRAFTED,
            "details": phase is Phase.DRAFTED,
            "convene": phase is Phase.DRAFTED,
            "open": phase is Phase.CONVENED,
        }

    def token(self) -> object:
        """Whether there is anybody."""
        return bool(self.lines.rows)

    def _member(self) -> tuple[Session, Member] | None:
        session = self.jury.session
        if session is None or self.lines.key not in session.members:
            return None
        return session, session.members[self.lines.key]

    # --- presence ------------------------------------------------------------

    def action_presence(self) -> None:
        """There, or gone: Space."""
        found = self._member()
        if found is None:
            return
        session, member = found
        if session.is_present(member.id):
            self.jury.commit(
                Depart(member=member.id),
                said=_("{name} left").format(name=plain(member.name)),
            )
        else:
            self.jury.commit(
                Arrive(member=member.id),
                said=_("{name} is there").format(name=plain(member.name)),
            )

    @work(group="asking", exclusive=True)
    async def action_everybody(self) -> None:
        """All who are awaited are there: asked once, before the opening."""
        session = self.jury.session
        if session is None:
            return
        awaited = [
            m
            for m in session.formation
            if not session.is_present(m.id)
            and session.attendance.get(m.id, Attendance()).excused is None
        ]
        if not awaited:
            self.jury.tell(_("Nobody is awaited any more."))
            return
        names = [plain(m.name) for m in awaited]
        if await confirmed(self, _("All these are there?"), names):
            self.jury.commit(
                *(Arrive(member=m.id) for m in awaited),
                said=ngettext(
                    "{number} person is there", "{number} people are there", len(names)
                ).format(number=len(names)),
            )

    @work(group="asking", exclusive=True)
    async def action_remote(self) -> None:
        """There, remotely: by which means."""
        found = self._member()
        if found is None:
            return
        _session, member = found
        means = await self.ask(
            _("{name} attends remotely. By which means?").format(
                name=plain(member.name)
            ),
            _("video link"),
        )
        if means:
            self.jury.commit(
                Arrive(member=member.id, presence=Presence.REMOTE, means=means),
                said=_("{name} is there, remotely").format(name=plain(member.name)),
            )

    @work(group="asking", exclusive=True)
    async def action_hour(self) -> None:
        """An arrival or departure noticed late: its own time."""
        found = self._member()
        if found is None:
            return
        session, member = found
        now = self.jury.clock()
        there = session.is_present(member.id)
        question = (
            _("{name} left. At what time?")
            if there
            else _("{name} came. At what time?")
        )
        typed = await self.ask(
            question.format(name=plain(member.name)), f"{now:%H:%M}", "HH:MM"
        )
        if typed is None:
            return
        try:
            hour = dt.time.fromisoformat(typed.replace("h", ":").replace(" ", ""))
        except ValueError:
            self.jury.refused(_("Write the time like 14:05."))
            return
        time = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
        command = (
            Depart(member=member.id, time=time)
            if there
            else Arrive(member=member.id, time=time)
        )
        self.jury.commit(command, said=plain(member.name))

    def action_sign(self) -> None:
        """The attendance sheet is signed."""
        found = self._member()
        if found is not None:
            self.jury.commit(
                SignIn(member=found[1].id),
                said=_("{name} has signed").format(name=plain(found[1].name)),
            )

    @work(group="asking", exclusive=True)
    async def action_excuse(self) -> None:
        """Will not come, and why."""
        found = self._member()
        if found is None:
            return
        reason = await self.ask(
            _("{name} will not come. For what reason?").format(
                name=plain(found[1].name)
            )
        )
        if reason is not None:
            self.jury.commit(
                Excuse(member=found[1].id, reason=reason),
                said=_("{name} is excused").format(name=plain(found[1].name)),
            )

    @work(group="asking", exclusive=True)
    async def action_replace(self) -> None:
        """A substitute or representative takes the seat."""
        found = self._member()
        if found is None:
            return
        session, member = found
        sits = {m.id for m in session.formation}
        free = [m for m in session.members.values() if m.id not in sits]
        free.sort(key=lambda m: (m.substitutes != member.id, m.name))
        rows = [Row(m.id, (Cell(plain(m.name)),), m.name) for m in free]
        by = await self.pick(
            _("Who takes the seat of {name}?").format(name=plain(member.name)),
            rows,
            empty=_("No substitute is appointed: a adds one first."),
        )
        if not by:
            return
        reason = await self.ask(
            _("Why is {name} replaced?").format(name=plain(member.name)),
            session.attendance.get(member.id, Attendance()).excused or "",
        )
        if reason is not None:
            self.jury.commit(
                Replace(member=member.id, by=by, reason=reason),
                Arrive(member=by),
                said=_("{name} sits, and is there").format(
                    name=plain(session.members[by].name)
                ),
            )

    # --- the session ---------------------------------------------------------

    def action_convene(self) -> None:
        """Members and candidates are called."""
        self.jury.commit(Convene(), said=_("jury convened"))

    @work(group="asking", exclusive=True)
    async def action_open(self) -> None:
        """The chair declares that the jury may sit: asked once."""
        session = self.jury.session
        if session is None:
            return
        why = self.jury.why_not(Open())
        if why:
            self.jury.refused(why)
            return
        chair = judgement.chair(session)
        there = sum(session.is_present(m.id) for m in judgement.voting_members(session))
        lines = [
            _("Chaired by {name}.").format(
                name=plain(session.members[chair].name) if chair else ""
            ),
            _("Voting members there: {there} of {all}.").format(
                there=there, all=len(judgement.voting_members(session))
            ),
            _("Candidates: {number}.").format(number=len(session.files)),
        ]
        if await confirmed(self, _("Open the session?"), lines):
            acts = self.jury.commit(Open(), said=_("session open"))
            if acts:
                self.action_go("agenda")

    # --- preparing -----------------------------------------------------------

    def action_add(self) -> None:
        """Add a member."""
        from jury_tui.ui.screens.people import MemberForm

        self.app.push_screen(MemberForm())

    def action_appoint(self) -> None:
        """Add a member, once the jury is convened."""
        self.action_add()

    def action_amend(self) -> None:
        """Change what is known of a member."""
        from jury_tui.ui.screens.people import MemberForm

        found = self._member()
        if found is not None:
            self.app.push_screen(MemberForm(found[1]))

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """Enter: change, before the day; there or gone, on the day."""
        if self.possible("presence"):
            self.action_presence()
        elif self.possible("amend"):
            self.action_amend()

    def action_withdraw(self) -> None:
        """Strike off."""
        found = self._member()
        if found is not None:
            self.jury.commit(
                WithdrawMember(member=found[1].id),
                said=_("{name} struck off").format(name=plain(found[1].name)),
            )

    def action_read_file(self) -> None:
        """Members from a .csv or .xlsx file."""
        from jury_tui.ui.screens.importing import ImportScreen

        self.app.push_screen(ImportScreen("members"))

    def action_details(self) -> None:
        """Date, time, place, secretary."""
        from jury_tui.ui.screens.people import DetailsForm

        self.app.push_screen(DetailsForm())
