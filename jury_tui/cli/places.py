"""Where sessions and exports lie, and which session a word means."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from jury_tui.cli.exits import InputError as InputError
from jury_tui.errors import UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.register.records import register_file

if TYPE_CHECKING:
    from jury_tui.register.record import Record


def content(path: Path, most: int) -> bytes:
    """The bytes of a file given on the command line.

    Args:
        path: The file.
        most: How many bytes it may have.

    Raises:
        InputError: it cannot be opened, or is larger.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        from jury_tui.rosters.tables import why_closed

        raise InputError(why_closed(error), file=str(path)[:300]) from error
    if len(data) > most:
        raise InputError(
            N_("{file} is too large ({limit} MB at most)."),
            file=str(path)[:300],
            limit=most >> 20,
        )
    return data


def now() -> dt.datetime:
    """The time, with its offset; the one clock of the command line."""
    return dt.datetime.now().astimezone()


def find(arguments: Namespace) -> Path:
    """The register of the session meant: a folder, its file, or an id.

    Raises:
        UnreadableRegisterError: there is none.
    """
    return named(arguments.session, arguments.sessions)


def named(word: str, sessions: Path) -> Path:
    """The register that a word means, among these sessions or anywhere.

    Raises:
        UnreadableRegisterError: there is none.
    """
    try:
        for path in (Path(word), sessions / word):
            file = register_file(path)
            if file.is_file():
                return file
        ids = [p.parent.name for p in sessions.glob("*/acts.jsonl")]
    except (OSError, ValueError):  # a name that no file can have
        ids = []
    from jury_tui.rules.references import near

    raise UnreadableRegisterError(
        N_(
            "There is no session “{word}”{hint}: give its folder, or its name in "
            "{sessions}."
        ),
        word=word[:200],
        hint=near(word, ids),
        sessions=sessions,
    )


def read(arguments: Namespace) -> Record:
    """The session meant, to be read.

    Raises:
        RegisterError: there is none, or it was altered.
    """
    from jury_tui.register.record import Record

    return Record.open(find(arguments), write=False)


def write(arguments: Namespace) -> Record:
    """The session meant, to be written.

    Raises:
        RegisterError: there is none, it was altered, or somebody else writes it.
    """
    return opened(find(arguments))


def opened(path: Path) -> Record:
    """A session, to be written.

    Raises:
        RegisterError: it was altered, or somebody else writes it.
    """
    from jury_tui.register.record import Record

    record = Record.open(path, write=True, now=now())
    if record.busy is not None:
        record.close()
        raise record.busy
    return record
