"""One vector of the collection of rules: a list, and what is expected of it."""

from __future__ import annotations

import datetime as dt
from itertools import cycle
from typing import Any, NamedTuple, Protocol

import pytest

from tests.support.lists import Form, Row

NOW, THEN = "2026-11-23", "2016-11-23"
LAYERS = ("appointment", "presence", "candidate")
UNSAID = {"quorum", "registration"}
"""The collection gives no quorum to these rules, and no dates of registration."""
QUALIFIED = "personne_qualifiée_au_titre_de_la_certification"
"""The column that says who is qualified, where no seat does."""
TITLES = {"LAW-VAE/r335-8-professionals", "LAW-VAE/r335-8-quarter"}
FLOOR = {"LAW-VAE/d6412-6-members", "LAW-VAE/d6412-6-qualified"}


class Vector(NamedTuple):
    """One vector.

    Attributes:
        sentence: As the collection writes it; it begins with ✔, ✘ or ⚠.
        rows: The list of members.
        breached: The fatal clauses breached at this layer, all of them.
        layer: Where they are.
        justify: The clauses breached that are to be justified there, all of them.
        undecidable: The clauses that cannot be decided there, all of them but those
            on which the collection says nothing.
        on: The day of the session; the parcours started five months before.
        route: The route.
        without: Those who are away.
        facts: What else is said of the candidate.
    """

    sentence: str
    rows: tuple[Row, ...]
    breached: frozenset[str] | set[str] = frozenset()
    layer: str = "appointment"
    justify: frozenset[str] | set[str] = frozenset()
    undecidable: frozenset[str] | set[str] = frozenset()
    on: str = NOW
    route: str = "vae"
    without: tuple[str, ...] = ()
    facts: dict[str, str] = {}

    @property
    def candidate(self) -> Row:
        """The candidate's line."""
        start = dt.date.fromisoformat(self.on) - dt.timedelta(days=150)
        return {
            "Nom de naissance": "Leroy",
            "Dossier": "1",
            "Début du parcours": f"{start:%d/%m/%Y}",
            "Recevable le": f"{start:%d/%m/%Y}",
        } | self.facts


class Told(Protocol):
    """What a command answered."""

    @property
    def json(self) -> Any:
        """The data."""


_forms = cycle(Form)


def each(*vectors: Vector) -> pytest.MarkDecorator:
    """A table of vectors; the lists go through the forms in turn."""
    return pytest.mark.parametrize(
        ("vector", "form"),
        [pytest.param(v, next(_forms), id=v.sentence) for v in vectors],
    )


def found(result: Told, layer: str, verdict: str, *, fatal: bool) -> set[str]:
    """The clauses of a verdict at a layer."""
    findings: list[dict[str, Any]] = result.json["findings"]
    return {
        f["clause"]
        for f in findings
        if (f["layer"], f["verdict"], f["fatal"]) == (layer, verdict, fatal)
    }


def finding(result: Told, clause: str, layer: str = "appointment") -> dict[str, Any]:
    """The finding of one clause at a layer."""
    (one,) = (
        f
        for f in result.json["findings"]
        if (f["clause"], f["layer"]) == (clause, layer)
    )
    return dict(one)
