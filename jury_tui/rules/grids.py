"""Several assessment grids of one component: figures, divergence, what they propose.

A criterion has a level or a mark. Where the text says what a level is worth, levels
are marks like any other; where it does not, they are counted and ranked, never
averaged.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from jury_tui.i18n import _, listed
from jury_tui.rules import scoring
from jury_tui.rules.model import Component, Criterion, GridOptions
from jury_tui.rules.scoring import Mastery, Proposal, Statistics

RANKS = {Mastery.NOT_ACQUIRED: 0, Mastery.PARTLY: 1, Mastery.ACQUIRED: 2}
"""Levels in order: how far apart two of them are."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """One grid: a level or a mark by criterion."""

    levels: dict[str, Mastery] = {}
    marks: dict[str, Fraction] = {}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What all the grids say of one criterion.

    Attributes:
        levels: How many gave each level.
        points: The marks given, and what the levels given are worth.
        figures: Their statistics; None when there are none.
        diverges: Whether those who filled the grids are far apart.
    """

    criterion: Criterion
    levels: dict[Mastery, int] = {}
    points: tuple[Fraction, ...] = ()
    figures: Statistics | None = None
    diverges: bool = False

    @property
    def median(self) -> Mastery | None:
        """The level in the middle; of two, the lower one."""
        every = [level for level in RANKS for _n in range(self.levels.get(level, 0))]
        return every[(len(every) - 1) // 2] if every else None


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """A component as its grids assess it.

    Attributes:
        number: How many grids were filled; one for the jury stands beside them.
        means: The mean of each whole grid, by weight.
        total: Their statistics; None where no whole grid is in points.
        diverges: Whether those means are far apart.
    """

    number: int
    lines: tuple[Line, ...]
    means: tuple[Fraction, ...]
    total: Statistics | None
    diverges: bool
    proposal: Proposal


def assess(
    component: Component,
    options: GridOptions,
    filled: Mapping[str, Filled],
    jury: str = "",
) -> Assessment:
    """What the grids of a component add up to.

    Args:
        component: The component.
        options: How its grids are read.
        filled: The grids, by who filled them.
        jury: Whose grid settles it for all, where it is there.
    """
    chosen = {jury: filled[jury]} if jury in filled else filled
    # What the members think of it is told of the members.
    filled = {who: grid for who, grid in filled.items() if who != jury} or filled
    points = {who: in_points(component, grid) for who, grid in filled.items()}
    every = (scoring.grid_mean(component, given) for given in points.values())
    means = tuple(mean for mean in every if mean is not None)
    total = scoring.statistics(means)
    return Assessment(
        number=len(filled),
        lines=tuple(
            _line(component, options, criterion, filled, points)
            for criterion in component.criteria
        ),
        means=means,
        total=total,
        diverges=apart(component, options, total),
        proposal=_propose(component, options, chosen),
    )


def in_points(component: Component, grid: Filled) -> dict[str, Fraction]:
    """The marks of a grid, and what its levels are worth where the text says so."""
    worth = component.scale.points
    if worth is None:
        return dict(grid.marks)
    return {
        **{
            name: Fraction(getattr(worth, level.value))
            for name, level in grid.levels.items()
        },
        **grid.marks,
    }


def _line(
    component: Component,
    options: GridOptions,
    criterion: Criterion,
    filled: Mapping[str, Filled],
    points: Mapping[str, Mapping[str, Fraction]],
) -> Line:
    name = criterion.id
    levels = [grid.levels[name] for grid in filled.values() if name in grid.levels]
    marks = [grid.marks[name] for grid in filled.values() if name in grid.marks]
    given = tuple(of[name] for of in points.values() if name in of)
    ranks = [RANKS[level] for level in levels]
    most = options.levels_apart
    far = bool(ranks and most) and max(ranks) - min(ranks) >= (most or 0)
    return Line(
        criterion=criterion,
        levels={level: levels.count(level) for level in Mastery if level in levels},
        points=given,
        figures=scoring.statistics(given),
        diverges=far or apart(component, options, scoring.statistics(marks)),
    )


def apart(
    component: Component, options: GridOptions, figures: Statistics | None
) -> bool:
    """Whether marks are so far apart that it must be said."""
    if figures is None or figures.number < 2 or not options.divergence:
        return False
    scale = component.scale
    whole = Fraction(scale.maximum) - Fraction(scale.minimum)
    return figures.spread > 0 and figures.spread >= Fraction(options.divergence) * whole


def _propose(
    component: Component, options: GridOptions, filled: Mapping[str, Filled]
) -> Proposal:
    if not filled:
        return Proposal(result=None, explanation=_("No grid is filled."))
    grids = list(filled.values())
    if len(grids) == 1:
        return propose_one(component, grids[0])
    ranked = component.scale.points is None and any(grid.levels for grid in grids)
    if options.combine == "mean" and not ranked:
        return _from_means(component, grids)
    proposals = [propose_one(component, grid) for grid in grids]
    results = {proposal.result for proposal in proposals}
    if len(results) == 1:
        (result,) = results
        if result is None:
            return proposals[0]
        return _told(proposals[0], _("{number} grids agree: {derivation}"), len(grids))
    words = [(m, scoring.mastery_word(m)) for m in Mastery]
    counts = [
        f"{number} {word}"
        for level, word in (*words, (None, _("nothing proposed")))
        if (number := sum(p.result is level for p in proposals))
    ]
    said = _("The grids do not agree ({counts}): nothing is proposed.")
    return Proposal(result=None, explanation=said.format(counts=listed(counts)))


def _told(proposal: Proposal, said: str, number: int) -> Proposal:
    words = said.format(number=number, derivation=proposal.explanation)
    return msgspec.structs.replace(proposal, explanation=words)


def propose_one(component: Component, grid: Filled) -> Proposal:
    """What one grid proposes."""
    if grid.levels and component.scale.points is None:
        return scoring.propose_from_levels(component, grid.levels)
    levels = grid.levels or None
    return scoring.propose_from_marks(component, in_points(component, grid), levels)


def _from_means(component: Component, grids: list[Filled]) -> Proposal:
    every = [in_points(component, grid) for grid in grids]
    means = {}
    for criterion in component.criteria:
        given = [points[criterion.id] for points in every if criterion.id in points]
        if given:
            means[criterion.id] = sum(given, Fraction(0)) / len(given)
    levels: dict[str, Mastery] | None = None
    if any(grid.levels for grid in grids):
        levels = {}
    found = scoring.propose_from_marks(component, means, levels)
    if found.result is None:
        return found
    return _told(found, _("mean of {number} grids: {derivation}"), len(grids))
