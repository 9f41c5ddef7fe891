"""Where and when a clause governs, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jury_tui.i18n import N_, _, listed, long_date, ngettext
from jury_tui.rules.clauses import Clause, Family, KeyDate
from jury_tui.rules.labels import Label
from jury_tui.rules.requirements import Terms

FAMILIES = {
    Family.TITLES: N_("For titles, CQP and diplomas outside higher education"),
    Family.HIGHER_EDUCATION: N_("For diplomas of higher education"),
}


def scope_words(clause: Clause, terms: Terms) -> list[str]:
    """Everything that keeps a clause from governing every jury, one sentence each."""
    words = []
    key = (
        _("start of the parcours")
        if clause.key_date is KeyDate.PARCOURS
        else _("day of the session")
    )
    if clause.from_ is not None and clause.until is not None:
        words.append(
            _("In force from {start} to {end} ({key})").format(
                start=long_date(clause.from_), end=long_date(clause.until), key=key
            )
        )
    elif clause.from_ is not None:
        words.append(
            _("In force since {start} ({key})").format(
                start=long_date(clause.from_), key=key
            )
        )
    elif clause.until is not None:
        words.append(
            _("In force until {end} ({key})").format(
                end=long_date(clause.until), key=key
            )
        )
    words += [_(FAMILIES[family]) for family in clause.families]
    if clause.vae_only:
        words.append(_("VAE routes only"))
    if clause.routes:
        said = ngettext(
            "For the route: {names}", "For the routes: {names}", len(clause.routes)
        )
        words.append(said.format(names=_named(clause.routes, terms.routes)))
    if clause.juries:
        said = ngettext(
            "For the jury: {names}", "For the juries: {names}", len(clause.juries)
        )
        words.append(said.format(names=_named(clause.juries, terms.juries)))
    if clause.when.remote is not None:
        words.append(
            _("When somebody sits remotely")
            if clause.when.remote
            else _("When nobody sits remotely")
        )
    if clause.when.convocation is not None:
        words.append(_("Convocation {n}").format(n=clause.when.convocation))
    if clause.when.candidates_min is not None:
        words.append(_("From {n} files on").format(n=clause.when.candidates_min))
    return words


def _named(ids: Sequence[str], labels: Mapping[str, Label]) -> str:
    return listed(str(labels.get(ref, ref)) for ref in ids)
