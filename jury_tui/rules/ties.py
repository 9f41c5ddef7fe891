"""Ties between members and candidates: which oblige to leave, which to ask about.

A suggestion is a question put to a person with its reason; nothing here ever
recuses anybody.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from operator import itemgetter

import msgspec

from jury_tui.i18n import N_, folded, language, listed
from jury_tui.rules.cases import Case
from jury_tui.rules.findings import Finding, Layer, Verdict
from jury_tui.rules.judging import judge, route_rules
from jury_tui.rules.memo import Memo
from jury_tui.rules.people import Candidate, Member, Tie, TieKind
from jury_tui.rules.stack import Rules
from jury_tui.rules.wording import say


def forbidden(
    rules: Rules,
    candidate: Candidate,
    member: Member,
    tie: Tie,
    on: dt.date,
    route: str = "",
) -> Finding | None:
    """The finding of the clause that obliges this member to leave, if any.

    The regime is that of the candidate's key date. With that date unknown, a tie
    that some regime forbids gives an undecidable finding.

    Args:
        rules: The stacked rules.
        candidate: Whose key date chooses the regime.
        member: Who has the tie.
        tie: The tie.
        on: The session's day.
        route: The route; by default the certification's first VAE route.
    """
    routes = rules.certification.routes
    first = next((r.id for r in routes if r.vae), routes[0].id if routes else "")
    case = Case(
        layer=Layer.CANDIDATE,
        on=on,
        route=route or first,
        members=(member,),
        candidate=candidate,
        ties=(msgspec.structs.replace(tie, member=member.id, candidate=candidate.id),),
    )
    ties = {
        item.key
        for item in route_rules(rules, case.route).clauses
        if item.clause.require.ties is not None
    }
    against = [
        finding
        for finding in judge(rules, case)
        if finding.clause in ties and finding.verdict is not Verdict.SATISFIED
    ]
    against.sort(key=lambda finding: finding.verdict is not Verdict.BREACHED)
    return against[0] if against else None


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A tie to ask a person about: confirmed or dismissed by them.

    Attributes:
        reason: A sentence in the language in force.
        exact: Whether the two names are the same once accents and case are gone.
    """

    tie: Tie
    reason: str
    exact: bool

    @property
    def member(self) -> str:
        """The member's id."""
        return self.tie.member

    @property
    def candidate(self) -> str:
        """The candidate's id."""
        return self.tie.candidate


# Compiled by the first who looks for ties, not by whoever judges one.
_WORDS = r"[^\W_]+"
# Legal forms and link words say nothing of who an employer is.
_EMPTY = frozenset(
    (
        *("sa", "sas", "sarl", "eurl", "scop", "association", "assoc", "ass"),
        *("societe", "ste", "groupe", "mairie", "ville", "commune", "the", "of"),
        *("la", "le", "les", "de", "du", "des", "d", "l", "et", "en"),
    )
)
# Words that join the parts of a name, or that a name may go without.
_PARTICLES = frozenset(
    (
        *("de", "du", "des", "d", "le", "la", "les", "da", "dos", "del", "di", "von"),
        *("van", "der", "den", "el", "al", "ben", "bin", "ibn", "abd", "san", "mac"),
    )
)
# What people write who have no employer: two of them have nothing in common.
_NO_EMPLOYER = (
    r"(sans|en recherche d|demandeu[rs]e? d|a la recherche d) ?"
    r"(un )?(emploi|employeur|profession|activite)?|neant|aucune?|non|na"
    r"|retraitee?|chomage|au chomage|independante?|travailleu(r|se) independante?"
    r"|(auto|micro) ?entrepreneu(r|se)|(profession(nel|nelle)? )?liberale?"
    r"|a son compte|particuliers?"
)
_DOTTED = r"\b(?:\w\.){2,}\w?"
_CLOSE = 0.87
_DE = frozenset(("de", "du", "des", "d"))
_LONG = 6
_ACRONYM = 3


def suggest_ties(
    members: Iterable[Member], candidates: Iterable[Candidate]
) -> tuple[Suggestion, ...]:
    """Ties to ask about: same employer, same family name, accompanist, trainer.

    Accents, case, hyphens and small differences of spelling do not hide one.
    """
    members, spoken = tuple(members), language()
    found = [
        suggested
        for candidate in candidates
        for suggested in _remembered.get(
            (candidate, *members),
            spoken,
            partial(_of_candidate, candidate, members),
        )
    ]
    found.sort(key=itemgetter(0))  # by member, then in the candidates' order
    return tuple(suggestion for _rank, suggestion in found)


_remembered: Memo[tuple[tuple[int, Suggestion], ...]] = Memo(2048)
"""What was suggested about a candidate; a check-list asks at each redraw."""


def _of_candidate(
    candidate: Candidate, members: Sequence[Member]
) -> tuple[tuple[int, Suggestion], ...]:
    """What is suggested about a candidate, each with the member's rank."""
    return tuple(
        (rank, suggestion)
        for rank, member in enumerate(members)
        for suggestion in _between(member, candidate)
    )


def _between(member: Member, candidate: Candidate) -> list[Suggestion]:
    found = []
    for names, kind, reason in (
        (
            candidate.accompanists,
            TieKind.ACCOMPANIED,
            N_("{member} has the name of an adviser of {candidate}: {name}"),
        ),
        (
            candidate.trainers,
            TieKind.TRAINER,
            N_("{member} has the name of a trainer of {candidate}: {name}"),
        ),
    ):
        for name in names:
            alike = _same_person(member, name)
            if alike is not None:
                found.append(_suggest(member, candidate, kind, reason, name, alike))
                break
    alike = _same_employer(member.employer, candidate.employer)
    if alike is not None:
        same = N_("{member} and {candidate} have the same employer: {name}")
        perhaps = N_("{member} and {candidate} have perhaps the same employer: {name}")
        name = member.employer
        if not alike:
            name = listed((member.employer, candidate.employer))
        reason = same if alike else perhaps
        found.append(_suggest(member, candidate, TieKind.EMPLOYER, reason, name, alike))
    for name in dict.fromkeys((candidate.birth_name, candidate.use_name)):
        alike = _same_family(member.family_name, name)
        if alike is not None:
            same = N_("{member} and {candidate} have the same family name: {name}")
            near = N_("{member} and {candidate} have family names alike: {name}")
            reason = same if alike else near
            found.append(
                _suggest(member, candidate, TieKind.FAMILY, reason, name, alike)
            )
            break
    return found


def _suggest(
    member: Member,
    candidate: Candidate,
    kind: TieKind,
    reason: str,
    name: str,
    exact: bool,
) -> Suggestion:
    sentence = str(say(reason, member=member.name, candidate=candidate.name, name=name))
    tie = Tie(member=member.id, candidate=candidate.id, kind=kind, reason=sentence)
    return Suggestion(tie=tie, reason=sentence, exact=exact)


@lru_cache(maxsize=2048)  # each name is compared with everybody's
def _words(text: str) -> tuple[str, ...]:
    """A text's words without accents nor case; ``C.P.A.M.`` is one."""
    bare = re.sub(_DOTTED, lambda found: found[0].replace(".", "") + " ", folded(text))
    return tuple(re.findall(_WORDS, bare))


def _close(one: str, other: str) -> bool:
    """The same, or nearly: one letter may differ in a long word, or one in eight."""
    if one == other:
        return True
    if min(len(one), len(other)) >= _LONG and _one_letter(one, other):
        return True
    if min(len(one), len(other)) < 5:
        return False
    from difflib import SequenceMatcher  # for the few names that come so far

    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE


def _one_letter(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes the words the same."""
    pairs = enumerate(zip(one, other, strict=False))
    start = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    mine, theirs = one[start:], other[start:]
    return mine[1:] == theirs[1:] or mine[1:] == theirs or mine == theirs[1:]


def _same_family(one: str, other: str) -> bool | None:
    """Whether two family names are the same (True), close (False), or not (None)."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return None
    if mine == theirs:
        return True
    if _close("".join(mine), "".join(theirs)):
        return False
    if _bare(mine) == _bare(theirs):  # DE LA TOUR, LATOUR
        return False
    # A compound name shares one of its parts (DURAND-PETIT, PETIT).
    parts = {w for w in set(mine) & set(theirs) if len(w) > 2 and w not in _PARTICLES}
    return False if parts and (len(mine) > 1 or len(theirs) > 1) else None


def _bare(words: Sequence[str]) -> str:
    """A family name in one word, without the ``de`` that it may go without."""
    first = next((n for n, word in enumerate(words) if word not in _DE), 0)
    return "".join(words[first:])


def _same_person(member: Member, name: str) -> bool | None:
    """Whether a full name, in any order, may be this member's."""
    mine = sorted(_words(f"{member.family_name} {member.given_names}"))
    theirs = sorted(_words(name))
    if not mine or not theirs:
        return None
    if mine == theirs:
        return True
    family = "".join(_words(member.family_name))
    rest = "".join(theirs)
    if _close("".join(mine), rest):
        return False
    given = _words(member.given_names)
    initials = {word[0] for word in given}
    others = [w for w in theirs if w not in _words(member.family_name)]
    named = any(_close(family, word) for word in theirs) or family == rest
    may_be = not others or not given or any(w[0] in initials for w in others)
    return False if named and may_be else None


def _same_employer(one: str, other: str) -> bool | None:
    """Whether two employers are the same (True), close (False), or not (None)."""
    if any(re.fullmatch(_NO_EMPLOYER, " ".join(_words(name))) for name in (one, other)):
        return None
    mine, theirs = (
        [w for w in words if w not in _EMPTY] or [*words]
        for words in (_words(one), _words(other))
    )
    if not mine or not theirs:
        return None
    if mine == theirs:
        return True
    if _part_of(mine, theirs) or _part_of(theirs, mine):
        return False
    if _abbreviates(mine, theirs) or _abbreviates(theirs, mine):
        return False
    return False if _close(" ".join(mine), " ".join(theirs)) else None


def _part_of(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether all the words of one are in the other; a short word alone, at its head.

    Le Pont is not the Maison des services de Pont-Gibert.
    """
    if len(short) == 1 and len(short[0]) < _LONG:
        return short[0] == long[0]
    return set(short) <= set(long)


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one begins with the initials of the other (CPAM)."""
    acronym, *rest = short
    size = len(acronym)
    return (
        _ACRONYM <= size <= len(long)
        and acronym == "".join(word[0] for word in long[:size])
        and set(rest) <= set(long)
    )
