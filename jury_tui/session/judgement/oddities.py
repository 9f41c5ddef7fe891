"""Facts that are probably mistyped: never refused, said wherever they are entered."""

from __future__ import annotations

import re

from jury_tui.i18n import N_, _, short_date
from jury_tui.rules.people import Candidate, Member
from jury_tui.session.session import Session

_AHEAD = {
    "parcours_start": N_("The parcours begins on {date}, after the session ({day})."),
    "admissible_on": N_("Admissible on {date}: that is after the session ({day})."),
    "birth_date": N_("Born on {date}: that is after the session ({day})."),
    "act_date": N_("The appointing act is of {date}, after the session ({day})."),
}
"""Days that cannot come after that of the session."""
_HOUR = re.compile(r"(\d{1,2})\s*[h:]\s*(\d{2})?", re.IGNORECASE)


def oddities(session: Session, person: Member | Candidate) -> dict[str, str]:
    """What can hardly be true of a person, by the field that says it.

    Args:
        session: Its day and hour are what the facts are compared with.
        person: The person, who need not be in the session yet.
    """
    found = {}
    for field, said in _AHEAD.items():
        date, day = getattr(person, field, None), session.date
        if date is not None and day is not None and date > day:
            found[field] = _(said).format(date=short_date(date), day=short_date(day))
    if isinstance(person, Candidate):
        hours = minutes_of(person.time), minutes_of(session.time)
        if hours[0] is not None and hours[1] is not None and hours[0] < hours[1]:
            said = _("Expected at {time}, before the session begins ({hour}).")
            found["time"] = said.format(time=person.time, hour=session.time)
    return found


def minutes_of(hour: str) -> int | None:
    """An hour as typed anywhere: ``09:05``, ``9h05``, ``9 h``."""
    seen = _HOUR.fullmatch(hour.strip())
    return None if seen is None else int(seen[1]) * 60 + int(seen[2] or 0)
