"""Registers of the example certificate with grids, for the screens."""

from __future__ import annotations

from pathlib import Path

from jury_tui.register.record import Record, draft
from jury_tui.rules.people import Candidate, Member
from jury_tui.session import judgement
from jury_tui.session.commands.candidates import Call, Deliberate
from jury_tui.session.commands.preparing import Appoint, Convene, RegisterCandidate
from jury_tui.session.commands.presence import Arrive, SignIn
from jury_tui.session.commands.sitting import Open
from tests.support.grids import DAY
from tests.support.large import RULEBOOK
from tests.support.screens import CANDIDATES, MEMBERS


def large_rulebook(folder: Path) -> str:
    """Thirteen voters; the first component has ten criteria with long names."""
    criteria = "".join(
        f"""
[[components.criteria]]
id = "k{n}"
label = {{ fr = "Analyse les besoins de l’usager {n}", en = "Analyses needs {n}" }}
weight = {n}
eliminatory = {str(n == 10).lower()}
"""
        for n in range(1, 11)
    )
    text = RULEBOOK.read_text("utf-8")
    first, rest = text.split('[[components]]\nid = "C02"')
    path = folder / "treize-et-dix.toml"
    path.write_text(f'{first}{criteria}\n[[components]]\nid = "C02"{rest}', "utf-8")
    return str(path)


def graded(folder: Path, rulebook: str = "CQP-GRILLE") -> Record:
    """Eight members with hostile names deliberate on the first candidate."""
    record = draft(
        folder,
        certification=rulebook,
        route="vae",
        date=DAY.date(),
        now=DAY,
        place="Paris",
        time="09:00",
        secretary="Louise Girardon",
        fictitious=True,
    )
    held = [
        key
        for key, seat in judgement.seats(record.session).items()
        for _n in range(seat.at_least)
    ]
    people = [
        Appoint(
            member=Member(
                id="",
                family_name=family,
                given_names=given,
                gender=gender,
                seats=(seat,),
                act="2026-12",
                act_date=DAY.date(),
            )
        )
        for seat, (family, given, gender) in zip(held, MEMBERS, strict=False)
    ]
    files = [
        RegisterCandidate(
            candidate=Candidate(
                id="",
                birth_name=family,
                given_names=given,
                file_number=f"2026-{n:04d}",
                birth_place="Lyon",
                parcours_start=DAY.date().replace(month=1),
            )
        )
        for n, (family, given) in enumerate(CANDIDATES[:2])
    ]
    record.do(*people, *files, Convene(), now=DAY)
    record.do(*(Arrive(member=m) for m in record.session.members), now=DAY)
    record.do(*(SignIn(member=m) for m in record.session.members), now=DAY)
    record.do(Open(), Call(candidate="c1"), Deliberate(), now=DAY)
    return record
