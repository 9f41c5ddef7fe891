"""``show``: a session in plain text, or whole as JSON, as it stood after any act."""

from __future__ import annotations

from argparse import Namespace

from jury_tui.cli import account, places, streams, whole
from jury_tui.cli.exits import Exit
from jury_tui.i18n import ngettext
from jury_tui.register import code as head_code
from jury_tui.register.record import Record


def run(arguments: Namespace) -> Exit:
    """Print the session."""
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
            streams.json(whole.session(session, code))
        else:
            for line in account.lines(session, code):
                streams.data(line)
    return Exit.FINE


def _code(record: Record, count: int) -> str:
    """The head code after so many acts; empty inside a line of several acts."""
    head = record.register.heads[count - 1]
    return head_code(head) if head else ""
