"""What the jury screen asks for: who is there, since when, by which means, for whom."""

from __future__ import annotations

import datetime as dt

from textual import work

from jury_tui.i18n import _, ngettext
from jury_tui.rules.people import Member
from jury_tui.session.acts import MemberArrived, Presence
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.preparing import (
    Appoint,
    Convene,
    Reschedule,
    WithdrawMember,
)
from jury_tui.session.commands.presence import (
    Arrive,
    Depart,
    Excuse,
    Replace,
    SignIn,
)
from jury_tui.session.commands.sitting import Open, Undo
from jury_tui.session.session import Attendance, Phase, Session
from jury_tui.ui.screens.justifying import Justifying
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import plain

THERE, SIGNED = "there", "signed"
"""What a star marks of all: that they are there, or that they have signed."""


def awaited(session: Session) -> list[Member]:
    """Those of the jury who are not there, and did not say that they will not come."""
    return [
        m
        for m in session.formation
        if not session.is_present(m.id)
        and session.attendance.get(m.id, Attendance()).excused is None
    ]


def unsigned(session: Session) -> list[Member]:
    """Those who are there and have not signed the attendance sheet."""
    return [m for m in session.present if session.attendance[m.id].signed_at is None]


class JuryAsks(Justifying):
    """The questions of the jury screen, one action each."""

    lines: Lines

    def _member(self) -> tuple[Session, Member] | None:
        session = self.jury.session
        if session is None or self.lines.key not in session.members:
            return None
        return session, session.members[self.lines.key]

    @work(group="asking", exclusive=True)
    async def action_everybody(self) -> None:
        """All who are awaited are there; then, all have signed: asked once each."""
        session = self.jury.session
        if session is None:
            return
        people, signing = awaited(session), unsigned(session)
        if 0 < len(people) <= len(signing):  # some are late: which is meant?
            choices = {
                THERE: ngettext(
                    "The one who is awaited is there",
                    "The {number} who are awaited are there",
                    len(people),
                ).format(number=len(people)),
                SIGNED: ngettext(
                    "The one who is there has signed",
                    "The {number} who are there have signed",
                    len(signing),
                ).format(number=len(signing)),
            }
            which = await self.pick(
                _("All: which do you mean?"),
                [Row(key, (Cell(words),), words) for key, words in choices.items()],
                at=SIGNED,
            )
            if which is None:
                return
            people = people if which == THERE else []
        if people:
            there = await self._all_but(
                _("All these are there? [Space] takes off who is not."), people
            )
            if there:
                words = ngettext(
                    "{number} person is there", "{number} people are there", len(there)
                )
                self.jury.commit(
                    *(Arrive(member=m) for m in there),
                    said=words.format(number=len(there)),
                )
            return
        signed = await self._all_but(
            _("All these have signed? [Space] takes off who has not."), signing
        )
        if signed:
            words = ngettext(
                "{number} person has signed", "{number} people have signed", len(signed)
            )
            self.jury.commit(
                *(SignIn(member=m) for m in signed),
                said=words.format(number=len(signed)),
            )

    async def _all_but(self, question: str, people: list[Member]) -> tuple[str, ...]:
        """All of them, but for those who are taken off; nobody when given up."""
        rows = [Row(m.id, (Cell(plain(m.name)),), m.name) for m in people]
        return await self.tick(question, rows, [m.id for m in people]) or ()

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
                *self._remotely(member.id, means),
                said=_("{name} is there, remotely").format(name=plain(member.name)),
            )

    def _remotely(self, member: str, means: str) -> list[Command]:
        """There from afar; one marked in the room during the roll-call never was.

        What was marked since is taken back with it, and written again as it was: a
        stay of no length in the room would go into the minutes.
        """
        record, session = self.jury.record, self.jury.session
        remote = Arrive(member=member, presence=Presence.REMOTE, means=means)
        if record is None or session is None or session.phase is not Phase.CONVENED:
            return [remote]
        since: list[MemberArrived] = []
        for number, _before in reversed(session.past):
            act = record.acts[number - 1]
            if not isinstance(act, MemberArrived):
                break
            if act.member == member:
                back: list[Command] = [Undo()] * (len(since) + 1)
                again = [
                    Arrive(
                        member=one.member,
                        presence=one.presence,
                        means=one.means,
                        time=one.time,
                    )
                    for one in reversed(since)
                ]
                return [*back, *again, remote]
            since.append(act)
        return [remote]

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
            self.jury.refused(_("Write the time as 14:05."))
            return
        time = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
        command = (
            Depart(member=member.id, time=time)
            if there
            else Arrive(member=member.id, time=time)
        )
        self.jury.commit(command, said=plain(member.name))

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
            empty=_("No substitute is appointed: [a] adds one first."),
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

    # --- why a key does nothing now ------------------------------------------

    def guards(self, session: Session) -> dict[str, Command]:
        """Each key's command, as it would be for the person under the cursor."""
        del session
        member = self.lines.key
        somebody = Appoint(member=Member(id="", family_name="?"))
        return {
            "presence": Arrive(member=member),
            "hour": Arrive(member=member),
            "remote": Arrive(member=member, presence=Presence.REMOTE, means="?"),
            "sign": SignIn(member=member),
            "excuse": Excuse(member=member, reason="?"),
            "replace": Replace(member=member, by="", reason="?"),
            "add": somebody,
            "appoint": somebody,
            "read_file": somebody,
            "amend": somebody,
            "withdraw": WithdrawMember(member=member),
            "details": Reschedule(place="?"),
            "convene": Convene(),
            "open": Open(),
        }

    def why_impossible(self, action: str) -> str:
        """What is not written has no guard: nobody to mark, nothing to justify."""
        why, session = super().why_impossible(action), self.jury.session
        if why or self.possible(action):
            return why
        if not self.lines.rows and action != "justify":
            return _("Nobody is named to the jury yet.")
        drafted = session is not None and session.phase is Phase.DRAFTED
        return {
            "everybody": _("The jury is not convened yet: [c] does it.")
            if drafted
            else _("Nobody is awaited any more."),
            "add": _("Members are added and changed before the opening."),
            "appoint": _("Members are added and changed before the opening."),
            "amend": _("Members are added and changed before the opening."),
            "read_file": _("A file can be read until the jury is convened."),
            "facts": _(
                "While the jury is being put together, [Enter] changes the member."
            ),
            "justify": _("Nothing is to be justified."),
        }.get(action, "")
