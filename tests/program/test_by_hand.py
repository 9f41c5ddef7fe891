"""A whole session typed in a terminal of 80 × 24, and the same through ``apply``.

« A whole session run by hand in a real 80×24 terminal, and the same through `apply`,
give the same minutes. » (issue 2)
"""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jury_tui.audit.auditing import audit
from jury_tui.cli import main
from jury_tui.demo import FINISHED, READY, make
from jury_tui.register.reading import read
from jury_tui.register.records import FILE
from jury_tui.ui.app import system_clock
from tests.support.terminals import NO_PTY, Program, program, said

pytestmark = pytest.mark.skipif(bool(NO_PTY), reason=NO_PTY)

START = dt.datetime(2008, 6, 24, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
ENTER, ESC, DOWN, HOME, END = "\r", "\x1b", "\x1b[B", "\x1b[H", "\x1b[F"
ERASE = "\x15"  # Ctrl+U: the line so far


class Step(NamedTuple):
    """One minute: what is typed, piece by piece with what each brings; what it is.

    Attributes:
        keys: Keys, and what the screen shows then; empty: that it is saved.
        commands: The same as commands.
    """

    keys: tuple[tuple[str, str], ...]
    commands: tuple[dict[str, Any], ...]


def step(*keys: tuple[str, str] | str, **command: Any) -> Step:
    """A step of one command; ``do`` and its fields."""
    typed = tuple((k, "") if isinstance(k, str) else k for k in keys)
    return Step(typed, (command,))


def _arrivals() -> list[Step]:
    found = []
    letters = {
        "m1": "V", "m2": "MO", "m3": "G", "m5": "ROUSSI", "m6": "PET", "m7": "L",
        "m8": "CH", "m9": "ROUSSE", "m11": "MA", "m12": "N", "m13": "PER",
    }  # fmt: skip
    for member, typed in letters.items():
        found.append(step(f"{typed} ", do="arrive", member=member))
    for member, typed in letters.items():
        found.append(step(f"{typed}e", do="sign_in", member=member))
    return found


def _vote(component: str, *exceptions: tuple[str, str, str]) -> Step:
    """All in favour but these: the letters typed, the member, the choice."""
    keys = {"against": "c", "abstention": "a", "did_not_vote": "n", "blank": "b"}
    typed = "".join(letters + keys[choice] for letters, _m, choice in exceptions)
    return step(
        f"{typed}u",
        do="count_votes",
        component=component,
        all="for",
        **{"except": {m: choice for _l, m, choice in exceptions}},
    )


def _called(key: str, name: str, candidate: str) -> Step:
    return step((key, said("{name} is called.", name=name)), do="call",
                candidate=candidate)  # fmt: skip


def _on(component: str) -> str:
    """The keys that go to a component."""
    return HOME + DOWN * "abc".index(component)


def _heard(key: str, name: str, candidate: str) -> list[Step]:
    """From the call to the deliberation; the invitees leave."""
    return [
        step(
            (key, said("{name} is called.", name=name)), do="call", candidate=candidate
        ),
        step("h", do="hear"),
        step("h", do="end_hearing"),
        step(("d", "invités"), ENTER, do="deliberate"),
    ]


def _all(*components: str) -> list[Step]:
    return [
        step("u", do="count_votes", component=component, all="for")
        for component in components
    ]


def _by_name(component: str, *exceptions: tuple[str, str, str]) -> Step:
    """All in favour but these: the letters typed, the member, the choice."""
    keys = {"against": "c", "abstention": "a", "blank": "b"}
    typed = "".join(letters + keys[choice] for letters, _m, choice in exceptions)
    others = {member: choice for _letters, member, choice in exceptions}
    command = {"component": component, "all": "for", "except": others}
    return step(f"{typed}u", do="count_votes", **command)


def _totals(component: str, mode: str, downs: int, **tally: int) -> Step:
    """The way of voting is chosen, then each vote is a key."""
    keys = {"for": "f", "against": "c", "abstention": "a", "blank": "b"}
    typed = "".join(keys[choice] * number for choice, number in tally.items())
    return step(
        ("t", "Comment"),
        (DOWN * downs + ENTER, "n’a pas vo"),
        f"{typed}\r",
        do="count_votes",
        component=component,
        mode=mode,
        tally=tally,
    )


def _reasons(key: str, component: str, reason: str, more: str) -> Step:
    return step(
        (key, "Motifs sur"),
        (f"{reason}\r", "Préconisation"),
        f"{more}\r",
        do="give_reason",
        component=component,
        reason=reason,
        recommendation=more,
    )


PRONOUNCED = step(("d", said("No, go back")), ENTER, do="pronounce")

MORNING = [
    step(("Fx", "motif"), "grippe\r", do="excuse", member="m4", reason="grippe"),
    Step(
        (("t", "Qui prend le siège"), (ENTER, "Pourquoi"), (ENTER, "")),
        (
            {"do": "replace", "member": "m4", "by": "m14", "reason": "grippe"},
            {"do": "arrive", "member": "m14"},
        ),
    ),
    step("Te", do="sign_in", member="m14"),
    *_arrivals(),
    step(
        ("COd", "quel moyen"),
        f"{ERASE}téléphone\r",
        do="arrive",
        member="m10",
        presence="remote",
        means="téléphone",
    ),
    step(("o", said("No, go back")), (ENTER, "Où il en est"), do="open"),
    # all in favour
    *_heard("a", "LEROYER Samira", "c1"),
    *_all("a", "b", "c"),
    PRONOUNCED,
    # by name, a tie that the chair settles, a vote taken again
    *_heard("a", "BENHAMIDA Karim", "c2"),
    _by_name("a", ("G", "m3", "abstention"), ("PE", "m6", "blank")),
    _by_name(
        "b",
        ("MO", "m2", "against"),
        ("G", "m3", "against"),
        ("RO", "m5", "against"),
        ("T", "m14", "against"),
    ),
    step("v", do="cast", component="b", choice="for"),
    _by_name("c", (_on("c") + "L", "m7", "against")),
    step(
        (_on("c") + "o", "Pourquoi"),
        ENTER,
        do="reopen_vote",
        component="c",
        mistyped=True,
    ),
    _by_name("c", ("CH", "m8", "against")),
    PRONOUNCED,
]
AFTERNOON = [
    step(("s", "motif"), "déjeuner\r", do="suspend", reason="déjeuner"),
    step("s", do="resume"),
    # a component acquired before, totals only, reasons
    *_heard("a", "DELAUNOY Thomas", "c3"),
    _totals("b", "show", 1, against=6, abstention=2),
    _totals("c", "secret", 2, **{"for": 6, "against": 1, "blank": 1}),
    _reasons(_on("b") + "e", "b", "La médiation est brève.", "Décrire une action."),
    PRONOUNCED,
    # a member whom a declared tie recuses, a mark
    *_heard("a", "KOWALCZUK Ewa", "c4"),
    step(("t", "Comment"), (ENTER, "nominatif"), ("m", "Une grille pour le jury"),
         "14,5\r", do="mark", component="a", marks={"jury": 1450}),
    step((ESC, "voter"), "u", do="count_votes", component="a", all="for"),
    *_all("b", "c"),
    PRONOUNCED,
    # absent, put off, put off once called
    step(("l", "Où il en est"), f"x{ENTER}", do="mark_absent", candidate="c5"),
    step(("nr", "motif"), "dossier égaré\r", do="postpone", candidate="c6",
         reason="dossier égaré"),
    _called("na", "GAUTHERON Mélanie", "c7"),
    step(("l", "Où il en est"), ("r", "motif"), "une récusation\r", do="postpone",
         candidate="c7", reason="une récusation"),
    # a recusal taken down by hand, an incident, a departure, a disagreement
    _called("na", "SANTELLIER Marc", "c8"),
    step(("r", "Qui ne prend"), (f"MO{ENTER}", "Quel lien"), (f"{END}{ENTER}", "vide"),
         "ancien élève\r", do="recuse", member="m2", kind="conscience",
         reason="ancien élève"),
    step("h", do="hear"),
    step(("i", "Que faut-il"), (ENTER, "imprimé"), "Alarme : 4 minutes.\r",
         do="record_incident", text="Alarme : 4 minutes.", candidate="c8"),
    step("h", do="end_hearing"),
    step(("j", "Siège"), "N ", do="depart", member="m12"),
    step(("l", "Où il en est"), (ENTER, "Résultat"), ("d", "invités"),
         f" {ENTER}", do="deliberate", invitees=["m9"]),
    *_all("a", "b"),
    _totals("c", "show", 1, against=7),
    # the bank of reasons offers the earlier ones: another is written
    step((_on("c") + "e", "Motifs sur"), ("Il est bref.\r", "Préconisation"),
         "Le relier.\r", do="give_reason", component="c",
         reason="Il est bref.", recommendation="Le relier."),
    step(("i", "Que faut-il"), (f"G{ENTER}", "imprimé"), "Vote pour c.\r",
         do="record_dissent", member="m3", text="Vote pour c.", candidate="c8"),
    PRONOUNCED,
    step(("l", "Où il en est"), ("c", said("No, go back")), ENTER, do="close"),
]  # fmt: skip


class Typist:
    """Somebody who types a session and reads the screen."""

    def __init__(self, running: Program, clock: Path) -> None:
        self.running = running
        self.clock = clock

    def take(self, one: Step, now: dt.datetime) -> None:
        """Type one step; wait until it is said to be saved, at that very time."""
        self.clock.write_text(now.isoformat(), "ascii")
        for keys, seen in one.keys:
            self.running.press(keys)
            if seen:
                self.running.wait(seen)
            else:
                self.running.wait(f"enregistré à {now:%H:%M:%S}")
        self.running.settle(0.02)


def typed(sessions: Path, exports: Path, clock: Path, steps: Sequence[Step]) -> None:
    """The session held with keys."""
    clock.write_text(START.isoformat(), "ascii")
    arguments = (sessions, exports, clock)
    module = "tests.support.clocked"
    with program(*arguments, home=clock.parent, module=module) as running:
        running.wait("RNCP5411")
        running.settle(0.05)
        running.step(ENTER, "Siège")
        running.settle(0.05)
        typist = Typist(running, clock)
        for number, one in enumerate(steps, 1):
            typist.take(one, START + number * dt.timedelta(minutes=1))
        running.wait("[x] exporte le procès-verbal")
        running.press("x")
        running.wait("Exporté")


def applied(
    sessions: Path,
    steps: Sequence[Step],
    monkeypatch: pytest.MonkeyPatch,
    *,
    first: int = 1,
    last: int,
) -> None:
    """The same, one ``apply`` a step; the steps after the last one at its time."""
    for number, one in enumerate(steps, first):
        at = (START + min(number, last) * dt.timedelta(minutes=1)).isoformat()
        lines = "\n".join(json.dumps({**c, "at": at}) for c in one.commands)
        stdin = io.TextIOWrapper(io.BytesIO(lines.encode()))
        monkeypatch.setattr(sys, "stdin", stdin)
        assert 0 == main(["apply", str(sessions / READY), "-"]), lines


def blamed(session: Path) -> list[str]:
    """What the audit finds illegal."""
    report = audit(session, now=system_clock())
    return [f.text for f in report.findings if f.severity in ("altered", "breach")]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with the same convened session."""
    hand, script = tmp_path / "hand", tmp_path / "script"
    make(hand, START)
    shutil.rmtree(hand / FINISHED)
    shutil.copytree(hand, script)
    return hand, script


class TestTheSameSession:
    """« A whole session run by hand in a real 80×24 terminal, and the same through
    `apply`, give the same minutes. »
    """

    def test_by_keys_and_by_commands(
        self,
        folders: tuple[Path, Path],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        hand, script = folders
        steps = [*MORNING, *AFTERNOON]
        typed(hand, tmp_path / "exports", tmp_path / "clock", steps)
        (workbook,) = (tmp_path / "exports").iterdir()
        numbered = step(do="number_minutes", number=workbook.stem)
        applied(script, [*steps, numbered], monkeypatch, last=len(steps))
        aside = shutil.copytree(script, tmp_path / "aside")
        where = ("--exports", str(tmp_path / "again"))
        assert 0 == main(["export", str(aside / READY), *where])
        again = (tmp_path / "again" / workbook.name).read_bytes()

        assert workbook.read_bytes() == again
        last = dict(list(read(aside / READY / FILE).records)[-1])
        told = {k: v for k, v in last.items() if k not in ("at", "type")}
        exported = step(do="record_export", **told)
        applied(script, [exported], monkeypatch, first=len(steps), last=len(steps))

        assert (hand / READY / FILE).read_bytes() == (
            (script / READY / FILE).read_bytes()
        )
        texts = []
        for folder in (hand, script):
            capsys.readouterr()
            main(["export", "--text", str(folder / READY)])
            texts.append(capsys.readouterr().out)
        assert texts[0] == texts[1]
        assert [] == blamed(hand / READY)
