"""An invented session for tests of the minutes: RNCP 5411, by experience, June 2008.

Thirteen members, six candidates: full, partial and no validation, an absence, a
component acquired earlier, a recusal, a tie that the chair settled, a vote taken
again, a late arrival, a substitute.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Iterable

from jury_tui.rules import rulebook
from jury_tui.rules.people import Acquired, Candidate, Member, Tie, TieKind
from jury_tui.session import acts as a
from jury_tui.session.acts import Choice, Mode, Presence, Tally
from jury_tui.session.folding import replay
from jury_tui.session.session import Session

PARIS = dt.timezone(dt.timedelta(hours=2))
DAY = dt.date(2008, 6, 12)
HEAD = hashlib.sha256(b"an invented register").hexdigest()
CODE = "7ZK2-9QX4-M1RT-88VA-C3DN-P0WE-5H"
BOOKS = ("LAW-VAE", "RNCP5411", "RI-EXEMPLE")
VOTERS = ("m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8")

_ACT = "Décision 2008-31"
_PEOPLE = (
    ("m1", "Durand", "Claire", "president", "F", "professeure titulaire de chaire"),
    ("m2", "Lefèvre", "Marc", "formateur_enseignant", "M", "maître de conférences"),
    ("m3", "Nguyen", "Thu Hà", "formateur_enseignant", "F", "enseignante"),
    ("m4", "Morel", "Jean-Baptiste", "formateur_enseignant", "M", "formateur"),
    ("m5", "Kaba", "Aïssata", "formateur_enseignant", "F", "formatrice"),
    ("m6", "Petit", "Anne", "representant_professionnel", "F", "directrice de mission"),
    ("m7", "O’Brien", "Sean", "representant_professionnel", "M", "chef de service"),
    ("m8", "Rossi", "Paolo", "responsable_du_titre", "M", "responsable du titre"),
    ("m9", "Roux", "Hélène", "responsable_vae_pole", "F", "responsable VAE"),
    ("m10", "Garcia", "Luis", "representant_national_vae", "M", "chargé de mission"),
    ("m11", "Le Goff", "Yann", "conseiller_vae", "M", "conseiller VAE"),
    ("m12", "Benali", "Samia", "conseiller_vae", "F", "conseillère VAE"),
    ("m13", "Faure", "Édith", "conseiller_vae", "F", "conseillère VAE"),
)


def at(hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
    """A time of the day of the jury."""
    return dt.datetime(2008, 6, 12, hour, minute, second, tzinfo=PARIS)


def members() -> tuple[Member, ...]:
    """Eight voting members, five invitees, one substitute."""
    appointed = {"act": _ACT, "act_date": dt.date(2008, 4, 2)}
    return (
        *(
            Member(
                id=id_,
                family_name=family,
                given_names=given,
                seats=(seat,),
                gender=gender,
                function=function,
                **appointed,  # type: ignore[arg-type]
            )
            for id_, family, given, seat, gender, function in _PEOPLE
        ),
        Member(
            id="m14",
            family_name="Marchand",
            given_names="Odile",
            seats=("representant_professionnel",),
            gender="F",
            function="cheffe de projet",
            substitutes="m7",
            **appointed,  # type: ignore[arg-type]
        ),
    )


def candidates() -> tuple[Candidate, ...]:
    """Six candidates; the fourth has a component already."""
    people = (
        ("c1", "Leroy", "Samira", "F", dt.date(1971, 3, 9), "Lille"),
        ("c2", "Bernard", "Thomas", "M", dt.date(1968, 11, 30), "Saint-Étienne"),
        ("c3", "Diallo", "Mariam", "F", dt.date(1980, 1, 1), "Conakry (Guinée)"),
        ("c4", "Vasseur", "Luc", "M", dt.date(1975, 7, 14), "Amiens"),
        ("c5", "Hamel", "Inès", "F", dt.date(1983, 5, 22), "Caen"),
        ("c6", "Picard", "Jules", "M", dt.date(1979, 9, 2), "Dijon"),
    )
    return tuple(
        Candidate(
            id=id_,
            birth_name=birth,
            given_names=given,
            use_name="Ferrand" if id_ == "c3" else "",
            gender=gender,
            birth_date=born,
            birth_place=place,
            file_number=f"2008-{400 + rank}",
            parcours_start=dt.date(2007, 9, 3),
            admissible_on=dt.date(2007, 10, 15),
            acquired=(
                Acquired(
                    component="a",
                    date=dt.date(2006, 6, 15),
                    place="Cnam Hauts-de-France",
                ),
            )
            if id_ == "c4"
            else (),
        )
        for rank, (id_, birth, given, gender, born, place) in enumerate(people, start=1)
    )


def preparing(
    people: Iterable[Member] | None = None, files: Iterable[Candidate] | None = None
) -> list[a.AnyAct]:
    """A session drafted and convened."""
    start = dt.datetime(2008, 5, 5, 9, tzinfo=PARIS)
    kept: list[a.AnyAct] = [
        a.SessionDrafted(
            at=start,
            session="20080612-rncp5411-vae",
            certification="RNCP5411",
            route="vae",
            date=DAY,
            place="Cnam, 292 rue Saint-Martin, Paris 3e",
            secretary="Nadia Schmitt",
            fictitious=True,
        )
    ]
    for code in BOOKS:
        name, text = rulebook.source(code)
        book = rulebook.load(code)
        kept.append(
            a.RulebookAdopted(
                at=start,
                name=name,
                kind=book.kind.value,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                text=text,
            )
        )
    kept += [
        a.MemberAppointed(at=start, member=m)
        for m in (members() if people is None else people)
    ]
    kept += [
        a.CandidateRegistered(at=start, candidate=c)
        for c in (candidates() if files is None else files)
    ]
    return [*kept, a.SessionConvened(at=start)]


def vote(
    moment: dt.datetime,
    candidate: str,
    component: str,
    choices: dict[str, Choice],
    outcome: str,
) -> a.VoteCounted:
    """A vote by name."""
    given = list(choices.values())
    tally = Tally(
        for_=given.count(Choice.FOR),
        against=given.count(Choice.AGAINST),
        abstention=given.count(Choice.ABSTENTION),
    )
    return a.VoteCounted(
        at=moment,
        candidate=candidate,
        component=component,
        mode=Mode.NAMED,
        tally=tally,
        ballots=choices,
        outcome=outcome,
    )


def _arrivals() -> list[a.AnyAct]:
    moment = at(8, 50)
    kept: list[a.AnyAct] = [
        a.MemberReplaced(
            at=at(8, 45),
            member="m7",
            by="m14",
            reason="empêchement",
            act="Décision 2008-44",
            act_date=dt.date(2008, 6, 9),
        ),
        a.MemberExcused(at=at(8, 46), member="m13", reason="congé"),
        a.MemberExcused(at=at(8, 47), member="m5", reason="train retardé"),
    ]
    for member in ("m1", "m2", "m3", "m4", "m6", "m8", "m9", "m10", "m11", "m14"):
        kept.append(a.MemberArrived(at=moment, member=member, time=moment))
        kept.append(a.MemberSignedIn(at=moment, member=member))
    kept.append(
        a.MemberArrived(
            at=at(8, 55),
            member="m12",
            time=at(8, 55),
            presence=Presence.REMOTE,
            means="visioconférence",
        )
    )
    return [
        *kept,
        a.MemberSignedIn(at=at(8, 56), member="m12", means="vue à l’écran"),
        a.SessionOpened(at=at(9, 2), chair="m1"),
    ]


_SAT = ("m1", "m2", "m3", "m4", "m6", "m8", "m14")
_LATER = ("m1", "m2", "m3", "m4", "m5", "m6", "m8", "m14")


def _all(voters: tuple[str, ...], *against: str) -> dict[str, Choice]:
    return {m: Choice.AGAINST if m in against else Choice.FOR for m in voters}


def _heard(candidate: str, start: dt.datetime) -> list[a.AnyAct]:
    minutes = dt.timedelta(minutes=1)
    return [
        a.CandidateCalled(at=start, candidate=candidate),
        a.HearingStarted(at=start + minutes, candidate=candidate),
        a.HearingEnded(at=start + 20 * minutes, candidate=candidate),
        a.DeliberationStarted(
            at=start + 21 * minutes, candidate=candidate, invitees=("m9",)
        ),
    ]


def _first_three() -> list[a.AnyAct]:
    return [
        *_heard("c1", at(9, 5)),
        *(vote(at(9, 27), "c1", c, _all(_SAT), "carried") for c in "abc"),
        a.DecisionPronounced(
            at=at(9, 32), candidate="c1", outcome="total", acquired=("a", "b", "c")
        ),
        a.MemberArrived(at=at(9, 34), member="m5", time=at(9, 34)),
        a.MemberSignedIn(at=at(9, 34), member="m5"),
        *_heard("c2", at(9, 35)),
        vote(at(9, 57), "c2", "a", _all(_LATER), "carried"),
        vote(at(9, 58), "c2", "b", _all(_LATER, "m2", "m3", "m4", "m5"), "tie"),
        a.CastingVoteCast(
            at=at(9, 59),
            candidate="c2",
            component="b",
            member="m1",
            choice=Choice.FOR,
            outcome="carried",
        ),
        vote(
            at(10, 0),
            "c2",
            "c",
            _all(_LATER, "m2", "m3", "m4", "m5", "m6"),
            "not_carried",
        ),
        a.ReasonGiven(
            at=at(10, 2),
            candidate="c2",
            component="c",
            reason="Le document décrit le parcours, mais n’analyse pas les "
            "apprentissages de l’expérience en lien avec la fonction de partenariat : "
            "le réseau local et ses acteurs ne sont pas situés, et la transmission des "
            "demandes n’est illustrée par aucune situation.",
            recommendation="Reprendre le projet en analysant deux situations de "
            "partenariat ; un entretien avec la conseillère VAE est proposé.",
        ),
        a.DecisionPronounced(
            at=at(10, 5),
            candidate="c2",
            outcome="partial",
            acquired=("a", "b"),
            remaining=("c",),
        ),
        *_heard("c3", at(10, 10)),
        vote(at(10, 32), "c3", "a", _all(_LATER, *_LATER[2:]), "not_carried"),
        a.VoteReopened(
            at=at(10, 33), candidate="c3", component="a", reason="erreur de décompte"
        ),
        vote(at(10, 34), "c3", "a", _all(_LATER, *_LATER), "not_carried"),
        *(
            vote(at(10, 35), "c3", c, _all(_LATER, *_LATER), "not_carried")
            for c in "bc"
        ),
        *(
            a.ReasonGiven(
                at=at(10, 37),
                candidate="c3",
                component=c,
                reason="Les situations décrites ne relèvent pas de cette fonction.",
            )
            for c in "abc"
        ),
        a.DecisionPronounced(
            at=at(10, 38), candidate="c3", outcome="none", remaining=("a", "b", "c")
        ),
    ]


def _last_three() -> list[a.AnyAct]:
    without = tuple(m for m in _LATER if m != "m3")
    return [
        a.SessionSuspended(at=at(10, 40), reason="pause"),
        a.SessionResumed(at=at(10, 55)),
        a.TieDeclared(
            at=at(10, 56),
            tie=Tie(
                member="m3",
                candidate="c4",
                kind=TieKind.EMPLOYER,
                reason="même mission locale",
            ),
        ),
        a.MemberRecused(
            at=at(10, 57),
            member="m3",
            candidate="c4",
            kind=TieKind.EMPLOYER,
            reason="même mission locale",
        ),
        *_heard("c4", at(11, 0)),
        *(vote(at(11, 25), "c4", c, _all(without), "carried") for c in "bc"),
        a.DecisionPronounced(
            at=at(11, 30), candidate="c4", outcome="total", acquired=("a", "b", "c")
        ),
        a.CandidateCalled(at=at(11, 31), candidate="c5"),
        a.CandidateAbsent(at=at(11, 40), candidate="c5", reason="sans nouvelles"),
        a.CandidatePostponed(
            at=at(11, 41), candidate="c6", reason="pièce d’identité à présenter"
        ),
        a.IncidentRecorded(
            at=at(11, 42), text="Coupure de la visioconférence de 10 h 12 à 10 h 14."
        ),
        a.DissentRecorded(
            at=at(11, 43),
            member="m4",
            candidate="c2",
            text="aurait accordé la composante c.",
        ),
        a.SessionClosed(at=at(11, 50)),
        *(
            a.MemberDeparted(at=at(11, 52), member=m, time=at(11, 52))
            for m in ("m9", "m10")
        ),
    ]


@functools.cache
def acts(*, number: str = "CNAM-2008-1") -> tuple[a.AnyAct, ...]:
    """Every act of the invented session, from the draft to the numbering."""
    last = [a.MinutesNumbered(at=at(12, 0), number=number)] if number else []
    return (*preparing(), *_arrivals(), *_first_three(), *_last_three(), *last)


def session(*, number: str = "CNAM-2008-1") -> Session:
    """The invented session, closed and numbered."""
    return replay(acts(number=number))


def large(
    files: int = 200, voters: int = 13, components: int = 5
) -> tuple[a.AnyAct, ...]:
    """A long session on an invented certification, every vote by name and printed."""
    text = _large_rulebook(voters, components)
    start = dt.datetime(2026, 6, 1, 8, tzinfo=PARIS)
    tick = dt.timedelta(seconds=1)
    names = [f"m{n}" for n in range(1, voters + 1)]
    parts = [f"b{n}" for n in range(1, components + 1)]
    kept: list[a.AnyAct] = [
        a.SessionDrafted(
            at=start,
            session="2026-06-01-large",
            certification="RNCP0",
            route="vae",
            date=start.date(),
            place="Lyon",
            fictitious=True,
        ),
        a.RulebookAdopted(
            at=start,
            name="large.toml",
            kind="certification",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            text=text,
        ),
    ]
    for rank, id_ in enumerate(names):
        member = Member(
            id=id_,
            family_name=f"Membre{rank:02d}",
            given_names="Camille",
            seats=("chair" if rank == 0 else "member",),
            gender="FM"[rank % 2],
            act=_ACT,
            act_date=dt.date(2026, 4, 2),
        )
        kept.append(a.MemberAppointed(at=start, member=member))
    for rank in range(files):
        candidate = Candidate(
            id=f"c{rank}",
            birth_name=f"Candidat{rank:03d}",
            given_names="Dominique",
            birth_date=dt.date(1980, 1, 1) + dt.timedelta(days=rank),
            birth_place="Rennes",
            file_number=f"2026-{rank:04d}",
        )
        kept.append(a.CandidateRegistered(at=start, candidate=candidate))
    for id_ in names:
        kept.append(a.MemberArrived(at=start, member=id_, time=start))
        kept.append(a.MemberSignedIn(at=start, member=id_))
    kept.append(a.SessionOpened(at=start, chair="m1"))
    now = start
    for rank in range(files):
        id_ = f"c{rank}"
        now += tick
        kept.append(a.CandidateCalled(at=now, candidate=id_))
        kept.append(a.DeliberationStarted(at=now, candidate=id_))
        passed = []
        for at_, part in enumerate(parts):
            now += tick
            carried = (rank + at_) % 4 != 0
            against = names[:3] if carried else names[:-3]
            ballots = {m: Choice.AGAINST if m in against else Choice.FOR for m in names}
            outcome = "carried" if carried else "not_carried"
            kept.append(vote(now, id_, part, ballots, outcome))
            if carried:
                passed.append(part)
            else:
                kept.append(
                    a.ReasonGiven(
                        at=now,
                        candidate=id_,
                        component=part,
                        reason="Les situations décrites ne montrent pas la compétence.",
                    )
                )
        left = tuple(p for p in parts if p not in passed)
        kept.append(
            a.DecisionPronounced(
                at=now,
                candidate=id_,
                outcome="partial" if left else "total",
                acquired=tuple(passed),
                remaining=left,
            )
        )
    kept.append(a.SessionClosed(at=now))
    kept.append(a.MinutesNumbered(at=now, number="LARGE-2026-1"))
    return tuple(kept)


def _large_rulebook(voters: int, components: int) -> str:
    parts = "".join(
        f'[[components]]\nid = "b{n}"\nlabel = "Bloc {n}"\ncode = "RNCP0BC{n:02d}"\n'
        for n in range(1, components + 1)
    )
    return f"""code = "RNCP0"
title = "Certification d’essai"
kind = "certification"
fictitious = true
certifier = "Essai"
{parts}
[[routes]]
id = "vae"
label = "Par expérience"
jury = "vae"
vae = true

[[juries]]
id = "vae"
label = "Jury"
source = "Essai"

[[juries.seats]]
id = "chair"
label = "président"
count = 1
chair = true
qualities = []

[[juries.seats]]
id = "member"
label = "membres"
count = {voters - 1}
qualities = []

[[majority]]
source = "Essai, art. 1"
type = "simple"
base = "cast"
abstention = "ignored"
tie = "chair_prevails"

[minutes]
votes_by_name = true
"""
