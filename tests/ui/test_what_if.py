"""« can this jury sit if X is absent? »; for each candidate, whom to call."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.i18n import set_language
from jury_tui.register.record import Record
from jury_tui.session.commands import parse
from jury_tui.session.session import Phase
from jury_tui.ui import foresight
from jury_tui.ui.screens.what_if import PAUSE, WhatIfScreen
from jury_tui.ui.widgets.bars import KeyBar
from jury_tui.ui.widgets.lines import Lines
from tests.support import screens
from tests.support.screens import lines, press, text

TIE = b'{"do":"declare_tie","member":"m6","candidate":"c2","kind":"accompanied"}'
TIED = b'{"do":"declare_tie","member":"m7","candidate":"c2","kind":"employer"}'


def tied(folder: Path, stage: str = "convened") -> Path:
    """A session where both tied members are the professionals of c2's jury."""
    record: Record = getattr(screens, stage)(folder)
    record.do(parse(TIE), parse(TIED), now=screens.START)
    record.close()
    return record.path


def asked(pilot: Pilot[None]) -> WhatIfScreen:
    """The hypothesis that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, WhatIfScreen)
    return screen


def away(pilot: Pilot[None]) -> set[str]:
    """Who is ticked."""
    return set(asked(pilot).away or ())


async def looked(pilot: Pilot[None]) -> str:
    """What is shown once changes were looked for."""
    for _time in range(50):
        await asyncio.sleep(PAUSE)
        await screens.settle(pilot)
        if "Recherche" not in text(pilot):
            break
    return plain(pilot)


def plain(pilot: Pilot[None]) -> str:
    """The text on the screen, with ordinary spaces."""
    return text(pilot).replace("\u00a0", " ").replace("\u202f", " ")


def fits(pilot: Pilot[None]) -> None:
    """Nothing is wider than the screen; the keys fit."""
    width, height = pilot.app.size
    shown = lines(pilot)
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}
    for bar in pilot.app.screen.query(KeyBar):
        assert 0 < len(bar.shown) <= KeyBar.MOST
        assert all(end <= width for _start, end, _hot in bar.shown)


class TestHypothesis:
    """« for each candidate of the session, who is incompatible, whether the jury
    still stands without them, whom to call; the smallest changes »."""

    @pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
    async def test_ticked_and_nothing_written(
        self, tmp_path: Path, size: tuple[int, int]
    ) -> None:
        path = tied(tmp_path / "sessions")
        before = (path / "acts.jsonl").read_bytes()
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=size) as pilot:
            await press(pilot, "w")
            screen = asked(pilot)
            assert "Avec tous" in plain(pilot)
            assert "rien n’est écrit" in plain(pilot)
            # both professionals are tied to c2: nobody of their college is left
            assert not screen.found["c2"].stands
            assert screen.found["c2"].leaving == ("m6", "m7")
            assert screen.found["c1"].stands
            assert "1 candidat sur 4 ne peut pas" in plain(pilot)
            fits(pilot)
            await press(pilot, "D", "space")
            assert away(pilot) == {"m1"}
            assert "Sans DURAND Claire" in plain(pilot)
            await press(pilot, "G", "space", "N", "enter")
            assert away(pilot) == {"m1", "m6", "m7"}
            assert not any(one.stands for one in screen.found.values())
            fits(pilot)
            await press(pilot, "r")
            assert away(pilot) == set()
            assert screen.found[foresight.JURY].stands
            assert not screen.check_action("restart", ())
            await press(pilot, "escape")
            assert not isinstance(app.screen, WhatIfScreen)
        assert (path / "acts.jsonl").read_bytes() == before

    async def test_who_leaves_and_the_smallest_change(self, tmp_path: Path) -> None:
        path = tied(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "w", "tab", "home", "down")
            shown = await looked(pilot)
            assert "GARCIA [BOLD Inès doit se retirer : a accompagné" in shown
            assert "Pour que le jury siège" in shown
            assert "trouver quelqu’un pour : 2 × représentants" in shown
            # the keys of the list of members act there alone
            assert not app.screen.check_action("tick", ())
            await press(pilot, "space")
            assert away(pilot) == set()
            await press(pilot, "enter")
            assert app.focused is app.screen.query_one("#detail")
            await press(pilot, "tab", "space")
            assert away(pilot) == {"m1"}

    async def test_whom_to_call(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions", 1)
        record.do(
            parse(
                b'{"do":"appoint","member":{"id":"m14","family_name":"[b]Bernard",'
                b'"given_names":"Luce","gender":"F","substitutes":"m6","act":"A",'
                b'"seats":["representant_professionnel"],"act_date":"2008-03-03"}}'
            ),
            parse(TIE.replace(b"c2", b"c1")),
            now=screens.START,
        )
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "v", "w", "N", "space", "tab", "end")
            assert "appeler [B]BERNARD Luce" in await looked(pilot)

    async def test_what_the_text_leaves_open_is_a_doubt(self, tmp_path: Path) -> None:
        """Without a chair nothing is fatal in that text, and nothing is sure."""
        path = tied(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "w", "D", "space")
            jury = asked(pilot).found[foresight.JURY]
            assert foresight.sign_of(jury)[0] == "?"
            assert "dans le doute" in plain(pilot)

    async def test_by_mouse(self, tmp_path: Path) -> None:
        path = tied(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "w")
            await pilot.click("#absent", offset=(5, 2), times=2)
            await screens.settle(pilot)
            assert away(pilot) == {"m2"}
            await pilot.click("#prospects", offset=(5, 3))
            await screens.settle(pilot)
            assert asked(pilot).about == app.screen.query_one("#prospects", Lines).key
            assert asked(pilot).about != foresight.JURY

    async def test_from_the_check_list(self, tmp_path: Path) -> None:
        """« once those tied have left: … »: Enter says whom to call."""
        path = tied(tmp_path / "sessions", "drafted")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "v", "enter")
            assert asked(pilot).about == "c2"
            assert "[RED]KAYA Deniz : le jury ne peut pas siéger" in plain(pilot)

    async def test_who_is_away_already(self, tmp_path: Path) -> None:
        record = screens.convened(tmp_path / "sessions")
        record.do(
            parse(b'{"do":"excuse","member":"m3","reason":"grippe"}'),
            now=screens.START,
        )
        assert foresight.awaited_no_more(record.session) == {"m3"}
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "w")
            assert away(pilot) == {"m3"}

    async def test_while_sitting_and_never_after(self, tmp_path: Path) -> None:
        record = screens.deliberating(tmp_path / "sessions")
        record.do(parse(b'{"do":"depart","member":"m4"}'), now=screens.START)
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "w")
            assert away(pilot) == {"m4"}
            assert app.session is not None
            assert app.session.phase is Phase.OPEN
        over = screens.closed(tmp_path / "closed" / "sessions")
        over.close()
        app = screens.app(over.path.parent, over.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "j")
            assert not app.screen.check_action("what_if", ())
            await press(pilot, "w")
            assert not isinstance(app.screen, WhatIfScreen)

    async def test_a_window_that_only_reads_asks_too(self, tmp_path: Path) -> None:
        path = tied(tmp_path / "sessions")
        with Record.open(path, now=screens.START):
            app = screens.app(tmp_path / "sessions", path)
            async with app.run_test(size=(80, 24)) as pilot:
                assert app.record is not None
                assert not app.record.writable
                await press(pilot, "w", "D", "space")
                assert away(pilot) == {"m1"}

    async def test_english(self, tmp_path: Path) -> None:
        path = tied(tmp_path / "sessions")
        set_language("en")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "w", "D", "space", "tab", "down")
            shown = plain(pilot)
            assert "Without DURAND Claire" in shown
            assert "must leave: accompanied the candidate" in shown
            fits(pilot)
            await press(pilot, "f1")
            assert "Can this jury sit if somebody is away?" in plain(pilot)
