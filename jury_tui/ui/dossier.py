"""A candidate's file as it is read at a glance: outcome, what bars, facts, the day."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, agreed, clock, listed, short_date
from jury_tui.session import judgement
from jury_tui.session.session import File, Phase, Session
from jury_tui.ui import movement
from jury_tui.ui.light import TONES
from jury_tui.ui.widgets.wrapping import broken
from jury_tui.ui.words import BAD, SOFT, WARN, plain, result_sign, status_sign

Part = tuple[str, str]
LABELS = 18
"""The most cells that words take before their facts."""


CALLED = (N_("called"), N_("called|f"), N_("called"))
ACCOMPANIED = (
    N_("accompanied by"),
    N_("accompanied by|f"),
    N_("accompanied by"),
)


def laid_out(
    facts: Iterable[tuple[str, str]], width: int, *, edge: int = 1
) -> list[Part]:
    """Facts one below the other, each beside its word; those that are empty left out.

    Args:
        facts: Words and facts; without a word, a blank line.
        width: The cells of a line.
        edge: How many of them stay empty before the words.
    """
    told = [(word, plain(fact)) for word, fact in facts if fact or not word]
    column = min(LABELS, max((cell_len(word) for word, _fact in told), default=0))
    room = width - column - edge - 2
    parts: list[Part] = []
    for word, fact in told:
        if not word:
            parts.append(("\n", ""))
            continue
        lines = broken(Content(fact), room) if room > 12 else [Content(fact)]
        gap = " " * max(2, column + 2 - cell_len(word))
        said = ("\n" + " " * (column + edge + 2)).join(line.plain for line in lines)
        parts += [(f"{' ' * edge}{word}{gap}", TONES[SOFT]), (f"{said}\n", "")]
    return parts


def beside(session: Session, file: File, width: int) -> Content:
    """Facts and the day: what stands beside the votes where there is room."""
    told = (*facts(session, file), ("", ""), *_day(session, file))
    return Content.assemble(*laid_out(told, width))


def glance(session: Session, file: File, width: int) -> Content:
    """What is worth knowing of a candidate on the agenda, the most useful first."""
    sign, word, tone = status_sign(file)
    parts: list[Part] = [
        (f" {plain(file.candidate.name)}", "bold"),
        (f"  {sign} {word}\n", TONES[tone]),
    ]
    for reason in (file.absent_reason, file.postponed_reason):
        if reason:
            parts.append((f" {plain(reason)}\n", TONES[WARN]))
    try:
        parts += _barred(session, file)
        results = _results(session, file)
        parts += [*results, ("\n", "")] if results else []
    except JuryError as error:
        parts.append((f" {error}\n", TONES[WARN]))
    parts += laid_out((*facts(session, file), *_day(session, file)), width)
    return Content.assemble(*parts)


def _barred(session: Session, file: File) -> list[Part]:
    """Why the jury could not judge this candidate, and who must leave."""
    if file.settled or session.phase in (Phase.CLOSED, Phase.SEALED):
        return []
    candidate = file.candidate.id
    if session.table == candidate:
        found = judgement.for_candidate(session, candidate)
    elif session.phase is Phase.OPEN:
        away = {m.id for m in session.formation if not session.is_present(m.id)}
        found = judgement.foreseen(session, candidate, frozenset(away))
    else:
        found = judgement.foreseen(session, candidate)
    parts = [(f" ✗ {plain(f.explanation)}\n", TONES[BAD]) for f in found if f.blocks]
    said = movement.moves(session, file) if session.phase is Phase.OPEN else []
    return parts + [(f" {' '.join(said)}\n", TONES[WARN])] * bool(said)


def _results(session: Session, file: File) -> list[Part]:
    """One line a component once something is voted, with its reasons."""
    if not file.ballots:
        return []
    from jury_tui.minutes.results import tally_words
    from jury_tui.ui import grid_text

    parts: list[Part] = []
    for component, state in (
        (c, judgement.component_result(session, file, c))
        for c in judgement.asked(session, file)
    ):
        sign, word, tone = result_sign(state)
        ballot = file.ballot(component)
        votes = "" if ballot is None else f" ({tally_words(ballot.tally)})"
        name = grid_text.title(session, component)
        parts += [
            (f" {sign} ", TONES[tone]),
            (_("{component}:").format(component=name) + " ", ""),
            (f"{word}{votes}\n", TONES[tone]),
        ]
        for text, words in (
            (file.reasons.get(component), _("reasons: {text}")),
            (file.recommendations.get(component), _("recommendation: {text}")),
        ):
            if text:
                said = words.format(text=plain(text))
                parts.append((f"   {said}\n", TONES[SOFT]))
    return parts


def facts(session: Session, file: File) -> list[tuple[str, str]]:
    """What the file says of a candidate: words and facts, empty where unknown."""
    candidate = file.candidate
    begun = candidate.parcours_start
    return [
        (_("file"), candidate.file_number),
        (_("parcours begun"), short_date(begun) if begun else ""),
        (_("employer"), candidate.employer),
        (agreed(ACCOMPANIED, candidate.gender), listed(candidate.accompanists)),
        (_("asks for"), listed(judgement.asked(session, file))),
        (
            _("acquired before"),
            listed(
                f"{a.component} ({judgement.acquired_where(a)})"
                for a in candidate.acquired
            ),
        ),
    ]


def _day(session: Session, file: File) -> list[tuple[str, str]]:
    """What was done for this candidate, with its times, and without whom."""
    heard = ""
    if file.hearing_started is not None:
        end = clock(file.hearing_ended) if file.hearing_ended else "…"
        heard = f"{clock(file.hearing_started)} – {end}"
    began, decided = file.deliberation_started, file.decision
    told = [
        (
            agreed(CALLED, file.candidate.gender),
            clock(file.called_at) if file.called_at else "",
        ),
        (_("hearing"), heard),
        (_("deliberation"), clock(began) if began else ""),
        (_("invited, stayed"), _names(session, file.deliberated_by_invitees)),
        (_("decision"), clock(decided.at) if decided is not None else ""),
    ]
    for recusal in file.recusals.values():
        if recusal.member in session.members:
            word = _("recused") if recusal.lifted is None else _("recusal lifted")
            why = f" ({plain(recusal.reason)})" if recusal.reason else ""
            who = _names(session, (recusal.member,))
            what = f"{judgement.tie_word(recusal.kind)}{why}"
            told.append((word, _("{name}: {words}").format(name=who, words=what)))
    return told


def _names(session: Session, members: Iterable[str]) -> str:
    return listed(plain(session.members[m].name) for m in members)
