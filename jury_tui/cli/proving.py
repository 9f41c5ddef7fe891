"""The commands that publish, sign and prove: their words and options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jury_tui.cli.parser import (
    Parser,
    command,
    json_option,
    late,
    number,
    session_argument,
)
from jury_tui.i18n import _

if TYPE_CHECKING:
    from jury_tui.cli.parser import Add, Commands


def _export(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "export",
        ("exporting", "run"),
        _("write the minutes as a workbook, numbered and recorded"),
        _(
            "Refused, with the list, while a mandatory mention is empty. The number "
            "follows the last one of the certifier and year in the folder of sessions."
        ),
    )
    session_argument(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE.xlsx"),
        help=_("the workbook (in the folder of exports, named after its number)"),
    )
    parser.add_argument(
        "--text",
        action="store_true",
        help=_("print the minutes as text instead, and write nothing"),
    )
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--extract",
        metavar=_("CANDIDATE"),
        help=_("print the extract of the minutes about one candidate"),
    )
    one.add_argument(
        "--letter",
        metavar=_("CANDIDATE"),
        help=_("print the letter that tells a candidate the result"),
    )
    one.add_argument(
        "--rectifying",
        metavar=_("NUMBER"),
        help=_("print the rectifying minutes of this number"),
    )


def _attach(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "attach",
        ("attaching", "run"),
        _("keep the digest of a scanned paper in the register"),
        _("The scan stays where it is; a change to it is seen by its digest."),
    )
    session_argument(parser)
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("the scan"))
    parser.add_argument(
        "--what",
        default="",
        metavar=_("TEXT"),
        help=_("what the paper is (the signed attendance sheet)"),
    )


def _sign(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "sign",
        ("signing", "run"),
        _("sign a workbook of minutes, and tell its register"),
        _(
            "The signature is inside the workbook; office programs show it. The "
            "register is found by the workbook’s digest, or given."
        ),
    )
    _workbook(parser)
    _keys_options(parser, required=True)
    parser.add_argument(
        "--role",
        default="",
        metavar=_("TEXT"),
        help=_("in which role; known already for a member of the jury"),
    )
    parser.add_argument(
        "--place", default="", metavar=_("TEXT"), help=_("where it is signed")
    )
    parser.add_argument(
        "--timestamp",
        metavar="URL",
        help=_("ask this authority to prove the time (RFC 3161)"),
    )
    parser.add_argument(
        "--companion",
        action="store_true",
        help=_("sign the companion beside the workbook (.p7s) instead"),
    )
    _register(parser)


def _verify(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "verify",
        ("verifying", "run"),
        _("judge a signed workbook: intact, complete, trusted, faithful"),
        _("Exits with 1 when an answer is no, or when nobody signed."),
    )
    _workbook(parser)
    parser.add_argument(
        "--ca",
        type=Path,
        action="append",
        default=[],
        metavar="CA.pem",
        help=_("an authority that you trust; may be repeated"),
    )
    parser.add_argument(
        "--crl",
        type=Path,
        action="append",
        default=[],
        metavar=_("FILE"),
        help=_("a list of revoked certificates; may be repeated"),
    )
    _register(parser)
    json_option(parser)


def _keys(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "keys",
        ("keys", "authority"),
        _("make keys for those who have none: authority, issue, renew, revoke"),
    )
    actions = parser.add_subparsers(
        title=_("actions"), metavar=_("ACTION"), dest="action", required=True,
        parser_class=Parser,
    )  # fmt: skip
    for name, summary in (
        ("authority", _("make the local authority that vouches for keys")),
        ("issue", _("make a person’s key and certificate (.p12)")),
        ("renew", _("make a new key for the person of a certificate")),
        ("revoke", _("say that a certificate is worth nothing any more")),
    ):
        action = actions.add_parser(
            name, parents=[common], help=summary, allow_abbrev=False
        )
        action.set_defaults(run=late("keys", name))
        action.add_argument(
            "folder", type=Path, metavar=_("FOLDER"), help=_("the authority’s folder")
        )
        if name in ("authority", "issue"):
            action.add_argument(
                "name", metavar=_("NAME"), help=_("the name that signatures show")
            )
        else:
            action.add_argument(
                "certificate",
                type=Path,
                metavar=_("FILE.pem"),
                help=_("the person’s certificate"),
            )
        _password(action, "--password-file", _("the authority’s password, in a file"))
        if name in ("issue", "renew"):
            _password(
                action, "--own-password-file", _("the new key’s password, in a file")
            )


def _archive(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "archive",
        ("archiving", "run"),
        _("put a whole session in one file, for an archivist or a court"),
        _("Register, workbooks, signatures, rulebooks, and how to verify them."),
    )
    session_argument(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE.zip"),
        help=_("the archive (in the folder of exports, named after the session)"),
    )


def _audit(commands: Commands, common: Parser) -> None:
    parser = command(
        commands,
        common,
        "audit",
        ("auditing", "run"),
        _("derive everything again from the registers, and compare"),
        _("Exits with 1 when a session is altered or irregular, 3 when unreadable."),
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar=_("PATH"),
        help=_(
            "sessions, archives, folders of sessions; the folder of sessions if none"
        ),
    )
    parser.add_argument(
        "--code",
        action="append",
        default=[],
        metavar="CODE",
        help=_("a head code read on paper, that the register must have"),
    )
    parser.add_argument(
        "--jobs", type=number, metavar="N", help=_("how many processes; all cores")
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help=_("go on after a stop: sessions unchanged since are not judged again"),
    )
    parser.add_argument(
        "--since",
        type=Path,
        metavar=_("CHECKPOINT"),
        help=_("tell what changed since a checkpoint"),
    )
    parser.add_argument(
        "--level",
        type=int,
        choices=(0, 1, 2),
        default=1,
        help=_("how closely: 0 sizes and dates, 1 every byte, 2 all derived again"),
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar=_("FILE"),
        help=_("take down what the folder holds, to compare with later"),
    )
    _keys_options(parser, required=False)
    json_option(parser)


def _workbook(parser: Parser) -> None:
    parser.add_argument(
        "file", type=Path, metavar=_("FILE.xlsx"), help=_("the workbook")
    )


def _register(parser: Parser) -> None:
    parser.add_argument(
        "--register",
        metavar=_("SESSION"),
        help=_("the session’s folder, its acts.jsonl, or its name in the folder"),
    )


def _password(parser: Parser, option: str, words: str) -> None:
    parser.add_argument(option, type=Path, metavar=_("FILE"), help=words)


def _keys_options(parser: Parser, *, required: bool) -> None:
    """Who signs: a .p12 file, or a token."""
    who = parser.add_mutually_exclusive_group(required=required)
    who.add_argument(
        "--key", type=Path, metavar=_("FILE.p12"), help=_("the key of who signs")
    )
    who.add_argument(
        "--token",
        type=Path,
        metavar=_("LIBRARY"),
        help=_("the PKCS#11 library of a card or token, instead"),
    )
    parser.add_argument(
        "--token-label", default="", metavar=_("TEXT"), help=_("which token")
    )
    parser.add_argument(
        "--key-label", default="", metavar=_("TEXT"), help=_("which key on the token")
    )
    _password(
        parser, "--password-file", _("the password on a first line; asked otherwise")
    )


COMMANDS: dict[str, Add] = {
    "export": _export,
    "attach": _attach,
    "sign": _sign,
    "verify": _verify,
    "keys": _keys,
    "archive": _archive,
    "audit": _audit,
}
