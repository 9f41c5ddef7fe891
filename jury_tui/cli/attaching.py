"""``attach``: the digest of a scanned paper goes into the register."""

from __future__ import annotations

from argparse import Namespace

from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _
from jury_tui.minutes.publishing import scan_digest
from jury_tui.session.commands.publishing import AttachScan


def run(arguments: Namespace) -> Exit:
    """Record name and digest; the paper itself stays where it is."""
    sha256 = scan_digest(arguments.file)
    with places.write(arguments) as record:
        for notice in record.notices:
            streams.talk(notice)
        record.do(
            AttachScan(
                what=arguments.what or _("signed attendance sheet"),
                file=arguments.file.name,
                sha256=sha256,
            ),
            now=places.now(),
        )
    streams.data(sha256)
    streams.talk(
        _("Attached: {file}. Keep the file: the register holds its digest.").format(
            file=arguments.file.name
        )
    )
    return Exit.FINE
