"""What if somebody is away: tick who, and see for whom the jury can still sit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, listed
from jury_tui.rules.composition import Change
from jury_tui.session import judgement
from jury_tui.session.session import Session
from jury_tui.ui import foresight
from jury_tui.ui.foresight import JURY, Prospect
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import OK, SOFT, WARN, plain, short_names

REASONS = 100
"""Cells from which a reason has room in the list."""
PAUSE = 0.1
"""Seconds the cursor rests before changes are looked for: moving stays free."""


def _columns(found: Sequence[Prospect]) -> tuple[Column, ...]:
    """The names take no more room than they need: the reasons need it."""
    longest = max((cell_len(one.name) for one in found), default=18)
    return (
        Column("", 2),
        Column(_("Can it sit?"), 18, grow=True, most=max(18, min(40, longest + 1))),
        Column("", 20, grow=True),
    )


class WhatIfScreen(SessionScreen):
    """A hypothesis about who is away: nothing here is ever written."""

    name_ = N_("What if")
    help = N_(
        "Can this jury sit if somebody is away? On the left, [Space] ticks who would "
        "not be there; on the right, the jury and each candidate, those who cannot be "
        "judged first; below, who must leave, whom to call and the smallest changes. "
        "[Tab] goes from one to the other, [r] has everybody back. It is a question: "
        "nothing is written to the register."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "absent": N_(
            "The members: [Space], [Enter] or a double click ticks who would be away, "
            "and unticks. Those already excused, or not there, are ticked."
        ),
        "prospects": N_(
            "The jury, then each candidate with no outcome: ✗ cannot be judged, ! to "
            "be justified, ? the text leaves a doubt, ✓ can be judged. [Enter] goes to "
            "the whole, below."
        ),
        "detail": N_(
            "The whole of the line above: who must leave, whom to call, the "
            "smallest changes. Arrows scroll it."
        ),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", N_("Away / there"), show=True),
        Binding("tab", "app.focus_next", N_("Other list"), show=True),
        Binding("r", "restart", N_("Everybody back"), show=True),
    ]

    def __init__(self, candidate: str = "") -> None:
        super().__init__()
        self.about = candidate or JURY
        self.away: frozenset[str] | None = None
        self.found: dict[str, Prospect] = {}
        self.changes: dict[str, tuple[Change, ...]] = {}
        self.judged: tuple[Session, frozenset[str]] | None = None
        self._resting: Timer | None = None

    def content(self) -> Iterable[Widget]:
        """Who is away; for whom the jury can sit; the whole of one line."""
        yield Bar(id="hypothesis")
        with Horizontal(id="what-if"):
            yield Lines(
                Column("", 2),
                Column(_("Who is away?"), 18, grow=True),
                Column("", 7),
                empty=_("Nobody is named to the jury yet."),
                id="absent",
            )
            yield Lines(*_columns(()), id="prospects")
        yield Reading(id="detail", focus=True)

    def step(self, session: Session) -> str:
        """Where one is: in a question."""
        del session
        return _(
            "A question: nothing is written. [Space]: who is away; [Tab]: for whom."
        )

    # --- redrawing -----------------------------------------------------------

    def show_session(self, session: Session) -> None:
        """The hypothesis on the session as it is now."""
        seated = {m.id for m in session.formation}
        if self.away is None:
            self.away = foresight.awaited_no_more(session)
        self.away &= seated
        if self.judged != (session, self.away):
            self.judged = (session, self.away)
            self.changes.clear()
            self._judge(session, self.away)
        self._prospects(session)
        self._explain()

    def _judge(self, session: Session, away: frozenset[str]) -> None:
        try:
            found = foresight.prospects(session, away)
        except JuryError as error:
            self.found = {}
            self.jury.refused(error)
            return
        self.found = {one.key: one for one in found}
        self._members(session, away)
        names = listed(plain(m.name) for m in session.formation if m.id in away)
        told = (
            _("Without {names}").format(names=names) if names else _("With everybody")
        )
        words, tone = foresight.summed(found)
        bar = self.query_one("#hypothesis", Bar)
        bar.say((Cell(f" {told}", "strong"),), (Cell(f" {words} ", tone),))

    def _prospects(self, session: Session) -> None:
        """For whom the jury can sit, and why not: as much as there is room for."""
        found = self.found.values()
        rows = []
        for one in found:
            sign, tone, said, brief = foresight.in_a_line(session, one)
            if self.cells.width < REASONS:
                brief = foresight.in_a_word(one)
            cells = (
                Cell(f" {sign}", tone),
                Cell(one.name, "strong" if one.key == JURY else ""),
                Cell(said, SOFT if tone == OK else tone, brief),
            )
            rows.append(Row(one.key, cells, "" if one.key == JURY else one.name))
        prospects = self.query_one("#prospects", Lines)
        prospects.lay_out(*_columns([*found]))
        prospects.show_rows(rows, keep=self.about)

    def _members(self, session: Session, away: frozenset[str]) -> None:
        rows = []
        short = short_names(session.formation)
        for member in session.formation:
            gone = member.id in away
            try:
                voting = judgement.is_voting(session, member.id)
            except JuryError:
                voting = True
            cells = (
                Cell(" –" if gone else " ✓", WARN if gone else OK),
                Cell(
                    member.name,
                    "" if voting else SOFT,
                    short.get(member.id, ""),
                ),
                Cell(_("away") if gone else "", WARN),
            )
            rows.append(Row(member.id, cells, member.name))
        self.query_one("#absent", Lines).show_rows(rows)

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """The whole of the line under the cursor."""
        if event.lines.id == "prospects":
            self.about = event.key
            self._explain()

    def _explain(self) -> None:
        session, one = self.jury.session, self.found.get(self.about)
        if self._resting is not None:
            self._resting.stop()
        if session is None or one is None:
            self.query_one("#detail", Reading).show(Content(""))
            return
        known = () if one.stands else self.changes.get(one.key)
        parts = foresight.in_full(session, one, known)
        self.query_one("#detail", Reading).show(Content.assemble(*parts))
        if known is None and self.judged is not None:
            look = partial(self._look, *self.judged, one.key)
            self._resting = self.set_timer(PAUSE, look)

    @work(thread=True, exclusive=True, group="foresight")
    def _look(self, session: Session, away: frozenset[str], about: str) -> None:
        """Whom to call: some tenths of a second, beside the keys."""
        changes = judgement.remedies(session, "" if about == JURY else about, away)
        self.app.call_from_thread(self._looked, session, away, about, changes)

    def _looked(
        self,
        session: Session,
        away: frozenset[str],
        about: str,
        changes: tuple[Change, ...],
    ) -> None:
        if not self.is_mounted or self.judged != (session, away):
            return  # the question has changed
        self.changes[about] = changes
        if about == self.about:
            self._explain()

    # --- asking --------------------------------------------------------------

    def possible(self, action: str) -> bool:
        """Nothing is written: a window that only reads asks too."""
        if action == "restart":
            return bool(self.away)
        if action == "tick":
            return self.is_mounted and self.focused is self.query_one("#absent")
        return super().possible(action)

    def why_impossible(self, action: str) -> str:
        """Where it can be done, or that it is done."""
        if action == "tick" and not self.possible(action):
            return _("Who is away is ticked in the list of members: [Tab] goes there.")
        if action == "restart" and not self.possible(action):
            return _("Everybody is taken to come already.")
        return super().why_impossible(action)

    def _ask(self, away: frozenset[str]) -> None:
        session = self.jury.session
        if session is not None:
            self.away = away
            self.show_session(session)
            self.refresh_bindings()

    def action_tick(self) -> None:
        """Away, or there after all."""
        member = self.query_one("#absent", Lines).key
        if member:
            self._ask((self.away or frozenset()) ^ {member})

    def action_restart(self) -> None:
        """Everybody comes."""
        self._ask(frozenset())

    def on_lines_chosen(self, event: Lines.Chosen) -> None:
        """Enter or a double click ticks too; on a candidate, the whole is read."""
        if event.lines.id == "absent":
            self.action_tick()
        else:
            self.query_one("#detail", Reading).focus()
