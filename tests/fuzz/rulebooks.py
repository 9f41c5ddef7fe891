"""Rulebooks that somebody's editor has damaged: read, explained, judged by."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from jury_tui.errors import RulebookError
from jury_tui.rules.composition import Case, judge
from jury_tui.rules.explain import as_text, explain
from jury_tui.rules.findings import Layer
from jury_tui.rules.model import Kind
from jury_tui.rules.rulebook import laws, library, read, source, stack
from tests.fuzz.mutations import Step
from tests.support.juries import people

DAY = dt.date(2022, 6, 1)


def mangled(text: str, chance: random.Random) -> str:
    """A shipped text with a few accidents: what somebody's editor may do to it."""
    lines = text.splitlines()
    for _time in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        line = lines[at]
        match chance.randrange(7):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case 2 if line:
                cut = chance.randrange(len(line))
                lines[at] = line[:cut] + chr(chance.randrange(1, 0x2FF)) + line[cut:]
            case 3 if line:
                cut = chance.randrange(len(line))
                lines[at] = line[:cut] + line[cut + 1 :]
            case 4:
                key, _equals, _value = line.partition("=")
                values = ["1", "-1", "9" * 30, "true", '""', "[]", "{}", "1979-05-27"]
                values += ['["x"]', "[1]", "1e9", "nan", '"1/4"', "[[]]", '{fr="a"}']
                lines[at] = f"{key}= {chance.choice(values)}"
            case 5:
                lines[at] = line.replace('"', chance.choice(["", "'", '"""']))
            case _:
                other = chance.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
        if not lines:
            return ""
    return "\n".join(lines)


def try_reading(text: str) -> bool:
    """Read, and use what reads; only a :class:`RulebookError` may come out."""
    try:
        book = read(text, "essai.toml")
    except RulebookError as error:
        if not str(error).startswith("essai.toml"):
            raise
        return False
    as_text(explain(book))
    if book.kind is Kind.CERTIFICATION:
        for route in book.routes:
            try:
                stacked = stack(book, laws())
                seats = stacked.for_route(route.id).seats
            except RulebookError:
                continue
            jury = people([(name, 1) for name in list(seats)[:9]])
            for layer in Layer:
                judge(
                    stacked,
                    Case(layer=layer, on=DAY, route=route.id, members=jury),
                )
    return True


def reader(folder: Path) -> Step:
    """The rulebooks that ship, damaged."""
    texts = [source(code)[1] for code in library()]

    def step(chance: random.Random) -> bool:
        return try_reading(mangled(chance.choice(texts), chance))

    return step
