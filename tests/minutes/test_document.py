"""The minutes as data: every mention, in its place, from the register alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jury_tui.errors import ExportError
from jury_tui.i18n import set_language
from jury_tui.minutes import closing, numbering
from jury_tui.minutes.content import (
    Block,
    Boxes,
    Fields,
    Minutes,
    Paragraph,
    Section,
    Table,
)
from jury_tui.minutes.document import (
    blockers,
    minutes,
    next_number,
    prefix,
    require_complete,
)
from jury_tui.minutes.text import text
from jury_tui.rules.people import Member, TieKind
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.folding import replay
from jury_tui.session.session import Session
from tests.support import sessions
from tests.support.sittings import Sitting


def of(session: Session) -> Minutes:
    return minutes(session, code=sessions.CODE, head=sessions.HEAD, count=session.count)


@pytest.fixture(scope="module")
def made() -> Minutes:
    set_language("fr")
    return of(sessions.session())


def words(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Fields):
            yield from (f"{label} {value}" for label, value in block.pairs)
        elif isinstance(block, Table):
            yield from (" ".join(map(str, row.cells)) for row in block.rows)
        elif isinstance(block, Boxes):
            yield from (f"{box.name} {box.capacity}" for box in block.boxes)


def said(section: Section) -> str:
    return "\n".join(words(section.blocks)).replace("\u00a0", " ")


def section(document: Minutes, start: str, page: str = "minutes") -> str:
    found = [s for s in document.page(page).sections if start in s.title]

    assert len(found) == 1, [s.title for s in document.page(page).sections]
    return said(found[0])


class TestMentions:
    """“order matters because ‘un instructeur les cherche à leur place habituelle’”."""

    def test_sections_come_in_their_usual_order(self, made: Minutes) -> None:
        titles = [s.title for s in made.page("minutes").sections]

        assert titles == [
            "",
            "1. Réunion et composition du jury",
            "2. Représentants de l’organisme certificateur et invités",
            "3. Feuille d’émargement",
            "4. Validité de la délibération",
            "5. Candidats",
            "6. Résultats de la délibération",
            "7. Votes",
            "8. Déports et récusations",
            "9. Arrivées, départs et participation à distance",
            "10. Constats sur la composition",
            "11. Aléas et dysfonctionnements",
            "12. Désaccords mentionnés à la demande d’un membre",
            "13. Suites et délais",
            "14. Attestation de composition",
            "15. Signatures",
        ]

    def test_the_certification_and_the_number_come_first(self, made: Minutes) -> None:
        """The application was refused: no certification named, and no number."""
        first = said(made.page("minutes").sections[0])

        assert "Numéro du procès-verbal CNAM-2008-1" in first
        assert "Code RNCP5411" in first
        assert "Chargé d’information, d’accueil et d’orientation" in first
        assert first.startswith("SÉANCE FICTIVE")

    def test_date_time_place_and_members(self, made: Minutes) -> None:
        composition = section(made, "Réunion et composition")

        assert "Le 12 juin 2008 à 9 h 02, les membres du jury" in composition
        assert "292 rue Saint-Martin" in composition
        assert "DURAND Claire présidente professeure" in composition
        assert "ROUX Hélène responsable VAE du pôle" in composition
        assert "invitée de droit" in composition
        assert "GARCIA Luis" in composition
        assert "remplacé par MARCHAND Odile" in composition
        assert "Décision 2008-31 du 02/04/2008" in composition
        assert "(Décision 2008-44 du 09/06/2008)" in composition

    def test_each_act_is_told_when_members_have_different_ones(self) -> None:
        people = list(sessions.members())
        people[3] = replace(people[3], act="Décision 2008-40")
        session = replay(sessions.preparing(people))

        rows = section(of(session), "Réunion et composition")

        assert rows.count("Décision 2008-31 du 02/04/2008") == 13
        assert rows.count("Décision 2008-40 du 02/04/2008") == 1

    def test_invitees_hearing_and_deliberation_apart(self, made: Minutes) -> None:
        invitees = section(made, "invités")

        assert "ROUX Hélène responsable VAE du pôle 4 sur 4 4 sur 4" in invitees
        assert "GARCIA Luis représentant national de la VAE 4 sur 4 0 sur 4" in invitees

    def test_some_absent_which_rule_lets_the_jury_sit(self, made: Minutes) -> None:
        validity = section(made, "Validité")

        assert "7 membres à voix délibérative sur 8 étaient présents" in validity
        assert "Manquaient à l’ouverture : KABA Aïssata." in validity
        assert "la présidente, DURAND Claire, déclare" in validity
        assert "Règlement intérieur, art. 4" in validity
        assert "R335-8" in validity

    def test_all_present_is_said_in_one_sentence(self) -> None:
        acts: list[a.AnyAct] = [
            act
            for act in sessions.acts()
            if not isinstance(act, (a.MemberReplaced, a.SessionOpened))
        ]
        opening = next(
            i for i, act in enumerate(acts) if isinstance(act, a.CandidateCalled)
        )
        moment = sessions.at(9, 3)
        acts[opening:opening] = [
            *(
                a.MemberArrived(at=moment, member=m, time=moment)
                for m in sessions.VOTERS
            ),
            a.SessionOpened(at=moment, chair="m8"),
        ]

        validity = section(of(replay(acts)), "Validité")

        assert (
            "Tous les membres à voix délibérative étant présents, le président, "
            "ROSSI Paolo, déclare que le jury peut valablement délibérer."
        ) in validity
        assert "Manquaient" not in validity

    def test_registered_presented_absent_postponed(self, made: Minutes) -> None:
        """“an absent candidate is registered, not presented”."""
        candidates = section(made, "5. Candidats")

        assert "Candidats inscrits 6" in candidates
        assert "Candidats présentés 4" in candidates
        assert "Candidats absents 1" in candidates
        assert "HAMEL Inès (sans nouvelles)" in candidates
        assert "PICARD Jules (pièce d’identité à présenter)" in candidates

    def test_results(self, made: Minutes) -> None:
        results = section(made, "Résultats")

        assert "Validations totales 2 – LEROY Samira, VASSEUR Luc" in results
        assert "validation partielle a, b c DURAND Claire" in results
        assert "HAMEL Inès 2008-405 absente" in results

    def test_votes_majority_casting_and_taken_again(self, made: Minutes) -> None:
        votes = section(made, "7. Votes")

        assert "majorité simple des suffrages exprimés (Règlement intérieur" in votes
        assert "BERNARD Thomas b 4 pour, 4 contre pour (DURAND Claire) acquise" in votes
        assert (
            "FERRAND Mariam a 2 pour, 6 contre non acquise erreur de décompte" in votes
        )

    def test_both_votes_stay_in_the_annex(self, made: Minutes) -> None:
        table = made.page("decisions").sections[0].blocks[0]
        assert isinstance(table, Table)
        rows = [
            row.cells[3:8]
            for row in table.rows
            if row.cells[0] == "FERRAND Mariam" and "Contrôle" in str(row.cells[2])
        ]

        assert rows == [
            ("non acquise, vote repris", "nominatif", 2, 6, 0),
            ("non acquise", "nominatif", 0, 8, 0),
        ]

    def test_a_component_acquired_earlier_says_where_and_when(
        self, made: Minutes
    ) -> None:
        table = made.page("decisions").sections[0].blocks[0]
        assert isinstance(table, Table)
        row = next(r for r in table.rows if r.cells[3] == "acquise antérieurement")

        assert row.cells[0] == "VASSEUR Luc"
        assert "15/06/2006, Cnam Hauts-de-France" in str(row.cells[13])

    def test_everyone_is_in_a_column(self, made: Minutes) -> None:
        """“recused and absent voters: separate tallies”."""
        table = made.page("decisions").sections[0].blocks[0]
        assert isinstance(table, Table)
        sums = {
            sum(cell for cell in row.cells[5:12] if isinstance(cell, int))
            for row in table.rows
            if row.cells[4]
        }

        assert sums == {len(judgement.voting_members(sessions.session()))}

    def test_the_decision_is_explained_with_who_sat(self, made: Minutes) -> None:
        table = made.page("decisions").sections[0].blocks[0]
        assert isinstance(table, Table)
        said = next(
            str(row.cells[13]).replace("\u00a0", " ")
            for row in table.rows
            if row.cells[0] == "VASSEUR Luc" and row.cells[2] == "Décision"
        )

        assert "à cette séance" in said
        assert "Ont siégé pour cette candidature : DURAND Claire" in said
        assert "NGUYEN" not in said

    def test_recusals_item_by_item_with_who_chaired(self, made: Minutes) -> None:
        recusals = section(made, "récusations")

        assert "VASSEUR Luc NGUYEN Thu Hà même entreprise ou organisme" in recusals
        assert recusals.endswith("même mission locale DURAND Claire")

    def test_the_acting_chair_is_named(self) -> None:
        """CE 7 June 2017: provided the minutes show the recusal and who chaired."""
        acts = list(sessions.acts())
        called = next(
            i
            for i, act in enumerate(acts)
            if isinstance(act, a.CandidateCalled) and act.candidate == "c4"
        )
        moment = sessions.at(10, 58)
        acts[called:called] = [
            a.MemberRecused(
                at=moment, member="m1", candidate="c4", kind=TieKind.CONSCIENCE
            ),
            a.ActingChairNamed(at=moment, member="m8", candidate="c4"),
        ]

        recusals = section(of(replay(acts)), "récusations")

        assert "DURAND Claire abstention en conscience  ROSSI Paolo" in recusals

    def test_arrivals_departures_and_means(self, made: Minutes) -> None:
        movements = section(made, "Arrivées")

        assert "KABA Aïssata 09:34:00" in movements
        assert "BENALI Samia 08:55:00  à distance (visioconférence)" in movements
        assert "suspendue à 10 h 40 et reprise à 10 h 55 (pause)" in movements

    def test_nothing_is_said_as_none(self) -> None:
        acts = [
            act
            for act in sessions.acts()
            if not isinstance(
                act,
                (a.IncidentRecorded, a.DissentRecorded, a.MemberRecused, a.TieDeclared),
            )
        ]
        document = of(replay(acts))

        for title in ("Aléas", "Désaccords", "récusations"):
            assert section(document, title) == "Néant."

    def test_incidents_and_dissents(self, made: Minutes) -> None:
        assert "Coupure de la visioconférence" in section(made, "Aléas")
        assert "MOREL Jean-Baptiste, BERNARD Thomas : aurait" in section(made, "Désac")

    def test_one_box_a_signatory(self, made: Minutes) -> None:
        boxes = [
            box
            for block in made.page("minutes").sections[-1].blocks
            if isinstance(block, Boxes)
            for box in block.boxes
        ]

        assert [box.name for box in boxes] == [
            "DURAND Claire",
            "LEFÈVRE Marc",
            "NGUYEN Thu Hà",
            "MOREL Jean-Baptiste",
            "KABA Aïssata",
            "PETIT Anne",
            "MARCHAND Odile",
            "ROSSI Paolo",
        ]
        assert boxes[0].capacity == "Présidente du jury"

    def test_the_technical_sheet_ties_the_paper_to_the_register(
        self, made: Minutes
    ) -> None:
        sheet = "\n".join(said(s) for s in made.page("technical").sections)

        assert sessions.HEAD in sheet
        assert sessions.CODE in sheet
        assert f"Actes au registre {len(sessions.acts())}" in sheet
        for book in sessions.session().rulebooks:
            assert book.sha256 in sheet

    def test_votes_by_name_stay_secret_unless_the_rules_say_so(
        self, made: Minutes
    ) -> None:
        printed = of(replay(sessions.large(2, 4, 2)))

        assert "named_votes" not in [page.key for page in made.pages]
        assert "named_votes" in [page.key for page in printed.pages]


class TestMarks:
    """“with mean, median, spread”, and no member's name beside a mark."""

    def test_statistics_are_exact(self) -> None:
        acts = list(sessions.acts())
        heard = next(
            i
            for i, act in enumerate(acts)
            if isinstance(act, a.DeliberationStarted) and act.candidate == "c1"
        )
        acts.insert(
            heard + 1,
            a.MarksGiven(
                at=sessions.at(9, 26),
                candidate="c1",
                component="b",
                marks={"m1": 1225, "m2": 1150, "m3": 800, "m4": 1400},
            ),
        )
        table = of(replay(acts)).page("marks").sections[0].blocks[0]
        assert isinstance(table, Table)

        assert [row.cells[3:] for row in table.rows] == [
            (1, 4, "11,44", "11,88", "8,00", "14,00")
        ]
        assert "DURAND" not in str(table.rows)


class TestLanguage:
    def test_english_has_no_french_word_of_ours(self) -> None:
        set_language("en")
        document = of(sessions.session())
        titles = [s.title for page in document.pages for s in page.sections]

        assert document.language == "en"
        assert "4. Validity of the deliberation" in titles
        everything = text(document)
        for word in ("délibérative", "Néant", "présidente,", "Émargement", "séance a"):
            assert word not in everything
        assert "|" not in everything

    def test_french_has_no_marker_left(self, made: Minutes) -> None:
        assert "|" not in text(made)


class TestDeadlines:
    """R6412-7: within fifteen days of the jury; R6113-17-2: within three months."""

    def test_not_in_force_in_2008_is_said(self) -> None:
        found = closing.deadlines(sessions.session())

        assert [d.due for d in found] == [None, None]
        assert "R6412-7, en vigueur depuis le 1er janvier 2024" in found[0].sentence

    def test_computed_once_in_force(self) -> None:
        later = dt.datetime(2026, 11, 30, 9, tzinfo=sessions.PARIS)
        session = replace(sessions.session(), opened_at=later)

        found = closing.deadlines(session)

        assert [d.due for d in found] == [None, dt.date(2027, 2, 28)]

    def test_notification_binds_parcours_begun_since_2024(self) -> None:
        later = dt.datetime(2026, 11, 30, 9, tzinfo=sessions.PARIS)
        session = replace(sessions.session(), opened_at=later)
        file = session.agenda[0]
        started = replace(file.candidate, parcours_start=dt.date(2024, 1, 1))
        recent = replace(file, candidate=started)

        found = closing.deadlines(session, recent)

        assert found[0].due == dt.date(2026, 12, 15)
        assert "15 décembre 2026" in found[0].sentence
        assert closing.deadlines(session, file)[0].due is None

    @given(
        day=st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
        months=st.integers(0, 60),
    )
    def test_months_after_never_skips_a_month(self, day: dt.date, months: int) -> None:
        due = closing.months_after(day, months)

        assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
        assert due.day == day.day or (due + dt.timedelta(days=1)).day == 1


class TestBlockers:
    """“A test of theirs guards against minutes printed with empty fields.”"""

    def keys(self, *acts: a.AnyAct) -> set[str]:
        return {b.key for b in blockers(replay(acts)) if b.fatal}

    def test_the_whole_session_lacks_nothing(self) -> None:
        assert blockers(sessions.session()) == ()
        require_complete(sessions.session())

    def test_a_draft_lacks_almost_everything(self) -> None:
        assert self.keys(*sessions.preparing()) == {"not_closed", "number", "unsettled"}

    @pytest.mark.parametrize(
        ("kind", "key"),
        [
            (a.SessionClosed, "not_closed"),
            (a.MinutesNumbered, "number"),
            (a.ReasonGiven, "reason"),
            (a.DecisionPronounced, "unsettled"),
            (a.CandidatePostponed, "unsettled"),
        ],
    )
    def test_one_mention_missing(self, kind: type[a.Act], key: str) -> None:
        left = [act for act in sessions.acts() if not isinstance(act, kind)]

        assert self.keys(*left) == {key}

    def test_no_sign_in_of_a_present_voting_member(self) -> None:
        """TA Lille, 9 Dec. 2022: a list “ne comportant aucune signature”."""
        left = [
            act
            for act in sessions.acts()
            if not (isinstance(act, a.MemberSignedIn) and act.member in ("m4", "m9"))
        ]
        found = blockers(replay(left))

        assert [(b.key, b.member) for b in found] == [("sign_in", "m4")]
        assert "MOREL Jean-Baptiste" in found[0].sentence

    def test_no_appointing_act(self) -> None:
        """TA Limoges, 18 July 2023: professionals “déterminés ultérieurement”."""
        people = [replace(m, act="") if m.id == "m6" else m for m in sessions.members()]
        found = blockers(replay(sessions.preparing(people)))

        assert [b.member for b in found if b.key == "appointing_act"] == ["m6"]

    def test_birth_data_are_a_warning(self) -> None:
        files = [replace(c, birth_date=None) for c in sessions.candidates()]
        found = blockers(replay(sessions.preparing(files=files)))

        assert {b.fatal for b in found if b.key == "birth"} == {False}
        assert sum(b.key == "birth" for b in found) == 6

    def test_an_unjustified_breach(self) -> None:
        """“No man on the jury and no proof that naming one was impossible.”"""
        women: list[Member] = [replace(m, gender="F") for m in sessions.members()]
        draft = sessions.preparing(women)
        missing = [b for b in blockers(replay(draft)) if b.key == "justification"]
        clause = next(
            f.clause for f in judgement.as_appointed(replay(draft)) if f.to_justify
        )
        given_ = a.JustificationGiven(
            at=sessions.at(8), clause=clause, text="Aucun homme n’a pu être nommé."
        )
        left = [
            b for b in blockers(replay([*draft, given_])) if b.key == "justification"
        ]

        assert len(missing) == 1
        assert left == []

    def test_preview_works_and_publishing_refuses(self) -> None:
        session = sessions.session(number="")

        assert not of(session).complete
        assert text(of(session)).startswith("APERÇU")
        with pytest.raises(ExportError, match="n’a pas de numéro"):
            require_complete(session)


class TestNumbers:
    """“Gapless yearly sequence per certifier is a sane default.”"""

    def test_first_and_next(self) -> None:
        assert next_number("CNAM", 2008, []) == "CNAM-2008-1"
        assert (
            next_number("CNAM", 2008, ["CNAM-2008-1", "CNAM-2007-9", "X-2008-2"])
            == "CNAM-2008-2"
        )

    @given(
        st.sets(st.integers(1, 30)),
        st.lists(st.sampled_from(["A-2008-1", "CNAM-2009-1", "", "CNAM-2008-x"])),
    )
    def test_follows_the_highest_and_is_no_twin(
        self, ranks: set[int], others: list[str]
    ) -> None:
        used = [*others, *(f"CNAM-2008-{rank}" for rank in ranks)]
        number = next_number("CNAM", 2008, used)
        rank = int(number.rpartition("-")[2])

        assert number not in used
        assert rank == max(ranks, default=0) + 1

    def test_fictitious_sessions_have_their_own_series(self) -> None:
        session = sessions.session()

        assert numbering.series(replace(session, fictitious=True)) == ("FICTIF", 2008)
        assert numbering.series(replace(session, fictitious=False)) == ("PV", 2008)

    @pytest.mark.parametrize(
        ("certifier", "made"),
        [
            ("Conservatoire national des arts et métiers (CNAM)", "CNAM"),
            ("Conservatoire national des arts et métiers", "CNAM"),
            ("Université Évry", "UNIVERSITEEV"),
            ("PV", "PV"),
        ],
    )
    def test_a_prefix_from_a_certifier(self, certifier: str, made: str) -> None:
        assert prefix(certifier) == made

    def test_no_prefix_is_refused(self) -> None:
        with pytest.raises(ExportError):
            numbering.prefix("«»")


class TestText:
    """“the same minutes as plain text for stdout, screen reader, UI preview”."""

    @pytest.mark.parametrize("width", [40, 60, 80, 120])
    def test_no_line_is_wider(self, made: Minutes, width: int) -> None:
        longest = max(map(len, text(made, width).splitlines()))

        assert longest <= width

    def test_hostile_text_drives_no_terminal(self) -> None:
        people = [
            replace(c, given_names="\x1b[31mRouge\x07\u009b0m")
            for c in sessions.candidates()
        ]
        made = text(of(replay(sessions.preparing(files=people))))

        assert "\x1b" not in made
        assert "\x07" not in made
        assert "\u009b" not in made

    def test_the_same_register_gives_the_same_document(self) -> None:
        assert of(sessions.session()) == of(sessions.session())


@pytest.mark.parametrize(
    ("employer", "printed"),
    [
        ("Cnam", "Cnam (interne)"),
        ("Conservatoire national des arts et métiers", "(interne)"),
        ("Cnam Île-de-France", "(interne)"),
        ("Mission locale de Brévannes", "(extérieur)"),
    ],
)
def test_each_member_is_internal_or_external(employer: str, printed: str) -> None:
    """The skeleton of real minutes: name, capacity, internal or external."""
    sitting = Sitting().appoint().register(1)
    card = {"id": "m1", "family_name": "Durand", "given_names": "Claire"}
    facts = {"seats": ["president"], "gender": "F", "employer": employer}
    sitting.do("amend_member", member={**card, **facts})
    made = minutes(sitting.session, code="", head="0" * 64, count=1)

    assert printed in text(made, 400)
