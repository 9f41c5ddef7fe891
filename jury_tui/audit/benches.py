"""Who sits for a candidate, judged once for the same people.

Most acts of a session are votes on candidates before an unchanged bench.
"""

from __future__ import annotations

from jury_tui.rules.findings import Finding
from jury_tui.session import acts as a
from jury_tui.session import judgement
from jury_tui.session.session import File, Session


class Benches:
    """What is known of the benches of one session."""

    def lawful(self, session: Session, act: a.AnyAct) -> bool:
        """Whether an act surely is what its command writes; False: ask it."""
        return False

    def findings(self, session: Session, file: File) -> tuple[Finding, ...]:
        """What the rules say of those who sit for a candidate."""
        return judgement.for_candidate(session, file.candidate.id)
