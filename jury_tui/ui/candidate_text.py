"""What the candidate screen says: rows and sentences, from the session alone."""

from __future__ import annotations

from typing import NamedTuple

from jury_tui.i18n import _
from jury_tui.minutes.results import tally_words
from jury_tui.rules import scoring
from jury_tui.rules.labels import label
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode, Tally
from jury_tui.session.judgement.memory import remembered_of_file
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
    states = judgement.component_results(session, file).items()
    return next((c for c, state in states if state in ("pending", "tie")), "")


def without_reason(session: Session, file: File) -> list[str]:
    """The components refused, whose reasons are still to be written."""
    states = judgement.component_results(session, file).items()
    return [c for c, s in states if s == "not_acquired" and not file.reasons.get(c)]


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
    away = file.status in AWAY
    rows = []
    for key, state in judgement.component_results(session, file).items():
        ballot, going = file.ballot(key), typed.get(key)
        tally, how = None, "away" if away and state == "pending" else ""
        if ballot is not None:
            tally = ballot.tally
            how = "cast" if state == "acquired" and ballot.casting is not None else ""
        elif going is not None and going.count:
            tally, how = going.tally(session), "typed"
        rows.append(_component_row(session, file.candidate.id, key, state, tally, how))
    return rows


@remembered_of_file
def _component_row(
    session: Session,
    _candidate: str,
    component: str,
    state: str,
    tally: Tally | None,
    how: str,
) -> Row:
    """One of them, the same row as long as it says the same."""
    sign, word, tone = result_sign(state)
    if how == "away":
        sign, word, tone = "", "", SOFT
    elif how == "cast":
        word = _("by casting vote")
    elif how == "typed":
        word, tone = _("being typed"), WARN
    counts = [""] * 5
    if tally is not None:
        voices = (tally.for_, tally.against, tally.abstention, tally.blank)
        counts = [str(n) for n in (*voices, tally.did_not_vote)]
    title = f" {grid_text.title(session, component)}"
    less = f"{sign} {_brief_result(state, word)}"
    cells = (
        Cell(title, SOFT if state in ("earlier", "not_asked") else ""),
        Cell(f"{sign} {word}", tone, less),
        *(Cell(c) for c in counts),
    )
    return Row(component, cells)


def _brief_result(state: str, word: str) -> str:
    """A result in the fewest letters that tell it; its sign says the rest."""
    briefly = {
        _("by casting vote"): _("casting"),
        _("being typed"): _("typing"),
        _("to be voted"): _("to vote"),
    }
    if word in briefly:
        return briefly[word]
    brief = {"not_acquired": _("not acq."), "earlier": _("before"), "not_asked": ""}
    return brief.get(state, word)


def voter_rows(session: Session, file: File, component: str, typed: Typed) -> list[Row]:
    """Who votes and how; then who does not, and why."""
    ballot = file.ballot(component)
    named = ballot is None and typed.mode is Mode.NAMED
    rows = []
    if ballot is not None and not ballot.ballots:
        rows += _totals(_by_choice(ballot))
    elif ballot is None and typed.mode is not Mode.NAMED:
        rows += _totals(typed.totals)
    choices = ballot.ballots if ballot is not None else typed.choices if named else {}
    awaited = named and file.status is Status.DELIBERATION
    marks = judgement.marks(file, component) if component else {}
    said_of: dict[Choice | None, Cell] = {}
    for who in _voters(session, file.candidate.id):
        choice = choices.get(who.member)
        said = said_of.get(choice)
        if said is None:
            said = said_of[choice] = _said(choice, awaited)
        if who.member in marks:
            said = _with_mark(said, scoring.write_mark(marks[who.member]))
        rows.append(Row(who.member, (who.name, said, who.seat), who.find))
    return [*rows, *_others(session, file.candidate.id)]


class _Voter(NamedTuple):
    """What the line of somebody who votes says, whatever the vote."""

    member: str
    name: Cell
    seat: Cell
    find: str


@remembered_of_file
def _voters(session: Session, candidate: str) -> list[_Voter]:
    file = session.files[candidate]
    voters, chair = judgement.voters(session, file), judgement.chair(session, file)
    short = short_names(session.formation)
    return [
        _Voter(
            m.id,
            _name_cell(" ★" if m.id == chair else "  ", m, short),
            Cell(judgement.seat_label(session, m.id), SOFT),
            m.name,
        )
        for m in session.members.values()
        if m.id in voters
    ]


def _said(choice: Choice | None, awaited: bool) -> Cell:
    """A member's vote; nothing where none is awaited."""
    if choice is None and not awaited:
        return Cell("", SOFT, "")
    sign, word, tone = choice_sign(choice)
    return Cell(f"{sign} {word}", tone, f"{sign} {_brief(choice)}")


def _with_mark(said: Cell, mark: str) -> Cell:
    sign = said.text[:1] or "…"
    return Cell(f"{said.text}  {mark}", said.tone, f"{sign} {mark}")


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


@remembered_of_file
def _others(session: Session, candidate: str) -> list[Row]:
    """Who sits and does not vote, or would, and why."""
    file = session.files[candidate]
    voters, short = judgement.voters(session, file), short_names(session.formation)
    rows = []
    for member in session.formation:
        if member.id in voters:
            continue
        attendance = session.attendance.get(member.id)
        recused = member.id in file.recused
        sign, word, tone = presence_sign(attendance, recused)
        less = _("not there") if word == _("not there yet") else word
        if not judgement.is_voting(session, member.id):
            if not recused:
                continue
        elif session.is_present(member.id) and not recused:
            sign, word, tone = "–", _("missed the hearing"), WARN
            less = _("missed it")
        rows.append(
            Row(
                member.id,
                (
                    _name_cell("  ", member, short, SOFT),
                    Cell(f"{sign} {word}", tone, f"{sign} {less}"),
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


def decision_lines(session: Session, file: File) -> list[str]:
    """What pronouncing writes."""
    derived = judgement.decision(session, file)
    lines = [derived.explanation, ""]
    components = judgement.components(session)
    for key, state in judgement.component_results(session, file).items():
        component = components[key]
        sign, word, _tone = result_sign(state)
        ballot = file.ballot(key)
        votes = "" if ballot is None else f" ({tally_words(ballot.tally)})"
        lines.append(f"{sign} {key} {label(component.label)} : {word}{votes}")
        if state == "not_acquired" and not file.reasons.get(key):
            lines.append("   " + _("no reason is given yet: [Esc], then [e] writes it"))
    return lines
