"""What a rulebook holds: plain typed data, as a lawyer would tabulate a text.

Keys of the TOML are the names of these fields (``is``, ``in`` and ``until`` read
as written). ``docs/rulebooks.md`` is the guide; ``rules.reader`` reads the files.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec

from jury_tui.i18n import language
from jury_tui.rules.findings import Layer, Severity
from jury_tui.rules.people import TieKind


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, eq=True):
    """A table of the file; unknown keys are refused by the reader."""


class Bilingual(Table, frozen=True):
    """A name in both languages; quotes of texts stay French."""

    fr: str
    en: str

    def __str__(self) -> str:
        return self.fr if language() == "fr" else self.en


Label = str | Bilingual
"""What people read: one string for both languages, or ``{fr = …, en = …}``."""


def label(text: Label) -> str:
    """A label in the language in force."""
    return str(text)


class Kind(StrEnum):
    """The three sources that stack, from the strongest to the weakest."""

    LAW = "law"
    CERTIFICATION = "certification"
    HOUSE = "house"  # the establishment's own règlement intérieur


class Family(StrEnum):
    """Which branch of the law on VAE the certification belongs to."""

    TITLES = "titles"  # titles, CQP and diplomas outside higher education
    HIGHER_EDUCATION = "higher_education"


class KeyDate(StrEnum):
    """The date that chooses the version of a text."""

    PARCOURS = "parcours"  # start of the candidate's parcours
    SESSION = "session"


class Levels(Table, frozen=True):
    """The level in both nomenclatures (1969: I to V; European: 1 to 8)."""

    nomenclature_1969: str = ""
    european: str = ""


class Registration(Table, frozen=True, rename={"from_": "from"}):
    """The registration in the national directory.

    Attributes:
        text: The registering act, as published.
        from_, until: First and last day; None when the text gives none.
        access_closed: "L'accès à la certification n'est plus possible".
        former_title, successor: Titles before and after.
        former_text: The act that created the former title.
    """

    text: str = ""
    from_: dt.date | None = None
    until: dt.date | None = None
    access_closed: bool = False
    former_title: str = ""
    former_text: str = ""
    successor: str = ""


class Criterion(Table, frozen=True):
    """One line of an assessment grid.

    Attributes:
        weight: Whole number; weights need not add up to anything.
        eliminatory: Not acquired here, the component is not acquired.
        threshold: Mark from which the criterion is acquired, when marked.
    """

    id: str
    label: Label
    weight: int = 1
    eliminatory: bool = False
    threshold: str = ""


class Scale(Table, frozen=True):
    """The marks of a component; numbers are strings so that they stay exact.

    Attributes:
        minimum, maximum, step: ``"0"``, ``"20"``, ``"0.25"`` by default.
        threshold: Mean from which the component is proposed as acquired;
            empty when the text sets none: then nothing is proposed.
        partial: Mean from which it is proposed as partly acquired.
        source: The text that sets the threshold.
    """

    minimum: str = "0"
    maximum: str = "20"
    step: str = "0.25"
    threshold: str = ""
    partial: str = ""
    source: str = ""


class Component(Table, frozen=True):
    """A part of the certification that the jury grants or not.

    Attributes:
        id: Short, as the text numbers it (``a``).
        code: The skills block's code, when there is one (``RNCP39387BC01``).
        validity: How long it is kept once acquired, as the text says.
        validity_years: The same in years; None for ever, or when not said.
        quote: The component's description in the text (French).
    """

    id: str
    label: Label
    code: str = ""
    validity: Label = ""
    validity_years: int | None = None
    quote: str = ""
    scale: Scale = Scale()
    criteria: tuple[Criterion, ...] = ()


class Route(Table, frozen=True):
    """A way to the certification; each names the jury that judges it.

    Attributes:
        accessible: The "OUI / NON" column of the directory.
        vae: Whether it is the validation of experience: the law on VAE juries
            applies to these routes only.
    """

    id: str
    label: Label
    jury: str = ""
    accessible: bool = True
    vae: bool = False
    quote: str = ""


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


class Seat(Table, frozen=True):
    """A seat, or several alike.

    Attributes:
        count: Exactly so many; else ``min`` and ``max`` (no ``max``: any number).
        voting: A voting member's seat; an invitee's when false.
        advisory: An invitee who speaks to the decision ("voix consultative").
        representative: Whether "or a representative" may sit: true, false, or
            absent when the text does not say. Never both: it is one seat.
        college: The category its holders form together.
        qualities: What holding the seat proves (``qualified_professional``);
            absent means unknown: then the member's attribute of that name says.
        chair, vice_chair: The seat is an officer's.
        hearing, deliberation: Where an invitee may be; absent: the text is silent.
        when: The seat exists only then (an invitee from ten files on).
        required: False for a seat that may stay empty without a finding.
        voices: Voices of each holder, when the text weighs them.
    """

    id: str
    label: Label
    count: int | None = None
    min: int | None = None
    max: int | None = None
    voting: bool = True
    advisory: bool = False
    representative: bool | None = None
    college: str = ""
    qualities: tuple[str, ...] | None = None
    chair: bool = False
    vice_chair: bool = False
    hearing: bool | None = None
    deliberation: bool | None = None
    when: When = When()
    required: bool = True
    voices: int = 1
    quote: str = ""

    @property
    def at_least(self) -> int:
        """How many holders the text asks for."""
        if self.count is not None:
            return self.count
        return self.min if self.min is not None else 0

    @property
    def at_most(self) -> int | None:
        """How many holders the text allows; None when it sets no limit."""
        return self.count if self.count is not None else self.max


class Jury(Table, frozen=True):
    """A composition.

    Attributes:
        seats: In the text's order; the first required ones are filled first.
        vacant: How many seats may stay empty ("7/8 membres").
        chair_doubles: The chair may be one of the others (counted once).
        severity, layers, silent_at: As for a clause: they govern the findings
            that the seats themselves give, one a seat.
        voters_total, members_total: Totals the text states, one or a set.
    """

    id: str
    label: Label
    seats: tuple[Seat, ...] = ()
    vacant: int = 0
    chair_doubles: bool = False
    voters_total: tuple[int, ...] = ()
    members_total: tuple[int, ...] = ()
    severity: Severity = Severity.FATAL
    layers: tuple[Layer, ...] = (Layer.APPOINTMENT, Layer.PRESENCE, Layer.CANDIDATE)
    silent_at: tuple[Layer, ...] = ()
    source: str = ""
    quote: str = ""


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
        given: Is recorded (true), is not (false).
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
    given: bool | None = None
    not_before: str = ""
    not_after: str = ""
    less_than_years: int | None = None
    within_years: int | None = None
    of: str = "session"
    same_as_candidate: str = ""
    any: tuple[Condition, ...] = ()


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
    among: str = "voters"
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
    people: str = ""


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
    people: str = ""


class Equal(Table, frozen=True):
    """Equal numbers in these groups ("à parts égales", "collèges égaux")."""

    groups: tuple[str, ...]
    people: str = ""


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
    """Nobody who sits for the candidate has one of these ties with them."""

    kinds: tuple[TieKind, ...]


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


class Require(Table, frozen=True):
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
    all: tuple[Require, ...] = ()
    any: tuple[Require, ...] = ()


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
    type: str = ""
    fraction: str = ""
    strict: bool = False
    base: str = ""
    abstention: str = ""
    blank: str = ""
    tie: str = ""
    ballot: str = ""
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
    nature: str = "decision"
    decided_by: Label = ""
    all_components: bool = True
    components_min: int | None = None
    compulsory: tuple[str, ...] = ()
    partial: bool = True


class Signatory(Table, frozen=True):
    """Who signs the minutes: ``chair``, ``voters``, ``certifier`` or a seat's id."""

    who: str
    label: Label = ""
    source: str = ""


class MinutesOptions(Table, frozen=True):
    """What the minutes print; ``None`` leaves it to another rulebook.

    Attributes:
        votes_by_name: Names of who voted what (secrecy of deliberations: off).
        marks: Marks and their statistics.
        reasons: Reasons are asked for each component not acquired.
        number_prefix: First part of the minutes number.
        notify_days, transmit_months: Deadlines after the session.
    """

    votes_by_name: bool | None = None
    marks: bool | None = None
    reasons: bool | None = None
    number_prefix: str = ""
    notify_days: int | None = None
    transmit_months: int | None = None
    source: str = ""


class Silence(Table, frozen=True):
    """What the text does not say, written down as not said.

    Attributes:
        topic: ``quorum``, ``tie``, ``majority``, ``gender``, ``substitutes``,
            ``invitees``, ``remote``, ``proxies``… or any word.
    """

    topic: str
    label: Label
    juries: tuple[str, ...] = ()


class Source(Table, frozen=True):
    """A text that the rulebook was written from; ``mark``: how surely it was read."""

    id: str
    title: str
    url: str = ""
    mark: str = ""


class Rulebook(Table, frozen=True):
    """One text, or one body of texts, as data.

    Attributes:
        code: Unique in the library; for a certification, its code.
        fictitious: True for the examples.
        scope: Territory or pôle, in words.
        attributes: The member attributes its clauses ask for, with labels, so
            that rosters and screens can ask for them.
    """

    code: str
    title: Label
    kind: Kind = Kind.CERTIFICATION
    fictitious: bool = False
    family: Family = Family.TITLES
    certifier: str = ""
    signatory: str = ""
    levels: Levels = Levels()
    nsf: tuple[str, ...] = ()
    rome: tuple[str, ...] = ()
    formacodes: tuple[str, ...] = ()
    registration: Registration = Registration()
    statistics: str = ""
    places: tuple[str, ...] = ()
    territories: dict[str, bool] = {}
    components: tuple[Component, ...] = ()
    routes: tuple[Route, ...] = ()
    juries: tuple[Jury, ...] = ()
    groups: dict[str, Group] = {}
    attributes: dict[str, Label] = {}
    clauses: tuple[Clause, ...] = ()
    quorum: tuple[Quorum, ...] = ()
    majority: tuple[Majority, ...] = ()
    decision: Decision | None = None
    signatories: tuple[Signatory, ...] = ()
    minutes: MinutesOptions = MinutesOptions()
    silent: tuple[Silence, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Label, ...] = ()
