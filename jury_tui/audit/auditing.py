"""The audit of one session: everything read again, everything derived again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from jury_tui.audit.audited import (
    Anchored,
    Audited,
    bytes_of,
    register_path,
    take,
    uncollected,
)
from jury_tui.audit.checks import CHECKS, Check
from jury_tui.audit.checks.finding import breach
from jury_tui.audit.exports import Exports
from jury_tui.audit.report import AuditFinding, Report, Verdict, ordered, verdict_of
from jury_tui.errors import JuryError, RegisterError
from jury_tui.i18n import N_, language
from jury_tui.register import anchors as ledger
from jury_tui.register import headcode
from jury_tui.register.chain import Anchor
from jury_tui.register.doubt import held
from jury_tui.session.session import Session

_ALIKE = 8
"""Findings of one check and clause that are listed; the rest are counted."""


def audit(
    path: Path,
    *,
    now: dt.datetime,
    exports: Path | Exports | None = None,
    anchors: Iterable[Anchor] | None = None,
    codes: Sequence[str] = (),
) -> Report:
    """Audit one session.

    Args:
        path: The session's folder, its ``acts.jsonl``, or an archive (``.zip``).
        now: The moment of the audit: deadlines and clocks are judged by it.
        exports: The folder of exported workbooks; None: they are not looked at.
        anchors: What is remembered of the register; None: the list of anchors
            beside the sessions is asked.
        codes: Short codes read on paper that some act of it must have.

    Returns:
        The report; a file that cannot be judged gives one too.
    """
    path = register_path(path)
    if path.suffix.casefold() == ".zip":
        from jury_tui.audit.archive import audit_archive

        return audit_archive(path, now=now, anchors=anchors, codes=codes)
    if isinstance(exports, Path):
        exports = Exports(exports)
    anchored = _anchored(path, anchors, codes)
    try:
        data = bytes_of(path)
    except RegisterError as error:
        return unreadable(path, error, now)
    return judge(data, path, now=now, anchored=anchored, exports=exports)


def judge(
    data: bytes,
    path: Path,
    *,
    now: dt.datetime,
    anchored: Anchored,
    exports: Exports | None = None,
) -> Report:
    """Audit a register's bytes.

    Args:
        data: The bytes.
        path: Where they come from, to name it.
        now: The moment of the audit.
        anchored: What is remembered of the register.
        exports: Where its workbooks are.
    """
    with uncollected():  # and what there was is gone before anything is collected
        return _judged(data, path, now, anchored, exports)


def _judged(
    data: bytes,
    path: Path,
    now: dt.datetime,
    anchored: Anchored,
    exports: Exports | None,
) -> Report:
    try:
        audited = take(data, path, now=now, anchored=anchored, exports=exports)
    except RegisterError as error:
        return unreadable(path, error, now, data)
    findings = ordered(gathered(run(audited, CHECKS)))
    return _report(audited, findings, data)


def run(audited: Audited, checks: Iterable[Check]) -> list[AuditFinding]:
    """What the checks find; one that stumbles says so, and the others go on."""
    findings: list[AuditFinding] = []
    for check in checks:
        try:
            findings.extend(check(audited))
        except Exception as error:
            # A hostile register met something nobody thought of: never silent,
            # never taken for intact.
            findings.append(
                breach(
                    "audit",
                    N_("The check “{name}” could not be made ({detail})."),
                    name=check.__name__,
                    detail=f"{type(error).__name__}: {error}"[:200],
                )
            )
    return findings


def gathered(findings: Iterable[AuditFinding]) -> list[AuditFinding]:
    """Findings with long runs of one kind cut short, the rest of them counted."""

    def kind(finding: AuditFinding) -> tuple[str, str, str]:
        return finding.check, finding.severity.value, finding.clause

    kept: list[AuditFinding] = []
    for _kind, group in groupby(sorted(findings, key=kind), key=kind):
        alike = sorted(dict.fromkeys(group), key=lambda f: f.act or 0)
        kept += alike[:_ALIKE]
        if len(alike) > _ALIKE:
            kept[-1] = msgspec.structs.replace(kept[-1], more=len(alike) - _ALIKE)
    return kept


def unreadable(
    path: Path, error: JuryError, now: dt.datetime, data: bytes = b""
) -> Report:
    """The report of what is no register."""
    return Report(
        path=str(path),
        session=path.parent.name,
        verdict=Verdict.UNREADABLE,
        findings=(breach("format", "{why}", why=str(error)),),
        sha256=hashlib.sha256(data).hexdigest() if data else "",
        size=len(data),
        language=language(),
        audited_at=now,
    )


def _report(
    audited: Audited, findings: tuple[AuditFinding, ...], data: bytes
) -> Report:
    session, reading = audited.session, audited.reading
    head = reading.heads[-1] if reading.heads else ""
    verdict = verdict_of(findings)
    if audited.foreign is not None and verdict is not Verdict.ALTERED:
        verdict = Verdict.UNREADABLE
    return Report(
        path=str(audited.path),
        session=reading.session_id,
        verdict=verdict,
        findings=findings,
        acts=reading.count,
        held=held(data) if reading.fault is not None else 0,
        head=head,
        code=headcode.code(head) if head else "",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        phase=session.phase.value,
        certification=session.certification,
        route=session.route,
        date=session.date,
        number=session.number,
        rectifying=tuple(r.number for r in session.rectifications),
        candidates=len(session.files),
        done=sum(f.settled for f in session.files.values()),
        language=language(),
        audited_at=audited.now,
        files=_files(session, audited.exports),
    )


def _files(
    session: Session, exports: Exports | None
) -> tuple[tuple[str, int, int], ...]:
    if exports is None:
        return ()
    names = dict.fromkeys(export.file for export in session.exports[:100])
    return tuple(exports.stat(name) for name in names)


def _anchored(
    path: Path, anchors: Iterable[Anchor] | None, codes: Sequence[str]
) -> Anchored:
    if anchors is not None:
        return Anchored(anchors=tuple(anchors), codes=tuple(codes))
    return anchored_in(path.parent.parent).of(path, codes)


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """The list of anchors of a folder of sessions, read once.

    Attributes:
        known: Anchors by session.
        kept: Whether there is such a list at all.
        fault: Why it cannot be believed, in a sentence; empty if it can.
        shared: Whether it is asked for a whole folder.
    """

    known: dict[str, list[Anchor]] = {}
    kept: bool = False
    fault: str = ""
    shared: bool = False

    def of(self, path: Path, codes: Sequence[str] = ()) -> Anchored:
        """What it remembers of the session in this place, or else of the one in it."""
        session = path.parent.name
        if self.known and session not in self.known:  # renamed, or a copy
            session = ledger.named(path)
        return Anchored(
            anchors=tuple(self.known.get(session, ())),
            codes=tuple(codes),
            kept=self.kept,
            fault=self.fault,
            shared=self.shared,
        )


def anchored_in(folder: Path, *, shared: bool = False) -> Remembered:
    """What a folder of sessions remembers of them."""
    try:
        known = ledger.remembered(folder)
    except JuryError as error:
        return Remembered(kept=True, fault=str(error), shared=shared)
    return Remembered(known=known, kept=bool(known), shared=shared)
