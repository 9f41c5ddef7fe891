"""The room and the counts at one moment of a session, for the replay."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from jury_tui.errors import JuryError
from jury_tui.i18n import _, clock
from jury_tui.session import judgement
from jury_tui.session.acts import AnyAct
from jury_tui.session.folding import fold
from jury_tui.session.session import Session
from jury_tui.ui.light import TONES, layers, reason, worst
from jury_tui.ui.words import (
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
    """

    def __init__(self, acts: Sequence[AnyAct], fault: str = "") -> None:
        self.fault = fault
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


def track(count: int, total: int, width: int) -> str:
    """Where one is among the acts: ``━━━●───``."""
    done = round(width * count / total) if total else 0
    return "━" * max(0, done - 1) + "●" + "─" * (width - max(1, done))


def room(session: Session, code: str = "") -> Content:
    """Who was there, how the jury stood, where each candidate was.

    Args:
        session: The session as it was then.
        code: The register's code, shown last.
    """
    sign, word, tone = phase_sign(session.phase)
    parts: list[Part] = [(f"{sign} {word}", TONES[tone])]
    if session.at is not None:
        parts.append((f"  {clock(session.at)}", TONES[SOFT]))
    parts.append(("\n", ""))
    try:
        parts += _jury(session)
    except JuryError as error:
        parts.append((f"{error}\n", TONES[SOFT]))
    parts += _people(session)
    parts += _candidates(session)
    if code:
        parts += [("\n" + _("code") + "\n", TONES[SOFT]), (code, "")]
    return Content.assemble(*parts)


def _jury(session: Session) -> list[Part]:
    if not session.members:
        return []
    parts: list[Part] = []
    found = layers(session)
    for name, findings in found:
        sign, tone = worst(findings)
        parts.append((f"{sign} {name}  ", TONES[tone]))
    parts.append(("\n", ""))
    why = reason(found)
    if why:
        parts.append((f"{why}\n", TONES[SOFT]))
    return parts


def _people(session: Session) -> list[Part]:
    file = session.on_table
    parts: list[Part] = []
    for member in session.formation:
        recused = file is not None and member.id in file.recused
        sign, _word, tone = presence_sign(session.attendance.get(member.id), recused)
        parts += [
            (f" {sign} ", TONES[tone]),
            (f"{plain(member.name)}\n", "" if tone == OK else TONES[SOFT]),
        ]
    return parts


def _candidates(session: Session) -> list[Part]:
    if not session.files:
        return []
    done = sum(f.settled for f in session.files.values())
    parts: list[Part] = [
        (
            _("Candidates: {done} of {all}").format(done=done, all=len(session.files))
            + "\n",
            "bold",
        )
    ]
    for file in session.agenda:
        sign, word, tone = status_sign(file)
        parts += [
            (f" {sign} ", TONES[tone]),
            (plain(file.candidate.name), ""),
            (f"  {word}\n", TONES[SOFT]),
        ]
        if file.candidate.id == session.table:
            try:
                for component in judgement.components(session):
                    state = judgement.component_result(session, file, component)
                    mark, said, shade = result_sign(state)
                    ballot = file.ballot(component)
                    count = (
                        f"  {ballot.tally.for_}–{ballot.tally.against}"
                        if ballot is not None
                        else ""
                    )
                    parts.append(
                        (f"     {component} {mark} {said}{count}\n", TONES[shade])
                    )
            except JuryError:
                continue
    return parts
