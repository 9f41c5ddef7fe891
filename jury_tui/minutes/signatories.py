"""Who has signed a workbook and who is still to sign, according to the texts."""

from __future__ import annotations

from typing import NamedTuple

from jury_tui.i18n import folded
from jury_tui.session.session import Export, Session, Signed


class Due(NamedTuple):
    """A signature that the texts ask for.

    Attributes:
        name: Of the person; empty for the certifying body.
        capacity: As which they sign.
        member: The member's id; empty for the certifying body.
        signed: The signature, once it is there.
    """

    name: str
    capacity: str
    member: str
    signed: Signed | None

    @property
    def who(self) -> str:
        """The name, else the capacity."""
        return self.name or self.capacity


def workbooks(session: Session) -> tuple[Export, ...]:
    """What can be signed: the last export of the minutes, of each rectifying ones."""
    return tuple({e.number: e for e in session.exports}.values())


def current(session: Session) -> Export | None:
    """The workbook exported last."""
    return session.exports[-1] if session.exports else None


def signed_on(session: Session, export: Export | None) -> tuple[Signed, ...]:
    """The signatures on a workbook; an export made since is another one."""
    if export is None:
        return ()
    return tuple(
        s for s in session.signatures if s.file == export.file and s.at >= export.at
    )


def words_of(name: str) -> tuple[str, ...]:
    """A name whatever the order of its words: DURAND Claire is Claire Durand."""
    return tuple(sorted(folded(name).split()))


def due(session: Session, export: Export | None = None) -> tuple[Due, ...]:
    """Each signatory that the rulebook names, and their signature if it is there.

    Args:
        session: The session.
        export: The workbook; the one exported last when left out.

    Raises:
        JuryError: a rulebook of the session cannot be read.
    """
    from jury_tui.minutes.closing import signatories

    signed = signed_on(session, export or current(session))
    found = []
    for box, member in signatories(session):
        name = words_of(box.name)
        mine = next(
            (
                s
                for s in signed
                if (member and s.member == member)
                or (not s.member and name and words_of(s.signer) == name)
                or (not member and folded(s.role) == folded(box.capacity))
            ),
            None,
        )
        found.append(Due(box.name, box.capacity, member, mine))
    return tuple(found)
