"""The screens with a clock that a test sets: ``SESSIONS EXPORTS CLOCK``.

``CLOCK`` is a file with a time in it. The program itself has no such thing: its clock
is the machine's.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from jury_tui.ui.app import JuryApp


def main() -> None:
    """Run the screens."""
    sessions, exports, clock = map(Path, sys.argv[1:4])

    def now() -> dt.datetime:
        return dt.datetime.fromisoformat(clock.read_text("ascii"))

    JuryApp(sessions, exports, clock=now).run()


if __name__ == "__main__":
    main()
