"""``demo``: the fictitious session, made if absent, then opened."""

from __future__ import annotations

from argparse import Namespace

from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.demo import make
from jury_tui.i18n import _


def run(arguments: Namespace) -> Exit:
    """Make it where it is missing; print its path, or open the screens on it."""
    path = make(arguments.sessions, places.now())
    if arguments.no_ui:
        streams.data(str(path))
        return Exit.FINE
    from jury_tui.cli.screens import show

    streams.talk(_("The fictitious session: {path}").format(path=path))
    return show(arguments, open_path=path)
