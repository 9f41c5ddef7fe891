"""The minutes: as they will print, what blocks them, export, sign, seal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import JuryError
from jury_tui.i18n import N_, _, ngettext, short_date
from jury_tui.minutes.signatories import current, due, workbooks
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.publishing import NumberMinutes
from jury_tui.session.commands.sitting import Seal
from jury_tui.session.session import Phase, Session
from jury_tui.ui import publishing, signatures
from jury_tui.ui.light import TONES
from jury_tui.ui.nearby import KEYS, ask_file
from jury_tui.ui.screens.afterwards import Afterwards, signable, unwritten
from jury_tui.ui.screens.confirm import confirmed
from jury_tui.ui.screens.justifying import Justifying, to_justify
from jury_tui.ui.widgets.bars import Bar
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

DONE = (Phase.CLOSED, Phase.SEALED)
FEW = 3
"""How many missing mentions stand above the text."""
BESIDE = 150
"""Columns from which what is missing, and who signs, stands whole beside the text."""


class MinutesScreen(Afterwards, Justifying):
    """The minutes as plain text, with what is missing above."""

    tab = "minutes"
    name_ = N_("Minutes")
    help = N_(
        "The minutes as they will print, and above, what is still missing and who "
        "signs. [x] gives them their number and writes the workbook; [w] signs it; [v] "
        "says who signed and verifies the file; [e] writes letters and extracts; [n] "
        "attaches a scan; [k] seals the session: after that nothing changes any more, "
        "errors are corrected by rectifying minutes [r]."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "preview": N_(
            "The minutes as they will print; arrows, page up and down, [Home] and "
            "[End] go through them."
        ),
    }
    AUTO_FOCUS = "#preview"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "export", N_("Export"), show=True),
        Binding("w", "sign", N_("Sign"), show=True),
        Binding("k", "seal", N_("Seal"), show=True),
        Binding("r", "rectify", N_("Rectify"), show=True),
        Binding("v", "verify", N_("Verify"), show=True),
        Binding("e", "letters", N_("Letters"), show=True),
        Binding("u", "justify", N_("Justify"), show=True),
        Binding("n", "scan", N_("Scan"), show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.previewed: tuple[Session, int] | None = None

    def content(self) -> Iterable[Widget]:
        """What blocks, then the text."""
        with Container(id="papers"):
            yield Page(id="blockers")
            yield Reading(id="preview", classes="reading", focus=True)
        yield Bar(id="progress")

    def show_session(self, session: Session) -> None:
        """Blockers and text, made after the first paint."""
        beside = self.size.width >= BESIDE
        if self.previewed == (session, self.size.width):
            return
        self.previewed = (session, self.size.width)
        self.set_class(beside, "-beside")
        self.call_after_refresh(self._preview, session)

    def _preview(self, session: Session) -> None:
        from jury_tui.minutes import document
        from jury_tui.minutes.text import text

        record = self.jury.record
        if record is None or not self.is_mounted:
            return
        try:
            made = document.minutes(
                session,
                code=record.code,
                head=record.register.head,
                count=len(record.acts),
            )
            missing = made.blockers
            if self._told_above(missing):
                made = replace(made, blockers=())
            body = text(made, min(100, max(50, self.size.width - 4)))
        except JuryError as error:
            self.query_one("#preview", Reading).show(Content(str(error)))
            return
        self.query_one("#blockers", Page).show(self._blockers(session, missing))
        self.query_one("#preview", Reading).show(Content(body))

    def _told_above(self, found: Iterable[publishing.BlockerLike]) -> bool:
        """Whether all that is missing stands above, or beside: once is enough."""
        listed = [b for b in found if b.key != "number"]
        fatal = [b for b in listed if b.fatal]
        return self.size.width >= BESIDE or (listed == fatal and len(fatal) <= FEW)

    def _blockers(
        self, session: Session, found: Iterable[publishing.BlockerLike]
    ) -> Content:
        # the number is given by the export: nobody has to write it
        found = tuple(b for b in found if b.key != "number")
        parts: list[tuple[str, str]] = []
        fatal = [b for b in found if b.fatal]
        if session.phase not in DONE:
            words = _("The session is not closed: this is a preview.")
            parts.append((f" {words}\n", TONES[SOFT]))
        if fatal:
            words = ngettext(
                "{number} mention is missing:",
                "{number} mentions are missing:",
                len(fatal),
            ).format(number=len(fatal))
            parts.append((f" ✗ {words}\n", TONES[BAD]))
        elif session.phase in DONE:
            words = _("Nothing is missing.")
            if not session.exports:
                words = _("Nothing is missing: [x] gives the number and exports.")
            parts.append((f" ✓ {words}\n", TONES[OK]))
        beside = self.size.width >= BESIDE
        shown = len(found) if beside else FEW
        said = sorted(found, key=lambda b: not b.fatal) if beside else fatal[:shown]
        for blocker in said:
            sign, tone = ("✗", BAD) if blocker.fatal else ("!", WARN)
            parts.append((f"   {sign} {plain(blocker.sentence)}\n", TONES[tone]))
        more = len(found) - len(said)
        if more:
            words = ngettext(
                "{number} more remark, in the text below",
                "{number} more remarks, in the text below",
                more,
            ).format(number=more)
            parts.append((f"   ! {words}\n", TONES[WARN]))
        summed = signatures.summary(session)
        parts += summed[:2] if beside else summed  # beside, each has a line of his own
        parts += self._deadlines(session)
        if beside and session.exports:
            parts.append(("\n ", ""))
            parts += signatures.listed_all(session, current(session))
        return Content.assemble(*parts).rstrip()

    def _deadlines(self, session: Session) -> list[tuple[str, str]]:
        if session.closed_at is None:
            return []
        from jury_tui.minutes.closing import deadlines

        today = self.jury.clock().date()
        lines = []
        for deadline in deadlines(session):
            if deadline.due is None:
                continue
            left = (deadline.due - today).days
            days = ngettext("{number} day left", "{number} days left", left).format(
                number=left
            )
            word = {"notify": _("Notify the candidates by")}.get(
                deadline.key, _("Report the holders by")
            )
            state = days if left >= 0 else _("overdue")
            lines.append(
                (
                    f"   {word} {short_date(deadline.due)} · {state}\n",
                    TONES[SOFT if left > 3 else WARN],
                )
            )
        return lines

    def rules(self, session: Session) -> dict[str, bool]:
        """After closing only."""
        closed = session.phase is Phase.CLOSED
        return {
            "export": closed or bool(unwritten(session)),
            "justify": closed and bool(to_justify(session)),
            "sign": bool(signable(session)),
            "seal": closed and bool(session.exports),
            "scan": session.phase not in (Phase.DRAFTED, Phase.CONVENED),
            "rectify": session.phase is Phase.SEALED,
        }

    def guards(self, session: Session) -> dict[str, Command]:
        """Sealing says by itself what comes before it."""
        del session
        return {"seal": Seal()}

    def possible(self, action: str) -> bool:
        """Verifying changes nothing: a second window can."""
        if action == "verify":
            session = self.jury.session
            return session is not None and bool(session.exports)
        return super().possible(action)

    def why_impossible(self, action: str) -> str:
        """What comes before: closing, exporting, sealing."""
        why, session = super().why_impossible(action), self.jury.session
        if why or session is None or self.possible(action):
            return why
        if action == "scan":
            return _("Papers are attached once the session is open.")
        if session.phase not in DONE:
            return _("The session is not closed yet: this is a preview.")
        return {
            "export": _("The minutes are sealed: their workbook is written."),
            "justify": _("Nothing is to be justified."),
            "sign": _("No workbook is left to be signed.")
            if session.exports
            else _("Nothing is exported yet [x]."),
            "verify": _("Nothing is exported yet [x]."),
            "rectify": _("Only sealed minutes are rectified: export these anew [x]."),
            "letters": _("Letters cite the number of the minutes: export first [x]."),
        }.get(action, "")

    @work(group="asking", exclusive=True)
    async def action_verify(self) -> None:
        """Who signed, who is missing, what the file is worth."""
        from jury_tui.ui.screens.verifying import VerifyScreen

        session = self.jury.session
        if session is None:
            return
        export = await self.which_workbook(workbooks(session))
        if export is not None:
            self.app.push_screen(VerifyScreen(export.number))

    # --- export --------------------------------------------------------------

    def action_export(self) -> None:
        """Number the minutes, write the workbook, keep its digest."""
        session, record = self.jury.session, self.jury.record
        if session is None or record is None:
            return
        if session.phase is Phase.SEALED:
            self._write(unwritten(session)[0])
            return
        from jury_tui.minutes import document

        missing = [
            b for b in document.blockers(session) if b.fatal and b.key != "number"
        ]
        if missing:
            self.jury.refused(
                _("The minutes cannot be exported: {why}").format(
                    why=plain(missing[0].sentence)
                )
            )
            return
        if not session.number:
            try:
                with publishing.free_number(session, self.jury.sessions) as number:
                    acts = self.jury.commit(NumberMinutes(number=number))
            except JuryError as error:
                self.jury.refused(error)
                return
            if acts is None:
                return
        self._write("")

    # --- sign and seal -------------------------------------------------------

    @work(group="asking", exclusive=True)
    async def action_sign(self) -> None:
        """Sign a workbook with a certificate file (.p12)."""
        session = self.jury.session
        if session is None:
            return
        export = await self.which_workbook(signable(session))
        if export is None:
            return
        path = await ask_file(
            self, _("The certificate file of who signs (.p12):"), KEYS
        )
        if path is None:
            return
        password = await self.ask_secret(_("Its password:"))
        if password is None:
            return
        try:
            signer = publishing.signer(path, password)
            member, capacity = signatures.place_of(session, signer.name)
            already = [plain(d.who) for d in due(session, export) if d.signed]
        except JuryError as error:
            self.jury.refused(error)
            return
        who = plain(signer.name)
        if member and plain(session.members[member].name) in already:
            self.jury.refused(
                _("{name} has already signed this workbook.").format(name=who)
            )
            return
        role = await self.ask(_("{name} signs as:").format(name=who), capacity)
        if not role:
            return
        lines = [
            _("Workbook: {file}").format(file=export.file),
            _("Signed by {name}, {role}.").format(name=who, role=plain(role)),
        ]
        if not capacity:
            lines.append(_("Nobody of that name is known to this session."))
        question = _("Sign the minutes?")
        if not await confirmed(self, question, lines, yes=N_("Yes, sign them")):
            return
        try:
            command = publishing.signed(
                session,
                export,
                self.jury.exports,
                signer,
                role=role,
                time=self.jury.clock(),
                member=member,
            )
        except JuryError as error:
            self.jury.refused(error)
            return
        self.jury.commit(command, said=_("signed by {name}").format(name=who))

    @work(group="asking", exclusive=True)
    async def action_seal(self) -> None:
        """Seal: asked once."""
        session = self.jury.session
        if session is None:
            return
        why = self.jury.why_not(Seal())
        if why:
            self.jury.refused(why)
            return
        signed = len(session.signatures)
        lines = [
            _("Minutes {number}, workbook {file}.").format(
                number=session.number, file=session.exports[-1].file
            ),
            ngettext("{number} signature.", "{number} signatures.", signed).format(
                number=signed
            ),
            *signatures.left_out(session),
            _("After sealing, nothing changes any more."),
        ]
        question = _("Seal the minutes?")
        if await confirmed(self, question, lines, yes=N_("Yes, seal them")):
            self.jury.commit(Seal(), said=_("minutes sealed"))
