"""Who a jury is made of and whom it judges: plain facts, as the rules read them."""

# Without annotations as text: msgspec would evaluate each of them at every start.

import datetime as dt
from enum import StrEnum

import msgspec

from jury_tui.canonical import Whole


class TieKind(StrEnum):
    """Why a member may not judge a candidate (D6412-6; before 2024, R335-8)."""

    ACCOMPANIED = "accompanied"  # accompanied the candidate in the VAE
    EMPLOYER = "employer"  # belongs to the candidate's company or body
    PROFESSIONAL = "professional"  # any other professional tie, present or past
    TRAINER = "trainer"  # trained the candidate
    FAMILY = "family"
    PERSONAL = "personal"  # friendship, dispute
    CONSCIENCE = "conscience"  # the member doubts own impartiality and abstains


class Member(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person of a jury, voting member or ex-officio invitee: the seat says which.

    Attributes:
        id: A short ASCII identifier, unique in the session (``m1``).
        seats: The seats of the rulebook this person may hold, first choice first.
        gender: ``F``, ``M``, or empty when not recorded.
        represents: The office holder this person sits for ("ou son représentant").
        substitutes: The id of the member this person may replace; a substitute
            takes no seat until the replacement happens.
        act, act_date: Reference and date of the appointing act, and its authority.
        attributes: Facts that clauses ask for, by their key in the rulebook
            (``experience_years = 4``, ``habilitation_until = "2026-12-31"``).
    """

    id: str
    family_name: str
    given_names: str = ""
    seats: tuple[str, ...] = ()
    gender: str = ""
    function: str = ""
    employer: str = ""
    represents: str = ""
    substitutes: str = ""
    act: str = ""
    act_date: dt.date | None = None
    act_authority: str = ""
    attributes: dict[str, str | Whole | bool] = {}

    @property
    def name(self) -> str:
        """``DURAND Claire``: family name in capitals first, as on French lists."""
        return f"{self.family_name.upper()} {self.given_names}".strip()


class Acquired(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A component already acquired: when and where; the jury does not vote on it."""

    component: str
    date: dt.date | None = None
    place: str = ""


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One candidate's facts; the validation file itself never enters the program.

    Attributes:
        id: A short ASCII identifier, unique in the session (``c1``).
        file_number: The certifier's number for the file.
        parcours_start: Start of the VAE parcours: the key date of the law in force.
        admissible_on: Date of the favourable admissibility (feasibility) decision.
        accompanists, trainers: Names of people who accompanied or trained them.
        components: Components asked for; empty means all of them.
        acquired: Components acquired before this session.
    """

    id: str
    birth_name: str
    given_names: str = ""
    use_name: str = ""
    gender: str = ""
    birth_date: dt.date | None = None
    birth_place: str = ""
    file_number: str = ""
    parcours_start: dt.date | None = None
    admissible_on: dt.date | None = None
    employer: str = ""
    accompanists: tuple[str, ...] = ()
    trainers: tuple[str, ...] = ()
    discipline: str = ""
    components: tuple[str, ...] = ()
    acquired: tuple[Acquired, ...] = ()
    time: str = ""
    attributes: dict[str, str | Whole | bool] = {}

    @property
    def name(self) -> str:
        """``LEROY Samira``: the name in use, else the birth name."""
        return (
            f"{(self.use_name or self.birth_name).upper()} {self.given_names}".strip()
        )


class Tie(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tie between a member and a candidate, declared or found."""

    member: str
    candidate: str
    kind: TieKind
    reason: str = ""
