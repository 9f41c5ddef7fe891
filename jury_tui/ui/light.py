"""How the jury stands, in one line and in full: the composition light."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual.content import Content

from jury_tui.errors import JuryError
from jury_tui.i18n import _
from jury_tui.rules.findings import Finding, Verdict
from jury_tui.session import judgement
from jury_tui.session.judgement.memory import remembered_of_file
from jury_tui.session.session import File, Phase, Session
from jury_tui.ui.widgets.rows import APART, Cell
from jury_tui.ui.words import BAD, OK, SOFT, WARN, initials, plain, verdict_sign

BEFORE = (Phase.DRAFTED,)
APART_FROM = "\N{NO-BREAK SPACE}· "
"""Between two heads: a line ends with it, and does not begin so."""
TONES = {
    OK: "$text-success",
    WARN: "$text-warning",
    BAD: "$text-error",
    SOFT: "$secondary",
    "strong": "bold",
    "key": "$text-accent",
    "": "",
}


def worst(findings: Sequence[Finding]) -> tuple[str, str]:
    """The sign and tone of the worst of several findings that matter."""
    if any(f.blocks for f in findings):
        return "✗", BAD
    if any(f.to_justify for f in findings):
        return "!", WARN
    return "✓", OK


def at_a_glance(findings: Sequence[Finding]) -> tuple[str, str]:
    """The same, and no ✓ over a doubt; a quorum that no text sets is said apart."""
    sign, tone = worst(findings)
    doubtful = any(
        f.verdict is Verdict.UNDECIDABLE and not f.clause.endswith("quorum")
        for f in findings
    )
    return ("?", WARN) if tone == OK and doubtful else (sign, tone)


def layers(session: Session) -> list[tuple[str, tuple[Finding, ...]]]:
    """The layers that matter now, named in a word."""
    found = [(_("appointed"), judgement.as_appointed(session))]
    if session.phase not in BEFORE:
        found.append((_("present"), judgement.as_present(session)))
    file = session.on_table
    if file is not None:
        found.append(
            (
                _("for {name}").format(name=plain(file.candidate.name)),
                judgement.for_candidate(session, file.candidate.id),
            )
        )
    return found


def quorum(session: Session) -> Finding | None:
    """The quorum's finding, of the innermost layer that has one."""
    for _name, findings in reversed(layers(session)):
        for finding in findings:
            if finding.clause.endswith("quorum"):
                return finding
    return None


def line(session: Session) -> tuple[Cell, ...]:
    """The permanent light: composition at each layer, quorum, and the reason."""
    return _line(session, session.table or "", session.phase, justified(session))


def justified(session: Session) -> frozenset[tuple[str, str]]:
    """What was justified: a clause, and the candidate or nobody."""
    notes = session.justifications
    return frozenset((n.clause, n.candidate) for n in notes if n.text)


def open_layers(
    session: Session, given: Collection[tuple[str, str]]
) -> list[tuple[str, tuple[Finding, ...]]]:
    """The layers without what was justified.

    Args:
        session: The session.
        given: What was, by :func:`justified`.
    """
    return [
        (name, tuple(f for f in findings if not _is_justified(f, given)))
        for name, findings in layers(session)
    ]


def _of_registration(finding: Finding) -> bool:
    """Of what no jury can mend: it is said in short, after what one can."""
    return finding.clause.endswith("/registration")


def _is_justified(finding: Finding, given: Collection[tuple[str, str]]) -> bool:
    clause = finding.clause
    return finding.to_justify and (
        (clause, "") in given or (clause, finding.candidate or "") in given
    )


@remembered_of_file
def _line(
    session: Session,
    _on_table: str,
    phase: Phase,
    given: frozenset[tuple[str, str]],
) -> tuple[Cell, ...]:
    try:
        found = open_layers(session, given)
        quorate = quorum(session)
    except JuryError as error:
        return (Cell(" ? ", WARN), Cell(str(error), WARN))
    cells = [Cell(" "), Cell(_("Jury"), SOFT)]
    for place, (name, findings) in enumerate(found):
        sign, tone = at_a_glance(findings)
        short = _for_short(session.on_table) if place == 2 else ""
        cells += [
            Cell(f" {sign} ", tone),
            Cell(name, tone if sign != "✓" else "", short),
        ]
    voting = judgement.voting_members(session)
    file = session.on_table
    there = (
        sum(session.is_present(m.id) for m in voting)
        if file is None
        else len(judgement.sitting_voters(session, file))  # who is recused is not one
    )
    if phase not in BEFORE:
        cells += [Cell("  "), Cell(f"{there}/{len(voting)}", "strong")]
        cells += [Cell(" "), Cell(_("with a vote"), SOFT, _("voters"))]
    why = reason(found)
    if quorate is not None and quorate.verdict is not Verdict.UNDECIDABLE:
        sign, tone = verdict_sign(quorate)
        cells += [Cell("  "), Cell(_("Quorum"), SOFT), Cell(f" {sign}", tone)]
    elif quorate is not None and why is None:  # nothing else is to be watched
        cells += [
            Cell("  "),
            Cell(_("no text sets a quorum"), SOFT, _("no quorum set")),
        ]
    if why is not None:
        said, tone = why.explanation, BAD if why.blocks else WARN
        # what the jury cannot mend is not to take two lines all day
        for_ever = _of_registration(why)
        short = _("registration over") if for_ever else ""
        cells += [APART._replace(short="  ") if for_ever else APART]
        cells += [Cell(said, tone, short)]
    return tuple(cells)


def _for_short(file: File | None) -> str:
    """For whom, by initials: “for LEROY S.”."""
    if file is None:
        return ""
    candidate = file.candidate
    family = (candidate.use_name or candidate.birth_name).upper()
    name = plain(f"{family} {initials(candidate.given_names)}").strip()
    return _("for {name}").format(name=name)


def reason(found: list[tuple[str, tuple[Finding, ...]]]) -> Finding | None:
    """The first thing that is wrong, what blocks before the rest, innermost first."""
    for test in ("blocks", "to_justify"):
        for _name, findings in reversed(found):
            for finding in findings:
                if getattr(finding, test):
                    return finding
    return None


def panel(session: Session, file: File | None = None) -> Content:
    """All the findings: one line a clause, a sign a layer, and what is wrong."""
    try:
        found = [judgement.as_appointed(session)]
        heads = [_("appointed")]
        if session.phase not in BEFORE:
            found.append(judgement.as_present(session))
            heads.append(_("present"))
        if file is not None:
            candidate = file.candidate.id
            if session.phase in BEFORE or session.table != candidate:
                found.append(judgement.foreseen(session, candidate))
            else:
                found.append(judgement.for_candidate(session, candidate))
            heads.append(_("for this candidate"))
    except JuryError as error:
        return Content(str(error))
    return findings_text(found, heads, justified(session))


def _urgency(row: Sequence[Finding | None]) -> int:
    known = [f for f in row if f is not None]
    if any(f.blocks for f in known):
        return 0
    if any(map(_of_registration, known)):
        return 3  # no jury can mend it: after what one can
    if any(f.to_justify for f in known):
        return 1
    undecided = any(f.verdict is not Verdict.SATISFIED for f in known)
    return 2 if undecided else 4


def findings_text(
    found: Sequence[Sequence[Finding]],
    heads: Sequence[str],
    given: Collection[tuple[str, str]] = (),
) -> Content:
    """Findings of several layers side by side, by clause, what is wrong first."""
    by_clause: dict[str, list[Finding | None]] = {}
    for column, findings in enumerate(found):
        for finding in findings:
            row = by_clause.setdefault(finding.clause, [None] * len(found))
            row[column] = finding
    parts: list[tuple[str, str]] = []
    parts += [(_("Jury") + " ", "bold"), (f"{APART_FROM.join(heads)}\n", TONES[SOFT])]
    told = set()
    for row in sorted(by_clause.values(), key=_urgency):
        said = next(f for f in reversed(row) if f is not None)
        same = (*map(verdict_sign, row), said.required, said.explanation)
        if same in told:
            continue  # two texts ask the same
        told.add(same)
        for seen in row:
            sign, tone = verdict_sign(seen)
            parts.append((f"{sign} ", TONES[tone]))
        wrong = next(
            (f for f in reversed(row) if f and f.verdict is not Verdict.SATISFIED),
            None,
        )
        if wrong is None:
            parts.append((f"{said.required}\n", ""))
            continue
        # what is wrong repeats what is required: one sentence says both
        _sign, tone = verdict_sign(wrong)
        if _is_justified(wrong, given):
            parts.append((_("Justified.") + " ", "bold"))
        words = wrong.observed if _of_registration(wrong) else wrong.explanation
        parts.append((f"{words}\n", TONES[tone]))
        indent = " " * (2 * len(found))
        parts.append((f"{indent}{wrong.source}\n", TONES[SOFT]))
    return Content.assemble(*parts)
