"""An audit in lines: verdicts, findings, how far it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jury_tui.i18n import _, short_date
from jury_tui.register.entries import Entry
from jury_tui.register.records import FILE
from jury_tui.ui.light import TONES
from jury_tui.ui.shelf import certified
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import BAD, OK, SOFT, WARN

if TYPE_CHECKING:
    from jury_tui.audit import AuditFinding, Report

WHOLE = "\0folder"
"""The key of the line that speaks of the folder itself."""
TONE_OF = {"altered": BAD, "unreadable": BAD, "irregular": WARN, "intact": OK}
"""Verdicts, the worst first, and their tones."""
WEIGHTS = {verdict: weight for weight, verdict in enumerate(TONE_OF)}
SEVERITIES = {
    "altered": ("✗", BAD),
    "breach": ("✗", BAD),
    "warning": ("!", WARN),
    "note": ("·", SOFT),
}
PARTS = {"head": "bold", "about": TONES[SOFT], "more": TONES[SOFT]}


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """How far an audit is.

    Attributes:
        reports: Those made, the worst first.
        rows: One line each.
        counts: How many of each verdict.
        folder: What is found on the folder itself.
        total: How many there will be.
        reused: How many were taken over from before the stop.
        left: Seconds until the end, as far as one can tell; None if one cannot.
        took: Seconds since the beginning.
        over: Whether nothing is being audited any more.
    """

    reports: dict[str, Report] = {}
    rows: tuple[Row, ...] = ()
    counts: dict[str, int] = {}
    folder: tuple[AuditFinding, ...] = ()
    total: int = 0
    reused: int = 0
    left: int | None = None
    took: int = 0
    over: bool = False


def is_file(path: str) -> bool:
    """Whether a report is about a register itself, and not an archive or a folder."""
    return Path(path).name == FILE


def in_groups(findings: Iterable[AuditFinding]) -> tuple[AuditFinding, ...]:
    """Findings of one weight and one check together, the worst first."""
    from jury_tui.audit.words import grouped

    return tuple(one for _weight, _check, those in grouped(findings) for one in those)


def blamed_in(findings: Iterable[AuditFinding]) -> dict[int, str]:
    """Acts that an alteration or a breach blames, and why; others where none does."""
    grave: dict[int, str] = {}
    light: dict[int, str] = {}
    for finding in findings:
        if finding.act:
            bad = finding.severity.value in ("altered", "breach")
            (grave if bad else light).setdefault(finding.act, finding.text)
    return dict(sorted((grave or light).items()))


def first_blamed(report: Report) -> int | None:
    """The act at which to begin to look.

    A broken chain and a cut end say which act it is. What is remembered elsewhere may
    only say “this act or one before”: the first breach then says which.
    """
    exact = [
        f.act
        for f in report.findings
        if f.act
        and f.severity.value == "altered"
        and (f.check == "chain" or f.act > report.acts)
    ]
    return min(exact or blamed_in(report.findings), default=None)


def seconds(number: int) -> str:
    """A short time: ``8 s``, ``2 min 05``."""
    if number < 60:
        return _("{seconds} s").format(seconds=number)
    return _("{minutes} min {seconds:02d}").format(
        minutes=number // 60, seconds=number % 60
    )


def row_of(report: Report) -> Row:
    """A session's verdict in one line: a sign, a word, how much was found."""
    from jury_tui.audit.words import verdict_sign, verdict_words

    sign, tone = verdict_sign(report.verdict), TONE_OF[report.verdict.value]
    found = len(report.findings)
    name = Path(report.path).parent.name if is_file(report.path) else report.session
    said = Entry(
        folder=name or report.session,
        date=report.date,
        certification=report.certification,
        route=report.route,
    )
    return Row(
        report.path,
        (
            Cell(f" {sign} {verdict_words(report.verdict)}", tone),
            Cell(short_date(report.date) if report.date else ""),
            Cell(certified(said)),
            Cell(str(found) if found else ""),
            Cell(f"{report.acts}/{report.held}", BAD)
            if report.held
            else Cell(str(report.acts), SOFT),
        ),
        name,
    )


def folder_row(findings: tuple[AuditFinding, ...]) -> Row:
    """The line on the folder itself: sessions that are remembered and missing."""
    return Row(
        WHOLE,
        (
            Cell(" ✗ " + _("folder"), BAD),
            Cell(""),
            Cell(_("what is missing or in doubt")),
            Cell(str(len(findings))),
            Cell(""),
        ),
    )


def finding_row(number: int, finding: AuditFinding) -> Row:
    """A finding in one line: how grave, which act, what."""
    from jury_tui.audit.words import check_words, severity_words

    sign, tone = SEVERITIES[finding.severity.value]
    return Row(
        str(number),
        (
            Cell(f" {sign} {severity_words(finding.severity)}", tone),
            Cell(str(finding.act or "")),
            Cell(check_words(finding.check), SOFT),
            Cell(finding.text),
        ),
    )
