"""``audit``: everything derived again from the registers, or compared with a day."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from jury_tui.audit import AuditFinding, Report, Severity, Verdict, audit, words
from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.errors import UnreadableRegisterError
from jury_tui.i18n import N_, _, ngettext
from jury_tui.register.records import FILE

if TYPE_CHECKING:
    from jury_tui.audit.folder import FolderReport

    Audited = Report | FolderReport

_CODES = {
    Verdict.INTACT: Exit.FINE,
    Verdict.IRREGULAR: Exit.REFUSED,
    Verdict.ALTERED: Exit.REFUSED,
    Verdict.UNREADABLE: Exit.UNREADABLE,
}


def run(arguments: Namespace) -> Exit:
    """Audit what is given, or all the sessions of the folder."""
    if arguments.checkpoint is not None or arguments.since is not None:
        from jury_tui.cli import checkpoints

        return checkpoints.run(arguments)
    audited = [_audit(path, arguments) for path in _paths(arguments)]
    if arguments.json:
        worst = max((one.verdict for one in audited), key=list(Verdict).index)
        plain = [msgspec.json.decode(one.to_json()) for one in audited]
        streams.json(
            {
                "verdict": worst.value,
                "findings": [
                    f for one in plain if _of_folder(one) for f in one["findings"]
                ],
                "reports": [r for one in plain for r in one.get("reports", [one])],
            }
        )
    else:
        for number, one in enumerate(audited):
            if number:
                streams.data("")
            write(one)
    return exit_code(audited)


def exit_code(audited: Iterable[Audited]) -> Exit:
    """The worst of all."""
    return max((_CODES[one.verdict] for one in audited), default=Exit.FINE)


def exports(arguments: Namespace) -> Path | None:
    """The folder of exported workbooks, if there is one."""
    folder: Path = arguments.exports
    return folder if folder.is_dir() else None


def jobs(arguments: Namespace) -> int:
    """How many processes."""
    given: int | None = arguments.jobs
    return given if given is not None else os.cpu_count() or 1


def progress(done: int, total: int) -> None:
    """Where it stands, on a terminal only, and only when it takes a while."""
    if total >= 20 and sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r{done}/{total}{end}")
        sys.stderr.flush()


def _audit(path: Path, arguments: Namespace) -> Audited:
    now = places.now()
    if path.is_dir():
        from jury_tui.audit.folder import audit_folder

        return audit_folder(
            path,
            now=now,
            exports=exports(arguments),
            jobs=jobs(arguments),
            resume=arguments.resume,
            progress=progress,
        )
    return audit(path, now=now, exports=exports(arguments), codes=arguments.code)


def _paths(arguments: Namespace) -> Iterator[Path]:
    """What is meant: registers and archives as files, folders of sessions as such.

    Raises:
        UnreadableRegisterError: a path holds no session.
    """
    for word in arguments.paths or [str(arguments.sessions)]:
        found = _named(word, arguments.sessions)
        if found is None:
            raise UnreadableRegisterError(
                N_(
                    "There is no session in “{word}”: give a folder of sessions, a "
                    "session’s folder, its acts.jsonl, an archive, or its name."
                ),
                word=word[:200],
            )
        yield found


def _named(word: str, sessions: Path) -> Path | None:
    try:
        for path in (Path(word), sessions / word):
            if path.is_file():
                return path
            if (path / FILE).exists():
                return path / FILE
            if path.is_dir() and any(path.glob(f"*/{FILE}")):
                return path
    except (OSError, ValueError):
        return None  # a name that no file can have: the caller says so
    return None


def _of_folder(told: dict[str, Any]) -> bool:
    """Whether this is a folder's report, whose findings are on no one session."""
    return "reports" in told


# --- in words ----------------------------------------------------------------


def write(audited: Audited) -> None:
    """A report in sentences; of a folder, what is wrong in it, and the counts."""
    if isinstance(audited, Report):
        _write(audited)
        return
    few = len(audited.reports) <= _FEW
    for report in audited.reports:
        if few or report.verdict is not Verdict.INTACT or _warned(report):
            _write(report)
            streams.data("")
    for finding in audited.findings:
        _write_finding(finding)
    for verdict, number in audited.verdicts.items():
        if number:
            sign = words.verdict_sign(verdict)
            streams.data(f"{sign} {words.counted_words(verdict, number)}")


def _warned(report: Report) -> bool:
    """Whether something is to be looked at, though nothing is wrong."""
    return any(f.severity is Severity.WARNING for f in report.findings)


_FEW = 12
"""Up to so many sessions, those that are intact are told of too."""


def _write(report: Report) -> None:
    streams.data(f"{_verdict(report.verdict)} — {report.session or report.path}")
    if report.code:
        acts = ngettext(
            "{number} act, head code {code}",
            "{number} acts, head code {code}",
            report.acts,
        )
        if report.held:
            acts = _("{number} acts can be followed of {all}, head code {code}")
        said = acts.format(number=report.acts, all=report.held, code=report.code)
        streams.data(f"  {said}")
    for _severity, _check, findings in words.grouped(report.findings):
        for finding in findings:
            _write_finding(finding)


def _write_finding(finding: AuditFinding) -> None:
    head, text, *rest = words.paragraphs(finding)
    streams.data(f"  {head.text} — {text.text}")
    for paragraph in rest:
        streams.data(f"      {paragraph.text}")


def _verdict(verdict: Verdict) -> str:
    return f"{words.verdict_sign(verdict)} {words.verdict_words(verdict)}"
