"""What may be done when: each refusal, by its sentence, and what it protects."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from jury_tui.errors import RefusedError
from jury_tui.session import judgement
from jury_tui.session.commands import COMMANDS, parse
from jury_tui.session.commands.base import plain
from jury_tui.session.session import Phase, Status
from tests.support.sittings import Sitting, opened

Make = Callable[[], Sitting]


def _convened() -> Sitting:
    sitting = Sitting().appoint().register()
    sitting.do("convene")
    return sitting


def _deliberating() -> Sitting:
    return opened().deliberate()


def _recused() -> Sitting:
    sitting = opened()
    sitting.do("recuse", member="m3", candidate="c1", kind="trainer", reason="stage")
    return sitting.deliberate()


def _counted() -> Sitting:
    sitting = _deliberating()
    sitting.do("count_votes", component="a", all="for")
    return sitting


def _decided() -> Sitting:
    return _deliberating().settle()


REFUSALS: list[tuple[Make, str, dict[str, Any], str]] = [
    (Sitting, "open", {}, "en préparation"),
    (Sitting, "convene", {}, "il manque : les membres et les candidats"),
    (_convened, "open", {}, "La séance ne peut pas s’ouvrir"),
    (_convened, "call", {"candidate": "c1"}, "convoquée, pas encore ouverte"),
    (_convened, "convene", {}, "déjà convoqué"),
    (_convened, "depart", {"member": "m1"}, "n’est pas là"),
    (_convened, "sign_in", {"member": "m1"}, "n’est pas arrivé"),
    (
        _convened,
        "arrive",
        {"member": "m1", "presence": "remote"},
        "par quel moyen",
    ),
    (_convened, "arrive", {"member": "Dupond"}, "Personne ici ne s’appelle"),
    (opened, "arrive", {"member": "m1"}, "déjà là"),
    (opened, "withdraw_member", {"member": "m1"}, "ouverte"),
    (opened, "hear", {}, "Aucun candidat n’est appelé"),
    (opened, "hear", {"candidate": "c1"}, "appelez d’abord"),
    (opened, "count_votes", {"component": "a", "all": "for"}, "Aucun candidat"),
    (opened, "close", {}, "pas encore traités"),
    (opened, "seal", {}, "ouverte"),
    (opened, "resume", {}, "ouverte"),
    (opened, "postpone", {"candidate": "c1", "reason": " "}, "Indiquez le motif"),
    (opened, "give_proxy", {"member": "m4", "holder": "m5"}, "procuration"),
    (opened, "order_agenda", {"order": ["c1", "c1", "c2"]}, "chaque candidat"),
    (opened, "justify", {"clause": "x/y", "text": "Z"}, "pas de clause"),
    (
        _deliberating,
        "count_votes",
        {"component": "a", "all": "for", "except": {"m9": "for"}},
        "les invités n’entrent dans aucun décompte",
    ),
    (
        _recused,
        "count_votes",
        {"component": "a", "all": "for", "except": {"m3": "against"}},
        "récusé",
    ),
    (
        _deliberating,
        "count_votes",
        {"component": "a", "except": {"m1": "for"}},
        "Le vote n’est pas complet",
    ),
    (
        _deliberating,
        "count_votes",
        {"component": "a", "mode": "show", "tally": {"for": 5}},
        "font 5 pour 8 votants",
    ),
    (
        _deliberating,
        "count_votes",
        {"component": "a", "mode": "secret", "tally": {"for": 9, "against": -1}},
        "font 8 pour 8 votants",
    ),
    (
        _deliberating,
        "count_votes",
        {"component": "z", "all": "for"},
        "pas de composante « z »",
    ),
    (_deliberating, "cast", {"component": "a", "choice": "for"}, "pas de partage"),
    (_deliberating, "reopen_vote", {"component": "a", "reason": "x"}, "Aucun vote"),
    (_deliberating, "pronounce", {}, "n’a pas encore voté sur : a, b et c"),
    (_deliberating, "deliberate", {}, "Impossible maintenant"),
    (_deliberating, "deliberate", {"invitees": ["m1"]}, "est membre délibératif"),
    (_counted, "count_votes", {"component": "a", "all": "for"}, "rouvrez-le"),
    (_counted, "reopen_vote", {"component": "a", "reason": ""}, "Indiquez le motif"),
    (_counted, "recuse", {"member": "m2", "kind": "family"}, "rouvrez-les d’abord"),
    (_counted, "mark_absent", {}, "rouvrez-les d’abord"),
    (_counted, "mark", {"component": "a", "marks": {"m1": 1000}}, "rouvrez-le"),
    (
        _decided,
        "recuse",
        {"member": "m2", "candidate": "c1", "kind": "family"},
        "déjà réglé",
    ),
    (_decided, "call", {"candidate": "c1"}, "validation totale"),
    (_decided, "undo", {}, "Rien à annuler"),
]


@pytest.mark.parametrize(("make", "name", "fields", "sentence"), REFUSALS)
def test_refusals(make: Make, name: str, fields: dict[str, Any], sentence: str) -> None:
    sitting = make()
    before = sitting.session
    with pytest.raises(RefusedError) as refused:
        sitting.do(name, **fields)

    assert sentence in str(refused.value).replace("\u00a0", " ").replace("\u202f", " ")
    assert before is sitting.session


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "null",
        '"open"',
        "{",
        '{"do":"explode"}',
        '{"do":["open"]}',
        '{"do":"open","loud":true}',
        '{"do":"arrive"}',
        '{"do":"arrive","member":3}',
        '{"do":"count_votes","component":"a","all":"perhaps"}',
        b'{"do":"arrive","member":"\xff"}',
        "[" * 5000,
    ],
)
def test_lines_that_are_not_commands(line: str | bytes) -> None:
    with pytest.raises(RefusedError):
        parse(line)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_documents_itself(name: str) -> None:
    """Its example can be read, and it has a summary and a docstring."""
    command = COMMANDS[name]

    assert command.summary
    assert command.__doc__
    assert command is type(parse(command.example))


class TestCandidateLayer:
    """« elles ne peuvent participer à ses délibérations concernant le candidat
    concerné » (R335-8): a recusal counts for one candidate, and for no other.
    """

    def test_recusal_of_a_professional_breaks_that_candidate_only(self) -> None:
        sitting = opened()
        sitting.do(
            "declare_tie", member="m6", candidate="c2", kind="accompanied", reason="VAE"
        )
        sitting.do("call", candidate="c2")

        assert frozenset({"m6"}) == sitting.session.files["c2"].recused
        assert any(f.blocks for f in judgement.for_candidate(sitting.session, "c2"))
        assert not any(f.blocks for f in judgement.for_candidate(sitting.session, "c1"))
        with pytest.raises(RefusedError, match="représentants professionnels"):
            sitting.do("hear")

    def test_recusal_of_a_trainer_leaves_the_jury_standing(self) -> None:
        sitting = _recused()
        file = sitting.session.files["c1"]

        assert 7 == len(judgement.sitting_voters(sitting.session, file))
        assert not any(f.blocks for f in judgement.for_candidate(sitting.session, "c1"))


class TestVotes:
    """For, against, abstention, blank, did not vote: different things."""

    def test_unanimity_then_exceptions(self) -> None:
        sitting = _deliberating()
        sitting.do(
            "count_votes",
            component="a",
            all="for",
            **{"except": {"m5": "against", "Petit": "abstention"}},
        )
        ballot = sitting.session.files["c1"].ballot("a")

        assert ballot is not None
        assert (6, 1, 1) == (
            ballot.tally.for_,
            ballot.tally.against,
            ballot.tally.abstention,
        )
        assert "carried" == ballot.outcome

    def test_a_secret_ballot_leaves_no_ballots(self) -> None:
        sitting = _deliberating()
        (act,) = sitting.do(
            "count_votes",
            component="a",
            mode="secret",
            tally={"for": 5, "against": 2, "blank": 1},
        )

        assert {} == sitting.session.files["c1"].ballots["a"][0].ballots
        assert "m1" not in json.dumps(str(act))

    def test_tie_then_casting_vote(self) -> None:
        sitting = _deliberating()
        against = dict.fromkeys(("m1", "m2", "m3", "m4"), "against")
        sitting.do("count_votes", component="b", all="for", **{"except": against})
        file = sitting.session.files["c1"]

        assert "tie" == judgement.component_result(sitting.session, file, "b")
        for other in "ac":
            sitting.do("count_votes", component=other, all="for")
        with pytest.raises(RefusedError, match="Partage des voix"):
            sitting.do("pronounce")
        with pytest.raises(RefusedError, match="telle qu’elle a été exprimée"):
            sitting.do("cast", component="b", choice="for")
        sitting.do("cast", component="b", choice="against")
        file = sitting.session.files["c1"]

        assert "not_acquired" == judgement.component_result(sitting.session, file, "b")

    def test_without_a_house_rule_a_tie_of_2008_is_no_majority(self) -> None:
        """No casting vote in general law before D6412-6 (13 April 2024)."""
        sitting = Sitting(house=False).appoint().register().open().deliberate()
        against = dict.fromkeys(("m1", "m2", "m3", "m4"), "against")
        sitting.do("count_votes", component="b", all="for", **{"except": against})
        file = sitting.session.files["c1"]

        assert "not_acquired" == judgement.component_result(sitting.session, file, "b")

    def test_both_votes_stay_when_one_is_reopened(self) -> None:
        sitting = _counted()
        sitting.do("reopen_vote", component="a", reason="erreur de décompte")
        sitting.do("count_votes", component="a", all="against")
        taken = sitting.session.files["c1"].ballots["a"]

        assert ["carried", "not_carried"] == [b.outcome for b in taken]
        assert ["erreur de décompte", None] == [b.reopened for b in taken]

    def test_a_late_arrival_does_not_judge_who_was_heard_before(self) -> None:
        sitting = opened()
        sitting.do("depart", member="m4", reason="appel")
        sitting.do("call", candidate="c1")
        sitting.do("hear")
        sitting.do("arrive", member="m4")
        sitting.do("deliberate")
        with pytest.raises(RefusedError, match="toute l’audition"):
            sitting.do(
                "count_votes", component="a", all="for", **{"except": {"m4": "for"}}
            )

    def test_an_acquired_component_is_locked(self) -> None:
        sitting = opened(
            acquired=[{"component": "a", "date": "2006-05-12", "place": "Lyon"}]
        ).deliberate()
        with pytest.raises(RefusedError, match=r"déjà acquise.*12/05/2006, Lyon"):
            sitting.do("count_votes", component="a", all="for")
        for component in "bc":
            sitting.do("count_votes", component=component, all="for")
        sitting.do("pronounce")
        decision = sitting.session.files["c1"].decision

        assert decision is not None
        assert ("total", ("a", "b", "c")) == (decision.outcome, decision.acquired)


class TestDecision:
    """« Le jury se prononce sur l’attribution de la certification professionnelle
    visée. En cas de validation partielle, le jury précise le ou les blocs de
    compétences acquis. » (R6412-7)
    """

    @pytest.mark.parametrize(
        ("votes", "outcome", "acquired", "remaining"),
        [
            ("for for for", "total", ("a", "b", "c"), ()),
            ("for against for", "partial", ("a", "c"), ("b",)),
            ("against against against", "none", (), ("a", "b", "c")),
        ],
    )
    def test_derived_from_components(
        self,
        votes: str,
        outcome: str,
        acquired: tuple[str, ...],
        remaining: tuple[str, ...],
    ) -> None:
        sitting = _deliberating()
        for component, vote in zip("abc", votes.split(), strict=True):
            sitting.do("count_votes", component=component, all=vote)
        sitting.do("pronounce")
        decision = sitting.session.files["c1"].decision

        assert decision is not None
        assert (outcome, acquired, remaining) == (
            decision.outcome,
            decision.acquired,
            decision.remaining,
        )
        assert Status.DECIDED is sitting.session.files["c1"].status

    def test_absent_and_postponed_are_neither(self) -> None:
        sitting = opened()
        sitting.do("mark_absent", candidate="c1")
        sitting.do("postpone", candidate="c2", reason="jury incomplet")
        sitting.deliberate("c3").settle()
        sitting.do("close")

        assert None is sitting.session.files["c1"].decision
        assert None is sitting.session.files["c2"].decision
        assert Phase.CLOSED is sitting.session.phase


class TestReplacement:
    def test_a_substitute_takes_the_seat(self) -> None:
        sitting = Sitting().appoint().register()
        card = {
            "id": "m14",
            "family_name": "Bernard",
            "seats": ["formateur_enseignant"],
            "substitutes": "m4",
            "act": "Décision 2008-12",
            "act_date": "2008-03-03",
        }
        sitting.do("appoint", member=card)
        sitting.do("convene")

        assert "m14" not in {m.id for m in sitting.session.formation}
        with pytest.raises(RefusedError, match="suppléant"):
            sitting.do("arrive", member="m14")
        sitting.do("replace", member="m4", by="m14", reason="maladie")

        assert {"m14"} == {"m14", "m4"} & {m.id for m in sitting.session.formation}
        assert judgement.is_voting(sitting.session, "m14")
        with pytest.raises(RefusedError, match="a été remplacé"):
            sitting.do("arrive", member="m4")

    def test_nobody_sits_twice(self) -> None:
        sitting = _convened()
        with pytest.raises(RefusedError, match="une personne occupe un seul siège"):
            sitting.do("replace", member="m4", by="m5", reason="maladie")


def test_a_refusal_names_who_is_missing_and_why() -> None:
    sitting = opened()
    sitting.do("recuse", member="m6", candidate="c1", kind="employer")
    sitting.do("depart", member="m2")
    sitting.do("call", candidate="c1")
    with pytest.raises(RefusedError) as refused:
        sitting.do("hear")

    assert "PETIT Anne (récusation)" in str(refused.value)
    assert "MOREL Paul (absence)" in str(refused.value)
    assert ". ;" not in str(refused.value)


def test_a_clock_set_back_does_not_stop_the_jury() -> None:
    sitting = opened()
    last = sitting.session.at
    sitting.now = sitting.now.replace(hour=3)
    (act,) = sitting.do("record_incident", text="Pendule.")

    assert last == act.at


def test_times_given_by_hand_are_checked() -> None:
    sitting = opened()
    for at in (
        "2008-06-10T08:00:00+02:00",
        "2030-01-01T00:00:00+01:00",
        "2008-06-10T10:00:00",
    ):
        with pytest.raises(RefusedError):
            sitting.do("record_incident", text="?", at=at)


class TestTexts:
    """Typed or pasted in French: spaces that do not break stand before “:”."""

    def test_no_space_is_lost(self) -> None:
        assert plain("même employeur\u00a0: «\u202fPau\u202f»") == (
            "même employeur\u00a0: «\u202fPau\u202f»"
        )
        assert plain("un\u2009deux\u3000trois\x07") == "un deux trois"
