"""Findings: one clause, one verdict, what was required, observed, and by which text."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import msgspec


class Verdict(StrEnum):
    """What a clause says of the facts."""

    SATISFIED = "satisfied"
    BREACHED = "breached"
    UNDECIDABLE = "undecidable"  # a datum is missing, or the text is silent


class Layer(StrEnum):
    """The three moments at which a composition is judged."""

    APPOINTMENT = "appointment"
    PRESENCE = "presence"
    CANDIDATE = "candidate"


class Severity(StrEnum):
    """What a breach entails, as the text or the rulebook's author says."""

    FATAL = "fatal"  # blocks opening or voting
    JUSTIFY = "justify"  # asks for a justification that reaches the minutes
    NOTE = "note"  # is said, and blocks nothing


class Words(Protocol):
    """The words of a finding, in the language of whoever reads them."""

    @property
    def required(self) -> str:
        """What the text asks."""

    @property
    def observed(self) -> str:
        """What was seen."""

    @property
    def explanation(self) -> str:
        """One sentence, ready to be read aloud."""

    @property
    def brief(self) -> str:
        """What was asked and seen, without what the text leaves open."""

    @property
    def missing(self) -> str:
        """What datum is missing."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One clause judged once.

    Attributes:
        clause: The clause's key, ``rulebook/clause``.
        candidate: The candidate's id, for findings of the candidate layer.
        source: The text, as one cites it (``Code du travail, art. D6412-6``).
        words: What is said of it, kept as data until somebody reads it.
        counted: Ids of the members who were counted.
    """

    clause: str
    layer: Layer
    verdict: Verdict
    severity: Severity
    source: str
    words: Words
    candidate: str | None = None
    counted: tuple[str, ...] = ()

    @property
    def required(self) -> str:
        """What the text asks, in words and numbers."""
        return self.words.required

    @property
    def observed(self) -> str:
        """What was seen, in words and numbers."""
        return self.words.observed

    @property
    def explanation(self) -> str:
        """One sentence, ready to be read aloud."""
        return self.words.explanation

    @property
    def brief(self) -> str:
        """The same without what the text leaves open, where room is short."""
        return self.words.brief

    @property
    def missing(self) -> str:
        """What datum is missing, when undecidable."""
        return self.words.missing

    @property
    def blocks(self) -> bool:
        """Whether this finding forbids to go on."""
        return self.verdict is Verdict.BREACHED and self.severity is Severity.FATAL

    @property
    def to_justify(self) -> bool:
        """Whether a justification must reach the minutes."""
        return self.verdict is Verdict.BREACHED and self.severity is Severity.JUSTIFY

    def as_dict(self) -> dict[str, object]:
        """The shape of ``check --json``: a contract with whoever scripts it."""
        return {
            "clause": self.clause,
            "layer": self.layer.value,
            "candidate": self.candidate,
            "verdict": self.verdict.value,
            "fatal": self.severity is Severity.FATAL,
            "required": self.required,
            "observed": self.observed,
            "source": self.source,
            "explanation": self.explanation,
        }
