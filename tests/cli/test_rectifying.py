"""After the seal: rectifying minutes numbered, recorded and signed; scans attached."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from jury_tui.cli import Exit, main
from jury_tui.register.record import Record
from jury_tui.session.session import Session
from tests.cli.conftest import Run

SESSION = "demo-2008-06-10"
RECTIFY = '{{"do":"rectify","number":"{}","changes":"Le lieu de naissance est Lyon."}}'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration exported and sealed, with the chair's key."""
    folder = tmp_path_factory.mktemp("rectifying")
    (folder / "word.txt").write_text("un mot de passe assez long\n", "utf-8")
    places = ("--sessions", folder / "sessions", "--exports", folder / "exports")
    word = ("--password-file", folder / "word.txt")
    own = ("--own-password-file", folder / "word.txt")
    (folder / "seal.jsonl").write_text('{"do":"seal"}\n', "utf-8")
    for words in (
        ("demo", "--no-ui", *places),
        ("export", SESSION, *places),
        ("apply", SESSION, folder / "seal.jsonl", *places),
        ("keys", "authority", folder / "keys", "Autorité d’essai", *word),
        ("keys", "issue", folder / "keys", "Claire Vasseur-Aubin", *word, *own),
    ):
        assert main([str(word) for word in words]) == Exit.FINE
    return folder


@pytest.fixture(autouse=True)
def _copied(tmp_path: Path, made: Path) -> None:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)


def now(folder: Path) -> Session:
    """The session as its register has it."""
    with Record.open(folder / "sessions" / SESSION, write=False) as record:
        return record.session


class TestNumbers:
    """“A number typed for rectifying minutes was not checked against the series”;
    one series a certifier and year, never given twice."""

    @pytest.mark.parametrize(
        ("number", "fine"),
        [
            ("FICTIF-2008-2", True),
            ("FICTIF-2008-1", False),
            ("FICTIF-2009-1", False),
            ("CNAM-2008-2", False),
            ("trois", False),
        ],
    )
    @pytest.mark.parametrize("more", [(), ("--keep-going",)])
    def test_of_the_series(
        self, run: Run, tmp_path: Path, number: str, fine: bool, more: tuple[str, ...]
    ) -> None:
        result = run("apply", SESSION, "-", *more, given=RECTIFY.format(number))

        assert (result.code == Exit.FINE) is fine
        assert len(now(tmp_path).rectifications) == fine
        assert fine or "FICTIF-2008" in result.talk

    def test_another_session_has_it(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "sessions" / ".numbers").write_text("FICTIF-2008-2\n", "utf-8")

        result = run("apply", SESSION, "-", given=RECTIFY.format("FICTIF-2008-2"))

        assert "le suivant est FICTIF-2008-3" in result.talk
        assert now(tmp_path).rectifications == ()

    def test_two_lines_cannot_share_one(self, run: Run, tmp_path: Path) -> None:
        line = RECTIFY.format("FICTIF-2008-2")

        assert run("apply", SESSION, "-", given=f"{line}\n{line}").code != Exit.FINE
        assert now(tmp_path).rectifications == ()


class TestWorkbook:
    """“Rectifying workbooks were not recorded as exports nor signable.”"""

    def test_recorded_signed_faithful_and_audited(
        self, run: Run, tmp_path: Path
    ) -> None:
        run("apply", SESSION, "-", given=RECTIFY.format("FICTIF-2008-2"))
        path = tmp_path / "exports" / "FICTIF-2008-2.xlsx"
        exported = run("export", SESSION, "--rectifying", "FICTIF-2008-2", "-o", path)

        assert exported.code == Exit.FINE
        last = now(tmp_path).exports[-1]
        assert (last.file, last.number) == (path.name, "FICTIF-2008-2")
        assert last.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()

        first = tmp_path / "exports" / "FICTIF-2008-1.xlsx"
        (key,) = (tmp_path / "keys").glob("claire*.p12")
        for workbook in (path, first):  # the same person signs each once
            signed = ("sign", workbook, "--key", key, "--password-file", "word.txt")
            assert run(*signed).code == Exit.FINE
            assert run(*signed).code == Exit.REFUSED
        signatures = now(tmp_path).signatures
        assert [s.file for s in signatures] == [path.name, first.name]

        for workbook in (path, first):
            verified = run("verify", workbook, "--register", SESSION)
            assert "Ont signé : Claire Vasseur-Aubin" in verified.data
            assert "(✗" not in verified.data
            assert run("verify", workbook, "--register", SESSION, "--json").json[
                "faithful"
            ]
        audit = run("audit", "sessions/" + SESSION, "--level", "2").data
        assert "FICTIF-2008-2.xlsx" not in audit
        assert "FICTIF-2008-1.xlsx" not in audit

    def test_a_change_to_it_is_seen(self, run: Run, tmp_path: Path) -> None:
        run("apply", SESSION, "-", given=RECTIFY.format("FICTIF-2008-2"))
        path = tmp_path / "exports" / "FICTIF-2008-2.xlsx"
        run("export", SESSION, "--rectifying", "FICTIF-2008-2", "-o", path)
        path.write_bytes((tmp_path / "exports" / "FICTIF-2008-1.xlsx").read_bytes())

        audit = run("audit", "sessions/" + SESSION, "--level", "2")

        assert audit.code == Exit.REFUSED
        assert "FICTIF-2008-2.xlsx" in audit.data

    def test_as_text_nothing_is_recorded(self, run: Run, tmp_path: Path) -> None:
        run("apply", SESSION, "-", given=RECTIFY.format("FICTIF-2008-2"))
        before = now(tmp_path).count

        told = run("export", SESSION, "--rectifying", "FICTIF-2008-2").data

        assert "Le lieu de naissance est Lyon." in told
        assert now(tmp_path).count == before


class TestAttach:
    """“No one-line command attaches a scan.”"""

    def test_the_digest_is_recorded(self, run: Run, tmp_path: Path) -> None:
        scan = tmp_path / "émargement [b].pdf"
        scan.write_bytes(b"%PDF-1.4 page")

        result = run("attach", SESSION, scan)
        other = run("attach", SESSION, scan, "--what", "plan de salle")

        assert (Exit.FINE, Exit.FINE) == (result.code, other.code)
        digest = hashlib.sha256(b"%PDF-1.4 page").hexdigest()
        assert result.data == f"{digest}\n"
        assert [(s.what, s.file, s.sha256) for s in now(tmp_path).scans[-2:]] == [
            ("feuille d’émargement signée", scan.name, digest),
            ("plan de salle", scan.name, digest),
        ]

    def test_no_such_file(self, run: Run, tmp_path: Path) -> None:
        before = now(tmp_path).count
        result = run("attach", SESSION, tmp_path / "absent.pdf")

        assert result.code == Exit.REFUSED
        assert "absent.pdf" in result.talk
        assert now(tmp_path).count == before
