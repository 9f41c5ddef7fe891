"""The audit of one session, or of a folder: verdicts, findings, statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.i18n import N_, _, ngettext, short_date
from jury_tui.register.register import FILE
from jury_tui.ui import shelf
from jury_tui.ui.light import TONES
from jury_tui.ui.plots import bar
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Cell, Column, Lines, Row
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

if TYPE_CHECKING:
    from jury_tui.audit import Report


class AuditScreen(JuryScreen):
    """Every session judged again, from its register alone."""

    name_ = N_("Audit")
    help = N_(
        "Each register is read again, its chain checked, and every act judged by the "
        "rules of its day. The worst come first; below, what was found, with the "
        "number of the act it blames. Enter opens the session where it happened. "
        "Esc stops."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("Open"), show=True),
        Binding("t", "figures", N_("Figures"), show=True),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.reports: list[Report] = []
        self.total = 0
        self.figures = False

    def body(self) -> Iterable[Widget]:
        """Progress, verdicts, findings."""
        yield Bar(id="step")
        yield Lines(
            Column(_("Verdict"), 15),
            Column(_("Date"), 10),
            Column(_("Session"), 24, grow=True),
            Column(_("Findings"), 8, right=True),
            Column(_("Acts"), 6, right=True),
            empty=_("Being read…"),
            id="reports",
        )
        yield Reading(id="detail")

    def on_mount(self) -> None:
        """Begin at once."""
        super().on_mount()
        self._audit()

    @work(thread=True, exclusive=True, group="audit")
    def _audit(self) -> None:
        from jury_tui.audit import audit

        worker = get_current_worker()
        one = (self.path / FILE).is_file()
        paths = (self.path,) if one else shelf.folders(self.path)
        batch: list[Report] = []
        for number, path in enumerate(paths):
            if worker.is_cancelled:
                return
            batch.append(audit(path, now=self.jury.clock(), exports=self.jury.exports))
            if len(batch) >= 25 or number == len(paths) - 1:
                self.app.call_from_thread(self._audited, list(batch), len(paths))
                batch.clear()

    def _audited(self, batch: list[Report], total: int) -> None:
        if not self.is_mounted:
            return
        self.total = total
        self.reports.extend(batch)
        weight = {"altered": 0, "unreadable": 1, "irregular": 2, "intact": 3}
        self.reports.sort(key=lambda r: weight[r.verdict.value])
        self.query_one("#reports", Lines).show_rows(
            [self._row(r) for r in self.reports]
        )
        self._sum()
        self._explain()

    def _row(self, report: Report) -> Row:
        from jury_tui.audit.words import verdict_words

        sign, tone = {
            "intact": ("✓", OK),
            "irregular": ("!", WARN),
            "altered": ("✗", BAD),
            "unreadable": ("✗", BAD),
        }[report.verdict.value]
        found = len(report.findings)
        return Row(
            report.path,
            (
                Cell(f" {sign} {verdict_words(report.verdict)}", tone),
                Cell(short_date(report.date) if report.date else ""),
                Cell(report.session or Path(report.path).parent.name),
                Cell(str(found) if found else ""),
                Cell(str(report.acts), SOFT),
            ),
            report.session,
        )

    def _sum(self) -> None:
        counts = Counter(r.verdict.value for r in self.reports)
        done = len(self.reports)
        cells = [
            Cell(
                " "
                + ngettext(
                    "{number} session audited", "{number} sessions audited", done
                ).format(number=done),
                "strong",
            )
        ]
        if done < self.total:
            cells.append(Cell(f"  {bar(done, self.total)} {done}/{self.total}", "key"))
        for key, word, tone in (
            ("intact", _("intact"), OK),
            ("irregular", _("irregular"), WARN),
            ("altered", _("altered"), BAD),
            ("unreadable", _("unreadable"), BAD),
        ):
            if counts[key]:
                cells.append(Cell(f" · {counts[key]} {word}", tone))
        self.query_one("#step", Bar).say(tuple(cells))

    def on_lines_moved(self, _event: Lines.Moved) -> None:
        """What was found there."""
        self._explain()

    def _report(self) -> Report | None:
        key = self.query_one("#reports", Lines).key
        return next((r for r in self.reports if r.path == key), None)

    def _explain(self) -> None:
        facts = self.query_one("#detail", Reading)
        if self.figures:
            facts.show(self._figures())
            return
        report = self._report()
        if report is None:
            facts.show(Content(""))
            return
        parts: list[tuple[str, str]] = []
        if not report.findings:
            parts.append((" ✓ " + _("Nothing to say against it.") + "\n", TONES[OK]))
        for finding in report.findings:
            tone = {"altered": BAD, "breach": BAD, "warning": WARN}.get(
                finding.severity.value, SOFT
            )
            act = (
                _("act {number}").format(number=finding.act) + " · "
                if finding.act
                else ""
            )
            parts.append((f" {act}", TONES[tone]))
            parts.append((f"{plain(finding.text)}\n", ""))
            if finding.source:
                parts.append((f"   {finding.source}\n", TONES[SOFT]))
        if report.code:
            parts.append((" " + _("code") + f" {report.code}\n", TONES[SOFT]))
        facts.show(Content.assemble(*parts))

    def action_open(self) -> None:
        """Open the session, read from the list of sessions."""
        report = self._report()
        if report is None:
            return
        path = Path(report.path)
        app = self.jury
        while len(app.screen_stack) > 1:
            app.pop_screen()
        app.open_session(path)

    def action_figures(self) -> None:
        """Statistics over the sessions, or the findings again."""
        self.figures = not self.figures
        self._explain()

    def _figures(self) -> Content:
        by_year: Counter[str] = Counter()
        by_code: Counter[str] = Counter()
        by_clause: Counter[str] = Counter()
        for report in self.reports:
            by_year[str(report.date.year) if report.date else "?"] += 1
            by_code[report.certification or "?"] += 1
            for finding in report.findings:
                if finding.clause:
                    by_clause[finding.clause] += 1
        parts: list[tuple[str, str]] = []
        for title, counts in (
            (_("Sessions by year"), by_year),
            (_("Sessions by certification"), by_code),
            (_("Rules breached"), by_clause),
        ):
            if not counts:
                continue
            parts.append((f" {title}\n", "bold"))
            most = max(counts.values())
            for key, number in sorted(counts.items()):
                parts.append((f"   {plain(key):<26.26} ", ""))
                parts.append((f"{bar(number, most)} ", TONES["key"]))
                parts.append((f"{number}\n", ""))
        return Content.assemble(*parts)
