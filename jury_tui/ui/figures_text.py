"""What sessions add up to, as plots of letters: words and numbers first, then bars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from jury_tui.i18n import _, ngettext, thousands
from jury_tui.rules import shipped
from jury_tui.ui.keyed import keyed_text
from jury_tui.ui.light import TONES
from jury_tui.ui.plots import bar, stack
from jury_tui.ui.widgets.rows import fitted
from jury_tui.ui.widgets.wrapping import APART, TWO, beside, broken
from jury_tui.ui.words import BAD, KEY, OK, SOFT, WARN, plain

if TYPE_CHECKING:
    from jury_tui.audit.statistics import Outcomes, Statistics

Part = tuple[str, str]
MOST = 60
"""Cells of the longest bar: what is longer is no easier to compare."""
WIDE = 80
"""Columns from which a table has room for the spaces of large numbers."""


class Room(NamedTuple):
    """What a plot has: cells in all, and those of a label, the same for each plot."""

    width: int
    label: int

    def bar(self, words: int) -> int:
        """Cells of the longest bar, beside a label and so many cells of words."""
        return max(4, min(MOST, self.width - self.label - words - 5))


def drawn(figures: Statistics, width: int) -> Content:
    """The figures as plots.

    Args:
        figures: What was added up.
        width: Cells there are.
    """
    if not figures.sessions:
        return Content(" " + _("Nothing to count: no session here."))
    two = width >= TWO
    column = (width - APART) // 2 if two else width
    names = [
        *map(_year, figures.by_year),
        *map(_code, figures.by_certification),
        *(_component(*pair) for pair in _pairs(figures.remaining)),
    ]
    longest = max(map(cell_len, names), default=0)
    room = Room(column, min(longest, column // 4 + 4))
    outcomes = [
        *_outcomes(
            _("Outcomes by year (candidates)"),
            {_year(y): o for y, o in figures.by_year.items()},
            room,
            legend=True,
        ),
        *_outcomes(
            _("Outcomes by certification (candidates)"),
            {_code(code): o for code, o in figures.by_certification.items()},
            room,
        ),
        *_titles(figures.by_certification, room),
    ]
    rest = [
        *_remaining(figures.remaining, room),
        *_durations(figures, room),
        *_breaches(figures.breaches, figures.undecided, room),
    ]
    counted = _counted(figures.sessions, figures.candidates.registered)
    head = Content.assemble(
        (f" {counted}\n", "bold"),
        *_summed(figures.candidates, width),
        *_altered(figures.altered),
    )
    left, right = Content.assemble(*outcomes), Content.assemble(*rest)
    body = beside(left, right, column) if two else left + right
    return (head + body).rstrip()


def _counted(sessions: int, candidates: int) -> str:
    held = ngettext("{number} session", "{number} sessions", sessions)
    came = ngettext("{number} candidate", "{number} candidates", candidates)
    came = came.format(number=thousands(candidates))
    return held.format(number=thousands(sessions)) + " · " + came


def _summed(o: Outcomes, width: int) -> list[Part]:
    """What has become of all the candidates: the numbers add up to theirs."""
    if not o.registered:
        return []
    said = _(
        "Decisions: {total} total, {partial} partial, {none} none. Without a decision: "
        "{absent} absent, {postponed} postponed, {pending} not judged yet."
    ).format(
        total=thousands(o.total),
        partial=thousands(o.partial),
        none=thousands(o.none),
        absent=thousands(o.absent),
        postponed=thousands(o.postponed),
        pending=thousands(o.pending),
    )
    return [(f" {line.plain}\n", "") for line in broken(Content(said), width - 1)]


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


def _code(certification: str) -> str:
    return plain(certification) or "?"


def _component(certification: str, component: str) -> str:
    return f"{_code(certification)} {plain(component)}"


def _pairs(remaining: dict[str, dict[str, int]]) -> list[tuple[str, str]]:
    return [(code, part) for code, parts in remaining.items() for part in parts]


def _title(text: str) -> Part:
    return f"\n {text}\n", "bold"


def _label(text: str, room: Room) -> Part:
    """What a bar is about."""
    return f" {fitted(text, room.label)}  ", ""


def _titles(certifications: Iterable[str], room: Room) -> list[Part]:
    """What the codes of the plot above stand for."""
    named = {code: shipped.title(code) for code in certifications}
    lines = [
        _label(_code(code), room)[0] + title + "\n"
        for code, title in named.items()
        if title
    ]
    return [("\n" + "".join(lines), TONES[SOFT])] if lines else []


def _outcomes(
    title: str, groups: dict[str, Outcomes], room: Room, *, legend: bool = False
) -> list[Part]:
    """Candidates of each group by outcome, those without any too: they add up."""
    groups = {name: o for name, o in groups.items() if o.registered}
    if not groups:
        return []
    most = max(o.registered for o in groups.values())
    said_of = thousands if room.width >= WIDE else str
    size = max(3, cell_len(said_of(most)))
    longest = max(0, min(MOST, room.width - room.label - 5 * (size + 2) - 4))
    heads = (
        (_("█ total"), TONES[OK]),
        (_("▒ partial"), TONES[KEY]),
        (_("░ none"), TONES[BAD]),
        (_("· without a decision"), TONES[SOFT]),
        (_("= candidates"), ""),
    )
    parts: list[Part] = [_title(title)]
    at = 0  # the legend, on as many lines as it takes
    for said, tone in heads if legend else ():
        if at and at + cell_len(said) + 2 > room.width:
            parts.append(("\n", ""))
            at = 0
        parts.append((f" {said} ", tone))
        at += cell_len(said) + 2
    parts += [("\n" if legend else "", ""), _label("", room)]
    parts += [(fitted(said[0], size, right=True) + "  ", tone) for said, tone in heads]
    parts.append(("\n", ""))
    for name, o in groups.items():
        numbers = (o.total, o.partial, o.none, o.undecided)
        parts.append(_label(name, room))
        parts += [
            (
                fitted(said_of(number), size, right=True) + "  ",
                "" if number else TONES[SOFT],
            )
            for number in (*numbers, o.registered)
        ]
        shares = stack(numbers, most, longest)
        for (said, tone), share in zip(heads, shares, strict=False):
            parts.append((said[0] * share, tone))
        parts.append(("\n", ""))
    return parts


def _plot(
    title: str, lines: list[tuple[str, str, int, str]], room: Room, most: int = 0
) -> list[Part]:
    """One plot: label, number in words, length and tone of each bar."""
    words = max((cell_len(said) for _label, said, _n, _tone in lines), default=0)
    longest = room.bar(words)
    most = most or max((number for _label, _said, number, _tone in lines), default=0)
    parts = [_title(title)]
    for name, said, number, tone in lines:
        parts += [
            _label(name, room),
            (fitted(said, words, right=True) + "  ", ""),
            (bar(number, most, longest), TONES[tone]),
            ("\n", ""),
        ]
    return parts


def _remaining(groups: dict[str, dict[str, int]], room: Room) -> list[Part]:
    lines = [
        (
            _component(name, component),
            ngettext("{number} time", "{number} times", number).format(
                number=thousands(number)
            ),
            number,
            WARN,
        )
        for name, counts in groups.items()
        for component, number in counts.items()
    ]
    return _plot(_("Components to be taken again"), lines, room) if lines else []


def _durations(figures: Statistics, room: Room) -> list[Part]:
    lines = [
        (_year(year), _minutes(d.session), d.session, KEY)
        for year, d in figures.durations_by_year.items()
        if d.sessions
    ]
    if not lines:
        return []
    whole = figures.durations
    longest = _("the longest: {time}").format(time=_minutes(whole.longest))
    told = [longest]
    if whole.candidate_seconds:
        each = _("from call to decision, on average: {time}")
        told.append(each.format(time=_minutes(whole.candidate_seconds // 60)))
    return [
        *_plot(_("Median length of a sitting"), lines, room),
        ("".join(f" {said}\n" for said in told), TONES[SOFT]),
    ]


def _minutes(minutes: int) -> str:
    if not minutes:
        return _("under a minute")
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes:02d}").format(
        hours=minutes // 60, minutes=minutes % 60
    )


def _breaches(
    years: dict[int, tuple[int, int]], undecided: dict[int, int], room: Room
) -> list[Part]:
    """Sessions with a breach; “none” is only good news of those that were judged."""
    title = _("Sessions with a breach of composition")
    lines = []
    doubtful = 0
    for year, (some, of) in years.items():
        if of:
            open_ = undecided.get(year, 0)
            doubtful += open_
            said = _("{number} of {all} audited")
            said = said.format(number=thousands(some), all=thousands(of))
            sign, tone = ("✗", BAD) if some else ("?", WARN) if open_ else ("✓", OK)
            lines.append((_year(year), f"{sign} {said}", some, tone))
    if not lines:
        said = _("none was audited yet: [v], in the list of sessions, audits them all")
        return [_title(title), *keyed_text(f" {said}\n", TONES[SOFT])]
    parts = _plot(title, lines, room, max(of for _some, of in years.values()))
    if doubtful:
        said = ngettext(
            "? {number} other session cannot be judged whole: a text or a fact is "
            "missing.",
            "? {number} other sessions cannot be judged whole: a text or a fact is "
            "missing.",
            doubtful,
        ).format(number=thousands(doubtful))
        told = broken(Content(said), room.width - 1)
        parts += [(f" {line.plain}\n", TONES[WARN]) for line in told]
    return parts
