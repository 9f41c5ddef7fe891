"""``list``: a blank list of people, to be filled in."""

from __future__ import annotations

import sys
from argparse import Namespace

from jury_tui import rosters
from jury_tui.cli import streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _
from jury_tui.rules import rulebook


def run(arguments: Namespace) -> Exit:
    """Print the headers; with a rulebook, a column for each fact it asks about."""
    attributes = {}
    if arguments.rulebook is not None:
        book = rulebook.load(arguments.rulebook)
        route = arguments.route or next((r.id for r in book.routes), "")
        rules = rulebook.stack(book, rulebook.laws()).for_route(route)
        attributes = rosters.wanted_attributes(rules)
    if not sys.stdout.isatty():
        sys.stdout.write("\ufeff")  # the mark by which spreadsheets know UTF-8
    sys.stdout.write(rosters.template(arguments.kind, attributes))
    streams.talk(
        _("Save this as a .csv file, one person a line, and give it to “new”.")
    )
    return Exit.FINE
