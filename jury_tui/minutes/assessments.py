"""The annex about marks and assessment grids: figures, and no member's name."""

from __future__ import annotations

from fractions import Fraction

from jury_tui.i18n import _, listed, ngettext
from jury_tui.minutes.content import Column, Kind, Page, Row, Section, Table
from jury_tui.minutes.results import component_name
from jury_tui.session import judgement
from jury_tui.session.session import File, Session


def assessed(session: Session) -> bool:
    """Whether there is anything to print."""
    return any(file.marks or file.grids for file in session.agenda)


def page(session: Session, annex: int) -> Page:
    """Marks and grids per candidate and component, as statistics."""
    tables = [t for t in (_marks(session), _grids(session)) if t.rows]
    return Page(
        key="marks",
        name=_("Marks"),
        title=_("Annex {number}: marks and their statistics").format(number=annex),
        sections=tuple(Section("", (table,)) for table in tables),
        landscape=True,
    )


def _marks(session: Session) -> Table:
    """Marks per candidate and component: number, mean, median, spread; no names."""
    rows = []
    for file in session.agenda:
        for (component, reader), given in file.marks.items():
            values = sorted(given.values())
            if not values:
                continue
            rows.append(
                Row(
                    (
                        file.candidate.name,
                        file.candidate.file_number,
                        component_name(session, component),
                        reader,
                        len(values),
                        points(round(Fraction(sum(values), len(values)))),
                        points(round(_middle(values))),
                        points(values[0]),
                        points(values[-1]),
                    )
                )
            )
    return Table(
        (
            Column(_("Candidate"), 26),
            Column(_("File"), 14),
            Column(_("Component"), 26),
            Column(_("Reader"), 8, Kind.INTEGER),
            Column(_("Marks given"), 8, Kind.INTEGER),
            Column(_("Mean"), 8),
            Column(_("Median"), 8),
            Column(_("Lowest"), 8),
            Column(_("Highest"), 8),
        ),
        tuple(rows),
    )


def _grids(session: Session) -> Table:
    """One row a component assessed by grids: figures, divergence, the proposal."""
    rows = []
    for file in session.agenda:
        for component in judgement.components(session):
            if not judgement.entries(file, component):
                continue
            found = judgement.assessment(session, file, component)
            total = found.total
            figures = (
                ("–",) * 4
                if total is None
                else tuple(
                    points(round(mark * 100))
                    for mark in (total.mean, total.median, total.lowest, total.highest)
                )
            )
            apart = [line.criterion.id for line in found.lines if line.diverges]
            rows.append(
                Row(
                    (
                        file.candidate.name,
                        file.candidate.file_number,
                        component_name(session, component),
                        found.number,
                        *figures,
                        listed(apart) or "–",
                        _second(file, component),
                        found.proposal.explanation,
                    )
                )
            )
    return Table(
        (
            Column(_("Candidate"), 18),
            Column(_("File"), 10),
            Column(_("Component"), 18),
            Column(_("Grids"), 6, Kind.INTEGER),
            Column(_("Mean"), 9),
            Column(_("Median"), 9),
            Column(_("Lowest"), 10),
            Column(_("Highest"), 10),
            Column(_("Far apart on"), 12),
            Column(_("Second entry"), 12),
            Column(_("Proposal"), 30),
        ),
        tuple(rows),
    )


def _second(file: File, component: str) -> str:
    """What the second reading found, in a few words."""
    if not judgement.entries(file, component, reader=2):
        return _("none (reading)").partition(" (")[0]
    number = len(judgement.differences(file, component))
    if not number:
        return _("the same")
    left = len(judgement.unsettled(file, component))
    if left:
        return _("{number} not settled").format(number=left)
    return ngettext("{number} settled", "{number} settled", number).format(
        number=number
    )


def _middle(values: list[int]) -> Fraction:
    half = len(values) // 2
    return Fraction(values[half] + values[~half], 2)


def points(hundredths: int) -> str:
    """A mark as people write it: ``12,25`` in French, ``12.25`` in English."""
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return _("{whole}.{rest}").format(whole=f"{sign}{whole}", rest=f"{rest:02d}")
