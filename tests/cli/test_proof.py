"""`sign`, `verify`, `keys`, `archive` and checkpoints: what proves the minutes."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from jury_tui.cli import Exit, main
from jury_tui.register.record import Record
from tests.cli.conftest import Result, Run

AUTHORITY, OWN = "secret de l'autorité", "secret de la présidente"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Once for all: the demonstration exported, a local authority, the chair's key."""
    folder = tmp_path_factory.mktemp("proof")
    (folder / "authority.txt").write_text(f"{AUTHORITY}\n", "utf-8")
    (folder / "own.txt").write_text(f"\ufeff{OWN}\r\n", "utf-8")
    places = ("--sessions", folder / "sessions", "--exports", folder / "exports")
    passwords = ("--password-file", folder / "authority.txt")
    own = ("--own-password-file", folder / "own.txt")
    keys = folder / "keys"
    for words in (
        ("demo", "--no-ui", *places),
        ("export", "demo-2008-06-10", *places),
        ("keys", "authority", keys, "Autorité d’essai", *passwords),
        ("keys", "issue", keys, "Claire Vasseur-Aubin", *passwords, *own),
    ):
        assert main([str(word) for word in words]) == Exit.FINE
    return folder


@pytest.fixture(autouse=True)
def _copied(tmp_path: Path, made: Path) -> None:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    """The demonstration's folder, its minutes exported."""
    return tmp_path / "sessions"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The chair's key, beside the authority."""
    (path,) = (tmp_path / "keys").glob("claire*.p12")
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The demonstration's minutes, exported."""
    return tmp_path / "exports" / "FICTIF-2008-1.xlsx"


def sign(run: Run, sessions: Path, workbook: Path, key: Path, *more: str) -> Result:
    """The chair signs."""
    return run(
        "sign", workbook, "--key", key, "--password-file", "own.txt",
        "--sessions", sessions, *more,
    )  # fmt: skip


class TestWhoSigns:
    """“says who has signed and who is missing”; nobody signs twice."""

    def test_twice_is_refused_and_writes_nothing(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        first = sign(run, sessions, workbook, keys)
        before = workbook.read_bytes()
        again = sign(run, sessions, workbook, keys)

        assert (Exit.FINE, Exit.REFUSED) == (first.code, again.code)
        assert "Ont signé : " in first.talk
        assert "Signatures qui manquent : " in first.talk
        assert "a déjà signé ce procès-verbal" in again.talk
        assert before == workbook.read_bytes()

    def test_sealing_without_them_is_said(self, run: Run, sessions: Path) -> None:
        result = run(
            "apply", "demo-2008-06-10", "-", "--sessions", sessions,
            given='{"do":"seal"}',
        )  # fmt: skip

        assert Exit.FINE == result.code
        assert "Scellé sans la signature de : " in result.talk

    def test_verify_says_who_is_missing(
        self, run: Run, sessions: Path, workbook: Path
    ) -> None:
        result = run(
            "verify", workbook, "--register", "demo-2008-06-10",
            "--sessions", sessions,
        )  # fmt: skip

        assert "Signatures qui manquent : " in result.data
        assert "Vasseur-Aubin" in result.data.title()


class TestSign:
    """`jury-tui sign FILE.xlsx --key FILE.p12`; the signature act goes into the
    register too (who, certificate fingerprint, digest of the signed file)."""

    def test_finds_the_register_the_member_and_the_role(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        result = sign(run, sessions, workbook, keys, "--place", "Paris")

        with Record.open(sessions / "demo-2008-06-10", write=False) as record:
            (signed,) = record.session.signatures
        assert result.code == Exit.FINE
        assert (signed.signer, signed.member, signed.role) == (
            "Claire Vasseur-Aubin",
            "m1",
            "présidence du jury",
        )

    def test_asks_the_role_of_a_stranger(
        self, run: Run, tmp_path: Path, workbook: Path, keys: Path
    ) -> None:
        nowhere = tmp_path / "nowhere"
        before = workbook.read_bytes()

        asked = sign(run, nowhere, workbook, keys)
        told = sign(run, nowhere, workbook, keys, "--role", "certificateur")

        assert (asked.code, told.code) == (Exit.USAGE, Exit.FINE)
        assert "--role" in asked.talk
        assert "Aucun registre" in told.talk
        assert before != workbook.read_bytes()

    def test_refuses_a_wrong_password(
        self, run: Run, tmp_path: Path, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        (tmp_path / "own.txt").write_text("autre", "utf-8")
        before = workbook.read_bytes()

        result = sign(run, sessions, workbook, keys)

        assert (result.code, result.data) == (Exit.REFUSED, "")
        assert before == workbook.read_bytes()

    def test_asks_for_a_password_at_a_terminal_only(
        self, run: Run, workbook: Path, keys: Path
    ) -> None:
        result = run("sign", workbook, "--key", keys)

        assert result.code == Exit.REFUSED
        assert "--password-file" in result.talk

    def test_refuses_what_is_no_workbook(
        self, run: Run, tmp_path: Path, keys: Path
    ) -> None:
        path = tmp_path / "notes.xlsx"
        path.write_text("rien", "utf-8")

        result = sign(run, tmp_path, path, keys, "--role", "chair")

        assert (result.code, result.data) == (Exit.UNREADABLE, "")

    def test_is_not_undone_by_another_export(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        sign(run, sessions, workbook, keys)
        signed = workbook.read_bytes()

        result = run("export", "demo-2008-06-10", "--sessions", sessions)

        assert (result.code, result.data) == (Exit.REFUSED, "")
        assert signed == workbook.read_bytes()


class TestVerify:
    """Three separate answers per signature: intact, complete, trusted; then, with the
    register, faithful."""

    def verify(self, run: Run, sessions: Path, workbook: Path, *more: str) -> Result:
        return run(
            "verify", workbook, "--register", "demo-2008-06-10",
            "--sessions", sessions, "--json", *more,
        )  # fmt: skip

    def test_answers_the_four_questions(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        sign(run, sessions, workbook, keys)

        unknown = self.verify(run, sessions, workbook)
        known = self.verify(
            run, sessions, workbook, "--ca", str(keys.parent / "authority.pem")
        )

        assert (unknown.code, known.code) == (Exit.FINE, Exit.FINE)
        assert [
            (
                r.json["intact"],
                r.json["complete"],
                r.json["trusted"],
                r.json["faithful"],
            )
            for r in (unknown, known)
        ] == [("yes", "yes", "unknown", True), ("yes", "yes", "yes", True)]

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_answers_in_words(
        self, run: Run, sessions: Path, workbook: Path, keys: Path, language: str
    ) -> None:
        sign(run, sessions, workbook, keys)

        result = run(
            "verify", workbook, "--register", "demo-2008-06-10",
            "--sessions", sessions, "--lang", language,
        )  # fmt: skip

        assert result.data.count("✓") == 3
        assert ("fidèle" if language == "fr" else "faithful") in result.data

    def test_of_an_unsigned_workbook_is_no(
        self, run: Run, sessions: Path, workbook: Path
    ) -> None:
        result = self.verify(run, sessions, workbook)

        assert (result.code, result.json["signed"]) == (Exit.REFUSED, False)
        assert result.json["faithful"]

    def test_of_another_sessions_workbook_is_not_faithful(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        sign(run, sessions, workbook, keys)

        result = run(
            "verify", workbook, "--register", "demo-2008-06-24",
            "--sessions", sessions, "--json",
        )  # fmt: skip

        assert (result.code, result.json["faithful"]) == (Exit.REFUSED, False)

    def test_of_a_changed_workbook_is_no(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        sign(run, sessions, workbook, keys)
        data = bytearray(workbook.read_bytes())
        data[data.index(b"PETITGRAND") + 3] ^= 1
        workbook.write_bytes(data)

        assert self.verify(run, sessions, workbook).code in (
            Exit.REFUSED,
            Exit.UNREADABLE,
        )

    def test_of_a_companion_says_so(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        beside = sign(run, sessions, workbook, keys, "--companion")
        sign(run, sessions, workbook, keys)

        result = self.verify(run, sessions, workbook)

        assert beside.data == f"{workbook}.p7s\n"
        assert result.code == Exit.REFUSED
        assert result.json["companion"]["intact"]["answer"] == "no"

    def test_of_what_is_no_workbook_is_unreadable(
        self, run: Run, tmp_path: Path
    ) -> None:
        path = tmp_path / "notes.xlsx"
        path.write_bytes(b"PK\x03\x04 rien")

        assert run("verify", path).code == Exit.UNREADABLE
        assert run("verify", tmp_path / "nowhere.xlsx").code == Exit.UNREADABLE


class TestKeys:
    """A local authority and password-protected PKCS#12 files, readable by their owner
    only; says plainly what such a signature is worth; renews and revokes."""

    def test_say_what_they_are_worth(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "p").write_text(AUTHORITY, "utf-8")

        result = run("keys", "authority", "k", "Essai", "--password-file", "p")

        assert "pas des signatures qualifiées" in result.talk

    @pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
    def test_are_read_by_their_owner_only(self, keys: Path) -> None:
        assert stat.S_IMODE(keys.stat().st_mode) == 0o600

    def test_are_renewed_and_revoked(
        self, run: Run, sessions: Path, workbook: Path, keys: Path
    ) -> None:
        sign(run, sessions, workbook, keys)
        old = keys.with_suffix(".pem")
        passwords = ("--password-file", "authority.txt")
        renewed = run(
            "keys", "renew", keys.parent, old, *passwords,
            "--own-password-file", "own.txt",
        )  # fmt: skip
        revoked = run("keys", "revoke", keys.parent, old, *passwords)

        result = run(
            "verify", workbook, "--ca", keys.parent / "authority.pem",
            "--crl", revoked.data.strip(), "--json",
        )  # fmt: skip
        assert (renewed.code, revoked.code) == (Exit.FINE, Exit.FINE)
        assert renewed.data.strip() != str(keys)
        assert (result.code, result.json["trusted"]) == (Exit.REFUSED, "no")

    def test_are_never_overwritten(self, run: Run, keys: Path) -> None:
        again = run(
            "keys", "authority", keys.parent, "Autre", "--password-file",
            "authority.txt",
        )  # fmt: skip

        assert again.code == Exit.REFUSED


class TestArchive:
    """One archive (zip) with register, workbook, signatures, rulebooks used, and the
    verification page; `audit` reads it."""

    def test_is_read_by_the_audit(
        self, run: Run, sessions: Path, workbook: Path
    ) -> None:
        made = run("archive", "demo-2008-06-10", "--sessions", sessions)

        assert made.data == "exports/demo-2008-06-10.zip\n"
        assert workbook.exists()
        assert run("audit", made.data.strip()).code == Exit.FINE

    def test_where_nothing_can_be_written_it_says_so(
        self, run: Run, finished: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuses(self: Path, *_: object, **__: object) -> None:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))

        Path("taken").write_bytes(b"")
        in_a_file = run("archive", finished, "-o", "taken/a.zip")
        monkeypatch.setattr(Path, "mkdir", refuses)
        protected = run("archive", finished)

        assert in_a_file.code != Exit.FINE
        assert "taken" in in_a_file.talk
        assert protected.code == Exit.REFUSED
        assert "support" in protected.talk

    def test_has_a_name_in_zip(self, run: Run, finished: Path) -> None:
        assert run("archive", finished, "-o", "a.tar").code == Exit.USAGE


class TestCheckpoint:
    """`--since CHECKPOINT` tells what changed since a signed checkpoint (level 0: sizes
    and dates; level 1: every byte hashed; level 2: derived again)."""

    @pytest.mark.parametrize("level", ["0", "1", "2"])
    def test_tells_what_changed(
        self, run: Run, tmp_path: Path, sessions: Path, level: str
    ) -> None:
        made = run("audit", sessions, "--checkpoint", "day.json")
        same = run("audit", sessions, "--since", "day.json", "--level", level)
        path = sessions / "demo-2008-06-24" / "acts.jsonl"
        data = path.read_bytes()
        path.write_bytes(data.replace(b"Petitgrand", b"Petitgrant", 1) + b"\n")
        changed = run("audit", sessions, "--since", "day.json", "--level", level)

        assert (made.code, same.code) == (Exit.FINE, Exit.FINE)
        assert "demo-2008-06-24" in changed.data
        assert changed.code == (Exit.FINE if level == "0" else Exit.REFUSED)

    def test_that_was_changed_is_refused(
        self, run: Run, tmp_path: Path, sessions: Path
    ) -> None:
        run("audit", sessions, "--checkpoint", "day.json")
        path = tmp_path / "day.json"
        path.write_bytes(path.read_bytes().replace(b"demo", b"domo", 1))

        result = run("audit", sessions, "--since", "day.json")

        assert (result.code, result.data) == (Exit.UNREADABLE, "")

    def test_may_be_signed(
        self, run: Run, tmp_path: Path, sessions: Path, keys: Path
    ) -> None:
        run(
            "audit", sessions, "--checkpoint", "day.json", "--key", keys,
            "--password-file", "own.txt",
        )  # fmt: skip

        assert (tmp_path / "day.json.p7s").exists()
        assert run("audit", sessions, "--since", "day.json").code == Exit.FINE
