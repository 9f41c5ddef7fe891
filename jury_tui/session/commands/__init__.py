"""What a secretary may do: each command checks, then answers with acts, or refuses.

One class a command: its fields are what ``jury-tui apply`` reads, its summary is
what help and palette show, its ``acts`` are the guards that screens and scripts
share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from jury_tui.errors import RefusedError
from jury_tui.i18n import N_
from jury_tui.session.acts import AnyAct
from jury_tui.session.commands import (
    candidates,
    marking,
    preparing,
    presence,
    publishing,
    sitting,
    voting,
)
from jury_tui.session.commands.base import Command
from jury_tui.session.folding import fold
from jury_tui.session.session import Session

COMMANDS: dict[str, type[Command]] = {
    str(cls.__struct_config__.tag): cls
    for room in (preparing, presence, sitting, candidates, marking, voting, publishing)
    for cls in room.COMMANDS
}


def parse(line: bytes | str) -> Command:
    """A command written as one JSON object, ``{"do": …}``.

    Raises:
        RefusedError: not JSON, unknown command, or a field that is missing, unknown
            or of the wrong type.
    """
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RefusedError(
            N_("This line is not a JSON object: {detail}."), detail=str(error)[:200]
        ) from error
    name = raw.get("do") if isinstance(raw, dict) else None
    if not isinstance(name, str) or name not in COMMANDS:
        raise RefusedError(
            N_("There is no command “{name}”. See: jury-tui apply --help."),
            name=str(name)[:60],
        )
    try:
        command: Command = msgspec.convert(raw, COMMANDS[name])
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        raise RefusedError(
            N_("The command “{name}” is not written as it should be: {detail}."),
            name=name,
            detail=str(error)[:200],
        ) from error
    return command


def perform(
    session: Session, commands: Sequence[Command], now: dt.datetime
) -> tuple[Session, tuple[AnyAct, ...]]:
    """Carry commands out one after the other, in memory.

    Returns:
        The session after all of them, and the acts to write.

    Raises:
        RefusedError: one of them is refused; nothing of the others counts.
    """
    written: list[AnyAct] = []
    for command in commands:
        for act in command.acts(session, now):
            session = fold(session, act)
            written.append(act)
    return session, tuple(written)
