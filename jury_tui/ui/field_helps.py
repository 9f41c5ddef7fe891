"""What each field of a form is for: said beneath the form, and by F1."""

from __future__ import annotations

from collections.abc import Mapping

from jury_tui.i18n import N_

OF_MEMBER = {
    "family": N_("As the appointing act writes it; the minutes print it in capitals."),
    "given": N_("As the appointing act writes them."),
    "seats": N_(
        "The seat held in the jury. [Ctrl+G] lists the seats and how many are taken. "
        "Several, separated by commas, when the person qualifies for several: the "
        "program finds who sits where."
    ),
    "gender": N_(
        "F or M, for the rules on gender balance; left empty, they may stay "
        "undecidable."
    ),
    "function": N_("The person’s trade or office, as the minutes print it."),
    "employer": N_(
        "Compared with the candidates’ employers: a tie is suggested, a person decides."
    ),
    "act": N_("The reference of the act that names the person: a court asks for it."),
    "act_date": N_("The day of that act; it must come before the session."),
    "authority": N_("Who signed that act."),
    "represents": N_("Whom the person represents: the two never sit together."),
    "substitutes": N_(
        "For a substitute: the member whose seat is taken in case of absence."
    ),
}
OF_CANDIDATE = {
    "birth": N_("The birth name; the minutes print it, with the name in use."),
    "given": N_("As the identity document writes them."),
    "use": N_("The name in use, if it differs."),
    "born": N_("The minutes print it; it tells namesakes apart."),
    "place": N_("The minutes print it; it tells namesakes apart."),
    "gender": N_("F or M; left empty, nothing is said of it."),
    "file": N_("The certifier’s number for the file; no two candidates have the same."),
    "start": N_("The day the parcours began: it decides which law applies."),
    "admissible": N_(
        "The day the candidate was declared admissible: a certification that ended "
        "since may still be granted."
    ),
    "employer": N_(
        "Compared with the members’ employers: a tie is suggested, a person decides."
    ),
    "accompanists": N_(
        "Who accompanied the candidate; several names are separated by commas. They "
        "are compared with the members’: a tie is suggested, a person decides."
    ),
    "components": N_(
        "The components asked for, separated by commas; empty: all of them."
    ),
    "acquired": N_(
        "What was acquired before: the component, then the date and the place, like "
        "“a 12/06/2007 Lyon”; several are separated by commas. The jury does not vote "
        "on it again."
    ),
    "time": N_("The time at which the candidate is expected."),
    "reason": N_(
        "The session is open: the change is written to the register with its reason."
    ),
}
OF_MEETING = {
    "date": N_(
        "The day of the session: with each candidate’s parcours, it decides which "
        "texts apply."
    ),
    "time": N_("The time at which the jury is convened."),
    "place": N_("Where the jury meets; the minutes print it."),
    "secretary": N_("Who keeps the minutes."),
}


def by_field(helps: Mapping[str, str]) -> dict[str, str]:
    """What F1 says of each field of a form."""
    return {f"field-{key}": said for key, said in helps.items()}
