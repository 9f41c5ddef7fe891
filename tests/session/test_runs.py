"""Whole runs, folded in one step, come to what their acts come to one by one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury_tui.errors import UnreadableRegisterError
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.folding import add, begun, done, fold, replay
from jury_tui.session.runs import whole
from jury_tui.session.session import Session
from tests.support import corpus
from tests.support.sittings import START, Sitting

OPENED = Sitting().appoint().register(3).open()
OPENED.do("recuse", member="m3", candidate="c3", kind="family", reason="x")

refs = st.sampled_from(["c1", "c1", "c1", "c2", "c3", "c99"])
components = st.sampled_from(["a", "b", "c"])


def one(turn: int, kind: str, ref: str, component: str) -> a.AnyAct:
    """An act as a forger may have written it."""
    at = START + dt.timedelta(hours=2, seconds=turn)
    match kind:
        case "call":
            return a.CandidateCalled(at=at, candidate=ref)
        case "hear":
            return a.HearingStarted(at=at, candidate=ref)
        case "heard":
            return a.HearingEnded(at=at, candidate=ref)
        case "deliberate":
            return a.DeliberationStarted(at=at, candidate=ref, invitees=("m9",))
        case "vote":
            return a.VoteCounted(
                at=at,
                candidate=ref,
                component=component,
                mode=a.Mode.SHOW,
                tally=a.Tally(for_=turn),
                outcome="carried",
                reason="x" * (turn % 2),
            )
        case "reason":
            return a.ReasonGiven(
                at=at,
                candidate=ref,
                component=component,
                reason=f"r{turn}",
                recommendation=f"s{turn}",
            )
        case "pronounce":
            return a.DecisionPronounced(
                at=at, candidate=ref, outcome="total", acquired=("a",), remaining=()
            )
        case "depart":
            return a.MemberDeparted(at=at, member="m4", time=at)
        case _:
            return a.IncidentRecorded(at=at, text="x", candidate=ref)


USUAL = ("call", "hear", "heard", "deliberate", *["vote", "reason"] * 3, "pronounce")
OTHER = ("depart", "incident", "call", "hear", "heard", "deliberate", "pronounce")


@st.composite
def nearly_runs(draw: st.DrawFn) -> list[a.AnyAct]:
    """A few runs, with acts dropped, doubled, misplaced, and given to others."""
    acts: list[a.AnyAct] = []
    for ref in draw(st.lists(refs, max_size=4)):
        kinds = [k for k in USUAL if draw(st.integers(0, 9))]
        if draw(st.booleans()):
            kinds.insert(draw(st.integers(0, len(kinds))), draw(st.sampled_from(OTHER)))
        for kind in kinds:
            who = ref if draw(st.integers(0, 15)) else draw(refs)
            acts.append(one(len(acts), kind, who, draw(components)))
    return acts


def slowly(acts: Sequence[a.AnyAct], session: Session) -> Session | str:
    try:
        for act in acts:
            session = fold(session, act)
    except UnreadableRegisterError as error:
        return str(error)
    return session


def quickly(acts: Sequence[a.AnyAct], session: Session) -> Session | str:
    try:
        return replay(acts, session)
    except UnreadableRegisterError as error:
        return str(error)


class TestRuns:
    """One step, or act by act: the same session, and the same act in doubt."""

    @settings(max_examples=400, deadline=None)
    @given(nearly_runs())
    def test_nearly_runs(self, acts: list[a.AnyAct]) -> None:
        assert slowly(acts, OPENED.session) == quickly(acts, OPENED.session)

    @pytest.mark.parametrize("seed", range(3))
    def test_sessions_that_were_held(self, seed: int) -> None:
        acts = corpus.held(9, seed)

        assert slowly(acts, Session()) == quickly(acts, Session())

    def test_most_of_a_session_is_runs(self) -> None:
        """Or the tests above would say little."""
        acts = corpus.held(20, 3)
        scratch = begun(Session())
        place = taken = 0
        while place < len(acts):
            run = whole(scratch, acts, place)
            length = 1 if run is None else run.length
            taken += length * (run is not None)
            scratch = begun(replay(acts[place : place + length], replay(acts[:place])))
            place += length

        assert taken > len(acts) / 2

    def test_no_run_on_a_file_that_was_touched(self) -> None:
        choose = random.Random(1)
        for ref in ("c1", "c3"):
            acts = [
                one(turn, kind, ref, "abc"[turn % 3])
                for turn, kind in enumerate(
                    ("call", "deliberate", "vote", "vote", "pronounce")
                )
            ]
            run = whole(begun(OPENED.session), acts, 0)
            assert (ref == "c1") == (run is not None)
            before = fold(
                OPENED.session,
                one(0, choose.choice(("reason", "call", "hear")), ref, "a"),
            )
            assert whole(begun(before), acts, 0) is None


def test_rules_are_asked_anew_of_a_session_added_to_in_place() -> None:
    """It is the same object after an act, and no longer the same session."""
    acts = Sitting().appoint().acts
    scratch = begun(replay(acts[:-1]))
    before = judgement.placed(scratch)
    add(scratch, acts[-1])

    assert before != judgement.placed(scratch)
    assert judgement.placed(done(scratch)) == judgement.placed(scratch)
