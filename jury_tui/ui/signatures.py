"""Who signed the minutes, who is missing; what a verification says, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jury_tui.errors import JuryError
from jury_tui.i18n import _, folded, long_date, ngettext
from jury_tui.session.session import Session, Signed
from jury_tui.ui.light import TONES
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

if TYPE_CHECKING:
    from jury_tui.signing.companion import CompanionReport
    from jury_tui.signing.report import Judgement, Report

Parts = list[tuple[str, str]]
FEW = 3
"""How many names stand above the minutes; v lists them all."""


class Due(NamedTuple):
    """A signature that the texts ask for.

    Attributes:
        name: Of the person; empty for the certifying body.
        capacity: As which they sign.
        member: The member's id; empty for the certifying body.
        signed: The signature, once it is there.
    """

    name: str
    capacity: str
    member: str
    signed: Signed | None

    @property
    def who(self) -> str:
        """The name, else the capacity."""
        return plain(self.name or self.capacity)


def _words(name: str) -> tuple[str, ...]:
    """A name whatever the order of its words: DURAND Claire is Claire Durand."""
    return tuple(sorted(folded(name).split()))


def current(session: Session) -> tuple[Signed, ...]:
    """The signatures on the last workbook exported; earlier ones are on another."""
    if not session.exports:
        return ()
    last = session.exports[-1].at
    return tuple(s for s in session.signatures if s.at >= last)


def due(session: Session) -> tuple[Due, ...]:
    """Each signatory that the rulebook names, and their signature if it is there.

    Raises:
        JuryError: a rulebook of the session cannot be read.
    """
    from jury_tui.minutes.closing import signatories

    signed = current(session)
    found = []
    for box, member in signatories(session):
        name = _words(box.name)
        mine = next(
            (
                s
                for s in signed
                if (member and s.member == member)
                or (not s.member and name and _words(s.signer) == name)
                or (not member and folded(s.role) == folded(box.capacity))
            ),
            None,
        )
        found.append(Due(box.name, box.capacity, member, mine))
    return tuple(found)


def place_of(session: Session, name: str) -> tuple[str, str]:
    """The member who bears a name, and as what they sign; both empty if nobody does.

    Two members of one name are nobody: the person then says who they are.
    """
    wanted = _words(name)
    known = [m for m in session.members.values() if wanted and _words(m.name) == wanted]
    if len(known) != 1:
        if wanted and wanted == _words(session.secretary) and not known:
            return "", _("secretary of the jury")
        return "", ""
    member = known[0].id
    for signatory in due(session):
        if signatory.member == member:
            return member, signatory.capacity
    from jury_tui.session import judgement

    return member, judgement.seat_label(session, member)


def summary(session: Session) -> Parts:
    """Who signed and who is missing, in two lines."""
    if not session.exports:
        return []
    try:
        every = due(session)
    except JuryError as error:
        return [(f" {error}\n", TONES[BAD])]
    signed = [d for d in every if d.signed is not None]
    missing = [d.who for d in every if d.signed is None]
    counted = _("Signed: {number} of {all}").format(number=len(signed), all=len(every))
    names = _few([d.who for d in signed])
    parts: Parts = [
        (f" {'…' if missing else '✓'} {counted}", TONES[WARN if missing else OK]),
        (f" · {names}\n" if names else "\n", ""),
    ]
    if missing:
        parts.append(
            (
                "   " + _("Still to sign: {names}").format(names=_few(missing)) + "\n",
                TONES[WARN],
            )
        )
    return parts


def _few(names: list[str]) -> str:
    """The first names, and how many more: the whole list is a key away."""
    shown = ", ".join(names[:FEW])
    more = len(names) - FEW
    if more <= 0:
        return shown
    return f"{shown}, " + ngettext(
        "and {number} more", "and {number} more", more
    ).format(number=more)


def listed_all(session: Session) -> Iterator[tuple[str, str]]:
    """Every signatory on a line, then those who signed without being named."""
    yield _("Who signs, according to the texts") + "\n", "bold"
    try:
        every = due(session)
    except JuryError as error:
        yield f"  {error}\n", TONES[BAD]
        return
    for one in every:
        capacity = f" — {plain(one.capacity)}" if one.name else ""
        if one.signed is None:
            yield f"  … {one.who}{capacity}\n", TONES[WARN]
        else:
            when = _("signed at {time}").format(time=f"{one.signed.at:%d/%m/%Y %H:%M}")
            yield f"  ✓ {one.who}{capacity} · {when}\n", TONES[OK]
    counted = {id(one.signed) for one in every}
    for signed in current(session):
        if id(signed) not in counted:
            words = _("{name}, {role}: signed, and no text asks for it")
            said = words.format(name=plain(signed.signer), role=plain(signed.role))
            yield f"  + {said}\n", TONES[SOFT]


def judged(
    report: Report,
    companion: CompanionReport | None,
    differences: Sequence[str],
) -> Iterator[tuple[str, str]]:
    """What a verification found: intact, complete, trusted, faithful.

    Args:
        report: On the signatures inside the workbook.
        companion: On the detached signature beside it, if there is one.
        differences: What the workbook says otherwise than the register.
    """
    yield "\n" + _("What the file on the disk is worth") + "\n", "bold"
    for remark in report.findings:
        yield f"  ✗ {plain(remark.text)}\n", TONES[BAD]
    if not report.readable:
        return
    if not report.signed:
        yield "  " + _("This workbook bears no signature.") + "\n", TONES[WARN]
    for number, one in enumerate(report.signatures, 1):
        name = plain(one.signer or one.part)
        said = _("Signature {number}: {signer}").format(number=number, signer=name)
        yield f"  {said}\n", "bold"
        facts = [plain(one.role), plain(one.place)]
        if one.claimed_time is not None:
            facts.append(long_date(one.claimed_time.date()))
        told = ", ".join(fact for fact in facts if fact)
        if told:
            yield f"    {told}\n", TONES[SOFT]
        if one.issuer:
            words = _("vouched for by {issuer}; {algorithm}")
            said = words.format(issuer=plain(one.issuer), algorithm=one.algorithm)
            yield f"    {said}\n", TONES[SOFT]
        yield from _answer(_("what was signed is intact"), one.intact)
        yield from _answer(_("nothing was added beside it: complete"), one.complete)
        yield from _answer(_("the signer is trusted"), one.trusted)
        for quirk in one.quirks:
            yield f"      {plain(quirk.text)}\n", TONES[SOFT]
    if companion is not None:
        yield "  " + _("Companion (.p7s)") + "\n", "bold"
        yield from _answer(_("what was signed is intact"), companion.intact)
        for signer in companion.signers:
            yield f"    {plain(signer.signer)}\n", ""
            yield from _answer(_("the signer is trusted"), signer.trusted)
    yield "  " + _("With the register") + "\n", "bold"
    sign, tone = ("✗", BAD) if differences else ("✓", OK)
    yield (
        f"    {sign} " + _("says what the register says: faithful") + "\n",
        TONES[tone],
    )
    for sentence in differences:
        yield f"      {plain(sentence)}\n", TONES[BAD]


def _answer(what: str, judgement: Judgement) -> Iterator[tuple[str, str]]:
    sign, tone = {"yes": ("✓", OK), "no": ("✗", BAD)}.get(
        judgement.answer.value, ("?", WARN)
    )
    yield f"    {sign} {what}\n", TONES[tone]
    for reason in judgement.reasons:
        yield f"      {plain(reason.text)}\n", TONES[SOFT]
