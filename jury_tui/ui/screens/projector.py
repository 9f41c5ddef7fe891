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
from jury_tui.session.session import File, Phase, Session, Status
from jury_tui.ui.blocks import Told, laid_out
from jury_tui.ui.light import TONES
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.steps import next_file
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.words import SOFT, duration, phase_sign, plain, result_sign

APART = Told("")


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
        width, height = self.query_one("#room").size
        lines = laid_out(self._told(session), width, height)
        parts = [(f"{text}\n", style) for text, style in lines]
        self.query_one("#room-text", Page).show(Content.assemble(*parts))

    def _told(self, session: Session) -> list[Told]:
        """What the room may read, from top to bottom."""
        try:
            title = label(judgement.rules(session).certification.title)
        except JuryError:
            title = ""
        soft, now = TONES[SOFT], clock(self.jury.clock())
        told = [Told(f"{session.certification}  {title}", soft)]
        if session.date:
            told.append(Told(long_date(session.date), soft))
        told.append(APART)
        file = session.on_table
        last = _last(session)
        if session.phase is Phase.SUSPENDED:
            told += [Told(_("The sitting is suspended"), "bold", 2), APART]
        elif file is not None:
            told += self._heard(session, file)
        elif last is not None:
            told += _pronounced(session, last)
        else:
            sign, word, tone = phase_sign(session.phase)
            told += [Told(f"{sign} {word}", TONES[tone]), APART]
        upcoming = next_file(session, session.table)
        if upcoming is not None and upcoming is not file:
            said = _("Next: {name}").format(name=plain(upcoming.candidate.name))
            told += [Told(said, soft, *((1, 3) if file or last else (2, 2))), APART]
        return [*told, Told(now, soft, 1, 4 if file or last else 1)]

    def _heard(self, session: Session, file: File) -> list[Told]:
        """Who is on the table, and for how long the hearing has lasted."""
        number = session.order.index(file.candidate.id) + 1
        where = _("Candidate {number} of {all}").format(
            number=number, all=len(session.order)
        )
        told = [
            Told(where, TONES[SOFT], 1, 3),
            APART,
            Told(plain(file.candidate.name), "bold", 2),
            APART,
            Told(judgement.status_word(file), TONES["key"], 1, 3),
            APART,
        ]
        if file.status is Status.HEARING and file.hearing_started is not None:
            span = self.jury.clock() - file.hearing_started
            told += [Told(duration(span), "bold", 1), APART]
        return told


def _last(session: Session) -> File | None:
    """The candidate whose decision was pronounced last."""
    decided = [f for f in session.files.values() if f.decision is not None]
    return max(
        decided, key=lambda f: f.decision.number if f.decision else 0, default=None
    )


def _pronounced(session: Session, file: File) -> list[Told]:
    """What was decided: the outcome, how many components, and which."""
    if file.decision is None:
        return []
    states = judgement.component_results(session, file)
    asked = {c: state for c, state in states.items() if state != "not_asked"}
    got = sum(state in ("acquired", "earlier") for state in asked.values())
    told = [
        Told(plain(file.candidate.name), "bold", 2),
        APART,
        Told(judgement.outcome_word(file.decision.outcome), TONES["key"], 2, 2),
        APART,
        Told(f"{got}/{len(asked)}", "bold", 1),
        Told(_("components acquired"), TONES[SOFT]),
        APART,
    ]
    said = [(c, *result_sign(state)) for c, state in asked.items()]
    most = max((len(c) + len(word) for c, _sign, word, _tone in said), default=0)
    for component, sign, word, tone in said:
        # as long as the longest: in the middle, and one below the other
        line = f"{component}  {sign} {word}".ljust(most + 4, "\u00a0")
        told.append(Told(line, TONES[tone], 1, 5))
    return [*told, APART]
