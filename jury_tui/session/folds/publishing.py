"""Acts about the minutes and the register itself."""

from __future__ import annotations

from jury_tui.session import acts as a
from jury_tui.session.folds.common import Changes, Folds
from jury_tui.session.session import Export, Note, Session, Signed


def _numbered(s: Session, act: a.MinutesNumbered) -> Changes:
    return {"number": act.number}


def _exported(s: Session, act: a.MinutesExported) -> Changes:
    export = Export(
        at=act.at,
        file=act.file,
        sha256=act.sha256,
        what=act.language,
        number=act.number,
    )
    return {"exports": (*s.exports, export)}


def _signed(s: Session, act: a.MinutesSigned) -> Changes:
    signed = Signed(
        at=act.at,
        signer=act.signer,
        role=act.role,
        member=act.member,
        certificate_sha256=act.certificate_sha256,
        file_sha256=act.file_sha256,
        file=act.file or (s.exports[-1].file if s.exports else ""),
    )
    return {"signatures": (*s.signatures, signed)}


def _scan(s: Session, act: a.ScanAttached) -> Changes:
    scan = Export(at=act.at, file=act.file, sha256=act.sha256, what=act.what)
    return {"scans": (*s.scans, scan)}


def _rectified(s: Session, act: a.MinutesRectified) -> Changes:
    note = Note(at=act.at, text=act.changes, candidate=act.candidate, number=act.number)
    return {"rectifications": (*s.rectifications, note)}


def _recovered(s: Session, act: a.RegisterRecovered) -> Changes:
    note = Note(at=act.at, text=act.sha256, number=str(act.bytes))
    return {"recoveries": (*s.recoveries, note)}


FOLDS: Folds = {
    a.MinutesNumbered: _numbered,
    a.MinutesExported: _exported,
    a.MinutesSigned: _signed,
    a.ScanAttached: _scan,
    a.MinutesRectified: _rectified,
    a.RegisterRecovered: _recovered,
}
