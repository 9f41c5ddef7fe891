"""Counts and a majority rule: carried, not carried, tie, or undecidable."""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

import msgspec

from jury_tui.i18n import N_
from jury_tui.rules.clauses import Majority
from jury_tui.rules.wording import Phrase, say


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
        given = self.for_ + self.against + self.abstention + self.blank
        return given + self.did_not_vote


class MajorityRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A majority rule; an empty key is what no text says.

    Attributes: as in ``rules.clauses.Majority``.
        source: The text of the majority; ``tie_source``: that of the tie rule.
    """

    type: str = ""
    fraction: str = ""
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
        """Merge texts key by key, the strongest first: each settles what is open."""
        found: dict[str, str | bool] = {}
        for rule in rules:
            if rule.type and "type" not in found:
                found |= {"type": rule.type, "source": rule.source}
                found |= {"fraction": rule.fraction, "strict": rule.strict}
            if rule.tie and "tie" not in found:
                found |= {"tie": rule.tie, "tie_source": rule.source}
            for key in ("base", "abstention", "blank", "ballot"):
                value = getattr(rule, key)
                if value and key not in found:
                    found[key] = value
        return cls(**found)  # type: ignore[arg-type]


class BallotResult(msgspec.Struct, frozen=True, kw_only=True):
    """A vote's result, explained.

    Attributes:
        required: Voices for that were required, when a number says it.
        observed: Voices for.
        said: The explanation, put into words when it is read.
        casting: Whether the chair's casting vote settled it.
        source: The texts applied; empty when none says anything.
        inferred: Whether it rests on what a silence implies.
    """

    outcome: Outcome
    required: int | None
    observed: int
    said: Phrase
    casting: bool = False
    source: str = ""
    inferred: bool = False

    @property
    def explanation(self) -> str:
        """One sentence, in the language in force."""
        return str(self.said)

    @property
    def carried(self) -> bool:
        """Whether the vote is in favour."""
        return self.outcome is Outcome.CARRIED


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """How many voices each possible base holds."""

    present: int
    represented: int
    members: int
    appointed: int


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
        chair_vote: ``for``, ``against``, ``abstention``, ``blank``,
            ``did_not_vote``, or None when not known.
        represented: Voices held by proxy.
        appointed: Voting members appointed; ``members`` when not given.
    """
    room = Room(
        present=present,
        represented=represented,
        members=members,
        appointed=members if appointed is None else appointed,
    )
    wrong = _impossible(counts, room)
    if wrong is not None:
        return BallotResult(
            outcome=Outcome.UNDECIDABLE,
            required=None,
            observed=counts.for_,
            said=wrong,
            source=rule.source,
        )
    if not rule.type:
        return _without_text(rule, counts, room, chair_vote)
    carried, required = _carried(rule, counts, room)
    if not carried and counts.for_ == counts.against and rule.type != "unanimity":
        return _tied(rule, counts, required, chair_vote)
    return BallotResult(
        outcome=Outcome.CARRIED if carried else Outcome.NOT_CARRIED,
        required=required,
        observed=counts.for_,
        said=_sentence(rule, counts, room, required, carried=carried),
        source=rule.source,
    )


def _impossible(counts: Counts, room: Room) -> Phrase | None:
    numbers = msgspec.structs.astuple(counts)
    if min(numbers) < 0:
        return say(N_("A number of voices is below zero: correct the count."))
    total, present = sum(numbers), room.present + room.represented
    if total > present:
        return say(
            N_(
                "{total} voices were counted for {present} present or represented: "
                "correct the count."
            ),
            total=total,
            present=present,
        )
    return None


def base_of(rule: MajorityRule, counts: Counts, room: Room) -> int:
    """The voices that the majority is reckoned on.

    A base of people present, or of members, holds those who abstain: their
    abstention weighs like a no unless the rule ignores it. A base of votes cast
    leaves them out unless the rule counts them.
    """
    cast = rule.base in ("", "cast")
    whole = {
        "present": room.present,
        "present_or_represented": room.present + room.represented,
        "members": room.members,
        "appointed": room.appointed,
    }.get(rule.base, counts.for_ + counts.against)
    for number, handling in (
        (counts.abstention, rule.abstention),
        (counts.blank, rule.blank or rule.abstention),
    ):
        if cast and handling in ("counts_against", "counts_for"):
            whole += number
        elif not cast and handling == "ignored":
            whole -= number
    return whole


def favourable(rule: MajorityRule, counts: Counts) -> int:
    """Voices for, with the abstentions that the rule counts as such."""
    more = counts.abstention if rule.abstention == "counts_for" else 0
    blank = rule.blank or rule.abstention
    return counts.for_ + more + (counts.blank if blank == "counts_for" else 0)


def _carried(rule: MajorityRule, counts: Counts, room: Room) -> tuple[bool, int]:
    """Whether it is carried, and how many voices for that takes."""
    base, voices = base_of(rule, counts, room), favourable(rule, counts)
    match rule.type:
        case "simple":
            against = counts.against
            if rule.abstention == "counts_against":
                against += counts.abstention
            if (rule.blank or rule.abstention) == "counts_against":
                against += counts.blank
            required = against + 1
        case "absolute":
            required = base // 2 + 1
        case "two_thirds":
            required = math.ceil(Fraction(2, 3) * base)
        case "unanimity":
            required = base
        case _:
            part = Fraction(rule.fraction or "1") * base
            required = math.floor(part) + 1 if rule.strict else math.ceil(part)
    return voices >= max(required, 1), max(required, 1)


def _tied(
    rule: MajorityRule, counts: Counts, required: int, chair_vote: str | None
) -> BallotResult:
    """As many for as against: what the texts say of a tie, or do not say."""
    tally = say(
        N_("{for_} for, {against} against"), for_=counts.for_, against=counts.against
    )
    outcome, casting, inferred = Outcome.NOT_CARRIED, False, False
    if not counts.for_:
        said = N_("{tally}: nobody voted in favour; not carried.")
    elif rule.tie == "chair_prevails":
        outcome, casting, said = _cast(chair_vote)
    elif rule.tie == "favourable":
        outcome = Outcome.CARRIED
        said = N_("{tally}: a tie is in the candidate’s favour; carried ({source}).")
    elif rule.tie == "not_carried":
        said = N_("{tally}: a tie is not carried ({source}).")
    else:
        inferred = True
        said = N_(
            "{tally}: no text gives a casting vote, and a tie is no majority; not "
            "carried (inferred from the texts’ silence)."
        )
    return BallotResult(
        outcome=outcome,
        required=required,
        observed=counts.for_,
        said=say(said, tally=tally, source=rule.tie_source),
        casting=casting,
        source=rule.tie_source if rule.tie else rule.source,
        inferred=inferred,
    )


def _cast(chair_vote: str | None) -> tuple[Outcome, bool, str]:
    match chair_vote:
        case "for":
            said = N_("{tally}: the chair’s vote prevails, for; carried ({source}).")
            return Outcome.CARRIED, True, said
        case "against":
            said = N_(
                "{tally}: the chair’s vote prevails, against; not carried ({source})."
            )
            return Outcome.NOT_CARRIED, True, said
        case None:
            said = N_("{tally}: the chair’s vote settles it ({source}); record it.")
            return Outcome.TIE, False, said
    said = N_("{tally}: the chair did not vote for or against; not carried ({source}).")
    return Outcome.NOT_CARRIED, False, said


_READINGS = (
    MajorityRule(type="simple", base="cast"),
    MajorityRule(type="absolute", base="cast"),
    MajorityRule(type="absolute", base="present"),
    MajorityRule(type="absolute", base="members"),
)


def _without_text(
    rule: MajorityRule, counts: Counts, room: Room, chair_vote: str | None
) -> BallotResult:
    """No text says which majority: decided only if every usual one says the same."""
    if counts.for_ == counts.against:
        return _tied(rule, counts, counts.against + 1, chair_vote)
    answers = {_carried(reading, counts, room)[0] for reading in _READINGS}
    if len(answers) > 1:
        return BallotResult(
            outcome=Outcome.UNDECIDABLE,
            required=None,
            observed=counts.for_,
            said=say(
                N_(
                    "{for_} for, {against} against of {members} members: no text says "
                    "which majority is needed, and the usual ones differ. Write it in "
                    "the house rules."
                ),
                for_=counts.for_,
                against=counts.against,
                members=room.members,
            ),
            source=rule.source,
        )
    carried = answers.pop()
    said = (
        N_("{for_} for, {against} against: carried by any majority; no text names one.")
        if carried
        else N_(
            "{for_} for, {against} against: not carried by any majority; no text "
            "names one."
        )
    )
    return BallotResult(
        outcome=Outcome.CARRIED if carried else Outcome.NOT_CARRIED,
        required=None,
        observed=counts.for_,
        said=say(said, for_=counts.for_, against=counts.against),
        source=rule.source,
        inferred=True,
    )


TYPES = {
    "simple": N_("simple majority"),
    "absolute": N_("absolute majority"),
    "two_thirds": N_("majority of two thirds"),
    "fraction": N_("majority of {fraction}"),
    "unanimity": N_("unanimity"),
}
BASES = {
    "": N_("of the votes cast"),
    "cast": N_("of the votes cast"),
    "present": N_("of the members present"),
    "present_or_represented": N_("of the members present or represented"),
    "members": N_("of the members"),
    "appointed": N_("of the members appointed"),
}


def majority_words(rule: MajorityRule) -> str:
    """``absolute majority of the members present``."""
    return str(_majority(rule))


@lru_cache(maxsize=64)
def _majority(rule: MajorityRule) -> Phrase:
    if not rule.type:
        return say(N_("no majority is named"))
    kind = say(TYPES[rule.type], fraction=rule.fraction)
    return say("{kind} {base}", kind=kind, base=say(BASES[rule.base]))


def _sentence(
    rule: MajorityRule, counts: Counts, room: Room, required: int, *, carried: bool
) -> Phrase:
    if rule.type == "simple":
        # more for than against: a number "needed" would only repeat the others
        said = (
            N_("{observed} for, {against} against ({majority}): carried.")
            if carried
            else N_("{observed} for, {against} against ({majority}): not carried.")
        )
    else:
        said = (
            N_("{observed} for of {base}, {required} needed ({majority}): carried.")
            if carried
            else N_(
                "{observed} for of {base}, {required} needed ({majority}): not carried."
            )
        )
    return say(
        said,
        observed=favourable(rule, counts),
        against=counts.against,
        base=base_of(rule, counts, room),
        required=required,
        majority=_majority(rule),
    )
