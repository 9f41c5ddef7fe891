"""Blank lists, to be filled in by a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from jury_tui.i18n import language
from jury_tui.rosters.columns import CANDIDATES, MEMBERS
from jury_tui.rules.labels import Label

KINDS = {"members": MEMBERS, "candidates": CANDIDATES}
"""The lists there are."""


def template(kind: str, attributes: Mapping[str, Label] | None = None) -> str:
    """A blank list: one line of headers, in the language in force.

    Semicolons, as French spreadsheet programs expect; write it with a byte order
    mark (``utf-8-sig``) so that they read its accents.

    Args:
        kind: ``members`` or ``candidates``.
        attributes: What the rulebook's clauses ask of members: a column each.
    """
    headers = [column.header for column in KINDS[kind] if column.field != "id"]
    headers += [str(label) for label in (attributes or {}).values()]
    written = io.StringIO(newline="")
    csv.writer(
        written, delimiter=";" if language() == "fr" else ",", lineterminator="\r\n"
    ).writerow(headers)
    return written.getvalue()
