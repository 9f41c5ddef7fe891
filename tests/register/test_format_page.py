"""The page for third parties is true: its code verifies a register."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jury_tui.demo import make
from jury_tui.register import anchors
from jury_tui.register.headcode import code
from jury_tui.register.reading import read
from jury_tui.register.register import Register
from tests.support.forging import NOW

PAGE = Path(__file__).parents[2] / "docs" / "register-format.md"
FIRST = {"type": "SessionDrafted", "session": "s-1", "at": "2026-11-23T09:00:00+01:00"}


def block(language: str) -> str:
    """The page's code in a language."""
    found = re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def register(tmp_path: Path) -> Register:
    with Register.create(tmp_path / "sessions", FIRST) as register:
        register.append([{"type": "A", "name": 'Hélène « à l’œuvre » \t\\ "x" \x7f'}])
        register.append([{"type": "B", "n": n, "e": [None, True]} for n in range(3)])
    return register


def commands(folder: Path) -> dict[str, list[str]]:
    """The page's verifiers, as files."""
    (folder / "verify.py").write_text(block("python"), "utf-8")
    (folder / "verify.sh").write_text(block("sh"), "utf-8")
    found = {"python": [sys.executable, str(folder / "verify.py")]}
    if shutil.which("sha256sum") and shutil.which("sh"):
        found["sh"] = ["sh", str(folder / "verify.sh")]
    return found


class TestThePage:
    """A third party can verify a register with sha256sum and fifteen lines."""

    def test_python_is_fifteen_lines(self) -> None:
        lines = [line for line in block("python").splitlines() if line.strip()]

        assert len(lines) <= 15

    def test_what_is_intact_is_said_intact(
        self, register: Register, tmp_path: Path
    ) -> None:
        for command in commands(tmp_path).values():
            done = subprocess.run(
                [*command, str(register.path)],
                capture_output=True,
                text=True,
                check=False,
            )

            assert done.returncode == 0, done
            assert register.head in done.stdout

    def test_of_the_demonstration(self, tmp_path: Path) -> None:
        sessions = tmp_path / "sessions"
        make(sessions, NOW)
        paths = [*sessions.glob("*/acts.jsonl"), sessions / anchors.FILE]
        assert len(paths) == 3

        for path in paths:
            for command in commands(tmp_path).values():
                done = subprocess.run(
                    [*command, str(path)], capture_output=True, text=True, check=False
                )

                assert done.returncode == 0, done
                assert read(path).head in done.stdout

    @pytest.mark.parametrize("line", [1, 2, 3])
    def test_what_is_altered_is_not(
        self, line: int, register: Register, tmp_path: Path
    ) -> None:
        lines = register.path.read_bytes().splitlines(keepends=True)
        lines[line - 1] = lines[line - 1].replace(b'"type":"', b'"type":"X')
        register.path.write_bytes(b"".join(lines))

        for command in commands(tmp_path).values():
            done = subprocess.run(
                [*command, str(register.path)],
                capture_output=True,
                text=True,
                check=False,
            )

            assert done.returncode == 1
            assert f"{line}" in done.stdout + done.stderr

    def test_what_is_torn_is_not_intact(
        self, register: Register, tmp_path: Path
    ) -> None:
        register.path.write_bytes(register.path.read_bytes() + b"torn")

        for command in commands(tmp_path).values():
            done = subprocess.run(
                [*command, str(register.path)],
                capture_output=True,
                text=True,
                check=False,
            )

            assert done.returncode == 1
            assert "torn after" in done.stdout + done.stderr

    def test_the_code(self, register: Register) -> None:
        alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        bits = f"{int(register.head, 16):0256b}"[:130]
        letters = "".join(
            alphabet[int(bits[at : at + 5], 2)] for at in range(0, 130, 5)
        )

        assert letters == code(register.head).replace("-", "")
