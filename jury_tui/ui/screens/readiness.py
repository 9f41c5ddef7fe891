"""The check-list before the session: what is left to do, and Enter goes there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from jury_tui.i18n import N_, _, ngettext
from jury_tui.rules.people import Candidate, Member, Tie, TieKind
from jury_tui.session import judgement
from jury_tui.session.commands.preparing import DeclareTie, DismissTie
from jury_tui.session.session import Session
from jury_tui.ui import light
from jury_tui.ui.dossier import laid_out
from jury_tui.ui.keyed import keyed_text
from jury_tui.ui.light import TONES
from jury_tui.ui.people_text import known_of
from jury_tui.ui.readiness import DETAILS, JURY, Point, points
from jury_tui.ui.screens.form import FormScreen
from jury_tui.ui.screens.session import SessionScreen, room
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

NONE = "\n"
"""The key of the line that says there is no tie."""


class ReadinessScreen(SessionScreen):
    """One line a point; the whole sentence below."""

    name_ = N_("Before the session")
    help = N_(
        "What is left to do before the jury meets: ✗ the session cannot be held "
        "without it, ! complete it, check it or justify it, ? somebody must look into "
        "it, ✓ it is done. [Enter] goes where it is done; coming back, the list is up "
        "to date. [w]: can the jury sit if somebody is away, and whom to call? A tie "
        "that names or employers suggest is declared there, or dismissed: nothing is "
        "decided alone."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "points": N_(
            "One point per line: ✗ missing, ! to be completed, checked or justified, ? "
            "to be looked into, ✓ done. The one under the cursor stands whole below; "
            "[Enter] goes where it is done."
        ),
        "detail": N_(
            "The point above in full: why, by which text, and who it concerns. Arrows "
            "scroll it."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "mend", N_("Put right"), show=True),
        Binding("w", "what_if", N_("What if"), show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.points: tuple[Point, ...] = ()

    def content(self) -> Iterable[Widget]:
        """The list."""
        self.lines = Lines(
            Column("", 2),
            Column(_("What is left to do, then what is ready"), 30, grow=True),
            id="points",
        )
        with Container(id="beside"):
            yield self.lines
            yield Reading(id="detail", focus=True)

    def show_session(self, session: Session) -> None:
        """The list anew."""
        before, self.points = self._point(), points(session)
        rows = [
            Row(str(n), (Cell(f" {p.sign}", p.tone), Cell(p.text)))
            for n, p in enumerate(self.points)
        ]
        self.lines.show_rows(rows, keep=self._again(before))
        self._explain()

    def _again(self, before: Point | None) -> str | None:
        """The point that was looked at, or what is left of it; else the same place."""
        if before is None:
            return None
        there = [(n, p) for n, p in enumerate(self.points) if p.place == before.place]
        same = [n for n, p in there if p.text == before.text]
        left = same or [n for n, p in there if p.tone != OK]
        was = self.lines.cursor
        return str(min(left, key=lambda n: abs(n - was))) if left else None

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """The whole sentence."""
        self._explain()

    def _explain(self) -> None:
        point = self._point()
        missing = sum(p.tone in (BAD, WARN) for p in self.points)
        fatal = any(p.tone == BAD for p in self.points)
        summed = (
            ngettext(
                "{number} point to settle.", "{number} points to settle.", missing
            ).format(number=missing)
            if missing
            else _("Nothing is missing: the jury can meet.")
        )
        tone = BAD if fatal else WARN if missing else OK
        parts: list[tuple[str, str] | Content] = [(f"{summed}\n", TONES[tone])]
        session, detail = self.jury.session, self.query_one("#detail", Reading)
        if point is not None and session is not None:
            said = f"{point.sign} {point.text}"
            parts.append((f"{said}\n", TONES[point.tone]))
            if self.possible("mend"):
                told = (_where(session, point), _(point.then) if point.then else "")
                where = " ".join(filter(None, told))
                parts += keyed_text(f"{where}\n", TONES[SOFT])
            parts.append(("\n", ""))
            parts.append(_known(session, point, detail.width))
        detail.show(Content.assemble(*parts))

    def _point(self) -> Point | None:
        key = self.lines.key
        return self.points[int(key)] if key else None

    def possible(self, action: str) -> bool:
        """Mending writes."""
        if action == "mend":
            record = self.jury.record
            return record is not None and record.writable
        return super().possible(action)

    def why_impossible(self, action: str) -> str:
        """Mending writes."""
        record = self.jury.record
        why = None if record is None else record.why_read
        if action == "mend" and why is not None:
            return str(why)
        return super().why_impossible(action)

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """Enter mends."""
        self.action_mend()

    def action_mend(self) -> None:
        """To the form or the room where it is mended."""
        from jury_tui.ui.screens.people import CandidateForm, DetailsForm, MemberForm

        session, point = self.jury.session, self._point()
        if session is None or point is None or not self.possible("mend"):
            return
        if point.tie is not None:
            self._settle(point.tie, point.text)
        elif point.candidate:
            self.action_what_if(point.candidate)
        elif point.place == DETAILS:
            self._open(DetailsForm(), point)
        elif point.place in session.members:
            self._open(MemberForm(session.members[point.place]), point)
        elif point.place in session.files:
            candidate = session.files[point.place].candidate
            self._open(CandidateForm(candidate), point)
        else:
            self.app.push_screen(room(point.place))  # and back to this list

    def _open(self, form: FormScreen, point: Point) -> None:
        """A form, with the cursor in the field that is asked for; then the next one."""
        form.first = point.field
        after = point.people[1:]
        if after:
            form.then = partial(self._go_on, point._replace(people=after))
        self.app.push_screen(form)

    def _go_on(self, point: Point) -> None:
        """The form of the next of those a point is about, still to be completed."""
        from jury_tui.ui.screens.people import CandidateForm

        session = self.jury.session
        left = [ref for ref in point.people if session and ref in session.files]
        if session is None or not left:
            return
        said = ngettext("Written · {number} left", "Written · {number} left", len(left))
        self.jury.tell(said.format(number=len(left)))
        form = CandidateForm(session.files[left[0]].candidate)
        self._open(form, point._replace(people=tuple(left)))

    @work(group="asking", exclusive=True)
    async def _settle(self, tie: Tie, reason: str) -> None:
        """A tie that was suggested: a person declares it, or says that it is none."""
        rows = [
            Row(kind.value, (Cell(judgement.tie_word(kind)),), judgement.tie_word(kind))
            for kind in (tie.kind, *(k for k in TieKind if k is not tie.kind))
        ]
        rows.insert(1, Row(NONE, (Cell(_("(no tie)"), "key"),)))
        chosen = await self.pick(reason, rows)
        if chosen is None:
            return
        if chosen != NONE:
            declared = DeclareTie(
                member=tie.member, candidate=tie.candidate, kind=TieKind(chosen)
            )
            self.jury.commit(declared, said=_("tie declared"))
            return
        why = await self.ask(_("Why is it none? (namesakes, another firm…)"))
        if why == "":
            self.jury.refused(_("Without a reason the question stays: say why."))
        elif why is not None:
            dismissed = DismissTie(
                member=tie.member, candidate=tie.candidate, reason=why
            )
            self.jury.commit(dismissed, said=_("no tie: taken down"))


def _where(session: Session, point: Point) -> str:
    """What Enter does on a point."""
    if point.tie is not None:
        return _("[Enter]: declare this tie, or say that it is none.")
    if point.candidate:
        return _("[Enter]: what if somebody is away, and whom to call.")
    if point.place == DETAILS:
        return _("[Enter]: date, time, place and secretary.")
    if point.place in session.members or point.place in session.files:
        return _("[Enter]: this person’s form.")
    return (
        _("[Enter]: the jury.")
        if point.place == JURY
        else _("[Enter]: the candidates.")
    )


def _known(session: Session, point: Point, width: int) -> Content:
    """The facts that a point is about: who is named, or the jury rule by rule."""
    names = {m.id: m.name for m in session.members.values()}
    tie = point.tie
    asked = (point.place,) if tie is None else (tie.member, tie.candidate)
    parts: list[tuple[str, str]] = []
    for ref in asked:
        person: Member | Candidate
        if ref in session.members:
            person = session.members[ref]
        elif ref in session.files:
            person = session.files[ref].candidate
        else:
            continue
        parts.append((f"{plain(person.name)}\n", "bold"))
        parts += laid_out(known_of(session, person, names), width, edge=0)
        parts.append(("\n", ""))
    if not parts and point.place == JURY and session.members:
        file = session.files.get(point.candidate)
        return light.panel(session, file)
    return Content.assemble(*parts)
