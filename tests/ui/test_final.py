"""What a newcomer met in the final program, who read nothing but the screen."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from jury_tui.session.acts import AgendaOrdered, CandidateAmended
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
