"""``verify``: intact, complete, trusted; and, with the register, faithful."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from jury_tui.cli import places, signatories, streams
from jury_tui.cli.exits import Exit
from jury_tui.cli.signing import MOST_BYTES
from jury_tui.errors import JuryError
from jury_tui.i18n import _, long_date
from jury_tui.register.record import Record

if TYPE_CHECKING:
    from jury_tui.minutes.comparison import Difference
    from jury_tui.signing.companion import CompanionReport
    from jury_tui.signing.report import Answer, Judgement, Report


def run(arguments: Namespace) -> Exit:
    """Judge the workbook, its companion, and what it says."""
    from jury_tui.signing.report import Answer
    from jury_tui.signing.trust import load_certificates, load_crl
    from jury_tui.signing.verification import verify

    path: Path = arguments.file
    data = places.content(path, MOST_BYTES)
    roots = tuple(
        root
        for file in arguments.ca
        for root in load_certificates(places.content(file, MOST_BYTES))
    )
    crls = tuple(load_crl(places.content(file, MOST_BYTES)) for file in arguments.crl)
    # A time that nothing proves is no proof: certificates are judged as of now.
    now = places.now()
    report = verify(data, roots=roots, crls=crls, now=now)
    beside = path.with_name(f"{path.name}.p7s")
    companion = None
    if beside.exists():
        from jury_tui.signing.companion import verify_companion

        companion = verify_companion(
            data, places.content(beside, MOST_BYTES), roots=roots, crls=crls, now=now
        )
    differences = None
    signing: list[str] = []
    if arguments.register is not None:
        register = places.named(arguments.register, arguments.sessions)
        with Record.open(register, write=False) as record:
            differences = _differences(record, data, path.name)
            signing = list(signatories.told(record.session, path.name))
    if arguments.json:
        streams.json(_json(report, companion, differences))
    else:
        for line in _lines(report, companion, differences):
            streams.data(line)
        for line in signing:
            streams.data(f"  {line}")
    if not report.readable:
        return Exit.UNREADABLE
    good = (
        report.accepted
        and (report.trusted is not Answer.NO)
        and (companion is None or companion.accepted)
        and not differences
    )
    return Exit.FINE if good else Exit.REFUSED


def _differences(record: Record, data: bytes, name: str) -> list[str]:
    """Sentences on what the workbook says otherwise than its register."""
    from jury_tui.minutes.fidelity import differences

    try:
        found: tuple[Difference, ...] = differences(record, data, name)
    except JuryError as error:
        return [str(error)]
    return [difference.sentence for difference in found]


def _json(
    report: Report, companion: CompanionReport | None, differences: list[str] | None
) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.json.decode(report.to_json())
    told["companion"] = (
        None if companion is None else msgspec.json.decode(companion.to_json())
    )
    told["faithful"] = None if differences is None else not differences
    told["differences"] = differences or []
    return told


# --- in words ----------------------------------------------------------------


def _lines(
    report: Report, companion: CompanionReport | None, differences: list[str] | None
) -> Iterator[str]:
    for remark in report.findings:
        yield f"✗ {remark.text}"
    if not report.readable:
        return
    if not report.signed:
        yield _("This workbook bears no signature.")
    for number, one in enumerate(report.signatures, 1):
        yield _("Signature {number}: {signer}").format(
            number=number, signer=one.signer or one.part
        )
        facts = [one.role, one.place]
        if one.claimed_time is not None:
            facts.append(long_date(one.claimed_time.date()))
        if any(facts):
            yield "  " + ", ".join(fact for fact in facts if fact)
        if one.issuer:
            yield "  " + _("vouched for by {issuer}; {algorithm}").format(
                issuer=one.issuer, algorithm=one.algorithm
            )
        yield from _judged(_("what was signed is intact"), one.intact)
        yield from _judged(_("nothing was added beside it: complete"), one.complete)
        yield from _judged(_("the signer is trusted"), one.trusted)
        for quirk in one.quirks:
            yield f"    {quirk.text}"
    if companion is not None:
        yield _("Companion (.p7s)")
        yield from _judged(_("what was signed is intact"), companion.intact)
        for signer in companion.signers:
            yield f"  {signer.signer}"
            yield from _judged(_("the signer is trusted"), signer.trusted)
    if differences is not None:
        yield _("With the register")
        sign = _sign_of(not differences)
        yield f"  {sign} — " + _("says what the register says: faithful")
        yield from (f"      {sentence}" for sentence in differences)


def _judged(name: str, judgement: Judgement) -> Iterator[str]:
    yield f"  {_answer(judgement.answer)} — {name}"
    yield from (f"      {reason.text}" for reason in judgement.reasons)


def _answer(answer: Answer) -> str:
    return {"yes": _("✓ yes"), "no": _("✗ no")}.get(answer.value, _("? unknown"))


def _sign_of(good: bool) -> str:
    return _("✓ yes") if good else _("✗ no")
