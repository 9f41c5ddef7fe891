"""« à la majorité absolue des membres présents ou représentés »

A member who is away may vote through one who is there, where a text admits it. Such a
session could not even be opened, and the vote was nowhere.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.audit import Verdict
from jury_tui.errors import RefusedError
from jury_tui.minutes.decisions import apart
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.acts import Tally
from jury_tui.session.folding import fold, replay
from jury_tui.session.session import Session
from tests.support.forging import Acts, audited, changed, forged, numbers
from tests.support.joint import Joint

JURY = """
silent_at = ["presence", "candidate"]

[[juries.seats]]
id = "president"
label = "président"
count = 1
chair = true
qualities = ["qualified_professional", "qualified"]

[[juries.seats]]
id = "membre"
label = "membres"
count = 4
qualities = ["qualified_professional", "qualified"]

[[clauses]]
id = "pouvoirs"
label = "un pouvoir par membre"
require.proxies = { max = 1 }
source = "Accord inventé"
"""


@pytest.fixture
def sitting(tmp_path: Path) -> Joint:
    """m5 is away, and m2 has the proxy; the jury deliberates on its first candidate."""
    joint = Joint(tmp_path, "POUVOIRS", JURY, "present_or_represented")
    joint.appoint().register(3)
    joint.do("convene")
    for ref in ("m1", "m2", "m3", "m4"):
        joint.do("arrive", member=ref)
        joint.do("sign_in", member=ref)
    joint.do("give_proxy", member="m5", holder="m2")
    joint.do("open")
    joint.deliberate()
    return joint


def vote(sitting: Joint, **fields: object) -> a.VoteCounted:
    (act,) = sitting.do("count_votes", component="a", **fields)
    assert isinstance(act, a.VoteCounted)
    return act


class TestVotes:
    def test_who_is_represented_votes(self, sitting: Joint) -> None:
        """Three of five present or represented carry it; three of four would too, and
        two of four would not."""
        against = {"m3": "against", "m4": "against"}
        act = vote(sitting, all="for", **{"except": against})
        assert (act.tally, act.outcome) == (Tally(for_=3, against=2), "carried")
        assert act.ballots["m5"] == "for"
        ballot = sitting.session.files["c1"].ballot("a")
        assert ballot is not None
        assert (ballot.represented, "m5" in ballot.sat) == (("m5",), False)
        assert apart(sitting.session, sitting.session.files["c1"], ballot) == (0, 0)

    def test_not_otherwise_than_by_proxy(self, sitting: Joint) -> None:
        with pytest.raises(RefusedError):
            sitting.do("mark", component="a", marks={"m5": 1000})
        with pytest.raises(RefusedError):
            sitting.do("name_acting_chair", member="m5")

    def test_totals(self, sitting: Joint) -> None:
        with pytest.raises(RefusedError):
            vote(sitting, mode="secret", tally={"for": 4})
        assert vote(sitting, mode="secret", tally={"for": 5}).outcome == "carried"

    @pytest.mark.parametrize("gone", ["m2", "m5"])
    def test_not_for_a_candidate_to_whom_either_is_tied(
        self, sitting: Joint, gone: str
    ) -> None:
        sitting.do("recuse", member=gone, candidate="c1", kind="employer")
        voters = judgement.voters(sitting.session, sitting.session.files["c1"])
        assert "m5" not in voters
        assert len(vote(sitting, all="for").ballots) == len(voters)

    def test_who_comes_after_all_votes_in_person(self, sitting: Joint) -> None:
        sitting.do("arrive", member="m5")
        session = sitting.session
        assert judgement.represented(session, session.files["c1"]) == ()


class TestAudit:
    """Votes against presence, counts: each finding names the act."""

    @pytest.fixture
    def acts(self, sitting: Joint) -> Acts:
        for candidate in ("c1", "c2", "c3"):
            if candidate != "c1":
                sitting.deliberate(candidate)
            vote(sitting, all="for")
            sitting.do("pronounce")
        sitting.do("close")
        return [a.to_record(act) for act in sitting.acts]

    def test_accepts_what_was_written(self, acts: Acts) -> None:
        assert audited(forged(acts)).verdict is Verdict.INTACT

    def test_runs_are_folded_alike(self, acts: Acts) -> None:
        typed = [a.from_record(record, n) for n, record in enumerate(acts, 1)]
        slowly = Session()
        for act in typed:
            slowly = fold(slowly, act)
        assert slowly == replay(typed)

    def test_a_proxy_left_out(self, acts: Acts) -> None:
        """Without it, nobody speaks for m5 any more."""
        given = numbers(acts, "ProxyGiven")[0]
        forgery = acts[: given - 1] + acts[given:]
        votes = numbers(forgery, "VoteCounted")
        found = {(f.check, f.act) for f in audited(forged(forgery)).findings}
        assert {("votes", number) for number in votes} <= found

    def test_a_proxy_too_many(self, acts: Acts) -> None:
        number = numbers(acts, "VoteCounted", candidate="c2")[0]

        def forge(act: dict[str, object]) -> None:
            act["tally"] = {"for": 6}
            act["ballots"] = {f"m{n}": "for" for n in range(1, 7)}

        found = audited(forged(changed(acts, number, forge))).findings
        assert ("votes", number) in [(f.check, f.act) for f in found]
