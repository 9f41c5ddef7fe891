"""What comes next, in one sentence that names its key: nobody is left to guess."""

from __future__ import annotations

from typing import NamedTuple

from jury_tui.errors import JuryError
from jury_tui.i18n import _, listed, ngettext
from jury_tui.session import judgement
from jury_tui.session.session import File, Phase, Session, Status
from jury_tui.ui.words import plain


class Step(NamedTuple):
    """What to do next, and on which screen: jury, candidates, candidate, minutes."""

    text: str
    screen: str


def next_file(session: Session, after: str = "") -> File | None:
    """The next candidate with no outcome yet, in the order of business."""
    order = list(session.order)
    start = order.index(after) + 1 if after in order else 0
    for candidate in (*order[start:], *order[:start]):
        if not session.files[candidate].settled:
            return session.files[candidate]
    return None


def next_step(session: Session) -> Step:
    """The next step of this session."""
    phase = session.phase
    if phase is Phase.DRAFTED:
        return _preparing(session)
    if phase is Phase.CONVENED:
        return _opening(session)
    if phase is Phase.SUSPENDED:
        return Step(_("The sitting is suspended: s resumes it."), "")
    if phase is Phase.OPEN:
        return _judging(session)
    if phase is Phase.CLOSED:
        return _publishing(session)
    return Step(_("The minutes are sealed: nothing is left to do."), "")


def _preparing(session: Session) -> Step:
    if not session.members:
        return Step(_("Next: name the members (a adds one, f reads a file)."), "jury")
    if not session.files:
        return Step(
            _("Next: put the candidates on the agenda (l, then a or f)."), "candidates"
        )
    if not session.place:
        return Step(_("Next: say where the jury meets (e)."), "jury")
    return Step(_("Next: c convenes the jury."), "jury")


def _opening(session: Session) -> Step:
    awaited = [m for m in session.formation if not session.is_present(m.id)]
    try:
        blocked = [
            f
            for f in (
                *judgement.as_appointed(session),
                *judgement.as_present(session),
            )
            if f.blocks
        ]
    except JuryError as error:
        return Step(str(error), "jury")
    if not blocked:
        return Step(_("Next: o opens the session."), "jury")
    if awaited:
        number = len(awaited)
        return Step(
            ngettext(
                "Next: Space marks who is there ({number} awaited), then o opens.",
                "Next: Space marks who is there ({number} awaited), then o opens.",
                number,
            ).format(number=number),
            "jury",
        )
    return Step(
        _("The session cannot open yet: {why}").format(why=blocked[0].explanation),
        "jury",
    )


def _judging(session: Session) -> Step:
    file = session.on_table
    if file is None:
        upcoming = next_file(session)
        if upcoming is None:
            return Step(_("All have an outcome: c closes the session."), "candidates")
        return Step(
            _("Next: a calls {name}.").format(name=plain(upcoming.candidate.name)),
            "candidates",
        )
    return Step(_on_table(session, file), "candidate")


def _on_table(session: Session, file: File) -> str:
    if file.status is Status.CALLED:
        return _("Next: h begins the hearing (or d deliberates on the file).")
    if file.status is Status.HEARING:
        return _("Being heard: h ends the hearing.")
    if file.status is Status.HEARD:
        return _("Next: d begins the deliberation.")
    states = {
        c: judgement.component_result(session, file, c)
        for c in judgement.asked(session, file)
    }
    ties = [c for c, s in states.items() if s == "tie"]
    if ties:
        return _("Tied on {components}: v uses the chair’s casting vote.").format(
            components=listed(ties)
        )
    pending = [c for c, s in states.items() if s == "pending"]
    if pending:
        return _(
            "Left to vote: {components}. u: all in favour, or the exceptions first."
        ).format(components=listed(pending))
    unreasoned = [
        c for c, s in states.items() if s == "not_acquired" and not file.reasons.get(c)
    ]
    if unreasoned:
        return _("Give the reason on {components} (e), then d pronounces.").format(
            components=listed(unreasoned)
        )
    return _("Next: d pronounces the decision.")


def _publishing(session: Session) -> Step:
    from jury_tui.ui.screens.justifying import to_justify

    if not session.exports and to_justify(session):
        return Step(_("Next: u justifies what is irregular (p)."), "minutes")
    if not session.number or not session.exports:
        return Step(_("Next: x exports the minutes (p)."), "minutes")
    if not session.signatures:
        return Step(_("Next: sign (w), or seal at once (k)."), "minutes")
    return Step(_("Next: k seals the minutes."), "minutes")
