"""The archive of one session: everything in one zip, for an archivist or a court.

``register/acts.jsonl`` as it lies on the disk, what a power cut tore off it, the
exported workbooks with their companions, each rulebook that was adopted, the anchors,
and a page that says how to verify all that without this program. The same session
gives the same bytes: no date, no machine, no compressor stands in them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from jury_tui.audit import manual
from jury_tui.audit.audited import Anchored, bytes_of, register_path
from jury_tui.audit.auditing import anchored_in, judge, unreadable
from jury_tui.audit.exports import Exports, Found
from jury_tui.audit.report import Report
from jury_tui.errors import JuryError, RegisterError
from jury_tui.i18n import N_
from jury_tui.register import chain
from jury_tui.register.chain import Anchor
from jury_tui.register.disk import DISK, explained, write_whole
from jury_tui.register.reading import Reading, judged
from jury_tui.register.records import FILE
from jury_tui.signing import archive as zips

REGISTER = f"register/{FILE}"
ANCHORS = "anchors.json"
SUMS = "SHA256SUMS"
_RULEBOOKS, _MINUTES = "rulebooks/", "minutes/"
_MOST_BYTES = zips.MAX_FILE
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_-]+")


def make_archive(path: Path, exports: Path | None = None) -> bytes:
    """The archive of a session.

    Args:
        path: The session's folder, or its ``acts.jsonl``.
        exports: The folder of exported workbooks.

    Raises:
        RegisterError: the register cannot be read, or all is too large for one file.
    """
    path = register_path(path)
    data = bytes_of(path)
    reading = judged(path, chain.scan(data), data)
    files = {REGISTER: data}
    files |= _torn_ends(path)
    files |= _rulebooks(reading)
    if exports is not None:
        files |= _workbooks(reading, Exports(exports))
    anchors = anchored_in(path.parent.parent).of(path).anchors
    files[ANCHORS] = _anchors(reading.session_id, anchors)
    return packed(files, reading)


def save_archive(path: Path, target: Path, exports: Path | None = None) -> None:
    """Write the archive of a session, for its owner only.

    Raises:
        RegisterError: as ``make_archive``, or the disk refused.
    """
    data = make_archive(path, exports)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(target, data)
    except ValueError as error:  # a NUL in the name
        raise RegisterError(
            N_("No file can be called {file}."), file=repr(target.name)
        ) from error
    except OSError as error:
        raise explained(error, target) from error


def packed(files: dict[str, bytes], reading: Reading) -> bytes:
    """A zip of these files with the pages that explain them and their digests."""
    files = files | manual.pages(reading, sorted(files))
    sums = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n"
        for name, data in sorted(files.items())
    )
    files[SUMS] = sums.encode("ascii")
    if sum(map(len, files.values())) + 200 * len(files) > _MOST_BYTES:
        raise RegisterError(
            N_(
                "The archive would be larger than {limit} MB: copy the session’s "
                "folder and its workbooks instead."
            ),
            limit=_MOST_BYTES // 2**20,
        )
    return zips.write(zips.stored(name, data) for name, data in files.items())


def _torn_ends(path: Path) -> dict[str, bytes]:
    """What power cuts tore off, kept beside the register."""
    found: dict[str, bytes] = {}
    try:
        names = DISK.names(path.parent)
    except OSError:
        return found
    for name in names:
        if re.fullmatch(re.escape(FILE) + r"\.torn-[1-9][0-9]{0,5}", name, re.ASCII):
            found[f"register/{name}"] = bytes_of(path.with_name(name))
    return found


def _rulebooks(reading: Reading) -> dict[str, bytes]:
    """The texts the session is judged by, from the register itself."""
    found: dict[str, bytes] = {}
    for number, record in enumerate(reading.records, 1):
        if record.get("type") != "RulebookAdopted":
            if len(found) > 64 or record.get("type") not in (
                "SessionDrafted",
                "RegisterRecovered",
            ):
                break
            continue
        text, name = record.get("text"), record.get("name")
        if isinstance(text, str) and isinstance(name, str):
            found[f"{_RULEBOOKS}{number}-{_safe(name, '.toml')}"] = text.encode()
    return found


def _workbooks(reading: Reading, exports: Exports) -> dict[str, bytes]:
    """The workbooks the register tells of, in every state that is still there."""
    digests: dict[str, str] = {}
    name = ""
    for record in reading.records:
        kind = record.get("type")
        if kind == "MinutesExported":
            name = str(record.get("file", ""))
            digests[str(record.get("sha256", ""))] = name
        elif kind == "MinutesSigned" and name:
            signed = str(record.get("file") or name)
            digests[str(record.get("file_sha256", ""))] = signed
    found: dict[str, bytes] = {}
    for name in dict.fromkeys(digests.values()):
        one = exports.named(name)
        if one is not None:
            _add(found, one, name)
    held = {hashlib.sha256(data).hexdigest() for data in found.values()}
    for sha256, name in digests.items():
        if sha256 not in held and (one := exports.holding(sha256)) is not None:
            _add(found, one, f"{sha256[:8]}-{name}")
    return found


def _add(found: dict[str, bytes], one: Found, name: str) -> None:
    place = _MINUTES + _safe(name, ".xlsx")
    found[place] = one.data
    companion = one.companion
    if companion is not None:
        found[place + ".p7s"] = companion


def _safe(name: str, suffix: str) -> str:
    """A file name that every system can hold."""
    stem = name.removesuffix(suffix)
    return (_FORBIDDEN.sub("-", stem).strip("-")[:80] or "file") + suffix


def _anchors(session: str, anchors: Iterable[Anchor]) -> bytes:
    whole = {
        "session": session,
        "anchors": [{"count": a.count, "head": a.head} for a in anchors],
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


# --- reading one back ----------------------------------------------------------


class _Anchors(msgspec.Struct):
    session: str = ""
    anchors: list[Anchor] = []


class Archived(msgspec.Struct, frozen=True):
    """What an archive holds: everything in memory, nothing is ever unpacked.

    Attributes:
        files: By name.
        again: Whether the container is not as this program writes it.
        wrong: Names whose bytes are not those of ``SHA256SUMS``, or not in it.
        lacking: Names of ``SHA256SUMS`` that are not there.
    """

    files: dict[str, bytes]
    again: bool
    wrong: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def register(self) -> bytes:
        """The register's bytes."""
        return self.files.get(REGISTER, b"")

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """The anchors it was made with; none where they cannot be read."""
        try:
            return tuple(
                msgspec.json.decode(self.files.get(ANCHORS, b""), type=_Anchors).anchors
            )
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return ()


def read_archive(data: bytes) -> Archived:
    """Read an archive, bounded; no name in it is ever taken for a path.

    Raises:
        RegisterError: no zip that all programs read alike, or no archive of ours.
    """
    try:
        entries = zips.read(data)
        files = {name: entry.data for name, entry in entries.items()}
    except JuryError as error:
        raise RegisterError(
            N_("This is not a session’s archive: {why}"), why=str(error)
        ) from error
    if REGISTER not in files:
        raise RegisterError(N_("This is not a session’s archive: {why}"), why=REGISTER)
    sums: dict[str, str] = {}
    for line in files.get(SUMS, b"").decode("ascii", "replace").splitlines():
        digest, _, name = line.partition("  ")
        sums[name] = digest
    wrong = tuple(
        name
        for name, content in sorted(files.items())
        if name != SUMS and sums.get(name) != hashlib.sha256(content).hexdigest()
    )
    again = zips.write(zips.stored(n, d) for n, d in files.items()) != data
    return Archived(files, again, wrong, tuple(sorted(set(sums) - set(files))))


class _Inside(Exports):
    """The workbooks inside an archive, looked for as in a folder."""

    def __init__(self, archived: Archived) -> None:
        super().__init__(Path())
        self._files = {
            name.removeprefix(_MINUTES): data
            for name, data in archived.files.items()
            if name.startswith(_MINUTES)
        }

    def named(self, name: str) -> Found | None:
        """See ``Exports``."""
        return self._found(_safe(name, ".xlsx"))

    def holding(self, sha256: str) -> Found | None:
        """See ``Exports``."""
        for name, data in self._files.items():
            if hashlib.sha256(data).hexdigest() == sha256:
                return self._found(name)
        return None

    def stat(self, name: str) -> tuple[str, int, int]:
        """See ``Exports``."""
        return (name, len(self._files.get(_safe(name, ".xlsx"), b"")), 0)

    def _found(self, name: str) -> Found | None:
        data = self._files.get(name)
        if data is None:
            return None
        beside = self._files.get(f"{name}.p7s")
        return Found(Path(name), data, hashlib.sha256(data).hexdigest(), beside)


def audit_archive(
    path: Path,
    *,
    now: dt.datetime,
    anchors: Iterable[Anchor] | None = None,
    codes: Sequence[str] = (),
) -> Report:
    """Audit the session in an archive, its workbooks included.

    Args:
        path: The zip.
        now: The moment of the audit.
        anchors: What is remembered of the register elsewhere; the archive's own
            anchors are used too.
        codes: Short codes read on paper.
    """
    from jury_tui.audit.checks.finding import altered, warning
    from jury_tui.audit.report import Severity, ordered, verdict_of

    try:
        archived = read_archive(_bytes(path))
    except RegisterError as error:
        return unreadable(path, error, now)
    known = (*archived.anchors, *(anchors or ()))
    report = judge(
        archived.register,
        Path(FILE),
        now=now,
        anchored=Anchored(anchors=known, codes=tuple(codes)),
        exports=_Inside(archived),
    )
    wrong = [
        altered(
            "archive",
            N_("In the archive, {name} is not what its list of digests says."),
            name=name[:120],
        )
        for name in (*archived.wrong, *archived.lacking)
    ]
    if archived.again:
        wrong.append(
            warning(
                "archive",
                N_(
                    "The archive was zipped again by another program, or its container "
                    "changed: what it holds is judged, not its dates nor its names’ "
                    "order."
                ),
            )
        )
    findings = ordered((*wrong, *report.findings))
    verdict = report.verdict
    if any(f.severity is Severity.ALTERED for f in wrong):
        verdict = verdict_of(findings)
    return msgspec.structs.replace(
        report, path=str(path), findings=findings, verdict=verdict
    )


def _bytes(path: Path) -> bytes:
    try:
        file = DISK.open(path, "read")
        try:
            return file.read(0, _MOST_BYTES + 1)
        finally:
            file.close()
    except OSError as error:
        raise explained(error, path) from error
