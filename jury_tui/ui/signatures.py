"""Who signed the minutes, who is missing; what a verification says, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from jury_tui.errors import JuryError
from jury_tui.i18n import (
    LANGUAGES,
    N_,
    _,
    catalogue,
    clock,
    long_date,
    ngettext,
    short_date,
)
from jury_tui.minutes.signatories import current, due, signed_on, words_of, workbooks
from jury_tui.session.session import Export, Phase, Session
from jury_tui.ui.light import TONES
from jury_tui.ui.words import BAD, OK, SOFT, WARN, plain

if TYPE_CHECKING:
    from jury_tui.signing.companion import CompanionReport
    from jury_tui.signing.report import Judgement, Report

Parts = list[tuple[str, str]]
BY_HAND = N_("minutes signed by hand")
"""How the scan of a paper that the jury signed is called in the register."""
FEW = 3
"""How many names stand above the minutes; v lists them all."""
NAMES = 32
"""The most cells that names take before what they sign as."""


def place_of(session: Session, name: str) -> tuple[str, str]:
    """The member who bears a name, and as what they sign; both empty if nobody does.

    Two members of one name are nobody: the person then says who they are.
    """
    wanted = words_of(name)
    known = [
        m for m in session.members.values() if wanted and words_of(m.name) == wanted
    ]
    if len(known) != 1:
        if wanted and wanted == words_of(session.secretary) and not known:
            return "", _("secretary of the jury")
        return "", ""
    member = known[0].id
    for signatory in due(session):
        if signatory.member == member:
            return member, signatory.capacity
    from jury_tui.session import judgement

    return member, judgement.seat_label(session, member)


def by_hand(session: Session, export: Export) -> list[Export]:
    """Scans of what was signed on paper, attached since a workbook was written."""
    words = {catalogue(spoken).gettext(BY_HAND) for spoken in LANGUAGES}
    return [s for s in session.scans if s.what in words and s.at >= export.at]


def unproved(session: Session) -> Export | None:
    """The first workbook of which the register does not show that all signed it.

    Either each with a certificate, or on the paper that is attached since.

    Raises:
        JuryError: a rulebook of the session cannot be read.
    """
    for export in workbooks(session):
        signed = all(one.signed is not None for one in due(session, export))
        if not signed and not by_hand(session, export):
            return export
    return None


def summary(session: Session) -> Parts:
    """Who signed and who is missing, in two lines."""
    export = current(session)
    if export is None:
        return []
    try:
        every = due(session)
    except JuryError as error:
        return [(f" {error}\n", TONES[BAD])]
    signed = [d for d in every if d.signed is not None]
    missing = [plain(d.who) for d in every if d.signed is None]
    counted = _("Signed with a certificate: {number} of {all}").format(
        number=len(signed), all=len(every)
    )
    if export.number:
        counted = f"{plain(export.file)} · {counted}"
    names = _few([plain(d.who) for d in signed])
    sign, tone = awaited(session, export) if missing else ("✓", OK)
    parts: Parts = [
        (f" {sign} {counted}", TONES[tone]),
        (f" · {names}\n" if names else "\n", ""),
    ]
    if missing:
        words = (
            _("Still to sign: {names}")
            if tone == WARN
            else _("Not signed with a certificate: {names}")
        )
        parts.append((f"   {words.format(names=_few(missing))}\n", TONES[tone]))
    return [*parts, *_papers(session, export)]


def _papers(session: Session, export: Export) -> Parts:
    """What was signed on paper and is attached."""
    words = _("Signed by hand, attached: {file}")
    return [
        (f" ✓ {words.format(file=plain(scan.file))}\n", TONES[OK])
        for scan in by_hand(session, export)
    ]


def awaited(session: Session, export: Export | None) -> tuple[str, str]:
    """Sign and tone of who has not signed: awaited, or no longer once it is sealed."""
    final = session.phase is Phase.SEALED and (export is None or not export.number)
    return ("–", SOFT) if final else ("…", WARN)


def left_out(session: Session) -> list[str]:
    """Who will not have signed this workbook, once it is sealed; empty: nobody."""
    try:
        missing = [plain(d.who) for d in due(session) if d.signed is None]
    except JuryError as error:
        return [str(error)]
    if not missing:
        return []
    words = _("Have not signed it, and no longer can with a certificate: {names}.")
    return [words.format(names=_few(missing))]


def _few(names: list[str]) -> str:
    """The first names, and how many more: the whole list is a key away."""
    shown = ", ".join(names[:FEW])
    more = len(names) - FEW
    if more <= 0:
        return shown
    return f"{shown}, " + ngettext(
        "and {number} more", "and {number} more", more
    ).format(number=more)


def listed_all(session: Session, export: Export | None) -> Iterator[tuple[str, str]]:
    """Every signatory of a workbook on a line, then who signed without being named."""
    yield _("Who signs, according to the texts") + "\n", "bold"
    try:
        every = due(session, export)
    except JuryError as error:
        yield f"  {error}\n", TONES[BAD]
        return
    named = (cell_len(plain(one.who)) for one in every if one.name)
    column = min(NAMES, max(named, default=0))
    for one in every:
        sign, tone = awaited(session, export) if one.signed is None else ("✓", OK)
        yield f"  {sign} ", TONES[tone]
        who = plain(one.who)
        yield who, ""
        gap = " " * max(2, column + 2 - cell_len(who))
        capacity = f"{gap}{plain(one.capacity)}" if one.name else ""
        if one.signed is not None:
            at = one.signed.at
            moment = _("{date} at {time}").format(
                date=short_date(at.date()), time=clock(at)
            )
            capacity += " · " + _("signed on {moment}").format(moment=moment)
        yield f"{capacity}\n", TONES[SOFT]
    if export is not None:
        yield from _papers(session, export)
    counted = {id(one.signed) for one in every}
    for signed in signed_on(session, export):
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
    yield _("What the file on the disk is worth") + "\n", "bold"
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
