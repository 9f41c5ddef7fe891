"""Any command, in any order, possible now or not."""

from __future__ import annotations

import random

from jury_tui.errors import RefusedError
from jury_tui.session.acts import AnyAct
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


def whatever(seed: int, turns: int = 250) -> list[AnyAct]:
    """The acts of a session in which somebody tried so many commands."""
    choose = random.Random(seed)
    sitting = Sitting().appoint().register(4).open()
    for _turn in range(turns):
        name, fields = anything(choose, sitting)
        try:
            sitting.do(name, **fields)
        except RefusedError:
            continue
    return sitting.acts
