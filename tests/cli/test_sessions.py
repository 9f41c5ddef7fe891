"""`apply`, `show`, `export`, `audit`, `demo` on real sessions."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import stat
from pathlib import Path

import pytest

from jury_tui.cli import Exit, places
from jury_tui.demo import FINISHED, file
from jury_tui.register.record import Record
from jury_tui.rules.rulebook import source
from jury_tui.session.session import Phase
from tests.cli.conftest import Run

NOW = dt.datetime(2026, 11, 23, 14, 32, 7, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the command line stands still."""
    monkeypatch.setattr(places, "now", lambda: NOW)


Command = dict[str, object]


def lines(*commands: Command) -> str:
    """Commands as `apply` reads them."""
    return "".join(json.dumps(command) + "\n" for command in commands)


ARRIVE: Command = {"do": "arrive", "member": "m1"}
SIGN_IN: Command = {"do": "sign_in", "member": "Vasseur-Aubin"}
REFUSED: Command = {"do": "open"}


class TestApply:
    """One command per line, JSON, through the same guards as the screens; all or
    nothing by default."""

    def test_records_and_prints_the_acts(self, run: Run, ready: Path) -> None:
        result = run("apply", ready, "-", given=lines(ARRIVE, SIGN_IN))

        told = [json.loads(line) for line in result.data.splitlines()]
        assert result.code == Exit.FINE
        assert [(30, "MemberArrived"), (31, "MemberSignedIn")] == [
            (act["number"], act["type"]) for act in told
        ]
        assert "2 actes enregistrés" in result.talk

    def test_reads_a_file(self, run: Run, ready: Path, tmp_path: Path) -> None:
        path = tmp_path / "commands.jsonl"
        path.write_text("\ufeff\r\n" + lines(ARRIVE).replace("\n", "\r\n"), "utf-8")

        assert run("apply", ready, path).data.count("\n") == 1

    def test_writes_nothing_when_a_line_is_refused(self, run: Run, ready: Path) -> None:
        before = (ready / "acts.jsonl").read_bytes()

        result = run("apply", ready, "-", given=lines(ARRIVE, SIGN_IN, REFUSED))

        assert (Exit.REFUSED, "") == (result.code, result.data)
        assert "Ligne 3 : La séance ne peut pas s’ouvrir" in result.talk
        assert before == (ready / "acts.jsonl").read_bytes()

    def test_may_keep_going(self, run: Run, ready: Path) -> None:
        given = lines(ARRIVE, REFUSED, {"do": "dance"}, SIGN_IN)

        result = run("apply", ready, "-", "--keep-going", given=given)

        assert (Exit.REFUSED, 2) == (result.code, result.data.count("\n"))
        assert "Ligne 2 : " in result.talk
        assert "Ligne 3 : " in result.talk

    @pytest.mark.parametrize(
        "line",
        ["[]", "null", '"open"', "{}", '{"do":1}', '{"do":"open","x":1}',
         '{"do":"arrive"}', '{"do":"arrive","member":5}',
         '{"do":"arrive","member":"m1","time":"9999-12-31T23:59:59-23:59"}'],
    )  # fmt: skip
    def test_refuses_what_is_no_command(self, run: Run, ready: Path, line: str) -> None:
        result = run("apply", ready, "-", given=line)

        assert (Exit.REFUSED, "") == (result.code, result.data)
        assert "Ligne 1 : " in result.talk

    @pytest.mark.parametrize("line", ["{", "\x00", "[" * 5000, '{"do":'])
    def test_cannot_read_what_is_not_json(
        self, run: Run, ready: Path, line: str
    ) -> None:
        result = run("apply", ready, "-", given=line)

        assert (Exit.UNREADABLE, "") == (result.code, result.data)
        assert "La ligne 1 " in result.talk

    def test_of_nothing_says_so(self, run: Run, ready: Path) -> None:
        result = run("apply", ready, "-", given="\n\n")

        assert (Exit.FINE, "Rien à enregistrer.\n") == (result.code, result.talk)

    def test_of_a_file_that_is_not_there(self, run: Run, ready: Path) -> None:
        assert run("apply", ready, "nowhere.jsonl").code == Exit.UNREADABLE

    def test_waits_for_nobody_who_writes(self, run: Run, ready: Path) -> None:
        with Record.open(ready, now=NOW):
            result = run("apply", ready, "-", given=lines(ARRIVE))

        assert (Exit.REFUSED, "") == (result.code, result.data)

    def test_gives_the_same_minutes_as_the_demonstration(
        self,
        run: Run,
        tmp_path: Path,
        finished: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A whole session through `apply` gives the same minutes."""
        for name in ("membres.csv", "candidats.csv", "seance.jsonl"):
            (tmp_path / name).write_text(file(name).read_text("utf-8"), "utf-8")
        (tmp_path / "house.toml").write_text(source("RI-EXEMPLE")[1], "utf-8")
        over = run("export", finished, "--text").data
        place = "Cnam, 292 rue Saint-Martin, Paris 3e (séance fictive)"

        monkeypatch.setattr(places, "now", lambda: NOW.replace(year=2008, month=5))
        path = run(
            "new", "RNCP5411", "vae", "--date", "2008-06-10", "--time", "09:30",
            "--place", place, "--secretary", "Louise Girardon",
            "--members", "membres.csv", "--candidates", "candidats.csv",
            "--house", "house.toml",
        ).data.strip()  # fmt: skip
        monkeypatch.setattr(places, "now", lambda: NOW)
        convene: Command = {"do": "convene", "at": "2008-05-26T10:00:00+02:00"}
        begun = run("apply", path, "-", given=lines(convene))
        held = run("apply", path, "seance.jsonl")

        assert (Exit.FINE, Exit.FINE) == (begun.code, held.code)
        assert _decisions(over) == _decisions(run("export", path, "--text").data)


_OWN = re.compile(r"fictive|FICTIVE|[Rr]egistre|empreinte|[0-9a-f]{20}")


def _decisions(minutes: str) -> list[str]:
    """The minutes, but for what tells one register from another."""
    kept = [line for line in minutes.splitlines() if line and not _OWN.search(line)]
    return kept[: next(n for n, line in enumerate(kept) if "technique" in line.lower())]


class TestShow:
    """The session, in plain text for a screen reader, or whole as JSON; as it stood
    after any act."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_tells_it_after_every_act(
        self, run: Run, finished: Path, language: str
    ) -> None:
        with Record.open(finished, write=False) as record:
            last = len(record.acts)
        for number in {1, 2, 3, 10, 40, 60, last - 1, last}:
            told = run("show", finished, "--at", str(number), "--lang", language)
            whole = run("show", finished, "--at", str(number), "--json")

            assert (Exit.FINE, Exit.FINE) == (told.code, whole.code)
            assert number == whole.json["count"]

    def test_beyond_the_last_act_is_wrong_usage(self, run: Run, finished: Path) -> None:
        assert run("show", finished, "--at", "9999").code == Exit.USAGE

    def test_says_everything_a_screen_says(self, run: Run, finished: Path) -> None:
        told = run("show", finished).data

        for word in (
            "Séance fictive", "10 juin 2008", "Membres délibératifs (8)",
            "Invités de droit (5)", "remplacé par TESSANDRE Joël",
            "voix prépondérante de VASSEUR-AUBIN Claire : pour",
            "vote repris", "acquise antérieurement (12/05/2006, Lyon)",
            "validation partielle", "aucune validation", "absent", "reporté",
            "ROUSSINET Nadia récusé", "Coupure de la visioconférence",
            "Code de tête : ",
        ):  # fmt: skip
            assert word in told

    def test_names_nobody_s_vote(self, run: Run, finished: Path) -> None:
        told = run("show", finished).data

        assert "MORELLET Paul : " not in told

    def test_in_english_has_no_french_word_of_ours(
        self, run: Run, finished: Path
    ) -> None:
        told = run("show", finished, "--lang", "en").data

        assert not {"Séance", "acquise", "récusé", "Motif", "présent"} & set(
            told.replace(":", " ").split()
        )

    def test_of_an_altered_register_is_refused(self, run: Run, finished: Path) -> None:
        path = finished / "acts.jsonl"
        data = path.read_bytes()
        path.write_bytes(data.replace(b"Petitgrand", b"Petitgranc", 1))

        assert run("show", finished).code == Exit.UNREADABLE


class TestExport:
    """Numbers the minutes gaplessly per certifier and year, writes the workbook,
    records it; refuses with the list of what is missing."""

    def test_writes_a_workbook_and_records_it(
        self, run: Run, tmp_path: Path, finished: Path
    ) -> None:
        result = run("export", finished)

        path = tmp_path / "exports" / "FICTIF-2008-1.xlsx"
        assert (Exit.FINE, "exports/FICTIF-2008-1.xlsx\n") == (result.code, result.data)
        with Record.open(finished, write=False) as record:
            session = record.session
        (export,) = session.exports
        assert ("FICTIF-2008-1", "FICTIF-2008-1.xlsx") == (session.number, export.file)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == export.sha256
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [path] == list((tmp_path / "exports").iterdir())

    def test_keeps_its_number(self, run: Run, tmp_path: Path, finished: Path) -> None:
        run("export", finished)

        result = run("export", finished, "-o", tmp_path / "other.xlsx")

        assert f"{tmp_path / 'other.xlsx'}\n" == result.data
        assert "FICTIF-2008-1" in result.talk

    def test_prints_a_letter_and_an_extract(self, run: Run, finished: Path) -> None:
        run("export", finished)
        extract = run("export", finished, "--extract", "c1")
        letter = run("export", finished, "--letter", "c1", "-o", "lettre.xlsx")
        stranger = run("export", finished, "--letter", "c99")
        rectified = run("export", finished, "--rectifying", "FICTIF-2008-2")

        assert (Exit.FINE, Exit.FINE) == (extract.code, letter.code)
        assert "Extrait du procès-verbal" in extract.data
        assert Path("lettre.xlsx").is_file()
        assert (Exit.REFUSED, Exit.REFUSED) == (stranger.code, rectified.code)

    def test_leaves_no_gap(self, run: Run, sessions: Path, finished: Path) -> None:
        run("--sessions", sessions, "export", FINISHED)
        self.another(sessions, finished)

        result = run("--sessions", sessions, "export", "second")

        assert result.data == "exports/FICTIF-2008-2.xlsx\n"

    def another(self, sessions: Path, finished: Path) -> None:
        """A second closed session in the folder, from the first one's acts."""
        from jury_tui.register.register import Register
        from jury_tui.session.acts import MinutesNumbered, to_record

        with Record.open(finished, write=False) as record:
            first, *others = [
                to_record(act)
                for act in record.acts
                if not isinstance(act, MinutesNumbered)
                and type(act).__name__ != "MinutesExported"
            ]
        with Register.create(sessions, {**first, "session": "second"}) as register:
            for act in others:
                register.append([act])

    def test_lists_what_is_missing(self, run: Run, tmp_path: Path, ready: Path) -> None:
        result = run("export", ready)

        assert (Exit.REFUSED, "") == (result.code, result.data)
        assert result.talk.count("\n– ") > 5
        assert not (tmp_path / "exports").exists()

    def test_prints_the_minutes_as_text(
        self, run: Run, tmp_path: Path, finished: Path, ready: Path
    ) -> None:
        over, waiting = (
            run("export", finished, "--text"),
            run("export", ready, "--text"),
        )

        assert "PROCÈS-VERBAL" in over.data
        assert (Exit.REFUSED, Exit.REFUSED) == (over.code, waiting.code)
        run("export", finished)
        assert run("export", finished, "--text").code == Exit.FINE

    @pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
    def test_says_where_it_cannot_write(
        self, run: Run, tmp_path: Path, finished: Path
    ) -> None:
        (tmp_path / "file").write_text("", "utf-8")

        result = run("export", finished, "--exports", tmp_path / "file")

        assert (Exit.REFUSED, "") == (result.code, result.data)


class TestAudit:
    """`jury-tui audit [PATH…] [--json]`."""

    def test_of_the_demonstration_finds_it_intact(
        self, run: Run, sessions: Path
    ) -> None:
        told, whole = run("audit", sessions), run("audit", sessions, "--json")

        assert (Exit.FINE, Exit.FINE) == (told.code, whole.code)
        assert "intact" == whole.json["verdict"]
        assert 2 == len(whole.json["reports"])

    def test_without_a_path_takes_the_folder_of_sessions(
        self, run: Run, sessions: Path
    ) -> None:
        told = run("audit", "--json", "--sessions", sessions)

        assert 2 == len(told.json["reports"])

    @pytest.fixture(params=["change", "cut", "empty", "noise"])
    def harmed(self, request: pytest.FixtureRequest, finished: Path) -> Path:
        """The session, its register changed by somebody."""
        path = finished / "acts.jsonl"
        data = path.read_bytes()
        path.write_bytes(
            {
                "change": data.replace(b"Petitgrand", b"Petitgranc", 1),
                "cut": b"".join(data.splitlines(keepends=True)[:-3]),
                "empty": b"",
                "noise": os.urandom(2000),
            }[request.param]
        )
        return finished

    def test_never_finds_a_harmed_session_intact(self, run: Run, harmed: Path) -> None:
        told = run("audit", harmed)

        assert told.code in (Exit.REFUSED, Exit.UNREADABLE)
        assert "intact" not in told.data


class TestDemo:
    """A fictitious session: made if absent, then opened (or its path printed)."""

    def test_prints_its_path(self, run: Run, tmp_path: Path) -> None:
        first, second = run("demo", "--no-ui"), run("demo", "--no-ui")

        assert f"sessions/{FINISHED}\n" == first.data == second.data
        with Record.open(tmp_path / first.data.strip(), write=False) as record:
            assert Phase.CLOSED is record.session.phase

    def test_needs_a_terminal_for_the_screens(self, run: Run) -> None:
        result = run("demo")

        assert (Exit.USAGE, "") == (result.code, result.data)
        assert "terminal" in result.talk
