"""What a rulebook holds: plain typed data, as a lawyer would tabulate a text.

Keys of the TOML are the names of these fields (``is``, ``in`` and ``until`` read
as written). ``docs/rulebooks.md`` is the guide; ``rules.reader`` reads the files.
"""

# Without annotations as text: msgspec would evaluate each of them at every start.

import datetime as dt
from enum import StrEnum
from typing import Literal

import msgspec

from jury_tui.rules.clauses import (
    Clause,
    Decision,
    Family,
    Group,
    Majority,
    Quorum,
    When,
)
from jury_tui.rules.findings import Layer, Severity
from jury_tui.rules.labels import Label, Table

MAX_BYTES = 1 << 20
"""The most that a file may hold."""


class Kind(StrEnum):
    """The three sources that stack, from the strongest to the weakest."""

    LAW = "law"
    CERTIFICATION = "certification"
    HOUSE = "house"  # the establishment's own règlement intérieur


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


class Points(Table, frozen=True):
    """What each level of a criterion is worth, in points of its scale."""

    acquired: str
    partly_acquired: str
    not_acquired: str = "0"


class Scale(Table, frozen=True):
    """The marks of a component; numbers are strings so that they stay exact.

    Attributes:
        minimum, maximum, step: ``"0"``, ``"20"``, ``"0.25"`` by default.
        threshold: Mean from which the component is proposed as acquired;
            empty when the text sets none: then nothing is proposed.
        partial: Mean from which it is proposed as partly acquired.
        points: What levels are worth, when the text turns them into marks.
        source: The text that sets the threshold.
    """

    minimum: str = "0"
    maximum: str = "20"
    step: str = "0.25"
    threshold: str = ""
    partial: str = ""
    points: Points | None = None
    source: str = ""


class Component(Table, frozen=True):
    """A part of the certification that the jury grants or not.

    Attributes:
        id: Short, as the text numbers it (``a``).
        code: The skills block's code, when there is one (``RNCP39387BC01``).
        validity: How long it is kept once acquired, as the text says.
        validity_years: The same in years; None for ever, or when not said.
        quote: The component's description in the text (French).
        assessed_by: ``levels`` or ``marks``, where the text says how its criteria
            are assessed; empty: as the jury likes.
    """

    id: str
    label: Label
    code: str = ""
    validity: Label = ""
    validity_years: int | None = None
    quote: str = ""
    scale: Scale = Scale()
    assessed_by: Literal["", "levels", "marks"] = ""
    criteria: tuple[Criterion, ...] = ()


class GridOptions(Table, frozen=True):
    """How several grids of one component are read; a key left out is left to others.

    Attributes:
        combine: ``agreement``: grids filled by several members propose something
            only where they agree. ``mean``: the mean of each criterion does.
        double_entry: Whether each grid is typed a second time, blind.
        divergence: Share of the scale between the lowest and the highest from which
            marks are said to diverge (``"1/5"``: 4 points out of 20).
        levels_apart: Levels between the lowest and the highest from which levels
            are (2: acquired for one, not acquired for another).
    """

    combine: Literal["", "agreement", "mean"] = ""
    double_entry: bool | None = None
    divergence: str = ""
    levels_apart: int | None = None
    source: str = ""
    quote: str = ""


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


class Seat(Table, frozen=True):
    """A seat, or several alike.

    Attributes:
        singular: What one holder is called, where the label is of several.
        feminine: What it is called in French when a woman holds it (``présidente``).
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
        silent_at: As the jury's, for this seat alone.
    """

    id: str
    label: Label
    singular: Label = ""
    feminine: str = ""
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
    silent_at: tuple[Layer, ...] | None = None
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
    """

    id: str
    label: Label
    seats: tuple[Seat, ...] = ()
    vacant: int = 0
    chair_doubles: bool = False
    severity: Severity = Severity.FATAL
    layers: tuple[Layer, ...] = (Layer.APPOINTMENT, Layer.PRESENCE, Layer.CANDIDATE)
    silent_at: tuple[Layer, ...] = ()
    source: str = ""
    quote: str = ""


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
        notify_from: The parcours begun since when the first one binds; always, if
            None. A law's binds juries of the validation of experience only.
        transmit_from: The sessions held since when the second one binds.
        notify_source, transmit_source: Their texts, where not ``source``.
    """

    votes_by_name: bool | None = None
    marks: bool | None = None
    reasons: bool | None = None
    number_prefix: str = ""
    notify_days: int | None = None
    transmit_months: int | None = None
    notify_from: dt.date | None = None
    transmit_from: dt.date | None = None
    notify_source: str = ""
    transmit_source: str = ""
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
    territories: dict[str, bool] = msgspec.field(default_factory=dict)
    components: tuple[Component, ...] = ()
    routes: tuple[Route, ...] = ()
    juries: tuple[Jury, ...] = ()
    groups: dict[str, Group] = msgspec.field(default_factory=dict)
    attributes: dict[str, Label] = msgspec.field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    quorum: tuple[Quorum, ...] = ()
    majority: tuple[Majority, ...] = ()
    decision: Decision | None = None
    signatories: tuple[Signatory, ...] = ()
    grids: GridOptions = GridOptions()
    minutes: MinutesOptions = MinutesOptions()
    silent: tuple[Silence, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Label, ...] = ()
