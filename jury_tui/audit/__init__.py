"""The audit: checks over registers and workbooks, one session or years of them."""

from jury_tui.audit.auditing import audit
from jury_tui.audit.checks import CHECKS
from jury_tui.audit.report import AuditFinding, Report, Severity, Verdict

__all__ = ["CHECKS", "AuditFinding", "Report", "Severity", "Verdict", "audit"]
