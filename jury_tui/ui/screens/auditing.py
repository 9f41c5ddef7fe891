"""The audit of one session, or of a folder: verdicts, findings, the acts they blame."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.worker import get_current_worker

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, ngettext, thousands
from jury_tui.register.records import FILE
from jury_tui.ui import shelf
from jury_tui.ui.collecting import uncollected
from jury_tui.ui.keyed import keyed
from jury_tui.ui.light import TONES
from jury_tui.ui.plots import bar
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.verdicts import (
    PARTS,
    TONE_OF,
    WEIGHTS,
    WHOLE,
    Stage,
    blamed_in,
    finding_row,
    first_blamed,
    folder_row,
    in_groups,
    is_file,
    row_of,
    seconds,
)
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Cell, Column, Row, fitted
from jury_tui.ui.words import SOFT, WARN, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from jury_tui.audit import AuditFinding, Report

DRAW_EVERY = 0.3
"""Seconds between two drawings while registers are audited."""


class AuditScreen(JuryScreen):
    """Every session judged again, from its register alone."""

    name_ = N_("Audit")
    help = N_(
        "Each register is read again, its chain checked, and every act judged by the "
        "rules of its day. The worst come first; below, what was found, with the "
        "number of the act it blames: [Tab] goes there, and on to the words in full. "
        "[Enter] replays the session at the first act that is blamed, or at the act of "
        "the finding under the cursor. [s] stops, and [r] goes on from there; [Esc] "
        "stops too. [Ctrl+Y] copies all that was found on a session, or one finding."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "reports": N_(
            "A register a line, the worst first; below, what was found on the one "
            "under the cursor. [Enter] replays it at the first act that is blamed."
        ),
        "findings": N_(
            "What was found on the session above: how grave, at which act, what is "
            "wrong; below, in full. [Enter] replays the session at that act."
        ),
        "said": N_(
            "One finding in full: what is wrong, what was required and what is "
            "observed, the text it comes from, and what to do. Arrows scroll it."
        ),
    }
    HORIZONTAL_BREAKPOINTS = [*JuryScreen.HORIZONTAL_BREAKPOINTS, (150, "-two")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "stop", N_("Stop"), show=True),
        Binding("r", "resume", N_("Go on"), show=True),
        Binding("enter", "open", N_("Replay"), show=True),
        Binding("tab", "other", N_("Next part"), show=True),
        Binding("t", "figures", N_("Figures"), show=True),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.stage = Stage()
        self.one = (path / FILE).is_file()
        self.about = ""
        self.stopping = False

    def body(self) -> Iterable[Widget]:
        """Progress, verdicts, findings, and one of them in full."""
        yield Bar(id="progress")
        yield Bar(id="step")
        with Container(id="audit"):
            yield Lines(
                Column(" " + _("Verdict"), 15),
                Column(_("Date"), 10),
                Column(_("Session"), 22, grow=True, most=84),
                Column(_("Findings"), 9, right=True),
                Column(_("Acts"), 7, right=True),
                empty=_("Being read…"),
                id="reports",
            )
            with Vertical(id="found"):
                yield Lines(
                    Column(" " + _("How grave"), 17, narrow=14),
                    Column(_("Act"), 6, right=True, narrow=5),
                    Column(_("Looked at"), 28, least=120),
                    Column(_("What was found"), 20, grow=True),
                    id="findings",
                )
                yield Reading(focus=True, id="said")

    def on_mount(self) -> None:
        """Begin at once."""
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
                with uncollected():
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
                counts={report.verdict.value: 1},
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
        from jury_tui.register.catalogue import Catalogue, registers

        found: list[tuple[int, Row]] = []
        reports: dict[str, Report] = {}
        counts: Counter[str] = Counter()
        begun = monotonic()
        drawn, since = 0.0, begun
        # How many there are is known at once; the first reports take a while.
        draw(Stage(total=len(registers(self.path))))

        def told(report: Report) -> None:
            reports[report.path] = report
            counts[report.verdict.value] += 1
            found.append((WEIGHTS[report.verdict.value], row_of(report)))

        def rows() -> tuple[Row, ...]:
            found.sort(key=lambda pair: pair[0])  # stable: by folder within a verdict
            return tuple(row for _weight, row in found)

        def stage(total: int, **more: Any) -> Stage:
            return Stage(
                reports=dict(reports),
                rows=rows(),
                counts=dict(counts),
                total=total,
                took=round(monotonic() - begun),
                **more,
            )

        def progress(done: int, total: int) -> None:
            nonlocal drawn, since
            now = monotonic()
            if done == 1:
                since = now
            if now - drawn > DRAW_EVERY and done < total and not stopped():
                each = (now - since) / (done - 1) if done > 1 else None
                left = None if each is None else math.ceil(each * (total - done))
                draw(stage(total, left=left))
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
        last = stage(whole.total, folder=whole.findings, reused=whole.reused, over=True)
        about = (folder_row(whole.findings),) if whole.findings else ()
        draw(msgspec.structs.replace(last, rows=(*about, *last.rows)))

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
        if stage.over and not stage.rows:
            lines.refresh()  # no row changed, and what is said of none did
        self._sum()
        self._explain()
        self.refresh_bindings()

    def _sum(self) -> None:
        from jury_tui.audit.report import Verdict
        from jury_tui.audit.words import counted_words, verdict_sign

        stage = self.stage
        self.query_one("#progress", Bar).say(self._progress())
        cells = [Cell(" ")]
        for key, tone in TONE_OF.items():
            number = stage.counts.get(key, 0)
            if number:
                verdict = Verdict(key)
                said = f"{verdict_sign(verdict)} {counted_words(verdict, number)}"
                cells += [Cell(said, tone), Cell(" · ", SOFT)]
        self.query_one("#step", Bar).say(tuple(cells[:-1]))

    def _progress(self) -> tuple[Cell, ...]:
        """How far it is, how long it still takes, and which key stops it."""
        stage = self.stage
        done = len(stage.reports)
        if not stage.over:
            width = 10 if self.size.width < 80 else 20
            share = fitted(bar(done, stage.total, width), width)
            said = f" {share}▏{done}/{stage.total}"
            left = (
                _("about {time} left").format(time=seconds(stage.left))
                if stage.left is not None
                else _("the first ones in a moment")
            )
            if self.stopping:
                left = _("stopping…")
            stop = "" if self.one or self.stopping else " · " + _("[s] stops")
            return Cell(said, "key"), *keyed(f" · {left}{stop}")
        if done < stage.total:
            said = _("stopped at {done} of {all}: [r] goes on").format(
                done=done, all=stage.total
            )
            return (Cell(f" ‖ {said}", WARN),)
        said = ngettext("{number} session audited", "{number} sessions audited", done)
        cells = [Cell(" " + said.format(number=thousands(done)), "strong")]
        if stage.took:
            took = _("in {time}").format(time=seconds(stage.took))
            cells.append(Cell(f" {took}", SOFT))
        if stage.reused:
            said = _("taken over: {number}").format(number=stage.reused)
            cells.append(Cell(f" · {said}", SOFT))
        return tuple(cells)

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
        return () if report is None else in_groups(report.findings)

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
        from jury_tui.audit.words import paragraphs

        finding, report = self._finding(), self._report()
        parts: list[tuple[str, str]] = []
        if finding is not None:
            for kind, said in paragraphs(finding):
                parts.append((f"{plain(said)}\n", PARTS.get(kind, "")))
        if report is not None and report.code:
            parts.append((_("code") + f" {report.code}\n", TONES[SOFT]))
        self.query_one("#said", Reading).show(Content.assemble(*parts))

    def copyable(self) -> str:
        """All that was found on a session; one finding, where it is looked at."""
        from jury_tui.audit.words import paragraphs

        focused = self.focused
        if focused is None or focused.id == "said":
            return super().copyable()
        finding = self._finding()
        told = [finding] if focused.id == "findings" and finding else self._found()
        lines = [plain(said) for one in told for _kind, said in paragraphs(one)]
        if focused.id == "reports":
            lines.insert(0, self.query_one("#reports", Lines).line)
        return "\n".join(lines)

    # --- keys ----------------------------------------------------------------

    def possible(self, action: str) -> bool:
        """Stopping needs something under way, going on something left."""
        stage = self.stage
        if action == "stop":
            return not stage.over and not self.one and not self.stopping
        if action == "resume":
            return stage.over and len(stage.reports) < stage.total
        if action == "figures":
            return stage.over and not self.one and bool(stage.reports)
        if action in ("open", "other"):
            return bool(stage.rows)
        return True

    def why_impossible(self, action: str) -> str:
        """Nothing under way, or nothing left."""
        if action == "stop":
            return _("The audit is over.") if self.stage.over else _("stopping…")
        if action == "resume":
            return _("Nothing is left to be audited.")
        if action == "figures":
            return (
                _("Figures are of a whole folder.")
                if self.one
                else _("Figures come once the audit is over.")
            )
        return ""

    def on_lines_chosen(self, _event: Lines.Chosen) -> None:
        """A double click."""
        self.action_open()

    def action_other(self) -> None:
        """From the sessions to the findings of one, to the words, and back."""
        places = [self.query_one(f"#{n}") for n in ("reports", "findings", "said")]
        here = next((n for n, place in enumerate(places) if place.has_focus), -1)
        self.set_focus(places[(here + 1) % len(places)])

    def action_open(self) -> None:
        """Replay the session at an act that is blamed."""
        from jury_tui.ui.screens.replay import ReplayScreen

        report, finding = self._report(), self._finding()
        if report is None:
            return
        act = first_blamed(report)
        if not self.query_one("#reports", Lines).has_focus and finding is not None:
            act = finding.act or act
        path = Path(report.path)
        folder = path.parent if is_file(report.path) else path
        self.app.push_screen(
            ReplayScreen(folder, act=act, blamed=blamed_in(report.findings))
        )

    def action_stop(self) -> None:
        """Stop; what was audited is kept."""
        for worker in self.workers:
            if worker.group == "audit" and worker.node is self:
                worker.cancel()
                self.stopping = True
        self._sum()
        self.refresh_bindings()

    def action_resume(self) -> None:
        """Go on where it was stopped."""
        self.stopping = False
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
