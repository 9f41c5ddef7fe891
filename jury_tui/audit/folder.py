"""The audit of a folder of sessions: years of them, by several processes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import msgspec

from jury_tui.audit.audited import Anchored, bytes_of
from jury_tui.audit.auditing import Remembered, anchored_in, judge, unreadable
from jury_tui.audit.checks.finding import altered
from jury_tui.audit.exports import Exports
from jury_tui.audit.ledger import Ledger, Line, digest_of
from jury_tui.audit.report import (
    AuditFinding,
    Report,
    Severity,
    Verdict,
    ordered,
    verdict_of,
)
from jury_tui.audit.series import numbers
from jury_tui.errors import RegisterError
from jury_tui.i18n import N_
from jury_tui.register.anchors import UNBELIEVABLE
from jury_tui.register.catalogue import Outcome, registers
from jury_tui.register.parallel import Progress, spread
from jury_tui.register.records import FILE

_KEPT_EVERY = 200
"""Reports between two additions to the ledger."""


class FolderReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the audit of a folder found.

    Attributes:
        folder: The folder.
        reports: One a session, in the order of their folders' names.
        findings: On the folder itself: sessions remembered and not there.
        total: How many sessions there are; more than reports if it was stopped.
        reused: How many reports come from the ledger, the bytes being the same.
        stopped: Whether it was stopped before the end.
        audited_at: When.
    """

    folder: str
    reports: tuple[Report, ...]
    findings: tuple[AuditFinding, ...] = ()
    total: int = 0
    reused: int = 0
    stopped: bool = False
    audited_at: dt.datetime | None = None

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many sessions of each verdict."""
        counts = Counter(report.verdict for report in self.reports)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def verdict(self) -> Verdict:
        """The worst of all; of the folder too."""
        order = list(Verdict)
        every = [verdict_of(self.findings), *(r.verdict for r in self.reports)]
        return max(every, key=order.index)

    def to_json(self) -> bytes:
        """The report as JSON, the counts first."""
        whole = {
            "folder": self.folder,
            "verdict": self.verdict,
            "verdicts": self.verdicts,
            **{n: getattr(self, n) for n in self.__struct_fields__ if n != "folder"},
        }
        return msgspec.json.format(msgspec.json.encode(whole), indent=2)


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One session to audit, as it is handed to another process."""

    path: str
    now: dt.datetime
    anchored: Anchored
    exports: str = ""
    known: Report | None = None


def audit_folder(
    folder: Path,
    *,
    now: dt.datetime,
    exports: Path | None = None,
    jobs: int = 1,
    resume: bool = False,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
    told: Callable[[Report], None] | None = None,
) -> FolderReport:
    """Audit every session of a folder.

    Args:
        folder: The folder of all sessions.
        now: The moment of the audit.
        exports: The folder of exported workbooks.
        jobs: How many processes.
        resume: Take over reports of the same bytes under the same checks from the
            ledger: for going on after a stop. The ledger proves nothing.
        progress: Told how many sessions are done, of how many.
        stopped: Asked after each session, and while one is awaited.
        told: Given each report as it comes, before ``progress``.

    Raises:
        RegisterError: the folder cannot be listed.
    """
    remembered = anchored_in(folder, shared=True)
    names = list(registers(folder))
    ledger = Ledger(folder)
    ledger.load()
    where = "" if exports is None else str(exports)
    tasks = []
    for name in names:
        anchored = remembered.of(folder / name / FILE)
        tasks.append(
            Task(
                path=str(folder / name / FILE),
                now=now,
                anchored=anchored,
                exports=where,
                known=ledger.known(name, anchored, where) if resume else None,
            )
        )
    reports: list[Report] = []
    lines: list[Line] = []
    reused = 0
    made = spread(audit_one, tasks, jobs=jobs, stopped=stopped)
    for task, report in zip(tasks, made, strict=False):
        reports.append(report)
        if report is task.known or (task.known and report == task.known):
            reused += 1
        else:
            name = Path(task.path).parent.name
            lines.append(Line(name, digest_of(task.anchored), where, report))
        if len(lines) >= _KEPT_EVERY:
            ledger.add(lines)
            lines = []
        if told is not None:
            told(report)
        if progress is not None:
            progress(len(reports), len(names))
    if lines:
        ledger.add(lines)
    ledger.tidy()
    return FolderReport(
        folder=str(folder),
        reports=tuple(reports),
        findings=ordered(
            (*_of_the_folder(remembered, set(names)), *_numbers(reports, names))
        ),
        total=len(names),
        reused=reused,
        stopped=len(reports) < len(names),
        audited_at=now,
    )


def audit_one(task: Task) -> Report:
    """Audit one session of a folder, in whatever process; raises nothing."""
    path = Path(task.path)
    try:
        data = bytes_of(path)
    except RegisterError as error:
        return unreadable(path, error, task.now)
    exports = _exports(task.exports) if task.exports else None
    known = task.known
    if (
        known is not None
        and known.size == len(data)
        and known.sha256 == hashlib.sha256(data).hexdigest()
        and (exports is None or all(exports.stat(f[0]) == f for f in known.files))
    ):
        return known
    return judge(data, path, now=task.now, anchored=task.anchored, exports=exports)


@lru_cache(maxsize=4)
def _exports(folder: str) -> Exports:
    return Exports(Path(folder))


def _numbers(reports: list[Report], names: list[str]) -> tuple[AuditFinding, ...]:
    """Gaps and twins in the series; of a whole folder only."""
    return tuple(numbers(reports)) if len(reports) == len(names) else ()


def _of_the_folder(remembered: Remembered, there: set[str]) -> list[AuditFinding]:
    """What no session can say of itself: that it is not there any more."""
    findings = []
    if remembered.fault:
        findings.append(
            altered(
                "anchors",
                UNBELIEVABLE,
                why=remembered.fault,
            )
        )
    for session in sorted(set(remembered.known) - there):
        findings.append(
            altered(
                "anchors",
                N_(
                    "The session {session} is remembered, and is not in this folder: "
                    "removed, moved or renamed. Look for it among the copies."
                ),
                session=session,
            )
        )
    return findings


def outcomes(report: FolderReport) -> list[Outcome]:
    """What the catalogue keeps of an audit."""
    return [
        Outcome(
            folder=Path(one.path).parent.name,
            verdict=one.verdict.value,
            breaches=_composition(one, Severity.BREACH),
            undecided=_composition(one, Severity.NOTE),
            at=one.audited_at,
            count=one.acts,
            head=one.head,
            size=one.size,
        )
        for one in report.reports
        if one.audited_at is not None
    ]


def _composition(report: Report, severity: Severity) -> int:
    """How many findings on the composition are so grave; a note is one undecided."""
    return sum(
        1 + finding.more
        for finding in report.findings
        if finding.check in ("composition", "quorum") and finding.severity is severity
    )
