"""What a requirement asks, in words, before anybody is counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from jury_tui.i18n import N_, _, listed, long_date, ngettext
from jury_tui.rules.clauses import Condition, Group, Require
from jury_tui.rules.labels import Label
from jury_tui.rules.model import Rulebook, Seat
from jury_tui.rules.people import TieKind
from jury_tui.rules.scene import as_date
from jury_tui.rules.wording import (
    BUILT_IN_LABELS,
    bounds_words,
    part_words,
    substitution_words,
)

TIES = {
    TieKind.ACCOMPANIED: N_("accompanied the candidate"),
    TieKind.EMPLOYER: N_("same company or body"),
    TieKind.PROFESSIONAL: N_("professional tie"),
    TieKind.TRAINER: N_("trained the candidate"),
    TieKind.FAMILY: N_("kinship"),
    TieKind.PERSONAL: N_("personal tie"),
    TieKind.CONSCIENCE: N_("the member’s own doubt"),
}


FACTS = {
    "gender": N_("sex"),
    "employer": N_("employer"),
    "function": N_("function"),
    "act": N_("appointing act"),
    "act_date": N_("date of the appointing act"),
    "act_authority": N_("appointing authority"),
    "represents": N_("person represented"),
    "discipline": N_("discipline"),
    "session": N_("the session’s day"),
}
"""How the facts of a card are named where a rulebook does not name them."""


class Terms(NamedTuple):
    """How a rulebook names what its clauses speak of."""

    groups: Mapping[str, Group]
    attributes: Mapping[str, Label]
    seats: Mapping[str, Seat]
    routes: Mapping[str, Label]
    juries: Mapping[str, Label]


def terms_of(book: Rulebook) -> Terms:
    """The terms of a rulebook."""
    seats = {seat.id: seat for jury in book.juries for seat in jury.seats}
    return Terms(
        groups=book.groups,
        attributes=book.attributes,
        seats=seats,
        routes={route.id: route.label for route in book.routes},
        juries={jury.id: jury.label for jury in book.juries},
    )


def _of_college(college: str, terms: Terms) -> tuple[str, ...]:
    """The seats of a college: its name is the file's, their labels are the text's."""
    return tuple(s.id for s in terms.seats.values() if college and s.college == college)


def definition_words(group: Group, terms: Terms) -> str:
    """Whom a group of a rulebook is made of, in one line."""
    parts = [
        _("among the {group}").format(
            group=group_words(group.within or group.among, terms)
        )
    ]
    for held in (group.seats, _of_college(group.college, terms)):
        if held:
            labels = [
                str(terms.seats[s].label) if s in terms.seats else s for s in held
            ]
            parts.append(_("holding a seat of: {seats}").format(seats=listed(labels)))
    if group.quality:
        parts.append(
            _("by their seat or themselves: {quality}").format(
                quality=fact_words(group.quality, terms)
            )
        )
    parts += [condition_words(condition, terms) for condition in group.where]
    return _("{label}: {parts}.").format(label=group.label, parts=_("; ").join(parts))


def group_words(name: str, terms: Terms) -> str:
    """How a rulebook names a group to people."""
    group = terms.groups.get(name)
    if group is not None:
        return str(group.label)
    return _(BUILT_IN_LABELS[name]) if name in BUILT_IN_LABELS else name


def fact_words(name: str, terms: Terms) -> str:
    """How a fact about a member is named to people."""
    if name in terms.attributes:
        return str(terms.attributes[name])
    return _(FACTS[name]) if name in FACTS else name


def _day_words(name: str, terms: Terms) -> str:
    day = None if name == "session" else as_date(name)
    if day is not None:
        return long_date(day)
    return fact_words(name, terms)


def condition_words(condition: Condition, terms: Terms) -> str:
    """One condition: ``years of experience ≥ 3``."""
    if condition.any:
        return _("either {parts}").format(
            parts=_(" or ").join(condition_words(each, terms) for each in condition.any)
        )
    c, name = condition, fact_words(condition.attribute, terms)
    if isinstance(c.is_, bool):
        said = _("{name}: yes") if c.is_ else _("{name}: no")
        return said.format(name=name)
    if c.is_ is not None:
        return f"{name} = {c.is_}"
    if c.in_:
        return _("{name} is one of {words}").format(name=name, words=", ".join(c.in_))
    if c.given:
        return _("{name} is recorded").format(name=name)
    if c.min is not None or c.max is not None:
        return f"{name} ({bounds_words(min=c.min, max=c.max)})"
    if c.same_as_candidate:
        return _("{name} is the candidate’s {other}").format(
            name=name, other=fact_words(c.same_as_candidate, terms)
        )
    if c.not_before:
        return _("{name} not before: {day}").format(
            name=name, day=_day_words(c.not_before, terms)
        )
    if c.not_after:
        return _("{name} not after: {day}").format(
            name=name, day=_day_words(c.not_after, terms)
        )
    day = _day_words(c.of, terms)
    if c.less_than_years is not None:
        return ngettext(
            "{name} less than {n} year before: {day}",
            "{name} less than {n} years before: {day}",
            c.less_than_years,
        ).format(name=name, n=c.less_than_years, day=day)
    years = c.within_years or 0
    return ngettext(
        "{name} at most {n} year before: {day}",
        "{name} at most {n} years before: {day}",
        years,
    ).format(name=name, n=years, day=day)


def require_words(require: Require, terms: Terms) -> str:
    """What a requirement asks, in one line."""
    r = require
    if r.count is not None:
        totals = _(" or ").join(map(str, r.count.totals)) or None
        asked = bounds_words(
            equals=totals if r.count.equals is None else r.count.equals,
            min=r.count.min,
            max=r.count.max,
        )
        words = f"{group_words(r.count.of, terms)} ({asked})"
        return _of_appointed(words, r.count.people)
    if r.share is not None:
        parts = {
            name: getattr(r.share, name) for name in ("min", "over", "max", "under")
        }
        asked = bounds_words(**{n: part_words(p) for n, p in parts.items() if p})
        words = _("{group} ({signs} of {base})").format(
            group=group_words(r.share.of, terms),
            signs=asked,
            base=group_words(r.share.base, terms),
        )
        return _of_appointed(words, r.share.people)
    if r.equal is not None:
        named = listed(group_words(name, terms) for name in r.equal.groups)
        words = _("equal numbers: {groups}").format(groups=named)
        return _of_appointed(words, r.equal.people)
    if r.each is not None:
        return _("each of the {group}: {conditions}").format(
            group=group_words(r.each.of, terms),
            conditions=_("; ").join(condition_words(c, terms) for c in r.each.where),
        )
    return _require_others(require, terms)


def _of_appointed(words: str, people: str) -> str:
    return _("{words}, among those appointed").format(words=words) if people else words


def _require_others(r: Require, terms: Terms) -> str:
    for officer, office in ((r.chair, N_("chair")), (r.vice_chair, N_("vice-chair"))):
        if officer is not None:
            words = _("{office} among the {group}").format(
                office=_(office), group=group_words(officer.among or "voters", terms)
            )
            more = [condition_words(c, terms) for c in officer.where]
            if officer.other_college:
                more.append(_("of the other college"))
            return ", ".join([words, *more])
    if r.alternation is not None:
        return _("the chair alternates between colleges")
    if r.ties is not None:
        return _("nobody sits with one of these ties: {ties}").format(
            ties=", ".join(_(TIES[kind]) for kind in r.ties.kinds)
        )
    if r.substitution is not None:
        return str(substitution_words(r.substitution, terms.attributes))
    if r.proxies is not None:
        if not r.proxies.max:
            return _("no proxies")
        return _("proxies per voting member (at most {n})").format(n=r.proxies.max)
    if r.gender is not None:
        least = str(r.gender.least)
        if r.gender.share:
            least = _("{part} of the voting members").format(part=r.gender.share)
        return _("women and men (at least {n} of each)").format(n=least)
    if r.registration is not None:
        return _("the certification must be registered on the session’s day")
    parts, word = (r.all, _(" and ")) if r.all else (r.any, _(" or "))
    return word.join(_part_words(part, terms) for part in parts)


def _part_words(part: Require, terms: Terms) -> str:
    """One of several requirements; what is itself several, in brackets."""
    words = require_words(part, terms)
    return f"({words})" if part.all or part.any else words
