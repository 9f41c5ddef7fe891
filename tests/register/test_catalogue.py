"""The catalogue: what it says is what the registers say, and it can be thrown away."""

from __future__ import annotations

import os
import random
import shutil
import stat
import time
from collections import Counter
from pathlib import Path

import pytest

from jury_tui.demo import FINISHED, READY, make
from jury_tui.i18n import folded
from jury_tui.register import catalogue as module
from jury_tui.register import names
from jury_tui.register.catalogue import Catalogue, Outcome
from jury_tui.register.latest import FOLDER, latest
from jury_tui.register.names import Hit, Named
from jury_tui.register.reading import read
from jury_tui.register.record import Record
from jury_tui.session.commands import parse
from jury_tui.session.session import Session
from tests.support import corpus
from tests.support.forging import NOW, changed, forged, numbers


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration and a dozen generated sessions. Not to be changed."""
    folder = tmp_path_factory.mktemp("sessions")
    make(folder, NOW)
    assert 12 == len(list(corpus.make(folder, 12, candidates=8, models=3)))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it to play with."""
    copy = tmp_path / "sessions"
    shutil.copytree(made, copy)
    return copy


@pytest.fixture
def known(folder: Path) -> Catalogue:
    """Its catalogue, up to date."""
    known = Catalogue.open(folder)
    known.refresh()
    return known


def session_of(folder: Path) -> Session:
    with Record.open(folder, write=False) as record:
        return record.session


class TestAnEntry:
    """Catalogue over a folder: candidate, certification, dates, state … always
    rebuildable from the registers."""

    def test_says_what_the_whole_session_says(self, known: Catalogue) -> None:
        assert 14 == len(known)
        for entry in known.entries():
            session = session_of(known.folder / entry.folder)
            files = session.files.values()
            outcomes = Counter(f.decision.outcome for f in files if f.decision)
            statuses = Counter(f.status.value for f in files)
            remaining = Counter(
                c for f in files if f.decision for c in f.decision.remaining
            )
            assert (
                session.id,
                session.certification,
                session.route,
                session.date,
                session.phase.value,
                session.number,
                len(files),
                sum(f.settled for f in files),
                outcomes["total"],
                outcomes["partial"],
                outcomes["none"],
                statuses["absent"],
                statuses["postponed"],
                session.count,
                session.opened_at,
                session.closed_at,
                session.at,
                session.fictitious,
                dict(remaining),
            ) == (
                entry.session,
                entry.certification,
                entry.route,
                entry.date,
                entry.phase,
                entry.number,
                entry.candidates,
                entry.done,
                entry.total,
                entry.partial,
                entry.none,
                entry.absent,
                entry.postponed,
                entry.count,
                entry.opened,
                entry.closed,
                entry.at,
                entry.fictitious,
                entry.remaining,
            )

    def test_follows_acts_that_are_undone(self, folder: Path) -> None:
        with Record.open(folder / READY) as record:
            do = record.do
            do(parse('{"do":"arrive","member":"m1"}'), now=NOW)
            before = len(record.session.files)
            do(
                parse(
                    '{"do":"register_candidate","candidate":'
                    '{"id":"","birth_name":"Perdu"}}'
                ),
                now=NOW,
            )
            do(parse('{"do":"undo"}'), now=NOW)
        known = Catalogue.open(folder)
        known.refresh()
        entry = known.get(READY)
        assert entry is not None
        assert before == entry.candidates
        assert [] == known.search("perdu")

    def test_keeps_no_free_text_and_no_name(self, known: Catalogue) -> None:
        data = (known.folder / FOLDER / "entries.json").read_bytes()
        session = session_of(known.folder / FINISHED)
        for file in session.files.values():
            assert file.candidate.birth_name.encode() not in data
            for text in (*file.reasons.values(), file.absent_reason):
                assert not text or text[:20].encode() not in data

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
    def test_is_readable_by_its_owner_only(self, known: Catalogue) -> None:
        place = known.folder / FOLDER
        assert 0o700 == stat.S_IMODE(place.stat().st_mode)
        for file in place.iterdir():
            assert 0o600 == stat.S_IMODE(file.stat().st_mode)


class TestRefreshing:
    """Kept up to date cheaply (size and date)."""

    def test_reads_what_changed_and_nothing_else(
        self, known: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken: list[Path] = []

        def counted(path: Path) -> object:
            taken.append(path)
            return read(path)

        monkeypatch.setattr(module, "read", counted)
        assert 0 == known.refresh()
        with Record.open(known.folder / READY) as record:
            record.do(parse('{"do":"excuse","member":"m4","reason":"x"}'), now=NOW)
        assert 1 == known.refresh()
        assert [READY] == [path.parent.name for path in taken]

    def test_forgets_what_is_gone(self, known: Catalogue) -> None:
        shutil.rmtree(known.folder / READY)
        assert 1 == known.refresh()
        assert known.get(READY) is None
        assert READY not in [hit.folder for hit in known.search("a")]

    def test_can_be_thrown_away(self, known: Catalogue) -> None:
        before = known.entries()
        shutil.rmtree(known.folder / FOLDER)
        again = Catalogue.open(known.folder)
        assert 0 == len(again)
        again.refresh()
        assert {e.folder for e in before} == {e.folder for e in again.entries()}

    def test_latest_ones_from_the_first_bytes(
        self, known: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        every = known.entries()
        path = known.folder / FOLDER / "entries.json"
        for size in (1 << 16, len(path.read_bytes()) - 1, 1500):
            monkeypatch.setattr("jury_tui.register.latest._BYTES", size)
            first = latest(known.folder)
            assert first is not None
            assert first.count == len(every)
            assert first.altered == sum(e.was_altered for e in every)
            assert first.entries == every[: len(first.entries)]
            assert (len(first.entries) == len(every)) == (size > 60_000)
        monkeypatch.setattr("jury_tui.register.latest._BYTES", 20)
        assert latest(known.folder) is None
        path.write_bytes(path.read_bytes().replace(b'"count":14,', b"", 1))
        monkeypatch.undo()
        assert latest(known.folder) is None
        assert Catalogue.open(known.folder).entries() == every

    @pytest.mark.parametrize("file", ["entries.json", "names.idx"])
    def test_survives_a_damaged_file(self, known: Catalogue, file: str) -> None:
        path = known.folder / FOLDER / file
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        again = Catalogue.open(known.folder)
        again.refresh()
        assert 14 == len(again)
        assert again.search("leroy")

    def test_opens_with_what_was_kept(self, known: Catalogue) -> None:
        again = Catalogue.open(known.folder)
        assert known.entries() == again.entries()
        assert 0 == again.refresh()

    def test_says_its_progress_and_stops(self, folder: Path) -> None:
        told: list[tuple[int, int]] = []
        known = Catalogue.open(folder)
        known.refresh(
            lambda done, total: told.append((done, total)),
            stopped=lambda: len(told) == 5,
        )
        assert [(n, 14) for n in range(1, 6)] == told
        assert 5 == len(known)
        known.refresh()
        assert 14 == len(known)

    def test_lists_an_altered_register_and_one_that_is_none(self, folder: Path) -> None:
        path = folder / FINISHED / "acts.jsonl"
        path.write_bytes(path.read_bytes()[:-9])
        (folder / "autre").mkdir()
        (folder / "autre" / "acts.jsonl").write_bytes(b"nothing\n")
        known = Catalogue.open(folder)
        known.refresh()
        damaged, strange = known.get(FINISHED), known.get("autre")
        assert damaged is not None
        assert damaged.altered
        assert strange is not None
        assert "unreadable" == strange.phase
        assert [FINISHED] == [e.folder for e in known.entries(verdict="altered")]

    def test_lists_a_register_with_a_time_of_no_place(self, folder: Path) -> None:
        path = folder / FINISHED / "acts.jsonl"
        acts = list(read(path).records)
        called = numbers(acts, "CandidateCalled")[0]
        bare = changed(acts, called, lambda act: act.update(at="2008-06-10T09:00:00"))
        path.write_bytes(forged(bare))
        known = Catalogue.open(folder)
        known.refresh()

        entry = known.get(FINISHED)
        assert entry is not None
        assert entry.altered

    def test_lives_in_memory_where_it_cannot_be_written(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(*_args: object) -> None:
            raise PermissionError(13, "no")

        monkeypatch.setattr(module, "write_whole", refused)
        known = Catalogue.open(folder)
        assert 14 == known.refresh()
        assert not known.save()
        assert known.search("leroy")

    def test_by_several_processes_says_the_same(self, known: Catalogue) -> None:
        shutil.rmtree(known.folder / FOLDER)
        again = Catalogue.open(known.folder)
        old, module._POOL_FROM = module._POOL_FROM, 1
        try:
            again.refresh(jobs=2)
        finally:
            module._POOL_FROM = old
        assert {e.folder: e.head for e in known.entries()} == {
            e.folder: e.head for e in again.entries()
        }


class TestSearching:
    """Candidate names (accents and case ignored)."""

    def test_finds_whom_a_simple_loop_finds(self, known: Catalogue) -> None:
        people = {
            entry.folder: [
                folded(
                    f"{f.candidate.birth_name} {f.candidate.use_name} "
                    f"{f.candidate.given_names} {f.candidate.file_number}"
                )
                for f in session_of(known.folder / entry.folder).files.values()
            ]
            for entry in known.entries()
        }
        for text in ("leroy", "LEFÈVRE", "aïcha mull", "2008-0003", "z", "absent"):
            words = folded(text).split()
            wanted = {
                folder: {p for p in those if all(w in p for w in words)}
                for folder, those in people.items()
            }
            found = {
                hit.folder: {one.said for one in hit.people}
                for hit in known.search(text)
            }
            assert {f: p for f, p in wanted.items() if p} == found

    @pytest.mark.parametrize(
        ("words", "outcome"),
        [
            ("validation totale", "total"),
            ("full", "total"),
            ("partielle", "partial"),
            ("partiel", "partial"),
            ("Partial validation", "partial"),
            ("aucune validation", "none"),
            ("refusée", "none"),
            ("absente", "absent"),
            ("reporté", "postponed"),
        ],
    )
    def test_a_verdict_finds_who_has_it(
        self, known: Catalogue, words: str, outcome: str
    ) -> None:
        """The prompt promised a verdict, and “partielle” found nothing."""
        those = [e.folder for e in known.entries() if getattr(e, outcome)]
        assert those == [e.folder for e in known.entries(text=words)]
        each = {e.folder: getattr(e, outcome) for e in known.entries()}
        found = {(h.folder, p) for h in known.search("2008") for p in h.people}
        wanted = {(f, p) for f, p in found if p.outcome == outcome}
        beside = known.search(f"{words} 2008")
        assert wanted == {(h.folder, p) for h in beside for p in h.people}
        assert each == {
            folder: sum(f == folder for f, _person in wanted) for folder in each
        }

    def test_a_name_is_told_as_it_is_written(self, known: Catalogue) -> None:
        """“Bonnet Zoe” was said of Zoé BONNET."""
        people = [p for hit in known.search("zoe", limit=None) for p in hit.people]
        assert people
        assert all("Zoé" in p.written and "zoe" in p.said for p in people)

    def test_an_older_index_is_made_anew_and_verdicts_stay(
        self, known: Catalogue
    ) -> None:
        """The first index of names held neither outcomes nor names as written."""
        entry = known.entries()[0]
        concluded = Outcome(
            folder=entry.folder,
            verdict="intact",
            breaches=0,
            undecided=0,
            at=NOW,
            count=entry.count,
            head=entry.head,
            size=entry.size,
        )
        known.concluded([concluded])
        assert known.save()
        found = known.search("zoe")
        place = known.folder / FOLDER
        older = (place / "entries.json").read_bytes()
        assert older.startswith(b'{"version":2,')
        older = older.replace(b'"version":2', b'"version":1', 1)
        (place / "entries.json").write_bytes(older)
        lines = (place / "names.idx").read_bytes().split(b"\n")
        (place / "names.idx").write_bytes(
            b"\n".join(line.split(b"\x02")[0] for line in lines)
        )

        shown = latest(known.folder)
        assert shown is not None
        assert len(known) == len(shown.entries)
        again = Catalogue.open(known.folder)
        assert len(known) == again.refresh()
        kept = again.get(entry.folder)
        assert kept is not None
        assert "intact" == kept.verdict
        assert {h.folder for h in found} == {h.folder for h in again.search("zoe")}
        assert again.search("zoe") == Catalogue.open(known.folder).search("zoe")

    def test_finds_nothing_for_nothing(self, known: Catalogue) -> None:
        assert [] == known.search("")
        assert [] == known.search(" \x01\n")
        assert [] == known.search("acts")

    def test_does_not_find_what_was_superseded(self, known: Catalogue) -> None:
        for number in range(8):
            with Record.open(known.folder / READY) as record:
                who = next(iter(record.session.files.values())).candidate
                card = f'{{"id":"{who.id}","birth_name":"Unique{number}"}}'
                record.do(
                    parse(f'{{"do":"amend_candidate","candidate":{card}}}'), now=NOW
                )
            known.refresh()
            one = Named(f"unique{number}", f"UNIQUE{number}")
            assert [Hit(READY, (one,))] == known.search("unique")
            assert known.search("unique") == Catalogue.open(known.folder).search(
                "unique"
            )

    def test_stops_at_its_limit(self, known: Catalogue) -> None:
        assert 3 == len(known.search("2008", limit=3))

    def test_ends_where_the_index_was_cut(self) -> None:
        people = (Named("dupont marie", "DUPONT Marie", "total"), Named("durand ana"))
        whole = names.block("s-1", people)

        for size in range(len(whole)):
            for word in ("a", "an", "ana"):
                hit = names.search_block("s-1", whole[:size], word)
                assert hit is None or all(word in one.said for one in hit.people)

    def test_the_index_is_cut_at_blocks_whatever_its_pieces(
        self, known: Catalogue, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = known.search("e", limit=None)
        for piece in (1, 7, 64, 1000):
            monkeypatch.setattr("jury_tui.register.names._PIECE", piece)
            assert whole == known.search("e", limit=None)


class TestListing:
    """Listing without opening all registers; filters and order."""

    def test_filters(self, known: Catalogue) -> None:
        codes = {e.certification for e in known.entries(certification="rncp5411")}
        assert {"RNCP5411"} == codes
        assert [] == known.entries(certification="RNCP1")
        assert [READY] == [e.folder for e in known.entries(phase="convened")]
        ready = known.get(READY)
        assert ready is not None
        assert [READY] == [e.folder for e in known.entries(since=ready.date)]
        assert READY in [e.folder for e in known.entries(text="demo-2008-06-24")]

    def test_sorts_the_latest_first(self, known: Catalogue) -> None:
        dates = [e.date for e in known.entries() if e.date is not None]
        assert sorted(dates, reverse=True) == dates
        sizes = [e.candidates for e in known.entries(sort="candidates", reverse=False)]
        assert sorted(sizes) == sizes

    def test_knows_the_numbers_in_use(self, known: Catalogue) -> None:
        assert set() == known.used_numbers("PV", 2008)
        with Record.open(known.folder / FINISHED) as record:
            number = '{"do":"number_minutes","number":"PV-2008-7"}'
            record.do(parse(number), now=NOW)
        known.refresh()
        assert {"PV-2008-7"} == known.used_numbers("PV", 2008)
        assert set() == known.used_numbers("PV", 2009)
        assert set() == known.used_numbers("AUTRE", 2008)


class TestWhatAnAuditConcluded:
    """… verdict: of the bytes that are there, and of no others."""

    def outcome(self, known: Catalogue, folder: str) -> Outcome:
        entry = known.get(folder)
        assert entry is not None
        return Outcome(
            folder=folder,
            verdict="irregular",
            breaches=2,
            undecided=0,
            at=NOW,
            count=entry.count,
            head=entry.head,
            size=entry.size,
        )

    def test_is_kept_while_the_register_stays(self, known: Catalogue) -> None:
        known.concluded([self.outcome(known, READY)])
        known.save()
        os.utime(known.folder / READY / "acts.jsonl", (time.time(),) * 2)
        again = Catalogue.open(known.folder)
        again.refresh()
        assert [READY] == [e.folder for e in again.entries(verdict="irregular")]

    def test_is_dropped_when_the_register_grows(self, known: Catalogue) -> None:
        known.concluded([self.outcome(known, READY)])
        with Record.open(known.folder / READY) as record:
            record.do(parse('{"do":"excuse","member":"m4","reason":"x"}'), now=NOW)
        known.refresh()
        assert [] == known.entries(verdict="irregular")

    def test_of_other_bytes_is_not_taken(self, known: Catalogue) -> None:
        wrong = self.outcome(known, READY)
        known.concluded(
            [
                Outcome(
                    folder=READY,
                    verdict="intact",
                    breaches=0,
                    undecided=0,
                    at=NOW,
                    count=wrong.count,
                    head="0" * 64,
                    size=wrong.size,
                )
            ]
        )
        entry = known.get(READY)
        assert entry is not None
        assert "" == entry.verdict


def test_generated_registers_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    """Seeded: a figure can be taken again."""
    template = corpus.Template(corpus.held(4))
    one, two = (template.register("s-1", random.Random(5)) for _ in range(2))
    assert one == two
