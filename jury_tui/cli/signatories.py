"""Who has signed the minutes and who is still to sign, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from jury_tui.i18n import _, listed
from jury_tui.session.session import Export, Session


def unsigned(session: Session, export: Export | None = None) -> list[str]:
    """Who the texts ask to sign and has not; a body, by what it is."""
    from jury_tui.minutes.signatories import due

    return [d.who for d in due(session, export) if d.signed is None]


def told(session: Session, file: str = "") -> Iterator[str]:
    """Who has signed a workbook, and who is missing.

    Args:
        session: The session.
        file: Its name; the one exported last when no workbook has it.
    """
    from jury_tui.minutes.signatories import current, signed_on

    named = [e for e in session.exports if e.file == file]
    export = named[-1] if named else current(session)
    signed = [f"{s.signer} ({s.role})" for s in signed_on(session, export)]
    missing = unsigned(session, export)
    if signed:
        yield _("Have signed: {names}.").format(names=listed(signed))
    yield (
        _("Still to sign: {names}.").format(names=listed(missing))
        if missing
        else _("All those who must sign have signed.")
    )
