"""The auditor: a folder of years in which three registers were altered, by keys."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.audit import Report, audit
from jury_tui.audit.report import AuditFinding, Severity, Verdict
from jury_tui.audit.words import counted_words, grouped, paragraphs
from jury_tui.cli import main
from jury_tui.i18n import set_language
from jury_tui.session.acts import CandidateCalled
from jury_tui.session.session import Session
from jury_tui.ui.replaying import CHANGED, first_changed, next_call, room
from jury_tui.ui.screens.auditing import AuditScreen
from jury_tui.ui.screens.figures import FiguresScreen
from jury_tui.ui.screens.replay import ReplayScreen, past_of
from jury_tui.ui.verdicts import first_blamed, seconds
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.slider import Slider, track
from tests.support import corpus, screens
from tests.support.corpus import held
from tests.support.screens import START, lines, press, text

SESSIONS = 40
SPAN = range(2007, 2010)
ALTERED = {3: corpus.flipped, 20: corpus.cut, 35: corpus.forged}
WORDS = {
    "fr": ("Vérification", "3 altérées", "fin coupée", "À l’examen", "totale"),
    "en": ("Audit", "3 altered", "cut off", "On the table", "total"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Years of sessions, and the three that were altered, each with how."""
    folder = tmp_path_factory.mktemp("years") / "sessions"
    names = list(corpus.years(folder, SESSIONS, candidates=3, span=SPAN))
    how = {}
    for number, change in ALTERED.items():
        path = folder / names[number] / "acts.jsonl"
        path.write_bytes(change(path.read_bytes()))
        how[change.__name__] = names[number]
    return folder, how


@pytest.fixture
def folder(made: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """A copy of its own, in which nothing was audited yet."""
    copy = tmp_path / "sessions"
    shutil.copytree(made[0], copy, copy_function=shutil.copy)
    return copy


def listed(pilot: Pilot[None], name: str = "sessions") -> Lines:
    """A list of the screen in front."""
    return pilot.app.screen.query_one(f"#{name}", Lines)


def fits(pilot: Pilot[None]) -> None:
    """Nothing is wider than the screen."""
    width, height = pilot.app.size
    shown = lines(pilot)
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}


class TestAuditor:
    """« audit a folder […] in which 3 were altered », by one who reads the screen."""

    @pytest.mark.parametrize(
        ("tongue", "size"),
        [("fr", (80, 24)), ("en", (120, 40)), ("fr", (60, 20)), ("en", (80, 24))],
    )
    async def test_the_three_are_found_and_understood(
        self,
        folder: Path,
        made: tuple[Path, dict[str, str]],
        size: tuple[int, int],
        tongue: str,
    ) -> None:
        set_language(tongue)
        acts = {n: len(past_of(folder / n).acts) for n in made[1].values()}
        at = {}
        seen = []
        app = screens.app(folder)
        async with app.run_test(size=size) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v")
            for step in range(3):
                await press(pilot, *["home", *["down"] * step])
                fits(pilot)
                seen.append(text(pilot))
                await press(pilot, "enter")
                screen = app.screen
                assert isinstance(screen, ReplayScreen)
                at[screen.path.name] = int(listed(pilot, "acts").key)
                fits(pilot)
                seen.append(text(pilot))
                await press(pilot, "escape")
            await press(pilot, "t")
            fits(pilot)
            seen.append(text(pilot))
        assert set(at) == set(made[1].values())
        flipped, cut, forged = (made[1][f.__name__] for f in ALTERED.values())
        assert at[flipped] == acts[flipped] + 1
        assert at[cut] == acts[cut] + 1
        assert 1 < at[forged] < acts[forged]
        whole = "\n".join(seen)
        for word in WORDS[tongue]:
            assert word in whole
        for word in WORDS["en" if tongue == "fr" else "fr"][1:4]:
            assert word not in whole

    async def test_every_key_of_the_audit(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v")
            screen = app.screen
            assert isinstance(screen, AuditScreen)
            assert not screen.possible("stop")
            whole = screen.copyable()
            assert "✗ altérée" in whole
            assert "À faire\N{NO-BREAK SPACE}: " in whole
            await press(pilot, "tab")
            assert listed(pilot, "findings").has_focus
            one = screen.copyable()
            assert one
            assert one in whole
            await press(pilot, "ctrl+y", "tab")
            assert one.splitlines()[1] in screen.copyable()
            await press(pilot, "down", "pagedown", "home", "tab")
            assert listed(pilot, "reports").has_focus
            await press(pilot, "t", "escape")
            assert app.screen is screen
            await press(pilot, "escape")
            assert app.screen is not screen

    async def test_stops_while_the_first_are_read(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """How many, that it may be stopped and how, before any report has come."""
        from jury_tui.audit import folder as room_

        told: list[str] = []
        audited = room_.audit_folder

        def looked_at(path: Path, **how: object) -> room_.FolderReport:
            screen = app.screen
            assert isinstance(screen, AuditScreen)
            app.call_from_thread(
                lambda: told.extend(cell.text for cell in screen._progress())
            )
            return audited(path, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(room_, "audit_folder", looked_at)
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v")
        assert f"0/{SESSIONS}" in told[0]
        assert "[s] arrête" in "".join(told)

    async def test_stopped_by_a_key(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What s says at once, and what is kept."""
        from jury_tui.audit import folder as room_

        audit_one = room_.audit_one
        done = 0
        pressed, seen = Event(), Event()

        def slow(task: room_.Task) -> Report:
            nonlocal done
            done += 1
            if done == 10:
                pressed.set()
                assert seen.wait(20)
            return audit_one(task)

        monkeypatch.setattr(room_, "audit_one", slow)
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await pilot.press("v")
            while not pressed.is_set():
                await pilot.pause(0.01)
            await pilot.press("s")
            await pilot.pause()
            said = text(pilot)
            seen.set()
            await screens.settle(pilot)
            assert "arrêt en cours…" in said
            screen = app.screen
            assert isinstance(screen, AuditScreen)
            while not screen.stage.over:  # the thread goes on after its worker
                await pilot.pause(0.01)
            assert len(screen.stage.reports) == 10
            await press(pilot, "r")
            assert (screen.stage.reused, screen.stage.total) == (10, SESSIONS)

    async def test_search(
        self, folder: Path, made: tuple[Path, dict[str, str]]
    ) -> None:
        """« search (candidate, certification, dates, state, verdict) »."""
        name = made[1]["forged"]
        card = next(iter(past_of(folder / name).session.files.values())).candidate
        app = screens.app(folder)
        async with app.run_test(size=(120, 40)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "v", "escape")
            for words, wanted in {
                f"{card.birth_name} {card.given_names}".upper(): name,
                f"{name[:4]} altérée": name,
                f"à signer accueil {name[:4]}": None,
                "intacte CQP-GRILLE": None,
            }.items():
                await press(pilot, "ctrl+f", f">{words}", "enter")
                found = listed(pilot).rows
                assert 0 < len(found) < SESSIONS
                assert wanted is None or any(r.key.endswith(wanted) for r in found)
                await press(pilot, "escape")
            assert "Chargé d’" in text(pilot) or "Chargé d'" in text(pilot)

    async def test_whoever_was_found_is_named(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(120, 40)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "ctrl+f", ">hélène le", "enter")
            found = listed(pilot).rows
            assert found
            assert all("Hélène" in row.cells[2].text for row in found)

    async def test_the_latest_stays_under_the_cursor(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert listed(pilot).cursor == 0


class TestReplay:
    """« replay it act by act with a slider, the room and counts as they stood »."""

    async def test_every_key(
        self, folder: Path, made: tuple[Path, dict[str, str]]
    ) -> None:
        path = folder / made[1]["forged"]
        acts = past_of(path).acts
        calls = [n for n, a in enumerate(acts, 1) if isinstance(a, CandidateCalled)]
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            app.push_screen(ReplayScreen(path, blamed={5: "pourquoi", 9: "aussi"}))
            await screens.settle(pilot)
            cursor = listed(pilot, "acts")
            assert cursor.key == str(len(acts))
            await press(pilot, "b")
            assert cursor.key == "5"
            assert "! pourquoi" in text(pilot)
            await press(pilot, "b")
            assert cursor.key == "9"
            await press(pilot, "home", "right", "right", "left")
            assert cursor.key == "2"
            for call in calls:
                await press(pilot, "pagedown")
                assert cursor.key == str(call)
            await press(pilot, "pagedown")
            assert cursor.key == str(len(acts))
            await press(pilot, "pageup", "pageup")
            assert cursor.key == str(calls[-2])
            await press(pilot, "end")
            assert cursor.key == str(len(acts))
            # What the anchors do not know again is not opened, and says why.
            await press(pilot, "o")
            assert app.record is None
            assert "altéré" in text(pilot)

    async def test_mouse(self, folder: Path, made: tuple[Path, dict[str, str]]) -> None:
        path = folder / made[1]["forged"]
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            app.push_screen(ReplayScreen(path))
            await screens.settle(pilot)
            total = len(listed(pilot, "acts").rows)
            await pilot.mouse_down("#slider", offset=(1, 0))
            await screens.settle(pilot)
            assert listed(pilot, "acts").cursor == 0
            await pilot.hover("#slider", offset=(26, 0))
            await screens.settle(pilot)
            assert 0 < listed(pilot, "acts").cursor < total - 1
            await pilot.hover("#slider", offset=(70, 0))
            await pilot.mouse_up("#slider", offset=(70, 0))
            await screens.settle(pilot)
            assert listed(pilot, "acts").cursor == total - 1
            slider = app.screen.query_one("#slider", Slider)
            await pilot.hover("#slider", offset=(5, 0))
            await screens.settle(pilot)
            assert slider.count == total

    async def test_from_the_list_nothing_is_opened(self, folder: Path) -> None:
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "g")
            assert isinstance(app.screen, ReplayScreen)
            assert app.record is None
            assert "lecture seule" in text(pilot)
            assert not app.screen.possible("blamed")

    async def test_register_of_the_open_session(self, tmp_path: Path) -> None:
        record = screens.deliberating(tmp_path / "sessions")
        path, acts = record.path, record.acts
        record.close()
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "g", "home", "pagedown")
            assert isinstance(acts[listed(pilot, "acts").cursor], CandidateCalled)
            assert f"{CHANGED} À l’examen" in text(pilot)
            await press(pilot, "end", "left", "right")
            assert listed(pilot, "acts").cursor == len(acts) - 1

    def test_a_sign_stands_at_what_changed(self) -> None:
        from jury_tui.session.folding import replay

        acts = held(3)
        vote = next(
            n for n, act in enumerate(acts, 1) if type(act).__name__ == "VoteCounted"
        )
        before, after = replay(acts[: vote - 1]), replay(acts[:vote])
        shown = room(after, before, head="vote").plain
        changed = [line for line in shown.splitlines() if line.startswith(CHANGED)]
        assert len(changed) == 1
        assert " a " in changed[0]
        assert "contre" in changed[0]
        assert first_changed(shown) == shown.splitlines().index(changed[0])
        assert first_changed(room(after, after).plain) is None
        assert CHANGED not in room(after).plain
        assert room(Session(), Session()).plain.strip()

    def test_next_call(self) -> None:
        acts = held(3)
        calls = [n for n, a in enumerate(acts, 1) if isinstance(a, CandidateCalled)]
        assert next_call(acts, 1, 1) == calls[0]
        assert next_call(acts, calls[0], 1) == calls[1]
        assert next_call(acts, calls[-1], 1) == len(acts)
        assert next_call(acts, calls[0], -1) == 1
        assert next_call((), 1, 1) == 0

    @pytest.mark.parametrize("total", [0, 1, 50, 5000])
    def test_blamed_acts_are_on_the_track(self, total: int) -> None:
        drawn = track(total, total, 40, [total // 2, total + 9])
        assert len(drawn) == 40
        assert drawn.count("●") == 1
        assert ("!" in drawn) == (total > 1)


class TestFindings:
    """« each names act, clause, what was required and observed, what to do »."""

    @pytest.mark.parametrize("change", ALTERED.values())
    def test_the_line_says_the_same_words(
        self,
        made: tuple[Path, dict[str, str]],
        change: Callable[[bytes], bytes],
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        path = made[0] / made[1][change.__name__]
        report = audit(path, now=START.replace(year=2026))
        assert report.verdict is Verdict.ALTERED
        main(["--lang", "fr", "audit", str(path)])
        told = capsys.readouterr().out
        for finding in report.findings:
            for paragraph in paragraphs(finding):
                assert paragraph.text in told

    def test_forged_vote(self, made: tuple[Path, dict[str, str]]) -> None:
        """A chain made again is sound: the anchor says that, the breach says where."""
        report = audit(made[0] / made[1]["forged"], now=START.replace(year=2026))
        anchored = [f.act for f in report.findings if f.severity is Severity.ALTERED]
        assert anchored == [report.acts]
        act = first_blamed(report)
        assert act is not None
        assert act < report.acts
        breach = next(f for f in report.findings if f.act == act)
        assert breach.check in ("votes", "decisions")
        assert "not_carried" not in breach.text

    def test_groups(self) -> None:
        def found(severity: Severity, check: str, act: int) -> AuditFinding:
            return AuditFinding(check=check, severity=severity, text="x", act=act)

        breach, note = Severity.BREACH, Severity.NOTE
        mixed = [
            found(breach, "votes", 3),
            found(breach, "times", 4),
            found(breach, "votes", 5),
            found(note, "votes", 1),
        ]
        assert [
            (severity, check, [f.act for f in those])
            for severity, check, those in grouped(mixed)
        ] == [
            (breach, "votes", [3, 5]),
            (breach, "times", [4]),
            (note, "votes", [1]),
        ]
        assert first_blamed(Report(path="", findings=tuple(mixed))) == 3
        assert first_blamed(Report(path="")) is None

    @pytest.mark.parametrize(
        ("tongue", "said"),
        [("fr", ["0 altérée", "1 altérée", "3 altérées"]), ("en", ["0 altered"])],
    )
    def test_plurals(self, tongue: str, said: list[str]) -> None:
        """« ✗ 3 altérée » was said once."""
        set_language(tongue)
        for number, words in zip((0, 1, 3), said, strict=False):
            assert counted_words(Verdict.ALTERED, number) == words

    def test_seconds(self) -> None:
        assert seconds(8) == "8 s"
        assert seconds(125) == "2 min 05"


class TestExamples:
    """Statistics of a folder of examples were empty, and did not say why."""

    @pytest.mark.parametrize(("tongue", "word"), [("fr", "exemple"), ("en", "example")])
    async def test_counted_where_there_is_nothing_else(
        self, tmp_path: Path, tongue: str, word: str
    ) -> None:
        set_language(tongue)
        folder = tmp_path / "sessions"
        list(corpus.make(folder, 3, candidates=3, models=1))
        app = screens.app(folder)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await press(pilot, "t")
            screen = app.screen
            assert isinstance(screen, FiguresScreen)
            assert word in lines(pilot)[0]
            assert screen.figures is not None
            assert screen.figures.sessions == 3
            assert "RNCP5411" in text(pilot)
            await press(pilot, "pagedown", "pageup", "e")
            assert screen.figures.sessions == 3  # leaving them out leaves nothing
