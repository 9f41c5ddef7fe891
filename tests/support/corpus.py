"""Thousands of registers from a seed: held once by commands, then given other names.

A few sessions are held in memory, each command checked as in real use; the corpus is
made of these with other people, other days and other ids, chained anew. So every
register is a lawful one, and altered ones are known to the digit.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from pathlib import Path

from jury_tui import canonical
from jury_tui.register import chain
from jury_tui.session.acts import AnyAct, to_record
from tests.support.sittings import Sitting

_FAMILIES = """Leroy Moreau Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent
    Müller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François
    Legrand Gauthier Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu"""
_GIVEN = """Samira Paul Inès Hugo Nadia Luc Hélène Yves Léa Samuel Zoé Marc Chloé Éric
    Noémie José Aïcha Loïc Anaïs Rémi Fatou Gaël Irène Jérôme Maëlle Théo"""
FAMILIES, GIVEN = tuple(_FAMILIES.split()), tuple(_GIVEN.split())
_MARK = re.compile(rb"@([FGDS])(\d*)@")


def held(candidates: int, seed: int = 1) -> list[AnyAct]:
    """The acts of one session of so many candidates, held by commands."""
    choose = random.Random(seed)
    sitting = Sitting()
    sitting.now = sitting.now.replace(hour=6)
    _quick(sitting)
    sitting.appoint()
    for number in range(1, candidates + 1):
        sitting.do(
            "register_candidate",
            candidate={
                "id": f"c{number}",
                "birth_name": f"@F{number}@",
                "given_names": f"@G{number}@",
                "file_number": f"2008-{number:04d}",
                "birth_date": "1975-02-03",
                "birth_place": "Lyon",
                "parcours_start": "2007-10-01",
            },
        )
    sitting.do("declare_tie", member="m5", candidate="c2", kind="accompanied")
    sitting.open()
    for number in range(1, candidates + 1):
        candidate = f"c{number}"
        if choose.random() < 0.03:
            sitting.do("mark_absent", candidate=candidate)
            continue
        sitting.do("call", candidate=candidate)
        sitting.do("hear")
        sitting.do("end_hearing")
        sitting.do("deliberate")
        for component in "abc":
            _vote(sitting, choose, component)
        sitting.do("pronounce")
    sitting.do("close")
    return sitting.acts


def _quick(sitting: Sitting) -> None:
    """A minute a command would fill days: a few seconds each."""
    do = sitting.do

    def quicker(name: str, **fields: object) -> tuple[AnyAct, ...]:
        sitting.now -= dt.timedelta(seconds=40)
        return do(name, **fields)

    sitting.do = quicker  # type: ignore[method-assign]


def _vote(sitting: Sitting, choose: random.Random, component: str) -> None:
    against = choose.random() < 0.25
    exceptions = {
        member: choose.choice(("against", "abstention"))
        for member in ("m2", "m3", "m4")
        if choose.random() < 0.3
    }
    sitting.do(
        "count_votes",
        component=component,
        all="against" if against else "for",
        **{"except": exceptions},
    )
    if against or len(exceptions) == 3:
        sitting.do(
            "give_reason",
            component=component,
            reason="Les compétences attendues ne sont pas démontrées au dossier, "
            "notamment l’analyse de la pratique et sa mise en perspective.",
            recommendation="Compléter le dossier par deux situations analysées.",
        )


class Template:
    """One held session, ready to be given other names."""

    def __init__(self, acts: list[AnyAct]) -> None:
        records = [to_record(act) for act in acts]
        records[0]["session"] = "@S@"
        self.bodies = [canonical.encode(record) for record in records]
        self.marked = [b"@" in body for body in self.bodies]

    def register(self, session: str, choose: random.Random) -> bytes:
        """The bytes of a register."""

        def name(match: re.Match[bytes]) -> bytes:
            kind = match[1]
            if kind == b"S":
                return session.encode()
            return choose.choice(FAMILIES if kind == b"F" else GIVEN).encode()

        head = chain.start(session)
        lines: list[bytes] = []
        for body, marked in zip(self.bodies, self.marked, strict=True):
            written = _MARK.sub(name, body) if marked else body
            head = chain.link(head, written)
            lines.append(b"%b %b\n" % (head.encode(), written))
        return b"".join(lines)


def make(
    folder: Path, sessions: int, *, candidates: int = 85, seed: int = 1, models: int = 4
) -> Iterator[str]:
    """Write a corpus: ``folder/<id>/acts.jsonl``, one session after the other.

    Args:
        folder: Where; made if absent.
        sessions: How many.
        candidates: In each, on average.
        seed: The same seed, the same bytes.
        models: How many different sessions are held.

    Yields:
        Each session's id, once it is written.
    """
    choose = random.Random(seed)
    sizes = [
        max(3, candidates + round(candidates * 0.3 * (n - (models - 1) / 2) / models))
        for n in range(models)
    ]
    templates = [Template(held(size, seed + n)) for n, size in enumerate(sizes)]
    for number in range(1, sessions + 1):
        session = f"2008-{number:05d}"
        place = folder / session
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        template = templates[number % len(templates)]
        (place / "acts.jsonl").write_bytes(template.register(session, choose))
        yield session
