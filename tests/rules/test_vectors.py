"""The other rules of the collection, each with its vectors and its text."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from jury_tui.rules import ballot
from jury_tui.rules.composition import Chaired, forbidden
from jury_tui.rules.findings import Layer, Verdict
from jury_tui.rules.people import Member, Tie, TieKind
from tests.support.juries import (
    bare,
    candidate,
    case,
    fatal,
    of,
    people,
    rules,
    to_justify,
)

NOW = dt.date(2026, 11, 23)
THEN = dt.date(2016, 11, 23)
LAYERS = (Layer.APPOINTMENT, Layer.PRESENCE, Layer.CANDIDATE)


def given(member: Member, **facts: str | int | bool) -> Member:
    return msgspec.structs.replace(member, attributes={**member.attributes, **facts})


class TestDt2024:
    """« réunit au moins deux personnes, dont au moins une personne qualifiée au titre

    de la certification visée […] Un président ou un responsable de jury est désigné
    parmi ses membres. Il a voix prépondérante, en cas de partage égal des voix […]
    concourt à une représentation équilibrée des femmes et des hommes […] ne doivent
    entretenir ou avoir entretenu aucune relation professionnelle ou personnelle avec le
    candidat, ni avoir accompagné le candidat dans sa démarche » (D6412-6)
    """

    RULES = rules("DT-2024")

    def two(self, *, qualified: int = 1) -> tuple[Member, ...]:
        members = people({"member": 2})
        return tuple(
            given(m, qualified=number < qualified, chair=number == 0)
            for number, m in enumerate(members)
        )

    @pytest.mark.parametrize("layer", LAYERS)
    def test_two_voters_one_qualified(self, layer: Layer) -> None:
        judged = case(self.two(), NOW, layer, candidate=candidate(NOW))

        assert fatal(self.RULES, judged) == set()

    @pytest.mark.parametrize("layer", LAYERS)
    def test_one_voter_fails_at_every_layer(self, layer: Layer) -> None:
        judged = case(self.two()[:1], NOW, layer, candidate=candidate(NOW))

        assert fatal(self.RULES, judged) == {"LAW-VAE/d6412-6-members"}

    def test_nobody_qualified_fails(self) -> None:
        judged = case(self.two(qualified=0), NOW)

        assert fatal(self.RULES, judged) == {"LAW-VAE/d6412-6-qualified"}

    def test_whether_they_are_qualified_is_not_known(self) -> None:
        judged = case(people({"member": 2}), NOW)
        found = of(self.RULES, judged, "LAW-VAE/d6412-6-qualified")

        assert found.verdict is Verdict.UNDECIDABLE
        assert found.missing == "personne qualifiée au titre de la certification"

    def test_two_women_ask_for_a_justification(self) -> None:
        women = tuple(msgspec.structs.replace(m, gender="F") for m in self.two())

        assert fatal(self.RULES, case(women, NOW)) == set()
        assert to_justify(self.RULES, case(women, NOW)) == {"LAW-VAE/d6412-6-gender"}

    def test_one_to_one_the_chair_prevails(self) -> None:
        rule = self.RULES.for_route("vae").majority(NOW)
        counts = ballot.Counts(for_=1, against=1)

        found = ballot.result(rule, counts, present=2, members=2, chair_vote="for")
        assert (found.carried, found.casting) == (True, True)
        assert found.source == "Code du travail, art. D6412-6"

    def test_before_13_april_2024_nothing_gives_a_casting_vote(self) -> None:
        rule = self.RULES.for_route("vae").majority(NOW, dt.date(2024, 4, 12))
        counts = ballot.Counts(for_=1, against=1)

        found = ballot.result(rule, counts, present=2, members=2, chair_vote="for")
        assert (found.carried, found.casting, found.inferred) == (False, False, True)

    @pytest.mark.parametrize("kind", set(TieKind))
    def test_every_tie_is_forbidden(self, kind: TieKind) -> None:
        member, someone = self.two()[0], candidate(NOW)
        tie = Tie(member=member.id, candidate=someone.id, kind=kind)

        found = forbidden(self.RULES, someone, member, tie, NOW)
        assert found is not None
        assert found.blocks

    def test_a_recusal_that_leaves_one_voter_fails_for_that_candidate(self) -> None:
        judged = case(
            self.two()[:1],
            NOW,
            Layer.CANDIDATE,
            appointed=self.two(),
            candidate=candidate(NOW),
        )

        assert fatal(self.RULES, judged) == {"LAW-VAE/d6412-6-members"}


class TestR335:
    """« au moins deux représentants qualifiés des professions, représentant au moins un

    quart des membres du jury, et de façon à concourir à une représentation équilibrée
    des hommes et des femmes » (R335-8)
    """

    RULES = rules("R335-8")

    @pytest.mark.parametrize("layer", LAYERS)
    @pytest.mark.parametrize(
        ("members", "professionals", "expected"),
        [
            (8, 2, set()),
            (5, 2, set()),
            (9, 2, {"LAW-VAE/r335-8-quarter"}),
            (4, 1, {"LAW-VAE/r335-8-professionals"}),
        ],
    )
    def test_vectors(
        self, members: int, professionals: int, expected: set[str], layer: Layer
    ) -> None:
        jury = people(
            {"member": members - professionals, "professional": professionals}
        )

        judged = case(jury, THEN, layer, candidate=candidate(THEN))
        assert fatal(self.RULES, judged) == expected

    def test_the_sentence_says_what_lacks(self) -> None:
        jury = people({"member": 7, "professional": 2})

        found = of(self.RULES, case(jury, THEN), "LAW-VAE/r335-8-quarter")
        assert bare(found.explanation) == (
            "représentants professionnels (au moins 1/4 des membres délibératifs) : 2 "
            "sur 9, il en faudrait 3 (manque 1)."
        )

    @pytest.mark.parametrize(
        ("kind", "bound"),
        [
            (TieKind.EMPLOYER, True),
            (TieKind.ACCOMPANIED, True),
            (TieKind.TRAINER, False),
            (TieKind.PROFESSIONAL, False),
            (TieKind.FAMILY, True),
        ],
    )
    def test_ties_of_the_time(self, kind: TieKind, *, bound: bool) -> None:
        member, someone = people({"member": 1})[0], candidate(THEN)
        tie = Tie(member=member.id, candidate=someone.id, kind=kind)

        assert (forbidden(self.RULES, someone, member, tie, THEN) is not None) is bound

    def test_two_candidates_of_one_session_under_two_regimes(self) -> None:
        jury = people({"member": 7, "professional": 2})
        day = dt.date(2024, 9, 1)

        old = case(jury, day, Layer.CANDIDATE, candidate=candidate(dt.date(2023, 5, 1)))
        new = case(jury, day, Layer.CANDIDATE, candidate=candidate(dt.date(2024, 5, 1)))
        assert fatal(self.RULES, old) == {"LAW-VAE/r335-8-quarter"}
        assert "LAW-VAE/r335-8-quarter" not in fatal(self.RULES, new)

    def test_a_text_for_some_candidates_only_does_not_block_the_others(self) -> None:
        jury = people({"member": 7, "professional": 2})
        day = dt.date(2024, 9, 1)
        both = (dt.date(2023, 5, 1), dt.date(2024, 5, 1))

        mixed = of(self.RULES, case(jury, day, parcours=both), "LAW-VAE/r335-8-quarter")
        assert (mixed.verdict, mixed.blocks) == (Verdict.BREACHED, False)
        alone = case(jury, day, parcours=both[:1])
        assert fatal(self.RULES, alone) == {"LAW-VAE/r335-8-quarter"}

    def test_a_parcours_of_unknown_date_is_not_decidable(self) -> None:
        jury = people({"member": 7, "professional": 2})
        judged = case(jury, THEN, Layer.CANDIDATE, candidate=candidate(None))

        found = of(self.RULES, judged, "LAW-VAE/r335-8-quarter")
        assert found.verdict is Verdict.UNDECIDABLE
        assert found.missing == "le début du parcours du candidat"


class TestUni2016:
    """« outre les enseignants-chercheurs qui en constituent la majorité, des personnes

    compétentes pour apprécier la nature des acquis, notamment professionnels » (L613-4)
    """

    RULES = rules("UNI-2016")
    MAJORITY = "LAW-VAE/l613-4-majority"

    @pytest.mark.parametrize(
        ("jury", "expected"),
        [
            ({"enseignant_chercheur": 2, "professionnel": 2}, {MAJORITY}),
            ({"enseignant_chercheur": 3, "professionnel": 2}, set()),
            (
                {
                    "enseignant_chercheur": 2,
                    "charge_enseignement": 2,
                    "professionnel": 1,
                },
                {MAJORITY},
            ),
            (
                {"enseignant_chercheur": 3, "charge_enseignement": 2},
                {"LAW-VAE/r613-36-outsiders"},
            ),
        ],
    )
    def test_vectors(self, jury: dict[str, int], expected: set[str]) -> None:
        assert fatal(self.RULES, case(people(jury), THEN)) == expected

    @pytest.mark.parametrize(
        ("start", "governs"),
        [(dt.date(2022, 12, 22), True), (dt.date(2022, 12, 23), False)],
    )
    def test_it_ends_on_22_december_2022(
        self, start: dt.date, *, governs: bool
    ) -> None:
        jury = people({"enseignant_chercheur": 2, "professionnel": 2})
        judged = case(
            jury, dt.date(2023, 6, 1), Layer.CANDIDATE, candidate=candidate(start)
        )

        assert (self.MAJORITY in fatal(self.RULES, judged)) is governs

    def test_one_outsider_or_two_is_a_choice_of_the_rulebook(self) -> None:
        jury = people({"enseignant_chercheur": 3, "professionnel": 1})
        assert fatal(self.RULES, case(jury, THEN)) == set()

    def test_no_man_asks_for_a_justification(self) -> None:
        jury = people({"enseignant_chercheur": 3, "professionnel": 2})
        women = tuple(msgspec.structs.replace(m, gender="F") for m in jury)

        assert "LAW-VAE/l613-4-gender" in to_justify(self.RULES, case(women, THEN))


class TestBts:
    """« à parts égales […] dont un enseignant-chercheur […] les professeurs de

    l'enseignement public devant représenter la majorité des personnels enseignants […]
    Si la parité n'est pas atteinte en raison de la défection d'un ou plusieurs membres
    avant le début de ses travaux, le jury peut néanmoins délibérer valablement. »
    (D643-31)
    """

    RULES = rules("BTS", law=False)

    def jury(
        self, teachers: int, professionals: int, *, public: int | None = None
    ) -> tuple[Member, ...]:
        members = people({"enseignant": teachers, "professionnel": professionals})
        shown = teachers if public is None else public
        return tuple(
            given(m, public=number < shown, academic=number == 0, chair=number == 0)
            if m.seats == ("enseignant",)
            else given(m, side=("employer", "employee")[number % 2])
            for number, m in enumerate(members)
        )

    def test_four_and_four_named(self) -> None:
        assert fatal(self.RULES, case(self.jury(4, 4), NOW)) == set()

    def test_four_and_two_present_after_defections(self) -> None:
        named = self.jury(4, 4)
        there = case(named[:6], NOW, Layer.PRESENCE, appointed=named)

        assert fatal(self.RULES, there) == set()
        found = of(self.RULES, there, "BTS/parity")
        assert found.source == "Code de l’éducation, art. D643-31 (défection)"

    def test_eight_teachers_and_professionals_to_be_named_later(self) -> None:
        named = self.jury(8, 0)

        assert "BTS/parity" in fatal(self.RULES, case(named, NOW))
        there = case(named, NOW, Layer.PRESENCE, appointed=named)
        assert fatal(self.RULES, there) == {"BTS/parity"}

    def test_two_public_teachers_of_four_are_no_majority(self) -> None:
        named = self.jury(4, 4, public=2)

        assert fatal(self.RULES, case(named, NOW)) == {"BTS/public-teachers"}

    def test_an_odd_total_is_impossible_and_says_so(self) -> None:
        found = of(self.RULES, case(self.jury(4, 3), NOW), "BTS/parity")

        assert "impossible à 7" in found.explanation

    def test_employers_and_employees_are_both_named(self) -> None:
        named = tuple(
            given(m, side="employer") if m.seats == ("professionnel",) else m
            for m in self.jury(4, 4)
        )

        assert fatal(self.RULES, case(named, NOW)) == {"BTS/employers-employees"}

    def test_a_chair_who_is_neither_fails(self) -> None:
        named = tuple(given(m, chair=m.id == "m05") for m in self.jury(4, 4))
        wrong = tuple(
            given(m, academic=False, inspector=False) if m.id == "m05" else m
            for m in named
        )

        assert "BTS/chair" in fatal(self.RULES, case(wrong, NOW))


class TestDeaes:
    """« le jury plénier […], qui comprend au plus treize membres dont le président et

    douze membres répartis en trois collèges égaux […] Le président du jury a voix
    prépondérante, en cas d'égalité de voix. » (CASF D451-91)
    """

    RULES = rules("DEAES", law=False)

    @pytest.mark.parametrize(
        ("colleges", "expected"),
        [
            ((4, 4, 4), set()),
            ((3, 3, 3), set()),
            ((4, 4, 3), {"DEAES/equal-colleges"}),
            ((5, 5, 5), {"DEAES/total"}),
        ],
    )
    def test_vectors(self, colleges: tuple[int, ...], expected: set[str]) -> None:
        seats = ("formateur", "etat", "professionnel")
        jury = people({"president": 1, **dict(zip(seats, colleges, strict=True))})

        assert fatal(self.RULES, case(jury, NOW)) == expected

    def test_six_to_six_with_the_chair_for_is_adopted(self) -> None:
        rule = self.RULES.for_route("vae").majority(THEN)
        counts = ballot.Counts(for_=6, against=6)

        found = ballot.result(rule, counts, present=12, members=13, chair_vote="for")
        assert (found.carried, found.casting) == (True, True)


class TestDeasSub:
    """« sous-groupes d'examinateurs d'au moins deux membres, dont au moins un

    représentant qualifié de la profession », en exercice ou depuis moins de trois ans
    hors d'exercice à la date du jury (arrêtés du 10 juin 2021, texte de 2023)
    """

    RULES = rules("DEAS-SUB", law=False)

    def test_a_manager_and_a_care_assistant(self) -> None:
        manager, assistant = people({"cadre": 1, "professionnel": 1})

        judged = case((manager, given(assistant, in_practice=True)), NOW)
        assert fatal(self.RULES, judged) == set()

    def test_two_trainers_fail(self) -> None:
        judged = case(people({"formateur": 2}), NOW)

        assert fatal(self.RULES, judged) == {"DEAS-SUB/professional"}

    @pytest.mark.parametrize(
        ("left", "regular"),
        [("2023-11-22", False), ("2023-11-23", False), ("2023-11-24", True)],
    )
    def test_a_nurse_retired_three_years_and_a_day_fails(
        self, left: str, *, regular: bool
    ) -> None:
        trainer, nurse = people({"formateur": 1, "professionnel": 1})
        judged = case((trainer, given(nurse, in_practice=False, left_on=left)), NOW)

        expected = set() if regular else {"DEAS-SUB/professional", "DEAS-SUB/practice"}
        assert fatal(self.RULES, judged) == expected

    def test_the_sub_group_proposes_and_the_plenary_decides(self) -> None:
        assert self.RULES.for_route("vae").decision.nature == "proposal"


class TestTp:
    """« Le jury du titre professionnel est composé de membres habilités » (R338-6)"""

    RULES = rules("TP", law=False)

    def jurors(self, **facts: str | int | bool) -> tuple[Member, ...]:
        usual: dict[str, str | int | bool] = {
            "experience_years": 4,
            "in_practice": True,
            "habilitation_from": "2024-01-01",
            "habilitation_until": "2027-12-31",
            "habilitation_title": "TP-00123",
        }
        return tuple(given(m, **{**usual, **facts}) for m in people({"jure": 2}))

    def test_two_habilitated_professionals(self) -> None:
        assert fatal(self.RULES, case(self.jurors(), NOW)) == set()

    def test_a_habilitation_expired_yesterday_fails(self) -> None:
        one, two = self.jurors()
        judged = case((one, given(two, habilitation_until="2026-11-22")), NOW)

        assert fatal(self.RULES, judged) == {"TP/jurors", "TP/habilitation"}
        assert (
            fatal(
                self.RULES,
                case((one, given(two, habilitation_until="2026-11-23")), NOW),
            )
            == set()
        )

    @pytest.mark.parametrize(
        ("route", "years", "expected"),
        [
            ("vae", 3, set()),
            ("vae", 2, {"TP/experience"}),
            ("vae-2002", 4, {"TP/experience-2002"}),
            ("vae-2002", 5, set()),
        ],
    )
    def test_experience_and_its_variant_of_2002(
        self, route: str, years: int, expected: set[str]
    ) -> None:
        judged = case(self.jurors(experience_years=years), NOW, route=route)

        assert fatal(self.RULES, judged) == expected

    def test_out_of_the_trade_for_more_than_five_years(self) -> None:
        left = self.jurors(in_practice=False, left_on="2018-12-31")
        just = self.jurors(in_practice=False, left_on="2019-01-01")

        assert fatal(self.RULES, case(left, NOW)) == {"TP/practice"}
        assert fatal(self.RULES, case(just, NOW)) == set()

    def test_a_habilitation_for_another_title_fails_for_that_candidate(self) -> None:
        judged = case(
            self.jurors(),
            NOW,
            Layer.CANDIDATE,
            candidate=candidate(NOW, attributes={"title": "TP-00999"}),
        )

        assert fatal(self.RULES, judged) == {"TP/title"}

    def test_experience_not_recorded_is_undecidable(self) -> None:
        one, two = self.jurors()
        facts = {k: v for k, v in two.attributes.items() if k != "experience_years"}
        unknown = msgspec.structs.replace(two, attributes=facts)

        found = of(self.RULES, case((one, unknown), NOW), "TP/experience")
        assert found.verdict is Verdict.UNDECIDABLE
        assert found.missing == "années d’expérience du métier"


class TestCqpA:
    """« majorité absolue des membres présents ou représentés »

    Deux collèges de trois, présidence alternée chaque année, vice-président de
    l'autre collège.
    """

    RULES = rules("CQP-A", law=False)

    def jury(self, chair: str = "m01", vice: str = "m04") -> tuple[Member, ...]:
        members = people({"salaries": 3, "employeurs": 3}, cpnefp=True)
        return tuple(
            given(m, chair=m.id == chair, vice_chair=m.id == vice) for m in members
        )

    def test_three_and_three(self) -> None:
        judged = case(self.jury(), NOW, history=(Chaired(2025, "employers"),))

        assert fatal(self.RULES, judged) == set()

    def test_chair_and_vice_chair_of_one_college_fail(self) -> None:
        judged = case(self.jury(vice="m02"), NOW, history=(Chaired(2025, "employers"),))

        assert fatal(self.RULES, judged) == {"CQP-A/vice-chair"}

    def test_employers_chair_two_years_running(self) -> None:
        jury = self.jury(chair="m04", vice="m01")

        judged = case(jury, NOW, history=(Chaired(2025, "employers"),))
        assert fatal(self.RULES, judged) == {"CQP-A/alternation"}
        unknown = of(self.RULES, case(jury, NOW), "CQP-A/alternation")
        assert unknown.verdict is Verdict.UNDECIDABLE

    def test_four_present_and_one_proxy_make_a_majority_of_three(self) -> None:
        rule = self.RULES.for_route("vae").majority(NOW)
        counts = ballot.Counts(for_=3, against=1, abstention=1)

        found = ballot.result(rule, counts, present=4, represented=1, members=6)
        assert (found.carried, found.required) == (True, 3)
        less = ballot.result(
            rule,
            ballot.Counts(for_=2, against=1, abstention=2),
            present=4,
            represented=1,
            members=6,
        )
        assert less.carried is False


class TestCqpAssmed:
    """« 2 représentants de l'organisme de formation et 2 professionnels … désignés

    par la CPNEFP justifiant d'au moins deux années d'expérience dans le domaine. »
    """

    RULES = rules("CQP-ASSMED", law=False)

    def jury(
        self, body: int = 2, professionals: int = 2, years: int = 2
    ) -> tuple[Member, ...]:
        return people(
            {"organisme": body, "professionnel": professionals},
            experience_years=years,
            designated_by="CPNEFP",
        )

    def test_two_and_two(self) -> None:
        assert fatal(self.RULES, case(self.jury(), NOW)) == set()

    @pytest.mark.parametrize(
        ("body", "professionals"), [(3, 1), (2, 1), (3, 2), (2, 3)]
    )
    def test_exactly_four(self, body: int, professionals: int) -> None:
        assert fatal(self.RULES, case(self.jury(body, professionals), NOW))

    def test_two_years_of_experience(self) -> None:
        judged = case(self.jury(years=1), NOW)

        assert fatal(self.RULES, judged) == {"CQP-ASSMED/experience"}


class TestExt1:
    """« il ne délibère pas — il atteste »

    Le représentant du certificateur n'entre dans aucun compte ; deux membres sur
    trois sont extérieurs ; nul n'a formé le candidat.
    """

    RULES = rules("EXT-1", law=False)

    def jury(self, external: int, members: int = 3) -> tuple[Member, ...]:
        jury = people({"membre": members, "certificateur": 1})
        return tuple(
            msgspec.structs.replace(
                m, function="directrice", attributes={"external": number < external}
            )
            for number, m in enumerate(jury)
        )

    @pytest.mark.parametrize(
        ("external", "regular"), [(2, True), (3, True), (1, False)]
    )
    def test_two_external_of_three(self, external: int, *, regular: bool) -> None:
        assert (fatal(self.RULES, case(self.jury(external), NOW)) == set()) is regular

    def test_the_certifier_s_representative_is_outside_all_counts(self) -> None:
        jury = self.jury(2)
        marked = (*jury[:-1], given(jury[-1], external=True))

        found = of(self.RULES, case(marked, NOW), "EXT-1/external-majority")
        assert found.observed == "2 sur 3"

    def test_a_member_who_trained_the_candidate(self) -> None:
        judged = case(
            self.jury(2),
            NOW,
            Layer.CANDIDATE,
            candidate=candidate(NOW),
            ties=(Tie(member="m01", candidate="c1", kind=TieKind.TRAINER),),
        )

        assert fatal(self.RULES, judged) == {"EXT-1/trainers"}


class TestLicPro:
    """« pas de quorum ni de procuration possible »

    Professionnels entre un quart et la moitié ; tous les membres présents, sauf
    motif légitime.
    """

    RULES = rules("LIC-PRO", law=False)

    @pytest.mark.parametrize(
        ("academics", "professionals", "regular"),
        [(3, 1, True), (2, 2, True), (4, 1, False), (2, 3, False)],
    )
    def test_bounds(self, academics: int, professionals: int, *, regular: bool) -> None:
        jury = people({"universitaire": academics, "professionnel": professionals})

        assert (fatal(self.RULES, case(jury, NOW)) == set()) is regular

    def test_an_absence_is_justified(self) -> None:
        jury = people({"universitaire": 3, "professionnel": 1})
        there = case(jury[1:], NOW, Layer.PRESENCE, appointed=jury)

        assert to_justify(self.RULES, there) == {"LIC-PRO/all-present"}

    def test_no_proxies(self) -> None:
        jury = people({"universitaire": 3, "professionnel": 1})
        there = case(
            jury[1:], NOW, Layer.PRESENCE, appointed=jury, proxies={"m01": "m02"}
        )

        assert fatal(self.RULES, there) == {"LIC-PRO/no-proxies"}
