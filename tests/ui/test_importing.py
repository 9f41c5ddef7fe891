"""Lists from files: faults line by line, nothing kept before it is accepted."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.i18n import set_language
from jury_tui.register.drafting import draft
from jury_tui.register.record import Record
from jury_tui.rules.people import TieKind
from jury_tui.session.commands.preparing import DeclareTie
from jury_tui.ui.nearby import nearby
from jury_tui.ui.readiness import points
from jury_tui.ui.screens.importing import ImportScreen
from jury_tui.ui.screens.people import CandidateForm
from jury_tui.ui.screens.readiness import ReadinessScreen
from jury_tui.ui.widgets.bars import KeyBar
from jury_tui.ui.widgets.lines import Lines
from jury_tui.ui.widgets.path import above, matches
from jury_tui.ui.widgets.reading import Reading
from tests.support import screens
from tests.support.screens import lines, press, text

HEAD = "Nom de naissance;Prénom;Date de naissance;Lieu de naissance;Numéro;Parcours"
HOSTILE = ("[red]Leroy[/]", "=cmd|' /C calc'!A0", "Ro\u202eux", "山田 🎓", "[@click=x]")


def candidates(folder: Path) -> Path:
    """Forty candidates, three of them with a fault."""
    rows = [HEAD]
    for n in range(40):
        name = HOSTILE[n] if n < len(HOSTILE) else f"Nom{chr(65 + n % 26)}{n // 26}"
        born = {7: "31/02/1970", 19: "hier"}.get(n, "14/02/1974")
        name = "" if n == 30 else name
        rows.append(f"{name};Samira;{born};Lyon;2008-{n:04d};01/10/2007")
    path = folder / "candidats.csv"
    path.write_text("\n".join(rows), "utf-8")
    return path


def members(folder: Path) -> Path:
    """Three members, one of them in a seat that does not exist."""
    path = folder / "membres.csv"
    path.write_text(
        "Nom;Prénom;Sexe;Siège;Acte de nomination;Date de l'acte;Autorité\n"
        "Vasseur;Claire;F;président;2008-12;03/03/2008;La directrice\n"
        "[bold]More$text;Paul;M;astronaute;2008-12;03/03/2008;La directrice\n"
        "Petit;Anne;F;formateurs ou enseignants;2008-12;03/03/2008;La directrice\n",
        "utf-8",
    )
    return path


def drafted(folder: Path) -> Record:
    """A session without anybody."""
    return draft(
        folder,
        certification="RNCP5411",
        route="vae",
        date=screens.START.date(),
        now=screens.START,
        fictitious=True,
    )


def fits(pilot: Pilot[None]) -> None:
    """Nothing is wider than the screen; eight keys at most."""
    width, height = pilot.app.size
    shown = lines(pilot)
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}
    for bar in pilot.app.screen.query(KeyBar):
        assert len(bar.shown) <= KeyBar.MOST


async def chosen(pilot: Pilot[None], path: Path) -> None:
    """Choose a file by its path, whatever lies near."""
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    await pilot.pause()
    if isinstance(pilot.app.focused, Lines):
        await press(pilot, "end", "enter")
        await pilot.pause()
    await press(pilot, f">{path}", "enter")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


class TestCandidates:
    """« import 40 candidates with 3 faulty lines »: « line-by-line errors and nothing
    kept before "accept" »."""

    @pytest.mark.parametrize("size", [(80, 24), (60, 20)])
    async def test_three_faults_among_forty(
        self, tmp_path: Path, elsewhere: Path, size: tuple[int, int]
    ) -> None:
        record = drafted(tmp_path / "sessions")
        path, acts = record.path, len(record.acts)
        record.close()
        candidates(elsewhere)
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=size) as pilot:
            await press(pilot, "l", "f")
            assert "candidats.csv" in text(pilot)  # it lies near: no path to type
            fits(pilot)
            await press(pilot, "enter")
            shown = text(pilot)
            assert "37 lignes" in shown
            assert "3 fautes" in shown or "3 erreurs" in shown
            for line in ("9", "21", "32"):
                assert any(
                    row.replace("▸", " ").split()[:2] == [line, "✗"]
                    for row in shown.splitlines()
                ), line
            fits(pilot)
            assert "ligne 9" in shown  # the first fault, whole, below
            await press(pilot, "down", "down")
            assert "ligne 32" in text(pilot)
            assert app.record is not None
            assert acts == len(app.record.acts)
            await press(pilot, "f", "escape", "escape")
            assert acts == len(app.record.acts)
            await press(pilot, "f", "enter", "enter")
            assert not isinstance(app.screen, ImportScreen)
            session = app.session
            assert session is not None
            assert len(session.files) == 37
            fits(pilot)
            assert "\u202e" not in text(pilot)
            # « the import message takes two lines at 60 columns »
            assert app.screen.query_one("#message").size.height == 1
            wide = size[0] == 80
            left = "lignes 9, 21 et 32" if wide else "37 lignes · 3 à corriger"
            assert left in text(pilot).replace("\u00a0", " ")
            assert "[RED]LEROY[/] Sam" in text(pilot)
        with Record.open(path, write=False) as again:
            assert len(again.session.files) == 37

    async def test_put_right_and_read_again(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        file = candidates(tmp_path / "sessions")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f")
            await chosen(pilot, file)
            good = file.read_text("utf-8").replace("hier", "14/02/1974")
            good = good.replace("31/02/1970", "28/02/1970")
            file.write_text(good.replace("\n;Samira", "\nKaya;Samira"), "utf-8")
            await press(pilot, "r")
            assert "40 lignes" in text(pilot)
            assert "non retenu" not in text(pilot)
            await press(pilot, "enter")
            assert app.session is not None
            assert len(app.session.files) == 40

    async def test_the_faulty_lines_later(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        """« After 37 of 40 were kept, the file put right was refused whole: the id
        “c1” is taken. » Seven keys in all, once the file is put right."""
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        file = candidates(elsewhere)
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "enter", "enter")
            assert "37 lignes · lignes" in text(pilot)
            good = file.read_text("utf-8").replace("hier", "14/02/1974")
            good = good.replace("31/02/1970", "28/02/1970")
            file.write_text(good.replace("\n;Samira", "\nKaya;Samira"), "utf-8")
            await press(pilot, "f", "enter")
            shown = text(pilot)
            assert "3 lignes" in shown
            assert "37 déjà là" in shown
            assert "déjà dans la séance" in shown
            fits(pilot)
            await press(pilot, "enter")
            session = app.session
            assert session is not None
            assert len(session.files) == 40
            numbers = [f.candidate.file_number for f in session.agenda]
            assert len(set(numbers)) == 40
            await press(pilot, "f", "enter")
            assert "40 déjà là" in text(pilot)
            assert not app.screen.check_action("accept", ())

    async def test_dates_as_the_language_writes_them(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        candidates(elsewhere)
        for tongue, day in (("fr", "14/02/1974"), ("en", "1974-02-14")):
            set_language(tongue)
            app = screens.app(tmp_path / "sessions", path)
            async with app.run_test(size=(80, 24)) as pilot:
                await press(pilot, "l", "f", "enter", *["down"] * 3)
                shown = text(pilot)
                other = {"14/02/1974", "1974-02-14"} - {day}
                assert day in shown
                assert other.pop() not in shown
                assert "Lyon" in shown  # the rest of the line, below
                fits(pilot)

    async def test_a_column_left_out_is_said(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        file = candidates(elsewhere)
        said = file.read_text("utf-8").replace("Lieu de naissance", "[b]Couleur", 1)
        file.write_text(said, "utf-8")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "enter", "down", "down", "down")
            shown = text(pilot).replace("\u00a0", " ")
            assert "! " in shown
            assert "colonne « [b]Couleur » : Cette colonne n’est pas" in shown
            fits(pilot)

    async def test_no_list_at_all(self, tmp_path: Path, elsewhere: Path) -> None:
        record = drafted(tmp_path / "sessions")
        path, acts = record.path, len(record.acts)
        record.close()
        file = tmp_path / "x.csv"
        file.write_bytes(b"")
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f")
            await chosen(pilot, file)
            assert app.notice.kind == "refused"
            for content in (
                b"\x00\xff\xfe",
                b"PK\x03\x04rubbish",
                HEAD.encode(),
                b"a;b\n1;2\n",
            ):
                file.write_bytes(content)
                app.tell("")
                await press(pilot, "r")
                assert isinstance(app.screen, ImportScreen)
                assert app.notice.kind == "refused", content
                assert not app.screen.check_action("accept", ())
            await press(pilot, "enter", "escape")
            assert app.record is not None
            assert acts == len(app.record.acts)


class TestMembers:
    """The same for members: a seat that does not exist is a fault of its line."""

    async def test_unknown_seat(self, tmp_path: Path, elsewhere: Path) -> None:
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        members(elsewhere)
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "f", "enter")
            shown = text(pilot)
            assert "2 lignes" in shown
            assert "astronaute" in shown
            assert "présidente · 2008-12" in shown
            assert "formateurs ou enseignants" in shown
            assert "formateur_enseignant" not in shown
            assert app.session is not None
            assert not app.session.members
            await press(pilot, "enter")
            assert [m.family_name for m in app.session.members.values()] == [
                "Vasseur",
                "Petit",
            ]


class TestTies:
    """« ties given in a members' file are read by the command line but not on the
    screens »."""

    async def test_declared_with_the_candidates_that_are_there(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        record = screens.drafted(tmp_path / "sessions", 2)
        record.close()
        (elsewhere / "membres.csv").write_text(
            "Nom;Siège;Liens\nVasseur;conseillers VAE;"
            "2008-0001:famille:cousins [b]|2008-0417:employeur\n",
            "utf-8",
        )
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "j", "f", "enter")
            shown = text(pilot).replace("\u00a0", " ")
            assert "1 ligne à garder · 1 lien" in shown
            assert "aucun candidat ne répond à « 2008-0417 »" in " ".join(shown.split())
            await press(pilot, "down")
            assert "Lien avec [RED]KAYA Deniz : lien familial" in text(pilot).replace(
                "\u00a0", " "
            )
            fits(pilot)
            await press(pilot, "enter")
            session = app.session
            assert session is not None
            ties = [(t.member, t.candidate, t.kind, t.reason) for t in session.ties]
            new = next(m.id for m in session.members.values() if m.name == "VASSEUR")
            assert ties == [(new, "c2", "family", "cousins [b]")]
            # read again once the other candidate is there: only what is new
            await press(pilot, "l", "a", ">Quist", *["down"] * 6, ">2008-0417")
            await press(pilot, "ctrl+s", "j", "f", "enter")
            assert "0 ligne à garder · 1 lien · 1 déjà là" in text(pilot).replace(
                "\u00a0", " "
            )
            await press(pilot, "enter")
            assert app.session is not None
            assert [(t.member, t.candidate) for t in app.session.ties] == [
                (new, "c2"),
                (new, "c3"),
            ]
            assert " 1 lien · enregistré" in text(pilot)


class TestFiles:
    """« 145 keys, most of them the path »: what lies near is offered, the rest is
    completed, and the folder is remembered."""

    async def test_completed(self, tmp_path: Path, elsewhere: Path) -> None:
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        deep = tmp_path / "Élèves [b]" / "2008"
        deep.mkdir(parents=True)
        (deep / ".hidden.csv").write_text("", "utf-8")
        (deep / "notes.txt").write_text("", "utf-8")
        candidates(deep)
        kept = tmp_path / "preferences.json"
        app = screens.app(tmp_path / "sessions", path, preferences=kept)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", f">{tmp_path}{os.sep}ele", "tab")
            assert "2008" in text(pilot)
            fits(pilot)
            await press(pilot, "enter")  # the one folder there
            assert "candidats.csv" in text(pilot)
            assert "hidden" not in text(pilot)
            assert "notes" not in text(pilot)
            await press(pilot, "up", "down", "enter")
            assert "37 lignes" in text(pilot)
            assert app.kept.files == str(deep.resolve())
        again = screens.app(tmp_path / "sessions", path, preferences=kept)
        async with again.run_test(size=(60, 20)) as pilot:
            await press(pilot, "l", "f")
            assert "candidats.csv" in text(pilot)  # near, from now on
            fits(pilot)
            await press(pilot, "end", "enter")
            fits(pilot)
            await press(pilot, ">nul", "enter")  # nothing begins so: said, not found
            assert again.notice.kind == "refused"

    async def test_the_folder_above(self, tmp_path: Path, elsewhere: Path) -> None:
        """« There is no ".." to go up in the list of offered files. »"""
        record = drafted(tmp_path / "sessions")
        record.close()
        file = candidates(tmp_path)
        (elsewhere / "deep").mkdir()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "end", "enter")
            assert "le dossier au-dessus" in text(pilot)
            await press(pilot, "up", "enter")
            assert file.name in text(pilot)
            await press(pilot, ">candid")
            assert "le dossier au-dessus" not in text(pilot)
            await press(pilot, "enter")
            assert "37 lignes" in text(pilot)
        assert above(f"{os.sep}x", tmp_path) is None  # nothing is above the root

    def test_what_begins_so(self, tmp_path: Path) -> None:
        for name in ("Été.csv", "etape.XLSX", "autre.csv", "été.txt"):
            (tmp_path / name).write_text("", "utf-8")
        (tmp_path / "etudes").mkdir()
        found = [p.name for p in matches("et", (".csv", ".xlsx"), tmp_path)]
        assert found == ["etudes", "etape.XLSX", "Été.csv"]
        assert matches(f"{tmp_path}{os.sep}et", (".csv",), Path("/")) != []
        assert matches("nowhere/x", (".csv",), tmp_path) == []
        assert matches("a\0b/", (".csv",), tmp_path) == []
        assert matches("~nobody-at-all/", (".csv",), tmp_path) == []

    def test_today_first(self, tmp_path: Path) -> None:
        for number, name in enumerate(("a.csv", "b.csv", "c.csv")):
            (tmp_path / name).write_text("", "utf-8")
            os.utime(tmp_path / name, (number, number))
        found = nearby((tmp_path, tmp_path / "absent"), (".csv",))
        assert [p.name for p in found] == ["c.csv", "b.csv", "a.csv"]


class TestTheOtherList:
    """« The candidates’ file lay first where members were asked for, and the refusal
    did not say what it was. »"""

    async def test_the_likely_one_comes_first(
        self, tmp_path: Path, elsewhere: Path
    ) -> None:
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        os.utime(members(elsewhere), (1, 1))
        candidates(elsewhere)
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "f")
            assert "▸membres.csv" in text(pilot)
            await press(pilot, "down", "enter")
            assert "C’est une liste de candidats" in text(pilot)
            await press(pilot, "f")
            assert "C’est une liste" not in text(pilot)
            await press(pilot, "escape", "escape", "l", "f")
            assert "▸candidats.csv" in text(pilot)
            await press(pilot, "down", "enter")
            assert "C’est une liste de membres" in text(pilot)


class TestReadiness:
    """« a check-list of what is missing before the day »."""

    @pytest.mark.parametrize("room", ["j", "l"])
    async def test_one_key_from_both_rooms(self, tmp_path: Path, room: str) -> None:
        record = drafted(tmp_path / "sessions")
        path = record.path
        record.close()
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, room, "v")
            assert isinstance(app.screen, ReadinessScreen)
            shown = text(pilot)
            assert "le lieu" in shown
            for todo in ("Nommez les membres", "Inscrivez les candidats", "Indiquez l"):
                assert f"✗ {todo}" in shown  # what to do comes first
            assert "Avant la séance" in shown
            fits(pilot)
            await pilot.resize_terminal(60, 20)
            await screens.settle(pilot)
            fits(pilot)

    def test_a_silent_text_is_no_datum(self, tmp_path: Path) -> None:
        """« Il manque pour 1 candidat, et un texte le demande : text. »"""
        with screens.drafted(tmp_path / "sessions", 2) as record:
            for member, kind in (("m1", "accompanied"), ("m2", "family")):
                tie = DeclareTie(member=member, candidate="c1", kind=TieKind(kind))
                record.do(tie, now=screens.START)
            said = [point.text for point in points(record.session)]
            assert any("2 liens" in text for text in said)
            assert not any(text.endswith(": text.") for text in said)

    async def test_enter_goes_where_it_is_mended(self, tmp_path: Path) -> None:
        record = screens.drafted(tmp_path / "sessions", 2)
        import msgspec

        from jury_tui.session.commands.preparing import AmendCandidate

        bare = msgspec.structs.replace(
            record.session.files["c2"].candidate, birth_place="", parcours_start=None
        )
        record.do(AmendCandidate(candidate=bare), now=screens.START)
        path = record.path
        record.close()
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "v")
            screen = app.screen
            assert isinstance(screen, ReadinessScreen)
            at = next(n for n, p in enumerate(screen.points) if p.place == "c2")
            await press(pilot, *["down"] * at)
            beside = screen.query_one("#detail", Reading).shown.plain
            assert "le lieu de naissance et le début du parcours" in beside
            assert "la fiche de cette personne" in beside
            assert "N° de dossier      2008-0001" in beside.replace("\u00a0", " ")
            await press(pilot, "enter")
            assert isinstance(app.screen, CandidateForm)
            assert app.focused is not None
            assert app.focused.id == "field-place"  # what is missing, not the name
            await press(pilot, ">Nantes", "down", "down", "down")
            await press(pilot, f">{dt.date(2007, 10, 2):%d/%m/%Y}", "ctrl+s")
            assert isinstance(app.screen, ReadinessScreen)
            assert "lieu de naissance" not in text(pilot)
            assert app.session is not None
            assert app.session.files["c2"].candidate.birth_place == "Nantes"


class TestSuggestedTies:
    """« Suggested conflicts … suggested with the reason, confirmed or dismissed by a
    person, never automatic »: the screens said nothing of them."""

    @pytest.mark.parametrize("declared", [True, False])
    async def test_settled_from_the_check_list(
        self, tmp_path: Path, declared: bool
    ) -> None:
        record = screens.drafted(tmp_path / "sessions", 2)
        import msgspec

        from jury_tui.session.commands.preparing import AmendCandidate, AmendMember

        firm = "Mission locale [b]de Brévannes"
        session = record.session
        record.do(
            AmendMember(
                member=msgspec.structs.replace(session.members["m4"], employer=firm)
            ),
            AmendCandidate(
                candidate=msgspec.structs.replace(
                    session.files["c2"].candidate, employer=firm.upper()
                )
            ),
            now=screens.START,
        )
        record.close()
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "v")
            screen = app.screen
            assert isinstance(screen, ReadinessScreen)
            at = next(n for n, p in enumerate(screen.points) if p.tie is not None)
            await press(pilot, "home", *["down"] * at, "enter")
            fits(pilot)
            assert app.session is not None
            assert not app.session.ties  # nothing is decided alone
            if declared:
                await press(pilot, "enter")
                ties = [(t.member, t.candidate) for t in app.session.ties]
                assert ties == [("m4", "c2")]
            else:
                await press(pilot, "down", "enter", ">autre établissement", "enter")
                assert not app.session.ties
                assert app.session.dismissed == (("m4", "c2", "autre établissement"),)
            assert not any(p.tie is not None for p in screen.points)


class TestQuestions:
    """What is asked with a line for something else: that line answers."""

    async def test_an_incident_is_taken_down(self, tmp_path: Path) -> None:
        record = screens.opened(tmp_path / "sessions", 1)
        path = record.path
        record.close()
        app = screens.app(tmp_path / "sessions", path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "i", "enter", ">Panne de courant", "enter")
            assert app.session is not None
            assert [n.text for n in app.session.incidents] == ["Panne de courant"]
