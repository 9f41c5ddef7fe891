"""Who sits where, ties to ask about, and what would make a jury regular."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from jury_tui.i18n import set_language
from jury_tui.rules.composition import (
    Change,
    assignment,
    chair,
    forbidden,
    is_voting,
    judge,
    smallest_changes,
    suggest_ties,
    voters,
)
from jury_tui.rules.findings import Layer, Verdict
from jury_tui.rules.people import Candidate, Member, Tie, TieKind
from tests.support.juries import candidate, case, people, rules

DAY = dt.date(2008, 6, 1)
CNAM = rules("RNCP5411", "RI-EXEMPLE")
WHOLE = people(
    {
        "president": 1,
        "formateur_enseignant": 4,
        "representant_professionnel": 2,
        "responsable_du_titre": 1,
        "responsable_vae_pole": 1,
        "representant_national_vae": 1,
        "conseiller_vae": 3,
    }
)
SUBSTITUTE = Member(
    id="s1",
    family_name="Remplaçante",
    seats=("representant_professionnel",),
    substitutes="m06",
    act_date=DAY,
    gender="F",
)


class TestAssignment:
    def test_people_move_so_that_every_seat_is_filled(self) -> None:
        both = msgspec.structs.replace(
            WHOLE[1], seats=("formateur_enseignant", "responsable_du_titre")
        )
        fifth = msgspec.structs.replace(WHOLE[2], id="m99")
        members = (WHOLE[0], both, *WHOLE[2:7], fifth)

        found = assignment(CNAM, "vae", members)
        assert found.seats["m02"] == "responsable_du_titre"
        assert [empty.seat for empty in found.empty] == [
            "responsable_vae_pole",
            "representant_national_vae",
            "conseiller_vae",
        ]

    def test_the_first_choice_is_kept_when_it_can_be(self) -> None:
        one = msgspec.structs.replace(
            WHOLE[0], seats=("president", "responsable_du_titre")
        )
        other = msgspec.structs.replace(
            WHOLE[7], seats=("responsable_du_titre", "president")
        )

        found = assignment(CNAM, "vae", (other, one))
        assert found.seats == {"m01": "president", "m08": "responsable_du_titre"}

    def test_an_empty_seat_names_who_could_fill_it(self) -> None:
        both = msgspec.structs.replace(
            WHOLE[0], seats=("president", "responsable_du_titre")
        )

        found = assignment(CNAM, "vae", (both, *WHOLE[1:7], *WHOLE[8:]))
        assert [(e.seat, e.missing, e.could) for e in found.empty] == [
            ("responsable_du_titre", 1, ("m01",))
        ]

    def test_a_substitute_stands_by_while_the_titular_is_there(self) -> None:
        found = assignment(CNAM, "vae", (*WHOLE, SUBSTITUTE))
        assert found.standby == ("s1",)
        assert "s1" not in found.seats

        gone = tuple(m for m in (*WHOLE, SUBSTITUTE) if m.id != "m06")
        assert assignment(CNAM, "vae", gone).seats["s1"] == "representant_professionnel"

    def test_order_never_matters(self) -> None:
        turned = (*WHOLE[5:], *WHOLE[:5][::-1])

        assert assignment(CNAM, "vae", turned) == assignment(CNAM, "vae", WHOLE)

    def test_voters_and_chair(self) -> None:
        assert [m.id for m in voters(CNAM, "vae", WHOLE)] == [
            f"m{n:02}" for n in range(1, 9)
        ]
        assert not is_voting(CNAM, "vae", WHOLE[12])
        president = chair(CNAM, "vae", WHOLE)
        assert president is not None
        assert president.id == "m01"
        acting = chair(CNAM, "vae", WHOLE[1:], acting="m03")
        assert acting is not None
        assert acting.id == "m03"
        assert chair(CNAM, "vae", WHOLE, acting="m13") == president


class TestTies:
    """« elles ne peuvent participer à ses délibérations concernant le candidat »"""

    def test_the_regime_is_the_candidate_s(self) -> None:
        trainer = Tie(member="m02", candidate="c1", kind=TieKind.TRAINER)

        before = candidate(dt.date(2007, 9, 1))
        after = candidate(dt.date(2024, 5, 1))
        on = dt.date(2024, 9, 1)
        assert forbidden(CNAM, before, WHOLE[1], trainer, on) is None
        bound = forbidden(CNAM, after, WHOLE[1], trainer, on)
        assert bound is not None
        assert bound.source == "Code du travail, art. D6412-6"

    def test_a_key_date_unknown_is_undecidable(self) -> None:
        tie = Tie(member="m02", candidate="c1", kind=TieKind.EMPLOYER)

        found = forbidden(CNAM, candidate(None), WHOLE[1], tie, DAY)
        assert found is not None
        assert found.verdict is Verdict.UNDECIDABLE

    @pytest.mark.parametrize(
        ("member", "someone", "kind", "exact"),
        [
            (
                {"family_name": "Roux", "employer": "Mission locale de Brest"},
                {"employer": "MISSION LOCALE BREST"},
                TieKind.EMPLOYER,
                True,
            ),
            (
                {"family_name": "Roux", "employer": "Association Les Tilleuls"},
                {"employer": "Les Tileuls"},
                TieKind.EMPLOYER,
                False,
            ),
            (
                {"family_name": "Lévêque"},
                {"birth_name": "LEVEQUE"},
                TieKind.FAMILY,
                True,
            ),
            (
                {"family_name": "Durand-Petit"},
                {"birth_name": "Petit"},
                TieKind.FAMILY,
                False,
            ),
            (
                {"family_name": "Roux", "given_names": "Hélène"},
                {"accompanists": ("helene ROUX",)},
                TieKind.ACCOMPANIED,
                True,
            ),
            (
                {"family_name": "Roux", "given_names": "Hélène"},
                {"trainers": ("H. Roux",)},
                TieKind.TRAINER,
                False,
            ),
            # near, and not suggested before: letters, particles, initials
            (
                {"family_name": "Dupont"},
                {"birth_name": "DUPOND"},
                TieKind.FAMILY,
                False,
            ),
            (
                {"family_name": "de la Tour"},
                {"birth_name": "Latour"},
                TieKind.FAMILY,
                False,
            ),
            (
                {"family_name": "Martin-Roy"},
                {"birth_name": "Roy"},
                TieKind.FAMILY,
                False,
            ),
            (
                {"family_name": "Roux", "employer": "CPAM du Rhône"},
                {"employer": "C.P.A.M. Rhone"},
                TieKind.EMPLOYER,
                True,
            ),
            (
                {
                    "family_name": "Roux",
                    "employer": "Caisse primaire d’assurance maladie du Rhône",
                },
                {"employer": "CPAM Rhône"},
                TieKind.EMPLOYER,
                False,
            ),
        ],
    )
    def test_suggested(
        self,
        member: dict[str, str],
        someone: dict[str, object],
        kind: TieKind,
        *,
        exact: bool,
    ) -> None:
        one = Member(id="m1", **member)  # type: ignore[arg-type]
        facts: dict[str, object] = {"birth_name": "Zimmer", **someone}
        other = Candidate(id="c1", **facts)  # type: ignore[arg-type]

        found = suggest_ties((one,), (other,))
        assert [(s.tie.kind, s.exact) for s in found] == [(kind, exact)]
        assert one.name in found[0].reason

    @pytest.mark.parametrize(
        ("member", "someone"),
        [
            ({"family_name": "Roux"}, {"birth_name": "Leroux"}),
            ({"family_name": "Petit"}, {"birth_name": "Petin"}),
            (
                {"family_name": "Roux", "employer": "Ville de Brest"},
                {"employer": "Ville de Rennes"},
            ),
            (
                {"family_name": "Roux", "given_names": "Anne"},
                {"trainers": ("Paul Roux-Martin",)},
            ),
            ({"family_name": "Roux", "employer": ""}, {"employer": ""}),
            # nobody's employer is no employer in common
            (
                {"family_name": "Roux", "employer": "Retraitée"},
                {"employer": "retraité"},
            ),
            (
                {"family_name": "Roux", "employer": "Sans emploi"},
                {"employer": "sans emploi"},
            ),
            (
                {"family_name": "Roux", "employer": "Indépendante"},
                {"employer": "Indépendante"},
            ),
            (
                {"family_name": "Roux", "employer": "En recherche d’emploi"},
                {"employer": "en recherche d'emploi"},
            ),
            (
                {"family_name": "Roux", "employer": "Auto-entrepreneur"},
                {"employer": "Autoentrepreneur"},
            ),
        ],
    )
    def test_not_suggested(
        self, member: dict[str, str], someone: dict[str, object]
    ) -> None:
        one = Member(id="m1", **member)  # type: ignore[arg-type]
        facts: dict[str, object] = {"birth_name": "Zimmer", **someone}
        other = Candidate(id="c1", **facts)  # type: ignore[arg-type]

        found = suggest_ties((one,), (other,))
        assert [s for s in found if s.tie.kind is not TieKind.FAMILY] == []
        assert [s for s in found if s.exact] == []

    def test_remembered_of_the_very_same_people(self) -> None:
        """The check-list worked them out anew at each redraw; in the language of
        now, by member then in the order of business, and anew for who changed."""
        firm = "Mission locale"
        members = tuple(
            Member(id=f"m{n}", family_name=name, employer=firm)
            for n, name in enumerate(("Abel", "Roux"))
        )
        zimmer = Candidate(id="c1", birth_name="Zimmer", employer=firm)
        other = Candidate(id="c2", birth_name="Quist", employer=firm)
        found = suggest_ties(members, (zimmer, other))
        pairs = [(s.member, s.candidate) for s in found]
        assert pairs == [("m0", "c1"), ("m0", "c2"), ("m1", "c1"), ("m1", "c2")]
        again = suggest_ties(members, (other, zimmer))
        assert {id(s) for s in again} == {id(s) for s in found}
        set_language("en")
        assert "have the same employer" in suggest_ties(members, (zimmer,))[0].reason
        set_language("fr")
        freed = msgspec.structs.replace(zimmer, employer="")
        now = suggest_ties(members, (freed, other))
        assert [(s.member, s.candidate) for s in now] == [("m0", "c2"), ("m1", "c2")]


class TestWords:
    """Findings read as a clerk would say them."""

    def test_a_seat_without_limits_gives_none(self) -> None:
        """It was said to hold “from 0 to 10000” people."""
        found = judge(
            rules("R335-8"),
            case(people({"member": 7, "professional": 2}), DAY, Layer.APPOINTMENT),
        )
        said = [f.explanation for f in found]

        assert "membres : 7." in said
        assert not [one for one in said if "10000" in one]

    def test_a_share_says_what_it_would_take(self) -> None:
        """« représentants professionnels ≥ 1/4 … : 2 sur 9, il en faudrait 3 »."""
        found = judge(
            rules("R335-8"),
            case(people({"member": 7, "professional": 2}), DAY, Layer.APPOINTMENT),
        )

        assert [f.explanation for f in found if f.blocks] == [
            "représentants professionnels (au moins 1/4 des membres délibératifs) : 2 "
            "sur 9, il en faudrait 3 (manque 1)."
        ]


class TestWhatIf:
    def test_without_somebody(self) -> None:
        def blocked(away: str) -> set[str]:
            left = tuple(m for m in WHOLE if m.id != away)
            judged = case(left, DAY, Layer.PRESENCE, appointed=WHOLE)
            return {f.clause for f in judge(CNAM, judged) if f.blocks}

        assert blocked("m02") == set()
        assert blocked("m06") == {
            "LAW-VAE/r335-8-professionals",
            "LAW-VAE/r335-8-quarter",
        }

    def test_the_substitute_is_the_smallest_change(self) -> None:
        there = tuple(m for m in WHOLE if m.id != "m06")
        judged = case(there, DAY, Layer.PRESENCE, appointed=(*WHOLE, SUBSTITUTE))

        assert smallest_changes(CNAM, judged) == (
            Change(add=("m06",)),
            Change(add=("s1",)),
        )

    def test_a_regular_jury_needs_none(self) -> None:
        assert smallest_changes(CNAM, case(WHOLE, DAY)) == ()

    def test_a_seat_to_recruit_for(self) -> None:
        there = tuple(m for m in WHOLE if m.id != "m06")

        assert smallest_changes(CNAM, case(there, DAY)) == (
            Change(recruit=("representant_professionnel",)),
        )

    def test_a_jury_that_lacks_many_is_completed_step_by_step(self) -> None:
        lacking = tuple(m for m in WHOLE if m.id not in ("m01", "m06", "m07"))

        (found,) = smallest_changes(CNAM, case(lacking, DAY))
        assert sorted(found.recruit) == [
            "president",
            "representant_professionnel",
            "representant_professionnel",
        ]
        assert not found.smallest

    def test_somebody_too_many_is_removed(self) -> None:
        ninth = msgspec.structs.replace(WHOLE[0], id="m99")

        assert smallest_changes(CNAM, case((*WHOLE, ninth), DAY)) == (
            Change(remove=("m01",)),
            Change(remove=("m99",)),
        )
