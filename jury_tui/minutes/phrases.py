"""Words of the minutes that follow a person's gender, or say what the rules found.

A msgid ``text|f`` or ``text|n`` is the feminine, or the form for a person whose
gender is not recorded, of ``text``: French agrees where English does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from jury_tui.i18n import N_, _, clock, long_date, short_date
from jury_tui.rules.ballot import MajorityRule, majority_words
from jury_tui.rules.findings import Layer, Severity, Verdict
from jury_tui.rules.people import Member
from jury_tui.session.acts import Mode, Presence
from jury_tui.session.session import Spell

CHAIR = (N_("the chair"), N_("the chair|f"), N_("the chair|n"))
CHAIR_TITLE = (
    N_("Chair of the jury"),
    N_("Chair of the jury|f"),
    N_("Chair of the jury|n"),
)
INVITEE = (
    N_("ex-officio invitee"),
    N_("ex-officio invitee|f"),
    N_("ex-officio invitee|n"),
)
SUBSTITUTE = (
    N_("substitute, not called"),
    N_("substitute, not called|f"),
    N_("substitute, not called|n"),
)
REPLACED = (
    N_("replaced by {name}"),
    N_("replaced by {name}|f"),
    N_("replaced by {name}|n"),
)
EXCUSED = (N_("excused"), N_("excused|f"), N_("excused|n"))
ABSENT = (N_("absent"), N_("absent|f"), N_("absent|n"))
POSTPONED = (N_("postponed"), N_("postponed|f"), N_("postponed|n"))
PRESENTED = (N_("presented"), N_("presented|f"), N_("presented|n"))
REGISTERED = (N_("registered"), N_("registered|f"), N_("registered|n"))
NOT_PRESENT = (N_("not present"), N_("not present|f"), N_("not present|n"))
BORN = (N_("born on {date}"), N_("born on {date}|f"), N_("born on {date}|n"))
BORN_AT = (
    N_("born on {date} in {place}"),
    N_("born on {date} in {place}|f"),
    N_("born on {date} in {place}|n"),
)
DEAR = (N_("Dear Sir,"), N_("Dear Madam,"), N_("Dear Sir or Madam,"))


def series(words: Iterable[str]) -> str:
    """Phrases one after the other, with semicolons."""
    return _("; ").join(words)


def number_line(number: str) -> str:
    """``No. CNAM-2008-1``, or that there is none yet."""
    if not number:
        return _("number not given yet")
    return _("No. {number}").format(number=number)


def day_and_time(moment: dt.datetime) -> str:
    """``12 juin 2008 à 9 h 02``."""
    return _("{date} at {time}").format(
        date=long_date(moment.date()), time=clock(moment)
    )


def appointing_act(member: Member) -> str:
    """Reference, date and authority of the appointing act."""
    words = [member.act]
    if member.act_date is not None:
        words.append(_("of {date}").format(date=short_date(member.act_date)))
    if member.act_authority:
        words.append(f"({member.act_authority})")
    return " ".join(w for w in words if w)


def presence_words(spell: Spell) -> str:
    """In the room, or remotely and by which means."""
    if spell.presence is Presence.ROOM:
        return _("in the room")
    remote = _("remote")
    return f"{remote} ({spell.means})" if spell.means else remote


def mode_word(mode: Mode) -> str:
    """How a vote was taken."""
    return {
        Mode.NAMED: _("by name"),
        Mode.SHOW: _("show of hands"),
        Mode.SECRET: _("secret ballot"),
    }[mode]


def ballot_outcome(outcome: str) -> str:
    """What a vote made of a component."""
    return {
        "carried": _("acquired"),
        "not_carried": _("not acquired"),
        "tie": _("tie"),
        "undecidable": _("undecidable"),
    }.get(outcome, outcome)


def verdict_word(verdict: Verdict) -> str:
    """A verdict, as a column says it."""
    return {
        Verdict.SATISFIED: _("yes"),
        Verdict.BREACHED: _("no"),
        Verdict.UNDECIDABLE: _("cannot be decided"),
    }[verdict]


def severity_word(severity: Severity) -> str:
    """What a breach entails."""
    return {
        Severity.FATAL: _("required"),
        Severity.JUSTIFY: _("to be justified"),
        Severity.NOTE: _("for information"),
    }[severity]


def layer_word(layer: Layer) -> str:
    """The moment a composition was judged."""
    return {
        Layer.APPOINTMENT: _("as appointed"),
        Layer.PRESENCE: _("at the opening"),
        Layer.CANDIDATE: _("for the candidate"),
    }[layer]


def majority_sentence(rule: MajorityRule) -> str:
    """The majority rule with its source; or that no text names one."""
    if not rule.type:
        return _("No text adopted for this session says by what majority it decides.")
    return _("The jury decides by {majority} ({source}).").format(
        majority=majority_words(rule), source=rule.source
    )


def tie_sentence(rule: MajorityRule) -> str:
    """What becomes of a tie, with its source."""
    said = {
        "chair_prevails": N_("On a tie, the chair’s vote prevails ({source})."),
        "not_carried": N_("On a tie, the component is not acquired ({source})."),
        "favourable": N_("On a tie, the component is acquired ({source})."),
    }.get(rule.tie)
    if said is None:
        return _("No text adopted for this session gives a casting vote.")
    return _(said).format(source=rule.tie_source)


def handling_sentence(rule: MajorityRule) -> str:
    """What an abstention weighs, when a text says it."""
    said = {
        "ignored": N_("Abstentions are left out of the count."),
        "counts_against": N_("An abstention counts as a vote against."),
        "counts_for": N_("An abstention counts as a vote for."),
    }.get(rule.abstention)
    return "" if said is None else _(said)


def outcome_plural(outcome: str) -> str:
    """An outcome, as the label of a count of candidates."""
    return {
        "total": _("Full validations"),
        "partial": _("Partial validations"),
        "none": _("No validation"),
    }[outcome]
