"""Letters and extracts: who can be written to, and writing them."""

from __future__ import annotations

from jury_tui.errors import JuryError
from jury_tui.i18n import ngettext
from jury_tui.session.session import File, Phase, Session
from jury_tui.ui.screens.session import SessionScreen


def settled(session: Session) -> list[File]:
    """Those to whom a letter can be written, in the order of business."""
    return [file for file in session.agenda if file.settled]


def can_write(session: Session) -> bool:
    """Letters and extracts cite the number of closed minutes."""
    over = session.phase in (Phase.CLOSED, Phase.SEALED)
    return over and bool(session.number) and bool(settled(session))


class Lettering(SessionScreen):
    """A screen from which letters and extracts are written."""

    def write_letters(self, candidates: list[str]) -> None:
        """Write both papers for each; nothing changes in the register."""
        session, record = self.jury.session, self.jury.record
        if session is None or record is None or not candidates:
            return
        from jury_tui.ui import publishing

        try:
            for candidate in candidates:
                publishing.letters(session, record, candidate, self.jury.exports)
        except JuryError as error:
            self.jury.refused(error)
            return
        number = 2 * len(candidates)
        self.jury.tell(
            ngettext(
                "{number} file written in {folder}",
                "{number} files written in {folder}",
                number,
            ).format(number=number, folder=self.jury.exports)
        )

    def possible(self, action: str) -> bool:
        """Letters are written by a second window too: nothing is recorded."""
        if action == "letters":
            session = self.jury.session
            return session is not None and can_write(session)
        return super().possible(action)
