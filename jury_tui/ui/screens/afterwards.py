"""What is done once the jury has gone: letters, scans, rectifying minutes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import work

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _
from jury_tui.minutes.signatories import workbooks
from jury_tui.session.commands.publishing import AttachScan, Rectify
from jury_tui.session.session import Export, File, Phase, Session
from jury_tui.ui import publishing, signatures
from jury_tui.ui.nearby import SCANS, ask_file
from jury_tui.ui.plots import bar
from jury_tui.ui.screens.confirm import confirmed
from jury_tui.ui.screens.lettering import Lettering, settled
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.rows import Cell, Column, Row
from jury_tui.ui.words import SOFT, plain

ALL = "\n"
"""The key of the line that is not one of the list: no candidate's id, no paper."""
NAMED = (Column("", 30, grow=True, most=48), Column("", 22, grow=True))
"""A name, then what tells it from another."""
PAPERS = (
    N_("signed attendance sheet"),
    signatures.BY_HAND,
    N_("power of attorney"),
)


def signable(session: Session) -> list[Export]:
    """The workbooks that take a signature: once sealed, the rectifying ones alone."""
    if session.phase not in (Phase.CLOSED, Phase.SEALED):
        return []
    sealed = session.phase is Phase.SEALED
    return [export for export in workbooks(session) if export.number or not sealed]


def unwritten(session: Session) -> list[str]:
    """Numbers of the rectifying minutes that have no workbook yet."""
    written = {export.number for export in session.exports}
    return [r.number for r in session.rectifications if r.number not in written]


def document_word(export: Export) -> str:
    """What a workbook holds."""
    return _("rectifying minutes") if export.number else _("minutes")


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
            Row(ALL, (Cell(everybody, "key", _("Everybody")),), everybody),
            *(_candidate_row(file) for file in files),
        ]
        question = _("Letter and extract of the minutes for whom?")
        chosen = await self.pick(question, rows, *NAMED)
        if chosen is not None:
            every = [file.candidate.id for file in files]
            self.write_letters(every if chosen == ALL else [chosen])

    @work(group="asking", exclusive=True)
    async def action_scan(self) -> None:
        """Keep the digest of a paper that was scanned; the scan stays where it is."""
        path = await ask_file(self, _("Which scan is attached?"), SCANS)
        if path is None:
            return
        from jury_tui.minutes.publishing import scan_digest

        try:
            digest = scan_digest(path)
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
        question = _("Whom does the rectification concern?")
        about = await self.pick(question, rows, *NAMED)
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
        question = _("Write rectifying minutes?")
        if not await confirmed(self, question, lines, yes=N_("Yes, write them")):
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
        except JuryError as error:
            self.jury.refused(error)
            return
        if acts is not None:
            self._write(number)

    # --- workbooks -----------------------------------------------------------

    async def which_workbook(self, among: Sequence[Export]) -> Export | None:
        """One of several workbooks; the only one is not asked for."""
        if len(among) < 2:
            return among[0] if among else None
        rows = [
            Row(str(n), (Cell(e.file), Cell(document_word(e), SOFT)), e.file)
            for n, e in enumerate(among)
        ]
        key = await self.pick(_("Which workbook?"), rows, *NAMED)
        return among[int(key)] if key else None

    @work(thread=True, exclusive=True, group="export")
    def _write(self, number: str) -> None:
        """The workbook of the minutes, or of rectifying ones; then it is recorded."""
        from jury_tui.minutes import publishing as papers

        record, app = self.jury.record, self.jury
        if record is None:
            return
        app.call_from_thread(self._progress, 1)
        try:
            made = papers.made(record, number)
            app.call_from_thread(self._progress, 2)
            path = papers.place(app.exports, made.number)
            command = papers.write(made, path, number)
        except JuryError as error:
            app.call_from_thread(self._progress, 0)
            app.call_from_thread(app.refused, error)
            return
        app.call_from_thread(self._progress, 3)
        said = _("exported: {file}").format(file=path)
        app.call_from_thread(partial(app.commit, command, said=said))

    def _progress(self, step: int) -> None:
        if not self.is_mounted:
            return
        bar_line = self.query_one("#progress", Bar)
        bar_line.display = step in (1, 2)
        if step in (0, 3):
            bar_line.say(())
            return
        words = {1: _("writing the minutes…"), 2: _("writing the workbook…")}[step]
        bar_line.say((Cell(f" {bar(step, 3)} ", "key"), Cell(words)))


def _candidate_row(file: File) -> Row:
    candidate = file.candidate
    return Row(
        candidate.id,
        (Cell(candidate.name), Cell(candidate.file_number, SOFT)),
        candidate.name,
    )
