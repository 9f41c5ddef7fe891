"""Sound chains of acts that nobody could have recorded: each is found and named."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest

from jury_tui.audit import Verdict
from jury_tui.i18n import set_language
from jury_tui.session import judgement
from tests.support.forging import Acts, audited, changed, forged, numbers
from tests.support.sittings import Sitting

Forger = Callable[[Acts], tuple[Acts, str, int | None]]


def _invitee_votes(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", candidate="c1")[0]

    def forge(act: dict) -> None:  # type: ignore[type-arg]
        act["ballots"]["m9"] = "for"
        act["tally"]["for"] += 1

    return changed(acts, vote, forge), "votes", vote


def _recused_votes(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", candidate="c4")[0]

    def forge(act: dict) -> None:  # type: ignore[type-arg]
        act["ballots"]["m5"] = "for"
        act["tally"]["for"] += 1

    return changed(acts, vote, forge), "votes", vote


def _unheard_votes(acts: Acts) -> tuple[Acts, str, int | None]:
    # m3 came during the hearing of c1.
    vote = numbers(acts, "VoteCounted", candidate="c1")[1]

    def forge(act: dict) -> None:  # type: ignore[type-arg]
        act["ballots"]["m3"] = "for"
        act["tally"]["for"] += 1

    return changed(acts, vote, forge), "votes", vote


def _a_voter_forgotten(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", candidate="c2")[0]

    def forge(act: dict) -> None:  # type: ignore[type-arg]
        del act["ballots"]["m8"]
        act["tally"]["for"] -= 1

    return changed(acts, vote, forge), "votes", vote


def _totals_are_not_the_votes(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", candidate="c5")[0]
    return (
        changed(acts, vote, lambda act: act.update(tally={"for": 8})),
        "votes",
        vote,
    )


def _outcome_turned(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", candidate="c5", component="b")[0]
    return changed(acts, vote, lambda act: act.update(outcome="carried")), "votes", vote


def _one_voter_too_many_in_secret(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", mode="secret")[0]

    def forge(act: dict) -> None:  # type: ignore[type-arg]
        act["tally"]["for"] += 1

    return changed(acts, vote, forge), "votes", vote


def _secret_ballots_by_name(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", mode="secret")[0]
    return (
        changed(acts, vote, lambda act: act.update(ballots={"m1": "for"})),
        "votes",
        vote,
    )


def _votes_below_zero(acts: Acts) -> tuple[Acts, str, int | None]:
    vote = numbers(acts, "VoteCounted", mode="show")[0]
    return (
        changed(acts, vote, lambda act: act.update(tally={"for": 9, "against": -1})),
        "votes",
        vote,
    )


def _acquired_component_voted_again(acts: Acts) -> tuple[Acts, str, int | None]:
    # c3 acquired a earlier.
    vote = numbers(acts, "VoteCounted", candidate="c3")[1]
    return changed(acts, vote, lambda act: act.update(component="a")), "votes", vote


def _casting_vote_by_another(acts: Acts) -> tuple[Acts, str, int | None]:
    cast = numbers(acts, "CastingVoteCast")[0]
    return changed(acts, cast, lambda act: act.update(member="m2")), "votes", cast


def _casting_vote_without_a_tie(acts: Acts) -> tuple[Acts, str, int | None]:
    cast = numbers(acts, "CastingVoteCast")[0]
    return changed(acts, cast, lambda act: act.update(component="c")), "votes", cast


def _casting_vote_left_out(acts: Acts) -> tuple[Acts, str, int | None]:
    cast = numbers(acts, "CastingVoteCast")[0]
    decision = numbers(acts, "DecisionPronounced", candidate="c3")[0]
    return acts[: cast - 1] + acts[cast:], "decisions", decision - 1


def _reopened_without_reason(acts: Acts) -> tuple[Acts, str, int | None]:
    again = numbers(acts, "VoteReopened")[0]
    return changed(acts, again, lambda act: act.update(reason="")), "votes", again


def _counted_twice(acts: Acts) -> tuple[Acts, str, int | None]:
    again = numbers(acts, "VoteReopened")[0]
    return acts[: again - 1] + acts[again:], "votes", again


def _decision_turned(acts: Acts) -> tuple[Acts, str, int | None]:
    decision = numbers(acts, "DecisionPronounced", candidate="c2")[0]
    return (
        changed(
            acts,
            decision,
            lambda act: act.update(
                outcome="total", acquired=["a", "b", "c"], remaining=[]
            ),
        ),
        "decisions",
        decision,
    )


def _decided_before_the_votes(acts: Acts) -> tuple[Acts, str, int | None]:
    votes = numbers(acts, "VoteCounted", candidate="c1")
    decision = numbers(acts, "DecisionPronounced", candidate="c1")[0]
    early = copy.deepcopy(acts)
    early.insert(votes[0] - 1, early.pop(decision - 1))
    return early, "decisions", votes[0]


def _recusal_left_out(acts: Acts) -> tuple[Acts, str, int | None]:
    recusal = numbers(acts, "MemberRecused", candidate="c4")[0]
    return acts[: recusal - 1] + acts[recusal:], "recusals", recusal


def _not_composed(acts: Acts) -> tuple[Acts, str, int | None]:
    # One of the two professionals never came.
    kept = [
        a for a in acts if a.get("member") != "m7" or a["type"] == "MemberAppointed"
    ]
    opening = numbers(kept, "SessionOpened")[0]
    return kept, "composition", opening


def _opened_by_another(acts: Acts) -> tuple[Acts, str, int | None]:
    opening = numbers(acts, "SessionOpened")[0]
    return changed(acts, opening, lambda a: a.update(chair="m2")), "sequence", opening


def _never_opened(acts: Acts) -> tuple[Acts, str, int | None]:
    opening = numbers(acts, "SessionOpened")[0]
    return acts[: opening - 1] + acts[opening:], "sequence", opening


def _after_closing(acts: Acts) -> tuple[Acts, str, int | None]:
    late = {**acts[56], "at": acts[-1]["at"], "candidate": "c6"}
    return [*acts, late], "sequence", len(acts) + 1


def _closed_too_early(acts: Acts) -> tuple[Acts, str, int | None]:
    kept = [a for a in acts if a.get("candidate") != "c6"]
    return kept, "sequence", len(kept)


def _back_in_time(acts: Acts) -> tuple[Acts, str, int | None]:
    number = numbers(acts, "DecisionPronounced", candidate="c4")[0]
    return (
        changed(acts, number, lambda a: a.update(at="2008-06-10T08:00:00+02:00")),
        "times",
        number,
    )


def _no_offset(acts: Acts) -> tuple[Acts, str, int | None]:
    number = numbers(acts, "MemberArrived")[3]
    return (
        changed(acts, number, lambda a: a.update(time="2008-06-10T09:00:00")),
        "times",
        number,
    )


def _rules_swapped(acts: Acts) -> tuple[Acts, str, int | None]:
    number = numbers(acts, "RulebookAdopted", kind="house")[0]
    return (
        changed(acts, number, lambda a: a.update(text=a["text"] + "\n# lenient\n")),
        "rulebooks",
        number,
    )


def _rules_adopted_late(acts: Acts) -> tuple[Acts, str, int | None]:
    number = numbers(acts, "RulebookAdopted", kind="house")[0]
    moved = copy.deepcopy(acts)
    late = moved.pop(number - 1)
    moved.insert(30, {**late, "at": moved[29]["at"]})
    return moved, "rulebooks", 31


def _no_rules(acts: Acts) -> tuple[Acts, str, int | None]:
    kept = [a for a in acts if a["type"] != "RulebookAdopted"]
    return kept, "rulebooks", None


def _undone_out_of_turn(acts: Acts) -> tuple[Acts, str, int | None]:
    number = numbers(acts, "DecisionPronounced", candidate="c1")[0]
    undo = {"type": "ActUndone", "act": number, "at": acts[number - 1]["at"]}
    return [*acts[:number], undo, *acts[number:]], "undone", number + 1


def _stranger(acts: Acts) -> tuple[Acts, str, int | None]:
    number = numbers(acts, "MemberSignedIn")[0]
    return changed(acts, number, lambda a: a.update(member="m99")), "sign-in", number


def _sealed_without_export(acts: Acts) -> tuple[Acts, str, int | None]:
    seal = {
        "type": "SessionSealed",
        "number": "X-1",
        "workbook_sha256": "0" * 64,
        "at": acts[-1]["at"],
    }
    return [*acts, seal], "sequence", len(acts) + 1


def _rectified_unsealed(acts: Acts) -> tuple[Acts, str, int | None]:
    act = {
        "type": "MinutesRectified",
        "number": "X-2",
        "rectifies": "",
        "changes": "tout",
        "at": acts[-1]["at"],
    }
    return [*acts, act], "rectifications", len(acts) + 1


def _quorum_of_a_later_convocation(acts: Acts) -> tuple[Acts, str, int | None]:
    # The house asks for fewer on a second convocation, and there was none.
    number = numbers(acts, "SessionConvened")[0]
    return (
        changed(acts, number, lambda act: act.update(convocation=2)),
        "sequence",
        number,
    )


def _no_such_convocation(acts: Acts) -> tuple[Acts, str, int | None]:
    # Of which no text says anything: no quorum either.
    number = numbers(acts, "SessionConvened")[0]
    return (
        changed(acts, number, lambda act: act.update(convocation=-1)),
        "sequence",
        number,
    )


def _two_first_acts(acts: Acts) -> tuple[Acts, str, int | None]:
    return [acts[0], *acts], "sequence", 2


FORGERS: tuple[Forger, ...] = (
    _invitee_votes,
    _recused_votes,
    _unheard_votes,
    _a_voter_forgotten,
    _totals_are_not_the_votes,
    _outcome_turned,
    _one_voter_too_many_in_secret,
    _secret_ballots_by_name,
    _votes_below_zero,
    _acquired_component_voted_again,
    _casting_vote_by_another,
    _casting_vote_without_a_tie,
    _casting_vote_left_out,
    _reopened_without_reason,
    _counted_twice,
    _decision_turned,
    _decided_before_the_votes,
    _recusal_left_out,
    _not_composed,
    _opened_by_another,
    _never_opened,
    _after_closing,
    _closed_too_early,
    _back_in_time,
    _no_offset,
    _rules_swapped,
    _rules_adopted_late,
    _no_rules,
    _undone_out_of_turn,
    _stranger,
    _sealed_without_export,
    _rectified_unsealed,
    _no_such_convocation,
    _two_first_acts,
)


class TestForgedChainsAreFound:
    """A list of checks, each a function with findings … Each finding names the act
    and the clause."""

    @pytest.mark.parametrize(
        "forger", FORGERS, ids=[f.__name__.strip("_") for f in FORGERS]
    )
    def test_a_forgery_is_named(self, forger: Forger, acts: Acts) -> None:
        forgery, check, act = forger(acts)
        report = audited(forged(forgery))
        assert Verdict.IRREGULAR is report.verdict
        assert (check, act) in [(f.check, f.act) for f in report.findings]

    @pytest.mark.parametrize(
        ("tongue", "said"),
        [("fr", "daté du 10/06/2008 à 08:00:00, avant"), ("en", "2008-06-10 at 08:0")],
    )
    def test_times_are_in_words(self, acts: Acts, tongue: str, said: str) -> None:
        """« daté du 2008-06-10T08:00:00+02:00 »"""
        forgery, check, _act = _back_in_time(acts)
        set_language(tongue)
        found = [str(f.text) for f in audited(forged(forgery)).findings]
        set_language("fr")
        assert check == "times"
        assert any(said in text for text in found), found
        assert not any("2008-06-10T" in text for text in found)

    def test_a_convocation_without_the_one_before_it(self, acts: Acts) -> None:
        """A smaller quorum is for those who were called in vain once."""
        forgery, check, act = _quorum_of_a_later_convocation(acts)
        report = audited(forged(forgery))
        assert (check, act) in [(f.check, f.act) for f in report.findings]

    def test_a_third_convocation_has_the_quorum_of_the_second(self) -> None:
        sitting = Sitting().appoint().register(1)
        for convocation in (1, 2, 3):
            sitting.do("convene", convocation=convocation)
        for member in ("m1", "m2"):
            sitting.do("arrive", member=member)
        quorum = [
            f
            for f in judgement.as_present(sitting.session)
            if f.clause == "RI-EXEMPLE/quorum"
        ]
        assert [f.blocks for f in quorum] == [True]

    def test_a_composition_names_its_clause_and_text(self, acts: Acts) -> None:
        forgery, _check, opening = _not_composed(acts)
        report = audited(forged(forgery))
        first = report.of("composition")[0]
        assert opening == first.act
        assert "LAW-VAE/r335-8-professionals" == first.clause
        assert first.source.endswith("R335-8")

    def test_long_runs_of_findings_are_counted_not_listed(self, acts: Acts) -> None:
        forgery, _check, _act = _never_opened(acts)
        report = audited(forged(forgery))
        assert len(report.findings) < 60
        assert sum(f.more for f in report.findings) > 0
