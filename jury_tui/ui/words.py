"""Signs and words for every state: a sign, a word, then a colour.

A *tone* names a colour by its meaning (``ok``, ``warn``, ``bad``, ``soft``,
``strong``, ``key``); the stylesheet gives it one. Nothing is ever said by colour
alone.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from jury_tui.i18n import _, folded, short_date
from jury_tui.register.entries import usual_name
from jury_tui.rules.findings import Finding, Severity, Verdict
from jury_tui.rules.people import Member
from jury_tui.session.acts import Choice, Mode
from jury_tui.session.session import Attendance, File, Phase, Session, Status

if TYPE_CHECKING:
    from textual.binding import Binding

OK, WARN, BAD, SOFT, STRONG, KEY = "ok", "warn", "bad", "soft", "strong", "key"
OUTCOMES = {
    "total": ("✓", OK),
    "partial": ("◐", KEY),
    "none": ("✗", BAD),
    "absent": ("–", WARN),
    "postponed": ("»", WARN),
}
"""Sign and tone of each outcome of a candidate."""


@lru_cache(4096)
def plain(text: str) -> str:
    """Text from people as one line that cannot disturb the screen.

    Control and formatting characters (a right-to-left override, say) are dropped;
    they stay in the register, and are no use on a line of a terminal. Spaces that do
    not break stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if c.isspace() and c not in "\u00a0\u202f" else c
        for c in text
        if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")
    )


def at_home() -> Path | None:
    """Where one is at home; None where nobody is."""
    try:
        return Path.home()
    except RuntimeError:
        return None


def place_words(path: Path, width: int) -> str:
    """A folder in at most so many cells: its end tells more than its beginning."""
    home = at_home()
    if home is not None and path.is_relative_to(home):
        path = Path("~") / path.relative_to(home)
    said = plain(str(path))
    while cell_len(said) > width and len(said) > 1:
        said = "…" + said[2 if said[0] == "…" else 1 :]
    return said


def sort_key(text: str) -> str:
    """A key for sorting and for reaching a name by its first letters."""
    return folded(plain(text))


def short_names(members: Iterable[Member]) -> dict[str, str]:
    """Names with initials, by id; a name that initials would confuse stays whole."""
    people = {
        m.id: f"{m.family_name.upper()} {initials(m.given_names)}".strip()
        for m in members
    }
    often = Counter(people.values())
    return {key: name for key, name in people.items() if often[name] == 1}


def initials(given: str) -> str:
    """``M.-C.`` of Marie-Charlotte."""
    words = (plain(part).split("-") for part in given.split())
    firsts = ([next(filter(str.isalpha, w), "") for w in ws] for ws in words)
    return " ".join("-".join(f"{c.upper()}." for c in cs if c) for cs in firsts).strip()


_LONG = re.compile(r"[^\W\d_]*[^\W\d_A-ZÀ-Þ][^\W\d_]{4,}")
_LINKS = re.compile(
    r"(?<= )(?:de la|de l[’']|d[’']|du|des|de|of the|of|the)(?: |(?<=[’']))"
)
"""Words that a heading does without: what they link still says what it is."""
_AND = re.compile(r" (?:et|and) ")


@lru_cache(4096)
def abbreviated(text: str, width: int) -> str:
    """A text whose longest words are cut as is usual, until it fits: “repr. prof.”.

    A word is cut after a consonant and before a vowel; names in capitals are not.
    Where that is not enough, “of” and “the” go; a text that fits is left alone.
    """
    text = plain(text)
    words = sorted(_LONG.finditer(text), key=lambda m: len(m.group()), reverse=True)
    cuts: dict[int, tuple[int, str]] = {}
    said = text
    for word in words:
        if cell_len(said) <= width:
            return said
        if short := _cut(word.group()):
            cuts[word.start()] = word.end(), short
            said, at = "", 0
            for start, (end, instead) in sorted(cuts.items()):
                said += text[at:start] + instead
                at = end
            said += text[at:]
    while cell_len(said) > width and _LINKS.search(said):
        said = _LINKS.sub("", said, count=1)
    return said if cell_len(said) <= width else _AND.sub(" & ", said)


def _cut(word: str) -> str:
    """``prof.`` of “professionnels”; empty where nothing is won."""
    for at in range(3, len(word) - 1):
        if not _vowel(word[at - 1]) and _vowel(word[at]):
            return f"{word[:at]}."
    return ""


def _vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter)[0].lower() in "aeiouyœæ"


def verdict_sign(finding: Finding | None) -> tuple[str, str]:
    """The sign of a finding, and its tone; a blank when there is none."""
    if finding is None:
        return " ", SOFT
    if finding.verdict is Verdict.SATISFIED:
        return "✓", OK
    if finding.verdict is Verdict.UNDECIDABLE:
        return "?", WARN
    if finding.severity is Severity.FATAL:
        return "✗", BAD
    return "!", WARN


def verdict_word(finding: Finding) -> str:
    """The verdict in a word."""
    if finding.verdict is Verdict.SATISFIED:
        return _("yes")
    if finding.verdict is Verdict.UNDECIDABLE:
        return _("undecidable")
    if finding.severity is Severity.FATAL:
        return _("no")
    if finding.severity is Severity.JUSTIFY:
        return _("to be justified")
    return _("to be noted")


def phase_sign(phase: Phase) -> tuple[str, str, str]:
    """Sign, word and tone of a session's state."""
    return {
        Phase.DRAFTED: ("·", _("in preparation"), SOFT),
        Phase.CONVENED: ("○", _("convened"), KEY),
        Phase.OPEN: ("●", _("open"), OK),
        Phase.SUSPENDED: ("‖", _("suspended"), WARN),
        Phase.CLOSED: ("◐", _("to be signed"), KEY),
        Phase.SEALED: ("✓", _("sealed"), OK),
    }[phase]


def status_sign(file: File) -> tuple[str, str, str]:
    """Sign, word and tone of where a candidate stands."""
    from jury_tui.session import judgement

    word = judgement.status_word(file)
    decision = file.decision
    if file.status is Status.DECIDED and decision is not None:
        sign, tone = OUTCOMES.get(decision.outcome, ("?", WARN))
        return sign, word, tone
    return {
        Status.REGISTERED: ("·", word, SOFT),
        Status.CALLED: ("▸", word, KEY),
        Status.HEARING: ("●", word, OK),
        Status.HEARD: ("▸", word, KEY),
        Status.DELIBERATION: ("▸", word, KEY),
        Status.ABSENT: (OUTCOMES["absent"][0], word, WARN),
        Status.POSTPONED: (OUTCOMES["postponed"][0], word, WARN),
        Status.DECIDED: ("?", word, WARN),
    }[file.status]


def result_sign(state: str) -> tuple[str, str, str]:
    """Sign, word and tone of a component's result."""
    return {
        "earlier": ("■", _("acquired before"), SOFT),
        "acquired": ("✓", _("acquired"), OK),
        "not_acquired": ("✗", _("not acquired"), BAD),
        "tie": ("=", _("tied"), WARN),
        "pending": ("…", _("to be voted"), SOFT),
        "not_asked": ("–", _("not asked for"), SOFT),
    }[state]


def choice_sign(choice: Choice | None) -> tuple[str, str, str]:
    """Sign, word and tone of a member's vote."""
    from jury_tui.session import judgement

    if choice is None:
        return "…", _("awaited"), SOFT
    word = judgement.choice_word(choice)
    return {
        Choice.FOR: ("✓", word, OK),
        Choice.AGAINST: ("✗", word, BAD),
        Choice.ABSTENTION: ("○", word, WARN),
        Choice.BLANK: ("□", word, WARN),
        Choice.DID_NOT_VOTE: ("–", word, SOFT),
    }[choice]


def presence_sign(attendance: Attendance | None, recused: bool) -> tuple[str, str, str]:
    """Sign, word and tone of a person's presence."""
    if recused:
        out = attendance is not None and attendance.spells and not attendance.present
        return "◁" if out else "⊘", _("recused"), WARN
    if attendance is None or not attendance.spells:
        if attendance is not None and attendance.excused is not None:
            return "–", _("excused"), WARN
        return " ", _("not there yet"), SOFT
    if not attendance.present:
        return "◁", _("left"), WARN
    return ("@", _("remote"), OK) if attendance.remote else ("✓", _("present"), OK)


def mode_word(mode: Mode) -> str:
    """How a vote is taken, in words."""
    return {
        Mode.NAMED: _("by name"),
        Mode.SHOW: _("show of hands"),
        Mode.SECRET: _("secret ballot"),
    }[mode]


def duration(span: dt.timedelta) -> str:
    """``0:24:07``, never negative."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def session_name(session: Session) -> str:
    """A session as the top line names it."""
    day = "" if session.date is None else short_date(session.date)
    again = again_words(session.id, session.date, session.certification, session.route)
    return " ".join(part for part in (session.certification, again, day) if part)


def again_words(
    name: str, date: dt.date | None, certification: str, route: str
) -> str | None:
    """``n° 2``: the second session of that day; empty: the first.

    Returns:
        None where somebody gave the session a name of its own.
    """
    own = name.removeprefix(usual_name(date, certification, route))
    if own == name:
        return None
    number = own.removeprefix("-")
    return _("#{number}").format(number=number) if number else ""


def key_word(key: str) -> str:
    """A key as a French keyboard names it."""
    named = {
        "home": _("Home"),
        "end": _("End"),
        "pageup": _("PgUp"),
        "pagedown": _("PgDn"),
        "tab": _("Tab"),
        "backspace": _("Backspace"),
        "delete": _("Delete"),
        "escape": _("Esc"),
        "enter": _("Enter"),
        "space": _("Space"),
        "up": "↑",
        "down": "↓",
        "left": "←",
        "right": "→",
        "question_mark": "?",
        "ctrl": "Ctrl",
        "alt": "Alt",
        "shift": _("Shift"),
    }
    *held, last = key.split("+")
    if last not in named and (held or last[1:].isdigit()):
        last = last.upper()
    return "+".join(named.get(part, part) for part in (*held, last))


def one_key(binding: Binding) -> tuple[str, str]:
    """A key by itself, and what it does, where the bar has one place for several.

    The tooltip of such a binding says what the first of them does.
    """
    if binding.tooltip:
        return key_word(binding.key), _(binding.tooltip)
    return binding.key_display or key_word(binding.key), _(binding.description)
