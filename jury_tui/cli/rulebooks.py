"""``rulebooks``: the texts that ship, or one of them in sentences and checked."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

import msgspec

from jury_tui.cli import streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _
from jury_tui.rules.checks import check
from jury_tui.rules.explain import KINDS, as_text, explain
from jury_tui.rules.labels import label
from jury_tui.rules.model import Kind, Rulebook
from jury_tui.rules.problems import Problem, Weight
from jury_tui.rules.rulebook import library, load


def run(arguments: Namespace) -> Exit:
    """List, or explain one; 1 when one contradicts itself."""
    if arguments.code is None:
        return _listed(as_json=arguments.json)
    book = load(arguments.code)
    problems = check(book)
    if arguments.json:
        streams.json(
            {
                "rulebook": msgspec.to_builtins(book),
                "problems": [_problem(problem) for problem in problems],
            }
        )
    else:
        streams.data(as_text(explain(book)))
    wrong = any(problem.weight is Weight.ERROR for problem in problems)
    return Exit.REFUSED if wrong else Exit.FINE


def _problem(problem: Problem) -> dict[str, str]:
    return {
        "key": problem.key,
        "weight": problem.weight.value,
        "message": str(problem),
    }


def _listed(*, as_json: bool) -> Exit:
    books = library().values()
    if as_json:
        streams.json([_summary(book) for book in books])
        return Exit.FINE
    width = max((len(book.code) for book in books), default=0)
    for kind in (Kind.CERTIFICATION, Kind.LAW, Kind.HOUSE):
        of_kind = [book for book in books if book.kind is kind]
        if of_kind:
            title = _(KINDS[kind])
            streams.data(title[:1].upper() + title[1:])
        for book in of_kind:
            routes = ", ".join(route.id for route in book.routes)
            more = f" [{routes}]" if routes else ""
            streams.data(f"  {book.code:<{width}}  {label(book.title)}{more}")
    return Exit.FINE


def _summary(book: Rulebook) -> dict[str, Any]:
    return {
        "code": book.code,
        "kind": book.kind.value,
        "title": label(book.title),
        "certifier": book.certifier,
        "fictitious": book.fictitious,
        "routes": [route.id for route in book.routes],
    }
