"""Keys in sentences are told from the letters of components, in any theme."""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.i18n import set_language
from jury_tui.ui.keyed import keyed, unkeyed
from jury_tui.ui.widgets.bars import Sentence
from jury_tui.ui.widgets.rows import Cell
from tests.support import screens
from tests.support.screens import press, shown


class TestSentences:
    """“Reste à voter : a, b et c. u : unanimité, ou d’abord c contre, a abstention”:
    one could not tell the component c from the key c."""

    def test_a_key_is_a_cell_of_its_own(self) -> None:
        assert keyed("À voter : a. [u] unanimité") == (
            Cell("À voter : a. "),
            Cell("[u]", "key"),
            Cell(" unanimité"),
        )

    def test_brackets_of_a_name_are_no_key(self) -> None:
        assert keyed(f"[a] appelle {unkeyed('LEROY [b] [/]')}.") == (
            Cell("[a]", "key"),
            Cell(" appelle LEROY [b] [/]."),
        )

    @pytest.mark.parametrize(("width", "told"), [(80, False), (90, True)])
    async def test_the_exceptions_where_there_is_room(
        self, tmp_path: Path, width: int, told: bool
    ) -> None:
        """What is said in fewer words is said; the line does not go on below."""
        set_language("en")
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(width, 24)) as pilot:
            await press(pilot, "enter")
            bar = app.screen.query_one("#step", Sentence)
            said = "".join(cell.text for cell in bar.left)
            assert "a: [u] all in favour; " in said
            assert ("else DURAND: [c] against" in said) is told
            assert bar.lines == 1
            keys = [cell.text for cell in bar.left if cell.tone == "key"]
            other = "[Shift+letter]" if told else "[A–Z]"
            assert keys == ["[u]", "[c]", "[a]", other]

    async def test_it_is_bold_as_in_the_bar_of_keys(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.opened)
        app.theme = "jury-mono"
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot)
            bold, *_more = (
                s
                for s in app.screen.query_one("#step", Sentence).render_line(0)
                if s.style is not None and s.style.bold
            )
            assert bold.text == "[a]"
