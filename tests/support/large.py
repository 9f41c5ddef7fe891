"""A large session for the benchmarks: 200 candidates, 13 voters, 10 components.

The certification, the people and their decisions are invented.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from jury_tui.register.drafting import draft
from jury_tui.register.record import Record
from jury_tui.session.commands import parse

RULEBOOK = Path(__file__).with_name("dix-composantes.toml")
HOUSE = (
    Path(__file__).parents[2] / "jury_tui/rulebooks/reglement-interieur-exemple.toml"
)
COMPONENTS = tuple(f"C{number:02}" for number in range(1, 11))
CANDIDATES, MEMBERS = 200, 13
NAME = "2026-06-10-fictif-10"

PARIS = dt.timezone(dt.timedelta(hours=2))
DRAFTED = dt.datetime(2026, 5, 4, 10, tzinfo=PARIS)
START = dt.datetime(2026, 6, 10, 9, tzinfo=PARIS)
LATER = dt.datetime(2026, 6, 10, 18, tzinfo=PARIS)

_SEATS = ("president", *["formateur"] * 6, *["professionnel"] * 6)
_FAMILIES = [
    "Abadie",
    "Bonnard",
    "Carlier",
    "Delmas",
    "Estève",
    "Fabre",
    "Gauthier",
    "Hébrard",
    "Imbert",
    "Jourdan",
    "Kléber",
    "Laurens",
    "Mounier",
]
_GIVEN = ("Claire", "Paul", "Inès", "Luc", "Nadia", "Hugo", "Anne")


def on_the_table(
    sessions: Path, *, candidates: int = CANDIDATES, votes: int = 0
) -> Path:
    """An open session with a candidate in deliberation.

    Args:
        sessions: The folder of sessions; made if absent.
        candidates: How many are on the agenda.
        votes: How many votes were counted before, ten a candidate.

    Returns:
        The session's folder.
    """
    with draft(
        sessions,
        certification=str(RULEBOOK),
        route="vae",
        date=START.date(),
        now=DRAFTED,
        place="Lyon (séance fictive)",
        secretary="Louise Girardon",
        house=HOUSE,
        fictitious=True,
        name=NAME,
    ) as record:
        _do(record, DRAFTED, *_people(candidates), {"do": "convene"})
        _do(record, START, *_arrivals(), {"do": "open"})
        judged = []
        for number in range(votes // len(COMPONENTS)):
            judged += _deliberated(number)
            judged += [_vote(component) for component in COMPONENTS]
            judged.append({"do": "pronounce"})
        judged += _deliberated(votes // len(COMPONENTS))
        _do(record, START + dt.timedelta(minutes=5), *judged)
        return record.path


def pronounced(record: Record, following: int) -> None:
    """Decide on the candidate on the table; deliberate on another, counted from 0."""
    _do(record, LATER, {"do": "pronounce"}, *_deliberated(following))


def vote(number: int) -> str:
    """The command that counts the vote on the n-th component, from 0."""
    return json.dumps(_vote(COMPONENTS[number % len(COMPONENTS)]))


def _do(record: Record, now: dt.datetime, *commands: dict[str, object]) -> None:
    record.do(*(parse(json.dumps(command)) for command in commands), now=now)


def _vote(component: str) -> dict[str, object]:
    return {"do": "count_votes", "component": component, "all": "for"}


def _deliberated(number: int) -> list[dict[str, object]]:
    return [
        {"do": "call", "candidate": f"c{number + 1}"},
        {"do": "hear"},
        {"do": "end_hearing"},
        {"do": "deliberate"},
    ]


def _people(candidates: int) -> list[dict[str, object]]:
    members: list[dict[str, object]] = [
        {
            "do": "appoint",
            "member": {
                "id": f"m{number}",
                "family_name": family,
                "given_names": _GIVEN[number % len(_GIVEN)],
                "gender": "FM"[number % 2],
                "seats": [seat],
                "act": "Décision fictive 2026-12",
                "act_date": "2026-03-02",
                "act_authority": "le certificateur",
            },
        }
        for number, (family, seat) in enumerate(zip(_FAMILIES, _SEATS, strict=True), 1)
    ]
    files: list[dict[str, object]] = [
        {
            "do": "register_candidate",
            "candidate": {
                "id": f"c{number}",
                "birth_name": f"{_FAMILIES[number % 13]}-{number:03}",
                "given_names": _GIVEN[number % len(_GIVEN)],
                "file_number": f"2026-{number:04}",
                "birth_date": "1981-02-03",
                "birth_place": "Lyon",
                "parcours_start": "2025-10-01",
            },
        }
        for number in range(1, candidates + 1)
    ]
    return [*members, *files]


def _arrivals() -> list[dict[str, object]]:
    return [
        {"do": act, "member": f"m{number}"}
        for number in range(1, MEMBERS + 1)
        for act in ("arrive", "sign_in")
    ]
