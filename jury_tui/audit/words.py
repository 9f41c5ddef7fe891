"""Acts, verdicts and fields in words."""

from __future__ import annotations

from jury_tui.audit.report import Severity, Verdict
from jury_tui.i18n import N_, _
from jury_tui.session import acts as a

_ACTS: dict[type[a.Act], str] = {
    a.SessionDrafted: N_("session drafted"),
    a.RulebookAdopted: N_("rulebook adopted"),
    a.SessionRescheduled: N_("session rescheduled"),
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
    a.ReadingsSettled: N_("two readings settled"),
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


def act_words(act: a.AnyAct) -> str:
    """What an act is, in words: ``vote counted``."""
    return _(_ACTS[type(act)])


def field_words(name: str) -> str:
    """A field of an act in words; its name, when people rarely meet it."""
    return _(_FIELDS[name]) if name in _FIELDS else f"« {name} »"


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
        Severity.WARNING: _("to be looked at"),
        Severity.NOTE: _("noted"),
    }[severity]


def shown(value: object) -> str:
    """A value of an act as a short text."""
    if isinstance(value, (tuple, list)):
        return ", ".join(shown(v) for v in value)[:120] or "–"
    if isinstance(value, dict):
        return ", ".join(f"{k} {shown(v)}" for k, v in value.items())[:120] or "–"
    if isinstance(value, a.Tally):
        names = ("for_", "against", "abstention", "blank", "did_not_vote")
        return "/".join(str(getattr(value, name)) for name in names)
    return " ".join(str(value).split())[:120] or "–"
