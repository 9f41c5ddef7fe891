"""Marks and grids: what they propose, and what is a mark at all."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _, listed
from jury_tui.rules import grids, scoring
from jury_tui.session.acts import JURY
from jury_tui.session.judgement.texts import components, rules
from jury_tui.session.session import File, Grid, Session, Settled


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


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What two readers typed differently: levels by name, marks in hundredths.

    Attributes:
        criterion: Empty for a mark on the whole component.
        first, second: None for what one of them did not type.
        settled: What it was settled to; None while it is open.
    """

    member: str
    criterion: str
    first: str | int | None
    second: str | int | None
    settled: str | int | None = None


def marks(file: File, component: str, reader: int = 1) -> dict[str, Fraction]:
    """Marks on a component by member id, in points; ``jury`` for one for all."""
    given = file.marks.get((component, reader), {})
    return {m: scoring.from_hundredths(value) for m, value in given.items()}


def entries(file: File, component: str, reader: int = 1) -> dict[str, Grid]:
    """The grids of a component as one reader typed them, by member."""
    return {
        member: grid
        for (of, by, member), grid in file.grids.items()
        if of == component and by == reader
    }


def standing(file: File, component: str) -> dict[str, grids.Filled]:
    """The grids that count, by member: what was settled goes first.

    Those of members recused since count no more.
    """
    settled = file.readings.get(component, Settled()).grids
    found = {}
    for member, grid in entries(file, component).items():
        if member in file.recused:
            continue
        over = settled.get(member, Grid())
        found[member] = grids.Filled(
            levels={
                name: scoring.Mastery(level)
                for name, level in {**grid.levels, **over.levels}.items()
            },
            marks={
                name: scoring.from_hundredths(value)
                for name, value in {**grid.marks, **over.marks}.items()
            },
        )
    return found


def standing_marks(file: File, component: str) -> dict[str, Fraction]:
    """The marks on a whole component that count, by member."""
    settled = file.readings.get(component, Settled()).marks
    over = {m: scoring.from_hundredths(value) for m, value in settled.items()}
    every = {**marks(file, component), **over}
    return {m: mark for m, mark in every.items() if m not in file.recused}


def assessment(session: Session, file: File, component: str) -> grids.Assessment:
    """What the grids of a component add up to."""
    part, options = components(session)[component], rules(session).grids
    return grids.assess(part, options, standing(file, component), jury=JURY)


def proposed(session: Session, file: File, component: str) -> scoring.Proposal | None:
    """What grids, else marks, say of a component; None when there are none.

    One grid, or mark, given for the jury settles it; grids filled by several members
    propose what the rulebook says that they do.
    """
    if not (file.grids or file.marks or file.readings):
        return None
    if entries(file, component):
        return assessment(session, file, component).proposal
    given = standing_marks(file, component)
    if not given:
        return None
    alone = [given[JURY]] if JURY in given else [*given.values()]
    return scoring.propose(components(session)[component], alone)


def proposal(session: Session, file: File, component: str) -> Proposed | None:
    """The result that grids, else marks, propose; None when they propose none."""
    found = proposed(session, file, component)
    if found is None or found.result is None:
        return None
    return Proposed(
        outcome=_PROPOSES[found.result],
        explanation=found.explanation,
        source=found.source,
    )


# --- two readers -------------------------------------------------------------


def differences(file: File, component: str) -> tuple[Difference, ...]:
    """Everything that two readers typed differently, settled or not."""
    settled = file.readings.get(component, Settled())
    found = []
    first, second = entries(file, component), entries(file, component, reader=2)
    for member, again in second.items():
        one, over = first.get(member, Grid()), settled.grids.get(member, Grid())
        typed: dict[str, str | int] = {**one.levels, **one.marks}
        retyped: dict[str, str | int] = {**again.levels, **again.marks}
        final: dict[str, str | int] = {**over.levels, **over.marks}
        found += [
            Difference(
                member=member,
                criterion=name,
                first=typed.get(name),
                second=retyped.get(name),
                settled=final.get(name),
            )
            for name in {**typed, **retyped}
            if typed.get(name) != retyped.get(name)
        ]
    given = file.marks.get((component, 1), {})
    again_given = file.marks.get((component, 2), {})
    found += [
        Difference(
            member=member,
            criterion="",
            first=given.get(member),
            second=value,
            settled=settled.marks.get(member),
        )
        for member, value in again_given.items()
        if given.get(member) != value
    ]
    return tuple(found)


def unsettled(file: File, component: str) -> tuple[Difference, ...]:
    """What two readers typed differently and nobody settled."""
    return tuple(d for d in differences(file, component) if d.settled is None)


def unread(session: Session, file: File, component: str) -> tuple[str, ...]:
    """Whose grids or marks still await the second reading that the rules ask for."""
    marked, again = (file.marks.get((component, n), {}) for n in (1, 2))
    filled, refilled = (entries(file, component, n) for n in (1, 2))
    if not (marked or filled) or not rules(session).grids.double_entry:
        return ()
    return tuple(
        dict.fromkeys(
            member
            for first, second in ((filled, refilled), (marked, again))
            for member in first
            if member not in second
        )
    )


def difference_words(session: Session, difference: Difference) -> str:
    """One difference in words: whose, of what, and the two entries."""
    who = person(session, difference.member)
    about = f"{who}, {difference.criterion}" if difference.criterion else who
    first, second = (entry_word(e) for e in (difference.first, difference.second))
    return f"{about} ({first} / {second})"


def person(session: Session, member: str) -> str:
    """A member's name, or the jury."""
    known = session.members.get(member)
    return _("the jury") if known is None else known.name


def entry_word(entry: str | int | None) -> str:
    """A level or a mark as people read it."""
    if entry is None:
        return "–"
    if isinstance(entry, int):
        return scoring.write_mark(scoring.from_hundredths(entry))
    return scoring.mastery_word(scoring.Mastery(entry))


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
    refused = {"levels": marked, "marks": levels}.get(part.assessed_by)
    if refused:
        raise RefusedError(
            N_("Component {component} is assessed by {what}, as its text says."),
            component=component,
            what=_("levels") if part.assessed_by == "levels" else _("marks"),
        )
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
