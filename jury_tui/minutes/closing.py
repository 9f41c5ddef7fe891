"""The end of the minutes: deadlines, attestation of composition, signatures."""

from __future__ import annotations

import datetime as dt

import msgspec

from jury_tui.i18n import N_, _, agreed, listed, long_date, ngettext
from jury_tui.minutes import moments
from jury_tui.minutes.attendance import capacity, in_order, votes
from jury_tui.minutes.content import Block, Box, Boxes, Paragraph, Section, Style
from jury_tui.minutes.phrases import CHAIR_TITLE, series
from jury_tui.rules.labels import label
from jury_tui.rules.model import Kind as BookKind
from jury_tui.rules.model import Signatory
from jury_tui.session import judgement
from jury_tui.session.session import File, Session


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """One deadline, computed.

    Attributes:
        key: ``notify`` or ``transmit``.
        due: The last day; None when no text in force sets any.
        source: The text that sets it, or would.
        sentence: What must be done until when, or why there is no such day.
    """

    key: str
    due: dt.date | None
    source: str
    sentence: str


class _Text(msgspec.Struct, frozen=True):
    """What one text says of one deadline: its day, and whether it binds.

    Attributes:
        begun: The last day on which a parcours began, where that decides.
    """

    due: dt.date
    source: str
    from_: dt.date | None
    binds: bool
    begun: dt.date | None = None


def deadlines(session: Session, file: File | None = None) -> tuple[Deadline, ...]:
    """What must be done after the session, by which day and which text.

    The texts are the session's rulebooks; each delay binds by its own key date: the
    notification by the start of the parcours (note under art. R6412-1), the reporting
    by the day of the session. Of those that bind, the shortest.

    Args:
        session: The session.
        file: The candidate meant; else the deadline binds as soon as it binds for one.
    """
    day = judgement.on(session)
    files = (file,) if file is not None else session.agenda
    starts = [f.candidate.parcours_start or day for f in files] or [day]
    notify, transmit = [], []
    for book in judgement.rules(session).books:
        said = book.minutes
        law = book.kind is BookKind.LAW
        if said.notify_days is not None and not (law and not _vae(session)):
            notify.append(
                _Text(
                    day + dt.timedelta(days=said.notify_days),
                    said.notify_source or said.source,
                    said.notify_from,
                    said.notify_from is None or said.notify_from <= max(starts),
                    max(starts),
                )
            )
        if said.transmit_months is not None:
            transmit.append(
                _Text(
                    months_after(day, said.transmit_months),
                    said.transmit_source or said.source,
                    said.transmit_from,
                    said.transmit_from is None or said.transmit_from <= day,
                )
            )
    return (_deadline("notify", notify, day), _deadline("transmit", transmit, day))


def _vae(session: Session) -> bool:
    return judgement.rules(session).route.vae


_TODO = {
    "notify": N_(
        "Notify the result to the candidate and to the accompanying person, by "
        "{date} ({source})."
    ),
    "transmit": N_(
        "Report the holders to the Caisse des dépôts within three months of the "
        "delivery of the certification: by {date} if it is delivered on the day of "
        "the jury ({source})."
    ),
}
_NOT_IN_FORCE = {
    "notify": N_(
        "No delay to notify the result was in force on the day of the jury: {source} "
        "came into force on {from_}."
    ),
    "transmit": N_(
        "No reporting to the Caisse des dépôts was due on the day of the jury: "
        "{source} came into force on {from_}."
    ),
}
_OF_LATER_PARCOURS = N_(
    "No legal delay to notify the result binds here: the one in force ({source}) is "
    "for parcours begun on {from_} or later, and those of this session began on "
    "{begun} at the latest."
)
_NO_TEXT = {
    "notify": N_("No text adopted for this session sets a delay to notify results."),
    "transmit": N_("No text adopted for this session asks for a reporting."),
}


def _deadline(key: str, texts: list[_Text], day: dt.date) -> Deadline:
    bind = [text for text in texts if text.binds]
    if bind:
        first = min(bind, key=lambda text: text.due)
        said = _(_TODO[key]).format(date=long_date(first.due), source=first.source)
        return Deadline(key=key, due=first.due, source=first.source, sentence=said)
    for text in texts:
        if text.from_ is not None:
            # in force on the day, perhaps, and still not for parcours begun before
            early = text.begun is not None and text.from_ <= day
            words = _OF_LATER_PARCOURS if early else _NOT_IN_FORCE[key]
            said = _(words).format(
                source=text.source,
                from_=long_date(text.from_),
                begun=long_date(text.begun) if text.begun is not None else "",
            )
            return Deadline(key=key, due=None, source=text.source, sentence=said)
    return Deadline(key=key, due=None, source="", sentence=_(_NO_TEXT[key]))


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month."""
    whole = day.year * 12 + day.month - 1 + months
    first = dt.date(whole // 12, whole % 12 + 1, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def follow_up(session: Session) -> Section:
    """Deadlines, computed from the day of the jury."""
    return Section(
        _("Follow-up and deadlines"),
        tuple(Paragraph(d.sentence) for d in deadlines(session)),
    )


def attestation(session: Session) -> Section:
    """Attestation of composition: printed, these conditions can be relied upon."""
    then = moments.opening(session)
    voters = judgement.voting_members(then)
    present = [m for m in voters if then.is_present(m.id)]
    women = sum(m.gender == "F" for m in present)
    men = sum(m.gender == "M" for m in present)
    said = [
        ngettext(
            "At the opening, {present} voting member was present, of {total}.",
            "At the opening, {present} voting members were present, of {total}.",
            len(present),
        ).format(present=len(present), total=len(voters))
    ]
    if women or men:
        said.append(
            _("{women} and {men}.").format(
                women=ngettext("{n} woman", "{n} women", women).format(n=women),
                men=ngettext("{n} man", "{n} men", men).format(n=men),
            )
        )
    seated = _seated(then, [m.id for m in present])
    if seated:
        counts = (
            _("{college}: {count}").format(college=college, count=count)
            for college, count in seated.items()
        )
        said.append(_("By seat: {seats}.").format(seats=series(counts)))
    blocks: list[Block] = [Paragraph(" ".join(said))]
    tied = _tied(session)
    if tied:
        blocks.append(
            Paragraph(
                _("Sat in spite of a declared tie: {names}.").format(names=listed(tied))
            )
        )
    else:
        blocks.append(
            Paragraph(
                _(
                    "No member sat for a candidate with whom a tie forbidden by the "
                    "texts was declared."
                )
            )
        )
    blocks.append(
        Paragraph(_("Invitees took no part in any vote and are counted nowhere."))
    )
    return Section(_("Attestation of composition"), tuple(blocks))


def _seated(session: Session, present: list[str]) -> dict[str, int]:
    """Voting members present, by seat, in the order of the text."""
    counted: dict[str, int] = {}
    placed = judgement.placed(session).seats
    for seat in judgement.seats(session).values():
        number = sum(placed.get(m) == seat.id for m in present)
        if seat.voting and number:
            counted[label(seat.label)] = number
    return counted


def _tied(session: Session) -> list[str]:
    """Who sat for a candidate in spite of a tie that obliged to leave."""
    return [
        _("{member} for {candidate}").format(
            member=session.members[tie.member].name, candidate=file.candidate.name
        )
        for file in moments.judged(session)
        for tie in judgement.compelling_ties(session, file)
        if any(m.id == tie.member for m in moments.sat(session, file))
    ]


# --- signatures --------------------------------------------------------------


def signatories(session: Session) -> tuple[tuple[Box, str], ...]:
    """Who signs, each with the member's id (empty for the certifier).

    The rulebook's signatories; when no text names any, the chair and the voting
    members who were there (model of the arrêté of 1 July 2016).
    """
    named = judgement.rules(session).signatories or (
        Signatory(who="chair"),
        Signatory(who="voters"),
    )
    found: dict[str, tuple[Box, str]] = {}
    for signatory in named:
        for box, member in _boxes(session, signatory):
            found.setdefault(member or box.capacity, (box, member))
    return tuple(found.values())


def _boxes(session: Session, signatory: Signatory) -> list[tuple[Box, str]]:
    if signatory.who == "certifier":
        book = judgement.rules(session).certification
        said = label(signatory.label) or book.signatory or book.certifier
        return [(Box(name="", capacity=said), "")]
    chair = session.members.get(session.opened_by)
    if signatory.who == "chair":
        if chair is None:
            return [(Box(name="", capacity=agreed(CHAIR_TITLE, "")), "")]
        said = agreed(CHAIR_TITLE, chair.gender)
        return [(Box(name=chair.name, capacity=said), chair.id)]
    seated = judgement.placed(session).seats
    return [
        (Box(name=m.name, capacity=capacity(session, m)), m.id)
        for m in in_order(session)
        if moments.ever_present(session, m.id)
        and (
            votes(session, m)
            if signatory.who == "voters"
            else seated.get(m.id) == signatory.who
        )
    ]


def signatures(session: Session, *, on: dt.date | None = None) -> Section:
    """One box a signatory; dated of the closing, or of another day."""
    rules = judgement.rules(session)
    boxes = tuple(box for box, _member in signatories(session))
    sources = sorted({s.source for s in rules.signatories if s.source})
    note = (
        _("Signatories: {sources}.").format(sources=listed(sources))
        if sources
        else _("No text names the signatories: the chair and the voting members sign.")
    )
    moment = session.closed_at or session.opened_at
    day = on or (moment.date() if moment else None)
    blocks: list[Block] = [
        Paragraph(
            _("Done on {date}, {place}.").format(
                place=session.place or "…", date=long_date(day) if day else "…"
            )
        ),
        Boxes(boxes),
        Paragraph(note, Style.NOTE),
    ]
    return Section(_("Signatures"), tuple(blocks))
