"""One person of the jury: the seat, the appointment, comings and goings, ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, clock, short_date
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.acts import Presence
from jury_tui.session.session import Attendance, Session, Spell
from jury_tui.ui.dossier import laid_out
from jury_tui.ui.light import TONES
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import plain, presence_sign


class MemberScreen(SessionScreen):
    """What is known of a person, and what the register says of this day."""

    tab = "member"
    name_ = N_("Member")
    help = N_(
        "What is known of one person of the jury: the seat and the act of appointment, "
        "arrivals and departures, the signature on the attendance sheet, ties and "
        "recusals. [Esc] goes back to the list, where [Space] marks presence."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "person": N_(
            "All that the register says of this person; arrows, page up and down, "
            "[Home] and [End] scroll it."
        ),
    }
    AUTO_FOCUS = "Reading"

    def __init__(self, member: str) -> None:
        super().__init__()
        self.member = member

    def content(self) -> Iterable[Widget]:
        """One text that scrolls."""
        self.page = Reading(id="person", focus=True)
        yield self.page

    def way(self) -> tuple[str, ...]:
        """Whose facts these are."""
        session = self.jury.session
        person = None if session is None else session.members.get(self.member)
        return super().way() if person is None else (_("Jury"), plain(person.name))

    def show_session(self, session: Session) -> None:
        """Redraw from the session."""
        person = session.members.get(self.member)
        if person is not None:
            self.page.show(facts(session, person, self.page.width or self.size.width))


def facts(session: Session, member: Member, width: int) -> Content:
    """The facts, one a line: a word, then what is so."""
    attendance = session.attendance.get(member.id)
    file = session.on_table
    recused = file is not None and member.id in file.recused
    sign, word, tone = presence_sign(attendance, recused)
    return Content.assemble(
        (f" {plain(member.name)}", "bold"),
        (f"  {sign.strip()} {word}\n", TONES[tone]),
        *laid_out(
            (
                ("", ""),
                *_appointment(session, member),
                ("", ""),
                *_day(session, member),
            ),
            width,
        ),
    )


def _appointment(session: Session, member: Member) -> list[tuple[str, str]]:
    try:
        seat = judgement.seat_label(session, member.id)
        votes = judgement.is_voting(session, member.id)
    except JuryError as error:
        seat, votes = str(error), True
    names = {m.id: m.name for m in session.members.values()}
    act = " · ".join(
        part
        for part in (
            member.act,
            short_date(member.act_date) if member.act_date else "",
            member.act_authority,
        )
        if part
    )
    return [
        (_("seat"), seat),
        (_("vote"), _("voting member") if votes else _("invited, without a vote")),
        (_("appointed by"), act),
        (_("function"), member.function),
        (_("employer"), member.employer),
        (_("represents"), member.represents),
        (_("may replace"), names.get(member.substitutes, "")),
        *(
            (_("replaced by"), _reasoned(names.get(r.by, ""), r.reason))
            for r in session.replacements
            if r.member == member.id
        ),
        *(
            (_("sits instead of"), _reasoned(names.get(r.member, ""), r.reason))
            for r in session.replacements
            if r.by == member.id
        ),
    ]


def _day(session: Session, member: Member) -> list[tuple[str, str]]:
    attendance = session.attendance.get(member.id, Attendance())
    told = [(_("excused"), attendance.excused or "")]
    for spell in attendance.spells:
        told.append((_("arrived"), _arrival(spell)))
        if spell.departed is not None:
            told.append((_("left"), _reasoned(clock(spell.departed), spell.reason)))
    if attendance.signed_at is not None:
        signed = _reasoned(clock(attendance.signed_at), attendance.signed_means)
        told.append((_("signed"), signed))
    elif attendance.spells:
        told.append((_("signed"), _("not yet")))
    settled = {
        (r.member, f.candidate.id) for f in session.agenda for r in f.recusals.values()
    }
    for tie in session.ties:
        known = session.files.get(tie.candidate)
        if tie.member == member.id and known is not None:
            if (tie.member, tie.candidate) in settled:
                continue
            said = f"{known.candidate.name} : {judgement.tie_word(tie.kind)}"
            told.append((_("tie"), _reasoned(said, tie.reason)))
    for known in session.agenda:
        recusal = known.recusals.get(member.id)
        if recusal is not None:
            said = f"{known.candidate.name} : {judgement.tie_word(recusal.kind)}"
            label = _("recused") if recusal.lifted is None else _("recusal lifted")
            told.append((label, _reasoned(said, recusal.reason)))
    return told


def _arrival(spell: Spell) -> str:
    if spell.presence is Presence.REMOTE:
        return _reasoned(f"{clock(spell.arrived)}, {_('remote')}", spell.means)
    return clock(spell.arrived)


def _reasoned(text: str, reason: str) -> str:
    return f"{text} ({reason})" if reason else text
