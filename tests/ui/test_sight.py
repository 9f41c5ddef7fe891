"""What is seen: words whole, columns apart, tones that can be read, at any size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.content import Content

from jury_tui.i18n import set_language
from jury_tui.register.record import Record
from jury_tui.ui.screens.form import FormScreen
from jury_tui.ui.screens.palette import answers
from jury_tui.ui.themes import THEMES
from jury_tui.ui.widgets.ask import Field
from jury_tui.ui.widgets.page import Page
from jury_tui.ui.widgets.reading import Reading
from jury_tui.ui.widgets.rows import Column, shared_out
from jury_tui.ui.widgets.wrapping import broken
from tests.support import screens
from tests.support.contrast import drawn, ratio
from tests.support.gradedscreens import graded, large_rulebook
from tests.support.screens import press, text

MAKES: dict[str, Callable[[Path], Record]] = {
    "drafted": screens.drafted,
    "convened": screens.convened,
    "deliberating": screens.deliberating,
    "graded": graded,
    "closed": screens.closed,
}


def made(stage: str, folder: Path) -> Path:
    """A closed register of that stage."""
    record = MAKES[stage](folder)
    record.close()
    return record.path


class TestContrast:
    """« colour comes last »: at least 4.5, in each of the four themes."""

    def test_ratio(self) -> None:
        assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
        assert ratio((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)

    @pytest.mark.parametrize(
        ("stage", "keys"),
        [
            ("drafted", "j a"),
            ("drafted", "p"),
            ("convened", "j"),
            ("convened", "j w space"),
            ("deliberating", "enter"),
            ("graded", "enter m t D 3 n u"),
            ("closed", "p x v"),
        ],
    )
    async def test_every_tone(self, tmp_path: Path, stage: str, keys: str) -> None:
        app = screens.app(tmp_path / "sessions", made(stage, tmp_path / "sessions"))
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, *keys.split())
            for theme in THEMES:
                app.theme = theme
                await pilot.pause()
                pieces = list(drawn(pilot))
                assert len(pieces) > 10
                pale = [(said, theme, c) for said, c in pieces if c < 4.5]
                assert pale == []


class TestBroken:
    """Once: a French colon alone at the head of a line, and “✗ LEROY …” going on at
    the very edge of the screen."""

    @pytest.mark.parametrize("width", [12, 17, 23, 30, 60])
    @pytest.mark.parametrize(
        "said",
        [
            "   ✗ LEROY Samira est sans issue\u00a0: décidez, ou reportez.",
            "Début et Fin déplacent\u00a0; une MAJUSCULE va à un nom «\u00a0a\u00a0».",
            "✓ ! femmes ≥ 1\u202f: 0, à justifier",
        ],
    )
    def test_never_before_a_sign(self, said: str, width: int) -> None:
        lines = [line.plain for line in broken(Content(said), width)]
        assert all(cell_len(line) <= width for line in lines)
        assert "".join(said.split()) == "".join("".join(lines).split())
        for line in lines[1:]:
            assert line.strip()[0] not in ";:!?»"

    def test_stands_below_what_it_belongs_to(self) -> None:
        said = Content("  ✗ Le procès-verbal n’a pas de numéro")
        assert [line.plain for line in broken(said, 22)] == [
            "  ✗ Le procès-verbal",
            "    n’a pas de numéro",
        ]

    def test_a_word_longer_than_a_line(self) -> None:
        lines = [line.plain for line in broken(Content("a 山田山田山田"), 5)]
        assert lines == ["a", "山田", "山田", "山田"]

    def test_a_number_in_brackets_stays_with_its_word(self) -> None:
        lines = [
            line.plain.strip() for line in broken(Content("it took (1 short)."), 12)
        ]
        assert lines[-1] == "(1 short)."

    def test_styles_are_kept(self) -> None:
        lines = broken(Content.assemble(("un deux ", ""), ("trois", "bold")), 8)
        assert [(s.start, s.end, s.style) for s in lines[1].spans] == [(0, 5, "bold")]


class TestColumns:
    """Columns share what there is; none is lost while another has too much."""

    NAME, WHAT = Column("Name", 24, grow=True), Column("What", 20, grow=True)

    def test_shrink_together(self) -> None:
        """At 60 columns the jury had gone, and the route kept its 24."""
        assert shared_out((Column("Code", 15), self.NAME, self.WHAT), 59, 60) == [
            15,
            22,
            18,
        ]

    def test_grow_together_as_far_as_of_use(self) -> None:
        bounded = self.NAME._replace(most=40)
        assert shared_out((self.NAME, self.WHAT), 122, 122) == [60, 60]
        assert shared_out((bounded, self.WHAT), 122, 122) == [40, 80]
        assert shared_out((bounded,), 200, 200) == [40]

    def test_left_out_where_narrow(self) -> None:
        wide = self.WHAT._replace(least=100)
        assert shared_out((self.NAME, wide), 80, 80) == [79, 0]


class TestPalette:
    def test_initials(self) -> None:
        """“pv” found nothing, in a program about minutes."""
        assert answers("Procès-verbal", "pv")
        assert answers("Suspendre la séance", "seance susp")
        assert not answers("Jury", "pv")

    async def test_the_whole_reason(self, tmp_path: Path) -> None:
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "ctrl+p", ">ouvrir la")
            assert "en préparation" in " ".join(text(pilot).split())


class TestForms:
    """Beside a form, only what there is to say; nothing written over anything."""

    async def test_nothing_beside_date_and_place(self, tmp_path: Path) -> None:
        """Once: a third of the screen empty, and the hints cut."""
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "e")
            assert not app.screen.query_one("#form-side").display

    @pytest.mark.parametrize("tongue", ["fr", "en"])
    @pytest.mark.parametrize("keys", ["j a", "l a", "j e", "escape n enter"])
    async def test_no_hint_is_cut(self, tmp_path: Path, keys: str, tongue: str) -> None:
        """“qui tient le …”"""
        set_language(tongue)
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, *keys.split())
            for size in ((80, 24), (60, 20)):
                await pilot.resize_terminal(*size)
                await screens.settle(pilot)
                for field in app.screen.query(Field):
                    assert cell_len(field.placeholder) <= field.content_size.width

    async def test_what_a_field_is_for_and_all_that_it_holds(
        self, tmp_path: Path
    ) -> None:
        """What was longer than its field could not be read whole."""
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        long = "Centre communal d’action sociale de Brévannes [b]"
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "a", *["down"] * 9, f">{long}")
            beneath = app.screen.query_one("#field-help", Page).shown.plain
            assert beneath.startswith(f"{long}\nComparé aux employeurs")
            assert "Comparé aux" in text(pilot)

    async def test_components_by_their_names(self, tmp_path: Path) -> None:
        """Components were asked for by letters that nothing on the screen named."""
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "l", "a", *["down"] * 11, ">a, z", "down")
            await press(pilot, ">b 12/06/2007")
            side = app.screen.query_one("#form-side", Reading).shown.plain
            assert "… a Contrôle continu\n" in side
            assert "■ b Mémoire d’application professionnelle · " in side
            assert "– c Projet personnel et professionnel · " in side
            assert "✗ z · " in side

    async def test_the_composition_at_once(self, tmp_path: Path) -> None:
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j", "a")
            assert "Jury nommé" in text(pilot)

    @pytest.mark.parametrize("keys", ["j a", "l a", "j e"])
    async def test_labels_apart_from_fields_and_what_is_typed_kept(
        self, tmp_path: Path, keys: str
    ) -> None:
        """At 60×20, “Acte de nominationréférence”."""
        path = made("drafted", tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, *keys.split(), "down", ">Zoé")
            before = text(pilot)
            focused = app.focused
            await pilot.resize_terminal(60, 20)
            await screens.settle(pilot)
            screen = app.screen
            assert isinstance(screen, FormScreen)
            for item in screen.items():
                assert cell_len(item.label) < 20
            assert "Zoé" in text(pilot)
            await pilot.resize_terminal(80, 24)
            await screens.settle(pilot)
            assert app.focused is focused
            assert text(pilot) == before


class TestReadings:
    async def test_a_level_given_up(self, tmp_path: Path) -> None:
        """Esc said that a reading was empty, and Ctrl+Q ended in a trace."""
        app = screens.app(tmp_path / "sessions", made("graded", tmp_path / "sessions"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "u", "d", "n", "u", "x", "escape")
            assert "vide" not in text(pilot)
            await press(pilot, "x")
        assert app.return_code in (0, None)


class TestLargeGrid:
    """Thirteen members, ten criteria with long names, 60×20."""

    async def test_weights_whole_and_cursor_in_view(self, tmp_path: Path) -> None:
        """At 80 columns, “×10  éli…”."""
        record = graded(tmp_path / "sessions", large_rulebook(tmp_path))
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "m", "t", "end", *(["right"] * 12))
            assert "×10  élim." in text(pilot)
            assert "▾O’" in text(pilot)
            await pilot.resize_terminal(60, 20)
            await screens.settle(pilot)
            await pilot.pause()
            shown = text(pilot)
            assert "▸k10 Anal" in shown
            assert "×10*" in shown
            assert "▾O’" in shown
