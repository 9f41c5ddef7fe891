"""Sessions made in memory by commands, for tests that need one in a given state.

The people are invented. Times start on 10 June 2008 at 09:00, one minute a command.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from jury_tui.rules.rulebook import laws, source
from jury_tui.session.acts import AnyAct, RulebookAdopted, SessionDrafted
from jury_tui.session.commands import parse, perform
from jury_tui.session.folding import replay
from jury_tui.session.session import Session

START = dt.datetime(2008, 6, 10, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))
HOUSE = (
    Path(__file__).parents[2] / "jury_tui/rulebooks/reglement-interieur-exemple.toml"
)

MEMBERS = (
    ("m1", "Durand", "Claire", "F", "president"),
    ("m2", "Morel", "Paul", "M", "formateur_enseignant"),
    ("m3", "Garnier", "Inès", "F", "formateur_enseignant"),
    ("m4", "Faure", "Luc", "M", "formateur_enseignant"),
    ("m5", "Rousseau", "Nadia", "F", "formateur_enseignant"),
    ("m6", "Petit", "Anne", "F", "representant_professionnel"),
    ("m7", "Lambert", "Hugo", "M", "representant_professionnel"),
    ("m8", "Chevalier", "Marc", "M", "responsable_du_titre"),
    ("m9", "Roux", "Hélène", "F", "responsable_vae_pole"),
    ("m10", "Colin", "Yves", "M", "representant_national_vae"),
    ("m11", "Marchand", "Léa", "F", "conseiller_vae"),
    ("m12", "Noël", "Samuel", "M", "conseiller_vae"),
    ("m13", "Perrin", "Zoé", "F", "conseiller_vae"),
)


class Sitting:
    """A session being held in memory, one command after the other."""

    certification = "RNCP5411"
    fictitious = True
    members: tuple[tuple[str, str, str, str, str], ...] = MEMBERS

    def __init__(self, *, house: bool = True, on: dt.datetime = START) -> None:
        self.now = on
        books = [source(book.code) for book in laws()] + [source(self.certification)]
        kinds = ["law"] * len(laws()) + ["certification"]
        if house:
            books.append((HOUSE.name, HOUSE.read_text("utf-8")))
            kinds.append("house")
        self.acts: list[AnyAct] = [
            SessionDrafted(
                at=on,
                session="2008-06-10-test",
                certification=self.certification,
                route="vae",
                date=on.date(),
                place="Paris",
                time="09:00",
                secretary="Louise Girard",
                fictitious=self.fictitious,
            ),
            *(
                RulebookAdopted(
                    at=on,
                    name=name,
                    kind=kind,
                    sha256=hashlib.sha256(text.encode()).hexdigest(),
                    text=text,
                )
                for kind, (name, text) in zip(kinds, books, strict=True)
            ),
        ]
        self.session: Session = replay(self.acts)

    def do(self, name: str, **fields: Any) -> tuple[AnyAct, ...]:
        """Carry one command out, a minute later."""
        self.now += dt.timedelta(minutes=1)
        command = parse(json.dumps({"do": name, **fields}))
        self.session, acts = perform(self.session, [command], self.now)
        self.acts.extend(acts)
        return acts

    def appoint(self) -> Sitting:
        """The whole jury."""
        for ref, family, given, gender, seat in self.members:
            card = {
                "id": ref,
                "family_name": family,
                "given_names": given,
                "gender": gender,
                "seats": [seat],
                "act": "Décision 2008-12",
                "act_date": "2008-03-03",
            }
            self.do("appoint", member=card)
        return self

    def register(self, number: int = 3, **facts: Any) -> Sitting:
        """Some candidates: Leroy Samira, Candidat2, Candidat3…"""
        for n in range(1, number + 1):
            name = "Leroy" if n == 1 else f"Candidat{n}"
            card = {
                "id": f"c{n}",
                "birth_name": name,
                "given_names": "Samira" if n == 1 else "Jean",
                "file_number": f"2008-{n:04d}",
                "birth_date": "1975-02-03",
                "birth_place": "Lyon",
                "parcours_start": "2007-10-01",
                **facts,
            }
            self.do("register_candidate", candidate=card)
        return self

    def open(self) -> Sitting:
        """Convened, everyone there and signed in, open."""
        self.do("convene")
        for ref, *_rest in self.members:
            self.do("arrive", member=ref)
            self.do("sign_in", member=ref)
        self.do("open")
        return self

    def deliberate(self, candidate: str = "c1", *, hearing: bool = True) -> Sitting:
        """A candidate called, heard, and in deliberation."""
        self.do("call", candidate=candidate)
        if hearing:
            self.do("hear")
        self.do("deliberate")
        return self

    def settle(self, outcome: str = "for") -> Sitting:
        """Every component voted alike, and the decision pronounced."""
        for component in "abc":
            self.do("count_votes", component=component, all=outcome)
            if outcome != "for":
                self.do("give_reason", component=component, reason="Non démontré.")
        self.do("pronounce")
        return self


def opened(candidates: int = 3, **facts: Any) -> Sitting:
    """A session just opened, with some candidates."""
    return Sitting().appoint().register(candidates, **facts).open()
