"""What is to be known of the candidate now, most useful first: the foot."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from jury_tui.errors import JuryError, RefusedError
from jury_tui.i18n import _, clock
from jury_tui.minutes.results import tally_words
from jury_tui.session import judgement
from jury_tui.session.judgement.memory import remembered_of_file
from jury_tui.session.session import Ballot, File, Phase, Session, Status
from jury_tui.ui import dossier, grid_text, grids, movement, voting
from jury_tui.ui.candidate_text import AWAY, JUDGED, Part
from jury_tui.ui.keyed import keyed_text
from jury_tui.ui.light import TONES
from jury_tui.ui.voting import Typed
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain, status_sign


def detail(
    session: Session,
    file: File,
    component: str,
    typed: Typed,
    width: int = 80,
    *,
    facts: bool = True,
) -> Content:
    """What is to be known now, the most useful first; facts unless they are beside."""
    parts: list[Part] = []
    if file.status in AWAY:
        sign, word, _tone = status_sign(file)
        parts.append((f" {sign} {word}\n", "bold"))
    try:
        if component and file.status is Status.DELIBERATION:
            parts += _vote_lines(session, file, component, typed)
        parts += _decision(session, file)
        parts += _assessed(session, file, component)
        parts += _blocked(session, file)
        parts += _moves(session, file)
        parts += _suggested(session, file)
        parts += _reasons(session, file, component)
    except JuryError as error:
        parts.append((f" {error}\n", TONES[WARN]))
    if facts:
        parts += _recusals(session, file.candidate.id)
        parts += _facts(session, file.candidate.id, width)
    parts += _away(file)
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
        head = _("{component}:").format(component=grid_text.title(session, component))
        lines = [(f" {head} {result.explanation}\n", "bold")]
        if result.source and result.source not in result.explanation:
            lines.append((f"   {result.source}\n", TONES[SOFT]))
        if ballot.reason:
            lines.append((f"   {plain(ballot.reason)}\n", ""))
    else:
        voters = judgement.voters(session, file)
        would = voting.would_be(session, file, typed, voters)
        head = _("{component}:").format(component=grid_text.title(session, component))
        lines = [
            (f" {head} ", "bold"),
            (would.text, TONES[OK] if would.sure else "bold"),
        ]
        left = voting.missing(session, typed, voters)
        if left:
            lines.append((f" · {left}", TONES[WARN]))
        if typed.count:
            lines.append((" · " + _("not counted yet"), TONES[WARN]))
        lines.append(("\n", ""))
    earlier = [b for b in file.ballots.get(component, ()) if b.reopened is not None]
    lines += [(f"   {_earlier(old)}\n", TONES[SOFT]) for old in earlier]
    return lines


def _earlier(old: Ballot) -> str:
    """What became of a count that stands no more: a vote, or a slip in typing."""
    said = (
        _("Voted at {time} ({counts}), taken again: {reason}")
        if old.mistyped is None
        else _("Typed by mistake at {time} ({counts}), put right at {then}.")
    )
    return said.format(
        time=clock(old.at),
        counts=tally_words(old.tally),
        reason=plain(old.reopened or ""),
        then=clock(old.mistyped) if old.mistyped is not None else "",
    )


def _decision(session: Session, file: File) -> list[Part]:
    if file.status not in (Status.DELIBERATION, Status.DECIDED):
        return []
    decided = file.decision
    if decided is not None:
        words = judgement.outcome_word(decided.outcome)
        return [(" " + _("Decision: {words}.").format(words=words) + "\n", "bold")]
    try:
        derived = judgement.decision(session, file)
    except RefusedError:
        return []  # what is still to be voted stands in the line of the next step
    return [
        (" " + _("Decision to pronounce:") + " ", "bold"),
        (f"{derived.explanation}\n", ""),
    ]


def _assessed(session: Session, file: File, component: str) -> list[Part]:
    """What grids and marks add up to, and what two readers left open."""
    if not component or not (file.grids or file.marks or file.readings):
        return []
    sheet = grids.sheet(session, file, component, 1, False, {})
    told = grids.found(session, file, sheet)
    if told.proposal is None:
        return []
    lines = grid_text.summary(sheet.part.scale, told)
    open_ = grid_text.readings(session, file, component)
    return [*lines, *open_, *grid_text.source(told)]


def _blocked(session: Session, file: File) -> list[Part]:
    """Why the jury cannot deliberate on the candidate at hand."""
    if file is not session.on_table or file.status not in JUDGED:
        return []
    found = judgement.for_candidate(session, file.candidate.id)
    return [(f" ✗ {plain(f.explanation)}\n", TONES[BAD]) for f in found if f.blocks]


def _moves(session: Session, file: File) -> list[Part]:
    """Who leaves and who comes back, until the hearing is over."""
    if file.status not in (Status.REGISTERED, Status.CALLED, Status.HEARING):
        return []
    said = movement.moves(session, file) if session.phase is Phase.OPEN else []
    if not said:
        return []
    lines: list[Part] = [(f" {' '.join(said)}", TONES[WARN])]
    if movement.taken_down(session, file):  # a key of this screen, not of the agenda
        lines += keyed_text(" " + _("[x] records it."), TONES[WARN])
    return [*lines, ("\n", "")]


def _suggested(session: Session, file: File) -> list[Part]:
    """Ties that names or employers suggest, until the candidate is heard."""
    if file.status not in (Status.REGISTERED, Status.CALLED):
        return []
    if session.phase is not Phase.OPEN:
        return []
    lines: list[Part] = []
    for one in judgement.suggested(session, file.candidate.id):
        lines += [(f" ? {plain(one.reason)}.", TONES[WARN])]
        lines += keyed_text(" " + _("[r] recuses."), TONES[WARN])
        lines.append(("\n", ""))
    return lines


def _reasons(session: Session, file: File, component: str) -> list[Part]:
    """Reasons and recommendations already given, the component at hand first."""
    if not (file.reasons or file.recommendations):
        return []
    lines: list[Part] = []
    keys = sorted(judgement.components(session), key=lambda c: c != component)
    for key in keys:
        for text, words in (
            (file.reasons.get(key), _("{component}, reasons: {text}")),
            (file.recommendations.get(key), _("{component}, recommendation: {text}")),
        ):
            if text:
                said = words.format(component=key, text=plain(text))
                lines.append((f" {said}\n", "" if key == component else TONES[SOFT]))
    return lines


@remembered_of_file
def _recusals(session: Session, candidate: str) -> list[Part]:
    file = session.files[candidate]
    lines: list[Part] = []
    for recusal in file.recusals.values():
        member = session.members.get(recusal.member)
        if member is None:
            continue
        text = _("{name}: {words}").format(
            name=plain(member.name), words=judgement.tie_word(recusal.kind)
        )
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


@remembered_of_file
def _facts(session: Session, ref: str, width: int) -> list[Part]:
    file = session.files[ref]
    facts = dossier.facts(session, file)
    lines: list[Part] = []
    used = 0
    for word, value in facts:
        if not value:
            continue
        size = cell_len(f"{word} {plain(value)}") + 3
        fresh = not used or used + size > width
        lines.append(("\n " if fresh and used else " " if fresh else "   ", ""))
        used = size if fresh else used + size
        lines += [(f"{word} ", TONES[SOFT]), (plain(value), "")]
    lines.append(("\n", ""))
    return lines


def _away(file: File) -> list[Part]:
    lines: list[Part] = []
    if file.absent_reason:
        lines.append((f" {plain(file.absent_reason)}\n", TONES[WARN]))
    if file.postponed_reason:
        lines.append((f" {plain(file.postponed_reason)}\n", TONES[WARN]))
    return lines
