"""``check``: composition and quorum, for a session or for lists of people."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from msgspec.structs import replace

from jury_tui.cli import judging, people, places, streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _
from jury_tui.register.record import Record
from jury_tui.rules.findings import Finding
from jury_tui.session import judgement
from jury_tui.session.acts import SessionClosed
from jury_tui.session.commands import perform
from jury_tui.session.commands.base import member_id
from jury_tui.session.session import File, Phase, Session

_MOST_REMEDIES = 5
_PREPARED = (Phase.DRAFTED, Phase.CONVENED)


def run(arguments: Namespace) -> Exit:
    """Judge, and print sentences or JSON."""
    if wrong := _usage(arguments):
        streams.talk(wrong)
        return Exit.USAGE
    if arguments.session is not None:
        with places.read(arguments) as record:
            session, findings = record.session, _of_record(record, arguments.without)
    else:
        session = _of_lists(arguments)
        findings = _prospective(session, arguments.without)
    if arguments.json:
        streams.json(judging.as_json(findings))
    else:
        names = {c: f.candidate.name for c, f in session.files.items()}
        judging.write(findings, names)
        _advise(session, arguments.without)
    return judging.exit_code(findings)


def _advise(session: Session, without: Sequence[str]) -> None:
    """Before the day: ties to ask about, whom to call, what to change."""
    if session.phase not in _PREPARED:
        return
    asked = judgement.suggestions(session)
    if asked:
        streams.data("")
        streams.data(_("Ties to ask about (declare or dismiss each):"))
        for suggestion in asked:
            streams.data(f"  ? {suggestion.reason}")
    gone = _named(session, without)
    remedies = [("", judgement.remedies(session, "", gone))]
    remedies += [
        (f.candidate.name, judgement.remedies(session, f.candidate.id, gone))
        for f in session.agenda
    ]
    for name, changes in remedies:
        if changes:
            streams.data("")
            streams.data(
                _("For the jury to sit for {name}, either:").format(name=name)
                if name
                else _("For the jury to sit, either:")
            )
        for change in changes[:_MOST_REMEDIES]:
            streams.data(f"  – {judgement.remedy_words(session, change)}")


def _usage(arguments: Namespace) -> str:
    if arguments.session is not None:
        if arguments.rulebook or arguments.members or arguments.candidates:
            return _("Give a session, or a rulebook with lists: not both.")
        return ""
    if not (arguments.rulebook and arguments.route and arguments.members):
        return _("Give a session, or --rulebook, --route and --members together.")
    return ""


def _of_lists(arguments: Namespace) -> Session:
    now = places.now()
    day = arguments.on or now.date()
    session = people.sketch(arguments, arguments.rulebook, arguments.route, day, now)
    after, _acts = perform(session, people.read(arguments, session), now)
    return after


def _of_record(record: Record, without: Sequence[str]) -> tuple[Finding, ...]:
    """A session's findings: foreseen before the day, as they were afterwards."""
    session = record.session
    if session.phase in _PREPARED and not session.attendance:
        return _prospective(session, without)
    gone = _named(session, without)
    sitting = _absent(_while_sitting(record), gone)
    found = [*judgement.as_appointed(session), *judgement.as_present(sitting)]
    for file in session.agenda:
        found += _of_file(record, sitting, file, gone)
    return tuple(found)


def _of_file(
    record: Record, sitting: Session, file: File, gone: frozenset[str]
) -> tuple[Finding, ...]:
    """For one candidate: as decided, as sitting now, or as foreseen."""
    candidate = file.candidate.id
    decided = file.decision
    if decided is not None and not gone:
        then = record.at(decided.number - 1)
        return judgement.for_candidate(then, candidate)
    if file.called_at is not None:
        return judgement.for_candidate(sitting, candidate)
    return judgement.foreseen(sitting, candidate, gone)


def _while_sitting(record: Record) -> Session:
    """The session as it sat: at the moment of closing, once it is closed."""
    for number, act in enumerate(record.acts):
        if isinstance(act, SessionClosed):
            return record.at(number)
    return record.session


def _prospective(session: Session, without: Sequence[str]) -> tuple[Finding, ...]:
    """Before the day: were all those appointed to come, but for some."""
    gone = _named(session, without)
    there = judgement.expected(session, gone)
    found = [*judgement.as_appointed(session), *judgement.as_present(there)]
    for candidate in session.order:
        found += judgement.foreseen(session, candidate, gone)
    return tuple(found)


def _named(session: Session, without: Sequence[str]) -> frozenset[str]:
    return frozenset(member_id(session, name) for name in without)


def _absent(session: Session, gone: frozenset[str]) -> Session:
    kept = {m: a for m, a in session.attendance.items() if m not in gone}
    return replace(session, attendance=kept)
