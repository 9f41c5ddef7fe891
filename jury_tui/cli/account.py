"""A session told in plain lines, in reading order, for a screen reader or a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from jury_tui.cli import assessing
from jury_tui.cli.judging import layer_word, verdict_word
from jury_tui.i18n import _, clock, language, listed, long_date, ngettext, short_date
from jury_tui.rules.findings import Finding, Layer
from jury_tui.rules.labels import label
from jury_tui.rules.model import Kind
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.commands.base import phase_word
from jury_tui.session.session import Ballot, File, Note, Phase, Session, Spell, Status


def lines(session: Session, code: str) -> Iterator[str]:
    """The whole account.

    Args:
        session: The session.
        code: The register's head code; empty if it has none at this act.
    """
    yield from heading(session, code)
    if not governed(session):
        return  # the first acts: nothing is known yet of what it is judged by
    yield from people(session)
    yield from composition(session)
    for rank, file in enumerate(session.agenda, 1):
        yield from candidate(session, file, rank)
    yield from _events(session)
    yield from _minutes(session)


def governed(session: Session) -> bool:
    """Whether the session has adopted the certification it is judged by."""
    return any(book.kind == Kind.CERTIFICATION for book in session.rulebooks)


def heading(session: Session, code: str) -> Iterator[str]:
    """What the session is, when and where, and how far its register goes."""
    title = session.certification
    if governed(session):
        rules = judgement.rules(session)
        title = f"{title} — {label(rules.certification.title)}"
        title += f" — {label(rules.route.label)}"
    yield title
    if session.fictitious:
        yield _("Fictitious session, for demonstration.")
    when = long_date(session.date) if session.date else "—"
    yield _("Session of {date}: {phase}.").format(
        date=" ".join(w for w in (when, session.time) if w),
        phase=phase_word(session.phase),
    )
    if session.place:
        yield _("Place: {place}").format(place=session.place)
    if session.secretary:
        yield _("Secretary: {name}").format(name=session.secretary)
    for moment, sentence in (
        (session.opened_at, _("Opened at {time}.")),
        (session.closed_at, _("Closed at {time}.")),
        (session.sealed_at, _("Sealed at {time}.")),
    ):
        if moment is not None:
            yield sentence.format(time=clock(moment))
    if session.at is not None:
        acts = ngettext("{number} act", "{number} acts", session.count)
        yield _("Register: {acts}, the last on {date} at {time}.").format(
            acts=acts.format(number=session.count),
            date=short_date(session.at.date()),
            time=clock(session.at),
        )
    if code:
        yield _("Head code: {code}").format(code=code)


# --- people ------------------------------------------------------------------


def people(session: Session) -> Iterator[str]:
    """Members and invitees, who was there and when; declared ties."""
    sitting = {m.id for m in session.formation}
    voters = {m.id for m in judgement.voting_members(session)}
    for title, members in (
        (_("Voting members"), [m for m in session.formation if m.id in voters]),
        (
            _("Ex-officio invitees"),
            [m for m in session.formation if m.id not in voters],
        ),
        (
            _("Replaced, or substitutes in waiting"),
            [m for m in session.members.values() if m.id not in sitting],
        ),
    ):
        if members:
            yield ""
            yield f"{title} ({len(members)})"
            yield from (_member(session, member) for member in members)
    if session.ties:
        yield ""
        yield _("Declared ties")
        for tie in session.ties:
            yield "  " + _("{member} with {candidate}: {kind}").format(
                member=session.members[tie.member].name,
                candidate=session.files[tie.candidate].candidate.name,
                kind=_with_reason(judgement.tie_word(tie.kind), tie.reason),
            )


def _member(session: Session, member: Member) -> str:
    parts = [f"  {member.name} [{member.id}]", judgement.seat_label(session, member.id)]
    if member.substitutes:
        titular = session.members.get(member.substitutes)
        if titular is not None:
            parts.append(_("substitute for {name}").format(name=titular.name))
    by = session.replaced.get(member.id)
    if by is not None:
        parts.append(_("replaced by {name}").format(name=session.members[by].name))
    attendance = session.attendance.get(member.id)
    if attendance is None:
        if session.phase is not Phase.DRAFTED and session.phase is not Phase.CONVENED:
            parts.append(_("did not come"))
    else:
        parts += [_spell(spell) for spell in attendance.spells]
        if attendance.excused is not None:
            parts.append(_with_reason(_("excused"), attendance.excused))
        if attendance.signed_at is not None:
            parts.append(_("signed in"))
        elif attendance.spells:
            parts.append(_("not signed in"))
    return ", ".join(part for part in parts if part)


def _spell(spell: Spell) -> str:
    words = (
        _("there from {start}").format(start=clock(spell.arrived))
        if spell.departed is None
        else _("there from {start} to {end}").format(
            start=clock(spell.arrived), end=clock(spell.departed)
        )
    )
    return f"{words} ({spell.means})" if spell.means else words


# --- composition -------------------------------------------------------------


def composition(session: Session) -> Iterator[str]:
    """What the rules make of the jury as appointed, and as present."""
    found = {Layer.APPOINTMENT: judgement.as_appointed(session)}
    if session.phase in (Phase.OPEN, Phase.SUSPENDED):
        found[Layer.PRESENCE] = judgement.as_present(session)
    for layer, findings in found.items():
        yield ""
        yield _("Composition") + f" — {layer_word(layer)}"
        yield from (finding(found) for found in findings)


def finding(found: Finding) -> str:
    """One clause, its verdict, and why."""
    return f"  {verdict_word(found)} — {found.explanation}"


# --- candidates --------------------------------------------------------------


def candidate(session: Session, file: File, rank: int) -> Iterator[str]:
    """A candidate: the file, the votes, the decision."""
    person = file.candidate
    yield ""
    yield _("Candidate {rank} of {total}: {name} [{ref}]").format(
        rank=rank, total=len(session.files), name=person.name, ref=person.id
    )
    facts = [
        _("file {number}").format(number=person.file_number)
        if person.file_number
        else "",
        _("start of the parcours {date}").format(date=short_date(person.parcours_start))
        if person.parcours_start
        else "",
    ]
    if any(facts):
        yield "  " + ", ".join(fact for fact in facts if fact)
    status = judgement.status_word(file)
    yield "  " + _with_reason(status, file.absent_reason or file.postponed_reason)
    for recusal in file.recusals.values():
        if recusal.lifted is None:
            yield "  " + _("{name} recused: {kind}").format(
                name=session.members[recusal.member].name,
                kind=_with_reason(judgement.tie_word(recusal.kind), recusal.reason),
            )
    if file.acting_chair:
        yield "  " + _("In the chair: {name}").format(
            name=session.members[file.acting_chair].name
        )
    for component in judgement.components(session):
        yield from _component(session, file, component)
    if file.status is Status.DECIDED:
        yield "  " + _("Decision: {explanation}").format(
            explanation=judgement.decision(session, file).explanation
        )


def _component(session: Session, file: File, component: str) -> Iterator[str]:
    name = label(judgement.components(session)[component].label)
    state = judgement.component_result(session, file, component)
    if state == "not_asked":
        return
    if state == "pending" and file.settled:
        return
    words = {
        "earlier": _("acquired earlier"),
        "acquired": _("acquired"),
        "not_acquired": _("not acquired"),
        "tie": _("tie: the chair’s casting vote is awaited"),
        "pending": _("no vote yet"),
    }[state]
    for earlier in file.candidate.acquired:
        if earlier.component == component:
            words = f"{words} ({judgement.acquired_where(earlier)})"
    yield f"  {component} — {name}{_colon()}{words}"
    yield from (f"    {line}" for line in assessing.lines(session, file, component))
    for ballot in file.ballots.get(component, ()):
        yield "    " + _ballot(session, ballot)
    for title, texts in (
        (_("Reason: {text}"), file.reasons),
        (_("Recommendation: {text}"), file.recommendations),
    ):
        if texts.get(component):
            yield "    " + title.format(text=texts[component])


def _ballot(session: Session, ballot: Ballot) -> str:
    tally = ballot.tally
    counts = [
        (_("for"), tally.for_),
        (_("against"), tally.against),
        (_("abstention"), tally.abstention),
        (_("blank"), tally.blank),
        (_("did not vote"), tally.did_not_vote),
    ]
    shown = ", ".join(f"{word} {n}" for i, (word, n) in enumerate(counts) if n or i < 2)
    parts = [_("Vote at {time}: {counts}").format(time=clock(ballot.at), counts=shown)]
    if ballot.casting is not None:
        parts.append(
            _("casting vote of {name}: {choice}").format(
                name=session.members[ballot.casting_member].name,
                choice=judgement.choice_word(ballot.casting),
            )
        )
    if ballot.mistyped is not None:
        said = _("typed by mistake, put right at {time}")
        said = said.format(time=clock(ballot.mistyped))
        parts.append(_with_reason(said, ballot.reopened or ""))
    elif ballot.reopened is not None:
        parts.append(_with_reason(_("taken again"), ballot.reopened))
    return " ; ".join(parts)


def _with_reason(words: str, reason: str) -> str:
    return f"{words} ({reason})" if reason else words


def _colon() -> str:
    return " : " if language() == "fr" else ": "


# --- the sitting and its minutes ---------------------------------------------


def _events(session: Session) -> Iterator[str]:
    notes: list[tuple[str, tuple[Note, ...]]] = [
        (_("Incidents"), session.incidents),
        (_("Disagreements"), session.dissents),
        (_("Justifications"), session.justifications),
        (_("Rectifications"), session.rectifications),
    ]
    for title, taken in notes:
        if taken:
            yield ""
            yield title
            yield from (_note(session, note) for note in taken)
    for pause in session.pauses:
        yield ""
        yield _("Suspended from {start} to {end}").format(
            start=clock(pause.suspended),
            end=clock(pause.resumed) if pause.resumed else "…",
        )


def _note(session: Session, note: Note) -> str:
    about = [
        session.members[note.member].name if note.member else "",
        session.files[note.candidate].candidate.name if note.candidate else "",
        note.clause,
    ]
    who = listed(word for word in about if word)
    return f"  {clock(note.at)} — " + (f"{who}{_colon()}" if who else "") + note.text


def _minutes(session: Session) -> Iterator[str]:
    if not (session.number or session.exports or session.signatures):
        return
    yield ""
    yield _("Minutes {number}").format(number=session.number or "—")
    for export in session.exports:
        yield "  " + _("exported: {file} (SHA-256 {digest})").format(
            file=export.file, digest=export.sha256
        )
    for signature in session.signatures:
        yield "  " + _("signed by {name} ({role}), {date}").format(
            name=signature.signer,
            role=signature.role,
            date=short_date(signature.at.date()),
        )
