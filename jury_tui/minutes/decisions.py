"""Annexes about candidates: civil status, votes and decisions, marks."""

from __future__ import annotations

from jury_tui.errors import RefusedError
from jury_tui.i18n import _, agreed, listed
from jury_tui.minutes import moments
from jury_tui.minutes.content import Cell, Column, Kind, Page, Row, Section, Table, Tone
from jury_tui.minutes.phrases import (
    ABSENT,
    POSTPONED,
    PRESENTED,
    REGISTERED,
    ballot_outcome,
    mode_word,
)
from jury_tui.minutes.results import component_name, decision_words
from jury_tui.session import judgement
from jury_tui.session.session import Ballot, File, Pronounced, Session, Status


def candidates_page(session: Session) -> Page:
    """Annex 2, first part: who the candidates are."""
    rows = []
    for rank, file in enumerate(session.agenda, start=1):
        c = file.candidate
        rows.append(
            Row(
                (
                    rank,
                    c.birth_name.upper(),
                    c.use_name.upper(),
                    c.given_names,
                    c.birth_date or "",
                    c.birth_place,
                    c.file_number,
                    c.parcours_start or "",
                    c.admissible_on or "",
                    ", ".join(judgement.asked(session, file)),
                    _state(file),
                )
            )
        )
    table = Table(
        (
            Column(_("No."), 4, Kind.INTEGER),
            Column(_("Birth name"), 18),
            Column(_("Name in use"), 16),
            Column(_("Given names"), 16),
            Column(_("Date of birth"), 11, Kind.DATE),
            Column(_("Place of birth"), 16),
            Column(_("File"), 12),
            Column(_("Start of the parcours"), 11, Kind.DATE),
            Column(_("Admissible on"), 11, Kind.DATE),
            Column(_("Components asked"), 13),
            Column(_("State"), 14),
        ),
        tuple(rows),
    )
    return Page(
        key="candidates",
        name=_("Candidates|sheet").partition("|")[0],
        title=_("Annex 2: candidates"),
        sections=(Section("", (table,)),),
        landscape=True,
    )


def _state(file: File) -> str:
    forms = REGISTERED if file.called_at is None else PRESENTED
    if file.status is Status.ABSENT:
        forms = ABSENT
    elif file.status is Status.POSTPONED:
        forms = POSTPONED
    return agreed(forms, file.candidate.gender)


def decisions_page(session: Session) -> Page:
    """Annex 2, second part: one row a candidate and component, then the decision."""
    rows: list[Row] = []
    for file in session.agenda:
        rows += component_rows(session, file)
        rows.append(_decision_row(session, file, file.decision))
    table = Table(decision_columns(), tuple(rows))
    return Page(
        key="decisions",
        name=_("Decisions"),
        title=_("Annex 2 (continued): votes and decisions per candidate and component"),
        sections=(Section("", (table,)),),
        landscape=True,
    )


def decision_columns() -> tuple[Column, ...]:
    """The columns of a table of decisions."""
    return (
        Column(_("Candidate"), 17),
        Column(_("File"), 13),
        Column(_("Component"), 20),
        Column(_("Result"), 16),
        Column(_("Mode of voting"), 11),
        Column(_("For"), 6, Kind.INTEGER),
        Column(_("Against"), 8, Kind.INTEGER),
        Column(_("Abstentions"), 7, Kind.INTEGER),
        Column(_("Blank"), 8, Kind.INTEGER),
        Column(_("Did not vote"), 7, Kind.INTEGER),
        Column(_("Recused"), 10, Kind.INTEGER),
        Column(_("Absent"), 9, Kind.INTEGER),
        Column(_("Casting vote"), 11),
        Column(_("Reasons"), 31),
        Column(_("Recommendations"), 19),
    )


def component_rows(session: Session, file: File) -> list[Row]:
    """One row a component: the vote that stands and those taken again.

    What was typed by mistake is no vote: it is told with the votes of the session.
    """
    rows = []
    earlier = {a.component: a for a in file.candidate.acquired}
    who = (file.candidate.name, file.candidate.file_number)
    for component in judgement.components(session):
        name = component_name(session, component)
        if component in earlier:
            where = judgement.acquired_where(earlier[component])
            rows.append(
                Row(
                    (
                        *who,
                        name,
                        _("acquired earlier"),
                        *("",) * 9,
                        _("Acquired earlier: {where}.").format(where=where),
                        "",
                    ),
                    Tone.MUTED,
                )
            )
            continue
        if component not in judgement.asked(session, file):
            continue
        taken = voted(file.ballots.get(component, ()))
        rows += [_ballot_row(session, file, component, name, b) for b in taken]
        if not taken and file.status not in (Status.ABSENT, Status.POSTPONED):
            result = _("not voted on")
            rows.append(Row((*who, name, result, *("",) * 11), Tone.MUTED))
    return rows


def voted(taken: tuple[Ballot, ...]) -> tuple[Ballot, ...]:
    """The votes that were cast: without those that were but typed by mistake."""
    return tuple(ballot for ballot in taken if ballot.mistyped is None)


def apart(session: Session, file: File, ballot: Ballot) -> tuple[int, int]:
    """Voting members who took no part in a vote: recused, and away.

    With those who voted they add up to the voting members of that moment. Away
    are those who were not there, or not at the whole hearing.
    """
    then = moments.view(session, ballot.at, ballot.sat)
    voters = {m.id for m in judgement.voting_members(then)}
    recused = sum(
        recusal.at <= ballot.at and member not in ballot.sat
        for member, recusal in file.recusals.items()
        if member in voters
    )
    took_part = len(voters.intersection((*ballot.sat, *ballot.represented)))
    return recused, max(0, len(voters) - recused - took_part)


def _ballot_row(
    session: Session, file: File, component: str, name: str, ballot: Ballot
) -> Row:
    tally = ballot.tally
    again = ballot.reopened is not None
    reasons = (
        [_("Vote taken again: {reason}").format(reason=ballot.reopened)]
        if again
        else []
    )
    if not again:
        reasons = [
            file.reasons.get(component, ""),
            _("Departs from the marks: {reason}").format(reason=ballot.reason)
            if ballot.reason
            else "",
        ]
    outcome = ballot_outcome(ballot.outcome)
    return Row(
        (
            file.candidate.name,
            file.candidate.file_number,
            name,
            _("{outcome}, then taken again").format(outcome=outcome)
            if again
            else outcome,
            mode_word(ballot.mode),
            tally.for_,
            tally.against,
            tally.abstention,
            tally.blank,
            tally.did_not_vote,
            *apart(session, file, ballot),
            judgement.choice_word(ballot.casting) if ballot.casting else "",
            "\n".join(r for r in reasons if r),
            "" if again else file.recommendations.get(component, ""),
        ),
        Tone.MUTED if again else Tone.PLAIN,
    )


def _decision_row(session: Session, file: File, decided: Pronounced | None) -> Row:
    words = decision_words(session, file)
    detail = ""
    if decided is not None:
        detail = "\n".join(
            (
                _explained(session, file, decided),
                _("Sat for this candidate: {names}.").format(
                    names=listed(m.name for m in moments.sat(session, file))
                ),
            )
        )
    elif file.settled:
        detail = file.absent_reason or file.postponed_reason
    cells: tuple[Cell, ...] = (
        file.candidate.name,
        file.candidate.file_number,
        _("Decision"),
        words,
        *("",) * 9,
        detail,
        "",
    )
    return Row(cells, Tone.STRONG)


def _explained(session: Session, file: File, decided: Pronounced) -> str:
    """What was acquired at this session and what earlier; else as pronounced."""
    try:
        return judgement.decision(session, file).explanation
    except RefusedError:  # a register that no command wrote: votes are missing
        acquired = (
            ", ".join(decided.acquired) or _("none (component)").partition(" (")[0]
        )
        detail = _("Acquired: {acquired}.").format(acquired=acquired)
        if decided.remaining:
            detail += " " + _("Remaining: {remaining}.").format(
                remaining=", ".join(decided.remaining)
            )
        return detail


def named_votes_page(session: Session) -> Page:
    """Votes by name, printed only where the rules ask for it."""
    rows = []
    for file in session.agenda:
        for component, taken in file.ballots.items():
            for rank, ballot in enumerate(voted(taken), start=1):
                for member, choice in ballot.ballots.items():
                    person = session.members.get(member)
                    rows.append(
                        Row(
                            (
                                file.candidate.name,
                                file.candidate.file_number,
                                component,
                                rank,
                                person.name if person else member,
                                judgement.choice_word(choice),
                                ballot_outcome(ballot.outcome),
                            ),
                            Tone.PLAIN if ballot.reopened is None else Tone.MUTED,
                        )
                    )
    table = Table(
        (
            Column(_("Candidate"), 26),
            Column(_("File"), 14),
            Column(_("Component"), 12),
            Column(_("Vote No."), 6, Kind.INTEGER),
            Column(_("Member"), 26),
            Column(_("Choice"), 14),
            Column(_("Result"), 14),
        ),
        tuple(rows),
    )
    return Page(
        key="named_votes",
        name=_("Votes by name"),
        title=_("Annex 4: votes by name"),
        sections=(Section("", (table,)),),
    )
