"""The room and the counts at one moment of a session, for the replay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from jury_tui.errors import JuryError
from jury_tui.i18n import _, clock, ngettext
from jury_tui.session import judgement
from jury_tui.session.acts import AnyAct, CandidateCalled
from jury_tui.session.folding import fold
from jury_tui.session.session import Session
from jury_tui.ui.light import TONES, at_a_glance, justified, open_layers, reason
from jury_tui.ui.words import (
    KEY,
    OK,
    SOFT,
    phase_sign,
    plain,
    presence_sign,
    result_sign,
    status_sign,
)

Part = tuple[str, str]
KEPT_EVERY = 32
"""Acts between two moments that are kept, to go back to."""


class Past:
    """A session's acts, and the session as it stood after each of them.

    Attributes:
        acts: Those that can be followed, oldest first.
        fault: Why the act after these cannot be; empty if all can.
        told: What else is known of that act.
        held: How many acts the register holds, where these are not all.
        torn: Whether something that is no act stands after them.
    """

    def __init__(
        self,
        acts: Sequence[AnyAct],
        fault: str = "",
        told: str = "",
        *,
        torn: bool = False,
        held: int = 0,
    ) -> None:
        self.held = held
        self.fault = fault
        self.told = told
        self.torn = torn
        self._kept = [Session()]
        session = self._kept[0]
        followed = 0
        for act in acts:
            try:
                session = fold(session, act)
            except JuryError as error:
                self.fault = self.fault or str(error)
                break
            followed += 1
            if followed % KEPT_EVERY == 0:
                self._kept.append(session)
        self.acts = tuple(acts[:followed])
        self.session = session

    def at(self, count: int) -> Session:
        """The session as it stood after so many acts."""
        count = max(0, min(count, len(self.acts)))
        place = count // KEPT_EVERY
        session = self._kept[place]
        for act in self.acts[place * KEPT_EVERY : count]:
            session = fold(session, act)
        return session


CHANGED = "→"
"""What stands before a line that the act changed."""


class Line(NamedTuple):
    """One line of the room.

    Attributes:
        parts: What is shown.
        same: What it is compared by with the moment before; None: it never changes.
    """

    parts: list[Part]
    same: str | None = None


def room(session: Session, before: Session | None = None, *, head: str = "") -> Content:
    """Who was there, how the jury stood, where each candidate was.

    Args:
        session: The session as it was then.
        before: The session as it was just before: what differs bears a sign.
        head: What is said first: the act, in words.
    """
    known = Counter(line.same for line in lines_of(before)) if before else None
    parts: list[Part] = [(f"{head}\n", "bold")] if head else []
    for line in lines_of(session):
        new = False
        if known is not None and line.same is not None:
            new = known[line.same] <= 0
            known[line.same] -= 1
        parts.append((f"{CHANGED} " if new else "  ", TONES[KEY]))
        parts += [
            (text, "bold" if new and not tone else tone) for text, tone in line.parts
        ]
        parts.append(("\n", ""))
    return Content.assemble(*parts)


def first_changed(shown: str) -> int | None:
    """Which line of a room bears the sign of a change."""
    for number, line in enumerate(shown.splitlines()):
        if line.startswith(CHANGED):
            return number
    return None


def lines_of(session: Session) -> list[Line]:
    """The room, line by line: what is decided first, who is there, then the agenda."""
    sign, word, tone = phase_sign(session.phase)
    phase = [(f"{sign} {word}", TONES[tone])]
    if session.at is not None:
        phase.append((f"  {clock(session.at)}", TONES[SOFT]))
    jury = _jury(session)  # its reason may be long: after who is there
    return [
        Line(phase, word),
        *_on_table(session),
        *jury[:1],
        *_people(session),
        *jury[1:],
        *_candidates(session),
    ]


def _jury(session: Session) -> list[Line]:
    if not session.members:
        return []
    try:
        found = open_layers(session, justified(session))
    except JuryError as error:
        return [Line([(str(error), TONES[SOFT])], str(error))]
    parts: list[Part] = []
    for name, findings in found:
        sign, tone = at_a_glance(findings)
        parts.append((f"{sign} {name}  ", TONES[tone]))
    lines = [Line(parts, "".join(text for text, _tone in parts))]
    why = reason(found)
    if why is not None:
        said = why.explanation
        lines.append(Line([(said, TONES[SOFT])], said))
    return lines


def _people(session: Session) -> list[Line]:
    file = session.on_table
    lines = []
    for member in session.formation:
        recused = file is not None and member.id in file.recused
        sign, word, tone = presence_sign(session.attendance.get(member.id), recused)
        name = plain(member.name)
        said = "" if word == _("present") else f"  {_whole(word)}"
        lines.append(
            Line(
                [
                    (f"{sign} ", TONES[tone]),
                    (name, "" if tone == OK else TONES[SOFT]),
                    (said, TONES[SOFT]),
                ],
                f"{name} {word}",
            )
        )
    return lines


def _on_table(session: Session) -> list[Line]:
    file = session.on_table
    if file is None:
        return []
    lines = []
    try:
        for component, state in judgement.component_results(session, file).items():
            mark, said, tone = result_sign(state)
            ballot = file.ballot(component)
            count = ""
            if ballot is not None:
                tally = ballot.tally
                count = " · " + _("{for_} for, {against} against").format(
                    for_=tally.for_, against=tally.against
                )
                others = tally.abstention + tally.blank
                if others:
                    count += ", " + ngettext(
                        "{number} other", "{number} others", others
                    ).format(number=others)
            text = f"{component} {mark} {said}{count}"
            lines.append(
                Line([(f"  {text}", TONES[tone])], f"{file.candidate.id} {text}")
            )
    except JuryError as error:
        lines.append(Line([(str(error), TONES[SOFT])], str(error)))
    name = plain(file.candidate.name)
    said = _("On the table: {name}").format(name=name)
    return [Line([(said, "bold")], said), *lines]


def _candidates(session: Session) -> list[Line]:
    if not session.files:
        return []
    done = sum(f.settled for f in session.files.values())
    said = _("Candidates: {done} of {all}").format(done=done, all=len(session.files))
    lines = [Line([(said, "bold")], said)]
    for file in session.agenda:
        sign, word, tone = status_sign(file)
        name = plain(file.candidate.name)
        lines.append(
            Line(
                [
                    (f"{sign} ", TONES[tone]),
                    (name, ""),
                    (f"  {_whole(word)}", TONES[SOFT]),
                ],
                f"{file.candidate.id} {name} {word}",
            )
        )
    return lines


def _whole(word: str) -> str:
    """A state that is not parted at the end of a line."""
    return word.replace(" ", "\N{NO-BREAK SPACE}")


def next_call(acts: Sequence[AnyAct], count: int, step: int) -> int:
    """The act, from 1, at which the candidate after or before this one is called.

    Args:
        acts: All of them.
        count: The act one is at, from 1.
        step: 1: the next candidate; -1: the one before.

    Returns:
        Its number; the last act, or the first, where there is no such candidate.
    """
    calls = [n for n, act in enumerate(acts, 1) if isinstance(act, CandidateCalled)]
    if step > 0:
        return next((n for n in calls if n > count), len(acts))
    return next((n for n in reversed(calls) if n < count), 1)
