"""Justifying what is irregular and not fatal: the minutes print it."""

from __future__ import annotations

from textual import work

from jury_tui.errors import JuryError
from jury_tui.i18n import _
from jury_tui.minutes import moments
from jury_tui.rules.findings import Finding
from jury_tui.session.commands.sitting import Justify
from jury_tui.session.session import Session
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.rows import Cell, Row


def to_justify(session: Session) -> tuple[Finding, ...]:
    """What still asks for a justification, as the minutes see it at any moment."""
    try:
        return moments.unjustified(session, moments.findings(session))
    except JuryError:
        return ()


class Justifying(SessionScreen):
    """A screen on which a breach can be justified."""

    @work(group="asking", exclusive=True)
    async def action_justify(self) -> None:
        """Why a breach that is not fatal was accepted."""
        session = self.jury.session
        if session is None:
            return
        findings = to_justify(session)
        if not findings:
            return
        chosen = findings[0]
        if len(findings) > 1:
            rows = [
                Row(str(n), (Cell(f.explanation),), f.explanation)
                for n, f in enumerate(findings)
            ]
            key = await self.pick(_("Which point do you justify?"), rows)
            if not key:
                return
            chosen = findings[int(key)]
        text = await self.ask(
            _("Justification for the minutes: {finding}").format(
                finding=chosen.explanation
            )
        )
        if text:
            self.jury.commit(
                Justify(
                    clause=chosen.clause, text=text, candidate=chosen.candidate or ""
                ),
                said=_("justified"),
            )
