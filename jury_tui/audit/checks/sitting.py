"""Checks of the sitting: composition, quorum, recusals, votes, decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from jury_tui.audit.audited import Audited
from jury_tui.audit.checks.finding import breach, note, warning
from jury_tui.audit.report import AuditFinding
from jury_tui.audit.words import act_words, shown
from jury_tui.errors import JuryError
from jury_tui.i18n import N_
from jury_tui.rules.findings import Finding, Severity, Verdict
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.commands.voting import tally_of


def composition(audited: Audited) -> Iterator[AuditFinding]:
    """Each time it mattered, the jury was composed as its texts ask.

    As appointed and as present at the opening; for the candidate at the hearing, the
    deliberation, each vote and the decision: whatever the guards refused for it.
    """
    for refused in audited.trail.refused:
        for finding in getattr(refused.error, "findings", ()):
            if not isinstance(finding, Finding):
                continue
            yield breach(
                "quorum" if _is_quorum(finding) else "composition",
                N_("Act {act} ({what}): {explanation}"),
                act=refused.number,
                clause=finding.clause,
                candidate=finding.candidate or "",
                required=finding.required,
                observed=finding.observed,
                source=finding.source,
                what=act_words(refused.act),
                explanation=finding.explanation,
            )


def _is_quorum(finding: Finding) -> bool:
    return finding.clause.endswith("/quorum")


def soft_clauses(audited: Audited) -> Iterator[AuditFinding]:
    """What the texts leave open, and what may be justified: said once a clause."""
    said: set[tuple[str, str]] = set()
    justified = {(n.clause, n.candidate) for n in audited.session.justifications}
    for number, findings in found(audited):
        for finding in findings:
            key = (finding.clause, finding.verdict.value)
            if key in said or finding.verdict is Verdict.SATISFIED:
                continue
            if finding.verdict is Verdict.UNDECIDABLE:
                said.add(key)
                yield note(
                    "composition",
                    N_("Undecidable: {explanation}"),
                    act=number,
                    clause=finding.clause,
                    candidate=finding.candidate or "",
                    required=finding.required,
                    observed=finding.observed,
                    source=finding.source,
                    explanation=finding.explanation,
                )
            elif finding.severity is Severity.NOTE or justified & {
                (finding.clause, ""),
                (finding.clause, finding.candidate or ""),
            }:
                said.add(key)
                yield note(
                    "composition",
                    "{explanation}",
                    act=number,
                    clause=finding.clause,
                    candidate=finding.candidate or "",
                    required=finding.required,
                    observed=finding.observed,
                    source=finding.source,
                    explanation=finding.explanation,
                )


def found(audited: Audited) -> Iterator[tuple[int, tuple[Finding, ...]]]:
    """What the rules said at the openings, and at each decision, with the act."""
    if audited.trail.lawless is not None:
        return
    for moment in audited.trail.openings:
        yield moment.number, moment.findings
    for judged in audited.trail.judged:
        # Those of people who sit alike are found once, whoever was judged first.
        yield (
            judged.number,
            tuple(replace(f, candidate=judged.candidate) for f in judged.findings),
        )


def recusals(audited: Audited) -> Iterator[AuditFinding]:
    """Whoever a declared tie compels to leave was recused when it was called."""
    members = audited.session.members
    for owed in audited.trail.owed:
        who = members.get(owed.recusal.member)
        yield breach(
            "recusals",
            N_(
                "Before act {act}: {name} has a declared tie with this candidate that "
                "compels a recusal, and none was recorded."
            ),
            act=owed.number,
            candidate=owed.recusal.candidate,
            name=owed.recusal.member if who is None else who.name,
        )


def ballots(audited: Audited) -> Iterator[AuditFinding]:
    """What the guards did not come to: a vote refused for its bench is counted too."""
    refused = {r.number for r in audited.trail.refused}
    if not refused:
        return
    voices = judgement.voices(audited.session)
    for file in audited.session.files.values():
        for component, taken in file.ballots.items():
            for ballot in taken:
                if ballot.number not in refused:
                    continue
                named = ballot.ballots
                by_name = ballot.mode is a.Mode.NAMED
                counted = tally_of(named, voices)
                if by_name and counted != ballot.tally:
                    yield breach(
                        "votes",
                        N_(
                            "Act {act}, component {component}: the totals are not "
                            "those of the votes by name."
                        ),
                        act=ballot.number,
                        candidate=file.candidate.id,
                        required=shown(counted),
                        observed=shown(ballot.tally),
                        component=component[:40],
                    )
                voted = {*ballot.sat, *ballot.represented}
                strangers = [m for m in named if m not in voted]
                if strangers:
                    yield breach(
                        "votes",
                        N_(
                            "Act {act}, component {component}: {names} voted and did "
                            "not sit for this candidate."
                        ),
                        act=ballot.number,
                        candidate=file.candidate.id,
                        component=component[:40],
                        names=", ".join(_name(audited, m) for m in strangers[:10]),
                    )
                if min(_counts(ballot.tally)) < 0:
                    yield breach(
                        "votes",
                        N_("Act {act}, component {component}: a total is below zero."),
                        act=ballot.number,
                        candidate=file.candidate.id,
                        component=component[:40],
                    )


def _counts(tally: a.Tally) -> tuple[int, ...]:
    return (
        tally.for_,
        tally.against,
        tally.abstention,
        tally.blank,
        tally.did_not_vote,
    )


def _name(audited: Audited, member: str) -> str:
    who = audited.session.members.get(member)
    return member[:40] if who is None else who.name


def decisions(audited: Audited) -> Iterable[AuditFinding]:
    """Every decision that stands is the one its components add up to, to the end."""
    session, trail = audited.session, audited.trail
    sound = not (trail.refused or trail.differs or trail.strays or trail.failures)
    if trail.lawless is not None or sound:
        return  # each decision was judged where it was pronounced
    for file in session.files.values():
        stands = file.decision
        if stands is None:
            continue
        try:
            derived = judgement.decision(session, file)
        except JuryError as error:
            yield breach(
                "decisions",
                N_("Act {act}: the decision does not follow: {why}"),
                act=stands.number,
                candidate=file.candidate.id,
                why=str(error),
            )
            continue
        if (stands.outcome, stands.acquired, stands.remaining) != (
            derived.outcome,
            derived.acquired,
            derived.remaining,
        ):
            recorded = _decision(stands.outcome, stands.acquired)
            due = _decision(derived.outcome, derived.acquired)
            yield breach(
                "decisions",
                N_(
                    "Act {act}: the decision is recorded as “{recorded}”, and the "
                    "components add up to “{derived}”: {why}"
                ),
                act=stands.number,
                candidate=file.candidate.id,
                source=derived.source,
                required=due,
                observed=recorded,
                recorded=recorded,
                derived=due,
                why=derived.explanation,
            )


def _decision(outcome: str, acquired: tuple[str, ...]) -> str:
    return f"{judgement.outcome_word(outcome)} ({', '.join(acquired) or '–'})"


def undone(audited: Audited) -> Iterator[AuditFinding]:
    """Corrections by undoing, when they are many."""
    number = len(audited.session.undone)
    if number > 10 and number * 5 > len(audited.acts):
        yield warning(
            "undone",
            N_("{number} acts of {count} were undone: look at why."),
            number=number,
            count=len(audited.acts),
        )
