"""What every command has, and the guards they share.

A command is what a secretary may do. It checks the session as it stands and answers
with the acts to write, or refuses with a sentence. It writes nothing itself and
reads no clock.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sized
from typing import ClassVar, TypeVar

import msgspec

from jury_tui import canonical
from jury_tui.errors import RefusedError, RegisterError
from jury_tui.i18n import N_, _, folded, listed
from jury_tui.session import judgement
from jury_tui.session.acts import JURY, AnyAct
from jury_tui.session.session import File, Phase, Session

LONGEST_TEXT = 4000
LONGEST_FIELD = 300
LONGEST_LIST = 50
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", re.ASCII)
T = TypeVar("T")
Card = TypeVar("Card", bound=msgspec.Struct)


class Command(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
):
    """The base of all commands.

    Attributes:
        at: When it happened; now, when left out. A script that takes down a past
            session gives it; it may not lie before the last act.
    """

    summary: ClassVar[str] = ""
    example: ClassVar[str] = ""

    at: dt.datetime | None = None

    def acts(self, session: Session, now: dt.datetime) -> tuple[AnyAct, ...]:
        """The acts this command writes.

        Raises:
            RefusedError: the session or its rules forbid it.
        """
        raise NotImplementedError


def moment(command: Command, session: Session, now: dt.datetime) -> dt.datetime:
    """When a command happens: to the second, never before the last act.

    A machine's clock that was set back does not stop the jury: the last act's time
    is used until the clock has caught up.

    Raises:
        RefusedError: a time given by hand lies before the last act, in the future,
            or has no offset.
    """
    if command.at is None:
        at = now.replace(microsecond=0)
        return at if session.at is None or at > session.at else session.at
    at = command.at
    if at.tzinfo is None:
        raise RefusedError(
            N_(
                "The time {time} has no offset: "
                "write it like 2026-11-23T14:32:07+01:00."
            ),
            time=at.isoformat(),
        )
    at = at.replace(microsecond=0)
    if session.at is not None and at < session.at:
        raise RefusedError(
            N_(
                "The time {time} lies before the last act, {last}: "
                "acts are written in the order in which they happen."
            ),
            time=at.isoformat(),
            last=session.at.isoformat(),
        )
    if at > now + dt.timedelta(minutes=1):
        raise RefusedError(
            N_("The time {time} lies in the future: give the time it happened."),
            time=at.isoformat(),
        )
    return at


def _kept(char: str) -> str:
    """A character as a text holds it; nothing for one that drives something."""
    if char in "\n\t\u00a0\u202f" or char.isprintable():
        return char
    return " " if unicodedata.category(char) == "Zs" else ""


def plain(value: str) -> str:
    """A text in Unicode's form NFC, trimmed, without control characters.

    A space is a space, however wide; those of French before “:” do not break.
    """
    if not value.isprintable():
        value = "".join(map(_kept, value))
    return unicodedata.normalize("NFC", value).strip()


def is_id(ref: str) -> bool:
    """Whether a register can hold this id as a key, and nothing else is called so."""
    return _ID.fullmatch(ref) is not None and ref != JURY


def checked_id(ref: str) -> str:
    """An id that a register can hold as a key, and that nothing else is called.

    Raises:
        RefusedError: any other.
    """
    if not is_id(ref):
        raise RefusedError(
            N_(
                "“{ref}” cannot be an id: use letters without accents, digits, "
                "hyphens, full stops and underscores (40 at most), or leave it out."
            ),
            ref=ref[:60],
        )
    return ref


def cleaned(card: Card) -> Card:
    """A member's or candidate's card with all its texts plain and bounded.

    Raises:
        RefusedError: a text or a list is too long for a card, or a register cannot
            hold an attribute.
    """
    changes: dict[str, object] = {}
    for field in card.__struct_fields__:
        value = getattr(card, field)
        if isinstance(value, str):
            changes[field] = _short(value)
        elif isinstance(value, tuple):
            _few(value)
            changes[field] = tuple(
                _short(v) if isinstance(v, str) else cleaned(v) for v in value
            )
        elif isinstance(value, dict):
            changes[field] = _attributes(value)
    return msgspec.structs.replace(card, **changes)


def _few(entries: Sized) -> None:
    if len(entries) > LONGEST_LIST:
        raise RefusedError(
            N_("{number} entries are too many for a card: {limit} at most."),
            number=len(entries),
            limit=LONGEST_LIST,
        )


def _attributes(
    given: dict[str, str | int | bool],
) -> dict[str, str | int | bool]:
    """Facts that clauses ask for: by keys and in values that a register can hold."""
    _few(given)
    kept = {k: _short(v) if isinstance(v, str) else v for k, v in given.items()}
    try:
        canonical.encode({**kept})
    except RegisterError as error:
        raise RefusedError("{why}", why=str(error)) from error
    return kept


def _short(value: str) -> str:
    kept = plain(value)
    if len(kept) > LONGEST_FIELD:
        raise RefusedError(
            N_("“{text}…” is too long for a card: {limit} characters at most."),
            text=kept[:40],
            limit=LONGEST_FIELD,
        )
    return kept


def text(value: str, what: str, *, required: bool = False) -> str:
    """A text typed by a person: trimmed, bounded, without control characters.

    Args:
        value: What was typed.
        what: What it is, in the language in force, for the refusal.
        required: Whether it may not be empty.

    Raises:
        RefusedError: empty though required, or too long.
    """
    kept = plain(value) if value else ""
    if required and not kept:
        raise RefusedError(N_("{what} is missing: fill it in."), what=what)
    if len(kept) > LONGEST_TEXT:
        raise RefusedError(
            N_("{what} is too long: {size} characters, {limit} at most."),
            what=what,
            size=len(kept),
            limit=LONGEST_TEXT,
        )
    return kept


def require_phase(session: Session, *phases: Phase) -> None:
    """Refuse unless the session is in one of these phases."""
    if session.phase not in phases:
        raise RefusedError(
            N_("This cannot be done now: the session is {phase}."),
            phase=phase_word(session.phase),
        )


def phase_word(phase: Phase) -> str:
    """A phase as said of a session (``ouverte``)."""
    return {
        Phase.DRAFTED: _("in preparation"),
        Phase.CONVENED: _("convened, not open yet"),
        Phase.OPEN: _("open"),
        Phase.SUSPENDED: _("suspended"),
        Phase.CLOSED: _("closed"),
        Phase.SEALED: _("sealed"),
    }[phase]


def member_id(session: Session, ref: str) -> str:
    """The member meant by an id or a name (accents and case ignored).

    Raises:
        RefusedError: nobody, or several people, answer to it.
    """
    if ref in session.members:
        return ref
    wanted = folded(ref)
    found = [
        m
        for m in session.members.values()
        if wanted
        and wanted
        in (
            folded(m.name),
            folded(m.family_name),
            folded(f"{m.given_names} {m.family_name}"),
        )
    ]
    return _only(found, ref, [m.name for m in session.members.values()]).id


def file_of(session: Session, ref: str) -> File:
    """The candidate meant by an id, a file number or a name; empty: on the table.

    Raises:
        RefusedError: nobody, or several people, answer to it.
    """
    ref = ref or session.table
    if not ref:
        raise RefusedError(
            N_("No candidate is on the table: call one, or say which one is meant.")
        )
    if ref in session.files:
        return session.files[ref]
    wanted = folded(ref)
    found = [
        f
        for f in session.files.values()
        if wanted
        and wanted
        in (
            folded(f.candidate.name),
            folded(f.candidate.use_name),
            folded(f.candidate.birth_name),
            folded(f.candidate.file_number),
            folded(f"{f.candidate.given_names} {f.candidate.birth_name}"),
        )
    ]
    return _only(found, ref, [f.candidate.name for f in session.files.values()])


def _only(found: list[T], ref: str, names: list[str]) -> T:
    if len(found) == 1:
        return found[0]
    if found:
        raise RefusedError(
            N_("Several people are called “{ref}”: give the full name or the id."),
            ref=ref,
        )
    raise RefusedError(
        N_("Nobody here is called “{ref}”. There are: {names}."),
        ref=ref,
        names=listed(names) or _("nobody yet"),
    )


def refuse_blocked(session: Session, file: File | None, template: str) -> None:
    """Refuse when a finding is fatal, saying which, and who is not there.

    Args:
        session: The session.
        file: The candidate for whom the jury sits; None: the jury as a whole.
        template: A msgid with ``{why}``.
    """
    fatal = judgement.blocking(session, "" if file is None else file.candidate.id)
    if not fatal:
        return
    away = judgement.away(session, file)
    told = list(dict.fromkeys(f.explanation.rstrip(". ") for f in fatal))
    why = " ; ".join(told) + "."
    if away:
        why = f"{why} {_('Not sitting: {names}.').format(names=listed(away))}"
    raise RefusedError(template, findings=fatal, why=why)
