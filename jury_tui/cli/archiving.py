"""``archive``: the record itself in one file, for an archivist or a court."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from jury_tui.audit.archive import save_archive
from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.i18n import _


def run(arguments: Namespace) -> Exit:
    """Write the archive and print its path."""
    register = places.find(arguments)
    exports: Path = arguments.exports
    target: Path | None = arguments.output
    if target is None:
        target = exports / f"{register.parent.name}.zip"
    elif target.suffix.casefold() != ".zip":
        streams.talk(_("The name of the archive must end in .zip."))
        return Exit.USAGE
    save_archive(register, target, exports if exports.is_dir() else None)
    streams.data(str(target))
    return Exit.FINE
