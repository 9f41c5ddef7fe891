"""The whole command line: every command, and the options that all of them take."""

from __future__ import annotations

from jury_tui.cli import holding, proving
from jury_tui.cli.parser import EXPORTS, SESSIONS, Parser, everywhere, late
from jury_tui.i18n import _


def build() -> Parser:
    """The whole command line."""
    common = everywhere()
    parser = Parser(
        prog="jury-tui",
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
    commands = parser.add_subparsers(
        title=_("commands"), metavar=_("COMMAND"), dest="command", parser_class=Parser
    )
    for add in (*holding.COMMANDS, *proving.COMMANDS):
        add(commands, common)
    return parser
