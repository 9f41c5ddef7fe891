"""A session whole, as JSON: what its acts add up to, and what rules make of it."""

from __future__ import annotations

from typing import Any

import msgspec

from jury_tui.cli import judging
from jury_tui.cli.account import governed
from jury_tui.session import judgement
from jury_tui.session.session import File, Phase, Session


def session(session: Session, code: str) -> dict[str, Any]:
    """The session as plain data; ``past``, which undo alone needs, is left out."""
    kept = {
        name: _plain(getattr(session, name))
        for name in session.__struct_fields__
        if name not in ("past", "files", "rulebooks", "order", "dismissed")
    }
    kept["code"] = code
    kept["rulebooks"] = [
        {"name": b.name, "kind": b.kind, "sha256": b.sha256} for b in session.rulebooks
    ]
    kept["dismissed"] = [
        {"member": m, "candidate": c, "reason": r} for m, c, r in session.dismissed
    ]
    judged = governed(session)
    kept["seats"] = dict(judgement.placed(session).seats) if judged else {}
    kept["agenda"] = [_file(session, f) for f in session.agenda]
    findings = list(judgement.as_appointed(session)) if judged else []
    if judged and session.phase not in (Phase.DRAFTED, Phase.CONVENED):
        findings += judgement.as_present(session)
    kept["composition"] = judging.as_json(findings)
    return kept


def _file(session: Session, file: File) -> dict[str, Any]:
    kept = {
        name: _plain(getattr(file, name))
        for name in file.__struct_fields__
        if name not in ("marks", "grids")
    }
    kept["results"] = dict(judgement.component_results(session, file))
    kept["marks"] = [
        {"component": component, "reader": reader, "hundredths": given}
        for (component, reader), given in file.marks.items()
    ]
    kept["grids"] = [
        {"component": c, "reader": reader, "member": member, **_plain(grid)}
        for (c, reader, member), grid in file.grids.items()
    ]
    kept["proposals"] = _proposals(session, file)
    decision = file.decision
    kept["outcome"] = decision.outcome if decision else None
    return kept


def _proposals(session: Session, file: File) -> dict[str, Any]:
    """What marks or grids propose, by component, and what two readers left open."""
    found = {}
    for component in judgement.components(session):
        proposed = judgement.proposal(session, file, component)
        open_ = judgement.unsettled(file, component)
        if proposed is not None or open_:
            found[component] = {
                "outcome": proposed.outcome if proposed else None,
                "explanation": proposed.explanation if proposed else "",
                "unsettled": [_plain(d) for d in open_],
            }
    return found


def _plain(value: object) -> Any:
    return msgspec.to_builtins(value)
