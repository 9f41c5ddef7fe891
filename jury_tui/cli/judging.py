"""Findings as the command line gives them: sentences, or one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jury_tui.cli import streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _
from jury_tui.rules.findings import Finding, Layer, Severity, Verdict


def overall(findings: Sequence[Finding]) -> Verdict:
    """The worst verdict: any breach, else anything that cannot be decided."""
    verdicts = {finding.verdict for finding in findings}
    for verdict in (Verdict.BREACHED, Verdict.UNDECIDABLE):
        if verdict in verdicts:
            return verdict
    return Verdict.SATISFIED


def exit_code(findings: Sequence[Finding]) -> Exit:
    """1 as soon as one clause is breached."""
    return Exit.REFUSED if overall(findings) is Verdict.BREACHED else Exit.FINE


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """The object that ``check --json`` prints; its keys are a contract."""
    return {
        "verdict": overall(findings).value,
        "findings": [
            {
                "clause": finding.clause,
                "layer": finding.layer.value,
                "candidate": finding.candidate,
                "verdict": finding.verdict.value,
                "fatal": finding.severity is Severity.FATAL,
                "required": finding.required,
                "observed": finding.observed,
                "source": finding.source,
                "explanation": finding.explanation,
            }
            for finding in findings
        ],
    }


def layer_word(layer: Layer) -> str:
    """A layer in words, as a heading."""
    return {
        Layer.APPOINTMENT: _("As appointed"),
        Layer.PRESENCE: _("As present"),
        Layer.CANDIDATE: _("For a candidate"),
    }[layer]


def verdict_word(finding: Finding) -> str:
    """A sign and a word: it reads without colour."""
    if finding.verdict is Verdict.SATISFIED:
        return _("✓ yes")
    if finding.verdict is Verdict.UNDECIDABLE:
        return _("? undecidable")
    return {
        Severity.FATAL: _("✗ no"),
        Severity.JUSTIFY: _("✗ no, to be justified"),
        Severity.NOTE: _("✗ no, noted"),
    }[finding.severity]


def write(findings: Sequence[Finding], names: dict[str, str]) -> None:
    """Findings as sentences, under one heading a layer and candidate.

    Args:
        findings: In the order in which they are to be read.
        names: Candidates' names by id.
    """
    heading: tuple[Layer, str | None] | None = None
    for finding in findings:
        if heading != (finding.layer, finding.candidate):
            if heading is not None:
                streams.data("")
            heading = (finding.layer, finding.candidate)
            who = names.get(finding.candidate or "", finding.candidate or "")
            title = layer_word(finding.layer)
            if finding.candidate is not None:
                title = _("For {candidate}").format(candidate=who)
            streams.data(title)
        streams.data(f"  {verdict_word(finding)} — {finding.explanation}")
        streams.data(f"      {finding.source} [{finding.clause}]")
    if findings:
        streams.data("")
    streams.data(
        {
            Verdict.SATISFIED: _("Every clause is satisfied."),
            Verdict.UNDECIDABLE: _("No breach; some clauses cannot be decided."),
            Verdict.BREACHED: _("At least one clause is breached."),
        }[overall(findings)]
    )
