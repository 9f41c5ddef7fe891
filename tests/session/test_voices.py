"""Weighted voices: « disposent d'un nombre de sièges et de voix égal ».

A text may give the holders of a seat several voices. Votes are then counted in voices,
by name or in totals, and the audit asks for the same.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.audit import Verdict
from jury_tui.errors import RefusedError
from jury_tui.minutes.decisions import apart
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode, Tally
from jury_tui.ui.voting import Typed, would_be
from tests.support.forging import audited, changed, forged, numbers
from tests.support.joint import Joint

JURY = """
[[juries.seats]]
id = "salarie"
label = "salariés"
count = 3

[[juries.seats]]
id = "employeur"
label = "employeur"
count = 1
chair = true
voices = 3
"""


class _Joint(Joint):
    def settle(self, outcome: str = "for") -> _Joint:
        """Its one component voted alike, and the decision pronounced."""
        self.do("count_votes", component="a", all=outcome)
        if outcome != "for":
            self.do("give_reason", component="a", reason="Non démontré.")
        self.do("pronounce")
        return self


@pytest.fixture
def sitting(tmp_path: Path) -> _Joint:
    """The jury deliberates on its first candidate: m4 has three voices of six."""
    joint = _Joint(tmp_path, "VOIX", JURY, "present")
    joint.appoint().register(2).open().deliberate()
    return joint


class TestVotes:
    def test_by_name(self, sitting: _Joint) -> None:
        (act,) = sitting.do("count_votes", component="a", **THE_THREE_OTHERS)
        assert isinstance(act, a.VoteCounted)
        assert (act.tally, act.outcome) == (Tally(for_=3, against=3), "not_carried")

    def test_four_voices_of_six_carry(self, sitting: _Joint) -> None:
        (act,) = sitting.do(
            "count_votes", component="a", all="for", **{"except": TWO_AGAINST}
        )
        assert isinstance(act, a.VoteCounted)
        assert (act.tally, act.outcome) == (Tally(for_=4, against=2), "carried")

    def test_totals_are_in_voices(self, sitting: _Joint) -> None:
        with pytest.raises(RefusedError, match="4"):
            sitting.do(
                "count_votes",
                component="a",
                mode="secret",
                tally={"for": 3, "against": 1},
            )
        (act,) = sitting.do("count_votes", component="a", mode="secret", all="for")
        assert isinstance(act, a.VoteCounted)
        assert act.tally == Tally(for_=6)

    def test_minutes_leave_nobody_out(self, sitting: _Joint) -> None:
        sitting.do("count_votes", component="a", all="for")
        file = sitting.session.files["c1"]
        ballot = file.ballot("a")
        assert ballot is not None
        assert apart(sitting.session, file, ballot) == (0, 0)


TWO_AGAINST = {"m1": "against", "m2": "against"}
THE_THREE_OTHERS = {"all": "against", "except": {"m4": "for"}}


class TestWhatIsTyped:
    def test_one_with_three_voices_may_settle_it(self, sitting: _Joint) -> None:
        session = sitting.session
        file = session.files["c1"]
        voters = judgement.sitting_voters(session, file)
        typed = Typed().chosen("m4", Choice.FOR)
        assert typed.left(session, voters) == 3
        assert not would_be(session, file, typed, voters).sure
        assert would_be(session, file, typed.chosen("m1", Choice.FOR), voters).sure

    def test_totals(self, sitting: _Joint) -> None:
        session = sitting.session
        typed = Typed(mode=Mode.SECRET).more(Choice.FOR, 4)
        voters = judgement.sitting_voters(session, session.files["c1"])
        assert typed.left(session, voters) == 2


class TestAudit:
    """Votes against presence, counts: each finding names the act."""

    def test_the_audit_counts_voices(self, sitting: _Joint) -> None:
        sitting.settle()
        sitting.deliberate("c2").settle("against")
        sitting.do("close")
        acts = [a.to_record(act) for act in sitting.acts]
        assert audited(forged(acts)).verdict is Verdict.INTACT
        vote = numbers(acts, "VoteCounted", candidate="c2")[0]
        heads = changed(acts, vote, lambda act: act.update(tally={"against": 4}))
        found = audited(forged(heads))
        assert ("votes", vote) in [(f.check, f.act) for f in found.findings]
