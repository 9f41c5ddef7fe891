"""What mandatory mentions are still empty: no minutes are published with blanks."""

from __future__ import annotations

from collections.abc import Iterator

from jury_tui.errors import ExportError
from jury_tui.i18n import N_, _, clock
from jury_tui.minutes import moments
from jury_tui.minutes.content import Blocker
from jury_tui.rules.findings import Finding
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.session import Attendance, File, Phase, Session


def blockers(
    session: Session, found: tuple[Finding, ...] | None = None
) -> tuple[Blocker, ...]:
    """What is missing, each with what to do; fatal ones forbid publishing.

    Args:
        session: The session.
        found: Its findings, when the caller has them already.
    """
    every = moments.findings(session) if found is None else found
    return (
        *_of_the_session(session),
        *_of_members(session),
        *_of_candidates(session),
        *_of_rules(session, every),
    )


def require_complete(session: Session) -> None:
    """Refuse to publish while a mandatory mention is empty.

    Raises:
        ExportError: lists what is missing, one sentence each.
    """
    refuse(blockers(session))


def refuse(missing: tuple[Blocker, ...]) -> None:
    """Refuse when a blocker is fatal.

    Raises:
        ExportError: lists what is missing, one sentence each.
    """
    fatal = [b.sentence for b in missing if b.fatal]
    if fatal:
        raise ExportError(
            N_("The minutes cannot be published yet:\n{missing}"),
            missing="\n".join(f"– {sentence}" for sentence in fatal),
        )


def _of_the_session(session: Session) -> Iterator[Blocker]:
    if session.phase not in (Phase.CLOSED, Phase.SEALED):
        yield Blocker(
            key="not_closed",
            sentence=_(
                "The session is not closed: settle every candidate, then close it."
            ),
        )
    if not session.number:
        yield Blocker(
            key="number",
            sentence=_("The minutes have no number: give them the next one."),
        )
    if not session.place:
        yield Blocker(
            key="place",
            sentence=_("The place of the session is empty: write where the jury met."),
        )
    if not session.files:
        yield Blocker(
            key="candidates",
            sentence=_("No candidate is registered: there is nothing to decide on."),
        )


def _of_members(session: Session) -> Iterator[Blocker]:
    by = {r.by: r for r in session.replacements}
    for member in session.members.values():
        attended = moments.ever_present(session, member.id)
        voting = judgement.is_voting(session, member.id)
        seated = member.id in {m.id for m in session.formation} or attended
        attendance = session.attendance.get(member.id, Attendance())
        if attended and voting and attendance.signed_at is None:
            since = clock(attendance.spells[0].arrived)
            yield Blocker(
                key="sign_in",
                sentence=_(
                    "{name}, present from {time}, has not signed the attendance sheet: "
                    "have it signed."
                ).format(name=member.name, time=since),
                member=member.id,
            )
        if seated and voting and not _appointed(member, by.get(member.id)):
            yield Blocker(
                key="appointing_act",
                sentence=_(
                    "The appointing act of {name} is not given: write its reference "
                    "and its date."
                ).format(name=member.name),
                member=member.id,
            )


def _appointed(member: Member, replacement: object) -> bool:
    act = getattr(replacement, "act", "") or member.act
    day = getattr(replacement, "act_date", None) or member.act_date
    return bool(act) and day is not None


def _of_candidates(session: Session) -> Iterator[Blocker]:
    asks_reasons = judgement.rules(session).minutes.reasons is not False
    for file in session.agenda:
        name, candidate = file.candidate.name, file.candidate.id
        if not file.settled:
            yield Blocker(
                key="unsettled",
                sentence=_(
                    "{name} has no outcome: decide, or record an absence or a "
                    "postponement."
                ).format(name=name),
                candidate=candidate,
            )
        if asks_reasons:
            for component in _unreasoned(session, file):
                yield Blocker(
                    key="reason",
                    sentence=_(
                        "{name}, component {component}: not acquired, and no reason is "
                        "given. Write the jury’s reasons."
                    ).format(name=name, component=component),
                    candidate=candidate,
                )
        missing = _civil_status(file)
        if missing:
            yield Blocker(
                key="birth",
                sentence=_(
                    "{name}: {missing} missing; the Caisse des dépôts will ask for it."
                ).format(name=name, missing=", ".join(missing)),
                fatal=False,
                candidate=candidate,
            )


def _unreasoned(session: Session, file: File) -> list[str]:
    lost = [
        component
        for component, taken in file.ballots.items()
        if taken[-1].outcome == "not_carried"
        and not file.reasons.get(component, "").strip()
    ]
    if file.decision is None or not lost:
        return []
    return [
        c
        for c in judgement.asked(session, file)
        if c in lost and judgement.component_result(session, file, c) == "not_acquired"
    ]


def _civil_status(file: File) -> list[str]:
    candidate = file.candidate
    if candidate.birth_name and candidate.birth_date and candidate.birth_place:
        return []
    return [
        what
        for value, what in (
            (candidate.birth_name, _("birth name")),
            (candidate.birth_date, _("date of birth")),
            (candidate.birth_place, _("place of birth")),
        )
        if not value
    ]


def _of_rules(session: Session, found: tuple[Finding, ...]) -> Iterator[Blocker]:
    for finding in moments.unjustified(session, found):
        file = session.files.get(finding.candidate or "")
        yield Blocker(
            key="justification",
            sentence=_(
                "{explanation} Write the justification that the minutes will print."
            ).format(explanation=_ended(finding.explanation)),
            candidate=file.candidate.id if file else "",
        )


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
