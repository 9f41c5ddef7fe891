"""A workbook as somebody else wrote it: cells as they show, nothing computed.

Own reader over the strict package reader: bounded sizes, no entity, no network, and
every fault a ``PackageError``. It knows what a person would see: hidden rows,
columns and sheets, formulas, and numbers under a format that shows something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from lxml import etree

from jury_tui.i18n import N_
from jury_tui.signing.archive import PackageError
from jury_tui.signing.package import Package, Relationship, parse_xml

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCUMENT = f"{_OFFICE}/officeDocument"
MOST_CELLS = 2_000_000
_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATES = {14, 15, 16, 17, 22}
_TIMES = {18, 19, 20, 21}
_PLAIN = {0, 1, 49}
_LOCALE = re.compile(r"\A\[\$-[0-9a-f]+\]")
_DAY_FIRST = re.compile(r"dd?[/.\- ]mm{0,3}[/.\- ]yy(yy)?")
_YEAR_FIRST = re.compile(r"yyyy[/.\- ]mm[/.\- ]dd")
_CLOCK = re.compile(r"hh?:mm(:ss)?")


class Seen(msgspec.Struct, frozen=True):
    """A cell as read: text, or a number with the number format it is shown in."""

    text: str | None
    number: float | None = None
    format: int | str = 0
    formula: bool = False
    error: bool = False


def shown_as(format_: int | str) -> str:
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


def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _bad(code: str, message: str, **values: object) -> PackageError:
    return PackageError(code, message, **values)


class Book:
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

    def cells(self, name: str) -> tuple[dict[str, Seen], list[str]]:
        """The cells of a sheet by reference, and its hidden rows and columns."""
        part = self.sheets[name]
        root = parse_xml(self._package.data(part), part)
        hidden = [
            letters(min(_whole(col.get("min")), 16384))
            for col in root.iterfind(f"{{{_MAIN}}}cols/{{{_MAIN}}}col")
            if _flag(col, "hidden") or _less(col.get("width"), 0.5)
        ]
        found: dict[str, Seen] = {}
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

    def _seen(self, cell: etree._Element) -> Seen:
        style = _whole(cell.get("s") or "0")
        format_ = self._formats[style] if style < len(self._formats) else 0
        formula = cell.find(f"{{{_MAIN}}}f") is not None
        kind = cell.get("t", "n")
        value = cell.findtext(f"{{{_MAIN}}}v")
        if kind == "inlineStr":
            inline = cell.find(f"{{{_MAIN}}}is")
            text = "" if inline is None else _text(inline)
            return Seen(text, None, format_, formula)
        if kind == "s":
            index = _whole(value)
            if index >= len(self._shared):
                raise _bad("string", N_("A cell names a text that the workbook lacks."))
            return Seen(self._shared[index], None, format_, formula)
        if kind == "str":
            return Seen(_unescaped(value or ""), None, format_, formula)
        if value is None:
            return Seen(None, None, format_, formula)
        if kind != "n":
            return Seen(value[:200], None, format_, formula, error=True)
        try:
            number = float(value)
        except ValueError:
            return Seen(value[:200], None, format_, formula, error=True)
        if not abs(number) < 1e300:
            return Seen(value[:200], None, format_, formula, error=True)
        return Seen(None, number, format_, formula)


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
