"""Registers: read, opened, decoded, followed, audited, listed, archived."""

from __future__ import annotations

import functools
import hashlib
import io
import random
import stat
import tempfile
import zipfile
from pathlib import Path

from jury_tui.audit import Verdict
from jury_tui.audit.archive import ANCHORS, REGISTER, SUMS, make_archive
from jury_tui.audit.audited import Anchored
from jury_tui.audit.auditing import audit, judge
from jury_tui.audit.report import Report
from jury_tui.demo import FINISHED, READY, make
from jury_tui.errors import JuryError
from jury_tui.minutes.publishing import publish
from jury_tui.register import chain
from jury_tui.register.entries import glance
from jury_tui.register.reading import Follower, read
from jury_tui.register.record import Record
from jury_tui.register.register import Register
from jury_tui.signing import archive as zips
from tests.fuzz.mutations import (
    Acts,
    Library,
    Step,
    answered,
    chained,
    lines_of,
    mutated,
    spelled,
)
from tests.support.fakedisk import FakeDisk
from tests.support.forging import NOW

PLACE = Path("/s-1/acts.jsonl")


class Seeds:
    """The demonstration, its minutes exported: registers, acts, an archive."""

    def __init__(self, folder: Path) -> None:
        sessions = folder / "sessions"
        make(sessions, NOW)
        with Record.open(sessions / FINISHED) as record:
            publish(record, sessions=sessions, target=folder / "out", now=NOW)
        paths = [sessions / name / "acts.jsonl" for name in (FINISHED, READY)]
        self.files = [path.read_bytes() for path in paths]
        self.acts: list[Acts] = [list(read(path).records) for path in paths]
        self.files += [
            chained(map(spelled, acts), acts[0]["session"]) for acts in self.acts
        ]
        self.library = Library(act for acts in self.acts for act in acts)
        self.archive = make_archive(sessions / FINISHED, folder / "out")

    def damaged(self, chance: random.Random) -> tuple[bytes, bool]:
        """A register with damage; half of the time under a chain made again.

        Returns:
            The bytes, and whether they are another register's with a broken chain.
        """
        if chance.random() < 0.5:
            data = chance.choice(self.files)
            spoilt = mutated(data, chance, other=chance.choice(self.files))
            return spoilt, spoilt not in self.files
        acts = chance.choice(self.acts)
        session = acts[0]["session"]
        if chance.random() < 0.7:
            after = self.library.rearranged(acts, chance)
            named = after[0].get("session") if after else ""
            return chained(lines_of(after, chance), str(named)[:100]), False
        bodies = lines_of(acts, chance)
        at = chance.randrange(len(bodies))
        bodies[at] = mutated(bodies[at], chance).replace(b"\n", b" ")
        return chained(bodies, session), False


@functools.cache
def seeds() -> Seeds:
    """Made once for all targets."""
    with tempfile.TemporaryDirectory() as folder:
        return Seeds(Path(folder))


def reader(folder: Path) -> Step:
    """``register.reading.read``, the two ways to open, a follower, a glance."""
    known = seeds()
    anchors = [chain.scan(data).anchor for data in known.files]

    def step(chance: random.Random) -> bool:
        data, broken = known.damaged(chance)
        disk = FakeDisk({str(PLACE): data}, ("/", "/s-1"))
        try:
            reading = read(PLACE, disk=disk)
        except JuryError as error:
            return answered(error)
        if broken:
            # What was changed and reads clean is shorter, and an anchor tells.
            found = [read(PLACE, anchor, disk=disk).fault for anchor in anchors]
            assert all(found) or reading.torn, "a change was not named"
        glance(reading)
        assert len(Follower(PLACE, disk=disk).new()) == reading.count or reading.fault
        with Register.open(PLACE, write=chance.random() < 0.5, disk=disk) as opened:
            assert reading.records == opened.records
        return reading.fault is None

    return _ours(step)


def record(folder: Path) -> Step:
    """``Record.open``: every act typed and folded, and replayed in the middle."""
    known = seeds()
    path = folder / "s" / "acts.jsonl"
    path.parent.mkdir()

    def step(chance: random.Random) -> bool:
        path.write_bytes(known.damaged(chance)[0])
        with Record.open(path, write=False) as opened:
            opened.at(chance.randrange(len(opened.acts) + 1))
            assert opened.code
        return True

    return _ours(step)


def auditing(folder: Path) -> Step:
    """``audit`` of a register: every check is made, and says what it found."""
    known = seeds()

    def step(chance: random.Random) -> bool:
        data, broken = known.damaged(chance)
        report = judge(data, Path("acts.jsonl"), now=NOW, anchored=Anchored())
        _whole(report)
        intact = report.verdict is Verdict.INTACT
        # With nothing remembered elsewhere an end cut cleanly cannot be told.
        assert not (broken and intact) or any(f.startswith(data) for f in known.files)
        return intact

    return step


def archives(folder: Path) -> Step:
    """``audit`` of an archive: of its zip's bytes, or of its files, zipped again."""
    known = seeds()
    path = folder / "archive.zip"
    whole = {name: entry.data for name, entry in zips.read(known.archive).items()}

    def step(chance: random.Random) -> bool:
        data = _archive(known, whole, chance)
        path.write_bytes(data)
        report = audit(path, now=NOW)
        _whole(report)
        if report.verdict is Verdict.INTACT:
            assert data == known.archive or report.findings
        return report.verdict is Verdict.INTACT

    return step


def _archive(known: Seeds, whole: dict[str, bytes], chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        return mutated(known.archive, chance)
    files = dict(whole)
    name = chance.choice((REGISTER, ANCHORS, SUMS, *files))
    if name == REGISTER:
        files[name] = known.damaged(chance)[0]
    else:
        files[name] = mutated(files[name], chance)
    if chance.random() < 0.5:
        files[SUMS] = b"".join(
            f"{hashlib.sha256(d).hexdigest()}  {n}\n".encode()
            for n, d in sorted(files.items())
            if n != SUMS
        )
    if chance.random() < 0.6:
        return zips.write(zips.stored(n, d) for n, d in files.items())
    return _foreign(files, chance)


_NAMES = (
    *("../out.txt", "/etc/x", "register/../x", "register//acts.jsonl", "c:\\x", "a\0b"),
    *("REGISTER/ACTS.JSONL", "register/acts.jsonl/", "register", "é.txt", "x" * 5000),
)


def _foreign(files: dict[str, bytes], chance: random.Random) -> bytes:
    """As another program zips it: deflated, dated, strange names, links, bombs."""
    buffer = io.BytesIO()
    method = chance.choice(
        (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)
    )
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, data in files.items():
            file.writestr(name, data)
        info = zipfile.ZipInfo(chance.choice(_NAMES))
        match chance.randrange(4):
            case 0:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
                file.writestr(info, "/etc/passwd")
            case 1:
                file.writestr(info, bytes(1 << chance.randrange(23)), method)
            case 2:
                file.comment = b"PK\5\6" + bytes(chance.randrange(40))
            case _:
                file.writestr(info, b"x")
    return buffer.getvalue()


def _whole(report: Report) -> None:
    """A report that can be shown, each check of which could be made."""
    assert report.to_json()
    assert [] == [f.text for f in report.findings if f.check == "audit"]


def _ours(step: Step) -> Step:
    """Errors of the family are answers."""

    def judged(chance: random.Random) -> object:
        try:
            return step(chance)
        except JuryError as error:
            return answered(error)

    return judged
