"""What can be said of an altered register, besides that it was: where, and how far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jury_tui.audit.words import act_words, shown
from jury_tui.errors import RegisterError
from jury_tui.i18n import _, ngettext, short_date
from jury_tui.register.doubt import Doubt, doubt
from jury_tui.register.reading import Reading
from jury_tui.session import acts as a

_NAMED = 3
"""Acts recorded at one stroke that are told one by one."""


class Known(NamedTuple):
    """What can be said of an altered register.

    Attributes:
        what: What was changed, as far as it can be told, in a sentence.
        told: What is sure, what stands there, and what follows it.
    """

    what: str
    told: str


def known_of(reading: Reading, acts: Sequence[a.AnyAct]) -> Known | None:
    """What was changed, the last act that is sure, and what follows the one in doubt.

    Args:
        reading: The register, with a fault.
        acts: Its acts, up to the first in doubt.

    Returns:
        None when nothing more can be known than that it was altered.
    """
    try:
        found = doubt(reading)
    except RegisterError:
        return None  # it is gone since: its fault was said
    if found is None:
        return None
    return Known(_what(found, acts), " ".join((*_sure(acts), _after(found))))


def _sure(acts: Sequence[a.AnyAct]) -> Iterable[str]:
    if acts:
        yield _("What is sure ends with act {act}: {what}.").format(
            act=len(acts), what=_told(acts[-1], _names(acts))
        )


def _what(found: Doubt, acts: Sequence[a.AnyAct]) -> str:
    """What was changed: the act as it stands, or the hash before it."""
    first, number = len(acts) + 1, len(found.acts)
    names = _names((*acts, *found.acts))
    what = "; ".join(_told(act, names) for act in found.acts[:_NAMED])
    if not found.acts:
        said = _("Act {act} was changed: it cannot be read as an act any more.")
    elif number > 1:
        more = "; …" if number > _NAMED else ""
        return _(
            "Acts {first} to {last}, recorded at one stroke, were changed; as they "
            "stand now: {what}."
        ).format(first=first, last=len(acts) + number, what=f"{what}{more}")
    elif found.whole:
        said = _("Only the hash before act {act} was changed, not its text: {what}.")
    elif found.after:
        said = _("Act {act} was changed; it now says: {what}.")
    else:
        said = _("Act {act} was changed, text or hash; it now says: {what}.")
    return said.format(act=first, what=what)


def _after(found: Doubt) -> str:
    if found.whole:
        return _(
            "What follows was sealed from this very text: only the hash before it was "
            "changed."
        )
    if not found.after:
        return _(
            "Nothing that follows was sealed from the hash it bears: what was changed, "
            "text or hash, cannot be told."
        )
    said = ngettext(
        "{number} act that follows was sealed from the hash it bears: this text was "
        "changed, or acts were taken out or put in just before it.",
        "{number} acts that follow were sealed from the hash it bears: this text was "
        "changed, or acts were taken out or put in just before it.",
        found.after,
    ).format(number=found.after)
    more = _("Further on, something else is in doubt.")
    return f"{said} {more}" if found.more else said


def _names(acts: Iterable[a.AnyAct]) -> dict[str, str]:
    """Names of members and candidates, by id."""
    names: dict[str, str] = {}
    for act in acts:
        if isinstance(act, a.MemberAppointed | a.MemberAmended):
            names[act.member.id] = act.member.name
        elif isinstance(act, a.CandidateRegistered | a.CandidateAmended):
            names[act.candidate.id] = act.candidate.name
    return names


def _told(act: a.AnyAct, names: dict[str, str]) -> str:
    """``arrival, DURAND Claire, on 2008-06-10 at 08:41:09``."""
    about = [
        names.get(ref, ref)
        for ref in (_ref(getattr(act, field, "")) for field in ("member", "candidate"))
        if ref
    ]
    if isinstance(act, a.RulebookAdopted):
        about.append(act.name)
    component = getattr(act, "component", "")
    values = (
        shown(getattr(act, field))
        for field in ("tally", "outcome", "marks", "levels")
        if getattr(act, field, None)
    )
    parts = (act_words(act), *about, *([component] if component else []), *values)
    what = ", ".join(parts)
    return _("{what} (on {day} at {time})").format(
        what=what, day=short_date(act.at.date()), time=f"{act.at:%H:%M:%S}"
    )


def _ref(value: object) -> str:
    return value if isinstance(value, str) else str(getattr(value, "id", ""))
