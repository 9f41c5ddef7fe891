"""The parts of the screens, as data."""

from __future__ import annotations

import asyncio
import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from jury_tui.rules.people import TieKind
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode
from jury_tui.session.commands.candidates import Call, Deliberate, Pronounce
from jury_tui.session.commands.preparing import DeclareTie
from jury_tui.session.commands.presence import Depart
from jury_tui.session.commands.sitting import Close
from jury_tui.session.commands.voting import CountVotes
from jury_tui.ui import light, plots, reasons, settings, voting
from jury_tui.ui.screens.base import JuryScreen
from jury_tui.ui.screens.form import read_date
from jury_tui.ui.screens.justifying import to_justify
from jury_tui.ui.steps import next_step
from jury_tui.ui.voting import Typed
from jury_tui.ui.widgets.ask import AskChoice
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.rows import Cell, Column, Row, RowsOnDemand, fitted
from jury_tui.ui.words import abbreviated, plain
from tests.support import screens


class TestAbbreviated:
    """What does not fit is abbreviated as is usual, longest words first, not cut."""

    @pytest.mark.parametrize(
        ("text", "width", "said"),
        [
            ("représentants professionnels", 28, "représentants professionnels"),
            ("représentants professionnels", 20, "représentants prof."),
            ("représentants professionnels", 12, "repr. prof."),
            ("représentant national de la VAE", 22, "repr. nat. de la VAE"),
            ("représentant national de la VAE", 16, "repr. nat. VAE"),
            (" b Mémoire d’application professionnelle", 21, " b Mém. d’appl. prof."),
            ("Professional practice dissertation", 18, "Prof. pract. diss."),
            ("remplacé par TESSANDRE", 8, "rempl. par TESSANDRE"),
            ("山田太郎", 2, "山田太郎"),
        ],
    )
    def test_said(self, text: str, width: int, said: str) -> None:
        assert abbreviated(text, width) == said


class TestText:
    """« The telling column comes first »; text from people never breaks a line."""

    @pytest.mark.parametrize(
        "text",
        ["", "a", "Durand", "山田太郎", "🎓🎓🎓", "é" * 40, "\u202eabc", "a\nb\tc"],
    )
    @pytest.mark.parametrize("width", [0, 1, 2, 5, 9])
    def test_fitted_is_as_wide_as_asked(self, text: str, width: int) -> None:
        assert cell_len(fitted(text, width)) == width

    def test_plain_drops_what_disturbs(self) -> None:
        assert plain("a\u202eb\x1b[31m\tc") == "ab[31m c"


class ListApp(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        yield Lines(Column("Nom", 5, grow=True), Column("Voix", 6))


def rows(*names: str) -> list[Row]:
    return [Row(n, (Cell(n), Cell("…")), n) for n in names]


class TestLines:
    """A list drawn line by line."""

    async def test_thousands_of_rows_are_made_as_they_come_into_view(self) -> None:
        made: list[int] = []

        def make(index: int) -> Row:
            made.append(index)
            return Row(f"k{index}", (Cell(f"row {index}"), Cell("…")), f"N{index}")

        count = 20_000
        many = RowsOnDemand(
            [f"k{n}" for n in range(count)], [f"N{n}" for n in range(count)], make
        )
        app = ListApp()
        async with app.run_test(size=(40, 10)) as pilot:
            found = app.query_one(Lines)
            found.show_rows(many)
            found.focus()
            await pilot.pause()
            assert found.key == "k0"
            await pilot.press("end")
            assert found.key == f"k{count - 1}"
            found.show_rows(many, keep="k12345")
            assert found.key == "k12345"
            found.reach("N777", at=0.0)
            await pilot.pause()
            assert found.key.startswith("k777")
            assert len(set(made)) < 60
            assert many[-1].find == f"N{count - 1}"
            assert [row.key for row in many[1:3]] == ["k1", "k2"]

    async def test_capitals_go_to_names(self) -> None:
        app = ListApp()
        async with app.run_test(size=(40, 10)) as pilot:
            lines = app.query_one(Lines)
            lines.show_rows(rows("DURAND", "ÉLAN", "MARTIN", "MOREAU"))
            lines.focus()
            await pilot.press("E")
            assert lines.key == "ÉLAN"
            await pilot.press("M")
            assert lines.key == "MARTIN"
            await pilot.press("O")
            assert lines.key == "MOREAU"
            await pilot.press("m")
            assert lines.key == "MOREAU"

    async def test_cursor_stays_on_its_row(self) -> None:
        app = ListApp()
        async with app.run_test(size=(40, 10)) as pilot:
            lines = app.query_one(Lines)
            lines.show_rows(rows("A", "B", "C"))
            lines.go(1)
            lines.show_rows(rows("Z", "A", "B", "C"))
            await pilot.pause()
            assert lines.key == "B"
            lines.show_rows(rows("A"))
            assert lines.key == "A"
            lines.show_rows([])
            assert lines.key == ""

    async def test_twenty_thousand_rows(self) -> None:
        app = ListApp()
        async with app.run_test(size=(40, 10)) as pilot:
            lines = app.query_one(Lines)
            lines.show_rows(rows(*(str(n) for n in range(20_000))))
            lines.focus()
            await pilot.press("end")
            await pilot.pause()
            assert lines.key == "19999"
            assert len(lines._strips) < 60

    async def test_two_clicks_choose(self) -> None:
        chosen: list[str] = []

        class Choosing(ListApp):
            def on_lines_chosen(self, event: Lines.Chosen) -> None:
                chosen.append(event.key)

        app = Choosing()
        async with app.run_test(size=(40, 10)) as pilot:
            lines = app.query_one(Lines)
            lines.show_rows(rows("A", "B", "C"))
            await pilot.pause()
            await pilot.click(Lines, offset=(2, 2))
            assert lines.key == "B"
            await pilot.click(Lines, offset=(2, 2), times=2)
            assert chosen == ["B"]


class TestTyped:
    """A vote being typed, and what it would give."""

    def test_would_be(self, tmp_path: Path) -> None:
        record = screens.deliberating(tmp_path)
        session = record.session
        file = session.files["c1"]
        voters = judgement.sitting_voters(session, file)
        typed = Typed()
        assert not voting.would_be(session, file, typed, voters).sure
        for member in voters[:5]:
            typed = typed.chosen(member, Choice.FOR)
        assert voting.would_be(session, file, typed, voters).sure
        assert voting.missing(session, typed, voters).count(",") == 1
        record.close()

    def test_totals(self) -> None:
        typed = Typed(mode=Mode.SECRET).more(Choice.AGAINST, 2).more(Choice.BLANK, -1)
        assert typed.count == 2
        command = voting.command(typed, "a", "c1", 6, Choice.FOR)
        assert command.tally is not None
        assert (command.tally.for_, command.tally.against) == (6, 2)
        assert command.except_ == {}


class TestSmallThings:
    """Plots, dates, preferences, reasons."""

    def test_spread(self) -> None:
        drawn = plots.spread([Fraction(0), Fraction(10), Fraction(20)], "0", "20")
        assert (drawn[0], drawn[-1], len(drawn)) == ("├", "┤", 22)
        assert drawn.count("█") == 3
        assert plots.spread([], "0", "20") == ""
        assert plots.bar(0, 5) == ""

    @pytest.mark.parametrize("text", ["10/06/2008", "10.06.2008", "2008-06-10"])
    def test_dates(self, text: str) -> None:
        day = read_date(text)
        assert day is not None
        assert day.isoformat() == "2008-06-10"

    def test_damaged_preferences(self, tmp_path: Path) -> None:
        file = tmp_path / "settings.json"
        assert settings.read(file) == settings.Settings()
        file.write_bytes(b"\xff{")
        assert settings.read(file) == settings.Settings()
        assert settings.write(tmp_path, settings.Settings()) is False

    def test_reasons_that_stray(self) -> None:
        assert reasons.doubts("Les compétences de gestion sont démontrées.") == ""
        assert "motivation" in reasons.doubts("Manque de motivation.")

    def test_each_stage_says_what_comes_next(self, tmp_path: Path) -> None:
        said = []
        for number, make in enumerate(
            (screens.drafted, screens.convened, screens.opened, screens.closed)
        ):
            record = make(tmp_path / str(number))
            said.append(next_step(record.session).screen)
            record.close()
        assert said == ["jury", "jury", "candidates", "minutes"]


class TestLight:
    """« the composition light with its reason, permanently » (issue 6)."""

    def test_a_doubt_is_no_green_sign(self, tmp_path: Path) -> None:
        """With one recused, the text does not say whether seven may judge: ?, not ✓."""
        record = screens.opened(tmp_path / "sessions", 2)
        tie = DeclareTie(member="m2", candidate="c1", kind=TieKind.ACCOMPANIED)
        record.do(tie, Call(candidate="c1"), now=screens.START)
        said = "".join(cell.text for cell in light.line(record.session))
        record.close()
        assert "?\u00a0pour LEROY" in said or "? pour LEROY" in said
        assert "✓ présent" in said
        assert "7/8" in said


class TestToJustify:
    """What asks for a justification is one question, with one answer at all times."""

    def test_who_left_after_the_vote_was_there_for_it(self, tmp_path: Path) -> None:
        """« D. 6412-6: the jury … so as to contribute to a balanced representation »:
        judged on those who voted, before the closing as after it."""
        record = screens.opened(tmp_path / "sessions", 1)
        record.do(Call(candidate="c1"), Deliberate(), now=screens.START)
        for component in judgement.components(record.session):
            record.do(
                CountVotes(component=component, all=Choice.FOR), now=screens.START
            )
        record.do(Pronounce(), now=screens.START)
        before = to_justify(record.session)
        men = [m.id for m in record.session.formation if m.gender == "M"]
        later = screens.START + dt.timedelta(hours=1)
        record.do(*(Depart(member=m) for m in men), now=later)
        unbalanced = judgement.for_candidate(record.session, "c1")
        assert any(f.to_justify for f in unbalanced)
        assert to_justify(record.session) == before
        record.do(Close(), now=later)
        assert to_justify(record.session) == before
        record.close()


async def test_a_list_answered_before_it_is_laid_out_is_left_alone(
    tmp_path: Path,
) -> None:
    """Two keys at once: the list was gone when its line was to be told whole."""
    app = screens.shown(tmp_path, screens.opened)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, JuryScreen)
        rows = [Row("a", (Cell("Long " * 30),)), Row("b", (Cell("b"),))]
        asked = asyncio.create_task(screen.pick("Lequel ?", rows))
        await pilot.pause()
        panel = screen.asking
        assert isinstance(panel, AskChoice)
        page = panel.query_one("#picked")
        assert page.display
        lines = panel.query_one(Lines)
        panel.settle("b")
        panel.tell_whole(lines)
        assert "b" == await asked
        panel.tell_whole(lines)
