"""`new` and `list`: a session from lists of people, all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jury_tui.cli import Exit
from jury_tui.demo import file
from jury_tui.register.drafting import HOUSE_FILE
from jury_tui.register.record import Record
from jury_tui.rules.rulebook import source
from tests.cli.conftest import Run

NEW = ("new", "RNCP5411", "vae", "--date", "2008-06-10", "--place", "Lyon")


@pytest.fixture
def lists(tmp_path: Path) -> tuple[str, ...]:
    """The demonstration's lists, as options."""
    words = []
    for option, name in (
        ("--members", "membres.csv"),
        ("--candidates", "candidats.csv"),
    ):
        path = tmp_path / name
        path.write_text(file(name).read_text("utf-8"), "utf-8")
        words += [option, str(path)]
    return tuple(words)


class TestNew:
    """`jury-tui new CODE ROUTE --date … --members FILE --candidates FILE` prints the
    new session's path."""

    def test_prints_the_path_of_the_session(
        self, run: Run, tmp_path: Path, lists: tuple[str, ...]
    ) -> None:
        result = run(*NEW, "--time", "09:30", "--secretary", "L. Girardon", *lists)

        assert (
            result.code,
            result.data,
        ) == (Exit.FINE, "sessions/2008-06-10-rncp5411-vae\n")
        with Record.open(tmp_path / result.data.strip(), write=False) as record:
            session = record.session
        assert (
            len(session.members),
            len(session.files),
            len(session.ties),
            session.place,
            session.time,
            session.secretary,
        ) == (14, 8, 2, "Lyon", "09:30", "L. Girardon")

    def test_needs_no_list(self, run: Run) -> None:
        assert run(*NEW).code == Exit.FINE

    def test_gives_each_session_its_folder(self, run: Run) -> None:
        assert run(*NEW).data != run(*NEW).data

    def test_adopts_the_house_rules_of_the_folder(
        self, run: Run, tmp_path: Path
    ) -> None:
        _name, rules = source("RI-EXEMPLE")
        (tmp_path / "sessions").mkdir()
        (tmp_path / "sessions" / HOUSE_FILE).write_text(rules, "utf-8")

        path = run(*NEW).data.strip()

        with Record.open(tmp_path / path, write=False) as record:
            assert HOUSE_FILE in [book.name for book in record.session.rulebooks]

    @pytest.mark.parametrize(
        ("wrong", "line"),
        [
            ("Durand;;Z;président;;;;;;;", 16),
            ("Durand;;F;roi;;;;;;;", 16),
            ("Chevalet;Marc;M;président;;;;;;;", 16),
        ],
    )
    def test_keeps_nothing_when_a_line_is_wrong(
        self, run: Run, tmp_path: Path, lists: tuple[str, ...], wrong: str, line: int
    ) -> None:
        path = Path(lists[1])
        path.write_text(path.read_text("utf-8") + wrong + "\n", "utf-8")

        result = run(*NEW, *lists)

        assert (result.code, result.data) == (Exit.UNREADABLE, "")
        assert f"membres.csv, ligne {line}" in result.talk
        assert not (tmp_path / "sessions").exists()

    def test_keeps_nothing_when_a_tie_names_a_stranger(
        self, run: Run, tmp_path: Path, lists: tuple[str, ...]
    ) -> None:
        path = Path(lists[1])
        text = path.read_text("utf-8").replace("2008-0104:", "2008-9999:")
        path.write_text(text, "utf-8")

        result = run(*NEW, *lists)

        assert (result.code, result.data) == (Exit.REFUSED, "")
        assert "2008-9999" in result.talk
        assert not (tmp_path / "sessions").exists()

    def test_says_what_the_composition_lacks(self, run: Run, tmp_path: Path) -> None:
        members = tmp_path / "m.csv"
        members.write_text("Nom;Siège\nDurand;président\n", "utf-8")

        result = run(*NEW, "--members", members)

        assert result.code == Exit.FINE
        assert "représentants professionnels (exactement 2) : 0" in result.talk


class TestList:
    """The secretary can get a blank file."""

    @pytest.mark.parametrize("kind", ["members", "candidates"])
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_blank_is_refused_only_for_naming_nobody(
        self, run: Run, tmp_path: Path, kind: str, language: str
    ) -> None:
        blank = run("list", kind, "--lang", language)
        path = tmp_path / "blank.csv"
        path.write_text(blank.data, "utf-8")

        result = run(*NEW, f"--{kind}", path)

        assert (blank.code, result.code) == (Exit.FINE, Exit.UNREADABLE)
        assert "ne nomme personne" in result.talk

    def test_has_the_columns_of_a_rulebook(self, run: Run) -> None:
        plain = run("list", "members").data
        more = run("list", "members", "--rulebook", "TP").data

        assert len(plain.split(";")) < len(more.split(";"))


class TestRulebooks:
    """`jury-tui rulebooks [CODE] [--json]`: list, or explain one."""

    def test_are_listed(self, run: Run) -> None:
        listed = {book["code"]: book for book in run("rulebooks", "--json").json}

        assert "vae" in listed["RNCP5411"]["routes"]
        assert all(code in run("rulebooks").data for code in listed)

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_are_explained(self, run: Run, language: str) -> None:
        told = run("rulebooks", "rncp5411", "--lang", language)

        assert told.code == Exit.FINE
        assert "Fiche RNCP 5411" in told.data

    def test_are_given_whole_as_json(self, run: Run) -> None:
        told = run("rulebooks", "RNCP5411", "--json").json

        assert [c["id"] for c in told["rulebook"]["components"]] == ["a", "b", "c"]
        assert json.dumps(told)

    def test_that_contradict_themselves_exit_with_1(
        self, run: Run, tmp_path: Path
    ) -> None:
        _name, text = source("RNCP5411")
        path = tmp_path / "mine.toml"
        path.write_text(text.replace("equals = 8 }", "equals = 9 }"), "utf-8")

        assert run("rulebooks", path).code == Exit.REFUSED

    def test_that_are_misspelt_name_the_key(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "mine.toml"
        path.write_text('code = "X"\ntitle = "Y"\nkindd = "house"\n', "utf-8")

        result = run("rulebooks", path)

        assert result.code == Exit.UNREADABLE
        assert "kindd" in result.talk
