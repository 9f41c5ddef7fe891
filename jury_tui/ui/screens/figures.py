"""What the sessions add up to, in plots of letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.i18n import N_, _, ngettext
from jury_tui.ui.light import TONES
from jury_tui.ui.plots import bar, stack
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.shelf import Shelf
from jury_tui.ui.widgets.lines import Cell, fitted
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import BAD, KEY, OK, SOFT, WARN

if TYPE_CHECKING:
    from jury_tui.audit.statistics import Outcomes, Statistics

Part = tuple[str, str]
LABEL = 16


class FiguresScreen(JuryScreen):
    """Statistics over the sessions that were shown in the list."""

    name_ = N_("Figures")
    help = N_(
        "What the sessions of the list add up to: outcomes by year and by "
        "certification, the components most often to be taken again, how long juries "
        "take, breaches of composition. A search in the list narrows them. Examples "
        "are left out."
    )
    AUTO_FOCUS = "Reading"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf
        self.figures: Statistics | None = None

    def body(self) -> Iterable[Widget]:
        """One text to scroll through."""
        yield Reading(Content(f" {_('Being read…')}"), focus=True, id="figures")

    def crumbs(self) -> tuple[Cell, ...]:
        """What the list was searched by, if it was."""
        words = self.shelf.words
        said = () if not words else (Cell(f" “{words}”", SOFT),)
        return (*super().crumbs(), *said)

    def on_mount(self) -> None:
        """Add up beside the screen."""
        super().on_mount()
        self._add_up()

    @work(thread=True, exclusive=True, group="shelf")
    def _add_up(self) -> None:
        from jury_tui.audit.statistics import statistics

        figures = statistics(self.shelf.entries())
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, figures)

    def _show(self, figures: Statistics) -> None:
        self.figures = figures
        if self.is_mounted:
            self.query_one("#figures", Reading).show(drawn(figures, self.size.width))

    def on_resize(self) -> None:
        """Bars are as long as there is room."""
        if self.figures is not None:
            self._show(self.figures)


def drawn(figures: Statistics, width: int) -> Content:
    """The figures as plots.

    Args:
        figures: What was added up.
        width: Cells there are.
    """
    if not figures.sessions:
        said = _("Nothing to count: no session that is not an example.")
        return Content(f" {said}")
    room = max(8, min(60, width - LABEL - 24))
    whole = figures.candidates
    parts: list[Part] = [
        (" " + _counted(figures.sessions, whole.registered) + "\n", "bold"),
        (f" {_legend()}\n", TONES[SOFT]),
        *_outcomes(
            _("Outcomes by year"),
            {_year(y): o for y, o in figures.by_year.items()},
            room,
        ),
        *_outcomes(_("Outcomes by certification"), figures.by_certification, room),
        *_remaining(figures.remaining, room),
        *_durations(figures, room),
        *_breaches(figures.breaches, room),
    ]
    return Content.assemble(*parts)


def _counted(sessions: int, candidates: int) -> str:
    held = ngettext("{number} session", "{number} sessions", sessions)
    came = ngettext("{number} candidate", "{number} candidates", candidates)
    return held.format(number=sessions) + " · " + came.format(number=candidates)


def _legend() -> str:
    return _("█ total   ▒ partial   ░ none")


def _year(year: int) -> str:
    return str(year) if year else _("no date")


def _title(text: str) -> Part:
    return f"\n {text}\n", "bold"


def _label(text: str) -> Part:
    return f" {fitted(text, LABEL)} ", ""


def _outcomes(title: str, groups: dict[str, Outcomes], room: int) -> list[Part]:
    most = max((o.judged for o in groups.values()), default=0)
    if not most:
        return []
    parts = [_title(title)]
    for name, o in groups.items():
        if not o.judged:
            continue
        shares = stack((o.total, o.partial, o.none), most, room)
        parts.append(_label(name or "?"))
        for sign, size, tone in zip("█▒░", shares, (OK, KEY, BAD), strict=True):
            parts.append((sign * size, TONES[tone]))
        parts.append((f" {o.total} · {o.partial} · {o.none}\n", ""))
    return parts


def _remaining(groups: dict[str, dict[str, int]], room: int) -> list[Part]:
    most = max((n for g in groups.values() for n in g.values()), default=0)
    if not most:
        return []
    parts = [_title(_("Components to be taken again"))]
    for name, counts in groups.items():
        for component, number in counts.items():
            parts += [
                _label(f"{name} {component}"),
                (bar(number, most, room), TONES[WARN]),
                (f" {number}\n", ""),
            ]
    return parts


def _durations(figures: Statistics, room: int) -> list[Part]:
    years = {y: d for y, d in figures.durations_by_year.items() if d.sessions}
    most = max((d.session for d in years.values()), default=0)
    if not most:
        return []
    parts = [_title(_("Median length of a sitting"))]
    for year, d in years.items():
        parts += [
            _label(_year(year)),
            (bar(d.session, most, room), TONES[KEY]),
            (f" {_minutes(d.session)}\n", ""),
        ]
    whole = figures.durations
    longest = _("the longest: {time}").format(time=_minutes(whole.longest))
    each = _("from call to decision, on average: {time}").format(
        time=_minutes(whole.candidate_seconds // 60)
    )
    return [*parts, (f" {longest}\n {each}\n", TONES[SOFT])]


def _minutes(minutes: int) -> str:
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes:02d}").format(
        hours=minutes // 60, minutes=minutes % 60
    )


def _breaches(years: dict[int, tuple[int, int]], room: int) -> list[Part]:
    parts = [_title(_("Sessions with a breach of composition"))]
    audited = {y: pair for y, pair in years.items() if pair[1]}
    if not audited:
        said = _("none was audited yet: v, in the list of sessions, audits them all")
        return [*parts, (f" {said}\n", TONES[SOFT])]
    for year, (some, of) in audited.items():
        sign, tone = ("✗", BAD) if some else ("✓", OK)
        parts += [
            _label(_year(year)),
            (f"{sign} {bar(some, of, room - 2)}", TONES[tone]),
            (" " + _("{number} of {all} audited").format(number=some, all=of), ""),
            ("\n", ""),
        ]
    return parts
