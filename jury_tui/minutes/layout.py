"""Minutes on sheets of A4: which cell holds what, how wide, how high.

A page that is one table keeps the table's own columns and repeats its header on each
printed page. Any other page is a flow on a fine grid: blocks take spans of it, and
breaks are put where nothing is torn apart. The workbook is written from this, and
compared with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from jury_tui.minutes.content import Minutes, Page, Paragraph, Table
from jury_tui.minutes.flow import GRID, Flow
from jury_tui.minutes.paper import (
    LANDSCAPE,
    PORTRAIT,
    Line,
    Look,
    Sheet,
    clean,
    full_width,
    header_line,
    look_of,
)


def sheets(minutes: Minutes) -> tuple[Sheet, ...]:
    """The document's sheets, their names made unique and safe."""
    names: list[str] = []
    made = []
    for page in minutes.pages:
        name = _name(page.name, names)
        names.append(name)
        only = _only_table(page)
        made.append(
            _table_sheet(minutes, page, name, only)
            if only is not None
            else _flow_sheet(minutes, page, name)
        )
    return tuple(made)


def _name(name: str, taken: Sequence[str]) -> str:
    """A sheet's name: 31 characters, none that formulas could not quote."""
    kept = "".join(" " if c in "[]:*?/\\'" else c for c in clean(name)).strip()[:31]
    kept = kept or "-"
    rank, found = 2, kept
    while found.casefold() in (t.casefold() for t in taken):
        found = f"{kept[:27]} {rank}"
        rank += 1
    return found


def _only_table(page: Page) -> Table | None:
    blocks = [b for section in page.sections for b in section.blocks]
    tables = [b for b in blocks if isinstance(b, Table)]
    others = [b for b in blocks if not isinstance(b, (Table, Paragraph))]
    last = blocks[-1] if blocks else None
    return last if len(tables) == 1 and not others and last is tables[0] else None


def _table_sheet(minutes: Minutes, page: Page, name: str, table: Table) -> Sheet:
    room = LANDSCAPE if page.landscape else PORTRAIT
    whole = sum(c.width for c in table.columns)
    widths = tuple(round(c.width * room / whole, 2) for c in table.columns)
    count = len(widths)
    top = [*_heading_lines(minutes, page, count, room), Line(5.0, ())]
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                top += full_width(block.text, look_of(block), count, room)
    top.append(header_line(table, [(at, 1) for at in range(1, count + 1)], widths))
    return Sheet(
        name=name,
        widths=widths,
        landscape=page.landscape,
        header=len(top),
        top=tuple(top),
        page=page,
        table=table,
    )


def _heading_lines(minutes: Minutes, page: Page, count: int, room: float) -> list[Line]:
    under = " – ".join(w for w in (minutes.subject, minutes.number_line) if w)
    return [
        *full_width(page.title, Look.TITLE, count, room),
        *full_width(under, Look.SUBTITLE, count, room),
    ]


def _flow_sheet(minutes: Minutes, page: Page, name: str) -> Sheet:
    flow = Flow(landscape=page.landscape)
    flow.put([*_heading_lines(minutes, page, GRID, flow.room), Line(6.0, ())])
    for section in page.sections:
        flow.make_room(section)
        if section.title:
            flow.gap(8.0)
            heading = full_width(section.title, Look.HEADING, GRID, flow.room)
            flow.hold([*heading, Line(4.0, ())])
        for rank, block in enumerate(section.blocks):
            if rank and not isinstance(block, Paragraph):
                flow.gap(4.0)
            flow.block(block)
            if not isinstance(block, Paragraph) and rank < len(section.blocks) - 1:
                flow.gap(4.0)
    return Sheet(
        name=name,
        widths=flow.widths,
        landscape=page.landscape,
        header=0,
        top=tuple(flow.lines),
        page=page,
        table=None,
    )
