"""The whole command line: every command, and the options that all of them take."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from jury_tui.cli import holding, proving
from jury_tui.cli.parser import (
    EXPORTS,
    SESSIONS,
    Parser,
    ShowVersion,
    everywhere,
    late,
)
from jury_tui.i18n import _

PROGRAM = "jury-tui"
COMMANDS = holding.COMMANDS | proving.COMMANDS


def build(words: Sequence[str] = ()) -> Parser:
    """The command line.

    Args:
        words: Those it will parse. Where they name one command, the others are left
            out: making all of them costs more than most commands take. Whatever
            names none, from ``--help`` to a misspelling, needs the whole of it.
    """
    common = everywhere()
    parser = Parser(
        prog=PROGRAM,
        description=_("Jury sessions, from convocation to signed minutes."),
        epilog=_(
            "Without a command: the screens. Exit codes: 0 nothing wrong, 1 a breach "
            "or a refusal, 2 wrong usage, 3 the input cannot be read, 130 interrupted."
        ),
        # its own copy: setting its defaults must not reach the commands' options
        parents=[everywhere()],
        allow_abbrev=False,
    )
    parser.set_defaults(
        sessions=SESSIONS, exports=EXPORTS, lang="fr", run=late("screens", "run")
    )
    parser.add_argument(
        "--version",
        action=ShowVersion,
        default=argparse.SUPPRESS,
        dest="version",
        help=_("show the version"),
    )
    commands = parser.add_subparsers(
        title=_("commands"),
        metavar=_("COMMAND"),
        dest="command",
        parser_class=Parser,
        prog=PROGRAM,
    )
    asked = _asked(words)
    for add in (COMMANDS[asked],) if asked in COMMANDS else COMMANDS.values():
        add(commands, common)
    return parser


def _asked(words: Sequence[str]) -> str:
    """The first word that is no option, unless anything unusual stands before it."""
    options = ("--sessions", "--exports", "--lang")
    rest = iter(words)
    for word in rest:
        if word in options:
            next(rest, None)
        elif word.partition("=")[0] not in options:
            return word
    return ""
