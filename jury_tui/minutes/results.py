"""The parts of the minutes about candidates: states, decisions, votes."""

from __future__ import annotations

from jury_tui.i18n import _, agreed, clock, listed, ngettext
from jury_tui.minutes import moments
from jury_tui.minutes.content import (
    Block,
    Column,
    Fields,
    Paragraph,
    Row,
    Section,
    Style,
    Table,
    Tone,
)
from jury_tui.minutes.phrases import (
    ABSENT,
    POSTPONED,
    ballot_outcome,
    handling_sentence,
    majority_sentence,
    outcome_plural,
    series,
    tie_sentence,
)
from jury_tui.rules.labels import label
from jury_tui.session import judgement
from jury_tui.session.acts import Tally
from jury_tui.session.session import Ballot, File, Session, Status


def _with(status: Status, session: Session) -> tuple[File, ...]:
    return tuple(f for f in session.agenda if f.status is status)


def presented(session: Session) -> tuple[File, ...]:
    """Candidates presented to the jury: neither absent nor postponed."""
    away = (Status.ABSENT, Status.POSTPONED)
    return tuple(
        f for f in session.agenda if f.called_at is not None and f.status not in away
    )


def component_name(session: Session, component: str) -> str:
    """``a – Contrôle continu``, with the block's code when there is one."""
    known = judgement.components(session).get(component)
    if known is None:
        return component
    code = f" ({known.code})" if known.code else ""
    return f"{component} – {label(known.label)}{code}"


def decision_words(session: Session, file: File) -> str:
    """The decision that stands, or why there is none."""
    decided = file.decision
    if decided is None:
        forms = {Status.ABSENT: ABSENT, Status.POSTPONED: POSTPONED}.get(file.status)
        if forms is not None:
            return agreed(forms, file.candidate.gender)
        return judgement.status_word(file)
    return judgement.outcome_word(decided.outcome)


def candidates(session: Session) -> Section:
    """Registered, presented, absent, postponed: four different things."""
    absent, postponed = _with(Status.ABSENT, session), _with(Status.POSTPONED, session)
    blocks: list[Block] = [
        Fields(
            (
                (_("Candidates registered"), len(session.files)),
                (_("Candidates presented"), len(presented(session))),
                (_("Candidates absent"), len(absent)),
                (_("Candidates postponed to a later session"), len(postponed)),
            )
        )
    ]
    for files, said in (
        (absent, _("Absent, neither admitted nor refused: {names}.")),
        (postponed, _("Postponed, neither admitted nor refused: {names}.")),
    ):
        if files:
            names = series(_with_reason(f) for f in files)
            blocks.append(Paragraph(said.format(names=names)))
    blocks.append(
        Paragraph(_("The candidates’ civil status is in annex 2."), Style.NOTE)
    )
    return Section(_("Candidates"), tuple(blocks))


def _with_reason(file: File) -> str:
    reason = file.absent_reason or file.postponed_reason
    return f"{file.candidate.name} ({reason})" if reason else file.candidate.name


def results(session: Session) -> Section:
    """The results of the deliberation: counts, lists, one row a candidate."""
    rule = judgement.rules(session).decision
    by_outcome: dict[str, list[str]] = {"total": [], "partial": [], "none": []}
    for file in session.agenda:
        if file.decision is not None:
            by_outcome.setdefault(file.decision.outcome, []).append(file.candidate.name)
    blocks: list[Block] = []
    if rule.nature == "proposal":
        blocks.append(
            Paragraph(
                _("The jury proposes; the decision belongs to: {who}.").format(
                    who=label(rule.decided_by) or _("the certifying body")
                )
            )
        )
    blocks.append(
        Fields(
            tuple(
                (
                    outcome_plural(outcome),
                    f"{len(names)} – {', '.join(names)}" if names else "0",
                )
                for outcome, names in by_outcome.items()
            )
        )
    )
    blocks.append(
        Table(
            (
                Column(_("Candidate"), 26),
                Column(_("File"), 14),
                Column(_("Decision"), 20),
                Column(_("Components acquired"), 16),
                Column(_("Remaining"), 12),
                Column(_("Chaired by"), 22),
            ),
            tuple(_result_row(session, f) for f in session.agenda),
        )
    )
    for file in session.agenda:
        blocks += [
            Paragraph(
                _(
                    "{name}: the decision pronounced first ({outcome}) was re-opened: "
                    "{reason}"
                ).format(
                    name=file.candidate.name,
                    outcome=judgement.outcome_word(d.outcome),
                    reason=d.reopened,
                )
            )
            for d in file.decisions
            if d.reopened is not None
        ]
    blocks.append(
        Paragraph(
            _("Votes, reasons and recommendations per component are in annex 2."),
            Style.NOTE,
        )
    )
    return Section(_("Results of the deliberation"), tuple(blocks))


def _result_row(session: Session, file: File) -> Row:
    decided = file.decision
    chair = moments.chair_of(session, file) if decided is not None else None
    return Row(
        (
            file.candidate.name,
            file.candidate.file_number,
            decision_words(session, file),
            ", ".join(decided.acquired) if decided else "",
            ", ".join(decided.remaining) if decided else "",
            session.members[chair].name if chair else "",
        ),
        Tone.PLAIN if decided else Tone.MUTED,
    )


def votes(session: Session) -> Section:
    """The majority rules with their sources; casting votes; votes taken again."""
    blocks: list[Block] = []
    said: dict[str, list[str]] = {}
    for file in moments.judged(session) or session.agenda:
        rule = judgement.majority(session, file)
        words = (majority_sentence(rule), handling_sentence(rule), tie_sentence(rule))
        said.setdefault(" ".join(w for w in words if w), []).append(file.candidate.name)
    for sentence, names in said.items():
        if len(said) > 1:
            sentence = _("{sentence} For: {names}.").format(
                sentence=sentence, names=listed(names)
            )
        blocks.append(Paragraph(sentence))
    casting, again, mistyped = [], [], []
    for file in session.agenda:
        for component, taken in file.ballots.items():
            casting += [
                _casting_row(session, file, component, b)
                for b in taken
                if b.casting is not None and b.mistyped is None
            ]
            again += [
                _reopened_row(file, component, b)
                for b in taken
                if b.reopened is not None and b.mistyped is None
            ]
            mistyped += [
                _mistyped_row(file, component, b)
                for b in taken
                if b.mistyped is not None
            ]
    blocks.append(
        Table(
            (
                Column(_("Candidate"), 26),
                Column(_("Component"), 14),
                Column(_("Vote"), 26),
                Column(_("Casting vote"), 18),
                Column(_("Result"), 16),
            ),
            tuple(casting),
        )
        if casting
        else Paragraph(_("Casting votes used: none."))
    )
    blocks.append(
        Table(
            (
                Column(_("Candidate"), 26),
                Column(_("Component"), 14),
                Column(_("Vote taken again"), 26),
                Column(_("Result"), 14),
                Column(_("Why it was taken again"), 30),
            ),
            tuple(again),
        )
        if again
        else Paragraph(_("Votes taken again: none."))
    )
    if mistyped:
        blocks.append(
            Paragraph(
                _(
                    "Entries put right: the counts below were typed by mistake and "
                    "are not votes of the jury; the votes that it cast are in annex 2."
                )
            )
        )
        blocks.append(
            Table(
                (
                    Column(_("Candidate"), 26),
                    Column(_("Component"), 14),
                    Column(_("Typed by mistake"), 26),
                    Column(_("Put right at"), 18),
                    Column(_("Remark"), 14),
                ),
                tuple(mistyped),
            )
        )
    return Section(_("Votes"), tuple(blocks))


def tally_words(tally: Tally) -> str:
    """``4 pour, 3 contre, 1 abstention``; zeros but the first two left out."""
    parts = [
        _("{number} for").format(number=tally.for_),
        _("{number} against").format(number=tally.against),
    ]
    if tally.abstention:
        parts.append(
            ngettext(
                "{number} abstention", "{number} abstentions", tally.abstention
            ).format(number=tally.abstention)
        )
    if tally.blank:
        parts.append(
            ngettext("{number} blank vote", "{number} blank votes", tally.blank).format(
                number=tally.blank
            )
        )
    if tally.did_not_vote:
        parts.append(
            ngettext(
                "{number} did not vote", "{number} did not vote|p", tally.did_not_vote
            )
            .partition("|")[0]
            .format(number=tally.did_not_vote)
        )
    return ", ".join(parts)


def _casting_row(session: Session, file: File, component: str, ballot: Ballot) -> Row:
    member = session.members.get(ballot.casting_member)
    choice = judgement.choice_word(ballot.casting) if ballot.casting else ""
    return Row(
        (
            file.candidate.name,
            component,
            tally_words(ballot.tally),
            f"{choice} ({member.name})" if member else choice,
            ballot_outcome(ballot.outcome),
        )
    )


def _mistyped_row(file: File, component: str, ballot: Ballot) -> Row:
    """What was typed and was no vote: when, and when it was put right."""
    typed = _("{counts}, at {time}").format(
        counts=tally_words(ballot.tally), time=clock(ballot.at)
    )
    right = clock(ballot.mistyped) if ballot.mistyped is not None else ""
    return Row((file.candidate.name, component, typed, right, ballot.reopened or ""))


def _reopened_row(file: File, component: str, ballot: Ballot) -> Row:
    return Row(
        (
            file.candidate.name,
            component,
            tally_words(ballot.tally),
            ballot_outcome(ballot.outcome),
            ballot.reopened or "",
        )
    )
