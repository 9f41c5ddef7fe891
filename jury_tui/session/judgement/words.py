"""Statuses, outcomes and choices in words."""

from __future__ import annotations

from jury_tui.i18n import N_, _, agreed
from jury_tui.rules.people import TieKind
from jury_tui.session.acts import Choice
from jury_tui.session.session import File, Status


def _forms(word: str, feminine: str) -> tuple[str, str, str]:
    return word, feminine, word


_STATUSES = {
    Status.REGISTERED: _forms(N_("not called yet"), N_("not called yet|f")),
    Status.CALLED: _forms(N_("on the table"), N_("on the table|f")),
    Status.HEARING: _forms(N_("being heard"), N_("being heard")),
    Status.HEARD: _forms(N_("heard"), N_("heard|f")),
    Status.DELIBERATION: _forms(N_("in deliberation"), N_("in deliberation")),
    Status.DECIDED: _forms(N_("decided"), N_("decided|f")),
    Status.ABSENT: _forms(N_("absent"), N_("absent|f")),
    Status.POSTPONED: _forms(N_("postponed"), N_("postponed|f")),
}
"""Where a candidate stands: for a man, for a woman, and where nobody said."""


def status_word(file: File) -> str:
    """Where a candidate stands, in words."""
    decided = file.decision
    if file.status is Status.DECIDED and decided is not None:
        return outcome_word(decided.outcome)
    return agreed(_STATUSES[file.status], file.candidate.gender)


def outcome_word(outcome: str) -> str:
    """An outcome in words: full, partial, no validation."""
    return {
        "total": _("full validation"),
        "partial": _("partial validation"),
        "none": _("no validation"),
    }.get(outcome, outcome)


def tie_word(kind: TieKind) -> str:
    """A tie between a member and a candidate, in words."""
    return {
        TieKind.ACCOMPANIED: _("accompanied the candidate"),
        TieKind.EMPLOYER: _("same company or body"),
        TieKind.PROFESSIONAL: _("professional tie"),
        TieKind.TRAINER: _("trained the candidate"),
        TieKind.FAMILY: _("family tie"),
        TieKind.PERSONAL: _("personal tie"),
        TieKind.CONSCIENCE: _("abstains in conscience"),
    }[kind]


def choice_word(choice: Choice) -> str:
    """A choice in words."""
    return {
        Choice.FOR: _("for"),
        Choice.AGAINST: _("against"),
        Choice.ABSTENTION: _("abstention"),
        Choice.BLANK: _("blank"),
        Choice.DID_NOT_VOTE: _("did not vote"),
    }[choice]
