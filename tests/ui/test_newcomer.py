"""What somebody new to the program stumbled on, and does no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from jury_tui.session.acts import Choice
from jury_tui.session.commands.candidates import Call, MarkAbsent
from jury_tui.ui.screens.candidate import CandidateScreen
from jury_tui.ui.screens.form import FormScreen
from jury_tui.ui.themes import THEMES
from jury_tui.ui.widgets.ask import Field
from jury_tui.ui.widgets.lines import Lines
from tests.support import screens
from tests.support.screens import lines, press, shown, text


def room(pilot: Pilot[None]) -> CandidateScreen:
    """The candidate screen that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, CandidateScreen)
    return screen


def step(pilot: Pilot[None]) -> str:
    """The line that says what comes next."""
    return next(
        line
        for line in lines(pilot)
        if any(w in line for w in ("À faire", "toutes ", "[u] ", "un motif", "D’abord"))
    )


class TestBallots:
    """« Votes by name go to the wrong person: the member cursor is not put back to
    the first member when the component or the candidate changes. »"""

    async def test_each_ballot_begins_with_the_first(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc")
            assert room(pilot).people.key == "m8"
            assert (
                "a\N{NO-BREAK SPACE}: toutes les voix sont saisies, [Entrée] compte."
                in step(pilot)
            )
            await press(pilot, "enter")
            assert (room(pilot).component, room(pilot).people.key) == ("b", "m1")
            await press(pilot, "f", "f", "down", "up")
            assert room(pilot).people.key == "m3"
            await press(pilot, "c", "u", "c")
            assert app.session is not None
            ballot = app.session.files["c1"].ballots["b"][0]
            against = [m for m, c in ballot.ballots.items() if c is Choice.AGAINST]
            assert against == ["m3"]
            assert list(room(pilot).vote("c").choices) == ["m1"]

    async def test_each_candidate_begins_with_the_first(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "u", "u", "N", "c", "u", "d", "enter")
            await press(pilot, "a", "d", "enter")
            assert (room(pilot).candidate, room(pilot).people.key) == ("c2", "m1")

    @pytest.mark.parametrize("theme", THEMES)
    async def test_the_cursor_is_a_sign(self, tmp_path: Path, theme: str) -> None:
        app = shown(tmp_path, screens.deliberating)
        app.theme = theme
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "G")
            assert any("›" in x and "GARCIA" in x for x in lines(pilot))

    async def test_only_where_the_keys_go(self, tmp_path: Path) -> None:
        """Two lists bore ▸ at once: a shade alone said which one the arrows move."""
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter")
            assert text(pilot).count("▸") == 1
            assert any("▸a" in x and "│›★" in x for x in lines(pilot))
            await press(pilot, "tab")
            assert text(pilot).count("▸") == 1
            assert any("›a" in x and "│▸★" in x for x in lines(pilot))

    async def test_typed_votes_outlive_the_screen(self, tmp_path: Path) -> None:
        """« Votes being typed are thrown away in silence. »"""
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "c", "c", "j", "l")
            await press(pilot, "enter")
            assert list(room(pilot).vote("a").choices) == ["m1", "m2"]
            assert room(pilot).people.key == "m3"
            assert "en cours" in text(pilot)
            await press(pilot, "escape", "j", "D", "space", "l", "enter")
            assert list(room(pilot).vote("a").choices) == ["m2"]
            await press(pilot, "u")
            assert app.typed["c1"] == {}
            assert app.session is not None
            assert app.session.files["c1"].ballots["a"][0].tally.against == 1

    async def test_secret_is_for_one_candidate(self, tmp_path: Path) -> None:
        """« Secret ballot stays for the next candidate. »"""
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "t", "s", "enter", "c")
            assert "Entrée" in lines(pilot)[-1]
            await press(pilot, "u", "u", "u")
            await press(pilot, "e", ">Rien.", "enter", "enter", "d", "enter", "a")
            await press(pilot, "d", "enter")
            assert room(pilot).vote("a").mode == "named"
            assert "nominatif" in text(pilot)

    async def test_an_absent_candidate_is_said_absent(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.opened, MarkAbsent(candidate="c2"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "down", "enter")
            assert room(pilot).candidate == "c2"
            assert "absent" in text(pilot)
            assert "en attente" not in text(pilot)


class TestReasons:
    """« “(en écrire un autre)” is dead: a new reason cannot be written. »"""

    async def test_another_reason(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", *"cccccccc", "enter")
            await press(pilot, "u")
            assert room(pilot).component == "a"
            assert "Il manque un motif" in step(pilot)
            await press(pilot, "e", ">Le premier.", "enter", ">Avis.", "enter")
            assert room(pilot).component == "b"
            await press(pilot, "e", ">Le second.", "enter")
            await press(pilot, "enter")  # no recommendation
            assert app.session is not None
            file = app.session.files["c1"]
            assert file.reasons == {"a": "Le premier.", "b": "Le second."}
            assert file.recommendations.get("b", "") == ""


class TestStraying:
    """« refused when they speak of anything else than skills against the référentiel
    (a gentle advisory list) »; once, then who insists is obeyed."""

    async def test_put_otherwise(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", "up", "e")
            await press(pilot, ">Manque de motivation.", "enter")
            assert "motivation. Tournez la phrase autrement" in text(pilot)
            await press(pilot, *("backspace",) * 22)
            await press(pilot, ">Le réseau n’est pas décrit.", "enter", "enter")
            assert app.session is not None
            assert app.session.files["c1"].reasons == {
                "a": "Le réseau n’est pas décrit."
            }

    async def test_who_insists_is_obeyed(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", "up", "e")
            await press(pilot, ">Santé au travail non traitée.", "enter", "enter")
            await press(pilot, ">Voir la famille des risques.", "enter", "enter")
            assert app.session is not None
            file = app.session.files["c1"]
            assert file.reasons == {"a": "Santé au travail non traitée."}
            assert file.recommendations == {"a": "Voir la famille des risques."}

    async def test_a_bank_kept_beside_the_sessions(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        for name in ("motifs.txt", "recommandations.txt"):
            (tmp_path / "sessions" / name).write_text(f"Tiré de {name}.\n", "utf-8")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", *"cccccccc", "enter", "up", "e")
            await press(pilot, *("down", "enter", "enter") * 2)
            assert app.session is not None
            file = app.session.files["c1"]
            assert file.reasons == {"a": "Tiré de motifs.txt."}
            assert file.recommendations == {"a": "Tiré de recommandations.txt."}


class TestNextStep:
    """« “À faire” names keys that are not of this screen »; « a calls somebody
    other than the screen says »."""

    async def test_a_calls_who_is_announced(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.opened, MarkAbsent(candidate="c2"))
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "down", "enter")  # the absent one
            assert "[a] appelle LEROY" in step(pilot)
            await press(pilot, "escape", "down", "enter")
            assert "[a] appelle =CMD" in step(pilot)
            await press(pilot, "escape", "home", "down")
            assert "LEROY" in step(pilot)
            await press(pilot, "a")
            assert app.session is not None
            assert app.session.table == "c1"

    async def test_where_it_cannot_says_why(self, tmp_path: Path) -> None:
        app = shown(
            tmp_path, screens.opened, MarkAbsent(candidate="c2"), Call(candidate="c1")
        )
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "down", "a")
            assert app.session is not None
            assert app.session.table == "c1"
            assert app.notice.kind == "refused"

    async def test_how_to_get_there(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            assert "D’abord [Entrée] (LEROY" in step(pilot)
            await press(pilot, "j")
            assert "D’abord [l] [Entrée] (LEROY" in step(pilot)
            await press(pilot, "l", "enter", "u", "up")
            assert "D’abord [↑ ↓] (composante b)." in step(pilot)

    async def test_before_the_day(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l")
            assert "À faire : [j] (Jury), puis [c] convoque" in step(pilot)
            await press(pilot, "j", "c")
            assert app.session is not None
            assert app.session.phase == "convened"


class TestMessages:
    """« Old messages stay and lie. »"""

    async def test_gone_with_the_screen(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "c", "enter")
            assert "n’est pas complet" in text(pilot)
            await press(pilot, "l")
            assert "n’est pas complet" not in text(pilot)

    async def test_gone_once_mended(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.deliberating)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "enter", "c", "enter", "c")
            assert "n’est pas complet" not in text(pilot)

    async def test_undo_says_what(self, tmp_path: Path) -> None:
        """« z undoes something unseen, and says only “annulé · enregistré”. »"""
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "space", "e", "z")
            assert "Annulé\N{NO-BREAK SPACE}: " in app.notice.text
            assert "DURAND" in app.notice.text
            assert "✎" not in "".join(lines(pilot)[:20])

    async def test_help_begins_with_undo(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "f1")
            assert "[z] annule" in text(pilot) or " z " in text(pilot)
            assert "super+" not in text(pilot)


class TestArrival:
    """« Signed or not is invisible at 80 columns »; « no “tous présents” »."""

    async def test_signed_is_a_sign(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "space", "D", "e")
            assert any("✎" in x and "DURAND" in x for x in lines(pilot))

    async def test_everybody_is_there(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.convened)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "asterisk")
            assert app.session is not None
            assert not app.session.present
            await press(pilot, "enter")
            assert len(app.session.present) == len(app.session.formation)
            await press(pilot, "down")
            assert isinstance(app.focused, Lines)


class TestPreparing:
    """« the very keys an empty jury needs are not in its footer »; « one member is
    named, and the program asks for candidates »."""

    async def test_the_keys_that_prepare_are_seen(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            for key in ("f Liste", "a Ajouter", "c Convoquer", "v Prêt"):
                assert key in lines(pilot)[-1], key
            await press(pilot, "l")
            for key in ("a Ajouter", "f Liste", "m Modifier", "/ Chercher", "t Lien"):
                assert key in lines(pilot)[-1], key

    async def test_the_jury_is_completed_first(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "n", "R", "enter", "ctrl+s")
            await press(pilot, "a", ">Durand", "enter", ">Claire", "ctrl+g", "enter")
            await press(pilot, "ctrl+s")
            assert "compléter le jury" in text(pilot)
            await press(pilot, "w", "tab")
            await press(pilot, "home")
            for _time in range(50):
                await pilot.pause(0.1)
                if "Recherche" not in text(pilot):
                    break
            # the seats of the jury as it must be named, not of who must come only
            assert "4 × formateurs ou enseignants" in text(pilot)

    async def test_a_code_is_reached_by_its_letters(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            assert "tapez un code pour y aller" not in text(pilot)
            for letters in ("TP", "tp"):  # nothing else acts by a letter there
                await press(pilot, "n", *letters)
                assert any("▸TP" in x.replace(" ", "") for x in lines(pilot))
                assert "tapez un code pour y aller" in text(pilot)
                await press(pilot, "escape")

    async def test_the_form_fits_its_side(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "n", "R", "enter", "ctrl+s", "a", ">Durand")
            sides = [x.partition("│")[2][1:] for x in lines(pilot) if "│" in x]
            sides = [x for x in sides if not x.startswith("Jury nommé")]
            # a line that goes on stands under the words, not under the sign
            assert all(x[:2] in ("  ", "✗ ", "! ", "? ", "✓ ") for x in sides)


class TestHelp:
    """« F1 for the screen and the focused thing »; « remembers the last folder »."""

    async def test_of_the_field_under_the_cursor(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "a", "down", "down", "f1")
            said = text(pilot)
            assert "Ici, où est le curseur" in said
            assert "[Ctrl+G] liste les sièges et dit" in said
            await press(pilot, "escape", "up", "f1")
            assert "l’acte de nomination les écrit" in text(pilot)

    async def test_of_a_list_and_of_a_text(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "f1")
            assert "Une personne par ligne" in text(pilot)
            await press(pilot, "escape", "w", "f1")
            assert "coche qui manquerait" in text(pilot)
            await press(pilot, "escape", "tab", "f1")
            assert "chaque candidat à traiter" in text(pilot)
            await press(pilot, "escape", "tab", "f1")
            assert "Le détail de la" in text(pilot)

    async def test_a_day_that_does_not_exist(self, tmp_path: Path) -> None:
        """« Une date s’écrit comme JJ/MM/AAAA », said of 31/02/1970."""
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "l", "a", ">Martin", "tab", ">Jean", "tab", "tab")
            await press(pilot, ">31/02/1970")
            assert "Le 31/02/1970 n’existe pas" in text(pilot)
            await press(pilot, "ctrl+s")
            assert isinstance(app.screen, FormScreen)
            await press(pilot, "escape", "escape", "j", "end", "m")
            await press(pilot, *["tab"] * 7, "home", "shift+end", "delete")
            await press(pilot, ">30/02/2008", "ctrl+s")
            assert "Le 30/02/2008 n’existe pas" in text(pilot)

    async def test_nor_on_which_a_session_could_be(self, tmp_path: Path) -> None:
        app = screens.app(tmp_path / "sessions")
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "n", "enter", "home", "shift+end", "delete")
            await press(pilot, ">31/02/2008")
            assert "Le 31/02/2008 n’existe pas" in text(pilot)
            await press(pilot, "ctrl+s")
            assert isinstance(app.screen, FormScreen)

    async def test_every_field_has_its_words(self, tmp_path: Path) -> None:
        app = shown(tmp_path, screens.drafted)
        async with app.run_test(size=(80, 24)) as pilot:
            for keys in (("a",), ("e",), ("l", "a")):
                await press(pilot, *keys)
                screen = app.screen
                assert isinstance(screen, FormScreen)
                fields = {field.id for field in screen.query(Field)}
                # a reason is asked once the session is open
                assert fields == set(screen.helps) - {"field-reason"}
                await press(pilot, "escape")

    async def test_the_list_begins_where_one_was(self, tmp_path: Path) -> None:
        for day in (1, 2, 3):
            screens.drafted(tmp_path / f"{day}" / "sessions", 1).close()
        folder = tmp_path / "sessions"
        folder.mkdir()
        paths = []
        for day in (1, 2, 3):
            made = next((tmp_path / f"{day}" / "sessions").glob("*/acts.jsonl"))
            path = folder / f"seance-{day}"
            made.parent.rename(path)
            paths.append(path)
        kept = tmp_path / "preferences.json"
        app = screens.app(folder, paths[1], preferences=kept)
        async with app.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
        again = screens.app(folder, preferences=kept)
        async with again.run_test(size=(80, 24)) as pilot:
            await screens.settle(pilot)
            assert again.screen.query_one("#sessions", Lines).key == str(paths[1])
