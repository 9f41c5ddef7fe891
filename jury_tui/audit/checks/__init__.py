"""What an audit checks: small functions from what is audited to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jury_tui.audit.audited import Audited
from jury_tui.audit.checks import publication, record, sitting, times
from jury_tui.audit.report import AuditFinding

Check = Callable[[Audited], Iterable[AuditFinding]]

CHECKS: tuple[Check, ...] = (
    record.form,
    record.chain,
    record.anchors,
    times.order,
    times.plausible,
    record.rulebooks,
    record.sequence,
    record.convocations,
    record.recoveries,
    sitting.composition,
    sitting.soft_clauses,
    sitting.recusals,
    sitting.ballots,
    sitting.decisions,
    sitting.undone,
    publication.mentions,
    publication.deadlines,
    publication.rectifications,
    publication.attachments,
)
