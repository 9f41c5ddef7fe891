"""The fold: every act has its place, and adding up is the same live and replayed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury_tui import canonical
from jury_tui.errors import RefusedError, UnreadableRegisterError
from jury_tui.rules.people import TieKind
from jury_tui.session import acts as a
from jury_tui.session.folding import FOLDS, fold, replay
from jury_tui.session.session import Session
from tests.support.commands import whatever
from tests.support.lengths import LONG
from tests.support.sittings import START, Sitting, opened


def test_every_act_has_its_fold() -> None:
    assert set(a.TYPES.values()) == set(FOLDS)


def test_every_act_survives_the_register() -> None:
    """Written as canonical JSON and read back, an act is the same."""
    sitting = opened().deliberate().settle("against")
    for number, act in enumerate(sitting.acts, 1):
        record = a.to_record(act)

        assert act == a.from_record(canonical.decode(canonical.encode(record)), number)


def test_replay_is_live_use() -> None:
    sitting = opened().deliberate().settle()
    again = replay(a.from_record(a.to_record(act), 1) for act in sitting.acts)

    assert sitting.session == again


class TestReplay:
    """Adding up in place, all at once, comes to what act after act comes to."""

    @pytest.mark.parametrize("seed", range(100 if LONG else 12))
    def test_whatever_was_done(self, seed: int) -> None:
        acts = whatever(seed)
        live = [Session()]
        for act in acts:
            live.append(fold(live[-1], act))

        for count in range(0, len(acts) + 1, 7):
            assert live[count] == replay(acts[:count])
            assert live[-1] == replay(acts[count:], live[count])

    @given(st.lists(st.integers(0, 8), max_size=90))
    @settings(deadline=None)
    def test_whatever_was_undone(self, turns: list[int]) -> None:
        """Even more often than can be remembered."""
        sitting = Sitting().appoint().register(2)
        for turn in turns:
            try:
                if turn > 6:
                    sitting.do("convene")
                elif turn > 3:
                    sitting.do("undo")
                else:
                    sitting.do(
                        "order_agenda", order=["c1", "c2"][:: 1 - 2 * (turn % 2)]
                    )
            except RefusedError:
                continue
        live = Session()
        for act in sitting.acts:
            live = fold(live, act)

        assert live == replay(sitting.acts)

    def test_a_stray_act_is_named_and_changes_nothing(self) -> None:
        sitting = opened()
        wrong = a.CandidateCalled(at=START, candidate="c99")

        with pytest.raises(UnreadableRegisterError, match=str(len(sitting.acts) + 1)):
            replay([*sitting.acts, wrong])


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        {"type": "ComputerExploded", "at": "2008-06-10T09:00:00+02:00"},
        {"type": "SessionOpened", "at": "2008-06-10T09:00:00+02:00"},
        {"type": "SessionOpened", "at": "2008-06-10T09:00:00", "chair": "m1"},
        {"type": "SessionOpened", "at": "soon", "chair": "m1"},
        {"type": "SessionClosed", "at": "2008-06-10T09:00:00+02:00", "extra": 1},
        {"type": ["SessionClosed"], "at": 3},
    ],
    ids=str,
)
def test_unknown_or_wrong_records_are_refused_with_their_number(record: object) -> None:
    with pytest.raises(UnreadableRegisterError, match="7"):
        a.from_record(record, 7)


@pytest.mark.parametrize(
    "act",
    [
        a.MemberArrived(at=START, member="m99", time=START),
        a.MemberDeparted(at=START, member="m1", time=START),
        a.MemberRecused(at=START, member="m99", candidate="c1", kind=TieKind.EMPLOYER),
        a.CandidateCalled(at=START, candidate="c99"),
        a.AgendaOrdered(at=START, order=("c1",)),
        a.CastingVoteCast(
            at=START,
            candidate="c1",
            component="a",
            member="m1",
            choice=a.Choice.FOR,
            outcome="carried",
        ),
        a.VoteReopened(at=START, candidate="c1", component="a", reason="?"),
        a.DecisionReopened(at=START, candidate="c1", reason="?"),
        a.SessionResumed(at=START),
        a.ActUndone(at=START, act=3),
    ],
    ids=lambda act: type(act).__name__,
)
def test_acts_about_strangers_are_named(act: a.AnyAct) -> None:
    """A forged register may hold them: the fold says which act, and no more."""
    session = Sitting().appoint().register(3).session

    with pytest.raises(UnreadableRegisterError, match=str(session.count + 1)):
        fold(session, act)


def test_undo_gives_back_the_session_before_and_keeps_both_acts() -> None:
    sitting = opened()
    before = sitting.session
    sitting.do("record_incident", text="Alarme incendie.")
    sitting.do("undo")

    assert before.incidents == sitting.session.incidents == ()
    assert before.count + 2 == sitting.session.count
    assert (before.count + 1,) == sitting.session.undone


def test_undo_goes_back_several_acts() -> None:
    sitting = opened()
    before = sitting.session
    for name in ("Un.", "Deux.", "Trois."):
        sitting.do("record_incident", text=name)
    for _ in range(3):
        sitting.do("undo")

    assert before.incidents == sitting.session.incidents
    assert 3 == len(sitting.session.undone)


def test_a_leaver_has_not_heard_the_candidate() -> None:
    sitting = opened()
    sitting.do("call", candidate="c1")
    sitting.do("hear")
    sitting.do("depart", member="m3")
    sitting.do("arrive", member="m3")
    sitting.do("deliberate")

    assert "m3" not in sitting.session.files["c1"].heard_by
    assert "m2" in sitting.session.files["c1"].heard_by


def test_a_stay_that_changes_kind_is_two_stays() -> None:
    sitting = opened()
    sitting.do("arrive", member="m4", presence="remote", means="visioconférence")
    spells = sitting.session.attendance["m4"].spells

    assert ["room", "remote"] == [s.presence.value for s in spells]
    assert spells[0].departed == spells[1].arrived
    assert sitting.session.attendance["m4"].remote


def test_an_empty_session_is_drafted() -> None:
    assert "drafted" == Session().phase
    assert None is Session().on_table
    assert dt.timedelta(hours=2) == START.utcoffset()


def test_who_is_withdrawn_leaves_no_trace_in_what_is_judged() -> None:
    """A tie of a member struck off made the next call stumble over a stranger."""
    sitting = Sitting().appoint().register(2)
    substitute = {"id": "m14", "family_name": "Bernard", "substitutes": "m4"}
    sitting.do("appoint", member={**substitute, "seats": ["formateur_enseignant"]})
    for member in ("m4", "m13"):
        sitting.do("declare_tie", member=member, candidate="c1", kind="family")
    sitting.do("recuse", member="m13", candidate="c2", kind="personal")
    sitting.do("withdraw_member", member="m13")
    sitting.do("withdraw_member", member="m4")
    sitting.do("withdraw_candidate", candidate="c2")

    assert () == sitting.session.ties
    assert "" == sitting.session.members["m14"].substitutes
    assert {} == sitting.session.files["c1"].recusals
    assert ("c1",) == sitting.session.order
