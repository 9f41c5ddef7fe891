"""``audit --checkpoint`` and ``--since``: what a folder held on a day, and now."""

from __future__ import annotations

import contextlib
from argparse import Namespace
from pathlib import Path

import msgspec

from jury_tui.audit import checkpoint
from jury_tui.audit.checkpoint import Checkpoint, Level
from jury_tui.cli import auditing, places, streams
from jury_tui.cli.exits import Exit
from jury_tui.errors import RegisterError
from jury_tui.i18n import N_, _


def run(arguments: Namespace) -> Exit:
    """Compare with a checkpoint, or take one down."""
    if len(arguments.paths) > 1:
        streams.talk(_("A checkpoint is that of one folder of sessions: give one."))
        return Exit.USAGE
    folder = Path(arguments.paths[0]) if arguments.paths else arguments.sessions
    if arguments.since is not None:
        return _since(arguments, folder)
    return _taken(arguments, folder)


def _taken(arguments: Namespace, folder: Path) -> Exit:
    target: Path = arguments.checkpoint
    previous = b""
    if target.exists():
        _loaded(target)
        previous = places.content(target, 256 << 20)
    with contextlib.ExitStack() as stack:
        signer = None
        if arguments.key is not None or arguments.token is not None:
            from jury_tui.cli.signing import signer_of

            signer = signer_of(arguments, stack)
        made = checkpoint.make_checkpoint(
            folder,
            now=places.now(),
            previous=previous,
            jobs=auditing.jobs(arguments),
            progress=auditing.progress,
        )
        checkpoint.save(made, target, signer=signer)
    streams.data(str(target))
    return Exit.FINE


def _since(arguments: Namespace, folder: Path) -> Exit:
    known = _loaded(arguments.since)
    vouched = checkpoint.signature(arguments.since)
    changes = checkpoint.since(
        known,
        folder,
        Level(arguments.level),
        now=places.now(),
        exports=auditing.exports(arguments),
        jobs=auditing.jobs(arguments),
        progress=auditing.progress,
    )
    if arguments.json:
        streams.json(msgspec.json.decode(changes.to_json()))
    else:
        streams.data(checkpoint.words(changes))
        for title, sessions in (
            (_("altered"), changes.altered),
            (_("missing"), changes.missing),
            (_("of another size or date"), changes.moved),
            (_("added to"), changes.grown),
        ):
            for session in sessions:
                streams.data(f"  {title} — {session}")
        if changes.report is not None:
            auditing.write(changes.report)
    if vouched is not None and not vouched.accepted:
        streams.talk(_("The checkpoint’s companion (.p7s) does not vouch for it."))
        return Exit.REFUSED
    if changes.report is not None and changes.sound:
        return auditing.exit_code([changes.report])
    return Exit.FINE if changes.sound else Exit.REFUSED


def _loaded(path: Path) -> Checkpoint:
    try:
        return checkpoint.load(path)
    except RegisterError as error:
        raise places.InputError(N_("{why}"), why=str(error)) from error
