"""How much a test does: a handful each time, all of it in the long way.

``JURY_TUI_LONG=1`` is the long way, for a night; what lasts has a variable of its own
as well (``JURY_TUI_KILLS``, ``JURY_TUI_CUTS``, ``JURY_TUI_FUZZ_SECONDS``).
"""

from __future__ import annotations

import os

LONG = os.environ.get("JURY_TUI_LONG", "") not in ("", "0")


def count(variable: str, short: int, long: int) -> int:
    """How many, by the variable of that name if it is set."""
    return int(os.environ.get(variable) or (long if LONG else short))
