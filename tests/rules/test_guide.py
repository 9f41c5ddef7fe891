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
from jury_tui.rules.clauses import Condition, Count, Require
from jury_tui.rules.composition import judge
from jury_tui.rules.explain import as_text, explain
from jury_tui.rules.findings import Layer
from jury_tui.rules.requirements import condition_words, require_words, terms_of
from jury_tui.rules.rulebook import Rules, laws, read, stack
from jury_tui.rules.wording import BUILT_IN_LABELS
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


def tables() -> set[type[labels.Table]]:
    return {
        kind
        for module in (model, clauses)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, labels.Table)
        and kind.__module__ == module.__name__
    }


def rows(heading: str) -> list[list[str]]:
    """The cells of the tables under a heading of the guide, titles left out."""
    section = re.search(
        rf"^### {re.escape(heading)}.*?$(.*?)(?=^##)", GUIDE, re.M | re.S
    )
    assert section, heading
    cells = [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in section[1].splitlines()
        if line.startswith("| `")
    ]
    assert cells
    return cells


def named(cell: str) -> set[str]:
    """The keys that a cell names; what is in brackets are their values."""
    return set(re.findall(r"`\[*([a-z_0-9.]+)[^`]*`", re.sub(r"\([^()]*\)", "", cell)))


def first(heading: str) -> set[str]:
    return set().union(*(named(row[0]) for row in rows(heading)))


def cell(heading: str, key: str, column: int = 1) -> set[str]:
    (row,) = (r for r in rows(heading) if r[0].startswith(key))
    return named(row[column])


FILE, CLAUSE, RULES = "The file", "A clause:", "Quorum, majority, decision"
PLACES: dict[type[labels.Table], set[str]] = {
    model.Rulebook: {
        key.removeprefix("components.")
        for key in first(FILE) - {"scale", "points", "components.criteria"}
    }
    - {"groups."}
    | {"groups"},
    model.Levels: cell(FILE, "`levels`"),
    model.Registration: cell(FILE, "`[registration]`"),
    model.Component: cell(FILE, "`[[components]]`"),
    model.Scale: cell(FILE, "`scale`"),
    model.Points: cell(FILE, "`points`"),
    model.Criterion: cell(FILE, "`[[components.criteria]]`"),
    model.GridOptions: cell(FILE, "`[grids]`"),
    model.Route: cell(FILE, "`[[routes]]`"),
    model.Jury: cell(FILE, "`[[juries]]`"),
    model.Signatory: cell(FILE, "`[[signatories]]`"),
    model.MinutesOptions: cell(FILE, "`[minutes]`"),
    model.Silence: cell(FILE, "`[[silent]]`"),
    model.Source: cell(FILE, "`[[sources]]`"),
    model.Seat: first("A seat:") | cell("A seat:", "`count`"),
    clauses.When: cell(CLAUSE, "`when`"),
    clauses.Condition: first("A condition:") | {"of"},
    clauses.Group: first("A group:"),
    clauses.Clause: {
        key for row in rows(CLAUSE) if len(row) == 2 for key in named(row[0])
    },
    clauses.Require: {
        key for row in rows(CLAUSE) if len(row) == 3 for key in named(row[0])
    },
    clauses.Count: cell(CLAUSE, "`count`"),
    clauses.Share: cell(CLAUSE, "`share`"),
    clauses.Equal: cell(CLAUSE, "`equal`"),
    clauses.Each: cell(CLAUSE, "`each`"),
    clauses.Officer: cell(CLAUSE, "`chair`"),
    clauses.Alternation: cell(CLAUSE, "`alternation`"),
    clauses.Ties: cell(CLAUSE, "`ties`"),
    clauses.Substitution: cell(CLAUSE, "`substitution`"),
    clauses.Proxies: cell(CLAUSE, "`proxies`"),
    clauses.Balance: cell(CLAUSE, "`gender`"),
    clauses.Registered: cell(CLAUSE, "`registration`"),
    clauses.Fallback: cell(CLAUSE, "`fallback`"),
    clauses.Quorum: cell(RULES, "`[[quorum]]`"),
    clauses.Majority: cell(RULES, "`[[majority]]`"),
    clauses.Decision: cell(RULES, "`[decision]`"),
}


@pytest.mark.parametrize("table", PLACES, ids=lambda table: table.__name__)
def test_the_guide_names_every_key_and_no_other(table: type[labels.Table]) -> None:
    """Both ways: what the reader takes is told where it belongs, and what is told is
    taken."""
    assert PLACES[table] == {f.encode_name for f in msgspec.structs.fields(table)}


def test_every_table_has_its_place_in_the_guide() -> None:
    assert tables() == set(PLACES)


def test_grids_are_told_once_more_in_full() -> None:
    options = {f.encode_name for f in msgspec.structs.fields(model.GridOptions)}

    assert first("Assessment grids:") == options - {"source", "quote"}


def test_built_in_groups_are_those_of_the_program() -> None:
    (line,) = re.findall(r"^Built-in groups: (.*)\.$", GUIDE, re.M)

    assert named(line) == set(BUILT_IN_LABELS)


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


TERMS = terms_of(rules("TP").certification)


class TestWords:
    """A lawyer proof-reads sentences, not the keys of a file."""

    def lines(self, code: str) -> str:
        return as_text(explain(rules(code).certification))

    def test_facts_have_the_names_that_the_rulebook_gives_them(self) -> None:
        """`habilitation_until pas avant : session` was told to people."""
        said = self.lines("TP")

        assert "fin de l’habilitation pas avant\u00a0: le jour de la séance" in said
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
            "Pour la voie\u00a0: VAE, variante de 2002 (cinq ans d’expérience)" in said
        )

    def test_bounds_are_joined(self) -> None:
        """It read `professionnels ≥ 1/4 ≤ 1/2`."""
        said = self.lines("LIC-PRO")

        assert (
            "professionnels (au moins 1/4 et au plus 1/2 des membres délibératifs)"
            in said
        )
        assert "au moins la totalité des membres délibératifs nommés" in said

    def test_years_agree_in_number(self) -> None:
        """It read `au plus 1 ans avant`."""
        words = [
            bare(condition_words(condition, TERMS))
            for condition in (
                Condition(attribute="left_on", within_years=1),
                Condition(attribute="left_on", less_than_years=2),
            )
        ]

        assert [
            "date de sortie du métier au plus 1 an avant : le jour de la séance",
            "date de sortie du métier moins de 2 ans avant : le jour de la séance",
        ] == words

    def test_a_requirement_inside_another_is_set_apart(self) -> None:
        """`A et B ou C` may be read in two ways."""
        one, two, three = (Require(count=Count(of="voters", min=n)) for n in (1, 2, 3))
        words = require_words(Require(any=(Require(all=(one, two)), three)), TERMS)

        assert (
            "(membres délibératifs (au moins 1) et membres délibératifs (au moins 2)) "
            "ou membres délibératifs (au moins 3)"
        ) == bare(words)

    def test_each_part_that_was_counted_says_what_it_asks(self) -> None:
        """It read `employeurs et salariés : 0 et 2`: which of them is missing?"""
        stacked = rules("BTS")
        jury = people({"professionnel": 2}, side="employee")
        said = [
            bare(f.explanation)
            for f in judge(stacked, case(jury, DAY, Layer.APPOINTMENT))
            if f.clause == "BTS/employers-employees"
        ]

        assert said == [
            "employeurs et salariés : 0 pour employeurs (au moins 1) et 2 pour "
            "salariés (au moins 1), il en manque 1."
        ]

    def test_what_was_never_told_is_told(self) -> None:
        """Voices, the way of voting and proxies were read and explained nowhere."""
        text = SMALL.replace("chair = true", "chair = true\nvoices = 3")
        text += (
            '[[majority]]\nballot = "secret"\nsource = "Texte"\n'
            '[[quorum]]\nmin = 1\nproxies_count = false\nsource = "Texte"\n'
        )
        said = bare(as_text(explain(read(text, "essai.toml"))))

        assert "1 : président (délibératif, préside, 3 voix chacun)" in said
        assert "le scrutin est secret" in said
        assert "Les pouvoirs ne comptent pas" in said

    def test_totals_agree_in_number(self) -> None:
        """It read `8 membres délibératifs, 0 invités de droit`."""
        said = self.lines("RNCP5411")

        assert "En tout\u00a0: 8 membres délibératifs, 5 invités de droit." in said
        assert "En tout\u00a0: 8 membres délibératifs.\n" in said
