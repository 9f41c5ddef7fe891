"""The jury and who is there: arrivals in two keys, the composition always in view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, clock
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.commands.preparing import Convene, WithdrawMember
from jury_tui.session.commands.presence import Arrive, Depart, SignIn
from jury_tui.session.commands.sitting import Open
from jury_tui.session.session import Attendance, Phase, Session
from jury_tui.ui import light
from jury_tui.ui.screens.jury_asks import JuryAsks, awaited, unsigned
from jury_tui.ui.screens.justifying import to_justify
from jury_tui.ui.screens.member import facts
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import OK, SOFT, WARN, plain, presence_sign, short_names

BEFORE = (Phase.DRAFTED, Phase.CONVENED)
SITTING = (Phase.CONVENED, Phase.OPEN, Phase.SUSPENDED)
FRAME = 5
"""Lines that are neither list, light nor next step; the head is one."""
NEVER = 1 << 16
"""No screen is so wide."""
LEAST = 8
"""The fewest lines in which a person is told beneath the list."""
MOMENT = dt.timedelta(seconds=3)
"""How long a second Space on the same person is taken for a slip of the finger."""


SEAT = 21
"""Cells in which every shipped seat can be said in short."""


def _columns(rows: Sequence[Row]) -> tuple[Column, ...]:
    """The columns; one in which nothing stands yet leaves its room to the names."""
    cells = list(zip(*(row.cells for row in rows), strict=True))
    longest = [max(cell_len(plain(c.text)) for c in each) for each in cells] or [0] * 7
    _sign, name, seat, since, signed, at, function = longest

    def unless(empty: bool, least: int = 0) -> int:
        return NEVER if empty else least

    return (
        Column("", 2, pressed=True),
        # an invitee's seat in short is longer than most names are
        Column(_("Name"), 16, grow=True, most=max(16, name), narrow=18),
        Column(
            *(_("Seat"), max(18, min(SEAT, seat))),
            grow=True,
            most=max(18, seat),
            narrow=18,
            words=True,
        ),
        Column(_("Since"), 7, least=unless(not since)),
        Column("", 1, least=unless(not signed)),
        Column(_("Signed"), 6, least=unless(not at, 130)),
        Column(
            _("Function"),
            20,
            grow=True,
            least=unless(not function, 150),
            most=max(20, function),
            words=True,
        ),
    )


class JuryRoomScreen(JuryAsks):
    """Members and invitees, who is there, and what the rules make of it."""

    tab = "jury"
    name_ = N_("Jury and presence")
    help = N_(
        "Members and invitees. A capital letter goes to a name, [Space] marks the "
        "person present, or gone, and goes on to the next who is awaited; [e]: signed "
        "the attendance sheet; [*] all there, then all signed. [Enter] shows what is "
        "known of the person. On the right, each rule: as appointed, as present, for "
        "the candidate on the table. ✓ yes, ✗ no: the session cannot go on, ! to "
        "be justified, ? the text or a datum is missing. [v]: what is "
        "missing before the session. [w]: can the jury sit if somebody is away?"
    )
    helps: ClassVar[Mapping[str, str]] = {
        "members": N_(
            "One person per line: there or awaited, signed or not, the seat held. "
            "[Space], [e] and [Enter] act on the one under the cursor; the first "
            "letter of a name, as a capital, goes to it."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "presence", N_("There/gone"), show=True),
        Binding("asterisk", "everybody", N_("All"), show=True, key_display="*"),
        Binding("o", "open", N_("Open"), show=True),
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
        Binding("enter", "facts", N_("Facts"), show=False),
        Binding("delete", "withdraw", N_("Strike off"), show=False),
    ]

    def content(self) -> Iterable[Widget]:
        """The list and who is under the cursor on the left, findings on the right."""
        with Horizontal(id="split"):
            self.lines = Lines(
                *_columns(()),
                empty=_("Nobody yet: [a] adds a member, [f] reads a file."),
                id="members",
            )
            with Vertical(id="roll"):
                yield self.lines
                self.person = Reading(id="who")
                yield self.person
            yield Reading(id="panel")

    def show_session(self, session: Session) -> None:
        """Redraw the list and the findings."""
        rows = self._rows(session)
        self.lines.lay_out(*_columns(rows))
        self.lines.show_rows(rows)
        panel = self.query_one("#panel", Reading)
        panel.show(light.panel(session, session.on_table))
        left = self.cells.height - FRAME - self.light_bar.lines - self.step_bar.lines
        left -= len(self.lines.rows)
        self.person.set_class(left < LEAST or not self.lines.rows, "-none")
        self.person.styles.height = max(LEAST, left)
        self._show_person()

    def _show_person(self) -> None:
        """What is known of who is under the cursor, where the list leaves room."""
        found = self._member()
        if found is not None and not self.person.has_class("-none"):
            self.person.show(facts(*found, self.person.width or 60))

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """Another person."""
        self._show_person()
        self.refresh_bindings()

    def _rows(self, session: Session) -> list[Row]:
        file = session.on_table
        recused = file.recused if file is not None else frozenset()
        formation = {m.id for m in session.formation}
        short = short_names(session.members.values())
        voting, invited, others = [], [], []
        for member in session.members.values():
            row = self._row(session, member, short, member.id in recused)
            if member.id not in formation:
                others.append(row._replace(tone=SOFT))
            elif judgement.is_voting(session, member.id):
                voting.append(row)
            else:
                invited.append(row)
        return [*voting, *invited, *others]

    def _row(
        self, session: Session, member: Member, short: dict[str, str], recused: bool
    ) -> Row:
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
        brief = ""
        if member.id in session.replaced:
            by = session.members[session.replaced[member.id]]
            seat = _("replaced by {name}").format(name=by.name)
            brief = _("by {name}").format(name=by.family_name.upper())
        elif member.substitutes and member.id not in session.replaced.values():
            known = session.members.get(member.substitutes)
            seat = _("substitute of {name}").format(name=known.name if known else "")
            brief = _("for {name}").format(
                name=known.family_name.upper() if known else ""
            )
        invited = _("invited: {seat}").format(seat=seat) if seat else _("invited")
        signed = attendance.signed_at if attendance is not None else None
        return Row(
            member.id,
            (
                Cell(f" {sign}", tone),
                Cell(
                    member.name,
                    "" if voting else SOFT,
                    short.get(member.id, member.name),
                ),
                Cell(seat if voting else invited, SOFT, brief),
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
            "everybody": phase is Phase.CONVENED
            and bool(awaited(session) or unsigned(session)),
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
            "facts": somebody and phase is not Phase.DRAFTED,
            "open": phase is Phase.CONVENED,
        }

    def token(self) -> object:
        """Whether there is anybody."""
        return bool(self.lines.rows)

    # --- presence ------------------------------------------------------------

    def action_presence(self) -> None:
        """There, or gone: Space; then on to the next who is awaited."""
        found = self._member()
        if found is None:
            return
        session, member = found
        name = plain(member.name)
        if self._just_came(session, member.id):
            words = _("{name} was marked just now: [z] takes it back.")
            self.jury.tell(words.format(name=name))
        elif session.is_present(member.id):
            self.jury.commit(
                Depart(member=member.id), said=_("{name} left").format(name=name)
            )
        elif self.jury.commit(
            Arrive(member=member.id), said=_("{name} is there").format(name=name)
        ):
            self._go_on(awaited)

    def _just_came(self, session: Session, member: str) -> bool:
        """A second Space by mistake is no departure: what is written stays for ever."""
        spells = session.attendance.get(member, Attendance()).spells
        if not spells or spells[-1].departed is not None:
            return False
        came = spells[-1].arrived
        return came <= self.jury.clock() < came + MOMENT

    def _go_on(self, left: Callable[[Session], list[Member]]) -> None:
        """During the roll-call, to the next one in the list of whom this is so."""
        session = self.jury.session
        if session is None or session.phase is not Phase.CONVENED:
            return
        wanted = {m.id for m in left(session)}
        # never back to the top: who is left there was called, and did not answer
        for row in self.lines.rows[self.lines.cursor :]:
            if row.key in wanted:
                self.lines.go(self.lines.index_of(row.key))
                return

    def action_sign(self) -> None:
        """The attendance sheet is signed."""
        found = self._member()
        if found is not None and self.jury.commit(
            SignIn(member=found[1].id),
            said=_("{name} has signed").format(name=plain(found[1].name)),
        ):
            self._go_on(unsigned)

    def on_lines_pressed(self, event: Lines.Pressed) -> None:
        """A click on the sign of presence is Space."""
        event.stop()
        if self.check_action("presence", ()):
            self.action_presence()

    def action_facts(self) -> None:
        """All that is known of the person under the cursor."""
        from jury_tui.ui.screens.member import MemberScreen

        if self._member() is not None:
            self.app.push_screen(MemberScreen(self.lines.key))

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
        from jury_tui.ui.screens.confirm import confirmed

        question = _("Open the session?")
        if await confirmed(self, question, lines, yes=N_("Yes, open it")):
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
        """Enter opens: the form, while the jury is put together; then the facts."""
        session = self.jury.session
        if session is not None and session.phase is Phase.DRAFTED:
            if self.check_action("amend", ()):
                self.action_amend()
        elif self.check_action("facts", ()):
            self.action_facts()

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
