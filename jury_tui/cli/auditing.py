"""``audit``: everything derived again from the registers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import msgspec

from jury_tui.audit import Report, Severity, Verdict, audit
from jury_tui.cli import places, streams
from jury_tui.cli.exits import Exit
from jury_tui.errors import UnreadableRegisterError
from jury_tui.i18n import N_, _, ngettext
from jury_tui.register.register import FILE

_CODES = {
    Verdict.INTACT: Exit.FINE,
    Verdict.IRREGULAR: Exit.REFUSED,
    Verdict.ALTERED: Exit.REFUSED,
    Verdict.UNREADABLE: Exit.UNREADABLE,
}


def run(arguments: Namespace) -> Exit:
    """Audit the sessions given, or all those of the folder."""
    now = places.now()
    paths = list(_sessions(arguments))
    reports = []
    for number, path in enumerate(paths, 1):
        report = audit(path, now=now, exports=_exports(arguments))
        reports.append(report)
        if arguments.json:
            continue
        if number > 1:
            streams.data("")
        _write(report)
    if arguments.json:
        worst = max((r.verdict for r in reports), key=list(Verdict).index)
        told = [msgspec.json.decode(report.to_json()) for report in reports]
        streams.json({"verdict": worst.value, "reports": told})
    else:
        _conclude(reports)
    return max((_CODES[report.verdict] for report in reports), default=Exit.FINE)


def _exports(arguments: Namespace) -> Path | None:
    folder: Path = arguments.exports
    return folder if folder.is_dir() else None


def _sessions(arguments: Namespace) -> Iterator[Path]:
    """The registers meant: files, session folders, folders of sessions, ids.

    Raises:
        UnreadableRegisterError: a path names none.
    """
    words = arguments.paths or [str(arguments.sessions)]
    for word in words:
        found = list(_named(word, arguments.sessions))
        if not found:
            raise UnreadableRegisterError(
                N_("There is no session in “{word}”: give a folder of sessions, a "
                   "session's folder, its acts.jsonl, an archive, or its name."),
                word=word[:200],
            )  # fmt: skip
        yield from found


def _named(word: str, sessions: Path) -> Iterator[Path]:
    try:
        for path in (Path(word), sessions / word):
            if path.is_file():
                yield path
                return
            if (path / FILE).exists():
                yield path / FILE
                return
            inside = sorted(path.glob(f"*/{FILE}")) if path.is_dir() else []
            if inside:
                yield from inside
                return
    except (OSError, ValueError):
        return  # a name that no file can have: the caller says so


# --- in words ----------------------------------------------------------------


def _write(report: Report) -> None:
    streams.data(f"{_verdict(report.verdict)} — {report.session or report.path}")
    if report.code:
        streams.data(
            "  "
            + ngettext(
                "{number} act, head code {code}",
                "{number} acts, head code {code}",
                report.acts,
            ).format(number=report.acts, code=report.code)
        )
    for finding in report.findings:
        parts = [_severity(finding.severity)]
        if finding.act is not None:
            parts.append(_("act {number}").format(number=finding.act))
        streams.data(f"  {', '.join(parts)} — {finding.text}")
        about = " ; ".join(w for w in (finding.clause, finding.source) if w)
        if about:
            streams.data(f"      {about}")
        if finding.more:
            streams.data(
                "      "
                + ngettext(
                    "and {number} more of this kind",
                    "and {number} more of this kind",
                    finding.more,
                ).format(number=finding.more)
            )


def _verdict(verdict: Verdict) -> str:
    return {
        Verdict.INTACT: _("✓ intact"),
        Verdict.IRREGULAR: _("✗ irregular"),
        Verdict.ALTERED: _("✗ altered"),
        Verdict.UNREADABLE: _("? unreadable"),
    }[verdict]


def _severity(severity: Severity) -> str:
    return {
        Severity.ALTERED: _("altered"),
        Severity.BREACH: _("breach"),
        Severity.WARNING: _("warning"),
        Severity.NOTE: _("note"),
    }[severity]


def _conclude(reports: list[Report]) -> None:
    if len(reports) < 2:
        return
    streams.data("")
    for verdict in Verdict:
        number = sum(report.verdict is verdict for report in reports)
        if number:
            streams.data(f"{_verdict(verdict)}: {number}")
