"""Registers made by hand: sound chains that hold what nobody may have recorded."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from jury_tui import canonical
from jury_tui.audit.audited import Anchored
from jury_tui.audit.auditing import judge
from jury_tui.audit.report import Report
from jury_tui.register import chain
from jury_tui.register.chain import Anchor

Acts = list[dict[str, Any]]
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


def lines_of(acts: Iterable[Mapping[str, Any]]) -> list[bytes]:
    """The lines of a register that holds these acts, one a line."""
    head, lines = "", []
    for act in acts:
        head = head or chain.start(str(act.get("session", "s")))
        head, line = chain.line(head, [canonical.encode(act)])
        lines.append(line)
    return lines


def forged(acts: Iterable[Mapping[str, Any]]) -> bytes:
    """A register with a sound chain."""
    return b"".join(lines_of(acts))


def audited(
    data: bytes, *, session: str = "", anchors: Iterable[Anchor] = ()
) -> Report:
    """The audit of a register's bytes."""
    path = Path(session, "acts.jsonl") if session else Path("acts.jsonl")
    return judge(data, path, now=NOW, anchored=Anchored(anchors=tuple(anchors)))


def numbers(acts: Acts, kind: str, /, **fields: object) -> list[int]:
    """Numbers, from 1, of the acts of a kind with these fields."""
    return [
        n
        for n, act in enumerate(acts, 1)
        if act["type"] == kind and all(act.get(k) == v for k, v in fields.items())
    ]


def changed(
    acts: Acts, number: int, change: Callable[[dict[str, Any]], object]
) -> Acts:
    """These acts with one of them changed."""
    after = copy.deepcopy(acts)
    change(after[number - 1])
    return after
