"""Findings made from a msgid and its values, in the language in force."""

from __future__ import annotations

from typing import Any

from jury_tui.audit.report import AuditFinding, Severity
from jury_tui.i18n import _


def _found(
    severity: Severity,
    check: str,
    message: str,
    act: Any = None,
    clause: str = "",
    candidate: str = "",
    required: str = "",
    observed: str = "",
    source: str = "",
    **values: object,
) -> AuditFinding:
    return AuditFinding(
        check=check,
        severity=severity,
        text=_(message).format(act=act, **values),
        act=act,
        clause=clause,
        candidate=candidate,
        required=required,
        observed=observed,
        source=source,
    )


def altered(check: str, message: str, /, **values: Any) -> AuditFinding:
    """The bytes are not those that were written."""
    return _found(Severity.ALTERED, check, message, **values)


def breach(check: str, message: str, /, **values: Any) -> AuditFinding:
    """Something was not done right."""
    return _found(Severity.BREACH, check, message, **values)


def warning(check: str, message: str, /, **values: Any) -> AuditFinding:
    """Something to be looked at."""
    return _found(Severity.WARNING, check, message, **values)


def note(check: str, message: str, /, **values: Any) -> AuditFinding:
    """Something said for the record."""
    return _found(Severity.NOTE, check, message, **values)
