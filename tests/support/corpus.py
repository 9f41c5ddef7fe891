"""Thousands of registers from a seed: held once by commands, then given other names.

A few sessions are held in memory, each command checked as in real use; the corpus is
made of these with other people, other days and other ids, chained anew. So every
register is a lawful one, and altered ones are known to the digit.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from jury_tui import canonical
from jury_tui.register import anchors, chain
from jury_tui.register.chain import Anchor
from jury_tui.rules import rulebook
from jury_tui.session import judgement
from jury_tui.session.acts import AnyAct, MemberArrived, RulebookAdopted, to_record
from jury_tui.session.folding import replay
from tests.support.large import RULEBOOK
from tests.support.sittings import MEMBERS, START, Sitting

_FAMILIES = """Leroy Moreau Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent
    Müller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François
    Legrand Gauthier Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu"""
_GIVEN = """Samira Paul Inès Hugo Nadia Luc Hélène Yves Léa Samuel Zoé Marc Chloé Éric
    Noémie José Aïcha Loïc Anaïs Rémi Fatou Gaël Irène Jérôme Maëlle Théo"""
FAMILIES, GIVEN = tuple(_FAMILIES.split()), tuple(_GIVEN.split())
_MARK = re.compile(rb"@([FGDS])(\d*)@")
_BY_SEAT = ("CQP-GRILLE", str(RULEBOOK))
"""Certifications besides the usual one: a jury of their own seats."""
YEARS = range(2007, 2026)


class Other(Sitting):
    """A sitting of any certification, one year or another."""

    fictitious = False

    def __init__(self, certification: str, on: dt.datetime) -> None:
        self.certification = certification
        super().__init__(house=certification == "RNCP5411", on=on)
        # As the program keeps it: by its code, though it was read from a file.
        drafted = msgspec.structs.replace(
            self.acts[0], certification=rulebook.load(certification).code
        )
        self.acts[0] = drafted
        self.session = replay(self.acts)
        if certification == "RNCP5411":
            return
        seats = [
            key
            for key, seat in judgement.seats(self.session).items()
            for _each in range(max(1, seat.at_least))
        ]
        self.members = tuple(
            (*person[:4], seat) for person, seat in zip(MEMBERS, seats, strict=False)
        )


def held(
    candidates: int, seed: int = 1, sitting: Sitting | None = None
) -> list[AnyAct]:
    """The acts of one session of so many candidates, held by commands.

    Args:
        candidates: How many.
        seed: Of what is decided.
        sitting: A session just drafted; the usual one, when left out.
    """
    choose = random.Random(seed)
    sitting = sitting or Sitting()
    sitting.now = sitting.now.replace(hour=6)
    quick(sitting)
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
                "parcours_start": f"{sitting.acts[0].at.year - 1}-10-01",
            },
        )
    if sitting.certification == Sitting.certification:
        # The other juries would lack a member for this candidate.
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
        for component in judgement.components(sitting.session):
            _vote(sitting, choose, component)
        sitting.do("pronounce")
    sitting.do("close")
    return sitting.acts


def quick(sitting: Sitting) -> None:
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
        self.day = acts[0].at.date().isoformat().encode()
        self.dated = [not isinstance(act, RulebookAdopted) for act in acts]

    def register(
        self, session: str, choose: random.Random, day: dt.date | None = None
    ) -> bytes:
        """The bytes of a register, held on another day if one is given."""

        def name(match: re.Match[bytes]) -> bytes:
            kind = match[1]
            if kind == b"S":
                return session.encode()
            return choose.choice(FAMILIES if kind == b"F" else GIVEN).encode()

        new = self.day if day is None else day.isoformat().encode()
        head = chain.start(session)
        lines: list[bytes] = []
        for body, marked, dated in zip(
            self.bodies, self.marked, self.dated, strict=True
        ):
            written = _MARK.sub(name, body) if marked else body
            if new != self.day:
                for time in (b'"%bT', b'"date":"%b"') if dated else (b'"at":"%bT',):
                    written = written.replace(time % self.day, time % new)
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


def years(
    folder: Path,
    sessions: int,
    *,
    candidates: int = 5,
    seed: int = 1,
    span: range = YEARS,
) -> Iterator[str]:
    """Write a corpus of several certifications over many years; no example in it.

    Most sessions are lawful; of one year in four, one model lacks the arrivals of
    those who represent the profession. Each register is anchored as the program
    does it.

    Args:
        folder: Where; made if absent.
        sessions: How many.
        candidates: In each, more or less.
        seed: The same seed, the same bytes.
        span: The years.

    Yields:
        Each session's id, once it is written.
    """
    choose = random.Random(seed)
    models: list[tuple[int, Template]] = []
    for year in span:
        on = START.replace(year=year, hour=6)
        for number, code in enumerate(("RNCP5411", *_BY_SEAT)):
            size = max(2, candidates + choose.randint(-2, 3))
            acts = held(size, choose.randrange(1 << 30), Other(code, on))
            models.append((year, Template(acts)))
            if number == 0 and year % 4 == 0:
                away = ("m6", "m7")
                kept = [
                    act
                    for act in acts
                    if not (isinstance(act, MemberArrived) and act.member in away)
                ]
                models.append((year, Template(kept)))
    for number in range(1, sessions + 1):
        year, template = models[number % len(models)]
        day = dt.date(year, choose.randint(1, 12), choose.randint(1, 28))
        session = f"{day}-{number:05d}"
        place = folder / session
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = template.register(session, choose, day)
        (place / "acts.jsonl").write_bytes(data)
        count, head = data.count(b"\n"), data.splitlines()[-1][:64].decode()
        anchors.remember(folder, session, Anchor(count, head))
        yield session


def flipped(data: bytes) -> bytes:
    """One letter changed near the end, as a careless hand would."""
    at = data.rindex(b'"at":"') + len(b'"at":"202')
    return data[:at] + (b"8" if data[at : at + 1] != b"8" else b"7") + data[at + 1 :]


def cut(data: bytes, acts: int = 12) -> bytes:
    """Without its last acts: the chain does not see it, an anchor does."""
    return b"".join(data.splitlines(keepends=True)[:-acts])


def forged(data: bytes) -> bytes:
    """A vote against turned into one for, and the chain made again after it."""
    bodies = [line[65:-1] for line in data.splitlines(keepends=True)]
    wanted = next(n for n, body in enumerate(bodies) if b'"not_carried"' in body)
    vote = json.loads(bodies[wanted])
    other = {"for": "against", "against": "for"}
    vote["tally"] = {other.get(c, c): number for c, number in vote["tally"].items()}
    vote["ballots"] = {m: other.get(c, c) for m, c in vote["ballots"].items()}
    bodies[wanted] = canonical.encode(vote)
    head, lines = chain.start(json.loads(bodies[0])["session"]), []
    for body in bodies:
        head = chain.link(head, body)
        lines.append(b"%b %b\n" % (head.encode(), body))
    return b"".join(lines)
