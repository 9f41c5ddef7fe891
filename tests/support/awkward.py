"""Sessions that a shortcut may get wrong: two regimes, facts that look alike.

Held by commands, at random from a seed: members come late, leave, sit from afar, are
replaced, recused, tied; candidates ask for parts, hold parts, are put off, come back;
votes are secret, tied, reopened; acts are undone. And ways to bend what was held, each
act of its own kind.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
from pathlib import Path
from typing import Any

from jury_tui.errors import RefusedError
from jury_tui.session import judgement
from jury_tui.session.acts import AnyAct
from tests.support import corpus
from tests.support.forging import Acts
from tests.support.sittings import MEMBERS, START

RULEBOOK = Path(__file__).with_suffix(".toml")
_FACTS: tuple[dict[str, object], ...] = (
    {"n": 1},
    {"n": True},
    {"n": "droit"},
    {"n": "Dróit"},
    {"n": 0},
    {"n": False},
    {},
)
"""Facts that look alike, and none."""
_COMPONENTS = ("UC1", "b", "c")
_RUN = (
    *("CandidateCalled", "HearingStarted", "HearingEnded", "DeliberationStarted"),
    *("VoteCounted", "ReasonGiven", "DecisionPronounced"),
)


class _Held(corpus.Other):
    """One session, as somebody with little luck holds it."""

    def __init__(self, choose: random.Random) -> None:
        super().__init__(str(RULEBOOK), START)
        self.choose = choose
        self.now = self.now.replace(hour=6)
        corpus.quick(self)
        people = choose.sample(MEMBERS, choose.choice((6, 7, 9)))
        seats = ["president", *["pro"] * (len(people) - 3), "invite", "invite"]
        self.members = tuple(
            (f"m{n}", *person[1:4], seat)
            for n, (person, seat) in enumerate(zip(people, seats, strict=True), 1)
        )
        self.voters = [m[0] for m in self.members if m[4] != "invite"]
        self.invited = [m[0] for m in self.members if m[4] == "invite"]

    def attempt(self, name: str, **fields: Any) -> None:
        """A command that may be refused."""
        try:
            self.do(name, **fields)
        except RefusedError:
            return

    def prepare(self) -> None:
        choose, facts = self.choose, self._facts
        substitute = ("s1", "Suppléant", "Sam", "F", "pro")
        for ref, family, given, gender, seat in (*self.members, substitute):
            card: dict[str, object] = {
                "id": ref,
                "family_name": family,
                "given_names": given,
            }
            card |= {"gender": gender, "seats": [seat], "attributes": facts()}
            if ref == "s1":
                card["substitutes"] = "m2"
            self.do("appoint", member={**card, "act": "D 1", "act_date": "2008-03-03"})
        for n in range(1, choose.choice((4, 6)) + 1):
            file: dict[str, object] = {
                "id": f"c{n}",
                "birth_name": f"Candidat{n}",
                "file_number": f"F{n}",
            }
            file |= {"given_names": "Jo", "attributes": facts()}
            file["parcours_start"] = choose.choice(("2007-06-01", "2008-02-01"))
            if choose.random() < 0.2:
                file["components"] = choose.sample(_COMPONENTS, 2)
            if choose.random() < 0.2:
                file["acquired"] = [{"component": choose.choice(_COMPONENTS)}]
            self.do("register_candidate", candidate=file)
        if choose.random() < 0.5:
            kind = choose.choice(("accompanied", "conscience", "family"))
            self.do("declare_tie", member="m3", candidate="c2", kind=kind)
        self.do("convene")
        for ref, *_rest in self.members:
            if choose.random() < 0.9:
                self.attempt("arrive", member=ref, **self._presence())
                self.attempt("sign_in", member=ref)
        self.attempt("open")

    def _facts(self) -> dict[str, object]:
        return self.choose.choice(_FACTS)

    def _presence(self) -> dict[str, str]:
        away = self.choose.random() < 0.15
        return {"presence": "remote", "means": "visio"} if away else {}

    def disturb(self) -> None:
        """Something else happens."""
        choose = self.choose
        one = choose.choice(self.voters)
        who = {"candidate": choose.choice([*self.session.files])}
        amended = {"attributes": self._facts(), "seats": ["pro"]}
        told: list[tuple[str, dict[str, Any]]] = [
            ("depart", {"member": one}),
            ("arrive", {"member": one, **self._presence()}),
            ("recuse", {**who, "member": one, "kind": "employer"}),
            ("lift_recusal", {**who, "member": one, "reason": "x"}),
            ("declare_tie", {**who, "member": one, "kind": "accompanied"}),
            ("name_acting_chair", {"member": one}),
            ("replace", {"member": "m2", "by": "s1", "reason": "x"}),
            ("undo", {}),
            ("undo", {}),
            ("call", who),
            ("postpone", {**who, "reason": "x"}),
            ("mark_absent", who),
            ("restore", who),
            ("reopen_decision", {**who, "reason": "x"}),
            ("record_incident", {**who, "text": "x"}),
            ("justify", {**who, "clause": "AWKWARD/alike", "text": "x"}),
            ("suspend", {}),
            (
                "amend_member",
                {"member": {"id": one, "family_name": "Autre", **amended}}
                | {"reason": "x"},
            ),
        ]
        name, fields = choose.choice(told)
        self.attempt(name, **fields)

    def judge(self, candidate: str) -> None:
        choose = self.choose
        self.attempt("resume")
        self.attempt("call", candidate=candidate)
        if choose.random() < 0.7:
            self.attempt("hear")
            self.attempt("end_hearing")
        if choose.random() < 0.1:
            self.disturb()
        self.attempt("deliberate", invitees=self.invited[: choose.randrange(3)])
        for component in _COMPONENTS:
            self._component(candidate, component)
        self.attempt("pronounce")

    def _component(self, candidate: str, component: str) -> None:
        choose, of = self.choose, {"component": component}
        if choose.random() < 0.1:
            for reader in (1, 2):
                marks = {"jury": choose.choice((900, 900, 1250))}
                self.attempt("mark", **of, marks=marks, reader=reader)
            self.attempt("settle_readings", **of, marks={"jury": 900}, reason="x")
        if choose.random() < 0.7:
            other = choose.choice(("against", "abstention"))
            apart = {choose.choice(self.voters): other} if choose.random() < 0.4 else {}
            every = choose.choice(("for", "for", "against"))
            self.attempt("count_votes", **of, all=every, **{"except": apart})
        else:
            file = self.session.files[candidate]
            voters = len(judgement.sitting_voters(self.session, file))
            cast = choose.randrange(voters + 1)
            tally = {"for": cast, "against": voters - cast}
            mode = choose.choice(("secret", "show"))
            self.attempt("count_votes", **of, mode=mode, tally=tally, reason="x")
        self.attempt("cast", **of, choice="for")
        if choose.random() < 0.1:
            self.attempt("reopen_vote", **of, reason="x")
            self.attempt("count_votes", **of, all="for")
        if choose.random() < 0.5:
            self.attempt("give_reason", **of, reason="non démontré")


def held(seed: int) -> list[AnyAct]:
    """The acts of a session."""
    session = _Held(random.Random(seed))
    session.prepare()
    for candidate in list(session.session.files):
        if session.choose.random() < 0.35:
            for _time in range(session.choose.choice((1, 2, 4))):
                session.disturb()
        session.judge(candidate)
    session.attempt("close")
    return session.acts


def bent(records: Acts, choose: random.Random) -> Acts:
    """These acts with a few of them changed, most of them inside whole runs."""
    acts = copy.deepcopy(records)
    for _time in range(choose.choice((1, 1, 2, 3))):
        runs = [n for n, act in enumerate(acts) if act["type"] in _RUN]
        place = choose.choice(
            runs if runs and choose.random() < 0.8 else range(4, len(acts))
        )
        _bend(acts, place, choose)
    return acts


def _bend(acts: Acts, place: int, choose: random.Random) -> None:
    act = acts[place]
    match choose.randrange(9):
        case 0:
            act["at"] = _moved(act["at"], choose.choice((-1, -61, 1, 3600, -(10**9))))
        case 1:
            act["at"] = choose.choice((act["at"][:19], _elsewhere(act["at"])))
        case 2:
            acts.insert(place, copy.deepcopy(act))
        case 3:
            del acts[place]
        case 4:
            other = choose.randrange(4, len(acts))
            acts[place], acts[other] = acts[other], acts[place]
        case 5:
            cards = [a for a in acts if a["type"] in _CARDS]
            card = _card(choose.choice(cards))
            card["attributes"] = choose.choice(_FACTS)
        case _:
            _reworded(act, choose)


_CARDS = {"CandidateRegistered": "candidate", "MemberAppointed": "member"}


def _card(act: dict[str, Any]) -> dict[str, Any]:
    card: dict[str, Any] = act[_CARDS[act["type"]]]
    return card


def _moved(at: str, seconds: int) -> str:
    time = dt.datetime.fromisoformat(at) + dt.timedelta(seconds=seconds)
    return time.isoformat()


def _elsewhere(at: str) -> str:
    """The same moment, as a clock of another place tells it."""
    zone = dt.timezone(dt.timedelta(hours=5))
    return dt.datetime.fromisoformat(at).astimezone(zone).isoformat()


_WORDS: dict[str, tuple[object, ...]] = {
    "candidate": ("c1", "c2", "c3", "C1", "c99"),
    "component": ("UC1", "uc1", "b", "B", " b", "c ", "a"),
    "outcome": ("carried", "not_carried", "tie", "total", "partial", "none", ""),
    "mode": ("named", "show", "secret"),
    "acquired": ([], ["b"], ["UC1", "b", "c"], ["c", "b"]),
    "remaining": ([], ["UC1"], ["c", "UC1"]),
    "invitees": ([], ["m1"], ["m5", "m5"], ["m6", "m5"], ["m99"]),
    "reason": ("", " x", "\n", "a" * 4001),
    "member": ("m1", "m2", "s1", "m99"),
}


def _reworded(act: dict[str, Any], choose: random.Random) -> None:
    keys = [k for k in act if k in _WORDS or k in ("tally", "ballots")]
    if not keys:
        return
    key = choose.choice(keys)
    if key == "tally":
        for name, more in zip(("for", "against"), (1, -1), strict=True):
            if choose.random() < 0.7:
                given = choose.choice((more, -more, 2**52))
                act["tally"][name] = act["tally"].get(name, 0) + given
    elif key == "ballots" and act["ballots"]:
        who = choose.choice([*act["ballots"]])
        choice = act["ballots"].pop(who)
        to = choose.choice((who, "m1", "m2", "m6", "s1"))
        act["ballots"][to] = choose.choice((choice, "for", "against", "did_not_vote"))
    elif key in _WORDS and not isinstance(act[key], dict):
        act[key] = choose.choice(_WORDS[key])
