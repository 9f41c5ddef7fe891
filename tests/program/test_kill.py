"""``kill -9`` of the real program, in a pseudo-terminal, while somebody types.

The oracle is the screen: whatever a complete picture showed as saved must be in the
register. Votes and arrivals are typed faster than they are painted, and the program
is killed at a random moment; then it starts again on what is left, and goes on.

``JURY_TUI_KILLS=200`` (or ``JURY_TUI_LONG=1``) kills it 200 times instead of 8, and
``pytest -s`` prints what came of it.
"""

from __future__ import annotations

import os
import random
import re
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from jury_tui.audit.auditing import audit
from jury_tui.i18n import _
from jury_tui.register.chain import Verdict
from jury_tui.register.reading import read
from jury_tui.register.record import Record
from jury_tui.register.records import FILE
from jury_tui.session import acts as a
from jury_tui.session.session import Session
from jury_tui.ui.app import system_clock
from tests.support import large
from tests.support.lengths import count
from tests.support.terminals import NO_PTY, Picture, Program, program, said

pytestmark = pytest.mark.skipif(bool(NO_PTY), reason=NO_PTY)

KILLS = count("JURY_TUI_KILLS", 8, 200)
SAVED = re.compile(r" (?P<said>.+?) · enregistré à (?P<time>\d\d:\d\d:\d\d)\s")
ROW = re.compile(r"[ ▸](?P<component>C\d\d) [^│]* (?P<sign>[✓✗…]) [^│…]*│")
PERSON = re.compile(r"[ ▸](?P<sign>[✓◁ ]) (?P<name>[A-ZÉÈ]+ [A-Z]\S+) ")
CANDIDATE = re.compile(r"Candidat (?P<number>\d+) sur ")


class Found(NamedTuple):
    """One kill: keys typed, pictures painted, what these said to be saved, what of
    that is not in the register, acts recorded since the typing began, torn or not."""

    typed: int
    pictures: int
    said: int
    lost: tuple[str, ...]
    recorded: int
    torn: bool


class Secretary:
    """Types in the program, and believes what the screen says."""

    def __init__(self, at: Program, choose: random.Random) -> None:
        self.at = at
        self.choose = choose
        self.typed = 0
        at.wait("FICTIF-10")
        at.settle(0.05)
        at.step("\r", "Où il en est")
        if "13/13 votants" not in at.text:
            self._bring_back()

    def _bring_back(self) -> None:
        """Those who had left when the program was killed."""
        self.at.step("j", "Depuis")
        self.at.settle(0.1)
        for person in PERSON.finditer(self.at.text):
            if person["sign"] != "✓":
                self.at.step(
                    f"{person['name'][0]} ",
                    said("{name} is there", name=person["name"]),
                )
        self.at.step("l", "Où il en est")
        self.at.wait("13/13 votants")

    def to_votes(self) -> None:
        """To a candidate on whom something is left to vote."""
        self.at.step("\r", "Résultat")
        self.at.settle(0.05)
        if "… à voter" in self.at.text:
            return
        number = int(CANDIDATE.search(self.at.text)["number"])  # type: ignore[index]
        for key, seen in (
            ("d", said("No, go back")),
            ("\r", said("decision on {name} pronounced")),
            ("n", f"Candidat {number + 1} sur"),
            ("a", said("{name} is called.")),
            ("h", said("hearing begun")),
            ("h", said("hearing ended")),
            ("d", said("deliberation begun")),
        ):
            self.at.step(key, seen)

    def to_presence(self) -> None:
        """To the jury."""
        self.at.step("j", "Depuis")

    def type_votes(self) -> None:
        """All in favour, one component after the other, as fast as it goes."""
        self._burst("u" * self.choose.randint(1, 12))

    def type_presence(self) -> None:
        """People leave and come back."""
        people = self.choose.choices("BCDEFGHIJKLM", k=self.choose.randint(1, 6))
        self._burst("".join(f"{letter}  " for letter in people))

    def _burst(self, keys: str) -> None:
        for key in keys:
            self.at.press(key)
            self.typed += 1
            self.at.pump(self.choose.choice((0, 0, 0.005, 0.02)))
        self.at.pump(self.choose.uniform(0, 0.08))


def kill_once(session: Path, home: Path, choose: random.Random) -> Found:
    """Type, kill, and compare what was said with what is there."""
    path = session / FILE
    arguments = ("--sessions", session.parent, "--exports", home / "exports")
    with program(*arguments, home=home, columns=100, lines=36) as running:
        secretary = Secretary(running, choose)
        votes = choose.random() < 0.7
        if votes:
            secretary.to_votes()
        else:
            secretary.to_presence()
        running.settle(0.05)
        first, before = len(running.pictures) - 1, read(path).count
        if votes:
            secretary.type_votes()
        else:
            secretary.type_presence()
        assert -signal.SIGKILL == running.end(signal.SIGKILL)
        told, pictures = running.pictures, running.pictures[first:]
    torn = read(path).verdict
    assert torn in (Verdict.CLEAN, Verdict.TORN)
    with Record.open(session, now=system_clock()) as record:
        assert record.busy is None
        assert record.writable
        acts, states = (
            record.acts,
            [record.at(n) for n in range(before, len(record.acts) + 1)],
        )
    assert_shown(pictures, states)
    acknowledged = said_in(told)
    return Found(
        typed=secretary.typed,
        pictures=len(pictures),
        said=len(acknowledged),
        lost=tuple(sorted(" ".join(x) for x in acknowledged - there(acts, states[-1]))),
        recorded=len(acts) - before,
        torn=torn is Verdict.TORN,
    )


def said_in(pictures: Sequence[Picture]) -> set[tuple[str, str]]:
    """What was said to be saved, and at what second."""
    messages = (SAVED.match(picture[-2]) for picture in pictures)
    return {(m["said"], m["time"]) for m in messages if m is not None}


def there(acts: Sequence[a.AnyAct], session: Session) -> set[tuple[str, str]]:
    """What the screen says of the acts of a register."""
    return {
        (said[:1].upper() + said[1:], f"{act.at.astimezone():%H:%M:%S}")
        for act in acts
        for said in (said_of(act, session),)
    }


def said_of(act: a.AnyAct, session: Session) -> str:
    """What the screen says of an act."""
    if isinstance(act, a.VoteCounted):
        return _("vote on {component}").format(component=act.component)
    if isinstance(act, a.MemberArrived | a.MemberDeparted):
        name = session.members[act.member].name
        here = isinstance(act, a.MemberArrived)
        return (_("{name} is there") if here else _("{name} left")).format(name=name)
    if isinstance(act, a.DecisionPronounced):
        name = session.files[act.candidate].candidate.name
        return _("decision on {name} pronounced").format(name=name)
    return {
        a.HearingStarted: _("hearing begun"),
        a.HearingEnded: _("hearing ended"),
        a.DeliberationStarted: _("deliberation begun"),
    }.get(type(act), "")


def assert_shown(pictures: Sequence[Picture], states: Sequence[Session]) -> None:
    """Each picture shows the session as it stood after some act, in their order."""
    step = 0
    for picture in pictures:
        shown = voted_on(picture) if "Résultat" in picture[3] else present_on(picture)
        while step < len(states) and shown != known(picture, states[step]):
            step += 1
        assert step < len(states), "\n".join(picture)


def voted_on(picture: Picture) -> set[str]:
    """The components with a result, on the candidate's screen."""
    rows = (ROW.match(line) for line in picture)
    return {row["component"] for row in rows if row and row["sign"] != "…"}


def present_on(picture: Picture) -> set[str]:
    """Who is there, on the jury's screen."""
    rows = (PERSON.match(line) for line in picture)
    return {row["name"] for row in rows if row and row["sign"] == "✓"}


def known(picture: Picture, session: Session) -> set[str]:
    """The same, as a register tells it."""
    candidate = CANDIDATE.search(picture[0])
    if candidate is None:
        rows = (PERSON.match(line) for line in picture)
        inview = {row["name"] for row in rows if row}  # the list may be longer
        return inview & {m.name for m in session.present}
    file = session.files[session.order[int(candidate["number"]) - 1]]
    return {c for c in file.ballots if file.ballot(c) is not None}


def test_nothing_that_was_said_to_be_saved_is_lost(tmp_path: Path) -> None:
    """« `kill -9` of the real program through a pseudo-terminal, 200 times during
    typing, loses nothing that was said to be saved » (issue 4).
    """
    choose = random.Random(int(os.environ.get("JURY_TUI_SEED", "4")))
    size = 40 if KILLS < 50 else 200
    session = large.on_the_table(tmp_path / "sessions", candidates=size)
    found = [kill_once(session, tmp_path / "home", choose) for _n in range(KILLS)]
    report = audit(session, now=system_clock())
    blamed = [f.text for f in report.findings if f.severity in ("altered", "breach")]

    lost = [message for one in found for message in one.lost]

    print(
        f"\n{len(found)} kills, {sum(f.typed for f in found)} keys, "
        f"{sum(f.pictures for f in found)} pictures, "
        f"{sum(f.said for f in found)} said to be saved, {len(lost)} lost of these, "
        f"{sum(f.recorded for f in found)} recorded meanwhile, "
        f"{sum(f.torn for f in found)} torn ends"
    )
    assert [] == lost
    assert [] == blamed
    assert sum(one.said for one in found) > 0
    assert sum(one.recorded for one in found) > 0
