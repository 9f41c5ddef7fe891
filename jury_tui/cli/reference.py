"""Every command of ``apply``, its fields and an example, from the commands."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from msgspec import inspect

from jury_tui.i18n import _
from jury_tui.rules.people import Acquired, Candidate, Member
from jury_tui.session.acts import Entry, Tally
from jury_tui.session.commands import COMMANDS

_CARDS = (Member, Candidate, Acquired, Entry, Tally)
_WIDTH = 78


def every_command() -> str:
    """What ``apply --help`` goes on with."""
    return "\n".join(_sections())


def _sections() -> Iterator[str]:
    yield _wrapped(
        _(
            "One JSON object a line. “do” names the command; “at” (a time with its "
            "offset) tells when it happened, and is now when left out. Members and "
            "candidates are meant by id, name or file number; a candidate left out is "
            "the one on the table. Fields in brackets may be left out."
        )
    )
    for name, command in COMMANDS.items():
        yield ""
        yield f"{name} — {_(command.summary)}"
        yield from _fields(command, skip=("at",))
        yield f"  {command.example}"
    for card in _CARDS:
        yield ""
        yield _("The fields of “{card}”:").format(card=card.__name__.lower())
        yield from _fields(card)


def _fields(kind: type, skip: tuple[str, ...] = ()) -> Iterator[str]:
    known = inspect.type_info(kind)
    assert isinstance(known, inspect.StructType)  # noqa: S101 - they all are
    for field in known.fields:
        if field.encode_name in skip:
            continue
        name = field.encode_name if field.required else f"[{field.encode_name}]"
        yield f"    {name}: {_words(field.type)}"


def _words(kind: inspect.Type) -> str:
    match kind:
        case inspect.StrType():
            return _("text")
        case inspect.BoolType():
            return _("true or false")
        case inspect.IntType():
            return _("whole number")
        case inspect.DateType():
            return _("date, like 2008-06-10")
        case inspect.DateTimeType():
            return _("time, like 2008-06-10T14:32:07+02:00")
        case inspect.EnumType(cls=cls):
            return " | ".join(str(choice.value) for choice in cls)
        case inspect.VarTupleType(item_type=item):
            return _("list of {item}").format(item=_words(item))
        case inspect.DictType(value_type=item):
            return _("object: name to {item}").format(item=_words(item))
        case inspect.StructType(cls=cls):
            return _("object: see “{card}”").format(card=cls.__name__.lower())
        case inspect.UnionType(types=types):
            kept = [t for t in types if not isinstance(t, inspect.NoneType)]
            return _(" or ").join(_words(t) for t in kept)
    return _("anything")


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH)
