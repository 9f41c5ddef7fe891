"""What comes next, in one sentence that names its key: nobody is left to guess."""

from __future__ import annotations

from typing import NamedTuple

from jury_tui.errors import JuryError
from jury_tui.i18n import _, listed, ngettext
from jury_tui.session import judgement
from jury_tui.session.session import Attendance, File, Phase, Session, Status
from jury_tui.ui import movement
from jury_tui.ui.keyed import unkeyed
from jury_tui.ui.words import plain

CALLING = ("candidates", "candidate")
"""The screens on which a calls somebody."""
NAMED = 4
"""The most components that a sentence names one by one."""


class Step(NamedTuple):
    """What to do next, and where.

    Attributes:
        text: The sentence; it names a key of that screen.
        screen: jury, candidates, candidate, minutes; empty for anywhere.
        parts: The components on whose line the key acts; none for any.
    """

    text: str
    screen: str
    parts: tuple[str, ...] = ()


def sentence(session: Session, screen: str, about: str = "", part: str = "") -> str:
    """The next step as one screen says it: how to get there first, then the key.

    Args:
        session: The session.
        screen: The screen that is shown, by the words of :class:`Step`, or another.
        about: The candidate it shows, or under its cursor.
        part: The component under its cursor.
    """
    step = next_step(session, about if screen in CALLING else "")
    calls = session.phase is Phase.OPEN and session.on_table is None
    there = step.screen in ("", screen) or (
        screen == "candidate" and calls and next_file(session) is not None
    )
    if step.screen == "candidate" and screen == "candidate":
        there = about == session.table
    if there:
        if not step.parts or part in step.parts or screen != "candidate":
            return step.text
        return _("First [↑ ↓] to {component}. {step}").format(
            component=_named(list(step.parts[:1])), step=step.text
        )
    keys, where = {
        "jury": ("[j]", _("Jury")),
        "candidates": ("[l]", _("Candidates")),
        "minutes": ("[p]", _("Minutes")),
    }.get(step.screen, ("", ""))
    file = session.on_table
    if step.screen == "candidate" and file is not None:
        where, enter = unkeyed(file.candidate.name), f"[{_('Enter')}]"
        keys = f"[l] {enter}"
        if screen == "candidates":
            keys = enter if about == session.table else f"[↑ ↓] {enter}"
    next_, text = _("Next: {what}").partition("{")[0], step.text
    if text.startswith(next_):
        then = _("Next: {keys} ({where}), then {what}")
        return then.format(keys=keys, where=where, what=text.removeprefix(next_))
    return _("First {keys} ({where}). {step}").format(keys=keys, where=where, step=text)


def to_call(session: Session, about: str = "") -> File | None:
    """Whom a calls: who is shown, unless settled; then the first not settled."""
    file = session.files.get(about)
    return file if file is not None and not file.settled else next_file(session)


def next_file(session: Session, after: str = "") -> File | None:
    """The next candidate with no outcome yet, in the order of business."""
    order = list(session.order)
    start = order.index(after) + 1 if after in order else 0
    for candidate in (*order[start:], *order[:start]):
        if not session.files[candidate].settled:
            return session.files[candidate]
    return None


def next_step(session: Session, about: str = "") -> Step:
    """The next step of this session, for a screen that shows a candidate or none."""
    phase = session.phase
    if phase is Phase.DRAFTED:
        return _preparing(session)
    if phase is Phase.CONVENED:
        return _opening(session)
    if phase is Phase.SUSPENDED:
        return Step(_("The sitting is suspended: [s] resumes it."), "")
    if phase is Phase.OPEN:
        return _judging(session, about)
    if phase is Phase.CLOSED:
        return _publishing(session)
    return _sealed(session)


def _preparing(session: Session) -> Step:
    if not session.members:
        return Step(
            _("Next: name the members ([a] adds one, [f] reads a file)."), "jury"
        )
    if why := _incomplete(session):
        words = _("Next: complete the jury ([a] or [f]). {why}")
        return Step(words.format(why=unkeyed(why)), "jury")
    if not session.files:
        return Step(
            _("Next: put the candidates on the agenda ([a] or [f])."), "candidates"
        )
    if not session.place:
        return Step(_("Next: say where the jury meets [e]."), "jury")
    return Step(_("Next: [c] convenes the jury."), "jury")


def _incomplete(session: Session) -> str:
    """Why the jury cannot sit as it is named; empty when it can."""
    try:
        findings = judgement.as_appointed(session)
    except JuryError:
        return ""
    return next((plain(f.explanation) for f in findings if f.blocks), "")


def _opening(session: Session) -> Step:
    awaited = [
        m
        for m in session.formation
        if not session.is_present(m.id)
        and session.attendance.get(m.id, Attendance()).excused is None
    ]
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
        return Step(unkeyed(str(error)), "jury")
    if awaited:
        number = len(awaited)
        if any(session.attendance[m.id].signed_at is None for m in session.present):
            words = _(
                "Next: [Space] there, [d] remotely, [e] signed, [*] all; [o] opens."
            )
            return Step(words, "jury")
        said = ngettext(
            "Next: [Space] there, [d] remotely, [*] [Enter] all ({number} awaited), "
            "then [o] opens.",
            "Next: [Space] there, [d] remotely, [*] [Enter] all ({number} awaited), "
            "then [o] opens.",
            number,
        )
        return Step(said.format(number=number), "jury")
    if not blocked:
        number = sum(
            session.attendance[m.id].signed_at is None for m in session.present
        )
        if number:
            said = ngettext(
                "Next: [e] marks who has signed, or [*] [Enter] all ({number} left), "
                "then [o] opens.",
                "Next: [e] marks who has signed, or [*] [Enter] all ({number} left), "
                "then [o] opens.",
                number,
            )
            return Step(said.format(number=number), "jury")
        return Step(_("Next: [o] opens the session."), "jury")
    said, why = _("The session cannot open yet: {why}"), blocked[0].explanation
    return Step(said.format(why=unkeyed(why)), "jury")


def _judging(session: Session, about: str) -> Step:
    file = session.on_table
    if file is None:
        upcoming = to_call(session, about)
        if upcoming is None:
            return Step(_("All have an outcome: [c] closes the session."), "candidates")
        return Step(
            _("Next: [a] calls {name}.\n [s] break, [i] incident.").format(
                name=unkeyed(upcoming.candidate.name)
            ),
            "candidates",
        )
    return _on_table(session, file)


def _on_table(session: Session, file: File) -> Step:
    if file.status in (Status.CALLED, Status.HEARING, Status.HEARD):
        return _hearing(session, file)
    states = judgement.component_results(session, file)
    ties = [c for c, s in states.items() if s == "tie"]
    if ties:
        text = _("A tie ({components}): [v] uses the chair’s casting vote.").format(
            components=_named(ties)
        )
        return Step(text, "candidate", tuple(ties))
    pending = [c for c, s in states.items() if s == "pending"]
    if pending:
        said = _("To vote: {components}. [u] all in favour\n, or else name by name.")
        first = pending[0]
        if judgement.components(session)[first].criteria and not judgement.entries(
            file, first
        ):
            said = _(
                "To vote: {components}. [m] grid of {first}\n, then [u], or [f] [c]…"
            )
        text = said.format(components=_named(pending), first=first)
        return Step(text, "candidate", tuple(pending))
    unreasoned = [
        c for c, s in states.items() if s == "not_acquired" and not file.reasons.get(c)
    ]
    if unreasoned:
        said = _("A reason is missing ({components}): [e] writes it, in two questions.")
        text = said.format(components=_named(unreasoned))
        return Step(text, "candidate", tuple(unreasoned))
    return Step(_("Next: [d] pronounces the decision."), "candidate")


def _named(components: list[str]) -> str:
    """Components by their ids; the first alone, where a line would not hold them."""
    first, *others = components
    names = listed(components)
    if len(others) >= NAMED:
        names = ngettext(
            "{component} and {number} other",
            "{component} and {number} others",
            len(others),
        ).format(component=first, number=len(others))
    said = ngettext("component {names}", "components {names}", len(components))
    return said.format(names=names)


def _hearing(session: Session, file: File) -> Step:
    if file.status is Status.HEARING:
        return Step(
            _("Being heard: [h] ends the hearing.\n [s] break, [i] incident."),
            "candidate",
        )
    try:
        found = judgement.for_candidate(session, file.candidate.id)
        blocked = any(f.blocks for f in found)
    except JuryError as error:
        return Step(unkeyed(str(error)), "candidate")
    if blocked and (out := movement.gone(session, file)):
        names = listed(unkeyed(session.members[m].name) for m in out)
        text = _("[x]: {names} must come back first.").format(names=names)
        return Step(text, "candidate")
    if blocked:
        text = _(
            "The jury cannot deliberate: [j] then [t], a substitute; or [l] then [r], "
            "put off."
        )
        return Step(text, "")
    if file.status is Status.CALLED:
        text = _("Next: [h] begins the hearing (or [d] deliberates on the file).")
        return Step(text, "candidate")
    return Step(_("Next: [d] begins the deliberation."), "candidate")


def _publishing(session: Session) -> Step:
    from jury_tui.ui.screens.justifying import to_justify

    if not session.exports and to_justify(session):
        return Step(_("Next: [u] justifies what is irregular."), "minutes")
    if not session.number or not session.exports:
        missing = _missing(session)
        if missing and (unreasoned := _unreasoned(session)):
            return Step(unreasoned, "")
        if missing:
            return Step(_("Next: {what}").format(what=unkeyed(missing)), "")
        return Step(_("Next: [x] exports the minutes."), "minutes")
    if not session.signatures:
        return Step(_("Next: sign [w], or seal at once [k]."), "minutes")
    return Step(_("Next: [k] seals the minutes."), "minutes")


def _sealed(session: Session) -> Step:
    """Sealed minutes are over once the register shows that they were signed."""
    from jury_tui.ui.screens.afterwards import unwritten
    from jury_tui.ui.signatures import unproved

    numbers = unwritten(session)
    if numbers:
        words = _("Next: [x] writes the rectifying minutes {number}.")
        return Step(words.format(number=unkeyed(numbers[0])), "minutes")
    try:
        export = unproved(session)
    except JuryError as error:
        return Step(str(error), "minutes")
    if export is None:
        return Step(_("The minutes are sealed: nothing is left to do."), "")
    if not export.number:
        words = _("Sealed. Left to do: attach the minutes signed by hand [n].")
        return Step(words, "minutes")
    words = _("Next: sign the rectifying minutes {number} [w], or attach them [n].")
    return Step(words.format(number=unkeyed(export.number)), "minutes")


def _unreasoned(session: Session) -> str:
    """Where the first reasons that lack are written; empty when none do."""
    for file in session.agenda:
        for component, state in judgement.component_results(session, file).items():
            if state == "not_acquired" and not file.reasons.get(component):
                text = _(
                    "Next: reasons ({component}) for {name}: [l], the name, [Enter], "
                    "[e]."
                )
                name = unkeyed(file.candidate.name)
                return text.format(component=_named([component]), name=name)
    return ""


def _missing(session: Session) -> str:
    """What the minutes cannot be exported without, in a sentence."""
    from jury_tui.minutes import document

    try:
        found = document.blockers(session)
    except JuryError as error:
        return str(error)
    fatal = (b.sentence for b in found if b.fatal and b.key != "number")
    return plain(next(fatal, ""))
