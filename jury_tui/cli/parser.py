"""What every command's parser shares, in the language in force.

What a command runs is imported when it runs, so that ``show`` loads no
spreadsheet and ``audit`` no screen.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jury_tui.cli import streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import LANGUAGES, _, catalogue, language

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]  # noqa: SLF001 - has no other name
    Add = Callable[[Commands, "Parser"], None]
    """What adds a command, given the options that all of them take."""

SESSIONS = Path("sessions")
EXPORTS = Path("exports")


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal, asked without ``shutil`` and its compressors.

    argparse makes one of these for every argument added, to check it.
    """

    def __init__(self, prog: str, **more: Any) -> None:
        super().__init__(prog, **{"width": _columns() - 2} | more)


def _columns() -> int:
    try:
        asked = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        asked = 0
    if asked > 0:
        return asked
    try:
        # the process's own, whatever stands in its place; None under pythonw
        output = sys.__stdout__ or sys.stdout
        return os.get_terminal_size(output.fileno()).columns or 80
    except (AttributeError, ValueError, OSError):  # none, closed, or no terminal
        return 80


class Parser(argparse.ArgumentParser):
    """A parser whose help may go on with something long, made when asked for."""

    more: Callable[[], str] | None = None

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)

    def format_help(self) -> str:
        """The help, and what goes on with it."""
        text = super().format_help()
        return text if self.more is None else f"{text}\n{self.more()}"


class ShowVersion(argparse.Action):
    """``--version``: the installed one, looked up when it is asked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, parser: argparse.ArgumentParser, *_rest: object) -> None:
        """Say it as data, and end."""
        from importlib.metadata import version  # a tenth of a start

        streams.data(f"{parser.prog} {version('jury-tui')}")
        parser.exit()


def speak(arguments: Sequence[str]) -> str:
    """The language asked for, before anything is parsed: errors are in it already."""
    chosen = "fr"
    for number, word in enumerate(arguments):
        if word == "--":
            break
        if word == "--lang" and number + 1 < len(arguments):
            chosen = arguments[number + 1]
        elif word.startswith("--lang="):
            chosen = word.partition("=")[2]
    return chosen if chosen in LANGUAGES else "fr"


def translate_argparse() -> None:
    """Let argparse find its own sentences in a small catalogue of theirs.

    It has no other seam than the two functions of gettext that it calls, and these
    look for a file by the system's locales: see ``i18n.catalogue``.
    """
    own = catalogue(language(), "argparse")

    def said(message: str | None) -> str | None:  # it asks for titles it has not, too
        return None if message is None else own.gettext(message)

    # Names that argparse imported for itself: its stubs do not tell of them.
    argparse._ = said  # type: ignore[attr-defined]
    argparse.ngettext = own.ngettext  # type: ignore[attr-defined]


def day(text: str) -> dt.date:
    """A date typed on the command line: ``2008-06-10`` or ``10/06/2008``."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(
        _("“{text}” is not a date: write it 2008-06-10 or 10/06/2008.").format(
            text=text
        )
    )


def number(text: str) -> int:
    """A whole number from 1."""
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a whole number from 1.").format(text=text)
        )
    return int(text[:9])


def everywhere() -> Parser:
    """Options that every command takes, before or after its name."""
    options = Parser(add_help=False, allow_abbrev=False)
    options.add_argument(
        "--sessions",
        type=Path,
        metavar=_("DIR"),
        default=argparse.SUPPRESS,
        help=_("the folder of sessions (./sessions)"),
    )
    options.add_argument(
        "--exports",
        type=Path,
        metavar=_("DIR"),
        default=argparse.SUPPRESS,
        help=_("the folder of exports (./exports)"),
    )
    options.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=_("the language: fr (default) or en"),
    )
    return options


def late(module: str, function: str) -> Callable[[argparse.Namespace], Exit]:
    """A function of a command's module, imported when it is called."""

    def run(arguments: argparse.Namespace) -> Exit:
        room = import_module(f"jury_tui.cli.{module}")
        if not gc.isenabled():  # see jury_tui/__main__.py
            gc.freeze()
            gc.enable()
        code: Exit = getattr(room, function)(arguments)
        return code

    return run


def command(
    commands: Commands,
    common: Parser,
    name: str,
    run: tuple[str, str],
    summary: str,
    description: str = "",
) -> Parser:
    """A command: its name, what it runs (module, function), what it does."""
    parser = commands.add_parser(
        name,
        parents=[common],
        help=summary,
        description=f"{summary[:1].upper()}{summary[1:]}. {description}".strip(),
        allow_abbrev=False,
    )
    parser.set_defaults(run=late(*run))
    return parser


def json_option(parser: Parser) -> None:
    """``--json``."""
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def session_argument(parser: Parser, *, optional: bool = False) -> None:
    """The session meant."""
    parser.add_argument(
        "session",
        nargs="?" if optional else None,
        metavar=_("SESSION"),
        help=_("the session’s folder, its acts.jsonl, or its name in the folder"),
    )
