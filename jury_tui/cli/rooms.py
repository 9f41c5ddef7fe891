"""Each read-only screen of a session as plain lines, for a screen reader or a pipe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from jury_tui.cli import account
from jury_tui.i18n import _, clock, listed, ngettext, short_date
from jury_tui.minutes import moments
from jury_tui.register.record import Record
from jury_tui.session import judgement
from jury_tui.session.commands.base import file_of
from jury_tui.session.session import File, Session


class Shown(NamedTuple):
    """A session as it stood after so many acts.

    Attributes:
        record: The register.
        session: The session then.
        after: How many acts.
        code: The head code then; empty if it has none.
        now: The time, for what is due.
    """

    record: Record
    session: Session
    after: int
    code: str
    now: dt.datetime


def jury(shown: Shown) -> Iterator[str]:
    """Who sits and who is there; what the rules make of it."""
    session = shown.session
    yield from account.heading(session, shown.code)
    if account.governed(session):
        yield from account.people(session)
        yield from account.composition(session)


def agenda(shown: Shown) -> Iterator[str]:
    """The candidates in the order of business, a line each."""
    session = shown.session
    yield from account.heading(session, shown.code)
    yield ""
    if not session.files:
        yield _("No candidate is on the agenda yet.")
    for rank, file in enumerate(session.agenda, 1):
        person = file.candidate
        told = [
            f"{rank}. {person.name} [{person.id}]",
            _("file {number}").format(number=person.file_number)
            if person.file_number
            else "",
            person.time,
            judgement.status_word(file),
            *_results(session, file),
        ]
        yield ", ".join(word for word in told if word)


def _results(session: Session, file: File) -> Iterator[str]:
    if not account.governed(session):
        return
    for component, state in judgement.component_results(session, file).items():
        word = {
            "earlier": _("acquired earlier"),
            "acquired": _("acquired"),
            "not_acquired": _("not acquired"),
        }.get(state)
        if word:
            yield f"{component} {word}"


def candidate(shown: Shown, ref: str) -> Iterator[str]:
    """One candidate: the file, who must leave, the jury, the votes, the decision.

    Raises:
        RefusedError: nobody of that name or id is on the agenda.
    """
    session = shown.session
    file = file_of(session, ref)
    yield from account.heading(session, shown.code)
    rank = session.order.index(file.candidate.id) + 1
    yield from account.candidate(session, file, rank)
    yield from (f"  {fact}" for fact in _facts(file))
    for tie in session.ties:
        if tie.candidate == file.candidate.id:
            yield "  " + _("Tie with {name}: {kind}").format(
                name=session.members[tie.member].name, kind=judgement.tie_word(tie.kind)
            )
    yield ""
    yield _("For {candidate}").format(candidate=file.candidate.name)
    for found in (
        judgement.foreseen(session, file.candidate.id)
        if file.called_at is None
        else judgement.for_candidate(moments.judging(session, file), file.candidate.id)
    ):
        yield account.finding(found)


def _facts(file: File) -> Iterator[str]:
    person = file.candidate
    if person.birth_date is not None:
        born = ", ".join(
            word for word in (short_date(person.birth_date), person.birth_place) if word
        )
        yield _("Born: {when}").format(when=born)
    if person.employer:
        yield _("Employer: {name}").format(name=person.employer)
    if person.accompanists:
        yield _("Accompanied by: {names}").format(names=listed(person.accompanists))
    if person.components:
        yield _("Asks for: {components}").format(components=listed(person.components))


def ready(shown: Shown) -> Iterator[str]:
    """What is missing before the day, what is worst first."""
    from jury_tui.ui.readiness import points

    yield from account.heading(shown.session, shown.code)
    yield ""
    if account.governed(shown.session):
        yield from (f"{point.sign} {point.text}" for point in points(shown.session))


def minutes(shown: Shown) -> Iterator[str]:
    """What is missing and due, who signed; then the minutes as they will print."""
    from jury_tui.cli import signatories
    from jury_tui.minutes import document, text
    from jury_tui.minutes.closing import deadlines

    session, record = shown.session, shown.record
    if not account.governed(session):
        yield from account.heading(session, shown.code)
        return
    head = record.register.heads[shown.after - 1] if shown.after else ""
    made = document.minutes(session, code=shown.code, head=head, count=shown.after)
    for blocker in made.blockers:
        yield f"{'✗' if blocker.fatal else '!'} {blocker.sentence}"
    if not any(blocker.fatal for blocker in made.blockers):
        yield "✓ " + _("No mandatory mention is missing.")
    if session.exports:
        yield from signatories.told(session)
    if session.closed_at is not None:
        for deadline in deadlines(session):
            left = None if deadline.due is None else deadline.due - shown.now.date()
            yield deadline.sentence + ("" if left is None else f" {_left(left.days)}")
    yield ""
    yield text.text(made)


def _left(days: int) -> str:
    if days < 0:
        return _("(overdue)")
    return ngettext("({number} day left)", "({number} days left)", days).format(
        number=days
    )


def register(shown: Shown) -> Iterator[str]:
    """The acts, one a line."""
    from jury_tui.ui.acting import act_words

    session = shown.session
    undone = set(session.undone)
    yield from account.heading(session, shown.code)
    yield ""
    for number, act in enumerate(shown.record.acts[: shown.after], 1):
        words = act_words(act, session)
        if number in undone:
            words = _("(undone) {words}").format(words=words)
        yield f"{number}. {short_date(act.at.date())}, {clock(act.at)} — {words}"


ROOMS: dict[str, Callable[[Shown], Iterator[str]]] = {
    "jury": jury,
    "agenda": agenda,
    "ready": ready,
    "minutes": minutes,
    "register": register,
}
