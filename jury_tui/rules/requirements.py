"""What a requirement asks, in words, before anybody is counted."""

from __future__ import annotations

from jury_tui.i18n import N_, _, listed
from jury_tui.rules.clauses import Condition, Group, Require
from jury_tui.rules.people import TieKind
from jury_tui.rules.wording import BUILT_IN_LABELS, substitution_words

TIES = {
    TieKind.ACCOMPANIED: N_("accompanied the candidate"),
    TieKind.EMPLOYER: N_("same company or body"),
    TieKind.PROFESSIONAL: N_("professional tie"),
    TieKind.TRAINER: N_("trained the candidate"),
    TieKind.FAMILY: N_("kinship"),
    TieKind.PERSONAL: N_("personal tie"),
    TieKind.CONSCIENCE: N_("the member’s own doubt"),
}


def group_words(name: str, groups: dict[str, Group]) -> str:
    """How a rulebook names a group to people."""
    group = groups.get(name)
    if group is not None:
        return str(group.label)
    return _(BUILT_IN_LABELS[name]) if name in BUILT_IN_LABELS else name


def condition_words(condition: Condition) -> str:
    """One condition: ``experience_years ≥ 3``."""
    if condition.any:
        return _("either {parts}").format(
            parts=_(" or ").join(condition_words(each) for each in condition.any)
        )
    name, c = condition.attribute, condition
    if c.is_ is not None:
        value = str(c.is_).lower() if isinstance(c.is_, bool) else c.is_
        return f"{name} = {value}"
    if c.in_:
        return _("{name} is one of {words}").format(name=name, words=", ".join(c.in_))
    if c.given:
        return _("{name} is recorded").format(name=name)
    if c.min is not None or c.max is not None:
        bounds = [f"≥ {c.min}" if c.min is not None else ""]
        bounds.append(f"≤ {c.max}" if c.max is not None else "")
        return f"{name} {' '.join(b for b in bounds if b)}"
    if c.same_as_candidate:
        return _("{name} is the candidate’s {other}").format(
            name=name, other=c.same_as_candidate
        )
    if c.not_before:
        return _("{name} not before: {day}").format(name=name, day=c.not_before)
    if c.not_after:
        return _("{name} not after: {day}").format(name=name, day=c.not_after)
    if c.less_than_years is not None:
        return _("{name} less than {n} years before: {day}").format(
            name=name, n=c.less_than_years, day=c.of
        )
    return _("{name} at most {n} years before: {day}").format(
        name=name, n=c.within_years, day=c.of
    )


def require_words(require: Require, groups: dict[str, Group]) -> str:
    """What a requirement asks, in one line."""
    r = require
    if r.count is not None:
        parts = [f"= {r.count.equals}"] if r.count.equals is not None else []
        parts += [f"≥ {r.count.min}"] if r.count.min is not None else []
        parts += [f"≤ {r.count.max}"] if r.count.max is not None else []
        if r.count.totals:
            parts.append("= " + _(" or ").join(map(str, r.count.totals)))
        words = f"{group_words(r.count.of, groups)} {' '.join(parts)}"
        return _of_appointed(words, r.count.people)
    if r.share is not None:
        signs = {"≥": r.share.min, ">": r.share.over}
        signs |= {"≤": r.share.max, "<": r.share.under}
        asked = " ".join(f"{sign} {part}" for sign, part in signs.items() if part)
        words = _("{group} {signs} of {base}").format(
            group=group_words(r.share.of, groups),
            signs=asked,
            base=group_words(r.share.base, groups),
        )
        return _of_appointed(words, r.share.people)
    if r.equal is not None:
        named = listed(group_words(name, groups) for name in r.equal.groups)
        words = _("equal numbers: {groups}").format(groups=named)
        return _of_appointed(words, r.equal.people)
    if r.each is not None:
        return _("each of the {group}: {conditions}").format(
            group=group_words(r.each.of, groups),
            conditions=listed(condition_words(c) for c in r.each.where),
        )
    return _require_others(require, groups)


def _of_appointed(words: str, people: str) -> str:
    return _("{words}, among those appointed").format(words=words) if people else words


def _require_others(r: Require, groups: dict[str, Group]) -> str:
    for officer, office in ((r.chair, N_("chair")), (r.vice_chair, N_("vice-chair"))):
        if officer is not None:
            words = _("{office} among the {group}").format(
                office=_(office), group=group_words(officer.among or "voters", groups)
            )
            more = [condition_words(c) for c in officer.where]
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
        return str(substitution_words(r.substitution))
    if r.proxies is not None:
        if not r.proxies.max:
            return _("no proxies")
        return _("proxies per voting member ≤ {n}").format(n=r.proxies.max)
    if r.gender is not None:
        least = r.gender.share or str(r.gender.least)
        return _("women ≥ {n}, men ≥ {n}").format(n=least)
    if r.registration is not None:
        return _("the certification is registered on the session’s day")
    parts, word = (r.all, _(" and ")) if r.all else (r.any, _(" or "))
    return word.join(require_words(part, groups) for part in parts)
