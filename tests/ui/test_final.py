"""What a newcomer met in the final program, who read nothing but the screen."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from jury_tui.session.acts import AgendaOrdered, CandidateAmended
from jury_tui.session.commands.preparing import AmendCandidate, Reschedule
from jury_tui.ui.readiness import DETAILS, points
from jury_tui.ui.screens.people import CandidateForm
from jury_tui.ui.screens.readiness import ReadinessScreen
from tests.support import screens
from tests.support.screens import lines, press, text

HEAD = "Nom de naissance;Prénom;Date de naissance;Numéro;Début du parcours;Heure"


def people(*, begun: str = "01/10/2007", hours: int = 9) -> list[str]:
    """Forty candidates, one every seven minutes."""
    return [
        f"Nom{n:02d};Zoé;14/02/1974;A{n:02d};{begun};{hours + n // 8}h{n % 8 * 7:02d}"
        for n in range(40)
    ]


def write(file: Path, rows: list[str], head: str = HEAD) -> None:
    """A list of candidates."""
    file.write_text("\n".join((head, *rows)), "utf-8")


class TestAListReadAgain:
    async def test_what_differs_is_said_and_written(self, tmp_path: Path) -> None:
        """“0 ligne à garder · 40 déjà là”, “inchangé”: forty parcours begun in 2028
        there were of 2008 in the corrected file."""
        app = screens.shown(tmp_path, partial(screens.drafted, candidates=0))
        file = app.sessions.parent / "candidats.csv"
        rows = people()
        rows[3] = rows[3].replace("2007", "2028")
        write(file, rows)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "C", "enter", "enter")
            rows[3] = rows[3].replace("2028", "2007")
            head = f"{HEAD};Recevable le"
            write(file, [f"{row};" for row in rows[:-1]] + [rows[-1]], head)
            await press(pilot, "f", "C", "enter")
            shown = " ".join(text(pilot).split())
            assert "1 diffère · 39 déjà là" in shown
            assert "≠ NOM03 Zoé" in shown
            assert "début du parcours 01/10/2028 → 01/10/2007" in shown
            assert "[Entrée] écrit aussi ce qui diffère" in shown
            await press(pilot, "enter")
            assert "1 fiche corrigée" in text(pilot)
            assert app.record is not None
            act = app.record.acts[-1]
            assert isinstance(act, CandidateAmended)
            assert act.reason == "liste relue"
            assert act.candidate.parcours_start == dt.date(2007, 10, 1)

    async def test_lines_and_faults_add_up(self, tmp_path: Path) -> None:
        """“33 lignes à garder · 8 erreurs” of a list of 40; those put right came
        last, out of the order of their hours."""
        app = screens.shown(tmp_path, partial(screens.drafted, candidates=0))
        file = app.sessions.parent / "candidats.csv"
        rows = people()
        rows[5] = "Nom05;Zoé;31/02/1970;A05;hier;9h35"
        rows[9] = "Nom09;Zoé;31/02/1970;A09;01/10/2007;10h07"
        write(file, rows)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "C", "enter")
            assert "38 lignes à garder · 3 erreurs sur 2 lignes" in text(pilot).replace(
                "\N{NO-BREAK SPACE}", " "
            )
            await press(pilot, "enter")
            write(file, people())
            await press(pilot, "f", "C", "enter", "enter")
            assert "placés par heure" in text(pilot)
            assert app.record is not None
            assert isinstance(app.record.acts[-1], AgendaOrdered)
            names = [f.candidate.birth_name for f in app.record.session.agenda]
            assert names == [f"Nom{n:02d}" for n in range(40)]


class TestWhatCanHardlyBe:
    """A parcours begun after the session, and hours before it, had a ✓."""

    async def test_in_the_preview(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, partial(screens.drafted, candidates=0))
        file = app.sessions.parent / "candidats.csv"
        rows = people(hours=9)
        rows[20] = rows[20].replace("2007", "2028")
        rows[30] = rows[30].rpartition(";")[0] + ";8h00"
        write(file, rows)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "C", "enter")
            shown = lines(pilot)
            assert "40 lignes à garder · 2 remarques" in " ".join(shown[1].split())
            assert "! NOM20 Zoé" in " ".join(shown[3].split())
            assert "! NOM30 Zoé" in " ".join(shown[4].split())
            whole = " ".join(text(pilot).split())
            assert "commence le 01/10/2028, après la séance (10/06/2008)" in whole
            await press(pilot, "down")
            whole = " ".join(text(pilot).split())
            assert "passage 08:00, avant le début de la séance (09:00)" in whole
            await press(pilot, "enter")
            assert app.session is not None
            assert len(app.session.files) == 40

    async def test_what_is_odd_of_one_only_comes_first(self, tmp_path: Path) -> None:
        """Where all come before the session, one parcours of 2028 stood among them."""
        app = screens.shown(tmp_path, partial(screens.drafted, candidates=0))
        rows = people(hours=8)
        rows[6] = rows[6].replace("2007", "2028")
        write(app.sessions.parent / "candidats.csv", rows)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "f", "C", "enter")
            shown = lines(pilot)
            assert "8 remarques" in shown[1]
            assert "! NOM06 Zoé" in " ".join(shown[3].split())

    async def test_in_the_form(self, tmp_path: Path) -> None:
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "m", *["down"] * 7, "backspace", "9", "ctrl+s")
            assert app.session is not None
            assert "Modifié · enregistré" in text(
                pilot
            )  # and not “inscrit”: it was before
            await press(pilot, "m", *["down"] * 7, *["backspace"] * 4, *"2028")
            shown = " ".join(text(pilot).split())
            assert "! Le parcours commence le 01/10/2028, après la" in shown
            await press(pilot, "ctrl+s")
            begun = app.session.files["c1"].candidate.parcours_start
            assert begun == dt.date(2028, 10, 1)

    async def test_in_the_check_list(self, tmp_path: Path) -> None:
        with screens.drafted(tmp_path / "sessions") as record:
            file = record.session.files["c2"].candidate
            record.do(
                AmendCandidate(
                    candidate=replace(
                        file, parcours_start=dt.date(2028, 10, 1), time="08:00"
                    )
                ),
                now=screens.START,
            )
            odd = [p for p in points(record.session) if p.place == "c2"]
            assert [(p.sign, p.field) for p in odd] == [("!", "start"), ("!", "time")]
            # where most come too early, it is the session’s hour that is wrong
            record.do(Reschedule(time="14:00"), now=screens.START)
            for ref in ("c1", "c3"):
                one = record.session.files[ref].candidate
                record.do(
                    AmendCandidate(candidate=replace(one, time="09:00")),
                    now=screens.START,
                )
            (hour,) = [p for p in points(record.session) if p.field == "time"]
            assert hour.place == DETAILS
            assert "(14:00) : 3 candidats" in hour.text.replace("\u00a0", " ")

    async def test_the_hour_of_the_session(self, tmp_path: Path) -> None:
        with screens.drafted(tmp_path / "sessions") as record:
            one = replace(record.session.files["c1"].candidate, time="09:30")
            record.do(AmendCandidate(candidate=one), now=screens.START)
        app = screens.app(tmp_path / "sessions", record.path)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "e", "down", *["backspace"] * 5, *"14:00")
            shown = " ".join(text(pilot).split())
            assert "! Pour 1 candidat : Heure de passage 09:30, avant" in shown


class TestPreparing:
    async def test_the_next_whose_fact_is_missing(self, tmp_path: Path) -> None:
        """The “?” of forty candidates opened the first form only, at the name."""
        late = dt.datetime(2026, 11, 26, 8, tzinfo=screens.PARIS)
        begun = dt.date(2008, 10, 1)
        app = screens.shown(tmp_path, partial(screens.drafted, now=late, begun=begun))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "v")
            screen = app.screen
            assert isinstance(screen, ReadinessScreen)
            shown = " ".join(text(pilot).split())
            assert "Justifiez la date ([j] [u], avant l’export)" in shown
            at = next(n for n, p in enumerate(screen.points) if p.sign == "?")
            await press(pilot, *["down"] * at, "enter")
            assert app.session is not None
            for left in (3, 2, 1, 0):
                assert isinstance(app.screen, CandidateForm)
                assert app.focused is not None
                assert app.focused.id == "field-admissible"
                await press(pilot, ">01/12/2008", "ctrl+s")
                if left:
                    assert f"Écrit · encore {left}" in text(pilot)
            assert app.screen is screen
            days = {f.candidate.admissible_on for f in app.session.agenda}
            assert days == {dt.date(2008, 12, 1)}

    async def test_the_last_field_saves(self, tmp_path: Path) -> None:
        """“Entrée Champ suivant” stood there all the same."""
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "e")
            assert "Entrée Champ suivant" in lines(pilot)[-1]
            await press(pilot, "up")
            assert "Entrée Enregistrer" in lines(pilot)[-1]

    async def test_a_name_is_searched(self, tmp_path: Path) -> None:
        """“/” did nothing, and Ctrl+F was not in the bar."""
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l")
            assert "/ Chercher" in lines(pilot)[-1]
            await press(pilot, "slash", ">kaya", "enter")
            assert any("▸" in x and "KAYA" in x for x in lines(pilot))

    async def test_a_letter_does_not_jump_while_ticking(self, tmp_path: Path) -> None:
        """“[*] tous, puis [o] ouvre”: o went to ORMOND in the list that [*] opens."""
        app = screens.shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "asterisk")
            before = [x for x in lines(pilot) if "▸" in x]
            await press(pilot, "o")
            assert [x for x in lines(pilot) if "▸" in x] == before
            assert "D’abord [Entrée] confirme cette liste" in text(pilot)
            await press(pilot, "O")
            assert [x for x in lines(pilot) if "▸" in x] != before
            await press(pilot, "enter")
            assert app.session is not None
            assert all(app.session.is_present(m) for m in app.session.members)

    async def test_who_is_invited_is_said_in_words(self, tmp_path: Path) -> None:
        """Some seats stood between parentheses, and nothing said why."""
        app = screens.shown(tmp_path, screens.drafted)
        async with app.run_test(size=(120, 40)) as pilot:
            await press(pilot, "j")
            shown = text(pilot).replace("\u00a0", " ")
            assert "invité : " in shown
            assert "(responsable" not in shown
