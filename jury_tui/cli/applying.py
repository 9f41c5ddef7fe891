"""``apply``: commands in JSON, one a line, through the same guards as the screens."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import msgspec

from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit, InputError
from jury_tui.errors import ExportError, JuryError, RefusedError
from jury_tui.i18n import N_, _, listed, ngettext
from jury_tui.register.record import Record
from jury_tui.session.acts import AnyAct, to_record
from jury_tui.session.commands import parse, perform
from jury_tui.session.commands.base import Command
from jury_tui.session.commands.publishing import NumberMinutes, Rectify
from jury_tui.session.session import Session

MAX_BYTES = 32 << 20

Numbered = tuple[int, Command]


def run(arguments: Namespace) -> Exit:
    """Carry the lines out, and print the acts that were recorded."""
    now = places.now()
    lines = list(_lines(arguments.file))
    with places.write(arguments) as record:
        for notice in record.notices:
            streams.talk(notice)
        before = record.session.sealed_at
        if arguments.keep_going:
            refused = _each(record, lines, now)
        else:
            refused = 0
            _all(record, lines, now)
        if before is None and record.session.sealed_at is not None:
            _warn_unsigned(record.session)
    return Exit.REFUSED if refused else Exit.FINE


def _all(record: Record, lines: list[tuple[int, bytes]], now: dt.datetime) -> None:
    """All or nothing: the first refusal names its line, and nothing was written."""
    commands = [(number, _parsed(number, line)) for number, line in lines]
    _try(record, commands, now)
    before = len(record.acts)
    if commands:
        with _giving(record, [command for _number, command in commands]):
            record.do(*(command for _number, command in commands), now=now)
    _tell(record.acts[before:], before)


def _giving(
    record: Record, commands: list[Command]
) -> contextlib.AbstractContextManager[None]:
    """Minutes numbers that these lines give are looked up in the folder's series."""
    numbers = [c.number for c in commands if isinstance(c, NumberMinutes | Rectify)]
    if not numbers:
        return contextlib.nullcontext()
    from jury_tui.minutes.publishing import giving

    return giving(record, numbers)


def _try(record: Record, commands: list[Numbered], now: dt.datetime) -> None:
    session = record.session
    for number, command in commands:
        try:
            session, _acts = perform(session, [command], now)
        except RefusedError as error:
            raise _at(number, error) from error


def _each(record: Record, lines: list[tuple[int, bytes]], now: dt.datetime) -> int:
    """Each line by itself; says every refusal and counts them."""
    refused = 0
    start = len(record.acts)
    for number, line in lines:
        try:
            command = _parsed(number, line)
        except (RefusedError, InputError) as error:
            streams.talk(error)
            refused += 1
            continue
        try:
            with _giving(record, [command]):
                record.do(command, now=now)
        except (RefusedError, ExportError) as error:
            streams.talk(_at(number, error))
            refused += 1
    _tell(record.acts[start:], start)
    if refused:
        streams.talk(
            ngettext(
                "{number} line was refused.", "{number} lines were refused.", refused
            ).format(number=refused)
        )
    return refused


def _warn_unsigned(session: Session) -> None:
    """Sealing asks nobody's leave, but not without a word on who has not signed."""
    from jury_tui.cli.signatories import unsigned

    missing = unsigned(session)
    if missing:
        streams.talk(
            _("Sealed without the signature of: {names}.").format(names=listed(missing))
        )


def _parsed(number: int, line: bytes) -> Command:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InputError(
            N_("Line {number} cannot be read: it is not JSON. Mend it and try again."),
            number=number,
        ) from error
    try:
        return parse(line)
    except RefusedError as error:
        raise _at(number, error) from error


def _at(number: int, error: JuryError) -> RefusedError:
    return RefusedError(
        N_("Line {number}: {problem}"), number=number, problem=str(error)
    )


def _tell(acts: list[AnyAct], before: int) -> None:
    for number, act in enumerate(acts, before + 1):
        line = msgspec.json.encode({"number": number, **to_record(act)})
        streams.data(line.decode())
    streams.talk(
        ngettext("{number} act recorded.", "{number} acts recorded.", len(acts)).format(
            number=len(acts)
        )
        if acts
        else _("Nothing to record.")
    )


def _lines(name: str) -> Iterator[tuple[int, bytes]]:
    """The lines that say something, with their numbers."""
    for number, line in enumerate(_content(name).split(b"\n"), 1):
        if line.strip(b"\xef\xbb\xbf \t\r"):
            yield number, line.strip(b"\xef\xbb\xbf \t\r")


def _content(name: str) -> bytes:
    if name != "-":
        return places.content(Path(name), MAX_BYTES)
    content = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise places.InputError(
            N_("{file} is too large ({limit} MB at most)."),
            file=_("standard input"),
            limit=MAX_BYTES >> 20,
        )
    return content
