"""What the candidate screen says: rows and sentences, from the session alone."""

from __future__ import annotations

from collections.abc import Iterable

from jury_tui.i18n import _
from jury_tui.rules import scoring
from jury_tui.rules.labels import label
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode
from jury_tui.session.session import Ballot, File, Session, Status
from jury_tui.ui import grid_text
from jury_tui.ui.voting import Typed
from jury_tui.ui.widgets.rows import Cell, Row
from jury_tui.ui.words import (
    SOFT,
    WARN,
    choice_sign,
    presence_sign,
    result_sign,
    short_names,
)

Part = tuple[str, str]
AWAY = (Status.ABSENT, Status.POSTPONED)
JUDGED = (Status.CALLED, Status.HEARING, Status.HEARD)
"""On the table, and the jury does not deliberate yet."""


def first_pending(session: Session, file: File) -> str:
    """The first component that awaits a vote or a casting vote; else empty."""
    for component in judgement.components(session):
        if judgement.component_result(session, file, component) in ("pending", "tie"):
            return component
    return ""


def without_reason(session: Session, file: File) -> list[str]:
    """The components refused, whose reasons are still to be written."""
    return [
        c
        for c in judgement.asked(session, file)
        if judgement.component_result(session, file, c) == "not_acquired"
        and not file.reasons.get(c)
    ]


def to_reason(session: Session, file: File, component: str) -> str:
    """The component whose reasons are written: the one under the cursor.

    Once a vote is counted the cursor is on the next component, on which nothing was
    voted; the reasons that are spoken then are those of the vote that was lost.
    """
    if judgement.component_result(session, file, component) != "pending":
        return component
    return next(reversed(without_reason(session, file)), component)


def first_awaited(session: Session, file: File) -> str:
    """The first component that awaits a vote; else, the first that awaits reasons."""
    pending = first_pending(session, file)
    if pending or file.status is not Status.DELIBERATION:
        return pending
    return next(iter(without_reason(session, file)), "")


def component_rows(session: Session, file: File, typed: dict[str, Typed]) -> list[Row]:
    """One row a component: result and totals."""
    rows = []
    for key in judgement.components(session):
        state = judgement.component_result(session, file, key)
        sign, word, tone = result_sign(state)
        ballot = file.ballot(key)
        going = typed.get(key)
        if file.status in AWAY and state == "pending":
            sign, word, tone = "", "", SOFT
        if ballot is not None:
            tally = ballot.tally
            if state == "acquired" and ballot.casting is not None:
                word = _("by casting vote")
        elif going is not None and going.count:
            tally = going.tally(session)
            word, tone = _("being typed"), WARN
        else:
            tally = None
        counts = (
            ("",) * 5
            if tally is None
            else tuple(
                str(n)
                for n in (
                    tally.for_,
                    tally.against,
                    tally.abstention,
                    tally.blank,
                    tally.did_not_vote,
                )
            )
        )
        title = f" {grid_text.title(session, key)}"
        less = sign if state == "pending" else f"{sign} {_brief_result(state, word)}"
        rows.append(
            Row(
                key,
                (
                    Cell(title, SOFT if state in ("earlier", "not_asked") else ""),
                    Cell(f"{sign} {word}", tone, less),
                    *(Cell(c) for c in counts),
                ),
                "",
            )
        )
    return rows


def _brief_result(state: str, word: str) -> str:
    """A result in the fewest letters that tell it; its sign says the rest."""
    brief = {"not_acquired": _("not acq."), "earlier": _("before"), "not_asked": ""}
    return brief.get(state, word)


def voter_rows(session: Session, file: File, component: str, typed: Typed) -> list[Row]:
    """Who votes and how; then who does not, and why."""
    voters = judgement.voters(session, file)
    ballot = file.ballot(component)
    named = ballot is None and typed.mode is Mode.NAMED
    rows = []
    if ballot is not None and not ballot.ballots:
        rows += _totals(_by_choice(ballot))
    elif ballot is None and typed.mode is not Mode.NAMED:
        rows += _totals(typed.totals)
    chair = judgement.chair(session, file)
    marks = judgement.marks(file, component) if component else {}
    short = short_names(session.formation)
    for member in session.members.values():
        if member.id not in voters:
            continue
        choice = (
            typed.choices.get(member.id)
            if named
            else (ballot.ballots.get(member.id) if ballot is not None else None)
        )
        sign, word, tone = choice_sign(choice)
        said, less = f"{sign} {word}", f"{sign} {_brief(choice)}"
        if choice is None and (not named or file.status is not Status.DELIBERATION):
            said, less, tone = "", "", SOFT
        if member.id in marks:
            mark = scoring.write_mark(marks[member.id])
            said, less = f"{said}  {mark}", f"{sign} {mark}"
        star = "★" if member.id == chair else " "
        rows.append(
            Row(
                member.id,
                (
                    _name_cell(f" {star}", member, short),
                    Cell(said, tone, less),
                    Cell(judgement.seat_label(session, member.id), SOFT),
                ),
                member.name,
            )
        )
    return [*rows, *_others(session, file, voters, short)]


def _brief(choice: Choice | None) -> str:
    """A vote in the fewest letters that tell it."""
    if choice is None:
        return ""
    return {
        Choice.ABSTENTION: _("abst."),
        Choice.DID_NOT_VOTE: _("no vote"),
    }.get(choice, judgement.choice_word(choice))


def _name_cell(
    before: str, member: Member, short: dict[str, str], tone: str = ""
) -> Cell:
    """A name, with initials where it does not fit."""
    initials = short.get(member.id, member.name)
    return Cell(f"{before}{member.name}", tone, f"{before}{initials}")


def _others(
    session: Session, file: File, voters: tuple[str, ...], short: dict[str, str]
) -> list[Row]:
    rows = []
    for member in session.formation:
        if member.id in voters:
            continue
        attendance = session.attendance.get(member.id)
        recused = member.id in file.recused
        sign, word, tone = presence_sign(attendance, recused)
        if not judgement.is_voting(session, member.id):
            if not recused:
                continue
        elif session.is_present(member.id) and not recused:
            sign, word, tone = "–", _("missed the hearing"), WARN
        rows.append(
            Row(
                member.id,
                (
                    _name_cell("  ", member, short, SOFT),
                    Cell(f"{sign} {word}", tone),
                    Cell(judgement.seat_label(session, member.id), SOFT),
                ),
                member.name,
            )
        )
    return rows


def _by_choice(ballot: Ballot) -> dict[Choice, int]:
    tally = ballot.tally
    return {
        Choice.FOR: tally.for_,
        Choice.AGAINST: tally.against,
        Choice.ABSTENTION: tally.abstention,
        Choice.BLANK: tally.blank,
        Choice.DID_NOT_VOTE: tally.did_not_vote,
    }


def _totals(totals: dict[Choice, int]) -> list[Row]:
    rows = []
    for choice in Choice:
        sign, word, tone = choice_sign(choice)
        number = totals.get(choice, 0)
        rows.append(
            Row(
                choice.value,
                (
                    Cell(f" {sign} {word}", tone),
                    Cell(f"{number}  {'▪' * number}", tone if number else SOFT),
                    Cell(""),
                ),
            )
        )
    return rows


def stayed_last(session: Session, invited: Iterable[Member]) -> list[str]:
    """Which invitees stayed when the jury last deliberated and they could."""
    past = sorted(
        (f.deliberation_started, number, f)
        for number, f in enumerate(session.files.values())
        if f.deliberation_started is not None
    )
    return [
        m.id
        for m in invited
        for last in [f for _at, _n, f in past if m.id not in f.recused][-1:]
        if m.id in last.deliberated_by_invitees
    ]


def decision_lines(session: Session, file: File) -> list[str]:
    """What pronouncing writes."""
    derived = judgement.decision(session, file)
    lines = [derived.explanation, ""]
    for key, component in judgement.components(session).items():
        state = judgement.component_result(session, file, key)
        sign, word, _tone = result_sign(state)
        ballot = file.ballot(key)
        votes = ""
        if ballot is not None:
            votes = _(" ({for_} for, {against} against, {other} other)").format(
                for_=ballot.tally.for_,
                against=ballot.tally.against,
                other=ballot.tally.total - ballot.tally.for_ - ballot.tally.against,
            )
        lines.append(f"{sign} {key} {label(component.label)} : {word}{votes}")
        if state == "not_acquired" and not file.reasons.get(key):
            lines.append("   " + _("no reason is given yet: Esc, then e writes it"))
    return lines
