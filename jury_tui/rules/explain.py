"""A rulebook in sentences, so that a lawyer can proof-read it against the text."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from jury_tui.i18n import N_, _, listed, long_date, ngettext
from jury_tui.rules import ballot
from jury_tui.rules.checks import check
from jury_tui.rules.model import Component, Jury, Kind, Rulebook
from jury_tui.rules.problems import Weight
from jury_tui.rules.provisions import LAYERS, cited, clause_words, seat_words
from jury_tui.rules.requirements import (
    definition_words,
    group_words,
    terms_of,
)
from jury_tui.rules.wording import bounds_words, part_words

KINDS = {
    Kind.LAW: N_("general law"),
    Kind.CERTIFICATION: N_("certification"),
    Kind.HOUSE: N_("house rules"),
}
TIE_RULES = {
    "chair_prevails": N_("on a tie, the chair’s vote prevails"),
    "not_carried": N_("a tie is not carried"),
    "favourable": N_("a tie is in the candidate’s favour"),
}
ABSTENTIONS = {
    "ignored": N_("abstentions do not count"),
    "counts_against": N_("an abstention weighs like a vote against"),
    "counts_for": N_("an abstention weighs like a vote for"),
}


BALLOTS = {
    "show_of_hands": N_("the vote is by a show of hands"),
    "by_name": N_("the vote is by name"),
    "secret": N_("the ballot is secret"),
}


class Paragraph(msgspec.Struct, frozen=True, kw_only=True):
    """A title and its sentences."""

    title: str
    lines: tuple[str, ...]


def explain(book: Rulebook) -> tuple[Paragraph, ...]:
    """A whole rulebook in words, in the language in force."""
    terms = terms_of(book)
    paragraphs = [
        Paragraph(title=f"{book.code} — {book.title}", lines=tuple(_identity(book)))
    ]
    for jury in book.juries:
        paragraphs.append(
            Paragraph(
                title=_("Jury: {label}").format(label=jury.label),
                lines=tuple(_jury(book, jury)),
            )
        )
    for title, lines in (
        (_("Words"), [definition_words(g, terms) for g in book.groups.values()]),
        (_("Clauses"), [clause_words(c, terms) for c in book.clauses]),
        (_("Quorum"), _quorums(book)),
        (_("Majority"), _majorities(book)),
        (_("Decision"), _decision(book)),
        (_("Assessment grids"), _grids(book)),
        (_("Minutes"), _minutes(book)),
        (_("What the text does not say"), [str(s.label) for s in book.silent]),
        (_("Sources"), [f"{s.title} {s.url}".strip() for s in book.sources]),
        (_("Checks"), _checks(book)),
    ):
        if lines:
            paragraphs.append(Paragraph(title=title, lines=tuple(lines)))
    return tuple(paragraphs)


def as_text(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs as plain text, for standard output and screen readers."""
    blocks = ("\n".join((p.title, *(f"- {x}" for x in p.lines))) for p in paragraphs)
    return "\n\n".join(blocks) + "\n"


def _identity(book: Rulebook) -> list[str]:
    held = book.registration
    lines = [_("Kind: {kind}").format(kind=_(KINDS[book.kind]))]
    if book.fictitious:
        lines.append(_("An invented example."))
    for message, value in (
        (N_("Certifier: {value}"), book.certifier),
        (N_("Signatory: {value}"), book.signatory),
        (N_("Level (1969): {value}"), book.levels.nomenclature_1969),
        (N_("Level (European): {value}"), book.levels.european),
        (N_("NSF: {value}"), listed(book.nsf)),
        (N_("ROME: {value}"), listed(book.rome)),
        (N_("Registration: {value}"), held.text),
        (N_("Registered from: {value}"), held.from_ and long_date(held.from_)),
        (N_("Registered until: {value}"), held.until and long_date(held.until)),
        (N_("Former title: {value}"), held.former_title),
        (N_("Successor: {value}"), held.successor),
    ):
        if value:
            lines.append(_(message).format(value=value))
    if held.access_closed:
        lines.append(_("Access to the certification is closed."))
    for component in book.components:
        lines.append(
            _("Component {id}: {label} (kept: {validity})").format(
                id=component.id,
                label=component.label,
                validity=str(component.validity) or _("not said"),
            )
        )
        lines += _criteria(component)
    labels = {jury.id: str(jury.label) for jury in book.juries}
    for route in book.routes:
        lines.append(
            _("Route {id}: {label}; judged by: {jury}").format(
                id=route.id, label=route.label, jury=labels.get(route.jury, "—")
            )
        )
    return lines


def _criteria(component: Component) -> list[str]:
    """How a component is assessed: its scale, its levels' worth, its criteria."""
    lines = []
    scale, ways = component.scale, {"levels": _("levels"), "marks": _("marks")}
    if component.assessed_by:
        way = ways[component.assessed_by]
        lines.append(
            _("Component {id}: its criteria are assessed by {way}.").format(
                id=component.id, way=way
            )
        )
    if scale.points is not None:
        lines.append(
            _(
                "Component {id}: acquired is worth {acquired} points, partly acquired "
                "{partly}, not acquired {not_acquired}."
            ).format(
                id=component.id,
                acquired=scale.points.acquired,
                partly=scale.points.partly_acquired,
                not_acquired=scale.points.not_acquired,
            )
        )
    if scale.threshold:
        lines.append(
            _("Component {id}: acquired is proposed from {threshold}/{top} on.").format(
                id=component.id, threshold=scale.threshold, top=scale.maximum
            )
            + (f" {cited(scale.source, '')}" if scale.source else "")
        )
    for criterion in component.criteria:
        words = [_("weight {n}").format(n=criterion.weight)]
        if criterion.eliminatory:
            words.append(_("eliminatory"))
        if criterion.threshold:
            words.append(_("from {mark} on").format(mark=criterion.threshold))
        lines.append(
            _("Criterion {id}: {label} ({words})").format(
                id=criterion.id, label=criterion.label, words=", ".join(words)
            )
        )
    return lines


def _grids(book: Rulebook) -> list[str]:
    options, lines = book.grids, []
    if options.combine == "agreement":
        lines.append(_("Grids of several members propose only where they agree."))
    elif options.combine == "mean":
        lines.append(_("Grids of several members propose by the mean of each."))
    if options.double_entry:
        lines.append(_("Each grid is typed a second time, by another person."))
    if options.divergence:
        lines.append(
            _("Marks diverge from {share} of the scale on.").format(
                share=options.divergence
            )
        )
    if options.levels_apart is not None:
        lines.append(
            _("Levels diverge from {n} levels apart on.").format(n=options.levels_apart)
        )
    source = [cited(options.source, options.quote)] if options.source else []
    return [*lines, *source] if lines else []


def _jury(book: Rulebook, jury: Jury) -> list[str]:
    lines = [seat_words(seat) for seat in jury.seats]
    voting = [seat for seat in jury.seats if seat.voting]
    if voting and all(seat.count is not None for seat in voting):
        lines.append(_in_all(jury))
    if jury.vacant:
        lines.append(
            ngettext(
                "{n} of its seats may stay empty.",
                "{n} of its seats may stay empty.",
                jury.vacant,
            ).format(n=jury.vacant)
        )
    if jury.chair_doubles:
        lines.append(_("The chair may be one of the others, and counts once."))
    if jury.silent_at:
        lines.append(
            _("The text does not say whether this holds: {layers}.").format(
                layers=listed(_(LAYERS[layer]) for layer in jury.silent_at)
            )
        )
    if jury.source:
        lines.append(cited(jury.source, jury.quote))
    return lines


def _in_all(jury: Jury) -> str:
    voters = sum(seat.at_least for seat in jury.seats if seat.voting)
    invited = sum(seat.at_least for seat in jury.seats if not seat.voting)
    said = ngettext("{n} voting member", "{n} voting members", voters).format(n=voters)
    if invited:
        more = ngettext("{n} invitee", "{n} invitees", invited).format(n=invited)
        said = f"{said}, {more}"
    return _("In all: {members}.").format(members=said)


def _quorums(book: Rulebook) -> list[str]:
    lines = []
    for quorum in book.quorum:
        parts = [bounds_words(min=quorum.min)] if quorum.min is not None else []
        base = group_words(quorum.base, terms_of(book))
        for bound, part in (("min", quorum.share), ("over", quorum.over)):
            if part:
                said = bounds_words(**{bound: part_words(part)})
                parts.append(_("{part} of {base}").format(part=said, base=base))
        asked = _("Voting members present: {parts}").format(parts=listed(parts))
        words = [asked if parts else _("No quorum")]
        if quorum.convocation is not None:
            words.append(_("Convocation {n}").format(n=quorum.convocation))
        if quorum.remote_counts is not None:
            words.append(
                _("Those remote count")
                if quorum.remote_counts
                else _("Those remote do not count")
            )
        if quorum.proxies_count is not None:
            words.append(
                _("Proxies count")
                if quorum.proxies_count
                else _("Proxies do not count")
            )
        words.append(cited(quorum.source, quorum.quote))
        lines.append(". ".join(words) + ".")
    return lines


def _majorities(book: Rulebook) -> list[str]:
    lines = []
    for majority in book.majority:
        rule = ballot.MajorityRule.merged([majority])
        words = [ballot.majority_words(rule)] if rule.type else []
        words += [_(ABSTENTIONS[rule.abstention])] if rule.abstention else []
        words += [_(TIE_RULES[rule.tie])] if rule.tie else []
        words += [_(BALLOTS[rule.ballot])] if rule.ballot else []
        words.append(cited(majority.source, majority.quote))
        lines.append(". ".join(words) + ".")
    return lines


def _decision(book: Rulebook) -> list[str]:
    rule = book.decision
    if rule is None:
        return []
    lines = [
        _("The jury proposes; {who} decides.").format(
            who=str(rule.decided_by) or _("the commission")
        )
        if rule.nature == "proposal"
        else _("The jury decides.")
    ]
    if rule.components_min is not None:
        lines.append(
            _("Full validation takes {n} components.").format(n=rule.components_min)
        )
    elif rule.all_components:
        lines.append(_("Full validation takes every component."))
    if rule.compulsory:
        lines.append(
            _("Compulsory: {components}.").format(components=listed(rule.compulsory))
        )
    lines.append(
        _("Parts may be granted.") if rule.partial else _("Parts are not granted.")
    )
    return [*lines, cited(rule.source, rule.quote)] if rule.source else lines


def _minutes(book: Rulebook) -> list[str]:
    lines = [
        _("Signed by: {who}").format(who=str(each.label) or each.who)
        for each in book.signatories
    ]
    options = book.minutes
    if options.votes_by_name is not None:
        lines.append(
            _("Votes are printed by name.")
            if options.votes_by_name
            else _("Votes by name are not printed.")
        )
    if options.notify_days is not None:
        lines.append(
            _("The result is notified within {n} days.").format(n=options.notify_days)
        )
    if options.transmit_months is not None:
        lines.append(
            _("Holders are transmitted within {n} months.").format(
                n=options.transmit_months
            )
        )
    return lines


def _checks(book: Rulebook) -> list[str]:
    signs = {Weight.ERROR: "✗", Weight.WARNING: "!", Weight.NOTE: "·"}
    return [f"{signs[each.weight]} {each}" for each in check(book)]
