"""Commands about the minutes: number, exports, signatures, scans, rectification."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_, _
from jury_tui.session import acts as a
from jury_tui.session.commands.base import (
    Command,
    file_of,
    moment,
    require_phase,
    text,
)
from jury_tui.session.session import Phase, Session

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
_AFTER = (Phase.CLOSED, Phase.SEALED)


def _digest(value: str) -> str:
    if not _SHA256.fullmatch(value):
        raise RefusedError(N_("A SHA-256 digest has 64 hexadecimal digits."))
    return value


def _file_name(value: str) -> str:
    """The name of a file, without any folder: no name here leads anywhere else."""
    name = text(value, _("The file’s name"), required=True)
    if name.startswith(".") or set(name) & set("/\\:\n\t"):
        raise RefusedError(
            N_("“{file}” is not the name of a file: leave the folder out."),
            file=name[:80],
        )
    return name


class NumberMinutes(
    Command, frozen=True, kw_only=True, tag_field="do", tag="number_minutes"
):
    """Give the minutes their number."""

    summary: ClassVar[str] = N_("give the minutes their number")
    example: ClassVar[str] = '{"do":"number_minutes","number":"CNAM-2008-1"}'

    number: str

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One number, once."""
        require_phase(session, Phase.CLOSED)
        if session.number:
            raise RefusedError(
                N_("These minutes already have the number {number}."),
                number=session.number,
            )
        number = text(self.number, _("The number of the minutes"), required=True)
        return (a.MinutesNumbered(at=moment(self, session, now), number=number),)


class RecordExport(
    Command, frozen=True, kw_only=True, tag_field="do", tag="record_export"
):
    """Keep the name and digest of a workbook that was written."""

    summary: ClassVar[str] = N_("name and digest of a workbook that was written")
    example: ClassVar[str] = (
        '{"do":"record_export","file":"CNAM-2008-1.xlsx","sha256":"' + "0" * 64 + '"}'
    )

    file: str
    sha256: str
    language: str = "fr"
    renderer: str = ""
    number: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One export, of minutes that have their number; or of rectifying ones."""
        require_phase(session, *_AFTER)
        if not session.number:
            raise RefusedError(
                N_("The minutes have no number yet: give them theirs, then export.")
            )
        if self.number and self.number not in {
            r.number for r in session.rectifications
        }:
            raise RefusedError(
                N_("The register holds no rectifying minutes of number {number}."),
                number=self.number[:80],
            )
        if not _LANGUAGE.fullmatch(self.language):
            raise RefusedError(N_("A language is written in two letters: fr, en."))
        return (
            a.MinutesExported(
                at=moment(self, session, now),
                file=_file_name(self.file),
                sha256=_digest(self.sha256),
                language=self.language,
                renderer=text(self.renderer, _("The renderer")),
                number=self.number,
            ),
        )


class RecordSignature(
    Command, frozen=True, kw_only=True, tag_field="do", tag="record_signature"
):
    """Keep who signed the workbook, with which certificate."""

    summary: ClassVar[str] = N_("who signed the workbook, with which certificate")
    example: ClassVar[str] = (
        '{"do":"record_signature","signer":"DURAND Claire","role":"chair",'
        '"certificate_sha256":"' + "0" * 64 + '","file_sha256":"' + "0" * 64 + '"}'
    )

    signer: str
    role: str
    certificate_sha256: str
    file_sha256: str
    member: str = ""
    file: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One signature."""
        require_phase(session, *_AFTER)
        if not session.exports:
            raise RefusedError(
                N_("The minutes were not exported yet: export them, then sign.")
            )
        if self.file and self.file not in {e.file for e in session.exports}:
            raise RefusedError(
                N_("“{file}” was not exported from this session."), file=self.file[:80]
            )
        return (
            a.MinutesSigned(
                at=moment(self, session, now),
                signer=text(self.signer, _("The signer"), required=True),
                role=text(self.role, _("The role"), required=True),
                certificate_sha256=_digest(self.certificate_sha256),
                file_sha256=_digest(self.file_sha256),
                member=self.member if self.member in session.members else "",
                file=self.file,
            ),
        )


class AttachScan(Command, frozen=True, kw_only=True, tag_field="do", tag="attach_scan"):
    """Keep the digest of a scanned paper, the signed attendance sheet say."""

    summary: ClassVar[str] = N_("the digest of a scanned paper")
    example: ClassVar[str] = (
        '{"do":"attach_scan","what":"feuille d’émargement","file":"scan.pdf",'
        '"sha256":"' + "0" * 64 + '"}'
    )

    what: str
    file: str
    sha256: str

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One scan; the paper itself stays outside the register."""
        require_phase(session, Phase.OPEN, Phase.SUSPENDED, *_AFTER)
        return (
            a.ScanAttached(
                at=moment(self, session, now),
                what=text(self.what, _("What the paper is"), required=True),
                file=_file_name(self.file),
                sha256=_digest(self.sha256),
            ),
        )


class Rectify(Command, frozen=True, kw_only=True, tag_field="do", tag="rectify"):
    """Correct sealed minutes by rectifying ones that cite them."""

    summary: ClassVar[str] = N_("rectifying minutes: sealed ones are never overwritten")
    example: ClassVar[str] = (
        '{"do":"rectify","number":"CNAM-2008-2","candidate":"c2",'
        '"changes":"Le lieu de naissance est Lyon."}'
    )

    number: str
    changes: str
    candidate: str = ""

    def acts(self, session: Session, now: dt.datetime) -> tuple[a.AnyAct, ...]:
        """One rectification; the first minutes stay as they are."""
        require_phase(session, Phase.SEALED)
        number = text(self.number, _("The number of the minutes"), required=True)
        used = {session.number, *(r.number for r in session.rectifications)}
        if number in used:
            raise RefusedError(
                N_("The number {number} is taken by minutes of this session."),
                number=number,
            )
        candidate = (
            file_of(session, self.candidate).candidate.id if self.candidate else ""
        )
        return (
            a.MinutesRectified(
                at=moment(self, session, now),
                number=number,
                rectifies=session.number,
                changes=text(self.changes, _("What changes"), required=True),
                candidate=candidate,
            ),
        )


COMMANDS = (NumberMinutes, RecordExport, RecordSignature, AttachScan, Rectify)
