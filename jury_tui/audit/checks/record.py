"""Checks of the register itself: format, chain, anchors, rules, sequence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from jury_tui.audit.audited import Audited
from jury_tui.audit.checks.finding import altered, breach, note, warning
from jury_tui.audit.doubted import known_of
from jury_tui.audit.report import AuditFinding
from jury_tui.audit.walk import MOST_ACTS
from jury_tui.audit.words import act_words, field_words, shown
from jury_tui.canonical import nfc
from jury_tui.errors import JuryError, RulebookError
from jury_tui.i18n import N_
from jury_tui.register import headcode
from jury_tui.rules.model import Kind
from jury_tui.rules.rulebook import codes, read, ships, source
from jury_tui.session import acts as a


def form(audited: Audited) -> Iterator[AuditFinding]:
    """The file is a register of this format, whole, and in its own folder."""
    reading, acts = audited.reading, audited.acts
    if reading.torn is not None and not _gone(audited):
        yield breach(
            "format",
            N_(
                "The register ends with {size} bytes that are no act: a power cut "
                "during act {act}, or a change of the last act. Compare with the "
                "code in the minutes, then open the session to put it right."
            ),
            act=reading.torn.act,
            size=reading.torn.size,
        )
    if audited.foreign is not None:
        yield breach(
            "format", audited.foreign.message, act=len(acts) + 1, **_values(audited)
        )
    if not acts:
        return
    first = acts[0]
    if not isinstance(first, a.SessionDrafted):
        yield breach(
            "format",
            N_("The first act is not the drafting of a session but: {what}."),
            act=1,
            what=act_words(first),
        )
    folder = audited.path.parent.name
    if folder and reading.session_id and folder != reading.session_id:
        yield warning(
            "format",
            N_(
                "The register of session {session} lies in a folder called {folder}: "
                "a copy, or one session put in another’s place?"
            ),
            act=1,
            session=reading.session_id,
            folder=folder,
        )
    if len(acts) > MOST_ACTS:
        yield breach(
            "format",
            N_("The register holds {count} acts; beyond {most} they are not judged."),
            act=MOST_ACTS + 1,
            count=len(acts),
            most=MOST_ACTS,
        )


def _values(audited: Audited) -> dict[str, object]:
    return {} if audited.foreign is None else audited.foreign.values


def chain(audited: Audited) -> Iterator[AuditFinding]:
    """Each act follows from the one before."""
    fault = audited.reading.fault
    if fault is not None:
        known = known_of(audited.reading, audited.acts)
        yield altered(
            "chain",
            fault.message if known is None else "{what}",
            act=fault.act,
            observed="" if known is None else known.told,
            **_but_act(fault) if known is None else {"what": known.what},
        )


def _but_act(error: JuryError) -> dict[str, object]:
    return {k: v for k, v in error.values.items() if k != "act"}


_DAMAGED = N_(
    "The register was altered: act {act} had been recorded ({remembered} acts in all); "
    "{size} bytes that are no act stand in its place."
)


def _gone(audited: Audited) -> bool:
    """Whether what is remembered goes on beyond the acts that can be followed."""
    fault = audited.anchor_fault
    return fault is not None and fault.values["act"] == audited.reading.count + 1


def anchors(audited: Audited) -> Iterator[AuditFinding]:
    """The register is what was remembered of it elsewhere.

    Where what stands there now is in doubt by itself, that is one fault, said once: of
    a chain that breaks, by the check of the chain.
    """
    known, fault = audited.anchored, audited.anchor_fault
    if known.fault:
        yield (warning if known.shared else breach)(
            "anchors",
            N_(
                "The list of anchors cannot be believed: {why} Compare with the code "
                "printed in the minutes."
            ),
            why=known.fault,
        )
    torn, gone = audited.reading.torn, _gone(audited)
    if fault is not None and not (gone and audited.reading.fault is not None):
        message, values = fault.message, fault.values
        if gone and torn is not None:
            message, values = _DAMAGED, {**values, "size": torn.size}
        yield altered("anchors", message, **values)
    if known.kept and not known.anchors and audited.trail.judged:
        yield warning(
            "anchors",
            N_(
                "No anchor is remembered of this session, though decisions were "
                "pronounced: nothing here would tell that its end was cut. Compare "
                "with the code printed in the minutes."
            ),
        )
    for typed in known.codes:
        yield from _code(audited, typed)


def _code(audited: Audited, typed: str) -> Iterator[AuditFinding]:
    try:
        wanted = headcode.parse_code(typed)
    except JuryError as error:
        yield breach("anchors", error.message, **error.values)
        return
    heads = [head for head in audited.reading.heads if head]
    if not any(headcode.code(head) == wanted for head in heads):
        yield altered(
            "anchors",
            N_(
                "No act of this register has the code {code}: the register was cut, "
                "rewritten, or is not the one of these minutes."
            ),
            code=wanted,
        )


def rulebooks(audited: Audited) -> Iterator[AuditFinding]:
    """The rules the session is judged by are whole, readable, and known."""
    trail = audited.trail
    for number in trail.late_rulebooks:
        yield breach(
            "rulebooks",
            N_(
                "Act {act} adopts a rulebook once the preparation had begun: it is "
                "not taken into account."
            ),
            act=number,
        )
    if trail.lawless is not None:
        yield breach(
            "rulebooks",
            N_("The session cannot be judged by its rules: {why}"),
            why=str(trail.lawless),
        )
    late = set(trail.late_rulebooks)
    kinds = set()
    for number, act in enumerate(audited.acts, 1):
        if isinstance(act, a.RulebookAdopted) and number not in late:
            kinds.add(act.kind)
            yield from _rulebook(number, act)
        elif not isinstance(act, (a.SessionDrafted, a.RegisterRecovered)):
            break
    if kinds and Kind.LAW not in kinds:
        yield warning(
            "rulebooks",
            N_(
                "The session adopted no rulebook of the general law: nothing of it "
                "was checked. See whether that was meant."
            ),
        )


def _rulebook(number: int, act: a.RulebookAdopted) -> Iterator[AuditFinding]:
    if hashlib.sha256(act.text.encode("utf-8", "surrogatepass")).hexdigest() != (
        act.sha256
    ):
        yield breach(
            "rulebooks",
            N_("The text of {name} (act {act}) is not the one of its digest."),
            act=number,
            name=act.name[:80],
        )
    known = _known(act.text, act.name)
    if known is None:
        return  # then the session has no rules, and that is said
    kind, shipped = known
    if kind != act.kind:
        yield breach(
            "rulebooks",
            N_("Act {act} adopts {name} as {kind}; the text says {own}."),
            act=number,
            name=act.name[:80],
            kind=act.kind[:20],
            own=kind,
        )
    if not shipped:
        yield warning(
            "rulebooks",
            N_(
                "The rulebook {name} differs from the text that comes with the program "
                "for this code: another edition, or one made lenient. Compare the two."
            ),
            act=number,
            name=act.name[:80],
        )


@lru_cache(maxsize=64)
def _known(text: str, name: str) -> tuple[str, bool] | None:
    """A rulebook's kind, and whether it is as shipped, if its code is one of ours."""
    try:
        book = read(text, name)
    except RulebookError:
        return None
    if ships(text, name):  # without reading every other one to find it
        return book.kind.value, True
    ours = book.code in codes()
    return book.kind.value, not ours or nfc(source(book.code)[1]) == text


_ROOMS: dict[type[a.Act], str] = {
    a.VoteCounted: "votes",
    a.CastingVoteCast: "votes",
    a.VoteReopened: "votes",
    a.MarksGiven: "votes",
    a.GridFilled: "votes",
    a.ReadingsSettled: "votes",
    a.DecisionPronounced: "decisions",
    a.DecisionReopened: "decisions",
    a.MemberRecused: "recusals",
    a.RecusalLifted: "recusals",
    a.MinutesRectified: "rectifications",
    a.ActUndone: "undone",
    a.MemberSignedIn: "sign-in",
}


def room_of(act: a.AnyAct) -> str:
    """The check under which an act's faults are listed."""
    return _ROOMS.get(type(act), "sequence")


def sequence(audited: Audited) -> Iterable[AuditFinding]:
    """Each act was allowed where it stands, and is what its command writes."""
    for stray in audited.trail.strays:
        yield breach(
            room_of(stray.act),
            N_("Act {act} ({what}) cannot be: {why} It counts for nothing."),
            act=stray.number,
            what=act_words(stray.act),
            why=str(stray.error),
        )
    for refused in audited.trail.refused:
        if getattr(refused.error, "findings", ()):
            continue  # the composition says it, clause by clause
        yield breach(
            room_of(refused.act),
            N_("Act {act} ({what}) was not allowed where it stands: {why}"),
            act=refused.number,
            candidate=_candidate(refused.act),
            what=act_words(refused.act),
            why=str(refused.error),
        )
    for one in audited.trail.differs:
        for name in one.fields:
            recorded = shown(getattr(one.act, name, ""))
            derived = shown(getattr(one.derived, name, ""))
            yield breach(
                room_of(one.act),
                N_(
                    "Act {act} ({what}): {field} is recorded as “{recorded}”, and the "
                    "acts before it give “{derived}”."
                ),
                act=one.number,
                candidate=_candidate(one.act),
                what=act_words(one.act),
                required=derived,
                observed=recorded,
                field=field_words(name),
                recorded=recorded,
                derived=derived,
            )
    for failure in audited.trail.failures:
        yield breach(
            room_of(failure.act),
            N_("Act {act} ({what}) cannot be judged ({detail}): look at it by hand."),
            act=failure.number,
            what=act_words(failure.act),
            detail=failure.detail,
        )


def convocations(audited: Audited) -> Iterator[AuditFinding]:
    """A second convocation, which may ask for fewer people, had a first."""
    known = 0
    for number, act in enumerate(audited.acts, 1):
        if not isinstance(act, a.SessionConvened):
            continue
        if act.convocation > known + 1:
            yield warning(
                "sequence",
                N_(
                    "Act {act} is convocation {number}, which may ask for a smaller "
                    "quorum, and the one before it is not in this register: see that "
                    "it was made."
                ),
                act=number,
                number=act.convocation,
            )
        known = act.convocation


def _candidate(act: a.AnyAct) -> str:
    candidate = getattr(act, "candidate", "")
    return candidate if isinstance(candidate, str) else ""


def recoveries(audited: Audited) -> Iterator[AuditFinding]:
    """Ends torn by a power cut, which the register itself tells of."""
    for recovery in audited.session.recoveries:
        yield note(
            "format",
            N_(
                "A torn end of {size} bytes was kept aside and cut off (SHA-256 "
                "{sha256}…): a power cut, told by the register itself."
            ),
            size=recovery.number,
            sha256=recovery.text[:16],
        )
