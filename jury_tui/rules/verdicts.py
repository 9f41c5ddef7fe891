"""A clause's verdict on a scene, before it is put into words."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from jury_tui.i18n import N_, _, language, listed
from jury_tui.rules.clauses import Group
from jury_tui.rules.findings import Finding, Layer, Severity, Verdict
from jury_tui.rules.labels import Label
from jury_tui.rules.people import Member
from jury_tui.rules.wording import Listing, Phrase, plain

Groups = dict[str, Group]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What a requirement says of a scene.

    Attributes:
        required: In words; None when the clause's own label says it.
        why: What lacks or what saves it, for the sentence.
        counted: Ids of the members counted, or blamed.
        missing: Keys of the data that would decide.
        about: Whose data are missing.
    """

    verdict: Verdict
    required: Phrase | None
    observed: Phrase
    why: Phrase | None = None
    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    about: Listing | None = None


def unknown(
    required: Phrase, missing: str, observed: Phrase | None = None
) -> Judgement:
    """An undecidable judgement: this datum is missing."""
    return Judgement(
        verdict=Verdict.UNDECIDABLE,
        required=required,
        observed=plain("—") if observed is None else observed,
        missing=(missing,),
    )


DATA = {
    "seat": N_("the seat of a member"),
    "gender": N_("the gender of a member"),
    "chair": N_("who chairs"),
    "vice_chair": N_("who is vice-chair"),
    "acting_chair": N_("who may chair in the chair’s place"),
    "history": N_("who chaired before"),
    "substitutes": N_("whom a substitute replaces"),
    "parcours_start": N_("the start of the candidate’s parcours"),
    "admissible_on": N_("the day the candidate was declared admissible"),
    "registration.until": N_("the dates of registration"),
    "discipline": N_("the discipline"),
    "employer": N_("the employer"),
    "act": N_("the appointing act"),
    "act_date": N_("the date of the appointing act"),
    "remote_counts": N_("whether those remote or represented count"),
    "session": N_("the session’s day"),
}
"""How the data that may be missing are named to people."""

SILENCES = {
    "text": N_("{head}: {observed}; the text does not say whether this binds here."),
    "quorum": N_("{head}: {observed}; no text sets one."),
}
_SAID = {
    Verdict.SATISFIED: N_("{head}: {observed}."),
    Verdict.BREACHED: N_("{head}: {observed}."),
    Verdict.UNDECIDABLE: N_("{head}: {observed}; not decidable without {missing}."),
}
_MOST_NAMES = 6


def _and_more(said: str, more: list[str]) -> str:
    for remark in more:
        said = _("{said}; {remark}").format(said=said, remark=remark)
    return said


def put_into_words(
    judged: Judgement,
    *,
    key: str,
    layer: Layer,
    severity: Severity,
    source: str,
    label: Label | Phrase,
    names: dict[str, Label],
    remarks: tuple[Phrase, ...],
    people: dict[str, Member],
    candidate: str | None,
) -> Finding:
    """A finding, whose words are made when they are read.

    Args:
        judged: What was judged.
        key: The clause's key, ``rulebook/clause``.
        layer: Where.
        severity: What a breach entails here.
        source: The text, as cited.
        label: The clause's label, when the judgement has no words of its own.
        names: Labels of the attributes that the rulebooks define.
        remarks: More to say, after what was observed.
        people: The members by id, for the names of those counted.
        candidate: The candidate's id, if any.
    """
    silence, data = "", tuple[Label, ...]()
    if judged.missing:
        silence = next((d for d in judged.missing if d in SILENCES), "")
        data = tuple(names.get(d, d) for d in judged.missing if d not in SILENCES)
    about: tuple[str, ...] = ()
    if (
        judged.verdict is not Verdict.SATISFIED
        and judged.why is None
        and not silence
        and len(judged.counted) <= _MOST_NAMES
    ):
        about = tuple(people[n].name for n in judged.counted if n in people)
    return Finding(
        clause=key,
        layer=layer,
        verdict=judged.verdict,
        severity=severity,
        source=source,
        words=Sentences(
            judged.verdict,
            label if judged.required is None else judged.required,
            judged.observed,
            judged.why,
            remarks,
            data,
            silence,
            about,
        ),
        candidate=candidate,
        counted=judged.counted,
    )


class _Said(NamedTuple):
    required: str
    observed: str
    explanation: str
    brief: str
    missing: str


class Sentences(msgspec.Struct, frozen=True, dict=True):
    """What a finding says, as data; in words when somebody reads it.

    Attributes:
        data: What would decide; ``silence``: a key of ``SILENCES``.
        about: Names of the members counted, or blamed.
    """

    verdict: Verdict
    head: Label | Phrase
    seen: Phrase
    why: Phrase | None
    remarks: tuple[Phrase, ...]
    data: tuple[Label, ...]
    silence: str
    about: tuple[str, ...]

    @property
    def required(self) -> str:
        """What the text asks."""
        return self._said.required

    @property
    def observed(self) -> str:
        """What was seen."""
        return self._said.observed

    @property
    def explanation(self) -> str:
        """One sentence, ready to be read aloud."""
        return self._said.explanation

    @property
    def brief(self) -> str:
        """What was asked and seen, without what the text leaves open."""
        return self._said.brief

    @property
    def missing(self) -> str:
        """What datum is missing."""
        return self._said.missing

    @property
    def _said(self) -> _Said:
        """The words, made once in each language: they are read again and again."""
        spoken = language()
        said: _Said | None = self.__dict__.get(spoken)
        if said is None:
            said = self.__dict__[spoken] = self._put()
        return said

    def _put(self) -> _Said:
        head, seen = str(self.head), str(self.seen)
        missing = listed(dict.fromkeys(map(_datum_words, self.data)))
        said = seen if self.why is None else f"{seen}, {self.why}"
        more = [str(remark) for remark in self.remarks]
        names = listed(self.about)
        if names and names != seen:
            more.append(_("counted: {names}").format(names=names))
        silent = SILENCES.get(self.silence)
        template = _SAID[self.verdict] if silent is None else silent
        told = _and_more(said, more)
        explanation = _(template).format(
            head=head, observed=told, missing=missing or _("a datum")
        )
        brief = _(_SAID[Verdict.BREACHED]).format(head=head, observed=told)
        return _Said(head, seen, explanation, brief, missing or self.silence)


def _datum_words(datum: Label) -> str:
    return _(DATA.get(datum, datum)) if isinstance(datum, str) else str(datum)
