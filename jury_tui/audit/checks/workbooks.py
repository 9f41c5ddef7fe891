"""The exported workbooks: the very bytes, their signatures, and every cell.

Imported only where there is a workbook to look at: reading one needs XML and
certificates, which the audit of a register does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from jury_tui.audit.audited import Audited
from jury_tui.audit.checks.finding import altered, breach, note, warning
from jury_tui.audit.exports import Exports, Found
from jury_tui.audit.report import AuditFinding
from jury_tui.audit.walk import Moment
from jury_tui.errors import JuryError
from jury_tui.i18n import LANGUAGES, N_, spoken
from jury_tui.minutes.comparison import compare
from jury_tui.minutes.rectification import document_of
from jury_tui.minutes.renderer import may_word_otherwise
from jury_tui.register import headcode
from jury_tui.session import acts as a
from jury_tui.signing.companion import verify_companion
from jury_tui.signing.report import Answer, Report
from jury_tui.signing.verification import verify

_DIFFERENCES = 20


def check(audited: Audited, exports: Exports) -> Iterator[AuditFinding]:
    """Each file that was exported, in its last state."""
    moments = audited.trail.exports
    last: dict[str, int] = {}
    for index, moment in enumerate(moments):
        if isinstance(moment.act, a.MinutesExported):
            last[moment.act.file] = index
    for index in last.values():
        yield from _file(audited, exports, moments[index], moments[index + 1 :])


def _file(
    audited: Audited, exports: Exports, moment: Moment, later: tuple[Moment, ...]
) -> Iterator[AuditFinding]:
    act = moment.act
    if not isinstance(act, a.MinutesExported):
        return
    signed = [
        m.act
        for m in later
        if isinstance(m.act, a.MinutesSigned) and _signed_file(m, m.act) == act.file
    ]
    states = [act.sha256, *(s.file_sha256 for s in signed)]
    final = not any(
        isinstance(m.act, a.MinutesExported) and m.act.number == act.number
        for m in later
    )
    wanted = states[-1:] if final else states
    found = exports.named(act.file)
    if found is None or found.sha256 not in wanted:
        moved = next((f for s in wanted[::-1] if (f := exports.holding(s))), None)
        if moved is not None:
            yield note(
                "exports",
                N_("The workbook {file} is found under the name {name}."),
                act=moment.number,
                file=act.file[:120],
                name=moved.path.name[:120],
            )
            found = moved
    if found is None:
        yield warning(
            "exports",
            N_(
                "The workbook {file} is not in the folder of exports: look for the "
                "file whose SHA-256 is {sha256}."
            ),
            act=moment.number,
            file=act.file[:120],
            sha256=wanted[-1],
        )
        return
    if found.sha256 not in wanted:
        yield _other(moment, act, states, found)
    yield from _cells(audited, moment, act, found)
    if final:
        yield from _signatures(audited, moment, found, signed)


def _signed_file(moment: Moment, act: a.MinutesSigned) -> str:
    """The workbook that was signed: the one named, else the one exported last."""
    before = moment.before.exports
    return act.file or (before[-1].file if before else "")


def _other(
    moment: Moment, act: a.MinutesExported, states: list[str], found: Found
) -> AuditFinding:
    if found.sha256 in states:
        return warning(
            "exports",
            N_(
                "The workbook {file} lacks the last signature that the register "
                "tells of: it is an earlier copy. Look for the signed one."
            ),
            act=moment.number,
            file=act.file[:120],
        )
    return altered(
        "exports",
        N_(
            "The workbook {file} is not the one that was exported: its bytes were "
            "changed. Look for the file whose SHA-256 is {sha256}."
        ),
        act=moment.number,
        file=act.file[:120],
        sha256=states[-1],
    )


def _cells(
    audited: Audited, moment: Moment, act: a.MinutesExported, found: Found
) -> Iterator[AuditFinding]:
    """What the workbook shows is what the register said when it was exported."""
    heads = audited.reading.heads
    head = heads[moment.number - 2] if moment.number >= 2 else ""
    if not head or act.language not in LANGUAGES:
        yield warning(
            "exports",
            N_("The workbook {file} cannot be compared with the register."),
            act=moment.number,
            file=act.file[:120],
        )
        return
    try:
        with spoken(act.language):
            document = document_of(
                moment.before,
                act.number,
                code=headcode.code(head),
                head=head,
                count=moment.number - 1,
            )
            differences = compare(document, found.data)
    except JuryError as error:
        yield breach(
            "exports",
            N_("The workbook {file} cannot be judged: {why}"),
            act=moment.number,
            file=act.file[:120],
            why=str(error),
        )
        return
    if (
        differences
        and may_word_otherwise(act.renderer)
        and found.sha256 in _recorded(audited, act)
    ):
        yield warning(
            "exports",
            N_(
                "{file}: another version of the program wrote it, and this one would "
                "word {number} cells otherwise. Its bytes are those that the register "
                "recorded."
            ),
            act=moment.number,
            file=act.file[:120],
            number=len(differences),
        )
        return
    for difference in differences[:_DIFFERENCES]:
        yield breach(
            "exports",
            "{file}: {sentence}",
            act=moment.number,
            file=act.file[:120],
            sentence=difference.sentence,
        )
    if len(differences) > _DIFFERENCES:
        yield breach(
            "exports",
            N_("{file}: {number} further differences."),
            act=moment.number,
            file=act.file[:120],
            number=len(differences) - _DIFFERENCES,
        )


def _recorded(audited: Audited, act: a.MinutesExported) -> set[str]:
    """Digests that the register recorded of this workbook, signed or not."""
    signed = {x.file_sha256 for x in audited.acts if isinstance(x, a.MinutesSigned)}
    return {act.sha256, *signed}


def _signatures(
    audited: Audited, moment: Moment, found: Found, signed: list[a.MinutesSigned]
) -> Iterator[AuditFinding]:
    report = verify(found.data, now=None)
    name = found.path.name[:120]
    if report.signed or signed:
        yield from _inside(moment, name, report, signed)
    companion = found.companion
    if companion is None:
        return
    beside = verify_companion(found.data, companion)
    if not beside.accepted:
        yield altered(
            "signatures",
            N_("The companion of {file} (.p7s) does not vouch for it: {why}"),
            act=moment.number,
            file=name,
            why=" ; ".join(r.text for r in beside.intact.reasons),
        )


def _inside(
    moment: Moment, name: str, report: Report, signed: list[a.MinutesSigned]
) -> Iterator[AuditFinding]:
    remarks = [r.text for r in report.findings]
    for one in report.signatures:
        for judged in (one.intact, one.complete):
            if judged.answer is Answer.NO:
                remarks += [
                    f"{one.signer or one.part} : {r.text}" for r in judged.reasons
                ]
    if report.signed and not report.accepted:
        yield altered(
            "signatures",
            N_("The signatures of {file} do not hold: {why}"),
            act=moment.number,
            file=name,
            why=" ; ".join(dict.fromkeys(remarks)) or "?",
        )
    there = {one.fingerprint for one in report.signatures}
    for act in signed:
        if act.certificate_sha256 not in there:
            yield breach(
                "signatures",
                N_(
                    "The register tells of a signature by {signer} that {file} does "
                    "not bear: look for the signed copy."
                ),
                act=moment.number,
                signer=act.signer[:120],
                file=name,
            )
    told = {act.certificate_sha256 for act in signed}
    for one in report.signatures:
        if one.fingerprint not in told:
            yield warning(
                "signatures",
                N_("{file} bears a signature by {signer} that the register ignores."),
                act=moment.number,
                file=name,
                signer=one.signer[:120] or "?",
            )
