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
from jury_tui.rules.findings import Layer
from jury_tui.rules.rulebook import Rules, laws, read, stack
from tests.support.juries import SMALL, bare, case, fatal, people

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
