"""A counted vote is taken again: what was typed was wrong, or the jury votes anew."""

from __future__ import annotations

from jury_tui.i18n import _
from jury_tui.minutes.results import tally_words
from jury_tui.session.commands.voting import ReopenVote
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.widgets.rows import Cell, Row

MISTYPED, AGAIN = "mistyped", "again"


async def retake(screen: JuryScreen, component: str, candidate: str) -> None:
    """Ask why, then re-open: a mistake in typing is never printed as a vote."""
    session = screen.jury.session
    file = None if session is None else session.files.get(candidate)
    ballot = None if file is None else file.ballot(component)
    if ballot is None:
        return
    choices = {
        MISTYPED: _("Mistake in typing: this is not what the jury voted"),
        AGAIN: _("Another vote: the jury votes a second time"),
    }
    why = await screen.pick(
        _(
            "The vote on {component} is counted ({counts}). Why is it taken again?"
        ).format(component=component, counts=tally_words(ballot.tally)),
        [Row(key, (Cell(words),), words) for key, words in choices.items()],
    )
    if why == MISTYPED:
        screen.jury.commit(
            ReopenVote(component=component, candidate=candidate, mistyped=True),
            said=_("entry to be put right"),
        )
    elif why == AGAIN:
        reason = await screen.ask(_("For what reason does the jury vote again?"))
        if reason is not None:
            screen.jury.commit(
                ReopenVote(component=component, candidate=candidate, reason=reason),
                said=_("vote taken again"),
            )
