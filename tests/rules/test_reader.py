"""The reader: every mistake names the file, the key, what was expected."""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jury_tui.errors import RulebookError
from jury_tui.rules import reader, rulebook, shipped
from jury_tui.rules.__main__ import compiled
from jury_tui.rules.checks import check
from jury_tui.rules.explain import as_text, explain
from jury_tui.rules.model import MAX_BYTES, Rulebook
from jury_tui.rules.problems import Weight
from jury_tui.rules.references import Fault
from jury_tui.rules.rulebook import laws, library, load, read, source, stack
from tests.fuzz.rulebooks import mangled, try_reading
from tests.support.juries import SMALL, bare
from tests.support.lengths import LONG

DAY = dt.date(2022, 6, 1)


def refusal(old: str, new: str) -> str:
    assert old in SMALL
    with pytest.raises(RulebookError) as caught:
        read(SMALL.replace(old, new), "essai.toml")
    return bare(str(caught.value))


class TestMistakes:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ('title = "Essai"', 'titel = "Essai"', "titel n’est pas une clé connue"),
            ('title = "Essai"', 'titel = "Essai"', "(vouliez-vous dire « title » ?)"),
            ('title = "Essai"', "", "essai.toml : title manque"),
            ("count = 1", 'count = "un"', "count devrait être un nombre entier"),
            ("count = 1", "count = true", "count devrait être un nombre entier"),
            ("count = 1", "count = 1.5", "count devrait être un nombre entier"),
            ("count = 1", "count = 999", "doit compter de 0 à 200 personnes"),
            ("count = 1", "count = 1\nmin = 1", "garde"),
            ("chair = true", 'chair = "oui"', "chair devrait être true ou false"),
            ('of = "pros"', 'of = "pro"', "vouliez-vous dire « pros »"),
            ('seats = ["chair"]', 'seats = ["chairs"]', "« chairs » n’est pas défini"),
            ('jury = "jury"', 'jury = "juri"', "vouliez-vous dire « jury »"),
            (", min = 1 }", " }", "require.count demande equals, min, max ou totals"),
            ('source = "Texte"', "", "source manque"),
            (
                "require.count = {",
                "severity = 'fatale'\nrequire.count = {",
                "severity devrait être l’un de fatal, justify, note",
            ),
            (
                "require.count = {",
                "from = '2020-01-01'\nrequire.count = {",
                "une date comme 2024-04-13, sans guillemets",
            ),
            (
                'require.count = { of = "pros", min = 1 }',
                'require.share = { of = "pros", base = "voters", min = "un quart" }',
                "un nombre comme « 1/4 »",
            ),
            (
                'require.count = { of = "pros", min = 1 }',
                'require.share = { of = "pros", base = "voters", min = "1/0" }',
                "un nombre comme « 1/4 »",
            ),
            ("require.count =", "require.cuont =", "vouliez-vous dire « count »"),
            ('id = "chair"', 'id = "chair"\nid = "again"', "n’est pas du TOML"),
            ('id = "one"', "id = 1", "id devrait être un texte entre guillemets"),
            ('code = "X"', "code = [", "n’est pas du TOML"),
        ],
    )
    def test_said(self, old: str, new: str, expected: str) -> None:
        said = refusal(old, new)

        assert expected in said
        assert said.startswith("essai.toml")

    def test_the_key_is_named_by_number_and_by_its_own_name(self) -> None:
        assert "clauses[1] “one”.require.count.min" in refusal("min = 1", 'min = "1"')

    def test_two_predicates_in_one_clause(self) -> None:
        said = refusal("[[clauses]]", "[[clauses]]\nrequire.gender = { least = 1 }")

        assert "il en a 2" in said

    def test_a_group_within_itself(self) -> None:
        said = refusal('seats = ["chair"]', 'within = "pros"')

        assert "tourne en rond" in said

    def test_too_large(self) -> None:
        with pytest.raises(RulebookError, match="trop gros"):
            read("#" * (MAX_BYTES + 1), "essai.toml")

    def test_too_deep(self) -> None:
        deep = "all = [{" * 30 + "}]" * 30
        with pytest.raises(RulebookError):
            read(SMALL + "\n[clauses.x]\n" + deep, "essai.toml")
        nested = "{all=[" * 30 + "{}" + "]}" * 30
        said = refusal(
            'require.count = { of = "pros", min = 1 }', f"require = {nested}"
        )
        assert "trop profondément imbriqué" in said

    @pytest.mark.parametrize("name", ["RNCP541", "rncp54111", "nothing"])
    def test_an_unknown_code(self, name: str) -> None:
        with pytest.raises(RulebookError, match="Aucun règlement"):
            load(name)

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        path = tmp_path / "x.toml"
        path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(RulebookError, match="UTF-8"):
            load(str(path))
        with pytest.raises(RulebookError):
            load(str(tmp_path / "absent.toml"))
        with pytest.raises(RulebookError):
            load("\0.toml")


class TestWhatIsNotLookedAtKeyByKey:
    """A sound file is converted at once; nothing passes that its keys would refuse."""

    ODD: tuple[Any, ...] = (
        *("", "x", "2022-01-01", "y" * (reader.MAX_TEXT + 1), "law"),
        *(0, -1, True, 1.0, 0.5, reader.MAX_NUMBER + 1),
        *(dt.date(2022, 1, 1), dt.datetime(2022, 1, 1, tzinfo=dt.UTC), dt.time(1)),
        *([], {}, [1], ["a"], ["a"] * (reader.MAX_ITEMS + 1)),
        *({"fr": "a", "en": "b"}, {"fr": "a"}, {"zz": 1}),
    )

    def test_each_value_is_what_its_key_says(self) -> None:
        whole = tomllib.loads(SMALL)
        whole["clauses"][0]["from"] = dt.date(2022, 1, 1)
        for number, (_table, key) in enumerate(self._places(whole)):
            for odd in (*self.ODD, None):
                data = copy.deepcopy(whole)
                table, _key = list(self._places(data))[number]
                if odd is not None:
                    table[key] = odd
                elif isinstance(table, dict):
                    table[f"{key}x"] = table.pop(key)
                else:
                    del table[key]
                assert self._said(reader._typed, data) == self._said(self._by_key, data)

    def _places(self, table: Any) -> Iterator[tuple[Any, Any]]:
        pairs = table.items() if isinstance(table, dict) else enumerate(table)
        for key, value in pairs:
            yield table, key
            if isinstance(value, dict | list):
                yield from self._places(value)

    def _by_key(self, data: dict[str, Any]) -> object:
        reader._check(data, reader._root(), "", 0)
        return msgspec.convert(data, Rulebook)

    def _said(self, way: Callable[[dict[str, Any]], object], data: Any) -> object:
        try:
            return way(data)
        except Fault as fault:
            return fault.message, {k: str(v) for k, v in fault.values.items()}
        except msgspec.ValidationError as error:
            return str(error)


class TestLibrary:
    @pytest.mark.parametrize("code", library())
    def test_every_shipped_rulebook_is_sound(self, code: str) -> None:
        problems = check(load(code.lower()))

        assert [str(p) for p in problems if p.weight is not Weight.NOTE] == []

    @pytest.mark.parametrize("code", library())
    def test_every_shipped_rulebook_is_explained(self, code: str) -> None:
        said = as_text(explain(load(code)))

        assert not re.search(r"[{}]|Bilingual|Struct|None", said)

    @pytest.mark.parametrize("code", library())
    def test_its_text_reads_back_the_same(self, code: str) -> None:
        name, text = source(code)

        assert reader.read(text, name) == load(code) == read(text, name)

    def test_what_is_compiled_is_what_the_files_say(self) -> None:
        assert shipped.COMPILED.read_bytes() == compiled()

    def test_a_file_changed_by_hand_is_read_itself(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        name = "rncp5411.toml"
        text = shipped.text(name).replace("RNCP5411", "RNCP5412", 1)
        monkeypatch.setattr(shipped, "text", lambda _name: text)

        assert shipped.compiled(name) is None
        assert rulebook._shipped.__wrapped__(name).code == "RNCP5412"

    @pytest.mark.parametrize("content", [None, b"", b'{"rncp5411.toml": 1}'])
    def test_without_what_is_compiled_the_files_are_read(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
    ) -> None:
        place = tmp_path / "compiled.json"
        if content is not None:
            place.write_bytes(content)
        known = shipped.index.__wrapped__()
        monkeypatch.setattr(shipped, "COMPILED", place)
        monkeypatch.setattr(shipped, "_compiled", shipped._compiled.__wrapped__)

        assert shipped.compiled("rncp5411.toml") is None
        assert shipped.index.__wrapped__() == known

    def test_every_clause_cites_a_text(self) -> None:
        for book in library().values():
            assert all(clause.source for clause in book.clauses), book.code

    def test_kinds_are_not_mixed_up(self) -> None:
        with pytest.raises(RulebookError, match="de nature"):
            stack(load("RNCP5411"), [load("RNCP5411")])
        with pytest.raises(RulebookError, match="n’a pas de voie"):
            stack(load("RNCP5411"), laws()).for_route("vea")


QUORUM = '[[quorum]]\nsource = "Texte"\n'
COUNT = 'require.count = { of = "pros", min = 1 }'


class TestChecks:
    def problems(self, old: str, new: str) -> list[str]:
        assert old in SMALL
        book = read(SMALL.replace(old, new), "essai.toml")
        return [bare(str(problem)) for problem in check(book)]

    def test_contradictory_counts(self) -> None:
        assert "one : au moins 3 et au plus 1 se contredisent." in self.problems(
            "min = 1", "min = 3, max = 1"
        )

    def test_a_total_the_seats_never_reach(self) -> None:
        said = self.problems('of = "pros", min = 1', 'of = "voters", equals = 8')

        assert "one : les sièges de jury comptent de 1 à 1 personnes" in said[0]

    def test_impossible_totals(self) -> None:
        said = self.problems(
            'require.count = { of = "pros", min = 1 }',
            "require.share = "
            '{ of = "pros", base = "voters", min = "1/3", max = "1/3" }',
        )
        assert any("impossible avec un total de 1, 2, 4" in each for each in said)

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("min = 1", "equals = 1, min = 2", "one : au moins 2 et au plus 1"),
            ("chair = true", "chair = true\nvoices = 0", "seats “chair”.voices = 0"),
            ("[[clauses]]", f"{QUORUM}min = 5\n\n[[clauses]]", "quorum[1].min = 5"),
            ("[[clauses]]", f'{QUORUM}over = "1"\n\n[[clauses]]', "quorum[1].over = 1"),
            (
                "[[clauses]]",
                f"{QUORUM}min = 1\nconvocation = 3\n\n[[clauses]]",
                "quorum[1].convocation = 3",
            ),
            ('label = "Jury"', 'label = "Jury"\nvacant = 5', "vacant = 5"),
            (COUNT, "require.proxies = { max = -1 }", "proxies.max = -1"),
            (COUNT, "require.alternation = { years = 0 }", "alternation.years = 0"),
            (COUNT, 'require.substitution = { same = ["sit"] }', "L’attribut sit"),
            (
                "[[clauses]]",
                "[decision]\ncomponents_min = 9\n\n[[clauses]]",
                "decision.components_min = 9",
            ),
        ],
    )
    def test_numbers_that_mean_nothing(self, old: str, new: str, said: str) -> None:
        assert any(said in each for each in self.problems(old, new))

    @pytest.mark.parametrize("code", library())
    def test_no_shipped_text_is_wrong(self, code: str) -> None:
        wrong = [p for p in check(load(code)) if p.weight is Weight.ERROR]
        assert [] == [str(problem) for problem in wrong]

    def test_a_silence_not_written_down(self) -> None:
        assert any("le quorum" in each for each in self.problems("X", "Y"))


@pytest.mark.parametrize("code", library())
def test_a_damaged_rulebook_never_raises_anything_raw(code: str) -> None:
    chance = random.Random(code)
    text = source(code)[1]
    for _time in range(3000 if LONG else 25):
        try_reading(mangled(text, chance))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_refused_by_name(text: str) -> None:
    assert not try_reading(text)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("[components.scale]", '[components.scale]\nstep = ""', "scale.step"),
        ("[components.scale]", '[components.scale]\nminimum = ""', "scale.minimum"),
        ("[components.scale]", '[components.scale]\nmaximum = ""', "scale.maximum"),
        ('partly_acquired = "10"', 'partly_acquired = ""', "points.partly_acquired"),
    ],
)
def test_a_number_that_must_be_there_is_not_empty(old: str, new: str, key: str) -> None:
    text = source("CQP-GRILLE")[1]
    assert old in text
    with pytest.raises(RulebookError, match=f"{key} devrait être un nombre"):
        read(text.replace(old, new, 1), "essai.toml")
