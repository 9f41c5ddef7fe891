"""No command: the screens."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from jury_tui.cli import streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _

PREFERENCES = "jury-tui.json"
SWITCH_SECONDS = 0.0005
"""How long one thread keeps the interpreter while another one waits for it."""


def run(arguments: Namespace) -> Exit:
    """Open the screens on the folders given."""
    return show(arguments)


def show(arguments: Namespace, *, open_path: Path | None = None) -> Exit:
    """Open the screens, on a session if one is given."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        streams.talk(
            _("The screens need a terminal. Without one, use the commands: --help.")
        )
        return Exit.USAGE
    from jury_tui.ui import collecting

    collecting.hold()
    from jury_tui.ui.app import JuryApp

    app = JuryApp(
        arguments.sessions,
        arguments.exports,
        open_path=open_path,
        preferences=preferences(),
        painted=collecting.release,
    )
    # A thread that writes to the terminal, or one that reads registers: neither waits
    # for the other as long as Python would have it by default (5 ms).
    sys.setswitchinterval(SWITCH_SECONDS)
    app.run()
    return Exit(app.return_code or 0) if app.return_code in set(Exit) else Exit.REFUSED


def preferences() -> Path | None:
    """Where theme and last session are remembered, as each system has it."""
    for name, folder in (
        ("XDG_CONFIG_HOME", ""),
        ("APPDATA", ""),
        ("HOME", ".config"),
        ("USERPROFILE", ".config"),
    ):
        base = os.environ.get(name)
        if base:
            return Path(base) / folder / PREFERENCES
    return None
