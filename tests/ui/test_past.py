"""Past sessions: a folder listed, searched, audited, replayed, added up."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui import canonical
from jury_tui.audit.statistics import Durations, Outcomes, Statistics
from jury_tui.i18n import set_language
from jury_tui.register import chain
from jury_tui.register.catalogue import Catalogue
from jury_tui.session.acts import Choice, to_record
from jury_tui.session.commands.voting import CountVotes
from jury_tui.ui import plots, settings, shelf
from jury_tui.ui.figures_text import drawn
from jury_tui.ui.replaying import Past, room
from jury_tui.ui.screens.auditing import AuditScreen
from jury_tui.ui.screens.candidate import CandidateScreen
from jury_tui.ui.screens.figures import FiguresScreen
from jury_tui.ui.screens.replay import ReplayScreen, past_of
from jury_tui.ui.screens.sessions import SessionsScreen
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.rows import RowsOnDemand
from jury_tui.ui.widgets.slider import track
from tests.support import corpus, screens
from tests.support.corpus import Template, held
from tests.support.screens import lines, press, text

ALTERED = 3
SIZES = [(80, 24), (60, 20)]
KEYS = ("", "v", "tab", "enter", "home", "pagedown", "f1", "escape", "escape", "t")
SEARCHED = {
    "zoé red": 6,
    "ZOE 10/06/2008": 6,
    "2008-00002": 1,
    "rncp5411 altérée": 1,
    "à signer": 5,
    "personne": 0,
    "validation totale": 5,
    "zoé totale": 5,
    "reporté": 0,
    " ": 6,
}
HOSTILE = "Zoé [red]\u202e=1+1 🎓"


@pytest.fixture(scope="module")
def template() -> Template:
    """One session of three candidates, which is not an example."""
    made = Template(held(3))
    made.bodies[0] = made.bodies[0].replace(b'"fictitious":true', b'"fictitious":false')
    made.bodies = [b.replace(b"@G1@", HOSTILE.encode()) for b in made.bodies]
    return made


@pytest.fixture
def folder(tmp_path: Path, template: Template) -> Path:
    """Six sessions, of which the third was altered."""
    sessions = tmp_path / "sessions"
    choose = random.Random(1)
    for number in range(1, 7):
        name = f"2008-{number:05d}"
        (sessions / name).mkdir(parents=True)
        data = template.register(name, choose)
        if number == ALTERED:
            data = broken(data)
        (sessions / name / "acts.jsonl").write_bytes(data)
    return sessions


def broken(data: bytes) -> bytes:
    """The same register with one digit of the act in the middle changed."""
    written = data.split(b"\n")
    middle = len(written) // 2
    written[middle] = written[middle].replace(b"2008-06-10T", b"2008-06-11T")
    return b"\n".join(written)


def blamed(folder: Path) -> int:
    """The act that the altered register is in doubt from."""
    return len(past_of(folder / f"2008-{ALTERED:05d}").acts) + 1


def fits(pilot: Pilot[None]) -> None:
    """Nothing is wider than the screen."""
    width, height = pilot.app.size
    shown = lines(pilot)
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}


def listed(pilot: Pilot[None], name: str = "sessions") -> Lines:
    """A list of the screen in front."""
    return pilot.app.screen.query_one(f"#{name}", Lines)


class TestList:
    """« folder of past sessions with search (candidate, certification, dates, state,
    verdict), thousands of them without a pause »."""

    async def test_drawn_from_the_catalogue(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Catalogue.open(folder).refresh()

        def unread(_path: Path) -> None:
            raise AssertionError

        monkeypatch.setattr("jury_tui.register.catalogue.read", unread)
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert len(listed(pilot).rows) == 6
            assert "6 séances · ✗ 1 registre altéré" in text(pilot)

    async def test_the_latest_are_in_the_first_painting(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The list of 20,000 sessions was painted empty, then when all were decoded."""
        Catalogue.open(folder).refresh()
        monkeypatch.setattr(SessionsScreen, "action_reload", lambda _screen: None)
        app = screens.app(folder)
        async with app.run_test(size=(120, 24)) as pilot:
            assert len(listed(pilot).rows) == 6
            assert "6 séances · ✗ 1 registre altéré" in text(pilot)
            assert text(pilot).count("RNCP") >= 5

    async def test_where_one_was_is_perhaps_not_among_the_latest(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Catalogue.open(folder).refresh()
        first = shelf.Shelf(folder).latest()
        assert first is not None
        last = first.rows[-1].key
        rows = RowsOnDemand(["other"], [""], lambda _index: first.rows[0])
        few = msgspec.structs.replace(first, rows=rows)
        monkeypatch.setattr(shelf.Shelf, "latest", lambda _shelf: few)
        kept = settings.Settings(last=last)
        monkeypatch.setattr(settings, "read", lambda _path: kept)
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert listed(pilot).key == last

    async def test_known_ones_are_shown_before_the_folder_is_read(
        self, folder: Path
    ) -> None:
        Catalogue.open(folder).refresh()
        shown: list[shelf.Shown] = []
        kept = shelf.Shelf(folder)
        (folder / "2008-00001/acts.jsonl").unlink()
        kept.keep_up(shown.append, lambda: False, jobs=lambda: 1)
        assert [(s.count, s.left) for s in shown] == [(6, -1), (5, 0)]

    async def test_stopped_at_once(self, folder: Path) -> None:
        shown: list[shelf.Shown] = []
        shelf.Shelf(folder).keep_up(shown.append, lambda: True, jobs=lambda: 1)
        assert shown == []

    async def test_search(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            for words, found in SEARCHED.items():
                await press(pilot, "ctrl+f", f">{words}", "enter")
                assert (words, len(listed(pilot).rows)) == (words, found)
                await press(pilot, "escape")
                assert len(listed(pilot).rows) == 6

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            *(("altérée", 1), ("altérés", 1), ("altérées", 1), ("altéré(e)", 1)),
            *(("juin 2008", 6), ("2008-06", 6), ("06/2008", 6), ("mai 2008", 0)),
        ],
    )
    async def test_words_are_found_in_any_form(
        self, folder: Path, words: str, found: int
    ) -> None:
        """“altérés”, “altéré(e)” and “juin 2008” found nothing; nor was it said what
        could be written."""
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "slash", f">{words}", "enter")
            assert len(listed(pilot).rows) == found
            assert found or "un jour ou un mois" in text(pilot)

    async def test_how_many_have_an_outcome(self, folder: Path) -> None:
        """Sessions were found, and not why."""
        app = screens.app(folder)
        async with app.run_test(size=(120, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "slash", ">totales", "enter")
            rows = listed(pilot).rows
            assert rows
            for row in rows:
                assert re.match(r"\d+ ✓ validation totale · ", row.cells[2].text)

    async def test_a_session_opens_at_whoever_was_found(self, tmp_path: Path) -> None:
        """Enter opened the session, where one had to search again; two of one name
        were not told apart."""
        for _time in range(2):
            screens.drafted(tmp_path / "sessions").close()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(120, 24)) as pilot:
            await screens.settle(pilot)
            assert "Certification" in lines(pilot)[1]
            await press(pilot, "slash", ">kaya", "enter")
            assert "Candidat trouvé" in lines(pilot)[1]
            for row in listed(pilot).rows:
                assert "KAYA Deniz 2008-0001 ·" in row.cells[2].text
            await press(pilot, "enter")
            assert isinstance(app.screen, CandidateScreen)
            assert app.screen.candidate == "c2"
            await press(pilot, "escape", "escape", "escape")
            assert "Certification" in lines(pilot)[1]

    async def test_the_cursor_is_seen_once_all_are_shown_again(
        self, tmp_path: Path
    ) -> None:
        """After a search, no ▸ was on the screen; the line below spoke of a session
        far away."""
        folder = tmp_path / "sessions"
        list(corpus.make(folder, 60, candidates=3, models=1))
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "slash", ">2008-0000", "enter", "end")
            assert len(listed(pilot).rows) == 9
            last = Path(listed(pilot).key).name
            await press(pilot, "escape")
            await screens.settle(pilot)
            assert Path(listed(pilot).key).name == last
            assert any("▸" in line for line in lines(pilot))

    async def test_what_an_empty_list_says_stands_one_below_the_other(
        self, folder: Path
    ) -> None:
        """A line began a cell further left than the one above."""
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "slash", ">personne", "enter")
            said = [x for x in lines(pilot)[2:-3] if x.strip()]
            assert len(said) > 2
            assert all(x.startswith(" ") and x[1] != " " for x in said)

    async def test_keys_without_room_on_their_bar_stand_beside_the_sum(
        self, folder: Path
    ) -> None:
        """« p Rejouer » did not fit at 80 columns, and nobody knew of it."""
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await pilot.pause()
            sum_ = next(x for x in lines(pilot) if x.startswith(" 6 séances"))
            assert "g Rejouer  t Chiffres" in sum_
            assert "Rejouer" not in lines(pilot)[-1]
            at = (sum_.index("Chiffres"), 0)
            await pilot.resize_terminal(120, 40)
            await pilot.pause()
            await pilot.pause()
            assert "g Rejouer  t Chiffres" in lines(pilot)[-1]
            assert text(pilot).count("Rejouer") == 1
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            await pilot.pause()
            await pilot.click("#step", offset=at)
            await screens.settle(pilot)
            assert isinstance(app.screen, FiguresScreen)
            # all of it is seen at once where there is room: nothing is further down
            await pilot.resize_terminal(200, 50)
            await pilot.pause()
            await pilot.pause()
            await press(pilot, "pagedown")
            assert "rien de plus à voir" in text(pilot)

    async def test_a_long_title_is_whole_on_a_wide_screen(self, tmp_path: Path) -> None:
        """« 2025-12-27-00060 · CQP-GRILLE · VAE · … (ficti… », with cells to spare."""
        folder = tmp_path / "sessions"
        record = screens.drafted(folder, 1, certification="CQP-GRILLE")
        path = record.path
        record.close()
        path.rename(path.with_name("2025-12-27-00060"))
        app = screens.app(folder)
        async with app.run_test(size=(200, 50)) as pilot:
            await screens.settle(pilot)
            row = next(x for x in lines(pilot) if x.startswith("▸"))
            assert "2025-12-27-00060 · exemple · CQP-GRILLE · VAE · Certificat" in row
            assert "(fictif)" in row
            assert "…" not in row

    @pytest.mark.parametrize(("tongue", "mark"), [("fr", "n° 2"), ("en", "#2")])
    async def test_no_number_of_the_day_is_cut(
        self, tmp_path: Path, tongue: str, mark: str
    ) -> None:
        """« example · RNCP5411 no. … »: English had a longer sign for it."""
        set_language(tongue)
        for _number in range(2):
            screens.drafted(tmp_path / "sessions", 1).close()
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert sum(mark in row for row in lines(pilot)[2:-6]) == 1

    async def test_what_tells_sessions_apart_is_not_cut(self, tmp_path: Path) -> None:
        """In the audit, two sessions of a day were cut to one name; no example was
        told from a real session in the list."""
        folder = tmp_path / "sessions"
        for _number in range(2):
            screens.drafted(folder, 1).close()
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            rows = [x for x in lines(pilot) if "10/06/2008" in x]
            assert ["n° 2" in row for row in rows] == [True, False]
            assert all("exemple" in row for row in rows)
            await press(pilot, "v")
            rows = [x for x in lines(pilot) if "10/06/2008" in x]
            assert sorted("RNCP5411 n° 2 · VAE" in row for row in rows) == [False, True]
            await press(pilot, "escape", "ctrl+f", ">exemple n° 2", "enter")
            assert len(listed(pilot).rows) == 1
            await press(pilot, "enter")
            assert lines(pilot)[0].startswith(" Séances › RNCP5411 n° 2 10/06/2008 › ")

    async def test_opened_again_with_what_was_written(self, tmp_path: Path) -> None:
        record = screens.convened(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert "convoquée" in text(pilot)
            record.close()
            (record.path / "acts.jsonl").write_bytes(b"\x00")
            await press(pilot, "r")
            assert "✗" in text(pilot)


class TestAudit:
    """« the altered sessions named first with sign and word »; « findings of the audit
    with the act they blame »."""

    async def test_altered_first_and_replayed_at_its_act(self, folder: Path) -> None:
        act = blamed(folder)
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v")
            reports = listed(pilot, "reports")
            assert "✗ altérée" in reports.line
            assert "2008-00003" in reports.line
            assert f"acte {act}" in text(pilot)
            await press(pilot, "enter")
            assert isinstance(app.screen, ReplayScreen)
            assert listed(pilot, "acts").key == str(act)
            # “acte 4 sur 4”, of which 134 follow
            last = act - 1
            assert re.search(
                rf"acte {act} sur \d+, lisible jusqu’au {last}", text(pilot)
            )
            assert "douteux" in text(pilot)
            await press(pilot, "left")
            assert listed(pilot, "acts").key == str(act - 1)
            await press(pilot, "home", "end", "escape")
            assert isinstance(app.screen, AuditScreen)
            assert len(listed(pilot, "reports").rows) == 6

    async def test_each_finding_opens_at_its_act(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v", "end", "tab", "down")
            screen = app.screen
            assert isinstance(screen, AuditScreen)
            finding = screen._finding()
            assert finding is not None
            await press(pilot, "enter")
            assert listed(pilot, "acts").key == str(finding.act)
            await press(pilot, "o")
            assert app.record is not None
            assert not app.record.busy

    async def test_verdicts_reach_the_list(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(120, 40)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v", "escape")
            kept = Catalogue.open(folder).entries()
            assert [e.verdict for e in kept].count("altered") == 1
            verdict = shelf.verdict_of(kept[0])[1]
            assert verdict
            shown = [row for row in listed(pilot).rows if verdict in row.cells[5].text]
            assert len(shown) == 5
            assert text(pilot).count(verdict) == 6  # and once in full, beneath
            await press(pilot, "ctrl+f", f">{verdict}", "enter")
            assert len(listed(pilot).rows) == 5

    async def test_stopped_and_gone_on_with(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from jury_tui.audit import folder as room

        audited = room.audit_folder

        def two(path: Path, **how: object) -> room.FolderReport:
            seen: Iterator[int] = iter(range(9))
            if not how["resume"]:
                how["stopped"] = lambda: next(seen) >= 1
            return audited(path, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(room, "audit_folder", two)
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v")
            assert "arrêtée à 2 sur 6\N{NO-BREAK SPACE}: [r] reprend" in text(pilot)
            await press(pilot, "r")
            screen = app.screen
            assert isinstance(screen, AuditScreen)
            assert (len(screen.stage.reports), screen.stage.reused) == (6, 2)
            assert not screen.possible("resume")

    async def test_empty_folder(self, tmp_path: Path) -> None:
        (tmp_path / "none").mkdir()
        app = screens.app(tmp_path / "none")
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            app.push_screen(AuditScreen(tmp_path / "none"))
            await screens.settle(pilot)
            await press(pilot, "enter", "tab", "enter")
            assert "Aucune séance à vérifier" in text(pilot)


class TestReplay:
    """« replay it act by act […], the room and counts as they stood »."""

    def test_at_is_what_a_replay_says(self) -> None:
        from jury_tui.session.folding import replay

        acts = held(3)
        past = Past(acts)
        for count in (0, 1, 31, 32, 33, len(acts), len(acts) + 5):
            assert past.at(count) == replay(acts[:count])

    def test_several_others_are_in_the_plural(self, tmp_path: Path) -> None:
        """« 6 voix pour, 0 contre, 2 autre »."""
        record = screens.deliberating(tmp_path / "sessions", 1)
        others = {"m1": Choice.ABSTENTION, "m2": Choice.ABSTENTION}
        count = CountVotes(component="a", all=Choice.FOR, except_=others)
        record.do(count, now=screens.START)
        said = room(record.session).plain
        record.close()
        assert "0 contre, 2 autres" in said

    async def test_what_is_in_doubt_is_said_once(self, folder: Path) -> None:
        """The refusal to open it stood below the same sentence; « la salle telle
        qu’elle était avant », where nothing can be followed."""
        (folder / "2008-00001" / "acts.jsonl").write_bytes(b"\x00" * 50)
        app = screens.app(folder)
        async with app.run_test(size=(120, 40)) as pilot:
            await screens.settle(pilot)
            shown = listed(pilot, "sessions")
            for name, there in (("2008-00003", True), ("2008-00001", False)):
                found = next(n for n, r in enumerate(shown.rows) if name in r.key)
                shown.go(found)
                await press(pilot, "enter")
                assert isinstance(app.screen, ReplayScreen)
                said = " ".join(text(pilot).split())
                fault = app.screen.past.fault
                assert said.count(" ".join(fault.split())) == 1
                assert not app.notice.text
                assert ("La salle est montrée" in said) is there
                await press(pilot, "escape")

    async def test_the_act_in_doubt_is_not_said_missing(self, folder: Path) -> None:
        """« il manque l’acte 12 … Tel qu’il est, l’acte 12 dit »: what is remembered
        elsewhere speaks of an act that is gone, the register of the one there."""
        act = blamed(folder)
        path = folder / f"2008-{ALTERED:05d}"
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            blame = {act: "Il manque."}
            app.push_screen(ReplayScreen(path, act=act, blamed=blame))
            await screens.settle(pilot)
            assert f"acte {act} a été changé" in " ".join(text(pilot).split())
            assert "Il manque." not in text(pilot)

    def test_what_is_no_register(self, tmp_path: Path) -> None:
        assert past_of(tmp_path).fault
        (tmp_path / "acts.jsonl").write_bytes(b"\xff\x00" * 20)
        past = past_of(tmp_path)
        assert past.fault
        assert past.acts == ()

    def test_acts_that_nothing_leads_to(self, tmp_path: Path) -> None:
        body = canonical.encode(to_record(held(3)[-1]))
        (tmp_path / "acts.jsonl").write_bytes(chain.line(chain.start("x"), [body])[1])
        assert past_of(tmp_path).fault

    @pytest.mark.parametrize(
        ("count", "total", "drawn_"), [(1, 4, "━●────"), (4, 4, "━━━━━●")]
    )
    def test_track(self, count: int, total: int, drawn_: str) -> None:
        assert len(track(count, total, 6)) == len(drawn_)
        assert track(count, total, 6).count("●") == 1
        assert track(0, 0, 6) == "●─────"


class TestFigures:
    """« statistics over sessions drawn as plots (outcomes by year, by certification,
    partials by component, durations, composition breaches) »."""

    async def test_of_the_folder_and_of_what_was_searched(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v", "escape", "t")
            assert isinstance(app.screen, FiguresScreen)
            figures = app.screen.figures
            assert figures is not None
            assert figures.sessions == 6
            assert "Résultats par année" in text(pilot)
            await press(pilot, "escape", "ctrl+f", ">2008-00001", "enter", "t")
            assert isinstance(app.screen, FiguresScreen)
            assert app.screen.figures is not None
            assert app.screen.figures.sessions == 1
            assert "«\N{NO-BREAK SPACE}2008-00001\N{NO-BREAK SPACE}»" in text(pilot)

    @pytest.mark.parametrize("width", [60, 80, 200])
    def test_fits(self, width: int) -> None:
        some = Outcomes(total=9999, partial=1, none=77777)
        time = Durations(sessions=3, session=95, longest=600, candidate_seconds=1500)
        figures = Statistics(
            sessions=3,
            phases={},
            verdicts={},
            candidates=some,
            by_year={0: Outcomes(total=1), 2008: some},
            by_certification={"山" * 40: some, "": Outcomes(none=3)},
            remaining={"RNCP5411": {"a" * 30: 12345, "b": 1}},
            durations=time,
            durations_by_year={2008: time},
            breaches={2008: (2, 3), 2009: (0, 3), 2010: (0, 0)},
        )
        shown = drawn(figures, width).plain
        assert max(map(cell_len, shown.splitlines())) <= width
        for said in ("sans date", "1 h 35 min", "✗", "✓", "12\u202f345", "2 sur 3"):
            assert said.removesuffix(" min") in shown

    def test_nothing_found_is_no_good_news_of_what_was_not_judged(self) -> None:
        """“✓ 0 sur 997 vérifiées”, where nearly all could not be decided; “7976”, and
        “0 min” from call to decision."""
        some = Outcomes(total=7976)
        time = Durations(sessions=3, session=0, longest=95, candidate_seconds=0)
        figures = Statistics(
            sessions=1000,
            phases={},
            verdicts={},
            candidates=some,
            by_year={2008: some},
            by_certification={},
            remaining={},
            durations=time,
            durations_by_year={2008: time},
            breaches={2008: (0, 997)},
            undecided={2008: 850},
        )
        shown = drawn(figures, 80).plain.replace("\u00a0", " ")
        assert "1\u202f000 séances · 7\u202f976 candidats" in shown
        assert "? 0 sur 997 vérifiées" in shown
        assert "✓" not in shown
        assert "850 autres séances ne se jugent pas" in " ".join(shown.split())
        assert "moins d’une minute" in shown
        assert "0 min\n" not in shown
        assert "en moyenne" not in shown

    def test_numbers_add_up_to_the_candidates(self) -> None:
        """Who was absent, put off or awaited was counted above, and shown nowhere."""
        some = Outcomes(total=3, partial=2, none=1, absent=4, postponed=1, pending=2)
        figures = Statistics(
            sessions=1,
            phases={},
            verdicts={},
            candidates=some,
            by_year={2008: some, 2009: Outcomes(absent=5)},
            by_certification={},
            remaining={},
            durations=Durations(),
            durations_by_year={},
            breaches={},
        )
        shown = drawn(figures, 78).plain
        assert "1 séance · 13 candidats" in shown
        assert "totales 3, partielles 2, refus 1." in shown
        assert "absents 4, reportés 1, pas encore jugés 2." in " ".join(shown.split())
        rows = {
            words[0]: words[1:6]
            for words in map(str.split, shown.splitlines())
            if words
        }
        assert rows["2008"] == ["3", "2", "1", "7", "13"]
        assert rows["2009"] == ["0", "0", "0", "5", "5"]
        assert "· sans décision" in shown

    def test_stack(self) -> None:
        assert plots.stack((2, 0, 1), 3, 9) == (6, 0, 3)
        assert plots.stack((1000, 1, 0), 1001, 10) == (9, 1, 0)
        assert plots.stack((1,), 0) == (0,)

    def test_whole_bars_are_in_proportion(self) -> None:
        """Each part was rounded down: of 858 and 819 one bar was as long as another."""
        longest = plots.stack((312, 546, 0), 858, 24)
        assert sum(longest) == 24
        assert sum(plots.stack((117, 585, 117), 858, 24)) == round(819 * 24 / 858)
        assert plots.stack((1, 1, 1), 1000, 10) == (1, 1, 1)
        assert plots.stack((0, 999, 1), 1000, 10) == (0, 9, 1)

    def test_in_two_columns_where_there_is_room(self) -> None:
        some = Outcomes(total=2, partial=1)
        figures = Statistics(
            sessions=1,
            phases={},
            verdicts={},
            candidates=some,
            by_year={2008: some},
            by_certification={"RNCP5411": some},
            remaining={"RNCP5411": {"a": 1}},
            durations=Durations(),
            durations_by_year={},
            breaches={},
        )
        wide, narrow = drawn(figures, 198).plain, drawn(figures, 118).plain
        assert len(wide.splitlines()) < len(narrow.splitlines())
        for shown in (wide, narrow):  # a certification is whole, below its code
            assert "Chargé d’information, d’accueil et d’orientation" in shown


class TestFit:
    """« works at 60×20 », hostile names, both languages."""

    @pytest.mark.parametrize("tongue", ["fr", "en"])
    @pytest.mark.parametrize("size", SIZES)
    async def test_every_screen(
        self, folder: Path, size: tuple[int, int], tongue: str
    ) -> None:
        set_language(tongue)
        app = screens.app(folder)
        seen: list[str] = []
        told: list[str] = []
        async with app.run_test(size=size) as pilot:
            await screens.settle(pilot)
            for keys in KEYS:
                await press(pilot, *keys.split())
                fits(pilot)
                seen.append(text(pilot))
                if keys == "home":
                    told = [r.cells[2].text for r in listed(pilot, "acts").rows]
        whole = "\n".join(seen)
        words = ("Audit", "altered", "Replay", "Outcomes by year")
        french = ("Vérification", "altérée", "Rejouer", "Résultats par année")
        other = {"fr": words[1:], "en": french}[tongue]
        assert all(word in whole for word in (words if tongue == "en" else french))
        assert not any(word in whole for word in other)
        assert "\u202e" not in whole
        assert any("[red]" in words for words in told)
