"""The parts of the minutes about how the session went."""

from __future__ import annotations

from jury_tui.i18n import _, clock, listed
from jury_tui.minutes import moments
from jury_tui.minutes.attendance import in_order
from jury_tui.minutes.content import (
    Block,
    Cell,
    Column,
    Kind,
    Page,
    Paragraph,
    Row,
    Section,
    Style,
    Table,
    Tone,
)
from jury_tui.minutes.phrases import (
    layer_word,
    presence_words,
    severity_word,
    verdict_word,
)
from jury_tui.rules.findings import Finding, Severity, Verdict
from jury_tui.session import judgement
from jury_tui.session.session import Attendance, Session


def none() -> Paragraph:
    """``Néant.``: that there is nothing is said, never left blank."""
    return Paragraph(_("None."))


def recusals(session: Session) -> Section:
    """Recusals item by item, with who chaired for that candidate."""
    rows = []
    for file in session.agenda:
        if not file.recusals:
            continue
        chair = moments.chair_of(session, file)
        for recusal in file.recusals.values():
            reason = recusal.reason
            if recusal.lifted is not None:
                lifted = _("lifted: {reason}").format(reason=recusal.lifted)
                reason = "; ".join(r for r in (reason, lifted) if r)
            rows.append(
                Row(
                    (
                        file.candidate.name,
                        session.members[recusal.member].name,
                        judgement.tie_word(recusal.kind),
                        reason,
                        session.members[chair].name if chair else "",
                    ),
                    Tone.PLAIN if recusal.lifted is None else Tone.MUTED,
                )
            )
    title = _("Recusals")
    if not rows:
        return Section(title, (none(),))
    said = Paragraph(
        _(
            "A recused member takes part neither in the hearing nor in the "
            "deliberation on that candidate."
        )
    )
    columns = (
        Column(_("Candidate"), 22),
        Column(_("Member recused"), 22),
        Column(_("Ground"), 18),
        Column(_("Reason"), 20),
        Column(_("Chaired by"), 18),
    )
    return Section(title, (said, Table(columns, tuple(rows))))


def movements(session: Session) -> Section:
    """Arrivals and departures with times, the means of those who sat remotely."""
    rows = []
    for member in in_order(session):
        for spell in session.attendance.get(member.id, Attendance()).spells:
            rows.append(
                Row(
                    (
                        member.name,
                        spell.arrived.time(),
                        spell.departed.time() if spell.departed else "",
                        presence_words(spell),
                        spell.reason,
                    )
                )
            )
    columns = (
        Column(_("Name"), 28),
        Column(_("Arrival"), 10, Kind.TIME),
        Column(_("Departure"), 10, Kind.TIME),
        Column(_("Attendance"), 26),
        Column(_("Reason of the departure"), 26),
    )
    blocks: list[Block] = [Table(columns, tuple(rows)) if rows else none()]
    for pause in session.pauses:
        reason = f" ({pause.reason})" if pause.reason else ""
        said = (
            _("The session was suspended at {start} and resumed at {end}{reason}.")
            if pause.resumed
            else _("The session was suspended at {start}{reason}.")
        )
        blocks.append(
            Paragraph(
                said.format(
                    start=clock(pause.suspended),
                    end=clock(pause.resumed) if pause.resumed else "",
                    reason=reason,
                )
            )
        )
    if session.closed_at is not None:
        blocks.append(
            Paragraph(
                _("The session was closed at {time}.").format(
                    time=clock(session.closed_at)
                )
            )
        )
    return Section(_("Arrivals, departures and remote attendance"), tuple(blocks))


def rules_observed(session: Session, found: tuple[Finding, ...]) -> Section:
    """What the rules found that is not plainly satisfied, and the justifications."""
    grouped = _grouped(session, found)
    verdicts = [f.verdict for f, _who in grouped]
    blocks: list[Block] = [
        Paragraph(
            _(
                "{total} findings on the composition: {satisfied} satisfied, "
                "{breached} not satisfied, {undecidable} that cannot be decided (the "
                "text is silent, or a datum is missing). All of them are in annex 3."
            ).format(
                total=len(grouped),
                satisfied=verdicts.count(Verdict.SATISFIED),
                breached=verdicts.count(Verdict.BREACHED),
                undecidable=verdicts.count(Verdict.UNDECIDABLE),
            )
        )
    ]
    grouped = [
        (f, who)
        for f, who in grouped
        if f.verdict is Verdict.BREACHED
        or (f.verdict is Verdict.UNDECIDABLE and f.severity is not Severity.NOTE)
    ]
    if grouped:
        blocks.append(
            Table(
                (
                    Column(_("Moment"), 18),
                    Column(_("Required"), 26),
                    Column(_("Observed"), 22),
                    Column(_("Satisfied"), 12),
                    Column(_("Source"), 22),
                ),
                tuple(
                    Row(
                        (who, f.required, f.observed, verdict_word(f.verdict), f.source)
                    )
                    for f, who in grouped
                ),
            )
        )
    for note in session.justifications:
        file = session.files.get(note.candidate)
        what = next((f for f in found if f.clause == note.clause), None)
        blocks.append(
            Paragraph(
                _("Justification ({rule}{candidate}): {text}").format(
                    rule=what.source if what else note.clause,
                    candidate=f", {file.candidate.name}" if file else "",
                    text=note.text,
                )
            )
        )
    if not session.justifications:
        blocks.append(Paragraph(_("Justifications: none.")))
    return Section(_("Rules of composition"), tuple(blocks))


def _grouped(session: Session, found: tuple[Finding, ...]) -> list[tuple[Finding, str]]:
    """Findings that say the same of several candidates, in one line with names."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in found:
        key = (
            finding.layer,
            finding.clause,
            finding.verdict,
            finding.required,
            finding.observed,
            finding.source,
        )
        groups.setdefault(key, []).append(finding)
    judged = len(moments.judged(session))
    lines = []
    for findings in groups.values():
        first = findings[0]
        who = layer_word(first.layer)
        names = [
            session.files[f.candidate].candidate.name for f in findings if f.candidate
        ]
        if names:
            who = (
                _("for each candidate")
                if len(names) == judged and judged > 1
                else _("for {names}").format(names=listed(names))
            )
        lines.append((first, who))
    return lines


def findings_page(session: Session, found: tuple[Finding, ...]) -> Page:
    """Annex 3: every finding with what was required, observed, and its source."""
    rows = []
    texts = {(n.clause, n.candidate): n.text for n in session.justifications}
    for finding, who in _grouped(session, found):
        key = (finding.clause, finding.candidate or "")
        cells: tuple[Cell, ...] = (
            who,
            finding.explanation,
            finding.required,
            finding.observed,
            verdict_word(finding.verdict),
            severity_word(finding.severity),
            finding.source,
            texts.get(key) or texts.get((finding.clause, ""), ""),
        )
        tone = Tone.PLAIN if finding.verdict is Verdict.SATISFIED else Tone.STRONG
        rows.append(Row(cells, tone))
    table = Table(
        (
            Column(_("Moment"), 17),
            Column(_("Finding"), 30),
            Column(_("Required"), 20),
            Column(_("Observed"), 14),
            Column(_("Satisfied"), 12),
            Column(_("Weight"), 12),
            Column(_("Source"), 26),
            Column(_("Justification"), 18),
        ),
        tuple(rows),
    )
    return Page(
        key="findings",
        name=_("Findings"),
        title=_("Annex 3: what the rules of composition found"),
        sections=(Section("", (table,)),),
        landscape=True,
    )


def incidents(session: Session) -> Section:
    """Incidents and malfunctions; ``Néant`` when there is none."""
    return Section(
        _("Incidents and malfunctions"),
        tuple(
            Paragraph(
                _("{time}{candidate}: {text}").format(
                    time=clock(note.at),
                    candidate=f", {session.files[note.candidate].candidate.name}"
                    if note.candidate in session.files
                    else "",
                    text=note.text,
                )
            )
            for note in session.incidents
        )
        or (none(),),
    )


def dissents(session: Session) -> Section:
    """Disagreements that members asked to have mentioned."""
    return Section(
        _("Dissents mentioned at a member’s request"),
        tuple(
            Paragraph(
                _("{member}{candidate}: {text}").format(
                    member=session.members[note.member].name
                    if note.member in session.members
                    else note.member,
                    candidate=f", {session.files[note.candidate].candidate.name}"
                    if note.candidate in session.files
                    else "",
                    text=note.text,
                )
            )
            for note in session.dissents
        )
        or (none(),),
    )


def notice(session: Session) -> tuple[Block, ...]:
    """The warning on a fictitious session."""
    if not session.fictitious:
        return ()
    said = _("FICTITIOUS SESSION: an example, without any legal value.")
    return (Paragraph(said, Style.STRONG),)
