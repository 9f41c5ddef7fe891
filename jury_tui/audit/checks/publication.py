"""Checks of what was published: mentions, deadlines, workbooks, rectifications."""

from __future__ import annotations

from collections.abc import Iterator

from jury_tui.audit.audited import Audited
from jury_tui.audit.checks.finding import breach, note, warning
from jury_tui.audit.checks.sitting import found
from jury_tui.audit.report import AuditFinding
from jury_tui.errors import JuryError
from jury_tui.i18n import N_, short_date
from jury_tui.minutes import closing
from jury_tui.minutes.completeness import blockers
from jury_tui.session.session import Phase

_DEADLINES = {
    "notify": (
        N_("Results must be notified by {until} (days left: {days})."),
        N_("Results had to be notified by {until} (days ago: {days})."),
    ),
    "transmit": (
        N_("Holders must be sent to the SI-CPF by {until} (days left: {days})."),
        N_("Holders had to be sent to the SI-CPF by {until} (days ago: {days})."),
    ),
}
_ROOMS = {
    "sign_in": "sign-in",
    "reason": "reasons",
    "justification": "justifications",
    "appointing_act": "appointments",
}


def mentions(audited: Audited) -> Iterator[AuditFinding]:
    """No mandatory mention is empty: minutes with blanks are no minutes."""
    session = audited.session
    if (
        audited.trail.lawless is not None
        or audited.reading.fault is not None
        or session.phase not in (Phase.CLOSED, Phase.SEALED)
    ):
        return
    every = tuple(f for _number, findings in found(audited) for f in findings)
    published = session.phase is Phase.SEALED or bool(session.exports)
    for missing in blockers(session, every):
        if missing.key in ("not_closed", "unsettled"):
            continue  # the sequence of acts says it
        if missing.key == "number" and not published:
            continue
        say = breach if published and missing.fatal else warning
        yield (say if missing.fatal else note)(
            _ROOMS.get(missing.key, "mentions"),
            "{sentence}",
            candidate=missing.candidate,
            sentence=missing.sentence,
        )


def deadlines(audited: Audited) -> Iterator[AuditFinding]:
    """Days left to notify results and to transmit holders: those the minutes print."""
    session = audited.session
    decided = [f for f in session.files.values() if f.decision is not None]
    if audited.trail.lawless is not None or session.opened_at is None or not decided:
        return
    certified = any(f.decision and f.decision.outcome == "total" for f in decided)
    today = audited.now.date()
    for deadline in closing.deadlines(session):
        if deadline.due is None or (deadline.key == "transmit" and not certified):
            continue
        ahead, over = _DEADLINES[deadline.key]
        yield note(
            "deadlines",
            ahead if today <= deadline.due else over,
            source=deadline.source,
            until=short_date(deadline.due),
            days=abs((deadline.due - today).days),
        )


def rectifications(audited: Audited) -> Iterator[AuditFinding]:
    """Rectifying minutes come after sealed ones, cite them, and say what changes."""
    session = audited.session
    if session.rectifications and not session.number:
        yield breach(
            "rectifications",
            N_("Minutes were rectified that have no number: nothing is cited."),
        )
    for rectified in session.rectifications:
        if not rectified.text.strip():
            yield breach(
                "rectifications",
                N_("The rectifying minutes {number} do not say what changes."),
                number=rectified.number[:60],
                candidate=rectified.candidate,
            )


def attachments(audited: Audited) -> Iterator[AuditFinding]:
    """The workbooks of this session: looked at, or said not to have been."""
    if not audited.session.exports:
        return
    if audited.exports is None:
        yield warning(
            "exports",
            N_(
                "The workbook {file} was exported and was not looked at: there is no "
                "folder of exports here. Say where it is with --exports."
            ),
            file=audited.session.exports[-1].file[:120],
        )
        return
    from jury_tui.audit.checks.workbooks import check

    try:
        yield from check(audited, audited.exports)
    except JuryError as error:
        yield breach(
            "exports",
            N_("The exported workbook cannot be judged: {why}"),
            why=str(error),
        )
