"""Where sessions and exports lie, and which session a word means."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from pathlib import Path

from jury_tui.errors import UnreadableRegisterError
from jury_tui.i18n import N_
from jury_tui.register.record import Record, register_file
from jury_tui.rules.references import near


def now() -> dt.datetime:
    """The time, with its offset; the one clock of the command line."""
    return dt.datetime.now().astimezone()


def find(arguments: Namespace) -> Path:
    """The register of the session meant: a folder, its file, or an id.

    Raises:
        UnreadableRegisterError: there is none.
    """
    word: str = arguments.session
    sessions: Path = arguments.sessions
    try:
        for path in (Path(word), sessions / word):
            file = register_file(path)
            if file.is_file():
                return file
        ids = [p.parent.name for p in sessions.glob("*/acts.jsonl")]
    except (OSError, ValueError):  # a name that no file can have
        ids = []
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
    return Record.open(find(arguments), write=False)


def write(arguments: Namespace) -> Record:
    """The session meant, to be written.

    Raises:
        RegisterError: there is none, it was altered, or somebody else writes it.
    """
    record = Record.open(find(arguments), write=True, now=now())
    if record.busy is not None:
        record.close()
        raise record.busy
    return record
