"""The lines of a grid, and what is told beneath it: figures, gaps, the proposal.

Every sign has its word: nothing here is said by colour alone.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from jury_tui.i18n import _, listed, ngettext
from jury_tui.rules import grids, scoring
from jury_tui.rules.labels import label
from jury_tui.rules.model import Criterion, Scale
from jury_tui.rules.scoring import Mastery
from jury_tui.session import judgement
from jury_tui.session.acts import JURY
from jury_tui.session.session import File, Session
from jury_tui.ui.grids import WHOLE, Found, Sheet, Value, short
from jury_tui.ui.light import TONES
from jury_tui.ui.plots import spread
from jury_tui.ui.widgets.lines import CURSOR
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

Part = tuple[str, str]
WIDE = 100
"""Columns from which each line has its own plot."""
PLOT = 12
LEAST = 18
"""The fewest cells of a criterion."""
SHORT, NAME = 4, 9
"""The fewest and the most cells for more of a name than two letters."""
DIFFERS = "≠"
"""Before what two people typed differently, and at the end of its line."""
TONED: dict[Value, str] = {
    Mastery.PARTLY.value: WARN,
    Mastery.NOT_ACQUIRED.value: BAD,
}
"""Exceptions are seen: their letter first, then a colour."""


class Place(NamedTuple):
    """Where the cursor is, and what is being typed there."""

    member: str
    criterion: str
    typing: str = ""


def surname(session: Session, member: str) -> str:
    """What the first letters of a column's name are taken from."""
    known = session.members.get(member)
    if known is None:
        return _("Jury")
    return plain(known.family_name).strip() or plain(known.name) or member


def title(session: Session, component: str) -> str:
    """A component as screens name it: its id, then its label unless it says it."""
    name = plain(label(judgement.components(session)[component].label))
    return name if component in name.split()[:1] else f"{component} {name}"


# --- columns -----------------------------------------------------------------


def _value_width(sheet: Sheet) -> int:
    """Cells of a letter or a mark, with room for the cursor."""
    if sheet.by_levels:
        return 3
    scale = sheet.part.scale
    whole = len(str(int(Fraction(scale.maximum))))
    places = len(scoring.write_mark(Fraction(scale.step)).partition(",")[2])
    places = places or len(scoring.write_mark(Fraction(scale.step)).partition(".")[2])
    return 1 + whole + (places + 1 if places else 0)


def cell_width(sheet: Sheet, width: int) -> int:
    """Cells of a member's column: wider where all members have room for a name."""
    size = _value_width(sheet)
    if width < WIDE:
        return size
    longest = max(cell_len(_first(c)) for c in sheet.criteria)
    left = width - 1 - _fixed(sheet, width) - max(0, longest + 2 - LEAST)
    wide = min(NAME, left // max(1, len(sheet.members)) - 1)
    return wide if wide > SHORT else size


def _fixed(sheet: Sheet, width: int) -> int:
    """Cells that are no member's: a criterion, its weight, the mean, signs, a plot."""
    return (
        LEAST + _weight_width(sheet, width) + 8 + 3 + (PLOT + 3 if width >= WIDE else 0)
    )


def window(sheet: Sheet, member: str, width: int, first: int) -> tuple[int, int]:
    """Which columns are shown: from, to, so that the cursor's one is among them.

    Args:
        sheet: The grid.
        member: Whose column the cursor is in.
        width: The screen's.
        first: The first column shown before.
    """
    count = len(sheet.members)
    left = width - 1 - _fixed(sheet, width)
    room = max(1, left // (cell_width(sheet, width) + 1))
    at = sheet.members.index(member) if member in sheet.members else 0
    first = max(0, min(first, at, max(0, count - room)))
    first = max(first, at - room + 1)
    return first, min(count, first + room)


def _weight_width(sheet: Sheet, width: int) -> int:
    if not sheet.part.criteria:
        return 0
    longest = max(
        cell_len(f"×{c.weight}") + (c.eliminatory * (1 if width < 80 else 7))
        for c in sheet.criteria
    )
    return max(longest, 9 if width >= 80 else 4)


def columns(
    session: Session, sheet: Sheet, place: Place, shown: tuple[str, ...], width: int
) -> tuple[Column, ...]:
    """The columns: criterion, weight, one a member, the mean, its plot."""
    size = cell_width(sheet, width)
    if shown == (JURY,):
        words = 24 if width >= 80 else 16
        size = words if sheet.by_levels else max(8, size)
    heads = []
    for index, member in enumerate(shown):
        name = surname(session, member)
        mark = "▾" if member == place.member and shown != (JURY,) else " "
        cut = ""
        if index == 0 and member != sheet.members[0]:
            cut = "‹"
        elif index == len(shown) - 1 and member != sheet.members[-1]:
            cut = "›"
        room = size - 1 - cell_len(cut)
        heads.append(Column(f"{mark}{_cut(name, room)}{cut}", size))
    plot = (Column(_("Spread"), PLOT + 2),) if width >= WIDE else ()
    weight = _weight_width(sheet, width)
    title = _("Criterion") if sheet.part.criteria else _("Component")
    longest = max(cell_len(_first(c)) for c in sheet.criteria)
    return (
        Column(f" {title}", 14, grow=True, most=max(30, longest + 2), words=True),
        *((Column(_("Wt.") if width >= 80 else "×", weight),) if weight else ()),
        *heads,
        Column(f" {_('Mean')}", 8),
        Column("", 2),
        *plot,
    )


def _first(criterion: Criterion) -> str:
    """What a line begins with."""
    return f" {criterion.id} {plain(label(criterion.label))}".replace("  ", " ")


def _cut(text: str, room: int) -> str:
    kept = ""
    for letter in text:
        if cell_len(kept + letter) > room:
            break
        kept += letter
    return kept


# --- lines -------------------------------------------------------------------


def rows(
    sheet: Sheet,
    place: Place,
    shown: tuple[str, ...],
    told: Found | None,
    width: int,
) -> list[Row]:
    """One line a criterion; the figures are left out of a blind reading."""
    return [_row(sheet, c, place, shown, told, width) for c in sheet.criteria]


def _row(
    sheet: Sheet,
    criterion: Criterion,
    place: Place,
    shown: tuple[str, ...],
    told: Found | None,
    width: int,
) -> Row:
    weight = _weight_width(sheet, width)
    cells = [Cell(_first(criterion))]
    if weight:
        star = ("  " + _("elim.")) if width >= 80 else "*"
        cells.append(
            Cell(
                f"×{criterion.weight}{star if criterion.eliminatory else ''}",
                WARN if criterion.eliminatory else SOFT,
            )
        )
    for member in shown:
        here = (member, criterion.id) == (place.member, place.criterion)
        value = sheet.seen(member, criterion.id)
        text = place.typing if here and place.typing else short(value)
        less, before = "", CURSOR if here else " "
        if not here and (member, criterion.id) in sheet.again:
            before = DIFFERS
        if shown == (JURY,) and isinstance(value, str) and not (here and place.typing):
            less = f"{before}{text} {brief(value)}"
            text = f"{text} {scoring.mastery_word(Mastery(value))}"
        tone = "strong" if here else SOFT if value is None else TONED.get(value, "")
        cells.append(Cell(f"{before}{text}", tone, less))
    mean, apart, values = "", False, ()  # type: tuple[str, bool, tuple[Fraction, ...]]
    if told is not None:
        mean, apart, values = _figures(sheet, criterion, told)
    differs = any(about == criterion.id for _member, about in sheet.again)
    signs = DIFFERS * differs + "!" * apart
    cells += [Cell(f" {mean}", SOFT), Cell(signs, WARN)]
    if width >= WIDE:
        cells.append(Cell(_plot(sheet, criterion, told, values)))
    return Row(criterion.id or sheet.part.id, tuple(cells))


def _figures(
    sheet: Sheet, criterion: Criterion, told: Found
) -> tuple[str, bool, tuple[Fraction, ...]]:
    if criterion.id == WHOLE:
        mean = scoring.statistics(told.marks)
        said = scoring.write_mark(mean.mean) if mean is not None else ""
        return said, told.diverges, told.marks
    line = told.lines.get(criterion.id)
    if line is None:
        return "", False, ()
    if line.figures is not None:
        return scoring.write_mark(line.figures.mean), line.diverges, line.points
    return "", line.diverges, ranks(line)


def ranks(line: grids.Line) -> tuple[Fraction, ...]:
    """Levels worth nothing as places on a scale of three, to be plotted."""
    return tuple(
        Fraction(grids.RANKS[level])
        for level, n in line.levels.items()
        for _i in range(n)
    )


def _plot(
    sheet: Sheet, criterion: Criterion, told: Found | None, values: tuple[Fraction, ...]
) -> str:
    line = told.lines.get(criterion.id) if told is not None else None
    scale = sheet.part.scale
    if line is not None and line.figures is None:
        scale = Scale(minimum="0", maximum="2")
    return spread(list(values), scale.minimum, scale.maximum, PLOT)


# --- beneath -----------------------------------------------------------------


def detail(
    session: Session,
    file: File,
    sheet: Sheet,
    place: Place,
    told: Found | None,
) -> Content:
    """The criterion under the cursor, the whole, what is far apart, the proposal."""
    here = _here(session, sheet, place)
    if told is None:
        parts = here
        left = len(sheet.empty)
        said = _("Second entry, blind: the first stays hidden.")
        parts.append((f" {said}\n", ""))
        if left:
            said = _("Left to fill: {number}.").format(number=left)
            parts.append((f" {said}", ""))
        return Content.assemble(*parts)
    line = told.lines.get(place.criterion)
    return Content.assemble(
        *summary(sheet.part.scale, told),
        *here,
        *(() if line is None else _line(sheet, line)),
        *readings(session, file, sheet.part.id),
        *source(told),
    )


def _here(session: Session, sheet: Sheet, place: Place) -> list[Part]:
    criterion = next((c for c in sheet.criteria if c.id == place.criterion), None)
    if criterion is None:
        return []
    words = []
    if criterion.id:
        words.append(_("weight {n}").format(n=criterion.weight))
    if criterion.eliminatory:
        words.append(_("eliminatory"))
    if criterion.threshold:
        mark = scoring.write_mark(Fraction(criterion.threshold))
        words.append(_("from {mark} on").format(mark=mark))
    about = f" ({', '.join(words)})" if words else ""
    name = f"{criterion.id} {plain(label(criterion.label))}".strip()
    who = plain(judgement.person(session, place.member))
    value = value_word(sheet.seen(place.member, criterion.id))
    if (place.member, criterion.id) in sheet.settled:
        value = _("{value}, settled").format(value=value)
    parts = [
        (f" {name}", "bold"),
        (about, TONES[WARN] if criterion.eliminatory else TONES[SOFT]),
        (" · " + _("{who}: {value}").format(who=who, value=value), ""),
    ]
    if (place.member, criterion.id) in sheet.again:
        second = value_word(sheet.again[place.member, criterion.id])
        said = _("second entry: {value}").format(value=second)
        parts.append((f"\n {DIFFERS} {said}", TONES[WARN]))
    return [*parts, ("\n", "")]


def value_word(value: Value | None) -> str:
    """A cell in words."""
    return _("not filled") if value is None else judgement.entry_word(value)


def brief(value: Value | None) -> str:
    """A cell in one word."""
    if value == Mastery.PARTLY:
        return _("partly")
    return judgement.entry_word(value)


def _line(sheet: Sheet, line: grids.Line) -> list[Part]:
    said = [f"{n} {brief(level)}" for level, n in line.levels.items()]
    scale, values = sheet.part.scale, line.points
    if line.figures is not None:
        said.append(figures(line.figures))
    elif line.median is not None:
        scale, values = Scale(maximum="2"), ranks(line)
        word = scoring.mastery_word(line.median)
        said.append(_("median: {level}").format(level=word))
    if not said:
        return []
    plot = spread(list(values), scale.minimum, scale.maximum, PLOT)
    parts = [(f"   {' · '.join(said)} ", ""), (plot, TONES["key"])]
    if line.diverges:
        parts.append((" !\u00a0" + _("apart"), TONES[WARN]))
    return [*parts, ("\n", "")]


def figures(found: scoring.Statistics) -> str:
    """Mean, median and spread; one mark alone has neither median nor spread."""
    mean = scoring.write_mark(found.mean)
    if found.number == 1:
        return _("mean {mean}").format(mean=mean)
    return _("mean {mean} · median {median} · {low} to {high}").format(
        mean=mean,
        median=scoring.write_mark(found.median),
        low=scoring.write_mark(found.lowest),
        high=scoring.write_mark(found.highest),
    )


def summary(scale: Scale, told: Found) -> list[Part]:
    """The whole component: the proposal, figures, plot, what is far apart."""
    parts: list[Part] = []
    if told.proposal is not None:
        proposed = told.proposal
        tone = "bold" if proposed.result is not None else TONES[SOFT]
        parts.append((f" {proposed.explanation}\n", tone))
    whole = scoring.statistics(told.marks)
    if whole is not None:
        head = _("Whole:") if told.lines else _("Marks:")
        plot = spread(list(told.marks), scale.minimum, scale.maximum, PLOT)
        parts += [(f" {head} {figures(whole)} ", ""), (plot, TONES["key"])]
        if told.diverges:
            parts.append((" !\u00a0" + _("apart"), TONES[WARN]))
        parts.append(("\n", ""))
    apart = [name for name, line in told.lines.items() if line.diverges]
    if apart:
        said = _("! Far apart on {criteria}: to be discussed.")
        parts.append((f" {said.format(criteria=listed(apart))}\n", TONES[WARN]))
    return parts


def source(told: Found) -> list[Part]:
    """The text that sets the threshold."""
    found = told.proposal.source if told.proposal is not None else ""
    return [(f" {plain(found)}\n", TONES[SOFT])] if found else []


def readings(session: Session, file: File, component: str) -> list[Part]:
    """Where the second reading stands: what differs, or what is awaited."""
    differ = judgement.differences(file, component)
    open_ = judgement.unsettled(file, component)
    awaited = judgement.unread(session, file, component)
    if open_:
        said = ngettext(
            "! {number} difference between the two entries: to be settled before the "
            "vote.",
            "! {number} differences between the two entries: to be settled before the "
            "vote.",
            len(open_),
        )
        return [(f" {said.format(number=len(open_))}\n", TONES[WARN])]
    if awaited:
        said = _("! The rules ask for a second entry, still awaited.")
        return [(f" {said}\n", TONES[WARN])]
    if differ:
        said = ngettext(
            "Two entries: {number} difference, settled.",
            "Two entries: {number} differences, settled.",
            len(differ),
        )
        return [(f" {said.format(number=len(differ))}\n", TONES[OK])]
    if judgement.entries(file, component, 2) or file.marks.get((component, 2)):
        return [(" " + _("Two entries: the same.") + "\n", TONES[OK])]
    return []
