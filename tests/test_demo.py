"""The demonstration: what issue 2 asks of it, told by its own register."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from jury_tui.audit import Verdict, audit
from jury_tui.demo import FINISHED, READY, file, make
from jury_tui.minutes.completeness import blockers
from jury_tui.register.record import Record
from jury_tui.rules.findings import Verdict as Judged
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.commands import parse, perform
from jury_tui.session.session import Phase, Session

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both sessions."""
    sessions = tmp_path_factory.mktemp("sessions")
    assert sessions / FINISHED == make(sessions, NOW)
    return sessions


@pytest.fixture(scope="module")
def acts(folder: Path) -> list[a.AnyAct]:
    """The acts of the session that is over."""
    with Record.open(folder / FINISHED, write=False) as record:
        return record.acts


@pytest.fixture(scope="module")
def session(folder: Path) -> Session:
    """The session that is over."""
    with Record.open(folder / FINISHED, write=False) as record:
        return record.session


class TestTheSessionThatIsOver:
    """13 members and at least 6 candidates covering: total, partial, none, absent; one
    recusal that changes the composition for that candidate only; one tie settled by
    the chair; one vote re-opened; one component acquired earlier; one late arrival;
    one substitute."""

    def test_has_thirteen_members_and_a_substitute(self, session: Session) -> None:
        assert (8, 5, 14) == (
            len(judgement.voting_members(session)),
            len(judgement.invitees(session)),
            len(session.members),
        )
        assert ["m14"] == list(session.replaced.values())

    def test_has_every_outcome(self, session: Session) -> None:
        outcomes = [
            f.decision.outcome if f.decision else f.status.value for f in session.agenda
        ]

        assert outcomes == [
            "total", "partial", "total", "partial", "none", "absent", "postponed",
            "total",
        ]  # fmt: skip

    def test_has_a_recusal_that_changes_the_composition_for_one_only(
        self, folder: Path, session: Session
    ) -> None:
        decided = {
            f.candidate.id: f.decision.number for f in session.agenda if f.decision
        }
        with Record.open(folder / FINISHED, write=False) as record:
            sat = {
                candidate: len(judgement.sitting_voters(then, then.files[candidate]))
                for candidate, number in decided.items()
                for then in [record.at(number - 1)]
            }

        assert {"c1": 7, "c2": 8, "c3": 8, "c4": 7, "c5": 8, "c8": 8} == sat
        assert {"c4": {"m5"}, "c7": {"m6"}} == {
            f.candidate.id: set(f.recused) for f in session.agenda if f.recused
        }

    def test_has_a_candidate_whom_this_jury_cannot_judge(
        self, session: Session
    ) -> None:
        assert {"LAW-VAE/r335-8-professionals", "LAW-VAE/r335-8-quarter"} == {
            found.clause
            for found in judgement.for_candidate(session, "c7")
            if found.blocks
        }

    def test_has_a_tie_settled_by_the_chair(self, session: Session) -> None:
        ballot = session.files["c3"].ballot("b")

        assert ballot is not None
        assert (4, 4, "m1", "carried") == (
            ballot.tally.for_,
            ballot.tally.against,
            ballot.casting_member,
            ballot.outcome,
        )

    def test_has_a_vote_taken_again_with_both_kept(self, session: Session) -> None:
        first, second = session.files["c2"].ballots["c"]

        assert (True, False) == (bool(first.reopened), bool(second.reopened))

    def test_has_a_component_acquired_earlier(self, session: Session) -> None:
        state = judgement.component_result(session, session.files["c3"], "a")

        assert state == "earlier"

    def test_has_someone_late_who_does_not_vote_on_whom_they_missed(
        self, session: Session
    ) -> None:
        assert session.opened_at is not None
        late = {
            m for m, there in session.attendance.items()
            if there.spells and there.spells[0].arrived > session.opened_at
        }  # fmt: skip

        assert late == {"m3"}
        assert "m3" not in session.files["c1"].heard_by

    def test_has_each_way_of_voting(self, acts: list[a.AnyAct]) -> None:
        modes = {act.mode for act in acts if isinstance(act, a.VoteCounted)}

        assert set(a.Mode) == modes

    def test_has_what_else_a_day_brings(self, acts: list[a.AnyAct]) -> None:
        assert {
            a.SessionSuspended, a.SessionResumed, a.IncidentRecorded,
            a.DissentRecorded, a.MarksGiven, a.MemberDeparted, a.MemberExcused,
        } <= {type(act) for act in acts}  # fmt: skip

    def test_is_dated_while_the_certification_was_registered(
        self, session: Session
    ) -> None:
        verdicts = {
            found.clause: found.verdict for found in judgement.as_appointed(session)
        }

        assert dt.date(2008, 6, 10) == session.date
        assert Judged.SATISFIED is verdicts["LAW-VAE/registration"]

    def test_takes_its_casting_vote_from_the_house(self, session: Session) -> None:
        rule = judgement.majority(session, session.files["c3"])

        assert "chair_prevails" == rule.tie
        assert "fictif" in rule.tie_source

    def test_says_that_it_is_fictitious(self, session: Session) -> None:
        assert session.fictitious

    def test_is_ready_for_its_minutes(self, session: Session) -> None:
        assert Phase.CLOSED is session.phase
        assert [] == [
            b.sentence for b in blockers(session) if b.fatal and b.key != "number"
        ]

    def test_is_accepted_by_the_audit(self, folder: Path) -> None:
        report = audit(folder / FINISHED, now=NOW)

        assert Verdict.INTACT is report.verdict

    def test_is_the_same_twice(self, folder: Path, tmp_path: Path) -> None:
        make(tmp_path, NOW + dt.timedelta(days=900))

        for name in (FINISHED, READY):
            ours, theirs = (p / name / "acts.jsonl" for p in (folder, tmp_path))
            assert ours.read_bytes() == theirs.read_bytes()


class TestTheSessionThatWaits:
    """A newcomer can try the live screens on it."""

    def test_is_convened_with_the_same_people(
        self, folder: Path, session: Session
    ) -> None:
        with Record.open(folder / READY, write=False) as record:
            ready = record.session

        assert Phase.CONVENED is ready.phase
        assert session.members == ready.members
        assert list(session.files) == list(ready.files)
        assert {} == ready.attendance

    def test_can_be_opened_today(self, folder: Path) -> None:
        with Record.open(folder / READY, write=False) as record:
            ready = record.session
        lines = [
            *(f'{{"do":"arrive","member":"{m.id}"}}' for m in ready.formation),
            '{"do":"open"}',
            '{"do":"call","candidate":"c1"}',
            '{"do":"hear"}',
        ]

        after, _acts = perform(ready, [parse(line) for line in lines], NOW)

        assert Phase.OPEN is after.phase


class TestMaking:
    """A fictitious session: made if absent."""

    def test_leaves_what_is_there(self, folder: Path) -> None:
        path = folder / FINISHED / "acts.jsonl"
        before = path.stat().st_mtime_ns

        make(folder, NOW)

        assert before == path.stat().st_mtime_ns

    def test_makes_what_is_missing(self, folder: Path, tmp_path: Path) -> None:
        shutil.copytree(folder / FINISHED, tmp_path / FINISHED)

        make(tmp_path, NOW)

        assert (tmp_path / READY).is_dir()

    def test_leaves_no_half_behind(self, tmp_path: Path) -> None:
        with pytest.raises(Exception, match="futur"):
            make(tmp_path, dt.datetime(2008, 6, 10, 12, 0, tzinfo=dt.UTC))

        assert not (tmp_path / FINISHED).exists()

    def test_has_lists_that_a_newcomer_can_open(self) -> None:
        assert file("membres.csv").read_text("utf-8").startswith("Nom;Prénom;")
        assert file("candidats.csv").read_text("utf-8").startswith("Nom de naissance;")


def test_a_demonstration_deleted_and_made_again_is_no_alteration(
    tmp_path: Path,
) -> None:
    first = make(tmp_path, NOW)
    shutil.rmtree(first)
    again = make(tmp_path, NOW)

    assert first != again
    assert again == make(tmp_path, NOW)
