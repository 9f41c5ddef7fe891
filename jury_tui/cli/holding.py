"""The commands that prepare and hold a session: their words and options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jury_tui.cli.parser import (
    Parser,
    command,
    day,
    json_option,
    number,
    session_argument,
)
from jury_tui.cli.screening import SCREENS
from jury_tui.i18n import _

if TYPE_CHECKING:
    from jury_tui.cli.parser import Add, Commands


def _rulebooks(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "rulebooks",
        ("rulebooks", "run"),
        _("list the rulebooks, or explain one in words, with its sources"),
        _("A rulebook file is checked too: contradictions are named, and exit with 1."),
    )
    parser.add_argument(
        "code",
        nargs="?",
        metavar=_("CODE|FILE.toml"),
        help=_("a rulebook’s code, or a rulebook file"),
    )
    json_option(parser)


def _new(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "new",
        ("preparing", "run"),
        _("begin a session, and print its path"),
        _(
            "Lists of people are .csv (comma or semicolon) or .xlsx files; nothing is "
            "made if a line is wrong."
        ),
    )
    parser.add_argument(
        "code", metavar="CODE", help=_("the certification’s code, or a rulebook file")
    )
    parser.add_argument(
        "route", metavar=_("ROUTE"), help=_("the access route (vae, for instance)")
    )
    parser.add_argument(
        "--date", type=day, required=True, metavar=_("DAY"), help=_("the session’s day")
    )
    parser.add_argument("--place", default="", metavar=_("TEXT"), help=_("where"))
    parser.add_argument("--time", default="", metavar=_("TIME"), help=_("at what time"))
    parser.add_argument(
        "--secretary", default="", metavar=_("TEXT"), help=_("who keeps the minutes")
    )
    _people(parser)
    _house(parser)


def _people(parser: Parser) -> None:
    parser.add_argument(
        "--members", type=Path, metavar=_("FILE"), help=_("the list of members")
    )
    parser.add_argument(
        "--candidates", type=Path, metavar=_("FILE"), help=_("the list of candidates")
    )


def _house(parser: Parser) -> None:
    parser.add_argument(
        "--house",
        type=Path,
        metavar=_("FILE.toml"),
        help=_(
            "the establishment’s own rules (reglement-interieur.toml in the folder of "
            "sessions, if there)"
        ),
    )


def _list(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "list",
        ("listing", "run"),
        _("print a blank list of members or candidates, as CSV"),
        _("Fill it in with a spreadsheet program, then give it to “new”."),
    )
    parser.add_argument("kind", choices=("members", "candidates"), help=_("which one"))
    parser.add_argument(
        "--rulebook",
        metavar=_("CODE|FILE.toml"),
        help=_("add a column for each fact that this rulebook asks about"),
    )
    parser.add_argument(
        "--route", metavar=_("ROUTE"), help=_("the access route (vae, for instance)")
    )


def _check(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "check",
        ("checking", "run"),
        _("judge a composition: as appointed, as present, for each candidate"),
        _(
            "For a session, or for lists of people before any session is made. Exits "
            "with 1 when any clause is breached, even one that is not fatal."
        ),
    )
    session_argument(parser, optional=True)
    parser.add_argument(
        "--rulebook",
        metavar=_("CODE|FILE.toml"),
        help=_("the certification, without a session"),
    )
    parser.add_argument(
        "--route", metavar=_("ROUTE"), help=_("the access route (vae, for instance)")
    )
    _people(parser)
    parser.add_argument(
        "--on", type=day, metavar=_("DAY"), help=_("the day that is judged; today")
    )
    parser.add_argument(
        "--without",
        nargs="+",
        action="extend",
        default=[],
        metavar=_("NAME"),
        help=_("as if these members were not there: names or ids"),
    )
    _house(parser)
    json_option(parser)


def _apply(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "apply",
        ("applying", "run"),
        _("carry out commands written in JSON, one a line"),
        _(
            "The same commands and the same guards as the screens. All or nothing: a "
            "refused line undoes nothing, because nothing was written. Prints the acts "
            "that were recorded, one JSON object a line."
        ),
    )
    session_argument(parser)
    parser.add_argument(
        "file", metavar=_("FILE|-"), help=_("the commands; - is standard input")
    )
    parser.add_argument(
        "--keep-going",
        action="store_true",
        help=_("record each line by itself, and go on after a refused one"),
    )
    parser.more = _every_command


def _every_command() -> str:
    from jury_tui.cli.reference import every_command

    return every_command()


def _show(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "show",
        ("showing", "run"),
        _("any screen in plain text, for a screen reader; a session whole as JSON"),
        _(
            "Without a session: the list of sessions. “check --without” tells what if "
            "somebody is away, “verify” what signatures are worth."
        ),
    )
    session_argument(parser, optional=True)
    parser.add_argument(
        "--screen",
        choices=SCREENS,
        default="",
        metavar=_("SCREEN"),
        help=_("one of: {screens}").format(screens=", ".join(SCREENS)),
    )
    parser.add_argument(
        "--candidate",
        default="",
        metavar=_("CANDIDATE"),
        help=_("a candidate’s screen: name or id"),
    )
    parser.add_argument(
        "--at",
        type=number,
        metavar="N",
        help=_("as it stood after its N-th act"),
    )
    json_option(parser)


def _demo(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "demo",
        ("demonstrating", "run"),
        _("open a fictitious session, made if it is not there"),
        _("A second one, with the same people, waits to be opened: try things on it."),
    )
    parser.add_argument(
        "--no-ui", action="store_true", help=_("print its path instead of opening it")
    )


COMMANDS: dict[str, Add] = {
    "demo": _demo,
    "rulebooks": _rulebooks,
    "list": _list,
    "new": _new,
    "check": _check,
    "apply": _apply,
    "show": _show,
}
