"""Whatever commands write, the audit accepts; and auditing stays light."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jury_tui.audit import Severity
from jury_tui.demo import FINISHED
from jury_tui.session.acts import to_record
from tests.support.commands import whatever
from tests.support.forging import audited, forged
from tests.support.lengths import LONG


class TestWhateverCommandsWrite:
    """Any sequence of commands either refuses or yields a register that the audit
    accepts."""

    @pytest.mark.parametrize("seed", range(200 if LONG else 25))
    def test_the_audit_accepts(self, seed: int) -> None:
        acts = whatever(seed)
        report = audited(forged([to_record(act) for act in acts]))
        wrong = [
            f
            for f in report.findings
            if f.severity in (Severity.ALTERED, Severity.BREACH)
        ]
        assert ([], True) == (wrong, len(acts) > 60)


class TestAuditingIsLight:
    """Auditing a register alone imports neither textual nor openpyxl nor lxml."""

    def test_imports_neither_screens_nor_workbooks(self, sessions: Path) -> None:
        program = (
            "import datetime as dt, json, sys; from pathlib import Path; "
            "from jury_tui.audit import audit; "
            "r = audit(Path(sys.argv[1]), now=dt.datetime.now(dt.UTC)); "
            "heavy = ('textual', 'openpyxl', 'lxml', 'cryptography'); "
            "print(json.dumps([r.verdict, [m for m in heavy if m in sys.modules]]))"
        )
        run = subprocess.run(
            [sys.executable, "-c", program, str(sessions / FINISHED)],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        assert ["intact", []] == json.loads(run.stdout)
