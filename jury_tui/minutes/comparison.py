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
import re
from collections.abc import Iterator, Mapping

import msgspec
from lxml import etree

from jury_tui.i18n import N_, _
from jury_tui.minutes.content import Cell, Minutes
from jury_tui.minutes.layout import Sheet, serial, sheets
from jury_tui.signing.archive import PackageError
from jury_tui.signing.package import Package, Relationship, parse_xml

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKSHEET = f"{_OFFICE}/worksheet"
_DOCUMENT = f"{_OFFICE}/officeDocument"
MOST_CELLS = 2_000_000
MOST_DIFFERENCES = 1_000
_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATES = {14, 15, 16, 17, 22}
_TIMES = {18, 19, 20, 21}
_PLAIN = {0, 1, 49}
_LOCALE = re.compile(r"\A\[\$-[0-9a-f]+\]")
_DAY_FIRST = re.compile(r"dd?[/.\- ]mm{0,3}[/.\- ]yy(yy)?")
_YEAR_FIRST = re.compile(r"yyyy[/.\- ]mm[/.\- ]dd")
_CLOCK = re.compile(r"hh?:mm(:ss)?")


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


class _Seen(msgspec.Struct, frozen=True):
    """A cell as read: text, or a number with the number format it is shown in."""

    text: str | None
    number: float | None = None
    format: int | str = 0
    formula: bool = False
    error: bool = False


def compare(minutes: Minutes, data: bytes) -> tuple[Difference, ...]:
    """What the workbook says otherwise than the register; empty when it is faithful.

    Args:
        minutes: The document made again from the register, in the language of the
            workbook and at the number of acts it states.
        data: The workbook's bytes, signed or not.

    Raises:
        PackageError: the bytes are not a workbook that can be judged.
    """
    book = _Book(Package.read(data))
    found = itertools.chain.from_iterable(_parts(minutes, book))
    return tuple(itertools.islice(found, MOST_DIFFERENCES))


def _parts(minutes: Minutes, book: _Book) -> Iterator[Iterator[Difference]]:
    expected = {sheet.name: sheet for sheet in sheets(minutes)}
    yield _sheet_names(list(expected), book)
    for name, sheet in expected.items():
        if name in book.sheets:
            yield _sheet(sheet, book)


def _sheet_names(expected: list[str], book: _Book) -> Iterator[Difference]:
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


def _sheet(sheet: Sheet, book: _Book) -> Iterator[Difference]:
    shown, hidden = book.cells(sheet.name)
    for place in hidden:
        said = _("Sheet “{sheet}”: row or column {cell} is hidden.")
        yield _hidden(sheet.name, place, said)
    for row, line in enumerate(sheet.lines(), start=1):
        for placed in line.cells:
            for offset in range(placed.span):
                value = placed.value if offset == 0 else ""
                ref = f"{_letters(placed.column + offset)}{row}"
                seen = shown.pop(ref, None)
                if not _same(value, seen):
                    yield _difference(sheet.name, ref, value, seen)
    for ref, seen in shown.items():
        if seen.text or seen.number is not None or seen.formula or seen.error:
            yield _difference(sheet.name, ref, "", seen)


def _difference(sheet: str, ref: str, expected: Cell, seen: _Seen | None) -> Difference:
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


def _found(seen: _Seen | None) -> str:
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
    kind = _kind(seen.format)
    if kind == "date" and 0 < seen.number < 2_958_466:
        day = dt.date(1899, 12, 30) + dt.timedelta(days=int(seen.number))
        return day.isoformat()
    return said if kind == "plain" else f"{said} [{seen.format}]"


def _same(value: Cell, seen: _Seen | None) -> bool:
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
            and _kind(seen.format) in ("plain", "date", "time")
        )
    if seen is None or seen.number is None:
        return False
    if isinstance(value, dt.time):
        wanted, kind = float(serial(value)), "time"
    elif isinstance(value, dt.date):
        wanted, kind = float(serial(value)), "date"
    else:
        wanted, kind = float(value), "plain"
    return abs(seen.number - wanted) < 1e-6 and _kind(seen.format) == kind


def _spaces(text: str) -> str:
    """Programs that save a workbook again may normalise white space, and no more."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _kind(format_: int | str) -> str:
    """What a number format shows a number as; ``other`` for anything fancy."""
    if isinstance(format_, int):
        for known, kind in ((_PLAIN, "plain"), (_DATES, "date"), (_TIMES, "time")):
            if format_ in known:
                return kind
        return "other"
    code = _LOCALE.sub("", format_.casefold()).replace("\\", "").removesuffix(";@")
    if code in ("general", "0", "@"):
        return "plain"
    if _DAY_FIRST.fullmatch(code) or _YEAR_FIRST.fullmatch(code):
        return "date"
    return "time" if _CLOCK.fullmatch(code) else "other"


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# --- reading -----------------------------------------------------------------


def _bad(code: str, message: str, **values: object) -> PackageError:
    return PackageError(code, message, **values)


class _Book:
    """The workbook's sheets, read on demand."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = [r.part for r in package.relationships("") if r.type == _DOCUMENT]
        if len(main) != 1 or not package.has(main[0]):
            raise _bad("no-workbook", N_("The file holds no workbook."))
        self._main = main[0]
        targets = {r.id: r for r in package.relationships(self._main)}
        root = parse_xml(package.data(self._main), self._main)
        self.sheets: dict[str, str] = {}
        self.hidden: list[str] = []
        for element in root.iterfind(f"{{{_MAIN}}}sheets/{{{_MAIN}}}sheet"):
            name = element.get("name") or ""
            target = targets.get(element.get(f"{{{_OFFICE}}}id") or "")
            if target is None or target.external or not package.has(target.part):
                raise _bad(
                    "no-sheet", N_("The sheet « {name} » leads nowhere."), name=name
                )
            if name in self.sheets:
                raise _bad(
                    "sheet-twice", N_("Two sheets are called « {name} »."), name=name
                )
            self.sheets[name] = target.part
            if element.get("state", "visible") != "visible":
                self.hidden.append(name)
        self._shared = self._strings(targets)
        self._formats = self._styles(targets)

    def _related(
        self, targets: Mapping[str, Relationship], kind: str
    ) -> etree._Element | None:
        for target in targets.values():
            wanted = target.type == f"{_OFFICE}/{kind}" and not target.external
            if wanted and self._package.has(target.part):
                return parse_xml(self._package.data(target.part), target.part)
        return None

    def _strings(self, targets: Mapping[str, Relationship]) -> list[str]:
        root = self._related(targets, "sharedStrings")
        return [] if root is None else [_text(si) for si in root]

    def _styles(self, targets: Mapping[str, Relationship]) -> list[int | str]:
        root = self._related(targets, "styles")
        if root is None:
            return []
        custom: dict[int, str] = {}
        for fmt in root.iterfind(f"{{{_MAIN}}}numFmts/{{{_MAIN}}}numFmt"):
            custom[_whole(fmt.get("numFmtId"))] = fmt.get("formatCode") or ""
        found: list[int | str] = []
        for xf in root.iterfind(f"{{{_MAIN}}}cellXfs/{{{_MAIN}}}xf"):
            number = _whole(xf.get("numFmtId") or "0")
            found.append(custom.get(number, number))
        return found

    def cells(self, name: str) -> tuple[dict[str, _Seen], list[str]]:
        """The cells of a sheet by reference, and its hidden rows and columns."""
        part = self.sheets[name]
        root = parse_xml(self._package.data(part), part)
        hidden = [
            _letters(min(_whole(col.get("min")), 16384))
            for col in root.iterfind(f"{{{_MAIN}}}cols/{{{_MAIN}}}col")
            if _flag(col, "hidden") or _less(col.get("width"), 0.5)
        ]
        found: dict[str, _Seen] = {}
        for row in root.iterfind(f"{{{_MAIN}}}sheetData/{{{_MAIN}}}row"):
            if _flag(row, "hidden") or _less(row.get("ht"), 2.0):
                hidden.append(str(row.get("r"))[:8])
            for cell in row:
                ref = cell.get("r") or ""
                if not _REF.fullmatch(ref) or ref in found or len(found) >= MOST_CELLS:
                    raise _bad(
                        "cell",
                        N_("The cell « {cell} » is not one of a workbook."),
                        cell=ref[:20],
                    )
                found[ref] = self._seen(cell)
        return found, hidden

    def _seen(self, cell: etree._Element) -> _Seen:
        style = _whole(cell.get("s") or "0")
        format_ = self._formats[style] if style < len(self._formats) else 0
        formula = cell.find(f"{{{_MAIN}}}f") is not None
        kind = cell.get("t", "n")
        value = cell.findtext(f"{{{_MAIN}}}v")
        if kind == "inlineStr":
            inline = cell.find(f"{{{_MAIN}}}is")
            text = "" if inline is None else _text(inline)
            return _Seen(text, None, format_, formula)
        if kind == "s":
            index = _whole(value)
            if index >= len(self._shared):
                raise _bad("string", N_("A cell names a text that the workbook lacks."))
            return _Seen(self._shared[index], None, format_, formula)
        if kind == "str":
            return _Seen(_unescaped(value or ""), None, format_, formula)
        if value is None:
            return _Seen(None, None, format_, formula)
        if kind != "n":
            return _Seen(value[:200], None, format_, formula, error=True)
        try:
            number = float(value)
        except ValueError:
            return _Seen(value[:200], None, format_, formula, error=True)
        if not abs(number) < 1e300:
            return _Seen(value[:200], None, format_, formula, error=True)
        return _Seen(None, number, format_, formula)


def _text(element: etree._Element) -> str:
    """The text of a string item, phonetic readings left out."""
    parts = []
    for child in element:
        if child.tag == f"{{{_MAIN}}}t":
            parts.append(child.text or "")
        elif child.tag == f"{{{_MAIN}}}r":
            parts.append(child.findtext(f"{{{_MAIN}}}t") or "")
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _HEX.sub(lambda found: chr(int(found[1], 16)), text)


def _flag(element: etree._Element, name: str) -> bool:
    return element.get(name, "0") not in ("0", "false")


def _less(text: str | None, least: float) -> bool:
    """Whether a width or a height is too small to be seen."""
    if text is None:
        return False
    try:
        return not float(text) >= least
    except ValueError:
        return True


def _whole(text: str | None) -> int:
    if text is None or not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise _bad("number", N_("The workbook holds a number that is not one."))
    return int(text)
