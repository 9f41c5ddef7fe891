"""Components' results add up to a decision: total, partial, none, and why."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from jury_tui.i18n import N_, _, listed
from jury_tui.rules.clauses import Decision
from jury_tui.rules.model import Component
from jury_tui.rules.people import Candidate


class Extent(StrEnum):
    """What the jury grants."""

    TOTAL = "total"
    PARTIAL = "partial"
    NONE = "none"


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision, or a proposal to a commission, explained.

    Attributes:
        extent: None while a component asked for has no result (``pending``).
        acquired: Ids of components acquired now; ``before``: earlier.
        refused: Ids of components asked for and not acquired.
        missing: Ids of components that total validation still needs.
        pending: Ids of components that wait for a vote.
        proposal: Whether a commission decides after (``decided_by``).
        explanation: One sentence.
        source: The text of the rule.
    """

    extent: Extent | None
    acquired: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    proposal: bool = False
    decided_by: str = ""
    explanation: str = ""
    source: str = ""


def asked_for(
    components: tuple[Component, ...], candidate: Candidate
) -> tuple[str, ...]:
    """Ids of the components that the jury votes on for a candidate.

    Those asked for (all, when the candidate names none), but those acquired
    earlier: they are locked.
    """
    before = {each.component for each in candidate.acquired}
    wanted = set(candidate.components) or {component.id for component in components}
    return tuple(c.id for c in components if c.id in wanted and c.id not in before)


def decide(
    components: tuple[Component, ...],
    rule: Decision,
    candidate: Candidate,
    results: Mapping[str, bool],
) -> Decided:
    """Add up the results of a candidate.

    Args:
        components: All those of the certification, in its order.
        rule: The rule of decision.
        candidate: Says what was asked for, and what was acquired earlier.
        results: Component id to acquired or not, for those voted on.
    """
    asked = asked_for(components, candidate)
    earlier = {each.component for each in candidate.acquired}
    before = tuple(c.id for c in components if c.id in earlier)
    pending = tuple(name for name in asked if name not in results)
    acquired = tuple(name for name in asked if results.get(name) is True)
    held = set(acquired) | earlier
    missing = _missing(components, rule, held)
    if pending:
        extent = None
    elif not missing:
        extent = Extent.TOTAL
    else:
        extent = Extent.PARTIAL if acquired and rule.partial else Extent.NONE
    return Decided(
        extent=extent,
        acquired=acquired if rule.partial or not missing else (),
        before=before,
        refused=tuple(name for name in asked if results.get(name) is False),
        missing=missing,
        pending=pending,
        proposal=rule.nature == "proposal",
        decided_by=str(rule.decided_by),
        explanation=_explained(
            components, rule, extent, acquired, before, missing, pending
        ),
        source=rule.source,
    )


def _missing(
    components: tuple[Component, ...], rule: Decision, held: set[str]
) -> tuple[str, ...]:
    """What total validation still needs."""
    lacking = tuple(c.id for c in components if c.id not in held)
    if rule.components_min is not None:
        enough = len(components) - len(lacking) >= rule.components_min
        needed = set(rule.compulsory)
        return tuple(n for n in lacking if not enough or n in needed)
    if not rule.all_components:
        return tuple(n for n in lacking if n in set(rule.compulsory))
    return lacking


def _explained(
    components: tuple[Component, ...],
    rule: Decision,
    extent: Extent | None,
    acquired: tuple[str, ...],
    before: tuple[str, ...],
    missing: tuple[str, ...],
    pending: tuple[str, ...],
) -> str:
    def named(ids: tuple[str, ...]) -> str:
        return listed(f"{c.id} ({c.label})" for c in components if c.id in ids)

    match extent:
        case None:
            said = N_("Not decided yet: the vote on {pending} is missing.")
        case Extent.TOTAL if before:
            said = N_(
                "Full validation: {acquired} acquired in this session, "
                "{before} earlier."
            )
            if not acquired:
                said = N_("Full validation: {before} acquired earlier.")
        case Extent.TOTAL:
            said = N_("Full validation: {acquired} acquired.")
        case Extent.PARTIAL if before:
            said = N_(
                "Partial validation: {acquired} acquired in this session, {before} "
                "earlier; {missing} missing."
            )
        case Extent.PARTIAL:
            said = N_("Partial validation: {acquired} acquired; {missing} missing.")
        case Extent.NONE if before:
            said = N_(
                "No validation in this session: nothing more acquired than {before}; "
                "{missing} missing."
            )
        case Extent.NONE if acquired:
            said = N_("No validation: parts are not granted; {missing} missing.")
        case _:
            said = N_("No validation: {missing} missing.")
    sentence = _(said).format(
        acquired=named(acquired),
        before=named(before),
        missing=named(missing),
        pending=named(pending),
    )
    if rule.nature == "proposal":
        after = _("The jury proposes; {who} decides.").format(
            who=str(rule.decided_by) or _("the commission")
        )
        return f"{sentence} {after}"
    return sentence
