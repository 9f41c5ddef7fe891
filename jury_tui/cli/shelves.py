"""The screens on many sessions as plain lines: their list, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jury_tui.audit.statistics import Outcomes, statistics
from jury_tui.i18n import _, ngettext, short_date, thousands
from jury_tui.register.catalogue import Catalogue
from jury_tui.register.entries import Entry
from jury_tui.session.commands.base import phase_word
from jury_tui.session.session import Phase


def _entries(folder: Path) -> list[Entry]:
    catalogue = Catalogue.open(folder)
    catalogue.refresh()
    return catalogue.entries()


def sessions(folder: Path) -> Iterator[str]:
    """Each session in a line, the latest first.

    Raises:
        RegisterError: the folder cannot be listed.
    """
    found = _entries(folder)
    yield ngettext("{number} session", "{number} sessions", len(found)).format(
        number=len(found)
    )
    for entry in found:
        told = [
            "" if entry.date is None else short_date(entry.date),
            f"{entry.certification} {entry.route}".strip(),
            _("example") if entry.fictitious else "",
            _state(entry),
            _("{done} of {all} candidates have an outcome").format(
                done=entry.done, all=entry.candidates
            )
            if entry.candidates
            else "",
            entry.number,
            _audited(entry),
        ]
        yield f"{entry.folder} — " + ", ".join(word for word in told if word)


def _state(entry: Entry) -> str:
    if entry.altered or entry.verdict == "altered":
        return _("✗ altered")
    if entry.phase not in set(Phase):
        return _("? unreadable")
    return phase_word(Phase(entry.phase))


def _audited(entry: Entry) -> str:
    return {
        "intact": _("audited: intact"),
        "irregular": _("audited: irregular"),
    }.get(entry.verdict, "")


def figures(folder: Path) -> Iterator[str]:
    """Outcomes, components to be taken again, durations, breaches.

    Raises:
        RegisterError: the folder cannot be listed.
    """
    entries = _entries(folder)
    only = all(entry.fictitious for entry in entries)
    added = statistics(entries, examples=only)
    if not added.sessions:
        yield _("Nothing to count: no session here.")
        return
    counted = ngettext("{number} session", "{number} sessions", added.sessions).format(
        number=thousands(added.sessions)
    )
    yield f"{counted} ({_('examples only')})" if only else counted
    groups: tuple[tuple[str, dict[str, Outcomes]], ...] = (
        (
            _("Outcomes by year"),
            {_year(year): found for year, found in added.by_year.items()},
        ),
        (_("Outcomes by certification"), added.by_certification),
    )
    for title, outcomes in groups:
        yield ""
        yield title
        for name, found in outcomes.items():
            yield "  " + _(
                "{name}: {total} total, {partial} partial, {none} none, "
                "{absent} absent, {postponed} postponed, {pending} not judged yet; "
                "{all} in all"
            ).format(
                name=name or "?",
                all=found.registered,
                total=found.total,
                partial=found.partial,
                none=found.none,
                absent=found.absent,
                postponed=found.postponed,
                pending=found.pending,
            )
    again = [
        (name, component, number)
        for name, counts in added.remaining.items()
        for component, number in counts.items()
    ]
    if again:
        yield ""
        yield _("Components to be taken again")
        for name, component, number in again:
            times = ngettext("{number} time", "{number} times", number)
            yield f"  {name} {component}, " + times.format(number=number)
    if added.durations.sessions:
        yield ""
        yield _(
            "A sitting: {median} min in the median, {longest} min at most; from call "
            "to decision: {each} min on average."
        ).format(
            median=added.durations.session,
            longest=added.durations.longest,
            each=added.durations.candidate_seconds // 60,
        )
    audited = {year: pair for year, pair in added.breaches.items() if pair[1]}
    if audited:
        yield ""
        yield _("Sessions with a breach of composition")
        for year, (some, of) in audited.items():
            told = _("{number} of {all} audited").format(number=some, all=of)
            yield f"  {_year(year)}, {told}"
            if number := added.undecided.get(year, 0):
                yield "  " + ngettext(
                    "? {number} other session cannot be judged whole: a text or a fact "
                    "is missing.",
                    "? {number} other sessions cannot be judged whole: a text or a "
                    "fact is missing.",
                    number,
                ).format(number=number)


def _year(year: int) -> str:
    return str(year) if year else _("no date")
