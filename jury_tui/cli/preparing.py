"""``new``: begin a session from lists of people, all or nothing."""

from __future__ import annotations

from argparse import Namespace

from jury_tui.cli import people, places, streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _, listed, ngettext
from jury_tui.register.drafting import draft
from jury_tui.session import judgement
from jury_tui.session.commands import perform


def run(arguments: Namespace) -> Exit:
    """Make the session and print its path; say what its composition lacks."""
    now = places.now()
    sketch = people.sketch(
        arguments, arguments.code, arguments.route, arguments.date, now
    )
    commands = people.read(arguments, sketch)
    perform(sketch, commands, now)  # refused here, nothing is left behind
    with draft(
        arguments.sessions,
        certification=arguments.code,
        route=arguments.route,
        date=arguments.date,
        place=arguments.place,
        time=arguments.time,
        secretary=arguments.secretary,
        house=people.house(arguments),
        now=now,
    ) as record:
        if commands:
            record.do(*commands, now=now)
        session = record.session
        for notice in record.notices:
            streams.talk(notice)
        streams.data(str(record.path))
    members, candidates = len(session.members), len(session.files)
    streams.talk(
        _("Session begun: {parts}.").format(
            parts=listed(
                (
                    ngettext("{number} person", "{number} people", members).format(
                        number=members
                    ),
                    ngettext(
                        "{number} candidate", "{number} candidates", candidates
                    ).format(number=candidates),
                )
            )
        )
    )
    for finding in judgement.as_appointed(session):
        if finding.blocks or finding.to_justify:
            streams.talk(finding.explanation)
    return Exit.FINE
