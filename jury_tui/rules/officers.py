"""Predicates on officers and on those who sit or vote for somebody else."""

from __future__ import annotations

from collections import Counter

from jury_tui.i18n import N_
from jury_tui.rules.clauses import Alternation, Officer, Proxies, Substitution
from jury_tui.rules.findings import Layer, Verdict
from jury_tui.rules.people import Member
from jury_tui.rules.scene import Scene, datum
from jury_tui.rules.verdicts import Groups, Judgement, unknown
from jury_tui.rules.wording import Listing, Phrase, plain, say, substitution_words

OK, BREACH, DOUBT = Verdict.SATISFIED, Verdict.BREACHED, Verdict.UNDECIDABLE


def judge_officer(
    scene: Scene, officer: Officer, groups: Groups, *, vice: bool
) -> Judgement:
    """The chair or vice-chair exists among the voters and comes from the group."""
    who = scene.vice_chair if vice else scene.chair
    office = say(N_("vice-chair")) if vice else say(N_("chair"))
    required = (
        say(
            N_("{office} among the {group}"),
            office=office,
            group=scene.group_label(officer.among, groups),
        )
        if officer.among
        else say(N_("{office} among the voting members"), office=office)
    )
    if who is None:
        return _nobody(scene, required, vice=vice)
    name = plain(scene.people[who].name)
    verdict, missing = OK, ""
    if who not in scene.voters:
        verdict = BREACH
    if officer.among and verdict is OK:
        among = scene.group(officer.among, groups)
        verdict = OK if who in among.sure else DOUBT if who in among.maybe else BREACH
        missing = among.missing[0] if verdict is DOUBT and among.missing else ""
    for condition in officer.where:
        answer, lack = scene.meets(scene.people[who], condition)
        if answer is False:
            verdict = BREACH
        elif answer is None and verdict is OK:
            verdict, missing = DOUBT, lack
    if officer.other_college and verdict is OK:
        if scene.chair is None:
            return unknown(required, "chair", name)
        if scene.college(who) == scene.college(scene.chair):
            verdict = BREACH
            required = say(
                N_("{office} of another college than the chair’s"), office=office
            )
    if verdict is BREACH and not vice and who != scene.designated_chair:
        # The text says who chairs, not who chairs in the chair's place.
        verdict, missing = DOUBT, "acting_chair"
    return Judgement(
        verdict=verdict,
        required=required,
        observed=name,
        counted=(who,),
        missing=(missing,) if verdict is DOUBT and missing else (),
    )


def _nobody(scene: Scene, required: Phrase, *, vice: bool) -> Judgement:
    """No officer: an empty seat is a fact; nobody designated yet is a missing datum."""
    flag = "vice_chair" if vice else "chair"
    if any(getattr(seat, flag) for seat in scene.active):
        return Judgement(verdict=BREACH, required=required, observed=say(N_("nobody")))
    return unknown(required, flag, say(N_("nobody designated")))


def judge_alternation(
    scene: Scene, alternation: Alternation, groups: Groups
) -> Judgement:
    """The chair's college is not the one of the earlier period."""
    required = say(N_("the chair alternates between colleges"))
    who = scene.designated_chair
    if who is None:
        return unknown(required, "chair")
    college = scene.college(who)
    year = scene.case.on.year - alternation.years
    before = next((h for h in scene.case.history if h.year == year), None)
    if before is None:
        return unknown(required, "history", plain(college))
    return Judgement(
        verdict=BREACH if before.college == college else OK,
        required=required,
        observed=say(
            N_("{before} in {year}, {college} now"),
            before=before.college,
            year=str(year),
            college=college,
        ),
        counted=(who,),
    )


def judge_substitution(
    scene: Scene, substitution: Substitution, groups: Groups
) -> Judgement:
    """Those who sit for somebody else may, and share what the text wants shared."""
    named = {m.id: m for m in (*scene.case.appointed, *scene.people.values())}
    seated = [
        scene.people[name]
        for name in scene.assignment.seats
        if scene.people[name].substitutes
    ]
    required = substitution_words(substitution, scene.rules.attributes)
    if not seated:
        return Judgement(
            verdict=OK, required=required, observed=say(N_("no substitute"))
        )
    observed = plain(Listing(tuple(m.name for m in seated)))
    ids = tuple(member.id for member in seated)
    if not substitution.allowed:
        return Judgement(
            verdict=BREACH, required=required, observed=observed, counted=ids
        )
    answers = [
        _same(scene, member, named.get(member.substitutes), fact)
        for member in seated
        for fact in substitution.same
    ]
    doubt = None in answers
    verdict = BREACH if False in answers else DOUBT if doubt else OK
    return Judgement(
        verdict=verdict,
        required=required,
        observed=observed,
        counted=ids,
        missing=("substitutes",) if verdict is DOUBT else (),
    )


def _same(scene: Scene, one: Member, other: Member | None, fact: str) -> bool | None:
    if other is None:
        return None
    if fact == "seat":
        return bool(set(one.seats) & set(other.seats))
    if fact == "college":
        colleges = [
            {scene.seats[s].college for s in member.seats if s in scene.seats}
            for member in (one, other)
        ]
        return bool(colleges[0] & colleges[1])
    mine, theirs = datum(one, fact), datum(other, fact)
    return None if mine is None or theirs is None else mine == theirs


def judge_proxies(scene: Scene, proxies: Proxies, groups: Groups) -> Judgement:
    """Each present voter holds at most so many proxies, of absent voters."""
    layer = scene.case.layer
    held = Counter(
        holder
        for holder in scene.case.proxies.values()
        # One who does not sit for a candidate votes for nobody.
        if layer is not Layer.CANDIDATE or holder in scene.voters
    )
    most = max(held.values(), default=0)
    wrong = sorted(
        name
        for name, number in held.items()
        if number > proxies.max or name not in scene.voters
    )
    present = sorted(
        giver
        for giver in scene.case.proxies
        # Whoever is appointed and away gives one: who is there is asked later.
        if layer is not Layer.APPOINTMENT and giver in scene.people
    )
    why = None
    if present:
        why = say(
            N_("{names} is present and gives no proxy"),
            names=Listing(tuple(scene.people[name].name for name in present)),
        )
    return Judgement(
        verdict=BREACH if wrong or present else OK,
        required=say(N_("proxies per voting member (at most {n})"), n=proxies.max)
        if proxies.max
        else say(N_("no proxies")),
        observed=plain(most),
        why=why,
        counted=tuple(wrong or present),
    )
