"""A workbook against the register, cell by cell: does the paper say what was done?

The workbook is somebody else's bytes: the container and its XML are read by the
strict reader of ``package``, sizes are bounded, and nothing is computed. What a
reader would *see* differently is a difference: another value, a formula, a number
under a misleading format, a hidden row, column or sheet, a cell or sheet too many.
Colours and fonts are not judged: the signature and the digest that the register
keeps of each export cover those.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import msgspec

from jury_tui.i18n import _
from jury_tui.minutes.content import Cell, Minutes
from jury_tui.minutes.layout import sheets
from jury_tui.minutes.paper import Sheet, serial
from jury_tui.minutes.spreadsheet import Book, Seen, letters, shown_as
from jury_tui.signing.package import Package

MOST_DIFFERENCES = 1_000


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the workbook says otherwise than the register.

    Attributes:
        sheet: The sheet's name; empty for the workbook as a whole.
        cell: ``B12``; empty for the sheet as a whole.
        expected, found: What the register says, what the workbook shows.
        sentence: All that in a sentence.
    """

    sheet: str
    cell: str
    expected: str
    found: str
    sentence: str


def compare(minutes: Minutes, data: bytes) -> tuple[Difference, ...]:
    """What the workbook says otherwise than the register; empty when it is faithful.

    Args:
        minutes: The document made again from the register, in the language of the
            workbook and at the number of acts it states.
        data: The workbook's bytes, signed or not.

    Raises:
        PackageError: the bytes are not a workbook that can be judged.
    """
    book = Book(Package.read(data))
    found = itertools.chain.from_iterable(_parts(minutes, book))
    return tuple(itertools.islice(found, MOST_DIFFERENCES))


def _parts(minutes: Minutes, book: Book) -> Iterator[Iterator[Difference]]:
    expected = {sheet.name: sheet for sheet in sheets(minutes)}
    yield _sheet_names(list(expected), book)
    for name, sheet in expected.items():
        if name in book.sheets:
            yield _sheet(sheet, book)


def _sheet_names(expected: list[str], book: Book) -> Iterator[Difference]:
    for name in expected:
        if name not in book.sheets:
            yield Difference(
                sheet=name,
                cell="",
                expected=name,
                found="",
                sentence=_("The sheet “{sheet}” is missing.").format(sheet=name),
            )
    for name in book.sheets:
        if name not in expected:
            yield Difference(
                sheet=name,
                cell="",
                expected="",
                found=name,
                sentence=_(
                    "The sheet “{sheet}” is not part of the register’s minutes."
                ).format(sheet=name),
            )
    for name in book.hidden:
        yield _hidden(name, "", _("The sheet “{sheet}” is hidden."))
    known = [name for name in book.sheets if name in expected]
    if known != [name for name in expected if name in book.sheets]:
        yield Difference(
            sheet="",
            cell="",
            expected=", ".join(expected),
            found=", ".join(book.sheets),
            sentence=_("The sheets are in another order."),
        )


def _hidden(sheet: str, cell: str, said: str) -> Difference:
    return Difference(
        sheet=sheet,
        cell=cell,
        expected=_("shown"),
        found=_("hidden"),
        sentence=said.format(sheet=sheet, cell=cell),
    )


def _sheet(sheet: Sheet, book: Book) -> Iterator[Difference]:
    shown, hidden = book.cells(sheet.name)
    for place in hidden:
        said = _("Sheet “{sheet}”: row or column {cell} is hidden.")
        yield _hidden(sheet.name, place, said)
    for row, line in enumerate(sheet.lines(), start=1):
        for placed in line.cells:
            for offset in range(placed.span):
                value = placed.value if offset == 0 else ""
                ref = f"{letters(placed.column + offset)}{row}"
                seen = shown.pop(ref, None)
                if not _same(value, seen):
                    yield _difference(sheet.name, ref, value, seen)
    for ref, seen in shown.items():
        if seen.text or seen.number is not None or seen.formula or seen.error:
            yield _difference(sheet.name, ref, "", seen)


def _difference(sheet: str, ref: str, expected: Cell, seen: Seen | None) -> Difference:
    wanted, found = _shown(expected), _found(seen)
    return Difference(
        sheet=sheet,
        cell=ref,
        expected=wanted,
        found=found,
        sentence=_(
            "Sheet “{sheet}”, cell {cell}: the register says “{expected}”, the "
            "workbook shows “{found}”."
        ).format(sheet=sheet, cell=ref, expected=wanted[:200], found=found[:200]),
    )


def _shown(value: Cell) -> str:
    if isinstance(value, dt.time):
        return f"{value:%H:%M:%S}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _found(seen: Seen | None) -> str:
    if seen is None:
        return ""
    if seen.formula:
        return _("a formula")
    if seen.error:
        return _("an error")
    if seen.text is not None:
        return seen.text
    if seen.number is None:
        return ""
    said = (
        f"{seen.number:g}" if seen.number != int(seen.number) else f"{seen.number:.0f}"
    )
    kind = shown_as(seen.format)
    if kind == "date" and 0 < seen.number < 2_958_466:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(seen.number))
        return day.isoformat()
    return said if kind == "plain" else f"{said} [{seen.format}]"


def _same(value: Cell, seen: Seen | None) -> bool:
    if seen is not None and (seen.formula or seen.error):
        return False
    if isinstance(value, str):
        if seen is None:
            return value == ""
        if value == "":
            return not seen.text and seen.number is None
        # A custom format can replace a text by another on the screen.
        return (
            seen.text is not None
            and _spaces(seen.text) == _spaces(value)
            and shown_as(seen.format) in ("plain", "date", "time")
        )
    if seen is None or seen.number is None:
        return False
    if isinstance(value, dt.time):
        wanted, kind = float(serial(value)), "time"
    elif isinstance(value, dt.date):
        wanted, kind = float(serial(value)), "date"
    else:
        wanted, kind = float(value), "plain"
    return abs(seen.number - wanted) < 1e-6 and shown_as(seen.format) == kind


def _spaces(text: str) -> str:
    """Programs that save a workbook again may normalise white space, and no more."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
