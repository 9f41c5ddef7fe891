"""Any sequence of commands either refuses or yields a register that folds again to the
same session and that the audit accepts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import msgspec
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from jury_tui import canonical
from jury_tui.audit import Verdict
from jury_tui.audit.audited import Anchored
from jury_tui.audit.auditing import judge
from jury_tui.errors import RefusedError
from jury_tui.register import chain
from jury_tui.session import judgement
from jury_tui.session.acts import Choice, Mode, Tally, from_record, to_record
from jury_tui.session.commands import COMMANDS
from jury_tui.session.folding import replay
from jury_tui.session.judgement import memory
from jury_tui.session.session import Phase, Session, Spell
from tests.support.lengths import LONG
from tests.support.sittings import MEMBERS, Sitting

members = st.sampled_from([m[0] for m in MEMBERS] + ["m14", "Petit", "inconnue"])
voters = st.sampled_from([m[0] for m in MEMBERS[:8]])
candidates = st.sampled_from(["", "c1", "c2", "c3", "Leroy", "c9"])
components = st.sampled_from(["a", "b", "c", "B", "z"])
reasons = st.sampled_from(["", "motif", "  ", "é\u0301", "x" * 4001, "[/] {x} %s"])
choices = st.sampled_from([c.value for c in Choice])
kinds = st.sampled_from(["accompanied", "employer", "family", "conscience"])
counts = st.integers(0, 8)
digests = st.sampled_from(["0" * 64, "F" * 64, ""])
hostile = st.sampled_from(
    [
        "",
        "Zoé",
        "=1+1",
        "\x1b[2J",
        "[/red]",
        "A\u202eB",
        "e\u0301",
        "\x00",
        "../x",
        "N" * 301,
    ]
)
ids = st.sampled_from(
    ["", "m1", "m1\x00", "jury", "é", "m 1", "Petit", "m99", "c1", "c99"]
)

# What each field of a command may be given, sense and nonsense mixed.
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "member": members,
    "by": members,
    "holder": members,
    "candidate": candidates,
    "component": components,
    "reason": reasons,
    "recommendation": reasons,
    "text": reasons,
    "changes": reasons,
    "kind": kinds,
    "choice": choices,
    "all": choices,
    "except": st.dictionaries(voters, choices, max_size=8),
    "mode": st.sampled_from([m.value for m in Mode]),
    "tally": st.fixed_dictionaries({"for": counts, "against": counts}),
    "presence": st.sampled_from(["room", "remote"]),
    "means": st.sampled_from(["", "visioconférence"]),
    "marks": st.dictionaries(voters | st.just("jury"), st.integers(-25, 2050)),
    "levels": st.just({}),
    "grids": st.dictionaries(
        voters | st.just("jury"),
        st.fixed_dictionaries({"marks": st.just({"a1": 1000})}),
        max_size=2,
    ),
    "reader": st.integers(0, 3),
    "mistyped": st.booleans(),
    "invitees": st.lists(members, max_size=2),
    "order": st.permutations(["c1", "c2", "c3"]),
    "number": st.sampled_from(["", "PV-2008-1", "PV-2008-2", "../PV"]),
    "file": st.sampled_from(["PV.xlsx", "", "../PV.xlsx", "a/b"]),
    "sha256": digests,
    "certificate_sha256": digests,
    "file_sha256": digests,
    "signer": st.sampled_from(["DURAND Claire", ""]),
    "role": st.sampled_from(["chair", ""]),
    "what": reasons,
    "clause": st.sampled_from(["LAW-VAE/r335-8-gender", "nowhere"]),
    "convocation": st.integers(0, 3),
    "place": st.sampled_from(["Lyon", ""]),
    "date": st.sampled_from(["2008-06-10", "2008-06-24", "9999-12-31", "0001-01-01"]),
    "secretary": reasons,
    "act": reasons,
    "act_date": st.sampled_from(["2008-03-03"]),
    "language": st.sampled_from(["fr", "en", "", "e\u0301"]),
    "renderer": st.sampled_from(["", "0123456789abcdef"]),
}
SKIPPED = {"at", "time"}
KNOWN_IDS = st.sampled_from(["m4", "m6", "Faure", "c2", "c3", "Leroy", "", "m1\x00"])
seats = st.lists(
    st.sampled_from(
        [
            "formateur_enseignant",
            "representant_professionnel",
            "president",
            "nulle part",
        ]
    ),
    max_size=2,
)
dates = st.sampled_from([None, "2008-03-03", "2007-10-01", "0001-01-01", "9999-12-31"])
attributes = st.dictionaries(
    st.sampled_from(["experience_years", "é", "a b", "x" * 70]),
    st.one_of(st.booleans(), st.integers(-5, 2**54), hostile),
    max_size=2,
)
names = st.lists(hostile, max_size=3)
MEMBER_CARD = st.fixed_dictionaries(
    {"id": ids, "family_name": hostile},
    optional={
        "given_names": hostile,
        "seats": seats,
        "gender": st.sampled_from(["F", "M", "", "X"]),
        "substitutes": st.sampled_from(["", "m4", "m99"]),
        "act": hostile,
        "act_date": dates,
        "attributes": attributes,
    },
)
CANDIDATE_CARD = st.fixed_dictionaries(
    {"id": ids, "birth_name": hostile},
    optional={
        "use_name": hostile,
        "file_number": st.sampled_from(["", "2008-0001", "2008-9999"]),
        "birth_date": dates,
        "parcours_start": dates,
        "accompanists": names,
        "components": st.lists(components, max_size=2),
        "acquired": st.lists(
            st.fixed_dictionaries({"component": components, "date": dates}), max_size=1
        ),
        "attributes": attributes,
    },
)
CARDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "appoint": MEMBER_CARD,
    "amend_member": MEMBER_CARD.flatmap(
        lambda card: KNOWN_IDS.map(lambda ref: {**card, "id": ref})
    ),
    "register_candidate": CANDIDATE_CARD,
    "amend_candidate": CANDIDATE_CARD.flatmap(
        lambda card: KNOWN_IDS.map(lambda ref: {**card, "id": ref})
    ),
}
SENSIBLE: dict[str, dict[str, Any]] = {
    "appoint": {"id": "", "family_name": "Vidal", "substitutes": "m4",
                "seats": ["formateur_enseignant"], "act": "2008-12",
                "act_date": "2008-03-03"},
    "amend_member": {"id": "m6", "family_name": "Petit",
                     "seats": ["representant_professionnel"]},
    "register_candidate": {"id": "", "birth_name": "Roche"},
    "amend_candidate": {"id": "c2", "birth_name": "Leroux",
                        "parcours_start": "2007-10-01"},
}  # fmt: skip
GOES = ("depart", "arrive")
MINUTES_AGO = st.none() | st.integers(-1, 40)
"""How long ago somebody came or left, when it is noticed late."""


@st.composite
def commands(draw: st.DrawFn) -> dict[str, Any]:
    """Any command, its fields filled more or less sensibly."""
    name = draw(st.sampled_from(sorted(COMMANDS)))
    command: dict[str, Any] = {"do": name}
    if name in CARDS:
        kind = "member" if name.endswith(("appoint", "member")) else "candidate"
        card = draw(st.just(SENSIBLE[name]) | CARDS[name])
        command[kind] = {k: v for k, v in card.items() if v is not None}
        return {**command, "reason": "motif"} if name.startswith("amend") else command
    for field in msgspec.structs.fields(COMMANDS[name]):
        word = field.encode_name
        if word == "time" and name in ("arrive", "depart"):
            command[word] = draw(MINUTES_AGO)
            continue
        if word in SKIPPED or (not field.required and draw(st.booleans())):
            continue
        command[word] = draw(FIELDS[word])
    return command


class Secretary(RuleBasedStateMachine):
    """A secretary who does anything, at any time."""

    @initialize(phase=st.sampled_from(["drafted", "convened", "open", "judging"]))
    def begin(self, phase: str) -> None:
        """Somewhere in the life of a session."""
        self.sitting = Sitting()
        self.sitting.appoint().register(3)
        if phase == "convened":
            self.sitting.do("convene")
        elif phase != "drafted":
            self.sitting.open()
        if phase == "judging":
            self.sitting.deliberate()

    def attempt(self, command: dict[str, Any]) -> None:
        """Carry a command out, or take note that it is refused."""
        before = self.sitting.session
        fields = {k: v for k, v in command.items() if k != "do"}
        if command["do"] in ("arrive", "depart"):
            fields.pop("time", None)
            if command.get("time") is not None:
                ago = dt.timedelta(minutes=command["time"])
                fields["time"] = (self.sitting.now - ago).isoformat()
        try:
            self.sitting.do(command["do"], **fields)
        except RefusedError as error:
            refused = str(error)
        else:
            return
        assert refused
        assert before is self.sitting.session

    @rule(command=commands())
    def anything(self, command: dict[str, Any]) -> None:
        """Any command at all."""
        self.attempt(command)

    @precondition(lambda self: self.sitting.session.phase is Phase.OPEN)
    @rule(
        candidate=st.sampled_from(["c1", "c2", "c3"]),
        outcome=choices,
        away=st.none() | voters,
        ago=st.integers(0, 4),
    )
    def judge_one(
        self, candidate: str, outcome: str, away: str | None, ago: int
    ) -> None:
        """A candidate from call to decision, as far as it goes; perhaps somebody is
        seen, after the hearing, to have slipped out of it, and comes back.
        """
        commands: tuple[dict[str, Any], ...] = (
            {"do": "call", "candidate": candidate},
            {"do": "hear"},
            {"do": "record_incident", "text": "Bruit."},
            {"do": "end_hearing"},
            *({"do": d, "member": away, "time": ago} for d in GOES if away),
            {"do": "deliberate"},
            *({"do": "count_votes", "component": c, "all": outcome} for c in "abc"),
            *({"do": "cast", "component": c, "choice": "for"} for c in "abc"),
            *({"do": "give_reason", "component": c, "reason": "Non."} for c in "abc"),
            {"do": "pronounce"},
        )
        for command in commands:
            self.attempt(command)

    @precondition(lambda self: self.sitting.session.phase is Phase.OPEN)
    @rule()
    def finish(self) -> None:
        """Whoever is left is put off, and the session closes."""
        for candidate in self.sitting.session.order:
            self.attempt({"do": "postpone", "candidate": candidate, "reason": "heure"})
        self.attempt({"do": "close"})

    @rule()
    def undo(self) -> None:
        """One key corrects the last act."""
        self.attempt({"do": "undo", "reason": "erreur"})

    @invariant()
    def folds_again_to_the_same_session(self) -> None:
        """What was written down adds up to what is on the screen."""
        if not hasattr(self, "sitting"):
            return
        written = [canonical.encode(to_record(act)) for act in self.sitting.acts]
        read = [from_record(canonical.decode(w), n) for n, w in enumerate(written, 1)]

        assert self.sitting.session == replay(read)

    @invariant()
    def remembers_what_it_would_find_again(self) -> None:
        """Answers kept from act to act are those of somebody who asks first."""
        if hasattr(self, "sitting"):
            remembered = answers(self.sitting.session)
            kept, memory._memories.own = memory._memories.own, memory._Memory()
            anew = answers(self.sitting.session)
            memory._memories.own = kept

            assert remembered == anew

    @invariant()
    def nobody_votes_who_may_not(self) -> None:
        """Told by the acts' own times, without asking the rules: who is named in a
        vote that stands holds a voting seat, is not recused, was there when it was
        counted and during the whole hearing, and is counted once.
        """
        if not hasattr(self, "sitting"):
            return
        session = self.sitting.session
        for file in session.files.values():
            for component in file.ballots:
                ballot = file.ballot(component)
                if ballot is None or ballot.mode is not Mode.NAMED:
                    continue
                assert ballot.tally.total == len(ballot.ballots)
                for member in ballot.ballots:
                    assert member not in INVITED
                    assert member not in file.recused
                    spells = session.attendance[member].spells
                    assert _there(spells, ballot.at, ballot.at)
                    if file.hearing_started is not None:
                        end = file.hearing_ended or ballot.at
                        assert _there(spells, file.hearing_started, end)

    def teardown(self) -> None:
        """The audit accepts the register."""
        if not hasattr(self, "sitting"):
            return
        report = judge(
            register(self.sitting),
            Path("sessions/2008-06-10-test/acts.jsonl"),
            now=self.sitting.now + dt.timedelta(minutes=1),
            anchored=Anchored(),
        )
        # What the minutes lack is asked when they are written, above these commands.
        blamed = [
            (f.check, f.act, f.text)
            for f in report.findings
            if f.severity in ("altered", "breach") and f.check != "mentions"
        ]

        assert blamed == []
        assert report.verdict in (Verdict.INTACT, Verdict.IRREGULAR)


def answers(session: Session) -> list[object]:
    """What the rules make of a session: all that is remembered."""
    told: list[object] = [
        judgement.as_appointed(session),
        judgement.as_present(session),
        judgement.clauses(session),
        judgement.placed(session),
        judgement.voting_members(session),
        judgement.invitees(session),
        judgement.chair(session),
        judgement.blocking(session, ""),
    ]
    for file in session.files.values():
        told += [
            judgement.for_candidate(session, file.candidate.id),
            judgement.foreseen(session, file.candidate.id),
            judgement.blocking(session, file.candidate.id),
            judgement.sitting(session, file.candidate.id),
            judgement.sitting_voters(session, file),
            judgement.chair(session, file),
            judgement.asked(session, file),
            judgement.majority(session, file),
            judgement.result(session, file, Tally(for_=4, against=4), 8),
        ]
    return told


INVITED = {m[0] for m in MEMBERS[8:]}


def _there(spells: tuple[Spell, ...], start: dt.datetime, end: dt.datetime) -> bool:
    """Whether somebody's stays, one after the other, cover this time."""
    for spell in spells:
        if spell.arrived <= start and (spell.departed is None or spell.departed >= end):
            return True
        if spell.arrived <= start and spell.departed is not None:
            # from the room to remote: the next stay begins as this one ends
            start = max(start, spell.departed)
    return False


def register(sitting: Sitting) -> bytes:
    """The register of a sitting, one act a line."""
    head, lines = chain.start("2008-06-10-test"), []
    for act in sitting.acts:
        head, line = chain.line(head, [canonical.encode(to_record(act))])
        lines.append(line)
    return b"".join(lines)


TestSecretary = Secretary.TestCase
TestSecretary.settings = settings(
    max_examples=400 if LONG else 20,
    stateful_step_count=60 if LONG else 30,
    deadline=None,
)


class TestEveryField:
    """Names, fields and examples: the machine knows them all."""

    def test_of_every_command_can_be_filled(self) -> None:
        known = {
            field.encode_name
            for name, command in COMMANDS.items()
            if name not in CARDS
            for field in msgspec.structs.fields(command)
        }

        assert set() == known - set(FIELDS) - SKIPPED
