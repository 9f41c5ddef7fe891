"""What a text asks of a jury, a vote and a decision: one sentence, one record."""

# Without annotations as text: msgspec would evaluate each of them at every start.

import datetime as dt
from enum import StrEnum
from functools import cached_property
from typing import Literal

from jury_tui.rules.findings import Layer, Severity
from jury_tui.rules.labels import Label, Table
from jury_tui.rules.people import TieKind


class Family(StrEnum):
    """Which branch of the law on VAE the certification belongs to."""

    TITLES = "titles"  # titles, CQP and diplomas outside higher education
    HIGHER_EDUCATION = "higher_education"


class KeyDate(StrEnum):
    """The date that chooses the version of a text."""

    PARCOURS = "parcours"  # start of the candidate's parcours
    SESSION = "session"


class When(Table, frozen=True):
    """When a seat or a clause applies at all; every key given must hold.

    Attributes:
        candidates_min: At least so many files in the session.
        remote: Somebody sits remotely (true), or nobody does (false).
        convocation: This convocation only (1, 2).
    """

    candidates_min: int | None = None
    remote: bool | None = None
    convocation: int | None = None

    def applies(self, candidates: int, *, remote: bool, convocation: int) -> bool:
        """Whether these circumstances are those that it names."""
        return (
            (self.candidates_min is None or candidates >= self.candidates_min)
            and (self.remote is None or self.remote == remote)
            and (self.convocation is None or self.convocation == convocation)
        )


class Condition(
    Table,
    frozen=True,
    rename={"is_": "is", "in_": "in"},
):
    """One thing asked of a member, read from attributes or from the member's card.

    Exactly one test beside ``attribute``. A missing datum is neither yes nor no.

    Attributes:
        attribute: A key of ``Member.attributes``, or ``gender``, ``employer``,
            ``function``, ``act``, ``act_date``, ``act_authority``, ``represents``.
        is_, in_: Equals; is one of.
        min, max: Bounds of a whole number.
        given: Is recorded, whatever it says.
        not_before, not_after: A date as text, ``session``, or another attribute's name.
        less_than_years: Dated less than so many years before ``of``.
        within_years: Dated at most so many years before ``of``.
        of: The later date of those two: ``session`` or an attribute.
        same_as_candidate: Equals this field or attribute of the candidate.
        any: At least one of these conditions instead.
    """

    attribute: str = ""
    is_: bool | int | str | None = None
    in_: tuple[str, ...] = ()
    min: int | None = None
    max: int | None = None
    given: bool = False
    not_before: str = ""
    not_after: str = ""
    less_than_years: int | None = None
    within_years: int | None = None
    of: str = "session"
    same_as_candidate: str = ""
    any: "tuple[Condition, ...]" = ()


class Group(Table, frozen=True):
    """A named set of members that clauses count; every key given must hold.

    Attributes:
        seats: They hold one of these seats.
        college: They hold a seat of this college.
        quality: They have this quality, by a seat they may hold or by attribute.
        within: They belong to this other group ("dont").
        among: Voters (default), invitees, or all members.
        where: They meet all these conditions.
    """

    label: Label
    seats: tuple[str, ...] = ()
    college: str = ""
    quality: str = ""
    within: str = ""
    among: Literal["voters", "invitees", "members"] = "voters"
    where: tuple[Condition, ...] = ()


class Count(Table, frozen=True):
    """So many people: ``equals``, ``min``, ``max`` or one of ``totals``.

    Attributes:
        of: A group, or voters, members, invitees, voters_but_chair, appointed,
            present, present_or_represented.
        people: ``appointed`` counts those named, whatever the layer.
    """

    of: str
    equals: int | None = None
    min: int | None = None
    max: int | None = None
    totals: tuple[int, ...] = ()
    people: Literal["", "appointed"] = ""


class Share(Table, frozen=True):
    """A fraction of an explicit base; fractions are strings (``"1/4"``).

    Attributes:
        of: The group counted.
        base: What it is a fraction of; never implicit.
        min, max: At least, at most. ``over``, ``under``: strictly.
    """

    of: str
    base: str
    min: str = ""
    over: str = ""
    max: str = ""
    under: str = ""
    people: Literal["", "appointed"] = ""


class Equal(Table, frozen=True):
    """Equal numbers in these groups ("à parts égales", "collèges égaux")."""

    groups: tuple[str, ...]
    people: Literal["", "appointed"] = ""


class Each(Table, frozen=True):
    """Every member of the group meets all the conditions."""

    of: str = "voters"
    where: tuple[Condition, ...] = ()


class Officer(Table, frozen=True):
    """The chair or the vice-chair: exists, and belongs to a group.

    Attributes:
        among: The group the officer comes from; empty: any voting member.
        where: Conditions on the officer.
        other_college: The officer's college differs from the chair's.
    """

    among: str = ""
    where: tuple[Condition, ...] = ()
    other_college: bool = False


class Alternation(Table, frozen=True):
    """The chair's college changes every ``years`` years."""

    years: int = 1


class Ties(Table, frozen=True):
    """Nobody who sits for the candidate has one of these ties with them.

    Attributes:
        among: ``members`` (invitees too, the default) or ``voters``.
    """

    kinds: tuple[TieKind, ...]
    among: Literal["members", "voters"] = "members"


class Substitution(Table, frozen=True):
    """Who may replace whom.

    Attributes:
        allowed: False: nobody may be replaced.
        same: ``seat``, ``college``, ``gender`` or an attribute they share.
    """

    allowed: bool = True
    same: tuple[str, ...] = ()


class Proxies(Table, frozen=True):
    """How many proxies one voter may hold; 0: no proxies."""

    max: int


class Balance(Table, frozen=True):
    """Women and men: at least so many, or such a share, of each among voters."""

    least: int = 1
    share: str = ""


class Registered(Table, frozen=True):
    """The certification is registered on the session's day.

    Attributes:
        admissible_keeps: A candidate declared admissible while it was
            registered keeps the right (L6113-9).
    """

    admissible_keeps: bool = False


class Require(Table, frozen=True, dict=True):
    """What a clause asks: exactly one key (``all`` and ``any`` nest)."""

    count: Count | None = None
    share: Share | None = None
    equal: Equal | None = None
    each: Each | None = None
    chair: Officer | None = None
    vice_chair: Officer | None = None
    alternation: Alternation | None = None
    ties: Ties | None = None
    substitution: Substitution | None = None
    proxies: Proxies | None = None
    gender: Balance | None = None
    registration: Registered | None = None
    all: "tuple[Require, ...]" = ()
    any: "tuple[Require, ...]" = ()

    @cached_property
    def predicate(self) -> str:
        """The name of the one key."""
        names = self.__struct_fields__
        return next(name for name in names if getattr(self, name) not in (None, ()))


class Fallback(Table, frozen=True):
    """A rule that saves a breach ("may nevertheless deliberate"): judged only then."""

    require: Require
    source: str
    quote: str = ""
    layers: tuple[Layer, ...] = (Layer.PRESENCE, Layer.CANDIDATE)


class Clause(Table, frozen=True, rename={"from_": "from"}):
    """One sentence of a text, as data.

    Attributes:
        id: Unique in the rulebook together with its dates: two versions of one
            clause keep one id.
        label: What it asks, in a few words; the sentence is built from data.
        source: The text as one cites it; ``quote``: its words, in French.
        url: Where it was read.
        from_, until: Days of validity, both included; compared with ``key_date``.
        families, vae_only, juries, routes: Where it applies; empty: everywhere.
        severity: What a breach entails.
        layers: When it is judged.
        silent_at: Layers where it is judged but the text does not say that it
            binds there: a breach is then undecidable, and blocks nothing.
        fallback: The rule that saves a breach.
        choice: The reading that the rulebook's author chose, when the text
            leaves one, in words.
        remedy: What may make a breach right, in words.
    """

    id: str
    label: Label
    require: Require
    source: str
    quote: str = ""
    url: str = ""
    from_: dt.date | None = None
    until: dt.date | None = None
    key_date: KeyDate = KeyDate.SESSION
    families: tuple[Family, ...] = ()
    vae_only: bool = False
    juries: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    severity: Severity = Severity.FATAL
    layers: tuple[Layer, ...] = (Layer.APPOINTMENT, Layer.PRESENCE, Layer.CANDIDATE)
    silent_at: tuple[Layer, ...] = ()
    when: When = When()
    fallback: Fallback | None = None
    choice: Label = ""
    remedy: Label = ""


class Quorum(Table, frozen=True, rename={"from_": "from"}):
    """How many must be there to deliberate.

    Attributes:
        min: A number of voters present; or ``share`` of ``base`` (``over``:
            strictly more). Several keys: all must hold. None of them: no quorum
            is asked (a second convocation often says so).
        base: ``appointed`` voters by default.
        remote_counts, proxies_count: Whether those count as present; None: the
            text does not say (then they count, and the finding says it).
        convocation: The convocation it governs; None: all.
    """

    source: str
    quote: str = ""
    min: int | None = None
    share: str = ""
    over: str = ""
    base: str = "appointed"
    remote_counts: bool | None = None
    proxies_count: bool | None = None
    convocation: int | None = None
    juries: tuple[str, ...] = ()
    layers: tuple[Layer, ...] = (Layer.PRESENCE,)
    from_: dt.date | None = None
    until: dt.date | None = None
    key_date: KeyDate = KeyDate.SESSION
    vae_only: bool = False
    families: tuple[Family, ...] = ()


Handling = Literal["", "ignored", "counts_against", "counts_for"]
"""What an abstention or a blank vote weighs."""


class Majority(Table, frozen=True, rename={"from_": "from"}):
    """What a text says of majority; keys it does not give are left to others.

    Attributes:
        type: ``simple``, ``absolute``, ``two_thirds``, ``fraction``, ``unanimity``.
        fraction: For ``fraction``: ``"3/5"``; ``strict``: strictly more.
        base: ``cast``, ``present``, ``present_or_represented``, ``members``,
            ``appointed``.
        abstention, blank: ``ignored``, ``counts_against``, ``counts_for``.
        tie: ``chair_prevails``, ``not_carried``, ``favourable``.
        ballot: ``show_of_hands``, ``by_name``, ``secret``, when the text says.
    """

    source: str
    quote: str = ""
    type: Literal["", "simple", "absolute", "two_thirds", "fraction", "unanimity"] = ""
    fraction: str = ""
    strict: bool = False
    base: Literal[
        "", "cast", "present", "present_or_represented", "members", "appointed"
    ] = ""
    abstention: Handling = ""
    blank: Handling = ""
    tie: Literal["", "chair_prevails", "not_carried", "favourable"] = ""
    ballot: Literal["", "show_of_hands", "by_name", "secret"] = ""
    from_: dt.date | None = None
    until: dt.date | None = None
    key_date: KeyDate = KeyDate.SESSION
    juries: tuple[str, ...] = ()
    vae_only: bool = False
    families: tuple[Family, ...] = ()


class Decision(Table, frozen=True):
    """What the components' results add up to, and who decides.

    Attributes:
        nature: ``decision``, or ``proposal`` when a commission decides after.
        decided_by: Who decides, for a proposal (``CPNEFP``).
        all_components: Total validation needs every component.
        components_min: Or so many of them ("au moins 50 %…" as a number).
        compulsory: Components without which there is no total validation.
        partial: Whether parts may be granted.
    """

    source: str = ""
    quote: str = ""
    nature: Literal["decision", "proposal"] = "decision"
    decided_by: Label = ""
    all_components: bool = True
    components_min: int | None = None
    compulsory: tuple[str, ...] = ()
    partial: bool = True
