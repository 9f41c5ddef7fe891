"""``show``: any read-only screen in plain text; a session whole as JSON."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from jury_tui.cli import account, places, streams
from jury_tui.cli.exits import Exit
from jury_tui.cli.screening import FOLDER, ROOMS, SCREENS
from jury_tui.i18n import _, listed, ngettext
from jury_tui.register.headcode import code as head_code
from jury_tui.register.record import Record


def run(arguments: Namespace) -> Exit:
    """Print a session, one of its screens, or a screen on all of them."""
    if wrong := _usage(arguments):
        streams.talk(wrong)
        return Exit.USAGE
    if arguments.screen == "audit":
        return _audit(arguments)
    if arguments.session is None:
        return _folder(arguments)
    return _session(arguments)


def _usage(arguments: Namespace) -> str:
    screen = arguments.screen
    if arguments.session is None:
        if screen in ROOMS or arguments.candidate or arguments.at or arguments.json:
            return _("Which session? Give its name; “show” alone lists them.")
        return ""
    if screen in FOLDER:
        return _("“{screen}” is about all the sessions: name none.").format(
            screen=screen
        )
    if screen == "audit" and arguments.at:
        return _("The audit is of the whole register: leave --at out.")
    if screen and arguments.candidate:
        return _("A candidate, or one of these screens: {screens}. Not both.").format(
            screens=listed(SCREENS)
        )
    if arguments.json and (screen or arguments.candidate):
        return _("As JSON a session is given whole: leave the screen out.")
    return ""


def _folder(arguments: Namespace) -> Exit:
    from jury_tui.cli import shelves

    if arguments.screen == "figures":
        _print(shelves.figures(arguments.sessions))
    else:
        _print(shelves.sessions(arguments.sessions))
    return Exit.FINE


def _audit(arguments: Namespace) -> Exit:
    from jury_tui.audit import audit
    from jury_tui.audit.folder import audit_folder
    from jury_tui.cli import auditing

    now, exports = places.now(), auditing.exports(arguments)
    audited: auditing.Audited = (
        audit_folder(arguments.sessions, now=now, exports=exports)
        if arguments.session is None
        else audit(places.find(arguments), now=now, exports=exports)
    )
    auditing.write(audited)
    return auditing.exit_code([audited])


def _session(arguments: Namespace) -> Exit:
    with places.read(arguments) as record:
        last = len(record.acts)
        wanted = last if arguments.at is None else arguments.at
        if wanted > last:
            streams.talk(
                ngettext(
                    "This register has {number} act: --at goes up to it.",
                    "This register has {number} acts: --at goes up to the last.",
                    last,
                ).format(number=last)
            )
            return Exit.USAGE
        for notice in record.notices:
            streams.talk(notice)
        session = record.session if wanted == last else record.at(wanted)
        code = _code(record, wanted)
        if arguments.json:
            from jury_tui.cli import whole

            streams.json(whole.session(session, code))
        elif not arguments.screen and not arguments.candidate:
            _print(account.lines(session, code))
        else:
            from jury_tui.cli import rooms

            shown = rooms.Shown(record, session, wanted, code, places.now())
            _print(
                rooms.candidate(shown, arguments.candidate)
                if arguments.candidate
                else rooms.ROOMS[arguments.screen](shown)
            )
    return Exit.FINE


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        streams.data(line)


def _code(record: Record, count: int) -> str:
    """The head code after so many acts; empty inside a line of several acts."""
    head = record.register.heads[count - 1]
    return head_code(head) if head else ""
