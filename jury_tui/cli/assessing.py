"""Marks and grids of one component in plain lines."""

from __future__ import annotations

from collections.abc import Iterator

from jury_tui.i18n import _, ngettext
from jury_tui.rules import grids, scoring
from jury_tui.rules.scoring import Statistics
from jury_tui.session import judgement
from jury_tui.session.session import File, Session


def lines(session: Session, file: File, component: str) -> Iterator[str]:
    """Figures, what is far apart, two readings that differ, and the proposal."""
    marks = scoring.statistics(judgement.standing_marks(file, component).values())
    if marks is not None:
        yield _("Marks: {figures}").format(figures=figures(marks))
    if judgement.entries(file, component):
        found = judgement.assessment(session, file, component)
        said = ngettext("{number} grid", "{number} grids", found.number)
        said = said.format(number=found.number)
        if found.total is not None:
            said = f"{said}, {figures(found.total)}"
        yield _("Assessment: {figures}").format(figures=said)
        yield from (f"  {line_words(line)}" for line in found.lines)
    for difference in judgement.differences(file, component):
        words = judgement.difference_words(session, difference)
        if difference.settled is None:
            yield _("Two entries differ: {difference}").format(difference=words)
        else:
            yield _("Two entries differ: {difference}, settled: {value}").format(
                difference=words, value=judgement.entry_word(difference.settled)
            )
    proposed = judgement.proposed(session, file, component)
    if proposed is not None:
        yield _("Proposal: {explanation}").format(explanation=proposed.explanation)


def figures(found: Statistics) -> str:
    """Mean, median and spread in words."""
    return _("mean {mean}, median {median}, from {low} to {high}").format(
        mean=scoring.write_mark(found.mean),
        median=scoring.write_mark(found.median),
        low=scoring.write_mark(found.lowest),
        high=scoring.write_mark(found.highest),
    )


def line_words(line: grids.Line) -> str:
    """One criterion in words."""
    parts = [f"{n} {scoring.mastery_word(level)}" for level, n in line.levels.items()]
    if line.figures is not None:
        parts.append(figures(line.figures))
    if line.criterion.eliminatory:
        parts.append(_("eliminatory"))
    if line.diverges:
        parts.append(_("far apart"))
    name = f"{line.criterion.id} {line.criterion.label}"
    return _("{name}: {words}").format(name=name, words=", ".join(parts) or "–")
