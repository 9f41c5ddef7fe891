"""docs/rulebooks.md is true: its example loads, its tables are whole."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import msgspec
import pytest

from jury_tui.errors import RulebookError
from jury_tui.rules import clauses, labels, model
from jury_tui.rules.checks import check
from jury_tui.rules.explain import as_text, explain
from jury_tui.rules.findings import Layer
from jury_tui.rules.rulebook import Rules, laws, read, stack
from tests.support.juries import SMALL, bare, case, fatal, people, rules

GUIDE = (Path(__file__).parents[2] / "docs" / "rulebooks.md").read_text("utf-8")
DAY = dt.date(2026, 11, 23)


def example() -> Rules:
    found = re.search(r"<!-- example: (\S+) -->\n```toml\n(.*?)```", GUIDE, re.S)
    assert found
    return stack(read(found[2], found[1]), laws())


def test_the_example_loads_and_is_sound() -> None:
    assert check(example().certification) == ()


@pytest.mark.parametrize(
    ("professionals", "layer", "expected"),
    [
        (3, Layer.APPOINTMENT, set()),
        (2, Layer.APPOINTMENT, {"EXEMPLE/professionnel", "EXEMPLE/half"}),
        (2, Layer.PRESENCE, set()),
        (1, Layer.PRESENCE, {"EXEMPLE/half"}),
    ],
)
def test_the_example_says_what_its_text_says(
    professionals: int, layer: Layer, expected: set[str]
) -> None:
    seats = {"president": 1, "professionnel": professionals, "formateur": 2}
    jury = people(seats, experience_years=3)

    assert fatal(example(), case(jury, DAY, layer)) == expected


def tables() -> list[type[labels.Table]]:
    return [
        kind
        for module in (model, clauses)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, labels.Table)
        and kind.__module__ == module.__name__
    ]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.__name__)
def test_every_key_is_in_the_guide(table: type[labels.Table]) -> None:
    told = set(re.findall(r"`(?:\[+)?([a-z_0-9]+)", GUIDE))
    told |= {"juries", "seats"}

    for field in msgspec.structs.fields(table):
        assert field.encode_name in told, field.encode_name


MISTAKES = {
    '`titel = "…"`': ('title = "Essai"', 'titel = "Essai"'),
    "no `source` in a clause": ('source = "Texte"', ""),
    '`count = "un"`': ("count = 1", 'count = "un"'),
    '`of = "pro"`': ('of = "pros"', 'of = "pro"'),
    '`from = "2020-01-01"`': ("require.count", 'from = "2020-01-01"\nrequire.count'),
    '`min = "un quart"`': (
        'require.count = { of = "pros", min = 1 }',
        'require.share = { of = "pros", base = "voters", min = "un quart" }',
    ),
    "two predicates": ("[[clauses]]", "[[clauses]]\nrequire.gender = { least = 1 }"),
}


def test_the_messages_are_those_the_program_gives() -> None:
    table = GUIDE.partition("<!-- errors -->")[2].partition("<!-- /errors -->")[0]
    rows = re.findall(r"^\| (.*?) \| `(.*)` \|$", table, re.M)

    assert {mistake for mistake, _message in rows} == set(MISTAKES)
    for mistake, message in rows:
        with pytest.raises(RulebookError) as caught:
            read(SMALL.replace(*MISTAKES[mistake]), "essai.toml")
        said = bare(str(caught.value))
        for part in message.rstrip(".").split("[…]"):
            assert part in said, said


class TestWords:
    """A lawyer proof-reads sentences, not the keys of a file."""

    def lines(self, code: str) -> str:
        return as_text(explain(rules(code).certification))

    def test_facts_have_the_names_that_the_rulebook_gives_them(self) -> None:
        """`habilitation_until pas avant : session` was told to people."""
        said = self.lines("TP")

        assert "fin de l'habilitation pas avant\u00a0: le jour de la séance" in said
        assert "en exercice\u00a0: oui" in said
        for key in ("habilitation_until", "experience_years", "in_practice", "= true"):
            assert key not in said

    def test_groups_are_defined(self) -> None:
        said = self.lines("BTS")

        assert "enseignants du public\u00a0: parmi les enseignants" in said
        assert "« teachers »" not in said

    def test_where_a_clause_holds_is_told(self) -> None:
        """Two clauses of two routes, five years and three, read as both binding."""
        said = self.lines("TP")

        assert (
            "Pour la voie\u00a0: VAE, variante de 2002 (cinq ans d'expérience)" in said
        )

    def test_bounds_are_joined(self) -> None:
        """It read `professionnels ≥ 1/4 ≤ 1/2`."""
        said = self.lines("LIC-PRO")

        assert "professionnels ≥ 1/4 et ≤ 1/2 des membres délibératifs" in said
        assert "≥ la totalité des membres délibératifs nommés" in said

    def test_totals_agree_in_number(self) -> None:
        """It read `8 membres délibératifs, 0 invités de droit`."""
        said = self.lines("RNCP5411")

        assert "En tout\u00a0: 8 membres délibératifs, 5 invités de droit." in said
        assert "En tout\u00a0: 8 membres délibératifs.\n" in said
