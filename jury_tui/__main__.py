"""``python -m jury_tui``, and the program ``jury-tui``."""

import gc
import sys


def run() -> None:
    """Run the command line and end the process."""
    # Importing leaves next to nothing to collect: looking for it took a sixth of a
    # short command. It is on again once the command's own modules are there.
    gc.disable()
    from jury_tui.cli import main

    code = main()
    gc.freeze()  # the process ends: its memory goes at one stroke
    sys.exit(code)


if __name__ == "__main__":
    run()
