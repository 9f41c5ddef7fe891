"""Who has signed the minutes and who is still to sign, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from jury_tui.i18n import _, folded, listed
from jury_tui.session.session import Session, Signed


def standing(session: Session) -> tuple[Signed, ...]:
    """Signatures of the last export; an export made since is another workbook."""
    since = max((e.at for e in session.exports), default=None)
    return tuple(s for s in session.signatures if since is None or s.at >= since)


def unsigned(session: Session) -> list[str]:
    """Who the texts ask to sign and has not; a body, by what it is."""
    from jury_tui.minutes.closing import signatories

    members = {s.member for s in standing(session)}
    roles = {folded(s.role) for s in standing(session)}
    return [
        box.name or box.capacity
        for box, member in signatories(session)
        if (member not in members if member else folded(box.capacity) not in roles)
    ]


def told(session: Session) -> Iterator[str]:
    """Who has signed, and who is missing."""
    signed = [f"{s.signer} ({s.role})" for s in standing(session)]
    missing = unsigned(session)
    if signed:
        yield _("Have signed: {names}.").format(names=listed(signed))
    yield (
        _("Still to sign: {names}.").format(names=listed(missing))
        if missing
        else _("All those who must sign have signed.")
    )
