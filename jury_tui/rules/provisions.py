"""A seat or a clause in one paragraph: what it asks, and by which text."""

from __future__ import annotations

from jury_tui.i18n import N_, _, listed, ngettext
from jury_tui.rules.clauses import Clause
from jury_tui.rules.findings import Layer, Severity
from jury_tui.rules.model import Seat
from jury_tui.rules.requirements import Terms, require_words
from jury_tui.rules.scope import scope_words

SEVERITIES = {
    Severity.FATAL: N_("a breach blocks"),
    Severity.JUSTIFY: N_("a breach is justified in the minutes"),
    Severity.NOTE: N_("a breach is only noted"),
}
LAYERS = {
    Layer.APPOINTMENT: N_("as appointed"),
    Layer.PRESENCE: N_("as present"),
    Layer.CANDIDATE: N_("for each candidate"),
}


def cited(source: str, quote: str) -> str:
    """Where it is written, and how."""
    said = _("Source: {source}").format(source=source)
    return f"{said} — «\u00a0{quote}\u00a0»" if quote else said


def seat_words(seat: Seat) -> str:
    """One seat: how many, who, voting or not."""
    if seat.count is not None:
        number = str(seat.count)
    elif seat.at_most is None:
        number = _("any number")
        if seat.at_least:
            number = _("at least {n}").format(n=seat.at_least)
    else:
        number = _("from {low} to {high}").format(low=seat.at_least, high=seat.at_most)
    marks = [_("voting") if seat.voting else _("invitee")]
    if seat.chair:
        marks.append(_("chairs"))
    if seat.vice_chair:
        marks.append(_("is vice-chair"))
    if seat.advisory:
        marks.append(_("advisory voice"))
    if seat.representative:
        marks.append(_("or a representative, never both"))
    if seat.voices != 1:
        marks.append(
            ngettext("{n} voice each", "{n} voices each", seat.voices).format(
                n=seat.voices
            )
        )
    if not seat.required:
        marks.append(_("may stay empty"))
    if seat.when.candidates_min is not None:
        marks.append(_("from {n} files on").format(n=seat.when.candidates_min))
    return _("{number}: {label} ({marks})").format(
        number=number, label=seat.label, marks=", ".join(marks)
    )


def clause_words(clause: Clause, terms: Terms) -> str:
    """A clause in one paragraph: what, when, what a breach entails, by which text."""
    words = [f"{clause.label} ({require_words(clause.require, terms)})"]
    words.append(
        _("Judged {layers}; {severity}").format(
            layers=listed(_(LAYERS[layer]) for layer in clause.layers),
            severity=_(SEVERITIES[clause.severity]),
        )
    )
    if clause.silent_at:
        words.append(
            _("The text does not say whether this holds: {layers}").format(
                layers=listed(_(LAYERS[layer]) for layer in clause.silent_at)
            )
        )
    words += scope_words(clause, terms)
    if clause.fallback is not None:
        saved = require_words(clause.fallback.require, terms)
        words.append(
            _("Failing that, the jury may deliberate if: {words}").format(words=saved)
        )
        words.append(cited(clause.fallback.source, clause.fallback.quote))
    if clause.choice:
        words.append(_("Reading chosen: {choice}").format(choice=clause.choice))
    words.append(cited(clause.source, clause.quote))
    return ". ".join(word.rstrip(".") for word in words) + "."
