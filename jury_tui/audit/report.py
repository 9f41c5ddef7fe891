"""What an audit says: plain data, ready for a screen or for JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

import msgspec

VERSION = "5"
"""Changes whenever the same bytes might be judged otherwise than before."""


class Verdict(StrEnum):
    """What an audit concludes about one session, from the best to the worst."""

    INTACT = "intact"  # nothing altered, nothing against the rules
    IRREGULAR = "irregular"  # as it was written, but something was not done right
    ALTERED = "altered"  # the bytes are not those that were written
    UNREADABLE = "unreadable"  # no register that can be judged


class Severity(StrEnum):
    """What a finding weighs in the verdict."""

    ALTERED = "altered"
    BREACH = "breach"
    WARNING = "warning"  # to be looked at; the verdict stays
    NOTE = "note"  # said for the record


class AuditFinding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an audit has to say.

    Attributes:
        check: The check that found it, a stable word (``votes``).
        text: What is wrong, then what to do, in the language of the audit.
        act: The number of the act it blames, from 1; None for the whole.
        clause: The clause of a rulebook, ``rulebook/clause``, if one was breached.
        candidate: The candidate's id, if it concerns one only.
        required: What the text, or the acts before, ask for; empty if ``text`` says it.
        observed: What the register says instead.
        source: The legal text, as one cites it.
        more: How many further findings of the same kind are not listed.
    """

    check: str
    severity: Severity
    text: str
    act: int | None = None
    clause: str = ""
    candidate: str = ""
    required: str = ""
    observed: str = ""
    source: str = ""
    more: int = 0


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the audit of one session found.

    Attributes:
        path: The register, as it was given.
        session: The session's id.
        verdict: The conclusion.
        findings: The worst first, then in the order of the acts.
        acts, head, code: How many acts, the last hash and its short code.
        held: How many acts the file holds, where more than those can be followed.
        sha256, size: Of the register's bytes.
        phase, certification, route, date, number: What the session is.
        rectifying: Numbers of its rectifying minutes.
        candidates, done: How many, and how many have an outcome.
        version: Of the checks; a verdict is a function of bytes and version.
        language: Of the sentences.
        audited_at: When.
        files: Names of the exported workbooks that were looked at, with their
            size and date of change: what else the verdict depends on.
    """

    path: str
    session: str = ""
    verdict: Verdict = Verdict.UNREADABLE
    findings: tuple[AuditFinding, ...] = ()
    acts: int = 0
    held: int = 0
    head: str = ""
    code: str = ""
    sha256: str = ""
    size: int = 0
    phase: str = ""
    certification: str = ""
    route: str = ""
    date: dt.date | None = None
    number: str = ""
    rectifying: tuple[str, ...] = ()
    candidates: int = 0
    done: int = 0
    version: str = VERSION
    language: str = ""
    audited_at: dt.datetime | None = None
    files: tuple[tuple[str, int, int], ...] = ()

    @property
    def intact(self) -> bool:
        """Whether nothing was altered and nothing breached."""
        return self.verdict is Verdict.INTACT

    def of(self, check: str) -> tuple[AuditFinding, ...]:
        """The findings of one check."""
        return tuple(f for f in self.findings if f.check == check)

    def to_json(self) -> bytes:
        """The report as indented JSON, every field said."""
        whole = {name: getattr(self, name) for name in self.__struct_fields__}
        return msgspec.json.format(msgspec.json.encode(whole), indent=2)


_WEIGHT = {s: n for n, s in enumerate(Severity)}


def verdict_of(findings: Iterable[AuditFinding]) -> Verdict:
    """The verdict that findings add up to."""
    severities = {f.severity for f in findings}
    if Severity.ALTERED in severities:
        return Verdict.ALTERED
    return Verdict.IRREGULAR if Severity.BREACH in severities else Verdict.INTACT


def ordered(findings: Iterable[AuditFinding]) -> tuple[AuditFinding, ...]:
    """The worst first, then in the order of the acts; each said once."""
    once = dict.fromkeys(findings)
    return tuple(sorted(once, key=lambda f: (_WEIGHT[f.severity], f.act or 0)))
