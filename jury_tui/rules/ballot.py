"""Counts and a majority rule: carried, not carried, tie, or undecidable."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

import msgspec

from jury_tui.rules.model import Majority


class Outcome(StrEnum):
    """What a vote comes to."""

    CARRIED = "carried"
    NOT_CARRIED = "not_carried"
    TIE = "tie"  # the chair's own vote settles it, and is not known
    UNDECIDABLE = "undecidable"


class Counts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a vote counted, in voices; absent and recused members are not here."""

    for_: int = 0
    against: int = 0
    abstention: int = 0
    blank: int = 0
    did_not_vote: int = 0

    @property
    def total(self) -> int:
        """All the voices counted."""
        return (
            self.for_ + self.against + self.abstention + self.blank + self.did_not_vote
        )


class MajorityRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A majority rule; an empty key is what no text says.

    Attributes: as in ``rules.model.Majority``. ``source`` cites the texts.
    """

    type: str = ""
    fraction: Fraction | None = None
    strict: bool = False
    base: str = ""
    abstention: str = ""
    blank: str = ""
    tie: str = ""
    ballot: str = ""
    source: str = ""
    tie_source: str = ""

    @classmethod
    def merged(cls, rules: Iterable[Majority]) -> MajorityRule:
        """Merge texts key by key, the strongest first."""
        raise NotImplementedError


class BallotResult(msgspec.Struct, frozen=True, kw_only=True):
    """A vote's result, explained.

    Attributes:
        required: Voices for that were required, when a number says it.
        observed: Voices for.
        casting: Whether the chair's casting vote settled it.
    """

    outcome: Outcome
    required: int | None
    observed: int
    explanation: str
    casting: bool = False
    source: str = ""

    @property
    def carried(self) -> bool:
        """Whether the component is acquired by this vote."""
        return self.outcome is Outcome.CARRIED


def result(
    rule: MajorityRule,
    counts: Counts,
    *,
    present: int,
    members: int,
    chair_vote: str | None = None,
    represented: int = 0,
    appointed: int | None = None,
) -> BallotResult:
    """Apply a rule to a vote.

    Args:
        rule: The majority rule in force.
        counts: What was counted.
        present: Voters sitting for this candidate, in voices.
        members: Voting members of the jury, in voices.
        chair_vote: ``for``, ``against``, ``abstention``, ``blank`` or None.
        represented: Voices held by proxy.
        appointed: Voting members appointed; ``members`` when not given.
    """
    raise NotImplementedError
