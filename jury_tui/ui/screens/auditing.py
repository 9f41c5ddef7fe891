"""The audit of one session, or of a folder: verdicts, findings, the acts they blame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.errors import JuryError
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
    from collections.abc import Callable

    from jury_tui.audit import AuditFinding, Report

DRAW_EVERY = 0.3
"""Seconds between two drawings while registers are audited."""
WHOLE = "\0folder"
"""The key of the line that speaks of the folder itself."""
SIGNS = {
    "altered": ("✗", BAD, 0),
    "unreadable": ("✗", BAD, 1),
    "irregular": ("!", WARN, 2),
    "intact": ("✓", OK, 3),
}
SEVERITIES = {
    "altered": ("✗", BAD),
    "breach": ("✗", BAD),
    "warning": ("!", WARN),
    "note": ("·", SOFT),
}


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """How far an audit is.

    Attributes:
        reports: Those made, the worst first.
        rows: One line each.
        folder: What is found on the folder itself.
        total: How many there will be.
        reused: How many were taken over from before the stop.
        over: Whether nothing is being audited any more.
    """

    reports: dict[str, Report] = {}
    rows: tuple[Row, ...] = ()
    folder: tuple[AuditFinding, ...] = ()
    total: int = 0
    reused: int = 0
    over: bool = False


class AuditScreen(JuryScreen):
    """Every session judged again, from its register alone."""

    name_ = N_("Audit")
    help = N_(
        "Each register is read again, its chain checked, and every act judged by the "
        "rules of its day. The worst come first; below, what was found, with the "
        "number of the act it blames: Tab goes there. Enter replays the session from "
        "that act on. s stops, and r goes on from there; Esc stops too."
    )
    DEFAULT_CSS = """
    AuditScreen #reports { height: 5fr; }
    AuditScreen #findings { height: 3fr; min-height: 3; border-top: solid $panel; }
    AuditScreen #said { height: 3fr; min-height: 3; border-top: solid $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "stop", N_("Stop"), show=True),
        Binding("r", "resume", N_("Go on"), show=True),
        Binding("enter", "open", N_("Replay"), show=True),
        Binding("tab", "other", N_("Findings"), show=True),
        Binding("t", "figures", N_("Figures"), show=True),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.stage = Stage()
        self.one = (path / FILE).is_file()
        self.about = ""

    def body(self) -> Iterable[Widget]:
        """Progress, verdicts, findings, and one of them in full."""
        yield Bar(id="step")
        yield Lines(
            Column(_("Verdict"), 13),
            Column(_("Date"), 10),
            Column(_("Session"), 22, grow=True),
            Column(_("Findings"), 9, right=True),
            Column(_("Acts"), 6, right=True),
            empty=_("Being read…"),
            id="reports",
        )
        yield Lines(
            Column("", 15),
            Column("", 8),
            Column("", 20, grow=True),
            head=False,
            id="findings",
        )
        yield Reading(id="said")

    def on_mount(self) -> None:
        """Begin at once."""
        super().on_mount()
        self._audit()

    # --- auditing ------------------------------------------------------------

    @work(thread=True, exclusive=True, group="audit")
    def _audit(self, *, resume: bool = False) -> None:
        worker = get_current_worker()

        def draw(stage: Stage) -> None:
            if self.is_attached and self.is_running:
                self.app.call_from_thread(self._draw, stage)

        try:
            if self.one:
                self._audit_one(draw)
            else:
                with shelf.uncollected():
                    self._audit_all(draw, lambda: worker.is_cancelled, resume=resume)
        except JuryError as error:
            self.app.call_from_thread(self.jury.refused, error)

    def _audit_one(self, draw: Callable[[Stage], None]) -> None:
        from jury_tui.audit import audit

        report = audit(self.path, now=self.jury.clock(), exports=self._exports())
        draw(
            Stage(
                reports={report.path: report},
                rows=(row_of(report),),
                total=1,
                over=True,
            )
        )

    def _audit_all(
        self,
        draw: Callable[[Stage], None],
        stopped: Callable[[], bool],
        *,
        resume: bool,
    ) -> None:
        from jury_tui.audit.folder import audit_folder, outcomes
        from jury_tui.register.catalogue import Catalogue

        found: list[tuple[int, Row]] = []
        reports: dict[str, Report] = {}
        drawn = 0.0

        def told(report: Report) -> None:
            reports[report.path] = report
            found.append((SIGNS[report.verdict.value][2], row_of(report)))

        def rows() -> tuple[Row, ...]:
            found.sort(key=lambda pair: pair[0])  # stable: by folder within a verdict
            return tuple(row for _weight, row in found)

        def progress(done: int, total: int) -> None:
            nonlocal drawn
            if monotonic() - drawn > DRAW_EVERY and done < total and not stopped():
                draw(Stage(reports=dict(reports), rows=rows(), total=total))
                drawn = monotonic()

        whole = audit_folder(
            self.path,
            now=self.jury.clock(),
            exports=self._exports(),
            jobs=shelf.jobs(),
            resume=resume,
            progress=progress,
            stopped=stopped,
            told=told,
        )
        # What the list of sessions then shows, where the folder may be written.
        catalogue = Catalogue.open(self.path)
        catalogue.concluded(outcomes(whole))
        catalogue.save()
        about = (folder_row(whole.findings),) if whole.findings else ()
        draw(
            Stage(
                reports=reports,
                rows=(*about, *rows()),
                folder=whole.findings,
                total=whole.total,
                reused=whole.reused,
                over=True,
            )
        )

    def _exports(self) -> Path | None:
        return self.jury.exports if self.jury.exports.is_dir() else None

    def _draw(self, stage: Stage) -> None:
        if not self.is_mounted or not self.query("#reports"):
            return
        first = not self.stage.rows
        self.stage = stage
        lines = self.query_one("#reports", Lines)
        lines.empty = _("No session here to audit.") if stage.over else lines.empty
        # As long as nobody chose a line, the worst one is under the cursor.
        follow = first or lines.cursor == 0
        keep = stage.rows[0].key if follow and stage.rows else None
        lines.show_rows(stage.rows, keep=keep)
        self._sum()
        self._explain()
        self.refresh_bindings()

    def _sum(self) -> None:
        stage = self.stage
        counts = Counter(r.verdict.value for r in stage.reports.values())
        done = len(stage.reports)
        width = 10 if self.size.width < 80 else 20
        cells = []
        if done < stage.total:
            share = bar(done, stage.total, width)
            state = "" if not stage.over else " " + _("stopped")
            cells.append(Cell(f" {share} {done}/{stage.total}{state}", "key"))
        else:
            said = ngettext(
                "{number} session audited", "{number} sessions audited", done
            )
            cells.append(Cell(" " + said.format(number=done), "strong"))
        for key, word in (
            ("altered", _("altered")),
            ("unreadable", _("unreadable")),
            ("irregular", _("irregular")),
            ("intact", _("intact")),
        ):
            sign, tone, _weight = SIGNS[key]
            if counts[key]:
                cells.append(Cell(f" · {sign} {counts[key]} {word}", tone))
        if stage.reused:
            said = _("taken over: {number}").format(number=stage.reused)
            cells.append(Cell(f" · {said}", SOFT))
        self.query_one("#step", Bar).say(tuple(cells))

    # --- what was found ------------------------------------------------------

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """What was found there, or one finding in full."""
        if event.lines.id == "reports":
            self._explain()
        else:
            self._tell()

    def _report(self) -> Report | None:
        return self.stage.reports.get(self.query_one("#reports", Lines).key)

    def _found(self) -> tuple[AuditFinding, ...]:
        if self.query_one("#reports", Lines).key == WHOLE:
            return self.stage.folder
        report = self._report()
        return () if report is None else report.findings

    def _explain(self) -> None:
        key = self.query_one("#reports", Lines).key
        lines = self.query_one("#findings", Lines)
        lines.empty = _("Nothing to say against it.") if key else ""
        rows = [finding_row(n, f) for n, f in enumerate(self._found())]
        lines.show_rows(rows, keep="0" if key != self.about else None)
        if key != self.about:
            self.about = key
            lines.refresh()
        self._tell()

    def _finding(self) -> AuditFinding | None:
        found, key = self._found(), self.query_one("#findings", Lines).key
        return found[int(key)] if key and int(key) < len(found) else None

    def _tell(self) -> None:
        finding, report = self._finding(), self._report()
        parts: list[tuple[str, str]] = []
        if finding is not None:
            parts.append((f" {plain(finding.text)}\n", ""))
            if finding.more:
                more = ngettext(
                    "and {number} more of this kind",
                    "and {number} more of this kind",
                    finding.more,
                ).format(number=finding.more)
                parts.append((f" {more}\n", TONES[SOFT]))
            about = " ; ".join(w for w in (finding.clause, finding.source) if w)
            if about:
                parts.append((f" {plain(about)}\n", TONES[SOFT]))
        if report is not None and report.code:
            parts.append((" " + _("code") + f" {report.code}\n", TONES[SOFT]))
        self.query_one("#said", Reading).show(Content.assemble(*parts))

    # --- keys ----------------------------------------------------------------

    def possible(self, action: str) -> bool:
        """Stopping needs something under way, going on something left."""
        stage = self.stage
        if action == "stop":
            return not stage.over and not self.one
        if action == "resume":
            return stage.over and len(stage.reports) < stage.total
        if action == "figures":
            return stage.over and not self.one
        return True

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """A double click."""
        self.action_open()

    def action_other(self) -> None:
        """From the sessions to the findings of one, and back."""
        reports, found = (
            self.query_one(f"#{n}", Lines) for n in ("reports", "findings")
        )
        self.set_focus(reports if found.has_focus else found)

    def action_open(self) -> None:
        """Replay the session at the act that the finding blames."""
        from jury_tui.ui.screens.replay import ReplayScreen

        report, finding = self._report(), self._finding()
        if report is None:
            return
        if not self.query_one("#findings", Lines).has_focus and (
            finding is None or finding.act is None
        ):
            # From the list of sessions: the worst that is about an act.
            finding = next((f for f in report.findings if f.act), finding)
        self.app.push_screen(
            ReplayScreen(
                Path(report.path).parent
                if _is_file(report.path)
                else Path(report.path),
                act=None if finding is None else finding.act,
                why="" if finding is None else finding.text,
            )
        )

    def action_stop(self) -> None:
        """Stop; what was audited is kept."""
        for worker in self.workers:
            if worker.group == "audit" and worker.node is self:
                worker.cancel()

    def action_resume(self) -> None:
        """Go on where it was stopped."""
        self.stage = msgspec.structs.replace(self.stage, over=False)
        self.refresh_bindings()
        self._audit(resume=True)

    def action_back(self) -> None:
        """Stop, and back."""
        self.action_stop()
        super().action_back()

    def action_figures(self) -> None:
        """Statistics over the sessions of the folder."""
        from jury_tui.ui.screens.figures import FiguresScreen

        self.app.push_screen(FiguresScreen(shelf.Shelf(self.path)))


def _is_file(path: str) -> bool:
    return Path(path).name == FILE


def row_of(report: Report) -> Row:
    """A session's verdict in one line: a sign, a word, how much was found."""
    from jury_tui.audit.words import verdict_words

    sign, tone, _weight = SIGNS[report.verdict.value]
    found = len(report.findings)
    name = Path(report.path).parent.name if _is_file(report.path) else report.session
    said = f"{report.certification} · " if report.certification else ""
    return Row(
        report.path,
        (
            Cell(f" {sign} {verdict_words(report.verdict)}", tone),
            Cell(short_date(report.date) if report.date else ""),
            Cell(f"{said}{name or report.session}"),
            Cell(str(found) if found else ""),
            Cell(str(report.acts), SOFT),
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
            Cell(_("what is missing, or cannot be believed")),
            Cell(str(len(findings))),
            Cell(""),
        ),
    )


def finding_row(number: int, finding: AuditFinding) -> Row:
    """A finding in one line: how grave, which act, what."""
    from jury_tui.audit.words import severity_words

    sign, tone = SEVERITIES[finding.severity.value]
    act = _("act {number}").format(number=finding.act) if finding.act else ""
    return Row(
        str(number),
        (
            Cell(f" {sign} {severity_words(finding.severity)}", tone),
            Cell(act, SOFT),
            Cell(finding.text),
        ),
    )
