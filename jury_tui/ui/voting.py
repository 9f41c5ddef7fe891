"""A vote being typed: not counted yet, so not in the register; and what it would give.

Exceptions first, then "all the others in favour": a unanimous vote costs one key,
and each exception two, the first letter of a name and the choice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import NamedTuple

import msgspec

from jury_tui.i18n import _, listed, ngettext
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode, Tally
from jury_tui.session.commands.voting import CountVotes, tally_of
from jury_tui.session.session import File, Session
from jury_tui.ui.words import plain


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed of one vote: people by name, voices where there are totals.

    Attributes:
        choices: Choice by member, for a vote by name.
        totals: Number by choice, for totals.
    """

    mode: Mode = Mode.NAMED
    choices: dict[str, Choice] = {}
    totals: dict[Choice, int] = {}

    @property
    def count(self) -> int:
        """How many votes were typed."""
        if self.mode is Mode.NAMED:
            return len(self.choices)
        return sum(self.totals.values())

    def among(self, voters: tuple[str, ...]) -> Typed:
        """What was typed of those who vote: one who has left votes no more."""
        if all(member in voters for member in self.choices):
            return self
        kept = {m: c for m, c in self.choices.items() if m in voters}
        return msgspec.structs.replace(self, choices=kept)

    def chosen(self, member: str, choice: Choice | None) -> Typed:
        """With one member's choice, or without it."""
        choices = {m: c for m, c in self.choices.items() if m != member}
        if choice is not None:
            choices[member] = choice
        return msgspec.structs.replace(self, choices=choices)

    def more(self, choice: Choice, number: int = 1) -> Typed:
        """With so many more votes of a kind, never fewer than none."""
        total = max(0, self.totals.get(choice, 0) + number)
        return msgspec.structs.replace(self, totals={**self.totals, choice: total})

    def left(self, session: Session, voters: tuple[str, ...]) -> int:
        """How many voices were not typed yet."""
        if self.mode is Mode.NAMED:
            voters = tuple(m for m in voters if m not in self.choices)
            return judgement.weight(session, voters)
        return max(0, judgement.weight(session, voters) - self.count)

    def tally(self, session: Session) -> Tally:
        """The totals of what was typed so far."""
        if self.mode is Mode.NAMED:
            return tally_of(self.choices, judgement.voices(session))
        return tally_from(self.totals)


def tally_from(totals: dict[Choice, int]) -> Tally:
    """Totals as the register writes them."""
    counts = Counter(totals)
    return Tally(
        for_=counts[Choice.FOR],
        against=counts[Choice.AGAINST],
        abstention=counts[Choice.ABSTENTION],
        blank=counts[Choice.BLANK],
        did_not_vote=counts[Choice.DID_NOT_VOTE],
    )


def command(
    typed: Typed,
    component: str,
    candidate: str,
    left: int,
    rest: Choice | None,
    reason: str = "",
) -> CountVotes:
    """The command that counts what was typed.

    Args:
        typed: What was typed.
        component: The component voted on.
        candidate: The candidate.
        left: How many voices were not typed.
        rest: The choice of all who were not typed; None if everyone must be.
        reason: Why the vote departs from the marks.
    """
    if typed.mode is Mode.NAMED:
        return CountVotes(
            component=component,
            candidate=candidate,
            all=rest,
            except_=typed.choices,
            reason=reason,
        )
    full = typed.more(rest, left) if rest is not None and left > 0 else typed
    return CountVotes(
        component=component,
        candidate=candidate,
        mode=typed.mode,
        tally=tally_from(full.totals),
        reason=reason,
    )


class WouldBe(NamedTuple):
    """What a vote would give: its sentence, and whether nothing can change it."""

    text: str
    sure: bool


def would_be(
    session: Session, file: File, typed: Typed, voters: tuple[str, ...]
) -> WouldBe:
    """The result if the rest voted for, and if it voted against."""
    left = typed.left(session, voters)
    by_proxy = judgement.weight(session, judgement.represented(session, file))
    tally, number = typed.tally(session), judgement.weight(session, voters)

    def given(more: int) -> str:
        """The outcome, were so many of the rest for and the others against."""
        full = msgspec.structs.replace(
            tally, for_=tally.for_ + more, against=tally.against + left - more
        )
        found = judgement.result(session, file, full, number, represented=by_proxy)
        return found.outcome.value

    best, worst = given(left), given(0)
    if left == 0:
        return WouldBe(outcome_sentence(best), True)
    if best == worst:
        return WouldBe(
            _("{outcome}, whatever the others vote").format(
                outcome=outcome_sentence(best)
            ),
            True,
        )
    # the fewest that do: “if all vote for” would read as if all had to
    range_ = range(1, left + 1)
    need = 1 + bisect_left(range_, True, key=lambda more: given(more) == best)
    if need == left:
        said = (
            _("{outcome} if the others vote for")
            if typed.count
            else _("{outcome} only if all vote for")
        )
    elif typed.count:
        said = ngettext(
            "{outcome} with {number} more vote for",
            "{outcome} with {number} more votes for",
            need,
        )
    else:
        said = ngettext(
            "{outcome} from {number} vote for on",
            "{outcome} from {number} votes for on",
            need,
        )
    words = said.format(outcome=outcome_sentence(best), number=need)
    return WouldBe(words, False)


def outcome_sentence(outcome: str) -> str:
    """A vote's outcome in words."""
    return {
        "carried": _("acquired"),
        "not_carried": _("not acquired"),
        "tie": _("tied: the chair’s casting vote decides"),
        "undecidable": _("undecidable: no rule settles it"),
    }.get(outcome, outcome)


def missing(session: Session, typed: Typed, voters: tuple[str, ...]) -> str:
    """Whose vote is not typed yet, in words; empty when complete."""
    if typed.mode is not Mode.NAMED:
        left = typed.left(session, voters)
        return "" if not left else _to_come(left)
    names = [session.members[m] for m in voters if m not in typed.choices]
    if len(names) > 3:
        return _to_come(len(names))
    said = listed(plain(m.family_name.upper()) for m in names)
    return _("missing: {names}").format(names=said) if names else ""


def _to_come(number: int) -> str:
    return ngettext("{number} vote to come", "{number} votes to come", number).format(
        number=number
    )
