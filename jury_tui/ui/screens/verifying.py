"""The signatures of the minutes: who signed, who is missing, what the file is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from jury_tui.errors import ExportError, JuryError
from jury_tui.i18n import N_, _
from jury_tui.minutes.signatories import workbooks
from jury_tui.session.session import Export, Session
from jury_tui.ui import signatures
from jury_tui.ui.keyed import keyed_text
from jury_tui.ui.light import TONES
from jury_tui.ui.nearby import CERTIFICATES, ask_file
from jury_tui.ui.screens.session import SessionScreen
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.wrapping import APART, TWO, beside
from jury_tui.ui.words import BAD, SOFT, plain

if TYPE_CHECKING:
    from cryptography import x509

MOST_BYTES = 32 << 20
MOST_AUTHORITY_BYTES = 1 << 20


class VerifyScreen(SessionScreen):
    """Signatories, then each signature judged, then the workbook and the register."""

    name_ = N_("Signatures")
    help = N_(
        "Who has signed the minutes, who is still to sign according to the texts, and "
        "what the workbook on the disk is worth. Intact: what was signed did not "
        "change. Complete: nothing was added beside it. Trusted: an authority that "
        "you chose (a) vouches for the signer. Faithful: the workbook says what the "
        "register says."
    )
    helps: ClassVar[Mapping[str, str]] = {
        "verdict": N_(
            "Who signed, and what the file is worth, check by check; arrows, page up "
            "and down, [Home] and [End] scroll it."
        ),
    }
    AUTO_FOCUS = "#verdict"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "again", N_("Verify again"), show=True),
        Binding("a", "authority", N_("Trust an authority"), show=True),
    ]

    def __init__(self, number: str = "") -> None:
        """Verify a workbook.

        Args:
            number: Of the rectifying minutes it holds; empty: the minutes.
        """
        super().__init__()
        self.number = number
        self.authorities: dict[Path, None] = {}
        self.judged: Session | None = None
        self.said = (Content(""), Content(""))

    def content(self) -> Iterable[Widget]:
        """One text, that scrolls."""
        yield Reading(id="verdict", classes="reading", focus=True)

    def show_session(self, session: Session) -> None:
        """Verify once for a session."""
        if session is not self.judged:
            self.judged = session
            self.call_after_refresh(self._verify)
        else:
            self._lay_out()

    def action_again(self) -> None:
        """Verify once more, and say so where nothing changed."""
        self._verify()
        self.jury.tell(_("The file was read and verified again."))

    def _verify(self) -> None:
        """Read the file and judge it anew."""
        session = self.jury.session
        if session is None or not self.is_mounted:
            return
        export = self._export(session)
        parts: list[tuple[str, str]] = []
        try:
            parts += self._judged(export)
        except JuryError as error:
            parts.append((f"✗ {error}\n", TONES[BAD]))
        who = Content.assemble(*signatures.listed_all(session, export))
        self.said = who, Content.assemble(*parts)
        self._lay_out()

    def _lay_out(self) -> None:
        """Who signs, then what the file is worth: beside it where there is room."""
        verdict = self.query_one("#verdict", Reading)
        who, worth = self.said
        two = verdict.width >= TWO
        column = (verdict.width - APART) // 2
        verdict.show(beside(who, worth, column) if two else who + "\n" + worth)

    def _export(self, session: Session) -> Export | None:
        every = {export.number: export for export in workbooks(session)}
        return every.get(self.number)

    def _judged(self, export: Export | None) -> list[tuple[str, str]]:
        from jury_tui.minutes.fidelity import differences
        from jury_tui.signing.companion import verify_companion
        from jury_tui.signing.verification import verify

        record = self.jury.record
        if record is None or export is None:
            return [(_("The minutes were not exported yet.") + "\n", "")]
        # Its name, never a path: a register may come from anybody.
        name = Path(export.file.replace("\\", "/")).name
        path = self.jury.exports / name
        data = content(path, MOST_BYTES)
        now = self.jury.clock()
        roots = self._roots()
        report = verify(data, roots=roots, now=now)
        beside = path.with_name(f"{name}.p7s")
        companion = (
            verify_companion(data, content(beside, MOST_BYTES), roots=roots, now=now)
            if beside.is_file()
            else None
        )
        try:
            wrong = [d.sentence for d in differences(record, data, name)]
        except JuryError as error:
            wrong = [str(error)]
        parts = list(signatures.judged(report, companion, wrong))
        parts.append((f"\n{path}\n", TONES[SOFT]))
        trusted = ", ".join(plain(str(p)) for p in self.authorities)
        if trusted:
            said = _("Authorities trusted: {paths}").format(paths=trusted)
            return [*parts, (f"{said}\n", TONES[SOFT])]
        said = _("No authority is trusted yet: [a] chooses one.")
        return [*parts, *keyed_text(f"{said}\n", TONES[SOFT])]

    def _roots(self) -> tuple[x509.Certificate, ...]:
        from jury_tui.signing.trust import load_certificates

        return tuple(
            root
            for path in self.authorities
            for root in load_certificates(content(path, MOST_AUTHORITY_BYTES))
        )

    @work(group="asking", exclusive=True)
    async def action_authority(self) -> None:
        """Trust an authority, as long as this screen is open."""
        path = await ask_file(
            self, _("The authority’s certificate (.pem):"), CERTIFICATES
        )
        if path is None:
            return
        from jury_tui.signing.trust import load_certificates

        try:
            load_certificates(content(path, MOST_AUTHORITY_BYTES))
        except JuryError as error:
            self.jury.refused(error)
            return
        self.authorities[path.resolve()] = None
        self._verify()


def content(path: Path, limit: int) -> bytes:
    """A file's bytes.

    Raises:
        ExportError: it cannot be read, or is larger than ``limit`` bytes.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise ExportError(
            N_("{file} cannot be read: {why}. Check its name and its folder."),
            file=plain(path.name),
            why=getattr(error, "strerror", "") or str(error),
        ) from error
    if len(data) > limit:
        raise ExportError(
            N_("{file} is larger than {size} MB: it is not what is asked for."),
            file=plain(path.name),
            size=limit >> 20,
        )
    return data
