"""The parts of the minutes about people: composition, invitees, attendance."""

from __future__ import annotations

import datetime as dt

from jury_tui.i18n import _, agreed, clock, folded, listed, ngettext, short_date
from jury_tui.minutes import moments
from jury_tui.minutes.content import (
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
    CHAIR,
    EXCUSED,
    INVITEE,
    NOT_PRESENT,
    REPLACED,
    SUBSTITUTE,
    appointing_act,
    day_and_time,
    presence_words,
)
from jury_tui.rules.findings import Finding, Severity, Verdict
from jury_tui.rules.people import Member
from jury_tui.session import judgement
from jury_tui.session.session import Attendance, Session


def in_order(session: Session) -> tuple[Member, ...]:
    """The members, voting ones first, in the order of the jury's seats."""
    seats = list(judgement.seats(session))

    def rank(member: Member) -> tuple[int, bool, int]:
        held = judgement.placed(session).seats.get(member.id)
        seat = held or next(iter(member.seats), "")
        place = seats.index(seat) if seat in seats else len(seats)
        return (not votes(session, member), held is None, place)

    return tuple(sorted(session.members.values(), key=rank))


def votes(session: Session, member: Member) -> bool:
    """Whether a member's seat is a voting one, in or out of the formation."""
    return judgement.is_voting(session, member.id)


def capacity(session: Session, member: Member) -> str:
    """The seat, and whom the person represents."""
    seat = judgement.seat_label(session, member.id)
    if not member.represents:
        return seat
    return _("{seat} (representing {holder})").format(
        seat=seat, holder=member.represents
    )


def voice(session: Session, member: Member) -> str:
    """Voting, ex-officio invitee, substitute or replaced."""
    by = session.replaced.get(member.id)
    if by is not None:
        name = session.members[by].name
        return agreed(REPLACED, member.gender).format(name=name)
    if member.substitutes and member.id not in session.replaced.values():
        return agreed(SUBSTITUTE, member.gender)
    if votes(session, member):
        return _("deliberative")
    seat = judgement.seats(session).get(
        judgement.placed(session).seats.get(member.id, "")
    )
    invitee = agreed(INVITEE, member.gender)
    if seat is not None and seat.advisory:
        return _("{invitee}, advisory voice").format(invitee=invitee)
    return invitee


def _body(session: Session, member: Member) -> str:
    """The member's company or body, and whether it is the certifier itself.

    Printed, these facts can be relied upon; not recorded, nothing is printed.
    """
    if not member.employer:
        return ""
    certifier = folded(judgement.rules(session).certification.certifier)
    own = folded(member.employer)
    acronym = certifier.rpartition("(")[2].rstrip(") ")
    inside = own in certifier or (acronym and acronym in own.split())
    side = _("internal") if inside else _("external")
    return f"{member.employer} ({side})"


def composition(session: Session) -> Section:
    """Date, time, place; who makes up the jury, appointed by which act."""
    if session.opened_at is not None:
        met = _("On {moment}, the members of the jury met to deliberate, {place}.")
        moment = day_and_time(session.opened_at)
    else:
        met = _("The jury is called for {moment}, {place}.")
        moment = short_date(session.date) if session.date else _("a date to be set")
    place = session.place or _("at a place to be given")
    acts = {appointing_act(member) for member in session.members.values()}
    only = acts.pop() if len(acts) == 1 else ""
    rows = tuple(
        Row(
            (
                member.name,
                capacity(session, member),
                ", ".join(w for w in (member.function, _body(session, member)) if w),
                voice(session, member),
                *(() if only else (appointing_act(member),)),
            )
        )
        for member in in_order(session)
    )
    columns = (
        Column(_("Name"), 6),
        Column(_("Sitting as"), 7 if only else 5),
        Column(_("Function and body"), 6 if only else 4),
        Column(_("Voice"), 5 if only else 4),
        *(() if only else (Column(_("Appointing act"), 5),)),
    )
    common = (
        (Paragraph(_("All were appointed by: {act}.").format(act=only)),)
        if only
        else ()
    )
    replacements = tuple(
        Paragraph(
            _("From {time}, {by} sits in place of {member}: {reason}{act}.").format(
                time=clock(r.at),
                by=session.members[r.by].name,
                member=session.members[r.member].name,
                reason=r.reason,
                act=_replacing_act(r.act, r.act_date),
            )
        )
        for r in session.replacements
    )
    proxies = tuple(
        Paragraph(
            _("{member} gave a proxy to {holder}.").format(
                member=session.members[giver].name, holder=session.members[holder].name
            )
        )
        for giver, holder in session.proxies.items()
    )
    secretary = (
        (
            Paragraph(
                _("Secretary of the session: {name}.").format(name=session.secretary)
            ),
        )
        if session.secretary
        else ()
    )
    return Section(
        _("Meeting and composition of the jury"),
        (
            Paragraph(met.format(moment=moment, place=place)),
            Paragraph(_("The jury is made up as follows:")),
            Table(columns, rows),
            *common,
            *replacements,
            *proxies,
            *secretary,
        ),
    )


def _replacing_act(reference: str, day: dt.date | None) -> str:
    if not reference:
        return ""
    when = f" {_('of {date}').format(date=short_date(day))}" if day else ""
    return f" ({reference}{when})"


def invitees(session: Session) -> Section:
    """The certifier's representatives and invitees: hearing and deliberation apart."""
    there = tuple(
        m
        for m in in_order(session)
        if not votes(session, m) and moments.ever_present(session, m.id)
    )
    if not there:
        return Section(
            _("Representatives of the certifying body and invitees"),
            (Paragraph(_("No invitee was present.")),),
        )
    heard = [f for f in session.agenda if f.hearing_started is not None]
    judged = [f for f in session.agenda if f.deliberation_started is not None]

    def share(member: Member, *, hearing: bool) -> str:
        files = heard if hearing else judged
        if not files:
            return _("none was held")
        count = sum(
            member.id in (f.heard_by if hearing else f.deliberated_by_invitees)
            for f in files
        )
        return _("{count} of {total}").format(count=count, total=len(files))

    table = Table(
        (
            Column(_("Name"), 28),
            Column(_("Sitting as"), 32),
            Column(_("Hearings attended"), 20),
            Column(_("Deliberations attended"), 20),
        ),
        tuple(
            Row(
                (
                    m.name,
                    capacity(session, m),
                    share(m, hearing=True),
                    share(m, hearing=False),
                )
            )
            for m in there
        ),
    )
    return Section(
        _("Representatives of the certifying body and invitees"),
        (
            Paragraph(_("Were present, without voting and in no count:")),
            table,
        ),
    )


def attendance_clause() -> Section:
    """That an attendance sheet was drawn up, and is annexed."""
    return Section(
        _("Attendance sheet"),
        (
            Paragraph(
                _(
                    "An attendance sheet of the members present was drawn up and "
                    "signed; it is annexed to these minutes (annex 1)."
                )
            ),
        ),
    )


def validity(session: Session, found: tuple[Finding, ...]) -> Section:
    """The chair's declaration; when some are absent, by which rule the jury sits."""
    then = moments.opening(session)
    voters = judgement.voting_members(then)
    present = [m for m in voters if then.is_present(m.id)]
    absent = [m for m in voters if not then.is_present(m.id)]
    chair = session.members.get(session.opened_by)
    blocks: list[Paragraph] = []
    if session.opened_at is None:
        blocks.append(Paragraph(_("The session is not open yet.")))
    elif chair is not None and not absent:
        blocks.append(
            Paragraph(
                _(
                    "All the voting members being present, {chair}, {name}, declares "
                    "that the jury may validly deliberate."
                ).format(chair=agreed(CHAIR, chair.gender), name=chair.name)
            )
        )
    elif chair is not None:
        counted = ngettext(
            "{present} voting member of {total} was present at the opening.",
            "{present} voting members of {total} were present at the opening.",
            len(present),
        ).format(present=len(present), total=len(voters))
        blocks.append(Paragraph(counted))
        blocks.append(
            Paragraph(
                _("Absent at the opening: {names}.").format(
                    names=listed(_absence(session, m) for m in absent)
                )
            )
        )
        blocks.append(
            Paragraph(
                _(
                    "In spite of these absences, {chair}, {name}, declares that the "
                    "jury may validly deliberate, on these grounds:"
                ).format(chair=agreed(CHAIR, chair.gender), name=chair.name)
            )
        )
        blocks += _grounds(session, found)
    blocks.append(
        Paragraph(
            _(
                "The business is as follows: examination of the candidates’ files in "
                "the order of the agenda, deliberation and decision on each of them."
            )
        )
    )
    return Section(_("Validity of the deliberation"), tuple(blocks))


def _absence(session: Session, member: Member) -> str:
    excused = session.attendance.get(member.id, Attendance()).excused
    if excused is None:
        return member.name
    word = agreed(EXCUSED, member.gender)
    said = _("{word}: {reason}").format(word=word, reason=excused) if excused else word
    return f"{member.name} ({said})"


def _grounds(session: Session, found: tuple[Finding, ...]) -> list[Paragraph]:
    """Quorum and presence rules on voting members that hold, each with its text."""
    outside = {m.id for m in session.members.values() if not votes(session, m)}
    rules = [
        f
        for f in found
        if f.layer == "presence"
        and f.severity is Severity.FATAL
        and f.verdict is not Verdict.BREACHED
        and not (f.counted and set(f.counted) <= outside)
    ]
    quorum = [f for f in rules if f.clause.endswith("/quorum")]
    held = [f for f in rules if f.verdict is Verdict.SATISFIED and f not in quorum]
    grounds = [
        Paragraph(
            _("– {explanation} ({source})").format(
                explanation=f.explanation.rstrip("."), source=f.source
            )
        )
        for f in (*quorum, *held)
    ]
    if not quorum:
        grounds.insert(
            0, Paragraph(_("– no text adopted for this session sets a quorum;"))
        )
    return grounds


def attendance_sheet(session: Session) -> Page:
    """Annex 1: one row and one signature box a member who was there."""
    rows = []
    for rank, member in enumerate(
        (m for m in in_order(session) if _on_sheet(session, m)), start=1
    ):
        attendance = session.attendance.get(member.id, Attendance())
        spells = attendance.spells
        first, last = (spells[0], spells[-1]) if spells else (None, None)
        cells: tuple[Cell, ...] = (
            rank,
            member.name,
            capacity(session, member),
            voice(session, member),
            first.arrived.time().replace(tzinfo=None) if first else "",
            last.departed.time().replace(tzinfo=None) if last and last.departed else "",
            presence_words(last) if last else _absence_word(session, member),
            _mark(session, member),
            "",
        )
        rows.append(Row(cells, Tone.PLAIN if spells else Tone.MUTED))
    table = Table(
        (
            Column(_("No."), 4, Kind.INTEGER),
            Column(_("Name"), 22),
            Column(_("Sitting as"), 20),
            Column(_("Voice"), 12),
            Column(_("Arrival"), 8, Kind.TIME),
            Column(_("Departure"), 8, Kind.TIME),
            Column(_("Attendance"), 16),
            Column(_("Signed in"), 16),
            Column(_("Signature"), 30, Kind.BOX),
        ),
        tuple(rows),
    )
    day = session.opened_at.date() if session.opened_at else session.date
    note = _("Jury of {date}, {place}.").format(
        date=short_date(day) if day else "…", place=session.place
    )
    return Page(
        key="attendance",
        name=_("Attendance|sheet").partition("|")[0],
        title=_("Annex 1: attendance sheet"),
        sections=(Section("", (Paragraph(note, Style.NOTE), table)),),
        landscape=True,
    )


def _on_sheet(session: Session, member: Member) -> bool:
    formed = {m.id for m in session.formation}
    return member.id in formed or moments.ever_present(session, member.id)


def _absence_word(session: Session, member: Member) -> str:
    attendance = session.attendance.get(member.id, Attendance())
    if attendance.excused is not None:
        return agreed(EXCUSED, member.gender)
    return agreed(NOT_PRESENT, member.gender)


def _mark(session: Session, member: Member) -> str:
    attendance = session.attendance.get(member.id, Attendance())
    if attendance.signed_at is None:
        return ""
    time = clock(attendance.signed_at)
    means = attendance.signed_means
    return f"{time} ({means})" if means else time
