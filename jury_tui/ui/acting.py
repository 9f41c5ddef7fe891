"""Acts in words, for the list of acts: what happened, to whom, with what result."""

from __future__ import annotations

from jury_tui.audit import words as audited
from jury_tui.i18n import _, listed, ngettext, short_date
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.session import Session
from jury_tui.ui.words import plain


def act_words(act: a.AnyAct, session: Session) -> str:
    """One act, in one line."""
    word = audited.act_words(act)
    about = listed_about(act, session)
    return f"{word} · {about}" if about else word


def listed_about(act: a.AnyAct, session: Session) -> str:
    """Whom and what an act is about."""

    def member(ref: str) -> str:
        known = session.members.get(ref)
        if ref == a.JURY:
            return _("the jury")
        return plain(known.name) if known is not None else ref

    def candidate(ref: str) -> str:
        known = session.files.get(ref)
        return plain(known.candidate.name) if known is not None else ref

    parts: list[str] = []
    if isinstance(act, a.MemberAppointed | a.MemberAmended):
        return plain(act.member.name)
    if isinstance(act, a.CandidateRegistered | a.CandidateAmended):
        return plain(act.candidate.name)
    if isinstance(act, a.TieDeclared):
        tie = act.tie
        kind = judgement.tie_word(tie.kind)
        return f"{member(tie.member)} – {candidate(tie.candidate)}, {kind}"
    if isinstance(act, a.RulebookAdopted):
        return plain(act.name)
    if isinstance(act, a.SessionRescheduled):
        facts = (short_date(act.date), act.time, act.place, act.secretary)
        return listed_plain([plain(fact) for fact in facts if fact])
    if isinstance(act, a.MemberReplaced):
        return _("{name} by {other}").format(
            name=member(act.member), other=member(act.by)
        )
    if isinstance(act, a.ActUndone):
        return _("act {number}").format(number=act.act)
    if isinstance(act, a.SessionOpened):
        return member(act.chair)
    for field, name in (("member", member), ("candidate", candidate)):
        ref = getattr(act, field, "")
        if isinstance(ref, str) and ref:
            parts.append(name(ref))
    component = getattr(act, "component", "")
    if component:
        parts.append(component)
    if isinstance(act, a.GridFilled | a.MarksGiven) and act.reader == 2:
        parts.append(_("second entry"))
    if isinstance(act, a.VoteCounted):
        tally = act.tally
        parts.append(
            _("{for_} for, {against} against").format(
                for_=tally.for_, against=tally.against
            )
        )
    if isinstance(act, a.VoteReopened) and act.mistyped:
        parts.append(_("mistake in typing"))
    if isinstance(act, a.DeliberationStarted) and act.invitees:
        stay = [member(ref) for ref in act.invitees]
        said = ngettext("{names} stays", "{names} stay", len(stay))
        parts.append(said.format(names=listed(stay)))
    if isinstance(act, a.MemberRecused):
        parts.append(judgement.tie_word(act.kind))
    if isinstance(act, a.DecisionPronounced):
        parts.append(judgement.outcome_word(act.outcome))
    if isinstance(act, a.CastingVoteCast):
        parts.append(judgement.choice_word(act.choice))
    for field in ("reason", "text", "number", "file", "signer"):
        text = getattr(act, field, "")
        if isinstance(text, str) and text:
            parts.append(plain(text))
    return listed_plain(parts)


def listed_plain(parts: list[str]) -> str:
    """Parts of a line, apart."""
    return " · ".join(parts) if parts else listed(())
