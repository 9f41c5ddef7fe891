"""What was published: the workbook, its signatures, mentions, deadlines, codes."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from jury_tui.audit import Report, Verdict, audit
from jury_tui.audit.audited import Anchored
from jury_tui.audit.auditing import judge
from jury_tui.demo import FINISHED, make
from jury_tui.i18n import short_date
from jury_tui.minutes import renderer, technical
from jury_tui.minutes.closing import deadlines
from jury_tui.minutes.publishing import publish
from jury_tui.register import headcode
from jury_tui.register.record import Record
from jury_tui.session.acts import to_record
from jury_tui.session.folding import replay
from jury_tui.signing import archive as zips
from tests.support.forging import NOW, Acts, audited, forged, numbers
from tests.support.sittings import Sitting, opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration, its minutes exported. Not to be changed."""
    place = tmp_path_factory.mktemp("publication")
    make(place / "sessions", NOW)
    with Record.open(place / "sessions" / FINISHED) as record:
        publish(record, sessions=place / "sessions", target=place / "out", now=NOW)
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """A copy of it to play with."""
    shutil.copytree(made, tmp_path / "p")
    return tmp_path / "p"


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook with some text of its sheets changed."""
    return zips.write(
        zips.stored(name, entry.data.replace(old, new))
        for name, entry in zips.read(data).items()
    )


def looked(place: Path) -> Report:
    return audit(place / "sessions" / FINISHED, now=NOW, exports=place / "out")


def said(report: Report, check: str) -> list[tuple[str, int | None]]:
    return [(f.severity.value, f.act) for f in report.of(check)]


class TestTheWorkbook:
    """The exported workbook against the register cell by cell; found by its digest."""

    def test_as_it_was_exported(self, place: Path) -> None:
        report = looked(place)
        assert (Verdict.INTACT, []) == (report.verdict, said(report, "exports"))
        assert 1 == len(report.files)

    def test_exported_again_with_nothing_changed_is_the_same(self, place: Path) -> None:
        workbook = next((place / "out").iterdir())
        before = workbook.read_bytes()
        with Record.open(place / "sessions" / FINISHED) as record:
            count = len(record.acts)
            again = publish(
                record, sessions=place / "sessions", target=place / "out", now=NOW
            )
            assert (count, workbook) == (len(record.acts), again.path)
        assert before == workbook.read_bytes()

    def test_under_another_name(self, place: Path) -> None:
        workbook = next((place / "out").iterdir())
        workbook.rename(workbook.with_name("autre nom.xlsx"))
        report = looked(place)
        assert Verdict.INTACT is report.verdict
        assert ["note"] == [severity for severity, _ in said(report, "exports")]

    def test_lost(self, place: Path) -> None:
        next((place / "out").iterdir()).unlink()
        report = looked(place)
        assert Verdict.INTACT is report.verdict
        assert ["warning"] == [severity for severity, _ in said(report, "exports")]

    def test_with_a_cell_changed(self, place: Path) -> None:
        workbook = next((place / "out").iterdir())
        changed = rewritten(workbook.read_bytes(), b"MARCHAND", b"MARCHANT")
        assert changed != workbook.read_bytes()
        workbook.write_bytes(changed)
        report = looked(place)
        assert Verdict.ALTERED is report.verdict
        assert "altered" == said(report, "exports")[0][0]

    def test_worded_otherwise_by_a_later_version(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A sentence put better must not accuse minutes signed years before."""
        monkeypatch.setattr(renderer, "fingerprint", lambda: "f" * 16)
        monkeypatch.setattr(technical, "_", lambda sentence: f"{sentence} (v2)")
        report = looked(place)
        assert (Verdict.INTACT, ["warning"]) == (
            report.verdict,
            [severity for severity, _act in said(report, "exports")],
        )

    def test_changed_is_altered_whatever_version_wrote_it(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(renderer, "fingerprint", lambda: "f" * 16)
        workbook = next((place / "out").iterdir())
        data = rewritten(workbook.read_bytes(), b"MARCHAND", b"MARCHANT")
        workbook.write_bytes(data)
        assert Verdict.ALTERED is looked(place).verdict

    def test_worded_otherwise_by_this_version_is_a_breach(
        self, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(technical, "_", lambda sentence: f"{sentence} (v2)")
        assert Verdict.INTACT is not looked(place).verdict

    def test_that_is_none(self, place: Path) -> None:
        workbook = next((place / "out").iterdir())
        workbook.write_bytes(b"PK\3\4 nothing of the sort")
        assert Verdict.ALTERED is looked(place).verdict

    def test_is_said_not_to_have_been_looked_at(self, place: Path) -> None:
        report = audit(place / "sessions" / FINISHED, now=NOW)
        assert Verdict.INTACT is report.verdict
        assert [("warning", None)] == said(report, "exports")


class TestTheCodeOnPaper:
    """The head code on screen and in the minutes."""

    def test_is_that_of_an_act(self, made: Path) -> None:
        session = made / "sessions" / FINISHED
        with Record.open(session, write=False) as record:
            heads = [head for head in record.register.heads if head]
        for typed in (headcode.code(heads[0]), headcode.code(heads[-1]).lower()):
            report = audit(session, now=NOW, codes=[typed])
            assert Verdict.INTACT is report.verdict

    def test_of_another_register_is_said(self, made: Path) -> None:
        report = audit(
            made / "sessions" / FINISHED, now=NOW, codes=[headcode.code("0" * 64)]
        )
        assert (Verdict.ALTERED, "anchors") == (
            report.verdict,
            report.findings[0].check,
        )

    def test_mistyped_is_said(self, made: Path) -> None:
        report = audit(made / "sessions" / FINISHED, now=NOW, codes=["abc"])
        assert Verdict.IRREGULAR is report.verdict


class TestMandatoryMentions:
    """Mandatory mentions and reasons, sign-in of each voter."""

    def test_a_voter_who_did_not_sign_in(self, acts: Acts) -> None:
        number = numbers(acts, "MemberSignedIn", member="m7")[0]
        without = [*acts[: number - 1], *acts[number:]]
        report = audited(forged(without))
        assert ["warning"] == [severity for severity, _ in said(report, "sign-in")]

    def test_is_a_breach_once_exported(self, acts: Acts) -> None:
        number = numbers(acts, "MemberSignedIn", member="m7")[0]
        at = acts[-1]["at"]
        export = [
            {"type": "MinutesNumbered", "number": "X-2008-1", "at": at},
            {
                "type": "MinutesExported",
                "file": "X-2008-1.xlsx",
                "sha256": "0" * 64,
                "at": at,
            },
        ]
        report = audited(forged([*acts[: number - 1], *acts[number:], *export]))
        assert Verdict.IRREGULAR is report.verdict
        assert ["breach"] == [severity for severity, _ in said(report, "sign-in")]

    def test_a_reason_left_out(self, acts: Acts) -> None:
        number = numbers(acts, "ReasonGiven", candidate="c4", component="b")[0]
        report = audited(forged([*acts[: number - 1], *acts[number:]]))
        assert ["c4"] == [f.candidate for f in report.of("reasons")]


class TestDeadlines:
    """15 days / 3 months where that law applied, days left/overdue versus now."""

    def report(self, now: dt.datetime, start: str) -> Report:
        on = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
        sitting = Sitting(on=on).appoint().register(1, parcours_start=start).open()
        sitting.deliberate().settle()
        data = forged([to_record(act) for act in sitting.acts])
        return judge(data, Path("acts.jsonl"), now=now, anchored=Anchored())

    def test_are_counted_from_the_sitting(self) -> None:
        report = self.report(
            dt.datetime(2026, 11, 12, tzinfo=dt.UTC), start="2025-09-01"
        )
        first, second = (f.text.replace("\u00a0", " ") for f in report.of("deadlines"))
        assert "17/11/2026 (jours restants : 5)" in first
        assert "02/02/2027" in second

    def test_are_said_to_be_over(self) -> None:
        report = self.report(dt.datetime(2027, 3, 1, tzinfo=dt.UTC), start="2025-09-01")
        assert [True, True] == ["devaient" in f.text for f in report.of("deadlines")]

    def test_of_a_law_that_did_not_apply_are_not_said(self, acts: Acts) -> None:
        assert [] == said(audited(forged(acts)), "deadlines")

    @pytest.mark.parametrize("start", ["2023-12-31", "2024-01-01", ""])
    def test_are_those_that_the_minutes_print(self, start: str) -> None:
        on = dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)
        more = {"parcours_start": start} if start else {}
        sitting = Sitting(on=on).appoint().register(1, **more).open()
        sitting.deliberate().settle()
        report = audited(forged([to_record(act) for act in sitting.acts]))
        printed = [short_date(d.due) for d in deadlines(replay(sitting.acts)) if d.due]
        texts = [f.text for f in report.of("deadlines")]
        assert len(printed) == len(texts)
        assert all(day in text for day, text in zip(printed, texts, strict=True))


class TestASittingOfTests:
    """The builder's own sessions are lawful: other tests rest on it."""

    def test_is_intact(self) -> None:
        sitting = opened(2)
        sitting.deliberate("c1").settle()
        report = audited(forged([to_record(act) for act in sitting.acts]))
        assert Verdict.INTACT is report.verdict
