"""Whatever commands write, the audit accepts; and auditing stays light."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from jury_tui.audit import Severity
from jury_tui.demo import FINISHED
from jury_tui.errors import RefusedError
from jury_tui.session.acts import to_record
from tests.support.forging import audited, forged
from tests.support.lengths import LONG
from tests.support.sittings import MEMBERS, Sitting

_CHOICES = ("for", "for", "for", "against", "abstention", "blank", "did_not_vote")


def anything(choose: random.Random, sitting: Sitting) -> tuple[str, dict[str, object]]:
    """A command that may or may not be possible now."""
    session = sitting.session
    member = choose.choice([*session.members, "m1", "m3"])
    candidate = choose.choice([*session.files, session.table or "c1"])
    component = choose.choice("abc")
    on_table = session.table
    told = {m[0]: choose.choice(_CHOICES) for m in choose.sample(MEMBERS[:8], 3)}
    outcomes: list[tuple[str, dict[str, object]]] = [
        ("arrive", {"member": member}),
        ("arrive", {"member": member, "presence": "remote", "means": "visio"}),
        ("depart", {"member": member}),
        ("sign_in", {"member": member}),
        ("call", {"candidate": candidate}),
        ("call", {"candidate": candidate}),
        ("hear", {}),
        ("end_hearing", {}),
        ("deliberate", {}),
        ("deliberate", {"invitees": ["m9", "m11"]}),
        ("recuse", {"member": member, "candidate": candidate, "kind": "employer"}),
        ("lift_recusal", {"member": member, "candidate": candidate, "reason": "x"}),
        ("name_acting_chair", {"member": member}),
        ("declare_tie", {"member": member, "candidate": candidate, "kind": "family"}),
        ("dismiss_tie", {"member": member, "candidate": candidate}),
        ("mark_absent", {"candidate": candidate}),
        ("postpone", {"candidate": candidate, "reason": "x"}),
        ("restore", {"candidate": candidate}),
        ("mark", {"component": component, "marks": {"jury": choose.randrange(2000)}}),
        (
            "mark",
            {
                "component": component,
                "marks": {choose.choice(("jury", "m1")): choose.choice((900, 1250))},
                "reader": choose.choice((1, 2)),
            },
        ),
        (
            "settle_readings",
            {"component": component, "marks": {"jury": choose.choice((900, 1250))}},
        ),
        ("count_votes", {"component": component, "all": "for"}),
        ("count_votes", {"component": component, "all": "against"}),
        ("count_votes", {"component": component, "all": "for", "except": told}),
        (
            "count_votes",
            {
                "component": component,
                "mode": choose.choice(("secret", "show")),
                "tally": {"for": choose.randrange(9), "against": choose.randrange(5)},
                "reason": choose.choice(("", "écart assumé")),
            },
        ),
        ("cast", {"component": component, "choice": choose.choice(_CHOICES)}),
        ("reopen_vote", {"component": component, "reason": "décompte"}),
        ("give_reason", {"candidate": on_table, "component": component, "reason": "x"}),
        ("pronounce", {}),
        ("pronounce", {}),
        ("reopen_decision", {"candidate": candidate, "reason": "x"}),
        ("suspend", {}),
        ("resume", {}),
        ("resume", {}),
        ("undo", {}),
        ("record_incident", {"text": "coupure", "candidate": candidate}),
        ("record_dissent", {"member": member, "text": "désaccord"}),
        ("excuse", {"member": member, "reason": "x"}),
    ]
    if choose.random() < 0.02:
        outcomes.append(("close", {}))
    return choose.choice(outcomes)


class TestWhateverCommandsWrite:
    """Any sequence of commands either refuses or yields a register that the audit
    accepts."""

    @pytest.mark.parametrize("seed", range(200 if LONG else 25))
    def test_the_audit_accepts(self, seed: int) -> None:
        choose = random.Random(seed)
        sitting = Sitting().appoint().register(4).open()
        done = 0
        for _turn in range(250):
            name, fields = anything(choose, sitting)
            try:
                sitting.do(name, **fields)
            except RefusedError:
                continue
            done += 1
        report = audited(forged([to_record(act) for act in sitting.acts]))
        wrong = [
            f
            for f in report.findings
            if f.severity in (Severity.ALTERED, Severity.BREACH)
        ]
        assert ([], True) == (wrong, done > 20)


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
