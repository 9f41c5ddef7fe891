"""Minutes as plain text: for standard output, a screen reader, a preview.

A table that fits the width is aligned; one that does not is read row by row, each
value after the name of its column, as a screen reader would say it.
"""

from __future__ import annotations

import datetime as dt
import textwrap
import unicodedata

from jury_tui.i18n import _, clock, short_date
from jury_tui.minutes.characters import turns
from jury_tui.minutes.content import (
    Block,
    Boxes,
    Cell,
    Fields,
    Kind,
    Minutes,
    Page,
    Paragraph,
    Row,
    Style,
    Table,
)

NARROWEST = 40
_GAP = "  "


def text(minutes: Minutes, width: int = 80) -> str:
    """The document as lines of at most ``width`` columns, ending with a line feed.

    Args:
        minutes: The document.
        width: Columns of the terminal; no less than 40 are used.
    """
    width = max(width, NARROWEST)
    lines: list[str] = []
    for page in minutes.pages:
        if lines:
            lines += ["", "=" * width, ""]
        lines += _page(page, width)
        if page is minutes.pages[0] and minutes.blockers:
            lines[0:0] = _missing(minutes, width)
    footer = f"{minutes.number_line} · {minutes.code_line}" if minutes.code else ""
    if footer:
        lines += ["", *_wrapped(footer, width)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _missing(minutes: Minutes, width: int) -> list[str]:
    # The export gives the number: by itself it stops nobody.
    missing = [b for b in minutes.blockers if b.key != "number"]
    fatal = [b.sentence for b in missing if b.fatal]
    others = [b.sentence for b in missing if not b.fatal]
    lines: list[str] = []
    if len(missing) < len(minutes.blockers) and not fatal:
        lines += [*_wrapped(_("PREVIEW – the export gives the number."), width), ""]
    for said, sentences in (
        (_("PREVIEW – these minutes cannot be published yet:"), fatal),
        (_("To be completed if possible:"), others),
    ):
        if sentences:
            lines += _wrapped(said, width)
            for sentence in sentences:
                lines += _wrapped(sentence, width, "  – ", "    ")
            lines.append("")
    return lines


def _page(page: Page, width: int) -> list[str]:
    lines = _wrapped(page.title.upper(), width)
    for section in page.sections:
        lines.append("")
        if section.title:
            heading = _wrapped(section.title, width)
            lines += [*heading, "-" * max(columns(line) for line in heading)]
        for rank, block in enumerate(section.blocks):
            if rank and not _runs_on(section.blocks[rank - 1], block):
                lines.append("")
            lines += _block(block, width)
    return lines


def _runs_on(before: Block, block: Block) -> bool:
    """Whether two paragraphs are items of one list."""
    return (
        isinstance(before, Paragraph)
        and isinstance(block, Paragraph)
        and before.text.startswith("– ")
        and block.text.startswith("– ")
    )


def _block(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(text=said, style=style):
            if style is Style.STRONG:
                said = said.upper()
            indent = "  " if said.startswith("– ") else ""
            return _wrapped(said, width, "", indent)
        case Fields(pairs=pairs):
            return [
                line
                for label, value in pairs
                for line in _wrapped(
                    _("{label}: {value}").format(label=label, value=plain(value)),
                    width,
                    "",
                    "  ",
                )
            ]
        case Table():
            return _table(block, width)
        case Boxes(boxes=boxes):
            lines = []
            for box in boxes:
                who = ", ".join(w for w in (box.name, box.capacity) if w)
                lines += [*_wrapped(who, width), "  " + "." * min(40, width - 2), ""]
            return lines[:-1]


def _table(table: Table, width: int) -> list[str]:
    rows = [[plain(c) for c in row.cells] for row in table.rows]
    titles = [c.title for c in table.columns]
    widths = [
        max((columns(r[i]) for r in [titles, *rows]), default=0)
        for i in range(len(titles))
    ]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width or any(
        "\n" in cell for row in rows for cell in row
    ):
        return _records(table, width)
    right = [c.kind in (Kind.INTEGER, Kind.TIME) for c in table.columns]

    def line(cells: list[str]) -> str:
        return _GAP.join(
            _padded(c, w, right=r) for c, w, r in zip(cells, widths, right, strict=True)
        )

    return [line(titles), line(["-" * w for w in widths]), *map(line, rows)]


def _records(table: Table, width: int) -> list[str]:
    lines: list[str] = []
    for row in table.rows:
        if lines:
            lines.append("")
        lines += _record(table, row, width)
    return lines


def _record(table: Table, row: Row, width: int) -> list[str]:
    """One row: its first words as a heading, the rest one value a line."""
    pairs = [
        (column.title, plain(cell))
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell != "" and column.kind is not Kind.BOX
    ]
    if not pairs:
        return []
    start = 1
    heading = pairs[0][1]
    if table.columns[0].kind is Kind.INTEGER and len(pairs) > 1:
        heading, start = f"{heading}. {pairs[1][1]}", 2
    lines = _wrapped(heading, width, "• ", "  ")
    for label, value in pairs[start:]:
        said = _("{label}: {value}").format(label=label, value=value)
        lines += _wrapped(said, width, "    ", "      ")
    return lines


def plain(cell: Cell) -> str:
    """A cell's value in words, in the language in force."""
    if isinstance(cell, dt.time):
        return clock(dt.datetime.combine(dt.date.min, cell))
    if isinstance(cell, dt.date):
        return short_date(cell)
    return str(cell)


def columns(said: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Me")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in said
    )


def _padded(said: str, width: int, *, right: bool) -> str:
    space = " " * (width - columns(said))
    return space + said if right else said + space


def _wrapped(said: str, width: int, first: str = "", then: str = "") -> list[str]:
    lines: list[str] = []
    for part in printable(said).split("\n"):
        lines += textwrap.wrap(
            part,
            width,
            initial_indent=first if not lines else then,
            subsequent_indent=then,
            break_on_hyphens=False,
        ) or [""]
    return lines


def printable(said: str) -> str:
    """A text without control characters, so that it drives no terminal."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs") else " "
        for c in said
        if not turns(c)
    )
