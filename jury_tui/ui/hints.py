"""What the keys of a vote do now, and for whom: in one line, as wide as it may be."""

from __future__ import annotations

from rich.cells import cell_len

from jury_tui.i18n import _
from jury_tui.session.acts import Mode
from jury_tui.session.session import Session
from jury_tui.ui.keyed import unkeyed
from jury_tui.ui.voting import Typed


def voting(
    session: Session, component: str, typed: Typed, member: str, width: int
) -> str:
    """The keys of a vote that is not whole yet.

    Args:
        session: The session.
        component: The component that is voted on.
        typed: What is typed of it.
        member: Whom a key goes to; empty if to nobody who votes.
        width: The cells of a line.
    """
    every = _("[u] all the others for") if typed.count else _("[u] all in favour")
    if typed.mode is not Mode.NAMED:
        said = _("{component}: {every}; [f] for, [c] against, [a] abstention: one more")
        return said.format(component=component, every=every)
    if not member:
        said = _("{component}: {every}; [Shift+letter] a name, then [c] against…")
        return said.format(component=component, every=every)
    name = unkeyed(session.members[member].family_name.upper())
    said = ""
    for words in (
        _(
            "Vote on {component}: {every}; else for {name}: [c] against, [a] "
            "abstention, [b] blank; [Shift+letter] another name"
        ),
        _(
            "{component}: {every}; else {name}: [c] against, [a] abst.; "
            "[Shift+letter] a name"
        ),
        _("{component}: {every}; {name}: [c] against, [a] abst.; [A–Z] a name"),
    ):
        said = words.format(component=component, every=every, name=name)
        if cell_len(said) < width:
            break
    return said
