"""The numbers of a folder of sessions: each certifier's year is one series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from jury_tui.audit.checks.finding import breach, warning
from jury_tui.audit.report import AuditFinding, Report
from jury_tui.i18n import N_
from jury_tui.minutes.numbering import split

_MOST = 20
"""Missing ranks named; the others are counted."""


def numbers(reports: Iterable[Report]) -> Iterator[AuditFinding]:
    """Numbers given twice, and ranks of a series that nobody has."""
    holders: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        for number in (report.number, *report.rectifying):
            if number:
                holders[number].append(report.session or report.path)
    series: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, sessions in sorted(holders.items()):
        parts = split(number)
        if parts is not None:
            series[parts[:2]].add(parts[2])
        if len(sessions) > 1:
            yield breach(
                "numbers",
                N_(
                    "The number {number} is given more than once, in {sessions}: only "
                    "one of these minutes may keep it."
                ),
                number=number[:60],
                sessions=", ".join(sorted(s[:80] for s in sessions)),
            )
    for (prefix, year), ranks in sorted(series.items()):
        yield from _gaps(prefix, year, ranks)


def _gaps(prefix: str, year: int, ranks: set[int]) -> Iterator[AuditFinding]:
    """What lacks between 1 and the highest rank; a rank may be far off: no list."""
    missing: list[str] = []
    for before, after in zip((0, *sorted(ranks)), sorted(ranks), strict=False):
        reached = min(after, before + 1 + _MOST - len(missing))
        missing += [f"{prefix}-{year}-{rank}" for rank in range(before + 1, reached)]
    lacking = max(ranks) - len(ranks)
    if lacking:
        more = "…" if lacking > len(missing) else ""
        yield warning(
            "numbers",
            N_(
                "Numbers lack in the series {series}: {missing} ({count} in all). "
                "Look for these sessions among the copies, or say why they lack."
            ),
            series=f"{prefix[:40]}-{year}",
            missing=", ".join(missing) + more,
            count=lacking,
        )
