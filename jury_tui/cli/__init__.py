"""The command line: the same core as the screens, for scripts, tests and audits."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from jury_tui.cli import commands, parser, streams
from jury_tui.cli.exits import Exit, InputError
from jury_tui.errors import (
    BrokenChainError,
    JuryError,
    RosterError,
    RulebookError,
    UnreadableRegisterError,
)
from jury_tui.i18n import _, set_language

__all__ = ["Exit", "main"]

# What cannot be read is 3; what can be, and is refused, is 1.
_UNREADABLE = (
    InputError,
    RosterError,
    RulebookError,
    UnreadableRegisterError,
    BrokenChainError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: Its words; those of the process by default.

    Returns:
        An exit code (``Exit``).
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    streams.prepare()
    set_language(parser.speak(words))
    parser.translate_argparse()
    try:
        return _run(words)
    except KeyboardInterrupt:
        streams.talk(_("Interrupted. What was said to be recorded is recorded."))
        return Exit.INTERRUPTED
    finally:
        streams.flush()


def _run(words: list[str]) -> int:
    try:
        asked = commands.build(words).parse_args(words)
    except SystemExit as end:  # argparse has said why, or has helped
        return Exit.USAGE if end.code else Exit.FINE
    try:
        code: Exit = asked.run(asked)
    except _UNREADABLE as error:
        streams.talk(error)
        return Exit.UNREADABLE
    except JuryError as error:
        streams.talk(error)
        return Exit.REFUSED
    return code
