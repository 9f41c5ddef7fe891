"""A register that somebody else made: whatever its names hold drives nothing.

Sound chain, acts that no command writes: names with escape sequences, markup,
formulas, marks that turn a line around. It is shown on every screen, printed by every
command and made into a workbook.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jury_tui.cli import main
from jury_tui.minutes import document
from jury_tui.minutes.numbering import file_name
from jury_tui.minutes.text import text
from jury_tui.minutes.workbook import workbook
from jury_tui.register.record import Record
from jury_tui.session.acts import to_record
from tests.support.forging import forged
from tests.support.sittings import opened
from tests.support.terminals import NO_PTY, program

SESSION = "2008-06-10-test"
EVIL = "=1+1\x1b]0;pwned\x07\x1b[2J\u202e\x9b31m[bold]x[/]\r\x08{name}%s"
SPOILT = {
    "family_name", "given_names", "function", "employer", "birth_name", "birth_place",
    "file_number", "place", "secretary", "reason", "text", "means", "signer", "role",
}  # fmt: skip
DRIVEN = [c.encode() for c in ("\x1b]0;", "\x9b31m", "\u202e", "\x1b[2J\u202e", "\x08")]


def spoilt(value: Any, key: str = "") -> Any:
    """The same, every text of people made hostile."""
    if isinstance(value, dict):
        return {k: spoilt(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [spoilt(v) for v in value]
    return EVIL + value if key in SPOILT and isinstance(value, str) else value


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with that session, closed and numbered."""
    sitting = opened(2, employer="Mairie").deliberate()
    sitting.do("count_votes", component="a", all="against")
    sitting.do("give_reason", component="a", reason="Non.", recommendation="Lire.")
    for component in "bc":
        sitting.do("count_votes", component=component, all="for")
    sitting.do("pronounce")
    sitting.do("record_incident", text="Alarme.", candidate="c1")
    sitting.do("postpone", candidate="c2", reason="Heure.")
    sitting.do("close")
    sitting.do("number_minutes", number="PV-1")
    acts = [
        record if record["type"] == "RulebookAdopted" else spoilt(record)
        for record in map(to_record, sitting.acts)
    ]
    acts[-1]["number"] = "../../" + EVIL
    folder = tmp_path_factory.mktemp("forged")
    (folder / SESSION).mkdir()
    (folder / SESSION / "acts.jsonl").write_bytes(forged(acts))
    return folder


@pytest.mark.skipif(bool(NO_PTY), reason=NO_PTY)
def test_no_screen_is_driven(sessions: Path, tmp_path: Path) -> None:
    with program(
        "--sessions",
        sessions,
        "--exports",
        tmp_path / "exports",
        home=tmp_path,
        columns=100,
        lines=40,
    ) as running:
        running.wait("RNCP5411")
        shown = []
        opening, leaving = ("", "\r", "j", "l", "\r", "e"), ("\x1b", "p", "\x1b[6~")
        for key in (*opening, *leaving, "g", "\x1b[A", "\x0f"):
            running.press(key)
            running.settle(0.1)
            shown.append(running.text)
        raw = bytes(running.raw)

        assert running.process.poll() is None
    assert [] == [bad for bad in DRIVEN if bad in raw]
    assert sum("[bold]x[/]" in one for one in shown) >= 4


@pytest.mark.parametrize(
    "words",
    ["show {s}", "show {s} --json", "check {s}", "check {s} --json", "audit {p}",
     "audit {p} --json", "export --text {s}"],
)  # fmt: skip
def test_no_command_prints_it(
    words: str, sessions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = words.format(s=SESSION, p=sessions / SESSION).split()
    main([*arguments, "--sessions", str(sessions)])
    out, err = capsys.readouterr()
    controls = {c for c in out + err if not c.isprintable() and c not in "\n\u202f\xa0"}

    assert set() == controls - {"\u2028", "\u200c", "\u200d", "\xad"}
    if "--json" in words:
        assert json.loads(out)


class TestTheMinutes:
    """« text is text (never a formula) » (issue 2)."""

    def test_of_a_forged_register_hold_no_formula(self, sessions: Path) -> None:
        with Record.open(sessions / SESSION, write=False) as record:
            made = document.minutes(
                record.session, code=record.code, head="0" * 64, count=1
            )
        data = workbook(made)
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
        strings = [c.value for c in cells if isinstance(c.value, str)]

        assert [] == [c.coordinate for c in cells if c.data_type == "f"]
        assert any("=1+1" in value for value in strings)
        assert [] == [v for v in strings if not _clean(v)]
        assert _clean(text(made))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert not any(".." in name for name in package.namelist())

    @pytest.mark.parametrize(
        "number",
        ["../../x", "/etc/x", "C:\\x", "a\x00b", "..", "", "con\n", "PV 2008/37", EVIL],
    )
    def test_lie_in_the_folder_of_exports(self, number: str) -> None:
        name = file_name(number)

        assert name == Path(name).name
        assert name.endswith(".xlsx")
        assert not name.startswith(".")
        assert _clean(name)
        assert not set(name) & set('/\\:*?"<>|')


def _clean(value: str) -> bool:
    return not any(ord(c) < 32 and c not in "\n\t" for c in value) and not (
        set(value) & {"\x7f", "\x9b", "\u202e"}
    )
