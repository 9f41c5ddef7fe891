"""« `jury-tui show` gives every read-only screen as plain text for screen readers »."""

from __future__ import annotations

from pathlib import Path

import pytest

from jury_tui.cli import Exit, rooms, screening
from jury_tui.register.record import Record
from jury_tui.session.commands import parse
from tests.cli.conftest import Run
from tests.support.sittings import START

SAID = {
    "jury": ("Membres délibératifs (8)", "VASSEUR-AUBIN Claire [m1]", "Composition"),
    "agenda": (
        "2. BENHAMIDA Karim [c2], dossier 2008-0102, 10:15, validation partielle",
        "c non acquise",
        "6. OUMAROU Ibrahim [c6]",
    ),
    "ready": ("✓ Le jury est complet tel qu’il est nommé.", "2 liens sont déclarés"),
    "minutes": ("✗ Le procès-verbal n’a pas de numéro", "PROCÈS-VERBAL"),
    "register": ("1. 05/05/2008, 10 h 00 — préparation de la séance", "126. "),
}


class TestScreens:
    """One option names the screen; what it says there is said here."""

    def test_every_room_is_there(self) -> None:
        assert tuple(rooms.ROOMS) == screening.ROOMS
        assert set(SAID) == set(screening.ROOMS)

    @pytest.mark.parametrize("screen", screening.ROOMS)
    def test_of_a_session(self, run: Run, finished: Path, screen: str) -> None:
        result = run("show", finished, "--screen", screen)

        assert result.code == Exit.FINE
        for words in SAID[screen]:
            assert words in result.data

    @pytest.mark.parametrize("screen", screening.ROOMS)
    @pytest.mark.parametrize("at", ["1", "3", "30", "60"])
    def test_at_any_act(self, run: Run, finished: Path, screen: str, at: str) -> None:
        result = run("show", finished, "--screen", screen, "--at", at)

        assert (result.code, result.talk) == (Exit.FINE, "")
        if screen == "register":
            assert f"\n{at}. " in result.data
            assert f"\n{int(at) + 1}. " not in result.data

    def test_of_a_candidate(self, run: Run, finished: Path) -> None:
        by_name = run("show", finished, "--candidate", "Kowalczuk").data
        told = run("show", finished, "--candidate", "c4").data

        assert by_name == told
        assert "Candidat 4 sur 8 : KOWALCZUK Ewa [c4]" in told
        assert "Pour KOWALCZUK Ewa" in told
        assert run("show", finished, "--candidate", "c99").code == Exit.REFUSED

    def test_a_candidate_is_judged_as_it_was_then(
        self, run: Run, finished: Path
    ) -> None:
        """Samuel Noëllet left at 16:41; he was there when Samira Leroyer was judged."""
        told = run("show", finished, "--candidate", "c1").data

        assert "conseillers VAE (exactement 3) : 3" in told

    def test_of_the_folder(self, run: Run, sessions: Path) -> None:
        alone = run("show", "--sessions", sessions)
        named = run("show", "--screen", "sessions", "--sessions", sessions)

        assert alone == named
        assert "2 séances" in alone.data
        assert (
            "demo-2008-06-10 — 10/06/2008, RNCP5411 vae, exemple, close, 8 candidats"
            in (alone.data)
        )

    def test_figures(self, run: Run, sessions: Path) -> None:
        examples = run("show", "--screen", "figures").data
        run("new", "RNCP5411", "vae", "--date", "2008-06-10")

        assert "2 séances (exemples seulement)" in examples
        assert "1 séance\n" in run("show", "--screen", "figures").data

    @pytest.mark.parametrize("tongue", ["fr", "en"])
    def test_audit(self, run: Run, finished: Path, tongue: str) -> None:
        one = run("show", finished, "--screen", "audit", "--lang", tongue)
        same = run("audit", finished, "--lang", tongue)
        every = run("show", "--screen", "audit", "--lang", tongue)

        assert one == same
        for session in ("demo-2008-06-10", "demo-2008-06-24"):
            assert session in every.data

    def test_words_are_shown_as_they_are(self, run: Run, ready: Path) -> None:
        with Record.open(ready, now=START) as record:
            record.do(
                parse(b'{"do":"excuse","member":"m1","reason":"[b]grippe[/]"}'),
                now=START,
            )

        for screen in ("jury", "register"):
            assert "[b]grippe[/]" in run("show", ready, "--screen", screen).data
