"""``export``: the minutes as a workbook, numbered and recorded; or as text."""

from __future__ import annotations

from argparse import Namespace

from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _


def run(arguments: Namespace) -> Exit:
    """Write the workbook and print its path; with ``--text``, only print."""
    from jury_tui.minutes import publishing

    output = arguments.output
    if output is not None and output.suffix.casefold() != ".xlsx":
        streams.talk(_("The name of the workbook must end in .xlsx."))
        return Exit.USAGE
    if arguments.text:
        return _text(arguments)
    with places.write(arguments) as record:
        for notice in record.notices:
            streams.talk(notice)
        published = publishing.publish(
            record,
            sessions=record.path.parent,
            target=output or arguments.exports,
            now=places.now(),
        )
    streams.data(str(published.path))
    streams.talk(
        _("Minutes {number} exported. SHA-256: {digest}").format(
            number=published.number, digest=published.sha256
        )
    )
    return Exit.FINE


def _text(arguments: Namespace) -> Exit:
    """The minutes as they stand, on standard output; nothing is written."""
    from jury_tui.minutes import text
    from jury_tui.minutes.publishing import made

    with places.read(arguments) as record:
        minutes = made(record)
    streams.data(text.text(minutes))
    missing = any(blocker.fatal for blocker in minutes.blockers)
    return Exit.REFUSED if missing else Exit.FINE
