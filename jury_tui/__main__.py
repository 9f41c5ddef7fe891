"""``python -m jury_tui``, and the program ``jury-tui``."""

import gc
import sys


def run() -> None:
    """Run the command line and end the process."""
    # Importing leaves next to nothing to collect: looking for it took a sixth of a
    # short command. It is on again once the command's own modules are there.
    gc.disable()
    _import_msgspec()
    from jury_tui.cli import main

    code = main()
    gc.freeze()  # the process ends: its memory goes at one stroke
    sys.exit(code)


def _import_msgspec() -> None:
    """Import msgspec as it imports itself where typing_extensions is missing.

    It takes from there only what this Python's own ``typing`` has too; importing it,
    and the ``inspect`` that it drags along, is a third of what msgspec costs.
    """
    name = "typing_extensions"
    if name in sys.modules:
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[name]


if __name__ == "__main__":
    run()
