"""What is done once the jury has gone: letters, extracts, scans, rectifying minutes."""

from __future__ import annotations

from textual import work

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, ngettext
from jury_tui.session.commands.publishing import AttachScan, Rectify
from jury_tui.session.session import File, Phase, Session
from jury_tui.ui import publishing
from jury_tui.ui.nearby import SCANS, ask_file
from jury_tui.ui.screens.confirm import confirmed
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.lines import Cell, Row
from jury_tui.ui.words import plain

ALL = "\n"
"""The key of the line that is not one of the list: no candidate's id, no paper."""
PAPERS = (
    N_("signed attendance sheet"),
    N_("minutes signed by hand"),
    N_("power of attorney"),
)


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


class Afterwards(Lettering):
    """The minutes' own: letters for whom one picks, scans, rectifications."""

    @work(group="asking", exclusive=True)
    async def action_letters(self) -> None:
        """Letter and extract for one candidate, or for all."""
        session = self.jury.session
        if session is None:
            return
        files = settled(session)
        everybody = _("All the candidates who have an outcome")
        rows = [
            Row(ALL, (Cell(everybody, "key"),), everybody),
            *(_candidate_row(file) for file in files),
        ]
        chosen = await self.pick(_("Letter and extract of the minutes for whom?"), rows)
        if chosen is not None:
            every = [file.candidate.id for file in files]
            self.write_letters(every if chosen == ALL else [chosen])

    @work(group="asking", exclusive=True)
    async def action_scan(self) -> None:
        """Keep the digest of a paper that was scanned; the scan stays where it is."""
        path = await ask_file(self, _("Which scan is attached?"), SCANS)
        if path is None:
            return
        try:
            digest = publishing.scan_digest(path)
        except JuryError as error:
            self.jury.refused(error)
            return
        rows = [Row(_(paper), (Cell(_(paper)),), _(paper)) for paper in PAPERS]
        rows.append(Row(ALL, (Cell(_("(another paper)"), "key"),)))
        what = await self.pick(
            _("{file}: what is it?").format(file=plain(path.name)), rows
        )
        if what == ALL:
            what = await self.ask(_("What is this paper?"))
        if not what:
            return
        self.jury.commit(
            AttachScan(what=what, file=path.name, sha256=digest),
            said=_("attached: {file}").format(file=plain(path.name)),
        )

    @work(group="asking", exclusive=True)
    async def action_rectify(self) -> None:
        """Rectifying minutes: whom they concern, what changes; asked once more."""
        session, record = self.jury.session, self.jury.record
        if session is None or record is None:
            return
        nobody = _("No candidate in particular")
        rows = [Row(ALL, (Cell(nobody, "key"),), nobody)]
        rows += [_candidate_row(file) for file in session.agenda]
        about = await self.pick(_("Whom does the rectification concern?"), rows)
        if about is None:
            return
        changes = await self.ask(_("What changes, as it will be printed:"))
        if not changes:
            return
        lines = [
            _("They cite the minutes {number}, which stay as they are.").format(
                number=plain(session.number)
            ),
            plain(changes),
        ]
        if not await confirmed(self, _("Write rectifying minutes?"), lines):
            return
        try:
            with publishing.free_number(session, self.jury.sessions) as number:
                acts = self.jury.commit(
                    Rectify(
                        number=number,
                        changes=changes,
                        candidate="" if about == ALL else about,
                    )
                )
            after = self.jury.session
            if acts is None or after is None:
                return
            path = publishing.rectifying(after, record, number, self.jury.exports)
        except JuryError as error:
            self.jury.refused(error)
            return
        self.jury.tell(
            _("rectifying minutes {number} written: {file}").format(
                number=number, file=path
            )
        )


def _candidate_row(file: File) -> Row:
    candidate = file.candidate
    return Row(
        candidate.id,
        (Cell(f"{plain(candidate.name)}   {plain(candidate.file_number)}"),),
        candidate.name,
    )
