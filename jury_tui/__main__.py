"""``python -m jury_tui``."""

import sys

from jury_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
