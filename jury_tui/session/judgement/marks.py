"""Marks and grids: what they propose, and what is a mark at all."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed
from jury_tui.rules import scoring
from jury_tui.session.judgement.texts import components
from jury_tui.session.session import File, Session


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What marks or a grid propose for a component: the jury decides."""

    outcome: str
    explanation: str
    source: str = ""


_PROPOSES = {
    scoring.Mastery.ACQUIRED: "carried",
    scoring.Mastery.PARTLY: "not_carried",
    scoring.Mastery.NOT_ACQUIRED: "not_carried",
}


def marks(file: File, component: str, reader: int = 1) -> dict[str, Fraction]:
    """Marks on a component by member id, in points; ``jury`` for one for all."""
    given = file.marks.get((component, reader), {})
    return {m: scoring.from_hundredths(value) for m, value in given.items()}


def proposal(session: Session, file: File, component: str) -> Proposed | None:
    """What grids, else marks, propose for a component; None when nothing does.

    One grid filled for the jury settles it; grids filled by several members propose
    something only where they agree.
    """
    part = components(session)[component]
    proposals = [
        scoring.propose_from_levels(
            part, {k: scoring.Mastery(v) for k, v in grid.levels.items()}
        )
        if grid.levels
        else scoring.propose_from_marks(
            part, {k: scoring.from_hundredths(v) for k, v in grid.marks.items()}
        )
        for (of, reader, _member), grid in file.grids.items()
        if of == component and reader == 1
    ]
    given = marks(file, component)
    if not proposals and given:
        alone = given.get("jury")
        proposals = [scoring.propose(part, [alone] if alone else [*given.values()])]
    results = {p.result for p in proposals}
    if len(results) != 1:
        return None
    (result,) = results
    if result is None:
        return None
    first = proposals[0]
    return Proposed(
        outcome=_PROPOSES[result],
        explanation=first.explanation,
        source=first.source,
    )


def check_mark(session: Session, component: str, value: int) -> None:
    """Refuse a mark that is off its component's scale or between two steps.

    Args:
        session: The session.
        component: The component's id.
        value: Hundredths of a point.

    Raises:
        RefusedError: says the scale.
    """
    scoring.check_mark(
        scoring.from_hundredths(value), components(session)[component].scale
    )


def check_grid(
    session: Session, component: str, levels: dict[str, str], marked: dict[str, int]
) -> None:
    """Refuse a grid with an unknown criterion or level, or a mark off the scale.

    Raises:
        RefusedError: says what is known.
    """
    part = components(session)[component]
    known = [c.id for c in part.criteria]
    strange = [c for c in (*levels, *marked) if c not in known]
    if strange or not (levels or marked) or (levels and marked):
        raise RefusedError(
            N_(
                "A grid gives either a level or a mark to criteria of component "
                "{component}: {known}."
            ),
            component=component,
            known=listed(known) or _("none"),
        )
    for level in levels.values():
        if level not in list(scoring.Mastery):
            raise RefusedError(
                N_("There is no level “{level}”. Levels: {known}."),
                level=level,
                known=listed(m.value for m in scoring.Mastery),
            )
    for value in marked.values():
        check_mark(session, component, value)
