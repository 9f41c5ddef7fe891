"""``export``: the minutes as a workbook, numbered and recorded; or as text."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _

if TYPE_CHECKING:
    from jury_tui.minutes.publishing import Published


def run(arguments: Namespace) -> Exit:
    """Write the workbook and print its path; with ``--text``, only print."""
    from jury_tui.minutes import publishing

    output = arguments.output
    if output is not None and output.suffix.casefold() != ".xlsx":
        streams.talk(_("The name of the workbook must end in .xlsx."))
        return Exit.USAGE
    if arguments.rectifying and output is not None:
        return _rectifying(arguments)
    if arguments.extract or arguments.letter or arguments.rectifying:
        return _other(arguments)
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
    return _published(published)


def _published(published: Published) -> Exit:
    streams.data(str(published.path))
    streams.talk(
        _("Minutes {number} exported. SHA-256: {digest}").format(
            number=published.number, digest=published.sha256
        )
    )
    return Exit.FINE


def _rectifying(arguments: Namespace) -> Exit:
    """Rectifying minutes as a workbook: recorded, so that they can be signed."""
    from jury_tui.minutes.publishing import publish_rectifying

    with places.write(arguments) as record:
        for notice in record.notices:
            streams.talk(notice)
        published = publish_rectifying(
            record, arguments.rectifying, target=arguments.output, now=places.now()
        )
    return _published(published)


def _other(arguments: Namespace) -> Exit:
    """An extract or a letter, as text or as a workbook (-o); rectifying minutes."""
    from jury_tui.minutes import letters, publishing, text
    from jury_tui.minutes.workbook import workbook

    with places.read(arguments) as record:
        session, code, head = record.session, record.code, record.register.head
        count = len(record.acts)
    if arguments.rectifying:
        made = publishing.made(record, arguments.rectifying)
    else:
        make = letters.extract if arguments.extract else letters.notification
        candidate = arguments.extract or arguments.letter
        made = make(session, candidate, code=code, head=head, count=count)
    if arguments.output is None:
        streams.data(text.text(made))
    else:
        publishing.put(arguments.output, workbook(made))
        streams.data(str(arguments.output))
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
