"""Names, exit codes, streams and languages: what scripts rely on."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import pytest
from babel.messages.extract import extract

from jury_tui.cli import Exit, streams
from jury_tui.cli.commands import COMMANDS as LINES
from jury_tui.cli.commands import build
from jury_tui.cli.parser import Parser
from jury_tui.cli.reference import every_command
from jury_tui.cli.screening import ROOMS
from jury_tui.i18n import catalogue
from jury_tui.session.commands import COMMANDS, parse
from tests.cli.conftest import Run

PROGRAM = [sys.executable, "-m", "jury_tui"]


class TestExitCodes:
    """0 nothing wrong · 1 a breach or a refusal · 2 wrong usage · 3 the input cannot
    be read · 130 interrupted."""

    def test_are_a_contract(self) -> None:
        assert list(Exit) == [0, 1, 2, 3, 130]

    @pytest.mark.parametrize(
        "words",
        [
            ("--nothing",),
            ("nothing",),
            ("show", "--json"),
            ("show", "x", "--at", "0"),
            ("show", "--screen", "jury"),
            ("show", "--at", "3"),
            ("show", "--candidate", "c1"),
            ("show", "x", "--screen", "nothing"),
            ("show", "x", "--screen", "sessions"),
            ("show", "x", "--screen", "jury", "--candidate", "c1"),
            ("show", "x", "--screen", "jury", "--json"),
            ("show", "x", "--screen", "audit", "--at", "3"),
            ("check",),
            ("check", "x", "--rulebook", "RNCP5411"),
            ("check", "--rulebook", "RNCP5411", "--route", "vae"),
            ("new", "RNCP5411", "vae"),
            ("new", "RNCP5411", "vae", "--date", "10-06-08"),
            ("export", "x", "-o", "minutes.pdf"),
            ("--lang", "it"),
            (),
        ],
    )
    def test_of_wrong_usage(self, run: Run, words: tuple[str, ...]) -> None:
        result = run(*words)

        assert (result.code, result.data) == (Exit.USAGE, "")
        assert result.talk

    @pytest.mark.parametrize(
        "words",
        [
            ("show", "nowhere"),
            ("show", "a\0b"),
            ("check", "nowhere"),
            ("export", "nowhere"),
            ("apply", "nowhere", "-"),
            ("audit", "nowhere"),
            ("rulebooks", "RNCP0"),
            ("rulebooks", "nowhere.toml"),
            ("new", "RNCP0", "vae", "--date", "2008-06-10"),
            ("new", "RNCP5411", "nowhere", "--date", "2008-06-10"),
            ("new", "RNCP5411", "vae", "--date", "2008-06-10", "--members", "no.csv"),
        ],
    )
    def test_of_input_that_cannot_be_read(
        self, run: Run, words: tuple[str, ...]
    ) -> None:
        result = run(*words)

        assert (result.code, result.data) == (Exit.UNREADABLE, "")
        assert result.talk

    @pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
    def test_of_an_interruption(self, ready: Path) -> None:
        with subprocess.Popen(
            [*PROGRAM, "apply", str(ready), "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as program:
            time.sleep(1.5)
            program.send_signal(signal.SIGINT)
            _out, err = program.communicate(timeout=20)

        assert program.returncode == Exit.INTERRUPTED
        assert "Interrompu" in err.decode()


class TestStreams:
    """Standard output is data, standard error is talk."""

    def test_a_reader_that_stops_changes_no_exit_code(self, finished: Path) -> None:
        script = "import sys; sys.stdin.readline()"
        with subprocess.Popen(
            [*PROGRAM, "check", str(finished), "--json"], stdout=subprocess.PIPE
        ) as program:
            reader = subprocess.run(
                [sys.executable, "-c", script], stdin=program.stdout, check=True
            )
            assert program.stdout is not None
            program.stdout.close()

        assert (reader.returncode, program.returncode) == (0, Exit.REFUSED)

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
    def test_are_utf8_whatever_the_console_is(
        self, finished: Path, encoding: str
    ) -> None:
        result = subprocess.run(
            [*PROGRAM, "show", str(finished)],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        )

        assert "OUMAROU Ibrahim" in result.stdout.decode("utf-8")
        assert result.stderr == b""

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("Zoé \u00ab\u00a0oui\u00a0\u00bb", "Zoé \u00ab\u00a0oui\u00a0\u00bb"),
            ("\x1b[31m", "\\u001b[31m"),
            ("a\u202eb", "a\\u202eb"),
            ("a\x85b", "a\\u0085b"),
            ("a\U000e0041b", "a\\udb40\\udc41b"),
            ("two\nlines\t", "two\nlines\t"),
        ],
    )
    def test_never_drive_the_terminal(self, text: str, shown: str) -> None:
        assert shown == streams.shown(text)

    @pytest.mark.parametrize("text", ["a\x85b\u202e", "a\U000e0041b", "\ud800"])
    def test_keep_json_readable(self, text: str) -> None:
        written = streams.shown(json.dumps([text], ensure_ascii=False))

        assert [text] == json.loads(written)


class TestLateImports:
    """Heavy imports late: `audit` and `show` import neither Textual nor openpyxl."""

    @pytest.mark.parametrize(
        ("command", "heavy"),
        [
            ("show", {"textual", "openpyxl", "lxml", "cryptography"}),
            *(
                (f"show --screen {s}", {"textual", "openpyxl", "lxml", "cryptography"})
                for s in ROOMS
            ),
            ("audit", {"textual", "openpyxl"}),
            ("check", {"textual", "openpyxl", "lxml", "cryptography"}),
        ],
    )
    def test_load_nothing_heavy(
        self, finished: Path, command: str, heavy: set[str]
    ) -> None:
        # typing_extensions is what msgspec takes along when nobody tells it not to
        heavy = {"typing_extensions", "xlsxwriter", *heavy}
        script = (
            f"import sys; sys.argv[1:] = [*{command.split()!r}, {str(finished)!r}]\n"
            "from jury_tui.__main__ import run\n"
            "try: run()\n"
            "except SystemExit: pass\n"
            "sys.stderr.write(' '.join(m for m in sys.modules if '.' not in m))"
        )
        result = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )

        assert set() == heavy & set(result.stderr.split())


class TestWholeLine:
    """Only the command asked for is made, and nobody can tell."""

    @pytest.mark.parametrize(
        "words",
        [
            *([name] for name in LINES),
            *([name, "--help"] for name in LINES),
            ["--lang", "en", "--sessions=s", "show", "x", "--exports", "e"],
            ["keys", "issue", "folder", "Zoé", "--own-password-file", "p"],
            ["--help", "show"],
            ["--version"],
            ["--version", "show"],
            ["shwo"],
            ["-5", "show"],
            ["- x", "show"],
            ["--nothing", "show", "x"],
            ["--sess", "s", "show", "x"],
            ["--", "show", "x"],
            ["--sessions", "show"],
            ["--lang", "xx", "show", "x"],
            [],
        ],
        ids=" ".join,
    )
    def test_says_the_same(
        self, words: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        def said(parser: Parser) -> tuple[object, str, str]:
            try:
                parsed = vars(parser.parse_args(words)) | {"run": None}
            except SystemExit as end:
                return (end.code, *capsys.readouterr())
            return (parsed, *capsys.readouterr())

        assert said(build()) == said(build(words))

    def test_each_name_makes_its_own_command(self) -> None:
        for name in LINES:
            help_of = build([name]).format_help()

            assert re.findall(r"^ {4}([a-z]+) ", help_of, re.MULTILINE) == [name]

    @pytest.mark.parametrize("columns", [70, 110])
    def test_help_is_as_wide_as_the_terminal(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, columns: int
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        longest = max(map(len, run("audit", "--help").data.splitlines()))

        assert columns - 12 < longest <= columns - 2


class TestOptions:
    """`--sessions`, `--exports` and `--lang` before or after the command."""

    def test_tell_the_version(self, run: Run) -> None:
        result = run("--version")

        assert (Exit.FINE, f"jury-tui {version('jury-tui')}\n") == result[:2]

    def test_stand_before_or_after(self, run: Run, sessions: Path) -> None:
        before = run("--sessions", sessions, "--lang", "en", "show", "demo-2008-06-10")
        after = run("show", "demo-2008-06-10", "--lang=en", "--sessions", sessions)

        assert before == after
        assert "Fictitious session" in before.data

    @pytest.mark.parametrize("word", ["demo-2008-06-10", "path", "path/acts.jsonl"])
    def test_a_session_is_a_folder_a_file_or_a_name(
        self, run: Run, sessions: Path, word: str
    ) -> None:
        meant = word.replace("path", str(sessions / "demo-2008-06-10"))

        assert run("--sessions", sessions, "show", meant).code == Exit.FINE

    def test_an_unknown_session_is_answered_with_the_nearest(
        self, run: Run, sessions: Path
    ) -> None:
        result = run("--sessions", sessions, "show", "demo-2008-06-11")

        assert "demo-2008-06-10" in result.talk


class TestLanguages:
    """argparse's own strings in French too."""

    def test_argparse_speaks_french(self, run: Run) -> None:
        import argparse

        source = io.BytesIO(Path(argparse.__file__).read_bytes())
        french = catalogue("fr", "argparse")
        missing = [
            message
            for _line, message, _comments, _context in extract(
                "python", source, {"_": None}
            )
            if isinstance(message, str) and message == french.gettext(message)
        ]

        # What a programmer gets wrong, never what a secretary types.
        assert [m for m in missing if not re.search(
            "not defined|subparser|mode %r|group|invalid argument|invalid option|"
            "dest= is|conflict|mutually|cannot have|not callable|^options$", m
        )] == []  # fmt: skip

    @pytest.mark.parametrize(
        ("language", "word"), [("fr", "il manque"), ("en", "are required")]
    )
    def test_of_an_error_is_the_one_asked(
        self, run: Run, language: str, word: str
    ) -> None:
        assert word in run("archive", "--lang", language).talk

    def test_of_the_environment_is_ignored(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
        monkeypatch.setenv("LANGUAGE", "en")

        assert "usage :" in run("archive").talk


class TestHelp:
    """`apply --help` documents every command and its fields with an example."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_of_apply_names_every_command(self, run: Run, language: str) -> None:
        result = run("apply", "--help", "--lang", language)

        assert result.code == Exit.FINE
        for name, command in COMMANDS.items():
            assert f"\n{name} — " in result.data
            assert command.example in result.data

    @pytest.mark.parametrize("name", sorted(COMMANDS))
    def test_of_apply_has_examples_that_are_read(self, name: str) -> None:
        assert isinstance(parse(COMMANDS[name].example), COMMANDS[name])

    def test_names_only_commands_that_work(self, run: Run) -> None:
        names = re.findall(r"^ {4}([a-z]+) ", build().format_help(), re.MULTILINE)

        assert names
        for name in names:
            assert run(name, "--help").code == Exit.FINE


class TestReference:
    """`apply --help` tells the fields of every card it sends its reader to."""

    def test_every_card_is_told(self) -> None:
        said = every_command()
        cited = set(re.findall(r"voir «\W(\w+)\W»", said))

        assert cited == set(re.findall(r"champs de «\W(\w+)\W»", said))
        assert "entry" in cited
