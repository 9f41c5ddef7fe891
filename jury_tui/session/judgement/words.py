"""Statuses, outcomes and choices in words."""

from __future__ import annotations

from jury_tui.i18n import _
from jury_tui.rules.people import TieKind
from jury_tui.session.acts import Choice
from jury_tui.session.session import File, Status


def status_word(file: File) -> str:
    """Where a candidate stands, in words."""
    decided = file.decision
    if file.status is Status.DECIDED and decided is not None:
        return outcome_word(decided.outcome)
    return {
        Status.REGISTERED: _("not called yet"),
        Status.CALLED: _("on the table"),
        Status.HEARING: _("being heard"),
        Status.HEARD: _("heard"),
        Status.DELIBERATION: _("in deliberation"),
        Status.DECIDED: _("decided"),
        Status.ABSENT: _("absent"),
        Status.POSTPONED: _("postponed"),
    }[file.status]


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
