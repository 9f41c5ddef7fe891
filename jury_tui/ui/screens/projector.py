"""The view for the room's projector: large, calm, and no vote by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, clock, long_date
from jury_tui.rules.labels import label
from jury_tui.session import judgement
from jury_tui.session.session import Phase, Session, Status
from jury_tui.ui.light import TONES
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.steps import next_file
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.words import SOFT, duration, phase_sign, plain, result_sign

Part = tuple[str, str]


class ProjectorScreen(SessionScreen):
    """What the room may see: the candidate, the clock, results once pronounced."""

    name_ = N_("Projector view")
    help = N_(
        "For the room: who is heard, since when, who is next; results only once "
        "pronounced, never a vote. [Esc] goes back."
    )
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Back"), show=True),
    ]

    def body(self) -> Iterable[Widget]:
        """The room's text, in the middle."""
        with Vertical(id="room"):
            yield Page(id="room-text")

    def on_mount(self) -> None:
        """Follow the session and the clock."""
        self.set_interval(1.0, self._redraw)

    def action_back(self) -> None:
        """To the screen before."""
        self.app.pop_screen()

    def _frame(self, session: Session) -> None:
        """No light, no votes: the room sees the text alone."""

    def show_step(self, session: Session) -> None:
        """What comes next is for the secretary."""

    def show_session(self, session: Session) -> None:
        """Redraw."""
        self._redraw()

    def _redraw(self) -> None:
        session = self.jury.session
        if session is None or self.app.screen is not self:
            return
        text = self.query_one("#room-text", Page)
        content = Content.assemble(*self._parts(session))
        text.show(content)

    def _parts(self, session: Session) -> list[Part]:
        try:
            title = label(judgement.rules(session).certification.title)
        except JuryError:
            title = ""
        parts: list[Part] = [
            (f"{session.certification}  {title}\n", TONES[SOFT]),
            (f"{long_date(session.date)}\n\n" if session.date else "\n", TONES[SOFT]),
        ]
        file = session.on_table
        if session.phase is Phase.SUSPENDED:
            parts.append((_("The sitting is suspended") + "\n\n", "bold"))
        elif file is not None:
            number = session.order.index(file.candidate.id) + 1
            parts += [
                (
                    _("Candidate {number} of {all}").format(
                        number=number, all=len(session.order)
                    )
                    + "\n\n",
                    TONES[SOFT],
                ),
                (f"{spaced(plain(file.candidate.name))}\n\n", "bold"),
                (f"{judgement.status_word(file)}\n", TONES["key"]),
            ]
            if file.status is Status.HEARING and file.hearing_started is not None:
                span = self.jury.clock() - file.hearing_started
                parts.append((f"\n{duration(span)}\n", "bold"))
        else:
            sign, word, tone = phase_sign(session.phase)
            parts.append((f"{sign} {word}\n\n", TONES[tone]))
            last = max(
                (f for f in session.files.values() if f.decision is not None),
                key=lambda f: f.decision.number if f.decision else 0,
                default=None,
            )
            if last is not None and last.decision is not None:
                parts.append((f"{spaced(plain(last.candidate.name))}\n\n", "bold"))
                words = judgement.outcome_word(last.decision.outcome)
                parts.append((f"{words}\n", TONES["key"]))
                states = judgement.component_results(session, last)
                told = [(c, *result_sign(state)) for c, state in states.items()]
                most = max((len(c) + len(said) for c, _m, said, _t in told), default=0)
                for component, mark, said, shade in told:
                    # as long as the longest: in the middle, and one below the other
                    line = f"{component}  {mark} {said}".ljust(most + 4, "\u00a0")
                    parts.append((f"{line}\n", TONES[shade]))
        upcoming = next_file(session, session.table)
        if upcoming is not None and upcoming is not file:
            parts.append(
                (
                    "\n\n"
                    + _("Next: {name}").format(name=plain(upcoming.candidate.name)),
                    TONES[SOFT],
                )
            )
        parts.append((f"\n\n{clock(self.jury.clock())}", TONES[SOFT]))
        return parts


def spaced(text: str) -> str:
    """Letters set apart, when there is room: large, as a terminal can."""
    return " ".join(text) if len(text) <= 34 else text
