"""Exit codes: a contract with scripts."""

from __future__ import annotations

from enum import IntEnum

from jury_tui.errors import JuryError


class InputError(JuryError):
    """A file given on the command line that cannot be read."""


class Exit(IntEnum):
    """What a command ends with."""

    FINE = 0  # nothing wrong
    REFUSED = 1  # a breach, or a refusal
    USAGE = 2  # wrong usage
    UNREADABLE = 3  # the input cannot be read
    INTERRUPTED = 130  # Ctrl+C, as shells say it
