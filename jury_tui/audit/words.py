"""Acts, verdicts and fields in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jury_tui.audit.report import AuditFinding, Severity, Verdict
from jury_tui.i18n import N_, _, ngettext, thousands
from jury_tui.session import acts as a

_ACTS: dict[type[a.Act], str] = {
    a.SessionDrafted: N_("session drafted"),
    a.RulebookAdopted: N_("rulebook adopted"),
    a.SessionRescheduled: N_("day, time and place of the session"),
    a.MemberAppointed: N_("member appointed"),
    a.MemberAmended: N_("member’s card corrected"),
    a.MemberWithdrawn: N_("member withdrawn"),
    a.CandidateRegistered: N_("candidate registered"),
    a.CandidateAmended: N_("candidate’s card corrected"),
    a.CandidateWithdrawn: N_("candidate withdrawn"),
    a.AgendaOrdered: N_("agenda ordered"),
    a.TieDeclared: N_("tie declared"),
    a.TieDismissed: N_("tie dismissed"),
    a.SessionConvened: N_("session convened"),
    a.MemberArrived: N_("arrival"),
    a.MemberDeparted: N_("departure"),
    a.MemberSignedIn: N_("sign-in"),
    a.MemberExcused: N_("member excused"),
    a.MemberReplaced: N_("member replaced"),
    a.ProxyGiven: N_("proxy given"),
    a.SessionOpened: N_("opening"),
    a.SessionSuspended: N_("suspension"),
    a.SessionResumed: N_("resumption"),
    a.IncidentRecorded: N_("incident"),
    a.DissentRecorded: N_("dissent"),
    a.JustificationGiven: N_("justification"),
    a.SessionClosed: N_("closing"),
    a.SessionSealed: N_("sealing"),
    a.CandidateCalled: N_("candidate called"),
    a.MemberRecused: N_("recusal"),
    a.RecusalLifted: N_("recusal lifted"),
    a.ActingChairNamed: N_("acting chair named"),
    a.HearingStarted: N_("hearing begun"),
    a.HearingEnded: N_("hearing ended"),
    a.DeliberationStarted: N_("deliberation begun"),
    a.CandidateAbsent: N_("candidate absent"),
    a.CandidatePostponed: N_("candidate postponed"),
    a.CandidateRestored: N_("candidate back on the agenda"),
    a.MarksGiven: N_("marks given"),
    a.GridFilled: N_("grid filled"),
    a.ReadingsSettled: N_("two entries settled"),
    a.VoteCounted: N_("vote counted"),
    a.CastingVoteCast: N_("casting vote"),
    a.VoteReopened: N_("vote re-opened"),
    a.ReasonGiven: N_("reasons given"),
    a.DecisionPronounced: N_("decision pronounced"),
    a.DecisionReopened: N_("decision re-opened"),
    a.MinutesNumbered: N_("minutes numbered"),
    a.MinutesExported: N_("minutes exported"),
    a.MinutesSigned: N_("minutes signed"),
    a.ScanAttached: N_("scan attached"),
    a.MinutesRectified: N_("minutes rectified"),
    a.ActUndone: N_("act undone"),
    a.RegisterRecovered: N_("register recovered"),
}

_FIELDS = {
    "chair": N_("the chair"),
    "tally": N_("the totals"),
    "ballots": N_("the votes by name"),
    "outcome": N_("the outcome"),
    "acquired": N_("the components acquired"),
    "remaining": N_("the components that remain"),
    "member": N_("the member"),
    "number": N_("the number"),
    "rectifies": N_("the minutes that are cited"),
    "workbook_sha256": N_("the workbook’s digest"),
    "act": N_("the act"),
    "time": N_("the time"),
    "reason": N_("the reason"),
    "candidate": N_("the candidate"),
    "marks": N_("the marks"),
    "levels": N_("the levels"),
    "grids": N_("the grids"),
}


_VALUES = {
    "carried": N_("carried"),
    "not_carried": N_("not carried"),
    "total": N_("full validation"),
    "partial": N_("partial validation"),
    "none": N_("no validation"),
}
_CHECKS = {
    "anchors": N_("what is remembered elsewhere"),
    "appointments": N_("appointments"),
    "archive": N_("archive"),
    "audit": N_("audit"),
    "chain": N_("chain of the acts"),
    "composition": N_("composition"),
    "deadlines": N_("deadlines"),
    "decisions": N_("decisions"),
    "exports": N_("exported workbooks"),
    "format": N_("format of the register"),
    "justifications": N_("justifications"),
    "mentions": N_("mentions of the minutes"),
    "numbers": N_("numbers of the minutes"),
    "quorum": N_("quorum"),
    "reasons": N_("reasons"),
    "recusals": N_("recusals"),
    "rectifications": N_("rectifications"),
    "rulebooks": N_("rulebooks"),
    "sequence": N_("sequence of the acts"),
    "sign-in": N_("sign-in"),
    "signatures": N_("signatures"),
    "times": N_("dates and times"),
    "undone": N_("acts undone"),
    "votes": N_("votes"),
}
_PAPER = N_(
    "compare with the signed minutes and the votes noted on paper. Where they agree "
    "with the register, the jury was wrong: rectify. Where they do not, the act was "
    "changed afterwards."
)
_COPY = N_(
    "look for a copy kept elsewhere, the signed minutes and the code they print; "
    "until then nothing from this act on is proved."
)
_ALONE = {
    "anchors": N_(
        "look for a copy kept elsewhere, the signed minutes and the code they print."
    )
}
"""What to do where no act is blamed, which the usual advice speaks of."""
_TO_DO = {
    "anchors": _COPY,
    "chain": _COPY,
    "composition": N_(
        "compare with the signed attendance list. If the jury did sit so, what it "
        "decided from this act on can be annulled: tell the certifying authority."
    ),
    "decisions": _PAPER,
    "recusals": N_(
        "ask the chair whether this member took part; if so, what was decided for this "
        "candidate can be annulled."
    ),
    "rulebooks": N_("compare this rulebook with the published text."),
    "sequence": N_("replay the session at this act, and ask who held the register."),
    "sign-in": N_("compare with the signed attendance list."),
    "times": N_(
        "ask the secretary whether the register was filled in afterwards, or whether "
        "the clock was wrong."
    ),
    "votes": _PAPER,
}
_TO_DO["quorum"] = _TO_DO["composition"]


class Paragraph(NamedTuple):
    """One line of a finding, and of what kind it is: ``head``, ``text``, ``told``."""

    kind: str
    text: str


def act_words(act: a.AnyAct) -> str:
    """What an act is, in words: ``vote counted``."""
    return _(_ACTS[type(act)])


def field_words(name: str) -> str:
    """A field of an act in words; its name, when people rarely meet it."""
    return _(_FIELDS[name]) if name in _FIELDS else f"«\u00a0{name}\u00a0»"


def verdict_words(verdict: Verdict) -> str:
    """A verdict in a word."""
    return {
        Verdict.INTACT: _("intact"),
        Verdict.IRREGULAR: _("irregular"),
        Verdict.ALTERED: _("altered"),
        Verdict.UNREADABLE: _("unreadable"),
    }[verdict]


def severity_words(severity: Severity) -> str:
    """A severity in a word."""
    return {
        Severity.ALTERED: _("altered"),
        Severity.BREACH: _("breach"),
        Severity.WARNING: _("to be checked"),
        Severity.NOTE: _("noted"),
    }[severity]


def counted_words(verdict: Verdict, number: int) -> str:
    """So many sessions of a verdict: ``3 altered``."""
    said = {
        Verdict.INTACT: ngettext("{number} intact", "{number} intact", number),
        Verdict.IRREGULAR: ngettext("{number} irregular", "{number} irregular", number),
        Verdict.ALTERED: ngettext("{number} altered", "{number} altered", number),
        Verdict.UNREADABLE: ngettext(
            "{number} unreadable", "{number} unreadable", number
        ),
    }[verdict]
    return said.format(number=thousands(number))


def verdict_sign(verdict: Verdict) -> str:
    """A verdict in a sign, the same on a line and on a screen."""
    return {
        Verdict.INTACT: "✓",
        Verdict.IRREGULAR: "!",
        Verdict.ALTERED: "✗",
        Verdict.UNREADABLE: "?",
    }[verdict]


def check_words(check: str) -> str:
    """What a check looks at, in words."""
    return _(_CHECKS[check]) if check in _CHECKS else check


def grouped(
    findings: Iterable[AuditFinding],
) -> list[tuple[Severity, str, list[AuditFinding]]]:
    """Findings of one weight and one check together, the worst first."""
    groups: dict[tuple[Severity, str], list[AuditFinding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.check), []).append(finding)
    order = list(Severity)
    return [
        (severity, check, those)
        for (severity, check), those in sorted(
            groups.items(), key=lambda item: order.index(item[0][0])
        )
    ]


def paragraphs(finding: AuditFinding) -> list[Paragraph]:
    """A finding in full: what, at which act, by which text, and what to do."""
    parts = [severity_words(finding.severity)]
    if finding.act is not None:
        parts.append(_("act {number}").format(number=finding.act))
    parts.append(check_words(finding.check))
    said = [
        Paragraph("head", ", ".join(parts)),
        Paragraph("text", finding.text),
    ]
    if finding.required:
        required = _("Required: {required}").format(required=finding.required)
        said.append(Paragraph("told", required))
    if finding.observed:
        observed = _("Observed: {observed}").format(observed=finding.observed)
        said.append(Paragraph("told", observed))
    if finding.source:
        source = _("Text: {source}").format(source=finding.source)
        said.append(Paragraph("told", source))
    if finding.clause:
        clause = _("Clause: {clause}").format(clause=finding.clause)
        said.append(Paragraph("about", clause))
    if finding.severity in (Severity.ALTERED, Severity.BREACH):
        alone = finding.act is None and finding.check in _ALONE
        advice = _ALONE[finding.check] if alone else _TO_DO.get(finding.check)
        if advice:
            said.append(
                Paragraph("todo", _("To do: {advice}").format(advice=_(advice)))
            )
    if finding.more:
        more = ngettext(
            "and {number} more of this kind",
            "and {number} more of this kind",
            finding.more,
        )
        said.append(Paragraph("more", more.format(number=finding.more)))
    return said


def shown(value: object) -> str:
    """A value of an act as a short text."""
    if isinstance(value, str) and value in _VALUES:
        return _(_VALUES[value])
    if isinstance(value, (tuple, list)):
        return ", ".join(shown(v) for v in value)[:120] or "–"
    if isinstance(value, dict):
        return ", ".join(f"{k} {shown(v)}" for k, v in value.items())[:120] or "–"
    if isinstance(value, a.Tally):
        from jury_tui.minutes.results import tally_words  # only where a vote differs

        return tally_words(value)
    return " ".join(str(value).split())[:120] or "–"
