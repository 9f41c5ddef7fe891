"""What the candidate screen says: rows and sentences, from the session alone."""

from __future__ import annotations

from textual.content import Content

from jury_tui.errors import JuryError
from jury_tui.i18n import _, clock, listed, short_date
from jury_tui.rules import scoring
from jury_tui.rules.labels import label
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode
from jury_tui.session.session import Ballot, File, Session, Status
from jury_tui.ui import grid_text, grids, voting
from jury_tui.ui.light import TONES
from jury_tui.ui.voting import Typed
from jury_tui.ui.widgets.lines import Cell, Row
from jury_tui.ui.words import (
    OK,
    SOFT,
    WARN,
    choice_sign,
    plain,
    presence_sign,
    result_sign,
    status_sign,
    tie_word,
)

Part = tuple[str, str]
AWAY = (Status.ABSENT, Status.POSTPONED)


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
            tally = going.tally()
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
        rows.append(
            Row(
                key,
                (
                    Cell(title, SOFT if state in ("earlier", "not_asked") else ""),
                    Cell(f"{sign} {word}", tone),
                    *(Cell(c) for c in counts),
                ),
                "",
            )
        )
    return rows


def voter_rows(session: Session, file: File, component: str, typed: Typed) -> list[Row]:
    """Who votes and how; then who does not, and why."""
    voters = judgement.sitting_voters(session, file)
    ballot = file.ballot(component)
    named = ballot is None and typed.mode is Mode.NAMED
    rows = []
    if ballot is not None and not ballot.ballots:
        rows += _totals(_by_choice(ballot))
    elif ballot is None and typed.mode is not Mode.NAMED:
        rows += _totals(typed.totals)
    chair = judgement.chair(session, file)
    marks = judgement.marks(file, component) if component else {}
    for member in session.members.values():
        if member.id not in voters:
            continue
        choice = (
            typed.choices.get(member.id)
            if named
            else (ballot.ballots.get(member.id) if ballot is not None else None)
        )
        sign, word, tone = choice_sign(choice)
        said = f"{sign} {word}"
        if choice is None and (not named or file.status in AWAY):
            said, tone = "", SOFT
        if member.id in marks:
            said = f"{said}  {scoring.write_mark(marks[member.id])}"
        star = "★ " if member.id == chair else "  "
        rows.append(
            Row(
                member.id,
                (
                    Cell(f" {star}{member.name}"),
                    Cell(said, tone),
                    Cell(judgement.seat_label(session, member.id), SOFT),
                ),
                member.name,
            )
        )
    return [*rows, *_others(session, file, voters)]


def _others(session: Session, file: File, voters: tuple[str, ...]) -> list[Row]:
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
                    Cell(f"   {member.name}", SOFT),
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


# --- the detail --------------------------------------------------------------


def detail(session: Session, file: File, component: str, typed: Typed) -> Content:
    """What is to be known now, the most useful first."""
    parts: list[Part] = []
    if file.status in AWAY:
        sign, word, _tone = status_sign(file)
        parts.append((f" {sign} {word}\n", "bold"))
    try:
        if component and file.status is Status.DELIBERATION:
            parts += _vote_lines(session, file, component, typed)
        parts += _decision(session, file)
        parts += _assessed(session, file, component)
        parts += _reasons(file, component)
    except JuryError as error:
        parts.append((f" {error}\n", TONES[WARN]))
    parts += _recusals(session, file)
    parts += _facts(session, file)
    return Content.assemble(*parts)


def _vote_lines(
    session: Session, file: File, component: str, typed: Typed
) -> list[Part]:
    state = judgement.component_result(session, file, component)
    if state == "earlier":
        where = next(
            judgement.acquired_where(a)
            for a in file.candidate.acquired
            if a.component == component
        )
        return [
            (
                " "
                + _("{component}: already acquired ({where}), locked.").format(
                    component=component, where=where
                )
                + "\n",
                TONES[SOFT],
            )
        ]
    if state == "not_asked":
        return []
    ballot = file.ballot(component)
    if ballot is not None:
        result = judgement.ballot_result(session, file, ballot)
        head = _("{component}:").format(component=component)
        lines = [(f" {head} {result.explanation}\n", "bold")]
        if result.source:
            lines.append((f"   {result.source}\n", TONES[SOFT]))
        if ballot.reason:
            lines.append((f"   {plain(ballot.reason)}\n", ""))
    else:
        voters = judgement.sitting_voters(session, file)
        would = voting.would_be(session, file, typed, voters)
        lines = [
            (" " + _("{component}:").format(component=component) + " ", "bold"),
            (would.text, TONES[OK] if would.sure else "bold"),
        ]
        left = voting.missing(session, typed, voters)
        if left:
            lines.append(
                (" · " + _("missing: {names}").format(names=left), TONES[WARN])
            )
        if typed.count:
            lines.append((" · " + _("not counted yet"), TONES[WARN]))
        lines.append(("\n", ""))
    earlier = [b for b in file.ballots.get(component, ()) if b.reopened is not None]
    for old in earlier:
        tally = old.tally
        lines.append(
            (
                "   "
                + _(
                    "Taken again after {time} ({for_} for, {against} against): {reason}"
                ).format(
                    time=clock(old.at),
                    for_=tally.for_,
                    against=tally.against,
                    reason=plain(old.reopened or ""),
                )
                + "\n",
                TONES[SOFT],
            )
        )
    return lines


def _decision(session: Session, file: File) -> list[Part]:
    if file.status not in (Status.DELIBERATION, Status.DECIDED):
        return []
    decided = file.decision
    if decided is not None:
        words = judgement.outcome_word(decided.outcome)
        return [(" " + _("Decision: {words}.").format(words=words) + "\n", "bold")]
    try:
        derived = judgement.decision(session, file)
    except JuryError as error:
        return [(" " + _("Decision: …") + f" {error}\n", TONES[SOFT])]
    return [
        (" " + _("Decision to pronounce:") + " ", "bold"),
        (f"{derived.explanation}\n", ""),
    ]


def _assessed(session: Session, file: File, component: str) -> list[Part]:
    """What grids and marks add up to, and what two readers left open."""
    if not component:
        return []
    sheet = grids.sheet(session, file, component, 1, False, {})
    told = grids.found(session, file, sheet)
    if told.proposal is None:
        return []
    lines = grid_text.summary(sheet.part.scale, told)
    open_ = grid_text.readings(session, file, component)
    return [*lines, *open_, *grid_text.source(told)]


def _reasons(file: File, component: str) -> list[Part]:
    lines: list[Part] = []
    if file.reasons.get(component):
        text = plain(file.reasons[component])
        lines.append((" " + _("Reasons: {text}").format(text=text) + "\n", ""))
    if file.recommendations.get(component):
        text = plain(file.recommendations[component])
        lines.append((" " + _("Recommendation: {text}").format(text=text) + "\n", ""))
    return lines


def _recusals(session: Session, file: File) -> list[Part]:
    lines: list[Part] = []
    for recusal in file.recusals.values():
        member = session.members.get(recusal.member)
        if member is None:
            continue
        text = f"{plain(member.name)} : {tie_word(recusal.kind)}"
        if recusal.reason:
            text += f" ({plain(recusal.reason)})"
        if recusal.lifted is not None:
            lines.append(
                (
                    " " + _("Recusal lifted: {text}").format(text=text) + "\n",
                    TONES[SOFT],
                )
            )
        else:
            lines.append(
                (" " + _("Recused: {text}").format(text=text) + "\n", TONES[WARN])
            )
    return lines


def _facts(session: Session, file: File) -> list[Part]:
    candidate = file.candidate
    facts = [
        (_("file"), candidate.file_number),
        (
            _("parcours begun"),
            short_date(candidate.parcours_start) if candidate.parcours_start else "",
        ),
        (_("employer"), candidate.employer),
        (_("accompanied by"), listed(candidate.accompanists)),
        (_("asks for"), listed(judgement.asked(session, file))),
        (
            _("acquired before"),
            listed(
                f"{a.component} ({judgement.acquired_where(a)})"
                for a in candidate.acquired
            ),
        ),
    ]
    lines: list[Part] = [(" ", "")]
    for word, value in facts:
        if value:
            lines += [(f"{word} ", TONES[SOFT]), (f"{plain(value)}   ", "")]
    if file.absent_reason:
        lines.append((plain(file.absent_reason), TONES[WARN]))
    if file.postponed_reason:
        lines.append((plain(file.postponed_reason), TONES[WARN]))
    return lines


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
