"""Forms for one person, and for the session's date and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

import msgspec
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, folded, ngettext
from jury_tui.rosters import cells
from jury_tui.rules.labels import label
from jury_tui.rules.people import Acquired, Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.commands import perform
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.preparing import (
    AmendCandidate,
    AmendMember,
    Appoint,
    RegisterCandidate,
    Reschedule,
)
from jury_tui.session.session import Phase, Session
from jury_tui.ui import light
from jury_tui.ui.field_helps import OF_CANDIDATE, OF_MEETING, OF_MEMBER, by_field
from jury_tui.ui.light import TONES
from jury_tui.ui.people_typed import acquired_in, named_after, parts_of, seat_in
from jury_tui.ui.screens.form import (
    FormScreen,
    Item,
    date_hint,
    example,
    read_date,
    written,
)
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import BAD, SOFT, plain, result_sign

BEFORE = (Phase.DRAFTED, Phase.CONVENED)


class PersonForm(FormScreen):
    """A form that becomes one command; its guards judge as one types."""

    def command(self) -> Command:
        """What was typed, as a command.

        Raises:
            ValueError: a date cannot be read.
            JuryError: a word is not known.
        """
        raise NotImplementedError

    def fault(self) -> str:
        """What the command's own guards say."""
        try:
            return self.jury.why_not(self.command())
        except JuryError as error:
            return str(error)
        except ValueError:
            return _("Write the date as {hint}.").format(hint=date_hint())

    def remark(self) -> str:
        """What can hardly be true of the person."""
        session, command = self.jury.session, self.command()
        if session is None:
            return ""
        if isinstance(command, Appoint | AmendMember):
            return " ".join(judgement.oddities(session, command.member).values())
        if isinstance(command, RegisterCandidate | AmendCandidate):
            return " ".join(judgement.oddities(session, command.candidate).values())
        return ""

    def save(self) -> bool:
        """One act."""
        command = self.command()
        fresh = isinstance(command, Appoint | RegisterCandidate)
        said = _("written") if fresh else _("changed")
        return self.jury.commit(command, said=said) is not None

    def way(self) -> tuple[str, ...]:
        """The room the form belongs to, and whom or what it is about."""
        return _("Jury"), _(self.name_)


class MemberForm(PersonForm):
    """A member: name, seat, appointing act; the composition beside it."""

    name_ = N_("Member")
    help = N_(
        "One member of the jury. [Enter] goes to the next field, [Ctrl+S] saves. "
        "[Ctrl+G] lists the seats. On the right, the composition as it would be with "
        "this person."
    )
    helps = by_field(OF_MEMBER)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+g", "seat", N_("Seats"), show=True, priority=True),
    ]

    def __init__(self, member: Member | None = None) -> None:
        super().__init__()
        self.member = member

    def way(self) -> tuple[str, ...]:
        """The jury, then the person."""
        return _("Jury"), self.member.name if self.member else _("New member")

    def items(self) -> Iterable[Item]:
        """The facts that minutes and rules ask for."""
        session = self.jury.session
        known = session.members if session is not None else {}
        m = self.member or named_after(known)
        fresh = self.member is None
        substituted = known.get(m.substitutes)
        seats = judgement.seats(session) if session is not None else {}
        words = ", ".join(label(seats[s].label) if s in seats else s for s in m.seats)
        return (
            Item("family", _("Family name"), m.family_name),
            Item("given", _("Given names"), m.given_names),
            Item("seats", _("Seat"), words, _("[Ctrl+G] chooses")),
            Item("gender", _("Gender"), m.gender, _("F, M or empty")),
            Item("function", _("Function"), m.function),
            Item("employer", _("Employer"), m.employer),
            Item("act", _("Appointing act"), m.act, _("reference"), fresh),
            Item(
                "act_date",
                _("Date of the act"),
                written(m.act_date),
                date_hint(),
                fresh,
            ),
            Item("authority", _("Signed by"), m.act_authority, "", fresh),
            Item("represents", _("Represents"), m.represents),
            Item(
                "substitutes",
                _("Substitute of"),
                substituted.name if substituted else "",
                _("name of a member, or empty"),
            ),
        )

    def typed(self) -> Member:
        """The member as typed."""
        was = self.member or Member(id="", family_name="")
        return msgspec.structs.replace(
            was,
            family_name=self.value("family"),
            given_names=self.value("given"),
            seats=self._seats(self.value("seats")),
            gender=cells.gender(self.value("gender")),
            function=self.value("function"),
            employer=self.value("employer"),
            act=self.value("act"),
            act_date=read_date(self.value("act_date")),
            act_authority=self.value("authority"),
            represents=self.value("represents"),
            substitutes=self._member(self.value("substitutes")),
        )

    def _seats(self, text: str) -> tuple[str, ...]:
        session = self.jury.session
        known = judgement.seats(session) if session is not None else {}
        return tuple(seat_in(word, known) for word in parts_of(text))

    def _member(self, text: str) -> str:
        session = self.jury.session
        if not text or session is None:
            return ""
        for member in session.members.values():
            if folded(text) in (folded(member.name), folded(member.family_name)):
                return member.id
        return text

    def command(self) -> Command:
        """Appoint, or amend."""
        member = self.typed()
        return AmendMember(member=member) if self.member else Appoint(member=member)

    def side(self) -> Content:
        """The composition with this person."""
        session = self.jury.session
        if session is None:
            return Content("")
        if not self.value("seats") and judgement.seats(session):
            return light.panel(session)  # who has no seat yet fills none
        after = with_command(session, self, self.jury.clock())
        return light.panel(after)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """A beginning that several seats have, or none, opens their list at once."""
        if event.input.id == "field-seats":
            try:
                self._seats(self.value("seats"))
            except JuryError:
                event.stop()
                event.prevent_default()
                self.action_seat()

    @work(group="asking", exclusive=True)
    async def action_seat(self) -> None:
        """Choose the seat from the jury's list."""
        session = self.jury.session
        if session is None:
            return
        begun = folded(self.value("seats"))
        rows, at = [], ""
        placed = list(judgement.placed(session).seats.values())
        for key, seat in judgement.seats(session).items():
            held = placed.count(key)
            most = seat.at_most if seat.at_most is not None else "…"
            voice = _("votes") if seat.voting else _("invited")
            name = label(seat.label)
            cells = (Cell(name), Cell(f"{held}/{most}"), Cell(voice, SOFT))
            rows.append(Row(key, cells, name))
            if begun and not at and folded(name).startswith(begun):
                at = key
        columns = (Column("", 30, grow=True, most=44), Column("", 7), Column("", 9))
        chosen = await self.pick(_("Which seat?"), rows, *columns, at=at)
        if chosen:
            from jury_tui.ui.widgets.ask import Field

            seat = judgement.seats(session)[chosen]
            self.query_one("#field-seats", Field).value = label(seat.label)
            self._typed()


def with_command(session: Session, form: PersonForm, now: dt.datetime) -> Session:
    """The session as it would be with what is typed; as it is, if that is refused."""
    try:
        return perform(session, [form.command()], now)[0]
    except (JuryError, ValueError):
        return session


class CandidateForm(PersonForm):
    """A candidate: identity, file, parcours, components."""

    name_ = N_("Candidate")
    help = N_(
        "One candidate. [Enter] goes to the next field, [Ctrl+S] saves. The start of "
        "the parcours decides which law applies. Components: empty means all; acquired "
        "before: the component, the date and the place, like “a 12/06/2007 Lyon”."
    )
    helps = by_field(OF_CANDIDATE)

    def __init__(self, person: Candidate | None = None) -> None:
        super().__init__()
        self.person = person

    def way(self) -> tuple[str, ...]:
        """The candidates, then the person."""
        return _("Candidates"), self.person.name if self.person else _("New candidate")

    def items(self) -> Iterable[Item]:
        """The facts that minutes and rules ask for."""
        c = self.person or Candidate(id="", birth_name="")
        before = ", ".join(
            " ".join(w for w in (a.component, written(a.date), a.place) if w)
            for a in c.acquired
        )
        return (
            Item("birth", _("Birth name"), c.birth_name),
            Item("given", _("Given names"), c.given_names),
            Item("use", _("Name in use"), c.use_name),
            Item("born", _("Date of birth"), written(c.birth_date), date_hint()),
            Item("place", _("Place of birth"), c.birth_place),
            Item("gender", _("Gender"), c.gender, _("F, M or empty")),
            Item("file", _("File number"), c.file_number),
            Item(
                "start", _("Start of parcours"), written(c.parcours_start), date_hint()
            ),
            Item(
                "admissible", _("Admissible on"), written(c.admissible_on), date_hint()
            ),
            Item("employer", _("Employer"), c.employer),
            Item("accompanists", _("Accompanied by"), ", ".join(c.accompanists)),
            Item(
                "components", _("Components"), ", ".join(c.components), _("empty: all")
            ),
            Item(
                "acquired",
                _("Acquired before"),
                before,
                example(f"a {written(dt.date(2007, 6, 12))} Lyon"),
            ),
            Item("time", _("Expected at"), c.time, example("09:30")),
            *self._reason(),
        )

    def _reason(self) -> Iterable[Item]:
        """Once the session is open, a change says why."""
        session = self.jury.session
        if session is not None and session.phase not in BEFORE:
            yield Item("reason", _("Why it changes"))

    def side(self) -> Content:
        """The components by their names, and what is asked of each as it is typed."""
        session = self.jury.session
        if session is None:
            return Content("")
        asked = parts_of(self.value("components"))
        before = {word.partition(" ")[0] for word in parts_of(self.value("acquired"))}
        known = judgement.components(session)
        parts = [(_("Components") + "\n", "bold")]
        for key, component in known.items():
            state = "pending" if not asked or key in asked else "not_asked"
            sign, word, tone = result_sign("earlier" if key in before else state)
            name = plain(label(component.label))
            parts += [(f"{sign} ", TONES[tone]), (f"{key} ", "bold")]
            if tone == SOFT and sign != "…":
                name = f"{name} · {word}"
            parts.append((f"{name}\n", "" if sign == "…" else TONES[SOFT]))
        for key in sorted({*asked, *before} - known.keys()):
            parts.append((f"✗ {plain(key)} · {_('no such component')}\n", TONES[BAD]))
        return Content.assemble(*parts)

    def command(self) -> Command:
        """Register, or amend."""
        was = self.person or Candidate(id="", birth_name="")
        typed = msgspec.structs.replace(
            was,
            birth_name=self.value("birth"),
            given_names=self.value("given"),
            use_name=self.value("use"),
            birth_date=read_date(self.value("born")),
            birth_place=self.value("place"),
            gender=cells.gender(self.value("gender")),
            file_number=self.value("file"),
            parcours_start=read_date(self.value("start")),
            admissible_on=read_date(self.value("admissible")),
            employer=self.value("employer"),
            accompanists=parts_of(self.value("accompanists")),
            components=parts_of(self.value("components")),
            acquired=self._acquired(),
            time=cells.clock(self.value("time")),
        )
        if self.person is not None:
            reason = self.value("reason") if [*self._reason()] else ""
            return AmendCandidate(candidate=typed, reason=reason)
        return RegisterCandidate(candidate=typed)

    def _acquired(self) -> tuple[Acquired, ...]:
        session = self.jury.session
        known = judgement.components(session) if session is not None else {}
        return acquired_in(self.value("acquired"), known)


class DetailsForm(PersonForm):
    """When and where the jury meets, and who keeps the minutes."""

    name_ = N_("Date and place")
    help = N_("When and where the jury meets. [Enter] goes to the next field.")
    helps = by_field(OF_MEETING)

    def items(self) -> Iterable[Item]:
        """Date, time, place, secretary."""
        session = self.jury.session or Session()
        return (
            Item("date", _("Date"), written(session.date), date_hint()),
            Item("time", _("Time"), session.time, example("09:00")),
            Item("place", _("Place"), session.place),
            Item("secretary", _("Secretary"), session.secretary),
        )

    def remark(self) -> str:
        """What the day and the hour make of the candidates."""
        session = self.jury.session
        if session is None:
            return ""
        after = with_command(session, self, self.jury.clock())
        odd = [judgement.oddities(after, file.candidate) for file in after.agenda]
        said = [next(iter(each.values())) for each in odd if each]
        if not said:
            return ""
        words = ngettext(
            "Of {number} candidate: {said}",
            "Of {number} candidates, one: {said}",
            len(said),
        )
        return words.format(number=len(said), said=said[0])

    def command(self) -> Command:
        """Reschedule."""
        return Reschedule(
            date=read_date(self.value("date")),
            time=cells.clock(self.value("time")),
            place=self.value("place"),
            secretary=self.value("secretary"),
        )
