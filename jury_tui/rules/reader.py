"""Read a rulebook: TOML to typed data, or an error that names the key.

Every byte was written by somebody else: sizes and depth are bounded, and any
fault comes out as a :class:`RulebookError` with the file, the key and what was
expected there.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import lru_cache
from typing import Any

import msgspec
from msgspec import inspect

from jury_tui.errors import RulebookError
from jury_tui.i18n import N_, _
from jury_tui.rules.model import MAX_BYTES, Rulebook
from jury_tui.rules.references import Fault, near, verify

MAX_ITEMS = 500
MAX_TEXT = 20_000
MAX_NUMBER = 1_000_000
MAX_DEPTH = 24


def read(text: str, name: str) -> Rulebook:
    """Read one rulebook.

    Args:
        text: The TOML.
        name: The file's name, for messages.

    Raises:
        RulebookError: says the file, the key, what was expected.
    """
    if len(text) > MAX_BYTES:
        raise RulebookError(
            N_("{file} is too large for a rulebook (over {limit} kB)."),
            file=name,
            limit=MAX_BYTES >> 10,
        )
    try:
        data = typeset(tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        raise RulebookError(
            N_("{file} is not TOML: {problem}. Check the line it names."),
            file=name,
            problem=str(error)[:200],
        ) from error
    try:
        book = _typed(data)
        verify(book)
    except Fault as fault:
        raise fault.located(name) from None
    except msgspec.ValidationError as error:  # what _check let through, if anything
        raise RulebookError(
            N_("{file}: {problem}"), file=name, problem=str(error)[:200]
        ) from error
    return book


def _typed(data: dict[str, object]) -> Rulebook:
    """A rulebook of what TOML gave; a fault is looked for only where there is one."""
    if _modest(data, 0):
        try:
            return msgspec.convert(data, Rulebook, builtin_types=(dt.date,))
        except msgspec.ValidationError:
            pass  # said below, by the file's own keys
    _check(data, _root(), "", 0)
    return msgspec.convert(data, Rulebook)


def _modest(value: object, depth: int) -> bool:
    """Whether nothing is too large for any key, nor of a kind that no key takes."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, str):
        return len(value) <= MAX_TEXT
    if isinstance(value, int):
        return abs(value) <= MAX_NUMBER
    if isinstance(value, dict | list):
        items = value.values() if isinstance(value, dict) else value
        return len(value) <= MAX_ITEMS and all(_modest(v, depth + 1) for v in items)
    return type(value) is dt.date


def typeset(value: Any) -> Any:
    """What a file holds, with the apostrophe of print, as all our sentences have it.

    Only once it is read: registers keep the file itself, to the letter.
    """
    match value:
        case str():
            return value.replace("'", "’")
        case list():
            return [typeset(each) for each in value]
        case dict():
            return {key: typeset(each) for key, each in value.items()}
    return value


@lru_cache(maxsize=1)
def _root() -> inspect.Type:
    return inspect.type_info(Rulebook)


def _expected(kind: inspect.Type) -> str:
    """What a value should be, in words."""
    match kind:
        case inspect.StrType():
            return _("a text between quotes")
        case inspect.BoolType():
            return _("true or false")
        case inspect.IntType():
            return _("a whole number")
        case inspect.DateType():
            return _("a date such as 2024-04-13, without quotes")
        case inspect.VarTupleType(item_type=item):
            return _("a list of {item}").format(item=_expected(item))
        case inspect.DictType():
            return _("a table")
        case inspect.StructType(cls=cls, fields=fields):
            if cls.__name__ == "Bilingual":
                return _("a text, or a table {{fr = …, en = …}}").format()
            return _("a table with the keys {keys}").format(
                keys=", ".join(field.encode_name for field in fields)
            )
        case inspect.EnumType(cls=cls):
            return _("one of {words}").format(words=", ".join(e.value for e in cls))
        case inspect.LiteralType(values=values):
            words = ", ".join(str(value) for value in values if value)
            return _("one of {words}").format(words=words)
        case inspect.UnionType(types=types):
            named = [t for t in types if not isinstance(t, inspect.NoneType)]
            if len(named) == 2 and isinstance(named[-1], inspect.StructType):
                return _expected(named[-1])
            return _(" or ").join(_expected(t) for t in named)
    return _("something else")


def _wrong(path: str, kind: inspect.Type, value: object) -> Fault:
    shown = str(value)
    return Fault(
        N_("{file}: {key} should be {expected}, not {value}."),
        key=path or _("the file"),
        expected=_expected(kind),
        value=f"“{shown[:60]}{'…' if len(shown) > 60 else ''}”",
    )


def _check(value: object, kind: inspect.Type, path: str, depth: int) -> None:
    """Check a value against its type; raises the first fault, in the file's order."""
    if depth > MAX_DEPTH:
        raise Fault(N_("{file}: {key} is nested too deeply."), key=path)
    match kind:
        case inspect.StructType():
            _check_table(value, kind, path, depth)
        case inspect.VarTupleType(item_type=item):
            if not isinstance(value, list):
                raise _wrong(path, kind, value)
            _check_length(value, MAX_ITEMS, path)
            for number, each in enumerate(value, 1):
                _check(each, item, _item_path(path, number, each), depth + 1)
        case inspect.DictType(value_type=item):
            if not isinstance(value, dict):
                raise _wrong(path, kind, value)
            _check_length(value, MAX_ITEMS, path)
            for key, each in value.items():
                _check(each, item, f"{path}.{key}", depth + 1)
        case inspect.UnionType(types=types):
            _check(value, _chosen(value, types, path, kind), path, depth)
        case inspect.EnumType(cls=cls):
            _check_word(value, [e.value for e in cls], path, kind)
        case inspect.LiteralType(values=values):
            _check_word(value, [str(word) for word in values], path, kind)
        case inspect.StrType():
            if not isinstance(value, str):
                raise _wrong(path, kind, value)
            _check_length(value, MAX_TEXT, path)
        case _:
            if not _is(value, kind):
                raise _wrong(path, kind, value)
            if isinstance(value, int) and abs(value) > MAX_NUMBER:
                raise Fault(N_("{file}: {key} is too large a number."), key=path)


def _check_length(
    value: str | list[object] | dict[str, object], most: int, path: str
) -> None:
    if len(value) > most:
        raise Fault(
            N_("{file}: {key} is too long (over {limit})."), key=path, limit=most
        )


def _check_word(value: object, words: list[str], path: str, kind: inspect.Type) -> None:
    if isinstance(value, str) and value in words:
        return
    fault = _wrong(path, kind, value)
    if isinstance(value, str):
        fault.values["value"] = f"{fault.values['value']}{near(value, words)}"
    raise fault


def _check_table(
    value: object, kind: inspect.StructType, path: str, depth: int
) -> None:
    if not isinstance(value, dict):
        raise _wrong(path, kind, value)
    fields = {field.encode_name: field for field in kind.fields}
    for key in value:
        if key not in fields:
            raise Fault(
                N_("{file}: {key} is not a key{hint}. Known keys: {keys}."),
                key=f"{path}.{key}".strip(".")[:200],
                hint=near(key, fields),
                keys=", ".join(fields),
            )
    for key, field in fields.items():
        if key in value:
            _check(value[key], field.type, f"{path}.{key}".strip("."), depth + 1)
        elif field.required:
            raise Fault(
                N_("{file}: {key} is missing; expected {expected}."),
                key=f"{path}.{key}".strip("."),
                expected=_expected(field.type),
            )


def _is(value: object, kind: inspect.Type) -> bool:
    match kind:
        case inspect.BoolType():
            return isinstance(value, bool)
        case inspect.IntType():
            return isinstance(value, int) and not isinstance(value, bool)
        case inspect.DateType():
            return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
        case inspect.StrType() | inspect.EnumType() | inspect.LiteralType():
            return isinstance(value, str)
        case inspect.VarTupleType():
            return isinstance(value, list)
        case inspect.StructType() | inspect.DictType():
            return isinstance(value, dict)
    return False


def _chosen(
    value: object, types: tuple[inspect.Type, ...], path: str, whole: inspect.Type
) -> inspect.Type:
    for kind in types:
        if _is(value, kind):
            return kind
    raise _wrong(path, whole, value)


def _item_path(path: str, number: int, item: object) -> str:
    """``clauses[3] “quarter”``: by number and, when it has one, by its own name."""
    if isinstance(item, dict):
        for key in ("id", "topic", "who"):
            if isinstance(item.get(key), str):
                return f"{path}[{number}] “{item[key][:40]}”"
    return f"{path}[{number}]"
