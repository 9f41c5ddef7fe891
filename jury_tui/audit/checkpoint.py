"""Checkpoints: what a folder of sessions held on a day, to compare with later.

A checkpoint is a file of canonical JSON: each register's size, date, digest, number
of acts and head, the root over all of them (RFC 6962), and the digest of the
checkpoint before it. Signed, it has a companion (``.p7s``) that openssl verifies:
whoever keeps both elsewhere can tell what was changed since, even by somebody who can
rewrite the whole folder.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jury_tui import canonical
from jury_tui.audit import merkle
from jury_tui.audit.audited import bytes_of
from jury_tui.audit.folder import FolderReport, audit_folder
from jury_tui.errors import JuryError, RegisterError
from jury_tui.i18n import N_, _
from jury_tui.register import chain
from jury_tui.register.catalogue import registers
from jury_tui.register.disk import DISK, explained, write_whole
from jury_tui.register.parallel import Progress, spread
from jury_tui.register.records import FILE

if TYPE_CHECKING:  # certificates are only looked at where something is signed
    from cryptography import x509

    from jury_tui.signing.companion import CompanionReport
    from jury_tui.signing.signer import Signer

FORMAT = "jury-tui-checkpoint/1"
SUFFIX = ".p7s"
_MOST_BYTES = 256 * 1024 * 1024


class Level(IntEnum):
    """How closely one looks."""

    DATES = 0  # sizes and dates: accidents, not somebody who sets dates back
    BYTES = 1  # every byte hashed again
    DERIVED = 2  # every byte hashed, and every session audited again


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One register as it was.

    Attributes:
        session: Its folder's name.
        size: In bytes.
        changed: Date of the last change, in microseconds since 1970.
        sha256: Of its bytes.
        count: How many acts.
        head: The last hash, where the register was sound; else empty.
    """

    session: str
    size: int
    changed: int
    sha256: str
    count: int
    head: str


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder held.

    Attributes:
        made: When.
        root: RFC 6962 root over the canonical JSON of each of ``held``.
        previous: SHA-256 of the checkpoint before; empty for the first.
    """

    made: str
    root: str
    held: tuple[Held, ...]
    previous: str = ""
    format: str = FORMAT

    def to_bytes(self) -> bytes:
        """Its canonical bytes: what is signed."""
        return canonical.encode(msgspec.json.decode(msgspec.json.encode(self))) + b"\n"

    @property
    def time(self) -> dt.datetime:
        """When it was made."""
        return dt.datetime.fromisoformat(self.made)


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What is no more as it was at a checkpoint.

    Attributes:
        level: How closely one looked.
        checked: Sessions of the checkpoint that were looked at.
        same: Those that are as they were.
        grown: More acts after the very bytes that were there.
        altered: The bytes that were there are not there any more.
        moved: Size or date differ (level 0: nobody looked inside).
        missing, added: Sessions gone, and new ones.
        report: At level 2, the audit of all there is.
        signature: What was found out about who vouches for the checkpoint.
        stopped: Whether it was stopped before the end.
    """

    level: int
    checked: int = 0
    same: int = 0
    grown: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    report: FolderReport | None = None
    stopped: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether every session of the checkpoint is as it was."""
        return not (self.grown or self.altered or self.moved or self.missing)

    @property
    def sound(self) -> bool:
        """Whether nothing was lost or altered: sessions may have been added to."""
        return not (self.altered or self.missing or self.stopped)

    def to_json(self) -> bytes:
        """As indented JSON."""
        whole = {
            "unchanged": self.unchanged,
            "sound": self.sound,
            **{n: getattr(self, n) for n in self.__struct_fields__ if n != "report"},
        }
        return msgspec.json.format(msgspec.json.encode(whole), indent=2)


def root_of(held: tuple[Held, ...]) -> str:
    """The root over registers, in hexadecimal."""
    return merkle.root(
        [canonical.encode(msgspec.to_builtins(one)) for one in held]
    ).hex()


def make_checkpoint(
    folder: Path,
    *,
    now: dt.datetime,
    previous: bytes = b"",
    jobs: int = 1,
    progress: Progress | None = None,
) -> Checkpoint:
    """Take down what a folder of sessions holds.

    Args:
        folder: The folder of all sessions.
        now: The time.
        previous: The bytes of the checkpoint before, to chain to.
        jobs: How many processes.
        progress: Told how many sessions are done, of how many.

    Raises:
        RegisterError: the folder cannot be listed.
    """
    there = registers(folder)
    paths = [str(folder / name / FILE) for name in there]
    held: list[Held] = []
    for (name, (_size, changed)), found in zip(
        there.items(), spread(_hold, paths, jobs=jobs), strict=True
    ):
        held.append(
            msgspec.structs.replace(found, session=name, changed=changed // 1000)
        )
        if progress is not None:
            progress(len(held), len(paths))
    return Checkpoint(
        made=now.replace(microsecond=0).isoformat(),
        root=root_of(tuple(held)),
        held=tuple(held),
        previous=hashlib.sha256(previous).hexdigest() if previous else "",
    )


def _hold(path: str) -> Held:
    """One register's digest, and how far it goes, if it is sound."""
    place = Path(path)
    try:
        data = bytes_of(place)
        scan = chain.scan(data)
    except JuryError:
        return Held(session="", size=-1, changed=0, sha256="", count=0, head="")
    sound = scan.fault is None and scan.torn is None
    return Held(
        session="",
        size=len(data),
        changed=0,
        sha256=hashlib.sha256(data).hexdigest(),
        count=len(scan.bodies),
        head=scan.head if sound else "",
    )


def save(checkpoint: Checkpoint, path: Path, *, signer: Signer | None = None) -> None:
    """Write a checkpoint, and its companion if somebody signs it.

    Args:
        checkpoint: What was taken down.
        path: The file; the companion is called the same with ``.p7s``.
        signer: Who vouches for it.

    Raises:
        SignatureError: a key that cannot be used.
        RegisterError: the disk refused.
    """
    data = checkpoint.to_bytes()
    companion = b""
    if signer is not None:
        from jury_tui.signing.companion import sign_companion

        companion = sign_companion(data, signer, time=checkpoint.time)
    try:
        write_whole(path, data)
        if companion:
            write_whole(path.with_name(path.name + SUFFIX), companion)
    except OSError as error:
        raise explained(error, path) from error


def load(path: Path) -> Checkpoint:
    """Read a checkpoint; its root is computed again.

    Raises:
        RegisterError: no such file, or it is no checkpoint, or it was altered.
    """
    data = _bytes(path)
    try:
        checkpoint = msgspec.json.decode(data, type=Checkpoint)
        known = checkpoint.format == FORMAT and checkpoint.time.tzinfo is not None
        whole = known and checkpoint.to_bytes() == data
    except (msgspec.MsgspecError, ValueError, RecursionError, RegisterError) as error:
        raise RegisterError(
            N_("{path} is not a checkpoint, or it was altered."), path=path
        ) from error
    if not whole or root_of(checkpoint.held) != checkpoint.root:
        raise RegisterError(
            N_("{path} is not a checkpoint, or it was altered."), path=path
        )
    return checkpoint


def signature(
    path: Path, *, roots: tuple[x509.Certificate, ...] = ()
) -> CompanionReport | None:
    """Who vouches for a checkpoint; None when nobody signed it.

    Raises:
        RegisterError: it cannot be read.
    """
    beside = path.with_name(path.name + SUFFIX)
    if not beside.exists():
        return None
    from jury_tui.signing.companion import verify_companion

    return verify_companion(_bytes(path), _bytes(beside), roots=roots)


def _bytes(path: Path) -> bytes:
    try:
        file = DISK.open(path, "read")
        try:
            data = file.read(0, _MOST_BYTES + 1)
        finally:
            file.close()
    except OSError as error:
        raise explained(error, path) from error
    if len(data) > _MOST_BYTES:
        raise RegisterError(
            N_("{path} is not a checkpoint, or it was altered."), path=path
        )
    return data


class _Look(msgspec.Struct, frozen=True):
    """One register to hash again."""

    path: str
    size: int
    sha256: str


def since(
    checkpoint: Checkpoint,
    folder: Path,
    level: Level = Level.BYTES,
    *,
    now: dt.datetime,
    exports: Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Changes:
    """What changed since a checkpoint.

    Args:
        checkpoint: What was held.
        folder: The folder of all sessions.
        level: How closely to look.
        now: The moment, for the audit of level 2.
        exports: The folder of exported workbooks, for level 2.
        jobs: How many processes.
        progress: Told how many sessions are done, of how many.
        stopped: Asked between sessions.

    Raises:
        RegisterError: the folder cannot be listed.
    """
    there = registers(folder)
    held = {one.session: one for one in checkpoint.held}
    common = [one for name, one in held.items() if name in there]
    missing = tuple(sorted(set(held) - set(there)))
    added = tuple(sorted(set(there) - set(held)))
    if level is Level.DATES:
        moved = tuple(
            one.session
            for one in common
            if (one.size, one.changed)
            != (there[one.session][0], there[one.session][1] // 1000)
        )
        return Changes(
            level=level,
            checked=len(common),
            same=len(common) - len(moved),
            moved=moved,
            missing=missing,
            added=added,
        )
    looks = [
        _Look(str(folder / one.session / FILE), one.size, one.sha256) for one in common
    ]
    answers: list[str] = []
    for answer in spread(_look, looks, jobs=jobs):
        answers.append(answer)
        if progress is not None:
            progress(len(answers), len(looks))
        if stopped is not None and stopped():
            break
    by = {
        wanted: tuple(
            one.session
            for one, answer in zip(common, answers, strict=False)
            if answer == wanted
        )
        for wanted in ("same", "grown", "altered")
    }
    report = None
    if level is Level.DERIVED and len(answers) == len(looks):
        report = audit_folder(
            folder,
            now=now,
            exports=exports,
            jobs=jobs,
            progress=progress,
            stopped=stopped,
        )
    return Changes(
        level=level,
        checked=len(answers),
        same=len(by["same"]),
        grown=by["grown"],
        altered=by["altered"],
        missing=missing,
        added=added,
        report=report,
        stopped=len(answers) < len(looks) or bool(report and report.stopped),
    )


def _look(look: _Look) -> str:
    """``same``, ``grown`` after the very same bytes, or ``altered``."""
    try:
        data = bytes_of(Path(look.path))
    except RegisterError:
        return "altered" if look.size >= 0 else "same"
    digest = hashlib.sha256(data[: max(0, look.size)]).hexdigest()
    if digest != look.sha256:
        return "altered"
    return "same" if len(data) == look.size else "grown"


def words(changes: Changes) -> str:
    """What changed, in a sentence."""
    if changes.unchanged and not changes.stopped:
        return _(
            "Nothing changed since the checkpoint: {same} sessions are as they were, "
            "{added} are new."
        ).format(same=changes.same, added=len(changes.added))
    return _(
        "Since the checkpoint: {same} sessions as they were, {grown} added to, "
        "{moved} of another size or date, {altered} altered, {missing} missing, "
        "{added} new."
    ).format(
        same=changes.same,
        grown=len(changes.grown),
        moved=len(changes.moved),
        altered=len(changes.altered),
        missing=len(changes.missing),
        added=len(changes.added),
    )
