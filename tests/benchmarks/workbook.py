"""Minutes of 200 candidates × 13 voters × 5 components, over other ways to write them.

``python -m tests.benchmarks.workbook [--full]`` (rival: requirements-bench.txt)

Rivals are given the cells ready made, with their heights and places: ours also lays
them out, checks texts and normalises the package. Peak memory is that of one process
a writer, over a process that holds the same cells and writes nothing.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import gc
import importlib.util
import io
import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from jury_tui.minutes import workbook as ours
from jury_tui.minutes.content import Minutes
from jury_tui.minutes.document import minutes
from jury_tui.minutes.layout import sheets
from jury_tui.minutes.paper import Line, Look, Sheet
from jury_tui.session.folding import replay
from tests.benchmarks.lib import (
    amount,
    exponent,
    figure,
    interleaved,
    run,
    skipped,
)
from tests.support import sessions

GOALS = {"xlsxwriter": 2.5, "naive": 0.2}
MOST_MEGABYTES = 10.0
LOOKS: dict[Look, Any] = dict(ours._LOOKS)


@cache
def document(files: int) -> Minutes:
    """The minutes of a session of so many candidates."""
    acts = sessions.large(files)
    session = replay(acts)
    return minutes(session, code=sessions.CODE, head=sessions.HEAD, count=len(acts))


@cache
def cells(files: int) -> tuple[tuple[Sheet, tuple[Line, ...]], ...]:
    """Every sheet with its rows, laid out."""
    return tuple((sheet, tuple(sheet.lines())) for sheet in sheets(document(files)))


def count(files: int) -> int:
    """How many cells are written, those under a merge left out."""
    return sum(len(line.cells) for _sheet, lines in cells(files) for line in lines)


def project(files: int) -> bytes:
    """Our workbook."""
    return ours.rendered(document(files))


def naive(files: int) -> bytes:
    """Openpyxl as tutorials show it: new style objects for every cell."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, lines in cells(files):
        target: Any = book.create_sheet(sheet.name)
        for rank, width in enumerate(sheet.widths, start=1):
            target.column_dimensions[get_column_letter(rank)].width = width
        for row, line in enumerate(lines, start=1):
            target.row_dimensions[row].height = line.height
            for placed in line.cells:
                cell = target.cell(row, placed.column, placed.value)
                font, alignment, border, fill = LOOKS[placed.look]
                cell.font = Font(
                    name=font.name,
                    size=font.size,
                    bold=font.bold,
                    italic=font.italic,
                    color=font.color.rgb,
                )
                cell.alignment = Alignment(
                    horizontal=alignment.horizontal,
                    vertical=alignment.vertical,
                    wrap_text=alignment.wrap_text,
                )
                if border.left is not None:
                    cell.border = Border(
                        left=Side(border.left.style), bottom=Side(border.bottom.style)
                    )
                if fill is not None:
                    cell.fill = PatternFill("solid", fgColor=fill.fgColor.rgb)
                if isinstance(placed.value, (dt.date, dt.time)):
                    cell.number_format = "dd/mm/yyyy"
                if placed.span > 1:
                    target.merge_cells(
                        start_row=row,
                        end_row=row,
                        start_column=placed.column,
                        end_column=placed.column + placed.span - 1,
                    )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsxwriter(files: int) -> bytes:
    """XlsxWriter, one shared format for each look and kind of value."""
    return _xlsxwriter(files, constant_memory=False)


def xlsxwriter_constant(files: int) -> bytes:
    """The same in its streaming mode."""
    return _xlsxwriter(files, constant_memory=True)


def _xlsxwriter(files: int, *, constant_memory: bool) -> bytes:
    from xlsxwriter import Workbook as Rival  # type: ignore[import-untyped,unused-ignore]

    buffer = io.BytesIO()
    book = Rival(buffer, {"constant_memory": constant_memory, "in_memory": True})
    made: dict[tuple[Look, type], Any] = {}

    def style(look: Look, kind: type) -> Any:
        if (look, kind) not in made:
            made[look, kind] = book.add_format(_format(look, kind))
        return made[look, kind]

    for sheet, lines in cells(files):
        target = book.add_worksheet(sheet.name)
        for rank, width in enumerate(sheet.widths):
            target.set_column(rank, rank, width)
        for row, line in enumerate(lines):
            target.set_row(row, line.height)
            for placed in line.cells:
                value, at = placed.value, placed.column - 1
                shown = style(placed.look, type(value))
                if placed.span > 1:
                    target.merge_range(row, at, row, at + placed.span - 1, "", shown)
                if value == "":
                    target.write_blank(row, at, None, shown)
                elif isinstance(value, str):
                    target.write_string(row, at, value, shown)
                elif isinstance(value, int):
                    target.write_number(row, at, value, shown)
                else:
                    target.write_datetime(row, at, value, shown)
    book.close()
    return buffer.getvalue()


def _format(look: Look, kind: type) -> dict[str, Any]:
    font, alignment, border, fill = LOOKS[look]
    found: dict[str, Any] = {
        "font_name": font.name,
        "font_size": font.size,
        "bold": bool(font.bold),
        "italic": bool(font.italic),
        "font_color": f"#{font.color.rgb[2:]}",
        "text_wrap": bool(alignment.wrap_text),
        "valign": {"center": "vcenter"}.get(alignment.vertical, alignment.vertical),
    }
    if border.left is not None and border.left.style:
        found |= {"border": 1, "border_color": "#B8C0CC"}
    if fill is not None:
        found["bg_color"] = f"#{fill.fgColor.rgb[2:]}"
    if kind is dt.date:
        found["num_format"] = "dd/mm/yyyy"
    elif kind is dt.time:
        found["num_format"] = "hh:mm"
    return found


WRITERS: dict[str, Callable[[int], bytes]] = {
    "ours": project,
    "xlsxwriter": xlsxwriter,
    "xlsxwriter_constant": xlsxwriter_constant,
    "naive": naive,
}


def against_xlsxwriter(full: bool) -> None:
    """The same cells and styles by XlsxWriter."""
    files = 200
    if importlib.util.find_spec("xlsxwriter") is None:
        skipped(
            "minutes / XlsxWriter",
            "XlsxWriter is not installed: requirements-bench.txt",
        )
        return
    cells(files)
    mine, rival = interleaved(
        [lambda: project(files), lambda: xlsxwriter(files)], 9 if full else 3
    )
    size = {name: len(WRITERS[name](files)) for name in ("ours", "xlsxwriter")}
    figure(
        "minutes / XlsxWriter",
        count(files),
        mine,
        rival,
        GOALS["xlsxwriter"],
        bytes=size["ours"],
        floor_bytes=size["xlsxwriter"],
        note=f"{files} × 13 × 5",
    )


def against_openpyxl(full: bool) -> None:
    """The same cells by openpyxl as tutorials show it."""
    small = 200 if full else 40
    cells(small)
    mine, rival = interleaved(
        [lambda: project(small), lambda: naive(small)], 3 if full else 2
    )
    figure(
        "minutes / openpyxl, a style object a cell",
        count(small),
        mine,
        rival,
        GOALS["naive"],
        note=f"{small} × 13 × 5",
    )


def growth(full: bool) -> None:
    """The same at three sizes a decade apart: seconds a cell must not grow."""
    sizes = (2, 20, 200)
    for size in sizes:
        cells(size)
    steps = [lambda size=size: project(size) for size in sizes]
    taken = interleaved(steps, 5 if full else 3)
    grows = exponent({count(s): t for s, t in zip(sizes, taken, strict=True)})
    for size, seconds in zip(sizes[1:], taken[1:], strict=True):
        figure(
            f"minutes / the same with {sizes[0]} candidates",
            count(size),
            seconds,
            taken[0],
            exponent=grows,
            note=f"{size} × 13 × 5",
        )


def memory(full: bool) -> None:
    """Peaks of one process a writer, in megabytes over what it held before."""
    sizes = (2, 20, 200) if full else (20, 200)
    ours = {size: _measured("ours", size) for size in sizes}
    known = {size: peak for size, peak in ours.items() if peak is not None}
    if not known:
        skipped("minutes, peak memory", "only Linux lets a process forget its peak")
        return
    # A tenth of a megabyte is the least that is told.
    grows = exponent({count(size): [max(peak, 0.1)] for size, peak in known.items()})
    for size, peak in known.items():
        amount(
            "peak memory of minutes, over writing nothing",
            count(size),
            peak,
            "MB",
            exponent=grows,
            note=f"{size} × 13 × 5",
        )
    if importlib.util.find_spec("xlsxwriter") is None:
        skipped("peak memory of minutes, over that of XlsxWriter", "not installed")
        return
    rivals = [n for n in WRITERS if n != "ours"] if full else ["xlsxwriter"]
    peaks = {name: _measured(name, 200) or 0.0 for name in rivals}
    others = ", ".join(f"{name} {peak}" for name, peak in peaks.items())
    amount(
        "peak memory of minutes, over that of XlsxWriter",
        count(200),
        known[200] - peaks["xlsxwriter"],
        "MB",
        MOST_MEGABYTES,
        note=f"each over writing nothing: ours {known[200]}, {others}",
    )


def _measured(name: str, files: int) -> float | None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.workbook", "--peak", name, str(files)],
        capture_output=True,
        check=True,
        text=True,
    )
    found: float | None = json.loads(done.stdout)
    return found


def _peak(name: str, files: int) -> float | None:
    """What writing adds to this process's peak, in megabytes; None where not known."""
    status, forget = Path("/proc/self/status"), Path("/proc/self/clear_refs")
    if not forget.exists():
        return None
    WRITERS[name](2)  # its code is not what is measured
    document(files)
    if name != "ours":
        cells(files)
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    forget.write_text("5")
    before = _kilobytes(status, "VmRSS")
    WRITERS[name](files)
    return round((_kilobytes(status, "VmHWM") - before) / 1024, 1)


def _kilobytes(status: Path, what: str) -> int:
    lines = status.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:  # one writer, in a process of its own
        print(json.dumps(_peak(sys.argv[2], int(sys.argv[3]))))
    else:
        run(against_xlsxwriter, against_openpyxl, growth, memory)
