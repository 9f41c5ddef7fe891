"""The pass over the acts: its shortcuts change nothing, and nothing stops it."""

from __future__ import annotations

import copy
import random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jury_tui.audit import CHECKS, Verdict, guards, words
from jury_tui.audit.benches import Bench
from jury_tui.audit.surely import Surely
from jury_tui.audit.walk import Trail, Walk
from jury_tui.i18n import _
from jury_tui.register.record import Record
from jury_tui.session import acts as a
from jury_tui.session.commands import COMMANDS
from jury_tui.session.runs import Run
from tests.support import corpus
from tests.support.forging import Acts, audited, forged
from tests.support.lengths import LONG


class _Asking(Surely):
    """Never sure: every act is asked of its command."""

    def lawful(self, _session: Any, _act: a.AnyAct) -> bool:
        return False

    def run(self, _session: Any, _run: Any) -> None:
        return None


def seen(trail: Trail) -> object:
    """What a pass found, in a form that can be compared."""
    return (
        [(r.number, str(r.error)) for r in trail.refused],
        [(d.number, d.fields) for d in trail.differs],
        [(s.number, str(s.error)) for s in trail.strays],
        [(f.number, f.detail) for f in trail.failures],
        [(o.number, o.recusal.member) for o in trail.owed],
        trail.untimely,
        trail.late_rulebooks,
        {
            (f.clause, f.verdict, f.explanation)
            for j in trail.judged
            for f in j.findings
        },
        msgspec.structs.replace(trail.session, past=()),
    )


def both(records: Acts) -> tuple[object, object]:
    """The pass with and without its shortcuts."""
    acts = [a.from_record(record, n) for n, record in enumerate(records, 1)]
    asking = Walk()
    asking.surely = _Asking()
    return seen(asking.over(acts)), seen(Walk().over(acts))


def bent(records: Acts, choose: random.Random) -> Acts:
    """A session's acts with a few of them dropped, moved, doubled or changed."""
    acts = copy.deepcopy(records)
    for _turn in range(choose.choice((1, 1, 2, 4))):
        at = choose.randrange(4, len(acts))
        what = choose.random()
        if what < 0.25:
            del acts[at]
        elif what < 0.4:
            acts.insert(choose.randrange(4, len(acts)), acts.pop(at))
        elif what < 0.5:
            acts.insert(at, copy.deepcopy(acts[at]))
        else:
            _bend(acts[at], choose, acts)
    return acts


def _bend(act: dict[str, Any], choose: random.Random, acts: Acts) -> None:
    key = choose.choice([k for k in act if k not in ("type", "at")] or ["at"])
    value = act[key]
    others = [x[key] for x in acts if x["type"] == act["type"] and key in x]
    if key == "ballots":
        member = choose.choice(["m1", "m2", "m3", "m5", "m9", "m14", "m77"])
        value[member] = choose.choice(["for", "against", "blank"])
    elif key == "tally":
        value[choose.choice(["for", "against"])] = choose.randrange(-1, 9)
    elif isinstance(value, str) and key == "reason":
        act[key] = choose.choice(["", " x", "\n", "a" * 4001])
    elif key != "at":
        act[key] = choose.choice(others)


class TestTheShortcuts:
    """Whatever is not sure is asked of the command itself, so that the guards stay
    the only rules, and their sentences the only ones."""

    def test_find_the_same_in_the_demonstration(self, acts: Acts) -> None:
        asked, short = both(acts)
        assert asked == short

    @pytest.mark.parametrize("seed", range(400 if LONG else 60))
    def test_find_the_same_in_bent_sessions(self, acts: Acts, seed: int) -> None:
        asked, short = both(bent(acts, random.Random(seed)))
        assert asked == short

    def test_find_the_same_in_a_generated_session(self) -> None:
        held = [a.to_record(act) for act in corpus.held(20)]
        asked, short = both(held)
        assert asked == short

    @pytest.mark.parametrize(
        "card",
        [
            {"id": "jury"},
            {"id": "c 9"},
            {"id": "c" * 41},
            {"id": "c1"},
            {"trainers": ["x"] * 51},
            {"trainers": ["x" * 301]},
            {"accompanists": [" x"]},
            {"employer": "a\nb"},
            {"birth_name": ""},
            {"file_number": "2008-0001"},
            {"components": ["z"]},
            {},
        ],
        ids=str,
    )
    def test_find_the_same_of_any_card(self, card: dict[str, Any]) -> None:
        held = [a.to_record(act) for act in corpus.held(3)]
        place = next(n for n, r in enumerate(held) if r["type"] == "SessionConvened")
        new = {"id": "c9", "birth_name": "Leroy", "file_number": "9"} | card
        act = {"type": "CandidateRegistered", "at": held[place]["at"], "candidate": new}
        asked, short = both([*held[:place], act, *held[place:]])
        assert asked == short

    @pytest.mark.parametrize(
        "card",
        [
            {"id": "jury"},
            {"id": "m1"},
            {"seats": ["throne"]},
            {"seats": ["president"] * 51},
            {"gender": "X"},
            {"substitutes": "m99"},
            {"family_name": ""},
            {"function": "x" * 301},
            {"attributes": {"experience_years": 4}},
            {},
        ],
        ids=str,
    )
    def test_find_the_same_of_any_member(self, card: dict[str, Any]) -> None:
        held = [a.to_record(act) for act in corpus.held(3)]
        place = next(n for n, r in enumerate(held) if r["type"] == "SessionConvened")
        new = {"id": "m99", "family_name": "Leroy"} | card
        act = {"type": "MemberAppointed", "at": held[place]["at"], "member": new}
        asked, short = both([*held[:place], act, *held[place:]])
        assert asked == short

    @pytest.mark.parametrize("kind", ["VoteCounted", "IncidentRecorded"])
    def test_what_counts_for_nothing_ends_nothing(self, kind: str) -> None:
        """A stray vote between an incident and its undoing leaves it to be undone."""
        held = [a.to_record(act) for act in corpus.held(3)]
        place = next(n for n, r in enumerate(held) if r["type"] == "CandidateCalled")
        at = held[place]["at"]
        vote = next(r for r in held if r["type"] == "VoteCounted")
        stray = {**vote, "at": at, "candidate": "c99"}
        incident = {"type": "IncidentRecorded", "at": at, "text": "x"}
        undone = {"type": "ActUndone", "at": at, "act": place + 1}
        between = [stray] if kind == "VoteCounted" else [{**incident, "text": " "}]
        if kind == "IncidentRecorded":
            undone["act"] = place + 2
        acts = [*held[:place], incident, *between, undone, *held[place:]]
        asked, short = both(acts)
        typed = [a.from_record(record, n) for n, record in enumerate(acts, 1)]
        assert asked == short
        assert 1 == len(Walk().over(typed).session.undone)

    def test_are_taken_for_most_acts(self, acts: Acts) -> None:
        sure = 0

        class Counting(Surely):
            def lawful(self, session: Any, act: a.AnyAct) -> bool:
                nonlocal sure
                answer = super().lawful(session, act)
                sure += answer
                return answer

            def run(self, session: Any, run: Run) -> Bench | None:
                nonlocal sure
                bench = super().run(session, run)
                sure += 0 if bench is None else run.length
                return bench

        walk = Walk()
        walk.surely = Counting()
        held = corpus.held(20)
        walk.over(held)
        assert sure > len(held) * 0.9


class TestEveryActIsKnown:
    """A new act breaks a test until it is handled everywhere."""

    def test_has_a_command_or_belongs_to_the_record(self) -> None:
        known = {*guards.COMMANDS, *guards.OF_THE_RECORD}
        assert set(a.TYPES.values()) == known

    def test_every_command_is_asked(self, acts: Acts) -> None:
        made = {type(make) for make in COMMANDS.values()}
        assert made
        assert len(guards.COMMANDS) >= len(COMMANDS)

    def test_has_words(self) -> None:
        assert set(a.TYPES.values()) == set(words._ACTS)
        assert all(map(_, words._ACTS.values()))


_words = st.sampled_from(
    ["m1", "c1", "a", "", "m99", "é", "for", "total", "\x00", "x" * 400, "LAW-VAE/x"]
)
_times = st.sampled_from(
    [
        "2008-06-10T10:00:00+02:00",
        "2008-06-10T10:00:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2008-06-10T10:00:00.5+02:00",
        "nonsense",
    ]
)
_values = st.one_of(
    _words,
    _times,
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.booleans(),
    st.none(),
    st.sampled_from(["2008-06-10", "0001-01-01", "9999-12-31"]),
    st.lists(_words, max_size=3),
    st.dictionaries(st.sampled_from(["m1", "for", "id"]), _words, max_size=3),
)


class TestAHostileRegister:
    """A hostile register (valid chain, nonsense acts) gives findings, never a raw
    exception; a session altered anywhere is never reported as intact."""

    @settings(
        max_examples=2000 if LONG else 150,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(a.TYPES)),
                st.integers(1, 200),
                st.dictionaries(st.sampled_from(range(12)), _values, max_size=4),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_never_raises(
        self, acts: Acts, nonsense: list[tuple[str, int, dict[int, object]]]
    ) -> None:
        forgery = copy.deepcopy(acts)
        for kind, place, values in nonsense:
            fields = [f for f in a.TYPES[kind].__struct_fields__ if f != "at"]
            act: dict[str, Any] = {"type": kind, "at": forgery[-1]["at"]}
            for index, value in values.items():
                name = (fields or ["reason"])[index % max(1, len(fields))]
                act[{"for_": "for"}.get(name, name)] = value
            forgery.insert(max(1, place % len(forgery)), act)
        report = audited(forged(forgery))
        assert report.findings
        assert all(f.text for f in report.findings)
        assert report.to_json()

    def test_a_check_that_stumbles_is_said(self, monkeypatch: Any, acts: Acts) -> None:
        def stumbling(_audited: object) -> list[Any]:
            raise LookupError("somewhere")

        monkeypatch.setattr("jury_tui.audit.auditing.CHECKS", (*CHECKS, stumbling))
        report = audited(forged(acts))
        assert Verdict.IRREGULAR is report.verdict
        assert ["audit"] == [f.check for f in report.findings if f.check == "audit"]

    def test_a_crowd_is_refused_and_bounded(self, acts: Acts) -> None:
        registered = next(x for x in acts if x["type"] == "CandidateRegistered")
        crowd = [
            {
                **registered,
                "candidate": {"id": f"x{n}", "birth_name": "X"},
            }
            for n in range(2100)
        ]
        report = audited(forged([*acts[:30], *crowd]))
        assert Verdict.IRREGULAR is report.verdict
        assert 2000 == report.candidates

    def test_an_act_of_the_future_is_refused_with_a_sentence(self, acts: Acts) -> None:
        later = {"type": "CandidateCloned", "at": acts[-1]["at"], "candidate": "c1"}
        report = audited(forged([*acts, later]))
        assert Verdict.UNREADABLE is report.verdict
        assert (len(acts) + 1, "format") == (
            report.findings[0].act,
            report.findings[0].check,
        )
        assert "CandidateCloned" in report.findings[0].text


class TestTheStateMachine:
    """Any sequence of commands either refuses or yields a register that the audit
    accepts."""

    def test_accepts_what_a_record_wrote(self, sessions: Any) -> None:
        for folder in sorted(sessions.iterdir()):
            if folder.is_dir():
                with Record.open(folder, write=False) as record:
                    trail = Walk().over(record.acts)
                assert ((), (), ()) == (trail.refused, trail.differs, trail.strays)
                assert record.session == trail.session
