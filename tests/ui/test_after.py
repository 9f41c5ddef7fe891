"""After the session: signatures, verification, letters, scans, rectifications."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from jury_tui.minutes import closing
from jury_tui.minutes.closing import signatories
from jury_tui.minutes.signatories import due
from jury_tui.register.record import Record
from jury_tui.session.commands.publishing import RecordSignature, Rectify
from jury_tui.session.commands.sitting import Seal
from jury_tui.session.session import Phase, Session
from jury_tui.signing import keys as authority_keys
from jury_tui.ui import publishing, signatures
from jury_tui.ui.app import JuryApp
from jury_tui.ui.screens.verifying import VerifyScreen
from jury_tui.ui.widgets.bars import KeyBar
from jury_tui.ui.widgets.lines import Lines
from tests.support import screens
from tests.support.screens import lines, press

PASSWORD = "un mot de passe"  # noqa: S105 - of keys made for the tests
LATER = screens.START + dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def vouched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A chair's key, as ``keys`` makes them, and the authority's certificate."""
    folder = tmp_path_factory.mktemp("keys")
    day = screens.START - dt.timedelta(days=1)
    made = authority_keys.create_authority(folder, "Autorité", PASSWORD, now=day)
    path = authority_keys.issue(made, "Claire DURAND", PASSWORD, now=day)
    return path, folder / authority_keys.AUTHORITY_CERTIFICATE


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed session, made once."""
    record = screens.closed(tmp_path_factory.mktemp("pattern") / "sessions")
    record.close()
    return record.path


@pytest.fixture
def closed(pattern: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed session of one's own; nothing lies near."""
    empty = tmp_path / "here"
    empty.mkdir()
    monkeypatch.chdir(empty)
    folder = next(p for p in pattern.parents if p.name == "sessions")
    shutil.copytree(folder, tmp_path / "sessions")
    return tmp_path / "sessions" / pattern.relative_to(folder)


@pytest.fixture
def sealed(closed: Path, tmp_path: Path) -> Path:
    """The same, exported and sealed."""
    from jury_tui.minutes.publishing import publish

    with Record.open(closed, now=LATER) as record:
        publish(
            record,
            sessions=closed.parent,
            target=tmp_path / "exports",
            now=LATER,
        )
        record.do(Seal(), now=LATER)
    return closed


def text(pilot: Pilot[None]) -> str:
    """The text on the screen, with ordinary spaces."""
    return screens.text(pilot).replace("\u00a0", " ").replace("\u202f", " ")


def fits(pilot: Pilot[None]) -> None:
    """Nothing is wider than the screen; eight keys at most."""
    width, height = pilot.app.size
    shown = lines(pilot)
    assert len(shown) == height
    assert {cell_len(line) for line in shown} == {width}
    for bar in pilot.app.screen.query(KeyBar):
        assert 0 < len(bar.shown) <= KeyBar.MOST


async def chosen(pilot: Pilot[None], path: Path) -> None:
    """Give a file by its path, whatever lies near."""
    await pilot.pause()
    if isinstance(pilot.app.focused, Lines):
        await press(pilot, "end", "enter")
        await pilot.pause()
    await press(pilot, f">{path}", "enter")


async def signed(pilot: Pilot[None], key: Path) -> None:
    """Export, then sign with a key."""
    await press(pilot, "x")
    await screens.settle(pilot)
    await press(pilot, "w")
    await chosen(pilot, key)
    await press(pilot, f">{PASSWORD}", "enter")
    await press(pilot, "enter", "enter")  # as the texts say; confirmed


def now_in(app: JuryApp) -> Session:
    """The session as it is now."""
    assert app.session is not None
    return app.session


def app_on(path: Path) -> JuryApp:
    """The application on a session."""
    return screens.app(path.parent, path)


class TestSigning:
    """« in the UI: who has signed, who is missing, according to the rulebook's
    signatories »; « the signature act goes into the register too »."""

    async def test_signed_with_a_real_key(
        self, closed: Path, vouched: tuple[Path, Path]
    ) -> None:
        app = app_on(closed)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "x")
            await screens.settle(pilot)
            session = now_in(app)
            expected = len(signatories(session))
            assert f"Signé par certificat : 0 sur {expected}" in text(pilot)
            await signed(pilot, vouched[0])
            session = now_in(app)
            signature = session.signatures[-1]
            assert signature.signer == "Claire DURAND"
            assert session.members[signature.member].family_name == "Durand"
            data = (app.exports / session.exports[-1].file).read_bytes()
            assert signature.file_sha256 == hashlib.sha256(data).hexdigest()
            shown = text(pilot)
            assert f"Signé par certificat : 1 sur {expected} · DURAND Claire" in shown
            assert "Doivent encore signer" in shown
            fits(pilot)
            await press(pilot, "w")
            await chosen(pilot, vouched[0])
            await press(pilot, f">{PASSWORD}", "enter")
            assert "a déjà signé" in text(pilot)
            assert len(now_in(app).signatures) == 1

            await press(pilot, "v")
            assert isinstance(app.screen, VerifyScreen)
            shown = text(pilot)
            assert "✓ ce qui a été signé est intact" in shown
            assert "? le signataire est de confiance" in shown
            assert "… " in shown
            await press(pilot, "a")
            await chosen(pilot, vouched[1])
            assert "✓ le signataire est de confiance" in text(pilot)
            fits(pilot)
            await press(pilot, "end")
            assert "✓ dit ce que dit le registre : fidèle" in text(pilot)
            await pilot.resize_terminal(60, 20)
            await screens.settle(pilot)
            fits(pilot)

    @pytest.mark.parametrize("wrong", ["password", "file", "absent"])
    async def test_what_does_not_sign(
        self, closed: Path, vouched: tuple[Path, Path], wrong: str
    ) -> None:
        key = vouched[1] if wrong == "file" else vouched[0]
        key = key.with_name("nobody.p12") if wrong == "absent" else key
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "x")
            await screens.settle(pilot)
            await press(pilot, "w")
            await chosen(pilot, key)
            await press(pilot, ">autre chose", "enter")
            assert app.notice.kind == "refused"
            assert now_in(app).signatures == ()

    async def test_changed_since(self, closed: Path) -> None:
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "x")
            await screens.settle(pilot)
            path = app.exports / now_in(app).exports[-1].file
            path.write_bytes(b"PK\x03\x04" + bytes(60))
            await press(pilot, "v")
            assert "✗" in text(pilot)
            path.unlink()
            await press(pilot, "r")
            assert "ne peut pas être lu" in text(pilot)
            assert "Doivent encore" not in text(pilot)
            fits(pilot)

    def test_one_name_in_any_order(self, closed: Path) -> None:
        with Record.open(closed, write=False) as record:
            session = record.session
        member, capacity = signatures.place_of(session, "claire durand")
        assert session.members[member].family_name == "Durand"
        assert capacity
        assert signatures.place_of(session, "Claire") == ("", "")
        assert signatures.place_of(session, "") == ("", "")

    def test_a_signature_is_on_one_workbook(self, sealed: Path) -> None:
        with Record.open(sealed, now=LATER) as record:
            record.do(
                RecordSignature(
                    signer="Durand Claire",
                    role="présidente",
                    certificate_sha256="0" * 64,
                    file_sha256="0" * 64,
                ),
                now=LATER,
            )
            every = due(record.session)
        assert [d.who for d in every if d.signed] == ["DURAND Claire"]


class TestTheWhole:
    """« use the room at 200×50 »; a sealed session asked for signatures it refuses."""

    async def test_every_signatory_beside_a_wide_text(self, sealed: Path) -> None:
        app = app_on(sealed)
        async with app.run_test(size=(200, 50)) as pilot:
            await pilot.pause()
            shown = text(pilot)
            for one in due(now_in(app)):
                assert f"– {one.who} " in shown
            assert "Doivent encore signer" not in shown
            fits(pilot)
            await pilot.resize_terminal(80, 24)
            await screens.settle(pilot)
            await pilot.pause()
            assert "Non signé par certificat : DURAND Claire" in text(pilot)
            fits(pilot)

    async def test_the_number_is_not_asked_for(self, closed: Path) -> None:
        """« il manque 1 mention : le numéro », in red, which x gives."""
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "Il ne manque rien : [x] donne le numéro et exporte." in text(pilot)
            assert "✗" not in text(pilot)

    async def test_sealing_says_who_has_not_signed(self, closed: Path) -> None:
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "x")
            await screens.settle(pilot)
            await press(pilot, "k")
            assert "ne pourront plus le faire" in " ".join(text(pilot).split())


class TestLetters:
    """« letters and extracts »."""

    async def test_from_the_minutes(self, closed: Path) -> None:
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            assert not app.screen.check_action("letters", ())
            await press(pilot, "x")
            await screens.settle(pilot)
            await press(pilot, "e")
            fits(pilot)
            assert "▸Tous les candidats traités" in text(pilot)
            await pilot.resize_terminal(60, 20)
            await screens.settle(pilot)
            assert "▸Tous les candidats traités\n" in text(pilot)  # not cut
            await press(pilot, "enter")
            written = sorted(p.name for p in app.exports.glob("*.txt"))
            assert [n.rsplit("-", 2)[1:] for n in written] == [
                ["c1", "extrait.txt"],
                ["c1", "lettre.txt"],
            ]
            for path in app.exports.glob("*.txt"):
                assert "LEROY [/]" in path.read_text("utf-8")
            assert "2 fichiers écrits" in text(pilot)

    async def test_from_the_agenda(self, sealed: Path) -> None:
        app = app_on(sealed)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "e")
            assert len(list(app.exports.glob("*.txt"))) == 2
            fits(pilot)

    def test_no_name_leads_elsewhere(self, sealed: Path, tmp_path: Path) -> None:
        import msgspec

        with Record.open(sealed, write=False) as record:
            session = msgspec.structs.replace(record.session, number="../../x/../y")
            for path in publishing.letters(session, record, "c1", tmp_path / "out"):
                assert path.parent == tmp_path / "out"
                assert path.is_file()


class TestRectifying:
    """« sealed minutes are never overwritten; rectifying minutes cite the first »."""

    async def test_rectified(self, sealed: Path) -> None:
        app = app_on(sealed)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            session = now_in(app)
            first = app.exports / session.exports[-1].file
            before = first.read_bytes()
            await press(pilot, "r", "down", "enter", ">Le lieu est Lyon.", "enter")
            await press(pilot, "enter")
            note = now_in(app).rectifications[-1]
            assert (note.text, note.candidate) == ("Le lieu est Lyon.", "c1")
            assert note.number != session.number
            assert (app.exports / f"{note.number}.xlsx").is_file()
            assert before == first.read_bytes()
            assert note.number in text(pilot)
            fits(pilot)

    async def test_recorded_and_signed(
        self, sealed: Path, vouched: tuple[Path, Path]
    ) -> None:
        """« Rectifying workbooks were not recorded as exports nor signable. »"""
        app = app_on(sealed)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert not app.screen.check_action("sign", ())
            await press(pilot, "r", "enter", ">Le lieu est Lyon.", "enter", "enter")
            await screens.settle(pilot)
            session = now_in(app)
            number = session.rectifications[-1].number
            export = session.exports[-1]
            data = (app.exports / export.file).read_bytes()
            assert export.number == number
            assert export.sha256 == hashlib.sha256(data).hexdigest()
            assert f"{number}.xlsx · Signé par certificat : 0 sur" in text(pilot)
            await press(pilot, "w")  # the sealed one takes no more: nothing to pick
            await chosen(pilot, vouched[0])
            await press(pilot, f">{PASSWORD}", "enter", "enter", "enter")
            assert now_in(app).signatures[-1].file == export.file
            assert f"{number}.xlsx · Signé par certificat : 1 sur" in text(pilot)
            await press(pilot, "v", "end", "enter")
            screen = app.screen
            assert isinstance(screen, VerifyScreen)
            assert screen.number == number
            await press(pilot, "end")
            assert "✓ dit ce que dit le registre : fidèle" in text(pilot)
            fits(pilot)
            await press(pilot, "escape", "v", "home", "enter", "end")
            assert "✓ dit ce que dit le registre : fidèle" in text(pilot)
            assert "ne porte aucune signature" in text(pilot)

    async def test_written_later(self, sealed: Path) -> None:
        """The folder was not there, or full: x writes the workbook when it is."""
        app = app_on(sealed)
        folder = app.exports
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert not app.screen.check_action("export", ())
            in_the_way = folder.parent / "file"
            in_the_way.write_text("", "utf-8")
            app.exports = in_the_way
            await press(pilot, "r", "enter", ">Lyon.", "enter", "enter")
            await screens.settle(pilot)
            assert app.notice.kind == "refused"
            assert len(now_in(app).rectifications) == 1
            app.exports = folder
            await press(pilot, "x")
            await screens.settle(pilot)
            number = now_in(app).rectifications[-1].number
            assert (folder / f"{number}.xlsx").is_file()
            assert now_in(app).exports[-1].number == number
            assert not app.screen.check_action("export", ())

    async def test_given_up(self, sealed: Path) -> None:
        app = app_on(sealed)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "r", "enter", ">Rien", "enter", "escape")
            assert now_in(app).phase is Phase.SEALED
            assert now_in(app).rectifications == ()


class TestScans:
    """« the scan's digest can be attached to the register as an act »."""

    async def test_attached(self, closed: Path) -> None:
        scan = closed.parent.parent / "émargement.pdf"
        scan.write_bytes(b"%PDF-1.4 page")
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "n", "enter", "enter")
            attached = now_in(app).scans[-1]
            assert attached.file == "émargement.pdf"
            assert attached.sha256 == hashlib.sha256(scan.read_bytes()).hexdigest()
            assert "feuille d’émargement" in attached.what
            await press(pilot, "n", "enter", "end", "enter", ">plan", "enter")
            assert now_in(app).scans[-1].what == "plan"

    async def test_sealed_is_over_once_the_paper_is_there(self, sealed: Path) -> None:
        """« Signé : 0 sur 8 » stood above « il ne reste rien à faire »."""
        scan = sealed.parent.parent / "pv.pdf"
        scan.write_bytes(b"%PDF-1.4 page")
        app = app_on(sealed)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert "Signé par certificat : 0 sur 8" in text(pilot)
            assert "Reste à joindre le procès-verbal signé à la main" in text(pilot)
            assert "rien à faire" not in text(pilot)
            await press(pilot, "n", "enter", "down", "enter")
            assert "pièce jointe : pv.pdf" in text(pilot)
            assert "il ne reste rien à faire" in text(pilot)
            # said in the other language, it is the same paper
            await press(pilot, "ctrl+l")
            assert "nothing is left to do" in text(pilot)

    async def test_rectified_is_not_over(self, sealed: Path) -> None:
        """« il ne reste rien à faire », with rectifying minutes still to be written."""
        with Record.open(sealed) as record:
            number = f"{record.session.number}-R1"
            record.do(Rectify(number=number, changes="Lyon"), now=LATER)
        app = app_on(sealed)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert f"[x] écrit le procès-verbal rectificatif {number}" in text(pilot)
            await press(pilot, "x")
            await screens.settle(pilot)
            assert "rien à faire" not in text(pilot)


class TestDeadlines:
    """« deadlines with days left »: of the texts in force on the day, none in 2008."""

    async def test_none_in_force(self, closed: Path) -> None:
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert "reste" not in text(pilot)

    @pytest.mark.parametrize(
        ("days", "said"), [(2, "restent 2 jours"), (-3, "dépassé")]
    )
    async def test_days_left(
        self, closed: Path, monkeypatch: pytest.MonkeyPatch, days: int, said: str
    ) -> None:
        due = screens.START.date() + dt.timedelta(days=days)
        deadline = closing.Deadline(key="notify", due=due, source="", sentence="")
        monkeypatch.setattr(closing, "deadlines", lambda _session: (deadline,))
        app = app_on(closed)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            await pilot.pause()
            assert said in text(pilot)
            assert f"{due:%d/%m/%Y}" in text(pilot)
