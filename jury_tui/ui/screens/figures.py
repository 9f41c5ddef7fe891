"""What the sessions add up to, in plots of letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.i18n import N_, _, ngettext
from jury_tui.rules import shipped
from jury_tui.ui.light import TONES
from jury_tui.ui.plots import bar, stack
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.shelf import Shelf
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, fitted
from jury_tui.ui.words import BAD, KEY, OK, SOFT, WARN

if TYPE_CHECKING:
    from jury_tui.audit.statistics import Outcomes, Statistics

Part = tuple[str, str]
LABEL = 18
"""Cells of a label; twice as many from this width on."""
WIDE = 110


class FiguresScreen(JuryScreen):
    """Statistics over the sessions that were shown in the list."""

    name_ = N_("Figures")
    help = N_(
        "What the sessions of the list add up to: outcomes by year and by "
        "certification, the components most often to be taken again, how long juries "
        "take, breaches of composition. A search in the list narrows them. Examples "
        "(fictitious sessions) are left out: e counts them too. Page Down goes on."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "figures": N_(
            "The plots, one text: arrows and Page Down go on, Home and End go to "
            "both ends. Beside each bar stands its number; the longest bar of a "
            "plot is its largest number."
        ),
    }
    AUTO_FOCUS = "Reading"
    BINDINGS: ClassVar[list[BindingType]] = [
        # Before those of the text, which the bar does not show.
        Binding("pagedown", "page(1)", N_("Further down"), show=True, priority=True),
        Binding("pageup", "page(-1)", N_("Further up"), show=False, priority=True),
        Binding("e", "examples", N_("Count the examples too"), show=True),
        Binding("e", "no_examples", N_("Leave the examples out"), show=True),
    ]

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf
        self.figures: Statistics | None = None
        self.examples = False
        self.fictitious = 0

    def body(self) -> Iterable[Widget]:
        """One text to scroll through."""
        yield Reading(Content(f" {_('Being read…')}"), focus=True, id="figures")

    def crumbs(self) -> tuple[Cell, ...]:
        """What the list was searched by, if it was."""
        words = self.shelf.words
        quoted = _("“{words}”").format(words=words)
        said = (Cell(f" {quoted}", SOFT),) if words else ()
        return (*super().crumbs(), *said)

    def aside(self) -> tuple[Cell, ...]:
        """Whether examples count."""
        if not self.fictitious:
            return ()
        if self.examples:
            said, tone = _("examples included"), WARN
        else:
            said, tone = (
                ngettext(
                    "{number} example left out",
                    "{number} examples left out",
                    self.fictitious,
                ),
                SOFT,
            )
        return (Cell(said.format(number=self.fictitious) + " ", tone),)

    def on_mount(self) -> None:
        """Add up beside the screen."""
        self._add_up()

    @work(thread=True, exclusive=True, group="shelf")
    def _add_up(self) -> None:
        from jury_tui.audit.statistics import statistics

        entries = self.shelf.entries()
        figures = statistics(entries, examples=self.examples)
        if not get_current_worker().is_cancelled:
            fictitious = sum(e.fictitious for e in entries)
            self.app.call_from_thread(self._added, figures, fictitious)

    def _added(self, figures: Statistics, fictitious: int) -> None:
        self.fictitious = fictitious
        if self.is_mounted:
            self._show(figures)
            self.retitle()
            self.refresh_bindings()

    def _show(self, figures: Statistics) -> None:
        self.figures = figures
        if self.is_mounted:
            shown = drawn(figures, self.size.width - 2, examples=self.fictitious)
            self.query_one("#figures", Reading).show(shown)

    def possible(self, action: str) -> bool:
        """Examples are counted where there are some."""
        if action == "examples":
            return self.fictitious > 0 and not self.examples
        if action == "no_examples":
            return self.fictitious > 0 and self.examples
        return True

    def why_impossible(self, action: str) -> str:
        """There is no example to count."""
        return _("There is no example here.") if action == "examples" else ""

    def action_examples(self) -> None:
        """Count fictitious sessions too."""
        self.examples = True
        self._add_up()

    def action_no_examples(self) -> None:
        """Count them no more."""
        self.examples = False
        self._add_up()

    def action_page(self, step: int) -> None:
        """A page further, or back."""
        reading = self.query_one("#figures", Reading)
        was = reading.scroll_offset.y
        reading.scroll_relative(y=step * max(1, reading.size.height - 1), animate=False)
        if reading.scroll_target_y == was:
            self.jury.tell(_("There is no more to see that way."))

    def on_resize(self) -> None:
        """Bars are as long as there is room."""
        if self.figures is not None:
            self._show(self.figures)


def drawn(figures: Statistics, width: int, *, examples: int = 0) -> Content:
    """The figures as plots: words and numbers first, then the bar.

    Args:
        figures: What was added up.
        width: Cells there are.
        examples: How many fictitious sessions there are, counted or not.
    """
    if not figures.sessions:
        return Content(f" {_nothing(examples)}")
    whole = figures.candidates
    parts: list[Part] = [
        (" " + _counted(figures.sessions, whole.registered) + "\n", "bold"),
        *_altered(figures.altered),
        *_outcomes(
            _("Outcomes by year"),
            {_year(y): o for y, o in figures.by_year.items()},
            width,
        ),
        *_outcomes(
            _("Outcomes by certification"),
            {
                f"{code} {shipped.title(code)}": o
                for code, o in figures.by_certification.items()
            },
            width,
        ),
        *_remaining(figures.remaining, width),
        *_durations(figures, width),
        *_breaches(figures.breaches, width),
    ]
    return Content.assemble(*parts)


def _nothing(examples: int) -> str:
    if not examples:
        return _("Nothing to count: no session here.")
    return ngettext(
        "Nothing to count: the {number} session here is an example. e counts it.",
        "Nothing to count: the {number} sessions here are examples. e counts them.",
        examples,
    ).format(number=examples)


def _counted(sessions: int, candidates: int) -> str:
    held = ngettext("{number} session", "{number} sessions", sessions)
    came = ngettext("{number} candidate", "{number} candidates", candidates)
    return held.format(number=sessions) + " · " + came.format(number=candidates)


def _altered(number: int) -> list[Part]:
    """Registers that do not tell the whole: the figures are no better than they are."""
    if not number:
        return []
    said = ngettext(
        "{number} altered register: counted up to the act in doubt, never as regular",
        "{number} altered registers: counted up to the act in doubt, never as regular",
        number,
    )
    return [(f" ✗ {said.format(number=number)}\n", TONES[BAD])]


def _year(year: int) -> str:
    return str(year) if year else _("no date")


def _title(text: str) -> Part:
    return f"\n {text}\n", "bold"


def _label(text: str, width: int) -> Part:
    """What a bar is about; longer where there is room."""
    return f" {fitted(text, _label_width(width))}  ", ""


def _label_width(width: int) -> int:
    return LABEL if width < WIDE else 2 * LABEL


def _room(width: int, words: int) -> int:
    """Cells of the longest bar, beside a label and so many cells of words."""
    return max(4, min(60, width - _label_width(width) - words - 6))


def _outcomes(title: str, groups: dict[str, Outcomes], width: int) -> list[Part]:
    groups = {name: o for name, o in groups.items() if o.judged}
    most = max((o.judged for o in groups.values()), default=0)
    if not most:
        return []
    heads = (_("█ total"), _("▒ partial"), _("░ none"))
    sizes = [max(7, cell_len(head)) for head in heads]
    room = _room(width, sum(sizes) + 2 * len(sizes))
    parts: list[Part] = [_title(title), _label("", width)]
    parts += [
        (fitted(head, size, right=True) + "  ", TONES[SOFT])
        for head, size in zip(heads, sizes, strict=True)
    ]
    parts.append(("\n", ""))
    for name, o in groups.items():
        numbers = (o.total, o.partial, o.none)
        parts.append(_label(name.strip() or "?", width))
        parts += [
            (fitted(str(number), size, right=True) + "  ", "")
            for number, size in zip(numbers, sizes, strict=True)
        ]
        shares = stack(numbers, most, room - 3)
        for sign, share, tone in zip("█▒░", shares, (OK, KEY, BAD), strict=True):
            parts.append((sign * share, TONES[tone]))
        parts.append(("\n", ""))
    return parts


def _plot(
    title: str, lines: list[tuple[str, str, int, str]], width: int, most: int = 0
) -> list[Part]:
    """One plot: label, number in words, length and tone of each bar."""
    words = max((cell_len(said) for _label, said, _n, _tone in lines), default=0)
    room = _room(width, words)
    most = most or max((number for _label, _said, number, _tone in lines), default=0)
    parts = [_title(title)]
    for name, said, number, tone in lines:
        parts += [
            _label(name, width),
            (fitted(said, words, right=True) + "  ", ""),
            (bar(number, most, room), TONES[tone]),
            ("\n", ""),
        ]
    return parts


def _remaining(groups: dict[str, dict[str, int]], width: int) -> list[Part]:
    lines = [
        (
            f"{name} {component}",
            ngettext("{number} time", "{number} times", number).format(number=number),
            number,
            WARN,
        )
        for name, counts in groups.items()
        for component, number in counts.items()
    ]
    return _plot(_("Components to be taken again"), lines, width) if lines else []


def _durations(figures: Statistics, width: int) -> list[Part]:
    lines = [
        (_year(year), _minutes(d.session), d.session, KEY)
        for year, d in figures.durations_by_year.items()
        if d.sessions
    ]
    if not lines:
        return []
    whole = figures.durations
    longest = _("the longest: {time}").format(time=_minutes(whole.longest))
    each = _("from call to decision, on average: {time}").format(
        time=_minutes(whole.candidate_seconds // 60)
    )
    return [
        *_plot(_("Median length of a sitting"), lines, width),
        (f" {longest}\n {each}\n", TONES[SOFT]),
    ]


def _minutes(minutes: int) -> str:
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes:02d}").format(
        hours=minutes // 60, minutes=minutes % 60
    )


def _breaches(years: dict[int, tuple[int, int]], width: int) -> list[Part]:
    title = _("Sessions with a breach of composition")
    lines = []
    for year, (some, of) in years.items():
        if of:
            said = _("{number} of {all} audited").format(number=some, all=of)
            sign, tone = ("✗", BAD) if some else ("✓", OK)
            lines.append((_year(year), f"{sign} {said}", some, tone))
    if not lines:
        said = _("none was audited yet: v, in the list of sessions, audits them all")
        return [_title(title), (f" {said}\n", TONES[SOFT])]
    most = max(of for _some, of in years.values())
    return _plot(title, lines, width, most)
